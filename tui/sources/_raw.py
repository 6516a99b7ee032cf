"""What all raw streams of ours have in common."""

import io


class RawStream(io.RawIOBase):
    """A stream that can be read and can seek; `tell` asks `seek`, as `io.IOBase` has it."""

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can seek."""
        return True
