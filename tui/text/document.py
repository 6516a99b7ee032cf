"""Finds the structure of a page: the last step on a byte's way."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from tui.model import Block, Document, Field, Headline, Page, RepairCount, Rows
from tui.text import article, headlines, metadata, pagetype, paragraphs, plaintext
from tui.text.paragraphs import Paragraph

_MERGED = frozenset({"boiler", "code", "table"})
"""Kinds whose neighbouring lines make one block."""


def parse(page: Page, repairs: tuple[RepairCount, ...] = ()) -> Document:
    """Return what the page says: title, body, lists of headlines, fields. Never fails: odd input gives a poor document."""
    read = paragraphs.read(page.text, page.lines)
    said = metadata.Statements()
    shown = pagetype.evidence(page.meta, page.raw.url)
    found, shown = _from_text(page, read, said, shown)
    fields = said.fields()
    title = _title(page, read, fields)
    fields.pop("title", None)
    raw = page.raw
    return Document(
        ref=raw.ref,
        sha256=hashlib.sha256(raw.payload).hexdigest(),
        media=raw.media,
        size=raw.size,
        clipped=raw.clipped,
        url=raw.url,
        fetched=raw.fetched,
        record=raw.record,
        charset=page.charset,
        type=pagetype.decide(shown, read, found, fields),
        title=title,
        title_before=page.meta_before.get(title),
        language=None,
        text=page.text,
        blocks=Rows(Block, _blocks(read)),
        headlines=Rows(Headline, found),
        spans=page.spans,
        metadata=fields,
        signals={},
        repairs=repairs,
        edits=page.edits,
        problems=page.problems,
    )


def _from_text(
    page: Page, read: Sequence[Paragraph], said: metadata.Statements, shown: pagetype.Evidence
) -> tuple[list[Headline], pagetype.Evidence]:
    if len(page.nodes):
        nodes = list(page.nodes)
        if not shown.is_article and article.is_talk(read, nodes):
            shown = replace(shown, is_talk=True)
        article.mark_body(read, nodes, is_forum=shown.is_forum)
    else:
        plaintext.mark_body(read)
    title = plaintext.find_title(read)
    if title is not None:
        title.kind = "title"
        said.add("title", title.text, "text: line above the body")
    found = headlines.find_in_text(read, page.raw.fetched)
    metadata.from_text(said, read, found, page.raw.fetched)
    return found, shown


def _title(page: Page, read: Sequence[Paragraph], fields: dict[str, Field]) -> str:
    if "title" in fields:
        return str(fields["title"].value)
    return page.raw.title or (read[0].text[:200] if read else "")


def _blocks(read: Sequence[Paragraph]) -> list[Block]:
    blocks: list[Block] = []
    for paragraph in read:
        if blocks and paragraph.kind in _MERGED and blocks[-1].kind == paragraph.kind:
            last = blocks.pop()
            blocks.append(Block(last.kind, last.start, paragraph.end))
        else:
            blocks.append(Block(paragraph.kind, paragraph.start, paragraph.end, paragraph.level))
    return blocks
