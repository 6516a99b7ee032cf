"""Numbers that decide how panes look, each from both sides."""

from dataclasses import replace

import pytest
from screen_fake import page

from tui.core.model import Http, Ref
from tui.core.problems import Problem
from tui.view.pagetext.facts import MAX_VALUE_CHARS, describe, duration, shown
from tui.view.panes.group import arrange
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
    ("columns", "rows", "left", "strip"),
    [(90, 20, 34, 4), (94, 33, 34, 4), (95, 34, 35, 5), (124, 39, 45, 5), (125, 40, 46, 6), (139, 99, 46, 6)],
)
def test_a_screen_of_middle_width_has_metadata_below(columns: int, rows: int, left: int, strip: int) -> None:
    boxes = arrange(columns, rows, "body", zoomed=False)
    assert (boxes["headlines"].width, boxes["metadata"].height) == (left, strip)


@pytest.mark.parametrize(
    ("cells", "message", "is_there"),
    [(23, "", True), (22, "", False), (35, "m" * 80, True), (34, "m" * 80, False)],
)
def test_the_name_gets_a_quarter_of_the_line_and_a_message_half(cells: int, message: str, is_there: bool) -> None:
    line = status_text(Status(name="n" * 80, message=message, ordinal=3, pages=10, percent=40), cells)
    assert ("#3 of 10 · 40%" in line) is is_there


@pytest.mark.parametrize(("length", "is_there"), [(319, True), (320, False)])
def test_60_cells_of_a_name_stay_on_a_wide_line(length: int, is_there: bool) -> None:
    line = status_text(Status(name="n" * 80, search="s" * length, ordinal=3, pages=10, percent=40), 400)
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


@pytest.mark.parametrize(("count", "more"), [(100, []), (101, ["and 1 more"])])
def test_a_hundred_problems_are_shown(count: int, more: list[str]) -> None:
    said, _known = describe(replace(DOCUMENT, problems=(Problem("empty", ""),) * count))
    assert len([entry for entry in said if entry.note == "empty"]) == 100
    assert [entry.value for entry in said if entry.value.startswith("and ")] == more


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
