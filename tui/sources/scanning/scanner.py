"""Looks for pages in what the user named, and looks again when more has come."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from itertools import chain, islice

from tui.core.answers import Position
from tui.core.errors import SourceError
from tui.core.model import Item, Ref, Trouble
from tui.core.problems import Reason, unreadable
from tui.core.shelf import Run, singly
from tui.core.values import replace
from tui.sources.base import Aside, MixedRun, Record, SomeRecords, each_record, ref_of
from tui.sources.dispatch import head_of, recognise
from tui.sources.parsing.magic import BINARY
from tui.sources.scanning.captures import CaptureNotes
from tui.sources.scanning.growth import KnownFiles, Observer
from tui.sources.scanning.standard_input import as_they_come
from tui.sources.scanning.targets import ScanProgress, Tally, places, size_of
from tui.sources.streams.files import printable

MOST_PAGES = 5_000_000
"""Pages of one target that are told of, unless ordinals beyond are asked for: a file of kilobytes may hold any number."""


def reach(ordinals: Iterable[range]) -> int:
    """Return how many pages a scan has to find for the last of these ordinals; without any, as many as any scan does."""
    return max((part.stop for part in ordinals), default=MOST_PAGES)


def scan(targets: Sequence[str], tally: Tally, all_records: bool = False) -> Iterator[Item]:
    """Yield the pages of targets as `Scanner.runs` does, one by one."""
    return singly(Scanner(targets, all_records, tally=tally).runs())


class Ordinals:
    """Counts the pages of each target from 0."""

    def __init__(self, tally: Tally, all_records: bool, most: int, notes: CaptureNotes | None = None) -> None:
        """Records that are no pages are counted in `tally`, unless `all_records` are wanted; of each target, `most` pages."""
        self._tally, self._all_records, self.most, self._notes = tally, all_records, most, notes
        self.next: dict[str, int] = {}
        """Target -> ordinal of the page that is found next in it."""

    def numbered(self, target: str, records: Iterable[SomeRecords]) -> Generator[Item | Run, None, list[Record]]:
        """Yield pages with their ordinals. Returns the last record, and the rows behind it that tell what is missing."""
        ordinal = self.next.get(target, 0)
        last: SomeRecords | None = None
        notices: list[Record] = []
        try:
            for some in records:
                if isinstance(some, Item):
                    if isinstance(some, Trouble):
                        notices.append(some)
                    else:
                        last = some
                        notices = notices and []  # a new one only if need be: there are hundreds of thousands
                    yield some if some.ordinal == ordinal else replace(some, ordinal=ordinal)
                    ordinal += 1
                    continue
                if isinstance(some, Aside) or len(some):
                    last, notices = some, []
                if self._notes is not None and isinstance(some, MixedRun):
                    self._notes.take(some, ordinal, all_records=self._all_records)
                if not isinstance(some, Aside):
                    run = self._run(some).numbered(ordinal)
                    if run:
                        yield run
                    ordinal += len(run)
                elif self._all_records:
                    yield replace(some.ref, ordinal=ordinal)
                    ordinal += 1
                else:
                    self._tally.asides += 1
        finally:
            self.next[target] = ordinal
        return notices if last is None else [last if isinstance(last, Item | Aside) else last[-1], *notices]

    def _run(self, some: Run | MixedRun) -> Run:
        """The references that are wanted; the others are counted."""
        if isinstance(some, Run):
            return some
        asides = some.are_pages.count(0)
        if self._all_records or not asides:
            return some.run
        self._tally.asides += asides
        return some.run.only(some.are_pages)

    def bounded(self, target: str, pages: Generator[Item | Run, None, None]) -> Iterator[Item | Run]:
        """Yield as many pages of a target as are told of, and then one row that says that there are more."""
        most = self.most
        for some in pages:
            first, count = (some.first.ordinal, len(some)) if isinstance(some, Run) else (some.ordinal, 1)
            if first + count <= most:
                yield some
                continue
            if isinstance(some, Run) and first < most:
                yield some[: most - first]
            reason = Reason("more_pages", {"most": most, "last": 2 * most - 1})
            yield Trouble(target, most, unreadable(reason, printable(target)))
            pages.close()
            self.next[target] = most + 1
            return


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
        notes: CaptureNotes | None = None,
    ) -> None:
        """`most`: see `reach`. `spool`: see `places`. `on_place` is called before a file is begun. `notes` are taken."""
        self._targets, self._spool, self._on_place = targets, spool, on_place
        self._observer = observer or Observer()
        self._all_records = all_records
        self.tally = tally or Tally()
        self.progress = ScanProgress(targets)
        self.files = KnownFiles()
        self.ordinals = Ordinals(self.tally, all_records, most, notes)

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
        folder = "" if is_named else target
        records: Iterable[SomeRecords] = self._records(file, folder)
        is_input = isinstance(file, Ref) and bool(file.spool)
        if isinstance(file, Ref) and file.spool:
            records = as_they_come(file, self._observer.pause, lambda: self._records(file, folder))
        end: list[Record] = []
        is_held = False
        if self._observer.is_following and not is_input:
            yield from self.ordinals.numbered(target, _but_end(records, end))
            growing = self.files.growing.get(file.source)
            is_held = growing is not None and growing.format.more is not None
            first = 1 if end and not isinstance(ref_of(end[0]), Trouble) else 0
            # Notices before the last ones are about damage that stays.
            yield from self.ordinals.numbered(target, end[first:-1] if is_held else end)
        else:
            end = yield from self.ordinals.numbered(target, records)
        if growing := self.files.growing.get(file.source):
            growing.end(end, self.ordinals.next[target], self._all_records, is_held)

    def _records(self, file: Item, folder: str) -> Iterator[SomeRecords]:
        """Those of a file, which was found in a folder unless that is empty."""
        if isinstance(file, Trouble) or file.format:
            yield file
            return
        try:
            head = head_of(file)
            file_format = recognise(head)
            if file_format is not None:
                self.files.add(file, file_format)
                found = file_format.found if folder else None
                yield from found(file, folder) if found else file_format.scan(file, None)
            elif not folder:
                yield replace(file, format=BINARY)
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

    def of_fetched(self, address: Ref) -> Iterator[Item]:
        """Yield the pages of what was fetched for an address, if there are several; nothing if it is one.

        `#12` at the end of the address leaves the page with that ordinal.
        """
        from tui.sources.formats import web  # addresses alone

        try:
            facts = web.facts_of(address)
        except SourceError:  # it stays one page, which says why when it is read
            return
        bare, _, fragment = address.source.partition("#")
        pages = singly(self.ordinals.numbered(bare, web.records(replace(address, source=bare), facts)))
        first = list(islice(pages, 2))
        if len(first) < 2:
            return
        ordinal = address.ordinal
        for ordinal, page in enumerate(chain(first, pages), address.ordinal):
            if not fragment.isdecimal() or ordinal == address.ordinal + int(fragment):
                yield replace(page, ordinal=ordinal)
        for problem in facts.problems:
            reason = Reason("save_and_open", {"problem": replace(problem, where=""), "url": bare})
            yield Trouble(bare, ordinal + 1, unreadable(reason, problem.where))

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


def _but_end(records: Iterable[SomeRecords], end: list[Record]) -> Iterator[Record]:
    """Yield all but the last record and the rows behind it that tell what is missing; these are left in `end`."""
    for record in each_record(records):
        if not isinstance(ref_of(record), Trouble):
            yield from end
            end.clear()
        end.append(record)
