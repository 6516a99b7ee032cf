"""What the terminal shows now, and the fewest bytes that make it show something else.

Textual 8.2 sends dirty regions whole and gives each segment its own SGR and reset. Comparing cell by cell with what
was sent before makes a key press over SSH cost a tenth.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from rich.color import ColorSystem
from rich.console import COLOR_SYSTEMS
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region

from tui.text.words.cells import width
from tui.view.terminal.ansi import BLANK, Cell, Codes, Writer, seen_on_blank

_LINUX = {
    "▸": "►",
    "⇆": "↔",
    "⋯": "…",
    "◌": "o",
    "␡": "?",
    "␢": "_",
    "␣": "_",
    "␤": "¶",
    "␦": "¿",
    "\N{REPLACEMENT CHARACTER}": "¿",
}
# Controls as on the keyboard, where Ctrl-[ is ESC; reverse video says that they stand for something.
_LINUX |= {chr(0x2400 + code): chr(code + 0x40) for code in range(0x20)}


def glyphs(term: str) -> Mapping[str, str]:
    """Return what is shown instead of which character on a terminal of a kind, by its TERM; each as wide.

    >>> glyphs("linux")["␛"], glyphs("xterm")
    ('[', {})
    """
    return _LINUX if term == "linux" or term.startswith("linux-") else {}


def color_system(name: str | None, environment: Mapping[str, str]) -> ColorSystem | None:
    """Return the colours of a terminal; `name` is what Rich takes from COLORTERM and TERM, None: there are none.

    GNU screen up to 4.9 and the Linux console make something else of true colour, and keep the COLORTERM with which they
    were started.

    >>> color_system("truecolor", {"TERM": "screen.xterm-256color", "STY": "7.pts"})
    ColorSystem.EIGHT_BIT
    >>> color_system("truecolor", {"TERM": "screen", "TMUX": "x"})
    ColorSystem.TRUECOLOR
    """
    term = environment.get("TERM", "")
    is_screen = term.startswith("screen") and not environment.get("TMUX")
    if name == "truecolor" and (is_screen or term.partition("-")[0] == "linux"):
        name = "256" if term.endswith("256color") else "standard"
    return COLOR_SYSTEMS.get(name or "")


LEAST_ROWS = 3
"""Rows that have to come from elsewhere on the screen for it to be worth a thought."""


class Shift(NamedTuple):
    """Rows from `top` to `bottom`, inclusive, go up by `rows`, or down if negative."""

    top: int
    bottom: int
    rows: int

    def applied(self, rows: Sequence[list[Cell]]) -> list[list[Cell]]:
        """What the screen shows after the terminal has scrolled."""
        blank = [BLANK] * len(rows[0])
        moved = []
        for y, row in enumerate(rows):
            source = y + self.rows
            is_inside = self.top <= y <= self.bottom
            moved.append(row if not is_inside else rows[source] if self.top <= source <= self.bottom else blank)
        return moved


def find(old: Sequence[list[Cell]], new: Sequence[list[Cell]], box: Region) -> Shift | None:
    """Return the shift by which most rows of a box come from another row of it; None: too few do."""
    left, right = box.x, box.x + box.width
    last = min(box.y + box.height, len(old))
    changed = [y for y in range(box.y, last) if old[y] is not new[y] and old[y][left:right] != new[y][left:right]]
    if len(changed) < LEAST_ROWS:
        return None
    places: dict[str, list[int]] = {}
    for y in range(box.y, last):
        places.setdefault(_text(old[y], left, right), []).append(y)
    votes: Counter[int] = Counter()
    for y in changed:
        text = _text(new[y], left, right)
        if text.strip():
            votes.update(there - y for there in places.get(text, ()) if there != y)
    if not votes:
        return None
    rows = votes.most_common(1)[0][0]
    matched = [y for y in range(box.y, last) if box.y <= y + rows < last and _same(old, new, y, rows, left, right)]
    if len(matched) < LEAST_ROWS:
        return None
    return Shift(min(matched[0], matched[0] + rows), max(matched[-1], matched[-1] + rows), rows)


def _same(old: Sequence[list[Cell]], new: Sequence[list[Cell]], y: int, rows: int, left: int, right: int) -> bool:
    return old[y + rows][left:right] == new[y][left:right] != old[y][left:right]


def _text(row: Sequence[Cell], left: int, right: int) -> str:
    return "".join(char for char, _codes in row[left:right])


Patch = tuple[int, int, Iterable[Segment]]
"""Column, row, and what is to stand there."""


class Terminal:
    """A model of the screen, in cells."""

    def __init__(
        self, color_system: ColorSystem | None, *, wide: bool, glyphs: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """`glyphs` are shown instead of others, each as wide as what it stands for."""
        self._glyphs = glyphs
        # Without colours Rich would leave out bold and underline too, and they are all that is left then.
        self._color_system = color_system or ColorSystem.STANDARD
        self._wide = wide
        self._rows: list[list[Cell]] = []
        self._codes = lru_cache(1024)(self._codes_of)
        self._before: list[list[Cell]] | None = None
        """What was on the screen before anything was sent; None: nobody knows, or something was."""
        self.is_kept = False
        """That stays for now."""

    def begin(self, rows: list[list[Cell]], *, is_kept: bool) -> None:
        """Begin on a screen that shows rows; `is_kept`: and goes on showing them, for now."""
        self._before, self.is_kept = rows, is_kept

    def update(self, patches: Iterable[Patch], size: tuple[int, int], boxes: Sequence[Region] = ()) -> str:
        """Return what to send for what is to change; `size` is columns and rows of the terminal.

        In `boxes` rows may have moved up or down as a whole.
        """
        columns, lines = size
        out = Writer()
        changed: dict[int, list[Cell]] = {}
        if len(self._rows) != lines or len(self._rows[0]) != columns:
            out.clear()
            # What isn't part of the change stays as it was; the terminal may have moved or cut it.
            kept = [(row + [BLANK] * columns)[:columns] for row in self._rows[:lines]]
            changed = dict(enumerate(kept))
            self._rows = [[BLANK] * columns for _ in range(lines)]
            boxes = ()
        for x, y, segments in patches:
            if 0 <= y < lines:
                row = changed.setdefault(y, self._rows[y][:])
                self._write(row, x, segments)
        old = self._rows
        self._rows = [changed.get(y, row) for y, row in enumerate(old)]
        if self._before is not None:
            return self._begun()
        for y in sorted(changed):
            out.turn(y, old[y], changed[y])
        return min((out.done(), *self._scrolled(old, boxes)), key=_bytes)

    def _begun(self) -> str:
        """What to send first."""
        if self.is_kept:
            return ""
        before, self._before = self._before or [], None
        if [*map(len, before)] != [*map(len, self._rows)]:  # the terminal has another size by now
            return self.repaint()
        out = Writer()
        for y, row in enumerate(self._rows):
            out.turn(y, before[y], row)
        return out.done()

    def _scrolled(self, old: list[list[Cell]], boxes: Sequence[Region]) -> Iterator[str]:
        """What to send instead where the terminal can move rows itself; whole rows, so neighbours may have to be mended."""
        for box in boxes:
            shift = find(old, self._rows, box)
            if shift is not None:
                out = Writer()
                out.scroll(*shift)
                for y, row in enumerate(shift.applied(old)):
                    if row is not self._rows[y]:
                        out.turn(y, row, self._rows[y])
                yield out.done()

    def repaint(self) -> str:
        """Return what makes a terminal in any state show what it ought to."""
        out = Writer()
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
            blank = (" ", seen_on_blank(codes))
            if text.isascii():
                end = min(x + len(text), columns)
                row[x:end] = [blank if char == " " else (char, codes) for char in text[: end - x]]
                x = end
                continue
            for char in text:
                cells = width(char, wide=self._wide)
                if cells == 0:
                    if 0 < x <= columns:
                        _add_mark(row, x - 1, char)
                elif x + cells <= columns:
                    row[x] = blank if char == " " else (self._glyphs.get(char, char), codes)
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


def _bytes(sequence: str) -> int:
    return len(sequence.encode())


def _add_mark(row: list[Cell], x: int, mark: str) -> None:
    if row[x][0] == "" and x:
        x -= 1
    row[x] = (row[x][0] + mark, row[x][1])
