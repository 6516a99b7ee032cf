"""HTML and XHTML files."""

from collections.abc import Iterator
from typing import BinaryIO

from tui.model import Limits, Ref
from tui.page import RawPage
from tui.sources._base import Source
from tui.sources._markup import is_html
from tui.sources._whole import read_whole
from tui.values import replace


def scan(whole: Ref, _below: BinaryIO | None = None) -> Iterator[Ref]:
    """Yield the file: it is one page."""
    yield replace(whole, format=SOURCE.name)


def read(ref: Ref, limits: Limits) -> RawPage:
    """Read the file's bytes. Raises SourceError if they can't be read."""
    return read_whole(ref, limits, "text/html")


SOURCE = Source("html", 20, is_html, scan, read, outlives_changes=True)
