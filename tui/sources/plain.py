"""Plain text: everything that is text and no other format."""

from collections.abc import Iterator
from typing import BinaryIO

from tui.model import Limits, Ref
from tui.page import RawPage
from tui.sources._base import Head, Source
from tui.sources._magic import binary_kind
from tui.sources._whole import read_whole
from tui.values import replace


def claims(head: Head) -> bool:
    """Say whether the file is text in some charset; an empty file is."""
    return not binary_kind(head.start)


def scan(whole: Ref, _below: BinaryIO | None = None) -> Iterator[Ref]:
    """Yield the file: it is one page."""
    yield replace(whole, format=SOURCE.name)


def read(ref: Ref, limits: Limits) -> RawPage:
    """Read the file's bytes. Raises SourceError if they can't be read."""
    return read_whole(ref, limits, "text/plain")


SOURCE = Source("plain", 90, claims, scan, read, outlives_changes=True)
