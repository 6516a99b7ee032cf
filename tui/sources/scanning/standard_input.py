"""Records of standard input, as they come: another process copies it into a file that grows."""

import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from tui.core.errors import SourceError
from tui.core.model import Item, Ref
from tui.core.values import replace
from tui.sources.base import HEAD_BYTES, Format, Record, SomeRecords, each_record, ref_of
from tui.sources.dispatch import head_of, recognise
from tui.sources.streams.members import compression
from tui.sources.streams.opening import open_stored

POLL_S = 0.02
"""Seconds between two looks at whether more has come."""
_PARENT = os.getppid()
"""The process that started this one."""


class _Copy:
    """The copy. Whoever makes it takes the right to write to it away when it is whole."""

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
            time.sleep(POLL_S)


def as_they_come(file: Ref, pause: Callable[[], None], scan: Callable[[], Iterable[SomeRecords]]) -> Iterator[Record]:
    """Yield records while they are copied, and all else by a `scan` when all of it is there. `pause` is called before a wait."""
    copy = _Copy(file.spool)
    count = 0
    last: Item | None = None
    while not copy.is_whole:
        size = copy.size
        source = _recognised(file)
        start = replace(file, offset=last.offset if last else 0)
        for record in each_record(source.more(start)) if source and source.more else ():
            if last is None or ref_of(record).offset != last.offset:
                last, count = ref_of(record), count + 1
                yield record
        pause()
        copy.wait(size)
    if last is None or not _ends_with(last, file):
        # What is not whole at the end is taken as it is.
        yield from islice(each_record(scan()), count, None)


def _recognised(file: Ref) -> Format | None:
    """What the start of a file that is being written looks like; None if it can't be told yet."""
    try:
        return recognise(head_of(file))
    except SourceError:
        return None


def _ends_with(last: Item, file: Ref) -> bool:
    """Whether nothing but blanks stands behind a record in a file; not, if it is compressed."""
    with open_stored(file) as stream:
        is_plain = not compression(stream.read(8))
        stream.seek(last.offset + last.length)
        return is_plain and not stream.read(HEAD_BYTES).strip()
