"""A growing list of page references: a few numbers each, in arrays, so that a million rows cost 8 bytes an array."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from itertools import compress, count
from typing import overload

from tui.core.problems import Problem
from tui.model import Ref

BATCH_ROWS = 5000
"""Rows that are added, and become visible, together."""


_SHARED = tuple(field.name for field in fields(Ref))[5:]
"""What references of a run have in common, besides source and format; source, ordinal, format, offset and length come before."""


class Run(Sequence[Ref]):
    """References into one file whose ordinals follow each other, as two columns: none is made before it is asked for.

    >>> [(ref.source, ref.ordinal, ref.offset) for ref in Run(Ref("a.jsonl", 7, "jsonl"), [0, 20], [19, 30])]
    [('a.jsonl', 7, 0), ('a.jsonl', 8, 20)]
    """

    __slots__ = ("first", "lengths", "offsets")

    def __init__(self, like: Ref, offsets: Sequence[int], lengths: Sequence[int]) -> None:
        """`like` says what they share, and has the ordinal of the first; the columns have one number for each."""
        self.first, self.offsets, self.lengths = like, offsets, lengths

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
        source, kind, rest = first.source, first.format, [getattr(first, name) for name in _SHARED]
        for ordinal, offset, length in zip(count(first.ordinal), self.offsets, self.lengths, strict=False):
            yield Ref(source, ordinal, kind, offset, length, *rest)


def singly(found: Iterable[Ref | Run]) -> Iterator[Ref]:
    """Take runs apart."""
    for some in found:
        if isinstance(some, Run):
            yield from some
        else:
            yield some


class Shelf(Sequence[Ref]):
    """References in the order in which they were found, seen through an order or a filter.

    One thread may append while another reads: a row is counted last, when all its numbers are there.

    >>> shelf = Shelf([Ref("b.html", 0, "html"), Ref("a.html", 1, "html")])
    >>> shelf.show([1, 0])
    >>> [ref.source for ref in shelf]
    ['a.html', 'b.html']
    """

    def __init__(self, refs: Iterable[Ref | Run] = ()) -> None:
        self._places: list[tuple[str, str, str | None, str]] = []
        """(source, spool, member, route); neighbouring rows of one file or member share an entry."""
        self._formats: list[str] = []
        self._place, self._ordinal, self._format = array("q"), array("q"), array("q")
        self._offset, self._length = array("q"), array("q")
        self._rest: dict[int, tuple[Problem | None, str]] = {}
        """Row -> (trouble, via), for the rows that have one."""
        self._found = 0
        self._shown: Sequence[int] | None = None
        self.extend(refs)

    def append(self, ref: Ref) -> None:
        """Add a reference at the end."""
        self._add([ref])

    def extend(self, refs: Iterable[Ref | Run]) -> None:
        """Add references at the end; of many, the first are visible before the last are there."""
        batch: list[Ref] = []
        for found in refs:
            if isinstance(found, Run):
                self._add(batch)
                self._add_run(found)
                batch = []
                continue
            batch.append(found)
            if len(batch) == BATCH_ROWS:
                self._add(batch)
                batch = []
        self._add(batch)

    def _add_run(self, run: Run) -> None:
        first, size = run.first, len(run)
        if not size:
            return
        self._place.extend(array("q", [self._place_of(first)]) * size)
        self._ordinal.extend(range(first.ordinal, first.ordinal + size))
        self._format.extend(array("q", [self._format_of(first.format)]) * size)
        self._offset.extend(run.offsets)
        self._length.extend(run.lengths)
        self._found += size

    def _add(self, batch: list[Ref]) -> None:
        """Column by column: a row at a time costs three times as much, and a collection has millions."""
        self._place.extend([self._place_of(ref) for ref in batch])
        self._ordinal.extend([ref.ordinal for ref in batch])
        self._format.extend([self._format_of(ref.format) for ref in batch])
        self._offset.extend([ref.offset for ref in batch])
        self._length.extend([ref.length for ref in batch])
        for number, ref in enumerate(batch, self._found):
            if ref.trouble or ref.via:
                self._rest[number] = (ref.trouble, ref.via)
        self._found += len(batch)

    def clear(self) -> None:
        """Take all references away."""
        self._found, self._shown = 0, None
        self._places, self._formats, self._rest = [], [], {}
        for column in (self._place, self._ordinal, self._format, self._offset, self._length):
            del column[:]

    def mend(self, ref: Ref) -> int | None:
        """Put a reference in place of the one with its source and ordinal; return its place in the order of finding.

        None: there is none such. It is looked for from the end.
        """
        for number in range(self._found - 1, -1, -1):
            if self._ordinal[number] == ref.ordinal and self._places[self._place[number]][0] == ref.source:
                self._format[number] = self._format_of(ref.format)
                self._offset[number], self._length[number] = ref.offset, ref.length
                self._rest.pop(number, None)
                if ref.trouble:
                    self._rest[number] = (ref.trouble, ref.via)
                return number
        return None

    def _place_of(self, ref: Ref) -> int:
        places = self._places
        place = (ref.source, ref.spool, ref.member, ref.route)
        if not places or places[-1] != place:
            places.append(place)
        return len(places) - 1

    def _format_of(self, name: str) -> int:
        if name not in self._formats:
            self._formats.append(name)
        return self._formats.index(name)

    @property
    def found(self) -> int:
        """How many references there are, shown or not."""
        return self._found

    def row(self, number: int) -> Ref:
        """Return a reference by its place in the order of finding. Raises IndexError if there is none."""
        if not 0 <= number < self._found:
            raise IndexError(number)
        source, spool, member, route = self._places[self._place[number]]
        trouble, via = self._rest.get(number, (None, ""))
        return Ref(
            source,
            self._ordinal[number],
            self._formats[self._format[number]],
            self._offset[number],
            self._length[number],
            member,
            trouble,
            spool,
            via,
            route,
        )

    def rows_in(self, is_wanted: Callable[[str, str | None], bool]) -> Iterator[int]:
        """Yield the rows, by their places in the order of finding, whose source and member are wanted."""
        wanted = {number for number, place in enumerate(self._places) if is_wanted(place[0], place[2])}
        if wanted:
            yield from (number for number in range(self._found) if self._place[number] in wanted)

    def find(self, ref: Ref) -> int | None:
        """Return the row, by its place in the order of finding, of the page that lies where `ref` says; None: it isn't here."""
        rows = self.rows_in(lambda source, member: (source, member) == (ref.source, ref.member))
        return next((number for number in rows if self._ordinal[number] == ref.ordinal), None)

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
    def __getitem__(self, index: int) -> Ref: ...
    @overload
    def __getitem__(self, index: slice) -> list[Ref]: ...
    def __getitem__(self, index: int | slice) -> Ref | list[Ref]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        return self.row(self.number(index + len(self) if index < 0 else index))

    def __iter__(self) -> Iterator[Ref]:
        return (self[index] for index in range(len(self)))


class Picked(Sequence[Ref]):
    """Some rows of a shelf, whatever it shows later."""

    def __init__(self, shelf: Shelf, numbers: Sequence[int]) -> None:
        self._shelf, self._numbers = shelf, numbers

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> Ref: ...
    @overload
    def __getitem__(self, index: slice) -> "Picked": ...
    def __getitem__(self, index: int | slice) -> "Ref | Picked":
        if isinstance(index, slice):
            return Picked(self._shelf, self._numbers[index])
        return self._shelf.row(self._numbers[index])

    def __iter__(self) -> Iterator[Ref]:
        return map(self._shelf.row, self._numbers)
