"""Finds the structure of a page: the last step on a byte's way."""

import hashlib

from tui.model import Block, Document, Headline, Page, RepairCount, Rows


def parse(page: Page, repairs: tuple[RepairCount, ...] = ()) -> Document:
    """Return what the page says: title, body, lists of headlines, fields. Never fails: odd input gives a poor document."""
    raw = page.raw
    title = next((value for key, value in page.meta if key == "title"), raw.title or "")
    blocks = [Block("body", line.start, line.end) for line in page.lines if line.end > line.start]
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
        type="other",
        title=title or next((page.text[line.start : line.end] for line in page.lines), ""),
        title_before=page.meta_before.get(title),
        language=None,
        text=page.text,
        blocks=Rows(Block, blocks),
        headlines=Rows(Headline),
        spans=page.spans,
        metadata={},
        signals={},
        repairs=repairs,
        edits=page.edits,
        problems=page.problems,
    )
