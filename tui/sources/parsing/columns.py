"""Rows of binary files, as Parquet, Arrow and SQLite hold them: references that count them, values as Python has them, pages."""

from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, BinaryIO

from tui.core.errors import ReasonedError, SourceError
from tui.core.model import Limits, Options, Ref
from tui.core.page import RawPage, RecordFields
from tui.core.problems import Reason
from tui.core.shelf import Run
from tui.core.values import replace
from tui.sources.base import Format, Head, SomeRecords
from tui.sources.parsing.pages import NamedFields, as_json, page
from tui.sources.streams.files import printable
from tui.sources.streams.opening import display_name

_DEFAULT = Options()
RUN_ROWS = 65536
"""Rows that are told of together."""
MOST_ROWS_PER_BYTE = 100_000
"""Rows that a byte of the file may stand for: writers that say the same row again and again come to some thousand."""


@contextmanager
def needing_pyarrow(ref: Ref) -> Iterator[None]:
    """Say that what is imported here is an extra, if it isn't there. Raises SourceError."""
    try:
        yield
    except ImportError as error:
        raise SourceError(Reason("needs_pyarrow"), printable(ref.source)) from error


def check_rows(file: Ref, rows: int, size_bytes: int) -> None:
    """Refuse more rows than a file of this size can hold. Raises SourceError."""
    if rows > size_bytes * MOST_ROWS_PER_BYTE:
        raise SourceError(Reason("forged_rows", {"rows": rows, "size": size_bytes}), display_name(file))


def row_runs(file: Ref, first: int, end: int) -> Iterator[Run]:
    """References to the rows from `first` up to `end`, as many at once as are worth it."""
    for start in range(first, end, RUN_ROWS):
        rows = range(start, min(start + RUN_ROWS, end))
        yield Run(replace(file, ordinal=file.ordinal + start), rows, array("q", [1]) * len(rows))


def row_format(
    name: str,
    claims: Callable[[Head], bool],
    scan: Callable[[Ref, BinaryIO | None], Iterator[SomeRecords]],
    row: Callable[[Ref], dict[str, Any]],
    place: Callable[[Ref], Reason],
    *,
    outlives_changes: bool = False,
) -> Format:
    """Return a binary format whose pages are rows. `row` raises SourceError; `place` names one for messages.

    A stored record is the row as a line of JSON, clipped: in the file its values lie apart.
    """

    def read(ref: Ref, limits: Limits, options: Options = _DEFAULT) -> RawPage:
        record = row(ref)
        return page(ref, record, partial(as_json, record), limits, options, place=lambda: place(ref))

    def fields(ref: Ref, _limits: Limits, options: Options) -> RecordFields | None:
        return NamedFields.of(row(ref), options)

    def stored(ref: Ref, limits: Limits) -> bytes:
        return as_json(row(ref))[: limits.page_bytes]

    return Format(
        name,
        7,
        claims,
        scan,
        read,
        is_binary=True,
        stored=stored,
        read_as=read,
        fields=fields,
        outlives_changes=outlives_changes,
    )


def row_at(ref: Ref) -> Reason:
    """Name a row by its number."""
    return Reason("row", {"row": ref.offset})


def value_of(scalar: Any) -> Any:
    """A value; what Python can't hold of it, such as a date in the year 300,000, as text."""
    import pyarrow

    try:
        return scalar.as_py()
    except (OverflowError, ValueError, pyarrow.ArrowException):
        pass
    if isinstance(scalar, pyarrow.StructScalar):
        return {scalar.type.field(at).name: value_of(scalar[at]) for at in range(len(scalar.type))}
    if isinstance(scalar, pyarrow.ListScalar):  # and all that are made of them, maps among them
        return [value_of(part) for part in scalar.values]
    if isinstance(scalar, pyarrow.StringScalar):
        return scalar.as_buffer().to_pybytes()  # no UTF-8
    return f"{getattr(scalar, 'value', '…')} ({scalar.type})"


def first_line(error: Exception) -> str | Reason:
    """What a library says of a failure, without what it goes on to say."""
    if isinstance(error, ReasonedError):
        return error.reason
    line = str(error).partition("\n")[0].rstrip(".")
    return Reason("encrypted_parquet") if "decrypt" in line.lower() else line
