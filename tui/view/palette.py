"""Every command by what it does: one types a few letters of it, and chooses."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from tui.i18n import tr, tr_name
from tui.text.cells import pad
from tui.view.keys import Changed, Command, commands
from tui.view.look import Look
from tui.view.settings import Settings
from tui.view.sheet import Line, ListSheet, SheetPane

NAME_CELLS = 18
KEYS_CELLS = 18
ROOMY_CELLS = 90
"""From this width on there is room for the names of commands."""


def matching(typed: str, changed: Changed = ()) -> list[Command]:
    """The commands that have all the words in name or description, those whose name begins with them first.

    >>> [command.name for command in matching("next page")]
    ['next-page', 'next-block']
    """
    words = typed.lower().split()
    found = [command for command in commands(changed) if all(word in _searched(command) for word in words)]
    return sorted(found, key=lambda command: not command.name.startswith("-".join(words)))


def _searched(command: Command) -> str:
    return f"{command.name.replace('-', ' ')} {command.about} {tr_name(command.about)}".lower()


class PaletteSheet(ListSheet[Command], inherit_bindings=False):
    """Lists the commands that match what was typed; gives back the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move('down')", "a line down", id="palette-down"),
        Binding("up,ctrl+p", "move('up')", "a line up", id="palette-up"),
        Binding("pagedown", "move('page_down')", "a page down", id="palette-page-down"),
        Binding("pageup", "move('page_up')", "a page up", id="palette-page-up"),
        Binding("enter", "choose", "run it", id="palette-choose"),
        Binding("escape,ctrl+c", "back", "back", id="palette-back"),
        Binding("ctrl+l", "app.repaint", "draw the screen again", id="palette-repaint"),
        Binding("ctrl+z", "app.suspend_process", "to the shell", id="palette-suspend"),
    ]

    def __init__(self, look: Look, settings: Settings) -> None:
        super().__init__(SheetPane(look, settings, ""))
        self._settings = settings
        self._typed = ""
        self._found: list[Command] = []

    def on_resize(self) -> None:
        """Show the commands, with their names if there is room."""
        self._look_up()

    def on_key(self, event: events.Key) -> None:
        """Letters narrow the list down."""
        if event.key == "backspace":
            self._typed = self._typed[:-1]
        elif event.key == "ctrl+u":
            self._typed = ""
        elif event.is_printable and event.character:
            self._typed += event.character
        else:
            return
        event.stop()
        self._look_up()

    def _look_up(self) -> None:
        self._found = matching(self._typed, self._settings.keys)
        self.list.head(
            tr(
                ":{typed}   ({count} commands; type, ENTER: run, ESC: back)",
                typed=self._typed,
                count=len(self._found),
            )
        )
        self.list.show([[self._line(command)] for command in self._found])

    def _line(self, command: Command) -> Line:
        said: Line = [(pad(command.keys, KEYS_CELLS), "label"), (tr_name(command.about), "plain")]
        if self.app.size.width < ROOMY_CELLS:
            return [(" ", "plain"), *said]
        return [(f"  {pad(command.name, NAME_CELLS)}", "key"), *said]

    def chosen(self, row: int) -> Command:
        """As in `ListSheet`."""
        return self._found[row]
