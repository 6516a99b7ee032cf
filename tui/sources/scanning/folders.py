"""Walking through folders: natural order, one file system, nothing opened that is no regular file."""

import os
import re
from collections.abc import Iterator

from tui.core.answers import Skipped
from tui.core.model import Item, Ref, Trouble
from tui.core.problems import Reason, unreadable
from tui.core.values import dataclass, field
from tui.sources.streams.files import printable, refusal

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
