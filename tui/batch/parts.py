"""The parts of a batch as files: rows as lines of JSON, or as Parquet, the same bytes for the same rows."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.core.errors import UsageError
from tui.core.problems import Reason
from tui.export.drafts import Sink, written

if TYPE_CHECKING:
    import pyarrow

GROUP_ROWS = 1_000
GROUP_BYTES = 16_000_000
"""Rows, and bytes of JSON in them, of a row group of Parquet; it is written when it has as many of either."""

PutRow = Callable[[bytes], object]
"""Adds a row, which is a line of JSON."""


@contextmanager
def part(path: Path, form: str, columns: Sequence[str]) -> Iterator[PutRow]:
    """Give what writes rows to a part, which is at its place, in that of any before it, when the block ends without an error.

    Raises OSError, and UsageError where Parquet is wanted and pyarrow isn't there.
    """
    with written(str(path), is_forced=True) as sink:
        if form == "jsonl":
            yield sink.write
        else:
            with _parquet(sink, columns) as put:
                yield put


def check_form(form: str) -> None:
    """Raise UsageError if parts of a format can't be written here."""
    if form == "parquet":
        try:
            import pyarrow  # noqa: F401 - asked before anything is read
        except ImportError as error:
            raise UsageError(Reason("needs_pyarrow")) from error


def lines(path: Path, form: str) -> Iterator[bytes]:
    """Yield the rows of a part as lines of JSON. Raises OSError."""
    if form == "jsonl":
        import io

        from zstandard import ZstdDecompressor

        with path.open("rb") as file, ZstdDecompressor().stream_reader(file) as stream:
            yield from io.BufferedReader(stream)
        return
    from pyarrow import parquet

    from tui.export.documents import to_json

    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(GROUP_ROWS):
            yield from (to_json(_told(row)).encode() + b"\n" for row in batch.to_pylist())


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of Parquet as JSON has it."""
    made = dict(row)
    if "signals" in made:
        made["signals"] = {name: figure for name, figure in made["signals"].items() if figure is not None}
    if "edits" in made:
        made["edits"] = [{**edit} if edit["steps"] else _without_steps(edit) for edit in made["edits"]]
    return made


def _without_steps(edit: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in edit.items() if name != "steps"}


@contextmanager
def _parquet(sink: Sink, columns: Sequence[str]) -> Iterator[PutRow]:
    from pyarrow import parquet

    schema = _schema(columns)
    with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        group = _Group(writer, schema)
        yield group.put
        group.end()


def _schema(columns: Sequence[str]) -> "pyarrow.Schema":
    import pyarrow as pa

    from tui.text.quality.signals import SIGNALS

    number, text = pa.int64(), pa.string()
    step = pa.struct([("repair", text), ("before", text), ("after", text)])
    edit = [("start", number), ("end", number), *((name, text) for name in ("before", "after", "repair", "certainty"))]
    problem = [(name, text) for name in ("stage", "code", "message")]
    kinds = {
        **dict.fromkeys(("ordinal", "offset", "length"), number),
        "authors": pa.list_(text),
        "body_at": pa.list_(pa.list_(number)),
        "edits": pa.list_(pa.struct([*edit, ("steps", pa.list_(step))])),
        "signals": pa.struct([(name, pa.float64()) for name in SIGNALS]),
        "fails": pa.list_(pa.struct([("rule", text), ("value", pa.float64()), ("bound", pa.float64())])),
        "problems": pa.list_(pa.struct([*problem, *((name, number) for name in ("start", "end", "byte", "lost"))])),
    }
    return pa.schema([(name, kinds.get(name, text)) for name in columns])


class _Group:
    """Rows that wait until they are worth a row group."""

    def __init__(self, writer: Any, schema: "pyarrow.Schema") -> None:
        self._writer, self._schema = writer, schema
        self._rows: list[dict[str, Any]] = []
        self._bytes = 0

    def put(self, line: bytes) -> None:
        """Add a row."""
        self._rows.append(json.loads(line))
        self._bytes += len(line)
        if len(self._rows) >= GROUP_ROWS or self._bytes >= GROUP_BYTES:
            self.end()

    def end(self) -> None:
        """Write what waits."""
        import pyarrow

        if self._rows:
            self._writer.write_table(pyarrow.Table.from_pylist(self._rows, schema=self._schema))
        self._rows, self._bytes = [], 0
