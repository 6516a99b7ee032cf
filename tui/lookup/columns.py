"""What an index keeps of pages, by field: one field of a million pages is read without the others.

A column is cut into blocks of `ROWS` pages, packed one by one; a block that would hold nothing isn't there.
"""

import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from tui.choosing.fields import Value

ROWS = 4096
"""Pages of a block. A title is had by unpacking one, in a millisecond."""
KEPT_BLOCKS = 64
"""Blocks that stay unpacked: up to a megabyte each."""
LEVEL = 1
"""Of zlib. Level 6 saves an eighth of the room and takes three times as long."""

Cells = Sequence[Value]
Block = tuple[str, int, bytes]
"""Name of the field, number of the block from 0, and its cells, packed."""


def packed(pages: Iterator[Mapping[str, Value]]) -> Iterator[Block]:
    """Yield the blocks of pages that come in the order of their ordinals, each as soon as it is full."""
    columns: dict[str, list[Value]] = {}
    number = row = 0
    for values in pages:
        for name, value in values.items():
            column = columns.setdefault(name, [])
            column += [None] * (row - len(column))
            column.append(value)
        row += 1
        if row == ROWS:
            yield from _blocks(columns, number)
            columns, number, row = {}, number + 1, 0
    yield from _blocks(columns, number)


def _blocks(columns: Mapping[str, list[Value]], number: int) -> Iterator[Block]:
    for name, column in columns.items():
        text = json.dumps(column, ensure_ascii=False, separators=(",", ":"))
        yield name, number, zlib.compress(text.encode("utf-8", "surrogatepass"), LEVEL)


class Columns:
    """Reads cells, and keeps the blocks that were unpacked last."""

    def __init__(self, load: Callable[[str, int], bytes | None]) -> None:
        """`load` returns the packed cells of a field's block; None if there is none."""
        self._load = load
        self._block = lru_cache(KEPT_BLOCKS)(self._unpacked)

    def value(self, ordinal: int, name: str) -> Value:
        """Return the value of a page's field; None if it has none. Raises ValueError or zlib.error if it is damaged."""
        cells = self._block(name, ordinal // ROWS)
        row = ordinal % ROWS
        return cells[row] if row < len(cells) else None

    def _unpacked(self, name: str, number: int) -> Cells:
        found = self._load(name, number)
        if found is None:
            return ()
        cells = json.loads(zlib.decompress(found).decode("utf-8", "surrogatepass"))
        return [tuple(cell) if isinstance(cell, list) else cell for cell in cells]
