"""Searches a collection through a worker, batch by batch: hits come as they are found, and it can stop at any time."""

from collections.abc import Iterable, Iterator
from itertools import islice

from tui.core.answers import Searched
from tui.core.model import Options, Ref, Rows
from tui.core.questions import Asker, Search

FIRST_PAGES = 64
MOST_PAGES = 8192
"""Pages that a worker is asked to search at once; it answers before it is through if that takes long."""


def hunt(
    asker: Asker, refs: Iterable[Ref], query: str, options: Options, is_thorough: bool = False
) -> Iterator[Searched]:
    """Yield what is found, in the order of the pages, several times a second. Pages with `trouble` are problems."""
    coming = iter(refs)
    waiting: list[Ref] = []
    size = FIRST_PAGES
    while True:
        waiting += islice(coming, max(0, size - len(waiting)))
        if not waiting:
            return
        readable = next((at for at, ref in enumerate(waiting) if ref.trouble), len(waiting))
        if not readable:
            ref = waiting.pop(0)
            yield Searched(1, (), ((ref, ref.trouble),) if ref.trouble else ())
            continue
        answer = asker.ask(Search(Rows(Ref, waiting[:readable]), query, options, is_thorough))
        del waiting[: answer.pages]
        size = max(FIRST_PAGES, min(MOST_PAGES, 2 * answer.pages))
        yield answer
