"""The pages by a field: sorted, counted in a chart from which a group is chosen; and some of them at random."""

import random
from collections.abc import Callable, Sequence
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Literal

from tui.core.errors import CopydeskError
from tui.core.i18n import tr, tr_said
from tui.view.commands.base import Commands, Table
from tui.view.state.background import Job
from tui.view.state.prompts import number

if TYPE_CHECKING:
    from tui.choosing.fields import FieldValue
    from tui.choosing.groups import Groups, ValueGroup


class Ordering(Commands):
    """Commands that change the list and ask for no expression."""

    def table(self) -> Table:
        return {"sort": self.ask_sort, "random": self.random}

    def ask_sort(self) -> None:
        """Ask for a field, and put the pages into its order."""
        self._reader.ask(tr("sort by field (-date: backwards; empty: as found): "), self.sort)

    def sort(self, typed: str) -> None:
        """Put the pages that are shown into the order of a field; those without it come last."""
        reader = self._reader
        numbers = reader.shelf.numbers()
        if not typed.strip():
            reader.choosing.show(sorted(numbers) if len(numbers) < reader.shelf.found else None)
            reader.say(tr("the pages are in the order in which they were found"))
            return
        is_backwards = typed.strip().startswith("-")

        def sorted_by(values: list["FieldValue"]) -> None:
            known = [at for at, value in enumerate(values) if value not in (None, (), "")]
            known.sort(key=lambda at: _order(values[at]), reverse=is_backwards)
            rest = [at for at, value in enumerate(values) if value in (None, (), "")]
            reader.choosing.show([numbers[at] for at in known + rest])
            reader.say(
                tr("sorted by {field}; {count:,} pages have none", field=typed.strip(), count=len(rest))
                if rest
                else tr("sorted by {field}", field=typed.strip())
            )

        self._with_values(typed.strip().lstrip("-"), numbers, sorted_by)

    def _with_values(self, typed: str, numbers: Sequence[int], use: Callable[[list["FieldValue"]], None]) -> None:
        """Find out a field of pages, and go on with its values."""
        from tui.choosing.expression import field_name

        reader = self._reader
        try:
            field = field_name(typed, "field")
        except CopydeskError as error:
            reader.say(tr_said(error), is_trouble=True)
            return
        refs = reader.shelf.pick(numbers)

        def activity(looked: int) -> str:
            return tr("{looked:,} of {pages:,} pages looked at… (Ctrl-C stops)", looked=looked, pages=len(refs))

        values = partial(reader.collection.values, refs, field, reader.options)
        reader.choosing.collect(values, len(refs), activity, use)

    def random(self) -> None:
        """Open a page at random, another one than the open one; with a number before, keep so many at random."""
        reader = self._reader
        wanted = reader.take_count()
        if wanted:
            self._keep_some(wanted)
            return
        others = len(reader.shelf) - (reader.open_index >= 0)
        if others < 1:
            reader.say(tr("there is no other page"))
            return
        index = random.randrange(others)  # noqa: S311 - nobody's secret
        reader.go_to_page(index + (0 <= reader.open_index <= index))

    def _keep_some(self, wanted: int) -> None:
        numbers = self._reader.shelf.numbers()
        if wanted >= len(numbers):
            self._reader.say(tr("there are only {pages:,} pages", pages=len(numbers)))
            return
        drawn = sorted(random.sample(range(len(numbers)), wanted))
        self._reader.choosing.keep_these([numbers[at] for at in drawn])
        self._reader.say(
            tr("{wanted:,} of {pages:,} pages at random; & and ENTER show all", wanted=wanted, pages=len(numbers))
        )


def _order(value: "FieldValue") -> tuple[int, float, str]:
    """Numbers before words."""
    if isinstance(value, int | float):
        return 0, float(value), ""
    return 1, 0.0, ", ".join(value) if isinstance(value, tuple) else str(value)


REDRAW_S = 0.5
"""Seconds between two times that a chart is drawn while it grows: each costs a kilobyte or two."""


class Counting(Commands):
    """One chart at a time."""

    _last = "site"

    def table(self) -> Table:
        return {"group": self.ask}

    def ask(self) -> None:
        """Ask for a field, and count the pages with each of its values."""
        sign = tr("count by site, date, charset, repair, label, … (empty: {field}): ", field=self._last)
        self._reader.ask(sign, self.count)

    def count(self, typed: str) -> None:
        """Show how many of the pages that are shown have each value of a field, to choose one."""
        from tui.choosing.expression import field_name  # seldom wanted, and every start would pay

        try:
            self._last = field_name(typed.strip() or self._last, "field")
        except CopydeskError as error:
            self._reader.say(tr_said(error), is_trouble=True)
        else:
            self._reader.choosing.stop()
            self._show(self._last)

    def _show(self, field: str) -> None:
        from tui.choosing.groups import Groups  # as above
        from tui.view.sheets.charts import ChartSheet

        reader = self._reader
        numbers, groups, due = reader.shelf.numbers(), Groups(field), 0.0
        refs = reader.shelf.pick(numbers)

        def took(values: "list[FieldValue]", is_last: bool) -> None:
            nonlocal due
            for value in values:
                groups.add(numbers[groups.pages], value)
            since = monotonic()
            if is_last or since > due:
                sheet.show(is_last=is_last)
                # As many groups as pages take their time, which keys need more.
                due = monotonic() + max(REDRAW_S, 10 * (monotonic() - since))

        def stop() -> None:
            job.stop()
            reader.collection.cancel()
            sheet.show(is_last=True)

        def closed(chosen: "ValueGroup | Literal['sample'] | None") -> None:
            if groups.pages < len(numbers):
                job.stop()
                reader.collection.cancel()
            if chosen == "sample":
                sign = tr("how many pages at random, as many of each {field}: ", field=field)
                reader.ask(sign, partial(self._draw, groups.groups(), numbers))
                reader.tell()
            elif chosen is not None:
                self._choose(chosen, groups, numbers)

        sheet = ChartSheet(reader.look, groups, len(numbers), stop)
        values = partial(reader.collection.values, refs, field, reader.options)
        job = Job(values, took, partial(reader.say, is_trouble=True), reader.post_message)
        reader.app.push_screen(sheet, closed)

    def _choose(self, group: "ValueGroup", groups: "Groups", numbers: Sequence[int]) -> None:
        """Show the pages of a group; where not all were counted, all for which its expression holds."""
        choosing = self._reader.choosing
        if groups.pages < len(numbers) and group.expression:
            choosing.keep(choosing.narrowed(group.expression))
        elif group.members:
            members = frozenset(group.members)
            choosing.narrow(group.expression, [number for number in numbers if number in members])
        else:
            self._reader.say(tr("no pages with {expression}", expression=group.expression))

    def _draw(self, groups: "Sequence[ValueGroup]", numbers: Sequence[int], typed: str) -> None:
        """Keep so many pages at random, of each group as many as of the others, as far as it reaches."""
        from tui.choosing.selection import shares

        reader = self._reader
        wanted = number(typed)
        if not wanted:
            reader.say(tr("{typed}: no number of pages; type digits only", typed=typed), is_trouble=True)
            return
        counts = shares([len(group.members) for group in groups], wanted)
        pairs = zip(groups, counts, strict=True)
        drawn = {number for group, count in pairs for number in random.sample(group.members, count)}
        reader.choosing.keep_these([number for number in numbers if number in drawn])
        reader.say(
            tr("{wanted:,} of {pages:,} pages at random; & and ENTER show all", wanted=len(drawn), pages=len(numbers))
        )
