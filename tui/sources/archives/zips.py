"""Members of zip archives: as the directory at the end lists them, and where that is missing, by their own headers."""

import stat
from array import array
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from tui.core.problems import Reason, system_reason
from tui.sources.archives import zip_headers
from tui.sources.archives.zip_directory import BrokenDirectoryError, Directory, DirectoryEntry
from tui.sources.streams.route import Packed, RouteStep

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
        yield from zip_headers.members(stream, 0, size)
        return
    for entry in directory.entries(extents.is_first):
        if not entry.name.endswith("/") and not stat.S_ISLNK(entry.mode):
            yield _packed(stream, entry, entry.at in extents.overlapping)
    again = extents.is_first.count(0)
    if again:
        yield Packed("", RouteStep(directory.start, 0), Reason("named_again", {"count": again}))
    for start, end in extents.gaps(stream, directory.start):
        beside = list(zip_headers.members(stream, start, end))
        if any(packed.name for packed in beside):
            reason = Reason("beside_directory", {"start": start, "end": end})
            yield Packed("", RouteStep(start, end - start), reason)
            yield from beside


def _packed(stream: BinaryIO, entry: DirectoryEntry, is_overlapping: bool) -> Packed:
    header = zip_headers.header_at(stream, entry.at)
    trouble = zip_headers.unreadable(entry.flags, entry.method)
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
            reaches = max(reaches, last + zip_headers.SIZE + self._packed[number])

    def gaps(self, stream: BinaryIO, directory_at: int) -> Iterator[tuple[int, int]]:
        """Yield (start, end) of each stretch before the directory that belongs to no member and may hold one."""
        behind = 0
        for number in self._order:
            if self.is_first[number]:
                at = self._at[number]
                if at - behind > zip_headers.SIZE:
                    yield behind, at
                header = zip_headers.header_at(stream, at)
                behind = max(behind, (header.start if header else at) + self._packed[number])
        if directory_at - behind > zip_headers.SIZE:
            yield behind, directory_at
