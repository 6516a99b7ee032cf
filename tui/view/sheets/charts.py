"""How many pages have each value of a field, as bars that grow while pages are counted; a group is chosen from them."""

import os
import re
from collections.abc import Mapping, Sequence
from time import monotonic
from typing import ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.strip import Strip

from tui.choosing.groups import ValueGroup
from tui.core.i18n import tr
from tui.text.words.cells import fit, pad, visible, width
from tui.view.panes.statusline import Hint
from tui.view.sheets.sheet import ListSheet, SheetPane
from tui.view.state.jobs import Count
from tui.view.terminal.look import Look, strip

Ink = Literal["eighths", "blanks", "signs"]
"""What bars are made of: blanks with a finer end, blanks, or # where nothing can be told by reverse video."""

_EIGHTHS = " ▏▎▍▌▋▊▉"
_COARSE = re.compile(r"linux|vt\d+$|.*-m(ono)?$")
"""Values of TERM that stand for terminals without the blocks that are finer than half a cell."""


def ink(environment: Mapping[str, str]) -> Ink:
    """Return what bars are made of on this terminal.

    >>> ink({"TERM": "xterm", "LANG": "C.UTF-8"}), ink({"TERM": "xterm", "LANG": "C"}), ink({"TERM": "dumb"})
    ('eighths', 'blanks', 'signs')
    """
    term = environment.get("TERM", "")
    if term in ("", "dumb", "unknown"):
        return "signs"
    locale = environment.get("LC_ALL") or environment.get("LC_CTYPE") or environment.get("LANG") or ""
    is_utf8 = "utf-8" in locale.lower() or "utf8" in locale.lower()
    return "eighths" if is_utf8 and not _COARSE.match(term) else "blanks"


def bar(part: int, most: int, cells: int, of: Ink) -> tuple[str, str]:
    """Return the cells of a bar and its end, which is finer than a cell; `most` takes all cells, and one is to be seen.

    >>> bar(5, 10, 3, "eighths"), bar(1, 999, 9, "eighths"), bar(1, 999, 9, "blanks"), bar(0, 9, 9, "signs")
    ((' ', '▌'), ('', '▏'), (' ', ''), ('', ''))
    """
    if not part:
        return "", ""
    eighths = max(1, round(8 * cells * part / most))
    if of == "eighths":
        return " " * (eighths // 8), _EIGHTHS[eighths % 8].strip()
    return (" " if of == "blanks" else "#") * max(1, round(eighths / 8)), ""


MOST_BAR_CELLS = 48
"""Longer bars say no more, and cost a byte a cell."""
LEAST_BAR_CELLS = 10
MOST_NAME_CELLS = 48
MEASURED_GROUPS = 500
"""Groups whose names are measured; there may be as many as pages."""


class ChartPane(SheetPane):
    """One row a group: its name, its pages, their share, of rules what they drop in order and alone, and a bar."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "")
        self._ink = ink(os.environ)
        self.groups: Sequence[ValueGroup] = ()
        self._pages = self._most = 0
        self._digits = self._name_cells = 1
        self._step_digits = 0
        """Columns of what a rule drops in order, and of what it alone drops; 0: these are no rules."""

    def chart(self, groups: Sequence[ValueGroup], pages: int, cursor: int) -> None:
        """Show groups of so many pages in all, with the cursor on one of them."""
        self.groups, self._pages = groups, pages
        # Pages without a value are often most of all, and would leave nothing to be seen of the others.
        self._most = max((len(group.members) for group in groups if group.name), default=0)
        self._digits = max((len(f"{len(group.members):,}") for group in groups), default=1)
        steps = [f"{max(group.first, group.only):,}" for group in groups if group.first >= 0]
        self._step_digits = max(map(len, steps), default=0)
        measured = groups[:MEASURED_GROUPS]
        self._name_cells = max((width(_name(group), wide=self.wide) for group in measured), default=0)
        self.go_to(cursor)

    def count(self) -> int:
        return len(self.groups)

    def paint(self, y: int) -> Strip:
        index = self.top + y
        if index >= len(self.groups):
            return strip([], self.cells, wide=self.wide)
        group, is_here = self.groups[index], index == self.cursor
        # A time without pages is there for the axis only.
        plain = self.look.style("cursor") if is_here else None if group.members else self.look.style("note")
        label = f" {self._padded(_name(group))}  {len(group.members):>{self._digits},}  {self._share(group):>5} {self._steps(group)}"
        room = min(MOST_BAR_CELLS, self.cells - width(label, wide=self.wide) - 2)
        part = min(len(group.members), self._most)
        full, end = bar(part, self._most, room, self._ink) if room > 0 else ("", "")
        # The cursor covers what stands before the bar: over it, or beside it, it would be part of it.
        inked = None if self._ink == "signs" else self.look.style("bar")
        return strip([(label, plain), (" ", None), (full, inked), (end, None)], self.cells, wide=self.wide)

    def _padded(self, name: str) -> str:
        room = self.cells - self._digits - 11 - LEAST_BAR_CELLS - 2 * (self._step_digits and self._step_digits + 2)
        cells = max(min(self._name_cells, MOST_NAME_CELLS, room), 4)
        return pad(fit(name, cells, wide=self.wide), cells, wide=self.wide)

    def _steps(self, group: ValueGroup) -> str:
        """What a rule drops in order, and what it alone drops."""
        if not self._step_digits:
            return ""
        counts = (f"{count:,}" if count >= 0 else "" for count in (group.first, group.only))
        return "".join(f" {count:>{self._step_digits}} " for count in counts)

    def _share(self, group: ValueGroup) -> str:
        if not group.members:
            return ""
        part = 100 * len(group.members) / self._pages
        return "<0.1%" if part < 0.1 else f"{part:.0f}%" if part >= 10 else f"{part:.1f}%"


def _name(group: ValueGroup) -> str:
    return visible(group.name) if group.name else tr("(none)")


REDRAW_S = 0.5
"""Seconds between two times that a chart is drawn while it grows: each costs a kilobyte or two."""


class ChartSheet(ListSheet[ValueGroup | Literal["sample"]]):
    """Grows until all pages are counted, and gives back the group that was chosen; closing it ends the counting.

    `sample`: some pages of each group are wanted.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("S", "back", "back", id="chart-back"),
        Binding("o", "reorder", "by size, or by name or time", id="chart-order"),
        Binding("x", "sample", "some pages of each group, at random", id="chart-sample"),
        Binding("ctrl+c", "stop", "stop counting, or back", id="chart-stop"),
    ]

    def __init__(self, look: Look, count: Count) -> None:
        """Whoever doesn't want to wait for all pages stops the count."""
        self._chart = ChartPane(look)
        super().__init__(self._chart)
        self._count, self._is_reordered = count, False
        self._due = 0.0
        count.on_step = self._step

    def on_mount(self) -> None:
        """Show what is counted already."""
        self.show()

    def _step(self) -> None:
        since = monotonic()
        if self._count.is_over or since > self._due:
            self.show()
            # As many groups as pages take their time, which keys need more.
            self._due = monotonic() + max(REDRAW_S, 10 * (monotonic() - since))

    def show(self) -> None:
        """Show the groups as they are now."""
        groups, pages = self._count.groups, self._count.pages
        values = {"field": groups.field, "pages": pages, "looked": groups.pages}
        if not self._count.is_over:
            heading = tr("Pages by {field}: {looked:,} of {pages:,}…", **values)
        elif groups.pages < pages:
            heading = tr("Pages by {field}: the first {looked:,} of {pages:,}", **values)
        else:
            heading = tr("Pages by {field}: {pages:,}", **values)
        if groups.is_of_rules:
            heading = f"{heading} · {tr('dropped by each, in order, by it only')}"
        if self.is_attached:
            self._chart.rename(heading)
            self.keys_row.show(self.hints())
            self._draw()

    def hints(self) -> Sequence[Hint]:
        these = ("ENTER", tr("only these"))
        if not self._count.is_over:
            return these, ("Ctrl-C", tr("stop"))
        return these, ("x", tr("a few of each")), ("o", tr("order"))

    def _draw(self) -> None:
        before = self._chart.groups[self._chart.cursor].name if self._chart.cursor else None
        groups = self._count.groups.groups()
        if self._is_reordered and self._count.groups.is_ordered:
            groups.sort(key=lambda group: -len(group.members))
        elif self._is_reordered:
            groups.sort(key=lambda group: (not group.name, group.name))
        at = next((at for at, group in enumerate(groups) if group.name == before), 0)
        self._chart.chart(groups, self._count.groups.pages, at)

    def action_reorder(self) -> None:
        """By size, or else by name or time."""
        self._is_reordered = not self._is_reordered
        self._draw()

    def action_sample(self) -> None:
        """Close, for some pages of each group are wanted."""
        self.dismiss("sample")

    def action_stop(self) -> None:
        """Count no more pages, and stay with those that are counted; go back if all are."""
        if self._count.is_over:
            self.dismiss(None)
        else:
            self._count.stop()
            self.show()

    def chosen(self, row: int) -> ValueGroup:
        return self._chart.groups[row]
