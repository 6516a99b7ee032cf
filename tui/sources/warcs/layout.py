"""Where the records of a WARC file lie, found without decoding their bodies wherever that is possible."""

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from tui.core.files import CHUNK_BYTES
from tui.core.problems import Reason
from tui.sources.streams.members import MAGIC, Blocks, DamagedMemberError, compression, open_member
from tui.sources.streams.route import places_of
from tui.sources.warcs.record import START, RecordHead, parse_head

HEAD_BYTES = 1536
"""Bytes of a record that are looked at; of most, the HTTP headers end there."""
LONG_HEAD_BYTES = 64 * 1024
"""Bytes that are looked at where the record's own headers don't end before."""
_MEMBER_HEAD_BYTES = 1536
"""Compressed bytes that hold the head of a record."""
_SCANNED_BYTES = 128 * 1024
"""What is looked through at a time: it stays in the processor's cache, which is worth a fifth."""
_MOST_HEADS_BYTES = 512
"""Bytes of a record that hold the headers of most."""
_GZIP_START = re.compile(re.escape(MAGIC["gzip"]))  # twice as fast as bytes.find
_BLANK = b"\r\n\r\n"
"""Stands behind each record."""


Stretch = tuple[int, int, RecordHead | None, Reason | None]
"""A stretch of the file: (offset, length, head of the record; None: it is none, and why)."""


def is_by_record(raw: BinaryIO, kind: str) -> bool:
    """Say whether each record of a compressed file is a member of its own, as crawlers write them."""
    place = 0
    raw.seek(0)
    if kind == "Zstandard":
        while Blocks(raw, place).is_skippable:
            place = Blocks(raw, place).find_end()
    try:
        member = open_member(kind, raw, place)
        start = b""
        while len(start) < LONG_HEAD_BYTES and (piece := member.read(LONG_HEAD_BYTES)):
            start += piece
        head = parse_head(start)
        if head is None:
            return False  # a tar archive with WARC files in it
        left = len(start) - (head.size + head.length + 2 * len(_BLANK))
        while left <= 0 and (piece := member.read(LONG_HEAD_BYTES)):
            left += len(piece)
    except DamagedMemberError:
        return True
    return left <= 0


def in_stream(stream: BinaryIO) -> Iterator[Stretch]:
    """Find the records that follow each other in a stream; what is no record is told, and the next one is looked for."""
    ahead = Lookahead(stream)
    at = ahead.skip_blank(0)
    while start := ahead.read(at, HEAD_BYTES):
        head = parse_head(start, is_all=len(start) < HEAD_BYTES) or parse_head(ahead.read(at, LONG_HEAD_BYTES))
        if head is None or head.length < 0:
            end = ahead.find(at + 1)
            why = Reason("no_record_begins") if head is None else Reason("no_content_length")
            yield _none(at, end, why)
        else:
            end = ahead.next_record(at, head)
            yield at, end - at, head, None
            if (missing := at + head.size + head.length - end) > 0 and not ahead.read(end, 1):
                yield at, end - at, None, Reason("file_ends_in_record", {"missing": missing})
        at = ahead.skip_blank(end)


def settled(stretches: Iterator[Stretch], stream: BinaryIO | None = None) -> Iterator[Stretch]:
    """Leave out what isn't whole at the end of a file that is being written.

    `stream` is one of records that aren't packed each: the last one is whole if the blank lines behind it are there.
    """
    last: list[Stretch] = []
    for each in stretches:
        if last and last[0][0] != each[0]:
            yield from last
            last.clear()
        last.append(each)
    if len(last) != 1:
        return
    offset, length, _head, trouble = last[0]
    if stream is not None:
        stream.seek(offset + length)
    if not trouble and (stream is None or stream.read(len(_BLANK)) == _BLANK):
        yield last[0]


class Lookahead:
    """A stream that is read forwards, and looked into ahead of the place where one stands."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._start, self._content = stream, 0, b""

    def read(self, at: int, count: int) -> bytes:
        """Return at least `count` bytes from byte `at`, fewer only at the end."""
        behind = at - self._start
        if 0 <= behind <= len(self._content):
            self._content = self._content[behind:]
        else:
            self._content = b""
        self._start = at
        while len(self._content) < count:
            self._stream.seek(at + len(self._content))
            piece = self._stream.read(max(count - len(self._content), 2 * HEAD_BYTES))
            if not piece:
                break
            self._content += piece
        return self._content

    def skip_blank(self, at: int) -> int:
        """Return the first byte from `at` on that is no line end."""
        while start := self.read(at, 16):
            ink = len(start) - len(start.lstrip(b"\r\n"))
            at += ink
            if ink < len(start):
                break
        return at

    def next_record(self, at: int, head: RecordHead) -> int:
        """Return where a record ends: where it says, if another or nothing follows there, else where the next one starts."""
        end = at + head.size + head.length
        behind = self.read(end, 16)
        if (
            behind.startswith(_BLANK)
            or behind.lstrip(b"\r\n").startswith(b"WARC/")
            or (behind and not behind.strip(b"\r\n"))
        ):
            return end
        if behind or not self.read(end - 1, 1):
            return self.find(at + head.size)
        return end

    def find(self, place: int) -> int:
        """Return where the next record starts at or behind `place`, or where the file ends."""
        while chunk := self.read(place, CHUNK_BYTES):
            # A start at the very beginning stands behind a byte that we don't see; records begin lines.
            match = START.search(chunk, 0)
            if match:
                return place + match.start()
            if len(chunk) < CHUNK_BYTES:
                return place + len(chunk)
            place += len(chunk) - 256
        return place


def by_gzip_member(raw: BinaryIO) -> Iterator[Stretch]:
    """Find the records of a file in which each is a gzip member, inflating the heads only.

    A boundary is sure where the size in the trailer before it is what the record's headers promise. Where it is not,
    the member is decoded to find its end.
    """
    size = raw.seek(0, 2)
    start, promised = -1, -1
    current: RecordHead | None = None
    for place, before, head in _gzip_starts(raw):
        is_sure = promised >= 0 and int.from_bytes(before, "little") == promised & 0xFFFFFFFF
        if start >= 0 and not is_sure:
            if head is None:
                continue
            end = _member_end(raw, start)
            if end > place:
                continue  # an archive inside of a page
            yield from _closed(start, place, end, current)
        elif start >= 0:
            yield (start, place - start, current, None) if current else _lost(start, place)
        elif place > 0:
            yield _lost(0, place)
        start, current = place, head
        promised = head.size + head.length + len(_BLANK) if head and head.length >= 0 else -1
    if start >= 0:
        raw.seek(max(0, size - 4))
        is_sure = int.from_bytes(raw.read(4), "little") == promised & 0xFFFFFFFF
        yield from _closed(start, size, size if is_sure else _member_end(raw, start), current)


def _closed(start: int, stop: int, end: int, head: RecordHead | None) -> Iterator[Stretch]:
    """The record from `start`, and what stands between its `end`, if that is known, and `stop`."""
    if head is None:
        yield _lost(start, stop)
        return
    if end < 0:
        yield start, stop - start, head, None
        yield start, stop - start, None, Reason("record_ends_early")
        return
    yield start, end - start, head, None
    if end < stop:
        yield _lost(end, stop)


def _lost(start: int, end: int) -> Stretch:
    return _none(start, end, Reason("record_damaged"))


def _none(start: int, end: int, why: Reason) -> Stretch:
    return start, end - start, None, Reason("passed_over", {"reason": why, "lost": end - start})


def _gzip_starts(raw: BinaryIO) -> Iterator[tuple[int, bytes, RecordHead | None]]:
    """Yield (byte, the four bytes before, head of a record if there is one) of all places where a gzip member may start."""
    content, base, is_last = b"", 0, False
    while not is_last:
        raw.seek(base + len(content))
        chunk = raw.read(_SCANNED_BYTES)
        is_last = not chunk
        content += chunk
        view = memoryview(content)
        stop = len(content) if is_last else len(content) - _MEMBER_HEAD_BYTES
        for mark in _GZIP_START.finditer(content, 4 if base else 0, max(0, stop + 2)):
            at = mark.start()
            yield base + at, content[max(0, at - 4) : at], _member_head(view[at : at + _MEMBER_HEAD_BYTES])
        kept = max(0, stop - 4)
        content, base = content[kept:], base + kept


def _member_head(start: memoryview) -> RecordHead | None:
    """The head of the record with which a gzip member starts. zlib: of so few bytes it makes more a second than isal."""
    decoder = zlib.decompressobj(31)
    try:
        inflated = decoder.decompress(start, _MOST_HEADS_BYTES)
        if inflated.count(_BLANK) < 2:  # the headers of the record and those of the message in it
            inflated += decoder.decompress(decoder.unconsumed_tail, HEAD_BYTES - len(inflated))
    except zlib.error:
        return None
    return parse_head(inflated)


def _member_end(raw: BinaryIO, start: int) -> int:
    """Return the byte behind a gzip member, decoding it; -1 if it is damaged."""
    member = open_member("gzip", raw, start)
    try:
        while member.read(CHUNK_BYTES):
            pass
    except DamagedMemberError:
        return -1
    return member.end


def by_frame(raw: BinaryIO, at: int = 0) -> Iterator[Stretch]:
    """Find the records of a file in which each is a Zstandard frame, from byte `at` on; frames without content are passed
    over.
    """
    size = raw.seek(0, 2)
    while at < size:
        raw.seek(at)
        start = raw.read(8)
        blocks = Blocks(raw, at)
        end = blocks.find_end() if compression(start) == "Zstandard" else at
        if not blocks.is_skippable or not blocks.is_whole:
            head = parse_head(_frame_start(raw, at)) if end > at else None
            if head is None or not blocks.is_whole:
                end = _next_frame(raw, at + 1, size)
            yield (at, end - at, head, None) if head else _lost(at, end)
            if head and not blocks.is_whole:
                yield at, end - at, None, Reason("record_ends_early")
        at = end


def _frame_start(raw: BinaryIO, at: int) -> bytes:
    try:
        return open_member("Zstandard", raw, at).read(HEAD_BYTES)
    except DamagedMemberError:
        return b""


def _next_frame(raw: BinaryIO, at: int, size: int) -> int:
    marks = places_of(MAGIC["Zstandard"], raw, at)
    return next((place for place in marks if parse_head(_frame_start(raw, place))), size)
