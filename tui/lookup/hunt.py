"""Searches a collection through a worker, batch by batch: hits come as they are found, and it can stop at any time."""

from collections.abc import Iterable, Iterator
from itertools import islice

from tui.core.answers import Searched
from tui.core.model import Item, Options, Ref, Rows, Trouble
from tui.core.questions import Asker, Search

FIRST_PAGES = 64
MOST_PAGES = 8192
"""Pages that a worker is asked to search at once; it answers before it is through if that takes long."""


def hunt(
    asker: Asker, refs: Iterable[Item], query: str, options: Options, is_thorough: bool = False
) -> Iterator[Searched]:
    """Yield what is found, in the order of the pages, several times a second. Troubles are problems."""
    coming = iter(refs)
    waiting: list[Item] = []
    size = FIRST_PAGES
    while True:
        waiting += islice(coming, max(0, size - len(waiting)))
        if not waiting:
            return
        if isinstance(first := waiting[0], Trouble):
            del waiting[0]
            yield Searched(1, (), ((first, first.problem),))
            continue
        answer = asker.ask(Search(Rows(Ref, _pages(waiting)), query, options, is_thorough))
        del waiting[: answer.pages]
        size = max(FIRST_PAGES, min(MOST_PAGES, 2 * answer.pages))
        yield answer


def _pages(rows: Iterable[Item]) -> Iterator[Ref]:
    """Those before the first trouble."""
    for row in rows:
        if isinstance(row, Trouble):
            return
        yield row
