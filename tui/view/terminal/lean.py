"""What the terminal shows now, and the fewest bytes that make it show something else.

Textual 8.2 sends dirty regions whole and gives each segment its own SGR and reset. Comparing cell by cell with what
was sent before makes a key press over SSH cost a tenth.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from rich.color import ColorSystem
from rich.console import COLOR_SYSTEMS
from rich.segment import Segment
from rich.style import Style

from tui.text.words.cells import width
from tui.view.terminal.ansi import Writer
from tui.view.terminal.cell import BLANK, Cell, Codes, seen_on_blank
from tui.view.terminal.moves import shift


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


CLEARED = "\x1b[m\x1b[2J"
LEAST_ROWS = 3
"""As many cells as so many rows have must change for it to be worth a thought whether rows have moved."""


def turned(old: Sequence[list[Cell]], new: Sequence[list[Cell]]) -> str:
    """Return the fewest bytes that turn one screen into another of its size."""
    changed = [y for y, row in enumerate(new) if row is not old[y] and row != old[y]]
    cells = sum(cell != now for y in changed for cell, now in zip(old[y], new[y], strict=True))
    moved = shift(old, new) if changed and cells >= LEAST_ROWS * len(new[0]) else None
    out = Writer()
    if moved is not None:
        out.scroll(moved.sequence())
        for y, row in enumerate(moved.applied(old)):
            out.turn(y, row, new[y])
    still = Writer()
    for y in changed:
        if moved is None or still.cost_bytes < out.cost_bytes:
            still.turn(y, old[y], new[y])
    return (still if moved is None or still.cost_bytes < out.cost_bytes else out).done()


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

    def update(self, patches: Iterable[Patch], size: tuple[int, int]) -> str:
        """Return what to send for what is to change; `size` is columns and rows of the terminal."""
        columns, lines = size
        changed: dict[int, list[Cell]] = {}
        cleared = ""
        if len(self._rows) != lines or len(self._rows[0]) != columns:
            cleared = CLEARED
            # What isn't part of the change stays as it was; the terminal may have moved or cut it.
            kept = [(row + [BLANK] * columns)[:columns] for row in self._rows[:lines]]
            changed = dict(enumerate(kept))
            self._rows = [[BLANK] * columns for _ in range(lines)]
        for x, y, segments in patches:
            if 0 <= y < lines:
                row = changed.setdefault(y, self._rows[y][:])
                self._write(row, x, segments)
        old = self._rows
        self._rows = [changed.get(y, row) for y, row in enumerate(old)]
        return self._begun() if self._before is not None else cleared + turned(old, self._rows)

    def _begun(self) -> str:
        """What to send first."""
        if self.is_kept:
            return ""
        before, self._before = self._before or [], None
        if [*map(len, before)] != [*map(len, self._rows)]:  # the terminal has another size by now
            return self.repaint()
        out = Writer()
        for y, row in enumerate(self._rows):  # what is there stands where it stays
            out.turn(y, before[y], row)
        return out.done()

    def repaint(self) -> str:
        """Return what makes a terminal in any state show what it ought to."""
        return CLEARED + turned([[BLANK] * len(row) for row in self._rows], self._rows)

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


def _add_mark(row: list[Cell], x: int, mark: str) -> None:
    if row[x][0] == "" and x:
        x -= 1
    row[x] = (row[x][0] + mark, row[x][1])
