"""Counting pages by a field, as a chart that grows, from which a group is chosen."""

import random
from collections.abc import Callable, Sequence
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Literal

from tui.errors import CopydeskError
from tui.i18n import tr, tr_said

if TYPE_CHECKING:
    from tui.choosing.fields import Value
    from tui.choosing.groups import Group, Groups
    from tui.view.reader import Reader

REDRAW_S = 0.5
"""Seconds between two times that a chart is drawn while it grows: each costs a kilobyte or two."""


class Counting:
    """One chart at a time."""

    def __init__(self, reader: "Reader") -> None:
        self._reader = reader
        self._last = "site"
        self.commands: dict[str, Callable[[], None]] = {"group": self.ask}

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
        from tui.view.background import Job
        from tui.view.charts import ChartSheet

        reader = self._reader
        numbers, groups, due = reader.shelf.numbers(), Groups(field), 0.0
        refs = reader.shelf.pick(numbers)

        def took(values: "list[Value]", is_last: bool) -> None:
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

        def closed(chosen: "Group | Literal['sample'] | None") -> None:
            if groups.pages < len(numbers):
                job.stop()
                reader.collection.cancel()
            if chosen == "sample":
                sign = tr("how many pages at random, as many of each {field}: ", field=field)
                reader.ask(sign, partial(self._draw, groups.groups(), numbers))
                reader.tell()
            elif chosen is not None:
                self._choose(chosen, groups, numbers)

        sheet = ChartSheet(reader.look, reader.settings, groups, len(numbers), stop)
        values = partial(reader.collection.values, refs, field, reader.options)
        job = Job(values, took, partial(reader.say, is_trouble=True), reader.post_message)
        reader.app.push_screen(sheet, closed)

    def _choose(self, group: "Group", groups: "Groups", numbers: Sequence[int]) -> None:
        """Show the pages of a group; where not all were counted, all for which its expression holds."""
        choosing = self._reader.choosing
        if groups.pages < len(numbers) and group.expression:
            choosing.keep(choosing.narrowed(group.expression))
        elif group.members:
            members = frozenset(group.members)
            choosing.narrow(group.expression, [number for number in numbers if number in members])
        else:
            self._reader.say(tr("no pages with {expression}", expression=group.expression))

    def _draw(self, groups: "Sequence[Group]", numbers: Sequence[int], typed: str) -> None:
        """Keep so many pages at random, of each group as many as of the others, as far as it reaches."""
        from tui.choosing.selection import shares

        reader = self._reader
        if not typed.strip().isdecimal() or not int(typed):
            reader.say(tr("{typed}: no number of pages; type digits only", typed=typed), is_trouble=True)
            return
        counts = shares([len(group.members) for group in groups], int(typed))
        pairs = zip(groups, counts, strict=True)
        drawn = {number for group, count in pairs for number in random.sample(group.members, count)}
        reader.choosing.keep_these([number for number in numbers if number in drawn])
        reader.say(
            tr("{wanted:,} of {pages:,} pages at random; & and ENTER show all", wanted=len(drawn), pages=len(numbers))
        )
