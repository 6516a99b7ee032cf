"""WARC files, with the WET and WAT files made of them: plain, compressed by record, or compressed as a whole."""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, cast
from weakref import WeakKeyDictionary

from tui.core.model import Item, Limits, Ref, Trouble
from tui.core.page import RawPage
from tui.core.problems import Problem, Reason, Values, unreadable
from tui.sources.base import Head, Records, Source, shown, taken_apart
from tui.sources.parsing.runs import Gathered
from tui.sources.parsing.whole import bounds, damaged_content
from tui.sources.streams.members import DamagedMemberError, compression, open_member
from tui.sources.streams.opening import (
    damaged_rows,
    kept_content,
    kept_stored,
    named,
    open_content,
    open_stored,
    read_span,
)
from tui.sources.streams.route import Window
from tui.sources.streams.spool import spooled
from tui.sources.warcs import record as warc_record

if TYPE_CHECKING:
    from tui.sources.warcs import layout as warc_scan

HEADER_BYTES = 256 * 1024
"""Bytes of a record that are read beyond the limit for a page: its own headers and those of the HTTP message."""


def claims(head: Head) -> bool:
    """Say whether the file starts with a WARC record."""
    return bool(warc_record.VERSION.match(head.start.lstrip()))


def scan(whole: Ref, below: BinaryIO | None = None) -> Iterator[Item | Records]:
    """Yield references to all records, and a row for what is none. Raises SourceError."""
    from tui.sources.warcs import layout as warc_scan

    with spooled(open_stored(whole, below), named(whole)) as raw:
        kind = compression(raw.read(8))
        if kind and warc_scan.is_by_record(raw, kind):
            found = warc_scan.by_frame(raw) if kind == "Zstandard" else warc_scan.by_gzip_member(raw)
            yield from _references(whole, found)
            return
    with open_content(whole, below) as stream:
        yield from _references(whole, warc_scan.in_stream(stream))
        yield from damaged_rows(stream, whole, whole.ordinal)


def more(whole: Ref) -> Iterator[Item | Records]:
    """As in `Source`. Raises SourceError."""
    from tui.sources.streams.growing import growing
    from tui.sources.warcs import layout as warc_scan

    with open_stored(whole) as raw:
        kind = compression(raw.read(8))
        if kind and warc_scan.is_by_record(raw, kind):
            if kind == "Zstandard":  # its dictionary lies before all records
                found = warc_scan.by_frame(raw, whole.offset)
                yield from _references(replace(whole, offset=0), warc_scan.settled(found))
                return
            rest = cast(BinaryIO, Window(raw, whole.offset, raw.seek(0, io.SEEK_END) - whole.offset))
            yield from _references(whole, warc_scan.settled(warc_scan.by_gzip_member(rest)))
            return
    with growing(whole) as stream:
        yield from _references(whole, warc_scan.settled(warc_scan.in_stream(stream), stream))


def _references(whole: Ref, found: "Iterator[warc_scan.Found]") -> Iterator[Item | Records]:
    gathered = Gathered(replace(whole, format=SOURCE.name))
    for offset, length, is_page, trouble in found:
        if trouble:
            place = whole.offset + offset
            yield gathered.take()
            reason = Reason("at_byte", {"byte": place, "reason": trouble})
            yield Trouble.at(replace(whole, offset=place, length=length), unreadable(reason, shown(whole.source)))
        elif gathered.add(offset, length, is_page):
            yield gathered.take()
    yield gathered.take()


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
    url = warc_record.value(headers, "WARC-Target-URI").strip("<>") or None
    page = RawPage(
        ref,
        block,
        "text/plain",
        size=len(block),
        url=url,
        fetched=warc_record.value(headers, "WARC-Date") or None,
        warc=headers,
        problems=problems,
    )
    if warc_record.value(headers, "WARC-Type").lower() == "revisit":
        page = _revisited(page, limits)
    stated = warc_record.value(headers, "Content-Length")
    missing = int(stated) - len(block) if stated.isdecimal() else 0
    if missing > 0 and len(record) < limits.page_bytes:
        page = replace(page, problems=(*page.problems, _short(ref, int(stated), len(block))))
    elif missing < 0:
        page = replace(page, payload=page.payload[: int(stated)]) if page.payload is block else page
        page = replace(page, problems=(*page.problems, _long(ref, int(stated), len(block))))
    return _opened(page, limits)


def _opened(page: RawPage, limits: Limits) -> RawPage:
    """Take the page out of the HTTP message, if it is in one."""
    from tui.sources.parsing import http_message as http_message

    http, body = (page.http, page.payload) if page.http else http_message.parse(page.payload)
    content_type = warc_record.value(http.headers if http else page.warc, "Content-Type")
    made = http_message.decode(http, body, limits.page_bytes) if http else None
    made = made or http_message.Body(body[: limits.page_bytes], len(body))
    problems = page.problems
    if made.trouble:
        problems += (damaged_content(page.ref, made.trouble),)
    return replace(
        page,
        payload=made.content,
        media=http_message.media_of(content_type, made.content),
        size=made.size,
        clipped=made.size - len(made.content),
        claims=http_message.charset_claims(content_type),
        http=http,
        problems=(*problems, *bounds(page.ref, len(made.content), made.size)),
    )


def _revisited(page: RawPage, limits: Limits) -> RawPage:
    """Give a revisit the body that it says has not changed, or say where that is."""
    from tui.sources.parsing import http_message as http_message
    from tui.sources.warcs.revisits import original

    found = original(
        page,
        lambda whole: taken_apart(scan(whole)),
        lambda ref, limit_bytes: _record(ref, limit_bytes)[0],
        limits.page_bytes + HEADER_BYTES,
    )
    if isinstance(found, Problem):
        return replace(page, problems=(*page.problems, found))
    ref, message = found
    http, body = http_message.parse(message)
    own, _ = http_message.parse(page.payload)
    of = {"revisit_of": {"source": ref.source, "offset": ref.offset, "length": ref.length}}
    return replace(page, payload=body if http else message, http=http and (own or http), record=of)


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
        values: Values = {"byte": ref.offset, "error": error.reason}
        problems = (Problem("damaged_record", shown(ref.source), values, byte=ref.offset),)
    return b"".join(parts).removesuffix(b"\r\n\r\n"), problems


def _counts_in_stored(raw: BinaryIO) -> bool:
    """Say whether the reference's offset counts in the file as it is stored, not in what it decompresses to."""
    from tui.sources.warcs import layout as warc_scan

    if raw not in _layouts:
        raw.seek(0)
        kind = compression(raw.read(8))
        _layouts[raw] = not kind or warc_scan.is_by_record(raw, kind)
    return _layouts[raw]


_layouts: "WeakKeyDictionary[BinaryIO, bool]" = WeakKeyDictionary()
"""What `_counts_in_stored` found out, for the files that are kept open."""


def _short(ref: Ref, stated: int, there: int) -> Problem:
    values: Values = {"byte": ref.offset, "there": there, "stated": stated}
    return Problem("short_record", shown(ref.source), values, byte=ref.offset, lost=stated - there)


def _long(ref: Ref, stated: int, there: int) -> Problem:
    values: Values = {"byte": ref.offset, "there": there, "stated": stated}
    return Problem("long_record", shown(ref.source), values, byte=ref.offset, lost=there - stated)


SOURCE = Source("warc", 5, claims, scan, read, is_binary=True, stored=stored, more=more)
