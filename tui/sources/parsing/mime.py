"""MIME messages of many parts, found by their boundaries: no tree is built, so that nesting can't hurt."""

import binascii
import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from tui.sources.warcs.record import HeaderLines, headers, split, value

HEAD_BYTES = 64 * 1024
"""Bytes of a message or part in which its headers must end."""
DEEPEST = 8
"""Levels of parts in parts that are looked into."""
_BOUNDARY = re.compile(r"""boundary\s*=\s*(?:"([^"]+)"|([^\s;"]+))""", re.IGNORECASE)
_CHUNK_BYTES = 1024 * 1024


class MimePart(NamedTuple):
    """A part that has no parts of its own."""

    offset: int
    length: int
    media: str
    """Lower case; text/plain if none is stated, as MIME says."""


def media(lines: HeaderLines) -> str:
    """Return the media type that headers state, in lower case."""
    return value(lines, "Content-Type").partition(";")[0].strip().lower() or "text/plain"


def parts(stream: BinaryIO, start: int, length: int, depth: int = 0) -> Iterator[MimePart]:
    """Yield the innermost parts of the message between `start` and `start + length`, in order."""
    stream.seek(start)
    _, lines, _ = split(b"\n" + stream.read(min(HEAD_BYTES, length)))
    top = headers(lines)
    named = _BOUNDARY.search(value(top, "Content-Type"))
    if not media(top).startswith("multipart/") or named is None or depth >= DEEPEST:
        yield MimePart(start, length, media(top))
        return
    boundary = b"--" + (named[1] or named[2]).encode("utf-8", "replace")
    begun = -1
    for at, behind in [*_marks(stream, start, length, boundary), (start + length, start + length)]:
        if begun >= 0 and at > begun:
            yield from parts(stream, begun, at - begun, depth + 1)
        begun = behind


def _marks(stream: BinaryIO, start: int, length: int, boundary: bytes) -> Iterator[tuple[int, int]]:
    """Yield where each boundary line starts, with the line end before it, and the byte behind it; -1 behind the last."""
    pattern = re.compile(rb"(?:\A|\r?\n)" + re.escape(boundary) + rb"(--)?[ \t]*(?:\r?\n|\Z)")
    at, end = start, start + length
    while at < end:
        stream.seek(at)
        chunk = stream.read(min(_CHUNK_BYTES, end - at))
        if not chunk:
            return
        is_last = at + len(chunk) >= end
        place = 0
        while (mark := pattern.search(chunk, place)) and (mark.end() < len(chunk) or is_last):
            yield at + mark.start(), -1 if mark[1] else at + mark.end()
            place = max(mark.end() - 2, mark.start() + 1)
        at += len(chunk) if is_last else max(place, len(chunk) - len(boundary) - 8)


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
