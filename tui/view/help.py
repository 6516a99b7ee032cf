"""The help: every key of the main screen, made from the table that binds them."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.i18n import tr, tr_name
from tui.text.cells import pad
from tui.view.keys import help_rows
from tui.view.look import Look
from tui.view.settings import Settings
from tui.view.sheet import Line, Sheet, SheetPane

KEYS_CELLS = 26


class HelpScreen(Sheet[None]):
    """Shows the help until it is closed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("h,f1", "back", "back", id="help-back")]

    def __init__(self, look: Look, settings: Settings) -> None:
        self._settings = settings
        heading = tr("Keys  (q goes back; a number typed before a key repeats it)")
        self._list = SheetPane(look, settings, heading, has_cursor=False)
        super().__init__(self._list)

    def on_mount(self) -> None:
        """Show the rows."""
        self._list.show([[_line(keys, description)] for keys, description in help_rows(self._settings.keys)])


def _line(keys: str, description: str) -> Line:
    if not description:
        return [(f" {tr_name(keys)}", "group")]
    return [(f"   {pad(keys, KEYS_CELLS)}", "key"), (tr_name(description), "plain")]
