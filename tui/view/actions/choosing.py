"""Choosing among the pages: which are shown, in which order, and one of them at random."""

import random
import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from tui.errors import CopydeskError
from tui.i18n import tr
from tui.view.actions.asking import told

if TYPE_CHECKING:
    from tui.choosing.fields import Value
    from tui.view.background import Job
    from tui.view.reader import Reader

_SAVED = re.compile(r"(?P<expression>.*?)\s*@(?P<name>[\w-]+)\s*\Z", re.DOTALL)
"""An expression and the name under which it is saved; a name alone means what was saved under it."""


class Choosing:
    """Commands that change the list and no page."""

    def __init__(self, reader: "Reader") -> None:
        self._reader = reader
        self._job: Job[Any] | None = None
        self.activity = ""
        """What is going on, for the status line."""
        self.expression = ""
        """Which pages are shown; empty: all."""
        self._trying = ""
        """An expression that has held for no page yet, so that what was shown still is."""
        self._judged: int | None = 0
        """Against how many pages the expression was held; None: somebody stopped that."""
        self._is_judging = False
        self.commands: dict[str, Callable[[], None]] = {
            "keep": self.ask_keep,
            "sort": self.ask_sort,
            "random": self.random,
        }

    def ask_keep(self) -> None:
        """Ask for an expression, and show only the pages for which it holds."""

        def ask() -> None:
            saved = "".join(f" @{name}" for name in self._reader.ledger.filters())
            self._reader.ask(tr("keep only (empty: all;{saved}): ", saved=saved) if saved else plain, self.keep)
            assert self._reader.typing.prompt is not None  # noqa: S101 - just opened
            self._reader.typing.prompt.text = self.expression

        plain = tr("keep only (empty: all): ")
        told(self._reader, ask)

    def keep(self, typed: str) -> None:
        """Show only the pages for which an expression holds, as they are found; in vain, what is shown stays."""
        told(self._reader, lambda: self._keep(self._meant(typed.strip())))

    def _keep(self, expression: str | None) -> None:
        if expression is None:  # a saved one was forgotten, and that is all
            return
        self.stop()
        self._trying, self._judged = expression, 0
        if expression:
            self._judge(expression)
        else:
            self.expression = ""
            self.show(None)
            self._reader.say(tr("all pages are shown"))

    def _meant(self, typed: str) -> str | None:
        """The expression that is meant, after saving it or looking it up; None: one was forgotten. Raises CopydeskError."""
        from tui.choosing.expression import parse  # 10 ms, and seldom wanted

        ledger, found = self._reader.ledger, _SAVED.match(typed)
        if not found:
            return parse(typed, "&").text if typed else ""
        name, expression = found["name"], found["expression"]
        if expression and expression != "-":
            ledger.save_filter(name, parse(expression, "&").text)
            return expression
        saved = ledger.filters()
        if name not in saved:
            known = ", ".join(f"@{name}" for name in saved) or tr("none; write one behind an expression to save it")
            raise CopydeskError(tr("@{name}: no saved filter; there are {known}", name=name, known=known))
        if not expression:
            return saved[name]
        ledger.save_filter(name, "")
        self._reader.say(tr("@{name} is forgotten", name=name))
        return None

    def _judge(self, expression: str) -> None:
        """Hold the expression against the pages that it wasn't held against yet."""
        reader, first = self._reader, self._judged or 0
        self._is_judging = True
        numbers = range(first, reader.shelf.found)
        looked = 0

        def took(held: list[bool], is_last: bool) -> None:
            nonlocal looked
            new = [numbers[looked + at] for at, is_kept in enumerate(held) if is_kept]
            looked += len(held)
            self._show_kept(new)
            values = {"looked": first + looked, "pages": numbers.stop}
            self.activity = tr("{looked:,} of {pages:,} pages looked at… (Ctrl-C stops)", **values)
            if is_last:
                self.end()
                self._judged = first + looked
                self._say_kept(expression, self._judged)
                self.grew()
            reader.tell()

        refs = reader.shelf.pick(numbers)
        self._run(partial(reader.collection.judge, refs, expression, reader.options), took)

    def _show_kept(self, numbers: Sequence[int]) -> None:
        if numbers and self._trying:
            self.expression, self._trying = self._trying, ""
            self.show(numbers)
        elif numbers:
            self._reader.shelf.show_more(numbers)
            self._reader.headlines.grow()

    def _say_kept(self, expression: str, looked: int) -> None:
        if not self._trying:
            kept = len(self._reader.shelf)
            self._reader.say(tr("{kept:,} of {looked:,} pages", kept=kept, looked=looked))
        elif not self._reader.surveying.is_looking and looked == self._reader.shelf.found:
            self._trying = ""
            self._reader.say(tr("{expression}: holds for no page", expression=expression))

    def grew(self) -> None:
        """More pages were found, or all are: they have to be looked at, too, where only some are shown."""
        expression = self._trying or self.expression
        if not expression or self._judged is None or self._job is not None:
            return
        if self._judged < self._reader.shelf.found:
            self._judge(expression)
        elif self._trying:
            self._say_kept(expression, self._judged)

    def ask_sort(self) -> None:
        """Ask for a field, and put the pages into its order."""
        self._reader.ask(tr("sort by field (-date: backwards; empty: as found): "), self.sort)

    def sort(self, typed: str) -> None:
        """Put the pages that are shown into the order of a field; those without it come last."""
        reader = self._reader
        numbers = reader.shelf.numbers()
        if not typed.strip():
            self.show(sorted(numbers) if self.expression else None)
            reader.say(tr("the pages are in the order in which they were found"))
            return
        is_backwards = typed.strip().startswith("-")

        def sorted_by(values: list["Value"]) -> None:
            known = [at for at, value in enumerate(values) if value not in (None, (), "")]
            known.sort(key=lambda at: _order(values[at]), reverse=is_backwards)
            rest = [at for at, value in enumerate(values) if value in (None, (), "")]
            self.show([numbers[at] for at in known + rest])
            reader.say(
                tr("sorted by {field}; {count:,} pages have none", field=typed.strip(), count=len(rest))
                if rest
                else tr("sorted by {field}", field=typed.strip())
            )

        self._with_values(typed.strip().lstrip("-"), numbers, sorted_by)

    def narrowed(self, expression: str) -> str:
        """What holds for those of the pages that are shown for which an expression holds as well."""
        shown = f"({self.expression})" if re.search(r"\bOR\b|\|", self.expression) else self.expression
        return f"{shown} {expression}".strip()

    def narrow(self, expression: str, numbers: Sequence[int]) -> None:
        """Show only these of the pages that are shown, for which an expression is known to hold; empty: none is known."""
        self.stop()
        self.expression, self._judged = self.narrowed(expression), self._reader.shelf.found
        self.show(numbers)
        self._reader.say(
            tr("{pages:,} pages with {expression}; & and ENTER show all", pages=len(numbers), expression=expression)
        )

    def _with_values(self, typed: str, numbers: Sequence[int], use: Callable[[list["Value"]], None]) -> None:
        """Find out a field of pages, and go on with its values."""
        from tui.choosing.expression import field_name

        reader = self._reader
        try:
            field = field_name(typed, "field")
        except CopydeskError as error:
            reader.say(str(error), is_trouble=True)
            return
        self.stop()
        refs, options = reader.shelf.pick(numbers), reader.options
        values: list[Value] = []

        def took(found: list["Value"], is_last: bool) -> None:
            values.extend(found)
            self.activity = (
                ""
                if is_last
                else tr("{looked:,} of {pages:,} pages looked at… (Ctrl-C stops)", looked=len(values), pages=len(refs))
            )
            if is_last:
                self.end()
                use(values)
            reader.tell()

        self.start(partial(reader.collection.values, refs, field, options), took)

    def random(self) -> None:
        """Open a page at random, another one than the open one."""
        reader = self._reader
        reader.hush()
        others = len(reader.shelf) - (reader.open_index >= 0)
        if others < 1:
            reader.say(tr("there is no other page"))
            return
        index = random.randrange(others)  # noqa: S311 - nobody's secret
        reader.go_to_page(index + (0 <= reader.open_index <= index))

    def show(self, numbers: Sequence[int] | None) -> None:
        """Show these pages, by their places in the order of finding, in this order; None: all."""
        shelf = self._reader.shelf
        before = shelf.numbers()
        shelf.show(numbers)
        now = None if numbers is None else {number: index for index, number in enumerate(numbers)}
        self._reader.rearranged(lambda old: before[old] if now is None else now.get(before[old]))

    def start(self, items: Callable[[], Any], on_items: Callable[[list[Any], bool], None]) -> None:
        """Look through pages, in place of what is going on; `on_items` as in `Job`. It says when it is at the `end`."""
        self.stop()
        self._run(items, on_items)

    def _run(self, items: Callable[[], Any], on_items: Callable[[list[Any], bool], None]) -> None:
        from tui.view.background import Job

        reader = self._reader
        self._job = Job(items, on_items, partial(reader.say, is_trouble=True), reader.post_message)

    def end(self) -> None:
        """All pages were looked through."""
        self._job, self._is_judging, self.activity = None, False, ""

    def stop(self) -> bool:
        """Give up what is going on; returns whether anything was."""
        was_any = self._job is not None or bool(self._trying)
        if self._trying or self._is_judging:
            self._trying, self._judged = "", None
        if self._job is not None:
            self._job.stop()
            self._reader.collection.cancel()
        self.end()
        return was_any


def _order(value: "Value") -> tuple[int, float, str]:
    """Numbers before words."""
    if isinstance(value, int | float):
        return 0, float(value), ""
    return 1, 0.0, ", ".join(value) if isinstance(value, tuple) else str(value)
