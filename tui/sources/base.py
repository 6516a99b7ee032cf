"""What a format is, what it gets to recognise a file by, and what it yields."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import BinaryIO

from tui.core.answers import Capture
from tui.core.model import Item, Limits, Options, Ref
from tui.core.page import RawPage, RecordFields
from tui.core.shelf import Run
from tui.core.values import dataclass

HEAD_BYTES = 4096
"""Bytes at the start of a file that recognition looks at."""


@dataclass(frozen=True, slots=True)
class Head:
    """The start of a file and its name: all that recognition may look at."""

    name: str
    start: bytes
    """At most HEAD_BYTES bytes."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A record that is no page of text, such as a request or a picture; it is counted, and shown when asked for."""

    ref: Item


@dataclass(frozen=True, slots=True)
class MixedRun:
    """Records of an archive that follow each other; some may be no pages of text."""

    run: Run
    """All of them."""
    are_pages: bytes | bytearray
    """1 for each page, 0 for each `Aside`."""
    captures: Callable[[], Sequence[Capture | None]] | None = None
    """Says what each is of; None: the records don't."""

    def __len__(self) -> int:
        return len(self.are_pages)

    def __getitem__(self, index: int) -> "Record":
        return self.run[index] if self.are_pages[index] else Aside(self.run[index])


Record = Item | Aside
"""A record of a file, be it a page or not."""
SomeRecords = Record | Run | MixedRun
"""What formats yield. A run is for those of hundreds of thousands: they cost a third of so many references."""


def each_record(records: Iterable[SomeRecords]) -> Iterator[Record]:
    """Take runs apart."""
    for some in records:
        if isinstance(some, Run):
            yield from some
        elif isinstance(some, MixedRun):
            for ref, is_page in zip(some.run, some.are_pages, strict=True):
                yield ref if is_page else Aside(ref)
        else:
            yield some


def ref_of(record: Record) -> Item:
    """Where a record lies, be it a page or not."""
    return record.ref if isinstance(record, Aside) else record


@dataclass(frozen=True, slots=True)
class Format:
    """One format: how its files are recognised, parted into pages, and read."""

    name: str
    order: int
    """Formats are asked from low to high; the first that claims a file gets it."""
    claims: Callable[[Head], bool]
    scan: Callable[[Ref, BinaryIO | None], Iterator[SomeRecords]]
    """Gets the whole file, or the whole of a member of an archive, and the ordinal of its first page; yields its pages. The
    second argument is the content of the archive that holds it, if that is open. Raises SourceError if it can't be read."""
    read: Callable[[Ref, Limits], RawPage]
    """Raises SourceError if the page can't be read now."""
    is_binary: bool = False
    """Files of this format are no text, so `claims` is asked about binaries as well."""
    stored: Callable[[Ref, Limits], bytes] | None = None
    """Returns the record as it lies there, clipped; None: it is the reference's stretch of the file. Raises SourceError."""
    read_as: Callable[[Ref, Limits, Options], RawPage] | None = None
    """Like `read`, with the user's word on the charset and on which field of the record is what; None: the page's bytes are
    those of the file."""
    fields: Callable[[Ref, Limits, Options], RecordFields | None] | None = None
    """Returns what the record says of its page, and doesn't make the page; None: that takes reading it. Raises SourceError."""
    fields_of: Callable[[Run, Limits, Options], Callable[[int], RecordFields | None]] | None = None
    """Like `fields`, of many records one by one, by their places in a run; None: they are asked for as references."""
    more: Callable[[Ref], Iterator[SomeRecords]] | None = None
    """Like `scan`, from the place's offset on, where a record starts: what isn't whole at the end is left out, as it is
    being written. None: its files don't grow by records."""
    found: Callable[[Ref, str], Iterator[SomeRecords]] | None = None
    """Like `scan`, of a file that was found in the folder named second: pages that another file there holds come as `Aside`.
    None: its files hold their pages themselves."""
    outlives_changes: bool = False
    """References mean the same when the file has changed: it is one page, or its pages have keys, not places."""
