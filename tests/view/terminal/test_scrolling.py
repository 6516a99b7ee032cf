"""Rows that have only moved are found, so that the terminal can move them itself."""

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._compositor import LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from tui.view.terminal.ansi import BLANK, Cell
from tui.view.terminal.internals import patches
from tui.view.terminal.lean import Shift, Terminal, find

COLUMNS, LINES = 20, 12
BOX = Region(0, 1, COLUMNS, 10)


def cells(text: str, style: tuple[str, ...] = ()) -> list[Cell]:
    row: list[Cell] = [(char, style) for char in text.ljust(COLUMNS)]
    return [BLANK if cell[0] == " " else cell for cell in row]


def screen(texts: list[str]) -> list[list[Cell]]:
    return [cells(text) for text in texts]


TEXTS = [f"row {number}" for number in range(40)]


@pytest.mark.parametrize(("rows", "shift"), [(1, Shift(1, 10, 1)), (-2, Shift(1, 10, -2)), (7, Shift(1, 10, 7))])
def test_a_shift_is_found_in_its_box(rows: int, shift: Shift) -> None:
    old = screen(["head", *TEXTS[10:20], "status"])
    new = screen(["head", *TEXTS[10 + rows : 20 + rows], "status"])
    assert find(old, new, BOX) == shift
    moved = shift.applied(old)
    assert sum(was == now for was, now in zip(moved, new, strict=True)) == LINES - abs(rows)


def test_rows_that_read_alike_but_look_different_have_not_moved() -> None:
    old = [cells("head"), *(cells(text, ("1",)) for text in TEXTS[:10]), cells("status")]
    new = screen(["head", *TEXTS[2:12], "status"])
    assert find(old, new, BOX) is None


def test_a_page_with_nothing_in_common_has_not_moved() -> None:
    assert find(screen(["", *TEXTS[:10], ""]), screen(["", *TEXTS[20:30], ""]), BOX) is None


parts = st.sampled_from([*(f"列{number}" for number in range(6)), "", "x", "long enough"])
looks = st.sampled_from([None, Style(bold=True), Style(reverse=True)])
frames = st.lists(
    st.tuples(st.integers(-6, 6), st.lists(st.tuples(parts, looks), min_size=10, max_size=10), st.booleans()),
    min_size=1,
    max_size=6,
)


@settings(max_examples=80)
@given(frames)
def test_whatever_moves_the_terminal_shows_what_was_meant(
    changes: list[tuple[int, list[tuple[str, Style | None]], bool]],
) -> None:
    terminal = Terminal(ColorSystem.EIGHT_BIT, wide=False)
    shown = pyte.Screen(COLUMNS, LINES)
    stream = pyte.Stream(shown)
    rows: list[tuple[str, Style | None]] = [("", None)] * LINES
    for shift, fresh, is_side in changes:
        body = rows[1:11]
        moved = (fresh + body + fresh)[10 + shift : 20 + shift]
        rows = [("head", None), *moved, ("status", None)]
        strips = [Strip([Segment(text, style)]).adjust_cell_length(COLUMNS) for text, style in rows]
        update = patches(LayoutUpdate([[each] for each in strips], Region(0, 0, COLUMNS, LINES)))
        box = Region(0, 1, 10, 10) if is_side else BOX
        stream.feed(terminal.update(update, (COLUMNS, LINES), [box]))
        assert [line.rstrip() for line in shown.display] == [text for text, _style in rows]


@pytest.mark.parametrize(("kept", "shift"), [(2, None), (3, Shift(1, 4, 1)), (9, Shift(1, 10, 1))])
def test_three_rows_have_to_come_from_elsewhere(kept: int, shift: Shift | None) -> None:
    old = screen(["head", *TEXTS[:10], "status"])
    new = screen(["head", *TEXTS[1 : 1 + kept], *TEXTS[1 + kept : 10], "", "status"])
    for y in range(1 + kept, 10):
        new[y] = cells(f"other {y}")
    assert find(old, new, BOX) == shift


def test_rows_outside_of_the_box_do_not_move() -> None:
    old = screen(TEXTS[:12])
    new = screen(TEXTS[1:13])
    assert find(old, new, Region(0, 2, COLUMNS, 7)) == Shift(2, 8, 1)
    assert find(old, new, Region(0, 2, COLUMNS, 99)) == Shift(2, 11, 1)
