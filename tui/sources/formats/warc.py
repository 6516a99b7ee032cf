"""WARC files, with the WET and WAT files made of them: plain, compressed by record, or compressed as a whole."""

import io
import os
import re
from array import array
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby, islice
from time import monotonic
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from tui.core.answers import Capture
from tui.core.errors import SourceError
from tui.core.model import Item, Limits, Options, Ref, Trouble
from tui.core.page import RawPage, RecordFields
from tui.core.problems import Problem, Reason, Values, unreadable
from tui.core.shelf import Run
from tui.core.values import replace
from tui.sources.base import HEAD_BYTES, Format, Head, MixedRun, each_record, ref_of
from tui.sources.parsing.lines import GROWTH, MOST_ROWS
from tui.sources.parsing.page_lists import listed_title
from tui.sources.parsing.pages import as_facts, bounds, damaged_content, problem_in
from tui.sources.streams.files import printable
from tui.sources.streams.members import DamagedMemberError, compression, open_member
from tui.sources.streams.opening import (
    damaged_rows,
    display_name,
    kept_content,
    kept_stored,
    once_a_stream,
    open_content,
    open_stored,
    read_span,
)
from tui.sources.streams.route import Window, read_fully
from tui.sources.streams.spool import spooled
from tui.sources.warcs import record as warc_record

if TYPE_CHECKING:
    from tui.sources.warcs import layout

HEADER_BYTES = 256 * 1024
"""Bytes of a record that are read beyond the limit for a page: its own headers and those of the HTTP message."""
SEARCH_S = 2.5
"""Seconds for looking for the record that a revisit refers to; a page in the worker has twice as much."""
SEARCHED_BYTES = 16 * 1024
"""Bytes of a record in which the headers are looked for that tell whether it is that one."""
_PART_NAME = re.compile(r"\.w(?:arc|et|at)(?:\.gz|\.zst)?(?:\.?(?:part)?(?:\d{1,4}|[a-z]{2,3}))?\Z", re.IGNORECASE)
"""Names of WARC files, and of the parts that `split` makes of them."""
_NAME = re.compile(r".*\.warc(?:\.gz|\.zst)?\Z", re.IGNORECASE)


def claims(head: Head) -> bool:
    """Say whether the file starts with a WARC record, or is named as one of such files: it may begin in the middle of one."""
    start = head.start.lstrip()
    is_named = _PART_NAME.search(head.name) is not None
    return bool(warc_record.VERSION.match(start)) or (is_named and bool(start))


def scan(file: Ref, below: BinaryIO | None = None) -> Iterator[Item | MixedRun]:
    """Yield references to all records, and a row for what is none. Raises SourceError."""
    from tui.sources.warcs import layout

    with spooled(open_stored(file, below), display_name(file)) as raw:
        kind = compression(raw.read(8))
        if kind and layout.is_by_record(raw, kind):
            stretches = layout.by_frame(raw) if kind == "Zstandard" else layout.by_gzip_member(raw)
            yield from _references(file, stretches)
            return
        packing = "" if kind else _packing(file, raw)
        if packing:
            yield from _references(file, layout.by_frame(raw) if packing == "zst" else layout.by_gzip_member(raw))
            return
    with open_content(file, below) as stream:
        yield from _references(file, layout.in_stream(stream))
        yield from damaged_rows(stream, file, file.ordinal)


def _packing(file: Ref, raw: BinaryIO) -> str:
    """How the records of a file are packed that begins in the middle of one, as its name says; empty: they are not."""
    raw.seek(0)
    if warc_record.START.search(read_fully(raw, HEAD_BYTES)):
        return ""
    name = (file.member or file.source).lower()
    return next((packing for packing in ("gz", "zst") if f".{packing}" in name), "")


def more(file: Ref) -> Iterator[Item | MixedRun]:
    """Yield the records from the offset on. Raises SourceError."""
    from tui.sources.streams.growing import growing
    from tui.sources.warcs import layout

    with open_stored(file) as raw:
        kind = compression(raw.read(8))
        if kind and layout.is_by_record(raw, kind):
            if kind == "Zstandard":  # its dictionary lies before all records
                stretches = layout.by_frame(raw, file.offset)
                yield from _references(replace(file, offset=0), layout.settled(stretches))
                return
            rest = cast(BinaryIO, Window(raw, file.offset, raw.seek(0, io.SEEK_END) - file.offset))
            yield from _references(file, layout.settled(layout.by_gzip_member(rest)))
            return
    with growing(file) as stream:
        yield from _references(file, layout.settled(layout.in_stream(stream), stream))


def _references(file: Ref, stretches: "Iterator[layout.Stretch]") -> Iterator[Item | MixedRun]:
    """Places of the records, counted from the ordinal of the first: the scan counts on."""
    like = replace(file, format=FORMAT.name)
    size = 1
    for is_lost, group in groupby(stretches, lambda stretch: stretch[3] is not None):
        while batch := list(islice(group, size)):
            if is_lost:
                yield from (_lost(file, offset, length, reason) for offset, length, _, reason in batch if reason)
                continue
            offsets, lengths, heads, _ = zip(*batch, strict=True)
            places = array("q", map(file.offset.__add__, offsets))
            are_pages = bytearray(head is not None and head.is_page for head in heads)
            yield MixedRun(Run(like, places, array("q", lengths)), are_pages, partial(_captures, heads))
            size = min(MOST_ROWS, size * GROWTH)


def _captures(heads: Sequence[warc_record.RecordHead | None]) -> list[Capture | None]:
    return [None if head is None else warc_record.capture_of(head) for head in heads]


def _lost(file: Ref, offset: int, length: int, trouble: Reason) -> Trouble:
    place = file.offset + offset
    reason = Reason("at_byte", {"byte": place, "reason": trouble})
    return Trouble.at(replace(file, offset=place, length=length), unreadable(reason, printable(file.source)))


def stored(ref: Ref, limits: Limits) -> bytes:
    """Return the record with its headers, decompressed, clipped at the limit for a page. Raises SourceError."""
    return _record(ref, limits.page_bytes)[0]


def read(ref: Ref, limits: Limits) -> RawPage:
    """Read one record: of an HTTP response its body, free of its codings, of any other its block.

    Raises SourceError if the file can't be read.
    """
    record, problems = _record(ref, limits.page_bytes + HEADER_BYTES)
    _, lines, block = warc_record.split(record)
    headers = warc_record.headers(lines)
    named = _HeaderFields(headers)
    page = RawPage(
        ref,
        block,
        "text/plain",
        size=len(block),
        url=named.url,
        fetched=named.fetched,
        warc=headers,
        problems=problems,
    )
    if warc_record.value(headers, "WARC-Type").lower() == "revisit":
        page = _revisited(page, limits)
    length = warc_record.value(headers, "Content-Length")
    stated, there = int(length) if length.isdecimal() else len(block), len(block)
    if there < stated and len(record) < limits.page_bytes:
        short = problem_in(ref, "short_record", stated - there, byte=ref.offset, there=there, stated=stated)
        page = replace(page, problems=(*page.problems, short))
    elif there > stated:
        page = replace(page, payload=page.payload[:stated]) if page.payload is block else page
        long = problem_in(ref, "long_record", there - stated, byte=ref.offset, there=there, stated=stated)
        page = replace(page, problems=(*page.problems, long))
    made = opened_message(page, warc_record.value(headers, "Content-Type"), limits)
    is_html = made.media == "text/html"
    return replace(made, title=listed_title(ref, named.url)) if named.url and is_html else made


class _HeaderFields:
    """What the headers of a record say, as `RecordFields` wants it: no words, and no more of its size than of its coding."""

    __slots__ = ("_headers",)
    size = text = title = None
    dates = ()
    is_restored = False

    def __init__(self, headers: warc_record.HeaderLines) -> None:
        self._headers = headers

    @property
    def url(self) -> str | None:
        return warc_record.value(self._headers, "WARC-Target-URI").strip("<>") or None

    @property
    def fetched(self) -> str | None:
        return warc_record.value(self._headers, "WARC-Date") or None

    def other(self, _key: str) -> None:
        return None

    def others(self) -> dict[str, Any]:
        return {}


def fields(ref: Ref, _limits: Limits, _options: Options) -> RecordFields | None:
    """Return what the headers of a record say of its page; None: that takes reading it. Raises SourceError."""
    record, problems = _record(ref, SEARCHED_BYTES)
    _, lines, block = warc_record.split(record)
    headers = warc_record.headers(lines)
    is_whole = bool(block) or len(record) < SEARCHED_BYTES
    if problems or not is_whole or warc_record.value(headers, "WARC-Type").lower() == "revisit":
        return None
    return _HeaderFields(headers)


def opened_message(page: RawPage, media: str, limits: Limits) -> RawPage:
    """Take the page out of the HTTP message, if it is in one; `media` is what its record says it is."""
    from tui.sources.parsing import http_message

    http, body = (page.http, page.payload) if page.http else http_message.parse(page.payload)
    problems = page.problems
    if http is None and media.lower().startswith("application/http") and "request" not in media.lower():
        http, body = http_message.parse_headers(page.payload)
        place, reason = Reason("record_at", {"byte": page.ref.offset}), Reason("no_status_line")
        problems += (problem_in(page.ref, "broken_record", place=place, reason=reason),) if page.payload else ()
    content_type = warc_record.value(http.headers, "Content-Type") if http else media
    made = http_message.decode(http, body, limits.page_bytes) if http else None
    made = made or http_message.DecodedBody(body[: limits.page_bytes], len(body))
    if made.trouble:
        problems += (damaged_content(page.ref, made.trouble),)
    opened = replace(
        page,
        payload=made.content,
        media=http_message.media_of(content_type, made.content),
        size=made.size,
        clipped=made.size - len(made.content),
        claims=http_message.charset_claims(content_type),
        http=http,
        problems=(*problems, *bounds(page.ref, len(made.content), made.size)),
    )
    return as_facts(opened, content_type)


def _revisited(page: RawPage, limits: Limits) -> RawPage:
    """Give a revisit the body that it says has not changed, or say where that is."""
    from tui.sources.parsing import http_message

    resolved = _original(page, limits.page_bytes + HEADER_BYTES)
    if isinstance(resolved, Problem):
        return replace(page, problems=(*page.problems, resolved))
    ref, message = resolved
    http, body = http_message.parse(message)
    own, _ = http_message.parse(page.payload)
    of = {"revisit_of": {"source": ref.source, "offset": ref.offset, "length": ref.length}}
    return replace(page, payload=body if http else message, http=http and (own or http), record=of)


def _original(page: RawPage, limit_bytes: int) -> tuple[Ref, bytes] | Problem:
    """The reference and the block of the record that a revisit refers to, or why it can't be found.

    It is told by its id or by its address and date; else the first with the same digest is taken. It is looked for in the
    same file, and then in the others of the folder.
    """
    until = monotonic() + SEARCH_S
    count = 0
    for file in _files(page.ref):
        try:
            for record in each_record(scan(file)):
                ref = ref_of(record)
                count += 1
                if monotonic() > until:
                    return _unresolved(page, Reason("not_among_records", {"count": count, "seconds": SEARCH_S}))
                is_itself = (ref.source, ref.offset) == (page.ref.source, page.ref.offset)
                if isinstance(ref, Ref) and not is_itself and _is_original(page, ref):
                    return ref, warc_record.split(_record(ref, limit_bytes)[0])[2]
        except SourceError:
            continue  # a file that is no archive after all, or has gone
    return _unresolved(page, Reason("nowhere_near"))


def _is_original(page: RawPage, ref: Ref) -> bool:
    lines = warc_record.headers(warc_record.split(_record(ref, SEARCHED_BYTES)[0])[1])
    if warc_record.value(lines, "WARC-Type").lower() == "revisit":
        return False
    wanted, digest = warc_record.value(page.warc, "WARC-Refers-To"), warc_record.value(page.warc, "WARC-Payload-Digest")
    date = warc_record.value(page.warc, "WARC-Refers-To-Date")
    is_named = bool(wanted) and warc_record.value(lines, "WARC-Record-ID") == wanted
    is_same = bool(date) and (warc_record.value(lines, "WARC-Target-URI"), warc_record.value(lines, "WARC-Date")) == (
        _address(page),
        date,
    )
    return is_named or is_same or (bool(digest) and warc_record.value(lines, "WARC-Payload-Digest") == digest)


def _address(page: RawPage) -> str:
    return warc_record.value(page.warc, "WARC-Refers-To-Target-URI") or page.url or ""


def _files(ref: Ref) -> Iterator[Ref]:
    """The file itself, and the other archives in its folder if it lies in one."""
    yield replace(ref, offset=0, length=-1, ordinal=0)
    if ref.route or ref.spool or "://" in ref.source:
        return
    folder, own = os.path.split(ref.source)
    try:
        names = sorted(name for name in os.listdir(folder or ".") if name != own and _NAME.match(name))  # noqa: PTH208 - as below
    except OSError:
        return
    for name in names:
        yield Ref(os.path.join(folder, name), 0)  # noqa: PTH118 - paths are plain strings all the way


def _unresolved(page: RawPage, why: Reason) -> Problem:
    date = warc_record.value(page.warc, "WARC-Refers-To-Date")
    record = Reason("its_record_of" if date else "its_record", {"date": date, "address": printable(_address(page))})
    values: Values = {"byte": page.ref.offset, "record": record, "reason": why}
    return Problem("revisit_unresolved", printable(page.ref.source), values)


def _record(ref: Ref, limit_bytes: int) -> tuple[bytes, tuple[Problem, ...]]:
    """Return the record, decompressed and clipped, without the blank lines behind it, and what is wrong with it."""
    raw = kept_stored(ref)
    if not _counts_in_stored(raw):
        raw = kept_content(ref)
    raw.seek(ref.offset)
    kind = compression(raw.read(8))
    if not kind:
        return read_span(ref, limit_bytes)[0], ()
    window = cast(BinaryIO, Window(raw, 0, ref.offset + ref.length, is_shared=True))
    parts: list[bytes] = []
    size = 0
    problems: tuple[Problem, ...] = ()
    member = open_member(kind, window, ref.offset)
    try:
        while size < limit_bytes and (piece := member.read(min(io.DEFAULT_BUFFER_SIZE * 8, limit_bytes - size))):
            parts.append(piece)
            size += len(piece)
    except DamagedMemberError as error:
        problems = (problem_in(ref, "damaged_record", byte=ref.offset, error=error.reason),)
    return b"".join(parts).removesuffix(b"\r\n\r\n"), problems


@once_a_stream
def _counts_in_stored(raw: BinaryIO) -> bool:
    """Say whether the reference's offset counts in the file as it is stored, not in what it decompresses to."""
    from tui.sources.warcs import layout

    raw.seek(0)
    kind = compression(raw.read(8))
    return not kind or layout.is_by_record(raw, kind)


FORMAT = Format("warc", 5, claims, scan, read, is_binary=True, stored=stored, more=more, fields=fields)
