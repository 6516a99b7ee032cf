"""What one worker does with some pages: it has a child make their rows, and finds the page to blame where a child is lost.

A page is to blame where that is sure, or happens again when the page is the first of a new child. Whoever kills children
from outside changes nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tui.batch.plan import is_from_outside
from tui.choosing.recipe import Recipe
from tui.core.answers import CorpusRow
from tui.core.errors import CopydeskError
from tui.core.files import is_remote
from tui.core.model import Document, Item, Limits, Ref
from tui.core.problems import Problem, Reason
from tui.core.questions import Restore, StoredBytes, as_columns
from tui.export import corpus
from tui.processes.child import LostError
from tui.processes.client import ChildClient, failed

_SURE = frozenset({"took_more_cpu", "took_longer", "our_fault"})
"""Losses that need no second look; another one could be somebody else's doing, or that of the pages before."""
MOST_LOSSES, MOST_KILLS = 2, 20
"""Children that a page may cost before it is given up: by crashes and memory, and by signals from outside. Whoever kills
at random rarely meets a page twenty times in a row; the kernel, where memory is short, meets one that needs too much each time."""
MOST_STARTS = 50
"""Children, one after the other, that may be lost before they come to a page."""

OnPage = Callable[[str], object]
"""Is told of each page as it is done: what the gravest of its problems costs."""


class Loss(NamedTuple):
    """What is kept of a page that cost a child its life."""

    reason: Reason
    """What it did."""
    problem: Problem
    """What its row says, which is the same each time."""
    record: bytes
    """As it is stored; empty: it can't be read."""


class Made(NamedTuple):
    """What has come of a page."""

    item: Item
    row: CorpusRow
    loss: Loss | None = None


class Worker:
    """Reads some pages after others, with a child of its own. `close` may be called from any thread."""

    def __init__(self, recipe: Recipe, on_page: OnPage) -> None:
        self._on_page = on_page
        self._limits = Limits()
        self._columns, self._digest = recipe.columns, recipe.digest
        self._options, self._where = recipe.options, recipe.where
        self._clients = {is_other: ChildClient(self._limits, is_remote=is_other) for is_other in (False, True)}

    def close(self) -> None:
        """End the children; pages under way are given up."""
        for client in self._clients.values():
            client.close()

    def restore(self, items: Sequence[Item]) -> list[Made]:
        """Have the rows of pages made. Raises CopydeskError if there can be no child, or the worker is closed."""
        made: list[Made] = []
        for some in _together(items):
            self._ask(some, made)
        return made

    def _client(self, item: Item) -> ChildClient:
        return self._clients[is_remote(item.source)]

    def _ask(self, items: Sequence[Item], made: list[Made]) -> None:
        """Add what comes of pages, which are all for one process, going on behind those that cost it its life."""
        client = self._client(items[0])
        done, is_begun, losses = 0, False, Counter[str]()

        def take(each: Made) -> None:
            nonlocal done
            losses.clear()
            made.append(each)
            done += 1
            self._on_page(each.row.gravity)

        def on_row(row: CorpusRow | None) -> None:
            nonlocal is_begun
            is_begun = True
            if row is not None:
                take(Made(items[done], row))

        while done < len(items):
            is_begun = False
            question = Restore(as_columns(items[done:]), self._options, self._columns, self._digest, self._where)
            try:
                client.stream(question, on_row, is_patient=False)
            except LostError as loss:
                if not is_begun:
                    _count_start(loss.reason, losses)
                elif done < len(items) and is_to_blame(loss.reason, losses):
                    take(self._lost(items[done], loss.reason))

    def _lost(self, item: Item, loss: Reason) -> Made:
        problem = failed(item, self._steady(loss))
        record = self._client(item).ask(StoredBytes(item)) if isinstance(item, Ref) else b""
        return Made(item, row_of_lost(item, problem, self._columns, self._digest), Loss(loss, problem, record))

    def _steady(self, loss: Reason) -> Reason:
        """The same reason each time: whether a page runs out of time or of memory first hangs on the machine."""
        if loss.name == "our_fault":
            return loss
        return Reason(
            "beyond_bounds", {"seconds": self._limits.page_s, "most": self._limits.memory_bytes / 1024 / 1024}
        )


def row_of_lost(item: Item, problem: Problem, columns: Sequence[str], digest: str) -> CorpusRow:
    """Return the row of a page that cost a process its life."""
    return corpus.row(Document.unread(item, problem), columns, digest)


def _count_start(loss: Reason, losses: Counter[str]) -> None:
    """Take note that a child was lost before it came to any page. Raises CopydeskError if there can be none at all."""
    losses["start"] += 1
    if loss.name == "no_worker" or losses["start"] >= MOST_STARTS:
        raise CopydeskError(loss)


def is_to_blame(loss: Reason, losses: Counter[str]) -> bool:
    """Whether the page that was read is given up; counts its losses."""
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
