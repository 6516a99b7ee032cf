"""Finds the record that a WARC revisit stands for."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from time import monotonic

from tui.core.errors import SourceError
from tui.core.model import Item, Ref
from tui.core.page import RawPage
from tui.core.problems import Problem, Reason, Values
from tui.sources.base import Aside, shown
from tui.sources.warcs.record import Headers, headers, split, value

SEARCH_S = 2.5
"""Seconds for looking; a page in the worker has twice as much."""
HEAD_BYTES = 16 * 1024
"""Bytes of a record in which its headers are looked for."""
_NAME = re.compile(r".*\.warc(?:\.gz|\.zst)?\Z", re.IGNORECASE)


def original(
    page: RawPage, scan: Callable[[Ref], Iterator[Item | Aside]], record: Callable[[Ref, int], bytes], limit_bytes: int
) -> tuple[Ref, bytes] | Problem:
    """Return the reference and the block of the record that a revisit refers to, or say why it can't be found.

    It is told by its id or by its address and date; else the first with the same digest is taken. It is looked for in the
    same file, and then in the others of the folder.
    """
    until = monotonic() + SEARCH_S
    count = 0
    for whole in _files(page.ref):
        try:
            for found in scan(whole):
                ref = found.ref if isinstance(found, Aside) else found
                count += 1
                if monotonic() > until:
                    return _unresolved(page, Reason("not_among_records", {"count": count, "seconds": SEARCH_S}))
                is_itself = (ref.source, ref.offset) == (page.ref.source, page.ref.offset)
                if (
                    isinstance(ref, Ref)
                    and not is_itself
                    and _is_original(page, headers(split(record(ref, HEAD_BYTES))[1]))
                ):
                    return ref, split(record(ref, limit_bytes))[2]
        except SourceError:
            continue  # a file that is no archive after all, or has gone
    return _unresolved(page, Reason("nowhere_near"))


def _is_original(page: RawPage, said: Headers) -> bool:
    if value(said, "WARC-Type").lower() == "revisit":
        return False
    wanted, digest = value(page.warc, "WARC-Refers-To"), value(page.warc, "WARC-Payload-Digest")
    date = value(page.warc, "WARC-Refers-To-Date")
    is_named = bool(wanted) and value(said, "WARC-Record-ID") == wanted
    is_same = bool(date) and (value(said, "WARC-Target-URI"), value(said, "WARC-Date")) == (_address(page), date)
    return is_named or is_same or (bool(digest) and value(said, "WARC-Payload-Digest") == digest)


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
    record = Reason("its_record_of" if date else "its_record", {"date": date, "address": shown(_address(page))})
    values: Values = {"byte": page.ref.offset, "record": record, "reason": why}
    return Problem("revisit_unresolved", shown(page.ref.source), values)
