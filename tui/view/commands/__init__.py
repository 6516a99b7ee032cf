"""What keys do, in groups.

What a command shows is a pane or a sheet.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from textual.screen import Screen

from tui.core.i18n import tr
from tui.core.model import Document
from tui.view.panes.group import Panes
from tui.view.state.browsing import Browsing

R = TypeVar("R")


class Commands:
    """A group of commands that need more than `Browsing`: panes, sheets, or the application."""

    def __init__(self, browsing: Browsing, panes: Panes, screen: Screen[Any]) -> None:
        self._browsing, self._panes, self._screen = browsing, panes, screen

    def _show_sheet(
        self,
        sheet: Screen[R],
        use: Callable[[R], None] = lambda _chosen: None,
        on_close: Callable[[], None] = lambda: None,
    ) -> None:
        """Lay a sheet over the panes, and go on with what is chosen from it, if anything is."""

        def closed(chosen: R | None) -> None:
            on_close()
            if chosen is not None:
                use(chosen)

        self._screen.app.push_screen(sheet, closed)

    def _open_document(self) -> Document | None:
        """Return the page that is open; None, and said: there is none."""
        if self._browsing.document is None:
            self._browsing.say(tr("no page is open"))
        return self._browsing.document
