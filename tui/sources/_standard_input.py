"""Standard input as the process that scans sees it: a file into which another one copies what comes."""

import os
import stat
import time

LOOK_S = 0.02
"""Seconds between two looks at whether more has come."""


_PARENT = os.getppid()
"""The process that started this one."""


class Copied:
    """A copy of standard input that grows. Whoever makes it takes the right to write to it away when it is whole."""

    def __init__(self, path: str) -> None:
        self._path = path

    @property
    def size(self) -> int:
        """Bytes that have come so far."""
        return os.stat(self._path).st_size  # noqa: PTH116 - paths are plain strings all the way

    @property
    def is_whole(self) -> bool:
        """No more will come: it is all here, or whoever copies it is gone."""
        is_left = os.getppid() != _PARENT
        return is_left or not os.stat(self._path).st_mode & stat.S_IWUSR  # noqa: PTH116 - as above

    def wait(self, size: int) -> None:
        """Wait until there are more bytes than `size`, or all."""
        while not self.is_whole and self.size <= size:
            time.sleep(LOOK_S)
