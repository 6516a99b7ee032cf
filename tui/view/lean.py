"""What the terminal shows now, and the fewest bytes that make it show something else.

Textual 8.2 sends dirty regions whole and gives each segment its own SGR and reset. Comparing cell by cell with what
was sent before makes a key press over SSH cost a tenth.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.strip import Strip

from tui.text.cells import width

Codes = tuple[str, ...]
"""SGR parameters, each with its arguments; empty: the terminal's own look."""
Cell = tuple[str, Codes]
"""A character with its marks; the text of the right half of a wide one is empty."""

BLANK: Cell = (" ", ())
NEAR_CELLS = 4
"""Unchanged cells between two changes that are sent again rather than skipped by a cursor move."""
ERASED_CELLS = 8
"""Blanks in a row from which on erasing is shorter than writing them."""

Patch = tuple[int, int, Iterable[Segment]]
"""Column, row, and what is to stand there."""


class Terminal:
    """A model of the screen, in cells."""

    def __init__(self, color_system: ColorSystem | None, *, wide: bool) -> None:
        # Without colours Rich would leave out bold and underline too, and they are all that is left then.
        self._color_system = color_system or ColorSystem.STANDARD
        self._wide = wide
        self._rows: list[list[Cell]] = []
        self._codes = lru_cache(1024)(self._codes_of)

    def update(self, update: LayoutUpdate | ChopsUpdate, size: tuple[int, int]) -> str:
        """Return what to send for an update of Textual's; `size` is columns and rows of the terminal."""
        columns, lines = size
        out = _Writer()
        changed: dict[int, list[Cell]] = {}
        if len(self._rows) != lines or len(self._rows[0]) != columns:
            out.clear()
            # What isn't part of this update stays as it was; the terminal may have moved or cut it.
            kept = [(row + [BLANK] * columns)[:columns] for row in self._rows[:lines]]
            changed = dict(enumerate(kept))
            self._rows = [[BLANK] * columns for _ in range(lines)]
        for x, y, segments in patches(update):
            if 0 <= y < lines:
                row = changed.setdefault(y, self._rows[y][:])
                self._write(row, x, segments)
        for y in sorted(changed):
            out.turn(y, self._rows[y], changed[y])
            self._rows[y] = changed[y]
        return out.done()

    def repaint(self) -> str:
        """Return what makes a terminal in any state show what it ought to."""
        out = _Writer()
        out.clear()
        for y, row in enumerate(self._rows):
            out.turn(y, [BLANK] * len(row), row)
        return out.done()

    def _write(self, row: list[Cell], x: int, segments: Iterable[Segment]) -> None:
        columns = len(row)
        for text, style, control in segments:
            if control:
                continue
            codes = self._codes(style)
            if text.isascii():
                end = min(x + len(text), columns)
                row[x:end] = [(char, codes) for char in text[: end - x]]
                x = end
                continue
            for char in text:
                cells = width(char, wide=self._wide)
                if cells == 0:
                    if 0 < x <= columns:
                        _add_mark(row, x - 1, char)
                elif x + cells <= columns:
                    row[x] = (char, codes)
                    if cells == 2:
                        row[x + 1] = ("", codes)
                    x += cells

    def _codes_of(self, style: Style | None) -> Codes:
        if style is None:
            return ()
        rendered = style.render("x", color_system=self._color_system)
        if not rendered.startswith("\x1b["):
            return ()
        numbers = rendered[2 : rendered.index("m")].split(";")
        codes = []
        while numbers:
            taken = 1
            if numbers[0] in ("38", "48"):
                taken = 3 if numbers[1] == "5" else 5
            code, numbers = ";".join(numbers[:taken]), numbers[taken:]
            if code not in ("39", "49"):
                codes.append(code)
        return tuple(codes)


def patches(update: LayoutUpdate | ChopsUpdate) -> Iterator[Patch]:
    """Yield what an update writes where, as its own `render_segments` would."""
    if isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            yield update.region.x, y, [segment for strip in strips for segment in strip]
        return
    for y, x1, x2 in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x > x2 or end <= x1:
                continue
            is_whole = x2 > x >= x1 and end <= x2
            yield x, y, strip if is_whole else _crop(strip, min(end, x2) - x)


def _crop(strip: Strip, cells: int) -> Iterable[Segment]:
    return strip.crop(0, cells)


def _add_mark(row: list[Cell], x: int, mark: str) -> None:
    if row[x][0] == "" and x:
        x -= 1
    row[x] = (row[x][0] + mark, row[x][1])


class _Writer:
    """Writes cells, and knows where the cursor is and which SGR is in force."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._at = (-1, -1)
        self._codes: Codes = ()

    def clear(self) -> None:
        """Empty the screen."""
        self._out.append("\x1b[m\x1b[2J")

    def done(self) -> str:
        """Everything written, with SGR as it was before."""
        self._look(())
        return "".join(self._out)

    def turn(self, y: int, old: Sequence[Cell], new: Sequence[Cell]) -> None:
        """Turn row `y` from `old` into `new`."""
        tail = len(new)
        while tail and new[tail - 1] == BLANK:
            tail -= 1
        for start, end in _changes(old, new, tail):
            self._move(start, y)
            self._cells(new, start, end)
        if any(cell != BLANK for cell in old[tail:]):
            self._move(tail, y)
            self._look(())
            self._out.append("\x1b[K")

    def _cells(self, row: Sequence[Cell], start: int, end: int) -> None:
        x = start
        while x < end:
            blanks = 0
            while x + blanks < end and row[x + blanks] == BLANK:
                blanks += 1
            if blanks >= ERASED_CELLS:
                self._look(())
                self._out.append(f"\x1b[{blanks}X\x1b[{blanks}C")
                x += blanks
                continue
            char, codes = row[x]
            self._look(codes)
            self._out.append(char)
            x += 1
        # In the last column terminals differ about where the cursor stands.
        self._at = (end, self._at[1]) if end < len(row) else (-1, -1)

    def _move(self, x: int, y: int) -> None:
        if self._at == (x, y):
            return
        if self._at[1] == y and self._at[0] < x:
            self._out.append(f"\x1b[{x - self._at[0]}C")
        else:
            self._out.append(f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H")
        self._at = (x, y)

    def _look(self, codes: Codes) -> None:
        if codes == self._codes:
            return
        if set(self._codes) <= set(codes):
            more = [code for code in codes if code not in self._codes]
            self._out.append(f"\x1b[{';'.join(more)}m")
        else:
            self._out.append(f"\x1b[;{';'.join(codes)}m" if codes else "\x1b[m")
        self._codes = codes


def _changes(old: Sequence[Cell], new: Sequence[Cell], tail: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches before `tail` that differ, whole characters only, near ones joined."""
    x = 0
    pending: tuple[int, int] | None = None
    while x < tail:
        if old[x] == new[x]:
            x += 1
            continue
        start = x
        # Half a wide character can't be written, and writing over one half destroys the other.
        while start and (new[start][0] == "" or old[start][0] == ""):
            start -= 1
        while x < tail and old[x] != new[x]:
            x += 1
        while x < tail and new[x][0] == "":
            x += 1
        if pending and start - pending[1] <= NEAR_CELLS:
            pending = (pending[0], x)
        else:
            if pending:
                yield pending
            pending = (start, x)
    if pending:
        yield pending
