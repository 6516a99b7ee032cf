"""The headers that stand before each member of a zip archive: enough to read what is left of one without its directory."""

import io
import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple, cast

from tui.core.problems import Reason
from tui.sources.streams.members import PIECE_BYTES, DamagedMemberError, open_member
from tui.sources.streams.route import METHODS, Packed, Step, Window, read_fully

_HEADER = struct.Struct("<4sHHHHHIIIHH")
SIZE = _HEADER.size
_MARK = b"PK\x03\x04"
_DESCRIPTOR = b"PK\x07\x08"
_DIRECTORY = (b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07")
_HAS_DESCRIPTOR, _IS_UTF8 = 1 << 3, 1 << 11
_WIDE = 0xFFFFFFFF
"""Stands where a number takes more room: see the Zip64 extra field."""
_ZIP64 = 1
_CHUNK_BYTES = 1024 * 1024
_LONGEST_NAME = 4096


class Header(NamedTuple):
    """What stands before a member."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    """Bytes of the member as it is packed; 0 may mean that they are told behind it."""
    size: int
    """Bytes of it unpacked."""
    start: int
    """Byte of the archive at which the member itself starts."""


def header(stream: BinaryIO, at: int) -> Header | None:
    """Read the header that starts at byte `at`; None if none does."""
    if at < 0:  # what a damaged directory says
        return None
    stream.seek(at)
    fixed = read_fully(stream, SIZE)
    if len(fixed) < SIZE or not fixed.startswith(_MARK):
        return None
    _, _, flags, method, _, _, crc, packed, size, name_bytes, extra_bytes = _HEADER.unpack(fixed)
    rest = read_fully(stream, name_bytes + extra_bytes)
    if len(rest) < name_bytes + extra_bytes:
        return None
    if _WIDE in (packed, size):
        packed, size = _wide(rest[name_bytes:], packed, size)
    name = rest[:name_bytes].decode("utf-8" if flags & _IS_UTF8 else "cp437", "replace").partition("\0")[0]
    return Header(name, flags, method, crc, packed, size, at + SIZE + len(rest))


def _wide(extra: bytes, packed: int, size: int) -> tuple[int, int]:
    """The sizes, where they stand in the Zip64 extra field."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == _ZIP64:
            numbers = [number for (number,) in struct.iter_unpack("<Q", extra[at + 4 : at + 4 + length // 8 * 8])]
            size = numbers.pop(0) if size == _WIDE and numbers else size
            packed = numbers.pop(0) if packed == _WIDE and numbers else packed
        at += 4 + length
    return packed, size


def members(stream: BinaryIO, start: int, end: int) -> Iterator[Packed]:
    """Yield the members whose headers stand between two bytes; what is no member there, with its trouble."""
    at = start
    while at < end:
        place = _next(stream, at, end)
        yield from _lost(stream, at, place)
        if place == end:
            return
        seen = header(stream, place)
        if seen is None or not 0 < len(seen.name) <= _LONGEST_NAME:
            yield from _lost(stream, place, place + len(_MARK))
            at = place + len(_MARK)
            continue
        step, behind = _extent(stream, seen, end)
        if not seen.name.endswith("/"):
            yield Packed(seen.name, step, _trouble(seen))
            if behind > end:
                said = Reason("member_cut", {"member": seen.name, "missing": behind - end})
                yield Packed("", Step(place, end - place), Reason("at_byte", {"byte": place, "reason": said}))
        at = min(behind, end)


def _trouble(seen: Header) -> Reason | None:
    from tui.sources.archives.zips import unreadable

    return unreadable(seen.flags, seen.method)


def _extent(stream: BinaryIO, seen: Header, end: int) -> tuple[Step, int]:
    """How a member is packed, and the byte behind it; where its header doesn't say, it is looked for."""
    if not seen.flags & _HAS_DESCRIPTOR or seen.packed:
        return Step(seen.start, seen.packed, seen.method, seen.size, seen.crc), seen.start + seen.packed
    if seen.method in METHODS and seen.method:
        length = _decoded_length(stream, seen, end)
    else:
        length = _stored_length(stream, seen, end)
    stream.seek(seen.start + length)
    told = read_fully(stream, 24)
    if not told.startswith(_DESCRIPTOR):
        return Step(seen.start, length, seen.method), seen.start + length
    crc, packed, size = struct.unpack_from("<III", told.ljust(24, b"\0"), 4)
    wide_packed, wide_size = struct.unpack_from("<QQ", told.ljust(24, b"\0"), 8)
    if wide_packed == length != packed:
        return Step(seen.start, length, seen.method, wide_size, crc), seen.start + length + 24
    return Step(seen.start, length, seen.method, size, crc), seen.start + length + 16


def _decoded_length(stream: BinaryIO, seen: Header, end: int) -> int:
    """Decode a member to find its end; all that is left if it is damaged before."""
    window = cast(BinaryIO, Window(stream, seen.start, end - seen.start, is_shared=True))
    member = open_member(METHODS[seen.method], window, 0)
    try:
        while member.read(PIECE_BYTES):
            pass
    except DamagedMemberError:
        following = _next(stream, seen.start, end)
        return following - seen.start
    return member.end if member.end >= 0 else end - seen.start


def _stored_length(stream: BinaryIO, seen: Header, end: int) -> int:
    """Look for the descriptor that tells a length that leads to it."""
    at = seen.start
    while (found := _find(stream, _DESCRIPTOR, at, end)) < end:
        stream.seek(found + 8)
        told = read_fully(stream, 16).ljust(16, b"\0")
        if found - seen.start in (int.from_bytes(told[:4], "little"), int.from_bytes(told[:8], "little")):
            return found - seen.start
        at = found + 1
    return end - seen.start


def _next(stream: BinaryIO, at: int, end: int) -> int:
    return _find(stream, _MARK, at, end)


def _find(stream: BinaryIO, mark: bytes, at: int, end: int) -> int:
    """Return where a mark stands first, or `end`."""
    while at < end:
        stream.seek(at)
        chunk = read_fully(stream, min(_CHUNK_BYTES, end - at))
        found = chunk.find(mark)
        if found >= 0:
            return at + found
        if len(chunk) < _CHUNK_BYTES:
            return end
        at += len(chunk) - len(mark) + 1
    return end


def _lost(stream: BinaryIO, start: int, end: int) -> Iterator[Packed]:
    """Say what is passed over, unless it is the directory, a descriptor or padding."""
    stream.seek(start)
    begin = read_fully(stream, min(end - start, io.DEFAULT_BUFFER_SIZE))
    if begin.startswith((*_DIRECTORY, _DESCRIPTOR)) or not begin.strip(b"\0"):
        return
    said = Reason("no_member", {"start": start, "end": end, "lost": end - start})
    yield Packed("", Step(start, end - start), said)
