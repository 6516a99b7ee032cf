"""The bytes that turn one row into another: which way to move, to write and to erase is the shortest where it stands."""

import pytest

from tui.view.terminal.ansi import Writer
from tui.view.terminal.cell import BLANK, Cell, seen_on_blank

COLUMNS = 120


def row(*texts: tuple[int, str]) -> list[Cell]:
    """A row with texts from some columns on."""
    cells = [BLANK] * COLUMNS
    for x, text in texts:
        cells[x : x + len(text)] = [(char, ()) for char in text]
    return cells


def turned(*rows: tuple[int, list[Cell], list[Cell]]) -> str:
    """What is sent for the last of some rows, each with its number, as it was and as it is to be."""
    writer, before = Writer(), ""
    for y, old, new in rows:
        before = writer.done()
        writer.turn(y, old, new)
    return writer.done().removeprefix(before)


@pytest.mark.parametrize(
    ("start", "end", "move"),
    [
        ((0, 0), (0, 1), "\r\x1bD"),
        ((5, 8), (0, 9), "\r\x1bD"),
        ((0, 0), (0, 2), "\x1b[3H"),
        ((0, 98), (0, 100), "\r\x1bD\x1bD"),
        ((0, 97), (0, 100), "\x1b[101H"),
        ((0, 1), (0, 0), "\x1b[H"),
        ((4, 3), (5, 4), "\x1b[1B"),
        ((0, 0), (1, 5), "\x1b[5B"),
        ((4, 13), (5, 3), "\x1b[10A"),
        ((4, 3), (4, 4), "\x1b[5;5H"),
        ((4, 7), (0, 7), "\r"),
        ((4, 7), (3, 7), "\b\b"),
        ((7, 7), (4, 7), "\b\b\b\b"),
        ((7, 7), (3, 7), "\x1b[5D"),
        ((4, 7), (9, 7), "\x1b[4C"),
        ((4, 7), (5, 7), ""),
        ((118, 3), (116, 3), "\b\b\b"),
        ((119, 3), (116, 3), "\x1b[4;117H"),  # terminals differ about where the cursor stands there
        ((119, 3), (0, 4), "\x1b[5H"),
    ],
)
def test_the_cursor_takes_the_shortest_way(start: tuple[int, int], end: tuple[int, int], move: str) -> None:
    first, second = ((y, row(), row((x, char))) for (x, y), char in ((start, "a"), (end, "b")))
    assert turned(first, second) == f"{move}b"


@pytest.mark.parametrize(("y", "move"), [(10, "\r\x1bD"), (11, "\x1b[2B"), (12, "\x1b[3B")])
def test_below_a_row_that_was_emptied_the_cursor_goes_straight_down(y: int, move: str) -> None:
    assert turned((9, row((0, "x")), row()), (y, row(), row((0, "b")))) == f"{move}b"


@pytest.mark.parametrize(
    ("old", "new", "sent"),
    [
        ("abcdef", "Xbcdef", "\x1b[HX"),
        ("abcdef", "XbcdeX", "\x1b[HXbcdeX"),  # four that stay are sent again
        ("abcdefg", "XbcdefX", "\x1b[HX\x1b[5CX"),
        ("x" * 9, "a" + " " * 4 + "xxxx", "\x1b[Ha    "),
        ("x" * 10, "a" + " " * 5 + "xxxx", "\x1b[Ha\x1b[5X"),
        ("x" * 9 + "c", "a" + " " * 8 + "b", "\x1b[Ha        b"),
        ("x" * 10 + "c", "a" + " " * 9 + "b", "\x1b[Ha\x1b[9X\x1b[9Cb"),
        ("x", "", "\x1b[H\x1b[K"),
        ("", "", ""),
    ],
)
def test_what_stays_is_sent_again_or_skipped_and_blanks_are_written_or_erased(old: str, new: str, sent: str) -> None:
    assert turned((0, row((0, old)), row((0, new)))) == sent


@pytest.mark.parametrize(
    ("old", "new", "sent"),
    [
        # Twenty bytes and more are worth a second thought: less than that is written as it comes.
        ("x" * 11, "a" * 8, "\x1b[Haaaaaaaa\x1b[K"),
        ("abcdefgh12345" + "x" * 9, "12345" + "x" * 9, "\x1b[H\x1b[8P"),
        ("12345" + "x" * 9, "abcdefgh12345" + "x" * 9, "\x1b[H\x1b[8@abcdefgh"),
        ("x" * 30 + "y" * 30, "a" + " " * 20 + "b" + " " * 20 + "c", "\x1b[Ha\x1b[K\x1b[20Cb\x1b[20Cc"),
        ("", "   " + "a" * 30, "\x1b[1;4H" + "a" * 30),
    ],
)
def test_what_stands_elsewhere_in_a_row_is_moved_and_what_goes_is_erased_at_once(old: str, new: str, sent: str) -> None:
    assert turned((0, row((0, old)), row((0, new)))) == sent


@pytest.mark.parametrize(
    ("codes", "seen"),
    [
        (("1", "2", "3", "30", "37", "90", "97"), ()),
        (("29", "40", "47", "89", "98", "100"), ("29", "40", "47", "89", "98", "100")),
        (("38;5;9", "48;5;9"), ("48;5;9",)),
        (("1", "4", "31"), ("1", "4", "31")),
        (("7", "38;5;9"), ("7", "38;5;9")),
    ],
)
def test_a_blank_shows_what_lies_behind_and_on_it(codes: tuple[str, ...], seen: tuple[str, ...]) -> None:
    assert seen_on_blank(codes) == seen


@pytest.mark.parametrize(
    ("old", "new", "sent"),
    [
        ([("…", ()), ("x", ())], [("…", ()), ("", ())], "\x1b[H…"),
        ([("…", ()), ("", ())], [("…", ()), ("x", ())], "\x1b[H…x"),
        ([("…", ()), ("y", ())], [("…", ()), ("x", ())], "\x1b[1;2Hx"),
    ],
)
def test_a_character_of_two_cells_is_written_whole(old: list[Cell], new: list[Cell], sent: str) -> None:
    rest = [BLANK] * (COLUMNS - 2)
    assert turned((0, old + rest, new + rest)) == sent
