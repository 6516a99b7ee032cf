"""Every command of the main screen by what it does, made from the table that binds the keys: to read, or to choose from."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from tui.core.i18n import tr, tr_name
from tui.text.words.cells import pad, width
from tui.view.keys import Changed, Command, commands, help_rows
from tui.view.pagetext.flow import wrapped
from tui.view.sheets.sheet import Line, ListSheet, Sheet, SheetPane
from tui.view.terminal.look import Look

MARKS = (
    ("abc", "edit", "repaired, for certain"),
    ("abc", "probable", "repaired by likelihood"),
    ("abc", "boiler", "menus, footers and the like"),
    ("␛ ⇆ ¦", "stand_in", "stand in the place of characters that would act or hide"),
    ("▸", "plain", "the open page; the line that is read"),
    ("•", "note", "a found headline"),
    ("›", "hit_row", "a hit of the search is in this line"),
    ("简 繁 混", "note", "this line is simplified, traditional or both, and most of the page is not"),
)
"""What marks look like, the name of their look, and what they mean."""


FIRST = (
    ("choose", "open the page; on a headline, jump to it in the text"),
    ("page-down", "page down (b: page up)"),
    ("next-page", "next page (K: previous page)"),
    ("next-pane", "next pane: headlines, body, metadata"),
    ("search", "find (n: next hit); 台湾 also finds 臺灣"),
    ("next-edit", "next repair ([: previous repair)"),
    ("why", "explain this repair, down to the bytes"),
    ("diff", "all repairs on this page, before and after"),
    ("raw", "the page as it was scraped, and back"),
    ("leave", "back; on the main screen, quit"),
)
"""Commands to start with, and what they do, shorter than in the table."""
MANY = (
    ("keep", "show only matching pages:  lang:zh repairs>0 -type:forum"),
    ("label", "label the page  (copydesk --label good,bad,unsure: one key each)"),
    ("group", "count pages by site, charset, repair, label, …"),
    ("palette", "every command by name"),
)


class HelpScreen(Sheet[None]):
    """Shows the help until it is closed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark,h,f1", "back", "back", id="help-back")]

    def __init__(self, look: Look, keys: Changed, labels: Mapping[str, str]) -> None:
        """`labels` are given by their keys alone, instead of what these do elsewhere."""
        heading = tr("Keys and marks  (q: back)")
        self._list = SheetPane(look, heading, has_cursor=False)
        super().__init__(self._list)
        self._keys = [row for row in help_rows(keys) if row[0] not in labels]
        self._first_keys = {command.name: command.keys.partition(" ")[0] for command in commands(keys)}
        self._labels = labels

    def on_resize(self) -> None:
        """Wrap the rows."""
        self._list.show([[line] for line in self._lines()], self._list.cursor)

    def _lines(self) -> Iterator[Line]:
        cells = max(width(keys, wide=self._list.wide) for keys, about in self._keys if about) + 2
        for title, chosen in ((tr("Ten keys to start with"), FIRST), (tr("When you work through many pages"), MANY)):
            yield [(f" {title}", "group")]
            for name, about in chosen:
                yield from self._entry(self._first_keys[name], cells, tr_name(about))
            yield []
        for key, name in self._labels.items():
            yield from self._entry(key, cells, tr("label the page {name}, and go on to the next", name=name))
        if not self._labels:
            yield [(f"  {tr('A number typed before a key repeats it')}", "note")]
        for keys, about in self._keys:
            if about:
                yield from self._entry(keys, cells, tr_name(about))
            else:
                yield [(f" {tr_name(keys)}", "group")]
        yield [(f" {tr('Marks')}", "group")]
        for mark, look, about in MARKS:
            yield from self._entry(mark, cells, tr_name(about), look)

    def _entry(self, keys: str, cells: int, about: str, look: str = "key") -> Iterator[Line]:
        """Keys or a mark, in so many cells, and beside them what is to be said, in as many rows as it takes."""
        wide = self._list.wide
        left = keys
        for row in wrapped(about, max(self.app.size.width - cells - 4, 12), wide=wide):
            gap = " " * (cells - width(left, wide=wide))
            yield [("   ", "plain"), (left, look), (gap, "plain"), (row, "plain")]
            left = ""


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
    matches = [command for command in commands(changed) if all(word in _searched(command) for word in words)]
    return sorted(matches, key=lambda command: not command.name.startswith("-".join(words)))


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

    def __init__(self, look: Look, keys: Changed) -> None:
        super().__init__(SheetPane(look, ""))
        self._keys = keys
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
        self._found = matching(self._typed, self._keys)
        self.list.rename(
            tr(":{typed}   ({count} commands; type, ENTER: run, ESC: back)", typed=self._typed, count=len(self._found))
        )
        self.list.show([[self._line(command)] for command in self._found])

    def _line(self, command: Command) -> Line:
        about: Line = [(pad(command.keys, KEYS_CELLS), "label"), (tr_name(command.about), "plain")]
        if self.app.size.width < ROOMY_CELLS:
            return [(" ", "plain"), *about]
        return [(f"  {pad(command.name, NAME_CELLS)}", "key"), *about]

    def chosen(self, row: int) -> Command:
        return self._found[row]
