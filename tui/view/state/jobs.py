"""What goes through all pages that are shown, in the background: a search, or a count by a field."""

import random
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from tui.choosing.groups import Groups, ValueGroup
from tui.choosing.selection import shares
from tui.core.answers import FieldValue, Hit, PageHits, Searched
from tui.core.i18n import tr
from tui.core.values import dataclass
from tui.view.state.browsing import Browsing
from tui.view.state.filter import Job
from tui.view.state.prompts import number
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


class SearchJob:
    """Goes on in the background until it is through or stopped."""

    def __init__(self, browsing: Browsing, query: str) -> None:
        self.query = query
        self.on_step: Callable[[], None] = lambda: None
        """Called by the thread that draws, when more was found."""
        self.places: list[HitPlace] = []
        """One for each page with hits, in the order in which they are found."""
        self.is_over = False
        self.looked = 0
        """Pages that were searched."""
        refs = browsing.shelf.pick(browsing.shelf.numbers())
        self.pages = len(refs)
        """Pages to be searched in all."""
        self._shelf, self._runs = browsing.shelf, browsing.names.runs()
        look = partial(browsing.collection.search, refs, query, browsing.options)
        self.stop = Job(browsing, look, self._take).stop

    def _take(self, answers: Sequence[Searched], is_last: bool) -> None:
        self.looked += sum(answer.pages for answer in answers)
        self.places += self._located(hits for answer in answers for hits in answer.found)
        self.is_over = is_last
        self.on_step()

    def _located(self, pages: Iterator[PageHits]) -> Iterator[HitPlace]:
        for hits in pages:
            number = find(self._shelf, self._runs.get(hits.ref.source, ()), hits.ref.ordinal)
            if number is not None:
                yield HitPlace(number, hits.ref.source, hits.ref.ordinal, hits.hits[0], hits.count)


class Count:
    """Goes on in the background until all pages are counted, or it is stopped."""

    def __init__(self, browsing: Browsing, field: str) -> None:
        self._browsing = browsing
        self.on_step: Callable[[], None] = lambda: None
        """As in `SearchJob`."""
        self._numbers = browsing.shelf.numbers()
        self.pages = len(self._numbers)
        """Pages to be counted in all."""
        self.groups = Groups(field)
        self.is_over = False
        refs = browsing.shelf.pick(self._numbers)
        values = partial(browsing.collection.values, refs, field, browsing.options)
        self._job = Job(browsing, values, self._take)

    def _take(self, values: Sequence[FieldValue], is_last: bool) -> None:
        for value in values:
            self.groups.add(self._numbers[self.groups.pages], value)
        self.is_over = is_last
        self.on_step()

    def stop(self) -> None:
        """Count no more pages."""
        if self.groups.pages < self.pages:
            self._job.stop()
        self.is_over = True

    def choose(self, group: ValueGroup) -> None:
        """Show the pages of a group; where not all were counted, all for which its expression holds."""
        pages_filter = self._browsing.filter
        if self.groups.pages < self.pages and group.expression:
            pages_filter.keep(pages_filter.narrowed(group.expression))
        elif group.members:
            members = frozenset(group.members)
            pages_filter.narrow(group.expression, [number for number in self._numbers if number in members])
        else:
            self._browsing.say(tr("no page matches {expression}", expression=group.expression))

    def ask_sample(self) -> None:
        """Ask how many pages to keep at random."""
        sign = tr("how many pages at random, as many of each {field}: ", field=self.groups.field)
        self._browsing.ask(sign, self.draw)

    def draw(self, typed: str) -> None:
        """Keep so many pages at random, of each group as many as of the others, as far as it reaches."""
        wanted, groups = number(typed), self.groups.groups()
        if not wanted:
            self._browsing.complain(tr("{typed}: not a number of pages; type digits only", typed=typed))
            return
        counts = shares([len(group.members) for group in groups], wanted)
        pairs = zip(groups, counts, strict=True)
        drawn = {number for group, count in pairs for number in random.sample(group.members, count)}
        self._browsing.filter.keep_drawn([number for number in self._numbers if number in drawn], self.pages)
