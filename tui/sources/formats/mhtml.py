"""Pages that a browser saved as MHTML: the page itself and the frames in it are pages, pictures and styles are not."""

import binascii
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO, NamedTuple

from tui.core.files import CHUNK_BYTES
from tui.core.model import Limits, Ref
from tui.core.page import RawPage
from tui.core.values import replace
from tui.sources.base import Aside, Format, Head, Record
from tui.sources.parsing.mime import header_date, header_text
from tui.sources.parsing.pages import as_facts, bounds
from tui.sources.streams.opening import damaged_rows, kept_content, once_a_stream, open_seekable, read_span
from tui.sources.streams.route import read_fully
from tui.sources.warcs.record import HeaderLines, headers, split, value

_HEADER = re.compile(rb"\A(?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})

HEAD_BYTES = 64 * 1024
"""Bytes of a message or part in which its headers must end."""
DEEPEST = 8
"""Levels of parts in parts that are looked into."""
_BOUNDARY = re.compile(r"""boundary\s*=\s*(?:"([^"]+)"|([^\s;"]+))""", re.IGNORECASE)


class MimePart(NamedTuple):
    """A part that has no parts of its own."""

    offset: int
    length: int
    media: str
    """Lower case; text/plain if none is stated, as MIME says."""


def claims(head: Head) -> bool:
    """Say whether the file starts like a MIME message of related parts, or like any if it is named as MHTML."""
    top = _HEADER.match(head.start)
    if top is None:
        return False
    is_named = head.name.lower().endswith((".mhtml", ".mht"))
    low = top[0].lower()
    return b"mime-version:" in low and (is_named or b"multipart/related" in low)


def scan(file: Ref, below: BinaryIO | None = None) -> Iterator[Record]:
    """Yield each part of text; pictures, styles and scripts as `Aside`. Raises SourceError."""
    ordinal = file.ordinal
    with open_seekable(file, below) as stream:
        count = 0
        for part in _parts(stream, 0, stream.seek(0, 2)):
            ref = replace(
                file, ordinal=ordinal, format=FORMAT.name, offset=file.offset + part.offset, length=part.length
            )
            is_page = part.media in _PAGES
            count += 1
            yield ref if is_page else Aside(ref)
            ordinal += is_page
        yield from damaged_rows(stream, file, ordinal)
        if not count:  # it was cut, or is damaged, before its first part
            yield replace(file, format="plain")


def _media(lines: HeaderLines) -> str:
    """The media type that headers state, in lower case."""
    return value(lines, "Content-Type").partition(";")[0].strip().lower() or "text/plain"


def _parts(stream: BinaryIO, start: int, length: int, depth: int = 0) -> Iterator[MimePart]:
    """Yield the innermost parts of the message between `start` and `start + length`, in order."""
    stream.seek(start)
    _, lines, _ = split(b"\n" + stream.read(min(HEAD_BYTES, length)))
    top = headers(lines)
    stated = _BOUNDARY.search(value(top, "Content-Type"))
    if not _media(top).startswith("multipart/") or stated is None or depth >= DEEPEST:
        yield MimePart(start, length, _media(top))
        return
    boundary = b"--" + (stated[1] or stated[2]).encode("utf-8", "replace")
    begun = -1
    for at, behind in [*_marks(stream, start, length, boundary), (start + length, start + length)]:
        if begun >= 0 and at > begun:
            yield from _parts(stream, begun, at - begun, depth + 1)
        begun = behind


def _marks(stream: BinaryIO, start: int, length: int, boundary: bytes) -> Iterator[tuple[int, int]]:
    """Yield where each boundary line starts, with the line end before it, and the byte behind it; -1 behind the last."""
    pattern = re.compile(rb"(?:\A|\r?\n)" + re.escape(boundary) + rb"(--)?[ \t]*(?:\r?\n|\Z)")
    at, end = start, start + length
    while at < end:
        stream.seek(at)
        chunk = stream.read(min(CHUNK_BYTES, end - at))
        if not chunk:
            return
        is_last = at + len(chunk) >= end
        place = 0
        while (mark := pattern.search(chunk, place)) and (mark.end() < len(chunk) or is_last):
            yield at + mark.start(), -1 if mark[1] else at + mark.end()
            place = max(mark.end() - 2, mark.start() + 1)
        at += len(chunk) if is_last else max(place, len(chunk) - len(boundary) - 8)


def read(ref: Ref, limits: Limits) -> RawPage:
    """Read one part, freed of its transfer encoding. Raises SourceError."""
    from tui.sources.parsing.http_message import charset_claims, media_of

    stored, size = read_span(ref, limits.page_bytes + HEAD_BYTES)
    _, lines, body = split(b"\n" + stored)
    own = headers(lines)
    top, record = _top(kept_content(ref))
    content = decode(body, value(own, "Content-Transfer-Encoding"))
    stated = value(own, "Content-Type")
    payload = content[: limits.page_bytes]
    more = len(content) - len(payload) + max(0, size - len(stored))
    page = RawPage(
        ref,
        payload,
        media_of(stated, payload),
        size=len(payload) + more,
        clipped=more,
        claims=charset_claims(stated),
        url=value(own, "Content-Location") or value(top, "Snapshot-Content-Location") or None,
        fetched=header_date(value(top, "Date")),
        record=dict(record),
        problems=bounds(ref, len(payload), len(payload) + more),
    )
    return as_facts(page, stated)


@once_a_stream  # it may have tens of thousands of parts
def _top(stream: BinaryIO) -> tuple[HeaderLines, Mapping[str, str]]:
    """The headers of the whole message, and those of them that a page's record has."""
    stream.seek(0)
    top = headers(split(b"\n" + read_fully(stream, HEAD_BYTES))[1])
    return top, {name: header_text(text) for name, text in top if name and name.lower() not in {"content-type", "date"}}


def decode(body: bytes, coding: str) -> bytes:
    """Undo a Content-Transfer-Encoding; an unknown one leaves the body as it is.

    >>> decode(b"caf=C3=A9=\\r\\n!", "quoted-printable"), decode(b"cmFpbg", "base64")
    (b'caf\\xc3\\xa9!', b'rain')
    """
    coding = coding.strip().lower()
    if coding == "quoted-printable":
        return binascii.a2b_qp(body)
    if coding == "base64":
        bare = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
        return binascii.a2b_base64(bare[: len(bare) - (len(bare) % 4 == 1)] + b"=" * (-len(bare) % 4))
    return body


FORMAT = Format("mhtml", 9, claims, scan, read, outlives_changes=True)
