"""Following found headlines to their pages, and coming back; nothing is fetched before the reader has said yes."""

from typing import TYPE_CHECKING

from tui.errors import SourceError
from tui.i18n import tr
from tui.model import Headline, Ref
from tui.text.cells import fit
from tui.view.library import FETCHED

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.view.reader import Reader

QUESTION_CELLS = 300
"""Cells of an address in the question; the status line cuts it at its own width, behind the host."""
TICK_S = 0.5
"""Seconds between two reports of how much has come."""


class Following:
    """Commands that go where a page points."""

    def __init__(self, reader: "Reader") -> None:
        self._reader = reader
        self._way: list[tuple[int, int]] = []
        """Indexes of the pages from which others were followed, and the rows of the headlines."""
        self._followed: dict[str, int] = {}
        """Address -> index of its page, for those that were followed."""
        self._is_ticking = False
        self.commands: dict[str, Callable[[], None]] = {"back": self.back}

    def offer(self, headline: Headline) -> None:
        """Ask whether the page of a found headline is to be fetched; any key but y is what it always is."""
        reader = self._reader
        if not headline.url or reader.document is None:
            return
        try:
            address = _address(reader.document.url or "", headline.url)
        except SourceError as error:
            reader.say(str(error), is_trouble=True)
            return
        reader.typing.confirm(lambda: self._follow(address), reader.hush)
        reader.say(tr("fetch? y/n  {address}", address=fit(address, QUESTION_CELLS)))

    def _follow(self, address: str) -> None:
        reader = self._reader
        reader.hush()
        index = self._followed.get(address, -1)
        if index < 0:
            index = len(reader.shelf)
            via = reader.shelf[reader.open_index].source
            reader.shelf.append(Ref(address, 0, FETCHED, via=via))
            if len(reader.shelf) == index:
                reader.say(tr("the list is filtered; show all pages first, then follow"), is_trouble=True)
                return
            self._followed[address] = index
            reader.headlines.grow()
        self._way.append((reader.open_index, reader.headlines.cursor))
        reader.open(index)
        reader.panes.activate("body")

    def back(self) -> None:
        """Go back to the page from which this one was followed."""
        reader = self._reader
        reader.hush()
        if not self._way:
            reader.say(tr("no page was followed to this one"))
            return
        index, row = self._way.pop()
        reader.open(index)
        reader.headlines.go_to(row)
        reader.panes.activate("headlines")

    def progress(self, ref: Ref) -> str:
        """Say how far a page has come that is being fetched; the line is brought up to date until it is there."""
        if not self._is_ticking:
            self._is_ticking = True
            self._reader.set_timer(TICK_S, self._tick)
        received = self._reader.opener.received
        address = fit(ref.source, QUESTION_CELLS // 4)
        return tr(
            "fetching {address} {amount:,.0f} kB… (ESC stops)" if received else "fetching {address}… (ESC stops)",
            address=address,
            amount=received / 1000,
        )

    def _tick(self) -> None:
        self._is_ticking = False
        self._reader.tell()


def _address(base: str, link: str) -> str:
    """Where a link leads, spelled so that nobody is deceived. Raises SourceError if it is nothing to be fetched."""
    from tui.web import urls  # few follow a link

    return urls.join(urls.parse(base), link).text if base else urls.parse(link).text
