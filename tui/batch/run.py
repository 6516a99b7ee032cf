"""A batch at work: pages are handed to workers in their order, and shards written one after the other as rows come back.

All workers are at one shard, or at the end of one and the start of the next: a corpus of one shard keeps them all busy.
Jobs know nothing of each other: each does the shards whose numbers are its own.
"""

import os
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager
from itertools import islice
from queue import SimpleQueue
from typing import NamedTuple, Self

from tui import __version__
from tui.batch import parts, plan
from tui.batch.folder import BatchFolder, Marker, counted, digest_of
from tui.batch.plan import BatchPlan, Places
from tui.batch.work import Made, Worker, row_of_lost
from tui.core.answers import CorpusRow
from tui.core.errors import CopydeskError
from tui.core.model import Item
from tui.core.problems import Reason
from tui.core.values import dataclass, replace
from tui.processes.client import failed

AT_ONCE = 64
"""Pages that a worker is given together."""
AHEAD = 3
"""Such portions for each worker that are under way, or wait for one before them, whose rows are written first."""
HELD_BYTES = 16_000_000
"""Of rows for each worker that may wait, where more portions do: a page that hangs is no reason for others to rest."""
HELD_PAGE_BYTES = 1_000
"""What a page that waits takes beside its row, or without one."""
LOOK_S = 0.2
"""Seconds between two looks at how far the workers are."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How far a batch is."""

    pages: int
    """Done since it began."""
    failures: int
    """Pages among them that could not be read."""


def turn(numbers: Sequence[int], part: int, parts: int) -> list[int]:
    """Return the shards of one job of several, which count from 1.

    >>> turn(range(7), 1, 3), turn(range(7), 3, 3)
    ([0, 3, 6], [2, 5])
    """
    return [number for number in numbers if number % parts == part - 1]


class _Count:
    """What one worker has done; it alone writes it."""

    def __init__(self) -> None:
        self.pages = self.failures = 0

    def add(self, gravity: str) -> None:
        self.pages += 1
        self.failures += gravity == "unread"


class _Portion(NamedTuple):
    """Some pages of a shard, and what will come of them; or why nothing does."""

    number: int
    rows: "Future[list[Made]]"


class Running:
    """Does shards, with several workers, until the `with` block ends."""

    def __init__(
        self,
        folder: BatchFolder,
        batch: BatchPlan,
        workers: int,
        *,
        on_look: Callable[[Pace], object],
        on_lost: Callable[[str], object],
    ) -> None:
        """`on_look` hears now and then how far it is, `on_lost` a line about each page that goes into quarantine."""
        self._folder, self._batch, self._on_look, self._on_lost = folder, batch, on_look, on_lost
        self._counts = [_Count() for _ in range(workers)]
        self._workers = [Worker(batch.order.recipe, count.add) for count in self._counts]
        self._idle = SimpleQueue[Worker]()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(workers)
        self._coming: Iterator[_Portion] = iter(())
        self._waiting = deque[_Portion]()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.close()
        self._threads.shutdown()

    @property
    def pace(self) -> Pace:
        """How far it is."""
        return Pace(sum(each.pages for each in self._counts), sum(each.failures for each in self._counts))

    def done(self, numbers: Sequence[int]) -> Iterator[Marker | CopydeskError]:
        """Do shards that aren't done; yield the marker of each, or why it could not be done.

        Raises OSError. An error is that a source is another one by now.
        """
        self._begin(numbers, lambda _number, places: places.singly())
        yield from (self._outcome(number, self._write) for number in numbers)

    def again(self, markers: Mapping[int, Marker]) -> Iterator[Marker | CopydeskError]:
        """Read once more the pages of done shards that are in quarantine; put what comes of them in place of their rows.

        Yields and raises as `done` does.
        """

        def lost(number: int, places: Places) -> Iterator[Item]:
            kept = {entry["at"] for entry in self._folder.kept(number)}
            return (item for at, item in enumerate(places.singly()) if at in kept)

        self._begin(list(markers), lost)
        for number, marker in markers.items():
            yield self._outcome(number, lambda number, marker=marker: self._replace(number, marker))  # type: ignore[misc]

    def _begin(self, numbers: Sequence[int], wanted: Callable[[int, Places], Iterator[Item]]) -> None:
        def portions() -> Iterator[_Portion]:
            for number in numbers:
                try:
                    places = plan.places(self._batch, number)
                    _check(places)
                    items = wanted(number, places)
                    while some := list(islice(items, AT_ONCE)):
                        yield _Portion(number, self._threads.submit(self._restored, some))
                except (CopydeskError, OSError) as error:
                    failure: Future[list[Made]] = Future()
                    failure.set_exception(error)
                    yield _Portion(number, failure)

        self._coming = portions()

    def _restored(self, items: Sequence[Item]) -> list[Made]:
        worker = self._idle.get()
        try:
            return worker.restore(items)
        finally:
            self._idle.put(worker)

    def _outcome(self, number: int, do: Callable[[int], Marker]) -> Marker | CopydeskError:
        try:
            return do(number)
        except CopydeskError as error:
            for _ in self._portions(number):  # of what can't be had, the rest isn't wanted
                pass
            return error

    def _portions(self, number: int) -> Iterator[_Portion]:
        """Yield the portions of a shard; those behind them are asked for meanwhile."""
        while True:
            self._hand_out()
            if not self._waiting or self._waiting[0].number != number:
                return
            yield self._waiting.popleft()

    def _hand_out(self) -> None:
        """See to it that the workers have pages, unless too many rows wait for one of them."""
        most, made = AHEAD * len(self._workers), [*map(_size, self._waiting)]
        under_way, held_bytes = made.count(None), sum(size or 0 for size in made)
        room = most - len(made)
        if held_bytes < HELD_BYTES * len(self._workers):
            room = max(room, most - under_way)
        self._waiting.extend(islice(self._coming, max(room, 0)))

    def _made(self, number: int) -> Iterator[Made]:
        for portion in self._portions(number):
            while not wait([portion.rows], LOOK_S).done:
                self._hand_out()
                self._on_look(self.pace)
            yield from portion.rows.result()
            self._on_look(self.pace)

    def _write(self, number: int) -> Marker:
        self._folder.unmark(number)
        sums = _Sums()
        with self._part(number) as put:
            for made in self._made(number):
                if made.loss is not None:
                    self._quarantine(number, sums.pages, sums.rows, made)
                    sums.lost += 1
                if made.row.line:
                    put(made.row.line)
                sums.add(made.row)
            _check(plan.places(self._batch, number))
        return self._marked(number, sums)

    def _replace(self, number: int, marker: Marker) -> Marker:
        """Write the part of a shard once more, with other rows where its pages in quarantine stand."""
        kept = {entry["row"]: entry["at"] for entry in self._folder.kept(number)}
        fresh = dict(zip(sorted(kept), self._made(number), strict=True))
        _check(plan.places(self._batch, number))
        sums, lost, rows = _Sums.of(marker), list[tuple[int, int, Made]](), 0
        form, recipe = self._batch.order.form, self._batch.order.recipe
        before = parts.lines(self._folder.part(number, form), form)
        self._folder.unmark(number, is_cleared=False)
        with self._part(number) as put:
            for at, line in enumerate(before):
                if made := fresh.get(at):
                    problem = failed(made.item, Reason("given_up"))
                    sums.take_out(row_of_lost(made.item, problem, recipe.columns, recipe.digest))
                    sums.add(made.row)
                    if made.loss is not None:
                        lost.append((kept[at], rows, made))
                    line = made.row.line
                if line:
                    put(line)
                    rows += 1
        sums.lost = len(lost)
        self._folder.clear(number)
        for at, row, made in lost:
            self._quarantine(number, at, row, made)
        return self._marked(number, sums)

    def _part(self, number: int) -> AbstractContextManager[parts.PutRow]:
        form = self._batch.order.form
        return parts.part(self._folder.part(number, form), form, self._batch.order.recipe.columns)

    def _marked(self, number: int, sums: "_Sums") -> Marker:
        path = self._folder.part(number, self._batch.order.form)
        pages, size = self._batch.shards[number].pages, path.stat().st_size
        marker = sums.marker(self._batch.digest, digest_of(path), size, pages)
        self._folder.mark(number, marker)
        return marker

    def _quarantine(self, number: int, at: int, row: int, made: Made) -> None:
        item, loss = made.item, made.loss
        assert loss is not None  # noqa: S101 - nothing else goes there
        self._on_lost(replace(failed(item, loss.reason), where=f"{item.source} #{item.ordinal}").message)
        told = {
            **{name: getattr(item, name) for name in ("source", "ordinal", "member", "offset", "length")},
            "at": at,
            "row": row,
            "problem": loss.problem.code,
            "message": loss.problem.message,
            "bytes": len(loss.record),
            "copydesk": __version__,
        }
        self._folder.keep(number, at, loss.record, told)


def _size(portion: _Portion) -> int | None:
    """Bytes that the rows of a portion take; None: they aren't made, or can't be."""
    if not portion.rows.done() or portion.rows.cancelled() or portion.rows.exception() is not None:
        return None
    return sum(len(made.row.line) + HELD_PAGE_BYTES for made in portion.rows.result())


class _Sums:
    """Counts of the pages of a shard."""

    def __init__(self) -> None:
        self.pages = self.rows = self.lost = 0
        self._tags, self._gravities = Counter[tuple[str, str]](), Counter[str]()

    @classmethod
    def of(cls, marker: Marker) -> "_Sums":
        """Counts as a marker has them."""
        made = cls()
        made.pages, made.rows, made.lost = marker.pages, marker.rows, marker.quarantined
        made._gravities.update(marker.gravities)
        made._tags.update({(what, name): n for what, names in marker.counts.items() for name, n in names.items()})
        return made

    def add(self, row: CorpusRow) -> None:
        """Count a page."""
        self._change(row, 1)

    def take_out(self, row: CorpusRow) -> None:
        """Count a page no more."""
        self._change(row, -1)

    def _change(self, row: CorpusRow, by: int) -> None:
        self.pages += by
        if row.line:
            self.rows += by
            for tag in row.tags:
                self._tags[tag] += by
        self._gravities[row.gravity] += by

    def marker(self, digest: str, sha256: str, size: int, pages: int) -> Marker:
        """Return what says so."""
        gravities = {name: count for name, count in sorted(self._gravities.items()) if name and count}
        return Marker(digest, sha256, size, pages, self.rows, self.lost, gravities, counted(+self._tags))


def _check(places: Places) -> None:
    """Raise CopydeskError if a source is another one than when the plan was made."""
    for path, known in places.stamps.items():
        if plan.stamp(path) != known:
            raise CopydeskError(f"{path}: changed since the plan was made; {plan.REMEDY}")


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
