"""Chooses pages at random, the same ones for the same seed, wherever one stands and whatever else is there.

Each page gets a number that depends on the seed, the name of its file and its ordinal alone; the lowest ones are the
sample. A larger sample holds the smaller one, and pages that are added later push out few.
"""

import heapq
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import PurePath
from typing import TypeVar

from tui.model import Ref

T = TypeVar("T")
_MASK = (1 << 64) - 1


def chance(ref: Ref, seed: int) -> int:
    """Return a page's number, from 0 up to 2**64.

    >>> chance(Ref("a.jsonl", 0), 7) == chance(Ref("/elsewhere/a.jsonl", 0), 7) != chance(Ref("a.jsonl", 1), 7)
    True
    """
    # SplitMix64, which passes the usual tests of randomness on numbers that follow each other.
    mixed = (_start(ref.source, seed) + (ref.ordinal + 1) * 0x9E3779B97F4A7C15) & _MASK
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
    return mixed ^ (mixed >> 31)


@lru_cache(maxsize=64)
def _start(source: str, seed: int) -> int:
    name = PurePath(source).name.encode("utf-8", "surrogateescape")
    return (zlib.crc32(name) << 32) ^ (seed * 0xD1342543DE82EF95)


def lowest(numbered: Iterable[tuple[int, T]], count: int) -> list[T]:
    """Return the items with the `count` lowest numbers, in the order in which they came; keeps no more than these."""
    placed = ((number, place, item) for place, (number, item) in enumerate(numbered))
    chosen = heapq.nsmallest(count, placed, key=lambda entry: entry[:2])
    return [item for _, _, item in sorted(chosen, key=lambda entry: entry[1])]


def shares(sizes: Sequence[int], count: int) -> list[int]:
    """Return how many of `count` each of several strata gives: as many as the others, as far as it reaches.

    >>> shares([100, 3, 50], 11)
    [4, 3, 4]
    """
    given = [0] * len(sizes)
    left = min(count, sum(sizes))
    while left:
        open_strata = [at for at, size in enumerate(sizes) if given[at] < size]
        each = max(1, left // len(open_strata))
        for at in open_strata[:left]:
            more = min(each, sizes[at] - given[at])
            given[at] += more
            left -= more
    return given
