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

    def onto(self, flow: Flow, place: Place, *, wide: bool) -> "Caret":
        """The caret in another row, about as far from the left as it was."""
        here, there = flow.row(flow.place_of(self.offset)), flow.row(place)
        column = self.column
        if column < 0:
            column = width(here.text[: self.offset - here.start], wide=wide) if here else 0
        offset = self.offset if there is None else offset_at(there, column, wide=wide)
        return Caret(offset, self.anchor, column)


def resting(flow: Flow, place: Place, step: int) -> Place:
    """The row itself, or the one `step` beyond it if it is the gap between two paragraphs, where nothing stands."""
    row = flow.row(place)
    if row is None or row.is_first or row.end > row.start:
        return place
    return flow.move(place, step)


def offset_at(row: Row, column: int, *, wide: bool) -> int:
    """The character in a cell of a row, or its last one."""
    at = 0
    for index, char in enumerate(row.text):
        at += width(char, wide=wide)
        if at > column:
            return row.start + index
    return max(row.end - 1, row.start)
