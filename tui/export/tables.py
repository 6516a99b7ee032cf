"""Pages one after the other in a file: lines of JSON, CSV, Parquet; no more than a few of them are in memory."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, get_args

from tui.core.errors import UsageError
from tui.core.model import Document
from tui.core.problems import Reason
from tui.export.decisions import csv_line
from tui.export.documents import page, to_json
from tui.export.drafts import Sink, written

if TYPE_CHECKING:
    import pyarrow

TableForm = Literal["jsonl", "csv", "parquet"]
TABLE_FORMS: tuple[TableForm, ...] = get_args(TableForm)
COLUMNS = (
    *("sha256", "source", "ordinal", "url", "fetched", "title", "date", "author", "language", "type", "charset"),
    *("text", "body"),
)
"""Of CSV and Parquet; lines of JSON hold all that is known of a page."""
GROUP_ROWS = 1_000
GROUP_CHARS = 8_000_000
"""Rows, and code points in them, of a row group of Parquet; it is written when it has as many of either."""

Put = Callable[[Document], object]


@contextmanager
def pages_file(path: str, form: TableForm, *, is_forced: bool = False) -> Iterator[Put]:
    """Give what writes a page to a file, which is at its place when the block ends without an error.

    Raises what `drafts.written` does, and UsageError where Parquet is wanted and pyarrow isn't there.
    """
    with written(path, is_forced=is_forced) as sink:
        if form == "parquet":
            with _parquet(sink) as put:
                yield put
        elif form == "csv":
            sink.write(csv_line(COLUMNS))
            yield lambda document: sink.write(csv_line(row(document)))
        else:
            yield lambda document: sink.write(to_json(page(document)).encode("utf-8", "replace") + b"\n")


def row(document: Document) -> tuple[str | int | None, ...]:
    """Return what a table says of a page, in the order of `COLUMNS`."""
    ref = document.ref
    return (
        *(document.sha256 or None, ref.source, ref.ordinal, document.url, document.fetched, document.title),
        *(_value(document, "date"), _value(document, "author")),
        *(document.language, document.type, document.charset.name, document.text, document.body),
    )


def _value(document: Document, name: str) -> str | None:
    field = document.metadata.get(name)
    if field is None:
        return None
    return ", ".join(map(str, field.value)) if isinstance(field.value, list | tuple) else str(field.value)


@contextmanager
def _parquet(sink: Sink) -> Iterator[Put]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError(Reason("needs_pyarrow")) from error
    schema = pyarrow.schema([(name, pyarrow.int64() if name == "ordinal" else pyarrow.string()) for name in COLUMNS])
    with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        group = _Group(writer, schema)
        yield group.put
        group.end()


class _Group:
    """Rows that wait until they are worth a row group."""

    def __init__(self, writer: Any, schema: "pyarrow.Schema") -> None:
        self._writer, self._schema = writer, schema
        self._rows: list[Sequence[str | int | None]] = []
        self._chars = 0

    def put(self, document: Document) -> None:
        """Add a page."""
        self._rows.append([_sound(value) for value in row(document)])
        self._chars += len(document.text) + len(document.body)
        if len(self._rows) >= GROUP_ROWS or self._chars >= GROUP_CHARS:
            self.end()

    def end(self) -> None:
        """Write what waits."""
        import pyarrow

        if self._rows:
            columns = [
                pyarrow.array(column, field.type)
                for column, field in zip(zip(*self._rows, strict=True), self._schema, strict=True)
            ]
            self._writer.write_table(pyarrow.Table.from_arrays(columns, schema=self._schema))
        self._rows, self._chars = [], 0


def _sound(value: str | int | None) -> str | int | None:
    """The same without lone surrogates, which Parquet has no bytes for."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
