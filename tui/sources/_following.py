"""Looks again at what was scanned, for one who follows it."""

import os
from collections.abc import Generator, Iterator, Sequence

from tui.errors import SourceError
from tui.model import Ref
from tui.shelf import Run
from tui.sources._base import Aside, Tally, Watch
from tui.sources._counting import bounded, numbered
from tui.sources._formats import head_of, recognise
from tui.sources._growth import added
from tui.sources._targets import places, scanned


def look_again(targets: Sequence[str], tally: Tally, all_records: bool, watch: Watch) -> Iterator[Ref | Run]:
    """Yield what has come since a scan with the same tally, or since the last look. Never raises.

    Pages count on from those that were found before.
    """
    for target in targets:
        if target == "-" or "://" in target or tally.next.get(target, 0) > tally.most:
            continue
        yield from bounded(target, _since(target, tally, all_records, watch), tally)


def _since(target: str, tally: Tally, all_records: bool, watch: Watch) -> Generator[Ref | Run, None, None]:
    for place, is_named in places(target, Tally()):
        yield from numbered(target, _added(place, tally, watch), tally, all_records)
        if place.source not in tally.seen and _is_ready(place, tally):
            yield from scanned(target, place, is_named, tally, all_records, watch)
            yield from numbered(target, _added(place, tally, watch), tally, all_records)


def _added(place: Ref, tally: Tally, watch: Watch) -> Iterator[Ref | Aside]:
    met = tally.met.get(place.source)
    return added(met, tally, watch) if met is not None else iter(())


def _is_ready(place: Ref, tally: Tally) -> bool:
    """Say whether a new file can be read: it grows by records, or is as it was at the last look."""
    try:
        status = os.stat(place.source)  # noqa: PTH116 - paths are plain strings all the way
        source = recognise(head_of(place)) if status.st_size else None
    except (OSError, SourceError):
        return False
    if source is not None and source.more is not None:
        return True
    seen = (status.st_size, status.st_mtime_ns)
    if status.st_size and tally.changing.pop(place.source, None) == seen:
        return True
    tally.changing[place.source] = seen
    return False
