"""The theme that the screen wears."""

from tui.core.i18n import tr
from tui.view.commands import Commands
from tui.view.terminal.look import is_strong


class Dressing(Commands):
    """Commands that change colours and nothing else."""

    def theme(self) -> None:
        """Let the user try themes on; what is kept is kept until the end of the session."""
        from tui.view.sheets.themes import ThemeSheet  # seldom wanted, and every start would pay

        app, browsing = self._screen.app, self._browsing
        browsing.hush()

        def keep(name: str) -> None:
            self._wear(name)
            browsing.say(tr('theme {name}, for this session; theme = "{name}" in config.toml keeps it', name=name))

        self._show_sheet(ThemeSheet(self._panes.look, sorted(app.available_themes), app.theme, self._wear), keep)

    def _wear(self, name: str) -> None:
        app = self._screen.app
        if app.theme != name:
            app.theme = name
            self._panes.look.wear(app.get_css_variables(), is_strong=is_strong(name))
            for screen in app.screen_stack:
                for widget in screen.walk_children():
                    widget.refresh()
