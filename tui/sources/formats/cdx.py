"""CDX and CDXJ indexes of web archives: each line is the page it points to, read from the WARC file if that is there."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from tui.core.model import Item, Limits, Ref
from tui.core.page import RawPage
from tui.core.problems import Reason, Value
from tui.core.shelf import Run
from tui.core.values import replace
from tui.sources.base import HEAD_BYTES, Aside, Format, Head, MixedRun
from tui.sources.formats import warc
from tui.sources.parsing.lines import in_columns, lines, runs
from tui.sources.parsing.pages import problem_in
from tui.sources.streams.files import path_of, printable
from tui.sources.streams.opening import damaged_rows, open_content, read_span
from tui.sources.streams.route import read_fully

_CDX_HEADER = re.compile(rb"[ \t]?CDX( [A-Za-z])+\s")
_HEADERS = re.compile(rb"(?:![^\n]*+\n|[ \t]?CDX(?: [A-Za-z])++[^\S\n]*+\n)*+")
"""Lines at the start that are no entries: of CDX, and of CDXJ (!meta, !OpenWayback-CDXJ)."""
_CDXJ_LINE = re.compile(rb"(?:![A-Za-z][^\n]*+\n)*+[^\s{!]+ \d{4,17} \{")
# Possessive: asked of every file, and a line of n commas without a parenthesis has 2ⁿ ways to be taken apart.
_CDX_LINE = re.compile(rb"[^\s,)]++(?:,[^\s,)]++)*+\)\S* \d{14} \S+ \S+ (?:\d{3}|-) \S+ ")
_ZIPNUM_LINE = re.compile(rb"[^\s,)]++(?:,[^\s,)]++)*+\)\S* \d{14}\t[^\t\n]++\t\d++\t\d++\t\d++\s")
"""Says in which block of another file the entries from a key on stand."""
_FIELDS_11 = "N b a m s k r M S V g"
"""The usual order of the fields of CDX: N key, b date, a address, m media type, s status, …, S length, V offset, g file."""
_NEAR = ("", "archive", "warc", "warcs", "../archive", "../warc", "../warcs")
"""Folders beside the index in which the WARC files may lie."""


class IndexLine(NamedTuple):
    """What a line of an index says."""

    url: str
    date: str
    """Fourteen digits."""
    file: str
    offset: int
    length: int
    """Compressed bytes of the record; -1: not stated."""


def claims(head: Head) -> bool:
    """Say whether the file starts like an index of either kind, or like one of the blocks of such."""
    start = head.start
    is_index = _CDX_HEADER.match(start) or _CDXJ_LINE.match(start) or _CDX_LINE.match(start)
    return bool(is_index or _ZIPNUM_LINE.match(start))


def scan(file: Ref, below: BinaryIO | None = None) -> Iterator[Item | Run | Aside]:
    """Yield a reference to each line that is an entry; an index of blocks, whose entries are in another file, is aside.

    Raises SourceError.
    """
    with open_content(file, below) as stream:
        head = read_fully(stream, HEAD_BYTES)
        if _ZIPNUM_LINE.match(head):
            yield Aside(replace(file, format="plain"))
            return
        match = _HEADERS.match(head)
        start = match.end() if match else 0
        stream.seek(0)
        entries = ((offset, length) for offset, length in lines(stream) if offset >= start)
        ordinal = yield from runs(file, FORMAT.name, in_columns(entries))
        yield from damaged_rows(stream, file, ordinal)


def found(file: Ref, folder: str) -> Iterator[Item | Run | MixedRun | Aside]:
    """Yield as `scan` does; what is in WARC files of the same folder is listed by these. Raises SourceError."""
    inside: dict[str, bool] = {}

    def is_inside(line: bytes) -> bool:
        entry = parse_line(line.decode("utf-8", "replace").strip())
        if entry is None:
            return False
        if entry.file not in inside:
            path = _near(file, entry.file)
            inside[entry.file] = path is not None and Path(path).resolve().is_relative_to(Path(folder).resolve())
        return inside[entry.file]

    for some in scan(file):
        if isinstance(some, Run):
            yield MixedRun(some, bytearray(not is_inside(read_span(ref, ref.length)[0]) for ref in some))
        else:
            yield some


def read(ref: Ref, limits: Limits) -> RawPage:
    """Read the record that the line points to; where it isn't there, the line is shown with the reason. Raises SourceError."""
    line = read_span(ref, limits.page_bytes)[0]
    text = line.decode("utf-8", "replace").strip()
    entry = parse_line(text)
    if entry is None:
        return _line(ref, line, "broken_record", reason=Reason("no_index_entry"))
    path = _near(ref, entry.file)
    if path is None:
        return _line(ref, line, "record_elsewhere", entry, file=printable(entry.file))
    length = entry.length if entry.length >= 0 else 1 << 40
    target = Ref(path, ref.ordinal, warc.FORMAT.name, entry.offset, length)
    return replace(warc.read(target, limits), ref=ref)


def parse_line(text: str) -> IndexLine | None:
    """Return what a line says, None if it is no entry.

    >>> parse_line('org,example)/ 20210305060708 {"url": "https://example.org/", "filename": "a.warc.gz", "offset": "12", "length": "9"}')
    IndexLine(url='https://example.org/', date='20210305060708', file='a.warc.gz', offset=12, length=9)
    """
    import json

    key, _, rest = text.partition(" ")
    date, _, rest = rest.partition(" ")
    try:
        if rest.startswith("{"):
            fields = json.loads(rest)
            return IndexLine(
                str(fields.get("url") or key),
                date,
                str(fields["filename"]),
                int(fields["offset"]),
                int(fields.get("length", -1)),
            )
        values = text.split()
        names = _FIELDS_11.split() if len(values) >= 11 else [name for name in _FIELDS_11.split() if name not in "MS"]
        table = dict(zip(names, values, strict=False))
        length = table.get("S", "-1")
        return IndexLine(table["a"], table["b"], table["g"], int(table["V"]), int(length) if length.isdecimal() else -1)
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        return None


def _near(ref: Ref, name: str) -> str | None:
    """Find the WARC file; only by its own name and in folders beside the index, since the index may be anybody's."""
    folder = os.path.dirname(path_of(ref))  # noqa: PTH120 - paths are plain strings all the way
    base = name.replace("\\", "/").rpartition("/")[2]
    if base in ("", ".", ".."):
        return None
    candidates = (os.path.normpath(os.path.join(folder, near, base)) for near in _NEAR)  # noqa: PTH118 - as above
    return next((path for path in candidates if os.path.isfile(path)), None)  # noqa: PTH113 - as above


def _line(ref: Ref, line: bytes, code: str, entry: IndexLine | None = None, **values: Value) -> RawPage:
    place = Reason("entry_at", {"byte": ref.offset})
    problem = problem_in(ref, code, None, place=place, **values)
    fetched = f"{entry.date[:4]}-{entry.date[4:6]}-{entry.date[6:8]}" if entry and len(entry.date) >= 8 else None
    return RawPage(
        ref, line, "text/plain", len(line), url=entry.url if entry else None, fetched=fetched, problems=(problem,)
    )


FORMAT = Format("cdx", 12, claims, scan, read, found=found)
