"""Which column and row the cells of a table stand in, and whether it is one of data or lays out a page."""

from typing import NamedTuple

from tui.core.values import dataclass, field

MOST_COLUMNS = 100
"""A table with more isn't drawn as one."""
_MAX_CELL_CHARS = 600
"""Code points of a cell; one with more holds an article, or a post."""
_MAX_CELL_LINES = 12
"""Lines of a cell; one with more holds a menu."""


class TableCell(NamedTuple):
    """A cell, or the part of it that is one line."""

    start: int
    end: int
    row: int
    column: int
    columns: int
    is_head: bool


@dataclass(slots=True)
class OpenTable:
    """A table whose cells are counted while they open and close.

    >>> table = OpenTable(1)
    >>> table.start_row(0); table.start_cell(1, 2); tall = table.end_cell(0, 1, 9); table.end_row(1)
    >>> table.start_row(1); table.start_cell(1, 1); table.end_cell(1, 2, 9).column
    1
    """

    number: int
    _is_layout: bool = False
    """There is another table in it, a long cell, or text beside the cells."""
    _full_rows: int = 0
    """Rows with text in two cells at least."""
    _row: int = -1
    _column: int = 0
    _taken: dict[int, int] = field(default_factory=dict)
    """Column -> rows, from the open one on, that a cell above it spans."""
    _cell: TableCell = TableCell(0, 0, 0, 0, 1, is_head=False)
    _cells: int = 0
    """Of the open row that have text."""
    _end_line: int = -1

    @property
    def is_data(self) -> bool:
        """Whether it shows what belongs together in rows and columns, and doesn't lay out a page."""
        return self._full_rows > 1 and not self._is_layout

    def hold_text(self) -> None:
        """There is another table in it, or text beside its cells."""
        self._is_layout = True

    def start_row(self, line: int) -> None:
        """A row opens before a line that is still to come."""
        if self._end_line not in (-1, line):
            self._is_layout = True
        self._row += 1
        self._column = self._cells = 0
        self._taken = {column: rows - 1 for column, rows in self._taken.items() if rows > 1}

    def end_row(self, line: int) -> None:
        """A row closes before a line that is still to come."""
        self._end_line = line
        self._full_rows += self._cells > 1

    def start_cell(self, columns: int, rows: int, *, is_head: bool = False) -> None:
        """A cell opens in the next column that is free."""
        while self._column in self._taken:
            self._column += 1
        columns = max(1, min(columns, MOST_COLUMNS))
        self._cell = TableCell(0, 0, self._row, self._column, columns, is_head)
        if self._column + columns > MOST_COLUMNS:
            self._is_layout = True
            return
        if rows > 1:
            self._taken.update(dict.fromkeys(range(self._column, self._column + columns), rows))
        self._column += columns

    def end_cell(self, first_line: int, end_line: int, chars: int) -> TableCell:
        """The cell that closes, with the lines in it as its places."""
        if end_line - first_line > _MAX_CELL_LINES or chars > _MAX_CELL_CHARS:
            self._is_layout = True
        self._cells += 1
        return self._cell._replace(start=first_line, end=end_line)
