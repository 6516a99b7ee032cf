"""Gathers what formats find one by one into runs: the first at once, then more and more together."""

from array import array
from collections.abc import Iterator
from itertools import islice
from operator import itemgetter

from tui.core.model import Ref
from tui.core.shelf import Run
from tui.sources.base import Records

MOST_ROWS = 1024
"""In a run."""
GROWTH = 8
"""How many times more the next one has."""


def in_columns(spans: Iterator[tuple[int, int]]) -> "Iterator[tuple[array[int], array[int]]]":
    """Turn (offset, length) pairs into columns of offsets and of lengths.

    >>> [len(offsets) for offsets, lengths in in_columns((n, 1) for n in range(1000))]
    [1, 8, 64, 512, 415]
    """
    size = 1
    while batch := list(islice(spans, size)):
        yield array("q", map(itemgetter(0), batch)), array("q", map(itemgetter(1), batch))
        size = min(MOST_ROWS, size * GROWTH)


class Gathered:
    """Records of an archive that wait until there are enough of them."""

    def __init__(self, like: Ref) -> None:
        """`like` says what they share; its offset is where theirs count from, its ordinal that of the first."""
        self._like, self._size = like, 1
        self._empty()

    def _empty(self) -> None:
        self._offsets, self._lengths, self._are_pages = array("q"), array("q"), bytearray()

    def add(self, offset: int, length: int, is_page: bool) -> bool:
        """Take a record; returns whether it is time to `take` them."""
        self._offsets.append(self._like.offset + offset)
        self._lengths.append(length)
        self._are_pages.append(is_page)
        return len(self._are_pages) >= self._size

    def take(self) -> Records:
        """Return those that wait, counted from the ordinal of the first that ever came: the scan counts on."""
        found = Records(Run(self._like, self._offsets, self._lengths), self._are_pages)
        self._size = min(MOST_ROWS, self._size * GROWTH)
        self._empty()
        return found
