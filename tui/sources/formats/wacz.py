"""WACZ files: web archives in a zip, of which the WARC files are the pages."""

from collections.abc import Iterator
from typing import BinaryIO

from tui.core.model import Ref, Trouble
from tui.core.problems import Reason, unreadable
from tui.sources.base import Format, Head, Record
from tui.sources.formats import archive
from tui.sources.streams.opening import display_name

_MEMBERS = (b"archive/", b"datapackage.json", b"pages/pages.jsonl", b"indexes/")


def claims(head: Head) -> bool:
    """Say whether the file is a zip archive that is named as WACZ, or starts with a member that one has."""
    is_named = head.name.lower().endswith(".wacz")
    return archive.is_zip(head) and (is_named or head.start[30:].startswith(_MEMBERS))


def scan(file: Ref, below: BinaryIO | None = None) -> Iterator[Record]:
    """Yield the records of its WARC files; indexes, lists and logs beside them repeat what these say. Raises SourceError."""
    is_empty = True
    for record in archive.zip_pages(file, below, lambda name: name.startswith("archive/")):
        is_empty = False
        yield record
    if is_empty:
        yield Trouble.at(file, unreadable(Reason("no_archive_folder"), display_name(file)))


FORMAT = Format("wacz", 4, claims, scan, archive.read, is_binary=True)
