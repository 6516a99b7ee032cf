"""Labels and notes as lines of JSON or CSV that no spreadsheet runs, and read again."""

import csv
import io
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, BinaryIO

from tui.core.labels import is_name
from tui.core.model import Ref
from tui.export.documents import to_json
from tui.notebook.store import Decision, Known

COLUMNS = ("sha256", "source", "ordinal", "labels", "note", "title", "url", "at")
HEADER = ",".join(COLUMNS).encode() + b"\n"
"""The first line of a CSV."""
ENTRY_BYTES = 1024 * 1024
"""Bytes of one entry, which takes several lines of CSV if there are line ends in it; a page with its labels, note and title takes far less."""
_BOM = b"\xef\xbb\xbf"
"""Spreadsheets put it before what they save."""
_KINDS = {"sha256": str, "source": str, "ordinal": int, "labels": list, "note": str, "title": str, "at": str}
_RUN = re.compile(
    r"'*+[=+\-@\t\r\n\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}]"
)
"""How a cell begins that spreadsheets take for a formula, and what `harmless` has made of such a cell."""
_DIGITS = 20
"""More than these has no number that SQLite keeps."""
_Numbered = tuple[int, bytes | None]


def line(ref: Ref, decision: Decision, form: str) -> bytes:
    """Return what was decided about the page that lies there, as a line of `jsonl` or `csv`."""
    page = decision.page
    labels = " ".join(decision.labels) if form == "csv" else list(decision.labels)
    values = (page.key, ref.source, ref.ordinal, labels, decision.note, page.title, page.url, decision.at)
    return csv_line(values) if form == "csv" else to_json(dict(zip(COLUMNS, values, strict=True))).encode() + b"\n"


def csv_line(values: Iterable[object]) -> bytes:
    """Return a line of CSV in UTF-8, its cells harmless. A lone surrogate becomes `?`."""
    line = io.StringIO()
    csv.writer(line).writerow(harmless(value) if isinstance(value, str) else value for value in values)
    return line.getvalue().removesuffix("\r\n").encode("utf-8", "replace") + b"\n"


def harmless(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would run, as OWASP's "CSV Injection" says; `as_meant` takes it away.

    >>> harmless("=1+1"), harmless("'=1+1"), harmless("'tis"), harmless("7")
    ("'=1+1", "''=1+1", "'tis", '7')
    """
    return f"'{cell}" if _RUN.match(cell) else cell


def as_meant(cell: str) -> str:
    """Return the cell of which `harmless` made this one.

    >>> as_meant("'=1+1"), as_meant("''=1+1"), as_meant("'tis")
    ('=1+1', "'=1+1", "'tis")
    """
    return cell[1:] if cell[:1] == "'" and _RUN.match(cell) else cell


def read(file: BinaryIO) -> Iterator[tuple[int, Decision | None]]:
    """Yield (number of its first line from 1, what it says) for each entry of such a file; None: it says nothing of the kind."""
    lines = _lines(file)
    first = next(lines, None)
    if first is None:
        return
    start = first[1] or b""
    if start.removeprefix(_BOM).rstrip() == HEADER.rstrip():
        yield from _of_csv(lines)
    else:
        yield from _of_json(chain((first,), lines))


def _lines(file: BinaryIO) -> Iterator[_Numbered]:
    """Each with its number; None: it is longer than an entry may be."""
    number = 0
    while line := file.readline(ENTRY_BYTES + 1):
        number += 1
        is_whole = len(line) <= ENTRY_BYTES
        while not line.endswith(b"\n") and (rest := file.readline(ENTRY_BYTES)):
            line = rest  # only its end is looked for
        yield number, line if is_whole else None


def _of_json(lines: Iterable[_Numbered]) -> Iterator[tuple[int, Decision | None]]:
    for number, entry in lines:
        if entry is None:
            yield number, None
        elif entry.strip():
            try:
                row = json.loads(entry)
            except (ValueError, RecursionError):
                row = None
            yield number, _decision(row) if isinstance(row, dict) else None


def _of_csv(lines: Iterator[_Numbered]) -> Iterator[tuple[int, Decision | None]]:
    """An entry goes on while a quotation is open. One that never closes costs its first line only."""
    csv.field_size_limit(ENTRY_BYTES)
    again: deque[_Numbered] = deque()
    while entry := list(_entry(chain(_taken(again), lines))):
        number, first = entry[0]
        parts = [part for _, part in entry if part is not None]
        if len(parts) < len(entry) or sum(part.count(b'"') for part in parts) % 2:
            again.extendleft(reversed(entry[1:]))
            yield number, None
        elif first != b"\n":
            yield number, _of_cells(b"".join(parts))


def _taken(lines: deque[_Numbered]) -> Iterator[_Numbered]:
    while lines:
        yield lines.popleft()


def _entry(lines: Iterator[_Numbered]) -> Iterator[_Numbered]:
    quotes = size = 0
    for number, part in lines:
        yield number, part
        size += len(part or b"")
        quotes += (part or b"").count(b'"')
        if part is None or not quotes % 2 or size > ENTRY_BYTES:
            return


def _of_cells(entry: bytes) -> Decision | None:
    try:
        rows = list(csv.reader(io.StringIO(entry.decode(), newline=""), strict=True))
    except (ValueError, csv.Error):
        return None
    if len(rows) != 1 or len(rows[0]) != len(COLUMNS):
        return None
    row: dict[str, Any] = dict(zip(COLUMNS, map(as_meant, rows[0]), strict=True))
    is_number = row["ordinal"].isascii() and row["ordinal"].isdecimal() and len(row["ordinal"]) < _DIGITS
    row |= {"ordinal": int(row["ordinal"]) if is_number else None, "labels": row["labels"].split()}
    return _decision({**row, "url": row["url"] or None})


def _decision(row: Mapping[str, Any]) -> Decision | None:
    if not all(type(row.get(name)) is kind for name, kind in _KINDS.items()) or not row["sha256"]:
        return None
    if not all(isinstance(name, str) and is_name(name) for name in row["labels"]):
        return None
    url = row.get("url")
    if not isinstance(url, str | None) or not 0 <= row["ordinal"] < 2**63:
        return None
    page = Known(row["sha256"], Ref(row["source"], row["ordinal"]), row["title"], url)
    return Decision(page, tuple(sorted(set(row["labels"]))), row["note"], row["at"])
