"""The caret, what lies over a row, and what stands in the margin, at the ends of rows and texts."""

import pytest

from tui.core.model import Rows, Writing
from tui.view.pagetext.flow import Place, TextFlow
from tui.view.pagetext.marking import Caret, Shown, offset_at, resting, sign
from tui.view.pagetext.rows import Row
from tui.view.pagetext.text import Writings

ROW = Row(10, 14, "a縣bc", is_first=True)


@pytest.mark.parametrize(
    ("caret", "span"), [(Caret(5), (5, 6)), (Caret(5, 5), (5, 6)), (Caret(5, 0), (0, 6)), (Caret(0, 5), (0, 6))]
)
def test_a_selection_holds_both_of_its_ends(caret: Caret, span: tuple[int, int]) -> None:
    assert caret.span == span


@pytest.mark.parametrize(("steps", "offset"), [(1, 6), (-1, 4), (4, 9), (5, 9), (-5, 0), (-6, 0)])
def test_the_caret_stays_within_the_text(steps: int, offset: int) -> None:
    assert Caret(5, 2).along(10, steps) == Caret(offset, 2)


@pytest.mark.parametrize(("column", "offset"), [(0, 10), (1, 11), (2, 11), (3, 12), (4, 13), (5, 13), (99, 13)])
def test_a_cell_is_that_of_its_character_and_beyond_a_row_of_its_last(column: int, offset: int) -> None:
    assert offset_at(ROW, column, wide=False) == offset
    assert offset_at(Row(7, 7, "", is_first=True), column, wide=False) == 7


def test_the_caret_goes_down_in_its_column_over_shorter_rows() -> None:
    flow = TextFlow("縣城abc\nx\n縣城abc", 20)
    caret = Caret(3)
    for place, offset, column in ((Place(1, 0), 6, 5), (Place(2, 0), 11, 5)):
        caret = caret.onto(flow, place, wide=False)
        assert (caret.offset, caret.column) == (offset, column)
    assert Caret(0).onto(flow, Place(2, 0), wide=False) == Caret(8, -1, 0)


def test_the_caret_rests_on_no_gap() -> None:
    flow = TextFlow("one\n\ntwo", 20, gap=lambda start: start == 5)
    assert [resting(flow, Place(2, 0), step) for step in (1, -1)] == [Place(2, 1), Place(1, 0)]
    assert [resting(flow, place, 1) for place in (Place(0, 0), Place(1, 0), Place(2, 1))] == [
        Place(0, 0),
        Place(1, 0),
        Place(2, 1),
    ]


@pytest.mark.parametrize(
    ("row", "offset", "is_behind"),
    [(ROW, 14, True), (ROW, 13, False), (Row(3, 3, "", True), 3, True), (Row(3, 3, "", False), 3, False)],
)
def test_the_caret_stands_behind_a_row_on_its_line_end(row: Row, offset: int, is_behind: bool) -> None:
    assert Shown(caret=Caret(offset)).has_caret_behind(row) is is_behind
    assert not Shown().has_caret_behind(row)


@pytest.mark.parametrize(
    ("hints", "text"),
    [
        ({10: "a"}, "a縣bc"),
        ({11: "a"}, "aａbc"),
        ({11: "as"}, "aａsc"),
        ({13: "a"}, "a縣ba"),
        ({13: "as"}, "a縣as"),
        ({9: "s"}, "a縣bc"),
        ({14: "s"}, "a縣bc"),
    ],
)
def test_letters_of_links_stand_within_their_row(hints: dict[int, str], text: str) -> None:
    assert Shown(hints=hints).lettered(ROW).text == text


@pytest.mark.parametrize(
    ("marks", "margin"),
    [
        ([(10, 11, "hit")], "› "),
        ([(13, 15, "hit_now"), (10, 12, "headline")], "› "),
        ([(13, 15, "headline")], "• "),
        ([(9, 12, "headline")], "  "),
        ([(14, 15, "headline")], "  "),
        ([(10, 10, "hant")], "繁"),
        ([], "  "),
    ],
)
def test_the_margin_tells_what_begins_in_its_row(marks: list[tuple[int, int, str]], margin: str) -> None:
    assert sign(ROW, marks)[0] == margin


@pytest.mark.parametrize(
    ("offset", "script"), [(0, None), (89, None), (90, None), (91, "hans"), (100, "hans"), (101, None)]
)
def test_a_script_is_told_from_where_it_begins_to_where_it_ends(offset: int, script: str | None) -> None:
    assert Writings(Rows(Writing, [Writing(0, 90, "hant"), Writing(91, 101, "hans")])).other(offset) == script


@pytest.mark.parametrize(("offset", "script"), [(0, None), (4, None), (5, "hans")])
def test_before_the_first_stretch_there_is_no_script(offset: int, script: str | None) -> None:
    assert Writings(Rows(Writing, [Writing(5, 6, "hans"), Writing(7, 9, "hant")])).other(offset) == script
