"""What one worker does with one shard: it has a child make the rows, and writes part, quarantine and marker.

A page is to blame for the loss of its child where that is sure, or happens again when the page is the first of a new child.
Whoever kills children from outside changes nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import islice
from typing import NamedTuple

from tui import __version__
from tui.batch import parts, plan
from tui.batch.folder import BatchFolder, Marker, counted, digest_of
from tui.batch.plan import BatchPlan, is_from_outside
from tui.core.answers import CorpusRow
from tui.core.errors import CopydeskError
from tui.core.files import is_remote
from tui.core.model import Document, Item, Limits, Ref
from tui.core.problems import Problem, Reason
from tui.core.questions import Restore, StoredBytes, as_columns
from tui.core.values import replace
from tui.export import corpus
from tui.processes.child import LostError
from tui.processes.client import ChildClient, failed

AT_ONCE = 256
"""Pages that a child is asked about together."""
_SURE = frozenset({"took_more_cpu", "took_longer", "our_fault"})
"""Losses that need no second look; another one could be somebody else's doing, or that of the pages before."""
MOST_LOSSES, MOST_KILLS = 2, 5
"""Children that a page may cost before it is given up: by crashes and memory, and by signals from outside."""
MOST_STARTS = 50
"""Children, one after the other, that may be lost before they come to a page."""

OnPage = Callable[[str], object]
"""Is told of each page as it is done: what the gravest of its problems costs."""
OnLost = Callable[[Problem], object]
"""Is told what a page did that cost a process its life, and goes into quarantine."""
Take = Callable[[Item, CorpusRow, Problem | None], object]
"""Takes the row of a page; the problem says that it cost its child its life."""


class Worker:
    """Does one shard after the other, with a child of its own. `close` may be called from any thread."""

    def __init__(self, folder: BatchFolder, batch: BatchPlan, on_page: OnPage, on_lost: OnLost) -> None:
        self._folder, self._batch, self._on_page, self._on_lost = folder, batch, on_page, on_lost
        self._limits = Limits()
        recipe = batch.order.recipe
        self._columns, self._digest = recipe.columns, recipe.digest
        self._options, self._where = recipe.options, recipe.where
        self._clients = {is_other: ChildClient(self._limits, is_remote=is_other) for is_other in (False, True)}

    def close(self) -> None:
        """End the children; a shard under way is given up."""
        for client in self._clients.values():
            client.close()

    def do(self, number: int) -> Marker:
        """Do a shard that isn't done.

        Raises CopydeskError if a source is another one by now or the worker is closed, and OSError.
        """
        places = plan.places(self._batch, number)
        _check(places.stamps)
        self._folder.unmark(number)
        sums = _Sums()
        with self._part(number) as put:

            def take(item: Item, row: CorpusRow, problem: Problem | None) -> None:
                if problem is not None:
                    self._quarantine(number, sums.pages, sums.rows, item, problem)
                    sums.lost += 1
                if row.line:
                    put(row.line)
                sums.add(row)
                self._on_page(row.gravity)

            self._restore(places.singly(), take)
            _check(places.stamps)
        return self._marked(number, sums)

    def again(self, number: int, marker: Marker) -> Marker:
        """Read once more the pages of a done shard that are in quarantine, and put what comes of it in place of their rows.

        Raises as `do` does.
        """
        places = plan.places(self._batch, number)
        _check(places.stamps)
        kept = {entry["row"]: entry["at"] for entry in self._folder.kept(number)}
        items = [item for at, item in enumerate(places.singly()) if at in kept.values()]
        made: list[_Made] = []

        def take(item: Item, row: CorpusRow, problem: Problem | None) -> None:
            made.append(_Made(item, row, problem))
            self._on_page(row.gravity)

        self._restore(items, take)
        _check(places.stamps)
        return self._replaced(number, marker, kept, dict(zip(sorted(kept), made, strict=True)))

    def _replaced(self, number: int, marker: Marker, kept: Mapping[int, int], made: Mapping[int, "_Made"]) -> Marker:
        """Write the part of a shard once more, with other rows at some of its places."""
        sums = _Sums.of(marker)
        lost: list[tuple[int, int, _Made]] = []
        before = parts.lines(self._folder.part(number, self._batch.order.form), self._batch.order.form)
        self._folder.unmark(number, is_cleared=False)
        rows = 0
        with self._part(number) as put:
            for at, line in enumerate(before):
                if each := made.get(at):
                    sums.take_out(self._row_of_lost(each.item, failed(each.item, Reason("given_up"))))
                    sums.add(each.row)
                    if each.problem is not None:
                        lost.append((kept[at], rows, each))
                    line = each.row.line
                if line:
                    put(line)
                    rows += 1
        sums.lost = len(lost)
        self._folder.clear(number)
        for at, row, each in lost:
            assert each.problem is not None  # noqa: S101 - as above
            self._quarantine(number, at, row, each.item, each.problem)
        return self._marked(number, sums)

    def _steady(self, loss: Reason) -> Reason:
        """The same reason each time: whether a page runs out of time or of memory first hangs on the machine."""
        if loss.name == "our_fault":
            return loss
        return Reason(
            "beyond_bounds", {"seconds": self._limits.page_s, "most": self._limits.memory_bytes / 1024 / 1024}
        )

    def _row_of_lost(self, item: Item, problem: Problem) -> CorpusRow:
        return corpus.row(Document.unread(item, problem), self._columns, self._digest)

    def _part(self, number: int) -> AbstractContextManager[parts.PutRow]:
        form = self._batch.order.form
        return parts.part(self._folder.part(number, form), form, self._columns)

    def _marked(self, number: int, sums: "_Sums") -> Marker:
        path = self._folder.part(number, self._batch.order.form)
        pages, size = self._batch.shards[number].pages, path.stat().st_size
        marker = sums.marker(self._batch.digest, digest_of(path), size, pages)
        self._folder.mark(number, marker)
        return marker

    def _quarantine(self, number: int, at: int, row: int, item: Item, problem: Problem) -> None:
        record = self._client(item).ask(StoredBytes(item)) if isinstance(item, Ref) else b""
        told = {
            **{name: getattr(item, name) for name in ("source", "ordinal", "member", "offset", "length")},
            "at": at,
            "row": row,
            "problem": problem.code,
            "message": problem.message,
            "bytes": len(record),
            "copydesk": __version__,
        }
        self._folder.keep(number, at, record, told)

    def _client(self, item: Item) -> ChildClient:
        return self._clients[is_remote(item.source)]

    def _restore(self, items: Iterable[Item], take: Take) -> None:
        coming = iter(items)
        while some := list(islice(coming, AT_ONCE)):
            for part in _together(some):
                self._ask(part, take)

    def _ask(self, items: Sequence[Item], take: Take) -> None:
        """Have the rows of pages made, which are all for one process, going on behind those that cost it its life."""
        client = self._client(items[0])
        done, is_begun, losses = 0, False, Counter[str]()

        def on_row(row: CorpusRow | None) -> None:
            nonlocal done, is_begun
            is_begun = True
            if row is not None:
                losses.clear()
                take(items[done], row, None)
                done += 1

        while done < len(items):
            is_begun = False
            question = Restore(as_columns(items[done:]), self._options, self._columns, self._digest, self._where)
            try:
                client.stream(question, on_row, is_patient=False)
            except LostError as loss:
                if not is_begun:
                    _count_start(loss.reason, losses)
                elif done < len(items) and _is_to_blame(loss.reason, losses):
                    losses.clear()
                    item = items[done]
                    self._on_lost(replace(failed(item, loss.reason), where=f"{item.source} #{item.ordinal}"))
                    problem = failed(item, self._steady(loss.reason))
                    take(item, self._row_of_lost(item, problem), problem)
                    done += 1


class _Made(NamedTuple):
    """What has come of a page that was read once more."""

    item: Item
    row: CorpusRow
    problem: Problem | None


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


def _count_start(loss: Reason, losses: Counter[str]) -> None:
    """Take note that a child was lost before it came to any page. Raises CopydeskError if there can be none at all."""
    losses["start"] += 1
    if loss.name == "no_worker" or losses["start"] >= MOST_STARTS:
        raise CopydeskError(loss)


def _is_to_blame(loss: Reason, losses: Counter[str]) -> bool:
    """Whether the page that was read is given up."""
    if loss.name in _SURE:
        return True
    kind = "kill" if is_from_outside(loss) else "loss"
    losses[kind] += 1
    return losses[kind] >= (MOST_KILLS if kind == "kill" else MOST_LOSSES)


def _together(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Parts of pages that follow each other and are for one process."""
    start = 0
    for at in range(1, len(items) + 1):
        if at == len(items) or is_remote(items[at].source) != is_remote(items[start].source):
            yield items[start:at]
            start = at


def _check(stamps: Mapping[str, tuple[int, int]]) -> None:
    for path, known in stamps.items():
        if plan.stamp(path) != known:
            raise CopydeskError(f"{path}: changed since the plan was made; {plan.REMEDY}")
