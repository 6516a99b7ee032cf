"""Places inside of an xz file from which decoding can start: its blocks, as the index at its end lists them."""

import io
import lzma
import os
from bisect import bisect_right
from typing import Any, BinaryIO, cast

from tui.core.problems import Reason
from tui.sources._members import DamagedMemberError
from tui.sources._raw import RawStream


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

    def before(self, target: int) -> "tuple[int, int, _Block] | None":
        """Return (byte of the content, 0, decoder) of the last block that starts up to `target`; None without one."""
        number = bisect_right(self._starts, target) - 1
        if number < 0:
            return None
        self._file.seek(self._starts[number])
        return self._starts[number], 0, _Block(self._file, self._errors, self._size)

    def stop(self) -> None:
        """Let go of it; the file below stays open."""
        if self._file is not None:
            self._file.close()


class _Block:
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
        """Return at most `size` bytes; all that is left if it is negative."""
        left = os.fstat(self._descriptor).st_size - self._at
        piece = os.pread(self._descriptor, max(0, left if size < 0 else min(size, left)), self._at)
        self._at += len(piece)
        return piece

    def seek(self, target: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a byte of the file."""
        self._at = target + (0, self._at, os.fstat(self._descriptor).st_size)[whence]
        return self._at
