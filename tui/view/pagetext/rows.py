"""One row of cells as it is drawn, and which character of the text each part of it stands for."""

from collections.abc import Iterator
from typing import NamedTuple

from tui.core.model import Shape
from tui.text.words.cells import width

BAR = "\N{LEFT ONE EIGHTH BLOCK}"
"""Stands before each row of a quotation."""


_MAX_QUOTES = 8


def lead_of(shape: Shape) -> str:
    """What stands before a line of a shape.

    >>> lead_of(Shape(0, 9, quotes=1, indent=4, marker="◦"))
    '▏   ◦ '
    """
    hung = f"{shape.marker} " if shape.marker else ""
    return f"{BAR} " * min(shape.quotes, _MAX_QUOTES) + hung.rjust(shape.indent)


def hanging(lead: str) -> str:
    """What stands before the second row of a line, and those after it, where `lead` stands before the first.

    >>> hanging("▏ 12. ")
    '▏     '
    """
    return "".join(char if char == BAR else " " for char in lead)


class Inked(NamedTuple):
    """A stretch of the text in a row."""

    at: int
    """Where it begins among the characters of the row."""
    start: int
    end: int


class Row(NamedTuple):
    """One row of cells."""

    start: int
    """Place of its first character in the text; an empty row between paragraphs has `end == start`."""
    end: int
    text: str
    """Visible; may hold tabs."""
    is_first: bool
    """The line of the text starts here."""
    parts: tuple[Inked, ...] = ()
    """What of it is text; the rest is drawn around that. Empty: all of it, and it is as long as `end - start`."""
    columns: tuple[int, ...] = ()
    """Of a table's row: the cells at which its columns begin."""

    def stretches(self) -> tuple[Inked, ...]:
        """The parts, whether or not anything is drawn around them."""
        return self.parts or ((Inked(0, self.start, self.end),) if self.end > self.start else ())

    def drawn(self, offset: int) -> int | None:
        """Where in the row a character of the text stands; None: it stands elsewhere."""
        for at, start, end in self.stretches():
            if start <= offset < end:
                return at + offset - start
        return None

    def between(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where in the row the characters between two places of the text stand."""
        for at, first, last in self.stretches():
            if first < end and start < last:
                yield at + max(start, first) - first, at + min(end, last) - first

    def offset(self, index: int) -> int:
        """The character that stands at a place of the row, or the nearest one that is text."""
        before: int | None = None
        for at, start, end in self.stretches():
            if index < at + end - start:
                return start + index - at if index >= at else start if before is None else before
            before = max(end - 1, start)
        return self.start if before is None else before

    def cell(self, offset: int, *, wide: bool) -> int:
        """The cell in which a character of the text stands, or the first one."""
        return width(self.text[: self.drawn(offset) or 0], wide=wide)
