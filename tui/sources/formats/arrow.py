"""Arrow files and streams (Feather, data sets that Hugging Face has saved): a row is a page. References count rows, not bytes.

A file is a stream with a mark before it and a directory behind, so that both are read as streams, cut ones too. Reading them
needs pyarrow, as for Parquet.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from tui.core.errors import SourceError
from tui.core.model import Item, Ref, Trouble
from tui.core.problems import Reason, unreadable
from tui.core.shelf import Run
from tui.core.values import replace
from tui.sources.base import Aside, Head
from tui.sources.parsing.columns import check_rows, first_line, needing_pyarrow, row_at, row_format, row_runs, value_of
from tui.sources.streams.files import printable
from tui.sources.streams.opening import display_name, kept_seekable, open_seekable
from tui.sources.streams.route import read_fully

if TYPE_CHECKING:
    import pyarrow

_MARK, _MARK_BYTES = b"ARROW1", 8
_MESSAGE = b"\xff\xff\xff\xff"
_NAMES = (".arrow", ".arrows", ".feather", ".ipc")
_BESIDE = {
    "state.json": (b'"_data_files"',),
    "dataset_info.json": (b'"citation"', b'"features"'),
    "dataset_dict.json": (b'"splits"',),
}


def claims(head: Head) -> bool:
    """Say whether the file starts with Arrow's mark, or is named so and starts with a message."""
    is_named = head.name.lower().endswith(_NAMES)
    return head.start.startswith(_MARK) or (is_named and head.start.startswith(_MESSAGE)) or _is_beside(head)


def _is_beside(head: Head) -> bool:
    """Say whether a file describes a data set that Hugging Face has saved, and lies beside its rows."""
    return head.start.startswith(b"{") and any(mark in head.start for mark in _BESIDE.get(head.name, ()))


class _Batch(NamedTuple):
    """Rows that lie together."""

    at: int
    """Byte of its message."""
    rows: int


class _Bounded:
    """A stream of which no more is asked than there is: a forged length would take the memory for it."""

    closed = False

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._size = stream, stream.seek(0, 2)
        self.seek, self.tell = stream.seek, stream.tell

    def read(self, count: int = -1) -> bytes:
        """Return `count` bytes, fewer only at the end."""
        left = max(0, self._size - self.tell())
        return read_fully(self._stream, left if count < 0 else min(count, left))


class _Layout:
    """What lies where in a stream. Raises pyarrow.ArrowException or OSError where it has no schema."""

    def __init__(self, stream: BinaryIO) -> None:
        import pyarrow.ipc

        stream.seek(0)
        self.start = _MARK_BYTES if stream.read(len(_MARK)) == _MARK else 0
        self._stream = _Bounded(stream)
        self.schema = pyarrow.ipc.open_stream(self._from(self.start)).schema
        self.ends = array("q")
        """Rows up to the end of each batch."""
        self.at = array("q")
        self.has_dictionary = any(pyarrow.types.is_dictionary(kind) for kind in self.schema.types)
        """Columns name values that stand in messages of their own: batches are read one after the other."""
        self._last: tuple[int, pyarrow.RecordBatch] | None = None

    def batches(self) -> Iterator[_Batch]:
        """Yield all batches, for the first time. Raises pyarrow.ArrowException or OSError where the file is damaged."""
        import pyarrow.ipc

        source = self._from(self.start)
        rows = 0
        while True:
            at = self._stream.tell()
            try:
                message = pyarrow.ipc.read_message(source)
            except EOFError:
                return
            if message.type == "record batch":
                count = self._count(message)
                rows += count
                self.at.append(at)
                self.ends.append(rows)
                yield _Batch(at, count)

    def _count(self, message: "pyarrow.ipc.Message") -> int:
        import pyarrow.ipc

        without = pyarrow.schema([])  # its columns aren't looked at
        return int(pyarrow.ipc.read_record_batch(message, without).num_rows)

    def _from(self, at: int) -> "pyarrow.PythonFile":
        import pyarrow

        self._stream.seek(at)
        return pyarrow.PythonFile(self._stream, "r")

    def batch(self, number: int) -> "pyarrow.RecordBatch":
        """Return one batch. Raises pyarrow.ArrowException or OSError if it is damaged."""
        import pyarrow.ipc

        if self._last is None or self._last[0] != number:
            source = self._from(self.start if self.has_dictionary else self.at[number])
            if self.has_dictionary:
                batch = next(islice(pyarrow.ipc.open_stream(source), number, None))
            else:
                batch = pyarrow.ipc.read_record_batch(pyarrow.ipc.read_message(source), self.schema)
            batch.validate(full=True)  # what is damaged ends the process otherwise
            self._last = number, batch
        return self._last[1]


def scan(file: Ref, below: BinaryIO | None = None) -> Iterator[Run | Item | Aside]:
    """Yield references to all rows; what lies beside them in a data set as `Aside`. Raises SourceError without pyarrow, or
    if there is no schema.
    """
    with open_seekable(file, below) as stream:
        if stream.read(1) == b"{":
            yield Aside(replace(file, format="plain"))
            return
        size_bytes = stream.seek(0, 2)
        layout = _opened(file, stream)
        import pyarrow

        count = 0
        try:
            for batch in layout.batches():
                check_rows(file, count + batch.rows, size_bytes)
                yield from row_runs(replace(file, format=FORMAT.name), count, count + batch.rows)
                count += batch.rows
        except (pyarrow.ArrowException, OSError) as error:
            reason = Reason("parquet_damaged", {"error": first_line(error)})
            yield Trouble.at(replace(file, ordinal=file.ordinal + count), unreadable(reason, display_name(file)))


def _record(ref: Ref) -> dict[str, Any]:
    stream = kept_seekable(ref)
    if stream not in _layouts:
        _layouts.clear()
        _layouts[stream] = _opened(ref, stream)
        _walk(_layouts[stream])
    layout = _layouts[stream]
    import pyarrow

    number = bisect_right(layout.ends, ref.offset)
    if ref.offset < 0 or number == len(layout.ends):
        raise SourceError(Reason("no_row", {"row": ref.offset}), printable(ref.source))
    try:
        batch = layout.batch(number)
        row = ref.offset - (layout.ends[number - 1] if number else 0)
        return {name: value_of(column[row]) for name, column in zip(batch.schema.names, batch.columns, strict=True)}
    except (pyarrow.ArrowException, OSError, ValueError, IndexError, StopIteration, RecursionError) as error:
        reason = Reason("row_unreadable", {"row": ref.offset, "error": first_line(error)})
        raise SourceError(reason, printable(ref.source)) from error


def _walk(layout: _Layout) -> None:
    """Find out where all batches lie, as far as the file is sound."""
    import pyarrow

    try:
        for _ in layout.batches():
            pass
    except (pyarrow.ArrowException, OSError):
        pass  # the scan has said so


def _opened(ref: Ref, stream: BinaryIO) -> _Layout:
    with needing_pyarrow(ref):
        import pyarrow
    try:
        return _Layout(stream)
    except (pyarrow.ArrowException, OSError, EOFError) as error:
        raise SourceError(Reason("parquet_damaged", {"error": first_line(error)}), printable(ref.source)) from error


_layouts: dict[BinaryIO, _Layout] = {}
"""The file that was read last."""


FORMAT = row_format("arrow", claims, scan, _record, row_at)
