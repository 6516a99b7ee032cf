"""A table of data as rows of aligned columns, or as records where one column alone is wider than there is room."""

from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile
from typing import NamedTuple

from tui.core.model import Rows, Shape
from tui.core.values import replace
from tui.text.words.cells import unbroken, visible, width, wrap
from tui.view.pagetext.rows import Inked, Row, hanging, lead_of

GAP_CELLS = 2
"""Blanks between two columns."""
MEASURED = 2000
"""Lines of cells, from the first, by which the columns are measured; those that are wider further down are wrapped."""
NARROW_CELLS = 12
"""A column of words is made no narrower than this where others are as wide."""
_UNIT_LETTERS = 3
"""Letters up to which a unit stands behind a number, or an abbreviation in the place of one."""


class _Chunk(NamedTuple):
    """A row of a cell."""

    lead: str
    text: str
    start: int
    end: int


class _Columns(NamedTuple):
    """How wide the columns are, which are flush right, and how it is all drawn."""

    widths: tuple[int, ...]
    right: frozenset[int]
    is_records: bool

    @property
    def total(self) -> int:
        """Cells that they take up with the blanks between them."""
        return sum(self.widths) + GAP_CELLS * (len(self.widths) - 1)

    def places(self) -> tuple[int, ...]:
        """The cells at which they begin."""
        return tuple(sum(self.widths[:at]) + GAP_CELLS * at for at in range(len(self.widths)))


class Lines:
    """The lines in the cells of one table; made into values only row by row, as a table may have very many."""

    def __init__(self, text: str, shift: int, shapes: Rows[Shape], first: int, end: int) -> None:
        """`shapes` from `first` to `end` are those of a table; with `shift` added their places are those of `text`."""
        self.text = text
        self._shift = shift
        self._shapes = shapes
        self._first, self._end = first, end
        numbers = shapes.column("row")[first:end]
        begins = [at for at, number in enumerate(numbers) if not at or number != numbers[at - 1]]
        self.rows = [(first + a, first + b) for a, b in zip(begins, [*begins[1:], end - first], strict=True)]
        """Of each row, which shapes are its lines."""

    def columns(self) -> list[int]:
        """The columns that have any text, in order."""
        return sorted(set(self._shapes.column("column")[self._first : self._end]))

    def place(self, first: int, end: int) -> tuple[int, int]:
        """Where the text lines of these shapes begin and end."""
        start = self._shapes.column("start")[first] + self._shift
        return self.text.rfind("\n", 0, start) + 1, self._shapes.column("end")[end - 1] + self._shift

    def row(self, number: int) -> list[Shape]:
        """The lines in the cells of a row."""
        shapes = self._shapes[slice(*self.rows[number])]
        return [replace(each, start=each.start + self._shift, end=each.end + self._shift) for each in shapes]


class Grid:
    """A table in so many cells; measured when its first row is looked at."""

    def __init__(self, page: Lines, cells: int, *, wide: bool) -> None:
        self._page = page
        self._text = page.text
        self._room = cells
        self._wide = wide
        self.rows = [page.place(*bounds) for bounds in page.rows]
        """Where the lines of each row begin and end."""
        self.start, self.end = self.rows[0][0], self.rows[-1][1]
        self._heads = sum(1 for _row in takewhile(self._is_head, range(len(self.rows))))
        self._used = {column: at for at, column in enumerate(page.columns())}
        self._columns: _Columns | None = None

    def _is_head(self, number: int) -> bool:
        return all(line.is_head for line in self._page.row(number))

    def lay_out(self, number: int) -> list[Row]:
        """The rows of cells of one row of the table; a rule stands under the heads."""
        columns = self._columns = self._columns or self._measured()
        if columns.is_records:
            return self._record(number)
        rows = list(self._aligned(number, columns))
        if number == self._heads > 0:
            start = self.rows[number][0]
            sign = "-" if self._wide else "\N{BOX DRAWINGS LIGHT HORIZONTAL}"
            rule = (" " * GAP_CELLS).join(sign * cells for cells in columns.widths)
            rows.insert(
                0, Row(start, start, rule, is_first=False, parts=(Inked(0, start, start),), columns=self._places())
            )
        return rows

    def _places(self) -> tuple[int, ...]:
        columns = self._columns
        return columns.places() if columns is not None and columns.total > self._room else ()

    def _aligned(self, number: int, columns: _Columns) -> Iterator[Row]:
        places = columns.places()
        cells = []
        for column, group in groupby(self._page.row(number), key=lambda line: line.column):
            lines = list(group)
            first = self._used[column]
            last = max(at for each, at in self._used.items() if each < column + lines[0].columns)
            room = places[last] + columns.widths[last] - places[first]
            is_right = first in columns.right and first == last
            cells.append((places[first], room, is_right, self._chunks(lines, room)))
        for level in range(max(len(chunks) for *_, chunks in cells)):
            drawn, parts, used = "", [], 0
            for place, room, is_right, chunks in cells:
                if level < len(chunks):
                    chunk = chunks[level]
                    taken = self._width(chunk.lead + chunk.text.rstrip())
                    at = place + max(room - taken, 0) * is_right
                    drawn += " " * (at - used) + chunk.lead
                    parts.append(Inked(len(drawn), chunk.start, chunk.end))
                    drawn += chunk.text
                    used = at + self._width(chunk.lead + chunk.text)
            yield self._row(drawn, parts, level, self._places())

    def _chunks(self, lines: Sequence[Shape], room: int) -> list[_Chunk]:
        """The rows of a cell; a blank stands for what ends each of its lines."""
        chunks = []
        for line in lines:
            lead = lead_of(line)
            shown = visible(self._text[line.start : line.end])
            starts = wrap(shown, max(room - self._width(lead), 1), wide=self._wide)
            for a, b in zip(starts, [*starts[1:], len(shown)], strict=True):
                text = shown[a:b].rstrip(" ") + " " if shown[a:b].endswith(" ") else shown[a:b]
                is_last = b == len(shown) and line.end < len(self._text)
                text = text.rstrip(" ") + " " if is_last else text
                chunks.append(
                    _Chunk(lead if a == 0 else hanging(lead), text, line.start + a, line.start + a + len(text))
                )
        return chunks

    @staticmethod
    def _row(drawn: str, parts: Sequence[Inked], level: int, columns: tuple[int, ...] = ()) -> Row:
        start, end = min(part.start for part in parts), max(part.end for part in parts)
        return Row(start, end, drawn, level == 0, tuple(parts), columns)

    def _record(self, number: int) -> list[Row]:
        """Each cell on rows of its own behind the head of its column."""
        heads = self._labels() if number >= self._heads else {}
        label_cells = min(max(map(self._width, heads.values()), default=0), self._room // 3)
        start, rows = self.rows[number][0], []
        if number:
            rows.append(Row(start, start, "", is_first=False))
        for column, group in groupby(self._page.row(number), key=lambda line: line.column):
            label = _cut(heads.get(column, ""), label_cells, wide=self._wide)
            label += " " * (label_cells - self._width(label) + GAP_CELLS) if label_cells else ""
            for chunk in self._chunks(list(group), max(self._room - self._width(label), 4)):
                drawn = label + chunk.lead
                part = Inked(len(drawn), chunk.start, chunk.end)
                rows.append(self._row(drawn + chunk.text, [part], len(rows) - (number > 0)))
                label = " " * self._width(label)
        return rows

    def _labels(self) -> dict[int, str]:
        lines = [line for number in range(self._heads) for line in self._page.row(number)]
        return {line.column: visible(self._text[line.start : line.end]) for line in lines}

    def _width(self, text: str) -> int:
        return width(text, wide=self._wide)

    def _measured(self) -> _Columns:
        """Columns as wide as their widest line where there is room; else the widest are wrapped, and what remains scrolls."""
        count = len(self._used)
        widest, least = [1] * count, [1] * count
        numbers: list[set[bool]] = [set() for _column in range(count)]
        measured = 0
        for number in range(len(self.rows)):
            row = self._page.row(number)
            for line in row:
                at = self._used[line.column]
                text = visible(self._text[line.start : line.end])
                if line.columns == 1:
                    lead = self._width(lead_of(line))
                    widest[at] = max(widest[at], lead + self._width(text))
                    least[at] = max(least[at], lead + unbroken(text, wide=self._wide))
                if number >= self._heads and (is_number := _is_number(text)) is not None:
                    numbers[at].add(is_number)
            measured += len(row)
            if measured > MEASURED:
                break
        right = frozenset(at for at, seen in enumerate(numbers) if seen == {True})
        return _Columns(self._fitted(widest, least), right, max(least) > self._room)

    def _fitted(self, widest: Sequence[int], least: Sequence[int]) -> tuple[int, ...]:
        room = self._room - GAP_CELLS * (len(widest) - 1)
        floors = [min(most, max(word, NARROW_CELLS)) for most, word in zip(widest, least, strict=True)]
        if sum(widest) <= room:
            return tuple(widest)
        # Where even the narrowest don't fit, it scrolls, and each has a third of what is in sight.
        bounds = range(self._room, 0, -1) if sum(floors) <= room else (self._room // 3,)
        for bound in bounds:
            widths = tuple(min(most, max(least, bound)) for most, least in zip(widest, floors, strict=True))
            if sum(widths) <= room:
                break
        return widths


def _cut(text: str, cells: int, *, wide: bool) -> str:
    return text[: [*wrap(text, max(cells, 1), wide=wide), len(text)][1]].rstrip()


def _is_number(text: str) -> bool | None:
    """Whether a cell holds a number, a time or a sum; None: nothing, or what stands in the place of one.

    >>> [_is_number(text) for text in ("£4.80", "06:40", "12 km", "n/a", "–", "No 7", "Tuesday")]
    [True, True, True, None, None, False, False]
    """
    signs = [char for char in text if char.isalnum()]
    letters = sum(not char.isdigit() for char in signs)
    if letters == len(signs):
        return None if letters <= _UNIT_LETTERS else False
    return signs[0].isdigit() and letters <= _UNIT_LETTERS
