"""Which pages are shown, as an expression says, and the jobs that look through pages beside the screen."""

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import count
from time import monotonic
from typing import Any, Generic, TypeVar

from tui.core.errors import CopydeskError
from tui.core.i18n import tr, tr_error
from tui.view.state.captures import Captures, Gathered, Steps, finished
from tui.view.state.pages import ShownPages

STEP_S = 0.1
"""Seconds between two times that something is handed over."""
PATIENCE_S = 1.0
"""Seconds for which a filter shows nothing, so that the open page stays open if it is kept."""

T = TypeVar("T")


def _searched(pages: int, looked: int) -> str:
    return tr("{looked:,} of {pages:,} pages searched… (Ctrl-C stops)", looked=looked, pages=pages)


class Job(Generic[T]):
    """Runs an iterator in a thread of its own, until it ends or is stopped."""

    def __init__(
        self, pages: ShownPages, items: Callable[[], Iterator[T]], use: Callable[[list[T], bool], None]
    ) -> None:
        """`items` come of the collection; `use` gets those that came since, in order, and whether it was the last."""
        self._pages, self._items, self._use = pages, items, use
        self.looked = 0
        """Items that were handed over."""
        self._is_stopped = threading.Event()
        self._is_over = False
        # No worker of Textual's: nobody should have to wait for it at the end.
        threading.Thread(target=self._run, name="job", daemon=True).start()

    def stop(self) -> None:
        """Hand nothing over any more."""
        self._is_stopped.set()
        if not self._is_over:  # else the answer that is waited for is another's
            self._pages.collection.cancel()  # wakes an iterator that waits for an answer

    def _step(self, items: list[T], is_last: bool, trouble: str = "") -> None:
        if self._is_stopped.is_set():
            return
        self.looked += len(items)
        self._use(items, is_last)
        if trouble:
            self._pages.complain(trouble)

    def _run(self) -> None:
        waiting: list[T] = []
        since, trouble = monotonic(), ""
        try:
            for item in self._items():
                waiting.append(item)
                if self._is_stopped.is_set():
                    return
                if monotonic() - since > STEP_S:
                    self._pages.host.post(partial(self._step, waiting, False))
                    waiting, since = [], monotonic()
        except Exception as error:  # noqa: BLE001 - a fault of ours; the screen says it, else it would wait for ever
            trouble = tr_error(error)
        self._is_over = True
        if not self._is_stopped.is_set():
            self._pages.host.post(partial(self._step, waiting, True, trouble))


_NAME = re.compile(r"[\w-]+")
"""What an expression is saved under, behind it and an @; a name alone means what was saved under it."""


class Filter:
    """Changes the list and no page; of the jobs for the list, one goes on at a time."""

    def __init__(self, pages: ShownPages) -> None:
        self._pages = pages
        self._job: Job[Any] | None = None
        self.activity = ""
        """What is going on, for the status line."""
        self.is_promised = False
        """What goes on writes files or labels: nothing else begins that would end it."""
        self.expression = ""
        """Which pages are shown; empty: all."""
        self._trying = ""
        """An expression that has held for no page yet, so that what was shown still is."""
        self._judged: int | None = 0
        """Against how many pages the expression was held; None: somebody stopped that."""
        self._is_judging = False
        self.sample: tuple[int, int] | None = None
        """How many of those for which the expression holds were drawn, and with which seed; None: all are shown."""
        self._is_partial = False
        """Some of them are not shown, for no reason that expression or sample gives."""
        self._is_all = True
        """All pages are shown, in the order in which they were found but for captures, which stand together."""

    @property
    def is_told(self) -> bool:
        """Whether expression and sample say which pages are shown, once all are found and looked at."""
        return not self._is_partial and (self._judged is not None or not self.expression or self.sample is not None)

    def is_free(self) -> bool:
        """Whether another job may take the place of the one that goes on; if not, that is said."""
        if self.is_promised:
            self._pages.complain(tr("not now: {activity}", activity=self.activity))
        return not self.is_promised

    def ask(self) -> None:
        """Ask for an expression, and show only the pages for which it holds."""

        def ask() -> None:
            if not self.is_free():
                return
            saved = "".join(f" @{name}" for name in self._pages.ledger.filters())
            sign = tr("keep only (empty: all;{saved}): ", saved=saved) if saved else tr("keep only (empty: all): ")
            self._pages.ask(sign, self.keep, text=self.expression)

        self._pages.attempt(ask)

    def keep(self, typed: str) -> None:
        """Show only the pages for which an expression holds, as they are found; in vain, what is shown stays."""
        self._pages.attempt(lambda: self._keep(self._expression_meant(typed.strip())))

    def _keep(self, expression: str | None) -> None:
        if expression is None or not self.is_free():  # a saved one was forgotten, and that is all
            return
        self.stop()
        self._trying, self._judged = expression, 0
        if expression:
            self._judge(expression)
        else:
            self.expression = ""
            self._tell_all()
            self.show(None)
            self._pages.say(tr("showing all pages"))

    def _expression_meant(self, typed: str) -> str | None:
        """The expression that is meant, after saving it or looking it up; None: one was forgotten. Raises CopydeskError."""
        from tui.choosing.expression import parse  # 10 ms, and seldom wanted

        ledger, (expression, at, name) = self._pages.ledger, typed.rpartition("@")
        expression, name = expression.rstrip(), name.rstrip()
        if not (at and _NAME.fullmatch(name)):
            return parse(typed, "&").text if typed else ""
        if expression and expression != "-":
            ledger.save_filter(name, parse(expression, "&").text)
            return expression
        saved = ledger.filters()
        if name not in saved:
            known = ", ".join(f"@{name}" for name in saved) or tr("none; add @NAME after an expression to save it")
            raise CopydeskError(tr("@{name}: no such filter; saved filters: {known}", name=name, known=known))
        if not expression:
            return saved[name]
        ledger.save_filter(name, "")
        self._pages.say(tr("@{name} deleted", name=name))
        return None

    def _judge(self, expression: str) -> None:
        """Hold the expression against the pages that it wasn't held against yet."""
        shelf, first = self._pages.shelf, self._judged or 0
        numbers = range(first, shelf.found)
        self._is_judging = True
        here = self._pages.index_in_mind
        here = shelf.number(here) if 0 <= here < len(shelf) else -1
        kept: list[int] = []
        patient_until = monotonic() + PATIENCE_S

        are_added = False

        def step(verdicts: list[bool], looked: int, is_last: bool) -> None:
            nonlocal are_added
            places = count(first + looked - len(verdicts))
            kept.extend(number for number, holds in zip(places, verdicts, strict=False) if holds)
            if is_last or first + looked > here or monotonic() > patient_until:
                are_added |= self._show_kept(kept[:])
                kept.clear()
            if is_last and are_added:
                self._gather()
            if is_last and looked < len(numbers):  # it failed, and that will be said; to try again would fail again
                self._trying, self._judged = "", None
            elif is_last:
                self._judged = first + looked
                self._say_kept(expression, self._judged)
                self.grew()

        pages = self._pages
        judge = partial(pages.collection.judge, shelf.pick(numbers), expression, pages.options)
        self._begin(judge, step, lambda looked: _searched(numbers.stop, first + looked))

    def _show_kept(self, numbers: Sequence[int]) -> bool:
        """Show what the expression holds for; returns whether it was added behind what was shown."""
        if numbers and self._trying:
            self.expression, self._trying = self._trying, ""
            self._tell_all()
            self.show(numbers)
            return False
        if numbers:
            self._pages.shelf.show_more(numbers)
            self._pages.view.grow()
        return bool(numbers)

    def _say_kept(self, expression: str, looked: int) -> None:
        if not self._trying:
            kept = len(self._pages.shelf)
            self._pages.say(tr("{kept:,} of {looked:,} pages", kept=kept, looked=looked))
        elif not self._pages.is_looking and looked == self._pages.shelf.found:
            self._trying = ""
            self._pages.say(tr("{expression}: no page matches", expression=expression))

    def _tell_all(self) -> None:
        """What is shown is no sample, and no part of what the expression holds for."""
        self.sample, self._is_partial = None, False

    def keep_drawn(self, numbers: Sequence[int], pages: int, seed: int | None = None) -> None:
        """Show only these, drawn from so many that are shown: with the lowest numbers of a seed, or as no command could."""
        is_sample = seed is not None and self.is_told and self.sample is None and not self._pages.is_looking
        self.stop()
        self._judged = None  # what is found later is none of them
        self.sample, self._is_partial = (len(numbers), seed or 0) if is_sample else None, not is_sample
        self.show(numbers)
        wanted = len(numbers)
        self._pages.say(
            tr("{wanted:,} of {pages:,} pages at random; & Ctrl-U ENTER shows all", wanted=wanted, pages=pages)
        )

    def grew(self) -> None:
        """More pages were found, or all are: they have to be looked at, too, where only some are shown."""
        expression = self._trying or self.expression
        if not expression or self._judged is None or self._job is not None:
            return
        if self._judged < self._pages.shelf.found:
            self._judge(expression)
        elif self._trying:
            self._say_kept(expression, self._judged)

    def narrowed(self, expression: str) -> str:
        """What holds for those of the pages that are shown for which an expression holds as well."""
        from tui.choosing.expression import both  # as above

        return both(self.expression, expression)

    def narrow(self, expression: str, numbers: Sequence[int]) -> None:
        """Show only these of the pages that are shown, for which an expression is known to hold; empty: none is known."""
        self.stop()
        self._is_partial |= not self.is_told or self.sample is not None or not expression
        self.expression, self.sample, self._judged = self.narrowed(expression), None, self._pages.shelf.found
        self.show(numbers)
        self._pages.say(
            tr("{expression}: {pages:,} matching; & Ctrl-U ENTER shows all", pages=len(numbers), expression=expression)
        )

    def show(self, numbers: Sequence[int] | None) -> None:
        """Show these pages, by their places in the order of finding, in this order; None: all. Captures stand together."""
        shelf, captures = self._pages.shelf, self._pages.captures
        self._is_all = numbers is None
        if captures:
            self._put(finished(captures.gathered(range(shelf.found) if numbers is None else numbers)))
            return
        before, now = shelf.numbers(), None
        if numbers is not None:
            now = {number: index for index, number in enumerate(numbers)}
        shelf.show(numbers)
        self._pages.rearrange(lambda old: before[old] if now is None else now.get(before[old]))

    def _put(self, gathered: Gathered) -> None:
        """Show pages with their captures folded."""
        shelf, places = self._pages.shelf, gathered.places
        before = shelf.numbers()

        def moved(old: int) -> int | None:
            number = before[old]
            return places[number] if number < len(places) and places[number] >= 0 else None

        shelf.show(gathered.order)
        self._pages.view.fold(self._pages.captures, gathered.folds)
        self._pages.rearrange(moved)

    def fold(self, captures: Captures) -> Steps[Callable[[], None]]:
        """Have the captures of each address stand together that are shown: step by step, but for what is returned."""
        shelf, is_all = self._pages.shelf, self._is_all
        shown = range(shelf.found) if is_all else shelf.numbers()
        gathered = yield from captures.gathered(shown)

        def put() -> None:
            self._pages.captures = captures
            if self._is_all == is_all and (range(shelf.found) if is_all else shelf.numbers()) == shown:
                self._put(gathered)
            else:  # others are shown by now
                self.show(None if self._is_all else shelf.numbers())

        return put

    def _gather(self) -> None:
        """Put captures together that were added to what is shown; where they stand as they should, all stays as it is."""
        shelf, captures = self._pages.shelf, self._pages.captures
        if captures:
            gathered = finished(captures.gathered(shelf.numbers()))
            if gathered.order != shelf.numbers():
                self._put(gathered)

    def add(self, numbers: range) -> None:
        """Show pages that were found behind the others, where all are shown."""
        if self._pages.captures and self._is_all:
            self._pages.shelf.show_more(numbers)

    def collect(
        self,
        items: Callable[[], Any],
        pages: int,
        use: Callable[[list[Any]], None],
        activity: Callable[[int], str] | None = None,
        *,
        is_promised: bool = False,
    ) -> None:
        """Look through so many pages, in place of what is going on, and go on with what was found if nobody stops it.

        `activity` says that it has come to so many, if it does more than search. Where what goes on was promised, nothing begins.
        """
        if not self.is_free():
            return
        self.stop()
        activity = activity or partial(_searched, pages)
        self.is_promised, self.activity = is_promised, activity(0) if is_promised else ""
        collected: list[Any] = []

        def step(some: list[Any], looked: int, is_last: bool) -> None:
            collected.extend(some)
            if is_last and looked == pages:
                use(collected)

        self._begin(items, step, activity)

    def _begin(
        self, items: Callable[[], Any], use: Callable[[list[Any], int, bool], None], activity: Callable[[int], str]
    ) -> None:
        """`use` gets what has come, how much that is in all, and whether it was the last."""

        def step(some: list[Any], is_last: bool) -> None:
            looked = job.looked
            self.activity = activity(looked)
            if is_last:
                self._end()
            use(some, looked, is_last)

        job = self._job = Job(self._pages, items, step)

    def _end(self) -> None:
        self._job, self._is_judging, self.activity, self.is_promised = None, False, "", False

    def stop(self) -> bool:
        """Give up what is going on; returns whether anything was."""
        was_any = self._job is not None or bool(self._trying)
        if self._trying or self._is_judging:
            self._trying, self._judged = "", None
        if self._job is not None:
            self._job.stop()
        self._end()
        return was_any
