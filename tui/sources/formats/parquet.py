"""Parquet files: a row is a page. References count rows, not bytes. Reading them needs pyarrow, which is an extra."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import TYPE_CHECKING, Any, BinaryIO

from tui.core.errors import ReasonedError, SourceError
from tui.core.model import Item, Ref, Trouble
from tui.core.problems import Reason, unreadable
from tui.core.shelf import Run
from tui.core.values import replace
from tui.sources.base import Head
from tui.sources.parsing.columns import check_rows, first_line, needing_pyarrow, row_at, row_format, row_runs, value_of
from tui.sources.streams.files import printable
from tui.sources.streams.opening import display_name, kept_seekable, open_seekable

if TYPE_CHECKING:
    import pyarrow

KEPT_GROUP_BYTES = 256 * 1024 * 1024
"""Largest row group, decoded, that is kept whole for the next row; of larger ones batches are read up to the row."""
BATCH_ROWS = 256
_groups: "dict[tuple[BinaryIO, int], pyarrow.Table]" = {}
"""The row group that was read last, by its file and number."""
_files: dict[BinaryIO, Any] = {}
"""The file that was read last: its directory may name thousands of row groups."""


def claims(head: Head) -> bool:
    """Say whether the file starts with Parquet's mark."""
    return head.start.startswith(b"PAR1")


def scan(file: Ref, below: BinaryIO | None = None) -> Iterator[Run | Item]:
    """Yield references to all rows. Raises SourceError without pyarrow, or if the file's directory can't be read."""
    with open_seekable(file, below) as stream:
        metadata = _opened(file, stream).metadata
        count = sum(_group_rows(metadata))
        size_bytes = stream.seek(0, 2)
    check_rows(file, count, size_bytes)
    yield from row_runs(replace(file, format=FORMAT.name), 0, count)
    if metadata.num_rows != count:
        reason = Reason("rows_differ", {"rows": metadata.num_rows, "there": count})
        yield Trouble.at(replace(file, ordinal=file.ordinal + count), unreadable(reason, display_name(file)))


def _record(ref: Ref) -> dict[str, Any]:
    import pyarrow

    try:
        table = _row(ref)
    except (pyarrow.ArrowException, OSError, ValueError, ReasonedError) as error:
        raise SourceError(
            Reason("row_unreadable", {"row": ref.offset, "error": first_line(error)}), printable(ref.source)
        ) from error
    try:
        return {name: value_of(column[0]) for name, column in zip(table.column_names, table.columns, strict=True)}
    except RecursionError as error:
        raise SourceError(Reason("row_too_deep", {"row": ref.offset}), printable(ref.source)) from error


def _group_rows(metadata: Any) -> list[int]:
    return [max(0, metadata.row_group(number).num_rows) for number in range(metadata.num_row_groups)]


def _row(ref: Ref) -> "pyarrow.Table":
    """The row as a table of one, out of its row group."""
    stream = kept_seekable(ref)
    if stream not in _files:
        _files.clear()
        _files[stream] = _opened(ref, stream)
    parquet = _files[stream]
    metadata = parquet.metadata
    ends = list(accumulate(_group_rows(metadata)))
    if not ends or not 0 <= ref.offset < ends[-1]:
        raise SourceError(Reason("no_row", {"row": ref.offset}), printable(ref.source))
    group = bisect_right(ends, ref.offset)
    row = ref.offset - (ends[group - 1] if group else 0)
    if metadata.row_group(group).total_byte_size > KEPT_GROUP_BYTES:
        return _from_batches(parquet, group, row)
    if (stream, group) not in _groups:
        _groups.clear()
        _groups[stream, group] = parquet.read_row_group(group)
    if row >= _groups[stream, group].num_rows:
        raise ReasonedError(Reason("row_group_ends_early"))
    return _groups[stream, group].slice(row, 1)


def _from_batches(parquet: Any, group: int, row: int) -> "pyarrow.Table":
    import pyarrow

    for batch in parquet.iter_batches(BATCH_ROWS, row_groups=[group]):
        if row < batch.num_rows:
            return pyarrow.Table.from_batches([batch.slice(row, 1)])
        row -= batch.num_rows
    raise ReasonedError(Reason("row_group_ends_early"))


def _opened(ref: Ref, stream: BinaryIO) -> Any:
    with needing_pyarrow(ref):
        import pyarrow.parquet
    stream.seek(0)
    try:
        return pyarrow.parquet.ParquetFile(pyarrow.PythonFile(stream, "r"))
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:  # a name that is no UTF-8
        raise SourceError(Reason("parquet_damaged", {"error": first_line(error)}), printable(ref.source)) from error


FORMAT = row_format("parquet", claims, scan, _record, row_at)
