"""ARC files, in which archives kept the web before WARC: plain, or compressed by record or as a whole."""

from array import array
from collections.abc import Iterator
from functools import partial
from itertools import groupby, islice
from typing import BinaryIO

from tui.core.model import Item, Limits, Ref, Trouble
from tui.core.page import RawPage
from tui.core.problems import Reason, unreadable
from tui.core.shelf import Run
from tui.core.values import replace
from tui.sources.base import Format, Head, MixedRun
from tui.sources.formats.warc import HEADER_BYTES, opened_message
from tui.sources.parsing.lines import GROWTH, MOST_ROWS
from tui.sources.parsing.pages import problem_in
from tui.sources.streams.files import printable
from tui.sources.streams.opening import damaged_rows, open_content, read_span
from tui.sources.warcs import arc_record


def claims(head: Head) -> bool:
    """Say whether the file starts as ARC files do, or is named like one and has a record at its start or further on."""
    start = head.start.lstrip()
    is_named = head.name.lower().endswith(".arc")
    return start.startswith(b"filedesc://") or (is_named and arc_record.next_head(b"\n" + start) is not None)


def scan(file: Ref, below: BinaryIO | None = None) -> Iterator[Item | MixedRun]:
    """Yield references to all records, and a row for what is none. Raises SourceError."""
    like = replace(file, format=FORMAT.name)
    size = 1
    with open_content(file, below) as stream:
        for is_lost, group in groupby(arc_record.records(stream), lambda stretch: stretch.trouble is not None):
            while batch := list(islice(group, size)):
                if is_lost:
                    yield from (_lost(file, offset, length, reason) for offset, length, _, reason in batch if reason)
                    continue
                offsets, lengths, captures, _ = zip(*batch, strict=True)
                are_pages = bytearray(capture is not None for capture in captures)
                run = Run(like, array("q", offsets), array("q", lengths))
                yield MixedRun(run, are_pages, partial(list, captures))
                size = min(MOST_ROWS, size * GROWTH)
        yield from damaged_rows(stream, file, file.ordinal)


def _lost(file: Ref, offset: int, length: int, trouble: Reason) -> Trouble:
    reason = Reason("at_byte", {"byte": offset, "reason": trouble})
    return Trouble.at(replace(file, offset=offset, length=length), unreadable(reason, printable(file.source)))


def read(ref: Ref, limits: Limits) -> RawPage:
    """Read one record: of an HTTP response its body, free of its codings. Raises SourceError if the file can't be read."""
    record, _ = read_span(ref, limits.page_bytes + HEADER_BYTES)
    head = arc_record.parse_head(record)
    if head is None:
        reason = Reason("no_arc_record")
        broken = problem_in(ref, "broken_record", place=Reason("record_at", {"byte": ref.offset}), reason=reason)
        return RawPage(ref, record, "text/plain", len(record), problems=(broken,))
    block = record[head.size : head.size + head.length]
    date = head.date.decode()
    page = RawPage(
        ref,
        block,
        "text/plain",
        len(block),
        url=head.url.decode("utf-8", "replace"),
        fetched=f"{date[:4]}-{date[4:6]}-{date[6:8]}T{date[8:10]}:{date[10:12]}:{date[12:]}Z",
    )
    missing = head.size + head.length - ref.length
    if missing > 0:
        short = problem_in(
            ref, "short_record", missing, byte=ref.offset, there=head.length - missing, stated=head.length
        )
        page = replace(page, problems=(short,))
    return opened_message(page, head.media.decode("ascii", "replace"), limits)


FORMAT = Format("arc", 5, claims, scan, read, is_binary=True)
