"""A growing list of page references: a few numbers each, in arrays, so that a million rows cost 8 bytes an array."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from tui.model import Ref


class Shelf(Sequence[Ref]):
    """References in the order in which they were found, seen through an order or a filter.

    One thread may append while another reads: a row is counted last, when all its numbers are there.

    >>> shelf = Shelf([Ref("b.html", 0, "html"), Ref("a.html", 1, "html")])
    >>> shelf.show([1, 0])
    >>> [ref.source for ref in shelf]
    ['a.html', 'b.html']
    """

    def __init__(self, refs: Iterable[Ref] = ()) -> None:
        self._sources: list[tuple[str, str]] = []
        """(source, spool); rows of one file share an entry."""
        self._formats: list[str] = []
        self._source, self._ordinal, self._format = array("q"), array("q"), array("q")
        self._offset, self._length = array("q"), array("q")
        self._rest: dict[int, tuple[str | None, str, str]] = {}
        """Row -> (member, trouble, via), for the rows that have one."""
        self._found = 0
        self._shown: Sequence[int] | None = None
        self.extend(refs)

    def append(self, ref: Ref) -> None:
        """Add a reference at the end."""
        if not self._sources or self._sources[-1] != (ref.source, ref.spool):
            self._sources.append((ref.source, ref.spool))
        if ref.format not in self._formats:
            self._formats.append(ref.format)
        if ref.member is not None or ref.trouble or ref.via:
            self._rest[self._found] = (ref.member, ref.trouble, ref.via)
        self._source.append(len(self._sources) - 1)
        self._ordinal.append(ref.ordinal)
        self._format.append(self._formats.index(ref.format))
        self._offset.append(ref.offset)
        self._length.append(ref.length)
        self._found += 1

    def extend(self, refs: Iterable[Ref]) -> None:
        """Add references at the end, each visible as soon as it is there."""
        for ref in refs:
            self.append(ref)

    @property
    def found(self) -> int:
        """How many references there are, shown or not."""
        return self._found

    def row(self, number: int) -> Ref:
        """Return a reference by its place in the order of finding. Raises IndexError if there is none."""
        if not 0 <= number < self._found:
            raise IndexError(number)
        source, spool = self._sources[self._source[number]]
        member, trouble, via = self._rest.get(number, (None, "", ""))
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
