"""The formats there are: which one a file is, and reading through the one that a reference names."""

from dataclasses import replace
from functools import cache
from typing import BinaryIO

from tui.core.errors import SourceError
from tui.core.model import Fields, Item, Limits, Ref, Trouble
from tui.core.page import RawPage
from tui.core.problems import Reason
from tui.core.registry import collect
from tui.sources import formats as folder
from tui.sources.base import HEAD_BYTES, Head, Source, path_of, refusal, shown
from tui.sources.parsing.magic import binary_kind
from tui.sources.streams.members import bare_name
from tui.sources.streams.opening import lost, open_content, read_span
from tui.sources.streams.route import read_fully


@cache
def formats() -> tuple[Source, ...]:
    """All formats, in the order in which they are asked."""
    return collect(folder, "SOURCE", Source)


def head_of(ref: Ref, below: BinaryIO | None = None) -> Head:
    """Read the start of what the reference names, decompressed. Raises SourceError if it can't be read."""
    with open_content(ref, below) as stream:
        try:
            start = read_fully(stream, HEAD_BYTES)
        except OSError as error:
            raise refusal(path_of(ref), error) from error
        damage = lost(stream, ref)
    if damage and not start:
        raise SourceError(replace(damage[0], code="unreadable"))
    return Head(bare_name((ref.member or ref.source).rpartition("/")[2]), start)


def recognise(head: Head) -> Source | None:
    """Return the format of a file, by content first and by name second; None if it is neither text nor known."""
    is_binary = bool(binary_kind(head.start))
    return next((source for source in formats() if (source.is_binary or not is_binary) and source.claims(head)), None)


def read(ref: Item, limits: Limits, fields: Fields = ()) -> RawPage:
    """Read one page, clipped at `limits.page_bytes`. `fields` say which field of a record is what.

    Raises SourceError if there is nothing to be read: a `Trouble`, a file deleted since, an unknown format.
    """
    ref, source = _readable(ref)
    return source.read_as(ref, limits, fields) if fields and source.read_as else source.read(ref, limits)


def stored(ref: Item, limits: Limits) -> bytes:
    """Return the record as it lies in its file, clipped at `limits.page_bytes`. Raises SourceError if it can't be read."""
    ref, source = _readable(ref)
    return source.stored(ref, limits) if source.stored else read_span(ref, limits.page_bytes)[0]


def _readable(ref: Item) -> tuple[Ref, Source]:
    if isinstance(ref, Trouble):
        raise SourceError(ref.problem)
    if not ref.format:
        raise SourceError(Reason("no_format"), shown(ref.source))
    source = next((source for source in formats() if source.name == ref.format), None)
    if source is None:
        raise SourceError(Reason("unknown_format", {"format": ref.format}), shown(ref.source))
    return ref, source
