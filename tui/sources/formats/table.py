"""Delimited tables, CSV and TSV: a row is a page, and the first row names the fields."""

from collections import deque
from collections.abc import Iterator
from typing import Any, BinaryIO

from tui.core.model import Item, Limits, Options, Ref
from tui.core.page import RawPage
from tui.core.problems import Problem, Reason
from tui.core.shelf import Run
from tui.core.values import replace
from tui.sources.base import Format, Head
from tui.sources.parsing.lines import chunks, in_columns, runs
from tui.sources.parsing.pages import page, problem_in
from tui.sources.parsing.wording import ascii_of, byte_order, characters, record_wording
from tui.sources.streams.opening import damaged_rows, kept_content, once_a_stream, open_content, read_span
from tui.sources.streams.route import read_fully

HEADER_BYTES = 64 * 1024
"""Bytes at the start of a file in which its first row must end."""
_NAMES = (".csv", ".tsv", ".tab")
_DELIMITERS = ",\t;|"
_DEFAULT = Options()
QUOTE = b'"'
LONGEST_ROW_LINES = 5000
"""Lines after which a quote that is still open is taken for a stray one."""


def claims(head: Head) -> bool:
    """Say whether a file that is named like a table starts with a row of several fields."""
    first = ascii_of(head.start).partition(b"\n")[0]
    return head.name.lower().endswith(_NAMES) and any(sign.encode() in first for sign in _DELIMITERS)


def scan(file: Ref, below: BinaryIO | None = None) -> Iterator[Item | Run]:
    """Yield references to all rows below the first. Raises SourceError if the file can't be read."""
    with open_content(file, below) as stream:
        text, width = characters(stream, byte_order(stream))
        spans = rows(text)
        next(spans, None)
        ordinal = yield from runs(file, FORMAT.name, in_columns(spans), width)
        yield from damaged_rows(stream, file, ordinal)
    if ordinal == file.ordinal:
        yield replace(file, format="plain")


def more(file: Ref) -> Iterator[Item]:
    """Yield the rows from the offset on. Raises SourceError."""
    from tui.sources.streams.growing import growing

    with open_content(replace(file, offset=0)) as stream:
        order = byte_order(stream)
    with growing(file) as stream:
        text, width = characters(stream, order)
        spans = rows(text, is_growing=True)
        if not file.offset:
            next(spans, None)
        for run in runs(file, FORMAT.name, in_columns(spans), width):
            yield from run


def rows(stream: BinaryIO, is_growing: bool = False) -> Iterator[tuple[int, int]]:
    """Yield (offset, length) of each row that is not blank, in bytes and without its line end.

    A row goes on over line ends while a quote is open. A quote that is never closed costs its own line only. Of a
    stream that is growing, a last row that may go on is left out.
    """
    lines = _counted(stream, is_growing)
    again: deque[tuple[int, int, int]] = deque()
    while True:
        pending: list[tuple[int, int, int]] = []
        quotes = 0
        while len(pending) < LONGEST_ROW_LINES:
            line = again.popleft() if again else next(lines, None)
            if line is None:
                break
            pending.append(line)
            quotes += line[2]
            if quotes % 2 == 0:
                break
        if not pending or (line is None and is_growing):
            return
        start, length, _ = pending[0]
        if quotes % 2:
            again.extendleft(reversed(pending[1:]))
        else:
            length = pending[-1][0] + pending[-1][1] - start
        yield start, length


def _counted(stream: BinaryIO, is_growing: bool) -> Iterator[tuple[int, int, int]]:
    """Yield (offset, length, quotes) of each line, blank ones left out, and of a growing stream one without its end."""
    start = at = quotes = 0  # of the line; of the chunk; in the line
    ink = 0
    for chunk in chunks(stream):
        place = 0
        while (end := chunk.find(b"\n", place)) >= 0:
            ink += len(chunk[place:end].strip())
            if ink:
                yield start, at + end - start, quotes + chunk.count(QUOTE, place, end)
            place, start, quotes, ink = end + 1, at + end + 1, 0, 0
        quotes += chunk.count(QUOTE, place)
        ink += len(chunk[place:].strip())
        at += len(chunk)
    if ink and not is_growing:
        yield start, at - start, quotes


def read(ref: Ref, limits: Limits, options: Options = _DEFAULT) -> RawPage:
    """Read one row; one that does not fit the first is read as far as it goes. Raises SourceError."""
    import csv

    stored, size = read_span(ref, limits.page_bytes)
    place = Reason("row_at", {"byte": ref.offset})
    names, delimiter = _header(ref, options.charset)
    csv.field_size_limit(max(limits.page_bytes, HEADER_BYTES))
    said = record_wording(ref, stored, options.charset)
    problems = said.problems
    try:
        values = _first_row(said.text, delimiter)
    except csv.Error as error:
        values = [said.text]
        problems += (_broken(ref, place, Reason("row_broken", {"error": str(error)})),)
    else:
        problems += _misfit(ref, place, len(values), len(names)) if size <= limits.page_bytes else ()
    record: dict[str, Any] = dict(zip(names, values, strict=False))
    if len(values) > len(names):
        record["(more)"] = values[len(names) :]
    return page(ref, record, lambda: stored, limits, options, problems, place=lambda: place, of=said)


def _header(ref: Ref, charset: str | None) -> tuple[list[str], str]:
    """Return the names of the fields and what separates them."""
    text = record_wording(ref, _first_line(kept_content(ref)), charset).text
    delimiter = max(_DELIMITERS, key=text.count)
    names = _first_row(text, delimiter)
    return [name.strip() or f"column {number}" for number, name in enumerate(names, 1)], delimiter


@once_a_stream  # in an archive it may take long to go there and back for each row
def _first_line(stream: BinaryIO) -> bytes:
    order = byte_order(stream)
    text, width = characters(stream, order)
    end = text.read(HEADER_BYTES // width).partition(b"\n")[0].rstrip(b"\r")
    stream.seek(0)
    return read_fully(stream, len(end) * width)


def _first_row(text: str, delimiter: str) -> list[str]:
    """Return the values up to the end of the first row, which a lone carriage return is as well. Raises csv.Error."""
    import csv
    import io

    return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])


def _misfit(ref: Ref, place: Reason, there: int, wanted: int) -> tuple[Problem, ...]:
    if there == wanted:
        return ()
    return (_broken(ref, place, Reason("row_misfit", {"there": there, "named": wanted})),)


def _broken(ref: Ref, place: Reason, reason: Reason) -> Problem:
    return problem_in(ref, "broken_record", place=place, reason=reason)


FORMAT = Format("table", 30, claims, scan, read, read_as=read, more=more)
