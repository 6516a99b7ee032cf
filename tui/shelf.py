"""A growing list of page references: a few numbers each, in arrays, so that a million rows cost 8 bytes an array."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import overload

from tui.model import Ref

BATCH_ROWS = 5000
"""Rows that are added, and become visible, together."""


class Shelf(Sequence[Ref]):
    """References in the order in which they were found, seen through an order or a filter.

    One thread may append while another reads: a row is counted last, when all its numbers are there.

    >>> shelf = Shelf([Ref("b.html", 0, "html"), Ref("a.html", 1, "html")])
    >>> shelf.show([1, 0])
    >>> [ref.source for ref in shelf]
    ['a.html', 'b.html']
    """

    def __init__(self, refs: Iterable[Ref] = ()) -> None:
        self._places: list[tuple[str, str, str | None]] = []
        """(source, spool, member); neighbouring rows of one file or member share an entry."""
        self._formats: list[str] = []
        self._place, self._ordinal, self._format = array("q"), array("q"), array("q")
        self._offset, self._length = array("q"), array("q")
        self._rest: dict[int, tuple[str, str]] = {}
        """Row -> (trouble, via), for the rows that have one."""
        self._found = 0
        self._shown: Sequence[int] | None = None
        self.extend(refs)

    def append(self, ref: Ref) -> None:
        """Add a reference at the end."""
        self._add([ref])

    def extend(self, refs: Iterable[Ref]) -> None:
        """Add references at the end; of many, the first are visible before the last are there."""
        refs = iter(refs)
        while batch := list(islice(refs, BATCH_ROWS)):
            self._add(batch)

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

    def _place_of(self, ref: Ref) -> int:
        places = self._places
        if not places or places[-1] != (ref.source, ref.spool, ref.member):
            places.append((ref.source, ref.spool, ref.member))
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
        source, spool, member = self._places[self._place[number]]
        trouble, via = self._rest.get(number, ("", ""))
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
