"""A body on its way to a file: decoded in steps, within bounds, with what is missing at its end."""

import itertools
import time
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from tui.core.problems import Reason
from tui.core.values import dataclass, field
from tui.web import inflate
from tui.web.connections import BrokenError, Meter
from tui.web.exchange import Answer, chunks
from tui.web.freshness import header

DECODED_BYTES = 64 * 1024 * 1024
"""Bytes of a page after decoding."""
BOMB_BYTES = 4 * 1024 * 1024
"""Bytes from which on a page may be taken for a bomb, and that are kept of one."""
BOMB_RATIO = 200
"""Times its size that a page may inflate to; markup stays below 50."""
REPORT_S = 0.1
"""Seconds between two reports of progress."""

Report = Callable[[int], None]
"""Gets the bytes that have come so far."""


@dataclass(slots=True)
class Saved:
    """What became of a body."""

    length: int = 0
    """Bytes after decoding."""
    crc32: int = 0
    cut: Reason | None = None
    """Why it is not whole; None: it is."""
    note: Reason | None = None
    """What is odd about a whole one; None: nothing."""
    coded: list[bytes] = field(default_factory=list)
    """The body as it was transferred, if that was asked for."""


def save(answer: Answer, stream: BinaryIO, meter: Meter, report: Report, keep_coded: bool, is_packed: bool) -> Saved:
    """Write the decoded body to a file. Never fails for what the server does; OSError if the file can't be written.

    `is_packed`: the page itself may be a gzip file, which is unpacked as well.
    """
    saved, broken = Saved(), list[Reason]()
    coded = _Counted(chunks(answer, broken), meter, report, saved.coded if keep_coded else None)
    codings = _codings(answer)
    start = coded.peek() if codings else b""
    if lie := inflate.belies(start, codings):
        saved.note, codings = Reason("not_packed_as", {"coding": lie}), []
    elif odd := inflate.unknown(codings):
        saved.note, codings = Reason("unknown_coding", {"coding": odd}), []
    elif len(codings) > inflate.MAX_LAYERS:
        saved.note, codings = Reason("packed_over", {"times": len(codings)}), []
    try:
        pieces = inflate.inflated(coded, codings)
        for piece in inflate.unpacked(pieces) if is_packed else pieces:
            saved.cut = _bound(saved.length + len(piece), coded.size, bool(codings) or is_packed)
            kept = piece[: DECODED_BYTES - saved.length]
            stream.write(kept)
            saved.length += len(kept)
            saved.crc32 = zlib.crc32(kept, saved.crc32)
            if saved.cut:
                break
            meter.left_s()  # a decoder takes time too
    except (inflate.BrokenStreamError, BrokenError) as error:
        saved.cut = error.reason
    saved.cut = broken[0] if broken else saved.cut
    if not saved.cut:
        saved.note = saved.note or _beyond(answer)
    return saved


class _Counted:
    """Chunks, counted and reported as they pass."""

    def __init__(self, source: Iterator[bytes], meter: Meter, report: Report, copy: list[bytes] | None) -> None:
        self._source, self._meter, self._report, self._copy = source, meter, report, copy
        self.size = 0

    def peek(self) -> bytes:
        """The first chunk, which is still to come."""
        first = next(self._source, b"")
        self._source = itertools.chain([first], self._source) if first else self._source
        return first

    def __iter__(self) -> Iterator[bytes]:
        reported = 0.0
        for chunk in self._source:
            self.size += len(chunk)
            if self._copy is not None:
                self._copy.append(chunk)
            now = time.monotonic()
            if now - reported > REPORT_S:
                reported = now
                self._report(self._meter.received)
            yield chunk


def _codings(answer: Answer) -> list[str]:
    value = header(answer.headers, "Content-Encoding") or ""
    return [name for part in value.split(",") if (name := part.strip().lower()) and name != "identity"]


def _bound(decoded: int, coded: int, is_coded: bool) -> Reason | None:
    if is_coded and decoded > BOMB_BYTES and decoded > coded * BOMB_RATIO:
        return Reason("bomb", {"ratio": BOMB_RATIO, "size": coded})
    if decoded > DECODED_BYTES:
        return Reason("too_long", {"most": DECODED_BYTES // 1024 // 1024})
    return None


def _beyond(answer: Answer) -> Reason | None:
    """Say that more came than Content-Length allows, as far as it has come; HTTP/2 forbids it."""
    if not answer.version.startswith("HTTP/1") or header(answer.headers, "Transfer-Encoding"):
        return None
    surplus = answer.wire.surplus() or 0
    return Reason("beyond_end", {"count": surplus}) if surplus > 0 else None
