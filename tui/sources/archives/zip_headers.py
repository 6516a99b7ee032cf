"""The headers that stand before each member of a zip archive: enough to read what is left of one without its directory."""

import io
import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple, cast

from tui.core.problems import Reason
from tui.sources.streams.members import PIECE_BYTES, DamagedMemberError, open_member
from tui.sources.streams.route import METHODS, Packed, RouteStep, Window, places_of, read_fully

_HEADER = struct.Struct("<4sHHHHHIIIHH")
SIZE = _HEADER.size
_MARK = b"PK\x03\x04"
_DESCRIPTOR = b"PK\x07\x08"
_DIRECTORY = (b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07")
_IS_ENCRYPTED, _HAS_DESCRIPTOR, _IS_UTF8 = 1, 1 << 3, 1 << 11
WIDE = 0xFFFFFFFF
"""Stands where a number takes more room: see the Zip64 extra field."""
_ZIP64 = 1
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


def header_at(stream: BinaryIO, at: int) -> Header | None:
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
    if WIDE in (packed, size):
        size, packed = widened(rest[name_bytes:], size, packed)
    return Header(name_of(rest[:name_bytes], flags), flags, method, crc, packed, size, at + SIZE + len(rest))


def name_of(stored: bytes, flags: int) -> str:
    """Return a member's name as its flags say that it is stored."""
    return stored.decode("utf-8" if flags & _IS_UTF8 else "cp437", "replace").partition("\0")[0]


def widened(extra: bytes, *numbers: int) -> list[int]:
    """Return numbers with those that take more room as the Zip64 extra field has them, in its order."""
    at = 0
    result = list(numbers)
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == _ZIP64:
            wide = [number for (number,) in struct.iter_unpack("<Q", extra[at + 4 : at + 4 + length // 8 * 8])]
            result = [wide.pop(0) if number == WIDE and wide else number for number in result]
        at += 4 + length
    return result


def unreadable(flags: int, method: int) -> Reason | None:
    """Return why a member of this kind can't be read; None: it can."""
    if flags & _IS_ENCRYPTED:
        return Reason("encrypted")
    if method not in (0, *METHODS):
        import zipfile  # 4 ms, for a name

        name = zipfile.compressor_names.get(method, "")  # type: ignore[attr-defined]
        return Reason("unknown_packing", {"method": name or method})
    return None


def members(stream: BinaryIO, start: int, end: int) -> Iterator[Packed]:
    """Yield the members whose headers stand between two bytes; what is no member there, with its trouble."""
    at = start
    while at < end:
        place = next(places_of(_MARK, stream, at, end), end)
        yield from _lost(stream, at, place)
        if place == end:
            return
        header = header_at(stream, place)
        if header is None or not 0 < len(header.name) <= _LONGEST_NAME:
            yield from _lost(stream, place, place + len(_MARK))
            at = place + len(_MARK)
            continue
        step, behind = _extent(stream, header, end)
        if not header.name.endswith("/"):
            yield Packed(header.name, step, unreadable(header.flags, header.method))
            if behind > end:
                reason = Reason("member_cut", {"member": header.name, "missing": behind - end})
                yield Packed("", RouteStep(place, end - place), Reason("at_byte", {"byte": place, "reason": reason}))
        at = min(behind, end)


def _extent(stream: BinaryIO, header: Header, end: int) -> tuple[RouteStep, int]:
    """How a member is packed, and the byte behind it; where its header doesn't say, it is looked for."""
    if not header.flags & _HAS_DESCRIPTOR or header.packed:
        return RouteStep(
            header.start, header.packed, header.method, header.size, header.crc
        ), header.start + header.packed
    if header.method in METHODS and header.method:
        length = _decoded_length(stream, header, end)
    else:
        length = _stored_length(stream, header, end)
    stream.seek(header.start + length)
    there = read_fully(stream, 24)
    descriptor = there.ljust(24, b"\0")
    if not descriptor.startswith(_DESCRIPTOR):
        return RouteStep(header.start, length, header.method), header.start + length
    crc, _packed, size = struct.unpack_from("<III", descriptor, 4)
    wide_packed, wide_size = struct.unpack_from("<QQ", descriptor, 8)
    # Of less than 4 GiB a short one begins the same: there the next header follows, or the file ends.
    if wide_packed == length and len(there) == 24 and not there.startswith((_MARK, _DESCRIPTOR, *_DIRECTORY), 16):
        return RouteStep(header.start, length, header.method, wide_size, crc), header.start + length + 24
    return RouteStep(header.start, length, header.method, size, crc), header.start + length + 16


def _decoded_length(stream: BinaryIO, header: Header, end: int) -> int:
    """Decode a member to find its end; all that is left if it is damaged before."""
    window = cast(BinaryIO, Window(stream, header.start, end - header.start, is_shared=True))
    member = open_member(METHODS[header.method], window, 0)
    try:
        while member.read(PIECE_BYTES):
            pass
    except DamagedMemberError:
        return next(places_of(_MARK, stream, header.start, end), end) - header.start
    return member.end if member.end >= 0 else end - header.start


def _stored_length(stream: BinaryIO, header: Header, end: int) -> int:
    """Look for the descriptor that tells a length that leads to it."""
    for mark in places_of(_DESCRIPTOR, stream, header.start, end):
        stream.seek(mark + 8)
        lengths = read_fully(stream, 16).ljust(16, b"\0")
        if mark - header.start in (int.from_bytes(lengths[:4], "little"), int.from_bytes(lengths[:8], "little")):
            return mark - header.start
    return end - header.start


def _lost(stream: BinaryIO, start: int, end: int) -> Iterator[Packed]:
    """Say what is passed over, unless it is the directory, a descriptor or padding."""
    stream.seek(start)
    begin = read_fully(stream, min(end - start, io.DEFAULT_BUFFER_SIZE))
    if begin.startswith((*_DIRECTORY, _DESCRIPTOR)) or not begin.strip(b"\0"):
        return
    reason = Reason("no_member", {"start": start, "end": end, "lost": end - start})
    yield Packed("", RouteStep(start, end - start), reason)
