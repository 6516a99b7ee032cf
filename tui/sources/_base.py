"""What all formats share: their record, the start of a file, careful opening, and counts of what was passed over."""

import dataclasses
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from typing import TYPE_CHECKING, BinaryIO, Protocol
from weakref import ref as ref_to

from tui.errors import SourceError
from tui.model import Fields, Limits, Ref
from tui.page import RawPage
from tui.shelf import Run
from tui.values import dataclass

if TYPE_CHECKING:
    from tui.sources._growth import Met

HEAD_BYTES = 4096
"""Bytes at the start of a file that recognition looks at."""
MOST_PAGES = 5_000_000
"""Pages of one SOURCE that are told of, unless ordinals beyond are asked for: a file of kilobytes may hold any number."""

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe (FIFO)"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@dataclass(frozen=True, slots=True)
class Head:
    """The start of a file and its name: all that recognition may look at."""

    name: str
    start: bytes
    """At most HEAD_BYTES bytes."""


@dataclass(frozen=True, slots=True)
class Source:
    """One format."""

    name: str
    order: int
    """Formats are asked from low to high; the first that claims a file gets it."""
    claims: Callable[[Head], bool]
    scan: "Scan"
    """Gets the whole file, or the whole of a member of an archive, and the ordinal of its first page; yields its pages. The
    second argument is the content of the archive that holds it, if that is open. Raises SourceError if it can't be read."""
    read: Callable[[Ref, Limits], RawPage]
    """Raises SourceError if the page can't be read now."""
    is_binary: bool = False
    """Files of this format are no text, so `claims` is asked about binaries as well."""
    stored: Callable[[Ref, Limits], bytes] | None = None
    """Returns the record as it lies there, clipped; None: it is the reference's stretch of the file. Raises SourceError."""
    read_as: Callable[[Ref, Limits, Fields], RawPage] | None = None
    """Like `read`, with the user's word on which field of the record is what; None: it has no fields."""
    more: "Callable[[Ref], Iterator[Found]] | None" = None
    """Like `scan`, from the place's offset on, where a record starts: what isn't whole at the end is left out, as it is
    being written. None: its files don't grow by records."""
    outlives_changes: bool = False
    """References mean the same when the file has changed: it is one page, or its pages have keys, not places."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A record that is no page of text, such as a request or a picture; it is counted, and shown when asked for."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class Records:
    """Records of an archive that follow each other; some may be no pages of text."""

    run: Run
    """All of them."""
    are_pages: bytes | bytearray
    """1 for each page, 0 for each `Aside`."""


Found = Ref | Run | Aside | Records
"""What formats find. A run is for those that find hundreds of thousands: they cost a third of so many references."""


def taken_apart(found: Iterable[Found]) -> "Iterator[Ref | Aside]":
    """Take runs and records apart."""
    for some in found:
        if isinstance(some, Run):
            yield from some
        elif isinstance(some, Records):
            for ref, is_page in zip(some.run, some.are_pages, strict=True):
                yield ref if is_page else Aside(ref)
        else:
            yield some


Scan = Callable[[Ref, BinaryIO | None], Iterator[Found]]
"""Finds the pages of a file; see `Source.scan`."""


@dataclasses.dataclass(slots=True)
class Tally:
    """Counts of what a scan of folders passed over. Grows while the scan runs."""

    hidden: int = 0
    special: int = 0
    """FIFOs, sockets and devices; none was opened."""
    loops: int = 0
    """Links to a folder that was read already."""
    elsewhere: int = 0
    """Folders on another file system."""
    unrecognised: int = 0
    """Files that are neither text nor of a format we know."""
    asides: int = 0
    """Records of archives that are no pages of text."""
    begun: int = 0
    """Files that were begun to be scanned."""
    current: str = ""
    """Path of the last of these."""
    seen: set[str] = field(default_factory=set)
    """Paths of the files that were looked at."""
    changing: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Path -> (size, mtime in ns) of new files that may still be written."""
    met: "dict[str, Met]" = field(default_factory=dict)
    """Those of records, and how far they are known, by path."""
    next: dict[str, int] = field(default_factory=dict)
    """Target -> ordinal of the page that is found next in it."""
    most: int = MOST_PAGES
    """Pages of each target that are told of."""

    @classmethod
    def reaching(cls, ordinals: Iterable[range]) -> "Tally":
        """A tally for a scan that goes as far as the last of these ordinals, and no further; without any, as far as any."""
        return cls(most=max((part.stop for part in ordinals), default=MOST_PAGES))

    def of_asides(self) -> str:
        """Say for people which records of archives were passed over; empty if none was."""
        return f"{self.asides:,} {_plural('record', self.asides)} that are no pages of text" if self.asides else ""

    def sentence(self) -> str:
        """Return the counts for people, such as `2 special files, 1 unrecognised file`; empty if nothing was passed over.

        Hidden files are left out: nobody expects them.
        """
        counts = (
            (self.special, "special file"),
            (self.loops, "looping link"),
            (self.elsewhere, "folder on another file system"),
            (self.unrecognised, "unrecognised file"),
        )
        return ", ".join(f"{count} {_plural(what, count)}" for count, what in counts if count)


class Watch(Protocol):
    """Whoever waits for a scan: is told what becomes of the files, and says whether more is looked for."""

    @property
    def is_following(self) -> bool:
        """More is to come: what isn't whole at the end of a file is left for later."""

    def pause(self) -> None:
        """Take note that the scan is going to wait for something."""

    def rest(self) -> bool:
        """Wait until it is time to look for what has come since; False: the scan is over."""

    def changed(self, ref: Ref, said: str) -> bool:
        """Take note that a file is not the one any more whose pages were found; whether it is to be read from its start."""

    def mended(self, ref: Ref) -> None:
        """Take note that a page is whole that was found before, by its source and ordinal, when it was being written."""


class Once:
    """Looks once."""

    is_following = False

    def pause(self) -> None:
        """As in `Watch`."""

    def rest(self) -> bool:
        """As in `Watch`."""
        return False

    def changed(self, ref: Ref, said: str) -> bool:  # noqa: ARG002 - as in `Watch`
        """As in `Watch`."""
        return False

    def mended(self, ref: Ref) -> None:
        """As in `Watch`."""


def _plural(what: str, count: int) -> str:
    if count == 1:
        return what
    first, _, rest = what.partition(" on ")
    return f"{first}s on {rest}" if rest else f"{what}s"


def path_of(ref: Ref) -> str:
    """Path of the file that holds the reference's bytes."""
    return ref.spool or ref.source


def shown(path: str) -> str:
    """A path for messages: bytes that are no UTF-8 become U+FFFD."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def why(path: str, error: OSError) -> str:
    """Return the line that says why the operating system refused a path."""
    if isinstance(error, FileNotFoundError):
        return f"{shown(path)}: no such file; check the name"
    if isinstance(error, PermissionError):
        return f"{shown(path)}: permission denied; change its permissions, or run as its owner"
    return f"{shown(path)}: {error.strerror or error}; try again, or leave it out"


def special_kind(mode: int) -> str:
    """Say what a path with this `st_mode` is if it is no regular file; empty if it is one."""
    if stat.S_ISREG(mode):
        return ""
    return next((kind for is_kind, kind in _KINDS if is_kind(mode)), "a special file")


def open_regular(ref: Ref) -> BinaryIO:
    """Open the reference's file for reading, unless it is a FIFO, a socket or a device: those are never opened.

    Raises SourceError if it can't be opened.
    """
    path = path_of(ref)
    try:
        kind = special_kind(os.stat(path).st_mode)  # noqa: PTH116 - for each of 100,000 files
        if kind:
            raise SourceError(f"{shown(ref.source)}: {kind}, not a file; use `-` to read from a pipe")
        # O_NONBLOCK: if a FIFO took the file's place since the line above, this returns at once.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise SourceError(_refusal(ref.source, error)) from error
    stream = os.fdopen(descriptor, "rb", buffering=0)
    _latest[:] = [(path, ref_to(stream))]
    return stream


_latest: list[tuple[str, ref_to[BinaryIO]]] = []
"""The file that was opened last."""


def position(path: str) -> int:
    """Return the byte at which a file stands that was opened last; 0: another one was, or it is closed."""
    found = next(((name, stream()) for name, stream in _latest), ("", None))
    try:
        return os.lseek(found[1].fileno(), 0, os.SEEK_CUR) if found[0] == path and found[1] is not None else 0
    except (OSError, ValueError):  # closed in another thread
        return 0


def _refusal(path: str, error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        return why(path, error)
    return f"{shown(path)!r}: {error}; check the name"  # a NUL in the name
