"""A list that lies over the whole main screen until something is chosen from it or it is closed."""

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tui.core.i18n import tr
from tui.view.keys import key_name
from tui.view.pagetext.sight import Motion
from tui.view.panes.pane import Pane, RowsPane
from tui.view.panes.statusline import Hint, footer
from tui.view.terminal.look import Look, strip

T = TypeVar("T")

Line = list[tuple[str, str]]
"""(text, name of its look) of a row of the screen."""


class SheetPane(RowsPane):
    """Entries of one or more lines each."""

    DEFAULT_CSS = "SheetPane { width: 100%; height: 1fr; }"

    def __init__(self, look: Look, heading: str, *, has_cursor: bool = True, tall: int = 1) -> None:
        super().__init__(look, "body")
        self.is_active = True
        self.has_cursor, self.tall = has_cursor, tall
        self._heading = heading
        self._entries: Sequence[Sequence[Line]] = ()
        self._words = ""
        """What is said where the first entry would be."""

    def show(self, entries: Sequence[Sequence[Line]], cursor: int = 0) -> None:
        """Show entries of up to `tall` lines, with the cursor on one of them."""
        self._entries = entries
        self.go_to(cursor)

    def heading(self) -> str:
        return self._heading

    def header(self, cells: int) -> str:  # noqa: ARG002 - it is cut where it ends
        return f" {self._heading}"

    def rename(self, heading: str) -> None:
        """Say something else above the entries."""
        self._heading = heading
        self.refresh()

    def say(self, words: str) -> None:
        """Say something while there are no entries."""
        self._words = words
        self.refresh()

    def count(self) -> int:
        return len(self._entries)

    def paint(self, y: int) -> Strip:
        below, part = divmod(y, self.tall)
        if not self._entries and not y:
            return strip([(f"  {self._words}", self.look.style("empty"))], self.cells, wide=self.wide)
        index = self.top + below
        if index >= len(self._entries) or part >= len(self._entries[index]):
            return strip([], self.cells, wide=self.wide)
        is_here = self.has_cursor and index == self.cursor and not part
        over = ("cursor",) if is_here else ()
        runs = [(text, self.look.style(name, *over)) for text, name in self._entries[index][part]]
        return strip(runs, self.cells, wide=self.wide, fill=self.look.style(*over) if over else None)


class KeysRow(Widget, can_focus=False):
    """The lowest row of a sheet: its keys, or what is being typed."""

    DEFAULT_CSS = "KeysRow { dock: bottom; height: 1; }"

    def __init__(self, look: Look, back: str) -> None:
        """`back`: the key that closes the sheet."""
        super().__init__()
        self._look, self._back = look, back
        self._keys: Sequence[Hint] = ()
        self._typed: str | None = None
        self._message = ""

    def show(self, keys: Sequence[Hint], typed: str | None = None) -> None:
        """Name keys, the most useful first, or show what is typed."""
        if (keys, typed) != (self._keys, self._typed):
            self._keys, self._typed = keys, typed
            self.refresh()

    def say(self, message: str) -> None:
        """Say something in their place; empty: name them again."""
        if message != self._message:
            self._message = message
            self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is but one
        look, cells = self._look, self.size.width
        row = footer(look, cells, self._keys, ((self._back, tr("back")),))
        if self._message:
            row = [(f" {self._message}", look.style("given"))]
        elif self._typed is not None:
            row = [(self._typed, None), (" ", look.style("cursor"))]
        drawn = strip(row, cells, wide=look.wide)
        return drawn.apply_style(look.base) if look.base else drawn


class Sheet(Screen[T], Generic[T], inherit_bindings=False):
    """Shows one pane until it is closed; `dismiss` gives back what was chosen, None if nothing was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move('down')", "a line down", id="sheet-down"),
        Binding("k,up", "move('up')", "a line up", id="sheet-up"),
        Binding("ctrl+e", "move('scroll_down')", "scroll a line down", id="sheet-scroll-down"),
        Binding("ctrl+y", "move('scroll_up')", "scroll a line up", id="sheet-scroll-up"),
        Binding("space,pagedown,ctrl+f", "move('page_down')", "a page down", id="sheet-page-down"),
        Binding("b,pageup,ctrl+b", "move('page_up')", "a page up", id="sheet-page-up"),
        Binding("d,ctrl+d", "move('half_down')", "half a page down", id="sheet-half-down"),
        Binding("u,ctrl+u", "move('half_up')", "half a page up", id="sheet-half-up"),
        Binding("g,home", "move('top')", "to the top", id="sheet-top"),
        Binding("G,end", "move('end')", "to the end", id="sheet-end"),
        Binding("q,escape,ctrl+c", "back", "back", id="sheet-back"),
        Binding("Q", "app.leave", "quit", id="sheet-quit"),
        Binding("ctrl+l", "app.repaint", "redraw the screen", id="sheet-repaint"),
        Binding("ctrl+z", "app.suspend_process", "to the shell", id="sheet-suspend"),
    ]
    AUTO_FOCUS = None
    ALLOW_SELECT = False
    back_key = "q"
    """What is printed on the key that closes it."""

    def __init__(self, pane: Pane) -> None:
        super().__init__()
        self.pane = pane
        self.keys_row = KeysRow(pane.look, self.back_key)

    def compose(self) -> ComposeResult:
        self.keys_row.show(self.hints())
        yield self.pane
        yield self.keys_row

    def hints(self) -> Sequence[Hint]:
        """The keys that matter here, the most useful first; that one which goes back is always named."""
        return (("SPACE", tr("down")),)

    async def take_key(self, event: events.Key) -> None:
        """Do what a key is for, here and now; of others it is said that they are for nothing."""
        bound = self.active_bindings.get(event.key)
        key = event.character if event.is_printable and event.character else key_name(event.key)
        self.keys_row.say("" if bound else tr("{key} does nothing here; {back} goes back", key=key, back=self.back_key))
        if bound:
            await self.app.run_action(bound.binding.action, bound.node)

    def action_move(self, motion: Motion) -> None:
        """Move the cursor, or scroll."""
        self.pane.move(motion, None)

    def action_back(self) -> None:
        self.dismiss(None)


class ListSheet(Sheet[T], Generic[T]):
    """Shows entries; ENTER gives back what the one under the cursor stands for."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "choose", id="sheet-choose")]

    def __init__(self, pane: SheetPane) -> None:
        super().__init__(pane)
        self.list = pane

    def chosen(self, row: int) -> T | None:
        """What an entry stands for."""
        raise NotImplementedError

    def action_choose(self) -> None:
        """Close, and give back what is under the cursor."""
        self.dismiss(self.chosen(self.list.cursor) if self.list.count() else None)


class ChoiceSheet(ListSheet[T], Generic[T]):
    """Lists what there is to choose from, a row each."""

    def __init__(
        self, look: Look, heading: str, rows: Sequence[tuple[Line, T]], does: str, *, at: int = 0, key: str = ""
    ) -> None:
        """`does` says what choosing does, in a word or two; `key` opened the sheet, and closes it as well."""
        super().__init__(SheetPane(look, heading))
        self._rows, self._does, self._at, self._key = rows, does, at, key

    def hints(self) -> Sequence[Hint]:
        return (("ENTER", self._does),)

    def on_mount(self) -> None:
        self.list.show([[line] for line, _ in self._rows], self._at)

    async def take_key(self, event: events.Key) -> None:
        if event.key == self._key:
            self.action_back()
        else:
            await super().take_key(event)

    def chosen(self, row: int) -> T:
        return self._rows[row][1]
