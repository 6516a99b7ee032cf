"""Where JSON records start and end in a file, found in one pass with bounded memory."""

import re
from array import array
from collections.abc import Iterator
from itertools import compress
from operator import sub
from typing import BinaryIO

from tui.core.model import Ref
from tui.sources.streams.opening import open_content

FIRST_CHUNK_BYTES = 64 * 1024
CHUNK_BYTES = 1024 * 1024

_INK = re.compile(rb"[^\s]")
_SPACE = 0x20
_STRUCTURE = re.compile(rb'["{}\[\]\n]')
_IN_STRING = re.compile(rb'[^"\\\n]*+(?:\\.[^"\\\n]*+)*+', re.DOTALL)


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
    """As `lines`, but those of a megabyte together, as (offsets, lengths): a fifth of the cost of one by one."""
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
    found, find = ends.append, chunk.find
    end = find(b"\n")
    while end >= 0:
        found(end)
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


class _Marks:
    """Brackets and line ends of a JSON file, outside of strings.

    A line end inside of a string is no JSON: it is yielded with `is_in_string`, and ends the string, so that a quote that
    is missing costs its own record and not all that follow.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.is_in_string = False
        self.size = 0
        """Bytes seen so far."""

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Yield (offset, byte)."""
        is_escaped = False
        for chunk in chunks(self._stream):
            place = 1 if is_escaped else 0
            is_escaped = False
            while place < len(chunk):
                if self.is_in_string:
                    found = _IN_STRING.match(chunk, place)
                    place = found.end() if found else place
                    if place >= len(chunk):
                        break
                    if chunk[place] == 0x5C:  # the escaped byte is the next chunk's first
                        is_escaped = True
                        break
                    if chunk[place] == 0x0A:
                        yield self.size + place, 0x0A
                    self.is_in_string = False
                    place += 1
                    continue
                mark = _STRUCTURE.search(chunk, place)
                if mark is None:
                    break
                place = mark.end()
                if chunk[mark.start()] == 0x22:
                    self.is_in_string = True
                else:
                    yield self.size + mark.start(), chunk[mark.start()]
            self.size += len(chunk)


def is_one_a_line(stream: BinaryIO) -> bool:
    """Say whether the file holds an object a line: no line end stands inside of its first value."""
    depth = 0
    marks = _Marks(stream)
    for _, mark in marks:
        if marks.is_in_string:
            return True
        if mark == 0x5B and depth == 0:
            return False
        if mark in b"{[":
            depth += 1
        elif mark in b"}]":
            depth -= 1
        elif depth:  # a line end
            return False
        if depth <= 0 and mark in b"}]":
            return True
    return True


def values(stream: BinaryIO) -> Iterator[tuple[int, int]]:
    """Yield (offset, length) of each object of an array, or of the objects that follow each other, in bytes.

    An object that the end of the file cuts is yielded too, and one that is never closed ends where the next one starts
    in the same column of a line: what is nested in an object stands further to the right.
    """
    depth = outer = 0  # outer: 1 inside of the array that holds the objects
    start = line = -1  # of the open object; of the line it is in, at its line end before
    column = 0
    is_compact: bool | None = None  # the first object stood on one line
    marks = _Marks(stream)
    for offset, mark in marks:
        if mark == 0x0A:
            line = offset
            if start >= 0 and is_compact is None:
                is_compact = False
        elif mark == 0x5B and start < 0 and outer == 0:
            outer = depth = 1
        elif mark in b"{[":
            if start >= 0 and offset - line == column and line > start and (column > 1 or is_compact):
                yield start, offset - start
                depth = outer
            if depth == outer:
                start, column = offset, offset - line
            depth += 1
        elif mark in b"}]":
            depth = max(0, depth - 1)
            if start >= 0 and depth == outer:
                yield start, offset + 1 - start
                start = -1
                is_compact = is_compact is not False
            outer = min(outer, depth)
    if start >= 0:
        yield start, marks.size - start


def entries(stream: BinaryIO, depth: int = 3) -> Iterator[tuple[int, int]]:
    """Yield (offset, length) of each object that lies so many brackets deep, in bytes; one that is cut is yielded too."""
    inside, start = 0, -1
    marks = _Marks(stream)
    for offset, mark in marks:
        if mark in b"{[":
            if inside == depth and mark == 0x7B:
                start = offset
            inside += 1
        elif mark in b"}]":
            inside -= 1
            if inside == depth and start >= 0:
                yield start, offset + 1 - start
                start = -1
    if start >= 0:
        yield start, marks.size - start


def count_lines(ref: Ref) -> int:
    """Count the line ends before the reference's offset. Raises SourceError if the file can't be read."""
    left, count = ref.offset, 0
    with open_content(ref) as stream:
        while left > 0 and (chunk := stream.read(min(left, CHUNK_BYTES))):
            count += chunk.count(b"\n")
            left -= len(chunk)
    return count
