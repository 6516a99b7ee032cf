"""The lists from which one chooses how the open page is read: in which charset, and with which repairs."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.core.i18n import tr, tr_claim, tr_name
from tui.core.model import Candidate, CharsetReadings, Effect, Options
from tui.core.values import dataclass, replace
from tui.text.words.cells import fit, pad
from tui.view.panes.statusline import Hint
from tui.view.sheets.sheet import Line, ListSheet, SheetPane
from tui.view.state.pages import switch, toggle_probable
from tui.view.terminal.look import Look

CHARSET_CELLS = 15
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
    """Lists the candidates, the chosen one and then the likeliest, under the way back to finding out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("E", "back", "back", id="charset-back"),
        Binding("a", "choose_for_all", "read all pages with it", id="charset-for-all"),
    ]

    def __init__(self, look: Look, readings: CharsetReadings) -> None:
        super().__init__(SheetPane(look, tr("Charset"), tall=2))
        self._readings = readings
        candidates = readings.candidates
        self._offered = [each for at, each in enumerate(candidates) if at < FEWEST or _is_plausible(each, readings)]
        self._left = [each for each in candidates if each not in self._offered]

    def hints(self) -> Sequence[Hint]:
        return (("ENTER", tr("for this page")), ("a", tr("for all pages")))

    def on_mount(self) -> None:
        """Show the candidates, with the cursor on the one that is in use."""
        names = [candidate.charset for candidate in self._offered]
        now = self._readings.charset.name
        self._show(names.index(now) + 1 if now in names else 0)

    def _show(self, cursor: int) -> None:
        now = self._readings.charset
        first: Line = [
            (f"  {tr('automatic')}", "key"),
            (f"  {tr('detected from the bytes and the labels')}", "note"),
        ]
        entries = [[first], *(_lines(each, is_now=each.charset == now.name) for each in self._offered)]
        if self._left:
            more = tr("{count} more are unlikely (ENTER shows them)", count=len(self._left))
            entries.append([[(f"  {more}", "note")]])
        self.list.show(entries, cursor)

    def chosen(self, row: int) -> CharsetChosen:
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


def _is_plausible(candidate: Candidate, readings: CharsetReadings) -> bool:
    return bool(candidate.by) or candidate.charset == readings.charset.name or candidate.score >= PLAUSIBLE_SCORE


def _lines(candidate: Candidate, *, is_now: bool) -> list[Line]:
    claim = f"  {tr('by {claim}', claim=tr_claim(candidate.by))}" if candidate.by else ""
    lost = f"  {tr('{count:,} lost', count=candidate.lost)}" if candidate.lost else ""
    head: Line = [
        (f"{'▸' if is_now else ' '} {candidate.charset:{CHARSET_CELLS}}", "key"),
        (f" {candidate.score:4.2f}{claim}", "plain"),
        (lost, "trouble"),
    ]
    return [head, [(f"     {candidate.line}", "plain")]]


REPAIR_CELLS = 18
SAMPLE_CELLS = 24
"""Cells of what stood in a place, and of what would."""


class RepairSheet(ListSheet[Options]):
    """Lists the repairs in the order in which they run, and last the guessed edits of all; gives back the choice."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,x", "switch", "on or off", id="repairs-switch"),
        Binding("P", "back", "back", id="repairs-back"),
    ]

    def __init__(self, look: Look, effects: Sequence[Effect], options: Options) -> None:
        super().__init__(SheetPane(look, tr("Repairs"), tall=2))
        self._effects, self._options = effects, options

    def hints(self) -> Sequence[Hint]:
        return (("SPACE", tr("on or off")), ("ENTER", tr("apply to all pages")))

    def on_mount(self) -> None:
        """Show what there is, with the cursor on the first that is off and would do something."""
        wanted = (at for at, effect in enumerate(self._effects) if effect.count and not effect.is_on)
        self._show(next(wanted, 0))

    def _show(self, cursor: int) -> None:
        probable = sum(effect.probable for effect in self._effects if self._is_on(effect))
        count = tr("{count:,} in those turned on", count=probable) if not self._options.certain else ""
        last = [
            _head(tr("guessed edits"), count, is_on=not self._options.certain),
            _below(tr("chosen by likelihood, not proved by the bytes")),
        ]
        self.list.show([*(self._entry(effect) for effect in self._effects), last], cursor)

    def _is_on(self, effect: Effect) -> bool:
        is_asked = not effect.is_optional or effect.name in self._options.also
        return effect.name not in self._options.without and is_asked

    def _entry(self, effect: Effect) -> list[Line]:
        is_on = self._is_on(effect)
        head = _head(effect.name, _summary(effect, is_on=is_on), is_on=is_on)
        if effect.count:
            # Not only where it is off: one wants to see what would be lost.
            sample = f"{fit(effect.before, SAMPLE_CELLS)} → {fit(effect.after, SAMPLE_CELLS) or tr('nothing')}"
            return [head, _below(tr("such as {sample}", sample=sample))]
        return [head, _below(tr_name(effect.about))]

    def action_switch(self) -> None:
        """Switch what is under the cursor on or off."""
        row = self.list.cursor
        if row < len(self._effects):
            effect = self._effects[row]
            self._options = switch(self._options, effect.name, is_optional=effect.is_optional)
        else:
            self._options, _said_so = toggle_probable(self._options)
        self._show(row)

    def chosen(self, row: int) -> Options:  # noqa: ARG002 - whatever the cursor is on
        return self._options


def _summary(effect: Effect, *, is_on: bool) -> str:
    if not effect.count:
        return tr("nothing to do here")
    notice = (
        tr("{count:,} edits", count=effect.count) if is_on else tr("{count:,} edits if turned on", count=effect.count)
    )
    return f"{notice}, {tr('{count:,} guessed', count=effect.probable)}" if effect.probable else notice


def _head(name: str, note: str, *, is_on: bool) -> Line:
    return [(f" [{'x' if is_on else ' '}] {pad(name, REPAIR_CELLS)}", "key" if is_on else "plain"), (note, "plain")]


def _below(note: str) -> Line:
    return [(f"     {note}", "note")]
