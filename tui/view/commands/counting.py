"""Counting the pages by a field, in a chart from which a group is chosen."""

from typing import TYPE_CHECKING, Literal

from tui.core.errors import CopydeskError
from tui.core.i18n import tr, tr_said
from tui.view.commands.base import Commands

if TYPE_CHECKING:
    from tui.choosing.groups import Group


class Counting(Commands):
    """One chart at a time."""

    _last = "site"

    def ask(self) -> None:
        """Ask for a field, and count the pages with each of its values."""
        sign = tr("count by site, date, charset, repair, label, … (empty: {field}): ", field=self._last)
        self._browsing.ask(sign, self.count)

    def count(self, typed: str) -> None:
        """Show how many of the pages that are shown have each value of a field, to choose one."""
        from tui.choosing.expression import field_name  # seldom wanted, and every start would pay

        try:
            self._last = field_name(typed.strip() or self._last, "field")
        except CopydeskError as error:
            self._browsing.complain(tr_said(error))
        else:
            self._browsing.filter.stop()
            self._show(self._last)

    def _show(self, field: str) -> None:
        from tui.view.sheets.charts import ChartSheet  # as above
        from tui.view.state.counting import Count

        count = Count(self._browsing, field)

        def closed(chosen: "Group | Literal['sample'] | None") -> None:
            count.stop()
            if chosen == "sample":
                count.ask_sample()
                self._browsing.host.tell()
            elif chosen is not None:
                count.choose(chosen)

        self._show_sheet(ChartSheet(self._panes.look, count), closed)
