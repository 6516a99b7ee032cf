"""From a reference to the bytes it lies in, whatever they are wrapped in: a compressed file, a member of an archive."""

import io
import os
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import BinaryIO, TypeVar, cast
from weakref import WeakKeyDictionary

from tui.core.errors import SourceError
from tui.core.model import Item, Ref, Trouble
from tui.core.problems import Problem
from tui.core.shelf import Run
from tui.core.values import replace
from tui.sources.streams.files import open_regular, path_of, printable, refusal
from tui.sources.streams.members import compression
from tui.sources.streams.route import AS_STORED, Damage, Window, read_fully, steps, unpacked
from tui.sources.streams.spool import Spool, spooled

T = TypeVar("T")

KEPT_STREAMS = 8
"""Streams that stay open, so that the next page of a compressed file is not reached from its start."""

AHEAD_BYTES = 256 * 1024
"""Bytes that are read at once where records are read one behind the other."""
_NEAR_BYTES = 64
"""Bytes between two such records at most: a line end, a comma, blanks."""

_kept: OrderedDict[tuple[object, ...], BinaryIO] = OrderedDict()
_on_seek: list[Callable[[int, int], None]] = []
"""At most one."""


def report_seeks(on_seek: Callable[[int, int], None]) -> None:
    """Have somebody told of the way to far places in kept streams: the byte that is reached, and the one aimed for."""
    _on_seek[:] = [on_seek]


def is_remote(ref: Ref) -> bool:
    """Say whether the reference's file is to be reached over a network, through fsspec."""
    return "://" in ref.source and not ref.spool and not os.path.lexists(ref.source)


def open_stored(ref: Ref, below: BinaryIO | None = None) -> BinaryIO:
    """Open the reference's file, or the member of archives that it names, as it is stored there.

    `below` is the content of the archive that the member lies in, if that is open already; it stays open. Raises SourceError.
    """
    route = steps(ref.route)
    try:
        if below is not None:
            return unpacked(below, route[-1], is_shared=True)
        stream = _open_file(ref)
        try:
            for step in route:
                content = stream if step.method == AS_STORED else _decompressed(stream)
                stream = unpacked(content, step, is_shared=False)
        except OSError:
            stream.close()
            raise
    except OSError as error:
        raise refusal(path_of(ref), error) from error
    return stream


def _open_file(ref: Ref) -> BinaryIO:
    if not is_remote(ref):
        return open_regular(ref)
    from tui.sources.streams import remote

    return remote.opened(ref.source)


def _decompressed(stream: BinaryIO) -> BinaryIO:
    """What a stream holds, from its start: of a compressed one, what comes out. Raises OSError."""
    stream.seek(0)
    kind = compression(stream.read(6))
    stream.seek(0)
    if not kind:
        return stream
    from tui.sources.streams.inflated import Inflated

    return cast(BinaryIO, Inflated(stream, kind))


def open_content(ref: Ref, below: BinaryIO | None = None) -> BinaryIO:
    """Open what the reference's offset counts in: its file, or its member of archives, decompressed.

    `below` is as in `open_stored`. Raises SourceError if it can't be opened.
    """
    stream = open_stored(ref, below)
    try:
        return _decompressed(stream)
    except OSError as error:
        stream.close()
        raise refusal(path_of(ref), error) from error


def open_seekable(ref: Ref, below: BinaryIO | None = None) -> BinaryIO:
    """Like `open_content`, for formats that go to and fro: what can't seek is copied first. Raises SourceError."""
    stream = open_content(ref, below)
    try:
        return spooled(stream, display_name(ref))
    except SourceError:
        stream.close()
        raise


def kept_content(ref: Ref) -> BinaryIO:
    """Like `open_content`, but the stream stays open for the next reference into it. Don't close it.

    For one thread only. Raises SourceError.
    """
    return _keep(ref, "content", _kept_content)


def kept_stored(ref: Ref) -> BinaryIO:
    """Like `open_stored`, but the stream stays open. Don't close it. For one thread only. Raises SourceError."""
    return _keep(ref, "stored", _kept_stored)


def kept_seekable(ref: Ref) -> BinaryIO:
    """Like `open_seekable`, but the stream stays open. Don't close it. For one thread only. Raises SourceError."""
    return _keep(ref, "seekable", open_seekable)


def once_a_stream(find: Callable[[BinaryIO], T]) -> Callable[[BinaryIO], T]:
    """Decorate what finds something out about a kept stream, so that it does so once and not for each page."""
    known: WeakKeyDictionary[BinaryIO, T] = WeakKeyDictionary()

    def ask(stream: BinaryIO) -> T:
        if stream not in known:
            known[stream] = find(stream)
        return known[stream]

    return ask


def _kept_stored(ref: Ref) -> BinaryIO:
    if not ref.route:
        return open_stored(ref)
    outer = replace(ref, route=ref.route.rpartition("/")[0])
    if steps(ref.route)[-1].method == AS_STORED:
        return open_stored(ref, kept_stored(outer))
    return open_stored(ref, _keep(outer, "archive", _kept_archive))


def _kept_content(ref: Ref) -> BinaryIO:
    stream = _decompressed(_kept_stored(ref))
    prepare = getattr(stream, "prepare_for_jumps", None)
    if prepare is not None:
        prepare(next(iter(_on_seek), None))
    return stream


def _kept_archive(ref: Ref) -> BinaryIO:
    """The content of an archive, for going to its members in any order.

    What is compressed as a whole in another archive is copied, if it isn't too large, rather than decoded for each of them.
    """
    stream = _kept_content(ref)
    if not ref.route or isinstance(stream, Window):
        return stream
    try:
        return spooled(stream, display_name(ref))
    except SourceError:
        return stream


def _keep(ref: Ref, kind: str, opened: Callable[[Ref], BinaryIO]) -> BinaryIO:
    path = path_of(ref)
    key: tuple[object, ...] = (kind, path, ref.route)
    if not is_remote(ref):
        try:
            status = os.stat(path)  # noqa: PTH116 - paths are plain strings all the way
        except (OSError, ValueError):
            return open_stored(ref)  # which says what is wrong
        key += _stamp(status)
    stream = _kept.get(key)
    if stream is None or stream.closed:
        stream = _kept[key] = opened(ref)
    _touch(key)
    while len(_kept) > KEPT_STREAMS:
        _kept.popitem(last=False)[1].close()
    return stream


def _touch(key: tuple[object, ...]) -> None:
    """Note that a stream was used last, and after it the archives that it reads from: they must not go before it."""
    _, path, route, *stamp = key
    _kept.move_to_end(key)
    while route:
        route = str(route).rpartition("/")[0]
        for kind in ("archive", "stored"):
            if (outer := (kind, path, route, *stamp)) in _kept:
                _kept.move_to_end(outer)


def read_span(ref: Ref, limit_bytes: int) -> tuple[bytes, int]:
    """Return the reference's bytes, at most `limit_bytes` of them, and how many there are.

    Of compressed content that goes on, one byte more than the limit is counted. Raises SourceError if it can't be read.
    """
    global _stretch
    if 0 <= ref.length <= limit_bytes and (record := _stretch.record(ref)) is not None:
        return record, ref.length
    stream = kept_content(ref)
    try:
        if isinstance(stream, io.FileIO) and _stretch.is_followed_by(ref):
            _stretch = _Stretch(ref, stream)
            if 0 <= ref.length <= limit_bytes and (record := _stretch.record(ref)) is not None:
                return record, ref.length
        else:
            _stretch = _Stretch(ref)
        there = _size(stream) - ref.offset
        if there < -ref.offset:  # unknown
            there = ref.length if ref.length >= 0 else limit_bytes + 1
        size = max(0, there if ref.length < 0 else min(ref.length, there))
        stream.seek(ref.offset)
        content = read_fully(stream, min(size, limit_bytes + 1))
    except OSError as error:
        raise refusal(ref.source, error) from error
    if not content and ref.length > 0 and (damage := lost(stream, ref)):
        raise SourceError(replace(damage[-1], code="unreadable"))
    return content[:limit_bytes], len(content) if len(content) < min(size, limit_bytes + 1) else size


class RunReader:
    """The bytes of the records of a run, one by one; of a plain file those that follow are read along with them."""

    def __init__(self, run: Run, limit_bytes: int) -> None:
        """`limit_bytes` is as in `read_span`."""
        self._run, self._limit_bytes = run, limit_bytes
        self._offsets, self._lengths = run.offsets, run.lengths
        self._most_bytes = min(limit_bytes, AHEAD_BYTES)
        self._end = run.offsets[-1] + run.lengths[-1] if run else 0
        self._start, self._content = 0, b""

    def read(self, index: int) -> tuple[bytes, int]:
        """As `read_span` of the record."""
        offset, length = self._offsets[index], self._lengths[index]
        if not 0 <= length <= self._most_bytes:
            return read_span(self._run[index], self._limit_bytes)
        start = offset - self._start
        if start < 0 or start + length > len(self._content):
            self._read_ahead(offset, length)
            start = 0
            if length > len(self._content):  # not a plain file, or one that ends there
                return read_span(self._run[index], self._limit_bytes)
        return self._content[start : start + length], length

    def _read_ahead(self, offset: int, length: int) -> None:
        stream = kept_content(self._run.first)
        self._start, self._content = offset, b""
        if isinstance(stream, io.FileIO):
            try:
                stream.seek(offset)
                self._content = stream.read(max(length, min(AHEAD_BYTES, self._end - offset)))
            except OSError as error:
                raise refusal(self._run.first.source, error) from error


class _Stretch:
    """Bytes of a file from where a record begins on: of records that are read one behind the other, many at once."""

    def __init__(self, ref: Ref, stream: io.FileIO | None = None) -> None:
        """Without a stream, nothing is read: there is only the record that others may follow."""
        self._path, self._route, self._start = path_of(ref), ref.route, ref.offset
        self._end = self._start + max(0, ref.length)
        self._content = b""
        self._stamp: tuple[int, ...] = ()
        if stream is not None:
            self._stamp = _stamp(os.fstat(stream.fileno()))
            stream.seek(self._start)
            self._content = stream.read(AHEAD_BYTES)
            self._end = self._start + len(self._content)

    def record(self, ref: Ref) -> bytes | None:
        """Return the bytes of a record; None if they are not here, or the file has changed."""
        start = ref.offset - self._start
        if start < 0 or start + ref.length > len(self._content) or not self._is_of(ref):
            return None
        try:
            status = os.stat(self._path)  # noqa: PTH116 - paths are plain strings all the way
        except (OSError, ValueError):
            return None
        return self._content[start : start + ref.length] if _stamp(status) == self._stamp else None

    def is_followed_by(self, ref: Ref) -> bool:
        """Whether a record begins where this ends, or hardly later."""
        return (
            0 <= ref.offset + ref.length - self._end <= AHEAD_BYTES
            and ref.offset - self._end <= _NEAR_BYTES
            and self._is_of(ref)
        )

    def _is_of(self, ref: Ref) -> bool:
        return self._path == path_of(ref) and self._route == ref.route


def _stamp(status: os.stat_result) -> tuple[int, ...]:
    """What another file in the same place would not share, and this one not when it has changed."""
    return status.st_ino, status.st_size, status.st_mtime_ns


_stretch = _Stretch(Ref("", 0))


def _size(stream: BinaryIO) -> int:
    """Size in bytes; -1 for content that would have to be decoded to its end."""
    if isinstance(stream, Window):
        return stream.length
    if isinstance(stream, io.FileIO):
        return os.fstat(stream.fileno()).st_size
    return int(getattr(stream, "size", None) or -1)  # of remote files


def lost(stream: BinaryIO, ref: Ref) -> list[Problem]:
    """Say what could not be decoded of a stream so far."""
    damage: list[Damage] = [*getattr(stream, "damage", []), *getattr(getattr(stream, "raw", None), "damage", [])]
    return [
        Problem(
            "damaged_file", display_name(ref), {"reason": each.as_reason()}, byte=each.start, lost=each.end - each.start
        )
        for each in damage
    ]


def damaged_rows(stream: BinaryIO, file: Ref, ordinal: int) -> Iterator[Item]:
    """Yield a row with its trouble for each stretch of a stream that could not be decoded.

    What is wrong with an archive is told of the archive, not of each of its members.
    """
    if isinstance(stream, Window) and not isinstance(stream, Spool):
        return
    for number, problem in enumerate(lost(stream, file)):
        trouble = replace(problem, code="unreadable")
        yield Trouble(file.source, ordinal + number, trouble, problem.byte or 0, file.length, file.member)


def display_name(ref: Ref) -> str:
    """Name the reference's file, and its member, for messages."""
    return f"{printable(ref.source)}: {printable(ref.member)}" if ref.member else printable(ref.source)
