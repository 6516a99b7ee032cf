"""Lists of places, one of which is gone to: the outline of a page, and the hits of a search over all pages."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import ClassVar, Literal

from textual.binding import Binding, BindingType

from tui.core.answers import Hit
from tui.core.i18n import tr
from tui.core.values import dataclass
from tui.text.words.cells import ELLIPSIS, fit, pad, visible, width
from tui.view.sheets.sheet import Line, ListSheet, SheetPane
from tui.view.state.sourcenames import SourceNames
from tui.view.terminal.look import Look


class OutlineSheet(ListSheet[int]):
    """Gives back the place in the text of what was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("O", "back", "back", id="outline-back")]

    def __init__(self, look: Look, entries: Sequence[tuple[int, int, str]], here: int) -> None:
        """`entries` are place, depth and words; `here` is the place that one is at."""
        super().__init__(SheetPane(look, tr("Outline  (ENTER: go there; q: back)")))
        self._entries, self._here = entries, here

    def on_mount(self) -> None:
        """Show the entries, with the cursor on the one that one is in."""
        here = bisect_right([place for place, _depth, _words in self._entries], self._here) - 1
        looks = ("title", "plain", "note")
        lines = [[[(f"  {'  ' * depth}{words}", looks[min(depth, 2)])]] for _place, depth, words in self._entries]
        self.list.show(lines, max(here, 0))

    def chosen(self, row: int) -> int:
        return self._entries[row][0]


BEFORE_CELLS = 24
"""Cells for what stands before a hit: hits stand below each other, and the eye runs down them."""
SOURCE_CELLS = 12


@dataclass(frozen=True, slots=True)
class Place:
    """A hit, and the page it stands in."""

    number: int
    """Of the page, in the order of finding."""
    source: str
    ordinal: int
    hit: Hit
    count: int
    """Hits of the page in all."""


@dataclass(frozen=True, slots=True)
class AllPages:
    """What is to be done with all pages that have hits, as far as they were found."""

    numbers: Sequence[int]
    wish: Literal["label", "keep"]


class HitSheet(ListSheet[Place | AllPages]):
    """Grows until the search is through; closing it ends the search."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "all('label')", "label all pages with hits", id="hits-label"),
        Binding("ampersand", "all('keep')", "keep only the pages with hits", id="hits-keep"),
    ]

    def __init__(self, look: Look, query: str, names: SourceNames) -> None:
        """`names` tell sources apart, where there are several."""
        super().__init__(SheetPane(look, ""))
        self._query, self._names = query, names
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
            "{query}: {hits:,} pages with hits in all {looked:,} pages  (ENTER: go there; &: keep them; t: label them)"
            if is_last
            else "{query}: {hits:,} pages with hits in {looked:,} of {pages:,} pages…  (ENTER: go there; q: stop)",
            query=self._query,
            hits=len(self._places),
            looked=looked,
            pages=pages,
        )
        self.list.rename(said)

    def _line(self, place: Place) -> Line:
        hit = place.hit
        more = f"  ({place.count})" if place.count > 1 else ""
        name = fit(self._names.name(place.source), SOURCE_CELLS) if self._names.are_several else ""
        source = pad(name, self._names.longest(SOURCE_CELLS)) + " " if name else ""
        return [
            (f"{place.ordinal:>7} {source}", "note"),
            (_right(visible(hit.before), BEFORE_CELLS), "plain"),
            (visible(hit.found), "hit"),
            (visible(hit.after), "plain"),
            (more, "note"),
        ]

    def action_all(self, wish: Literal["label", "keep"]) -> None:
        """Close, and give back all pages with hits."""
        if self._places:
            self.dismiss(AllPages([place.number for place in self._places], wish))

    def chosen(self, row: int) -> Place:
        return self._places[row]


def _right(text: str, cells: int) -> str:
    """The end of a text, at the right of so many cells.

    >>> _right("晚上的渡輪", 7), _right("ferry", 7)
    ('…的渡輪', '  ferry')
    """
    shown, at = "", len(text)
    while at and width(text[at - 1] + shown) <= cells - (at > 1):
        at -= 1
        shown = text[at] + shown
    shown = ELLIPSIS * (at > 0) + shown
    return " " * (cells - width(shown)) + shown
