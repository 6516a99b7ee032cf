"""Notes of what the records of archives are captures of, from which those come that an address has several of."""

from array import array
from itertools import pairwise

from tui.core.answers import Recaptures
from tui.sources.base import MixedRun


class CaptureNotes:
    """Four numbers for each record of a WARC or ARC file that holds a page or is a revisit."""

    def __init__(self) -> None:
        self._addresses, self._times = array("q"), array("q")
        self._ordinals, self._places = array("q"), array("L")
        self._originals: dict[int, int] = {}
        """Of revisits, by their places among all."""
        self._sources: list[str] = []

    def take(self, some: MixedRun, ordinal: int, *, all_records: bool) -> None:
        """Take note of records; `ordinal` is that of the first page among them. With `all_records`, each is a page."""
        if some.captures is None:
            return
        source = some.run.first.source
        if not self._sources or self._sources[-1] != source:
            self._sources.append(source)
        place = len(self._sources) - 1
        for capture, is_page in zip(some.captures(), some.are_pages, strict=True):
            if capture is not None:
                url, time, original = capture
                if original >= 0:
                    self._originals[len(self._times)] = original
                self._addresses.append(hash(url))
                self._times.append(time)
                self._ordinals.append(ordinal if is_page or all_records else -1)
                self._places.append(place)
            ordinal += 1 if is_page or all_records else 0

    def recaptures(self) -> Recaptures | None:
        """Return the captures of addresses that have several, a page among them; None: there are none."""
        repeated = {one for one, other in pairwise(sorted(self._addresses)) if one == other}
        rows = [row for row, address in enumerate(self._addresses) if address in repeated] if repeated else []
        repeated = {self._addresses[row] for row in rows if self._ordinals[row] >= 0}
        rows = [row for row in rows if self._addresses[row] in repeated]
        if not rows:
            return None
        rows.sort(key=lambda row: (self._addresses[row], -self._times[row]))
        ends = array(
            "q",
            (at for at, (one, other) in enumerate(pairwise(rows), 1) if self._addresses[one] != self._addresses[other]),
        )
        ends.append(len(rows))
        places, ordinals, times = (
            array("q", map(column.__getitem__, rows)) for column in (self._places, self._ordinals, self._times)
        )
        originals = array("q", (self._originals.get(row, -1) for row in rows))
        return Recaptures(ends, places, ordinals, times, originals, tuple(self._sources))
