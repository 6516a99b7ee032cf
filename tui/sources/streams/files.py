"""Files, opened with care and counted as they are read, and how messages name them."""

import io
import os
from collections.abc import Callable
from typing import Any, BinaryIO
from weakref import ref as ref_to

from tui.core.errors import SourceError
from tui.core.files import special_kind
from tui.core.model import Ref
from tui.core.problems import Reason, system_reason


def path_of(ref: Ref) -> str:
    """Path of the file that holds the reference's bytes."""
    return ref.spool or ref.source


def printable(path: str) -> str:
    """A path for messages: bytes that are no UTF-8 become U+FFFD."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def refusal(path: str, error: OSError) -> SourceError:
    """Return an error that says why the operating system refused a path."""
    if isinstance(error, FileNotFoundError):
        return SourceError(Reason("no_file"), printable(path))
    if isinstance(error, PermissionError):
        return SourceError(Reason("no_permission"), printable(path))
    return SourceError(Reason("refused", {"why": system_reason(error)}), printable(path))


def open_regular(ref: Ref) -> BinaryIO:
    """Open the reference's file for reading, unless it is a FIFO, a socket or a device: those are never opened.

    Raises SourceError if it can't be opened.
    """
    path = path_of(ref)
    try:
        kind = special_kind(os.stat(path).st_mode)  # noqa: PTH116 - for each of 100,000 files
        if kind:
            raise SourceError(Reason("not_a_file", {"kind": Reason(kind)}), printable(ref.source))
        # O_NONBLOCK: if a FIFO took the file's place since the line above, this returns at once.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise refusal(ref.source, error) from error
    except ValueError as error:  # a NUL in the name
        raise SourceError(Reason("bad_name", {"error": str(error)}), repr(printable(ref.source))) from error
    stream = _CountedFile(descriptor)
    _latest[:] = [(path, ref_to(stream))]
    return stream


class _CountedFile(io.FileIO):
    """A file that says how much of it was read."""

    def __init__(self, descriptor: int) -> None:
        super().__init__(descriptor, "rb")
        self._steps = LEAST_STEPS + STEPS_PER_STEP * os.fstat(descriptor).st_size // STEP_BYTES

    def read(self, size: int | None = -1, /) -> bytes:
        global _most_steps
        content = super().read(-1 if size is None else size)
        _most_steps = max(_most_steps, self._steps)
        count_read(len(content))
        return content


_latest: list[tuple[str, ref_to[BinaryIO]]] = []
"""The file that was opened last."""


def position(path: str) -> int:
    """Return the byte at which a file stands that was opened last; 0: another one was, or it is closed."""
    latest = next(((name, stream()) for name, stream in _latest), ("", None))
    try:
        return os.lseek(latest[1].fileno(), 0, os.SEEK_CUR) if latest[0] == path and latest[1] is not None else 0
    except (OSError, ValueError):  # closed in another thread
        return 0


STEP_BYTES = 1024 * 1024
LEAST_STEPS, STEPS_PER_STEP = 1024, 1024
"""Steps that are told of for one page or entry: so many, and for each that its file has so many more. Gzip packs text 1,032
times at best, so that a file is told of to its end; what reads the same bytes for ever is not."""

_listeners: list[Callable[[], None]] = []
"""At most one."""
_left_bytes = STEP_BYTES
_steps, _most_steps = 0, LEAST_STEPS
"""How many were told of since the page or the entry was begun, and how many may be."""


def report_steps(on_step: Callable[[], None]) -> None:
    """Have somebody told, in place of whoever was before, whenever STEP_BYTES have passed, as often as may be."""
    _listeners[:] = [on_step]


def begin_steps() -> None:
    """Begin a page or an entry: what passes from here on is told of anew."""
    global _steps, _most_steps
    _steps, _most_steps = 0, LEAST_STEPS


def count_read(count_bytes: int) -> None:
    """Count bytes that were read from a file, or that came out of a decoder."""
    global _left_bytes, _steps
    _left_bytes -= count_bytes
    if _left_bytes < 0 and _steps < _most_steps:
        _left_bytes = STEP_BYTES
        _steps += 1
        for listener in _listeners:
            listener()


class RawStream(io.RawIOBase):
    """A stream that can be read and can seek; `tell` asks `seek`, as `io.IOBase` has it."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        """As `read`, for readers that buffer what comes."""
        content: bytes = self.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)

    def seekable(self) -> bool:
        return True
