"""Rows that come in pieces, laid out only where somebody looks, and walked without counting all of them."""

from collections import OrderedDict
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

KEPT_PIECES = 256


class Place(NamedTuple):
    """A row: the number of a piece, and of the row in it."""

    piece: int
    row: int


class Walk(Generic[T]):
    """Knows how many pieces there are; a subclass lays one out, which has a row at least."""

    def __init__(self, pieces: int) -> None:
        self._pieces = pieces
        self._rows: OrderedDict[int, list[T]] = OrderedDict()

    def lay_out(self, piece: int) -> list[T]:
        """The rows of a piece."""
        raise NotImplementedError

    def rows_of(self, piece: int) -> list[T]:
        """The rows of a piece, kept while they are looked at."""
        rows = self._rows.get(piece)
        if rows is None:
            rows = self._rows[piece] = self.lay_out(piece)
            if len(self._rows) > KEPT_PIECES:
                self._rows.popitem(last=False)
        return rows

    def row(self, place: Place) -> T | None:
        """The row at `place`; None beyond the end."""
        if not 0 <= place.piece < self._pieces:
            return None
        rows = self.rows_of(place.piece)
        return rows[place.row] if 0 <= place.row < len(rows) else None

    def move(self, place: Place, rows: int) -> Place:
        """Walk `rows` on, or back if negative, and stop at either end."""
        piece, row = place.piece, place.row + rows
        while row < 0 and piece > 0:
            piece -= 1
            row += len(self.rows_of(piece))
        while row >= (count := len(self.rows_of(piece))):
            if piece + 1 == self._pieces:
                return Place(piece, count - 1)
            row -= count
            piece += 1
        return Place(piece, max(row, 0))

    def last(self) -> Place:
        """The last row."""
        return Place(self._pieces - 1, len(self.rows_of(self._pieces - 1)) - 1)
