"""The charsets in which the open page could be read, to choose from: a line of the page under each."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.i18n import tr, tr_name
from tui.model import Candidate, Readings
from tui.values import dataclass, replace
from tui.view.look import Look
from tui.view.settings import Settings
from tui.view.sheet import Line, ListSheet, SheetPane

NAME_CELLS = 15
PLAUSIBLE_SCORE = 0.05
"""Candidates below it are shown when somebody asks for them; those whom somebody names always are."""
FEWEST = 4
"""Candidates that are shown at once however little sense they make."""


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
        heading = tr("Charset  (ENTER: for this page; a: for all; q: back)")
        super().__init__(SheetPane(look, settings, heading, tall=2))
        self._readings = readings
        found = readings.candidates
        self._offered = [each for at, each in enumerate(found) if at < FEWEST or _is_plausible(each, readings)]
        self._left = [each for each in found if each not in self._offered]

    def on_mount(self) -> None:
        """Show the candidates, with the cursor on the one that is in use."""
        names = [candidate.charset for candidate in self._offered]
        now = self._readings.charset.name
        self._show(names.index(now) + 1 if now in names else 0)

    def _show(self, cursor: int) -> None:
        now = self._readings.charset
        first: Line = [
            (f"  {tr('automatic')}", "key"),
            (f"  {tr('found out from the bytes and what the page says')}", "note"),
        ]
        entries = [[first], *(_lines(each, is_now=each.charset == now.name) for each in self._offered)]
        if self._left:
            more = tr("{count} more make hardly any sense of it (ENTER shows them)", count=len(self._left))
            entries.append([[(f"  {more}", "note")]])
        self.list.show(entries, cursor)

    def chosen(self, row: int) -> CharsetChosen:
        """As in `Sheet`."""
        return CharsetChosen(self._offered[row - 1].charset if row else None, for_all=False)

    def action_choose(self) -> None:
        """Close, and give back what is under the cursor; or show the rest."""
        row = self.list.cursor
        if row > len(self._offered):
            self._offered += self._left
            self._left = []
            self._show(row)
        else:
            self.dismiss(self.chosen(row))

    def action_choose_for_all(self) -> None:
        """Close, and give back what is under the cursor, for all pages."""
        if self.list.cursor <= len(self._offered):
            self.dismiss(replace(self.chosen(self.list.cursor), for_all=True))


def _is_plausible(candidate: Candidate, readings: Readings) -> bool:
    return bool(candidate.by) or candidate.charset == readings.charset.name or candidate.score >= PLAUSIBLE_SCORE


def _lines(candidate: Candidate, *, is_now: bool) -> list[Line]:
    said = f"  {tr('by {claim}', claim=tr_name(candidate.by))}" if candidate.by else ""
    lost = f"  {tr('{count:,} lost', count=candidate.lost)}" if candidate.lost else ""
    head: Line = [
        (f"{'▸' if is_now else ' '} {candidate.charset:{NAME_CELLS}}", "key"),
        (f" {candidate.score:4.2f}{said}", "plain"),
        (lost, "trouble"),
    ]
    return [head, [(f"     {candidate.line}", "plain")]]
