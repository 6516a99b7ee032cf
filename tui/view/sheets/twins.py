"""The copies of a page, one of which it is compared with."""

from collections.abc import Sequence

from tui.core.i18n import tr
from tui.core.model import Item, Twin
from tui.text.words.cells import visible
from tui.view.panes.statusline import Hint
from tui.view.sheets.sheet import ListSheet, SheetPane
from tui.view.state.sourcenames import short_name
from tui.view.terminal.look import Look


class TwinSheet(ListSheet[Item]):
    """Gives back the copy that was chosen."""

    def __init__(self, look: Look, page: Item, count: int, copies: Sequence[Twin]) -> None:
        """`copies`: the first of so many."""
        heading = tr("Copies of #{ordinal}: {count:,}", ordinal=page.ordinal, count=count)
        super().__init__(SheetPane(look, heading))
        self._copies = copies

    def hints(self) -> Sequence[Hint]:
        return (("ENTER", tr("compare")),)

    def on_mount(self) -> None:
        """Show them in their order, with how much is the same."""
        digits = max(len(str(copy.ref.ordinal)) for copy in self._copies) + 1
        self.list.show(
            [
                [
                    [
                        (f" {f'#{copy.ref.ordinal}':>{digits}} ", "plain"),
                        (f"{copy.likeness:>5.0%}  ", "note"),
                        (visible(copy.title or short_name(copy.ref.member or copy.ref.source)), "plain"),
                    ]
                ]
                for copy in self._copies
            ]
        )

    def chosen(self, row: int) -> Item:
        return self._copies[row].ref
