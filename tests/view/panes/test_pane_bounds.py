"""Numbers that decide how panes look, each from both sides."""

from dataclasses import replace

import pytest
from screen_fake import page

from tui.core.model import Http, Ref
from tui.view.pagetext.brief import MAX_VALUE_CHARS, shown
from tui.view.pagetext.facts import describe, duration
from tui.view.panes.plan import arrange
from tui.view.panes.statusline import Status, status_text

DOCUMENT = page(Ref("/corpus/a.html", 7, "html"))


@pytest.mark.parametrize(
    ("columns", "left", "right"),
    [
        (140, 40, 36),
        (146, 40, 36),
        (147, 41, 36),
        (148, 41, 37),
        (214, 59, 53),
        (215, 60, 53),
        (224, 60, 56),
        (400, 60, 56),
        (220, 60, 55),
    ],
)
def test_beside_the_body_panes_take_a_share_of_a_wide_screen(columns: int, left: int, right: int) -> None:
    boxes = arrange(columns, 40, "body", zoomed=False)
    assert (boxes["headlines"].width, boxes["metadata"].width) == (left, right)


@pytest.mark.parametrize(
    ("columns", "left"), [(90, 30), (98, 30), (100, 31), (120, 41), (137, 49), (138, 50), (139, 50)]
)
def test_on_a_screen_of_middle_width_the_list_leaves_room_for_the_text(columns: int, left: int) -> None:
    boxes = arrange(columns, 30, "body", zoomed=False)
    assert (boxes["headlines"].width, boxes["headlines"].height, boxes["metadata"].height) == (left, 30, 9)


@pytest.mark.parametrize(("cells", "is_there"), [(29, True), (28, False)])
def test_the_name_gets_a_quarter_of_the_line(cells: int, is_there: bool) -> None:
    line = status_text(Status(name="n" * 80, ordinal=3, place=4, pages=10, percent=40), cells)
    assert ("4 of 10 · #3 · 40%" in line) is is_there


@pytest.mark.parametrize(("length", "is_there"), [(315, True), (316, False)])
def test_60_cells_of_a_name_stay_on_a_wide_line(length: int, is_there: bool) -> None:
    line = status_text(Status(name="n" * 80, search="s" * length, ordinal=3, place=4, pages=10, percent=40), 400)
    assert ("s" in line) is is_there


@pytest.mark.parametrize(("length", "is_cut"), [(24, False), (25, True)])
def test_24_cells_of_a_note_are_shown(length: int, is_cut: bool) -> None:
    line = status_text(Status(name="a", decided=((), "n" * length)), 90)
    assert ("n" * 24 not in line) is is_cut


@pytest.mark.parametrize(("count", "more"), [(100, []), (101, ["and 1 more headers"])])
def test_a_hundred_headers_are_shown(count: int, more: list[str]) -> None:
    _said, known = describe(replace(DOCUMENT, http=Http(200, (("X-A", "rain"),) * count)))
    assert len([entry for entry in known if entry.label == "x-a"]) == 100
    assert [entry.value for entry in known if entry.value.startswith("and ")] == more


@pytest.mark.parametrize(("age_s", "ages"), [(4.9, []), (5.0, ["5 s"])])
def test_an_answer_is_fresh_for_five_seconds(age_s: float, ages: list[str]) -> None:
    _said, known = describe(replace(DOCUMENT, http=Http(200, age_s=age_s)))
    assert [entry.value for entry in known if entry.label == "age"] == ages


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(59, "59 s"), (60, "1 min"), (3599, "60 min"), (3600, "1 h"), (86399, "24 h"), (86400, "1 d")],
)
def test_a_duration_is_told_in_the_largest_unit_that_fits(seconds: int, expected: str) -> None:
    assert duration(seconds) == expected


@pytest.mark.parametrize(("beyond", "is_cut"), [(0, False), (1, True)])
def test_a_value_is_cut_behind_its_most_characters(beyond: int, is_cut: bool) -> None:
    assert ("…" in shown("x" * (MAX_VALUE_CHARS + beyond))) is is_cut
