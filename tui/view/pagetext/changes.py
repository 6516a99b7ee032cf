"""What changed from one text to another, as rows for the screen: aligned, and what is the same folded."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from tui.core.answers import Difference, DifferenceKind
from tui.core.i18n import tr
from tui.core.model import Document, Edit, Rows
from tui.text.words.cells import ELLIPSIS, fit, visible, wrap
from tui.view.pagetext.brief import how_sure
from tui.view.pagetext.flow import Place, Walk
from tui.view.pagetext.rows import Row
from tui.view.pagetext.text import Mark, MarkedRun, describe_edit, runs
from tui.view.state.comparing import ComparedTexts

CONTEXT_CHARS = 60
"""Unchanged characters of a paragraph that are shown around a change."""
HUNK_CHARS = 800
"""Longest stretch of a paragraph that is shown as one, and of paragraphs that are gone or new."""
LONGEST_CHARS = 4 * HUNK_CHARS
"""Longest stretch that is wrapped at once, where all of it is one change."""
SIDE_BY_SIDE_CELLS = 98
"""From this width on, before and after stand side by side; else one above the other."""
NAME_CELLS = 28
"""Cells of the name of each of two texts; behind them stands how much changed."""
_LOOKS: dict[DifferenceKind, str] = {
    "removed": "removed",
    "added": "added",
    "moved_away": "moved",
    "moved_here": "moved",
    "words": "plain",
}
_SIGNS: dict[DifferenceKind, str] = {
    "words": "-+",
    "removed": "- ",
    "added": " +",
    "moved_away": "~ ",
    "moved_here": " ~",
}


class Hunk(NamedTuple):
    """A stretch of a line of both texts, with the changes in it; whole lines of one of them, or a part of a long one; or
    what is left at the end."""

    same: int
    """Paragraphs before it that are the same."""
    kind: DifferenceKind | None
    """None: nothing changes any more."""
    line: int
    """Number of its line in the text after, from 1; of one that is gone, in the text before."""
    before: tuple[int, int] = (0, 0)
    after: tuple[int, int] = (0, 0)
    first: int = 0
    """Index of its first change, and of the one after its last."""
    last: int = 0
    is_first: bool = True
    """Else it goes on with the change of the hunk before."""


class Sides(NamedTuple):
    """Two texts, what changed, and what is to be said of it."""

    before: str
    after: str
    changes: Rows[Difference]
    heading: Callable[[int], str]
    """Says what all that is, of so many hunks."""
    label: Callable[[Hunk], str]
    """Says above a hunk where it is, and why; empty: nothing that the hunk doesn't show."""
    describe: Callable[[int], str]
    """Says in a line what a change is."""
    look: Callable[[int], str]
    """Name of the look of what is new in a change."""
    is_signed: bool = True
    """Lines may be gone, new or moved; else each stands on both sides, and these say which is which."""


def of_repairs(document: Document) -> Sides:
    """A page before and after its repairs."""
    text, edits = document.text, document.edits
    columns = [edits.column(name) for name in ("start", "end", "before")] if edits else [(), (), ()]
    parts, spans, at, length = [], [], 0, 0
    for start, end, before in zip(*columns, strict=True):
        parts += [text[at:start], before]
        length += start - at
        spans.append(("words", length, length + len(before), start, end, -1))
        length, at = length + len(before), end
    sure = edits.column("certainty") if edits else ()

    def heading(hunks: int) -> str:
        counts = summary(document)
        return tr(
            "Repairs  {counts}  in {places:,} places" if hunks != 1 else "Repairs  {counts}  in {places} place",
            counts=counts,
            places=hunks,
        )

    return Sides(
        "".join([*parts, text[at:]]),
        text,
        Rows.from_tuples(Difference, spans),
        heading,
        lambda hunk: _repairs_in(hunk, edits[hunk.first : hunk.last]),
        lambda index: describe_edit(edits[index]),
        lambda index: "probable" if sure[index] == "probable" else "edit",
        is_signed=False,
    )


def of_texts(comparison: ComparedTexts) -> Sides:
    """Two texts that were compared."""
    before, after, changes = comparison.before, comparison.after, comparison.compared.changes

    def heading(_hunks: int) -> str:
        count, coarse = len(changes), comparison.compared.coarse
        left, right = (fit(name, NAME_CELLS) for name in comparison.names)
        said = [f"- {left}   + {right}"]
        said.append(tr("1 change" if count == 1 else "{count:,} changes", count=count))
        if coarse:
            said.append(
                tr(
                    "1 paragraph not compared word by word"
                    if coarse == 1
                    else "{count:,} paragraphs not compared word by word",
                    count=coarse,
                )
            )
        return "   ".join(said)

    def label(hunk: Hunk) -> str:
        change = changes[hunk.first]
        if change.other < 0 or not hunk.is_first:
            return ""
        if hunk.kind == "moved_away":
            return tr("moved to line {number:,}", number=after.count("\n", 0, change.other) + 1)
        return tr("moved from line {number:,}", number=before.count("\n", 0, change.other) + 1)

    def describe(index: int) -> str:
        change = changes[index]
        gone = before[change.start_before : min(change.end_before, change.start_before + HUNK_CHARS)]
        new = after[change.start_after : min(change.end_after, change.start_after + HUNK_CHARS)]
        if change.other >= 0:
            return f"{tr('moved')}: {gone or new}"
        return f"{gone or tr('nothing')} → {new or tr('nothing')}"

    return Sides(before, after, changes, heading, label, describe, lambda _index: "edit")


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


def _repairs_in(hunk: Hunk, edits: Sequence[Edit]) -> str:
    names = Counter(name for edit in edits for name in ({step.repair for step in edit.steps} or {edit.repair}))
    probable = sum(edit.certainty == "probable" for edit in edits)
    sure = how_sure("probable" if probable else "certain")
    if 0 < probable < len(edits):
        sure = tr("{count} of {edits} guessed", count=probable, edits=len(edits))
    counts = ", ".join(f"{name} {count}" for name, count in names.items())
    return f"{tr('line {number:,}', number=hunk.line)}  {counts}  {sure}"


def hunks(before: str, after: str, changes: Rows[Difference]) -> list[Hunk]:
    """Return the stretches that hold changes, in order; those near each other in a paragraph share one."""
    if not changes:
        return []
    made: list[Hunk] = []
    names = ("kind", "start_before", "end_before", "start_after", "end_after")
    kinds, starts, ends, starts_after, ends_after = map(changes.column, names)
    number, number_after = _LineNumbers(before), _LineNumbers(after)
    shown, index = 0, 0  # what of the text after has been shown, or counted
    while index < len(kinds):
        start_after = starts_after[index]
        if kinds[index] != "words":
            same = _paragraphs(after, shown, start_after)
            is_left = kinds[index] in ("removed", "moved_away")
            line = number.of(starts[index]) if is_left else number_after.of(start_after)
            made += _whole(
                changes[index],
                before if is_left else after,
                is_left,
                Hunk(same, kinds[index], line, first=index, last=index + 1),
            )
            shown = max(shown, start_after if is_left else ends_after[index])
            index += 1
            continue
        begin = before.rfind("\n", 0, starts[index]) + 1
        begin_after = after.rfind("\n", 0, start_after) + 1
        same = _paragraphs(after, shown, begin_after)
        lead = min(starts[index] - begin, start_after - begin_after, CONTEXT_CHARS)
        begin, begin_after, last = starts[index] - lead, start_after - lead, index + 1
        stop, stop_after = _line_end(before, ends[index]), _line_end(after, ends_after[index])
        while (
            last < len(kinds)
            and kinds[last] == "words"
            and starts_after[last] <= stop_after
            and starts[last] <= stop
            and starts_after[last] - ends_after[last - 1] <= 2 * CONTEXT_CHARS
            and max(ends_after[last] - begin_after, ends[last] - begin) <= HUNK_CHARS
        ):
            last += 1
        rest = min(stop - ends[last - 1], stop_after - ends_after[last - 1], CONTEXT_CHARS)
        spans = (begin, ends[last - 1] + rest), (begin_after, ends_after[last - 1] + rest)
        made += _parts(Hunk(same, "words", number_after.of(begin_after), *spans, index, last))
        shown, index = stop_after, last
    if same := _paragraphs(after, shown, len(after)):
        made.append(Hunk(same, None, 0, (0, 0), (0, 0), len(kinds), len(kinds)))
    return made


def _parts(hunk: Hunk) -> Iterator[Hunk]:
    """A stretch as such as take no time to be wrapped: only what is all one change is that long."""
    spans = hunk.before, hunk.after
    for skipped in range(0, max(1, *(end - start for start, end in spans)), LONGEST_CHARS):
        before, after = ((min(start + skipped, end), min(start + skipped + LONGEST_CHARS, end)) for start, end in spans)
        yield hunk._replace(before=before, after=after)
        hunk = hunk._replace(same=0, is_first=False)


def _whole(change: Difference, text: str, is_left: bool, like: Hunk) -> Iterator[Hunk]:
    """The paragraphs of a change of whole ones: as many at once as take no time to be wrapped, or a part of a long one."""
    start, end = (change.start_before, change.end_before) if is_left else (change.start_after, change.end_after)
    while start < end:
        stop = min(start + HUNK_CHARS, end)
        if stop < end and (cut := text.rfind("\n", start + 1, stop + 1)) > 0:
            stop = cut
        if not text[start:stop].isspace():
            yield like._replace(before=(start, stop)) if is_left else like._replace(after=(start, stop))
            like = like._replace(same=0, is_first=False)
        like, start = like._replace(line=like.line + text.count("\n", start, stop)), stop


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def _paragraphs(text: str, start: int, end: int) -> int:
    """How many lines in a stretch hold more than spaces."""
    return sum(bool(line) and not line.isspace() for line in text[start:end].split("\n")) if start < end else 0


class _LineNumbers:
    """Counts lines on the way through a text."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._line = text, 0, 1

    def of(self, place: int) -> int:
        """The number, from 1, of the line of a place that is not before the last one."""
        self._line += self._text.count("\n", self._at, place)
        self._at = max(place, self._at)
        return self._line


class DiffRow(NamedTuple):
    """One row of the screen: what is above a hunk, or what was beside what is."""

    folded: str = ""
    """Says how much is the same."""
    label: str = ""
    before: list[MarkedRun] | None = None
    after: list[MarkedRun] | None = None
    signs: str = "  "
    """What stands before the one and the other."""


class DiffFlow(Walk[DiffRow]):
    """The rows of all hunks, for a width in cells."""

    def __init__(self, sides: Sides, stretches: Sequence[Hunk], cells: int, *, wide: bool) -> None:
        super().__init__(len(stretches))
        self._sides, self._hunks = sides, stretches
        self.is_side_by_side = cells >= SIDE_BY_SIDE_CELLS
        self.is_signed = sides.is_signed or not self.is_side_by_side
        lead = 3 if self.is_signed else 1
        self.half = cells // 2 - lead - 1 if self.is_side_by_side else cells - lead
        """Cells for each of the two texts, beside its sign."""
        self.left = lead + self.half + 1
        """Cells of the left side."""
        self._wide = wide
        self._lasts = [hunk.last for hunk in stretches]

    def lay_out(self, piece: int) -> list[DiffRow]:
        """What is above, then before and after."""
        hunk = self._hunks[piece]
        folded = tr("1 paragraph the same" if hunk.same == 1 else "{count:,} paragraphs the same", count=hunk.same)
        label = "" if hunk.kind is None else self._sides.label(hunk)
        rows = [DiffRow(f"{ELLIPSIS} {folded} {ELLIPSIS}" if hunk.same else "", label)] if hunk.same or label else []
        before, after = self._wrapped(piece, is_left=True), self._wrapped(piece, is_left=False)
        signs = _SIGNS[hunk.kind] if hunk.kind else "  "
        if not self.is_side_by_side:
            rows += [DiffRow(before=row, signs=signs[0] if begins else " ") for row, begins in before]
            return rows + [DiffRow(after=row, signs=signs[1] if begins else " ") for row, begins in after]
        for left, right in zip_longest(before, after, fillvalue=(None, False)):
            rows.append(DiffRow(before=left[0], after=right[0], signs=signs if left[1] or right[1] else "  "))
        return rows

    def _wrapped(self, piece: int, *, is_left: bool) -> list[tuple[list[MarkedRun], bool]]:
        """The rows of one side, each with whether it is the first of a line, or of what is shown of that."""
        hunk = self._hunks[piece]
        text, (start, end) = (self._sides.before, hunk.before) if is_left else (self._sides.after, hunk.after)
        if hunk.kind is None or (start == end and (hunk.kind != "words" or not hunk.is_first)):
            return []
        marks, base = list(self._marks(hunk, is_left=is_left)), _LOOKS[hunk.kind]
        if hunk.kind == "words":
            goes_on = piece + 1 < len(self._hunks) and not self._hunks[piece + 1].is_first
            lead = ELLIPSIS if hunk.is_first and start and text[start - 1] != "\n" else ""
            rest = ELLIPSIS if not goes_on and end < len(text) and text[end] != "\n" else ""
            return self._line_rows(
                f"{lead}{text[start:end]}{rest}", start - len(lead), marks, base, begins=hunk.is_first
            )
        rows: list[tuple[list[MarkedRun], bool]] = []
        begins, at = hunk.is_first or text[start - 1 : start] in ("", "\n"), start
        for line in text[start:end].split("\n"):
            if line and not line.isspace():
                rows += self._line_rows(line, at, marks, base, begins=begins)
            begins, at = True, at + len(line) + 1
        return rows

    def _line_rows(
        self, line: str, at: int, marks: Sequence[Mark], base: str, *, begins: bool
    ) -> list[tuple[list[MarkedRun], bool]]:
        """Wrap what stands at a place of the text."""
        shown = visible(line)
        starts = wrap(shown, self.half, wide=self._wide)
        moved = [(a - at, b - at, name) for a, b, name in marks]
        rows = (Row(a, b, shown[a:b], a == 0) for a, b in zip(starts, [*starts[1:], len(shown)], strict=True))
        return [(runs(row, moved, base), begins and not row.start) for row in rows]

    def _marks(self, hunk: Hunk, *, is_left: bool) -> Iterator[Mark]:
        """Marks on the changes of one side, numbered so that one of them can stand out."""
        changes = self._sides.changes
        for number in range(hunk.first, hunk.last):
            names = ("start_before", "end_before") if is_left else ("start_after", "end_after")
            start, end = (changes.column(name)[number] for name in names)
            if hunk.kind == "words":
                yield start, end, "gone" if is_left else self._sides.look(number)
            yield start, end, f"#{number}"

    def place_of(self, change: int) -> Place:
        """The first row that shows a change."""
        piece = bisect_right(self._lasts, change)
        name = f"#{change}"
        rows = enumerate(self.rows_of(piece))
        return next((Place(piece, at) for at, row in rows if _shows(row, name)), Place(piece, 0))

    def change_at(self, place: Place, present: int) -> int:
        """Index of the first change that a row shows; of a row without one, `present` if it is near, or else the first one near."""
        hunk, row = self._hunks[place.piece], self.row(place)
        if hunk.kind is None:
            return present
        shown = [index for index in range(hunk.first, hunk.last) if row is not None and _shows(row, f"#{index}")]
        if present in shown or (not shown and hunk.first <= present < hunk.last):
            return present
        return shown[0] if shown else hunk.first


def _shows(row: DiffRow, name: str) -> bool:
    return any(name in run.names for side in (row.before, row.after) for run in side or ())
