"""The formats there are: which one a file is, and reading through the one that a reference names."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import BinaryIO

from tui.core.errors import SourceError
from tui.core.model import Item, Limits, Options, Ref, Trouble
from tui.core.page import RawPage, RecordFields
from tui.core.problems import Reason
from tui.core.registry import collect
from tui.core.shelf import Run
from tui.core.values import replace
from tui.sources import formats as folder
from tui.sources.base import HEAD_BYTES, Format, Head
from tui.sources.parsing.magic import binary_kind
from tui.sources.streams.files import path_of, printable, refusal
from tui.sources.streams.members import bare_name
from tui.sources.streams.opening import lost, open_content, read_span
from tui.sources.streams.route import read_fully

_DEFAULT = Options()


@cache
def formats() -> tuple[Format, ...]:
    """All formats, in the order in which they are asked."""
    return collect(folder, "FORMAT", Format)


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


def recognise(head: Head) -> Format | None:
    """Return the format of a file, by content first and by name second; None if it is neither text nor known."""
    is_binary = bool(binary_kind(head.start))
    return next((known for known in formats() if (known.is_binary or not is_binary) and known.claims(head)), None)


def format_named(name: str) -> Format | None:
    """Return the format of this name; None: there is none."""
    return _by_name().get(name)


@cache
def _by_name() -> dict[str, Format]:
    return {known.name: known for known in formats()}


def read(ref: Item, limits: Limits, options: Options = _DEFAULT) -> RawPage:
    """Read one page, clipped at `limits.page_bytes`. `options` have the user's word on charset and fields of a record.

    Raises SourceError if there is nothing to be read: a `Trouble`, a file deleted since, an unknown format.
    """
    ref, own = _readable(ref)
    return own.read_as(ref, limits, options) if own.read_as else own.read(ref, limits)


def fields(ref: Item, limits: Limits, options: Options) -> RecordFields | None:
    """Return what the record of a page says of it; None: it is none, or the page has to be read. Raises SourceError as `read` does."""
    ref, own = _readable(ref)
    return own.fields(ref, limits, options) if own.fields else None


def fields_of(refs: Sequence[Item], limits: Limits, options: Options) -> Callable[[int], RecordFields | None]:
    """Return what tells `fields` of each of some pages, by its place among them; of a run no reference is made."""
    if isinstance(refs, Run) and (own := format_named(refs.first.format)) is not None and own.fields_of:
        return own.fields_of(refs, limits, options)
    return lambda at: fields(refs[at], limits, options)


def stored(ref: Item, limits: Limits) -> bytes:
    """Return the record as it lies in its file, clipped at `limits.page_bytes`. Raises SourceError if it can't be read."""
    ref, own = _readable(ref)
    return own.stored(ref, limits) if own.stored else read_span(ref, limits.page_bytes)[0]


def _readable(ref: Item) -> tuple[Ref, Format]:
    if isinstance(ref, Trouble):
        raise SourceError(ref.problem)
    if not ref.format:
        raise SourceError(Reason("no_format"), printable(ref.source))
    own = format_named(ref.format)
    if own is None:
        raise SourceError(Reason("unknown_format", {"format": ref.format}), printable(ref.source))
    return ref, own
