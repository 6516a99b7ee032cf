"""The parts of a batch as files: rows as lines of JSON, or as Parquet, the same bytes for the same rows."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.export import parquet
from tui.export.drafts import written

if TYPE_CHECKING:
    import pyarrow

PutRow = Callable[[bytes], object]
"""Adds a row, which is a line of JSON."""


@contextmanager
def part(path: Path, form: str, columns: Sequence[str]) -> Iterator[PutRow]:
    """Give what writes rows to a part, which is at its place, in that of any before it, when the block ends without an error.

    Raises OSError. For Parquet, `parquet.check` was asked.
    """
    with written(str(path), is_forced=True) as sink:
        if form == "jsonl":
            yield sink.write
        else:
            with parquet.grouped(sink, _schema(columns)) as put:
                yield lambda line: put(json.loads(line), len(line))


def lines(path: Path, form: str) -> Iterator[bytes]:
    """Yield the rows of a part as lines of JSON. Raises OSError."""
    if form == "jsonl":
        import io

        from zstandard import ZstdDecompressor

        with path.open("rb") as file, ZstdDecompressor().stream_reader(file) as stream:
            yield from io.BufferedReader(stream)
        return
    from pyarrow.parquet import ParquetFile

    from tui.export.documents import to_json

    with ParquetFile(path) as file:
        for batch in file.iter_batches(parquet.GROUP_ROWS):
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
