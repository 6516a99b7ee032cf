"""Hits of all pages stand below each other, whatever is before them and whichever source they are of."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from screen_fake import FakeClient, refs
from shown import shown
from waiting import until

from tui.core.model import Block, Ref
from tui.view.sheets.places import HitSheet
from tui.view.sheets.sheet import Sheet


def of(*sources: str) -> Iterator[Ref]:
    """Pages of sources, of which every tenth has hits."""
    for source in sources:
        yield from (replace(ref, source=source, format="jsonl", length=9) for ref in refs(11))


@pytest.mark.parametrize(
    ("sources", "names"),
    [
        (("a.jsonl",), ("", "")),
        (("rain.jsonl", "snowfall.jsonl"), ("rain     ", "snowfall ")),
        (("r" * 12, "s" * 13), ("r" * 12 + " ", "s" * 11 + "… ")),
    ],
)
async def test_hits_stand_below_each_other_with_the_names_of_several_sources(
    sources: tuple[str, ...], names: tuple[str, str]
) -> None:
    async with shown(scan=lambda: of(*sources)) as screen:
        await screen.press("g", "slash", *"rain", "enter")
        await screen.settle()
        rows = screen.sheet_rows()
        wanted = [
            f"{ordinal:>7} {name}{' ' * 20}前文rain後文  3 hits"
            for name in names[: len(sources)]
            for ordinal in (0, 10)
        ]
        assert rows[1 : 1 + len(wanted)] == wanted


async def test_the_outline_begins_at_the_heading_that_one_is_in_and_is_no_deeper_than_it_looks() -> None:
    client = FakeClient()
    lines = [("title", "T", None), ("heading", "A", 2), ("heading", "B", 4), ("body", "c", None)]
    client.texts = {0: "".join(f"{text}\n" for _kind, text, _level in lines)}
    client.blocks = [Block(kind, at * 2, at * 2 + 1, level) for at, (kind, _text, level) in enumerate(lines)]  # type: ignore[arg-type]
    async with shown(client, scan=lambda: refs(1)) as screen:
        await screen.press("G", "O")
        assert [row.rstrip() for row in screen.sheet_rows()[1:4]] == ["  T", "    A", "        B"]
        await screen.press("enter")
        assert screen.marked() == "B"
        await screen.press("g", "g", "O", "enter")
        assert screen.marked() == "T"


async def test_where_no_page_has_it_as_scraped_it_is_looked_for_as_repaired_on_demand() -> None:
    async with shown(scan=lambda: list(refs(6))[1:]) as screen:
        await screen.press("g", "slash", *"rain", "enter")
        await screen.settle()
        assert [row.strip() for row in screen.sheet_rows()[:2]] == [
            "rain: in 0 of 5 pages",
            "Not in any page as scraped; & searches the repaired text too (slower).",
        ]
        await screen.press("t")  # nothing to label
        await screen.press("ampersand")
        await screen.settle()
        assert '"rain": no page matches' in screen.status


async def test_a_key_that_does_nothing_on_a_sheet_is_named_until_the_next_key() -> None:
    async with shown() as screen:
        await screen.press("O")
        sheet = screen.desk.screen
        assert isinstance(sheet, Sheet)
        await screen.press("E")
        assert sheet.keys_row.render_line(0).text.strip() == "E does nothing here; q goes back"
        await screen.press("j")
        assert sheet.keys_row.render_line(0).text.split() == ["ENTER", "go", "there", "q", "back"]


async def test_going_back_from_a_hit_shows_the_hits_again_with_the_cursor_on_it() -> None:
    async with shown(scan=lambda: refs(31)) as screen:
        await screen.press("g", "slash", *"rain", "enter")
        await screen.settle()
        await screen.press("j", "j", "enter")
        await screen.settle()
        assert "#20" in screen.status
        await screen.press("q")
        await screen.settle()
        sheet = screen.desk.screen
        assert isinstance(sheet, HitSheet)
        assert sheet.list.cursor == 2
        await screen.press("enter")
        await screen.settle()
        await screen.press("J")
        await screen.settle()
        await screen.pilot.press("q")  # elsewhere by now: it means what it always does
        await until(lambda: screen.desk.return_code == 0)
