"""A search over the pages that are shown."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from tui.core.answers import Hit, Hits, Searched
from tui.core.values import dataclass
from tui.view.state.pages import ShownPages
from tui.view.state.sourcenames import find


@dataclass(frozen=True, slots=True)
class HitPlace:
    """The first hit of a page, and the page it stands in."""

    number: int
    """Of the page, in the order of finding."""
    source: str
    ordinal: int
    hit: Hit
    count: int
    """Hits of the page in all."""


class Search:
    """Goes on in the background until it is through or stopped."""

    def __init__(self, pages: ShownPages, query: str, on_step: Callable[[], None] = lambda: None) -> None:
        self.query, self.on_step = query, on_step
        self.places: list[HitPlace] = []
        """One for each page with hits, in the order in which they are found."""
        self.is_over = False
        self.looked = 0
        """Pages that were searched."""
        refs = pages.shelf.pick(pages.shelf.numbers())
        self.pages = len(refs)
        """Pages to be searched in all."""
        self._shelf, self._runs = pages.shelf, pages.names.runs()
        look = partial(pages.collection.search, refs, query, pages.options)
        self.stop = pages.begin_job(look, self._take).stop

    def _take(self, answers: Sequence[Searched], is_last: bool) -> None:
        self.looked += sum(answer.pages for answer in answers)
        self.places += self._located(hits for answer in answers for hits in answer.found)
        self.is_over = is_last
        self.on_step()

    def _located(self, found: Iterator[Hits]) -> Iterator[HitPlace]:
        for hits in found:
            number = find(self._shelf, self._runs.get(hits.ref.source, ()), hits.ref.ordinal)
            if number is not None:
                yield HitPlace(number, hits.ref.source, hits.ref.ordinal, hits.hits[0], hits.count)
