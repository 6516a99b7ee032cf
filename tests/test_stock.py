"""The lean display shows, cell by cell, what Textual's own would."""

import random
import sys
import time
from pathlib import Path

import pytest
from pty_screen import PtyScreen
from pyte.screens import Char

MAIN = str(Path(__file__).with_name("screen_main.py"))
STEPS = 200
KEYS = [
    *(
        "j",
        "k",
        "\x1b[B",
        "\x1b[A",
        " ",
        "b",
        "d",
        "u",
        "G",
        "gg",
        "5j",
        "3k",
        "\t",
        "\x1b[Z",
        "\r",
        "J",
        "K",
        "]",
        "[",
    ),
    *(
        "z",
        "\\",
        "p",
        "v",
        "\x1b[C",
        "\x1b[D",
        "/縣",
        "\x1b",
        "\r",
        "n",
        "N",
        "D",
        "h",
        "E",
        "e",
        "q",
        "\x0c",
        "resize",
    ),
]
ASKING = frozenset({"E", "e", "\\", "p", "D", "J", "K", "\r"})
"""What they show is asked for first; the next key must not come before it."""
SIZES = [(150, 40), (110, 30), (64, 20), (120, 40)]


def seen(cell: Char) -> tuple[object, ...]:
    """What one sees of a cell: of a blank neither weight nor colour, unless lines or reverse video show them."""
    if cell.data == " " and not (cell.underscore or cell.reverse or cell.strikethrough):
        return " ", cell.bg
    return cell


def cells(screen: PtyScreen) -> list[list[tuple[object, ...]]]:
    shown = screen.screen
    return [[seen(shown.buffer[y][x]) for x in range(shown.columns)] for y in range(shown.lines)]


def step(screen: PtyScreen, key: str, size: tuple[int, int]) -> None:
    if key == "resize":
        screen.resize(*size)
    else:
        screen.process.write(key.encode())


def agree(lean: PtyScreen, stock: PtyScreen, quiet_s: float) -> bool:
    """Read until both show the same and neither says any more for so long."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        written = lean.read(quiet_s, 0.5) + stock.read(quiet_s, 0.5)
        if not written and cells(lean) == cells(stock):
            return True
    return False


@pytest.mark.parametrize("seed", [1, 2])
def test_two_hundred_keys_lead_to_the_same_screens(seed: int) -> None:
    chosen = random.Random(seed)
    kind = "long" if seed == 1 else "pages"
    with PtyScreen([sys.executable, MAIN, kind]) as lean, PtyScreen([sys.executable, MAIN, kind, "stock"]) as stock:
        lean.wait_for("Peeked 20")
        stock.wait_for("Peeked 20")
        size = (120, 40)
        for number in range(STEPS):
            key = chosen.choice(KEYS)
            if key == "q" and "#" in lean.screen.display[-1]:
                key = "h"  # on the main screen it would end the journey
            size = chosen.choice(SIZES) if key == "resize" else size
            step(lean, key, size)
            step(stock, key, size)
            assert agree(lean, stock, 0.15 if key in ASKING else 0.02), (
                f"step {number}, {key!r}:\n{lean.text()}\n{stock.text()}"
            )
        assert len(lean.sent) * 4 < len(stock.sent)
