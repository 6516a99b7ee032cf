"""What the body pane shows of a page: its whole text under a short head, and the marks on it."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain, groupby, islice
from typing import NamedTuple
from urllib.parse import urlsplit

from tui.core.i18n import tr, tr_name, tr_problem
from tui.core.model import BODY_KINDS, Document, Edit, Headline, Rows, Shape, Span, Writing, WrittenIn
from tui.core.values import replace
from tui.text.words.cells import visible
from tui.view.pagetext.brief import how_sure
from tui.view.pagetext.flow import TextFlow
from tui.view.pagetext.grid import Grid, Lines
from tui.view.pagetext.rows import Row, lead_of

AIRY_KINDS = frozenset({"title", "heading", "body", "quote", "post", "byline", "table", "code", "trouble"})
"""Kinds of block that an empty row sets off from their neighbours."""
PARAGRAPH_ENDS = "。！？….!?:：」』”’\"')）〕】］]》〉؟۔।"
SAMPLED_LINES = 60
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"})
"""Languages whose text the terminal may turn around, or not."""
NAMES: dict[WrittenIn, str] = {"hans": "simplified", "hant": "traditional", "mixed": "both scripts"}
SIGNS: dict[WrittenIn, str] = {"hans": "简", "hant": "繁", "mixed": "混"}
"""What stands in the margin of a line that is in another script than most of the page; two cells."""
_NOWHERE = frozenset({"", "javascript", "mailto", "tel", "data", "about", "blob", "sms", "whatsapp", "file", "ftp"})
"""Schemes under which there is no page to be read."""

Mark = tuple[int, int, str]
"""Start, end and name of a mark on the text."""


_QUIET = frozenset({"boiler", "headline", "title"})
"""Kinds of block in which links and emphasis aren't drawn."""
_DRAWN = frozenset({"link", "code", "bold", "italic"})
_HEADING_LEVEL = 2
"""Level of headings down to which they are drawn alike."""


_MOST_IMAGES = 3
"""Images before one line that are named: more are a row of small ones."""


class MarkedRun(NamedTuple):
    """Part of a row with the names of all that is to be seen of it."""

    text: str
    names: tuple[str, ...]


class Writings:
    """The stretches of a page with their scripts."""

    def __init__(self, scripts: Rows[Writing]) -> None:
        self._scripts = scripts
        self._sizes: Counter[WrittenIn] = Counter()
        for each in scripts:
            self._sizes[each.script] += each.end - each.start
        self._most = next((script for script, _size in self._sizes.most_common(1)), None)

    def other(self, offset: int) -> WrittenIn | None:
        """The script at a place of the document's text if it is another one than that of most of the page."""
        if len(self._sizes) < 2:
            return None
        at = bisect_right(self._scripts.column("start"), offset) - 1
        if at < 0 or offset >= self._scripts.column("end")[at]:
            return None
        script: WrittenIn = self._scripts.column("script")[at]
        return None if script == self._most else script

    def summary(self) -> str:
        """Say how much is in which script; empty where it is all in one.

        >>> Writings(Rows(Writing, [Writing(0, 90, "hant"), Writing(91, 101, "hans")])).summary()
        'traditional 90 %, simplified 10 %'
        """
        total = sum(self._sizes.values())
        if len(self._sizes) < 2:
            return ""
        parts = [f"{tr_name(NAMES[script])} {_percent(size, total)}" for script, size in self._sizes.most_common()]
        return ", ".join(parts)


def _percent(size: int, total: int) -> str:
    percent = round(100 * size / total)
    return f"{percent} %" if percent else tr("under 1 %")


class PageText:
    """A document as one string with a head; its offsets are the document's plus `shift`."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._blocks = document.blocks
        self._head = list(_head(document))
        self._head_ends: list[int] = []
        end = 0
        for line, _kind in self._head:
            end += len(line) + 1
            self._head_ends.append(end)
        self.shift = end
        self.text = "".join(line + "\n" for line, _kind in self._head) + document.text
        self.headlines: list[Headline] = sorted(document.headlines, key=lambda headline: headline.start)
        self._headline_ends = [headline.end for headline in self.headlines]
        self._is_airy = _ends_paragraphs(document)
        self._writings = Writings(document.scripts)
        self._span_ends: list[int] | None = None
        """Of each span, the furthest end of those up to it; None: nobody has asked."""

    @cached_property
    def link_count(self) -> int:
        """Links to other pages."""
        return sum(map(leads_to_page, self.document.spans))

    def opening(self) -> int:
        """Where a page is first shown: at the title, or else the article, if furniture stands above.

        Problems in the head come before that.
        """
        start = self._article()
        is_below = start is not None and self._blocks[0].start < start
        return start + self.shift if start is not None and is_below and not self._has_trouble else 0

    def beginning(self) -> int:
        """The line with which reading begins: the title, or else the article; it is in sight when the page is opened."""
        if self._has_trouble:
            return 0
        if opening := self.opening():
            return opening
        above = self._title_above()
        start = self._article()
        return above if above is not None else 0 if start is None else start + self.shift

    def title_place(self) -> int:
        """Where the title is drawn, or else where reading begins."""
        above = self._title_above()
        return self.beginning() if above is None else above

    def _title_above(self) -> int | None:
        """Where the title stands in the head; None: it stands in the page's text, or nowhere."""
        at = next((at for at, (_line, kind) in enumerate(self._head) if kind == "title"), None)
        return at and self._head_ends[at - 1]

    @property
    def _has_trouble(self) -> bool:
        return any(kind == "trouble" for _line, kind in self._head)

    def _article(self) -> int | None:
        """Where the title stands in the document's text, or else the article; None: it has none."""
        kinds, starts = self._blocks.column("kind"), self._blocks.column("start")
        body = next((at for at, kind in enumerate(kinds) if kind in BODY_KINDS), None)
        if body is None:
            return None
        return int(starts[next((at for at in range(body) if kinds[at] == "title"), body)])

    def kind(self, offset: int) -> str:
        """Kind of block at an offset: a `BlockKind`, `trouble` or `empty` in the head, or `plain`."""
        if offset < self.shift:
            return self._head[bisect_right(self._head_ends, offset)][1]
        at = offset - self.shift
        index = bisect_right(self._blocks.column("start"), at) - 1
        if index >= 0 and at < self._blocks.column("end")[index]:
            return str(self._blocks.column("kind")[index])
        return "plain"

    def look(self, offset: int) -> str:
        """Name of the look of the text at an offset: its kind, and of headings below the second level that too."""
        kind = self.kind(offset)
        if kind != "heading":
            return kind
        index = bisect_right(self._blocks.column("start"), offset - self.shift) - 1
        return "subheading" if (self._blocks[index].level or 0) > _HEADING_LEVEL else kind

    def other_script(self, offset: int) -> WrittenIn | None:
        """The script of Chinese at an offset where it is another one than that of most of the page."""
        return self._writings.other(offset - self.shift)

    def links(self, start: int, end: int) -> dict[int, str]:
        """Where links to other pages begin between two offsets, and their addresses as they are written."""
        spans = self._spans(start, end)
        return {span.start: span.value for span in spans if span.start >= start and leads_to_page(span)}

    def _spans(self, start: int, end: int) -> Iterator[Span]:
        """What stands between two offsets, or reaches into that, and isn't empty; sorted by where it starts."""
        spans, at = self.document.spans, self.shift
        if self._span_ends is None:
            self._span_ends = list(accumulate(spans.column("end"), max))
        for index in range(bisect_right(self._span_ends, start - at), len(spans)):
            span = spans[index]
            if span.start + at >= end:
                return
            if start - at < span.end and span.start < span.end:
                yield replace(span, start=span.start + at, end=span.end + at)

    def folds(self) -> list[tuple[int, int]]:
        """Runs of two lines of furniture and more, from the start of a line to the end of another."""
        runs: list[tuple[int, int]] = []
        for block in self._blocks or ():
            start, end = block.start + self.shift, block.end + self.shift
            if block.kind != "boiler":
                continue
            if runs and not self.text[runs[-1][1] : start].strip():
                runs[-1] = (runs[-1][0], end)
            else:
                runs.append((start, end))
        return [(start, end) for start, end in runs if "\n" in self.text[start:end].strip()]

    def block(self, offset: int, step: int) -> int | None:
        """Where the block begins that follows the one at an offset, or with -1 comes before it; None: there is none."""
        starts = self._blocks.column("start") if self._blocks else ()
        at = offset - self.shift
        index = bisect_right(starts, at) if step > 0 else bisect_left(starts, at) - 1
        index += step - (1 if step > 0 else -1)
        return int(starts[index]) + self.shift if 0 <= index < len(starts) else None

    def outline(self) -> list[tuple[int, int, str]]:
        """Titles, headings and lists of headlines: place, depth, words; of a page without any, how its paragraphs begin."""
        entries = []
        for block in self._blocks:
            if block.kind in ("title", "heading"):
                depth = 0 if block.kind == "title" else (block.level or 2) - 1
                entries.append((block.start, depth, self._first_line(block.start, block.end)))
        firsts: dict[str, Headline] = {}
        for headline in self.headlines:
            firsts.setdefault(headline.list, headline)
        entries += [(first.start, 1, tr("list: {name}", name=name_of_list(first))) for first in firsts.values()]
        if len(entries) < 2:
            entries += [
                (block.start, 1, self._first_line(block.start, block.end))
                for block in self._blocks
                if block.kind in ("body", "post", "quote")
            ]
        return [(start + self.shift, depth, words) for start, depth, words in sorted(entries)]

    def _first_line(self, start: int, end: int) -> str:
        return self.document.text[start:end].strip().partition("\n")[0][:200]

    def lead(self, start: int) -> str:
        """What stands before the line that starts here: bars of quotations, the marker of an item, blanks."""
        kind = self.kind(start)
        if kind == "code":
            return "  "
        shape = self._shape(start) if kind in BODY_KINDS else None
        return lead_of(shape) if shape is not None else ""

    def above(self, start: int) -> list[str]:
        """The images before the line that starts here, by their alternative texts; not those of menus and lists."""
        spans, at = self.document.spans, start - self.shift
        kind = self.kind(start)
        is_behind = kind == "boiler" and start > 1 and self.kind(start - 2) in BODY_KINDS
        if not spans or (kind in _QUIET and not is_behind):
            return []
        images = []
        column = spans.column("start")
        for index in range(bisect_left(column, at), min(bisect_right(column, at), len(spans))):
            span = spans[index]
            is_told = self.document.text.startswith(span.value, at)
            if span.kind == "image" and not is_told and any(char.isalnum() for char in span.value):
                images.append(tr("[image: {text}]", text=span.value))
        return list(dict.fromkeys(images))[:_MOST_IMAGES]

    def post(self, start: int) -> str | None:
        """Which post begins in the line that starts here, who wrote it, and when; None: none does."""
        posts, at = self.document.posts, start - self.shift
        index = bisect_left(posts.column("start"), at) if posts else len(posts)
        if index == len(posts) or "\n" in self.text[start : posts[index].start + self.shift]:
            return None
        day = posts[index].date or ""
        day = day[:16].replace("T", " ") if day[:4].isdigit() else day
        count = posts[index].number
        parts = ("" if count is None else f"#{count}", posts[index].author, day)
        return " · ".join(visible(part) for part in parts if part)

    def _shape(self, start: int) -> Shape | None:
        shapes, at = self.document.shapes, start - self.shift
        index = bisect_right(shapes.column("start"), at) - 1 if shapes else -1
        return shapes[index] if index >= 0 and at < shapes.column("end")[index] else None

    def grids(self, cells: int, *, wide: bool, folds: Sequence[tuple[int, int]] = ()) -> list[Grid]:
        """The tables to be drawn in so many cells; one that is folded in part is drawn line by line."""
        grids = [Grid(lines, cells, wide=wide) for lines in self._tables()]
        grids = [grid for grid in grids if not any(start < grid.end and grid.start < end for start, end in folds)]
        # Forums lay posts out in tables.
        return [grid for grid in grids if all(self.kind(start) != "post" for start, _end in grid.rows)]

    def laid_out(
        self, room: int, most: int, *, wide: bool, folds: Sequence[tuple[int, int]] = ()
    ) -> tuple[TextFlow, int]:
        """The rows in `room` cells, text in at most so many of them, and how many stay free at the left.

        Tables may take the room at the right as well.
        """
        cells = min(room, most)
        indent = (room - cells) // 2
        flow = TextFlow(
            self.text,
            cells,
            wide=wide,
            gap=self.gap,
            lead=self.lead,
            above=self.above,
            post=self.post,
            folds=folds,
            grids=self.grids(room - indent, wide=wide, folds=folds),
        )
        return flow, indent

    def _tables(self) -> Iterator[Lines]:
        shapes = self.document.shapes
        if not shapes:
            return
        tables = shapes.column("table")
        first = 0
        for table, same in groupby(tables):
            end = first + sum(1 for _each in same)
            if table >= 0:
                yield Lines(self.text, self.shift, shapes, first, end)
            first = end

    def gap(self, start: int) -> bool:
        """Whether an empty row is to stand before the line that starts here."""
        before = self.text[max(start - 2, 0) : start]
        if len(before) < 2 or before[0] == "\n" or self.text.startswith("\n", start):
            return False
        here, previous = self.kind(start), self.kind(start - 2)
        if previous == "heading":
            return False  # it belongs to what it heads
        if here != previous:
            return here in AIRY_KINDS or previous in AIRY_KINDS
        if self._begins_list(start):
            return True
        return self._is_airy and here in ("body", "quote", "post") and before[0] in PARAGRAPH_ENDS

    def _begins_list(self, start: int) -> bool:
        """The item is the first of a list that follows another one: bullets after numbers, numbers after bullets or from 1."""
        here, before = self._shape(start), self._shape(self.text.rfind("\n", 0, start - 1) + 1)
        if here is None or before is None or not here.marker or not before.marker:
            return False
        is_beside = here.indent - len(here.marker) == before.indent - len(before.marker)
        return is_beside and (here.marker == "1." or here.marker.endswith(".") != before.marker.endswith("."))

    def marks(self, start: int, end: int) -> list[Mark]:
        """Marks of repairs and found headlines that touch `start` to `end`."""
        return [
            *self._shape_marks(start, end),
            *self._span_marks(start, end),
            *self._headline_marks(start, end),
            *self._edit_marks(start, end),
        ]

    def _shape_marks(self, start: int, end: int) -> Iterator[Mark]:
        shapes, at = self.document.shapes, self.shift
        for index in shapes.between(start - at, end - at) if shapes else ():
            if shapes[index].is_head:
                yield shapes[index].start + at, shapes[index].end + at, "table_head"

    def _span_marks(self, start: int, end: int) -> Iterator[Mark]:
        """Links that can be followed, code and emphasis, in what is read: menus and lists are nothing but links."""
        for span in self._spans(start, end):
            if self.kind(span.start) in _QUIET or span.kind not in _DRAWN:
                continue
            if span.kind != "link" or leads_to_page(span):
                yield span.start, span.end, span.kind

    def _headline_marks(self, start: int, end: int) -> Iterator[Mark]:
        at = self.shift
        for index in range(bisect_right(self._headline_ends, start - at), len(self.headlines)):
            headline = self.headlines[index]
            if headline.start + at >= end:
                break
            yield headline.start + at, headline.end + at, "headline"

    def _edit_marks(self, start: int, end: int) -> Iterator[Mark]:
        edits, at = self.document.edits, self.shift
        if start < at:
            start = at
        if not edits or end <= at:
            return
        for index in edits.between(start - at, end - at):
            first, last = edit_extent(edits[index])
            yield first + at, last + at, "probable" if edits[index].certainty == "probable" else "edit"

    def next_edit(self, offset: int, step: int) -> int | None:
        """Index of the first edit after an offset (step 1) or of the last one before it (-1)."""
        starts = self.document.edits.column("start") if self.document.edits else ()
        at = offset - self.shift
        index = bisect_right(starts, at) if step > 0 else bisect_left(starts, at) - 1
        return index if 0 <= index < len(starts) else None


def name_of_list(headline: Headline) -> str:
    """What the list of a headline is called: by what stands over it, or else by its kind, and which of that kind it is.

    >>> name_of_list(Headline("hot 2", "", 0, 0)), name_of_list(Headline("hot", "", 0, 0, heading="最新聞 Hot"))
    ('hot 2', '最新聞 Hot')
    """
    if headline.heading:
        return headline.heading
    kind, space, number = headline.list.rpartition(" ")
    return f"{tr_name(kind)}{space}{number}" if space and number.isdigit() else tr_name(headline.list)


def leads_to_page(span: Span) -> bool:
    """Whether a span is a link to another page."""
    return span.kind == "link" and leads_somewhere(span.value)


def leads_somewhere(link: str) -> bool:
    """Whether a link names another page that can be read.

    >>> leads_somewhere("a/b.html"), leads_somewhere("#top"), leads_somewhere("mailto:a@example.org")
    (True, False, False)
    """
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return bool(parts.path or parts.query or parts.netloc) and (not parts.scheme or parts.scheme not in _NOWHERE)


def edit_extent(edit: Edit) -> tuple[int, int]:
    """Where an edit is to be seen: a deletion leaves nothing, so the character before it stands for it."""
    if edit.end > edit.start:
        return edit.start, edit.end
    return (edit.start - 1, edit.start) if edit.start else (0, 1)


def runs(row: Row, marks: Sequence[Mark], base: str) -> list[MarkedRun]:
    """Cut a row where marks begin and end; each part carries `base` and the names of its marks, in their order."""
    touching = [(*drawn, name) for start, end, name in marks for drawn in row.between(start, end)]
    texts = [(at, at + end - start) for at, start, end in row.stretches()] or [(0, len(row.text))]
    cuts = {0, len(row.text), *chain.from_iterable(texts)}
    for start, end, _name in touching:
        cuts |= {start, end}
    places = sorted(cuts)
    parts = []
    for start, end in zip(places, places[1:], strict=False):  # noqa: RUF007 - pairwise says the same
        under = base if any(first <= start < last for first, last in texts) else "drawn"
        names = (under, *(name for first, last, name in touching if first <= start and end <= last))
        parts.append(MarkedRun(row.text[start:end], names))
    return parts


def describe_edit(edit: Edit) -> str:
    """Say in one line what an edit did: what it was, what it is, who did it and how sure.

    >>> describe_edit(Edit(0, 1, "統(tǒng)", "統", "pinyin_gloss"))
    '統(tǒng) → 統 · pinyin_gloss · certain'
    """
    names = " + ".join(step.repair for step in edit.steps) or edit.repair
    nothing = tr("nothing")
    return f"{edit.before or nothing} → {edit.after or nothing} · {names} · {how_sure(edit.certainty)}"


def _head(document: Document) -> Iterator[tuple[str, str]]:
    kinds = set(islice(document.blocks.column("kind"), 200)) if document.blocks else set()
    yield from _trouble(document)
    if document.text and (document.language or "").partition("-")[0] in RIGHT_TO_LEFT:
        notice = tr("Right-to-left text is shown in reading order, since terminals differ in how they display it")
        yield notice, "empty"
    # A page without a title is called by its first line, which need not stand there twice.
    if document.title and "title" not in kinds and not document.text.lstrip().startswith(document.title):
        yield document.title.replace("\n", " "), "title"
        if document.text and "byline" not in kinds and (byline := _byline(document)):
            yield byline, "byline"


def _trouble(document: Document) -> Iterator[tuple[str, str]]:
    problems = document.problems
    if not document.text.strip():
        for problem in problems[:20]:
            yield f"! {tr_problem(problem)}".replace("\n", " "), "trouble"
        if not problems:
            yield tr("This page has no text"), "empty"
    # Nothing is lost by what was noticed about the structure: metadata tells it.
    elif graver := [problem for problem in problems if problem.stage != "structure"]:
        more = tr(" (and {count} more, see metadata)", count=len(problems) - 1) if len(problems) > 1 else ""
        yield f"! {tr_problem(graver[0])}{more}".replace("\n", " "), "trouble"


def _byline(document: Document) -> str:
    parts = []
    for key in ("author", "source", "date"):
        if field := document.metadata.get(key):
            value = field.value
            text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
            parts.append(text[:16].replace("T", " ") if key == "date" else text)
    return " · ".join(parts).replace("\n", " ")


def _ends_paragraphs(document: Document) -> bool:
    """Whether lines of the body are paragraphs, and not text wrapped at a fixed width or verse."""
    text, seen, ended = document.text, 0, 0
    for start, end in _body_lines(document.blocks, text):
        seen += 1
        ended += text[end - 1] in PARAGRAPH_ENDS and start < end
        if seen == SAMPLED_LINES:
            break
    return ended * 10 >= seen * 7


def _body_lines(blocks: Rows, text: str) -> Iterator[tuple[int, int]]:  # type: ignore[type-arg]
    for block in blocks:
        if block.kind not in ("body", "quote", "post"):
            continue
        start = block.start
        while start < block.end:
            end = text.find("\n", start, block.end)
            end = block.end if end < 0 else end
            if end > start:
                yield start, end
            start = end + 1
