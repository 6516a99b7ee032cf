"""A growing list of page references: runs of them share what is the same, so that a million rows cost 12 bytes each."""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress, count, islice, repeat
from operator import attrgetter
from typing import NamedTuple, overload

from tui.core.model import Item, Ref, Trouble
from tui.core.problems import Problem
from tui.core.rows import Rows
from tui.core.values import fields, replace

_SHARED = tuple(field.name for field in fields(Ref))[5:]
"""What references of a run have in common, besides source and format; source, ordinal, format, offset and length come before."""


_in_common = attrgetter("source", "format", *_SHARED)
_ordinal, _offset, _length = attrgetter("ordinal"), attrgetter("offset"), attrgetter("length")


class Run(Sequence[Ref]):
    """References into one file whose ordinals follow each other, as two columns: none is made before it is asked for.

    >>> [(ref.source, ref.ordinal, ref.offset) for ref in Run(Ref("a.jsonl", 7, "jsonl"), [0, 20], [19, 30])]
    [('a.jsonl', 7, 0), ('a.jsonl', 8, 20)]
    """

    __slots__ = ("first", "lengths", "offsets")

    def __init__(self, like: Ref, offsets: Sequence[int], lengths: Sequence[int]) -> None:
        """`like` says what they share, and has the ordinal of the first; the columns have one number for each."""
        self.first, self.offsets, self.lengths = like, offsets, lengths

    @classmethod
    def of(cls, refs: Sequence[Ref]) -> "Run | None":
        """Return references as a run; None: they have not all in common what it takes."""
        if not refs or any(map(_in_common(refs[0]).__ne__, map(_in_common, refs))):
            return None
        ordinals = array("q", map(_ordinal, refs))
        if ordinals != array("q", range(ordinals[0], ordinals[0] + len(refs))):
            return None
        return cls(refs[0], array("q", map(_offset, refs)), array("q", map(_length, refs)))

    def joined(self, other: "Run") -> "Run | None":
        """Return both as one; None: the other one doesn't go on with this."""
        first, second = self.first, other.first
        if _in_common(first) != _in_common(second) or second.ordinal != first.ordinal + len(self):
            return None
        both = (array("q", (*a, *b)) for a, b in ((self.offsets, other.offsets), (self.lengths, other.lengths)))
        return Run(first, *both)

    def numbered(self, ordinal: int) -> "Run":
        """The same references, counted from an ordinal."""
        first = self.first
        return self if first.ordinal == ordinal else Run(replace(first, ordinal=ordinal), self.offsets, self.lengths)

    def only(self, are_wanted: Sequence[int]) -> "Run":
        """Those for which a number is not 0, counted from the same ordinal."""
        offsets, lengths = (array("q", compress(column, are_wanted)) for column in (self.offsets, self.lengths))
        return Run(self.first, offsets, lengths)

    def __len__(self) -> int:
        return len(self.offsets)

    @overload
    def __getitem__(self, index: int) -> Ref: ...
    @overload
    def __getitem__(self, index: slice) -> "Run": ...
    def __getitem__(self, index: int | slice) -> "Ref | Run":
        ordinals = range(self.first.ordinal, self.first.ordinal + len(self))
        if isinstance(index, slice):
            if index.step not in (None, 1):
                raise ValueError("only references that follow each other are a run")
            like = replace(self.first, ordinal=self.first.ordinal + index.indices(len(self))[0])
            return Run(like, self.offsets[index], self.lengths[index])
        return replace(self.first, ordinal=ordinals[index], offset=self.offsets[index], length=self.lengths[index])

    def __iter__(self) -> Iterator[Ref]:
        first = self.first
        rest = [repeat(getattr(first, name)) for name in _SHARED]
        ordinals = count(first.ordinal)
        return map(Ref, repeat(first.source), ordinals, repeat(first.format), self.offsets, self.lengths, *rest)


Pages = Item | Sequence[Item]
"""A row of a collection, or many that follow each other: a run, or rows that are kept as columns."""


def singly(found: Iterable[Pages]) -> Iterator[Item]:
    """Take them apart."""
    for some in found:
        if isinstance(some, Item):
            yield some
        else:
            yield from some


def places(rows: Sequence[Item]) -> Iterable[tuple[str, int]]:
    """Return source and ordinal of each row; no row is made for them.

    >>> list(places(Run(Ref("a.jsonl", 7, "jsonl"), [0, 20], [19, 30])))
    [('a.jsonl', 7), ('a.jsonl', 8)]
    """
    if isinstance(rows, Run):
        return zip(repeat(rows.first.source), range(rows.first.ordinal, rows.first.ordinal + len(rows)), strict=False)
    if isinstance(rows, Rows):
        return zip(rows.column("source"), rows.column("ordinal"), strict=True)
    return ((row.source, row.ordinal) for row in rows)


def how_many(some: Pages) -> int:
    """Return how many rows these are."""
    return 1 if isinstance(some, Item) else len(some)


class _Place(NamedTuple):
    """What the references of a stretch have in common."""

    source: str
    format: str
    member: str | None
    spool: str
    via: str
    route: str

    @classmethod
    def of(cls, row: Item) -> "_Place":
        if isinstance(row, Trouble):
            return cls(row.source, "", row.member, "", "", "")
        return cls(row.source, row.format, row.member, row.spool, row.via, row.route)


_WIDE = 0xFFFF_FFFF
"""Stands for a length that needs more than four bytes."""
_TO_THE_END = 0xFFFF_FFFE
"""Stands for -1."""


class _Places:
    """Places in the order in which they were met, as columns: archives have a million members with names of their own."""

    def __init__(self) -> None:
        self._shared: dict[tuple[str, str, str, str], int] = {}
        """(source, format, spool, via) -> number."""
        self._by_number: list[tuple[str, str, str, str]] = []
        self._numbers = array("I")
        self._own = bytearray()
        """Member and route of all, one behind the other."""
        self._ends = array("Q")

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, place: _Place) -> None:
        """Put one at the end."""
        shared = (place.source, place.format, place.spool, place.via)
        number = self._shared.setdefault(shared, len(self._shared))
        if number == len(self._by_number):
            self._by_number.append(shared)
        if place.member is not None or place.route:
            member = "" if place.member is None else f"\1{place.member}"
            self._own += f"{place.route}\0{member}".encode("utf-8", "surrogatepass")
        self._ends.append(len(self._own))
        self._numbers.append(number)

    def sources(self) -> set[str]:
        """Return what all lie in."""
        return {source for source, *_ in self._by_number}

    def __getitem__(self, index: int) -> _Place:
        source, kind, spool, via = self._by_number[self._numbers[index]]
        own = self._own[self._ends[index - 1] if index else 0 : self._ends[index]]
        if not own:
            return _Place(source, kind, None, spool, via, "")
        route, _, member = bytes(own).decode("utf-8", "surrogatepass").partition("\0")
        return _Place(source, kind, member[1:] if member else None, spool, via, route)


class Shelf(Sequence[Item]):
    """Rows of a collection in the order in which they were found, seen through an order or a filter.

    One thread may append while another reads: a row is counted last, when all its numbers are there.

    >>> shelf = Shelf([Ref("b.html", 0, "html"), Ref("a.html", 1, "html")])
    >>> shelf.show([1, 0])
    >>> [ref.source for ref in shelf]
    ['a.html', 'b.html']
    """

    def __init__(self, found: Iterable[Pages] = ()) -> None:
        self.clear()
        self.extend(found)

    def clear(self) -> None:
        """Take all rows away."""
        self._found = 0
        self._shown: Sequence[int] | None = None
        self._places = _Places()
        """One for each stretch of rows that have it in common and whose ordinals follow each other."""
        self._starts, self._firsts = array("q"), array("q")
        """Of each stretch: its first row, and the ordinal of that."""
        self._offsets, self._lengths = array("q"), array("I")
        self._wide: dict[int, int] = {}
        """Row -> length, where four bytes are too few."""
        self._troubles: dict[int, Problem] = {}
        """Row -> why nothing can be read there."""
        self._mended: dict[int, Item] = {}
        """Row -> what stands there now."""
        self._last: tuple[_Place, int] | None = None
        """Place of the last stretch, and the ordinal that would continue it."""

    def append(self, row: Item) -> None:
        """Add a row at the end."""
        if isinstance(row, Trouble):
            self._troubles[self._found] = row.problem
        self._add(_Place.of(row), row.ordinal, [row.offset], [row.length])

    def extend(self, found: Iterable[Pages]) -> None:
        """Add rows at the end; of many, the first are visible before the last are there."""
        for some in found:
            if isinstance(some, Run):
                if some:
                    self._add(_Place.of(some.first), some.first.ordinal, some.offsets, some.lengths)
            elif isinstance(some, Item):
                self.append(some)
            elif isinstance(some, Rows) and some.kind is Ref:
                self._add_columns(some)
            else:
                for row in some:
                    self.append(row)

    def _add_columns(self, refs: Rows[Ref]) -> None:
        """A reference at a time costs three times as much, and a folder has a hundred thousand."""
        columns = [refs.column(name) for name in (*_Place._fields, "ordinal", "offset", "length")]
        for *place, ordinal, offset, length in zip(*columns, strict=True):
            self._add(_Place(*place), ordinal, (offset,), (length,))

    def _add(self, place: _Place, ordinal: int, offsets: Sequence[int], lengths: Sequence[int]) -> None:
        if self._last != (place, ordinal):
            self._places.add(place)
            self._starts.append(self._found)
            self._firsts.append(ordinal)
        self._last = (place, ordinal + len(offsets))
        self._offsets.extend(offsets)
        is_narrow = min(lengths, default=0) >= 0 and max(lengths, default=0) < _TO_THE_END
        self._lengths.extend(array("I", lengths) if is_narrow else map(self._narrow, lengths, count(self._found)))
        self._found += len(offsets)

    def _narrow(self, length: int, row: int) -> int:
        if length < 0:
            return _TO_THE_END
        if length >= _TO_THE_END:
            self._wide[row] = length
            return _WIDE
        return length

    def mend(self, ref: Item) -> int | None:
        """Put a row in place of the one with its source and ordinal; return its place in the order of finding.

        None: there is none such. It is looked for from the end.
        """
        for stretch in range(len(self._starts) - 1, -1, -1):
            if self._places[stretch].source == ref.source:
                stop = self._starts[stretch + 1] if stretch + 1 < len(self._starts) else self._found
                number = self._starts[stretch] + ref.ordinal - self._firsts[stretch]
                if self._starts[stretch] <= number < stop:
                    self._mended[number] = ref
                    return number
        return None

    @property
    def found(self) -> int:
        """How many rows there are, shown or not."""
        return self._found

    def row(self, number: int) -> Item:
        """Return a row by its place in the order of finding. Raises IndexError if there is none."""
        if not 0 <= number < self._found:
            raise IndexError(number)
        if number in self._mended:
            return self._mended[number]
        stretch = bisect_right(self._starts, number) - 1
        place = self._places[stretch]
        length = self._lengths[number]
        if length >= _TO_THE_END:
            length = self._wide.get(number, -1)
        ordinal = self._firsts[stretch] + number - self._starts[stretch]
        offset = self._offsets[number]
        if number in self._troubles:
            return Trouble(place.source, ordinal, self._troubles[number], offset, length, place.member)
        member, spool, via, route = place.member, place.spool, place.via, place.route
        return Ref(place.source, ordinal, place.format, offset, length, member, spool, via, route)

    def rows_in(self, is_wanted: Callable[[str, str | None], bool]) -> Iterator[int]:
        """Yield the rows, by their places in the order of finding, whose source and member are wanted."""
        for stretch in range(len(self._starts)):
            place = self._places[stretch]
            if is_wanted(place.source, place.member):
                stop = self._starts[stretch + 1] if stretch + 1 < len(self._starts) else self._found
                yield from range(self._starts[stretch], stop)

    def with_ordinal(self, ordinal: int) -> Iterator[int]:
        """Yield the rows, by their places in the order of finding, that have an ordinal: one of each target at the most."""
        stops = (*islice(self._starts, 1, None), self._found)
        for start, stop, first in zip(self._starts, stops, self._firsts, strict=True):
            if 0 <= ordinal - first < stop - start:
                yield start + ordinal - first

    def sources(self) -> set[str]:
        """Return the sources of all rows."""
        return self._places.sources()

    def find(self, ref: Item) -> int | None:
        """Return the row, by its place in the order of finding, of the page that lies where `ref` says; None: it isn't here."""
        rows = self.rows_in(lambda source, member: (source, member) == (ref.source, ref.member))
        return next((number for number in rows if self.row(number).ordinal == ref.ordinal), None)

    def show(self, numbers: Iterable[int] | None) -> None:
        """Show these rows, named by their places in the order of finding, in this order; None: all, as they were found.

        Rows that are found later are shown only without an order or a filter.
        """
        self._shown = None if numbers is None else array("q", numbers)

    def show_more(self, numbers: Iterable[int]) -> None:
        """Show these rows too, below the ones that `show` named."""
        if isinstance(self._shown, array):
            self._shown.extend(numbers)

    def numbers(self) -> Sequence[int]:
        """Return the places in the order of finding of the rows that are shown now, in their order."""
        return range(self._found) if self._shown is None else self._shown[:]

    def pick(self, numbers: Sequence[int]) -> "Picked":
        """Return rows by their places in the order of finding, made when they are asked for."""
        return Picked(self, numbers)

    def number(self, index: int) -> int:
        """Return the place in the order of finding of the row that is shown at `index`. Raises IndexError if none is."""
        if not 0 <= index < len(self):
            raise IndexError(index)
        shown = self._shown
        return index if shown is None else shown[index]

    def __len__(self) -> int:
        shown = self._shown
        return self._found if shown is None else len(shown)

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> list[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | list[Item]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        return self.row(self.number(index + len(self) if index < 0 else index))

    def __iter__(self) -> Iterator[Item]:
        return (self[index] for index in range(len(self)))


class Picked(Sequence[Item]):
    """Some rows of a shelf, whatever it shows later."""

    def __init__(self, shelf: Shelf, numbers: Sequence[int]) -> None:
        self._shelf, self._numbers = shelf, numbers

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> "Picked": ...
    def __getitem__(self, index: int | slice) -> "Item | Picked":
        if isinstance(index, slice):
            return Picked(self._shelf, self._numbers[index])
        return self._shelf.row(self._numbers[index])

    def __iter__(self) -> Iterator[Item]:
        return map(self._shelf.row, self._numbers)
