"""One WARC record: its headers, and what a scan has to know about it from its first bytes."""

from functools import lru_cache
from typing import NamedTuple

from tui.core.answers import Capture
from tui.core.patterns import lazy

HeaderLines = tuple[tuple[str, str], ...]
"""(name, value) as they stand there, in order."""

VERSION = lazy(rb"WARC/\d\.\d+\r{0,2}\n")
START = lazy(rb"(?:(?<=\n)|\A)WARC/\d\.\d+\r{0,2}\n(?=[A-Za-z-]{1,40}:)")
"""Where a record may begin, for finding the way again after damage."""
_HEAD_END = lazy(rb"\r{0,2}\n\r{0,2}\n")
_FOLD = lazy(r"\r?\n[ \t]+")
_TEXT_MEDIA = lazy(
    rb"text/(?!dns|css|javascript)|application/(?:xhtml\+xml|xml|(?:rss|atom|rdf|[\w.-]+)\+xml|json|ld\+json|feed\+json"
    rb"|x-ndjson|markdown)|application/x?html|multipart/related"
)
_PAGE_TYPES = frozenset({b"response", b"resource", b"conversion"})
_ODD_END = b"\r\r\n"
_LENGTH, _TYPE, _MEDIA = b"\ncontent-length:", b"\nwarc-type:", b"\ncontent-type:"


class RecordHead(NamedTuple):
    """What the first bytes of a record say."""

    size: int
    """Bytes of the record's own headers with the blank line behind them."""
    length: int
    """Bytes of the block that follow, as Content-Length says; -1 if it doesn't."""
    is_page: bool
    """It is a response, resource or conversion with text in it, or what a WAT file says of one."""
    start: bytes
    """The bytes that say it, and what was read behind them."""


def parse_head(start: bytes, is_all: bool = True) -> RecordHead | None:
    """Read the head of a record from its first bytes; None if they are no record or, unless they are all, too few.

    >>> parse_head(b"WARC/1.0\\r\\nWARC-Type: conversion\\r\\nContent-Type: text/plain\\r\\nContent-Length: 5\\r\\n\\r\\nhello")[:3]
    (80, 5, True)
    """
    if not VERSION.match(start):
        return None
    low = start.lower()  # searching without regard to case costs ten times as much
    size = _end(low, 0)
    if size < 0 and not is_all:
        return None
    size = len(start) if size < 0 else size
    length = _named(low, _LENGTH, 0, size)
    kind = _named(low, _TYPE, 0, size)
    is_wat = kind == b"metadata" and _named(low, _MEDIA, 0, size).startswith(b"application/json")
    block = int(length) if length.isdigit() and len(length) < 19 else -1
    is_page = (kind in _PAGE_TYPES or is_wat) and is_text(low, size) and not _leads_on(low, size, block)
    return RecordHead(size, block, is_page, start)


def capture_of(head: RecordHead) -> Capture | None:
    """Return what a record is a capture of; None: it is neither a page nor a revisit, or doesn't say when it was made.

    >>> head = parse_head(b"WARC/1.0\\r\\nWARC-Type: revisit\\r\\nwarc-target-uri: <http://e.org/A>\\r\\nWARC-Date: 2021-12-07T10:00:00Z\\r\\n\\r\\n")
    >>> head and capture_of(head)
    Capture(url=b'http://e.org/A', time=20211207100000, original=0)
    """
    start, size = head.start, head.size
    is_revisit = not head.is_page and _own(start, size, b"\nWARC-Type:").lower() == b"revisit"
    if not (head.is_page or is_revisit):
        return None
    url, time = _own(start, size, b"\nWARC-Target-URI:"), _digits(_own(start, size, b"\nWARC-Date:"))
    if not (url and time):
        return None
    original = _digits(_own(start, size, b"\nWARC-Refers-To-Date:")) if is_revisit else -1
    return Capture(url.strip(b"<>"), time, original)


def _own(start: bytes, size: int, name: bytes) -> bytes:
    """The value of a header, written as most write it or otherwise."""
    at = start.find(name, 0, size)
    if at < 0:
        at = start[:size].lower().find(name.lower())
        if at < 0:
            return b""
    return start[at + len(name) : start.find(b"\n", at + 1)].strip()


def _digits(date: bytes) -> int:
    digits = date.translate(None, b"-:TZtz")[:14]
    return int(digits) if digits.isdigit() else 0


def _end(low: bytes, start: int) -> int:
    """Return the byte behind the first blank line; -1 without one."""
    if low.startswith(_ODD_END, len(b"warc/1.0")):  # each line end was taken for half of one
        at = low.find(b"\n" + _ODD_END, start)
        return at + 1 + len(_ODD_END) if at >= 0 else -1
    at = low.find(b"\r\n\r\n", start)
    short = low.find(b"\n\n", start, at if at >= 0 else len(low))
    if short >= 0:
        return short + 2
    return at + 4 if at >= 0 else -1


def _named(low: bytes, name: bytes, start: int, stop: int) -> bytes:
    """Return the value of the first header line that begins so, in lower case; empty without one."""
    at = low.find(name, start, stop)
    if at < 0:
        return b""
    at += len(name)
    end = low.find(b"\n", at, stop)
    return low[at : end if end >= 0 else stop].strip()


def is_text(low: bytes, size: int) -> bool:
    """Judge a record, in lower case and with `size` bytes of headers of its own, by its media type, or its HTTP message's."""
    if not low.startswith(b"http/", size):
        own = _named(low, _MEDIA, 0, size)
        if not own.startswith(b"application/http"):
            return _is_text_media(own)
    end = _end(low, size)
    media = _named(low, _MEDIA, max(0, size - 1), end if end >= 0 else len(low))
    return not media or _is_text_media(media)


def _leads_on(low: bytes, size: int, block: int) -> bool:
    """Say whether a record is an HTTP redirect without a body, which is no page but the way to one."""
    status = low.find(b" ", size, size + 12) + 1
    if not low.startswith(b"http/", size) or not status or low[status : status + 1] != b"3":
        return False
    end = _end(low, size)
    return end >= 0 and size + block - end <= len(_NO_CHUNKS)


_NO_CHUNKS = b"0\r\n\r\n"
"""A body in chunks that has none."""


@lru_cache(256)
def _is_text_media(media: bytes) -> bool:
    return bool(_TEXT_MEDIA.match(media))


def split(message: bytes) -> tuple[bytes, bytes, bytes]:
    """Cut a message into its first line, its header lines and its body."""
    end = _HEAD_END.search(message)
    top, body = (message[: end.start()], message[end.end() :]) if end else (message, b"")
    first, _, lines = top.partition(b"\n")
    return first.rstrip(b"\r"), lines, body


def headers(lines: bytes) -> HeaderLines:
    """Read header lines; folded ones are joined, and lines without a colon get an empty name.

    >>> headers(b"A: 1\\r\\n 2\\r\\nodd")
    (('A', '1 2'), ('', 'odd'))
    """
    try:
        text = lines.decode("utf-8")
    except UnicodeDecodeError:
        text = lines.decode("iso-8859-1")
    result = []
    for line in _FOLD.sub(" ", text).split("\n"):
        name, colon, value = line.partition(":")
        if line.strip():
            result.append((name.strip(), value.strip()) if colon else ("", line.strip()))
    return tuple(result)


def value(lines: HeaderLines, name: str) -> str:
    """Return the first header of this name, whatever its case; empty without one."""
    name = name.lower()
    return next((text for key, text in lines if key.lower() == name), "")
