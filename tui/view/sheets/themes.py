"""The list of themes: the one under the cursor is tried on at once."""

from collections.abc import Callable, Sequence

from tui.core.i18n import tr
from tui.view.pagetext.sight import Motion
from tui.view.panes.statusline import Hint
from tui.view.sheets.sheet import ListSheet, SheetPane
from tui.view.terminal.look import Look

_SAMPLE = (("title", "Title"), ("link", "link"), ("edit", "repaired"), ("probable", "guessed"), ("hit", "hit"))
"""Names of looks, and words that show them."""


class ThemeSheet(ListSheet[str]):
    """Gives back the theme under the cursor; closed without, the one before is worn again."""

    def __init__(self, look: Look, names: Sequence[str], now: str, wear: Callable[[str], None]) -> None:
        """`wear` puts a theme on."""
        super().__init__(SheetPane(look, tr("Themes")))
        self._names, self._now, self._wear = names, now, wear

    def hints(self) -> Sequence[Hint]:
        return (("ENTER", tr("keep it for this session")),)

    def on_mount(self) -> None:
        """Show the themes, with the cursor on the one that is worn."""
        entries = [
            [[(f"  {name:24}", "plain"), *((f" {word} ", look) for look, word in _SAMPLE)]] for name in self._names
        ]
        self.list.show(entries, self._names.index(self._now))

    def action_move(self, motion: Motion) -> None:
        """Move, and try on what is under the cursor then."""
        super().action_move(motion)
        self._wear(self.chosen(self.list.cursor))

    def action_back(self) -> None:
        """Close, and wear what was worn before."""
        self._wear(self._now)
        super().action_back()

    def chosen(self, row: int) -> str:
        return self._names[row]
