"""The repairs with what each does to the open page, or would do, to be switched on and off."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.i18n import tr, tr_name
from tui.model import Effect, Options
from tui.text.cells import fit, pad
from tui.view.look import Look
from tui.view.settings import Settings
from tui.view.sheet import Line, ListSheet, SheetPane
from tui.view.wishes import switch, toggle_probable

NAME_CELLS = 18
SAMPLE_CELLS = 24
"""Cells of what stood in a place, and of what would."""


class RepairSheet(ListSheet[Options]):
    """Lists the repairs in the order in which they run, and last the probable edits of all; gives back the choice."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,x", "switch", "on or off", id="repairs-switch"),
        Binding("P", "back", "back", id="repairs-back"),
    ]

    def __init__(self, look: Look, settings: Settings, effects: Sequence[Effect], options: Options) -> None:
        heading = tr("Repairs  (SPACE: on/off; ENTER: read all pages so; q: back)")
        super().__init__(SheetPane(look, settings, heading, tall=2))
        self._effects, self._options = effects, options

    def on_mount(self) -> None:
        """Show what there is, with the cursor on the first that is off and would do something."""
        wanted = (at for at, effect in enumerate(self._effects) if effect.count and not effect.is_on)
        self._show(next(wanted, 0))

    def _show(self, cursor: int) -> None:
        probable = sum(effect.probable for effect in self._effects if self._is_on(effect))
        count = tr("{count:,} in those that are on", count=probable) if not self._options.certain else ""
        last = [
            _head(tr("probable edits"), count, is_on=not self._options.certain),
            _below(tr("what was chosen by likelihood, and does not follow from the bytes (also p)")),
        ]
        self.list.show([*(self._entry(effect) for effect in self._effects), last], cursor)

    def _is_on(self, effect: Effect) -> bool:
        is_asked = not effect.is_optional or effect.name in self._options.also
        return effect.name not in self._options.without and is_asked

    def _entry(self, effect: Effect) -> list[Line]:
        is_on = self._is_on(effect)
        head = _head(effect.name, _said(effect, is_on=is_on), is_on=is_on)
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
        """As in `ListSheet`."""
        return self._options


def _said(effect: Effect, *, is_on: bool) -> str:
    if not effect.count:
        return tr("nothing to do here")
    said = tr("{count:,} edits", count=effect.count) if is_on else tr("{count:,} edits if it is on", count=effect.count)
    return f"{said}, {tr('{count:,} probable', count=effect.probable)}" if effect.probable else said


def _head(name: str, said: str, *, is_on: bool) -> Line:
    return [(f" [{'x' if is_on else ' '}] {pad(name, NAME_CELLS)}", "key" if is_on else "plain"), (said, "plain")]


def _below(said: str) -> Line:
    return [(f"     {said}", "note")]
