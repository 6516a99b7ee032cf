"""Members of tar archives, found again behind damage."""

import tarfile
from collections.abc import Generator, Iterator
from typing import BinaryIO, cast

from tui.core.files import CHUNK_BYTES
from tui.core.problems import Reason
from tui.sources.archives.names import codec_of
from tui.sources.streams.route import Packed, RouteStep, read_fully

_BLOCK_BYTES = 512
_MARK, _MARK_AT = b"ustar", 257


_MOST_BYTES = 16 * 1024 * 1024
"""Bytes that a header may ask for; names of files take less."""
_BROKEN = (tarfile.TarError, EOFError, ValueError, ArithmeticError, LookupError, RecursionError)
"""What tarfile raises at headers that make no sense."""


def members(stream: BinaryIO) -> Iterator[Packed]:
    """Yield the regular files of an archive, and of others that follow it; what is no member, with its trouble.

    Places count from the start of the stream, which is read forwards but for small steps.
    """
    at = 0
    while True:
        start = at
        at = yield from _run(stream, start)
        place, is_void, has_more = _next(stream, at)
        if has_more and place == start:  # this header leads nowhere, and would be found again and again
            place, _, has_more = _next(stream, start + _BLOCK_BYTES)
            is_void = False
        if not is_void:
            yield _trouble(at, place, Reason("no_member", {"start": at, "end": place, "lost": place - at}))
        if not has_more:
            return
        at = place


def _run(stream: BinaryIO, at: int) -> Generator[Packed, None, int]:
    """Yield the members from a header on; return where no other one follows."""
    stream.seek(at)
    try:
        archive = tarfile.TarFile(fileobj=cast(BinaryIO, _FullReader(stream)), mode="r")
        while member := archive.next():
            if member.isreg():
                trouble = Reason("sparse_member") if member.issparse() else None
                # A sparse one takes less than its size.
                size = archive.offset - member.offset_data if member.issparse() else member.size
                yield Packed(_name(member.name), RouteStep(member.offset_data, size), trouble)
                there = _there(stream, member.offset_data + size)
                if there < member.offset_data + size:
                    missing = member.offset_data + size - there
                    reason = Reason("member_cut", {"member": member.name, "missing": missing})
                    yield _trouble(member.offset, there, Reason("at_byte", {"byte": member.offset, "reason": reason}))
                    return there
            at = archive.offset
            archive.members = []  # type: ignore[attr-defined]  # or it keeps all of them
    except _BROKEN:
        pass  # what stands there is told by the caller
    if not _read(stream, at, _BLOCK_BYTES):
        yield _trouble(at, at, Reason("no_end_mark", {"byte": at}))
    return at


def _name(read: str) -> str:
    """A name that tarfile has read as UTF-8, whatever it is."""
    if not any("\ud800" <= char <= "\udfff" for char in read):
        return read
    stored = read.encode("utf-8", "surrogateescape")
    return stored.decode(codec_of([stored], "utf-8"), "replace")


def _trouble(start: int, end: int, reason: Reason) -> Packed:
    return Packed("", RouteStep(start, max(0, end - start)), reason)


def _there(stream: BinaryIO, end: int) -> int:
    """Return `end`, or where the stream ends before it."""
    if not end or _read(stream, end - 1, 1):
        return end
    at = stream.seek(0)
    while at < end and (piece := stream.read(CHUNK_BYTES)):
        at += len(piece)
    return at


def _next(stream: BinaryIO, at: int) -> tuple[int, bool, bool]:
    """Return where the next header or the end is, whether only padding stands before it, and whether it is a header."""
    is_void = True
    while block := _read(stream, at, CHUNK_BYTES):
        ink = len(block) - len(block.lstrip(b"\0")) if is_void else 0
        if is_void and ink < len(block) and _is_header(block[ink : ink + _BLOCK_BYTES]):
            return at + ink, True, True
        is_void = is_void and ink == len(block)
        mark = block.find(_MARK, _MARK_AT)
        while mark >= 0:
            start = mark - _MARK_AT
            if _is_header(_read(stream, at + start, _BLOCK_BYTES)):
                return at + start, is_void, True
            mark = block.find(_MARK, mark + 1)
        if len(block) < CHUNK_BYTES:
            return at + len(block), is_void, False
        at += len(block) - _BLOCK_BYTES
    return at, is_void, False


def _is_header(block: bytes) -> bool:
    try:
        tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except _BROKEN:
        return False
    return True


def _read(stream: BinaryIO, at: int, count: int) -> bytes:
    stream.seek(at)
    return _FullReader(stream).read(count)


class _FullReader:
    """A stream that gives as much as it is asked for, within reason."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.seek, self.tell = stream.seek, stream.tell

    def read(self, count: int) -> bytes:
        """Return `count` bytes, fewer only at the end."""
        return read_fully(self._stream, min(count, _MOST_BYTES))
