"""Where JSON records start and end in a file, found in one pass with bounded memory."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from tui.sources.parsing.lines import chunks

_STRUCTURE = re.compile(rb'["{}\[\]\n]')
_IN_STRING = re.compile(rb'[^"\\\n]*+(?:\\.[^"\\\n]*+)*+', re.DOTALL)
_IN_PAIRS = re.compile(
    rb'[^"\\\n\x81-\xfe]*+(?:(?:\\.|[\x81-\xfe](?:[^"\n]|(?=["\n])))[^"\\\n\x81-\xfe]*+)*+', re.DOTALL
)
"""The same where a backslash may be half a character."""
_LEADS = range(0x81, 0xFF)
SEPARATOR = b"\x1e"
"""Stands before each text of a JSON sequence."""


class _Marks:
    """Brackets and line ends of a JSON file, outside of strings.

    A line end inside of a string is no JSON: it is yielded with `is_in_string`, and ends the string, so that a quote that
    is missing costs its own record and not all that follow.
    """

    def __init__(self, stream: BinaryIO, *, in_pairs: bool = False) -> None:
        self._stream = stream
        self._in_string, self._leads = (_IN_PAIRS, _LEADS) if in_pairs else (_IN_STRING, range(0))
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
                    match = self._in_string.match(chunk, place)
                    place = match.end() if match else place
                    if place >= len(chunk):
                        break
                    if (
                        chunk[place] == 0x5C or chunk[place] in self._leads
                    ):  # what belongs to it is the next chunk's first
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


def first_value(stream: BinaryIO, *, in_pairs: bool = False) -> int:
    """Return where the first object or list ends, in bytes; 0: it doesn't, or a string in it doesn't end on its line."""
    depth = 0
    marks = _Marks(stream, in_pairs=in_pairs)
    for offset, mark in marks:
        if marks.is_in_string:
            return 0
        depth += (mark in b"{[") - (mark in b"}]")
        if depth <= 0 and mark in b"}]":
            return offset + 1
    return 0


def is_one_a_line(stream: BinaryIO, *, in_pairs: bool = False) -> bool:
    """Say whether the file holds an object a line: no line end stands inside of its first value. `in_pairs`: see `values`."""
    depth = 0
    marks = _Marks(stream, in_pairs=in_pairs)
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


def values(
    stream: BinaryIO, *, in_pairs: bool = False, is_list: bool = False, is_member: bool = False
) -> Iterator[tuple[int, int]]:
    """Yield (offset, length) of each object of an array, or of the objects that follow each other, in bytes.

    `in_pairs`: a backslash may be the second byte of a character, as in Big5. `is_list`: what stands behind the array is
    something else. `is_member`: so is what stands behind the object in which the first one has a name, as the others have.

    An object that the end of the file cuts is yielded too, and one that is never closed ends where the next one starts
    in the same column of a line: what is nested in an object stands further to the right.
    """
    depth = outer = int(is_member)  # outer: 1 inside of what holds the objects
    start = line = -1  # of the open object; of the line it is in, at its line end before
    column = 0
    is_compact: bool | None = None  # the first object stood on one line
    marks = _Marks(stream, in_pairs=in_pairs)
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
            if depth == outer and (mark == 0x7B or not is_member):
                start, column = offset, offset - line
            depth += 1
        elif mark in b"}]":
            depth = max(0, depth - 1)
            if start >= 0 and depth == outer:
                yield start, offset + 1 - start
                start = -1
                is_compact = is_compact is not False
            elif depth == 0 and ((is_list and mark == 0x5D) or is_member):
                return
            outer = min(outer, depth)
    if start >= 0:
        yield start, marks.size - start


def sequence(stream: BinaryIO) -> Iterator[tuple[int, int]]:
    """Yield (offset, length) of what stands behind each separator, in bytes, without the blanks around it.

    >>> import io
    >>> list(sequence(io.BytesIO(b'\\x1e{"a": 1}\\n\\x1e\\x1e{"b"')))
    [(1, 8), (12, 4)]
    """
    start, end, at = -1, 0, 0
    is_begun = False
    for chunk in chunks(stream):
        place = 0
        for piece in chunk.split(SEPARATOR):
            is_begun = is_begun or place > 0
            if place and start >= 0:
                yield start, end - start
                start = -1
            if is_begun and piece.strip():
                start = at + place + len(piece) - len(piece.lstrip()) if start < 0 else start
                end = at + place + len(piece.rstrip())
            place += len(piece) + 1
        at += len(chunk)
    if start >= 0:
        yield start, end - start


def listed(stream: BinaryIO, key: bytes) -> Iterator[tuple[int, int]]:
    """Yield (offset, length) of each object of the list that an object has under a key, in bytes; one that is cut, too."""
    inside, start, is_list = 0, -1, False
    lists: list[tuple[int, list[tuple[int, int]]]] = []
    marks = _Marks(stream)
    for offset, mark in marks:
        if mark in b"{[":
            if inside == 1:
                is_list = mark == 0x5B
                lists += [(offset, [])] * is_list
            elif inside == 2 and mark == 0x7B and is_list:
                start = offset
            inside += 1
        elif mark in b"}]":
            inside -= 1
            if inside == 2 and start >= 0:
                lists[-1][1].append((start, offset + 1 - start))
                start = -1
    if start >= 0:
        lists[-1][1].append((start, marks.size - start))
    for at, spans in lists:
        if spans and _is_under(stream, at, key):
            yield from spans
            return


def _is_under(stream: BinaryIO, at: int, key: bytes) -> bool:
    before = max(0, at - len(key) - 100)
    stream.seek(before)
    return stream.read(at - before).rstrip().removesuffix(b":").rstrip().endswith(b'"' + key + b'"')


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
