"""Finds the record that a WARC revisit stands for."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from tui.model import Problem, Ref
from tui.page import RawPage
from tui.sources._base import Aside, shown
from tui.sources._warc_record import headers, split, value

SEARCHED_RECORDS = 20_000
"""Records of the file that are looked at."""


def original(
    page: RawPage, scan: Callable[[Ref], Iterator[Ref | Aside]], record: Callable[[Ref], bytes]
) -> tuple[Ref, bytes] | Problem:
    """Return the reference and the block of the record that a revisit refers to, or say why it can't be found.

    It is told by its id or by its address and date; else the first with the same digest is taken.
    """
    wanted = value(page.warc, "WARC-Refers-To")
    address = value(page.warc, "WARC-Refers-To-Target-URI") or page.url or ""
    date = value(page.warc, "WARC-Refers-To-Date")
    digest = value(page.warc, "WARC-Payload-Digest")
    whole = replace(page.ref, offset=0, length=-1, ordinal=0)
    for number, found in enumerate(scan(whole)):
        ref = found.ref if isinstance(found, Aside) else found
        if number >= SEARCHED_RECORDS:
            return _unresolved(page, address, date, f"is not among the first {SEARCHED_RECORDS:,} records of this file")
        if ref.trouble or ref.offset == page.ref.offset:
            continue
        _, lines, block = split(record(ref))
        said = headers(lines)
        if value(said, "WARC-Type").lower() == "revisit":
            continue
        is_named = bool(wanted) and value(said, "WARC-Record-ID") == wanted
        is_same = bool(date) and (value(said, "WARC-Target-URI"), value(said, "WARC-Date")) == (address, date)
        if is_named or is_same or (digest and value(said, "WARC-Payload-Digest") == digest):
            return ref, block
    return _unresolved(page, address, date, "is not in this file; look for it in another file of the crawl")


def _unresolved(page: RawPage, address: str, date: str, why: str) -> Problem:
    where = f"{shown(page.ref.source)}: byte {page.ref.offset:,}"
    when = f" of {date}" if date else ""
    return Problem(
        "read", "revisit_unresolved", f"{where}: the page had not changed; its record{when} for {shown(address)} {why}"
    )
