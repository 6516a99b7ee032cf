"""Take the pictures of the README: the program itself, on a pseudo-terminal, on the sample pages.

python scripts/tour.py          docs/screenshot.svg, the first screen, and docs/tour.svg, what follows, one after the other
python scripts/tour.py FOLDER   every step at three widths in two themes, to be looked at
"""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pyte

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import screen_marks  # noqa: E402 - it is of the tests, as is the next one
from pty_screen import Emulator, PtyScreen  # noqa: E402

from tui.text.words.cells import width  # noqa: E402

STEPS = (
    ("opening", "", "related"),
    ("repairs", "D", "Repairs"),
    ("explained", "q\t]e", "Why this character"),
    ("found", "qg/渡轮\r", "in 3 of"),
)
"""Of each step its name, the keys that lead there, and what the screen shows then."""
SIZES = ((60, 24), (100, 30), (150, 38))
FIRST, REST = SIZES[2], SIZES[1]
THEMES = ("ansi-dark", "ansi-light")
STEP_S = 4
CELL, LINE, FONT = 8.4, 18, 14
"""Pixels: width of a cell, height of a row, size of a letter."""
COLOURS: Mapping[str, Mapping[str, str]] = {
    "ansi-dark": {
        "default": "#d4d4d4", "ground": "#1c1c1c", "red": "#e06c75", "green": "#98c379", "brown": "#e5c07b",
        "blue": "#61afef", "magenta": "#c678dd", "cyan": "#56b6c2", "white": "#d4d4d4", "black": "#000000",
    },
    "ansi-light": {
        "default": "#383a42", "ground": "#fafafa", "red": "#c0392b", "green": "#2d7d2f", "brown": "#8a5d00",
        "blue": "#2a5db0", "magenta": "#8e2a9c", "cyan": "#0b6e7f", "white": "#a0a1a7", "black": "#000000",
    },
}  # fmt: skip
"""What terminals show of the sixteen colours, by the theme that asks for them."""


class Screen(Emulator):
    """Keeps what is dim, of which pyte knows nothing, as what blinks, of which we have nothing."""

    def select_graphic_rendition(self, *attrs: int, **more: bool) -> None:
        """Take a style; colours of a palette have numbers of their own behind them."""
        is_plain = not {38, 48} & set(attrs)
        super().select_graphic_rendition(*(5 if attr == 2 and is_plain else attr for attr in attrs), **more)


class Drawn(NamedTuple):
    """A stretch of a row in one style."""

    at: int
    text: str
    style: str
    """Classes of the picture's style sheet, and a ground behind `/`."""


_SEEN = frozenset("us/")
"""Marks of styles that are seen on blanks: lines, and grounds."""


def rows(screen: pyte.Screen) -> Iterator[list[Drawn]]:
    """Return what is to be seen of each row, characters of two cells apart from others: fonts differ about them."""
    for y in range(screen.lines):
        drawn: list[Drawn] = []
        for x in range(screen.columns):
            cell = screen.buffer[y][x]
            style, last = _style(cell), drawn[-1] if drawn else Drawn(0, "", "")
            if not cell.data or (cell.data == " " and not _SEEN & set(style)):
                continue  # nobody sees the style of a blank, and it may be left from what stood there before
            cells, gap = _cells(last.text), x - last.at - _cells(last.text)
            is_same = style == last.style and gap <= 1 and _is_wide(cell.data) == (cells > len(last.text)) and last.text
            if is_same and not (gap and _is_wide(cell.data)):
                drawn[-1] = last._replace(text=last.text + " " * gap + cell.data)
            else:
                drawn.append(Drawn(x, cell.data, style))
        yield drawn


def _cells(text: str) -> int:
    return sum(width(char, wide=False) for char in text)


def _is_wide(char: str) -> bool:
    return _cells(char) > 1


def _style(cell: pyte.screens.Char) -> str:
    names = [name for name, is_so in (
        ("b", cell.bold), ("i", cell.italics), ("u", cell.underscore), ("s", cell.strikethrough), ("d", cell.blink),
    ) if is_so]  # fmt: skip
    ink, ground = ("ground", cell.fg) if cell.reverse else (cell.fg, cell.bg)
    names += [ink.upper()] if ink != "default" else []
    return " ".join(names) + (f"/{ground}" if ground != "default" or cell.reverse else "")


def picture(frames: Sequence[Sequence[Sequence[Drawn]]], size: tuple[int, int], theme: str) -> str:
    """Return an SVG of one screen, or of several that follow each other; its fonts are the reader's own."""
    columns, lines = size
    colours = COLOURS[theme]
    inks = "".join(f".{name.upper()}{{fill:{colour}}}" for name, colour in colours.items())
    turn = 100 / len(frames)
    moving = (
        f"@keyframes turn{{0%,{turn - 0.01:.2f}%{{visibility:visible}}{turn:.2f}%,100%{{visibility:hidden}}}}"
        f"g{{visibility:hidden;animation:turn {STEP_S * len(frames)}s step-end infinite}}"
        + "".join(f"g:nth-of-type({n + 1}){{animation-delay:{STEP_S * n}s}}" for n in range(len(frames)))
    )
    look = (
        f"text{{fill:{colours['default']}}}{inks}.b{{font-weight:bold}}.i{{font-style:italic}}.d{{fill-opacity:.6}}"
        f".u{{text-decoration:underline}}.s{{text-decoration:line-through}}{moving * (len(frames) > 1)}"
    )
    across, down = round(columns * CELL + 16), lines * LINE + 16
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across} {down}" xml:space="preserve" shape-rendering="crispEdges" font-family="Menlo,Consolas,monospace" font-size="{FONT}">',
        f"<style>{look}</style>",
        f'<rect width="{across}" height="{down}" rx="6" fill="{colours["ground"]}"/>',
        *(f"<g>{''.join(_row(row, y, colours) for y, row in enumerate(frame))}</g>" for frame in frames),
        "</svg>\n",
    ])  # fmt: skip


def _row(row: Sequence[Drawn], y: int, colours: Mapping[str, str]) -> str:
    grounds, texts = "", ""
    for drawn in row:
        cells = _cells(drawn.text)
        ink, _, ground = drawn.style.partition("/")
        left, long = round(8 + drawn.at * CELL, 1), round(cells * CELL, 1)
        if "/" in drawn.style:
            grounds += f'<rect x="{left}" y="{8 + y * LINE}" width="{long}" height="{LINE}" fill="{colours.get(ground, f"#{ground}")}"/>'
        fitted = f' textLength="{long}"' * (cells > len(drawn.text))
        named = f' class="{ink}"' * bool(ink)
        texts += f'<tspan x="{left}"{named}{fitted}>{escape(drawn.text, quote=False)}</tspan>'
    return f'{grounds}<text y="{8 + y * LINE + FONT - 1}">{texts}</text>' if texts else ""


def walk(size: tuple[int, int], theme: str) -> Iterator[tuple[str, list[list[Drawn]]]]:
    """Yield the name of each step and its screen."""
    with TemporaryDirectory() as home:
        config = Path(home, "copydesk", "config.toml")
        config.parent.mkdir()
        config.write_text(f'theme = "{theme}"\n', encoding="utf-8")
        # Neither the labels nor the index of whoever takes the pictures belong on them.
        places = dict.fromkeys(("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "HOME"), home)
        argv = [sys.executable, screen_marks.__file__, "sample_pages"]
        with PtyScreen(argv, *size, places | {"PYTHONPATH": str(ROOT)}, kind=Screen) as screen:
            for name, keys, shown in STEPS:
                for key in keys:
                    screen.press(key)
                screen.wait_for(shown)
                screen.settle()
                yield name, list(rows(screen.screen))


def main(folder: str = "") -> None:
    """Write the pictures."""
    os.chdir(ROOT)
    if folder:
        for size in SIZES:
            for theme in THEMES:
                for name, frame in walk(size, theme):
                    _write(Path(folder, f"{name}-{size[0]}-{theme}.svg"), picture([frame], size, theme))
        return
    (_name, first), *_rest = walk(FIRST, THEMES[0])
    _write(ROOT / "docs" / "screenshot.svg", picture([first], FIRST, THEMES[0]))
    _write(ROOT / "docs" / "tour.svg", picture([frame for _name, frame in walk(REST, THEMES[0])], REST, THEMES[0]))


def _write(path: Path, svg: str) -> None:
    path.write_text(svg, encoding="utf-8")
    print(f"{path}: {len(svg.encode()):,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
