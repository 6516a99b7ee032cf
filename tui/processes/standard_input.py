"""Standard input, copied into a file as it comes: the processes that read pages have to reach any byte of it, twice."""

import atexit
import os
import sys
import threading
from contextlib import suppress
from functools import cache

from tui.processes import leftovers

CHUNK_BYTES = 1024 * 1024


class Copy:
    """A thread that copies standard input into a temporary file, which lasts as long as this process."""

    def __init__(self, descriptor: int) -> None:
        """Raises OSError if there is no room for the file."""
        self.path = leftovers.new_path()
        self._file = os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "wb", buffering=0)
        atexit.register(self._remove)
        self.fault: OSError | None = None
        """Why it can't be kept."""
        self._descriptor = descriptor
        # Nobody waits for it at the end: a pipe may stay open for ever.
        threading.Thread(target=self._copy, name="standard input", daemon=True).start()

    def _remove(self) -> None:
        with suppress(OSError):
            os.unlink(self.path)  # noqa: PTH108 - paths are plain strings all the way

    def _copy(self) -> None:
        try:
            while piece := os.read(self._descriptor, CHUNK_BYTES):
                self._file.write(piece)
        except OSError as error:
            self.fault = error
        os.fchmod(self._file.fileno(), 0o400)  # which says that it is whole; see `tui.sources`


@cache
def copied() -> Copy | None:
    """Begin to copy standard input, once; None: it is closed. Raises OSError if that fails."""
    return Copy(sys.stdin.buffer.fileno()) if sys.stdin is not None else None
