"""Where lines start and end in a file, found in one pass with bounded memory, and gathered into columns."""

import re
from array import array
from collections.abc import Generator, Iterable, Iterator
from itertools import compress, islice
from operator import itemgetter, sub
from typing import BinaryIO

from tui.core.files import CHUNK_BYTES
from tui.core.model import Ref
from tui.core.shelf import Run
from tui.core.values import replace
from tui.sources.streams.opening import open_content

FIRST_CHUNK_BYTES = 64 * 1024
MOST_ROWS = 1024
"""In a run: the first holds one, so that it is there at once, then more and more."""
GROWTH = 8
"""How many times more the next one has."""

_INK = re.compile(rb"[^\s]")
_SPACE = 0x20


def chunks(stream: BinaryIO) -> Iterator[bytes]:
    """Read a stream through, a small piece first, so that the first record is there at once."""
    size = FIRST_CHUNK_BYTES
    while chunk := stream.read(size):
        yield chunk
        size = CHUNK_BYTES


def lines(stream: BinaryIO, is_growing: bool = False) -> Iterator[tuple[int, int]]:
    """Yield (offset, length) of each line that is not blank, in bytes and without its line end. Only `\\n` ends a line.

    Of a stream that is growing, a last line without its end is left out.
    """
    for offsets, lengths in line_runs(stream, is_growing):
        yield from zip(offsets, lengths, strict=True)


def line_runs(stream: BinaryIO, is_growing: bool = False) -> "Iterator[tuple[array[int], array[int]]]":
    """Yield the `lines` of a megabyte together, as (offsets, lengths): a fifth of the cost of one by one."""
    offsets, lengths = array("q"), array("q")
    size_bytes = 0  # the first at once
    for more in _chunk_runs(stream, is_growing):
        offsets += more[0]
        lengths += more[1]
        if offsets and offsets[-1] - offsets[0] >= size_bytes:
            yield offsets, lengths
            offsets, lengths, size_bytes = array("q"), array("q"), CHUNK_BYTES // 2
    if offsets:
        yield offsets, lengths


def _chunk_runs(stream: BinaryIO, is_growing: bool) -> "Iterator[tuple[array[int], array[int]]]":
    """The lines that end in one chunk together: decoders give out chunks of a few lines."""
    start = at = 0  # of the line; of the chunk
    is_inked = False
    for chunk in chunks(stream):
        ends = _line_ends(chunk)
        if ends:
            offsets = array("q", [start, *map((at + 1).__add__, ends)])
            following = offsets.pop()
            lengths = array("q", map(sub, map(at.__add__, ends), offsets))
            inked = _inked(chunk, ends, is_inked)
            yield (offsets, lengths) if inked is None else (_some(offsets, inked), _some(lengths, inked))
            start, is_inked = following, False
        is_inked = is_inked or bool(_INK.search(chunk, ends[-1] if ends else 0))
        at += len(chunk)
    if is_inked and not is_growing:
        yield array("q", [start]), array("q", [at - start])


def _line_ends(chunk: bytes) -> list[int]:
    ends: list[int] = []
    add, find = ends.append, chunk.find
    end = find(b"\n")
    while end >= 0:
        add(end)
        end = find(b"\n", end + 1)
    return ends


def _inked(chunk: bytes, ends: list[int], is_inked: bool) -> list[bool] | None:
    """Which of the lines are not blank, when the first `is_inked` before the chunk; None: all, as their first bytes tell."""
    starts = [0, *map((1).__add__, ends[:-1])]
    if min(map(chunk.__getitem__, starts[is_inked:]), default=_SPACE + 1) > _SPACE:
        return None
    inked = [bool(_INK.search(chunk, start, end)) for start, end in zip(starts, ends, strict=True)]
    inked[0] = is_inked or inked[0]
    return inked


def _some(numbers: "array[int]", is_wanted: list[bool]) -> "array[int]":
    return array("q", compress(numbers, is_wanted))


def marked_lines(stream: BinaryIO, pattern: re.Pattern[bytes]) -> Iterator[tuple[int, int, bool]]:
    """Yield (offset, length, whether it matches) of each line that is not blank; one longer than a kilobyte matches nothing."""
    start = at = 0  # of the line; of the chunk
    held = b""
    for chunk in chunks(stream):
        place = 0
        while (end := chunk.find(b"\n", place)) >= 0:
            held += chunk[place : min(end, place + _MARKED_BYTES)]
            if _INK.search(held) or at + end - start > _MARKED_BYTES:
                yield start, at + end - start, at + end - start <= _MARKED_BYTES and bool(pattern.match(held))
            place, start, held = end + 1, at + end + 1, b""
        held += chunk[place : place + _MARKED_BYTES - min(len(held), _MARKED_BYTES)]
        at += len(chunk)
    if _INK.search(held):
        yield start, at - start, at - start <= _MARKED_BYTES and bool(pattern.match(held))


_MARKED_BYTES = 1024


def in_columns(spans: Iterator[tuple[int, int]], size: int = 1) -> "Iterator[tuple[array[int], array[int]]]":
    """Turn (offset, length) pairs into columns of offsets and of lengths; `size`: of the first.

    >>> [len(offsets) for offsets, lengths in in_columns((n, 1) for n in range(1000))]
    [1, 8, 64, 512, 415]
    """
    while batch := list(islice(spans, size)):
        yield array("q", map(itemgetter(0), batch)), array("q", map(itemgetter(1), batch))
        size = min(MOST_ROWS, size * GROWTH)


def runs(
    file: Ref, name: str, columns: "Iterable[tuple[array[int], array[int]]]", width: int = 1
) -> Generator[Run, None, int]:
    """Yield the records of a file that lie at these offsets and lengths, by the format's name; return the ordinal behind.

    They count in units of `width` bytes.
    """
    ordinal = file.ordinal
    for offsets, lengths in columns:
        if width > 1:
            offsets, lengths = (array("q", map(width.__mul__, column)) for column in (offsets, lengths))
        starts = array("q", map(file.offset.__add__, offsets)) if file.offset else offsets
        yield Run(replace(file, ordinal=ordinal, format=name), starts, lengths)
        ordinal += len(offsets)
    return ordinal


def count_lines(ref: Ref) -> int:
    """Count the line ends before the reference's offset. Raises SourceError if the file can't be read."""
    left, count = ref.offset, 0
    with open_content(ref) as stream:
        while left > 0 and (chunk := stream.read(min(left, CHUNK_BYTES))):
            count += chunk.count(b"\n")
            left -= len(chunk)
    return count
