"""The choice of a charset is short, and holds everything for those who ask."""

from screen_fake import FakeClient
from shown import shown

UNLIKELY = ("koi8-r", "windows-874", "euc-jp", "euc-tw")


async def test_charsets_that_make_no_sense_are_counted_and_shown_when_somebody_asks() -> None:
    client = FakeClient()
    client.unlikely_charsets = UNLIKELY
    async with shown(client) as screen:
        await screen.press("E")
        rows = "\n".join(screen.sheet_rows())
        assert "windows-874" in rows
        assert "euc-jp" not in rows
        assert "2 more are unlikely" in rows
        await screen.press("G", "a", "enter")
        rows = "\n".join(screen.sheet_rows())
        assert "euc-tw" in rows
        assert "more make hardly any sense" not in rows
        await screen.press("enter")
        assert client.charsets[-1] == "euc-jp"
        assert "this page: read as euc-jp" in screen.status


async def test_a_charset_is_chosen_for_all_pages() -> None:
    client = FakeClient()
    async with shown(client) as screen:
        await screen.press("E", "j", "a", "J")
        assert client.charsets[-2:] == ["big5", "big5"]
