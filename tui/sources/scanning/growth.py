"""What has come since a scan: records behind those of a file, files in a folder, other files in the place of known ones."""

import os
import zlib
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from tui.core.answers import Identity
from tui.core.errors import SourceError
from tui.core.model import Item, Ref, Trouble
from tui.core.problems import Problem, Reason, system_reason, unreadable
from tui.core.shelf import Run
from tui.sources.base import Aside, Source, Tally, Watch, path_of, shown, taken_apart
from tui.sources.dispatch import formats

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


@dataclass(slots=True)
class Met:
    """A file of records, and how far it is known."""

    place: Ref
    """The whole file, with its format."""
    identity: Identity | None
    """None: it can't be read, or is another one by now."""
    last: Item | None = None
    """The record that was found last; None: none was."""
    state: Literal["whole", "handed on", "held back"] = "whole"
    """Of the last record. handed on: it may have been half-written, and was taken as it was."""
    words: list[Trouble] = field(default_factory=list)
    """Rows that were handed on behind it, which say what is missing."""
    is_due: bool = True
    """It is to be looked into, changed or not."""


def meet(place: Ref, source: Source, tally: Tally) -> None:
    """Remember a file that is going to be scanned, if places in it are going to mean anything."""
    is_file = place.member is None and not place.offset and not place.spool and "://" not in place.source
    if is_file and not source.outlives_changes:
        tally.met[place.source] = Met(replace(place, format=source.name), identity(place.source))
        tally.fresh.append(place.source)


def remembered(target: str, found: Iterable[Item | Run], tally: Tally) -> Generator[Item | Run, None, None]:
    """Yield references that were found another time, and remember their files as if these had been scanned now."""
    last: Item | Run | None = None
    for some in found:
        if last is not None and _source_of(some) != _source_of(last):
            _remember(last, tally)
        last = some
        yield some
    if last is not None:
        tally.next[target] = _remember(last, tally).ordinal + 1


def _source_of(found: Item | Run) -> str:
    return found.first.source if isinstance(found, Run) else found.source


def _remember(found: Item | Run, tally: Tally) -> Item:
    last = found[-1] if isinstance(found, Run) else found
    tally.seen.add(last.source)
    name = last.format if isinstance(last, Ref) else ""
    source = next((source for source in formats() if source.name == name), None)
    if source is not None:
        meet(Ref(last.source, 0, member=last.member), source, tally)
    if last.source in tally.met:
        note(tally.met[last.source], [last], last.ordinal + 1, all_records=False, is_held=False)
    return last


def grows(met: Met) -> bool:
    """Whether records come behind those of a file."""
    return _source(met).more is not None


def _source(met: Met) -> Source:
    return next(source for source in formats() if source.name == met.place.format)


def added(met: Met, tally: Tally, watch: Watch) -> Iterator[Item | Aside]:
    """Yield what has come in a file of records, but for what is half-written. A file that is another one is told of."""
    known = met.identity
    if known is None:
        return
    met.identity = renewed(met.place.source, known)
    if met.identity is None:
        _forget(met.place.source)
        if watch.changed(met.place, replaced(met.place, known)):
            del tally.met[met.place.source]
            tally.seen.discard(met.place.source)
        return
    more = _source(met).more
    if more is None or (met.identity == known and not met.is_due):
        return
    met.is_due = False
    told = {word.offset for word in met.words}
    try:
        for found in taken_apart(more(replace(met.place, offset=met.last.offset if met.last else 0, length=-1))):
            ref = found.ref if isinstance(found, Aside) else found
            if isinstance(ref, Trouble) and ref.offset in told:
                continue
            if met.last is None or ref.offset != met.last.offset or met.state == "held back":
                yield found
            elif met.state == "handed on" and ref.length != met.last.length and not isinstance(found, Aside):
                if met.last.ordinal < 0:  # it looked like no page
                    yield found
                else:
                    _mend(replace(ref, ordinal=met.last.ordinal), met.words, watch)
            met.last, met.state = ref, "whole"
    except SourceError as error:
        met.identity = None
        yield Trouble.at(met.place, error.problem)


def _forget(path: str) -> None:
    from tui.sources.streams.growing import forget  # with it comes what decodes

    forget(path)


def _mend(ref: Item, words: Sequence[Trouble], watch: Watch) -> None:
    watch.mended(ref)
    problem = unreadable(Reason("whole_by_now", {"byte": ref.offset}), shown(ref.source))
    for word in words:
        watch.mended(replace(word, problem=problem))


def note(met: Met, end: Sequence[Item | Aside], ordinal: int, all_records: bool, is_held: bool) -> None:
    """Remember where a scan ended: at a record and the words behind it, the last of which has the ordinal before this one."""
    met.state = "held back" if is_held else "handed on"
    for found in reversed(end):
        is_counted = not is_held and (all_records or not isinstance(found, Aside))
        ordinal -= is_counted
        ref = replace(found.ref if isinstance(found, Aside) else found, ordinal=ordinal if is_counted else -1)
        if not isinstance(ref, Trouble):
            met.last = ref
        elif is_counted:
            met.words.append(ref)
