"""The screen itself: what there is to do on it, what it looks like, what lies on top, and leaving it."""

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from tui.core.i18n import tr
from tui.view.commands import Commands
from tui.view.keys import Changed, Command
from tui.view.panes.group import Panes
from tui.view.state.browsing import Browsing


class Leaving(Commands):
    """Commands that end something, or change nothing but the screen."""

    def __init__(
        self, browsing: Browsing, panes: Panes, screen: Screen[Any], keys: Changed, back_to_hits: Callable[[], bool]
    ) -> None:
        """`keys` are other than usual; `back_to_hits` shows the hits that were left, if there are any."""
        super().__init__(browsing, panes, screen)
        self._keys, self._back_to_hits = keys, back_to_hits

    def help(self) -> None:
        """Show the keys."""
        from tui.view.sheets.help import HelpScreen  # seldom wanted, and every start would pay

        self._show_sheet(HelpScreen(self._panes.look, self._keys, self._browsing.labels.by_key))

    def palette(self) -> None:
        """Let the user choose a command by what it does, and run it."""
        from tui.view.sheets.help import PaletteSheet  # as above

        def run(command: Command) -> None:
            self._screen.call_later(self._screen.run_action, command.action)

        self._browsing.hush()
        self._show_sheet(PaletteSheet(self._panes.look, self._keys), run)

    def theme(self) -> None:
        """Let the user try themes on; what is kept is kept until the end of the session."""
        from tui.view.sheets.themes import ThemeSheet  # as above

        browsing = self._browsing
        browsing.hush()

        def say(name: str) -> None:
            browsing.say(tr('theme {name}, for this session; theme = "{name}" in config.toml keeps it', name=name))

        self._show_sheet(ThemeSheet(self._panes.look, self._screen.app), say)

    def close(self) -> None:
        """Stop what is being read, take the caret away, forget the search, or close what is on top."""
        browsing = self._browsing
        browsing.hush()
        if forgotten := browsing.typed_ahead.forget():
            browsing.say(forgotten)
        elif browsing.stop():
            pass
        elif self._panes.headlines.selected():
            self._panes.headlines.select()
        elif self._panes.body.caret is not None:
            self._panes.body.put_caret(None)
        elif self._panes.active.hits_text():
            self._panes.active.search(None, 1)
        else:
            self._close_top()

    def _close_top(self) -> bool:
        if self._panes.body.view:
            self._panes.body.show_source(None)
        elif self._back_to_hits():
            pass
        elif self._panes.is_zoomed and not self._panes.is_alone:
            self._panes.zoom()
        elif not self._panes.headlines.display and len(self._browsing.shelf) > 1:
            self._panes.activate("headlines")
        else:
            return False
        return True

    def leave(self) -> None:
        """Close what is on top, or quit."""
        browsing = self._browsing
        browsing.hush()
        if self._close_top():
            return
        if browsing.filter.is_promised:
            browsing.typing.confirm(self._quit, lambda: None)
            browsing.say(tr("quit? y/n  {activity}", activity=browsing.filter.activity))
        else:
            self._quit()

    def _quit(self) -> None:
        self._screen.app.exit(0)

    def cancel(self) -> None:
        """Stop what is going on, else leave."""
        browsing = self._browsing
        forgotten = browsing.typed_ahead.forget()
        if not (browsing.stop() or browsing.looking.stop()):
            self.leave()
        elif forgotten:
            browsing.say(f"{browsing.message}; {forgotten}")
