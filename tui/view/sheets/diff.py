"""A page before and after its repairs, side by side over the whole screen: the stretches of it that changed."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.strip import Strip

from tui.core.i18n import tr
from tui.core.model import Document, Edit, Rows
from tui.text.words.cells import visible, wrap
from tui.view.pagetext.brief import how_sure
from tui.view.pagetext.flow import Place, Walk
from tui.view.pagetext.rows import Row
from tui.view.pagetext.sight import Motion
from tui.view.pagetext.text import Mark, MarkedRun, describe_edit, runs
from tui.view.panes.pane import Pane
from tui.view.panes.statusline import Status, StatusLine
from tui.view.sheets.sheet import Sheet
from tui.view.terminal.look import RULES, Look, strip

CONTEXT_CHARS = 60
"""Unchanged characters that are shown around a change."""
HUNK_CHARS = 800
"""Longest stretch that is shown as one."""
SIDE_BY_SIDE_CELLS = 76
"""From this width on, before and after stand side by side; else one above the other."""


class Hunk(NamedTuple):
    """A stretch of one line of the repaired text, with the edits in it."""

    line: int
    """Number of the line, from 1."""
    start: int
    end: int
    first: int
    """Index of its first edit, and of the one after its last."""
    last: int


class DiffRow(NamedTuple):
    """One row of the screen: a heading, or what was beside what is."""

    heading: str
    before: list[MarkedRun] | None
    after: list[MarkedRun] | None


def hunks(text: str, edits: Rows[Edit]) -> list[Hunk]:
    """Return the stretches of a repaired text that hold edits, in order; edits near each other share one."""
    if not edits:
        return []
    starts, ends = edits.column("start"), edits.column("end")
    stretches: list[Hunk] = []
    line, counted, index = 1, 0, 0
    while index < len(starts):
        begin = max(text.rfind("\n", 0, starts[index]) + 1, starts[index] - CONTEXT_CHARS)
        stop = text.find("\n", ends[index])
        stop = len(text) if stop < 0 else stop
        last = index + 1
        while last < len(starts) and starts[last] <= stop and _is_near(begin, ends[last - 1], starts[last], ends[last]):
            last += 1
        line += text.count("\n", counted, begin)
        counted = begin
        stretches.append(Hunk(line, begin, min(stop, ends[last - 1] + CONTEXT_CHARS), index, last))
        index = last
    return stretches


def _is_near(begin: int, previous_end: int, start: int, end: int) -> bool:
    return start - previous_end <= 2 * CONTEXT_CHARS and end - begin <= HUNK_CHARS


def summary(document: Document) -> str:
    """Say how often each repair acted, and how sure it was.

    >>> from dataclasses import replace
    >>> from tui.core.model import Ref, RepairCount
    >>> page = Document.unread(Ref("a", 0))
    >>> summary(replace(page, repairs=(RepairCount("entities", 2, "certain"),)))
    'entities 2'
    """
    sure = Counter(document.edits.column("certainty")) if document.edits else Counter()
    parts = [f"{repair.name} {repair.count:,}" for repair in document.repairs]
    if sure["probable"]:
        parts += [f"{how_sure(name)} {sure[name]:,}" for name in ("certain", "probable")]
    return " · ".join(parts)


class DiffFlow(Walk[DiffRow]):
    """The rows of all hunks, for a width in cells."""

    def __init__(self, document: Document, stretches: Sequence[Hunk], cells: int, *, wide: bool) -> None:
        super().__init__(len(stretches))
        self._document, self._hunks = document, stretches
        self.is_side_by_side = cells >= SIDE_BY_SIDE_CELLS
        self.half = (cells - 3) // 2 if self.is_side_by_side else cells - 2
        """Cells for each of the two texts."""
        self._wide = wide
        self._lasts = [hunk.last for hunk in stretches]

    def lay_out(self, piece: int) -> list[DiffRow]:
        """A heading, then before and after."""
        hunk = self._hunks[piece]
        edits = self._document.edits[hunk.first : hunk.last]
        before = self._wrapped(hunk, edits, lambda edit: edit.before, "gone")
        after = self._wrapped(hunk, edits, lambda edit: edit.after, "edit")
        rows = [DiffRow(_heading(hunk, edits), None, None)]
        if not self.is_side_by_side:
            return [*rows, *(DiffRow("", row, None) for row in before), *(DiffRow("", None, row) for row in after)]
        most = max(len(before), len(after))
        pad: list[list[MarkedRun]] = [[]] * most
        pairs = zip([*before, *pad][:most], [*after, *pad][:most], strict=True)
        return [*rows, *(DiffRow("", left, right) for left, right in pairs)]

    def _wrapped(self, hunk: Hunk, edits: list[Edit], side: Callable[[Edit], str], name: str) -> list[list[MarkedRun]]:
        text, marks = _side(self._document.text, hunk, edits, side, name)
        shown = visible(text)
        starts = wrap(shown, self.half, wide=self._wide)
        rows = (Row(a, b, shown[a:b], a == 0) for a, b in zip(starts, [*starts[1:], len(shown)], strict=True))
        return [runs(row, marks, "plain") for row in rows]

    def place_of(self, edit: int) -> Place:
        """The first row that shows an edit."""
        piece = bisect_right(self._lasts, edit)
        name = f"#{edit}"
        rows = enumerate(self.rows_of(piece))
        return next((Place(piece, at) for at, row in rows if _shows(row, name)), Place(piece, 0))

    def edit_at(self, place: Place, present: int) -> int:
        """Index of the first edit that a row shows; of a row without one, `present` if it is near, or else the first one near."""
        hunk, row = self._hunks[place.piece], self.row(place)
        shown = [index for index in range(hunk.first, hunk.last) if row is not None and _shows(row, f"#{index}")]
        if present in shown or (not shown and hunk.first <= present < hunk.last):
            return present
        return shown[0] if shown else hunk.first


def _shows(row: DiffRow, name: str) -> bool:
    return any(name in run.names for side in (row.before, row.after) for run in side or ())


def _side(text: str, hunk: Hunk, edits: list[Edit], side: Callable[[Edit], str], name: str) -> tuple[str, list[Mark]]:
    """One side of a hunk, and marks on its changes: by certainty, and numbered so that one of them can stand out."""
    parts, marks, at, length = [], [], hunk.start, 0
    for number, edit in enumerate(edits, hunk.first):
        parts += [text[at : edit.start], side(edit)]
        start = length + edit.start - at
        length = start + len(parts[-1])
        at = edit.end
        look = "probable" if edit.certainty == "probable" and name == "edit" else name
        marks += [(start, length, look), (start, length, f"#{number}")]
    return "".join([*parts, text[at : hunk.end]]), marks


def _heading(hunk: Hunk, edits: list[Edit]) -> str:
    names = Counter(name for edit in edits for name in ({step.repair for step in edit.steps} or {edit.repair}))
    probable = sum(edit.certainty == "probable" for edit in edits)
    sure = how_sure("probable" if probable else "certain")
    if 0 < probable < len(edits):
        sure = tr("{count} of {edits} guessed", count=probable, edits=len(edits))
    counts = ", ".join(f"{name} {count}" for name, count in names.items())
    return f"{tr('line {number:,}', number=hunk.line)}  {counts}  {sure}"


class DiffPane(Pane):
    """Goes through the stretches that changed; one edit is the present one."""

    DEFAULT_CSS = "DiffPane { width: 100%; height: 1fr; }"

    def __init__(self, look: Look, document: Document, edit: int) -> None:
        self._document = document
        self._hunks = hunks(document.text, document.edits)
        self._flow = DiffFlow(document, self._hunks, 80, wide=look.wide)
        super().__init__(look, "body", self._flow)
        self.is_active = True
        self.edit = edit
        """Index of the present edit: one of the line that is read, or near it."""

    def heading(self) -> str:
        return tr(
            "Repairs  {counts}  in {places:,} places"
            if len(self._hunks) != 1
            else "Repairs  {counts}  in {places} place",
            counts=summary(self._document),
            places=len(self._hunks),
        )

    def header(self, cells: int) -> str:  # noqa: ARG002 - as of all sheets
        return f" {self.heading()}"

    def resized(self) -> None:
        """Wrap anew, with the present edit in sight."""
        self._flow = DiffFlow(self._document, self._hunks, self.cells - 1, wide=self.wide)
        self.sight.rows = self._flow
        self.sight.fit(self.height)
        self.show_edit(self.edit)

    def show_edit(self, index: int) -> None:
        """Make an edit the present one, and read the first line that shows it."""
        self.edit = index % len(self._document.edits)
        self.sight.read(self._flow.place_of(self.edit))
        self.redraw()

    def move(self, motion: Motion, count: int | None) -> None:
        """An edit of the line becomes the present one."""
        super().move(motion, count)
        before, self.edit = self.edit, self._flow.edit_at(self.sight.line, self.edit)
        if self.edit != before:
            self.redraw()

    def paint(self, y: int) -> Strip:
        top = self.sight.top
        place = self._flow.move(top, y)
        row = self._flow.row(place)
        if row is None or (y and place == self._flow.move(top, y - 1)):
            return strip([], self.cells, wide=self.wide)
        if row.heading:
            return strip([(f" {row.heading}", self.look.style("group"))], self.cells, wide=self.wide)
        if not self._flow.is_side_by_side:
            sign, runs = ("-", row.before) if row.before is not None else ("+", row.after)
            parts = [(f" {sign} ", self.look.style("note")), *self._styled(runs or [])]
            return strip(parts, self.cells, wide=self.wide)
        left = strip([(" ", None), *self._styled(row.before or [])], self._flow.half + 1, wide=self.wide)
        rule = strip([(f" {RULES[self.wide]} ", self.look.style("rule"))], 3, wide=False)
        rest = self.cells - self._flow.half - 4
        return Strip.join([left, rule, strip(self._styled(row.after or []), rest, wide=self.wide)])

    def _styled(self, runs: list[MarkedRun]) -> list[tuple[str, Style | None]]:
        here = f"#{self.edit}"
        return [(run.text, self.look.style(*_looks(run.names, here))) for run in runs]


def _looks(names: tuple[str, ...], here: str) -> list[str]:
    looks = [name for name in names if not name.startswith("#")]
    return [*looks, "edit_now"] if here in names else looks


class DiffSheet(Sheet[int]):
    """Shows the repairs until it is closed; gives back the index of the edit to go to in the page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right_square_bracket", "edit(1)", "next repair", id="diff-next"),
        Binding("left_square_bracket", "edit(-1)", "previous repair", id="diff-previous"),
        Binding("enter", "choose", "there in the page", id="diff-choose"),
        Binding("D", "back", "back", id="diff-back"),
    ]

    def __init__(self, look: Look, document: Document, edit: int) -> None:
        self._diff = DiffPane(look, document, edit)
        super().__init__(self._diff)
        self._status = StatusLine(look)
        self._edits = document.edits

    def compose(self) -> ComposeResult:
        """The stretches, and below them what is known of the present edit."""
        yield self._diff
        yield self._status

    def on_mount(self) -> None:
        """Say what the present edit is."""
        self._tell()

    def action_move(self, motion: Motion) -> None:
        """Go to another line, and say what the edit in it is."""
        super().action_move(motion)
        self._tell()

    def action_edit(self, step: int) -> None:
        """Go to the next edit."""
        self._diff.show_edit(self._diff.edit + step)
        self._tell()

    def _tell(self) -> None:
        edit = self._edits[self._diff.edit]
        notice = f"{self._diff.edit + 1:,}/{len(self._edits):,}  {describe_edit(edit)}"
        keys = (("ENTER", tr("go there")), ("] [", tr("next, previous repair")))
        self._status.show(Status(name=notice, keys=keys, help=(("q", tr("back")),)), None)

    def action_choose(self) -> None:
        """Close, and go to the edit in the page."""
        self.dismiss(self._diff.edit)
