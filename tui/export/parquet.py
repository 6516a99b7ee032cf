"""Rows into a Parquet file, a group at a time: no more than one of them is in memory."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tui.core.errors import UsageError
from tui.core.problems import Reason
from tui.export.drafts import Sink

if TYPE_CHECKING:
    import pyarrow

GROUP_ROWS = 1_000
GROUP_SIZE = 16_000_000
"""Rows, and bytes or code points in them, of a group; it is written when it has as many of either."""

AddRow = Callable[[Mapping[str, Any], int], object]
"""Adds a row and how large it is."""


def check() -> None:
    """Raise UsageError if pyarrow isn't there."""
    try:
        import pyarrow  # noqa: F401 - asked before anything is read
    except ImportError as error:
        raise UsageError(Reason("needs_pyarrow")) from error


@contextmanager
def grouped(sink: Sink, schema: "pyarrow.Schema") -> Iterator[AddRow]:
    """Give what adds rows; the last group is written when the block ends without an error."""
    import pyarrow
    from pyarrow import parquet

    rows: list[Mapping[str, Any]] = []
    size = 0

    def end() -> None:
        nonlocal size
        if rows:
            writer.write_table(pyarrow.Table.from_pylist(rows, schema=schema))
        rows.clear()
        size = 0

    def put(row: Mapping[str, Any], row_size: int) -> None:
        nonlocal size
        rows.append(row)
        size += row_size
        if len(rows) >= GROUP_ROWS or size >= GROUP_SIZE:
            end()

    with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        yield put
        end()
