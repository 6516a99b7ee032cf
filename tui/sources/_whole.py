"""Pages that are a whole file."""

from tui.model import Limits, Problem, Ref
from tui.page import RawPage
from tui.sources._base import shown
from tui.sources._streams import kept_content, lost, read_span


def read_whole(ref: Ref, limits: Limits, media: str) -> RawPage:
    """Read a file that is one page. Raises SourceError if it can't be read."""
    payload, size = read_span(ref, limits.page_bytes)
    damage = lost(kept_content(ref), ref)
    problems = (*damage, *bounds(ref, len(payload), size)) if payload or not damage else tuple(damage)
    return RawPage(ref, payload, media, size, size - len(payload), problems=problems)


def bounds(ref: Ref, read_bytes: int, size_bytes: int) -> tuple[Problem, ...]:
    """Say that a page is empty or was clipped."""
    if size_bytes == 0:
        return (Problem("read", "empty", f"{shown(ref.source)}: the page is empty; nothing can be shown"),)
    if read_bytes < size_bytes:
        said = f"{shown(ref.source)}: only the first {read_bytes:,} of {size_bytes:,} bytes are read; another program has to show the rest"
        return (Problem("read", "clipped", said, byte=ref.offset + read_bytes, lost=size_bytes - read_bytes),)
    return ()
