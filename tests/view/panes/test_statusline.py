"""One line that says where one is, on a terminal of any width."""

import pytest
from screen_fake import FakeClient, page, refs
from shown import shown

from tui.core.model import Headline, Ref
from tui.text.words.cells import width
from tui.view.panes.statusline import Status, about, status_text

STATUS = Status(name="圖書館.html", ordinal=12, pages=340, percent=45, document=page(Ref("a", 12)), search="hit 3/17")


@pytest.mark.parametrize("cells", [10, 40, 60, 80, 120, 240])
@pytest.mark.parametrize("wide", [False, True])
def test_the_line_fills_the_width_exactly(cells: int, wide: bool) -> None:
    assert width(status_text(STATUS, cells, wide=wide), wide=wide) == cells


def test_everything_is_said_where_there_is_room() -> None:
    line = status_text(STATUS, 140)
    for fact in ("圖書館.html", "#12 of 340", "45%", "gb18030 (meta)", "2 repairs", "probable on", "hit 3/17"):
        assert fact in line


def test_what_matters_most_stays_when_there_is_little_room() -> None:
    line = status_text(STATUS, 40)
    assert "#12 of 340 · 45%" in line
    assert "probable" not in line


def test_a_message_takes_the_place_of_the_name() -> None:
    line = status_text(Status(name="a.txt", message="1/76  統(tǒng) → 統", pages=3, is_counting=True), 60)
    assert "統(tǒng) → 統" in line
    assert "a.txt" not in line
    assert "3 pages+" in line


def test_what_a_row_leaves_out_of_a_found_headline_is_told_in_one_line() -> None:
    found = Headline("hot", "渡輪停航", 0, 4, date="2021-12-07", date_text="昨天", tag="交通", comments=0)
    assert about(found, "  渡輪停航   12-07") == "昨天 · 交通 · 0 comments"
    assert about(found, "  渡輪…  12-07") == "昨天 · 交通 · 0 comments · …停航"
    assert about(found) == "昨天 · 交通 · 0 comments · …渡輪停航"


@pytest.mark.parametrize(("typed", "found"), [(29, "  hit 1/1 "), (30, " ")])
async def test_hits_are_counted_beside_what_is_typed_where_there_is_room(typed: int, found: str) -> None:
    async with shown(FakeClient({0: "o" * 38}), scan=lambda: refs(1), size=(40, 10)) as screen:
        await screen.press("slash", *"o" * typed)
        assert screen.status.rstrip() == f"/{'o' * typed}{found}".rstrip()
        assert len(screen.status) == 40


@pytest.mark.parametrize(("typed", "row"), [("a" * 38, "/" + "a" * 38 + " "), ("a" * 38 + "b", "a" * 38 + "b ")])
async def test_of_a_long_answer_the_end_is_in_sight_with_the_cursor_behind_it(typed: str, row: str) -> None:
    async with shown(size=(40, 10)) as screen:
        await screen.press("slash", *typed)
        assert screen.status == row
