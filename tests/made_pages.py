"""Pages for the tests of structure: bare text or HTML in, a Page as the loader makes it out, nothing repaired."""

from tui.core.model import Charset, Edit, Ref, Rows, Span
from tui.core.page import Line, Node, Page, RawPage
from tui.text.markup import html


def bare(text: str, **raw: object) -> Page:
    """A page of bare text."""
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append(Line(at, at + len(line)))
        at += len(line) + 1
    return Page(_raw(text, "text/plain", raw), _CHARSET, text, Rows(Edit), Rows(Line, lines), Rows(Node), Rows(Span))


def marked_up(source: str, **raw: object) -> Page:
    """A page of HTML."""
    markup = html.parse(source)
    found = _raw(source, "text/html", raw)
    columns = (markup.lines, markup.nodes, markup.spans, markup.meta)
    return Page(found, _CHARSET, markup.text, Rows(Edit), *columns, shapes=markup.shapes)


_CHARSET = Charset("utf-8", "default")


def _raw(source: str, media: str, more: dict[str, object]) -> RawPage:
    payload = source.encode("utf-8", "surrogatepass")
    return RawPage(Ref("page", 0), payload, media, len(payload), **more)  # type: ignore[arg-type]
