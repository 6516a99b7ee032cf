"""From a reference to the bytes it lies in, whatever they are wrapped in: a compressed file, a member of an archive."""

import io
import os
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from tui.errors import SourceError
from tui.model import Problem, Ref
from tui.sources._base import open_regular, path_of, shown, why
from tui.sources._members import compression

KEPT_STREAMS = 4
"""Decoded streams that stay open, so that the next page of a compressed file is not reached from its start."""
_ZIP = b"PK\x03\x04"

_kept: OrderedDict[tuple[object, ...], BinaryIO] = OrderedDict()
_on_way: list[Callable[[int, int], None]] = []
"""At most one."""


def tell_way(on_way: Callable[[int, int], None]) -> None:
    """Have somebody told of the way to far places in kept streams: the byte that is reached, and the one aimed for."""
    _on_way[:] = [on_way]


class Window(io.RawIOBase):
    """A stretch of a stream as a stream of its own."""

    def __init__(self, stream: BinaryIO, start: int, length: int) -> None:
        super().__init__()
        self.below = stream
        self._start, self.length, self._at = start, length, 0

    def read(self, size: int = -1, /) -> bytes:
        """Return at most `size` bytes; all that is left if it is negative."""
        left = self.length - self._at
        self.below.seek(self._start + self._at)
        piece = self.below.read(left if size < 0 else max(0, min(size, left)))
        self._at += len(piece)
        return piece

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can seek."""
        return True

    def tell(self) -> int:
        """Return the byte in the stretch."""
        return self._at

    def seek(self, target: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a byte of the stretch."""
        self._at = target + (0, self._at, self.length)[whence]
        return self._at

    def close(self) -> None:
        """Close the stream below as well."""
        self.below.close()
        super().close()


def is_remote(ref: Ref) -> bool:
    """Say whether the reference's file is to be reached over a network, through fsspec."""
    return "://" in ref.source and not ref.spool and not os.path.lexists(ref.source)


def _open_remote(ref: Ref) -> BinaryIO:
    from tui.sources import _remote

    return _remote.opened(ref.source)


def open_stored(ref: Ref) -> BinaryIO:
    """Open the reference's file, or its member of a zip archive, as it is stored there. Raises SourceError."""
    stream = _open_remote(ref) if is_remote(ref) else open_regular(ref)
    try:
        if ref.member is not None and stream.read(4) == _ZIP:
            from tui.sources import _zips

            stream = _zips.open_member(stream, ref)
        stream.seek(0)
    except SourceError:
        stream.close()
        raise
    except OSError as error:
        stream.close()
        raise SourceError(why(path_of(ref), error)) from error
    return stream


def open_content(ref: Ref) -> BinaryIO:
    """Open what the reference's offset counts in: its file, or its member of a zip archive, decompressed.

    Raises SourceError if it can't be opened.
    """
    stream = open_stored(ref)
    try:
        kind = compression(stream.read(6))
        stream.seek(0)
    except OSError as error:
        stream.close()
        raise SourceError(why(path_of(ref), error)) from error
    if not kind:
        return stream
    from tui.sources._inflated import Inflated

    return cast(BinaryIO, Inflated(stream, kind))


def open_whole(whole: Ref) -> BinaryIO:
    """Open what a format scans: the reference's stretch of its content. Places in it count from `whole.offset`.

    Raises SourceError if it can't be opened.
    """
    stream = open_content(whole)
    return stream if whole.length < 0 else cast(BinaryIO, Window(stream, whole.offset, whole.length))


def kept_content(ref: Ref) -> BinaryIO:
    """Like `open_content`, but decoded streams stay open for the next reference into them. Don't close it.

    For one thread only. Raises SourceError.
    """
    return _keep(ref, open_content)


def kept_stored(ref: Ref) -> BinaryIO:
    """Like `open_stored`, but the stream stays open. Don't close it. For one thread only. Raises SourceError."""
    return _keep(ref, open_stored)


def _keep(ref: Ref, opened: Callable[[Ref], BinaryIO]) -> BinaryIO:
    path = path_of(ref)
    key: tuple[object, ...] = (opened, path, ref.member)
    if not is_remote(ref):
        try:
            status = os.stat(path)  # noqa: PTH116 - paths are plain strings all the way
        except (OSError, ValueError):
            return opened(ref)  # which says what is wrong
        key += (status.st_ino, status.st_size, status.st_mtime_ns)
    stream = _kept.get(key)
    if stream is None or stream.closed:
        stream = _kept[key] = opened(ref)
        prepare = getattr(stream, "prepare_for_jumps", None)
        if prepare is not None:
            prepare(next(iter(_on_way), None))
    _kept.move_to_end(key)
    while len(_kept) > KEPT_STREAMS:
        _kept.popitem(last=False)[1].close()
    return stream


def read_span(ref: Ref, limit_bytes: int) -> tuple[bytes, int]:
    """Return the reference's bytes, at most `limit_bytes` of them, and how many there are.

    Of compressed content that goes on, one byte more than the limit is counted. Raises SourceError if it can't be read.
    """
    stream = kept_content(ref)
    try:
        there = _size(stream) - ref.offset
        if there < -ref.offset:  # unknown
            there = ref.length if ref.length >= 0 else limit_bytes + 1
        size = max(0, there if ref.length < 0 else min(ref.length, there))
        stream.seek(ref.offset)
        content = read_fully(stream, min(size, limit_bytes + 1))
    except OSError as error:
        raise SourceError(why(ref.source, error)) from error
    return content[:limit_bytes], len(content) if len(content) < min(size, limit_bytes + 1) else size


def _size(stream: BinaryIO) -> int:
    """Size in bytes; -1 for content that would have to be decoded to its end."""
    if isinstance(stream, Window):
        return stream.length
    if isinstance(stream, io.FileIO):
        return os.fstat(stream.fileno()).st_size
    return int(getattr(stream, "size", None) or -1)  # of remote files


def read_fully(stream: BinaryIO, count: int) -> bytes:
    """Return `count` bytes, fewer only at the end."""
    parts = []
    while count > 0 and (part := stream.read(count)):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def lost(stream: BinaryIO, name: str) -> list[Problem]:
    """Say what could not be decoded of a stream so far."""
    while isinstance(stream, Window):
        stream = stream.below
    return [
        Problem(
            "read",
            "damaged_file",
            f"{shown(name)}: byte {found.start:,}: the compressed data can't be decoded: {found.reason}; "
            f"{found.end - found.start:,} bytes up to byte {found.end:,} are lost but for what came out before",
            byte=found.start,
            lost=found.end - found.start,
        )
        for found in getattr(stream, "damage", ())
    ]


def damaged_rows(stream: BinaryIO, whole: Ref, ordinal: int) -> Iterator[Ref]:
    """Yield a row with its trouble for each stretch of a stream that could not be decoded."""
    for number, problem in enumerate(lost(stream, whole.source)):
        yield Ref(whole.source, ordinal + number, offset=problem.byte or 0, trouble=problem.message)
