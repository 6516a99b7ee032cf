"""How far a scan is, by the bytes of the files that it goes through."""

import os
import threading
from array import array
from collections.abc import Sequence
from itertools import accumulate

from tui.sources._base import Tally, position
from tui.sources._targets import places


class Progress:
    """Measures the files of a scan when it is asked for the first time: most scans are over before."""

    def __init__(self, targets: Sequence[str], tally: Tally) -> None:
        self._targets, self._tally = targets, tally
        self._sizes = array("q")
        """Bytes of the first file, of the first two, and so on."""
        self._thread: threading.Thread | None = None

    def done(self) -> float | None:
        """Return how much is looked through, from 0 to 1; None: that isn't known, now or at all."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._measure, name="sizes", daemon=True)
            self._thread.start()
        sizes, begun = self._sizes, self._tally.begun
        if not begun or len(sizes) < begun or not sizes[-1]:
            return None
        before = sizes[begun - 2] if begun > 1 else 0
        return min(before + min(position(self._tally.current), sizes[begun - 1] - before), sizes[-1]) / sizes[-1]

    def _measure(self) -> None:
        if any(target == "-" or "://" in target for target in self._targets):
            return
        found = (place for target in self._targets for place, _ in places(target, Tally()))
        self._sizes = array("q", accumulate(_size(place.source) for place in found))


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116 - paths are plain strings all the way
    except (OSError, ValueError):
        return 0
