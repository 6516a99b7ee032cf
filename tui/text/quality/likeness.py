"""How much of two texts is the same, told from half a kilobyte of each.

A text is taken as two sets: its words, and its runs of three words; where words aren't set apart, its pairs and its runs of
four characters, which are about as much. MinHash with one permutation (Li, Owen and Zhang 2012) keeps the lowest hash of
each of 126 parts of a set, and fills parts that got none from others (Shrivastava 2017): in so many of them as two texts
agree, so much of both sets together is in both.

Runs find the pairs, words judge them. One changed word spoils three runs, so that of pages of which every seventh word was
changed no more runs are the same than of pages from one template, with half of their sentences; of words, far more are.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import eq
from zlib import crc32

from tui.text.words.fold import WIDE

BANDS, BAND_PARTS = 42, 3
"""Texts are compared if they agree in all of a band: 49 in 50 do of those with 15 % of their words changed.

With bands of four it would be seven in ten.
"""
BAND_BYTES = 2 * BAND_PARTS
PARTS = BANDS * BAND_PARTS
"""Of each set."""
SIGNATURE_BYTES = 2 * 2 * PARTS
"""Of runs, then of words."""
LEAST_RUNS = 0.5
"""Share of runs in both below which texts that are made of the same words are others: lists of the same products, say."""

_WORD, _CHARACTER = re.compile(f"[^\\W_{WIDE}]+"), re.compile(f"[{WIDE}]")


def signature(text: str) -> bytes:
    """Return what `likeness` compares; empty if the text has no run. Case, signs and spaces don't count.

    >>> len(signature("Ferry to the island resumes")), signature("No text"), signature(" \\n")
    (504, b'', b'')
    """
    text = text.lower()
    words, characters = _encoded(_WORD, text), _encoded(_CHARACTER, text)
    runs = _hashes(words, 3, b" ".join) | _hashes(characters, 4, b"".join)
    if not runs:
        return b""
    return _lowest(runs) + _lowest(_hashes(words, 1, b"".join) | _hashes(characters, 2, b"".join))


def _encoded(kind: re.Pattern[str], text: str) -> list[bytes]:
    return [word.encode("utf-8", "surrogatepass") for word in kind.findall(text)]


def _hashes(words: Sequence[bytes], length: int, join: Callable[[Iterable[bytes]], bytes]) -> set[int]:
    """Hashes of all runs of so many words or characters."""
    runs = map(join, zip(*(words[at:] for at in range(length)), strict=False))
    # CRC-32 is at hand and fast; the factor (Knuth's) mixes it, for texts of one length differ in few of its bits.
    return {crc32(run) * 0x9E3779B1 & 0xFFFFFFFF for run in runs}


def _lowest(hashes: set[int]) -> bytes:
    """The lowest hash of each part, 16 bits of it."""
    lowest = {value % PARTS: value // PARTS for value in sorted(hashes, reverse=True)}
    parts = [lowest[at] if at in lowest else lowest[_borrowed(at, lowest)] for at in range(PARTS)]
    return b"".join((part & 0xFFFF).to_bytes(2, "little") for part in parts)


def _borrowed(part: int, lowest: dict[int, int]) -> int:
    return next(at for at in _detours()[part] if at in lowest)


@cache
def _detours() -> Sequence[Sequence[int]]:
    """For each part, in which order the others are asked when it has nothing."""
    from random import Random  # short texts alone ask

    return [Random(part).sample(range(PARTS), PARTS) for part in range(PARTS)]  # noqa: S311 - nothing is kept secret


def likeness(one: bytes, other: bytes) -> float:
    """Return which share of the words of two texts is in both, from 0 to 1, by their signatures; 0 if too few runs are.

    >>> news = " ".join(map(str, range(200)))
    >>> round(likeness(signature(news), signature(news.replace("50", "fifty"))), 2)
    0.98
    """
    agreed = list(map(eq, memoryview(one).cast("H"), memoryview(other).cast("H")))
    return _share(sum(agreed[PARTS:])) if _share(sum(agreed[:PARTS])) >= LEAST_RUNS else 0.0


def _share(agreed: int) -> float:
    """What is in both, of one text, from the parts in which they agree (Dice's coefficient from Jaccard's)."""
    return 2 * agreed / (PARTS + agreed)
