"""Standard input, kept in a file as it comes: the worker, another process, has to read it too."""

import os
import threading
from functools import cache
from typing import BinaryIO

CHUNK_BYTES = 1024 * 1024


class Spool:
    """A stream that a thread copies into a temporary file, which lasts as long as this process."""

    def __init__(self, stream: BinaryIO) -> None:
        """Raises OSError if there is no room for the file."""
        # Here, because nobody else needs it and it costs 4 ms.
        import tempfile

        self._file = tempfile.NamedTemporaryFile(prefix="copydesk-", buffering=0)  # noqa: SIM115 - see above
        self.path = self._file.name
        self.size = 0
        """Bytes that have come so far."""
        self.is_whole = False
        """No more will come."""
        self.fault: OSError | None = None
        """Why it can't be kept."""
        self._stream = stream
        self._came = threading.Condition()
        # Nobody waits for it at the end: a pipe may stay open for ever.
        threading.Thread(target=self._copy, name="standard input", daemon=True).start()

    def _copy(self) -> None:
        try:
            while piece := self._read():
                self._file.write(piece)
                with self._came:
                    self.size += len(piece)
                    self._came.notify_all()
        except OSError as error:
            self.fault = error
        with self._came:
            self.is_whole = True
            self._came.notify_all()

    def _read(self) -> bytes:
        """What there is: a reader with a buffer waits until that is full."""
        try:
            descriptor = self._stream.fileno()
        except OSError:  # a stream of a test
            return self._stream.read(CHUNK_BYTES)
        return os.read(descriptor, CHUNK_BYTES)

    def wait(self, size: int) -> None:
        """Wait until there are more bytes than `size`, or all."""
        with self._came:
            self._came.wait_for(lambda: self.size > size or self.is_whole)


@cache
def spool(stream: BinaryIO) -> Spool:
    """Begin to keep a stream, once. Raises OSError if that fails."""
    return Spool(stream)
