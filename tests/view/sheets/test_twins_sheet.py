"""Of a page with several copies, one is chosen to be compared with."""

from dataclasses import replace

from screen_fake import FakeClient, refs
from shown import shown

from tui.core.model import Document, Options, Ref, Twin, Twins

PAGES = list(refs(13))
COPIES = (Twin(PAGES[1], 1, ""), Twin(PAGES[12], 0.734, "Ferry"))


class WithCopies(FakeClient):
    """Page 0 is kept, and page 1 and 12 are copies of it, of which a page that is opened knows the first."""

    def __init__(self, texts: dict[int, str], copies: tuple[Twin, ...] = COPIES) -> None:
        super().__init__(texts)
        self._copies = copies

    def open(self, ref: Ref, options: Options) -> Document:
        document = super().open(ref, options)
        return document if ref.ordinal else replace(document, twins=Twins(2, copies=COPIES[:1]))

    def copies(self, ref: Ref) -> tuple[Twin, ...]:
        assert ref.ordinal == 0
        return self._copies


async def test_where_the_index_is_gone_meanwhile_that_is_said() -> None:
    async with shown(WithCopies({0: "one\ntwo"}, ()), scan=lambda: refs(13)) as screen:
        await screen.press("D")
        assert "no index knows the copies of #0 any more" in screen.status


async def test_copies_are_listed_with_their_likeness_and_compared() -> None:
    texts = {0: "one\ntwo", 1: "one\ntwo", 12: "one\nthree"}
    async with shown(WithCopies(texts), scan=lambda: refs(13)) as screen:
        await screen.press("D")
        rows = [row.rstrip() for row in screen.sheet_rows()[:4]]
        assert rows == [" Copies of #0: 2", "  #1  100%  page-1.html", " #12   73%  Ferry", ""]
        await screen.press("j", "enter")
        await screen.settle()
        assert "+ #12 Page 12" in screen.sheet_rows()[0]
        await screen.press("q")
        assert screen.reader.panes.headlines.listing.open == 0
