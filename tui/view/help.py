"""The help: every key of the main screen, made from the table that binds them."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.strip import Strip

from tui.text.cells import pad
from tui.view.keys import help_rows
from tui.view.look import Look
from tui.view.paint import strip
from tui.view.panes.pane import Motion
from tui.view.panes.rows import RowsPane
from tui.view.settings import Settings

KEYS_CELLS = 26


class HelpPane(RowsPane):
    """The rows of the help."""

    has_cursor = False

    DEFAULT_CSS = "HelpPane { width: 100%; height: 100%; }"

    def __init__(self, look: Look, settings: Settings) -> None:
        super().__init__(look, settings, "body")
        self.is_active = True
        self._rows = help_rows()

    def heading(self) -> str:
        """As in `Pane`."""
        return "Keys  (q goes back; a number typed before a key repeats it)"

    def count(self) -> int:
        """As in `RowsPane`."""
        return len(self._rows)

    def row_of_number(self, number: int) -> int:
        """As in `RowsPane`."""
        return number - 1

    def paint(self, y: int) -> Strip:
        """As in `Pane`."""
        index = self.top + y
        if index >= len(self._rows):
            return strip([], self.cells, wide=self.wide)
        keys, description = self._rows[index]
        if not description:
            return strip([(f" {keys}", self.look.style("group"))], self.cells, wide=self.wide)
        runs = [(f"   {pad(keys, KEYS_CELLS)}", self.look.style("key")), (description, None)]
        return strip(runs, self.cells, wide=self.wide)


class HelpScreen(Screen[None], inherit_bindings=False):
    """Shows the help until it is closed."""

    BINDINGS: ClassVar = [
        Binding("j,down", "move('down')", "a line down", id="help-down"),
        Binding("k,up", "move('up')", "a line up", id="help-up"),
        Binding("space,pagedown,ctrl+f,d,ctrl+d", "move('page_down')", "a page down", id="help-page-down"),
        Binding("b,pageup,ctrl+b,u,ctrl+u", "move('page_up')", "a page up", id="help-page-up"),
        Binding("g,home", "move('top')", "to the top", id="help-top"),
        Binding("G,end", "move('end')", "to the end", id="help-end"),
        Binding("q,escape,h,f1,ctrl+c", "back", "back", id="help-back"),
        Binding("Q", "app.leave", "quit", id="help-quit"),
        Binding("ctrl+l", "app.repaint", "draw the screen again", id="help-repaint"),
        Binding("ctrl+z", "app.suspend_process", "to the shell", id="help-suspend"),
    ]

    def __init__(self, look: Look, settings: Settings) -> None:
        super().__init__()
        self._pane = HelpPane(look, settings)

    def compose(self) -> ComposeResult:
        """The rows are all there is."""
        yield self._pane

    def action_move(self, motion: Motion) -> None:
        """Scroll."""
        self._pane.move(motion, None)

    def action_back(self) -> None:
        """Close the help."""
        self.dismiss()
