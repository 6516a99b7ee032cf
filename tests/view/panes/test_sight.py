"""The line that is read is always in sight, and rows are sent again as seldom as can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.view.pagetext.flow import Place
from tui.view.pagetext.sight import Motion, Numbered, Sight

MOTIONS: tuple[Motion, ...] = (
    "down",
    "up",
    "scroll_down",
    "scroll_up",
    "page_down",
    "page_up",
    "half_down",
    "half_up",
)


def sight(rows: int, height: int, *, is_beside: bool = False) -> Sight:
    made = Sight(Numbered(lambda: rows))
    made.is_beside = is_beside
    made.fit(height)
    return made


def walked(seen: Sight, motion: Motion, times: int) -> list[tuple[int, int]]:
    """(uppermost row, line) after each of so many steps."""
    steps = []
    for _ in range(times):
        seen.move(motion, None)
        steps.append((seen.top.piece, seen.line.piece))
    return steps


@given(
    st.integers(0, 80),
    st.integers(1, 50),
    st.booleans(),
    st.lists(st.tuples(st.sampled_from(MOTIONS), st.none() | st.integers(1, 90)), max_size=30),
    st.integers(1, 50),
)
def test_the_line_is_in_sight_and_no_row_below_the_last_one_is(
    rows: int, height: int, is_beside: bool, motions: list[tuple[Motion, int | None]], other: int
) -> None:
    seen = sight(rows, height, is_beside=is_beside)
    for motion, count in motions:
        seen.move(motion, count)
        assert 0 <= seen.at < height
        assert 0 <= seen.top.piece <= max(rows - height, 0)
        assert seen.line.piece <= max(rows - 1, 0)
    seen.fit(other)
    assert 0 <= seen.at < other


def test_alone_the_rows_scroll_one_by_one_a_few_rows_before_the_edge() -> None:
    steps = walked(sight(100, 20), "down", 30)
    assert steps[15] == (0, 16)
    assert steps[16:19] == [(1, 17), (2, 18), (3, 19)]


def test_beside_others_half_a_page_comes_at_once_in_either_direction() -> None:
    seen = sight(100, 20, is_beside=True)
    steps = walked(seen, "down", 60)
    assert sorted({top for top, _line in steps}) == [0, 7, 14, 21, 28, 35, 42, 49]
    up = walked(seen, "up", 10)
    assert len({top for top, _line in up}) <= 3


def test_the_line_goes_to_the_very_ends() -> None:
    seen = sight(100, 20, is_beside=True)
    assert walked(seen, "down", 120)[-1] == (80, 99)
    assert walked(seen, "up", 120)[-1] == (0, 0)


@pytest.mark.parametrize(("line", "top"), [(10, 0), (19, 0), (20, 14), (60, 54), (99, 80)])
def test_what_is_out_of_sight_is_shown_a_third_from_the_top(line: int, top: int) -> None:
    seen = sight(100, 20)
    seen.read(Place(line, 0))
    assert (seen.top.piece, seen.line.piece) == (top, line)


def test_a_page_turns_as_a_whole_and_at_the_end_the_line_goes_on() -> None:
    seen = sight(50, 20)
    seen.read(Place(4, 0))
    assert walked(seen, "page_down", 3) == [(18, 22), (30, 40), (30, 49)]
    assert walked(seen, "page_up", 3) == [(12, 31), (0, 13), (0, 0)]


def test_scrolling_pushes_the_line_only_at_the_edge() -> None:
    seen = sight(50, 20)
    seen.read(Place(2, 0))
    assert walked(seen, "scroll_down", 4) == [(1, 2), (2, 2), (3, 3), (4, 4)]
    seen.move("scroll_up", 4)
    assert (seen.top.piece, seen.line.piece) == (0, 4)


def test_rows_may_have_become_fewer() -> None:
    rows = list(range(40))
    sight = Sight(Numbered(lambda: len(rows)))
    sight.height = 10
    sight.line = Place(39, 0)
    del rows[20:]
    assert sight.at == 19


@pytest.mark.parametrize(("height", "last"), [(4, 3), (5, 3), (8, 6), (9, 6), (12, 9), (13, 9), (17, 13), (18, 14)])
def test_the_margin_is_a_quarter_of_a_low_pane_and_three_rows_of_others(height: int, last: int) -> None:
    tops = {line: top for top, line in walked(sight(100, height), "down", 20)}
    assert (tops[last], tops[last + 1]) == (0, 1)
