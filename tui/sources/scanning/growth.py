"""What has come since a scan: records behind those of a file, files in a folder, other files in the place of known ones."""

import os
import zlib
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from tui.core.answers import Identity
from tui.core.errors import SourceError
from tui.core.model import Item, Ref, Trouble
from tui.core.problems import Problem, Reason, system_reason, unreadable
from tui.core.shelf import Run
from tui.core.values import dataclass, field, replace
from tui.sources.base import Aside, Format, Record, each_record, ref_of
from tui.sources.dispatch import format_named, head_of, recognise
from tui.sources.streams.files import path_of, printable

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
    return Problem("source_changed", printable(ref.source), {"change": change, "remedy": Reason("read_again")})


class Observer:
    """Whoever waits for a scan: hears what becomes of the files, and says whether more is looked for. This one looks once."""

    is_following = False
    """More is to come: what isn't whole at the end of a file is left for later."""

    def pause(self) -> None:
        """Take note that the scan is going to wait for something."""

    def changed(self, ref: Ref, problem: Problem) -> bool:  # noqa: ARG002 - for those who follow
        """Take note that a file is not the one any more whose pages were found; whether it is to be read from its start."""
        return False

    def mended(self, ref: Item) -> None:
        """Take note that a page is whole that was found before, by its source and ordinal, when it was being written."""


class Ending(Enum):
    """How far the last record of a file is known."""

    WHOLE = auto()
    HANDED_ON = auto()
    """It may have been half-written, and was taken as it was."""
    HELD_BACK = auto()
    """It may be half-written, and was kept for later."""


@dataclass(slots=True)
class GrowingFile:
    """A file of records, and how far it is known."""

    file: Ref
    format: Format
    """By which it was scanned."""
    identity: Identity | None
    """None: it can't be read, or is another one by now."""
    last: Item | None = None
    """The record that was found last, with ordinal -1 if it was no page; None: none was."""
    ending: Ending = Ending.WHOLE
    notices: list[Trouble] = field(default_factory=list)
    """Rows that were handed on behind it, which say what is missing."""
    is_due: bool = True
    """It is to be looked into, changed or not."""

    def end(self, end: Sequence[Record], ordinal: int, all_records: bool, is_held: bool) -> None:
        """Remember where a scan ended: at a record and the rows behind it, the last of which is before this ordinal."""
        self.ending = Ending.HELD_BACK if is_held else Ending.HANDED_ON
        for record in reversed(end):
            is_counted = not is_held and (all_records or not isinstance(record, Aside))
            ordinal -= is_counted
            ref = replace(ref_of(record), ordinal=ordinal if is_counted else -1)
            if not isinstance(ref, Trouble):
                self.last = ref
            elif is_counted:
                self.notices.append(ref)

    def records_since(self, observer: Observer) -> Iterator[Record]:
        """Yield what has come, but for what is half-written; what was, and is whole by now, is mended."""
        more = self.format.more
        if more is None:
            return
        known = {notice.offset for notice in self.notices}
        try:
            for record in each_record(more(replace(self.file, offset=self.last.offset if self.last else 0, length=-1))):
                ref = ref_of(record)
                if isinstance(ref, Trouble) and ref.offset in known:
                    continue
                if self.last is None or ref.offset != self.last.offset or self.ending is Ending.HELD_BACK:
                    yield record
                elif (
                    self.ending is Ending.HANDED_ON and ref.length != self.last.length and not isinstance(record, Aside)
                ):
                    if self.last.ordinal < 0:  # it looked like no page
                        yield record
                    else:
                        self._mend(replace(ref, ordinal=self.last.ordinal), observer)
                self.last, self.ending = ref, Ending.WHOLE
        except SourceError as error:
            self.identity = None
            yield Trouble.at(self.file, error.problem)

    def _mend(self, ref: Item, observer: Observer) -> None:
        observer.mended(ref)
        problem = unreadable(Reason("whole_by_now", {"byte": ref.offset}), printable(ref.source))
        for notice in self.notices:
            observer.mended(replace(notice, problem=problem))


class KnownFiles:
    """What a scan knows of the files that it went through, for the next look at them."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        """Paths of the files that were looked at."""
        self.growing: dict[str, GrowingFile] = {}
        """Those of records, by path."""
        self._fresh: list[str] = []
        """Paths of those that nobody was told of yet."""
        self._unsettled: dict[str, tuple[int, int]] = {}
        """Path -> (size, mtime in ns) of new files that may still be written."""

    def add(self, file: Ref, file_format: Format) -> None:
        """Remember a file that is going to be scanned, if places in it are going to mean anything."""
        is_file = file.member is None and not file.offset and not file.spool and "://" not in file.source
        if is_file and not file_format.outlives_changes:
            self.growing[file.source] = GrowingFile(
                replace(file, format=file_format.name), file_format, identity(file.source)
            )
            self._fresh.append(file.source)

    def fresh(self) -> dict[str, Identity]:
        """Return what the files of records are that nobody was told of yet, by path."""
        identities = {path: self.growing[path].identity for path in self._fresh if path in self.growing}
        self._fresh.clear()
        return {path: known for path, known in identities.items() if known is not None}

    def remember(self, pages: Item | Run) -> Item:
        """Remember a file as if it had been scanned now, by the last pages of it that were found another time."""
        last = pages[-1] if isinstance(pages, Run) else pages
        self.seen.add(last.source)
        file_format = format_named(last.format) if isinstance(last, Ref) else None
        if file_format is not None:
            self.add(Ref(last.source, 0, member=last.member), file_format)
        if last.source in self.growing:
            self.growing[last.source].end([last], last.ordinal + 1, all_records=False, is_held=False)
        return last

    def added(self, path: str, observer: Observer) -> Iterator[Record]:
        """Yield what has come in a file of records. A file that is another one is told of."""
        file = self.growing.get(path)
        if file is None or file.identity is None:
            return
        known, file.identity = file.identity, renewed(path, file.identity)
        if file.identity is None:
            _forget(path)
            if observer.changed(file.file, replaced(file.file, known)):
                del self.growing[path]
                self.seen.discard(path)
        elif file.identity != known or file.is_due:
            file.is_due = False
            yield from file.records_since(observer)

    def is_settled(self, file: Item) -> bool:
        """Say whether a new file can be read: it grows by records, or is as it was at the last look."""
        if isinstance(file, Trouble):
            return False
        try:
            status = os.stat(file.source)  # noqa: PTH116 - paths are plain strings all the way
            file_format = recognise(head_of(file)) if status.st_size else None
        except (OSError, SourceError):
            return False
        if file_format is not None and file_format.more is not None:
            return True
        now = (status.st_size, status.st_mtime_ns)
        if status.st_size and self._unsettled.pop(file.source, None) == now:
            return True
        self._unsettled[file.source] = now
        return False


def _forget(path: str) -> None:
    from tui.sources.streams.growing import forget  # with it comes what decodes

    forget(path)
