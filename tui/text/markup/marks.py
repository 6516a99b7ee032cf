"""Takes the events of an HTML parser and lays the visible text out in lines."""

import re

from tui.core.page import Node
from tui.core.values import dataclass, field
from tui.text.markup.microdata import Items

_BLOCK_TAGS = """
address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption figure
footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav noscript ol optgroup option
p plaintext pre search section select summary table tbody td template textarea tfoot th thead tr ul
"""
BLOCKS = frozenset(_BLOCK_TAGS.split())
"""Elements that browsers lay out as blocks."""
_SILENT_TAGS = "script style svg iframe noframes noembed object video audio canvas map datalist title"
_SILENT = frozenset(_SILENT_TAGS.split())
_PREFORMATTED = frozenset({"pre", "listing", "plaintext", "textarea"})
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_EMPHASIS = frozenset({"em", "i", "b", "strong", "small", "font", "label"})
_UNSEEN = frozenset({"template", "noscript"})
_MAX_DEPTH = 256
"""Block elements that are told apart; what nests deeper belongs to the last of them."""
MOST_META = 5_000
"""Facts of the head that are kept."""
_MAX_META = 20_000
"""Code points of one of them."""
_MAX_HINT = 200
_MAX_CELL = 150
"""Code points of a table cell up to which a row becomes one line."""
_MAX_INLINE = 64
"""Open links, spans, times and codes that are told apart."""
_MAX_LINKED = 0.3
_SPACE = re.compile(r"[\t\n\r\f][ \t\n\r\f]*| [ \t\n\r\f]+")
_EDGE = " \t\u3000\N{NO-BREAK SPACE}"
_INVISIBLE = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)

Attributes = tuple[tuple[str, str | None], ...]


@dataclass(slots=True)
class Drawn:
    """A finished line."""

    text: str
    node: int
    is_hidden: bool
    spans: list[tuple[int, int, str, str]] = field(default_factory=list)
    """(start, end, kind, value), places in the line."""


@dataclass(slots=True)
class _OpenBlock:
    """An open block element; it becomes a node when text is found in it."""

    tag: str
    hint: str
    is_hidden: bool
    node: int = -1


@dataclass(slots=True)
class _Row:
    """An open table row."""

    first_line: int
    cell_line: int
    is_simple: bool = True


class Builder:
    """Lines, nodes and meta fields of a page; turbohtml calls its methods."""

    def __init__(self) -> None:
        self.lines: list[Drawn] = []
        self.nodes: list[Node] = []
        self.meta: list[tuple[str, str]] = []
        self._has_title = False
        self._blocks: list[_OpenBlock] = [_OpenBlock("", "", is_hidden=False)]
        self._too_deep = 0
        self._open: list[str] = []
        self._silent = 0
        self._raw: tuple[str, list[str]] | None = None
        self._preformatted = 0
        self._pieces: list[str] = []
        self._size = 0
        self._spans: list[tuple[int, int, str, str]] = []
        self._inline: list[tuple[str, str, int]] = []
        self._rows: list[_Row] = []
        self._last_inline = ("", "", -1)
        self._items = Items(self.add_meta)

    def start_element(self, tag: str, attrs: Attributes) -> None:
        """An element opens."""
        if self._silent:
            self._silent += 1
            return
        values = {name: value or "" for name, value in attrs} if attrs else {}
        if tag in _SILENT:
            self._start_silent(tag, values)
            return
        is_hidden = "hidden" in values or ("style" in values and _INVISIBLE.search(values["style"]) is not None)
        if tag in BLOCKS or is_hidden or "-" in tag:
            self._start_block(tag, values, is_hidden or tag in _UNSEEN)
        elif tag == "br":
            self.end_line(is_break=True)
            self._open.append("")
        else:
            self._start_inline(tag, values)

    def _start_silent(self, tag: str, values: dict[str, str]) -> None:
        self._silent = 1
        if tag == "title" and not self._has_title:
            self._raw = ("title", [])
        elif tag == "script" and values.get("type", "").strip().lower() == "application/ld+json":
            self._raw = ("json-ld", [])

    def _start_block(self, tag: str, values: dict[str, str], is_hidden: bool) -> None:
        if self._size:
            self.end_line()
        self._open.append("block")
        if tag in _PREFORMATTED:
            self._preformatted += 1
        if tag == "html" and values.get("lang"):
            self.add_meta("lang", values["lang"])
        if "itemprop" in values or "itemscope" in values:
            self._items.start(len(self._open), values)
        if len(self._blocks) > _MAX_DEPTH:
            self._too_deep += 1
            return
        hint = ""
        if values:
            names = [values[name] for name in ("id", "class", "role", "itemprop") if values.get(name)]
            hint = " ".join(" ".join(names).lower().split())[:_MAX_HINT] if names else ""
        self._blocks.append(_OpenBlock(tag, hint, is_hidden or self._blocks[-1].is_hidden))
        if tag == "tr":
            self._rows.append(_Row(len(self.lines), len(self.lines)))
        elif self._rows:
            self._in_row(tag)

    def _in_row(self, tag: str) -> None:
        row = self._rows[-1]
        if tag in ("td", "th"):
            row.cell_line = len(self.lines)
        elif tag == "table":
            row.is_simple = False

    def _start_inline(self, tag: str, values: dict[str, str]) -> None:
        value, kind = "", ""
        if tag == "a":
            kind, value = "link", values.get("href", "")
        elif tag == "time":
            kind, value = "time", values.get("datetime", "")
        elif tag in _CODE:
            kind = "code"
        elif tag == "span":
            kind, value = "span", values.get("class", "")
        elif tag in _EMPHASIS:
            kind = "span"
        else:
            self._note(tag, values)
        if len(self._inline) >= _MAX_INLINE:
            kind = ""
        self._open.append(kind)
        if "itemprop" in values or "itemscope" in values:
            self._items.start(len(self._open), values)
        if kind:
            self._part(kind, value)
            self._inline.append((kind, value, self._size))

    def _note(self, tag: str, values: dict[str, str]) -> None:
        """Keep what an element without text says."""
        if tag == "img":
            self._add_image(values)
        elif tag == "meta":
            self._add_meta_element(values)
        elif tag == "base":
            self.add_meta("base", values.get("href", ""))
        elif tag == "link" and "canonical" in values.get("rel", "").lower().split():
            self.add_meta("canonical", values.get("href", ""))

    def _part(self, kind: str, value: str) -> None:
        """Part two elements that stand side by side without a space: links, what follows a link, spans of two classes."""
        before, name, end = self._last_inline
        if end != self._size or not self._size or self._preformatted or self._pieces[-1][-1:] == " ":
            return
        is_two_spans = before == kind == "span" and name and value and name != value
        if (
            is_two_spans
            or (before == "link" and kind in ("link", "span"))
            or (name and before == "span" and kind == "link")
        ):
            self._add(" ")

    def _add_image(self, values: dict[str, str]) -> None:
        alt = " ".join(values.get("alt", "").split())
        if alt:
            self._spans.append((self._size, self._size, "image", alt))

    def _add_meta_element(self, values: dict[str, str]) -> None:
        name = values.get("property") or values.get("name") or ""
        if name and "content" in values:
            self.add_meta(name, values["content"])

    def add_meta(self, key: str, value: str) -> None:
        """Note a fact of the head; empty ones are left out."""
        value = " ".join(value.split())[:_MAX_META] if key != "json-ld" else value.strip()
        if value and len(self.meta) < MOST_META:
            key = key.strip().lower()
            self._has_title = self._has_title or key == "title"
            self.meta.append((key, value))

    def end_element(self, tag: str) -> None:
        """An element closes; every one that opened does."""
        if self._silent:
            self._silent -= 1
            if not self._silent and self._raw:
                self.add_meta(self._raw[0], "".join(self._raw[1]))
                self._raw = None
            return
        if self._items.open:
            self._items.end(len(self._open))
        kind = self._open.pop()
        if kind == "block":
            self._end_block(tag)
        elif kind:
            self._close_inline(*self._inline.pop())

    def _end_block(self, tag: str) -> None:
        if self._size:
            self.end_line()
        if tag in _PREFORMATTED:
            self._preformatted -= 1
            while self.lines and not self.lines[-1].text:
                self.lines.pop()
        if self._too_deep:
            self._too_deep -= 1
            return
        self._blocks.pop()
        if self._rows and tag in ("td", "th") and len(self.lines) - self._rows[-1].cell_line > 1:
            self._rows[-1].is_simple = False
        elif self._rows and tag == "tr":
            self._end_row(self._rows.pop())

    def _end_row(self, row: _Row) -> None:
        """Make one line of a row of short cells, with tabs between them."""
        cells = self.lines[row.first_line :]
        if not row.is_simple or len(cells) < 2 or any(len(cell.text) > _MAX_CELL for cell in cells):
            return
        # Rows of links are lists of pages, or menus: their cells are found more easily one by one.
        linked = sum(end - start for cell in cells for start, end, kind, _ in cell.spans if kind == "link")
        if linked > _MAX_LINKED * sum(len(cell.text) for cell in cells):
            return
        spans, at = [], 0
        for cell in cells:
            spans += [(start + at, end + at, kind, value) for start, end, kind, value in cell.spans]
            at += len(cell.text) + 1
        text = "\t".join([cell.text for cell in cells])
        self.lines[row.first_line :] = [Drawn(text, self.nodes[cells[0].node].parent, cells[0].is_hidden, spans)]

    def _close_inline(self, kind: str, value: str, start: int) -> None:
        if start < self._size:
            self._last_inline = (kind, value, self._size)
            if kind != "span" and (value or kind == "code"):
                self._spans.append((start, self._size, kind, value))

    def characters(self, data: str) -> None:
        """A run of text."""
        if self._silent:
            if self._raw:
                self._raw[1].append(data)
            return
        if self._items.open:
            self._items.read(data)
        if self._preformatted:
            self._add_preformatted(data)
            return
        data = _SPACE.sub(" ", data)
        if not self._size:
            data = data.lstrip(_EDGE)
        elif data[:1] == " " and self._pieces[-1][-1:] == " ":
            data = data[1:]
        if data:
            self._add(data)

    def _add(self, data: str) -> None:
        self._pieces.append(data)
        self._size += len(data)

    def _add_preformatted(self, data: str) -> None:
        first, *others = data.split("\n")
        for number, part in enumerate([first, *others]):
            if number:
                self.end_line(is_break=True)
            if part:
                self._add(part)

    def end_line(self, is_break: bool = False) -> None:
        """Finish the current line, if there is any text in it. Empty lines are kept inside preformatted text only."""
        if not self._size and not (is_break and self._preformatted and self.lines):
            return
        text = "".join(self._pieces)
        text = text.rstrip() if self._preformatted else trimmed(text)
        self._pieces, self._size = [], 0
        if not text and not self._preformatted:
            return
        for place, (kind, value, start) in enumerate(self._inline):
            if start < len(text) and kind != "span" and (value or kind == "code"):
                self._spans.append((start, len(text), kind, value))
            self._inline[place] = (kind, value, 0)
        if self._preformatted and text:
            self._spans.append((0, len(text), "code", ""))
        node = self._node()
        spans = [(start, end, kind, value) for start, end, kind, value in self._spans if start <= len(text)]
        self.lines.append(Drawn(text, node, self._blocks[-1].is_hidden, spans))
        self._spans, self._last_inline = [], ("", "", -1)

    def _node(self) -> int:
        """Index of the innermost open block's node; makes those that are missing."""
        first = len(self._blocks) - 1
        while first > 0 and self._blocks[first].node < 0:
            first -= 1
        for place in range(first + 1, len(self._blocks)):
            block = self._blocks[place]
            block.node = len(self.nodes)
            self.nodes.append(Node(self._blocks[place - 1].node, block.tag, block.hint))
        if len(self._blocks) == 1:
            return self._root()
        return self._blocks[-1].node

    def _root(self) -> int:
        if not self.nodes:
            self.nodes.append(Node(-1, "body"))
        return 0

    def comment(self, data: str) -> None:
        """Comments say nothing to a reader."""

    def doctype(self, name: str, public_id: str | None, system_id: str | None) -> None:
        """The document type changes nothing here."""

    def processing_instruction(self, target: str, data: str) -> None:
        """Nor do processing instructions."""


def trimmed(text: str) -> str:
    """Take white space off both ends, but leave a no-break space behind a Latin-1 letter: it may be half of mojibake.

    >>> trimmed("\\u3000 voil\\xc3\\xa0 ")
    'voilÃ\\xa0'
    """
    bare = text.strip(_EDGE)
    if text[len(text.rstrip(_EDGE)) :][:1] == "\N{NO-BREAK SPACE}" and "\x80" <= bare[-1:] <= "\xff":
        return bare + "\N{NO-BREAK SPACE}"
    return bare
