"""WACZ files: web archives in a zip, of which the WARC files are the pages."""

from collections.abc import Iterator
from typing import BinaryIO

from tui.core.model import Item, Ref
from tui.sources.base import Aside, Head, Source
from tui.sources.formats import archive

_MEMBERS = (b"archive/", b"datapackage.json", b"pages/pages.jsonl", b"indexes/")


def claims(head: Head) -> bool:
    """Say whether the file is a zip archive that is named as WACZ, or starts with a member that one has."""
    is_named = head.name.lower().endswith(".wacz")
    return archive.is_zip(head) and (is_named or head.start[30:].startswith(_MEMBERS))


def scan(whole: Ref, below: BinaryIO | None = None) -> Iterator[Item | Aside]:
    """Yield the records of its WARC files; indexes, lists and logs beside them repeat what these say. Raises SourceError."""
    yield from archive.zip_pages(whole, below, lambda name: name.startswith("archive/"))


SOURCE = Source("wacz", 4, claims, scan, archive.read, is_binary=True)
