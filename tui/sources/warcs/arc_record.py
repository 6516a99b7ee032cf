"""One record of an ARC file, as crawlers wrote before WARC: a line with address, date, type and length, and what came."""

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from tui.core.answers import Capture
from tui.core.files import CHUNK_BYTES
from tui.core.problems import Reason
from tui.sources.streams.route import read_fully
from tui.sources.warcs import record as warc_record
from tui.sources.warcs.layout import Lookahead

LONGEST_LINE = 16 * 1024
"""Bytes of the line before a record; addresses take most of it."""
HEAD_BYTES = 2048
"""Bytes of what came that are looked at: of most, the HTTP headers end there."""
_LINE = re.compile(rb"\n[a-z][a-z0-9+.-]{1,20}:[^\n]{10,16000}\n")
_ADDRESS = re.compile(rb"[a-z][a-z0-9+.-]{1,20}:", re.IGNORECASE)
_DATE = re.compile(rb"\d{14}")
_WORDS = (4, 9)
"""Behind the address stand IP address, date, type and length; in version 2 result, checksum, location, offset and file between them."""


class ArcHead(NamedTuple):
    """What the line before a record says."""

    url: bytes
    date: bytes
    """Fourteen digits."""
    media: bytes
    length: int
    """Bytes of what follows the line."""
    size: int
    """Bytes of the line with its end."""


def parse_head(start: bytes) -> ArcHead | None:
    """Read the line that a record begins with; None if it is none.

    >>> parse_head(b"http://e.org/a b 1.2.3.4 20040102030405 text/html 5\\nhello")
    ArcHead(url=b'http://e.org/a b', date=b'20040102030405', media=b'text/html', length=5, size=52)
    """
    line, end, _ = start[:LONGEST_LINE].partition(b"\n")
    if not end or not _ADDRESS.match(line):
        return None
    for count in _WORDS:
        url, *words = line.rstrip(b"\r").rsplit(b" ", count)
        if len(words) == count and words[-1].isdigit() and len(words[-1]) < 15 and _DATE.fullmatch(words[1]):
            return ArcHead(url, words[1], words[2], int(words[-1]), len(line) + 1)
    return None


class ArcStretch(NamedTuple):
    """A record in a stream, or what is none."""

    offset: int
    length: int
    capture: Capture | None = None
    """What it is of, if it is a page of text."""
    trouble: Reason | None = None


def records(stream: BinaryIO) -> Iterator[ArcStretch]:
    """Find the records that follow each other in a stream; what is no record is told, and the next one is looked for."""
    ahead = Lookahead(stream)
    at = ahead.skip_blank(0)
    while start := ahead.read(at, HEAD_BYTES):
        head = parse_head(start) or parse_head(ahead.read(at, LONGEST_LINE))
        if head is None:
            end = _next(stream, at)
            yield ArcStretch(at, end - at, trouble=Reason("no_arc_record"))
        else:
            is_page = not head.url.startswith((b"filedesc:", b"dns:")) and _is_text(start, head)
            end = at + head.size + head.length
            behind = ahead.read(end, LONGEST_LINE).lstrip(b"\r\n")
            if behind and parse_head(behind) is None:
                end = min(end, _next(stream, at))  # something was cut out of it
            there = end if ahead.read(end - 1, 1) else _next(stream, at)
            yield ArcStretch(at, there - at, Capture(head.url, int(head.date), -1) if is_page else None)
            if there < end:
                yield ArcStretch(at, there - at, trouble=Reason("file_ends_in_record", {"missing": end - there}))
            end = there
        at = ahead.skip_blank(end)


def _is_text(start: bytes, head: ArcHead) -> bool:
    low = b"\ncontent-type: " + head.media + b"\r\n\r\n"
    return warc_record.is_text((low + start[head.size : head.size + head.length]).lower(), len(low))


def _next(stream: BinaryIO, at: int) -> int:
    """Where the next record begins behind a byte, or the stream ends."""
    while True:
        stream.seek(at)
        chunk = read_fully(stream, CHUNK_BYTES)
        if (place := next_head(chunk)) is not None:
            return at + place
        if len(chunk) < CHUNK_BYTES:
            return at + len(chunk)
        at += len(chunk) - LONGEST_LINE


def next_head(content: bytes) -> int | None:
    """Where a line stands that a record begins with, behind the end of another one; None: nowhere."""
    places = (match.start() + 1 for match in _LINE.finditer(content) if parse_head(match[0][1:]) is not None)
    return next(places, None)
