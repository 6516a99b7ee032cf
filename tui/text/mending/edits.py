"""Edits: changes of several repairs, one after the other, folded into one list that can be undone exactly."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import attrgetter

from tui.core.model import Certainty, Edit, Rows, Step
from tui.core.values import dataclass
from tui.text.repairs import Change, spliced


@dataclass(slots=True)
class _Piece:
    """A run that has changed since the start, with its text after each stage that touched it."""

    start: int
    """In the current text."""
    end: int
    first: int
    """Where it stood in the text before all repairs."""
    before: str
    stages: dict[int, str]
    """Stage number -> text after it, in order."""
    certainty: Certainty

    def text_after(self, stage: int) -> str:
        text = self.before
        for number, after in self.stages.items():
            if number <= stage:
                text = after
        return text


class EditLedger:
    """Keeps account of a text while repairs change it, stage by stage.

    >>> ledger = EditLedger("caf&eacute; 統(tǒng)")
    >>> ledger.enter("pinyin_gloss", [Change(12, 19, "統")])
    >>> ledger.text
    'caf&eacute; 統'
    >>> [(edit.before, edit.after) for edit in ledger.edits()]
    [('統(tǒng)', '統')]
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._repairs: list[str] = []
        self._pieces: list[_Piece] = []

    @classmethod
    def resumed(cls, text: str, edits: Iterable[Edit], repairs: Sequence[str]) -> "EditLedger":
        """Go on where edits were made of a text, by `repairs`, which ran in this order.

        >>> ledger = EditLedger.resumed("caf&eacute; 統", [Edit(12, 13, "統(tǒng)", "統", "gloss")], ["gloss"])
        >>> ledger.enter("entities", [Change(3, 11, "é")])
        >>> [(edit.start, edit.before, edit.repair) for edit in ledger.edits()]
        [(3, '&eacute;', 'entities'), (5, '統(tǒng)', 'gloss')]
        """
        ledger, drift = cls(text), 0
        ledger._repairs = list(repairs)
        for edit in edits:
            steps = edit.steps or (Step(edit.repair, edit.before, edit.after),)
            stages = {ledger._repairs.index(step.repair): step.after for step in steps}
            ledger._pieces.append(_Piece(edit.start, edit.end, edit.start + drift, edit.before, stages, edit.certainty))
            drift += len(edit.before) - (edit.end - edit.start)
        return ledger

    def enter(self, repair: str, changes: Sequence[Change]) -> None:
        """Apply a repair's changes to `text`.

        Raises ValueError if they are unsorted, overlap, reach outside of the text, or hold or make a line end.
        """
        _check(self.text, changes)
        changes = [change for change in changes if self.text[change.start : change.end] != change.after]
        stage = len(self._repairs)
        self._repairs.append(repair)
        if not changes:
            return
        pieces: list[_Piece] = []
        out: list[str] = []
        at = shift = drift = 0  # shift: current -> new text; drift: current text -> text before all repairs
        for old, new in _clusters(self._pieces, changes):
            start = min([p.start for p in old[:1]] + [c.start for c in new[:1]])
            end = max([p.end for p in old[-1:]] + [c.end for c in new[-1:]])
            out.append(self.text[at:start])
            after = spliced(self.text, ((change.start, change.end, change.after) for change in new), start, end)
            out.append(after)
            piece = self._merged(old, start, end, start + drift)
            if new:
                piece.stages[stage] = after
                if any(change.certainty == "probable" for change in new):
                    piece.certainty = "probable"
            drift += len(piece.before) - (end - start)
            piece.start = start + shift
            shift += len(after) - (end - start)
            piece.end = end + shift
            pieces.append(piece)
            at = end
        out.append(self.text[at:])
        self.text, self._pieces = "".join(out), pieces

    def _merged(self, old: list[_Piece], start: int, end: int, first: int) -> _Piece:
        """One piece for [start, end) of the current text, with the history of the pieces in it."""
        if len(old) == 1 and (old[0].start, old[0].end) == (start, end):
            return old[0]
        if not old:
            return _Piece(start, end, first, self.text[start:end], {}, "certain")

        def text_after(stage: int) -> str:
            return spliced(self.text, ((piece.start, piece.end, piece.text_after(stage)) for piece in old), start, end)

        stages = sorted({stage for piece in old for stage in piece.stages})
        certainty: Certainty = "probable" if any(piece.certainty == "probable" for piece in old) else "certain"
        return _Piece(start, end, first, text_after(-1), {stage: text_after(stage) for stage in stages}, certainty)

    def edits(self) -> Rows[Edit]:
        """Return all changes so far: sorted, adjacent ones merged, with steps where several repairs made one."""
        return Rows(Edit, [self._edit(piece) for piece in self._pieces if self._now(piece) != piece.before])

    def _now(self, piece: _Piece) -> str:
        return self.text[piece.start : piece.end]

    def _edit(self, piece: _Piece) -> Edit:
        steps, before = [], piece.before
        for stage, after in piece.stages.items():
            if after != before:
                steps.append(Step(self._repairs[stage], before, after))
            before = after
        return Edit(
            piece.start,
            piece.end,
            piece.before,
            self._now(piece),
            steps[0].repair,
            piece.certainty,
            tuple(steps) if len(steps) > 1 else (),
        )


def _check(text: str, changes: Sequence[Change]) -> None:
    at = 0
    for change in changes:
        if not at <= change.start <= change.end <= len(text):
            raise ValueError(f"change {change.start}-{change.end} overlaps another or lies outside of the text")
        if "\n" in change.after or "\n" in text[change.start : change.end]:
            raise ValueError(f"change {change.start}-{change.end} touches a line end")
        at = change.end


_SPAN = attrgetter("start", "end")


def _clusters(pieces: Sequence[_Piece], changes: Sequence[Change]) -> Iterable[tuple[list[_Piece], list[Change]]]:
    """Group old pieces and new changes that overlap or touch, in order."""
    items: list[_Piece | Change] = [*pieces, *changes]
    merged = sorted(items, key=_SPAN) if pieces else items
    old: list[_Piece] = []
    new: list[Change] = []
    end = -1
    for item in merged:
        if end >= 0 and item.start > end:
            yield old, new
            old, new = [], []
        if isinstance(item, Change):
            new.append(item)
        else:
            old.append(item)
        end = max(end, item.end)
    if old or new:
        yield old, new


def undo(text: str, edits: Sequence[Edit]) -> str:
    """Give back the text as it was before all edits.

    >>> undo("統", [Edit(0, 1, "統(tǒng)", "統", "pinyin_gloss")])
    '統(tǒng)'
    """
    return spliced(text, ((edit.start, edit.end, edit.before) for edit in edits))


class Moves:
    """Says where places in the text before repair stand in the repaired text."""

    def __init__(self, edits: Rows[Edit]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._after: list[tuple[int, int]] = []
        drift = 0
        for start, end, before in zip(edits.column("start"), edits.column("end"), edits.column("before"), strict=True):
            self._starts.append(start + drift)
            drift += len(before) - (end - start)
            self._ends.append(end + drift)
            self._after.append((start, end))

    def start(self, place: int) -> int:
        """Where a span that started at `place` starts now; inside an edit it keeps its distance as far as it can."""
        index = bisect_right(self._starts, place) - 1
        if index < 0:
            return place
        start, end = self._after[index]
        if place >= self._ends[index] and not self._starts[index] == self._ends[index] == place:
            return place - self._ends[index] + end
        return min(start + place - self._starts[index], end)

    def end(self, place: int) -> int:
        """Where a span that ended before `place` ends now."""
        index = bisect_left(self._starts, place) - 1
        if index + 1 < len(self._starts) and self._starts[index + 1] == self._ends[index + 1] == place:
            return self._after[index + 1][1]
        if index < 0:
            return place
        start, end = self._after[index]
        if place >= self._ends[index]:
            return place - self._ends[index] + end
        return min(start + place - self._starts[index], end)


class Origins:
    """Says where places in the repaired text stood before repair; inside an edit they keep their distance as far as they can.

    >>> Origins(Rows(Edit, [Edit(0, 1, "統(tǒng)", "統", "pinyin_gloss")]))(3)
    9
    """

    def __init__(self, edits: Rows[Edit]) -> None:
        self._starts, self._ends, self._before = map(edits.column, ("start", "end", "before"))
        grown = (
            len(before) - (end - start)
            for start, end, before in zip(self._starts, self._ends, self._before, strict=True)
        )
        self._drifts = [0, *accumulate(grown)]
        """Before each edit, and behind the last one."""

    def __call__(self, place: int) -> int:
        """Return the place before repair."""
        number = bisect_right(self._starts, place) - 1
        if number >= 0 and place < self._ends[number]:
            start = self._starts[number]
            return int(start + self._drifts[number] + min(place - start, len(self._before[number])))
        return int(place + self._drifts[number + 1])
