"""Delimited tables, CSV and TSV: a row is a page, and the first row names the fields, if it looks like that."""

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

from tui.core.model import Fields, Item, Limits, Options, Ref
from tui.core.page import RawPage, RecordFields
from tui.core.problems import Problem, Reason
from tui.core.records import MEANT, moment
from tui.core.shelf import Run
from tui.core.values import dataclass, replace
from tui.sources.base import Format, Head
from tui.sources.parsing.lines import chunks, in_columns, runs
from tui.sources.parsing.pages import NamedFields, page, problem_in, read_file
from tui.sources.parsing.record_names import ANSWERED, ASKED, BODY_FIELDS, FETCHED_FIELDS, TITLE_FIELDS, URL_FIELDS
from tui.sources.parsing.wording import Wording, ascii_of, characters, coding, record_wording, wording
from tui.sources.streams.opening import damaged_rows, kept_content, once_a_stream, open_content, read_span
from tui.sources.streams.route import read_fully

HEADER_BYTES = 64 * 1024
"""Bytes at the start of a file in which its first row must end."""
_NAMES = (".csv", ".tsv", ".tab")
_SEPARATOR_ROW = re.compile(rb'\A[\xef\xbb\xbf\xff]{0,3}"?sep=([^"\r\n])"?\r?\Z')
"""What Excel is told by in a row of its own."""
_OPENING = re.compile(rb'(?:[,\t;|]|\xef\xbb\xbf|\xff)"')
"""A quote that opens a field: it stands at its start."""
_KNOWN = frozenset(
    name.lower() for name in (*BODY_FIELDS, *TITLE_FIELDS, *URL_FIELDS, *FETCHED_FIELDS, *ASKED, *ANSWERED, *MEANT)
)
SAMPLE_ROWS = 20
"""Rows at the start of a table by which its columns are judged."""
_MOST_NAME, _MOST_WORDS = 60, 6
"""Code points and words of a name of a column."""
_DELIMITERS = ",\t;|"
_DEFAULT = Options()
QUOTE = b'"'
LONGEST_ROW_LINES = 5000
"""Lines after which a quote that is still open is taken for a stray one."""


def claims(head: Head) -> bool:
    """Say whether a file that is named like a table starts with a row of several fields, or of the name of one with text."""
    if not head.name.lower().endswith(_NAMES):
        return False
    first = next((line for line in _LINE_END.split(ascii_of(head.start)) if line.strip()), b"")
    return any(sign.encode() in first for sign in _DELIMITERS) or _bare(first) in _KNOWN


_LINE_END = re.compile(rb"[\r\n]")


def _bare(cell: bytes) -> str:
    return cell.decode("utf-8", "replace").strip('\ufeff" ').lower()


@dataclass(frozen=True, slots=True, eq=False)
class _Top:
    """How a table begins."""

    start: int
    """Byte of its first row."""
    first: bytes
    """That row, or its first 64 kB: the names of the fields, unless `is_bare`."""
    sample: bytes
    """The rows behind it, as far as they are looked at."""
    line_end: bytes
    """What ends its rows, as a character of ASCII."""
    delimiter: str
    is_bare: bool
    """Its first row names no fields."""
    rows_at: int
    """Byte at which what isn't the names of fields begins."""


@once_a_stream  # in an archive it may take long to go there and back for each row
def _top(stream: BinaryIO) -> _Top:
    order = coding(stream)
    text, width = characters(stream, order)
    head = read_fully(text, HEADER_BYTES // width)
    line_end = b"\n" if b"\n" in _QUOTED.sub(b"", head) or b"\r" not in head else b"\r"
    spans = list(islice(rows(io.BytesIO(head), line_end=line_end), SAMPLE_ROWS + 2))
    told = _SEPARATOR_ROW.match(head[: spans[0][1]]) if spans and not spans[0][0] else None
    spans = spans[1:] if told else spans
    start, length = spans[0] if spans else (0, 0)
    behind = spans[1:-1] if len(spans) > 2 else spans[1:]  # the last may be cut
    stream.seek(start * width)
    first = read_fully(stream, length * width)
    sample = read_fully(stream, sum(behind[-1]) * width - start * width - length * width) if behind else b""
    names, others = wording(first).text, wording(sample).text
    delimiter = told[1].decode("latin-1") if told else _delimiter(names, others)
    is_whole = start + length < len(head) or len(head) < HEADER_BYTES // width
    is_bare = is_whole and not _are_names(_first_row(names, delimiter))
    if not is_whole:
        text.seek(0)
        start, length = next(rows(text, line_end=line_end))
    rows_at = start if is_bare else start + length + 1
    return _Top(start * width, first, sample, line_end, delimiter, is_bare, rows_at * width)


_QUOTED = re.compile(rb'"[^"]*+"')


def _delimiter(first: str, others: str) -> str:
    """What parts the fields: where the rows have as many of them as the first, and where that has most."""

    def agreement(delimiter: str) -> tuple[float, int]:
        count = len(_first_row(first, delimiter))
        counts = [len(row) for row in _sampled(others, delimiter)]
        share = sum(each == count for each in counts) / len(counts) if counts else 1.0
        return (share if count > 1 else -1.0, count)

    return max(_DELIMITERS, key=agreement)


def _sampled(text: str, delimiter: str) -> list[list[str]]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [row for row in islice(rows, SAMPLE_ROWS) if row]
    except csv.Error:
        return []


def _are_names(cells: list[str]) -> bool:
    """Whether a row names the fields: one name is known, or nothing looks like what fields hold."""
    bare = [cell.strip().removeprefix("\ufeff").lower() for cell in cells]
    if any(cell in _KNOWN for cell in bare) or bare == [str(number) for number in range(len(bare))]:
        return True
    return not any(_is_content(cell) for cell in bare)


def _is_content(cell: str) -> bool:
    if "://" in cell or _NUMBER.fullmatch(cell) or moment(cell):
        return True
    is_sentence = (" " in cell and cell.endswith((".", "!"))) or any(sign in cell for sign in "，。；！？")
    return is_sentence or len(cell) > _MOST_NAME or len(cell.split()) > _MOST_WORDS


_NUMBER = re.compile(r"[+-]?\d{1,30}(?:[.,]\d{1,30})?%?")


def scan(file: Ref, below: BinaryIO | None = None) -> Iterator[Item | Run]:
    """Yield references to all rows below the names of the fields. Raises SourceError if the file can't be read."""
    with open_content(file, below) as stream:
        top = _top(stream)
        stream.seek(0)
        text, width = characters(stream, coding(stream))
        spans = rows(text, line_end=top.line_end)
        behind = (span for span in spans if span[0] * width >= top.rows_at)
        ordinal = yield from runs(file, FORMAT.name, in_columns(behind), width)
        yield from damaged_rows(stream, file, ordinal)
    if ordinal == file.ordinal:
        yield replace(file, format=FORMAT.name)


def more(file: Ref) -> Iterator[Item]:
    """Yield the rows from the offset on. Raises SourceError."""
    from tui.sources.streams.growing import growing

    with open_content(replace(file, offset=0)) as stream:
        top, order = _top(stream), coding(stream)
    with growing(file) as stream:
        text, width = characters(stream, order)
        spans = rows(text, is_growing=True, line_end=top.line_end)
        behind = (span for span in spans if file.offset + span[0] * width >= top.rows_at)
        for run in runs(file, FORMAT.name, in_columns(behind), width):
            yield from run


def rows(stream: BinaryIO, is_growing: bool = False, line_end: bytes = b"\n") -> Iterator[tuple[int, int]]:
    """Yield (offset, length) of each row that is not blank, in bytes and without its line end.

    A row goes on over line ends while a quote is open that stood at the start of a field. A quote that is never closed
    costs its own line only. Of a stream that is growing, a last row that may go on is left out.
    """
    lines = _counted(stream, is_growing, line_end)
    again: deque[_Line] = deque()
    while True:
        pending: list[_Line] = []
        quotes = 0
        while len(pending) < LONGEST_ROW_LINES:
            line = again.popleft() if again else next(lines, None)
            if line is None:
                break
            quotes += line[2] if pending or line[3] else 0
            pending.append(line)
            if quotes % 2 == 0:
                break
        if not pending or (line is None and is_growing):
            return
        start, length, _, _ = pending[0]
        if quotes % 2:
            again.extendleft(reversed(pending[1:]))
        else:
            length = pending[-1][0] + pending[-1][1] - start
        yield start, length


_Line = tuple[int, int, int, bool]
"""Offset and length of a line, its quotes, and whether one of them opens a field."""


def _counted(stream: BinaryIO, is_growing: bool, line_end: bytes) -> Iterator[_Line]:
    """Yield each line, blank ones left out, and of a growing stream one without its end."""
    start = at = quotes = 0  # of the line; of the chunk; in the line
    ink, is_opened, before = 0, False, b","

    def look(part: bytes) -> None:
        nonlocal ink, quotes, is_opened, before
        ink += len(part.strip())
        if count := part.count(QUOTE):
            quotes += count
            is_opened = is_opened or bool(_OPENING.search(before + part))
        before = part[-1:] or before

    for chunk in chunks(stream):
        place = 0
        while (end := chunk.find(line_end, place)) >= 0:
            look(chunk[place:end])
            if ink:
                yield start, at + end - start, quotes, is_opened
            place, start = end + 1, at + end + 1
            quotes, ink, is_opened, before = 0, 0, False, b","
        look(chunk[place:])
        at += len(chunk)
    if ink and not is_growing:
        yield start, at - start, quotes, is_opened


def read(ref: Ref, limits: Limits, options: Options = _DEFAULT) -> RawPage:
    """Read one row; one that does not fit the first is read as far as it goes. Raises SourceError.

    Of a file without rows, what there is of it is shown.
    """
    if ref.length < 0:
        whole = read_file(ref, limits, "text/plain")
        return replace(whole, problems=(problem_in(ref, "no_rows"), *whole.problems)) if whole.payload else whole
    row = _row(ref, limits, options)
    place, said, problems = row.place, row.said, row.problems
    if row.is_whole and not row.is_broken:
        problems += _misfit(ref, place, len(row.values), len(row.names))
    return page(ref, row.record(), lambda: row.stored, limits, row.options, problems, place=lambda: place, of=said)


def fields(ref: Ref, limits: Limits, options: Options) -> RecordFields | None:
    """Return what a row in UTF-8 says of its page; None: that takes reading it. Raises SourceError."""
    if ref.length < 0:
        return None
    row = _row(ref, limits, options)
    is_plain = row.is_whole and not row.is_broken and row.said.charset is None and len(row.values) == len(row.names)
    return NamedFields.of(row.record(), row.options) if is_plain else None


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """A row as it lies there, and what its cells are."""

    place: Reason
    stored: bytes
    is_whole: bool
    """All of it was read."""
    said: Wording
    names: list[str]
    values: list[str]
    is_broken: bool
    """It can't be parted into cells."""
    options: Options
    """With the names of what the first row names by no word."""
    problems: tuple[Problem, ...]

    def record(self) -> dict[str, Any]:
        record: dict[str, Any] = dict(zip(self.names, self.values, strict=False))
        if len(self.values) > len(self.names):
            record["(more)"] = self.values[len(self.names) :]
        return record


def _row(ref: Ref, limits: Limits, options: Options) -> _Row:
    """Read one row. Raises SourceError."""
    stored, size = read_span(ref, limits.of_record)
    place = Reason("row_at", {"byte": ref.offset})
    top = _top(kept_content(ref))
    first = _first_row(record_wording(ref, top.first, options.charset).text, top.delimiter)
    names = [(not top.is_bare and name.strip()) or f"column {number}" for number, name in enumerate(first, 1)]
    csv.field_size_limit(max(limits.of_record, HEADER_BYTES))
    said = record_wording(ref, stored, options.charset)
    problems = said.problems
    if top.is_bare:
        options = replace(options, fields=(*_roles(top, first), *options.fields))
        problems += (problem_in(ref, "columns_unnamed", place=place),) if ref.offset == top.start else ()
    is_broken = False
    try:
        values = _first_row(said.text, top.delimiter)
    except csv.Error as error:
        values, is_broken = [said.text], True
        problems += (_broken(ref, place, Reason("row_broken", {"error": str(error)})),)
    return _Row(place, stored, size <= limits.of_record, said, names, values, is_broken, options, problems)


def _roles(top: _Top, first: list[str]) -> Fields:
    """Which columns hold address and text where no row names them: what looks like one, and the longest of the others."""
    sizes = [len(cell) for cell in first]
    for row in _sampled(wording(top.sample).text, top.delimiter):
        sizes = [size + len(cell) for size, cell in zip(sizes, row, strict=False)] + sizes[len(row) :]
    url = next((number for number, cell in enumerate(first) if _ADDRESS.match(cell)), -1)
    text = max((number for number in range(len(first)) if number != url), key=sizes.__getitem__, default=0)
    return (("body", f"column {text + 1}"), *([("url", f"column {url + 1}")] if url >= 0 else []))


_ADDRESS = re.compile(r"\s?https?://")


def _first_row(text: str, delimiter: str) -> list[str]:
    """Return the values up to the end of the first row, which a lone carriage return is as well. Raises csv.Error.

    NULs at the ends of a value are what a database padded it with.
    """
    row = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    return [value.strip("\0") for value in row] if "\0" in text else row


def _stored(ref: Ref, limits: Limits) -> bytes:
    """Return a row as it lies there; of the empty stretch at the start, what stands before the first row. Raises SourceError."""
    if not ref.length:
        ref = replace(ref, offset=0, length=_top(kept_content(ref)).rows_at)
    return read_span(ref, limits.page_bytes)[0]


def _misfit(ref: Ref, place: Reason, there: int, wanted: int) -> tuple[Problem, ...]:
    if there == wanted:
        return ()
    return (_broken(ref, place, Reason("row_misfit", {"there": there, "named": wanted})),)


def _broken(ref: Ref, place: Reason, reason: Reason) -> Problem:
    return problem_in(ref, "broken_record", place=place, reason=reason)


FORMAT = Format("table", 30, claims, scan, read, stored=_stored, read_as=read, more=more, fields=fields)
