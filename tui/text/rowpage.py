"""The document that the row of a batch says a page is."""

import hashlib
from collections.abc import Mapping, Sequence

from tui.core.late import late
from tui.core.model import Block, BlockKind, Document, Failure, RepairCount, Rows, RuleBounds, Writing
from tui.core.page import BatchRow, Page
from tui.text.mending.edits import Moves, Origins
from tui.text.words import scripts


def document(page: Page, of: BatchRow, repairs: tuple[RepairCount, ...], bounds: RuleBounds = ()) -> Document:
    """Return the document of a page that was taken up as it was kept; with `bounds` its rules are measured again."""
    raw, back, moves = page.raw, Origins(of.edits), Moves(page.edits)
    body = [(moves.start(back(start)), moves.end(back(end))) for start, end in of.body]
    writings = Rows(Writing, scripts.stretches(page.text))
    return Document(
        ref=raw.ref,
        sha256=hashlib.sha256(raw.payload).hexdigest(),
        size=raw.size,
        url=raw.url,
        fetched=raw.fetched,
        record=raw.record,
        charset=page.charset,
        type=of.type,
        title=raw.title or "",
        language=of.language,
        text=page.text,
        blocks=_blocks(page.text, body),
        metadata=of.metadata,
        signals=of.signals,
        fails=late(lambda: _fails(of, [page.text[start:end] for start, end in body], bounds)),
        repairs=repairs,
        edits=page.edits,
        problems=(*page.problems, *scripts.naive_problems(page.text, writings)),
        scripts=writings,
    )


def _fails(of: BatchRow, body: Sequence[str], bounds: RuleBounds) -> Mapping[str, Failure]:
    """What the row says, as far as there are such rules; what its body says if it doesn't, or if other bounds were asked for."""
    from tui.text.quality import measures, rules

    if of.fails is None or bounds:
        return measures.failed("\n".join(body), of.language, bounds)
    return {name: failure for name, failure in of.fails.items() if name in rules.RULES}


def _blocks(text: str, body: Sequence[tuple[int, int]]) -> Rows[Block]:
    """The stretches of the body, and what stands around them."""
    made: list[Block] = []

    def add(kind: BlockKind, start: int, end: int) -> None:
        if words := text[start:end].strip():
            start = text.index(words, start)
            made.append(Block(kind, start, start + len(words)))

    at = 0
    for start, end in [*body, (len(text), len(text))]:
        add("boiler", at, start)
        add("body", start, end)
        at = end
    return Rows(Block, made)
