"""Where panes stand on terminals of every size that anybody uses."""

import pytest
from shown import shown

from tui.view.panes.plan import arrange
from tui.view.state.services import PANES, PaneName

SIZES = [(columns, rows) for columns in range(60, 241, 7) for rows in (10, 15, 19, 20, 29, 40, 80)]


@pytest.mark.parametrize("active", PANES)
@pytest.mark.parametrize("zoomed", [False, True])
def test_panes_cover_the_screen_without_overlap_and_show_the_active_one(active: PaneName, zoomed: bool) -> None:
    for columns, rows in SIZES:
        boxes = arrange(columns, rows, active, zoomed=zoomed)
        assert active in boxes
        covered = [
            (x, y)
            for box in boxes.values()
            for x in range(box.x, box.x + box.width)
            for y in range(box.y, box.y + box.height)
        ]
        is_brief = "metadata" not in boxes and rows >= 8 and not zoomed
        assert len(covered) == len(set(covered)) == columns * (rows - is_brief)


def test_the_width_decides_how_many_panes_there_are() -> None:
    assert list(arrange(140, 40, "body", zoomed=False)) == list(PANES)
    assert arrange(140, 40, "body", zoomed=False)["metadata"].height == 40
    assert arrange(139, 40, "body", zoomed=False)["metadata"].height == 9
    assert list(arrange(89, 40, "metadata", zoomed=False)) == ["metadata"]


@pytest.mark.parametrize(("columns", "rows"), [(139, 29), (90, 18), (140, 17)])
def test_where_metadata_has_no_room_of_its_own_it_takes_that_of_the_body(columns: int, rows: int) -> None:
    body = arrange(columns, rows, "body", zoomed=False)
    assert [box.height for box in body.values()] == [rows - 1] * 2
    assert list(body) == ["headlines", "body"]
    assert list(arrange(columns, rows, "metadata", zoomed=False)) == ["headlines", "metadata"]


def test_zoom_gives_one_pane_everything() -> None:
    assert list(arrange(200, 50, "headlines", zoomed=True)) == ["headlines"]


@pytest.mark.parametrize(("rows", "height"), [(1, 1), (7, 7), (8, 7)])
def test_a_tiny_screen_leaves_no_row_for_the_most_of_the_metadata(rows: int, height: int) -> None:
    assert arrange(80, rows, "body", zoomed=False)["body"].height == height


async def test_one_row_says_who_wrote_the_page_where_no_pane_does() -> None:
    async with shown(size=(80, 24)) as screen:
        await screen.press("tab")
        assert screen.row(0).startswith(" Headlines 5   [Body]   Metadata ")
        assert screen.status.splitlines()[0].rstrip() == " 2021-12-07 guessed"
        await screen.press("tab")
        assert screen.row(0).startswith(" Headlines 5    Body   [Metadata]")
        assert len(screen.status.splitlines()) == 2
