"""Target -> references -> bytes -> text -> document: a page's way, without any screen.

The parts that work on text are imported when the first page is opened: scanning alone needs none of them.
"""

import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import accumulate, count, islice
from operator import add, attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.core.answers import Traced
from tui.core.errors import SourceError
from tui.core.model import (
    Charset,
    CharsetReadings,
    Document,
    Edit,
    Item,
    Limits,
    Options,
    Original,
    Preview,
    Ref,
    RepairCount,
    RepairEffects,
    Rows,
    Shape,
    Span,
)
from tui.core.page import ENTRY_MEDIA, FEED_MEDIA, WIKI_MEDIA, BatchRow, Line, Node, Page, RawPage, RecordFields
from tui.core.problems import Problem, Reason
from tui.core.questions import Effects, Given, Readings, Source, Trace
from tui.core.records import date_names, moment
from tui.core.values import fields as value_fields
from tui.core.values import replace
from tui.sources import Tally, fields, fields_of, read, scan, stored
from tui.sources.base import HEAD_BYTES

if TYPE_CHECKING:
    from tui.text.charset.decode import Decoded
    from tui.text.markup.html import Markup
    from tui.text.mending.mend import Mending

__all__ = [
    "Tally",
    "effects",
    "given",
    "load",
    "peek",
    "peeks",
    "read",
    "readings",
    "record",
    "recorded",
    "recorded_day",
    "restore",
    "scan",
    "source",
    "trace",
    "warm",
]

_MARKUP = frozenset({"text/html", FEED_MEDIA, ENTRY_MEDIA, WIKI_MEDIA})
PEEK_BYTES = 64 * 1024
"""Bytes of a page that a peek looks at from the start."""
FAR_PEEK_BYTES = 1024 * 1024
"""Bytes of a page among which a peek looks for headings and facts: styles and menus may stand before them."""
MOST_LINES, MOST_TAGS = 1_000_000, 400_000
"""Line ends of a page, and starts of tags in its markup, up to which its text is taken; 32 MB may hold as many millions."""
MOST_STRINGS = 10_000
"""Strings beside its text, such as what stands for pictures, that are repaired as the text was."""
# A record's title may stand last, and to part 32 MB of JSON into fields takes 60 ms.
_FAR_PEEK = Limits(page_bytes=FAR_PEEK_BYTES, record_bytes=Limits().page_bytes)
PLACED_BYTES = 512 * 1024
"""Bytes of a page of whose source it is found out where a character of its text stands."""
_OURS = Charset("utf-8", "json")
PEEK_TEXT_BYTES = 16 * 1024
"""Bytes of bare text from which a peek finds the title, and characters from which it judges how a title is damaged."""
LONG_TITLE = 1_000
"""Characters of a title that is not looked through along with others."""


def warm() -> None:
    """Import what every page needs: for a worker that waits for its first request."""
    import tui.text.charset.decode
    import tui.text.document
    import tui.text.markup.html
    import tui.text.mending.edits
    import tui.text.mending.mend
    import tui.text.quality.measures  # noqa: F401


def load(ref: Item, options: Options, limits: Limits, plain: Reason | None = None) -> Document:
    """Read, restore and parse one page. What can't be read is an empty document with a problem.

    `plain` says why the full way failed before; then tags are stripped and nothing is repaired.
    """
    from tui.text import document

    try:
        raw = read(ref, limits, options)
    except SourceError as error:
        return Document.unread(ref, error.problem)
    page, repairs = restore(raw, options, plain)
    return document.parse(page, repairs, options.bounds)


def restore(raw: RawPage, options: Options, plain: Reason | None = None) -> tuple[Page, tuple[RepairCount, ...]]:
    """Decode a page, take its text out of the markup and repair it; return it with how often each repair acted."""
    from tui.text.mending import mend

    if raw.row is not None and not plain:
        return _taken_up(raw, raw.row, options)
    decoded = _decoded(raw, options)
    text, clipped = _clipped(raw, decoded.text if raw.markup is None else raw.markup)
    markup = _markup(raw, text, plain)
    if plain:  # the reason for what follows
        why: tuple[Problem, ...] = (Problem("parser_gave_up", raw.ref.source, {"reason": plain}),)
        mended = mend.Mending(markup.text, Rows(Edit), (), ())
    else:
        why, mended = (), mend.mend(markup.text, options, _code(markup))
    strings = _Strings(mended, options)
    page = Page(
        raw=replace(raw, title=strings.mend(raw.title) if raw.title else raw.title, row=None),
        charset=decoded.charset,
        text=mended.text,
        edits=mended.edits,
        lines=_moved_lines(markup.lines, mended),
        nodes=markup.nodes,
        spans=_moved_spans(markup.spans, mended, strings),
        shapes=_moved_shapes(markup.shapes, mended),
        meta=tuple((key, strings.mend(value)) for key, value in markup.meta),
        meta_before=strings.before,
        problems=(*why, *raw.problems, *decoded.problems, *clipped, *mended.problems),
    )
    return page, mend.count(mended)


def _taken_up(raw: RawPage, row: BatchRow, options: Options) -> tuple[Page, tuple[RepairCount, ...]]:
    """As `restore`, of a page that a batch has repaired: as it was repaired then."""
    from tui.text.mending import mend

    mended = mend.go_on(row.text, row.edits, options)
    page = Page(
        raw=raw,
        charset=row.charset,
        text=mended.text,
        edits=mended.edits,
        lines=_bare_lines(mended.text),
        nodes=Rows(Node),
        spans=Rows(Span),
        problems=(*raw.problems, *row.problems, *mended.problems),
    )
    return page, mend.count(mended, row.others, options)


def given(question: Given, limits: Limits) -> Document:
    """Restore and parse the page of some bytes that lie nowhere, whatever they are."""
    from tui.sources.parsing import http_message, pages
    from tui.sources.parsing.magic import binary_kind
    from tui.text import document

    size, payload = len(question.payload), question.payload[: limits.page_bytes]
    assert isinstance(question.ref, Ref)  # noqa: S101 - nothing else is asked about
    raw = RawPage(
        question.ref,
        payload,
        http_message.media_of(question.content_type, payload),
        size,
        size - len(payload),
        http_message.charset_claims(question.content_type),
        url=question.ref.source or None,
        problems=pages.bounds(question.ref, len(payload), size),
    )
    if kind := binary_kind(payload[:HEAD_BYTES]):
        raw = pages.unshown(raw, Reason(kind))
    page, repairs = restore(raw, question.options, question.plain)
    return document.parse(page, repairs, question.options.bounds)


def source(question: Source, limits: Limits) -> Original:
    """Read and decode a page, and no more unless a place is wanted. What can't be read is empty with a problem."""
    ref = question.ref
    try:
        raw = read(ref, limits, question.options)
        record = raw.payload if ref.length < 0 else stored(ref, replace(limits, page_bytes=limits.page_bytes + 1))
    except SourceError as error:
        return question.unanswered(error.problem)
    decoded = _decoded(raw, question.options)
    problems = (*raw.problems, *decoded.problems)
    if len(record) > limits.page_bytes:
        record = record[: limits.page_bytes]
        problems = (Problem("clipped_record", raw.ref.source, {"most": limits.page_bytes}), *problems)
    place = _place_in(decoded.text, raw, question) if question.offset >= 0 and not raw.is_binary else -1
    return Original(ref, raw.payload, record, raw.media, decoded.charset, decoded.text, problems, place)


def record(ref: Ref, limits: Limits) -> bytes:
    """Return what lies at a reference, as it lies there; empty: it can't be read."""
    try:
        return read(ref, limits).payload if ref.length < 0 else stored(ref, limits)
    except SourceError:
        return b""


def _place_in(source: str, raw: RawPage, question: Source) -> int:
    """Return where in the decoded source of a page a character of its text stands; -1: that isn't known.

    Of a page of more than `PLACED_BYTES` it isn't found out: who wants to see the source shouldn't wait for its repair.
    """
    from tui.text.mending.trace import locate, unmended

    if len(raw.payload) > PLACED_BYTES:
        return -1
    page, _ = restore(raw, question.options)
    if question.offset >= len(page.text):
        return -1
    before = unmended(page.text, page.edits, question.offset)
    # Heads say titles and first sentences too, and text comes of the body.
    head = re.search("<body[ >]", source, re.IGNORECASE)
    for start in sorted({head.start() if head else 0, 0}, reverse=True):
        encoded = source[start:].encode("utf-8", "surrogatepass")
        origin = locate(encoded, "utf-8", before.text, before.start, before.end)
        if origin is not None:
            return start + len(encoded[: origin.start_bytes].decode("utf-8", "surrogatepass"))
    return -1


def readings(question: Readings, limits: Limits) -> CharsetReadings:
    """Return the charsets in which a page could be read. What can't be read has none, and a problem."""
    from tui.text.charset.readings import candidates

    try:
        raw = read(question.ref, limits, question.options)
    except SourceError as error:
        return question.unanswered(error.problem)
    decoded = _decoded(raw, question.options)
    choices = () if raw.is_binary else candidates(raw.encoded, decoded.charset)
    return CharsetReadings(question.ref, decoded.charset, choices, (*raw.problems, *decoded.problems))


def effects(question: Effects, limits: Limits) -> RepairEffects:
    """Return what each repair does to a page, or would do. What can't be read has none, and a problem."""
    from tui.text.mending import mend

    try:
        raw = read(question.ref, limits, question.options)
    except SourceError as error:
        return question.unanswered(error.problem)
    decoded = _decoded(raw, question.options)
    markup = _markup(raw, _clipped(raw, decoded.text if raw.markup is None else raw.markup)[0], None)
    made = mend.effects(markup.text, question.options, _code(markup))
    return RepairEffects(question.ref, made, (*raw.problems, *decoded.problems))


def trace(question: Trace, limits: Limits) -> Traced:
    """Return the bytes from which the character at an offset of a page's text, or of its decoded source, came.

    What can't be read is traced to nothing, with a problem.
    """
    from tui.text.mending.edits import Moves
    from tui.text.mending.trace import locate, unmended

    ref, offset = question.ref, question.offset
    try:
        raw = read(ref, limits, question.options)
    except SourceError as error:
        return question.unanswered(error.problem)
    if question.in_source:
        decoded = _decoded(raw, question.options)
        charset, text, edits = decoded.charset, decoded.text, Rows(Edit)
    else:
        page, _ = restore(raw, question.options)
        charset, text, edits = page.charset, page.text, page.edits
    if not 0 <= offset < len(text):
        return Traced(ref, charset, len(raw.payload))
    before = unmended(text, edits, offset)
    is_there = before.start < before.end
    at = raw.payload.find(raw.encoded)  # what stands in a coding there can't be pointed to
    there = before[:3]
    if raw.row is not None:  # what lies there is repaired, and ours
        moves = Moves(raw.row.edits)
        charset, there = _OURS, (raw.row.text, moves.start(before.start), moves.end(before.end))
    origin = locate(raw.encoded, charset.name, *there) if is_there and at >= 0 else None
    origin = origin and replace(origin, start_bytes=at + origin.start_bytes)
    return Traced(ref, charset, len(raw.payload), before.edit, is_there, origin)


def _code(markup: "Markup") -> list[tuple[int, int]]:
    """Where code and preformatted text stand."""
    if "code" not in markup.spans.column("kind"):
        return []
    spans = zip(*map(markup.spans.column, ("start", "end", "kind")), strict=True)
    return [(start, end) for start, end, kind in spans if kind == "code"]


def peek(ref: Item, options: Options) -> Preview:
    """Return a page's title, repaired, and date, from its first kilobytes, or from its record's fields alone.

    Markup is not parsed: its head is looked at. Bare text, which has no head, goes the full way, but only its start.
    """
    try:
        known = fields(ref, _FAR_PEEK, options)
        if known is not None and (own := _stated(known)) is not None:
            title = " ".join(own.title.split())
            if not known.is_restored:
                title = _mended(own.title, lambda: (known.text or "")[:PEEK_TEXT_BYTES], options)
            return Preview(ref, title, own.day, None, known.url, known.fetched)
        raw = read(ref, _FAR_PEEK, options)
    except SourceError as error:
        return Preview(ref, "", trouble=error.problem)
    if raw.row is not None:
        stated = raw.row.metadata.get("date")
        title, day = " ".join((raw.title or "").split()), str(stated.value) if stated else None
    elif raw.media == "text/html" or raw.title:
        title, day = _glance(raw, options)
    else:
        title, day = _peek_text(
            replace(raw, payload=raw.payload[:PEEK_TEXT_BYTES], words=raw.encoded[:PEEK_TEXT_BYTES], clipped=1), options
        )
    problems = (*raw.problems, *(raw.row.problems if raw.row else ()))
    trouble = _trouble(problems)
    if not title and raw.url and not (trouble and trouble.gravity == "unread"):
        from tui.text.words.sitename import by_address

        title = by_address(raw.url)
    return Preview(
        ref, title, recorded_day(raw.record.get, date_names(tuple(raw.record))) or day, trouble, raw.url, raw.fetched
    )


def peeks(refs: Sequence[Item], options: Options, a_moment: Callable[[Sequence[int]], Iterator[int]]) -> Rows[Preview]:
    """Peek at the first of many pages, as many as there is time for: `a_moment` yields of some numbers the first that are.

    Titles that records state are looked through together for what may have to be repaired.
    """
    from tui.text.mending.spared import doubtful

    known = recorded(refs, options)
    rows: list[tuple[Any, ...]] = []
    titles: list[str] = []
    for at in a_moment(range(len(refs))):
        record = known(at)
        if record is None or (stated := _stated(record)) is None:
            rows.append(_row(peek(refs[at], options)))
            titles.append("")
        else:
            rows.append((" ".join(stated.title.split()), stated.day, None, record.url, record.fetched, 0))
            titles.append("" if record.is_restored else stated.title)
    unsure = sorted(doubtful([title[:LONG_TITLE] for title in titles], options).union(_longer(titles)))
    looked = 0
    for at in a_moment(unsure):
        rows[at] = _row(peek(refs[at], options))
        looked += 1
    if looked < len(unsure):
        del rows[unsure[looked] :]
    # As columns, and the references as they came: objects take five times as long on the way.
    return Rows.of(Preview, refs[: len(rows)], *map(list, zip(*rows, strict=True)))


_row = attrgetter(*(each.name for each in value_fields(Preview)[1:]))


def _longer(titles: Sequence[str]) -> Iterator[int]:
    """Those that are judged one by one, as pages are: together they would take longer than one page may."""
    return (at for at, title in enumerate(titles) if len(title) > LONG_TITLE)


def _trouble(problems: Sequence[Problem]) -> Problem | None:
    """What a list says of a page: why it can't be read, else what of its record was lost, and not only left out by a peek."""
    unread = (problem for problem in problems if problem.gravity == "unread")
    lost = (each for each in problems if each.gravity == "lost" and each.stage == "read" and each.code not in _LEFT_OUT)
    return next(unread, None) or next(lost, None)


_LEFT_OUT = frozenset({"clipped", "clipped_record", "no_text_field"})
"""What isn't lost to a list: text that it doesn't read, a text that can't be told among the fields that it shows."""


class _Stated(NamedTuple):
    """What a record says that its page is called, as it stands there, and when it was published."""

    title: str
    day: str | None


def _stated(known: RecordFields) -> _Stated | None:
    """What the fields of a record tell, and the first lines of its text; None: the page has to be read."""
    if (text := known.text) is None:
        return None
    title, day = known.title, recorded_day(known.other, known.dates)
    if title is None:
        from tui.text.document import opening

        title = opening(text.removeprefix("\ufeff"))
    elif day is None:
        day = _date_reader()(text)
    return _Stated(title, day) if title else None


def _mended(title: str, page: Callable[[], str], options: Options) -> str:
    """A title as it is shown: repaired by itself, or by its page if only that can tell; mostly it needs no repair."""
    from tui.text.mending.spared import is_self_evident, is_spared

    shown = " ".join(title.split())
    if is_spared(title, options):
        return shown
    from tui.text.mending import mend

    judged = title if is_self_evident(title, options) else page()
    return _Strings(mend.mend(judged, options), options).mend(shown)


def recorded(refs: Sequence[Item], options: Options) -> Callable[[int], RecordFields | None]:
    """Return what tells of each of some pages, by its place among them, what its record says of it.

    None: it is none, or the page has to be read.
    """
    known = fields_of(refs, _FAR_PEEK, options)

    def of(at: int) -> RecordFields | None:
        try:
            return known(at)
        except SourceError:  # whoever reads the page says why
            return None

    return of


def recorded_day(other: Callable[[str], Any], names: Sequence[str]) -> str | None:
    """Return the day that the `other` fields of a record give under these names, as ISO 8601; None without one."""
    for key in names:
        if (stated := other(key)) is not None and (day := _day(stated)):
            return day
    return None


def _day(stated: Any) -> str | None:
    """The day that a field states as a date in any form, or in seconds since 1970."""
    if isinstance(stated, str):
        if day := _date_reader()(stated):
            return day
        from tui.text.words.dates import iso

        return (iso(stated) or "")[:10] or None
    return (moment(stated) or "")[:10] or None if isinstance(stated, int | float) else None


@cache
def _date_reader() -> Callable[[str], str | None]:
    from tui.text.markup.glance import date  # once: to import it for each record takes twice as long as to call it

    return date


def _glance(raw: RawPage, options: Options) -> tuple[str, str | None]:
    """Title and date, as the head of the page has them."""
    from tui.text.markup import glance
    from tui.text.structure import titles

    is_html = raw.media in _MARKUP or raw.markup is not None
    if raw.markup is None:
        raw = replace(raw, words=glance.shortened(raw.encoded, PEEK_BYTES), clipped=max(1, raw.clipped))
        text = _decoded(raw, options).text
    else:
        text = raw.markup[:PEEK_BYTES]
    seen = glance.read(text) if is_html else None
    title = titles.at_a_glance(seen, raw.url, raw.title) if seen else raw.title or ""
    start = text[:PEEK_TEXT_BYTES]
    day = glance.published(seen) if seen else glance.date(text)
    return _mended(title, lambda: glance.bare(start) if is_html else start, options), day


def _peek_text(raw: RawPage, options: Options) -> tuple[str, Any]:
    from tui.text import document

    page = document.parse(*restore(raw, options))
    return page.title, page.metadata["date"].value if "date" in page.metadata else None


def _decoded(raw: RawPage, options: Options) -> "Decoded":
    from tui.text.charset.decode import Decoded, decode

    if raw.is_binary:
        return Decoded("", Charset("utf-8", "default"))
    if raw.row is not None:
        from tui.text.mending.edits import undo

        return Decoded(undo(raw.row.text, raw.row.edits), raw.row.charset)
    return decode(raw.encoded, raw.claims, options.charset, raw.media in _MARKUP, raw.clipped > 0, raw.charset)


def _clipped(raw: RawPage, text: str) -> tuple[str, tuple[Problem, ...]]:
    """A page's text up to the line end, or the tag, that is one too many, and what to say then."""
    # A line of markup takes as long as a tag.
    bounds = (("\n", MOST_TAGS), ("<", MOST_TAGS)) if raw.media in _MARKUP else (("\n", MOST_LINES),)
    ends = [end for sign, most in bounds if (end := _end_of(text, sign, most)) is not None]
    if not ends:
        return text, ()
    values = {"lines": MOST_LINES, "tags": MOST_TAGS}
    return text[: min(ends)], (Problem("clipped_text", raw.ref.source, values),)


def _end_of(text: str, sign: str, most: int) -> int | None:
    if len(text) <= most or text.count(sign) <= most:
        return None
    return next(islice(re.finditer(sign, text), most, None)).start()


def _markup(raw: RawPage, text: str, plain: Reason | None) -> "Markup":
    from tui.text.markup import html

    if raw.media == FEED_MEDIA:
        from tui.text.markup import feeds

        text = feeds.to_html(text)
    if raw.media in _MARKUP:
        if plain:
            return html.strip(text)
        from tui.text.markup import unshown

        text = unshown.unwrapped(text)
        markup = html.parse(text)
        is_shown = any(not line.is_hidden for line in markup.lines)
        return unshown.with_rest(text, markup) if is_shown else unshown.instead(text, markup)
    return html.Markup(text, _bare_lines(text), Rows(Node), Rows(Span))


def _bare_lines(text: str) -> Rows[Line]:
    sizes = accumulate(map(len, text.split("\n")))
    ends = array("q", map(add, sizes, count()))
    starts = array("q", (0, *map((1).__add__, ends[:-1])))
    number = len(ends)
    return Rows.of(Line, starts, ends, array("q", [-1]) * number, array("q", [0]) * number, [False] * number)


def _moved_lines(lines: Rows[Line], mended: "Mending") -> Rows[Line]:
    """Lines where they stand now: no repair crosses or makes a line end, so there are as many."""
    if not mended.edits:
        return lines
    now = _bare_lines(mended.text)
    assert len(now) == len(lines)  # noqa: S101 - as above
    kept = map(lines.column, ("node", "link_chars", "is_hidden"))
    return Rows.of(Line, now.column("start"), now.column("end"), *kept)


class _Strings:
    """Repairs a page's other strings by the plans that were made for its text."""

    def __init__(self, mended: "Mending", options: Options) -> None:
        self._plans = mended.plans
        self._options = options
        self.before: dict[str, str] = {}
        """Repaired string -> what it was, for those that changed."""
        self._known: dict[str, str] = {}

    def mend(self, text: str) -> str:
        from tui.text.mending.mend import mend_string

        if not self._plans:
            return text
        if text not in self._known and len(self._known) < MOST_STRINGS:
            self._known[text] = mend_string(text, self._plans, self._options)
        after = self._known.get(text, text)
        if after != text:
            self.before[after] = text
        return after


def _moved_spans(spans: Rows[Span], mended: "Mending", strings: _Strings) -> Rows[Span]:
    from tui.text.mending.edits import Moves

    if not mended.plans:
        return spans
    moves = Moves(mended.edits)

    def moved(span: Span) -> Span:
        value = strings.mend(span.value) if span.kind == "image" else span.value
        return Span(moves.start(span.start), moves.end(span.end), span.kind, value)

    return Rows(Span, [moved(span) for span in spans])


def _moved_shapes(shapes: Rows[Shape], mended: "Mending") -> Rows[Shape]:
    from tui.text.mending.edits import Moves

    if not mended.edits:
        return shapes
    moves = Moves(mended.edits)
    return Rows(Shape, [replace(each, start=moves.start(each.start), end=moves.end(each.end)) for each in shapes])
