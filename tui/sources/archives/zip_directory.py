"""The directory at the end of a zip archive, read entry by entry: one of a few kilobytes may name a million members."""

import os
import struct
from collections.abc import Iterable, Iterator
from itertools import compress
from typing import Any, BinaryIO, NamedTuple

from tui.core.errors import ReasonedError
from tui.core.problems import Reason
from tui.sources.archives.zip_headers import WIDE, name_of, widened
from tui.sources.streams.route import read_fully

_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_LONGEST_COMMENT = 0xFFFF
_WIDE_END = struct.Struct("<4sQ2H2L4Q")
_WIDE_END_MARK = b"PK\x06\x06"
_LOCATOR_BYTES = 20
_LOCATOR_MARK = b"PK\x06\x07"
_ENTRY = struct.Struct("<4s4B4HL2L5H2L")
_ENTRY_MARK = b"PK\x01\x02"
_CHUNK_BYTES = 256 * 1024


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
        self._shift = behind - length - start
        """Bytes that stand before the archive, which its own numbers leave out."""
        self.start, self._end = start + self._shift, behind
        if self.start < 0:
            raise BrokenDirectoryError(Reason("directory_before_file"))

    def extents(self) -> Iterator[tuple[int, int]]:
        """Yield where each member's own header starts, and the bytes of the member as it is packed. Raises BrokenDirectoryError."""
        for fields, rest in self._raw():
            if WIDE in (fields[10], fields[18]):
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
                chunk = self._read(at, _CHUNK_BYTES)
            if len(chunk) - place < _ENTRY.size:
                raise BrokenDirectoryError(Reason("directory_ends_early"))
            fields = _ENTRY.unpack_from(chunk, place)
            if fields[0] != _ENTRY_MARK:
                raise BrokenDirectoryError(Reason("no_entry_begins", {"byte": at + place}))
            size_bytes = _ENTRY.size + fields[12] + fields[13] + fields[14]
            if len(chunk) - place < size_bytes:
                at, place = at + place, 0
                chunk = self._read(at, max(_CHUNK_BYTES, size_bytes))
            yield fields, chunk[place + _ENTRY.size : place + size_bytes]
            place += size_bytes

    def _read(self, at: int, count: int) -> bytes:
        self._stream.seek(at)
        return read_fully(self._stream, min(count, self._end - at))

    def _entry(self, fields: _Fields, rest: bytes) -> DirectoryEntry:
        """What an entry says."""
        flags, method, _, _, crc, packed, size, name_bytes, extra_bytes = fields[5:14]
        at = fields[18]
        if WIDE in (size, packed, at):
            size, packed, at = widened(rest[name_bytes : name_bytes + extra_bytes], size, packed, at)
        name = name_of(rest[:name_bytes], flags)
        return DirectoryEntry(name, at + self._shift, flags, method, crc, packed, size, fields[17] >> 16)
