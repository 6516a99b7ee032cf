"""Finds the structure of a page: the last step on a byte's way."""

import hashlib
from array import array
from collections.abc import Sequence
from urllib.parse import urljoin

from tui.core.model import BODY_KINDS, Block, BlockKind, Document, Headline, Problem, RepairCount, Rows, Writing
from tui.core.page import Page
from tui.core.values import replace
from tui.text.markup import head, paragraphs
from tui.text.markup.paragraphs import Paragraph
from tui.text.markup.statements import Statements
from tui.text.quality import signals
from tui.text.structure import headlines, metadata, pagetype, plaintext, titles
from tui.text.words import language, scripts

_LAST = 20
"""Lines before those that were not read that say what they are."""
_MERGED = frozenset({"boiler", "code", "table"})
"""Kinds whose neighbouring lines make one block."""


def parse(page: Page, repairs: tuple[RepairCount, ...] = ()) -> Document:
    """Return what the page says: title, body, lists of headlines, fields. Never fails: odd input gives a poor document."""
    read = paragraphs.read(page.text, page.lines)
    unread = None
    if len(read) > paragraphs.MOST_LINES:
        unread = (read.pop().start, len(page.text.rstrip()))
    said = Statements(page.meta_before)
    head.from_record(said, page.raw.record, page.raw.title)
    shown = pagetype.evidence(page.meta, page.raw.url)
    if len(page.nodes):
        from tui.text.structure import webpage  # bare text needs none of it

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
        blocks=_blocks(page, read, unread),
        headlines=Rows(Headline, _resolved(found, page)),
        spans=page.spans,
        metadata=fields,
        signals=signals.measure(page.text, read, tongue)
        | {"script_mix": scripts.mix(writings), "language_score": sure},
        repairs=repairs,
        edits=page.edits,
        problems=(*page.problems, *_bounded(page, unread), *scripts.naive_problems(page.text, writings)),
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


def _bounded(page: Page, unread: tuple[int, int] | None) -> tuple[Problem, ...]:
    if unread is None:
        return ()
    start, end = unread
    return (Problem("many_lines", page.raw.ref.source, {"lines": paragraphs.MOST_LINES}, start, end),)


def _blocks(page: Page, read: Sequence[Paragraph], unread: tuple[int, int] | None) -> Rows[Block]:
    """Put every line that isn't empty into one block; separators, which nobody read, are furniture."""
    kinds: list[BlockKind] = []
    starts, ends = array("q"), array("q")
    levels: list[int | None] = []

    def add(kind: BlockKind, start: int, end: int, level: int | None = None) -> None:
        if kinds and kind in _MERGED and kinds[-1] == kind:
            ends[-1] = end
            return
        kinds.append(kind)
        starts.append(start)
        ends.append(end)
        levels.append(level if kind == "heading" else None)

    waiting = iter(read)
    following = next(waiting, None)
    for line_start, line_end in zip(page.lines.column("start"), page.lines.column("end"), strict=True):
        if following is not None and following.start < line_end:
            add(following.kind, following.start, following.end, following.level)
            following = next(waiting, None)
        elif unread and line_end > unread[0]:
            last = [line.kind in BODY_KINDS for line in read[-_LAST:]]
            add("body" if 2 * sum(last) > len(last) else "boiler", *unread)
            break
        elif bare := page.text[line_start:line_end].strip():
            start = page.text.index(bare, line_start)
            add("boiler", start, start + len(bare))
    return Rows.of(Block, kinds, starts, ends, levels)
