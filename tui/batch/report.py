"""What has become of a batch: which shards are missing or damaged, and counts of all that its pages are."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from tui.batch.folder import BatchFolder, Marker, digest_of
from tui.batch.plan import BatchPlan
from tui.core.values import dataclass

MOST_NAMED = 20
"""Ranges of shards that a line names."""


@dataclass(frozen=True, slots=True)
class BatchReport:
    """All shards of a batch together."""

    missing: tuple[int, ...]
    """Numbers of the shards that aren't done."""
    damaged: tuple[int, ...]
    """Of those whose parts are not what was written."""
    markers: tuple[Marker, ...]
    """Of the others."""

    @property
    def is_whole(self) -> bool:
        """Nothing has to be done any more."""
        return not self.missing and not self.damaged

    def lines(self, batch: BatchPlan) -> Iterator[str]:
        """Yield what the report says for people: totals, and counts by what and name, the largest first."""
        pages, rows, lost = (sum(getattr(each, name) for each in self.markers) for name in _TOTALS)
        stored = sum(shard.size for shard in batch.shards)
        yield f"shards\t{len(self.markers):,} of {len(batch.shards):,}"
        yield f"pages\t{pages:,} of {batch.pages:,}, {stored:,} bytes as they are stored"
        yield f"rows\t{rows:,}, {sum(each.size for each in self.markers):,} bytes"
        yield f"quarantine\t{lost:,}"
        gravities = total(self.markers)
        yield f"unread\t{gravities['unread']:,}"
        yield f"lost\t{gravities['lost']:,}"
        for what in ("charset", "language", "type", "repair", "problem"):
            counts: Counter[str] = Counter()
            for marker in self.markers:
                counts.update(marker.counts.get(what, {}))
            for name, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
                yield f"{what}\t{name or 'unknown'}\t{count:,}"


_TOTALS = ("pages", "rows", "quarantined")


def total(markers: Iterable[Marker]) -> Counter[str]:
    """Return how many pages have problems of each gravity."""
    gravities: Counter[str] = Counter()
    for marker in markers:
        gravities.update(marker.gravities)
    return gravities


def report(folder: BatchFolder, batch: BatchPlan) -> BatchReport:
    """Look at every marker, and at every part through to its end. Raises OSError."""
    missing, damaged, markers = [], [], []
    for number in range(len(batch.shards)):
        marker = folder.marker(number, batch)
        path = folder.part(number, batch.order.form)
        if marker is None:
            missing.append(number)
        elif not path.is_file() or digest_of(path) != marker.sha256:
            damaged.append(number)
        else:
            markers.append(marker)
    return BatchReport(tuple(missing), tuple(damaged), tuple(markers))


def ranges(numbers: Sequence[int]) -> str:
    """Name numbers in order, those that follow each other together.

    >>> ranges([0, 1, 2, 7, 9, 10])
    '0-2, 7, 9-10'
    """
    runs = [[number for _, number in run] for _, run in groupby(enumerate(numbers), lambda each: each[1] - each[0])]
    named = [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    more = [f"{len(named) - MOST_NAMED:,} more"] if len(named) > MOST_NAMED else []
    return ", ".join([*named[:MOST_NAMED], *more])
