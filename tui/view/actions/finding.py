"""Looking for words, and going from hit to hit."""

from functools import partial
from typing import TYPE_CHECKING

from tui.view.prompts import pattern

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.view.reader import Reader


class Finding:
    """Commands that look for something, and what was looked for last."""

    def __init__(self, reader: "Reader") -> None:
        self._reader = reader
        self._query = ("", 1)  # and in which direction
        self.commands: dict[str, Callable[[], None]] = {
            "search": partial(self.ask, 1),
            "search-back": partial(self.ask, -1),
            "next-hit": partial(self.hit, 1),
            "previous-hit": partial(self.hit, -1),
        }

    def ask(self, step: int) -> None:
        """Ask what to look for in the active pane."""
        self._reader.ask("/" if step > 0 else "?", partial(self._search, step))

    def _search(self, step: int, query: str) -> None:
        query = query or self._query[0]
        if not query:
            return
        self._query = (query, step)
        reader, pane = self._reader, self._reader.panes.active
        pane.search(pattern(query), step)
        if pane.hits_text().endswith("/0"):
            known, pages = reader.headlines.known(), len(reader.shelf)
            is_partial = pane is reader.headlines and known < pages
            where = f" in the {known:,} of {pages:,} titles read so far" if is_partial else ""
            reader.say(f"{query}: not found{where}", is_trouble=True)

    def hit(self, step: int) -> None:
        """Go to the next hit; on a page that wasn't searched yet, search it."""
        count = self._reader.take_count() or 1
        query, direction = self._query
        if self._reader.panes.active.hits_text():
            self._reader.panes.active.next_hit(step * direction * count)
        elif query:
            self._search(step * direction, query)
            self._query = (query, direction)
