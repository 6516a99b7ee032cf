"""Lists of places, one of which is gone to: of a page its outline and its copies, of all pages the hits of a search."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import ClassVar, Literal

from textual.binding import Binding, BindingType

from tui.core.i18n import tr
from tui.core.model import Item, Twin
from tui.text.words.cells import ELLIPSIS, fit, pad, visible, width
from tui.view.panes.statusline import Hint
from tui.view.sheets.sheet import ChoiceSheet, Line, ListSheet, SheetPane
from tui.view.state.jobs import HitPlace, SearchJob
from tui.view.state.sourcenames import SourceNames, short_name
from tui.view.terminal.look import Look


def outline_sheet(look: Look, entries: Sequence[tuple[int, int, str]], here: int) -> ChoiceSheet[int]:
    """List places of a text by depth and words, with the cursor on the one that `here` is in."""
    looks = ("title", "plain", "note")
    rows: list[tuple[Line, int]] = [
        ([(f"  {'  ' * depth}{words}", looks[min(depth, 2)])], place) for place, depth, words in entries
    ]
    at = bisect_right([place for place, *_ in entries], here) - 1
    return ChoiceSheet(look, tr("Outline"), rows, tr("go there"), at=max(at, 0), key="O")


def copies_sheet(look: Look, page: Item, count: int, copies: Sequence[Twin]) -> ChoiceSheet[Item]:
    """List the first of so many copies of a page in their order, with how much is the same."""
    digits = max(len(str(copy.ref.ordinal)) for copy in copies) + 1
    rows: list[tuple[Line, Item]] = []
    for copy in copies:
        title = visible(copy.title or short_name(copy.ref.member or copy.ref.source))
        number, likeness = f" {f'#{copy.ref.ordinal}':>{digits}} ", f"{copy.likeness:>5.0%}  "
        rows.append(([(number, "plain"), (likeness, "note"), (title, "plain")], copy.ref))
    return ChoiceSheet(
        look, tr("Copies of #{ordinal}: {count:,}", ordinal=page.ordinal, count=count), rows, tr("compare")
    )


BEFORE_CELLS = 24
"""Cells for what stands before a hit: hits stand below each other, and the eye runs down them."""
SOURCE_CELLS = 12


class HitSheet(ListSheet[HitPlace | Literal["label", "keep"]]):
    """Grows until the search is through; gives back the hit that was chosen, or what is to be done with all pages found."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "all('label')", "label all pages with hits", id="hits-label"),
        Binding("ampersand", "all('keep')", "keep only the pages with hits", id="hits-keep"),
    ]

    def __init__(self, look: Look, search: SearchJob, names: SourceNames, at: int = 0) -> None:
        """`names` tell sources apart, where there are several; the cursor begins on hit `at`."""
        super().__init__(SheetPane(look, ""))
        self._at = at
        self._search, self._names = search, names
        self._lines: list[list[Line]] = []
        search.on_step = self._step
        self._tell()

    def on_mount(self) -> None:
        """Show what was found before there was a list to show it."""
        self._step()
        self.list.go_to(self._at)

    def _step(self) -> None:
        """Show more hits, below the others."""
        self._lines += ([self._line(place)] for place in self._search.places[len(self._lines) :])
        if self.list.is_attached:
            self.list.show(self._lines, self.list.cursor)
        self._tell()

    def _tell(self) -> None:
        search = self._search
        heading = tr(
            "{query}: in {hits:,} of {looked:,} pages"
            if search.is_over
            else "{query}: in {hits:,} pages; {looked:,} of {pages:,} searched…",
            query=search.query,
            hits=len(search.places),
            looked=search.looked,
            pages=search.pages,
        )
        self.list.rename(heading)
        if self._may_be_hidden:
            self.list.say(tr("Not in any page as scraped; & searches the repaired text too (slower)."))
        self.keys_row.show(self.hints())

    def hints(self) -> Sequence[Hint]:
        there = ("ENTER", tr("go there"))
        if not self._search.places:
            return (("&", tr("search repaired text")),) if self._may_be_hidden else ()
        return (there, ("&", tr("show only these")), ("t", tr("label them"))) if self._search.is_over else (there,)

    @property
    def _may_be_hidden(self) -> bool:
        """Whether nothing was found, so that only repairs could bring it to light."""
        return self._search.is_over and not self._search.places and '"' not in self._search.query

    def _line(self, place: HitPlace) -> Line:
        hit = place.hit
        more = f"  {tr('{count:,} hits', count=place.count)}" if place.count > 1 else ""
        name = fit(self._names.name(place.source), SOURCE_CELLS) if self._names.are_several else ""
        source = pad(name, self._names.longest(SOURCE_CELLS)) + " " if name else ""
        return [
            (f"{place.ordinal:>7} {source}", "note"),
            (_right(visible(hit.before), BEFORE_CELLS), "plain"),
            (visible(hit.found), "hit"),
            (visible(hit.after), "plain"),
            (more, "note"),
        ]

    def action_all(self, use: Literal["label", "keep"]) -> None:
        """Close, and say what is to be done with all pages with hits."""
        if self._search.places or (use == "keep" and self._may_be_hidden):
            self.dismiss(use)

    def chosen(self, row: int) -> HitPlace:
        return self._search.places[row]


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
