"""The list of themes: the one under the cursor is tried on at once."""

from typing import Any

from textual.app import App

from tui.core.i18n import tr
from tui.view.pagetext.sight import Motion
from tui.view.sheets.sheet import ChoiceSheet, Line
from tui.view.terminal.look import Look, is_strong

_SAMPLE = (("title", "Title"), ("link", "link"), ("edit", "repaired"), ("probable", "guessed"), ("hit", "hit"))
"""Names of looks, and words that show them."""


class ThemeSheet(ChoiceSheet[str]):
    """Gives back the theme under the cursor; closed without, the one before is worn again."""

    def __init__(self, look: Look, app: App[Any]) -> None:
        names = sorted(app.available_themes)
        sample: Line = [(f" {word} ", look_name) for look_name, word in _SAMPLE]
        rows: list[tuple[Line, str]] = [([(f"  {name:24}", "plain"), *sample], name) for name in names]
        super().__init__(look, tr("Themes"), rows, tr("keep it for this session"), at=names.index(app.theme))
        self._before = app.theme

    def action_move(self, motion: Motion) -> None:
        super().action_move(motion)
        self._wear(self.chosen(self.list.cursor))

    def action_back(self) -> None:
        self._wear(self._before)
        super().action_back()

    def _wear(self, name: str) -> None:
        app = self.app
        if app.theme != name:
            app.theme = name
            self.list.look.wear(app.get_css_variables(), is_strong=is_strong(name))
            for screen in app.screen_stack:
                for widget in screen.walk_children():
                    widget.refresh()
