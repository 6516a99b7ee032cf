"""What the user named, made into the files it stands for: folders are walked in natural order, on one file system, and
nothing is opened that is no regular file.
"""

import glob
import os
import re
import threading
from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate

from tui.core.answers import Position, Skipped
from tui.core.errors import SourceError
from tui.core.files import is_address
from tui.core.model import FETCHED, Item, Ref, Trouble
from tui.core.patterns import lazy
from tui.core.problems import Reason, unreadable
from tui.core.values import dataclass, field
from tui.sources.streams.files import position, printable, refusal

_PATTERN = lazy(r"[*?\[]")
_USERINFO = lazy(r"\A([^/?#]*//)[^/?#]*@")
"""What is nobody's business: references are shown, stored and written to files. An address in a query is not its own."""
_SCHEME = lazy(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)

_NUMBER = re.compile(r"[0-9]+")
_DIGITS = 20
"""To which numbers are filled up with zeros, so that they compare as what they mean: half the time of comparing tuples."""


@dataclass(slots=True)
class Tally:
    """What a scan passed over, by the reason; counts are as in `Skipped`."""

    hidden: int = 0
    """Files and folders with hidden names: nobody expects them, so nobody is told."""
    special: int = 0
    loops: int = 0
    elsewhere: int = 0
    unrecognised: int = 0
    asides: int = 0
    barren: list[str] = field(default_factory=list)

    def skipped(self) -> Skipped:
        """Return what the reader is told of it."""
        return Skipped(self.special, self.loops, self.elsewhere, self.unrecognised, self.asides, tuple(self.barren))


def places(target: str, tally: Tally, spool: str = "") -> Iterator[tuple[Item, bool]]:
    """Yield the files that a target stands for, and whether each was named by the user rather than found.

    `spool` is the path of the file into which another process copies standard input; empty: there is none to be read.
    """
    if target == "-":
        yield Ref("-", 0, spool=spool) if spool else Trouble("-", 0, unreadable(Reason("input_closed"), "-")), True
    elif os.path.isdir(target):  # noqa: PTH112 - Path.is_dir raises for a name that is too long
        yield from ((ref, False) for ref in walk(target, tally))
    elif os.path.lexists(target):
        yield Ref(target, 0), True
    elif is_address(target):
        yield Ref(_USERINFO.sub(r"\1", target), 0, FETCHED), True
    elif _SCHEME.match(target):
        yield from _remote_places(target)
    elif _PATTERN.search(target):
        yield from _matches(target, tally)
    else:
        yield Trouble(target, 0, unreadable(Reason("no_file"), printable(target))), True


def _remote_places(target: str) -> Iterator[tuple[Item, bool]]:
    from tui.sources.streams import remote  # few have such

    try:
        addresses = sorted(remote.addresses(target), key=natural)
    except SourceError as error:
        yield Trouble(target, 0, error.problem), True
        return
    if not addresses:
        yield Trouble(target, 0, unreadable(Reason("no_file_at_address"), printable(target))), True
    yield from ((Ref(address, 0), address == target) for address in addresses)


def _matches(pattern: str, tally: Tally) -> Iterator[tuple[Item, bool]]:
    paths = sorted(glob.iglob(pattern, recursive=True), key=natural)  # noqa: PTH207 - Path.glob finds hidden files too
    if not paths:
        yield Trouble(pattern, 0, unreadable(Reason("no_match"), printable(pattern))), True
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - as above
            yield Ref(path, 0), False
        elif "**" not in pattern:  # there the pattern itself names what lies below
            yield from ((ref, False) for ref in walk(path, tally))


def natural(name: str) -> str:
    """Sort key that puts page2 before page10, numbers before letters and signs, and does not care about case.

    >>> sorted(["page10", "page.html", "Page2", "page1"], key=natural)
    ['page1', 'Page2', 'page10', 'page.html']
    """
    return _NUMBER.sub(lambda number: "\0" + number[0].zfill(_DIGITS), name.casefold())


def walk(folder: str, tally: Tally) -> Iterator[Item]:
    """Yield the regular files of a folder and of those in it; what can't be listed is yielded with `trouble`.

    Hidden names, special files, links to a folder already read and other file systems are counted in `tally`.
    """
    visited: set[tuple[int, int]] = set()
    device = -1
    pending: list[Iterator[os.DirEntry[str]]] = []
    following: str | None = folder
    while following is not None or pending:
        if following is not None:
            try:
                status = os.stat(following)  # noqa: PTH116 - as paths are plain strings all the way
                device = status.st_dev if device < 0 else device
                if status.st_dev != device:
                    tally.elsewhere += 1
                elif (status.st_dev, status.st_ino) in visited:
                    tally.loops += 1
                else:
                    visited.add((status.st_dev, status.st_ino))
                    pending.append(_entries(following))
            except OSError as error:
                yield Trouble(following, 0, refusal(following, error).problem)
            following = None
            continue
        entry = next(pending[-1], None)
        if entry is None:
            pending.pop()
        elif entry.name.startswith("."):
            tally.hidden += 1
        else:
            kind = _kind(entry)
            if kind == "folder":
                following = entry.path
            elif kind == "file":
                yield Ref(entry.path, 0)
            elif kind == "nothing":
                yield Trouble(entry.path, 0, unreadable(Reason("dangling_link"), printable(entry.path)))
            elif kind == "loop":
                tally.loops += 1
            else:
                tally.special += 1


def _entries(folder: str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return iter(sorted(entries, key=lambda entry: natural(entry.name)))


def _kind(entry: os.DirEntry[str]) -> str:
    """Say what an entry is, following links, without opening it."""
    try:
        if entry.is_file():
            return "file"
        if entry.is_dir():
            return "folder"
        entry.stat()
    except FileNotFoundError:
        return "nothing"
    except OSError:  # a link that leads to itself
        return "loop"
    return "special"


class ScanProgress:
    """How far a scan is."""

    def __init__(self, targets: Sequence[str]) -> None:
        self._targets = targets
        self.begun = 0
        """Files that were begun to be scanned."""
        self.current = ""
        """Path of the last of these."""
        self.places = 0
        """Files of the present target that are behind that one."""
        self.first = 0
        """Ordinal of its first page."""
        self._sizes = array("q")
        """Bytes of the first file, of the first two, and so on."""
        self._thread: threading.Thread | None = None

    def resume(self, start: Position) -> None:
        """Stand in a target where another scan of it stood."""
        self.places, self.first = start.places, start.first

    def share(self) -> float | None:
        """Return how much is looked through, from 0 to 1; None: that isn't known, now or at all.

        The files are measured when this is asked for the first time: most scans are over before.
        """
        if self._thread is None:
            self._thread = threading.Thread(target=self._measure, name="sizes", daemon=True)
            self._thread.start()
        sizes, begun = self._sizes, self.begun
        if not begun or len(sizes) < begun or not sizes[-1]:
            return None
        before = sizes[begun - 2] if begun > 1 else 0
        return min(before + min(position(self.current), sizes[begun - 1] - before), sizes[-1]) / sizes[-1]

    def _measure(self) -> None:
        if any(target == "-" or "://" in target for target in self._targets):
            return
        files = (place for target in self._targets for place, _ in places(target, Tally()))
        self._sizes = array("q", accumulate(size_of(place.source) or 0 for place in files))


def size_of(path: str) -> int | None:
    """Return the bytes of a file; None if it can't be told."""
    try:
        return os.stat(path).st_size  # noqa: PTH116 - paths are plain strings all the way
    except (OSError, ValueError):
        return None
