"""Captures of one address: which pages they are, in which order, and what stands between them without being a page."""

from array import array
from bisect import bisect_left, bisect_right, insort
from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar, cast

from tui.core.answers import Recaptures
from tui.core.shelf import Shelf
from tui.view.state.sourcenames import SourceNames, find

STEP = 5_000
"""Captures or pages that are gone through at once: 5 ms."""
T = TypeVar("T")
Steps = Generator[None, None, T]
"""Work that may be left and gone on with, and what comes out of it."""


def finished(steps: Steps[T]) -> T:
    """Do all of some work at once."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return cast(T, end.value)


class Revisit(NamedTuple):
    """A record that says: unchanged since that other time."""

    time: str
    since: str
    """Empty: it doesn't say."""


class Captures:
    """The captures of addresses that have several, as columns; empty where there are none."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Know none."""
        self._ends = array("q", [0])
        """Where the captures of each address end among all, the latest of each first."""
        self._numbers = array("q")
        """Their places in the order of finding; -1: a revisit."""
        self._times, self._originals = array("q"), array("q")
        self._address_of = array("l")
        """Number of the address of each page, by its place in the order of finding; -1: it has one capture."""
        self._place_of = array("q")
        """Where each page stands among all captures, likewise."""

    def __bool__(self) -> bool:
        return bool(self._numbers)

    def take(self, found: Recaptures, shelf: Shelf, names: SourceNames) -> Steps[None]:
        """Learn of more, as far as they are here, step by step."""
        for column in (self._address_of, self._place_of):
            column.extend(array(column.typecode, [-1]) * (shelf.found - len(column)))
        ends = iter(found.ends)
        start, end, page = len(self._numbers), next(ends, 0), -1
        captures = zip(_numbers(found, shelf, names), found.ordinals, found.times, found.originals, strict=True)
        for at, (number, ordinal, time, original) in enumerate(captures, 1):
            if not at % STEP:
                yield
            if number >= 0 or ordinal < 0:
                if number >= 0:
                    page = number
                    self._address_of[number], self._place_of[number] = len(self._ends) - 1, len(self._numbers)
                self._numbers.append(number)
                self._times.append(time)
                self._originals.append(original)
            if at == end:
                if page >= 0 and len(self._numbers) - start > 1:
                    self._ends.append(len(self._numbers))
                else:
                    self._drop(start, page)
                start, end, page = len(self._numbers), next(ends, 0), -1

    def _drop(self, start: int, page: int) -> None:
        """Forget the captures of an address, a page at the most among them: it has not several here."""
        if page >= 0:
            self._address_of[page] = -1
        for column in (self._numbers, self._times, self._originals):
            del column[start:]

    def address_of(self, number: int) -> int:
        """The number of the address of a page; -1: it has one capture."""
        return self._address_of[number] if number < len(self._address_of) else -1

    def _of(self, address: int) -> range:
        return range(self._ends[address], self._ends[address + 1])

    def count(self, address: int) -> int:
        """How many captures an address has, revisits among them."""
        return len(self._of(address))

    def time(self, number: int) -> str:
        """When a page with several captures was captured."""
        return _words(self._times[self._place_of[number]])

    def before(self, number: int) -> int | None:
        """The capture of the same address before a page, by its place in the order of finding; None: there is none."""
        address = self.address_of(number)
        return None if address < 0 else self._first(range(self._place_of[number] + 1, self._of(address).stop))

    def after(self, number: int) -> int | None:
        """The capture of the same address after a page, likewise."""
        address = self.address_of(number)
        return None if address < 0 else self._first(range(self._place_of[number] - 1, self._of(address).start - 1, -1))

    def _first(self, places: Iterable[int]) -> int | None:
        """The number of the first place that has a page: revisits have none."""
        return next((self._numbers[at] for at in places if self._numbers[at] >= 0), None)

    def revisits(self, number: int) -> Iterator[Revisit]:
        """Revisits from a page on back to the capture before it, and those later than the last capture for that one."""
        captures, place = self._of(self.address_of(number)), self._place_of[number]
        later = place
        while later > captures.start and self._numbers[later - 1] < 0:
            later -= 1
        if later == captures.start:
            yield from map(self._revisit, range(later, place))
        for at in range(place + 1, captures.stop):
            if self._numbers[at] >= 0:
                return
            yield self._revisit(at)

    def _revisit(self, at: int) -> Revisit:
        return Revisit(_words(self._times[at]), _words(self._originals[at]) if self._originals[at] > 0 else "")

    def gathered(self, numbers: Sequence[int]) -> Steps["Gathered"]:
        """Put the captures of an address together, the latest first, where the first of them stood; step by step."""
        most = max(numbers, default=-1) + 1
        are_shown, places = bytearray(most), array("q", [-1]) * most
        for at in range(0, len(numbers), STEP):
            for number in numbers[at : at + STEP]:
                are_shown[number] = 1
            yield
        are_told, order = bytearray(len(self._ends)), array("q")
        starts, ends, hidden = array("q"), array("q"), array("q", [0])
        due = STEP
        for at, number in enumerate(numbers):
            if at + len(order) >= due:
                due = at + len(order) + STEP
                yield
            address = self.address_of(number)
            if address < 0:
                places[number] = len(order)
                order.append(number)
            elif not are_told[address]:
                are_told[address] = 1
                start, captures = len(order), self._of(address)
                for part in range(captures.start, captures.stop, STEP):
                    for each in self._numbers[part : min(part + STEP, captures.stop)]:
                        if 0 <= each < most and are_shown[each]:
                            places[each] = len(order)
                            order.append(each)
                    if part > captures.start:  # others of the address come before it
                        yield
                starts.append(start)
                ends.append(len(order))
                hidden.append(hidden[-1] + len(order) - start - 1)
        return Gathered(order, places, Folds(starts, ends, hidden))


class Gathered(NamedTuple):
    """Pages with the captures of an address together."""

    order: Sequence[int]
    """Their places in the order of finding, in the order of the list."""
    places: Sequence[int]
    """Where each stands in the list, by its place in the order of finding; -1: nowhere."""
    folds: "Folds"
    """Where captures of an address stand together."""


def _numbers(found: Recaptures, shelf: Shelf, names: SourceNames) -> Iterator[int]:
    """The places in the order of finding of captures; -1 for what is no page, or isn't here."""
    runs = names.runs()
    known = [runs.get(source, []) for source in found.sources]
    firsts = [shelf.row(its[0][0]).ordinal if its else 0 for its in known]
    # Of most files all pages follow each other; the others cost a search each.
    dense = [
        len(its) == 1 and shelf.row(its[0][-1]).ordinal - first == len(its[0]) - 1
        for its, first in zip(known, firsts, strict=True)
    ]
    for place, ordinal in zip(found.places, found.ordinals, strict=True):
        number: int | None = None
        if ordinal >= 0 and dense[place]:
            at = ordinal - firsts[place]
            number = known[place][0][at] if 0 <= at < len(known[place][0]) else None
        elif ordinal >= 0:
            number = find(shelf, known[place], ordinal)
        yield -1 if number is None else number


def _words(time: int) -> str:
    """Return a time for people.

    >>> _words(20211207103000), _words(2021)
    ('2021-12-07 10:30', '2021')
    """
    digits = str(time)
    if len(digits) < 12:
        return digits
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]} {digits[8:10]}:{digits[10:12]}"


class Folds:
    """Stretches of a list of which the first row alone is shown, unless they are unfolded."""

    def __init__(self, starts: Sequence[int] = (), ends: Sequence[int] = (), hidden: Sequence[int] = (0,)) -> None:
        """`hidden`: how many rows the stretches before one have below their first, and at last all of them."""
        self._starts, self._ends, self._hidden = starts, ends, hidden
        self.unfolded: list[int] = []
        """Numbers of the stretches that are, in order."""

    def number(self, index: int) -> int | None:
        """The number of the stretch that a row belongs to; None: to none."""
        if not self._starts:
            return None
        at = bisect_right(self._starts, index) - 1
        return at if at >= 0 and index < self._ends[at] else None

    def is_first(self, index: int) -> bool:
        """Whether a row is the first of a stretch."""
        number = self.number(index)
        return number is not None and self._starts[number] == index

    def bounds(self, number: int) -> range:
        """The rows of a stretch."""
        return range(self._starts[number], self._ends[number])

    def turn(self, number: int) -> None:
        """Unfold a stretch, or fold it."""
        if number in self.unfolded:
            self.unfolded.remove(number)
        else:
            insort(self.unfolded, number)

    def shown(self, index: int) -> int:
        """The row that stands for one: itself, or the first of the stretch that it is folded into."""
        number = self.number(index)
        return index if number is None or number in self.unfolded else self._starts[number]

    def before(self, index: int) -> int:
        """How many rows above one that is shown are hidden."""
        return self._hidden_of(bisect_left(self._starts, index)) if self._starts else 0

    def _hidden_of(self, stretches: int) -> int:
        unfolded = (self._ends[at] - self._starts[at] - 1 for at in self.unfolded if at < stretches)
        return self._hidden[stretches] - sum(unfolded)

    def total(self) -> int:
        """How many rows are hidden."""
        return self._hidden_of(len(self._starts))

    def index(self, row: int) -> int:
        """The row that is shown at a place."""
        if not self._starts:
            return row
        above = bisect_left(range(len(self._starts)), row, key=lambda at: self._starts[at] - self._hidden_of(at))
        return row + self._hidden_of(above)
