"""Where one leaves the screen, and coming back there."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tui.files import absolute
from tui.i18n import tr
from tui.view.plan import PANES

if TYPE_CHECKING:
    from tui.view.reader import Reader


def state_of(reader: "Reader") -> dict[str, Any]:
    """Return where one is, as plain JSON values: page, place in it, filter, panes. Nothing if no page is open."""
    if reader.open_index < 0:
        return {}
    ref, page = reader.shelf[reader.open_index], reader.body.page
    return {
        "source": _absolute(ref.source),
        "ordinal": ref.ordinal,
        "start": max(reader.body.here() - page.shift, -1) if page is not None else -1,
        "expression": reader.choosing.expression,
        "pane": reader.panes.active_name,
        "is_zoomed": reader.panes.is_zoomed,
    }


class Resume:
    """Goes back to where one left, as soon as the page is found."""

    def __init__(self, reader: "Reader", state: Mapping[str, Any]) -> None:
        """An empty state is nothing to go back to."""
        self._reader, self._state = reader, state
        self._is_waiting = bool(state)

    def look(self, first: int) -> None:
        """Look for the page among those that were just found; `first` is the place of the first of them."""
        if not self._is_waiting:
            return
        ordinal, source = self._state.get("ordinal"), self._state.get("source")
        shelf = self._reader.shelf
        for number in range(first, shelf.found):
            ref = shelf.row(number)
            if ref.ordinal == ordinal and _absolute(ref.source) == source:
                self._is_waiting = False
                self._go(number)
                return

    def _go(self, index: int) -> None:
        reader, state = self._reader, self._state
        start = state.get("start")
        reader.go_to_place(index, start if isinstance(start, int) else -1)
        if state.get("pane") in PANES:
            reader.panes.activate(state["pane"])
        if state.get("is_zoomed") and not reader.panes.is_zoomed:
            reader.panes.zoom()

    def end(self) -> None:
        """All pages are there: filter them as they were, and say so if the page is gone."""
        expression = self._state.get("expression")
        if self._is_waiting:
            self._is_waiting = False
            self._reader.say(tr("the page where you left is not here any more"), is_trouble=True)
        if isinstance(expression, str) and expression:
            self._reader.choosing.keep(expression)


def _absolute(source: str) -> str:
    """A source as it is named from wherever one stands."""
    return source if "://" in source else absolute(source)
