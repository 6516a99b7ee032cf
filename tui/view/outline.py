"""The outline of a page: titles, headings and lists, one of which is gone to."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.i18n import tr
from tui.view.look import Look
from tui.view.sheet import ListSheet, SheetPane


class OutlineSheet(ListSheet[int]):
    """Gives back the place in the text of what was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("O", "back", "back", id="outline-back")]

    def __init__(self, look: Look, entries: Sequence[tuple[int, int, str]], here: int) -> None:
        """`entries` are place, depth and words; `here` is the place that one is at."""
        super().__init__(SheetPane(look, tr("Outline  (ENTER: go there; q: back)")))
        self._entries, self._here = entries, here

    def on_mount(self) -> None:
        """Show the entries, with the cursor on the one that one is in."""
        here = bisect_right([place for place, _depth, _words in self._entries], self._here) - 1
        looks = ("title", "plain", "note")
        lines = [[[(f"  {'  ' * depth}{words}", looks[min(depth, 2)])]] for _place, depth, words in self._entries]
        self.list.show(lines, max(here, 0))

    def chosen(self, row: int) -> int:
        return self._entries[row][0]
