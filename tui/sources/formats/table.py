"""Delimited tables, CSV and TSV: a row is a page, and the first row names the fields."""

from array import array
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO
from weakref import WeakKeyDictionary

from tui.core.model import Fields, Item, Limits, Ref
from tui.core.page import RawPage
from tui.core.problems import Problem, Reason
from tui.core.shelf import Run
from tui.sources.base import Head, Source, shown
from tui.sources.parsing.fields import page
from tui.sources.parsing.runs import in_columns
from tui.sources.parsing.table_rows import rows
from tui.sources.streams.opening import damaged_rows, kept_content, open_content, read_span
from tui.sources.streams.route import read_fully

HEADER_BYTES = 64 * 1024
"""Bytes at the start of a file in which its first row must end."""
_NAMES = (".csv", ".tsv", ".tab")
_DELIMITERS = ",\t;|"
_CHARSETS = ("utf-8-sig", "gb18030", "windows-1252")
"""In which rows are tried; the text of the page itself keeps its bytes where they are no UTF-8."""


def claims(head: Head) -> bool:
    """Say whether a file that is named like a table starts with a row of several fields."""
    first = head.start.partition(b"\n")[0]
    is_wide = b"\x00" in head.start  # UTF-16
    return head.name.lower().endswith(_NAMES) and not is_wide and any(sign.encode() in first for sign in _DELIMITERS)


def scan(whole: Ref, below: BinaryIO | None = None) -> Iterator[Item | Run]:
    """Yield references to all rows below the first. Raises SourceError if the file can't be read."""
    ordinal, start = whole.ordinal, whole.offset
    with open_content(whole, below) as stream:
        found = rows(stream)
        next(found, None)
        for offsets, lengths in in_columns(found):
            starts = array("q", map(start.__add__, offsets)) if start else offsets
            yield Run(replace(whole, ordinal=ordinal, format=SOURCE.name), starts, lengths)
            ordinal += len(offsets)
        yield from damaged_rows(stream, whole, ordinal)
    if ordinal == whole.ordinal:
        yield replace(whole, format="plain")


def more(whole: Ref) -> Iterator[Item]:
    """As in `Source`. Raises SourceError."""
    from tui.sources.streams.growing import growing

    with growing(whole) as stream:
        found = rows(stream, is_growing=True)
        if not whole.offset:
            next(found, None)
        for offset, length in found:
            yield Ref(whole.source, 0, SOURCE.name, whole.offset + offset, length, spool=whole.spool)


def read(ref: Ref, limits: Limits, fields: Fields = ()) -> RawPage:
    """Read one row; one that does not fit the first is read as far as it goes. Raises SourceError."""
    import csv

    stored, size = read_span(ref, limits.page_bytes)
    place = Reason("row_at", {"byte": ref.offset})
    names, delimiter = _header(ref)
    csv.field_size_limit(max(limits.page_bytes, HEADER_BYTES))
    text, charset = _decoded(stored)
    problems: tuple[Problem, ...] = ()
    try:
        values = _first_row(text, delimiter)
    except csv.Error as error:
        values = [text]
        problems = (_broken(ref, place, Reason("row_broken", {"error": str(error)})),)
    else:
        problems = _misfit(ref, place, len(values), len(names)) if size <= limits.page_bytes else ()
    record: dict[str, Any] = dict(zip(names, values, strict=False))
    if len(values) > len(names):
        record["(more)"] = values[len(names) :]
    found = page(ref, record, stored, limits, fields, problems, place=lambda: place)
    if charset == _CHARSETS[0]:
        return found
    # The bytes go on to where charsets are found out; what was read here is a first guess.
    if stored.startswith(found.payload):  # no field of text
        return replace(found, claims=())
    payload = found.payload.decode("utf-8").encode(charset, "replace")
    return replace(found, payload=payload, size=len(payload), claims=())


def _header(ref: Ref) -> tuple[list[str], str]:
    """Return the names of the fields and what separates them."""
    stream = kept_content(ref)
    if stream not in _first_rows:  # in an archive it may take long to go there and back for each row
        stream.seek(0)
        _first_rows[stream] = read_fully(stream, HEADER_BYTES).partition(b"\n")[0].rstrip(b"\r")
    text, _ = _decoded(_first_rows[stream])
    delimiter = max(_DELIMITERS, key=text.count)
    names = _first_row(text, delimiter)
    return [name.strip() or f"column {number}" for number, name in enumerate(names, 1)], delimiter


def _first_row(text: str, delimiter: str) -> list[str]:
    """Return the values up to the end of the first row, which a lone carriage return is as well. Raises csv.Error."""
    import csv
    import io

    return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])


_first_rows: "WeakKeyDictionary[BinaryIO, bytes]" = WeakKeyDictionary()
"""The first rows of the files that are kept open."""


def _decoded(stored: bytes) -> tuple[str, str]:
    for charset in _CHARSETS:
        try:
            return stored.decode(charset), charset
        except UnicodeDecodeError:
            continue
    return stored.decode("utf-8", "replace"), _CHARSETS[0]


def _misfit(ref: Ref, place: Reason, there: int, wanted: int) -> tuple[Problem, ...]:
    if there == wanted:
        return ()
    return (_broken(ref, place, Reason("row_misfit", {"there": there, "named": wanted})),)


def _broken(ref: Ref, place: Reason, reason: Reason) -> Problem:
    return Problem("broken_record", shown(ref.source), {"place": place, "reason": reason}, byte=ref.offset)


SOURCE = Source("table", 30, claims, scan, read, read_as=read, more=more)
