"""What the user named on the command line, made into references, looked through, and looked through again."""

import glob
import os
import re
import stat
import threading
import time
from array import array
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, islice

from tui.core.answers import Position
from tui.core.errors import SourceError
from tui.core.files import is_address
from tui.core.model import FETCHED, Item, Ref, Trouble
from tui.core.problems import Reason, unreadable
from tui.core.shelf import Run, singly
from tui.sources.base import HEAD_BYTES, Aside, Found, Once, Source, Tally, Watch, position, shown, taken_apart
from tui.sources.dispatch import head_of, recognise
from tui.sources.parsing.magic import binary_kind
from tui.sources.scanning.counting import bounded, but_end, numbered, ref_of
from tui.sources.scanning.folders import natural, walk
from tui.sources.scanning.growth import added, grows, meet, note
from tui.sources.streams.members import compression
from tui.sources.streams.opening import open_stored

POLL_S = 0.02
"""Seconds between two looks at whether more has come."""


_PARENT = os.getppid()
"""The process that started this one."""


class Copied:
    """A copy of standard input that grows. Whoever makes it takes the right to write to it away when it is whole."""

    def __init__(self, path: str) -> None:
        self._path = path

    @property
    def size(self) -> int:
        """Bytes that have come so far."""
        return os.stat(self._path).st_size  # noqa: PTH116 - paths are plain strings all the way

    @property
    def is_whole(self) -> bool:
        """No more will come: it is all here, or whoever copies it is gone."""
        is_left = os.getppid() != _PARENT
        return is_left or not os.stat(self._path).st_mode & stat.S_IWUSR  # noqa: PTH116 - as above

    def wait(self, size: int) -> None:
        """Wait until there are more bytes than `size`, or all."""
        while not self.is_whole and self.size <= size:
            time.sleep(POLL_S)


_PATTERN = re.compile(r"[*?\[]")
_USERINFO = re.compile(r"(?<=://)[^/?#]*@")
"""What is nobody's business: references are shown, stored and written to files."""
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)


def scan(targets: Sequence[str], tally: Tally, all_records: bool = False, watch: Watch | None = None) -> Iterator[Item]:
    """As `runs`, one by one."""
    return singly(runs(targets, tally, all_records, watch))


def runs(
    targets: Sequence[str], tally: Tally, all_records: bool = False, watch: Watch | None = None
) -> Iterator[Item | Run]:
    """Yield a reference for each page, or many at once, as they are found; ordinals count from 0 within each target.

    Of each target, as many as `tally.most`. What can't be read becomes a `Trouble`; what folders pass over is
    counted in `tally`, and so are targets without pages, and records of archives that are no pages of text, unless
    `all_records` are wanted. For one who follows, what may be half-written
    at the end of a file is left to `follow`. Never raises.
    """
    watch = watch or Once()
    for target in targets:
        yield from bounded(target, _of_target(target, tally, all_records, watch), tally)


def _of_target(target: str, tally: Tally, all_records: bool, watch: Watch) -> Generator[Item | Run, None, None]:
    start, tally.start = tally.start, Position()
    tally.next[target] = tally.first = start.first
    asides = tally.asides
    for number, (place, is_named) in enumerate(places(target, tally)):
        tally.places = number
        if number < start.places:  # another process has looked into it
            tally.seen.add(place.source)
            continue
        tally.first, tally.current = tally.next[target], place.source
        if tally.on_place is not None:
            tally.on_place()
        if not (watch.is_following and _is_empty(place.source)):  # what it is going to be can't be told yet
            yield from scanned(target, place, is_named, tally, all_records, watch)
    if not tally.next[target] and tally.asides == asides and not watch.is_following:
        tally.barren.append(target)


def scanned(
    target: str, place: Item, is_named: bool, tally: Tally, all_records: bool, watch: Watch
) -> Iterator[Item | Run]:
    """Yield the pages of one file. For one who follows, the last record of a file that grows is held back."""
    tally.seen.add(place.source)
    tally.begun, tally.current = tally.begun + 1, place.source
    place = replace(place, ordinal=tally.next.get(target, 0))
    is_input = isinstance(place, Ref) and bool(place.spool)
    pages = (
        _of_standard_input(place, tally, watch)
        if isinstance(place, Ref) and place.spool
        else _pages(place, is_named, tally)
    )
    end: list[Item | Aside] = []
    is_held = False
    if watch.is_following and not is_input:
        yield from numbered(target, but_end(pages, end), tally, all_records)
        met = tally.met.get(place.source)
        is_held = met is not None and grows(met)
        first = 1 if end and not isinstance(ref_of(end[0]), Trouble) else 0
        # Words before the last ones are about damage that stays.
        yield from numbered(target, end[first:-1] if is_held else end, tally, all_records)
    else:
        end = yield from numbered(target, pages, tally, all_records)
    if met := tally.met.get(place.source):
        note(met, end, tally.next[target], all_records, is_held)


def _is_empty(path: str) -> bool:
    try:
        return os.stat(path).st_size == 0  # noqa: PTH116 - paths are plain strings all the way
    except (OSError, ValueError):
        return False


def places(target: str, tally: Tally) -> Iterator[tuple[Item, bool]]:
    """Yield the files that a target stands for, and whether each was named by the user rather than found."""
    if target == "-":
        yield _standard_input(tally), True
    elif os.path.isdir(target):  # noqa: PTH112 - Path.is_dir raises for a name that is too long
        yield from ((ref, False) for ref in walk(target, tally))
    elif os.path.lexists(target):
        yield Ref(target, 0), True
    elif is_address(target):
        yield Ref(_USERINFO.sub("", target), 0, FETCHED), True
    elif _SCHEME.match(target):
        yield from _remote_places(target)
    elif _PATTERN.search(target):
        yield from _matches(target, tally)
    else:
        yield Trouble(target, 0, unreadable(Reason("no_file"), shown(target))), True


def _remote_places(target: str) -> Iterator[tuple[Item, bool]]:
    from tui.sources.streams import remote  # few have such

    try:
        found = remote.places(target)
    except SourceError as error:
        yield Trouble(target, 0, error.problem), True
        return
    if not found:
        yield Trouble(target, 0, unreadable(Reason("no_file_at_address"), shown(target))), True
    yield from ((Ref(name, 0), name == target) for name in found)


def _matches(pattern: str, tally: Tally) -> Iterator[tuple[Item, bool]]:
    paths = sorted(glob.iglob(pattern, recursive=True), key=natural)  # noqa: PTH207 - Path.glob finds hidden files too
    if not paths:
        yield Trouble(pattern, 0, unreadable(Reason("no_match"), shown(pattern))), True
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - as above
            yield Ref(path, 0), False
        elif "**" not in pattern:  # there the pattern itself names what lies below
            yield from ((ref, False) for ref in walk(path, tally))


def _pages(place: Item, is_named: bool, tally: Tally) -> Iterator[Found]:
    if isinstance(place, Trouble) or place.format:
        yield place
        return
    try:
        head = head_of(place)
        source = recognise(head)
        if source is not None:
            meet(place, source, tally)
            yield from source.scan(place, None)
        elif is_named:
            kind = Reason(binary_kind(head.start) or "nothing_known")
            yield Trouble.at(place, unreadable(Reason("no_text", {"kind": kind}), shown(place.source)))
        else:
            tally.unrecognised += 1
    except SourceError as error:
        yield Trouble.at(place, error.problem)


def _standard_input(tally: Tally) -> Item:
    if not tally.spool:
        return Trouble("-", 0, unreadable(Reason("input_closed"), "-"))
    return Ref("-", 0, spool=tally.spool)


def _recognised(place: Ref) -> Source | None:
    """What the start of a file that is being written looks like; None if it can't be told yet."""
    try:
        return recognise(head_of(place))
    except SourceError:
        return None


def _of_standard_input(place: Ref, tally: Tally, watch: Watch) -> Iterator[Item | Aside]:
    """The pages of standard input: records as they come, all else when all of it is there."""
    stream = Copied(place.spool)
    count = seen = 0
    last: Item | None = None
    while not stream.is_whole:
        seen = stream.size
        source = _recognised(place)
        start = replace(place, offset=last.offset if last else 0)
        for found in taken_apart(source.more(start)) if source and source.more else ():
            if last is None or ref_of(found).offset != last.offset:
                last, count = ref_of(found), count + 1
                yield found
        watch.pause()
        stream.wait(seen)
    if last is None or not _ends_with(last, place):
        # What is not whole at the end is taken as it is.
        yield from islice(taken_apart(_pages(place, True, tally)), count, None)


def _ends_with(last: Item, place: Ref) -> bool:
    """Whether nothing but blanks stands behind a record in a file; not, if it is compressed."""
    with open_stored(place) as stream:
        is_plain = not compression(stream.read(8))
        stream.seek(last.offset + last.length)
        return is_plain and not stream.read(HEAD_BYTES).strip()


def look_again(targets: Sequence[str], tally: Tally, all_records: bool, watch: Watch) -> Iterator[Item | Run]:
    """Yield what has come since a scan with the same tally, or since the last look. Never raises.

    Pages count on from those that were found before.
    """
    for target in targets:
        if target == "-" or "://" in target or tally.next.get(target, 0) > tally.most:
            continue
        yield from bounded(target, _since(target, tally, all_records, watch), tally)


def _since(target: str, tally: Tally, all_records: bool, watch: Watch) -> Generator[Item | Run, None, None]:
    for place, is_named in places(target, Tally()):
        yield from numbered(target, _added(place, tally, watch), tally, all_records)
        if place.source not in tally.seen and _is_ready(place, tally):
            yield from scanned(target, place, is_named, tally, all_records, watch)
            yield from numbered(target, _added(place, tally, watch), tally, all_records)


def _added(place: Item, tally: Tally, watch: Watch) -> Iterator[Item | Aside]:
    met = tally.met.get(place.source)
    return added(met, tally, watch) if met is not None else iter(())


def _is_ready(place: Item, tally: Tally) -> bool:
    """Say whether a new file can be read: it grows by records, or is as it was at the last look."""
    if isinstance(place, Trouble):
        return False
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
