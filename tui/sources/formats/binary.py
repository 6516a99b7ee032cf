"""Files that are no text and of no known format: one page each, which says what it is. Only what was named is one."""

from collections.abc import Iterator
from typing import BinaryIO

from tui.core.model import Limits, Ref
from tui.core.page import RawPage
from tui.core.problems import Reason
from tui.core.values import replace
from tui.sources.base import HEAD_BYTES, Format
from tui.sources.parsing.magic import BINARY, binary_kind
from tui.sources.parsing.pages import read_file, unshown


def scan(file: Ref, _below: BinaryIO | None = None) -> Iterator[Ref]:
    """Yield the file: it is one page."""
    yield replace(file, format=FORMAT.name)


def read(ref: Ref, limits: Limits) -> RawPage:
    """Read a file as bytes. Raises SourceError if it can't be read."""
    page = read_file(ref, limits, "")
    return unshown(page, Reason(binary_kind(page.payload[:HEAD_BYTES]) or "nothing_known"))


# No file is recognised as one: a folder passes it over.
FORMAT = Format(BINARY, 99, lambda _head: False, scan, read, is_binary=True, outlives_changes=True)
