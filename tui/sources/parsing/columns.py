"""Rows of files that hold columns, as Parquet and Arrow do: references that count rows, values as Python has them, and pages."""

from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from tui.core.errors import ReasonedError, SourceError
from tui.core.model import Limits, Options, Ref
from tui.core.page import RawPage
from tui.core.problems import Reason
from tui.core.shelf import Run
from tui.core.values import replace
from tui.sources.parsing.pages import as_json, page
from tui.sources.streams.files import printable
from tui.sources.streams.opening import display_name

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


def row_page(ref: Ref, record: dict[str, Any], limits: Limits, options: Options) -> RawPage:
    """The page of a row of columns."""
    return page(
        ref, record, partial(as_json, record), limits, options, place=lambda: Reason("row", {"row": ref.offset})
    )


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
