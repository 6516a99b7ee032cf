"""A page before and after its repairs: the stretches of it that changed, and rows that show them side by side."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tui.i18n import tr, tr_name
from tui.model import Document, Edit, Rows
from tui.text.cells import visible, wrap
from tui.view.flow import Row
from tui.view.pagetext import Mark, Run, runs
from tui.view.walk import Place, Walk

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
    before: list[Run] | None
    after: list[Run] | None


def hunks(text: str, edits: Rows[Edit]) -> list[Hunk]:
    """Return the stretches of a repaired text that hold edits, in order; edits near each other share one."""
    if not edits:
        return []
    starts, ends = edits.column("start"), edits.column("end")
    found: list[Hunk] = []
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
        found.append(Hunk(line, begin, min(stop, ends[last - 1] + CONTEXT_CHARS), index, last))
        index = last
    return found


def _is_near(begin: int, previous_end: int, start: int, end: int) -> bool:
    return start - previous_end <= 2 * CONTEXT_CHARS and end - begin <= HUNK_CHARS


def summary(document: Document) -> str:
    """Say how often each repair acted, and how sure it was.

    >>> from dataclasses import replace
    >>> from tui.model import Ref, RepairCount
    >>> page = Document.unread(Ref("a", 0))
    >>> summary(replace(page, repairs=(RepairCount("entities", 2, "certain"),)))
    'entities 2'
    """
    sure = Counter(document.edits.column("certainty")) if document.edits else Counter()
    parts = [f"{repair.name} {repair.count:,}" for repair in document.repairs]
    if sure["probable"]:
        parts += [f"{tr_name(name)} {sure[name]:,}" for name in ("certain", "probable")]
    return " · ".join(parts)


class DiffFlow(Walk[DiffRow]):
    """The rows of all hunks, for a width in cells."""

    def __init__(self, document: Document, found: Sequence[Hunk], cells: int, *, wide: bool) -> None:
        super().__init__(len(found))
        self._document, self._hunks = document, found
        self.is_side_by_side = cells >= SIDE_BY_SIDE_CELLS
        self.half = (cells - 3) // 2 if self.is_side_by_side else cells - 2
        """Cells for each of the two texts."""
        self._wide = wide
        self._lasts = [hunk.last for hunk in found]

    def lay_out(self, piece: int) -> list[DiffRow]:
        """As in `Walk`: a heading, then before and after."""
        hunk = self._hunks[piece]
        edits = self._document.edits[hunk.first : hunk.last]
        before = self._wrapped(hunk, edits, lambda edit: edit.before, "gone")
        after = self._wrapped(hunk, edits, lambda edit: edit.after, "edit")
        rows = [DiffRow(_heading(hunk, edits), None, None)]
        if not self.is_side_by_side:
            return [*rows, *(DiffRow("", row, None) for row in before), *(DiffRow("", None, row) for row in after)]
        most = max(len(before), len(after))
        pad: list[list[Run]] = [[]] * most
        pairs = zip([*before, *pad][:most], [*after, *pad][:most], strict=True)
        return [*rows, *(DiffRow("", left, right) for left, right in pairs)]

    def _wrapped(self, hunk: Hunk, edits: list[Edit], side: Callable[[Edit], str], name: str) -> list[list[Run]]:
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
    sure = (
        tr("{count} of {edits} probable", count=probable, edits=len(edits))
        if 0 < probable < len(edits)
        else tr("probable" if probable else "certain")
    )
    counts = ", ".join(f"{name} {count}" for name, count in names.items())
    return f"{tr('line {number:,}', number=hunk.line)}  {counts}  {sure}"
