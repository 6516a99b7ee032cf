"""Walking through folders: natural order, one file system, nothing opened that is no regular file."""

import os
import re
from collections.abc import Iterator

from tui.core.model import Item, Ref, Trouble
from tui.core.problems import Reason, unreadable
from tui.sources.base import Tally, refusal, shown

_NUMBER = re.compile(r"[0-9]+")
_DIGITS = 20
"""To which numbers are filled up with zeros, so that they compare as what they mean: half the time of comparing tuples."""


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
    seen: set[tuple[int, int]] = set()
    device = -1
    pending: list[Iterator[os.DirEntry[str]]] = []
    found: str | None = folder
    while found is not None or pending:
        if found is not None:
            try:
                status = os.stat(found)  # noqa: PTH116 - as paths are plain strings all the way
                device = status.st_dev if device < 0 else device
                if status.st_dev != device:
                    tally.elsewhere += 1
                elif (status.st_dev, status.st_ino) in seen:
                    tally.loops += 1
                else:
                    seen.add((status.st_dev, status.st_ino))
                    pending.append(_entries(found))
            except OSError as error:
                yield Trouble(found, 0, refusal(found, error).problem)
            found = None
            continue
        entry = next(pending[-1], None)
        if entry is None:
            pending.pop()
        elif entry.name.startswith("."):
            tally.hidden += 1
        else:
            kind = _kind(entry)
            if kind == "folder":
                found = entry.path
            elif kind == "file":
                yield Ref(entry.path, 0)
            elif kind == "nothing":
                yield Trouble(entry.path, 0, unreadable(Reason("dangling_link"), shown(entry.path)))
            else:
                _count(kind, tally)


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


def _count(kind: str, tally: Tally) -> None:
    if kind == "loop":
        tally.loops += 1
    else:
        tally.special += 1
