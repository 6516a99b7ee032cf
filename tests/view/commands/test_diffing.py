"""D compares what is meant: a selection, a page by its number, or what the open page can be compared with."""

from dataclasses import replace

from screen_fake import FakeClient, plain
from screen_fake import page as repaired
from shown import Shown, shown

from tui.core.model import Document, Options, Ref
from tui.view.sheets.diff import DiffSheet

TEXTS = {at: f"The ferry stops.\nPage {at} of them" for at in range(5)}


def header(screen: Shown) -> str:
    sheet = screen.desk.screen
    assert isinstance(sheet, DiffSheet)
    return sheet.pane.render_line(0).text.strip()


async def test_the_ends_of_a_selection_are_compared() -> None:
    async with shown(FakeClient(TEXTS)) as screen:
        await screen.press("v")
        assert "D compare" not in screen.status
        await screen.press("j", "j", "j")
        assert "D compare" in screen.status
        await screen.press("D")
        await screen.settle()
        assert header(screen) == "- #0 Page 0   + #3 Page 3   1 change"
        await screen.press("enter")
        await screen.settle()
        assert screen.reader.browsing.open_index == 3
        assert screen.reader.panes.active_name == "body"


async def test_a_page_is_compared_with_the_one_of_a_number() -> None:
    async with shown(FakeClient(TEXTS)) as screen:
        await screen.press("J", "4", "D")
        await screen.settle()
        assert header(screen) == "- #4 Page 4   + #1 Page 1   1 change"
        await screen.press("D")
        assert screen.desk.screen is screen.reader


async def test_a_page_that_is_not_shown_is_compared_and_one_that_is_not_there_is_said() -> None:
    async with shown(FakeClient(TEXTS)) as screen:
        screen.reader.browsing.filter.keep_drawn([1, 2], 3)
        await screen.settle()
        await screen.press("4", "D")
        await screen.settle()
        assert header(screen) == "- #4 Page 4   + #1 Page 1   1 change"
        await screen.press("q", "5", "D")
        assert "there is no page #5 here" in screen.status


async def test_of_several_pages_with_a_number_the_one_of_the_same_file_is_compared() -> None:
    class Named(FakeClient):
        def open(self, ref: Ref, options: Options) -> Document:
            return replace(plain(ref, f"{ref.source} {ref.ordinal}"), title=ref.source)

    found = [Ref(name, at, "jsonl", at, 9) for name in ("a.jsonl", "b.jsonl") for at in range(3)]
    async with shown(Named(), lambda: found) as screen:
        await screen.press("4", "J", "2", "D")
        await screen.settle()
        assert header(screen) == "- #2 b.jsonl   + #1 b.jsonl   1 change"


async def test_where_there_is_nothing_to_compare_with_that_is_said() -> None:
    async with shown(FakeClient(TEXTS)) as screen:
        await screen.press("D")
        assert "nothing to compare the page with" in screen.status


async def test_of_several_things_to_compare_with_one_is_chosen() -> None:
    class WithRecord(FakeClient):
        def open(self, ref: Ref, options: Options) -> Document:
            document = repaired(ref)
            return replace(document, record={"raw": document.text.replace("十點", "九點")})

    async with shown(WithRecord()) as screen:
        await screen.press("D")
        assert "D itself before its repairs · f field raw" in screen.status
        await screen.press("x")
        assert "x: nothing to compare with has this key" in screen.status
        await screen.press("D", "f")
        await screen.settle()
        assert header(screen) == "- raw   + text   1 change"
        await screen.press("q", "D", "D")
        assert header(screen).startswith("Repairs  pinyin_gloss 2")


async def test_a_page_without_other_captures_says_so() -> None:
    async with shown(FakeClient(TEXTS)) as screen:
        await screen.press("plus")
        assert "no other capture of this address here" in screen.status
