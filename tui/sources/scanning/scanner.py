"""Looks for pages in what the user named, and looks again when more has come."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

from tui.core.answers import Position
from tui.core.errors import SourceError
from tui.core.model import Item, Ref, Trouble
from tui.core.problems import Problem, Reason, unreadable
from tui.core.shelf import Run, singly
from tui.core.values import replace
from tui.sources.base import Record, SomeRecords, ref_of
from tui.sources.dispatch import head_of, recognise
from tui.sources.parsing.magic import binary_kind
from tui.sources.scanning.counting import MOST_PAGES, Ordinals, but_end
from tui.sources.scanning.folders import Tally
from tui.sources.scanning.growth import KnownFiles, Observer
from tui.sources.scanning.standard_input import as_they_come
from tui.sources.scanning.targets import ScanProgress, places, size_of
from tui.sources.streams.files import printable


class _Nobody:
    """Looks once."""

    is_following = False

    def pause(self) -> None:
        """Nobody waits."""

    def changed(self, ref: Ref, problem: Problem) -> bool:  # noqa: ARG002 - as `Observer` has it
        return False

    def mended(self, ref: Item) -> None:
        """Nobody has the page."""


def scan(targets: Sequence[str], tally: Tally, all_records: bool = False) -> Iterator[Item]:
    """Yield the pages of targets as `Scanner.runs` does, one by one."""
    return singly(Scanner(targets, all_records, tally=tally).runs())


class Scanner:
    """A scan: what it passed over, how far it is, and what it knows of the files for the next look. Never raises.

    What can't be read becomes a `Trouble`; what folders pass over is counted in `tally`, and so are targets
    without pages, and records of archives that are no pages of text, unless `all_records` are wanted.
    """

    def __init__(
        self,
        targets: Sequence[str],
        all_records: bool = False,
        *,
        tally: Tally | None = None,
        observer: Observer | None = None,
        most: int = MOST_PAGES,
        spool: str = "",
        on_place: Callable[[], None] | None = None,
    ) -> None:
        """`most`: see `reach`. `spool`: see `places`. `on_place` is called before a file is begun."""
        self._targets, self._spool, self._on_place = targets, spool, on_place
        self._observer: Observer = observer or _Nobody()
        self._all_records = all_records
        self.tally = tally or Tally()
        self.progress = ScanProgress(targets)
        self.files = KnownFiles()
        self.ordinals = Ordinals(self.tally, all_records, most)

    def runs(self) -> Iterator[Item | Run]:
        """Yield a reference for each page, or many at once, as they are found; ordinals count from 0 within each target.

        For one who follows, what may be half-written at the end of a file is left to `look_again`.
        """
        for target in self._targets:
            yield from self.of_target(target)

    def of_target(self, target: str, start: Position | None = None) -> Iterator[Item | Run]:
        """Yield those of one target; of one that another scan has looked into, from `start` on."""
        return self.ordinals.bounded(target, self._of_target(target, start or Position()))

    def _of_target(self, target: str, start: Position) -> Generator[Item | Run, None, None]:
        progress, following = self.progress, self.ordinals.next
        following[target] = progress.first = start.first
        asides = self.tally.asides
        for number, (file, is_named) in enumerate(places(target, self.tally, self._spool)):
            progress.places = number
            if number < start.places:  # another process has looked into it
                self.files.seen.add(file.source)
                continue
            progress.first, progress.current = following[target], file.source
            if self._on_place is not None:
                self._on_place()
            is_open = self._observer.is_following and size_of(file.source) == 0
            if not is_open:  # else what it is going to be can't be told yet
                yield from self._scanned(target, file, is_named)
        if not following[target] and self.tally.asides == asides and not self._observer.is_following:
            self.tally.barren.append(target)

    def _scanned(self, target: str, file: Item, is_named: bool) -> Iterator[Item | Run]:
        """Yield the pages of one file. For one who follows, the last record of a file that grows is held back."""
        self.files.seen.add(file.source)
        self.progress.begun, self.progress.current = self.progress.begun + 1, file.source
        file = replace(file, ordinal=self.ordinals.next.get(target, 0))
        records: Iterable[SomeRecords] = self._records(file, is_named)
        is_input = isinstance(file, Ref) and bool(file.spool)
        if isinstance(file, Ref) and file.spool:
            records = as_they_come(file, self._observer.pause, lambda: self._records(file, is_named))
        end: list[Record] = []
        is_held = False
        if self._observer.is_following and not is_input:
            yield from self.ordinals.numbered(target, but_end(records, end))
            growing = self.files.growing.get(file.source)
            is_held = growing is not None and growing.format.more is not None
            first = 1 if end and not isinstance(ref_of(end[0]), Trouble) else 0
            # Notices before the last ones are about damage that stays.
            yield from self.ordinals.numbered(target, end[first:-1] if is_held else end)
        else:
            end = yield from self.ordinals.numbered(target, records)
        if growing := self.files.growing.get(file.source):
            growing.end(end, self.ordinals.next[target], self._all_records, is_held)

    def _records(self, file: Item, is_named: bool) -> Iterator[SomeRecords]:
        if isinstance(file, Trouble) or file.format:
            yield file
            return
        try:
            head = head_of(file)
            file_format = recognise(head)
            if file_format is not None:
                self.files.add(file, file_format)
                yield from file_format.scan(file, None)
            elif is_named:
                kind = Reason(binary_kind(head.start) or "nothing_known")
                yield Trouble.at(file, unreadable(Reason("no_text", {"kind": kind}), printable(file.source)))
            else:
                self.tally.unrecognised += 1
        except SourceError as error:
            yield Trouble.at(file, error.problem)

    def remembered(self, target: str, pages: Iterable[Item | Run]) -> Iterator[Item | Run]:
        """Yield pages of a target that were found another time, and remember their files as if these had been scanned now."""
        return self.ordinals.bounded(target, self._remembered(target, pages))

    def _remembered(self, target: str, pages: Iterable[Item | Run]) -> Generator[Item | Run, None, None]:
        last: Item | Run | None = None
        for some in pages:
            if last is not None and _path(some) != _path(last):
                self.files.remember(last)
            last = some
            yield some
        if last is not None:
            self.ordinals.next[target] = self.files.remember(last).ordinal + 1

    def look_again(self) -> Iterator[Item | Run]:
        """Yield what has come since the scan or the last look; pages count on from those that were found before."""
        for target in self._targets:
            if target == "-" or "://" in target or self.ordinals.next.get(target, 0) > self.ordinals.most:
                continue
            yield from self.ordinals.bounded(target, self._since(target))

    def _since(self, target: str) -> Generator[Item | Run, None, None]:
        for file, is_named in places(target, Tally()):
            path = file.source
            yield from self.ordinals.numbered(target, self.files.added(path, self._observer))
            if path not in self.files.seen and self.files.is_settled(file):
                yield from self._scanned(target, file, is_named)
                yield from self.ordinals.numbered(target, self.files.added(path, self._observer))


def _path(pages: Item | Run) -> str:
    return pages.first.source if isinstance(pages, Run) else pages.source
