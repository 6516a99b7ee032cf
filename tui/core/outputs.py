"""What commands write to: an output that is full, closed or in no hurry is dealt with once, here."""

import io
import os
import sys
from typing import TextIO

STANDARD = "standard output"
"""The name that errors of standard output carry, where those of a file carry its path."""
_MODES = (os.O_WRONLY, os.O_RDONLY, os.O_WRONLY)
"""How the null device stands in for a closed stream: what is read from the first or written to the second is refused."""


class _Output(io.FileIO):
    """A file whose errors say which one it is, as those of open() do."""

    def __init__(self, number: int, name: str, *, is_ours: bool) -> None:
        super().__init__(number, "wb", closefd=is_ours)
        self._title = name

    def write(self, content: object, /) -> int:
        """Write bytes. Waits where whoever made the pipe has told it not to. Raises OSError."""
        try:
            while (written := super().write(content)) is None:  # type: ignore[arg-type]
                _wait(self.fileno())
        except OSError as error:
            raise OSError(error.errno, error.strerror, self._title) from error
        return written


class _Diagnostics(io.FileIO):
    """Standard error: if it can't be written, there is nobody left to tell."""

    def write(self, content: bytes, /) -> int:  # type: ignore[override]
        """Write bytes, or lose them."""
        try:
            return super().write(content)
        except OSError:
            return len(content)


def prepare() -> None:
    """Take charge of the standard streams; whatever is opened from here on never gets the number of a closed one.

    Text is written in UTF-8, whatever the locale says, as all bytes of copydesk's are.
    """
    is_closed = [_is_closed(number) for number in range(3)]
    for number in range(3):
        if is_closed[number]:
            os.open(os.devnull, _MODES[number])  # gets the lowest number that is free: this one
    sys.stdout = _text(_Output(1, STANDARD, is_ours=False))
    sys.stderr = _text(_Diagnostics(2, "wb", closefd=False))


def drop() -> None:
    """Send to nowhere what is still to be written, so that the end of the process has nothing to complain about."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def opened(number: int, name: str) -> io.BufferedWriter:
    """Return what writes to a descriptor, and closes it; its errors say `name`."""
    return io.BufferedWriter(_Output(number, name, is_ours=True))


def _is_closed(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return True
    return False


def _text(raw: io.FileIO) -> TextIO:
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8", errors="backslashreplace", line_buffering=True)


def _wait(number: int) -> None:
    import select  # for nobody else

    select.select([], [number], [])
