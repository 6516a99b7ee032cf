"""Rows that come in pieces, laid out only where somebody looks: of a text, and of bytes."""

import re
from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

from tui.core.i18n import tr
from tui.text.words.cells import fit, visible, width, wrap
from tui.view.pagetext.grid import Grid
from tui.view.pagetext.rows import Inked, Row, hanging

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


PIECE_CHARS = 4096
"""Code points of a line that are wrapped at a time; a longer line is laid out in pieces of about that length."""
HEX_BYTES = 16
"""Bytes in a row of a hex dump."""


def wrapped(text: str, cells: int, *, wide: bool) -> list[str]:
    """Return a text of one line as rows.

    >>> wrapped("two words", 6, wide=False)
    ['two ', 'words']
    """
    starts = wrap(text, cells, wide=wide)
    return [text[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]


class Walked(Protocol):
    """Rows that can be walked without counting all of them."""

    def move(self, place: Place, rows: int) -> Place:
        """Walk `rows` on, or back if negative, and stop at either end."""

    def last(self) -> Place:
        """The last row."""


class TextFlow(Walk[Row]):
    """The rows of a text. Costs a search for line ends at first, then only the pieces that are looked at."""

    def __init__(
        self,
        text: str,
        cells: int,
        *,
        wide: bool = False,
        gap: Callable[[int], bool] | None = None,
        lead: Callable[[int], str] | None = None,
        above: Callable[[int], Sequence[str]] | None = None,
        post: Callable[[int], str | None] | None = None,
        folds: Sequence[tuple[int, int]] = (),
        grids: Sequence[Grid] = (),
    ) -> None:
        """`gap` says whether an empty row stands before the line that starts at an offset, `lead` what before its text, and
        `above` what words have rows of their own above it; `post` says of the first line of a post what stands in the rule above it.

        Each of the sorted `folds`, from the start of a line to the end of another, is one row that says so. `grids` are
        the tables between them.
        """
        self.text = text
        self.length = len(text)
        self._cells = max(cells, 4)
        self._wide = wide
        self._gap = gap or (lambda _start: False)
        self._lead = lead or (lambda _start: "")
        self._above = above or (lambda _start: ())
        self._post = post or (lambda _start: None)
        self._starts = array("q", [0])
        self._starts.extend(match.end() for match in re.finditer("\n", text) if match.end() < len(text))
        self._line_numbers: array[int] | None = None
        if self._longest() > PIECE_CHARS:
            self._split_long_lines()
        self._folds = dict(folds)
        self._grids = {start: (grid, row) for grid in grids for row, (start, _end) in enumerate(grid.rows)}
        if folds or grids:
            self._merge(sorted([*folds, *(row for grid in grids for row in grid.rows)]))
        super().__init__(len(self._starts))

    def _longest(self) -> int:
        ends = [*self._starts[1:], self.length]
        return max(end - start for start, end in zip(self._starts, ends, strict=True))

    def _split_long_lines(self) -> None:
        lines, self._starts, self._line_numbers = self._starts, array("q"), array("q")
        for start, end in zip(lines, [*lines[1:], self.length], strict=True):
            self._line_numbers.append(len(self._starts))
            self._starts.append(start)
            while end - start > PIECE_CHARS:
                limit = start + PIECE_CHARS
                start = self.text.rfind(" ", limit - 100, limit) + 1 or limit
                self._starts.append(start)

    def _merge(self, runs: Sequence[tuple[int, int]]) -> None:
        """Leave one piece of those that begin in each run, and lead the lines of the others to it."""
        starts, ends = [start for start, _end in runs], [end for _start, end in runs]
        kept, moved = array("q"), array("q")
        for start in self._starts:
            at = bisect_right(starts, start) - 1
            if at < 0 or start == starts[at] or start >= ends[at]:
                kept.append(start)
            moved.append(len(kept) - 1)
        numbers = self._line_numbers if self._line_numbers is not None else range(len(self._starts))
        self._starts, self._line_numbers = kept, array("q", (moved[number] for number in numbers))

    def lay_out(self, piece: int) -> list[Row]:
        start = self._starts[piece]
        end = self._starts[piece + 1] if piece + 1 < len(self._starts) else self.length
        if start in self._folds:
            lines = self.text.count("\n", start, self._folds[start]) + 1
            said = tr("{lines:,} lines of menus and footers (Z shows them)", lines=lines)
            return [Row(start, start, f"\N{MIDLINE HORIZONTAL ELLIPSIS} {said}", is_first=True)]
        if end > start and self.text[end - 1] == "\n":
            end -= 1
        is_line = start == 0 or self.text[start - 1] == "\n"
        if start in self._grids:
            grid, number = self._grids[start]
            rows = grid.lay_out(number)
            is_apart = number == 0
        else:
            rows = self._line(start, end, is_line)
            is_apart = is_line
        heads = self._post(start) if is_apart else None
        is_parted = heads is not None or (is_apart and self._gap(start))
        gap = [Row(start, start, "", is_first=False)] if is_parted and start else []
        if heads is not None:
            rows = [self._beside(start, self._rule(heads)), *rows]
        above = [self._beside(start, words) for words in (self._above(start) if is_apart else ())]
        return [*gap, *above, *gap, *rows] if above else [*gap, *rows]

    def _rule(self, words: str) -> str:
        sign = "-" if self._wide else "\N{BOX DRAWINGS LIGHT HORIZONTAL}"
        begun = f"{sign * 2} {fit(words, self._cells - 4, wide=self._wide)} " if words else ""
        return begun + sign * (self._cells - width(begun, wide=self._wide))

    def _beside(self, start: int, words: str) -> Row:
        """A row of words that are no text."""
        return Row(
            start, start, fit(words, self._cells, wide=self._wide), is_first=False, parts=(Inked(0, start, start),)
        )

    def _line(self, start: int, end: int, is_line: bool) -> list[Row]:
        shown = visible(self.text[start:end], tabs=True)
        lead = self._lead(start if is_line else self.text.rfind("\n", 0, start) + 1)
        starts = wrap(shown, max(self._cells - width(lead, wide=self._wide), 4), wide=self._wide)
        rows = []
        for a, b in zip(starts, [*starts[1:], end - start], strict=True):
            is_first = is_line and a == 0
            before = lead if is_first else hanging(lead)
            parts = (Inked(len(before), start + a, start + b),) if before else ()
            rows.append(Row(start + a, start + b, before + shown[a:b], is_first, parts))
        return rows

    def place_of(self, offset: int) -> Place:
        """The row that holds an offset."""
        piece = max(bisect_right(self._starts, offset) - 1, 0)
        begins = [
            (max((part.start for part in row.stretches() if part.start <= offset), default=row.start), number)
            for number, row in enumerate(self.rows_of(piece))
        ]
        return Place(piece, max((each for each in begins if each[0] <= offset), default=(0, 0))[1])

    def line(self, number: int) -> Place:
        """Where line `number`, from 0, starts; the last one if there are fewer."""
        lines = self._line_numbers if self._line_numbers is not None else range(len(self._starts))
        return Place(lines[max(0, min(number, len(lines) - 1))], 0)


class HexFlow:
    """Bytes as rows of offset, hexadecimal and printable ASCII; offsets are bytes. Above them stand words about them."""

    def __init__(self, raw: bytes, words: str = "", cells: int = 80) -> None:
        self.length = len(raw)
        self._raw = raw
        shown = visible(words)
        starts = wrap(shown, max(cells, 4)) if words else []
        self._above = [shown[a:b] for a, b in zip(starts, [*starts[1:], len(shown)], strict=False)]
        if words:
            self._above.append("")
        self._last = len(self._above) + max((len(raw) - 1) // HEX_BYTES, 0)

    def row(self, place: Place) -> Row | None:
        if 0 <= place.piece < len(self._above):
            return Row(0, 0, self._above[place.piece], is_first=place.piece == 0)
        start = (place.piece - len(self._above)) * HEX_BYTES
        part = self._raw[start : start + HEX_BYTES]
        if not 0 <= place.piece <= self._last or not part:
            return None
        plain = "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in part)
        shown = f"{start:07x} {part[:8].hex(' '):<23}  {part[8:].hex(' '):<23}  {plain}"
        return Row(start, start + len(part), shown, is_first=True)

    def move(self, place: Place, rows: int) -> Place:
        return Place(max(0, min(place.piece + rows, self._last)), 0)

    def place_of(self, offset: int) -> Place:
        return self.line(offset // HEX_BYTES)

    def last(self) -> Place:
        return Place(self._last, 0)

    def line(self, number: int) -> Place:
        """The first row is that with the words."""
        return self.move(Place(len(self._above), 0), number) if number > 0 else Place(0, 0)


Flow = TextFlow | HexFlow
