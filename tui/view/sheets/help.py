"""Every command of the main screen by what it does, made from the table that binds the keys: to read, or to choose from."""

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType

from tui.core.i18n import tr, tr_name
from tui.text.words.cells import pad, width
from tui.view.keys import Changed, Command, commands, first_keys
from tui.view.pagetext.flow import wrapped
from tui.view.panes.statusline import Hint
from tui.view.sheets.sheet import Line, ListSheet, Sheet, SheetPane
from tui.view.state.prompts import edited
from tui.view.terminal.look import Look

FOLDED, OPEN = "\N{WHITE RIGHT-POINTING SMALL TRIANGLE}", "\N{BLACK DOWN-POINTING SMALL TRIANGLE}"


class HelpEntry(NamedTuple):
    """A line of the help."""

    keys: str
    """What is printed on the keys, or a mark."""
    about: str
    look: str = "key"


MARKS = (
    ("abc", "edit", "repaired, certain"),
    ("abc", "probable", "repaired, guessed"),
    ("abc", "boiler", "menus, footers and the like"),
    ("␛ ⇆ ¦", "stand_in", "in place of control and invisible characters"),
    ("▸", "plain", "the open page; the current line"),
    ("•", "note", "a found headline"),
    ("›", "hit_row", "a search hit in this line"),
    ("简 繁 混", "note", "this line is simplified, traditional or both, unlike most of the page"),
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
    """Shows the keys to begin with, and all others in sections that are opened, until it is closed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,h,f1", "back", "back", id="help-back"),
        Binding("enter", "open", "open a section, or close it", id="help-open"),
        Binding("slash", "find", "find in the help", id="help-find"),
    ]

    def __init__(self, look: Look, keys: Changed, labels: Mapping[str, str]) -> None:
        """`labels` are given by their keys alone, instead of what these do elsewhere."""
        self._list = SheetPane(look, tr("Keys and marks"), has_cursor=False)
        super().__init__(self._list)
        self._sections = dict(_sections(keys, labels))
        self._first = [*self._sections][: 2 + bool(labels)]
        self._open = set(self._first)
        self._of_row: list[str] = []
        """Of each row, the section in which it stands."""
        self._typed = ""
        self._is_typing = False

    def hints(self) -> Sequence[Hint]:
        return (("ENTER", tr("open a section")), ("/", tr("find")), ("SPACE", tr("down")))

    def on_resize(self) -> None:
        self._show(self._list.cursor)

    async def take_key(self, event: events.Key) -> None:
        """What is typed behind `/` leaves only entries that have all the words; ENTER ends that, and ESC takes it back."""
        if not self._is_typing:
            await super().take_key(event)
            return
        if event.key in ("escape", "ctrl+c"):
            self._typed, self._is_typing = "", False
        elif event.key == "enter":
            self._is_typing = False
        else:
            self._typed = edited(self._typed, event.key, event.character)
        self._show(0)

    def action_back(self) -> None:
        """Show all keys again, where some were looked for; else close."""
        if self._typed:
            self._typed = ""
            self._show(0)
        else:
            self.dismiss(None)

    def action_find(self) -> None:
        """Look for words from now on."""
        self._typed, self._is_typing = "", True
        self._show(0)

    def action_open(self) -> None:
        """Open the section of the line that is read, or close it."""
        section = self._of_row[self._list.cursor] if self._of_row else ""
        if section and not self._typed:
            self._open ^= {section}
            self._show(self._of_row.index(section))

    def _show(self, row: int) -> None:
        lines = list(self._lines())
        self._of_row = [section for section, _line in lines]
        self._list.say(tr("nothing matches {typed}; ESC shows all keys", typed=self._typed) if self._typed else "")
        self._list.show([[line] for _section, line in lines], row)
        self.keys_row.show(self.hints(), f"/{self._typed}" if self._is_typing else None)

    def _lines(self) -> Iterator[tuple[str, Line]]:
        """The rows, each with the section in which it stands."""
        cells = (
            max(width(entry.keys, wide=self._list.wide) for entries in self._sections.values() for entry in entries) + 2
        )
        for section, entries in self._sections.items():
            chosen = [entry for entry in entries if _has(entry, self._typed)]
            if not chosen:
                continue
            is_open = bool(self._typed) or section in self._open
            sign = f"{OPEN if is_open else FOLDED} "
            yield section, [(f" {sign}{section}", "group"), (f"  {len(entries)}" if not is_open else "", "note")]
            for entry in chosen if is_open else ():
                for line in self._entry(entry, cells):
                    yield section, line
            if section in self._first:
                yield section, []

    def _entry(self, entry: HelpEntry, cells: int) -> Iterator[Line]:
        """Keys or a mark, in so many cells, and beside them what is to be said, in as many rows as it takes."""
        wide = self._list.wide
        left = entry.keys
        for row in wrapped(entry.about, max(self.app.size.width - cells - 4, 12), wide=wide):
            gap = " " * (cells - width(left, wide=wide))
            yield [("   ", "plain"), (left, entry.look), (gap, "plain"), (row, "plain")]
            left = ""


def _sections(changed: Changed, labels: Mapping[str, str]) -> Iterator[tuple[str, list[HelpEntry]]]:
    """What is said of keys and marks, by section; those to begin with first."""
    table, first = commands(changed), first_keys(changed)
    yield tr("Ten keys to start with"), [HelpEntry(first[name], tr_name(about)) for name, about in FIRST]
    if labels:
        yield (
            tr("Labels"),
            [
                HelpEntry(key, tr("label the page {name}, and go on to the next", name=name))
                for key, name in labels.items()
            ],
        )
    yield tr("When you work through many pages"), [HelpEntry(first[name], tr_name(about)) for name, about in MANY]
    for group in dict.fromkeys(command.group for command in table):
        yield (
            tr_name(group),
            [
                HelpEntry(each.keys, tr_name(each.about))
                for each in table
                if each.group == group and each.keys not in labels
            ],
        )
    yield tr("Marks"), [HelpEntry(mark, tr_name(about), look) for mark, look, about in MARKS]


def _has(entry: HelpEntry, typed: str) -> bool:
    return all(word in f"{entry.keys} {entry.about}".lower() for word in typed.lower().split())


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
        Binding("ctrl+l", "app.repaint", "redraw the screen", id="palette-repaint"),
        Binding("ctrl+z", "app.suspend_process", "to the shell", id="palette-suspend"),
    ]

    back_key = "ESC"

    def __init__(self, look: Look, keys: Changed) -> None:
        super().__init__(SheetPane(look, ""))
        self._keys, self._help = keys, first_keys(keys)["help"]
        self._typed = ""
        self._found: list[Command] = []

    def on_resize(self) -> None:
        """Show the commands, with their names if there is room."""
        self._look_up()

    async def take_key(self, event: events.Key) -> None:
        """Letters narrow the list down."""
        typed = edited(self._typed, event.key, event.character)
        if typed == self._typed:
            await super().take_key(event)
        else:
            self._typed = typed
            self._look_up()

    def hints(self) -> Sequence[Hint]:
        return (("ENTER", tr("run")),)

    def _look_up(self) -> None:
        self._found = matching(self._typed, self._keys)
        self.list.say(tr("nothing matches {typed}; see the keys with {help}", typed=self._typed, help=self._help))
        self.list.rename(tr(":{typed}   ({count} matching)", typed=self._typed, count=len(self._found)))
        self.list.show([[self._line(command)] for command in self._found])

    def _line(self, command: Command) -> Line:
        about: Line = [(pad(command.keys, KEYS_CELLS), "label"), (tr_name(command.about), "plain")]
        if self.app.size.width < ROOMY_CELLS:
            return [(" ", "plain"), *about]
        return [(f"  {pad(command.name, NAME_CELLS)}", "key"), *about]

    def chosen(self, row: int) -> Command:
        return self._found[row]
