"""Which pages are wanted: --where, --sample and --limit, in this order, and no page read further than that takes.

Samples are the same ones for the same seed, wherever one stands and whatever else is there. Each page gets a number that
depends on the seed, the name of its file and its ordinal alone; the lowest ones are the sample. A larger sample holds
the smaller one, and pages that are added later push out few.
"""

import heapq
import zlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from math import inf
from operator import attrgetter
from pathlib import PurePath
from time import monotonic
from typing import TypeVar

from tui.choosing import groups
from tui.choosing.choices import Pick, Selection
from tui.choosing.expression import Expression
from tui.core.answers import Judged
from tui.core.model import Item, Options, Problem
from tui.core.questions import SERIAL_S, Asker, Crowd, Judge, as_columns
from tui.core.shelf import Shelf

T = TypeVar("T")
_MASK = (1 << 64) - 1


def chance(ref: Item, seed: int) -> int:
    """Return a page's number, from 0 up to 2**64.

    >>> from tui.core.model import Ref
    >>> chance(Ref("a.jsonl", 0), 7) == chance(Ref("/elsewhere/a.jsonl", 0), 7) != chance(Ref("a.jsonl", 1), 7)
    True
    """
    # SplitMix64, which passes the usual tests of randomness on numbers that follow each other.
    mixed = (_start(ref.source, seed) + (ref.ordinal + 1) * 0x9E3779B97F4A7C15) & _MASK
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
    return mixed ^ (mixed >> 31)


@lru_cache(maxsize=64)
def _start(source: str, seed: int) -> int:
    name = PurePath(source).name.encode("utf-8", "surrogateescape")
    return (zlib.crc32(name) << 32) ^ (seed * 0xD1342543DE82EF95)


def lowest(numbered: Iterable[tuple[int, T]], count: int) -> list[T]:
    """Return the items with the `count` lowest numbers, in the order in which they came; keeps no more than these."""
    placed = ((number, place, item) for place, (number, item) in enumerate(numbered))
    chosen = heapq.nsmallest(count, placed)
    return [item for _, _, item in sorted(chosen, key=lambda entry: entry[1])]


def shares(sizes: Sequence[int], count: int) -> list[int]:
    """Return how many of `count` each of several strata gives: as many as the others, as far as it reaches.

    >>> shares([100, 3, 50], 11)
    [4, 3, 4]
    """
    given = [0] * len(sizes)
    left = min(count, sum(sizes))
    while left:
        open_strata = [at for at, size in enumerate(sizes) if given[at] < size]
        each = max(1, left // len(open_strata))
        for at in open_strata[:left]:
            more = min(each, sizes[at] - given[at])
            given[at] += more
            left -= more
    return given


MOST_PAGES = 512
"""Pages that are asked about at once; the answer comes before it is through if that takes long."""


class Selector:
    """Asks about pages, as many at once as come without waiting for them."""

    def __init__(
        self,
        asker: Asker,
        options: Options,
        targets: Sequence[str] = (),
        on_lost: Callable[[Item, Sequence[Problem]], None] | None = None,
        is_hasty: bool = False,
        crowd: Crowd | None = None,
        on_passed: Callable[[int], object] | None = None,
    ) -> None:
        """`targets` may have indexes that know the pages. `on_lost` is told of pages that can't be read, and so aren't
        among the wanted ones, `on_passed` of how many were read and don't match. `is_hasty`: pages come slowly, and each
        is asked about as soon as it is there.
        `crowd` is asked where one process takes long.
        """
        self._crowd = None if is_hasty else crowd
        self._asker, self._options = asker, options
        self._targets = tuple(targets)
        self._on_lost, self._on_passed = on_lost, on_passed
        self._most = 1 if is_hasty else MOST_PAGES

    def choose(self, refs: Iterable[Item], selection: Selection) -> Iterator[Pick]:
        """Yield the wanted pages, in order. Without a sample each comes as soon as it is found."""
        if selection.by is not None and selection.sample is not None:
            picks: Iterable[Pick] = self._from_strata(refs, selection, selection.by, selection.sample)
        elif selection.by is not None:
            picks = self.judged(refs, selection.where, selection.by)
        elif selection.sample is not None and selection.where is not None:
            picks = self._by_lot(refs, selection.where, selection.seed, selection.sample)
        elif selection.sample is not None:
            picks = map(Pick, lowest(((chance(ref, selection.seed), ref) for ref in refs), selection.sample))
        else:
            picks = self.judged(refs, selection.where, with_documents=True) if selection.where else map(Pick, refs)
        yield from islice(picks, selection.limit)

    def judged(
        self, refs: Iterable[Item], where: Expression | None, field: str = "", *, with_documents: bool = False
    ) -> Iterator[Pick]:
        """Yield the pages for which an expression holds, in order; without one, all."""
        behind = 0
        for pages, answer in self.answers(refs, where, field, with_documents=with_documents):
            documents, values = dict(answer.documents), dict(zip(answer.kept, answer.values, strict=False))
            for at, problems in answer.problems:
                if self._on_lost:
                    self._on_lost(pages[at], problems)
            if self._on_passed:
                self._on_passed(len(pages) - len(answer.kept) - len(answer.problems))
            yield from (Pick(pages[at], behind + at, values.get(at), documents.get(at)) for at in answer.kept)
            behind += len(pages)

    def answers(
        self, refs: Iterable[Item], where: Expression | None, field: str = "", *, with_documents: bool = False
    ) -> Iterator[tuple[Sequence[Item], Judged]]:
        """Yield pages that follow each other, and the answer about them, until all were asked about."""
        coming, size = iter(refs), 1
        waiting: list[Item] = []
        until = monotonic() + SERIAL_S if self._crowd is not None else inf

        def question(pages: Sequence[Item]) -> Judge:
            text = where.text if where is not None else ""
            return Judge(as_columns(pages), self._options, text, field, self._targets, with_documents)

        while monotonic() < until:
            waiting += islice(coming, max(0, size - len(waiting)))
            if not waiting:
                return
            answer = self._asker.ask(question(waiting))
            yield waiting[: answer.pages], answer
            size = min(self._most, 2 * size if answer.pages >= len(waiting) else max(1, answer.pages))
            del waiting[: answer.pages]
        assert self._crowd is not None  # noqa: S101 - else there is no end to the time
        left = chain(waiting, coming)
        asked: deque[list[Item]] = deque()

        def questions() -> Iterator[Judge]:
            while pages := list(islice(left, size)):
                asked.append(pages)
                yield question(pages)

        for answers in self._crowd(questions(), attrgetter("pages")):
            pages = asked.popleft()
            for answer in answers:
                yield pages[: answer.pages], answer
                del pages[: answer.pages]

    def _by_lot(self, refs: Iterable[Item], where: Expression, seed: int, count: int) -> list[Pick]:
        """Draw pages one by one until enough of them match: far fewer are read than by looking at all."""
        shelf = Shelf(refs)
        order = sorted(range(len(shelf)), key=lambda number: chance(shelf[number], seed))
        drawn = islice(self.judged(shelf.pick(order), where, with_documents=True), count)
        return sorted(drawn, key=lambda page: order[page.at])

    def _from_strata(self, refs: Iterable[Item], selection: Selection, by: str, count: int) -> list[Pick]:
        """Equal shares of all values of a field, as far as each reaches."""
        strata: dict[str, list[tuple[int, int, Item]]] = {}
        sizes: Counter[str] = Counter()
        for place, page in enumerate(self.judged(refs, selection.where, by)):
            name = groups.stratum(page.value)
            sizes[name] += 1
            stratum = strata.setdefault(name, [])
            stratum.append((chance(page.ref, selection.seed), place, page.ref))
            if len(stratum) > 2 * count + 100:
                stratum[:] = sorted(stratum)[:count]
        names = sorted(strata)
        counts = shares([len(strata[name]) for name in names], count)
        drawn = [
            (place, Pick(ref, stratum=name, stands_for=sizes[name] / share))
            for name, share in zip(names, counts, strict=True)
            for _, place, ref in sorted(strata[name])[:share]
        ]
        return [page for _, page in sorted(drawn, key=lambda entry: entry[0])]
