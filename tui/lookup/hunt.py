"""Searches a collection through a worker, batch by batch: hits come as they are found, and it can stop at any time."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, takewhile
from math import inf
from operator import attrgetter
from time import monotonic

from tui.core.answers import Searched
from tui.core.model import Item, Options, Ref, Trouble
from tui.core.questions import SERIAL_S, Asker, Crowd, Search, as_columns
from tui.core.shelf import Pages, Run

FIRST_PAGES = 64
MOST_PAGES = 8192
"""Pages that a worker is asked to search at once; it answers before it is through if that takes long."""


def hunt(
    asker: Asker,
    found: Iterable[Pages],
    query: str,
    options: Options,
    is_thorough: bool = False,
    crowd: Crowd | None = None,
    is_hasty: bool = False,
) -> Iterator[Searched]:
    """Yield what is found, in the order of the pages, several times a second. Troubles are problems.

    Pages that come together, as runs, are searched without a reference for each. `crowd` is asked where that takes long.
    `is_hasty`: pages may come slowly, and are searched as they come, without a crowd, whose answers wait for more questions.
    """
    coming = _Coming(found)
    size = FIRST_PAGES
    waiting: Sequence[Item] = ()
    until = monotonic() + SERIAL_S if crowd is not None and not is_hasty else inf
    while monotonic() < until:
        waiting = coming.more(waiting, 1 if is_hasty else size)
        if not waiting:
            return
        if isinstance(first := waiting[0], Trouble):
            waiting = waiting[1:]
            yield Searched(1, (), ((first, first.problem),))
            continue
        pages = waiting[:size] if isinstance(waiting, Run) else [*takewhile(_is_page, waiting)]
        answer = asker.ask(Search(as_columns(pages), query, options, is_thorough))
        waiting = waiting[answer.pages :]
        size = max(FIRST_PAGES, min(MOST_PAGES, 2 * answer.pages))
        yield answer
    assert crowd is not None  # noqa: S101 - else there is no end to the time

    def questions() -> Iterator[Search]:
        left = waiting
        while left := coming.more(left, size):
            yield Search(as_columns(left[:size]), query, options, is_thorough)
            left = left[size:]

    yield from chain.from_iterable(crowd(questions(), attrgetter("pages")))


class _Coming:
    """Pages that come, as many at once as are wanted."""

    def __init__(self, found: Iterable[Pages]) -> None:
        self._found = iter(found)
        self._next: Pages | None = None
        """What was taken, and doesn't go on with what waits."""

    def more(self, waiting: Sequence[Item], size: int) -> Sequence[Item]:
        """Return pages that wait, with as many more as there shall be; those of a run by themselves."""
        waiting = waiting or []  # of an empty run, nothing is to be gone on with
        while len(waiting) < size and (some := self._taken()) is not None:
            if isinstance(some, Run) and not waiting:
                waiting = some
            elif isinstance(some, Run) and isinstance(waiting, Run) and (joined := waiting.joined(some)):
                waiting = joined
            elif isinstance(some, Run) or isinstance(waiting, Run):
                self._next = some
                break
            else:
                rows = waiting if isinstance(waiting, list) else list(waiting)
                rows.extend([some] if isinstance(some, Item) else some)
                waiting = rows
        return waiting

    def _taken(self) -> Pages | None:
        some, self._next = self._next, None
        return next(self._found, None) if some is None else some


def _is_page(row: Item) -> bool:
    return isinstance(row, Ref)
