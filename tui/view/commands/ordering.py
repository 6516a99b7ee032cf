"""The pages by a field: sorted, or counted in a chart from which a group is chosen; and some of them at random."""

import random as chance
from functools import partial
from typing import TYPE_CHECKING, Literal

from tui.core.answers import FieldValue
from tui.core.errors import CopydeskError
from tui.core.i18n import tr, tr_problem
from tui.view.commands import Commands
from tui.view.state.browsing import Browsing

if TYPE_CHECKING:
    from tui.choosing.groups import ValueGroup


SEEDS = 1_000_000
"""Seeds of samples that are drawn here."""


def ask_sort(browsing: Browsing) -> None:
    """Ask for a field, and put the pages into its order."""
    if browsing.filter.is_free():
        browsing.ask(tr("sort by field (-date: descending; empty: as found): "), partial(sort, browsing))


def sort(browsing: Browsing, typed: str) -> None:
    """Put the pages that are shown into the order of a field; those without it come last."""
    from tui.choosing.expression import field_name  # seldom wanted, and every start would pay

    numbers, typed = browsing.shelf.numbers(), typed.strip()
    if not typed:
        browsing.filter.show(sorted(numbers) if len(numbers) < browsing.shelf.found else None)
        browsing.say(tr("the pages are in the order they were found"))
        return
    try:
        field = field_name(typed.lstrip("-"), "field")
    except CopydeskError as error:
        browsing.complain(tr_problem(error))
        return

    def show(values: list[FieldValue]) -> None:
        known = [at for at, value in enumerate(values) if value not in (None, (), "")]
        known.sort(key=lambda at: _order(values[at]), reverse=typed.startswith("-"))
        rest = [at for at, value in enumerate(values) if value in (None, (), "")]
        browsing.filter.show([numbers[at] for at in known + rest])
        browsing.say(
            tr("sorted by {field}; {count:,} pages have none", field=typed, count=len(rest))
            if rest
            else tr("sorted by {field}", field=typed)
        )

    values = partial(browsing.collection.values, browsing.shelf.pick(numbers), field, browsing.options)
    browsing.filter.collect(values, len(numbers), show)


def _order(value: FieldValue) -> tuple[int, float, str]:
    """Numbers before words."""
    if isinstance(value, int | float):
        return 0, float(value), ""
    return 1, 0.0, ", ".join(value) if isinstance(value, tuple) else str(value)


def random(browsing: Browsing) -> None:
    """Open a page at random, another one than the open one; with a number before, keep so many at random."""
    wanted = browsing.take_count()
    if wanted:
        _keep_some(browsing, wanted)
        return
    others = len(browsing.shelf) - (browsing.open_index >= 0)
    if others < 1:
        browsing.say(tr("this is the only page"))
        return
    index = chance.randrange(others)  # noqa: S311 - nobody's secret
    browsing.go_to_page(index + (0 <= browsing.open_index <= index))


def _keep_some(browsing: Browsing, wanted: int) -> None:
    numbers = browsing.shelf.numbers()
    if wanted >= len(numbers):
        browsing.say(tr("there are only {pages:,} pages", pages=len(numbers)))
        return
    from tui.choosing.selection import chance as number_of  # as above
    from tui.choosing.selection import lowest

    refs, seed = browsing.shelf.pick(numbers), chance.randrange(SEEDS)  # noqa: S311 - as above

    def keep(drawn: list[int]) -> None:
        browsing.filter.keep_drawn(lowest(zip(drawn, numbers, strict=True), wanted), len(numbers), seed)

    # As --sample draws them, so that a command can give the same ones.
    browsing.filter.collect(lambda: (number_of(ref, seed) for ref in refs), len(numbers), keep)


class Counting(Commands):
    """One chart at a time."""

    _last = "site"

    def ask(self) -> None:
        """Ask for a field, and count the pages with each of its values."""
        if not self._browsing.filter.is_free():
            return
        sign = tr("count by site, date, charset, repair, label, … (empty: {field}): ", field=self._last)
        self._browsing.ask(sign, self.count)

    def count(self, typed: str) -> None:
        """Show how many of the pages that are shown have each value of a field, to choose one."""
        from tui.choosing.expression import field_name  # seldom wanted, and every start would pay

        try:
            self._last = field_name(typed.strip() or self._last, "field")
        except CopydeskError as error:
            self._browsing.complain(tr_problem(error))
        else:
            self._browsing.filter.stop()
            self._show(self._last)

    def _show(self, field: str) -> None:
        from tui.view.sheets.charts import ChartSheet  # as above
        from tui.view.state.jobs import Count

        count = Count(self._browsing, field)

        def use(chosen: "ValueGroup | Literal['sample']") -> None:
            if chosen == "sample":
                count.ask_sample()
                self._browsing.host.tell()
            else:
                count.choose(chosen)

        self._show_sheet(ChartSheet(self._panes.look, count), use, count.stop)
