"""The lean display shows, cell by cell, what Textual's own would, and leaves it to a Textual that it doesn't know."""

import random
import sys

import pytest
from pty_screen import PtyScreen
from pyte.screens import Char
from waiting import wait_until
from where import TESTS

from tui.view.terminal.internals import ATTRIBUTES, METHODS

MAIN = str(TESTS / "screen_main.py")
OTHER = str(TESTS / "other_textual.py")
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
        screen.send(key)


def wait_until_they_agree(lean: PtyScreen, stock: PtyScreen, step: str) -> None:
    """Let both do what they were asked for; then they show the same."""

    def agree() -> bool:
        lean.settle()
        stock.settle()
        return cells(lean) == cells(stock)

    wait_until(agree, lambda: f"{step}:\n{lean.text()}\n{stock.text()}")


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
            if key == "q" and "#" in lean.screen.display[-2]:
                key = "h"  # on the main screen it would end the journey
            size = chosen.choice(SIZES) if key == "resize" else size
            step(lean, key, size)
            step(stock, key, size)
            wait_until_they_agree(lean, stock, f"step {number}, {key!r}")
        assert len(lean.sent) * 4 < len(stock.sent)


RENAMED = [name for _owner, name, _parameters in METHODS] + [*ATTRIBUTES]
CHANGES = [(rf"\b{name}\b", f"{name}_now", name) for name in RENAMED]
"""What is called otherwise in Textual, how, and what is said to differ."""
CHANGES += [
    (r"\bself\.chop_ends", "self.ends", "ChopsUpdate"),
    (r"\bself\.strips", "self.rows", "LayoutUpdate"),
    (r"def _end_update\(self", r"def _end_update(self, wait_s=0", "_end_update"),
]


@pytest.mark.parametrize(("pattern", "replacement", "name"), CHANGES)
def test_a_textual_with_other_insides_draws_the_screen_itself_and_that_is_said_once(
    pattern: str, replacement: str, name: str
) -> None:
    other = PtyScreen([sys.executable, OTHER, pattern, replacement])
    with other, PtyScreen([sys.executable, MAIN, "pages", "stock"]) as stock:
        for screen in (other, stock):
            screen.wait_for("Peeked 3")
        other.wait_for(f"has changed {name};")
        for key in ("j", "J", "\t", " ", "D", "q", "y", "\x0c"):
            step(other, key, SIZES[0])
            step(stock, key, SIZES[0])
            wait_until_they_agree(other, stock, repr(key))
        assert "has changed" not in other.text()
        assert b"\x1b]52;" in other.sent  # y copies
        other.send("q")
        assert other.end() == 0
        assert other.is_restored()
