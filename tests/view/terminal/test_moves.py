"""Rows that have only moved are found, so that the terminal can move them itself."""

import pyte
import pytest
from pty_screen import Emulator

from tui.view.terminal.ansi import Writer
from tui.view.terminal.cell import BLANK, Cell
from tui.view.terminal.lean import turned
from tui.view.terminal.moves import Move, Shift, shift

COLUMNS, LINES = 28, 12


def cells(text: str, style: tuple[str, ...] = ()) -> list[Cell]:
    row: list[Cell] = [(char, style) for char in text.ljust(COLUMNS)]
    return [BLANK if cell[0] == " " else cell for cell in row]


def screen(texts: list[str]) -> list[list[Cell]]:
    return [cells(text) for text in texts]


TEXTS = [f"{number:03} " * 4 for number in range(40)]
"""Nothing of one stands in another; twelve bytes of each needn't be sent again where it stands."""


@pytest.mark.parametrize(
    ("rows", "steps"), [(1, (Move(1, -1),)), (-2, (Move(1, 2),)), (7, (Move(1, -7),)), (-6, (Move(1, 6),))]
)
def test_rows_that_moved_between_head_and_status_are_moved(rows: int, steps: tuple[Move, ...]) -> None:
    old = screen(["what stands above", *TEXTS[10:20], "what stands below"])
    new = screen(["what stands above", *TEXTS[10 + rows : 20 + rows], "what stands below"])
    found = shift(old, new)
    assert found == Shift(1, 10, steps)
    assert sum(was == now for was, now in zip(found.applied(old), new, strict=True)) == LINES - abs(rows)


def test_each_stretch_goes_its_own_way() -> None:
    old = screen([*TEXTS[:3], "taken out one", "taken out two", *TEXTS[5:12]])
    new = screen([*TEXTS[:3], *TEXTS[5:8], "put in", *TEXTS[8:12], "put in as well"])
    found = shift(old, new)
    assert found == Shift(3, 11, (Move(3, -2), Move(6, 1)))
    moved = found.applied(old)
    assert [y for y in range(LINES) if moved[y] != new[y]] == [6, 11]
    assert moved[6] == moved[11] == [BLANK] * COLUMNS


def test_what_comes_by_itself_at_the_margin_is_not_sent() -> None:
    old = screen([*TEXTS[:4], "taken out one", *TEXTS[4:8], *TEXTS[20:23]])
    new = screen(["put in", *TEXTS[:4], *TEXTS[4:8], *TEXTS[20:23]])
    assert shift(old, new) == Shift(0, 4, (Move(0, 1),))
    assert shift(new, old) == Shift(0, 4, (Move(0, -1),))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (screen(TEXTS[:12]), screen(TEXTS[:12])),
        (screen(TEXTS[:12]), screen(TEXTS[20:32])),
        (screen(TEXTS[:12]), screen([""] * 12)),
        ([cells(text, ("1",)) for text in TEXTS[:12]], screen(TEXTS[1:13])),
        (screen(["short"] * 6 + [""] * 6), screen([""] * 6 + ["short"] * 6)),
    ],
    ids=["the same", "others", "none", "looks", "short"],
)
def test_what_has_nothing_in_common_has_not_moved(old: list[list[Cell]], new: list[list[Cell]]) -> None:
    assert shift(old, new) is None


@pytest.mark.parametrize(("rows", "is_moved"), [(2, False), (3, True)])
def test_to_move_rows_has_to_pay(rows: int, is_moved: bool) -> None:
    """To take rows out and to put rows in costs as much as two of these."""
    old, new = screen([*TEXTS[:rows], *[""] * (12 - rows)]), screen([*[""] * (12 - rows), *TEXTS[:rows]])
    assert (shift(old, new) is not None) == is_moved


@pytest.mark.parametrize(("cells_of_it", "is_moved"), [(8, False), (16, True)])
def test_whole_rows_move_if_more_of_them_has_moved_than_stays(cells_of_it: int, is_moved: bool) -> None:
    def beside(first: int) -> list[list[Cell]]:
        texts = [text[:cells_of_it].ljust(16) for text in TEXTS[first:]]
        return screen([f"page {y:03}   {text}" for y, text in zip(range(LINES), texts, strict=False)])

    assert (shift(beside(0), beside(2)) is not None) == is_moved


def test_the_terminal_does_what_is_counted_on() -> None:
    old = screen(TEXTS[:12])
    each = Shift(2, 9, (Move(4, -2), Move(2, 1), Move(8, 2)))
    shown = Emulator(COLUMNS, LINES)
    out = Writer()
    for y, row in enumerate(old):
        out.turn(y, [BLANK] * COLUMNS, row)
    pyte.Stream(shown).feed(out.done() + each.sequence())
    assert shown.display == ["".join(char for char, _codes in row) for row in each.applied(old)]


@pytest.mark.parametrize(("cells_of_it", "is_moved"), [(20, False), (21, True)])
def test_as_much_as_three_rows_has_to_change_for_it_to_be_tried(cells_of_it: int, is_moved: bool) -> None:
    old, new = (screen([letter * cells_of_it for letter in letters]) for letters in ("ABCD", "BCDE"))
    assert ("M" in turned(old, new)) == is_moved


def test_rows_that_move_cost_what_moves_them() -> None:
    old, new = screen([*TEXTS[:9], "", "", ""]), screen(["", "", "", *TEXTS[:9]])
    assert turned(old, new) == "\x1b[1;12r\x1b[1H\x1b[3L\x1b[r"
