"""Members of zip archives: as the directory at the end lists them, and where that is missing, by their own headers."""

import stat
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from tui.core.problems import Reason
from tui.sources import _zip_headers as zip_headers
from tui.sources._route import METHODS, Packed, Step

_IS_ENCRYPTED = 1
_BROKEN = (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def members(stream: BinaryIO) -> Iterator[Packed]:
    """Yield the members of an archive in the order of its directory, without folders; behind them, those it doesn't name.

    The stream must be able to seek to its end. What is damaged or lost is yielded with its trouble.
    """
    size = stream.seek(0, 2)
    try:
        archive = zipfile.ZipFile(stream)
        named, directory = archive.infolist(), archive.start_dir
    except _BROKEN as error:
        yield Packed("", Step(0, size), Reason("directory_unreadable", {"error": str(error)}))
        yield from zip_headers.members(stream, 0, size)
        return
    overlapping = _overlapping(named)
    for info in named:
        if not info.is_dir() and not stat.S_ISLNK(info.external_attr >> 16):
            yield _packed(stream, info, info.header_offset in overlapping)
    for start, end in _gaps(stream, named, directory):
        found = list(zip_headers.members(stream, start, end))
        if any(each.name for each in found):
            said = Reason("beside_directory", {"start": start, "end": end})
            yield Packed("", Step(start, end - start), said)
            yield from found


def _packed(stream: BinaryIO, info: zipfile.ZipInfo, is_overlapping: bool) -> Packed:
    at = info.header_offset
    seen = zip_headers.header(stream, at)
    trouble = unreadable(info.flag_bits, info.compress_type)
    if seen is None:
        trouble = Reason("no_member_begins", {"byte": at})
    elif is_overlapping:
        trouble = Reason("overlapping_member", {"byte": at})
    start = seen.start if seen else at
    return Packed(info.filename, Step(start, info.compress_size, info.compress_type, info.file_size, info.CRC), trouble)


def unreadable(flags: int, method: int) -> Reason | None:
    """Return why a member of this kind can't be read; None: it can."""
    if flags & _IS_ENCRYPTED:
        return Reason("encrypted")
    if method not in (0, *METHODS):
        name = zipfile.compressor_names.get(method, "")  # type: ignore[attr-defined]
        return Reason("unknown_packing", {"method": name or method})
    return None


def _overlapping(named: list[zipfile.ZipInfo]) -> frozenset[int]:
    """Where the members start that reach into others."""
    places = sorted((info.header_offset, info.compress_size) for info in named)
    reaches, found = 0, set()
    for start, length in places:
        if start < reaches:
            found.add(start)
        reaches = max(reaches, start + zip_headers.SIZE + length)
    return frozenset(found)


def _gaps(stream: BinaryIO, named: list[zipfile.ZipInfo], directory: int) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each stretch before the directory that belongs to no member and may hold one."""
    at = 0
    for info in sorted(named, key=lambda info: info.header_offset):
        if info.header_offset - at > zip_headers.SIZE:
            yield at, info.header_offset
        seen = zip_headers.header(stream, info.header_offset)
        at = max(at, (seen.start if seen else info.header_offset) + info.compress_size)
    if directory - at > zip_headers.SIZE:
        yield at, directory
