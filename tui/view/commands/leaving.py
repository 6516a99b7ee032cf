"""Closing what is on top, stopping what is going on, and finding out what there is to do."""

from tui.core.i18n import tr
from tui.view.commands.base import Commands, Table
from tui.view.keys import Command


class Leaving(Commands):
    """Commands that end something."""

    def table(self) -> Table:
        return {
            "help": self.help,
            "palette": self.palette,
            "close": self.close,
            "leave": self.leave,
            "cancel": self.cancel,
        }

    def help(self) -> None:
        """Show the keys."""
        from tui.view.sheets.help import HelpScreen  # seldom wanted, and every start would pay

        self._reader.app.push_screen(HelpScreen(self._reader.look, self._reader.settings.keys))

    def palette(self) -> None:
        """Let the user choose a command by what it does, and run it."""
        from tui.view.sheets.help import PaletteSheet  # as above

        reader = self._reader

        def run(command: Command | None) -> None:
            if command is not None:
                reader.call_later(reader.run_action, command.action)

        reader.hush()
        reader.app.push_screen(PaletteSheet(reader.look, reader.settings.keys), run)

    def close(self) -> None:
        """Stop what is being read, take the caret away, forget the search, or close what is on top."""
        reader = self._reader
        reader.hush()
        if forgotten := reader.typed_ahead.forget():
            reader.say(forgotten)
        elif reader.choosing.stop():
            reader.say(tr("stopped"))
        elif reader.opener.is_loading:
            reader.opener.cancel()
            reader.say(tr("stopped"))
        elif reader.headlines.selected():
            reader.headlines.select()
        elif reader.body.caret is not None:
            reader.body.put_caret(None)
        elif reader.panes.active.hits_text():
            reader.panes.active.search(None, 1)
        else:
            self._close_top()

    def _close_top(self) -> bool:
        reader = self._reader
        if reader.body.view:
            reader.body.show_source(None)
        elif reader.panes.is_zoomed and not reader.panes.is_alone:
            reader.panes.zoom()
        elif not reader.headlines.display and len(reader.shelf) > 1:
            reader.panes.activate("headlines")
        else:
            return False
        return True

    def leave(self) -> None:
        """Close what is on top, or quit."""
        self._reader.hush()
        if not self._close_top():
            self._reader.app.exit(0)

    def cancel(self) -> None:
        """Stop what is going on, else leave."""
        reader = self._reader
        reader.typed_ahead.forget()
        if reader.choosing.stop():
            reader.say(tr("stopped"))
        elif reader.opener.is_loading:
            reader.opener.cancel()
            reader.say(tr("stopped"))
        elif not reader.surveying.stop():
            self.leave()
