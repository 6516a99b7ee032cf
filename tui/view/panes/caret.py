"""A place in the text that keys move, and what is selected from where it was put down."""

from typing import NamedTuple

from tui.text.cells import width
from tui.view.flow import Flow, Row
from tui.view.walk import Place


class Caret(NamedTuple):
    """A code point of the text, and where the selection began; frozen: each move makes another one."""

    offset: int
    anchor: int = -1
    """Where the selection began; -1: nothing is selected."""
    column: int = -1
    """The cell that it tends to while it goes from row to row; -1: wherever it is."""

    @property
    def span(self) -> tuple[int, int]:
        """What is selected, or the character it is on."""
        ends = (self.offset, self.offset if self.anchor < 0 else self.anchor)
        return min(ends), max(ends) + 1

    def at(self, offset: int) -> "Caret":
        """The caret elsewhere, with the same anchor."""
        return Caret(offset, self.anchor)

    def free(self) -> "Caret":
        """The caret where it is, with nothing selected."""
        return Caret(self.offset)

    def along(self, length: int, steps: int) -> "Caret":
        """So many characters on, within a text of that length."""
        return self.at(max(0, min(self.offset + steps, length - 1)))

    def across(self, flow: Flow, rows: int, *, wide: bool) -> "Caret":
        """So many rows on, about as far from the left as it was."""
        here = flow.place_of(self.offset)
        row = flow.row(here)
        column = self.column
        if column < 0:
            column = width(row.text[: self.offset - row.start], wide=wide) if row else 0
        there = _resting(flow, flow.move(here, rows), rows)
        row = flow.row(there)
        offset = self.offset if row is None else offset_at(row, column, wide=wide)
        return Caret(offset, self.anchor, column)


def _resting(flow: Flow, place: Place, rows: int) -> Place:
    """No gap between paragraphs: nothing stands there."""
    row = flow.row(place)
    if row is None or row.is_first or row.end > row.start or rows == 0:
        return place
    return flow.move(place, 1 if rows > 0 else -1)


def offset_at(row: Row, column: int, *, wide: bool) -> int:
    """The character in a cell of a row, or its last one."""
    at = 0
    for index, char in enumerate(row.text):
        at += width(char, wide=wide)
        if at > column:
            return row.start + index
    return max(row.end - 1, row.start)
