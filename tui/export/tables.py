"""Pages one after the other in a file: lines of JSON, CSV, Parquet; no more than a few of them are in memory."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

from tui.core.model import Document
from tui.export import parquet
from tui.export.decisions import csv_line
from tui.export.documents import page, to_json
from tui.export.drafts import Sink, written

TableForm = Literal["jsonl", "csv", "parquet"]
COLUMNS = (
    *("sha256", "source", "ordinal", "url", "fetched", "title", "date", "author", "language", "type", "charset"),
    *("text", "body"),
)
"""Of CSV and Parquet; lines of JSON hold all that is known of a page."""
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
    parquet.check()
    import pyarrow

    schema = pyarrow.schema([(name, pyarrow.int64() if name == "ordinal" else pyarrow.string()) for name in COLUMNS])
    with parquet.grouped(sink, schema) as put:
        yield lambda document: put(
            dict(zip(COLUMNS, map(_sound, row(document)), strict=True)), len(document.text) + len(document.body)
        )


def _sound(value: str | int | None) -> str | int | None:
    """The same without lone surrogates, which Parquet has no bytes for."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
