"""Stretches of a file between two marks, such as the pages of an export: where they lie, and what is missing at the end."""

from collections.abc import Iterator
from typing import BinaryIO

from tui.core.model import Item, Ref, Trouble
from tui.core.problems import Reason, unreadable
from tui.core.shelf import Run
from tui.core.values import replace
from tui.sources.base import HEAD_BYTES
from tui.sources.parsing.lines import chunks, in_columns, runs
from tui.sources.streams.opening import damaged_rows, display_name, open_content
from tui.sources.streams.route import read_fully

TAIL_BYTES = 64
"""Bytes that are kept of what was looked at: longer than any mark."""


class Enclosed:
    """Stretches of a file between two marks, found in one pass with bounded memory."""

    def __init__(self, stream: BinaryIO, opening: bytes, closing: bytes) -> None:
        self._stream, self._marks = stream, (opening, closing)
        self.cut: tuple[int, int] | None = None
        """The last one, after all are found: the file ends within it."""
        self.end = 0
        """Behind the last byte that was looked at."""
        self.tail = b""
        """What was looked at last, or less if a block ends in it."""

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Yield (offset, length) of each, with its marks, in bytes. One without an end goes up to the next one.

        >>> import io
        >>> list(Enclosed(io.BytesIO(b"<doc 1>a</doc> <doc 2>b<doc 3>c</doc><doc 4>"), b"<doc ", b"</doc>"))
        [(0, 14), (15, 8), (23, 14)]
        """
        opening, closing = self._marks
        buffer, start, at = b"", -1, 0  # what was read and is not done with; of the block; of what is looked for
        for chunk in chunks(self._stream):
            buffer += chunk
            self.end += len(chunk)
            base = self.end - len(buffer)
            while True:
                end = buffer.find(closing, at) if start >= 0 else -1
                following = buffer.find(opening, at, end if end >= 0 else len(buffer))
                if following >= 0:
                    if start >= 0:
                        yield start, base + following - start
                    start, at = base + following, following + len(opening)
                elif end >= 0:
                    at = end + len(closing)
                    yield start, base + at - start
                    start = -1
                else:
                    break
            at = max(at, len(buffer) - TAIL_BYTES)
            buffer, at = buffer[at:], 0
        self.tail = buffer
        self.cut = (start, self.end - start) if start >= 0 else None


def block_runs(
    file: Ref, below: BinaryIO | None, name: str, opening: bytes, closing: bytes, root: bytes = b""
) -> Iterator[Item | Run]:
    """Yield references to all blocks of a file by the format's name, and one row for what is missing: the end of a block, or
    of the element around them all, if the file begins with its name. Raises SourceError.
    """
    with open_content(file, below) as stream:
        is_rooted = bool(root) and b"<" + root in read_fully(stream, HEAD_BYTES)
        stream.seek(0)
        blocks = Enclosed(stream, opening, closing)
        ordinal = yield from runs(file, name, in_columns(iter(blocks)))
        damage = list(damaged_rows(stream, file, ordinal))
        yield from damage
    offset, length = blocks.cut or (blocks.end, 0)
    if blocks.cut:
        reason = Reason("at_byte", {"byte": offset, "reason": Reason("page_cut")})
    else:
        reason = Reason("no_end_mark", {"byte": offset})
    if not damage and (blocks.cut or (is_rooted and b"</" + root not in blocks.tail)):
        place = replace(file, ordinal=ordinal, offset=file.offset + offset, length=length)
        yield Trouble.at(place, unreadable(reason, display_name(file)))
