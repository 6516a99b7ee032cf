"""An HTTP response as archives keep it: status and headers read, the body freed of its codings under a cap."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tui.core.model import Claim, Http
from tui.core.page import FEED_MEDIA
from tui.core.problems import Reason
from tui.sources.base import HEAD_BYTES, Head
from tui.sources.parsing.magic import is_feed, is_html
from tui.sources.warcs.record import headers, split, value
from tui.web.inflate import BrokenStreamError, inflated, unknown

_CHUNK = re.compile(rb"([0-9a-fA-F]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")
_STATUS = re.compile(rb"(HTTP/[\d.]+)[ \t]+(\d{3})[ \t]*(.*)")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([^"';,\s]+)""", re.IGNORECASE)
_MAGIC = {"gzip": b"\x1f\x8b", "x-gzip": b"\x1f\x8b", "zstd": b"\x28\xb5\x2f\xfd"}
INPUT_BYTES = 64 * 1024


class DecodedBody(NamedTuple):
    """A body without its codings."""

    content: bytes
    size: int
    """Bytes of the content; one more than there are in `content` if it goes on beyond the cap."""
    trouble: Reason | None = None
    """Why a part of it is missing, for people; empty: it is whole."""


def parse(message: bytes) -> tuple[Http | None, bytes]:
    """Return what the server said and the body with all its codings; (None, message) if it is no HTTP response."""
    first, lines, body = split(message)
    match = _STATUS.match(first)
    if match is None:
        return None, message
    reason = match[3].decode("iso-8859-1").strip()
    return Http(int(match[2]), headers(lines), reason, match[1].decode("ascii")), body


def parse_headers(message: bytes) -> tuple[Http | None, bytes]:
    """Return the headers of a response whose first line says no status, and the body; (None, message) if there are none.

    >>> parse_headers(b"A: 1\\r\\nB: 2\\r\\n\\r\\nrain")
    (Http(status=0, headers=(('A', '1'), ('B', '2')), ...), b'rain')
    """
    first, lines, body = split(message)
    stated = headers(lines if first.startswith(b"HTTP") else first + b"\n" + lines)
    return (Http(0, stated), body) if stated and all(name for name, _ in stated) else (None, message)


def decode(http: Http, body: bytes, cap_bytes: int) -> DecodedBody:
    """Undo the transfer and content codings that the headers name.

    Archives often keep bodies without their codings and headers that still name them, so a body that does not begin
    like a coding is taken for free of it.
    """
    trouble = None
    if "chunked" in value(http.headers, "Transfer-Encoding").lower():
        body, trouble = join_chunks(body)
    names = [name.strip().lower() for name in value(http.headers, "Content-Encoding").split(",")]
    codings = [name for name in names if name and name != "identity"]
    if not codings or not body.startswith(_MAGIC.get(codings[-1], b"")):
        return DecodedBody(body[:cap_bytes], len(body), trouble)
    if strange := unknown(codings):
        return DecodedBody(body[:cap_bytes], len(body), Reason("unknown_content_coding", {"coding": strange}))
    pieces = inflated(_pieces(body), codings)
    content, reason = _capped(pieces, cap_bytes)
    if reason and not content:  # it names a coding, but never was in it
        return DecodedBody(body[:cap_bytes], len(body), None if codings == ["br"] else reason)
    return DecodedBody(content[:cap_bytes], len(content), reason or trouble)


def unpacked(body: bytes, cap_bytes: int) -> tuple[bytes, Reason | None]:
    """Undo the coding that a body starts with, as many crawlers keep pages in databases, and say what of it is broken.

    One in no coding comes back as it is.

    >>> import zlib
    >>> unpacked(zlib.compress(b"rain"), 99), unpacked(b"x^rain", 99)
    ((b'rain', None), (b'x^rain', None))
    """
    coding = next((name for name, starts in _STORED_IN.items() if body.startswith(starts)), "")
    if not coding:
        return body, None
    content, reason = _capped(inflated(_pieces(body), [coding]), cap_bytes)
    is_chance = not content or (coding == "deflate" and reason is not None)
    return (body, None) if is_chance else (content, reason)


_STORED_IN = {
    "gzip": (b"\x1f\x8b\x08",),
    "zstd": (b"\x28\xb5\x2f\xfd",),
    "deflate": (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda"),
}


def join_chunks(body: bytes) -> tuple[bytes, Reason | None]:
    """Return the body without the marks of chunked transfer, and what is wrong with them; as it is if it has none.

    >>> join_chunks(b"4\\r\\nrain\\r\\n0\\r\\n\\r\\n"), join_chunks(b"<p>rain")
    ((b'rain', None), (b'<p>rain', None))
    """
    parts, at = [], 0
    while (mark := _CHUNK.match(body, at)) and (size := int(mark[1], 16)):
        parts.append(body[mark.end() : mark.end() + size])
        at = mark.end() + size
        if at > len(body):
            return b"".join(parts), Reason("last_chunk_cut")
        at += 2 if body[at : at + 2] == b"\r\n" else body[at : at + 1] == b"\n"
    if mark is None and parts:
        return b"".join(parts) + body[at:], Reason("chunks_broken")
    return (b"".join(parts), None) if mark else (body, None)


def _pieces(body: bytes) -> Iterator[bytes]:
    return (body[at : at + INPUT_BYTES] for at in range(0, len(body), INPUT_BYTES))


def _capped(pieces: Iterable[bytes], cap_bytes: int) -> tuple[bytes, Reason | None]:
    parts, size = [], 0
    try:
        for piece in pieces:
            parts.append(piece)
            size += len(piece)
            if size > cap_bytes:
                break
    except BrokenStreamError as error:
        return b"".join(parts)[: cap_bytes + 1], Reason("body_stops", {"reason": error.reason})
    return b"".join(parts)[: cap_bytes + 1], None


def media_of(content_type: str, content: bytes) -> str:
    """Return text/html, text/plain or the type of feeds, by the content first and the stated type second."""
    if is_feed(content[:HEAD_BYTES]):
        return FEED_MEDIA
    if is_html(Head("", content[:HEAD_BYTES])):
        return "text/html"
    stated = content_type.partition(";")[0].strip().lower()
    return "text/html" if stated in {"text/html", "application/xhtml+xml"} and b"<" in content else "text/plain"


def charset_claims(content_type: str) -> tuple[Claim, ...]:
    """Return what a Content-Type says about the charset.

    >>> charset_claims('text/html; charset="gb2312"')
    (Claim(by='http', charset='gb2312', score=None),)
    """
    match = _CHARSET.search(content_type)
    return (Claim("http", match[1]),) if match else ()
