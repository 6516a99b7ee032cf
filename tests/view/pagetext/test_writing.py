"""The script of each paragraph is told where it is not that of most of the page."""

from dataclasses import replace

from screen_fake import FakeClient
from shown import shown

from tui.core.model import Document, Options, Ref, Rows, Writing
from tui.text.words.scripts import stretches
from tui.view.pagetext.text import Writings

HANT = "縣城圖書館自下週起延長開放時間。\n" * 3
HANS = "县城图书馆自下周起延长开放时间。\n"
BOTH = "縣城圖書館自下週起，馆长表示这是为了让下班的人。\n"


class Mixed(FakeClient):
    """One page in several scripts."""

    def open(self, ref: Ref, options: Options) -> Document:
        """As in `Client`."""
        document = super().open(ref, options)
        return replace(document, scripts=Rows(Writing, stretches(document.text)))


async def test_paragraphs_in_another_script_have_a_sign_and_the_status_line_names_the_one_that_is_read() -> None:
    async with shown(Mixed({0: HANT + HANS + BOTH}), size=(160, 30)) as screen:
        rows = [screen.row(y).partition("│")[2][:3] for y in range(1, 12)]
        assert [row for row in rows if row.startswith(("简", "混"))] == ["简县城", "混縣城"]
        assert not any(row.startswith("繁") for row in rows)
        assert "scripts" in screen.text()
        await screen.press("tab")
        assert "simplified" not in screen.status
        named = []
        for _ in range(12):
            await screen.press("j")
            named += [name for name in ("simplified", "both scripts") if name in screen.status]
        assert named[0] == "simplified"
        assert named[-1] == "both scripts"


async def test_a_page_in_one_script_needs_no_signs() -> None:
    async with shown(Mixed({0: HANT}), size=(160, 30)) as screen:
        assert "繁" not in screen.text()
        assert "traditional" not in screen.text()


def test_shares_are_told_also_small_ones() -> None:
    assert Writings(Rows(Writing, [Writing(0, 999, "hans"), Writing(1000, 1001, "hant")])).summary() == (
        "simplified 100 %, traditional under 1 %"
    )
    assert Writings(Rows(Writing)).summary() == ""
