"""A scan in the process that does it: batches are sent as they fill, and what is known stays for the next look."""

from array import array
from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from time import monotonic
from typing import Any, Literal, Protocol

from tui import loader
from tui.config import index_folder
from tui.core.answers import Ahead, Batch, Changed, Completion, Position
from tui.core.errors import StoreError
from tui.core.model import Item, Limits, Ref, Rows, Trouble
from tui.core.problems import Problem
from tui.core.questions import Scan
from tui.core.shelf import Run
from tui.lookup.catalogue import Catalogue
from tui.sources import CaptureNotes, Observer, Scanner, reach


class ScanHost(Protocol):
    """What a scan wants of the process that it runs in."""

    @property
    def limits(self) -> Limits:
        """The bounds on one page."""

    def renew(self) -> None:
        """What follows has the seconds of a page for itself."""

    def part(self, content: object) -> None:
        """Hand over a part of the answer."""

    def a_moment(self, pages: Sequence[Any]) -> Iterator[Any]:
        """Yield the first pages, as many as there is time for."""

    def remark(self, error: StoreError) -> None:
        """Say that something of ours is damaged without which the answer is the same."""


FIRST_REFS = 50
MORE_REFS = 5_000
"""Single references, or runs of them, that are sent together."""
BATCH_S = 0.1
"""Seconds after which what was found is sent, however little it is."""
LONG_S = 0.5
"""Seconds after which a scan says how far it is."""


class Scanning(Observer):
    """Looks for pages, and is the `Observer` of its own search."""

    def __init__(self, question: Scan, host: ScanHost) -> None:
        self._question, self._host = question, host
        self.is_following = question.is_following
        self._notes = CaptureNotes() if question.with_recaptures else None
        self._scanner = Scanner(
            question.targets,
            question.all_records,
            observer=self,
            most=reach(question.at),
            spool=question.spool,
            on_place=self._flush if question.is_careful else None,
            notes=self._notes,
        )
        self._catalogue = Catalogue(index_folder(), question.options, host.remark)
        self._indexed: list[str] = []
        self._target = 0
        self._floor = 0
        """Pages of the target with lower ordinals are known."""
        self._ordinal = 0
        """Of the next page of the target."""
        self._parts = _merged(question.at)
        self._found: list[Item | Run | Changed | Completion] = []
        self._rows = 0
        self._since = self._begun = self._sent = monotonic()
        self._is_begun = False
        self._search = self._looked()

    def go_on(self, is_following: bool) -> Batch:
        """Send what is found until there is nothing more, for now or for good; return the last of it."""
        self.is_following = is_following
        self._begun = self._sent = monotonic()
        for some in self._search:
            if some is None:
                return self._ended("rest")
            self._take(some)
        return self._ended("over")

    def _ended(self, state: Literal["rest", "over"]) -> Batch:
        if not self._is_begun:
            self._hand_on()
        return self._batch(state)

    def _looked(self) -> Iterator[Item | Run | None]:
        """Yield what is found; None: all that there is was looked at, and the next look may find more."""
        question, scanner = self._question, self._scanner
        if question.fetched is not None:
            yield from scanner.of_fetched(question.fetched)
            return
        for number, target in enumerate(question.targets):
            if number >= question.start.target:
                yield from self._of_target(number, target)
        if self.is_following:
            yield from scanner.look_again()
        while True:
            yield None
            yield from scanner.look_again()

    def _of_target(self, number: int, target: str) -> Iterator[Item | Run]:
        question = self._question
        self._target = number
        start = question.start if number == question.start.target else Position()
        self._scanner.progress.resume(start)
        self._ordinal = start.first
        self._floor = question.known[number] if number < len(question.known) else 0
        self._floor = max(self._floor, start.ordinal)
        index = None if question.is_anew or question.all_records else self._catalogue.index(target)
        if index is None or not index.pages:
            yield from self._scanner.of_target(target, start)
        else:
            self._indexed.append(target)
            yield from self._scanner.remembered(target, index.runs())

    def _take(self, some: Item | Run) -> None:
        self._host.renew()
        self._ordinal = _next(some)
        for wanted in self._wanted(some):
            self._found.append(wanted)
            self._rows += len(wanted) if isinstance(wanted, Run) and not self._is_begun else 1
        most = MORE_REFS if self._is_begun else FIRST_REFS
        if self._rows >= most or monotonic() - self._sent > BATCH_S:
            self._hand_on()

    def _wanted(self, some: Item | Run) -> Iterator[Item | Run]:
        """What of it nobody knows yet, and has one of the ordinals that are asked for."""
        parts = self._parts
        ordinals = range(_next(some) - (len(some) if isinstance(some, Run) else 1), _next(some))
        if not parts and ordinals.start >= self._floor:
            yield some
            return
        for part in parts or (range(self._floor, ordinals.stop),):
            start, stop = max(part.start, ordinals.start, self._floor), min(part.stop, ordinals.stop)
            if start < stop:
                yield some[start - ordinals.start : stop - ordinals.start] if isinstance(some, Run) else some

    def _hand_on(self) -> None:
        """Send what was found. With the first pages, answer what is asked of them next, while they are drawn."""
        if self._is_begun or not self._found:
            self._flush()
            return
        self._is_begun = True
        pages = ([some] if isinstance(some, Item) else some for some in self._found if isinstance(some, Item | Run))
        refs = self._question.foremost(chain.from_iterable(pages))
        self._flush()
        if refs:
            self._answer_ahead(refs)

    def _answer_ahead(self, refs: Sequence[Ref]) -> None:
        options, limits = self._question.options, self._host.limits
        for ref in self._host.a_moment(refs):
            is_open = self._question.ahead == "open"
            self._host.part(Ahead(loader.load(ref, options, limits) if is_open else loader.peek(ref, options)))
        self._host.renew()

    def _flush(self) -> None:
        self._host.part(self._batch("more"))

    def _batch(self, state: Literal["more", "rest", "over"]) -> Batch:
        rows, self._found, self._rows, self._sent = self._found, [], 0, monotonic()
        progress, following = self._scanner.progress, self._scanner.ordinals.next
        notes = self._notes if state != "more" else None
        self._notes = None if notes is not None else self._notes  # told once: what comes later stands by itself
        return Batch(
            tuple(_columns(rows)),
            self._scanner.files.fresh(),
            tuple(self._indexed),
            self._scanner.tally.skipped(),
            progress.share() if monotonic() - self._since > LONG_S else None,
            Position(
                self._target, progress.places, progress.first, max(self._ordinal, progress.first), progress.current
            ),
            tuple(following.get(target, 0) for target in self._question.targets) if state != "more" else (),
            notes.recaptures() if notes is not None else None,
            self._sent - self._begun if state != "more" else 0.0,
            state,
        )

    def pause(self) -> None:
        """Send what was found before anything is waited for."""
        if self._found:
            self._hand_on()

    def changed(self, ref: Ref, problem: Problem) -> bool:
        self._found.append(Changed(ref, problem))
        return self._question.rereads

    def mended(self, ref: Item) -> None:
        self._found.append(Completion(ref))


def _merged(parts: tuple[range, ...]) -> list[range]:
    """Ranges in order, none of which touches another.

    >>> _merged((range(3, 8), range(3, 4), range(0, 2), range(7, 9)))
    [range(0, 2), range(3, 9)]
    """
    merged: list[range] = []
    for part in sorted((part for part in parts if part), key=lambda part: part.start):
        if merged and part.start <= merged[-1].stop:
            merged[-1] = range(merged[-1].start, max(merged[-1].stop, part.stop))
        else:
            merged.append(part)
    return merged


def _next(some: Item | Run) -> int:
    """The ordinal behind it."""
    return some.first.ordinal + len(some) if isinstance(some, Run) else some.ordinal + 1


def _columns(
    rows: list[Item | Run | Changed | Completion],
) -> Iterator[Run | Rows[Ref] | Rows[Trouble] | Changed | Completion]:
    """Rows that follow each other, as columns: a tenth of the cost on the way."""
    for kind, some in groupby(rows, type):
        if kind is Ref:
            yield Rows(Ref, [each for each in some if isinstance(each, Ref)])
        elif kind is Trouble:
            yield Rows(Trouble, [each for each in some if isinstance(each, Trouble)])
        else:
            yield from (_plain(each) for each in some if not isinstance(each, Item))


def _plain(some: Run | Changed | Completion) -> Run | Changed | Completion:
    """Offsets as arrays or ranges, not as slices of what the scan still fills."""
    if isinstance(some, Run) and not isinstance(some.offsets, array | range):
        return Run(some.first, array("q", some.offsets), array("q", some.lengths))
    return some
