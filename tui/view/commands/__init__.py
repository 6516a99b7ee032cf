"""What keys do, in groups.

What a command shows is a pane or a sheet.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from textual.screen import Screen

from tui.view.panes.group import Panes
from tui.view.state.browsing import Browsing

R = TypeVar("R")


class Commands:
    """A group of commands that need more than `Browsing`: panes, sheets, or the application."""

    def __init__(self, browsing: Browsing, panes: Panes, screen: Screen[Any]) -> None:
        self._browsing, self._panes, self._screen = browsing, panes, screen

    def _show_sheet(self, sheet: Screen[R], use: Callable[[R | None], None] = lambda _chosen: None) -> None:
        """Lay a sheet over the panes, and go on with what is chosen from it."""
        self._screen.app.push_screen(sheet, use)
