"""The list in another order: sorted by a field, or some of its pages at random."""

import random as chance
from functools import partial

from tui.core.answers import Value
from tui.core.errors import CopydeskError
from tui.core.i18n import tr, tr_said
from tui.view.state.browsing import Browsing


def ask_sort(browsing: Browsing) -> None:
    """Ask for a field, and put the pages into its order."""
    browsing.ask(tr("sort by field (-date: backwards; empty: as found): "), partial(sort, browsing))


def sort(browsing: Browsing, typed: str) -> None:
    """Put the pages that are shown into the order of a field; those without it come last."""
    from tui.choosing.expression import field_name  # seldom wanted, and every start would pay

    numbers, typed = browsing.shelf.numbers(), typed.strip()
    if not typed:
        browsing.filter.show(sorted(numbers) if len(numbers) < browsing.shelf.found else None)
        browsing.say(tr("the pages are in the order in which they were found"))
        return
    try:
        field = field_name(typed.lstrip("-"), "field")
    except CopydeskError as error:
        browsing.complain(tr_said(error))
        return

    def show(values: list[Value]) -> None:
        known = [at for at, value in enumerate(values) if value not in (None, (), "")]
        known.sort(key=lambda at: _order(values[at]), reverse=typed.startswith("-"))
        rest = [at for at, value in enumerate(values) if value in (None, (), "")]
        browsing.filter.show([numbers[at] for at in known + rest])
        browsing.say(
            tr("sorted by {field}; {count:,} pages have none", field=typed, count=len(rest))
            if rest
            else tr("sorted by {field}", field=typed)
        )

    def activity(looked: int) -> str:
        return tr("{looked:,} of {pages:,} pages looked at… (Ctrl-C stops)", looked=looked, pages=len(numbers))

    values = partial(browsing.collection.values, browsing.shelf.pick(numbers), field, browsing.options)
    browsing.filter.collect(values, len(numbers), activity, show)


def _order(value: Value) -> tuple[int, float, str]:
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
        browsing.say(tr("there is no other page"))
        return
    index = chance.randrange(others)  # noqa: S311 - nobody's secret
    browsing.go_to_page(index + (0 <= browsing.open_index <= index))


def _keep_some(browsing: Browsing, wanted: int) -> None:
    numbers = browsing.shelf.numbers()
    if wanted >= len(numbers):
        browsing.say(tr("there are only {pages:,} pages", pages=len(numbers)))
        return
    drawn = sorted(chance.sample(range(len(numbers)), wanted))
    browsing.filter.keep_these([numbers[at] for at in drawn])
    browsing.say(tr("{wanted:,} of {pages:,} pages at random; & and ENTER show all", wanted=wanted, pages=len(numbers)))
