"""Counts the pages of a target, and tells with which record a file ends."""

from collections.abc import Generator, Iterable, Iterator

from tui.core.model import Item, Trouble
from tui.core.problems import Reason, unreadable
from tui.core.shelf import Run
from tui.core.values import replace
from tui.sources.base import Aside, MixedRun, Record, SomeRecords, each_record, ref_of
from tui.sources.scanning.folders import Tally
from tui.sources.streams.files import printable

MOST_PAGES = 5_000_000
"""Pages of one target that are told of, unless ordinals beyond are asked for: a file of kilobytes may hold any number."""


def reach(ordinals: Iterable[range]) -> int:
    """Return how many pages a scan has to find for the last of these ordinals; without any, as many as any scan does."""
    return max((part.stop for part in ordinals), default=MOST_PAGES)


class Ordinals:
    """Counts the pages of each target from 0."""

    def __init__(self, tally: Tally, all_records: bool, most: int) -> None:
        """Records that are no pages are counted in `tally`, unless `all_records` are wanted; of each target, `most` pages."""
        self._tally, self._all_records, self.most = tally, all_records, most
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


def but_end(records: Iterable[SomeRecords], end: list[Record]) -> Iterator[Record]:
    """Yield all but the last record and the rows behind it that tell what is missing; these are left in `end`."""
    for record in each_record(records):
        if not isinstance(ref_of(record), Trouble):
            yield from end
            end.clear()
        end.append(record)
