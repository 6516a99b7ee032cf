"""Takes the events of an HTML parser and lays the visible text out in lines."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tui.core.values import dataclass, field
from tui.text.markup.microdata import NAMING, Items
from tui.text.markup.tables import OpenTable, TableCell

_BLOCK_TAGS = """
address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption figure
footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav noscript ol optgroup option
p plaintext pre search section select summary table tbody td template textarea tfoot th thead tr ul
"""
BLOCKS = frozenset(_BLOCK_TAGS.split())
"""Elements that browsers lay out as blocks."""
_SILENT_TAGS = "script style svg iframe noframes noembed object video audio canvas map datalist title"
_PREFORMATTED = frozenset({"pre", "listing", "plaintext", "textarea"})
_ROLES = {
    **dict.fromkeys(BLOCKS, "block"), **dict.fromkeys(_SILENT_TAGS.split(), "silent"), "br": "br",
    "a": "link", "time": "time", "b": "bold", "strong": "bold", "i": "italic", "em": "italic",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code",
    "span": "span", "small": "span", "font": "span", "label": "span",
}  # fmt: skip
"""What an element is here: block, silent, br, or the kind of its span; others have none."""
_VALUES = {"link": "href", "time": "datetime"}
"""Kind of span -> the attribute that is its value."""
_WITHOUT_VALUE = frozenset({"code", "bold", "italic", "author"})
AUTHORS = frozenset({"author", "byname", "creator", "hnuser", "nick", "nickname", "poster", "postername", "username"})
"""Words in the names of elements that hold who wrote something."""
_SIGNED = frozenset({"link", "bold", "italic"})
"""Kinds of inline elements that may be named for who wrote something, beside spans."""
_AUTHOR_WORD = re.compile(r"(?<![A-Za-z])[Aa]uthors?(?:[-_]{0,2}[Nn]ames?|[-_]{0,2}[Ll]inks?)?(?![A-Za-z])")
"""In the name of an element that holds them alone: `author`, `author-name`, `authorName_x1`."""
_UNSEEN = frozenset({"template", "noscript"})
_MAX_DEPTH = 256
"""Block elements that are told apart; what nests deeper belongs to the last of them."""
MOST_META = 5_000
"""Facts of the head that are kept."""
_MAX_META = 20_000
"""Code points of one of them."""
MOST_CELLS = 50_000
"""Cells of a page's tables; a table with those beyond is none of data, and keeps a line for each row."""
_NAMING = ("id", "class", "role", "itemprop")
_MAX_HINT = 200
_MAX_CELL = 150
"""Code points of a table cell up to which a row becomes one line."""
_MAX_INLINE = 64
"""Open links, spans, times and codes that are told apart."""
_NO_INLINE = ("", "", -1)
"""Kind, value and end of the last inline element of a line that has none yet."""
_MAX_LINKED = 0.3
_MAX_DIGITS = 7
_SPACE = re.compile(r"[\t\n\r\f][ \t\n\r\f]*| [ \t\n\r\f]+")
_EDGE = " \t\u3000\N{NO-BREAK SPACE}"
_INDENTING = _EDGE + "\n\r\f"
"""What is left out at a line's start, before `_SPACE` is made one space."""
_INVISIBLE = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden")

_CELLS = ("td", "th")
_SHAPING = frozenset({"blockquote", "dd", "li", "ol", "table", "td", "th", "tr", "ul"})
_TELLING = _SHAPING | _PREFORMATTED
"""Blocks of which more is noted than that they open and close."""
_BULLETS = "•◦"
_INDENT = 2
_MAX_INDENT = 24
"""Cells; what nests deeper stands no further to the right."""

Attributes = tuple[tuple[str, str | None], ...]
NamedAttributes = dict[str, str | None]
"""Attributes by name; of those without a value None."""
_NO_ATTRIBUTES: NamedAttributes = {}
ShapeFields = tuple[int, int, int, int, str, int, int, int, int, bool]
"""The fields of a `Shape`, in order."""


@dataclass(slots=True)
class Drawn:
    """A finished line."""

    text: str
    node: int
    is_hidden: bool
    spans: list[tuple[int, int, str, str]] = field(default_factory=list)
    """(start, end, kind, value), places in the line."""
    shape: tuple[int, int, str] | None = None
    """Quotations, indent and marker; None: as any line."""
    table: OpenTable | None = None
    cells: list[TableCell] = field(default_factory=list)
    """Of a table's row or a part of one."""

    def shapes(self, at: int) -> Iterator[ShapeFields]:
        """The fields of its shape, or those of its cells, for a line that starts at a place of the text."""
        shape = self.shape or (0, 0, "")
        if self.table is not None and self.table.is_data:
            for cell in self.cells:
                is_at = at + cell.start, at + cell.end, *shape
                yield *is_at, self.table.number, cell.row, cell.column, cell.columns, cell.is_head
        elif self.shape is not None:
            yield at, at + len(self.text), *shape, -1, 0, 0, 1, False


@dataclass(slots=True)
class _OpenBlock:
    """An open block element; it becomes a node when text is found in it."""

    tag: str
    values: NamedAttributes
    is_hidden: bool
    quotes: int = 0
    indent: int = 0
    node: int = -1


@dataclass(slots=True)
class _List:
    """An open list."""

    bullet: str
    """Empty: it has numbers."""
    number: int
    """Of the last item."""


@dataclass(slots=True)
class _Row:
    """An open table row."""

    first_line: int
    cell_line: int
    table: OpenTable
    is_simple: bool = True
    cells: list[TableCell] = field(default_factory=list)
    """Each with the number of its first line and of the one behind its last as its places."""


class NodeColumns(NamedTuple):
    """The fields of all nodes."""

    parents: list[int]
    tags: list[str]
    hints: list[str]

    def add(self, parent: int, tag: str, hint: str) -> int:
        """Add a node and return its index."""
        self.parents.append(parent)
        self.tags.append(tag)
        self.hints.append(hint)
        return len(self.tags) - 1


class HeadFacts:
    """What a page's head says, in order."""

    def __init__(self) -> None:
        self.stated: list[tuple[str, str]] = []
        self.has_title = False

    def add(self, key: str, value: str) -> None:
        """Note a fact; empty ones are left out."""
        value = " ".join(value.split())[:_MAX_META] if key != "json-ld" else value.strip()
        if value and len(self.stated) < MOST_META:
            key = key.strip().lower()
            self.has_title = self.has_title or key == "title"
            self.stated.append((key, value))


class Builder:
    """Lines, nodes and meta fields of a page; turbohtml calls its methods."""

    def __init__(self) -> None:
        self.lines: list[Drawn] = []
        self.nodes = NodeColumns([], [], [])
        self._hints = {"": ""}
        self.meta = HeadFacts()
        self._blocks: list[_OpenBlock] = [_OpenBlock("", _NO_ATTRIBUTES, is_hidden=False)]
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
        self._tables: list[OpenTable] = []
        self._table_count = self._cell_count = 0
        self._lists: list[_List] = []
        self._markers: list[str] = []
        """Of the open items that have no line yet."""
        self._last_inline = _NO_INLINE
        # Not with a method of the builder, which would hold itself, and all lines until garbage is collected.
        self._items = Items(self.meta.add)
        self._open_items = self._items.open

    def start_element(self, tag: str, attrs: Attributes) -> None:
        """An element opens."""
        if self._silent:
            self._silent += 1
            return
        role = _ROLES.get(tag, "")
        if role == "silent":
            self._start_silent(tag, attrs)
            return
        is_hidden = False
        values = _NO_ATTRIBUTES
        if attrs:
            values = dict(attrs)
            is_hidden = "hidden" in values or ("style" in values and _hides(values["style"] or ""))
        if role == "block" or is_hidden or (not role and "-" in tag):
            self._start_block(tag, values, is_hidden or tag in _UNSEEN)
        elif role == "br":
            self.end_line(is_break=True)
            self._open.append("")
        else:
            self._start_inline(tag, role, values)

    def _start_silent(self, tag: str, attrs: Attributes) -> None:
        self._silent = 1
        if tag == "title" and not self.meta.has_title:
            self._raw = ("title", [])
        elif tag == "script" and attrs and _media(dict(attrs)) == "application/ld+json":
            self._raw = ("json-ld", [])

    def _start_block(self, tag: str, values: NamedAttributes, is_hidden: bool) -> None:
        if self._size:
            self.end_line()
        self._open.append("block")
        if values:
            if tag == "html":
                self.meta.add("lang", values.get("lang") or "")
            if not NAMING.isdisjoint(values):
                self._items.start(len(self._open), values)
        is_telling = tag in _TELLING
        if is_telling and tag in _PREFORMATTED:
            self._preformatted += 1
        blocks = self._blocks
        if len(blocks) > _MAX_DEPTH:
            self._too_deep += 1
            return
        around = blocks[-1]
        block = _OpenBlock(tag, values, is_hidden or around.is_hidden, around.quotes, around.indent)
        blocks.append(block)
        if is_telling and tag in _SHAPING:
            self._shape_block(tag, values, block)

    def _shape_block(self, tag: str, values: NamedAttributes, block: _OpenBlock) -> None:
        """Note what a block does to the place of the lines in it."""
        if tag == "blockquote":
            block.quotes += 1
        elif tag == "dd":
            block.indent += _INDENT
        elif tag == "ol":
            self._lists.append(_List("", _number(values.get("start"), 1) - 1))
        elif tag == "ul":
            self._lists.append(_List(_BULLETS[sum(bool(each.bullet) for each in self._lists) % 2], 0))
        elif tag == "li":
            marker = self._marker(values)
            self._markers.append(marker)
            block.indent += len(marker) + 1
        elif tag == "table":
            self._table_count += 1
            if self._tables:
                self._tables[-1].hold_text()
            if self._rows:
                self._rows[-1].is_simple = False
            self._tables.append(OpenTable(self._table_count))
        elif tag == "tr" and self._tables:
            table = self._tables[-1]
            table.start_row(len(self.lines))
            self._rows.append(_Row(len(self.lines), len(self.lines), table))
        elif tag in _CELLS and self._rows:
            self._rows[-1].cell_line = len(self.lines)
            spans = (_number(values.get(name), 1) for name in ("colspan", "rowspan"))
            self._rows[-1].table.start_cell(*spans, is_head=tag == "th")

    def _marker(self, values: NamedAttributes) -> str:
        if not self._lists or self._lists[-1].bullet:
            return self._lists[-1].bullet if self._lists else _BULLETS[0]
        self._lists[-1].number = number = _number(values.get("value"), self._lists[-1].number + 1)
        return f"{number}."

    def _start_inline(self, tag: str, kind: str, values: NamedAttributes) -> None:
        if tag == "abbr" and "published" in (values.get("class") or "").split():
            kind, values = "time", {**values, "datetime": values.get("title")}  # as hAtom tells days
        if not kind:
            self._note(tag, values)
        elif len(self._inline) >= _MAX_INLINE:
            kind = ""
        is_signed = bool(values) and kind in _SIGNED and _names_author(values)
        self._open.append("signed" if is_signed else kind)
        if values and not NAMING.isdisjoint(values):
            self._items.start(len(self._open), values)
        if kind:
            value = (values.get("class" if tag == "span" else _VALUES.get(kind, "")) or "") if values else ""
            if self._last_inline[2] == self._size:
                self._part(kind, value)
            self._inline.append((kind, value, self._size))
            if is_signed:
                self._inline.append(("author", "", self._size))

    def _note(self, tag: str, values: NamedAttributes) -> None:
        """Keep what an element without text says."""
        if tag == "img":
            self._add_image(values)
        elif tag == "meta":
            self._add_meta_element(values)
        elif tag == "base":
            self.meta.add("base", values.get("href") or "")
        elif tag == "link" and "canonical" in (values.get("rel") or "").lower().split():
            self.meta.add("canonical", values.get("href") or "")

    def _part(self, kind: str, value: str) -> None:
        """Part two elements that stand side by side without a space: links, what follows a link, spans of two classes."""
        before, name, _end = self._last_inline
        if self._preformatted or self._pieces[-1][-1:] == " ":
            return
        is_two_spans = before == kind == "span" and name and value and name != value
        if (
            is_two_spans
            or (before == "link" and kind in ("link", "span", "bold", "italic"))
            or (name and before == "span" and kind == "link")
        ):
            self._add(" ")

    def _add_image(self, values: NamedAttributes) -> None:
        alt = " ".join((values.get("alt") or "").split())
        if alt:
            self._spans.append((self._size, self._size, "image", alt))

    def _add_meta_element(self, values: NamedAttributes) -> None:
        for name in (values.get("property") or "").split() or filter(None, (values.get("name"),)):
            self.meta.add(name, values.get("content") or "")

    def end_element(self, tag: str) -> None:
        """An element closes; every one that opened does."""
        if self._silent:
            self._silent -= 1
            if not self._silent and self._raw:
                self.meta.add(self._raw[0], "".join(self._raw[1]))
                self._raw = None
            return
        if self._open_items:
            self._items.end(len(self._open))
        kind = self._open.pop()
        if kind == "block":
            if self._size:
                self.end_line()
            if self._too_deep or tag in _TELLING:
                self._end_block(tag)
            else:
                self._blocks.pop()
        elif kind:
            if kind == "signed":
                self._close_inline(*self._inline.pop())
            self._close_inline(*self._inline.pop())

    def _end_block(self, tag: str) -> None:
        if tag in _PREFORMATTED:
            self._preformatted -= 1
            while self.lines and not self.lines[-1].text:
                self.lines.pop()
        if self._too_deep:
            self._too_deep -= 1
            return
        self._blocks.pop()
        if tag in ("ol", "ul"):
            self._lists.pop()
        elif tag == "li":
            self._markers.clear()
        elif tag == "table":
            self._tables.pop()
        elif tag in _CELLS and self._rows:
            self._end_cell(self._rows[-1])
        elif tag == "tr" and self._rows:
            row = self._rows.pop()
            self._shape_cells(row)
            self._end_row(row)
            row.table.end_row(len(self.lines))

    def _end_cell(self, row: _Row) -> None:
        lines = self.lines[row.cell_line :]
        if len(lines) > 1:
            row.is_simple = False
        self._cell_count += 1
        if self._cell_count > MOST_CELLS:
            row.table.hold_text()
        if lines:
            row.cells.append(row.table.end_cell(row.cell_line, len(self.lines), sum(len(each.text) for each in lines)))

    def _shape_cells(self, row: _Row) -> None:
        """Give the lines of a row the cells that they are, or are part of."""
        if sum(cell.end - cell.start for cell in row.cells) != len(self.lines) - row.first_line:
            row.table.hold_text()
        for cell in row.cells:
            for line in self.lines[cell.start : cell.end]:
                line.table, line.cells = row.table, [cell._replace(start=0, end=len(line.text))]

    def _end_row(self, row: _Row) -> None:
        """Make one line of a row of short cells, with tabs between them."""
        cells = self.lines[row.first_line :]
        if not row.is_simple or len(cells) < 2 or any(len(cell.text) > _MAX_CELL for cell in cells):
            return
        # Rows of links are lists of pages, or menus: their cells are found more easily one by one.
        linked = sum(end - start for cell in cells for start, end, kind, _ in cell.spans if kind == "link")
        if linked > _MAX_LINKED * sum(len(cell.text) for cell in cells):
            return
        spans, parts, at = [], [], 0
        for cell in cells:
            parts += [part._replace(start=at, end=at + part.end) for part in cell.cells]
            spans += [(start + at, end + at, kind, value) for start, end, kind, value in cell.spans]
            at += len(cell.text) + 1
        text = "\t".join([cell.text for cell in cells])
        line = Drawn(text, self.nodes.parents[cells[0].node], cells[0].is_hidden, spans, None, row.table, parts)
        self.lines[row.first_line :] = [line]

    def _close_inline(self, kind: str, value: str, start: int) -> None:
        if start < self._size:
            self._last_inline = (kind, value, self._size)
            if kind == "span" and value and _names_writer(value):
                kind, value = "author", ""
            if _is_kept(kind, value):
                self._spans.append((start, self._size, kind, value))

    def characters(self, data: str) -> None:
        """A run of text."""
        if self._silent:
            if self._raw:
                self._raw[1].append(data)
            return
        if self._open_items:
            self._items.read(data)
        if self._preformatted:
            self._add_preformatted(data)
            return
        if not self._size:
            data = data.lstrip(_INDENTING)
            if not data:
                return
        if "  " in data or not data.isprintable():  # which no line end is
            data = _SPACE.sub(" ", data)
        if data[:1] == " " and self._size and self._pieces[-1][-1:] == " ":
            data = data[1:]
        if data:
            self._pieces.append(data)
            self._size += len(data)

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
        if self._preformatted:
            text = text.rstrip()
        elif text[-1] in _EDGE or text[0] in _EDGE:
            text = trimmed(text)
        is_cut = len(text) < self._size
        self._pieces, self._size = [], 0
        if not text and not self._preformatted:
            return
        spans = self._spans
        if self._inline:
            spans += [
                (start, len(text), kind, value)
                for kind, value, start in self._inline
                if start < len(text) and _is_kept(kind, value)
            ]
            self._inline = [(kind, value, 0) for kind, value, _start in self._inline]
        if self._preformatted and text:
            spans.append((0, len(text), "code", ""))
        block = self._blocks[-1]
        node = block.node if block.node >= 0 else self._node()
        self._spans = []
        if is_cut and spans:
            spans = [span for span in spans if span[0] <= len(text)]
        marker = ""
        if self._markers:
            marker = self._markers[-1]
            self._markers.clear()
        shape = (block.quotes, min(block.indent, _MAX_INDENT), marker) if block.quotes or block.indent else None
        self.lines.append(Drawn(text, node, block.is_hidden, spans, shape))
        self._last_inline = _NO_INLINE

    def _node(self) -> int:
        """Index of the innermost open block's node; makes those that are missing."""
        blocks, (parents, tags, hints) = self._blocks, self.nodes
        if len(blocks) == 1:
            if not tags:
                self.nodes.add(-1, "body", "")
            return 0
        first = len(blocks) - 1
        while first > 0 and blocks[first].node < 0:
            first -= 1
        parent = blocks[first].node
        for block in blocks[first + 1 :]:
            parents.append(parent)
            tags.append(block.tag)
            hints.append(self._hint(block.values) if block.values else "")
            block.node = parent = len(tags) - 1
        return parent

    def _hint(self, values: NamedAttributes) -> str:
        """The names that an element has by its attributes; many elements of a page share theirs."""
        names = " ".join(filter(None, map(values.get, _NAMING)))
        hint = self._hints.get(names)
        if hint is None:
            hint = self._hints[names] = " ".join(names.lower().split())[:_MAX_HINT]
        return hint

    def comment(self, data: str) -> None:
        """Comments say nothing to a reader."""

    def doctype(self, name: str, public_id: str | None, system_id: str | None) -> None:
        """The document type changes nothing here."""

    def processing_instruction(self, target: str, data: str) -> None:
        """Nor do processing instructions."""


def _hides(style: str) -> bool:
    return ("none" in (folded := style.lower()) or "hidden" in folded) and _INVISIBLE.search(folded) is not None


def _media(values: NamedAttributes) -> str:
    """The media type of a script, without its parameters."""
    return (values.get("type") or "").partition(";")[0].strip().lower()


def _names_writer(name: str) -> bool:
    return not AUTHORS.isdisjoint(name.lower().replace("-", " ").replace("_", " ").split()) or (
        "uthor" in name and _AUTHOR_WORD.search(name) is not None
    )


def _names_author(values: NamedAttributes) -> bool:
    """Whether the names of an element say that it holds who wrote something, as `rel=author` of a link does."""
    if "author" in (values.get("rel") or "").split():
        return True
    name = values.get("class") or ""
    if "uthor" not in name:
        name = values.get("data-testid") or ""
    return "uthor" in name and _AUTHOR_WORD.search(name) is not None


def _is_kept(kind: str, value: str) -> bool:
    return kind in _WITHOUT_VALUE or (value != "" and kind != "span")


def _number(text: str | None, default: int) -> int:
    """The number that an attribute gives; the default where it gives none that anybody would write."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < _MAX_DIGITS else default


def trimmed(text: str) -> str:
    """Take white space off both ends, but leave a no-break space behind a Latin-1 letter: it may be half of mojibake.

    >>> trimmed("\\u3000 voil\\xc3\\xa0 ")
    'voilÃ\\xa0'
    """
    bare = text.strip(_EDGE)
    if "\x80" <= bare[-1:] <= "\xff" and text[len(text.rstrip(_EDGE)) :][:1] == "\N{NO-BREAK SPACE}":
        return bare + "\N{NO-BREAK SPACE}"
    return bare
