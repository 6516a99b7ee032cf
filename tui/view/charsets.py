"""The charsets in which the open page could be read, to choose from: a line of the page under each."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.i18n import tr, tr_name
from tui.model import Candidate, Readings
from tui.view.look import Look
from tui.view.settings import Settings
from tui.view.sheet import Line, ListSheet, SheetPane

NAME_CELLS = 15


@dataclass(frozen=True, slots=True)
class CharsetChosen:
    """What the user wants pages to be read in."""

    name: str | None
    """None: find it out."""
    for_all: bool
    """For every page that is opened from now on, not for the open one alone."""


class CharsetSheet(ListSheet[CharsetChosen]):
    """Lists the candidates, likeliest first, under the way back to finding out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("E", "back", "back", id="charset-back"),
        Binding("a", "choose_for_all", "read all pages with it", id="charset-for-all"),
    ]

    def __init__(self, look: Look, settings: Settings, readings: Readings) -> None:
        heading = tr("Charset  (ENTER: read this page with it; a: all pages; q: leave it)")
        super().__init__(SheetPane(look, settings, heading, tall=2))
        self._readings = readings

    def on_mount(self) -> None:
        """Show the candidates, with the cursor on the one that is in use."""
        now = self._readings.charset
        found = self._readings.candidates
        names = [candidate.charset for candidate in found]
        cursor = names.index(now.name) + 1 if now.name in names else 0
        first: Line = [
            (f"  {tr('automatic')}", "key"),
            (f"  {tr('found out from the bytes and what the page says')}", "note"),
        ]
        self.list.show([[first], *(_lines(each, is_now=each.charset == now.name) for each in found)], cursor)

    def chosen(self, row: int, *, for_all: bool = False) -> CharsetChosen:
        """As in `Sheet`."""
        return CharsetChosen(self._readings.candidates[row - 1].charset if row else None, for_all)

    def action_choose_for_all(self) -> None:
        """Close, and give back what is under the cursor, for all pages."""
        self.dismiss(self.chosen(self.list.cursor, for_all=True))


def _lines(candidate: Candidate, *, is_now: bool) -> list[Line]:
    said = f"  {tr('by {claim}', claim=tr_name(candidate.by))}" if candidate.by else ""
    lost = f"  {tr('{count:,} lost', count=candidate.lost)}" if candidate.lost else ""
    head: Line = [
        (f"{'▸' if is_now else ' '} {candidate.charset:{NAME_CELLS}}", "key"),
        (f" {candidate.score:4.2f}{said}", "plain"),
        (lost, "trouble"),
    ]
    return [head, [(f"     {candidate.line}", "plain")]]
