"""The page of a feed, a sitemap or OPML: its lines are its entries, as `markup.feeds` has written them."""

from collections.abc import Sequence

from tui.core.model import Headline, Span
from tui.core.page import Page
from tui.text.markup import head
from tui.text.markup.paragraphs import Paragraph
from tui.text.markup.statements import Statements


def read_structure(page: Page, lines: Sequence[Paragraph], statements: Statements) -> list[Headline]:
    """Claim the lines of all entries as the body, and return a headline for each; nothing is left to likelihood."""
    head.from_head(statements, page.meta, page.raw.url)
    spans = iter(page.spans)
    span = next(spans, None)
    items: list[Headline] = []
    for line in lines:
        held: dict[str, Span] = {}
        while span is not None and span.start < line.end:
            if span.start >= line.start:
                held.setdefault(span.kind, span)
            span = next(spans, None)
        tag = page.nodes[line.node].tag if line.node >= 0 else ""
        if tag == "li":
            line.kind = "list"
            items.append(_headline(page.text, line, held))
        elif tag == "p" and items:
            line.kind = "list"
            last = items[-1]
            items[-1] = Headline(
                last.list, last.title, last.start, last.end, last.url, last.date, last.date_text, summary=line.text
            )
        elif tag == "h1":
            line.kind, line.level = "title", 1
    return items


def _headline(text: str, line: Paragraph, held: dict[str, Span]) -> Headline:
    title, when = held.get("link") or held.get("bold"), held.get("time")
    start, end = (title.start, title.end) if title else (line.start, line.end)
    stated = text[when.start : when.end] if when else None
    url = title.value if title is not None and title.kind == "link" else None
    return Headline("index", text[start:end], start, end, url, when.value if when else None, stated)
