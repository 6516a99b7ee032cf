"""What tells the sources of a collection apart, and where the pages of each stand."""

import os
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import PurePath

from tui.core import files
from tui.core.i18n import tr
from tui.core.model import Item, Rows
from tui.core.shelf import Pages, Run, Shelf

_BOUNDARIES = "/-_. "
_EXTENSIONS = (
    *("jsonl", "ndjson", "json", "warc", "wet", "wat", "wacz", "parquet", "csv", "tsv", "zip", "tar", "tgz"),
    *("html", "htm", "txt", "gz", "zst", "bz2", "xz"),
)


def short_name(source: str) -> str:
    """The last part of a path or URL, as far as it says anything.

    >>> short_name("/corpus/2021/page.html"), short_name("-")
    ('page.html', 'standard input')
    """
    return tr("standard input") if source == "-" else PurePath(source).name or source


class SourceNames:
    """The files and addresses that pages were found in, in the order of finding."""

    def __init__(self) -> None:
        self._sources: list[str] = []
        """One for each run of pages of one source."""
        self._starts = array("q")
        """Where the runs start, in the order of finding."""
        self._found = 0
        self._prefix = self._suffix = ""

    def clear(self) -> None:
        """Know none."""
        self._sources.clear()
        del self._starts[:]
        self._found, self._prefix, self._suffix = 0, "", ""

    def add(self, refs: Sequence[Pages]) -> None:
        """Take in pages that were found behind the others."""
        last = self._sources[-1] if self._sources else None
        for source, pages in (pair for some in refs for pair in _by_source(some)):
            if source != last:
                last = source
                self._sources.append(last)
                self._starts.append(self._found)
                self._learn(last)
            self._found += pages

    def _learn(self, source: str) -> None:
        is_first = len(self._sources) == 1
        common = os.path.commonprefix  # by characters, not by folders
        self._prefix = source if is_first else common((self._prefix, source))
        self._suffix = source if is_first else common((self._suffix[::-1], source[::-1]))[::-1]

    @property
    def are_several(self) -> bool:
        """Whether it has to be said which source a page is of: there are several, most of them with pages and not one."""
        return 1 < len(self._sources) <= self._found // 2

    def name(self, source: str) -> str:
        """Return as much of the name of a source as tells it from the others.

        >>> names = SourceNames()
        >>> from tui.core.model import Ref
        >>> names.add([Ref(f"crawl/CC-2021-0000{n}.warc{z}", n) for n, z in ((1, ".gz"), (2, ""), (11, ".gz"))])
        >>> names.name("crawl/CC-2021-00011.warc.gz")
        '00011'
        """
        prefix, suffix = self._prefix, self._suffix
        start = max(prefix.rfind(sign) for sign in _BOUNDARIES) + 1
        ends = [at for sign in _BOUNDARIES if (at := suffix.find(sign)) >= 0]
        end = len(source) - (len(suffix) - min(ends)) if ends else len(source)
        name = source[start:end] or source[start:]
        while (at := name.rfind(".")) > 0 and name[at - 1] != "/" and name[at + 1 :] in _EXTENSIONS:
            name = name[:at]
        return name

    def longest(self, most: int) -> int:
        """Return how many characters the longest name has, or `most` if it has more."""
        longest = 0
        for source in self._sources:
            longest = max(longest, len(self.name(source)))
            if longest >= most:
                return most
        return longest

    def first_two(self) -> list[str]:
        """Return the first sources, no more than two: enough to know whether there is one."""
        return list(dict.fromkeys(self._sources))[:2]

    def runs(self) -> dict[str, list[range]]:
        """Return the places in the order of finding of each source's pages."""
        by_source: dict[str, list[range]] = {}
        for source, start, end in zip(self._sources, self._starts, [*self._starts[1:], self._found], strict=True):
            by_source.setdefault(source, []).append(range(start, end))
        return by_source

    def places(self) -> dict[str, list[range]]:
        """As `runs`, by the names of the sources from wherever one stands."""
        return {absolute(source): runs for source, runs in self.runs().items()}


def _by_source(some: Pages) -> Iterator[tuple[str, int]]:
    """The sources of some pages, and how many follow each other in each."""
    if isinstance(some, Item | Run):
        yield (some.source, 1) if not isinstance(some, Run) else (some.first.source, len(some))
    elif isinstance(some, Rows):
        yield from ((source, sum(1 for _ in same)) for source, same in groupby(some.column("source")))


def absolute(source: str) -> str:
    """Return the name of a source from wherever one stands."""
    return source if "://" in source or source == "-" else files.absolute(source)


def find(shelf: Shelf, runs: Iterable[range], ordinal: int) -> int | None:
    """Return the place in the order of finding of the page with an ordinal in one of these runs; None: it isn't there."""
    for run in runs:
        at = bisect_left(run, ordinal, key=lambda number: shelf.row(number).ordinal)
        if at < len(run) and shelf.row(run[at]).ordinal == ordinal:
            return run[at]
    return None


def count(shelf: Shelf, run: range, ordinals: Sequence[int]) -> int:
    """Return how many pages of a run have one of these ordinals."""
    first, last = (shelf.row(run[at]).ordinal for at in (0, -1))
    within = [ordinal for ordinal in ordinals if first <= ordinal <= last]
    if last - first == len(run) - 1:  # none is left out between them
        return len(within)
    return sum(find(shelf, [run], ordinal) is not None for ordinal in within)


def index_of(shelf: Shelf, number: int | None) -> int | None:
    """Return at which index a page is shown, by its place in the order of finding; None: it isn't."""
    numbers = shelf.numbers()
    return numbers.index(number) if number is not None and number in numbers else None
