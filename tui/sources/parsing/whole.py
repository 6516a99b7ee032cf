"""Pages that are a whole file."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO

from tui.core.model import Limits, Ref
from tui.core.page import RawPage
from tui.core.problems import Problem, Reason, Values
from tui.core.values import replace
from tui.sources.base import Head, Source, shown
from tui.sources.streams.opening import kept_content, lost, read_span


def one_page(name: str, order: int, claims: Callable[[Head], bool], media: str) -> Source:
    """Return a format whose files are one page each."""

    def scan(whole: Ref, _below: BinaryIO | None = None) -> Iterator[Ref]:
        yield replace(whole, format=name)

    return Source(name, order, claims, scan, partial(read_whole, media=media), outlives_changes=True)


def read_whole(ref: Ref, limits: Limits, media: str) -> RawPage:
    """Read a file that is one page. Raises SourceError if it can't be read."""
    payload, size = read_span(ref, limits.page_bytes)
    damage = lost(kept_content(ref), ref)
    problems = (*damage, *bounds(ref, len(payload), size)) if payload or not damage else tuple(damage)
    return RawPage(ref, payload, media, size, size - len(payload), problems=problems)


def bounds(ref: Ref, read_bytes: int, size_bytes: int) -> tuple[Problem, ...]:
    """Say that a page is empty or was clipped."""
    if size_bytes == 0:
        return (Problem("empty", shown(ref.source)),)
    if read_bytes < size_bytes:
        values: Values = {"read": read_bytes, "size": size_bytes}
        return (
            Problem("clipped", shown(ref.source), values, byte=ref.offset + read_bytes, lost=size_bytes - read_bytes),
        )
    return ()


def damaged_content(ref: Ref, reason: Reason) -> Problem:
    """Say that the content of a record isn't what its headers promise."""
    values: Values = {"byte": ref.offset, "reason": reason}
    return Problem("content_damaged", shown(ref.source), values, byte=ref.offset)
