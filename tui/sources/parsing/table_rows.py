"""Where the rows of a delimited table start and end in a file, quoted line ends included."""

from collections import deque
from collections.abc import Iterator
from typing import BinaryIO

from tui.sources.parsing.json_spans import chunks

QUOTE = b'"'
LONGEST_ROW_LINES = 5000
"""Lines after which a quote that is still open is taken for a stray one."""


def rows(stream: BinaryIO, is_growing: bool = False) -> Iterator[tuple[int, int]]:
    """Yield (offset, length) of each row that is not blank, in bytes and without its line end.

    A row goes on over line ends while a quote is open. A quote that is never closed costs its own line only. Of a
    stream that is growing, a last row that may go on is left out.
    """
    found = _counted(stream, is_growing)
    again: deque[tuple[int, int, int]] = deque()
    while True:
        pending: list[tuple[int, int, int]] = []
        quotes = 0
        while len(pending) < LONGEST_ROW_LINES:
            line = again.popleft() if again else next(found, None)
            if line is None:
                break
            pending.append(line)
            quotes += line[2]
            if quotes % 2 == 0:
                break
        if not pending or (line is None and is_growing):
            return
        start, length, _ = pending[0]
        if quotes % 2:
            again.extendleft(reversed(pending[1:]))
        else:
            length = pending[-1][0] + pending[-1][1] - start
        yield start, length


def _counted(stream: BinaryIO, is_growing: bool) -> Iterator[tuple[int, int, int]]:
    """Yield (offset, length, quotes) of each line, blank ones left out, and of a growing stream one without its end."""
    start = at = quotes = 0  # of the line; of the chunk; in the line
    ink = 0
    for chunk in chunks(stream):
        place = 0
        while (end := chunk.find(b"\n", place)) >= 0:
            ink += len(chunk[place:end].strip())
            if ink:
                yield start, at + end - start, quotes + chunk.count(QUOTE, place, end)
            place, start, quotes, ink = end + 1, at + end + 1, 0, 0
        quotes += chunk.count(QUOTE, place)
        ink += len(chunk[place:].strip())
        at += len(chunk)
    if ink and not is_growing:
        yield start, at - start, quotes
