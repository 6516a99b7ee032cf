"""How many pages have each value of a field, as a list with bars, from which a value is chosen."""

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.i18n import tr
from tui.view.look import Look
from tui.view.settings import Settings
from tui.view.sheet import ListSheet, SheetPane

BAR_CELLS = 20


class GroupSheet(ListSheet[str]):
    """Gives back the value that was chosen; empty: of the pages without one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("S", "back", "back", id="group-back")]

    def __init__(self, look: Look, settings: Settings, field: str, counts: Mapping[str, int]) -> None:
        """`counts` are pages by value; the largest groups come first."""
        super().__init__(SheetPane(look, settings, tr("Pages by {field}  (ENTER: only these; q: back)", field=field)))
        self._groups = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))

    def on_mount(self) -> None:
        """Show the groups."""
        most = max((count for _, count in self._groups), default=1)
        digits = len(f"{most:,}")
        self.list.show(
            [
                [
                    [
                        (f"  {count:>{digits},} ", "plain"),
                        (f"{'█' * max(1, round(BAR_CELLS * count / most)):<{BAR_CELLS}} ", "note"),
                        (name or tr("(none)"), "plain"),
                    ]
                ]
                for name, count in self._groups
            ]
        )

    def chosen(self, row: int) -> str:
        """As in `ListSheet`."""
        return self._groups[row][0]
