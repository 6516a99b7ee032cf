"""One line that says where one is, on a terminal of any width."""

from dataclasses import replace

import pytest
from screen_fake import FakeClient, page, plain, refs
from shown import shown

from tui.core.model import Document, Headline, Options, Ref, Rows, Shape, Span
from tui.text.words.cells import width
from tui.view.panes.statusline import Status, about, status_text

STATUS = Status(
    name="圖書館.html", ordinal=12, place=13, pages=340, percent=45, document=page(Ref("a", 12)), search="hit 3/17"
)


@pytest.mark.parametrize("cells", [10, 40, 60, 80, 120, 240])
@pytest.mark.parametrize("wide", [False, True])
def test_the_line_fills_the_width_exactly(cells: int, wide: bool) -> None:
    assert width(status_text(STATUS, cells, wide=wide), wide=wide) == cells


def test_everything_is_said_where_there_is_room() -> None:
    line = status_text(STATUS, 140)
    assert "hit 3/17 · 13 of 340 · #12 · GB18030 · 2 repairs · 45%" in line
    assert "圖書館.html" in line


def test_what_matters_most_stays_when_there_is_little_room() -> None:
    line = status_text(STATUS, 47)
    assert "hit 3/17 · 13 of 340 · #12 · 45%" in line


def test_what_is_always_so_is_not_said() -> None:
    single = replace(STATUS, ordinal=0, place=1, pages=1, search="")
    assert status_text(single, 60).split("圖書館.html")[1].strip() == "GB18030 · 2 repairs · 45%"
    assert "guesses hidden" in status_text(replace(single, is_certain=True), 80)


async def test_keys_are_named_as_far_as_there_is_room_and_help_always() -> None:
    async with shown(size=(50, 20)) as screen:
        await screen.press("tab")
        assert screen.status.splitlines()[-1] == " SPACE down   J next page         ? help   q quit "


class TableClient(FakeClient):
    """Hands out a page that begins with a table of two long words side by side."""

    def open(self, ref: Ref, options: Options) -> Document:
        words = "x" * 30, "y" * 30
        cells = [Shape(0, 30, table=1), Shape(31, 61, table=1, column=1)]
        return replace(plain(ref, "\t".join(words) + "\n" * 40 + "It rained."), shapes=Rows(Shape, cells))


async def test_the_keys_for_columns_are_named_where_a_table_in_sight_scrolls() -> None:
    async with shown(TableClient(), scan=lambda: refs(1), size=(60, 20)) as screen:
        assert " SPACE down   TAB metadata   > < columns " in screen.status
        await screen.press("G")
        assert "columns" not in screen.status


class LinkClient(FakeClient):
    """Hands out a page with links at these places of its text, one of which leads nowhere."""

    def open(self, ref: Ref, options: Options) -> Document:
        links = [Span(at, at + 4, "link", address) for at, address in ((0, "/a"), (5, "#top"), (10, "/b"))]
        return replace(plain(ref, "Rain snow wind and more."), spans=Rows(Span, links))


async def test_the_number_of_links_stands_beside_the_most_of_the_metadata_and_opens_them() -> None:
    async with shown(LinkClient(), scan=lambda: refs(1), size=(60, 20)) as screen:
        assert screen.status.splitlines()[0].endswith("   2 links ")
        await screen.pilot.click("#status", offset=(51, 0))
        assert "follow:" not in screen.status
        await screen.pilot.click("#status", offset=(52, 0))
        assert "follow:" in screen.status


async def test_a_message_takes_the_place_of_the_keys_until_the_next_key() -> None:
    async with shown() as screen:
        before = screen.status.splitlines()
        await screen.press("A")
        assert screen.status.splitlines()[-1].startswith(" A does nothing here; ? lists the keys")
        assert screen.status.splitlines()[:-1] == before[:-1]
        await screen.press("5")
        assert "does nothing" not in screen.status


def test_what_a_row_leaves_out_of_a_found_headline_is_told_in_one_line() -> None:
    found = Headline("hot", "渡輪停航", 0, 4, date="2021-12-07", date_text="昨天", tag="交通", comments=0)
    assert about(found, "  渡輪停航   12-07") == "交通 · 昨天"
    assert about(found, "  渡輪…  12-07") == "交通 · 昨天 · …停航"
    assert about(replace(found, date_text=None, date="2021-12-07T23:33")) == "交通 · 2021-12-07 23:33 · …渡輪停航"


@pytest.mark.parametrize(("typed", "found"), [(29, "  hit 1/1 "), (30, " ")])
async def test_hits_are_counted_beside_what_is_typed_where_there_is_room(typed: int, found: str) -> None:
    async with shown(FakeClient({0: "o" * 38}), scan=lambda: refs(1), size=(40, 10)) as screen:
        await screen.press("slash", *"o" * typed)
        assert screen.status.splitlines()[-1].rstrip() == f"/{'o' * typed}{found}".rstrip()
        assert len(screen.status.splitlines()[-1]) == 40


@pytest.mark.parametrize(("typed", "row"), [("a" * 38, "/" + "a" * 38 + " "), ("a" * 38 + "b", "/" + "a" * 37 + "b ")])
async def test_of_a_long_answer_the_end_is_in_sight_with_the_cursor_behind_it(typed: str, row: str) -> None:
    async with shown(size=(40, 10)) as screen:
        await screen.press("slash", *typed)
        assert screen.status.splitlines()[-1] == row


@pytest.mark.parametrize(("key", "name"), [("asterisk", "*"), ("percent_sign", "%"), ("grave_accent", "`")])
async def test_a_key_that_does_nothing_is_named_as_it_is_printed(key: str, name: str) -> None:
    async with shown() as screen:
        await screen.press(key)
        assert screen.status.splitlines()[-1].startswith(f" {name} does nothing here; ? lists the keys")


async def test_a_prompt_leaves_room_for_what_is_typed() -> None:
    async with shown(size=(60, 20)) as screen:
        await screen.press("S", *"charset")
        assert screen.status.splitlines()[-1].rstrip() == "count by site, date, charse…: charset"


async def test_the_next_hit_of_no_search_asks_for_nothing() -> None:
    async with shown() as screen:
        await screen.press("n", "n")
        assert "no search yet; / starts one" in screen.status
