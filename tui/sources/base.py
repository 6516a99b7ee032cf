"""What all formats share: their record, the start of a file, careful opening, and counts of what was passed over."""

import dataclasses
import io
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from typing import TYPE_CHECKING, BinaryIO, Protocol
from weakref import ref as ref_to

from tui.core.answers import Position, Skipped
from tui.core.errors import SourceError
from tui.core.files import special_kind
from tui.core.model import Fields, Item, Limits, Ref
from tui.core.page import RawPage
from tui.core.problems import Problem, Reason, system_reason
from tui.core.shelf import Run
from tui.core.values import dataclass

if TYPE_CHECKING:
    from tui.sources.scanning.growth import Met


HEAD_BYTES = 4096
"""Bytes at the start of a file that recognition looks at."""
MOST_PAGES = 5_000_000
"""Pages of one SOURCE that are told of, unless ordinals beyond are asked for: a file of kilobytes may hold any number."""


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

    ref: Item


@dataclass(frozen=True, slots=True)
class Records:
    """Records of an archive that follow each other; some may be no pages of text."""

    run: Run
    """All of them."""
    are_pages: bytes | bytearray
    """1 for each page, 0 for each `Aside`."""


Found = Item | Run | Aside | Records
"""What formats find. A run is for those that find hundreds of thousands: they cost a third of so many references."""


def taken_apart(found: Iterable[Found]) -> "Iterator[Item | Aside]":
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
    """How far a scan is, and what it knows of the files that it went through. Grows while the scan runs."""

    hidden: int = 0
    """Files and folders with hidden names: nobody expects them, so nobody is told."""
    special: int = 0
    loops: int = 0
    elsewhere: int = 0
    unrecognised: int = 0
    asides: int = 0
    """These are as in `Skipped`."""
    barren: list[str] = field(default_factory=list)
    """As in `Skipped`."""
    begun: int = 0
    """Files that were begun to be scanned."""
    current: str = ""
    """Path of the last of these."""
    places: int = 0
    """Files of the present target that are behind that one."""
    first: int = 0
    """Ordinal of its first page."""
    start: Position = field(default_factory=Position)
    """Files of the first target that lie before it are not looked into, and ordinals count on from it."""
    on_place: "Callable[[], None] | None" = None
    """Called before a file is begun."""
    spool: str = ""
    """Path of the file into which another process copies standard input; empty: there is none to be read."""
    seen: set[str] = field(default_factory=set)
    """Paths of the files that were looked at."""
    changing: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Path -> (size, mtime in ns) of new files that may still be written."""
    met: "dict[str, Met]" = field(default_factory=dict)
    """Those of records, and how far they are known, by path."""
    fresh: list[str] = field(default_factory=list)
    """Paths of those that nobody was told of yet."""
    next: dict[str, int] = field(default_factory=dict)
    """Target -> ordinal of the page that is found next in it."""
    most: int = MOST_PAGES
    """Pages of each target that are told of."""

    @classmethod
    def reaching(cls, ordinals: Iterable[range]) -> "Tally":
        """A tally for a scan that goes as far as the last of these ordinals, and no further; without any, as far as any."""
        return cls(most=max((part.stop for part in ordinals), default=MOST_PAGES))

    def skipped(self) -> Skipped:
        """Return the counts of what was not shown as pages."""
        return Skipped(self.special, self.loops, self.elsewhere, self.unrecognised, self.asides, tuple(self.barren))


class Watch(Protocol):
    """Whoever waits for a scan: is told what becomes of the files, and says whether more is looked for."""

    @property
    def is_following(self) -> bool:
        """More is to come: what isn't whole at the end of a file is left for later."""

    def pause(self) -> None:
        """Take note that the scan is going to wait for something."""

    def changed(self, ref: Ref, problem: Problem) -> bool:
        """Take note that a file is not the one any more whose pages were found; whether it is to be read from its start."""

    def mended(self, ref: Item) -> None:
        """Take note that a page is whole that was found before, by its source and ordinal, when it was being written."""


class Once:
    """Looks once."""

    is_following = False

    def pause(self) -> None:
        """As in `Watch`."""

    def changed(self, ref: Ref, problem: Problem) -> bool:  # noqa: ARG002 - as in `Watch`
        return False

    def mended(self, ref: Item) -> None:
        """As in `Watch`."""


def path_of(ref: Ref) -> str:
    """Path of the file that holds the reference's bytes."""
    return ref.spool or ref.source


def shown(path: str) -> str:
    """A path for messages: bytes that are no UTF-8 become U+FFFD."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def refusal(path: str, error: OSError) -> SourceError:
    """Return an error that says why the operating system refused a path."""
    if isinstance(error, FileNotFoundError):
        return SourceError(Reason("no_file"), shown(path))
    if isinstance(error, PermissionError):
        return SourceError(Reason("no_permission"), shown(path))
    return SourceError(Reason("refused", {"why": system_reason(error)}), shown(path))


def open_regular(ref: Ref) -> BinaryIO:
    """Open the reference's file for reading, unless it is a FIFO, a socket or a device: those are never opened.

    Raises SourceError if it can't be opened.
    """
    path = path_of(ref)
    try:
        kind = special_kind(os.stat(path).st_mode)  # noqa: PTH116 - for each of 100,000 files
        if kind:
            raise SourceError(Reason("not_a_file", {"kind": Reason(kind)}), shown(ref.source))
        # O_NONBLOCK: if a FIFO took the file's place since the line above, this returns at once.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise refusal(ref.source, error) from error
    except ValueError as error:  # a NUL in the name
        raise SourceError(Reason("bad_name", {"error": str(error)}), repr(shown(ref.source))) from error
    stream = _File(descriptor, "rb")
    _latest[:] = [(path, ref_to(stream))]
    return stream


class _File(io.FileIO):
    """A file that says how much of it was read."""

    def read(self, size: int | None = -1, /) -> bytes:
        content = super().read(-1 if size is None else size)
        passed(len(content))
        return content


_latest: list[tuple[str, ref_to[BinaryIO]]] = []
"""The file that was opened last."""


def position(path: str) -> int:
    """Return the byte at which a file stands that was opened last; 0: another one was, or it is closed."""
    found = next(((name, stream()) for name, stream in _latest), ("", None))
    try:
        return os.lseek(found[1].fileno(), 0, os.SEEK_CUR) if found[0] == path and found[1] is not None else 0
    except (OSError, ValueError):  # closed in another thread
        return 0


STEP_BYTES = 1024 * 1024

_listeners: list[Callable[[], None]] = []
"""At most one."""
_left_bytes = STEP_BYTES


def tell_passed(on_step: Callable[[], None]) -> None:
    """Have somebody told, in place of whoever was before, whenever so many bytes have passed."""
    _listeners[:] = [on_step]


def passed(count_bytes: int) -> None:
    """Count bytes that were read from a file, or that came out of a decoder."""
    global _left_bytes
    _left_bytes -= count_bytes
    if _left_bytes < 0:
        _left_bytes = STEP_BYTES
        for listener in _listeners:
            listener()


class RawStream(io.RawIOBase):
    """A stream that can be read and can seek; `tell` asks `seek`, as `io.IOBase` has it."""

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can seek."""
        return True
