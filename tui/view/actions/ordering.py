"""The order of the pages, and some of them at random."""

import random
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui.errors import CopydeskError
from tui.i18n import tr, tr_said

if TYPE_CHECKING:
    from tui.choosing.fields import Value
    from tui.view.reader import Reader


class Ordering:
    """Commands that change the list and ask for no expression."""

    def __init__(self, reader: "Reader") -> None:
        self._reader = reader
        self.commands: dict[str, Callable[[], None]] = {"sort": self.ask_sort, "random": self.random}

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

        def sorted_by(values: list["Value"]) -> None:
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

    def _with_values(self, typed: str, numbers: Sequence[int], use: Callable[[list["Value"]], None]) -> None:
        """Find out a field of pages, and go on with its values."""
        from tui.choosing.expression import field_name

        reader = self._reader
        try:
            field = field_name(typed, "field")
        except CopydeskError as error:
            reader.say(tr_said(error), is_trouble=True)
            return
        refs, options, choosing = reader.shelf.pick(numbers), reader.options, reader.choosing
        values: list[Value] = []

        def took(found: list["Value"], is_last: bool) -> None:
            values.extend(found)
            choosing.activity = (
                ""
                if is_last
                else tr("{looked:,} of {pages:,} pages looked at… (Ctrl-C stops)", looked=len(values), pages=len(refs))
            )
            if is_last:
                choosing.end()
            if is_last and len(values) == len(refs):
                use(values)
            reader.tell()

        choosing.start(partial(reader.collection.values, refs, field, options), took)

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


def _order(value: "Value") -> tuple[int, float, str]:
    """Numbers before words."""
    if isinstance(value, int | float):
        return 0, float(value), ""
    return 1, 0.0, ", ".join(value) if isinstance(value, tuple) else str(value)
