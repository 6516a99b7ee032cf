"""What stands in a row is moved sideways as a whole, or erased, where that saves writing; no character is cut in two."""

import pytest

from tui.view.terminal.cell import BLANK, HALVED, Cell, Spelling
from tui.view.terminal.sweeps import sweeps

COLUMNS = 40


def row(text: str, codes: tuple[str, ...] = ()) -> list[Cell]:
    cells: list[Cell] = []
    for char in text:
        cells += [(char, codes), ("", codes)] if char > "\u2e80" else [BLANK if char == " " else (char, codes)]
    return cells + [BLANK] * (COLUMNS - len(cells))


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("list | 縣城圖書館", "縣城圖書館", [(0, "\x1b[7P"), (10, "\x1b[K")]),
        ("縣城圖書館", "list | 縣城圖書館", [(0, "\x1b[7@"), (4, "\x1b[K")]),
        # The cursor would stand in the middle of 縣, and one to the left, too.
        ("x縣縣城圖書館", " 城圖書館", [(1, "\x1b[4P"), (0, "\x1b[K")]),
        ("天縣城圖書館", " 縣城圖書館", [(0, "\x1b[K")]),
        ("12345678901234567890", "1234567 12345678", [(0, "\x1b[8@"), (7, "\x1b[K")]),
        ("1234567", "abc-1234567x", []),
        ("12345678", "abc-12345678", [(0, "\x1b[4@")]),
        (
            "abcdefgh 12345678 ABCDEFGH",
            " 12345678  abcdefgh ABCDEFGH",
            [(0, "\x1b[8P"), (0, "\x1b[11@"), (0, "\x1b[K")],
        ),
        ("same", "same", []),
        ("gone", "", [(0, "\x1b[K")]),
    ],
)
def test_what_may_help(old: str, new: str, wanted: list[tuple[int, str]]) -> None:
    assert [(sweep.x, sweep.sequence) for sweep in sweeps(row(old), row(new), 0, Spelling())] == wanted


def test_of_what_looks_otherwise_nothing_is_used() -> None:
    assert list(sweeps(row("縣城圖書館", ("1",)), row("x縣城圖書館"), 0, Spelling())) == []


def test_what_is_done_begins_no_further_left_than_asked_for() -> None:
    assert [sweep.x for sweep in sweeps(row("list | 縣城圖書館"), row("縣城-縣城圖書館"), 2, Spelling())] == [5, 15]


def test_what_a_row_shows_afterwards() -> None:
    first, *_ = sweeps(row("list | 縣城圖書館"), row("縣城圖書館"), 0, Spelling())
    assert first.after == row("縣城圖書館")
    full = "縣城圖書館" * 4
    first, *_ = sweeps(row(full), row(f"!{full[:19]}"), 0, Spelling())
    assert first.sequence == "\x1b[1@"
    assert first.after == [BLANK, *row(full)[:-2], HALVED]
