"""The hits of a search over all pages, as they come, from which one is gone to."""

from collections.abc import Sequence
from dataclasses import dataclass

from tui.i18n import tr
from tui.lookup.hits import Hit
from tui.text.cells import visible
from tui.view.look import Look
from tui.view.settings import Settings
from tui.view.sheet import Line, ListSheet, SheetPane

BEFORE_CHARS = 24
"""Code points before a hit that are shown, so that the hit itself is to be seen."""


@dataclass(frozen=True, slots=True)
class Place:
    """A hit, and the page it stands in."""

    index: int
    ordinal: int
    hit: Hit
    count: int
    """Hits of the page in all."""


class HitSheet(ListSheet[Place]):
    """Grows until the search is through; closing it ends the search."""

    def __init__(self, look: Look, settings: Settings, query: str) -> None:
        super().__init__(SheetPane(look, settings, ""))
        self._query = query
        self._places: list[Place] = []
        self._lines: list[list[Line]] = []
        self.tell(0, 0, is_last=False)

    def add(self, places: Sequence[Place]) -> None:
        """Show more hits, below the others."""
        self._places += places
        self._lines += ([self._line(place)] for place in places)
        if self.list.is_attached:
            self.list.show(self._lines, self.list.cursor)

    def tell(self, looked: int, pages: int, *, is_last: bool) -> None:
        """Say how far the search is."""
        said = tr(
            "{query}: {hits:,} pages with hits in all {looked:,} pages  (ENTER: go there; q: back)"
            if is_last
            else "{query}: {hits:,} pages with hits in {looked:,} of {pages:,} pages…  (ENTER: go there; q: back)",
            query=self._query,
            hits=len(self._places),
            looked=looked,
            pages=pages,
        )
        self.list.rename(said)

    def _line(self, place: Place) -> Line:
        hit = place.hit
        before = visible(hit.before)
        cut = f"…{before[-BEFORE_CHARS:]}" if len(before) > BEFORE_CHARS else before
        more = f"  ({place.count})" if place.count > 1 else ""
        return [
            (f"{place.ordinal:>7} ", "note"),
            (cut, "plain"),
            (visible(hit.found), "hit"),
            (visible(hit.after), "plain"),
            (more, "note"),
        ]

    def chosen(self, row: int) -> Place:
        """As in `ListSheet`."""
        return self._places[row]
