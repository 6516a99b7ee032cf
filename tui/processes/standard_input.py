"""Standard input, copied into a file as it comes: the processes that read pages have to reach any byte of it, twice."""

import os
import sys
import tempfile
import threading
from functools import cache

CHUNK_BYTES = 1024 * 1024


class Copy:
    """A thread that copies standard input into a temporary file, which lasts as long as this process."""

    def __init__(self, descriptor: int) -> None:
        """Raises OSError if there is no room for the file."""
        self._file = tempfile.NamedTemporaryFile(prefix="copydesk-", buffering=0)  # noqa: SIM115 - see above
        self.path = self._file.name
        self.fault: OSError | None = None
        """Why it can't be kept."""
        self._descriptor = descriptor
        # Nobody waits for it at the end: a pipe may stay open for ever.
        threading.Thread(target=self._copy, name="standard input", daemon=True).start()

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
