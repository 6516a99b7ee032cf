"""Pages that a browser saved as MHTML: the page itself and the frames in it are pages, pictures and styles are not."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import BinaryIO

from tui.core.model import Item, Limits, Ref
from tui.core.page import RawPage
from tui.sources.base import Aside, Head, Source
from tui.sources.parsing import mime
from tui.sources.parsing.whole import bounds
from tui.sources.streams.opening import damaged_rows, kept_content, open_seekable, read_span
from tui.sources.streams.route import read_fully
from tui.sources.warcs.record import Headers, headers, split, value

_HEADER = re.compile(rb"\A(?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
MOST_WORDS_CHARS = 8192
"""Code points of a header up to which encoded words in it are undone: looking for their ends takes the square of that."""
_tops: dict[BinaryIO, tuple[Headers, Mapping[str, str]]] = {}
"""The headers of the message that was read last, by its file: it may have tens of thousands of parts."""
_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})


def claims(head: Head) -> bool:
    """Say whether the file starts like a MIME message of related parts, or like any if it is named as MHTML."""
    top = _HEADER.match(head.start)
    if top is None:
        return False
    is_named = head.name.lower().endswith((".mhtml", ".mht"))
    low = top[0].lower()
    return b"mime-version:" in low and (is_named or b"multipart/related" in low)


def scan(whole: Ref, below: BinaryIO | None = None) -> Iterator[Item | Aside]:
    """Yield each part of text; pictures, styles and scripts as `Aside`. Raises SourceError."""
    ordinal = whole.ordinal
    with open_seekable(whole, below) as stream:
        count = 0
        for part in mime.parts(stream, 0, stream.seek(0, 2)):
            ref = replace(
                whole, ordinal=ordinal, format=SOURCE.name, offset=whole.offset + part.offset, length=part.length
            )
            is_page = part.media in _PAGES
            count += 1
            yield ref if is_page else Aside(ref)
            ordinal += is_page
        yield from damaged_rows(stream, whole, ordinal)
        if not count:  # it was cut, or is damaged, before its first part
            yield replace(whole, format="plain")


def read(ref: Ref, limits: Limits) -> RawPage:
    """Read one part, freed of its transfer encoding. Raises SourceError."""
    from tui.sources.parsing.http_message import charset_claims, media_of

    stored, size = read_span(ref, limits.page_bytes + mime.HEAD_BYTES)
    _, lines, body = split(b"\n" + stored)
    own = headers(lines)
    top, record = _top(kept_content(ref))
    content = mime.decode(body, value(own, "Content-Transfer-Encoding"))
    stated = value(own, "Content-Type")
    payload = content[: limits.page_bytes]
    more = len(content) - len(payload) + max(0, size - len(stored))
    return RawPage(
        ref,
        payload,
        media_of(stated, payload),
        size=len(payload) + more,
        clipped=more,
        claims=charset_claims(stated),
        url=value(own, "Content-Location") or value(top, "Snapshot-Content-Location") or None,
        fetched=_date(value(top, "Date")),
        record=dict(record),
        problems=bounds(ref, len(payload), len(payload) + more),
    )


def _top(stream: BinaryIO) -> tuple[Headers, Mapping[str, str]]:
    """The headers of the whole message, and those of them that a page's record has."""
    if stream not in _tops:
        stream.seek(0)
        top = headers(split(b"\n" + read_fully(stream, mime.HEAD_BYTES))[1])
        said = {name: _words(text) for name, text in top if name and name.lower() not in {"content-type", "date"}}
        _tops.clear()
        _tops[stream] = (top, said)
    return _tops[stream]


def _date(text: str) -> str | None:
    from email.utils import parsedate_to_datetime  # 4 ms

    try:
        return parsedate_to_datetime(text).isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _words(text: str) -> str:
    """Undo the encoded words of a header, such as =?utf-8?B?...?=; broken ones stay."""
    if "=?" not in text or len(text) > MOST_WORDS_CHARS:
        return text
    from email.errors import HeaderParseError
    from email.header import decode_header, make_header

    try:
        return str(make_header(decode_header(text)))
    except (ValueError, LookupError, HeaderParseError):
        return text


SOURCE = Source("mhtml", 9, claims, scan, read, outlives_changes=True)
