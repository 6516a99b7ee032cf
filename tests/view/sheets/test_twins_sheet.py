"""Of a page with several copies, one is chosen to be compared with."""

from dataclasses import replace

from screen_fake import FakeClient, refs
from shown import shown

from tui.core.model import Document, Options, Ref, Twin, Twins


class WithCopies(FakeClient):
    """Page 0 is kept, and page 1 and 12 are copies of it."""

    def open(self, ref: Ref, options: Options) -> Document:
        _, one, *_, other = refs(13)
        copies = (Twin(one, 1, ""), Twin(other, 0.734, "Ferry"))
        document = super().open(ref, options)
        return document if ref.ordinal else replace(document, twins=Twins(2, copies=copies))


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
