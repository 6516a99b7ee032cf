"""Finds the structure of a page: the last step on a byte's way."""

import hashlib
from collections.abc import Sequence
from urllib.parse import urljoin

from tui.model import BODY_KINDS, Block, Document, Headline, RepairCount, Rows, Writing
from tui.page import Page
from tui.text import head, headlines, language, metadata, pagetype, paragraphs, plaintext, scripts, signals, titles
from tui.text.paragraphs import Paragraph
from tui.text.statements import Statements
from tui.values import replace

_MERGED = frozenset({"boiler", "code", "table"})
"""Kinds whose neighbouring lines make one block."""


def parse(page: Page, repairs: tuple[RepairCount, ...] = ()) -> Document:
    """Return what the page says: title, body, lists of headlines, fields. Never fails: odd input gives a poor document."""
    read = paragraphs.read(page.text, page.lines)
    said = Statements(page.meta_before)
    head.from_record(said, page.raw.record, page.raw.title)
    shown = pagetype.evidence(page.meta, page.raw.url)
    if len(page.nodes):
        from tui.text import webpage  # bare text needs none of it

        found, shown = webpage.read_structure(page, read, said, shown)
    else:
        found = _from_text(page, read, said)
    fields = said.fields()
    title = fields.pop("title", None)
    raw = page.raw
    tongue, sure = language.judge(_running(read) or page.text)
    writings = Rows(Writing, scripts.stretches(page.text))
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
        title=str(title.value) if title else raw.title or (read[0].text[:200] if read else ""),
        title_before=title.before if title else None,
        language=tongue,
        text=page.text,
        blocks=Rows(Block, _blocks(page, read)),
        headlines=Rows(Headline, _resolved(found, page)),
        spans=page.spans,
        metadata=fields,
        signals=signals.measure(page.text, read, tongue)
        | {"script_mix": scripts.mix(writings), "language_score": sure},
        repairs=repairs,
        edits=page.edits,
        problems=(*page.problems, *scripts.naive_problems(page.text, writings)),
        scripts=writings,
        http=raw.http,
        warc=raw.warc,
    )


def _from_text(page: Page, read: Sequence[Paragraph], said: Statements) -> list[Headline]:
    plaintext.mark_body(read)
    title = plaintext.find_title(read)
    if title is not None:
        titles.mark(read, title.text)
        titles.clear_above(read)
        said.add("title", headlines.clean_title(title.text), "text: line above the body")
    found = headlines.find_in_text(read, page.raw.fetched)
    metadata.from_text(said, read, found, page.raw.fetched)
    return found


def _resolved(found: Sequence[Headline], page: Page) -> Sequence[Headline]:
    """Headlines with their links resolved against the page's own address, or the base that it names."""
    if not page.raw.url:
        return found
    stated = next((value for key, value in page.meta if key == "base" and value), "")
    base = _joined(page.raw.url, stated)
    return [replace(item, url=_joined(base, item.url)) if item.url else item for item in found]


def _joined(base: str, link: str) -> str:
    """Where a link leads; one that is broken stays as it is."""
    try:
        return urljoin(base, link)
    except ValueError:  # brackets around what is no IPv6 address
        return link


def _running(read: Sequence[Paragraph]) -> str:
    """The start of the body, or nothing if it is too short to tell its language."""
    text = "\n".join(paragraph.text[:2000] for paragraph in [p for p in read if p.kind in BODY_KINDS][:40])
    return text if len(text) >= 40 else ""


def _blocks(page: Page, read: Sequence[Paragraph]) -> list[Block]:
    """Put every line that isn't empty into one block; separators, which nobody read, are furniture."""
    blocks: list[Block] = []
    waiting = iter(read)
    following = next(waiting, None)
    for line in page.lines:
        if following is not None and following.start < line.end:
            _append(blocks, Block(following.kind, following.start, following.end, following.level))
            following = next(waiting, None)
        elif bare := page.text[line.start : line.end].strip():
            start = page.text.index(bare, line.start)
            _append(blocks, Block("boiler", start, start + len(bare)))
    return blocks


def _append(blocks: list[Block], block: Block) -> None:
    if blocks and block.kind in _MERGED and blocks[-1].kind == block.kind:
        block = Block(block.kind, blocks.pop().start, block.end)
    blocks.append(block if block.kind == "heading" else Block(block.kind, block.start, block.end))
