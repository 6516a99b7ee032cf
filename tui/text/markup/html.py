"""HTML -> visible lines with their place in the markup. The one module that imports an HTML parser.

turbohtml's events are used. Over 243 real pages they cost 1.5 ms a page with our handler and lose no text; lexbor costs
1.2 ms and skips the text of templates. On bombs lexbor hangs for more than 8 s (1M nested div, 100k attributes, 39 kB
of open b/i) where turbohtml takes 0.4, 0.1 and 0.3 s; 40,000 `<body aN>` end in a MemoryError in turbohtml and 5.6 s
in lexbor: hence `strip` (benchmarks/parsers.py).
"""

import re
from array import array
from html import unescape
from itertools import accumulate, count
from operator import add
from typing import TYPE_CHECKING, cast

from tui.core.model import Rows, Shape, Span
from tui.core.page import Line, Node
from tui.core.values import dataclass, field
from tui.text.markup.marks import BLOCKS, Builder, ShapeFields

if TYPE_CHECKING:
    from turbohtml.saxparse import SaxHandler


@dataclass(frozen=True, slots=True, eq=False)
class Markup:
    """What a page's HTML says, before repair."""

    text: str
    """Visible text in document order, one line for each of `lines`, joined by `\\n`."""
    lines: Rows[Line]
    nodes: Rows[Node]
    spans: Rows[Span]
    """Links, alternative texts of images, datetimes of time elements, `code` for code and preformatted text, `bold` and `italic`."""
    meta: tuple[tuple[str, str], ...] = ()
    """What the head says, in order: `title`, meta names and properties (lower case), `canonical`, `lang`, `base`, `json-ld`."""
    shapes: Rows[Shape] = field(default_factory=lambda: Rows(Shape))


def parse(source: str) -> Markup:
    """Parse HTML into its visible lines; broken markup is read as browsers read it.

    Text that an attribute or an inline style hides is kept and marked. Raises MemoryError if the tree grows beyond the
    memory limit; may take long on markup that was made to hurt, so call it where it can be killed.

    >>> markup = parse("<title>News</title><h1>Rain &amp; wind</h1><p>It <b>rained</b>.<p><a href='/2'>More</a>")
    >>> markup.text
    'Rain & wind\\nIt rained.\\nMore'
    >>> [(span.kind, span.value) for span in markup.spans], markup.meta
    ([('bold', ''), ('link', '/2')], (('title', 'News'),))
    """
    # Here, because it loads 4 MB that bare text never needs.
    from turbohtml.saxparse import sax_parse

    builder = Builder()
    # Builder has every method of SaxHandler; to inherit from it would load turbohtml with this module.
    sax_parse(source, cast("SaxHandler", builder))
    return _markup(builder)


def strip(source: str) -> Markup:
    """Take the tags out without any parser, in linear time: for pages on which the parser hangs or crashes.

    >>> strip("<title>News</title><script>x</script><p>It <b>rained</b>.<p>Twice").text
    'It rained.\\nTwice'
    """
    builder = Builder()
    at = 0
    while (start := source.find("<", at)) >= 0:
        builder.characters(unescape(source[at:start]))
        tag = _tag_name(source, start)
        if tag in _RAW:
            at = _after_raw(source, tag, start, builder)
            continue
        closer = "-->" if source.startswith("<!--", start) else ">"
        if not tag and closer == ">" and source[start + 1 : start + 2] not in ("!", "?"):
            builder.characters("<")
            at = start + 1
            continue
        end = source.find(closer, start)
        if end < 0:
            at = len(source)
            break
        if tag in BLOCKS or tag == "br":
            builder.end_line()
        at = end + len(closer)
    builder.characters(unescape(source[at:]))
    return _markup(builder)


_RAW = {
    tag: re.compile(f"</{tag}", re.IGNORECASE)
    for tag in ("script", "style", "title", "iframe", "noframes", "noembed", "xmp")
}
"""Elements whose content is no markup, and where each ends."""


def _tag_name(source: str, start: int) -> str:
    """Lower-case name of the start or end tag at `start`; empty if none starts there."""
    at = start + 1 + source.startswith("/", start + 1)
    word = source[at : at + 16]
    size = next((n for n, letter in enumerate(word) if not (letter.isascii() and letter.isalnum())), len(word))
    return word[:size].lower() if word[:1].isalpha() else ""


def _after_raw(source: str, tag: str, start: int, builder: Builder) -> int:
    """Where the text goes on behind an element whose content is no markup."""
    end = source.find(">", start)
    if source.startswith("/", start + 1) or end < 0:
        return end + 1 if end >= 0 else len(source)
    close = _RAW[tag].search(source, end)
    if close is None:
        return len(source)
    if tag == "title":
        builder.meta.add("title", unescape(source[end + 1 : close.start()]))
    return source.find(">", close.end()) + 1 or len(source)


def _outer_first(span: tuple[int, int, str, str]) -> tuple[int, int]:
    return span[0], -span[1]


def _markup(builder: Builder) -> Markup:
    builder.end_line()
    drawn = builder.lines
    texts = [line.text for line in drawn]
    ends = array("q", map(add, accumulate(map(len, texts)), count()))
    starts = array("q", (0, *map((1).__add__, ends[:-1]))) if drawn else array("q")
    spans: list[tuple[int, int, str, str]] = []
    shapes: list[ShapeFields] = []
    linked = array("q", [0]) * len(drawn)
    for number, (line, at, end) in enumerate(zip(drawn, starts, ends, strict=True)):
        if line.shape is not None or line.table is not None:
            shapes += line.shapes(at)
        own = line.spans
        if len(own) > 1:
            own.sort(key=_outer_first)
        for start, stop, kind, value in own:
            stop += at
            if stop > end:
                stop = end
            spans.append((at + start, stop, kind, value))
            if kind == "link":
                linked[number] += stop - at - start
    nodes, is_hidden = array("q", [line.node for line in drawn]), [line.is_hidden for line in drawn]
    parents, tags, hints = builder.nodes
    return Markup(
        "\n".join(texts),
        Rows.of(Line, starts, ends, nodes, linked, is_hidden),
        Rows.of(Node, array("q", parents), tags, hints),
        Rows.from_tuples(Span, spans),
        tuple(builder.meta.stated),
        Rows.from_tuples(Shape, shapes),
    )
