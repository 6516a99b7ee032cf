"""Whether a file is still the one that was scanned: places in it mean nothing in another."""

import os
import zlib

from tui.core.answers import Identity
from tui.core.problems import Problem, Reason, system_reason
from tui.model import Ref
from tui.sources._base import path_of, shown

EDGE_BYTES = 4096
"""Bytes at the start of a file, and before the end it had, that must be the same after it has changed."""


def identity(path: str) -> Identity | None:
    """Return what a file is now; None if it can't be read."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - for each of many files
            status = os.fstat(file.fileno())
            return Identity(status.st_ino, status.st_size, status.st_mtime_ns, *_edges(file.fileno(), status.st_size))
    except OSError:
        return None


def _edges(descriptor: int, size: int) -> tuple[int, int]:
    start = os.pread(descriptor, min(size, EDGE_BYTES), 0)
    end = os.pread(descriptor, EDGE_BYTES, max(0, size - EDGE_BYTES)) if size > EDGE_BYTES else start
    return zlib.crc32(start), zlib.crc32(end)


def renewed(path: str, known: Identity) -> Identity | None:
    """Return what a file is now if it is still the known one, perhaps grown; None if it is another one, shorter or gone.

    One look at its status is enough where nothing happened. What was written between its edges without moving the end
    isn't seen: pages still lie where they lay.
    """
    try:
        status = os.stat(path)  # noqa: PTH116 - paths are plain strings all the way
        if (status.st_ino, status.st_size, status.st_mtime_ns) == known[:3]:
            return known
        now = identity(path)
        if now is None or now.size < known.size:
            return None
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - as above
            return now if _edges(file.fileno(), known.size) == known[3:] else None
    except OSError:
        return None


def replaced(ref: Ref, known: Identity | None) -> Problem:
    """Say what has become of the file of a reference, which is not the one that was scanned any more."""
    try:
        size = os.stat(path_of(ref)).st_size  # noqa: PTH116 - as above
    except OSError as error:
        change = Reason("was_removed", {"why": system_reason(error)})
    else:
        is_cut = known is not None and size < known.size
        change = Reason("was_cut", {"before": known.size, "now": size}) if known and is_cut else Reason("was_replaced")
    return Problem("source_changed", shown(ref.source), {"change": change, "remedy": Reason("read_again")})
