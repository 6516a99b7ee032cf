"""Members of zip archives: as the directory at the end lists them, and where that is missing, by their own headers.

The directory is read entry by entry: one of a few kilobytes may name a million members.
"""

import io
import os
import stat
import struct
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import compress
from typing import Any, BinaryIO, NamedTuple, cast

from tui.core.errors import ReasonedError
from tui.core.files import CHUNK_BYTES
from tui.core.problems import Reason, system_reason
from tui.sources.archives.names import codec_of
from tui.sources.streams.members import PIECE_BYTES, DamagedMemberError, open_member
from tui.sources.streams.route import METHODS, Packed, RouteStep, Window, places_of, read_fully

_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_LONGEST_COMMENT = 0xFFFF
_WIDE_END = struct.Struct("<4sQ2H2L4Q")
_WIDE_END_MARK = b"PK\x06\x06"
_LOCATOR_BYTES = 20
_LOCATOR_MARK = b"PK\x06\x07"
_ENTRY = struct.Struct("<4s4B4HL2L5H2L")
_ENTRY_MARK = b"PK\x01\x02"
_HEADER = struct.Struct("<4sHHHHHIIIHH")
_HEADER_MARK = b"PK\x03\x04"
_DESCRIPTOR_MARK = b"PK\x07\x08"
_NO_MEMBER_MARKS = (_ENTRY_MARK, _END_MARK, _WIDE_END_MARK, _LOCATOR_MARK, _DESCRIPTOR_MARK)
"""What may stand behind a member, beside another one."""
_IS_ENCRYPTED, _HAS_DESCRIPTOR, _IS_UTF8 = 1, 1 << 3, 1 << 11
_WIDE = 0xFFFFFFFF
"""Stands where a number takes more room: see the Zip64 extra field."""
_ZIP64, _UTF8_NAME = 1, 0x7075
_OWN_CHARSET = "ibm437"
"""Of names, where no flag tells that they are UTF-8; many write what their system uses."""
_LONGEST_NAME = 4096
_FARTHEST = 2**62
"""No file has so many bytes, whatever a directory says."""


def members(stream: BinaryIO) -> Iterator[Packed]:
    """Yield the members of an archive in the order of its directory, without folders; behind them, those it doesn't name.

    The stream must be able to seek to its end. What is damaged or lost is yielded with its trouble. A member that several
    entries lead to is yielded once.
    """
    try:
        directory = Directory(stream)
        extents = _Extents(directory)
    except (BrokenDirectoryError, OSError) as error:
        size = stream.seek(0, 2)
        reason = error.reason if isinstance(error, BrokenDirectoryError) else system_reason(error)
        yield Packed("", RouteStep(0, size), Reason("directory_unreadable", {"error": reason}))
        yield from _between(stream, 0, size)
        return
    for entry in directory.entries(extents.is_first):
        if not entry.name.endswith("/") and not stat.S_ISLNK(entry.mode):
            yield _packed(stream, entry, entry.at in extents.overlapping)
    again = extents.is_first.count(0)
    if again:
        yield Packed("", RouteStep(directory.start, 0), Reason("named_again", {"count": again}))
    for start, end in extents.gaps(stream, directory.start):
        beside = list(_between(stream, start, end))
        if any(packed.name for packed in beside):
            reason = Reason("beside_directory", {"start": start, "end": end})
            yield Packed("", RouteStep(start, end - start), reason)
            yield from beside


_Fields = tuple[Any, ...]


class BrokenDirectoryError(ReasonedError):
    """There is no directory, or it makes no sense; the text says why, for people."""


class DirectoryEntry(NamedTuple):
    """What the directory says of a member."""

    name: str
    at: int
    """Byte of the archive at which the member's own header starts."""
    flags: int
    method: int
    crc: int
    packed: int
    """Bytes of the member as it is packed."""
    size: int
    mode: int
    """`st_mode` of the file it was made of; 0: unknown."""


class Directory:
    """Where the directory of an archive lies. Raises BrokenDirectoryError if it has none."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        size = stream.seek(0, os.SEEK_END)
        first = max(0, size - _END.size - _LONGEST_COMMENT)
        stream.seek(first)
        tail = read_fully(stream, size - first)
        at = tail.rfind(_END_MARK)
        if at < 0 or len(tail) - at < _END.size:
            raise BrokenDirectoryError(Reason("no_directory"))
        _, _, _, _, _, length, start, _ = _END.unpack_from(tail, at)
        behind = first + at
        locator = behind - _LOCATOR_BYTES
        wide_at = locator - _WIDE_END.size
        if wide_at >= 0:
            stream.seek(wide_at)
            wide = read_fully(stream, _WIDE_END.size + len(_LOCATOR_MARK))
            if wide.startswith(_WIDE_END_MARK) and wide.endswith(_LOCATOR_MARK):
                length, start = _WIDE_END.unpack_from(wide)[8:]
                behind = wide_at
        self.start, self._end = behind - length, behind
        self._shift = max(0, self.start - start)
        """Bytes that stand before the archive, which its own numbers leave out; a start behind its own directory is damaged."""
        if self.start < 0:
            raise BrokenDirectoryError(Reason("directory_before_file"))

    @cached_property
    def _codec(self) -> str:
        """Of the names that don't tell."""
        return codec_of((rest[: fields[12]] for fields, rest in self._raw() if not fields[5] & _IS_UTF8), _OWN_CHARSET)

    def extents(self) -> Iterator[tuple[int, int]]:
        """Yield where each member's own header starts, and the bytes of the member as it is packed. Raises BrokenDirectoryError."""
        for fields, rest in self._raw():
            if _WIDE in (fields[10], fields[18]):
                entry = self._entry(fields, rest)
                yield entry.at, entry.packed
            else:
                yield fields[18] + self._shift, fields[10]

    def entries(self, are_wanted: Iterable[int]) -> Iterator[DirectoryEntry]:
        """Yield those entries, in order, for which a number is not 0. Raises BrokenDirectoryError."""
        return (self._entry(fields, rest) for fields, rest in compress(self._raw(), are_wanted))

    def _raw(self) -> Iterator[tuple[_Fields, bytes]]:
        """The numbers of each entry, and its name with what follows it. Others may use the stream meanwhile."""
        at, chunk, place = self.start, b"", 0
        while at + place < self._end:
            if len(chunk) - place < _ENTRY.size:
                at, place = at + place, 0
                chunk = self._read(at, CHUNK_BYTES)
            if len(chunk) - place < _ENTRY.size:
                raise BrokenDirectoryError(Reason("directory_ends_early"))
            fields = _ENTRY.unpack_from(chunk, place)
            if fields[0] != _ENTRY_MARK:
                raise BrokenDirectoryError(Reason("no_entry_begins", {"byte": at + place}))
            size_bytes = _ENTRY.size + fields[12] + fields[13] + fields[14]
            if len(chunk) - place < size_bytes:
                at, place = at + place, 0
                chunk = self._read(at, max(CHUNK_BYTES, size_bytes))
            yield fields, chunk[place + _ENTRY.size : place + size_bytes]
            place += size_bytes

    def _read(self, at: int, count: int) -> bytes:
        self._stream.seek(at)
        return read_fully(self._stream, min(count, self._end - at))

    def _entry(self, fields: _Fields, rest: bytes) -> DirectoryEntry:
        """What an entry says."""
        flags, method, _, _, crc, packed, size, name_bytes, extra_bytes = fields[5:14]
        at = fields[18]
        if _WIDE in (size, packed, at):
            size, packed, at = _widened(rest[name_bytes : name_bytes + extra_bytes], size, packed, at)
        name = _name_of(rest[:name_bytes], flags, rest[name_bytes : name_bytes + extra_bytes], self._codec)
        return DirectoryEntry(name, at + self._shift, flags, method, crc, packed, size, fields[17] >> 16)


def _packed(stream: BinaryIO, entry: DirectoryEntry, is_overlapping: bool) -> Packed:
    header = _header_at(stream, entry.at)
    trouble = _unreadable(entry.flags, entry.method)
    if header is None:
        trouble = Reason("no_member_begins", {"byte": entry.at})
    elif is_overlapping:
        trouble = Reason("overlapping_member", {"byte": entry.at})
    start = header.start if header else entry.at
    return Packed(entry.name, RouteStep(start, entry.packed, entry.method, entry.size, entry.crc), trouble)


class _Extents:
    """Where the members lie that a directory names: 20 bytes for each. Raises BrokenDirectoryError."""

    def __init__(self, directory: Directory) -> None:
        self._at, self._packed = array("q"), array("q")
        for start, packed in directory.extents():
            self._at.append(min(start, _FARTHEST))
            self._packed.append(min(packed, _FARTHEST))
        at = self._at
        is_sorted = all(map(int.__le__, at, memoryview(at)[1:]))
        self._order: Sequence[int] = range(len(at)) if is_sorted else sorted(range(len(at)), key=at.__getitem__)
        self.is_first = bytearray(b"\1") * len(at)
        """0 for each entry whose member one before it leads to."""
        self.overlapping: set[int] = set()
        """Where the members start that reach into others."""
        reaches, last = 0, -1
        for number in self._order:
            if at[number] == last:
                self.is_first[number] = 0
                continue
            last = at[number]
            if last < reaches:
                self.overlapping.add(last)
            reaches = max(reaches, last + _HEADER.size + self._packed[number])

    def gaps(self, stream: BinaryIO, directory_at: int) -> Iterator[tuple[int, int]]:
        """Yield (start, end) of each stretch before the directory that belongs to no member and may hold one."""
        behind = 0
        for number in self._order:
            if self.is_first[number]:
                at = self._at[number]
                if at - behind > _HEADER.size:
                    yield behind, at
                header = _header_at(stream, at)
                behind = max(behind, (header.start if header else at) + self._packed[number])
        if directory_at - behind > _HEADER.size:
            yield behind, directory_at


class _Header(NamedTuple):
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


def _header_at(stream: BinaryIO, at: int) -> _Header | None:
    """Read the header that starts at byte `at`; None if none does."""
    if at < 0:  # what a damaged directory says
        return None
    stream.seek(at)
    fixed = read_fully(stream, _HEADER.size)
    if len(fixed) < _HEADER.size or not fixed.startswith(_HEADER_MARK):
        return None
    _, _, flags, method, _, _, crc, packed, size, name_bytes, extra_bytes = _HEADER.unpack(fixed)
    rest = read_fully(stream, name_bytes + extra_bytes)
    if len(rest) < name_bytes + extra_bytes:
        return None
    if _WIDE in (packed, size):
        size, packed = _widened(rest[name_bytes:], size, packed)
    stored = rest[:name_bytes]
    name = _name_of(stored, flags, rest[name_bytes:], codec_of([stored], _OWN_CHARSET))
    return _Header(name, flags, method, crc, packed, size, at + _HEADER.size + len(rest))


def _name_of(stored: bytes, flags: int, extra: bytes, codec: str) -> str:
    """Return a member's name as its flags say that it is stored; what they don't say, in the charset of the archive's names."""
    told = next((field for kind, field in _extra_fields(extra) if kind == _UTF8_NAME), b"")
    if told[1:5] != zlib.crc32(stored).to_bytes(4, "little"):  # it is of another name
        told = b""
    return (told[5:] or stored).decode("utf-8" if told or flags & _IS_UTF8 else codec, "replace").partition("\0")[0]


def _widened(extra: bytes, *numbers: int) -> list[int]:
    """Return numbers with those that take more room as the Zip64 extra field has them, in its order."""
    result = list(numbers)
    for kind, field in _extra_fields(extra):
        if kind == _ZIP64:
            wide = [number for (number,) in struct.iter_unpack("<Q", field[: len(field) // 8 * 8])]
            result = [wide.pop(0) if number == _WIDE and wide else number for number in result]
    return result


def _extra_fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the kind of each extra field, and what it holds."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        yield kind, extra[at + 4 : at + 4 + length]
        at += 4 + length


def _unreadable(flags: int, method: int) -> Reason | None:
    """Return why a member of this kind can't be read; None: it can."""
    if flags & _IS_ENCRYPTED:
        return Reason("encrypted")
    if method not in (0, *METHODS):
        import zipfile  # 4 ms, for a name

        name = zipfile.compressor_names.get(method, "")  # type: ignore[attr-defined]
        return Reason("unknown_packing", {"method": name or method})
    return None


def _between(stream: BinaryIO, start: int, end: int) -> Iterator[Packed]:
    """Yield the members whose headers stand between two bytes; what is no member there, with its trouble."""
    at = start
    while at < end:
        place = next(places_of(_HEADER_MARK, stream, at, end), end)
        yield from _lost(stream, at, place)
        if place == end:
            return
        header = _header_at(stream, place)
        if header is None or not 0 < len(header.name) <= _LONGEST_NAME:
            yield from _lost(stream, place, place + len(_HEADER_MARK))
            at = place + len(_HEADER_MARK)
            continue
        step, behind = _extent(stream, header, end)
        if not header.name.endswith("/"):
            yield Packed(header.name, step, _unreadable(header.flags, header.method))
            if behind > end:
                reason = Reason("member_cut", {"member": header.name, "missing": behind - end})
                yield Packed("", RouteStep(place, end - place), Reason("at_byte", {"byte": place, "reason": reason}))
        at = min(behind, end)


def _extent(stream: BinaryIO, header: _Header, end: int) -> tuple[RouteStep, int]:
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
    if not descriptor.startswith(_DESCRIPTOR_MARK):
        return RouteStep(header.start, length, header.method), header.start + length
    crc, _packed, size = struct.unpack_from("<III", descriptor, 4)
    wide_packed, wide_size = struct.unpack_from("<QQ", descriptor, 8)
    # Of less than 4 GiB a short one begins the same: there the next header follows, or the file ends.
    if wide_packed == length and len(there) == 24 and not there.startswith((_HEADER_MARK, *_NO_MEMBER_MARKS), 16):
        return RouteStep(header.start, length, header.method, wide_size, crc), header.start + length + 24
    return RouteStep(header.start, length, header.method, size, crc), header.start + length + 16


def _decoded_length(stream: BinaryIO, header: _Header, end: int) -> int:
    """Decode a member to find its end; all that is left if it is damaged before."""
    window = cast(BinaryIO, Window(stream, header.start, end - header.start, is_shared=True))
    member = open_member(METHODS[header.method], window, 0)
    try:
        while member.read(PIECE_BYTES):
            pass
    except DamagedMemberError:
        return next(places_of(_HEADER_MARK, stream, header.start, end), end) - header.start
    return member.end if member.end >= 0 else end - header.start


def _stored_length(stream: BinaryIO, header: _Header, end: int) -> int:
    """Look for the descriptor that tells a length that leads to it."""
    for mark in places_of(_DESCRIPTOR_MARK, stream, header.start, end):
        stream.seek(mark + 8)
        length = read_fully(stream, 8)
        if mark - header.start in (int.from_bytes(length[:4], "little"), int.from_bytes(length, "little")):
            return mark - header.start
    return end - header.start


def _lost(stream: BinaryIO, start: int, end: int) -> Iterator[Packed]:
    """Say what is passed over, unless it is the directory, a descriptor or padding."""
    stream.seek(start)
    begin = read_fully(stream, min(end - start, io.DEFAULT_BUFFER_SIZE))
    if begin.startswith(_NO_MEMBER_MARKS) or not begin.strip(b"\0"):
        return
    reason = Reason("no_member", {"start": start, "end": end, "lost": end - start})
    yield Packed("", RouteStep(start, end - start), reason)
