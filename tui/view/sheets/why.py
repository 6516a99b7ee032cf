"""Why a character is what it is: the repairs that made it, what they found, and the bytes it came from."""

import unicodedata
from collections.abc import Iterator

from tui.core.answers import Traced
from tui.core.i18n import tr, tr_claim, tr_problem
from tui.core.model import Document, Edit, Original, Step
from tui.text.words.cells import pad, visible
from tui.view.pagetext.flow import wrapped
from tui.view.sheets.sheet import Line, Sheet, SheetPane
from tui.view.terminal.look import Look

LABEL_CELLS = 15
MOST_CHARS = 160
"""Code points of what stood there that are shown."""
MOST_BYTES = 96
MOST_CODES = 12
"""Characters of which the code points are spelled out."""

Remark = tuple[str, str, str]
"""Label, text and look of what is said in one place."""


def explain(document: Document, offset: int, traced: Traced) -> Iterator[Remark]:
    """Say where the character at an offset of the document's text came from, from the screen down to the bytes."""
    yield from _character(document.text, offset)
    if traced.edit is None:
        yield tr("repairs"), tr("none: it is as decoded"), "plain"
    else:
        yield from _steps(document, traced.edit)
    yield from _problems(document, offset)
    yield from _bytes(traced)


def explain_source(original: Original, offset: int, traced: Traced) -> Iterator[Remark]:
    """Say which bytes the character at an offset of the source was decoded from."""
    yield from _character(original.text, offset)
    yield tr("repairs"), tr("none here: this is the decoded source"), "plain"
    for claim in original.charset.claims:
        score = "" if claim.score is None else f"  {claim.score:.2f}"
        yield tr("says {claim}", claim=tr_claim(claim.by)), f"{claim.charset}{score}", "note"
    yield from _bytes(traced)


def _character(text: str, offset: int) -> Iterator[Remark]:
    char = text[offset]
    yield tr("character"), f"{_shown(char)}  {_codes(char)}  {unicodedata.name(char, tr('a control character'))}", "key"
    yield tr("in its line"), _neighbours(text, offset), "plain"


def _steps(document: Document, edit: Edit) -> Iterator[Remark]:
    notes = {repair.name: repair.note for repair in document.repairs}
    for step in reversed(edit.steps or (Step(edit.repair, edit.before, edit.after),)):
        yield "", "", "plain"
        sure = (
            tr("certain: it follows from the bytes")
            if edit.certainty == "certain"
            else tr("guessed: chosen by likelihood")
        )
        yield tr("made by"), f"{step.repair} ({sure})", "key"
        if note := notes.get(step.repair):
            yield tr("finding"), tr_problem(note), "plain"
        yield tr("after"), _clipped(step.after), "edit" if edit.certainty == "certain" else "probable"
        yield tr("before"), _clipped(step.before), "plain"
        yield "", _codes(step.before), "note"


def _problems(document: Document, offset: int) -> Iterator[Remark]:
    for problem in document.problems:
        if problem.start is not None and problem.end is not None and problem.start <= offset < problem.end:
            yield tr("problem"), tr_problem(problem), "trouble"


def _bytes(traced: Traced) -> Iterator[Remark]:
    charset, origin = traced.charset, traced.origin
    yield "", "", "plain"
    for problem in traced.problems:
        yield tr("problem"), tr_problem(problem), "trouble"
    yield tr("decoded as"), tr("{charset}, by {claim}", charset=charset.name, claim=tr_claim(charset.by)), "key"
    if not traced.has_source:
        yield tr("bytes"), tr("none: it was inserted"), "plain"
        return
    if origin is None:
        notice = tr("unknown: it can't be traced through this markup or charset")
        yield tr("bytes"), notice, "note"
        return
    end = origin.start_bytes + len(origin.raw)
    more = tr(" … {count:,} more", count=len(origin.raw) - MOST_BYTES) if len(origin.raw) > MOST_BYTES else ""
    yield tr("bytes"), origin.raw[:MOST_BYTES].hex(" ") + more, "plain"
    where = (
        tr("{first:,} to {last:,}", first=origin.start_bytes, last=end - 1)
        if end - origin.start_bytes > 1
        else f"{origin.start_bytes:,}"
    )
    unsure = tr("; one of {places:,} places that look the same", places=origin.places) if origin.places > 1 else ""
    yield "", f"{tr('at {where} of {count:,}', where=where, count=traced.size)}{unsure}", "note"


def _neighbours(text: str, offset: int) -> str:
    start, end = max(text.rfind("\n", 0, offset) + 1, offset - 12), text.find("\n", offset)
    end = min(len(text) if end < 0 else end, offset + 13)
    return f"{text[start:offset]}[{text[offset]}]{text[offset + 1 : end]}"


def _clipped(text: str) -> str:
    if len(text) > MOST_CHARS:
        return f"{text[:MOST_CHARS]}… {tr('({count:,} more characters)', count=len(text) - MOST_CHARS)}"
    return text or tr("nothing")


def _shown(char: str) -> str:
    return tr("line end") if char == "\n" else char


def _codes(text: str) -> str:
    more = " …" if len(text) > MOST_CODES else ""
    return " ".join(f"U+{ord(char):04X}" for char in text[:MOST_CODES]) + more


class WhySheet(Sheet[None]):
    """Shows what `explain` says until it is closed."""

    def __init__(self, look: Look, entries: list[Remark]) -> None:
        self._list = SheetPane(look, tr("Why this character"), has_cursor=False)
        super().__init__(self._list)
        self._entries = entries

    def on_resize(self) -> None:
        cells = max(self.app.size.width - LABEL_CELLS - 2, 8)
        lines = (_laid_out(entry, cells, wide=self._list.wide) for entry in self._entries)
        self._list.show([[line] for block in lines for line in block], self._list.cursor)


def _laid_out(remark: Remark, cells: int, *, wide: bool) -> Iterator[Line]:
    label, text, look = remark
    for row in wrapped(visible(text), cells, wide=wide):
        yield [(f" {pad(label, LABEL_CELLS, wide=wide)}", "label"), (row, look)]
        label = ""
