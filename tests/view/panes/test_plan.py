"""Where panes stand on terminals of every size that anybody uses."""

import pytest

from tui.view.panes.group import arrange
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
        assert len(covered) == len(set(covered)) == columns * (rows - 1)


def test_the_width_decides_how_many_panes_there_are() -> None:
    assert list(arrange(140, 40, "body", zoomed=False)) == list(PANES)
    assert arrange(140, 40, "body", zoomed=False)["metadata"].height == 39
    assert arrange(139, 40, "body", zoomed=False)["metadata"].height == 6
    assert arrange(90, 20, "body", zoomed=False)["metadata"].height == 4
    assert list(arrange(89, 40, "metadata", zoomed=False)) == ["metadata"]


def test_a_short_screen_hides_metadata_until_it_is_asked_for() -> None:
    assert "metadata" not in arrange(200, 19, "body", zoomed=False)
    assert list(arrange(200, 19, "metadata", zoomed=False)) == ["metadata"]


def test_zoom_gives_one_pane_everything() -> None:
    assert list(arrange(200, 50, "headlines", zoomed=True)) == ["headlines"]


@pytest.mark.parametrize(("rows", "height"), [(1, 1), (2, 1), (3, 2)])
def test_a_pane_has_one_row_at_least_and_leaves_the_last_to_the_status_line(rows: int, height: int) -> None:
    assert arrange(80, rows, "body", zoomed=False)["body"].height == height
