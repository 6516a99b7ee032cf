"""Places inside of a compressed file from which decoding can start.

Those of gzip are found by a thread while pages are read. Only zlib's decoder can be copied, at a third of the speed of
the one that reads; so a copy is made every few megabytes in the background, once somebody has jumped, and from then on
a jump costs milliseconds. It does without the C extension that indexes of deflate blocks need. Those of xz are its
blocks, as the index at its end lists them.
"""

import io
import lzma
import os
import threading
import zlib
from bisect import bisect_right
from typing import Any, BinaryIO, cast

from tui.core.problems import Reason
from tui.sources.streams.files import RawStream
from tui.sources.streams.members import DamagedMemberError

SPACING_BYTES = 4 * 1024 * 1024
"""Bytes of content between two places, in files that need no more of them than are kept."""
MOST_PLACES = 512
"""Places that are kept, 50 kB each; beyond, every other one goes, and the spacing doubles."""
INPUT_BYTES = 64 * 1024
_GZIP_BITS = 31


class Checkpoints:
    """Grows in a thread of its own until the file ends, is damaged, or `stop` is called."""

    def __init__(self, raw: BinaryIO) -> None:
        """`raw` must be a file with a descriptor; it is read without moving its position."""
        self._descriptor = raw.fileno()
        self._outs: list[int] = []
        self._places: list[tuple[int, int, Any]] = []
        """(start of the member, byte of the file that comes next, decoder), for each of `_outs`."""
        self._lock = threading.Lock()
        self._is_stopped = False
        self.is_damaged = False
        self._thread = threading.Thread(target=self._run, name="gzip checkpoints", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for that: the file may be closed then."""
        self._is_stopped = True
        self._thread.join()

    def join(self) -> None:
        """Wait until the whole file is known."""
        self._thread.join()

    def before(self, target: int) -> "tuple[int, int, Resumed] | None":
        """Return (byte of the content, start of the member, decoder) of the last place up to `target`; None without one."""
        with self._lock:
            number = bisect_right(self._outs, target) - 1
            if number < 0:
                return None
            start, at, decoder = self._places[number]
            return self._outs[number], start, Resumed(self._descriptor, at, decoder.copy())

    def _run(self) -> None:
        out = at = start = 0
        spacing = SPACING_BYTES
        decoder = zlib.decompressobj(_GZIP_BITS)
        while not self._is_stopped and (fed := os.pread(self._descriptor, INPUT_BYTES, at)):
            at += len(fed)
            try:
                while fed and not decoder.eof and not self._is_stopped:
                    out += len(decoder.decompress(fed, SPACING_BYTES))
                    fed = decoder.unconsumed_tail
            except zlib.error:
                # Whoever reads up to here says what is wrong, and counts from the file's start: see Inflated.
                self.is_damaged = True
                return
            if decoder.eof:
                at -= len(decoder.unused_data)
                start, decoder = at, zlib.decompressobj(_GZIP_BITS)
            elif out >= (self._outs[-1] if self._outs else 0) + spacing:
                spacing = self._add(out, (start, at, decoder.copy()), spacing)

    def _add(self, out: int, place: tuple[int, int, Any], spacing: int) -> int:
        with self._lock:
            self._outs.append(out)
            self._places.append(place)
            if len(self._outs) > MOST_PLACES:
                del self._outs[::2], self._places[::2]
                return spacing * 2
        return spacing


class Resumed:
    """A gzip member from a place inside of it."""

    def __init__(self, descriptor: int, at: int, decoder: Any) -> None:
        self._descriptor, self._at, self._decoder = descriptor, at, decoder
        self._fed = b""
        self.end = -1

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes; nothing at the end of the member. Raises DamagedMemberError."""
        while not self._decoder.eof:
            if not self._fed:
                self._fed = os.pread(self._descriptor, INPUT_BYTES, self._at)
                self._at += len(self._fed)
                if not self._fed:
                    raise DamagedMemberError(Reason("ends_early"))
            try:
                piece: bytes = self._decoder.decompress(self._fed, size)
            except zlib.error as error:
                raise DamagedMemberError(Reason("broken", {"error": str(error)})) from error
            self._fed = self._decoder.unconsumed_tail
            if piece:
                return piece
        self.end = self._at - len(self._decoder.unused_data)
        return b""


class XzBlocks:
    """The blocks of a whole file. `xz -T0`, and any newer xz, makes one of every few megabytes."""

    def __init__(self, raw: BinaryIO) -> None:
        """`raw` must be a file with a descriptor; it is read without moving its position."""
        import xz

        self._errors: tuple[type[Exception], ...] = (xz.XZError, lzma.LZMAError, EOFError, ValueError)
        self._file: Any = None
        self._size = os.fstat(raw.fileno()).st_size
        self.is_damaged = False
        """Its index doesn't fit."""
        try:
            self._file = xz.XZFile(cast(BinaryIO, _Apart(raw.fileno())))
            self._starts: list[int] = sorted(self._file.block_boundaries)
        except self._errors:
            self.is_damaged = True

    def before(self, target: int) -> "tuple[int, int, _XzBlock] | None":
        """Return (byte of the content, 0, decoder) of the last block that starts up to `target`; None without one."""
        number = bisect_right(self._starts, target) - 1
        if number < 0:
            return None
        self._file.seek(self._starts[number])
        return self._starts[number], 0, _XzBlock(self._file, self._errors, self._size)

    def stop(self) -> None:
        """Let go of it; the file below stays open."""
        if self._file is not None:
            self._file.close()


class _XzBlock:
    """The content from the start of a block on, to the end of the file."""

    end = -1

    def __init__(self, file: Any, errors: tuple[type[Exception], ...], size: int) -> None:
        self._file, self._errors, self._size = file, errors, size

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes; nothing at the end of the file. Raises DamagedMemberError."""
        try:
            piece: bytes = self._file.read(size)
        except self._errors as error:
            raise DamagedMemberError(Reason("broken", {"error": str(error)})) from error
        if not piece:
            self.end = self._size
        return piece


class _Apart(RawStream):
    """An open file with a position of its own."""

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self._descriptor, self._at = descriptor, 0

    def read(self, size: int = -1, /) -> bytes:
        left = os.fstat(self._descriptor).st_size - self._at
        piece = os.pread(self._descriptor, max(0, left if size < 0 else min(size, left)), self._at)
        self._at += len(piece)
        return piece

    def seek(self, target: int, whence: int = io.SEEK_SET, /) -> int:
        self._at = target + (0, self._at, os.fstat(self._descriptor).st_size)[whence]
        return self._at
