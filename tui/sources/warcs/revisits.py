"""Finds the record that a WARC revisit stands for."""

import os
import re
from collections.abc import Callable, Iterator
from time import monotonic

from tui.core.errors import SourceError
from tui.core.model import Ref
from tui.core.page import RawPage
from tui.core.problems import Problem, Reason, Values
from tui.core.values import replace
from tui.sources.base import Record, ref_of
from tui.sources.streams.files import printable
from tui.sources.warcs.record import HeaderLines, headers, split, value

SEARCH_S = 2.5
"""Seconds for looking; a page in the worker has twice as much."""
HEAD_BYTES = 16 * 1024
"""Bytes of a record in which its headers are looked for."""
_NAME = re.compile(r".*\.warc(?:\.gz|\.zst)?\Z", re.IGNORECASE)


def original(
    page: RawPage, scan: Callable[[Ref], Iterator[Record]], content: Callable[[Ref, int], bytes], limit_bytes: int
) -> tuple[Ref, bytes] | Problem:
    """Return the reference and the block of the record that a revisit refers to, or say why it can't be found.

    It is told by its id or by its address and date; else the first with the same digest is taken. It is looked for in the
    same file, and then in the others of the folder.
    """
    until = monotonic() + SEARCH_S
    count = 0
    for file in _files(page.ref):
        try:
            for record in scan(file):
                ref = ref_of(record)
                count += 1
                if monotonic() > until:
                    return _unresolved(page, Reason("not_among_records", {"count": count, "seconds": SEARCH_S}))
                is_itself = (ref.source, ref.offset) == (page.ref.source, page.ref.offset)
                if (
                    isinstance(ref, Ref)
                    and not is_itself
                    and _is_original(page, headers(split(content(ref, HEAD_BYTES))[1]))
                ):
                    return ref, split(content(ref, limit_bytes))[2]
        except SourceError:
            continue  # a file that is no archive after all, or has gone
    return _unresolved(page, Reason("nowhere_near"))


def _is_original(page: RawPage, lines: HeaderLines) -> bool:
    if value(lines, "WARC-Type").lower() == "revisit":
        return False
    wanted, digest = value(page.warc, "WARC-Refers-To"), value(page.warc, "WARC-Payload-Digest")
    date = value(page.warc, "WARC-Refers-To-Date")
    is_named = bool(wanted) and value(lines, "WARC-Record-ID") == wanted
    is_same = bool(date) and (value(lines, "WARC-Target-URI"), value(lines, "WARC-Date")) == (_address(page), date)
    return is_named or is_same or (bool(digest) and value(lines, "WARC-Payload-Digest") == digest)


def _address(page: RawPage) -> str:
    return value(page.warc, "WARC-Refers-To-Target-URI") or page.url or ""


def _files(ref: Ref) -> Iterator[Ref]:
    """The file itself, and the other archives in its folder if it lies in one."""
    yield replace(ref, offset=0, length=-1, ordinal=0)
    if ref.route or ref.spool or "://" in ref.source:
        return
    folder, own = os.path.split(ref.source)
    try:
        names = sorted(name for name in os.listdir(folder or ".") if name != own and _NAME.match(name))  # noqa: PTH208 - as below
    except OSError:
        return
    for name in names:
        yield Ref(os.path.join(folder, name), 0)  # noqa: PTH118 - paths are plain strings all the way


def _unresolved(page: RawPage, why: Reason) -> Problem:
    date = value(page.warc, "WARC-Refers-To-Date")
    record = Reason("its_record_of" if date else "its_record", {"date": date, "address": printable(_address(page))})
    values: Values = {"byte": page.ref.offset, "record": record, "reason": why}
    return Problem("revisit_unresolved", printable(page.ref.source), values)
