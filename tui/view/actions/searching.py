"""Searching all pages: hits stream into a list, from which one is gone to."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Literal

from tui.i18n import tr
from tui.view.opener import is_same
from tui.view.query import Query

if TYPE_CHECKING:
    from tui.lookup.hits import Searched
    from tui.view.background import Job
    from tui.view.hitsheet import AllPages, Place
    from tui.view.reader import Reader


class Searching:
    """A search over the pages that are shown, one at a time."""

    def __init__(self, reader: "Reader") -> None:
        self._reader = reader
        self._job: Job[Searched] | None = None
        self._last = ""
        self.commands: dict[str, Callable[[], None]] = {}

    def ask(self) -> None:
        """Ask what to search for; nothing typed means what was searched for last."""
        self._reader.ask(tr("search all pages: "), lambda typed: self._search(typed.strip() or self._last))

    def _search(self, query: str) -> None:
        if not query:
            return
        from tui.view.background import Job
        from tui.view.hitsheet import HitSheet, Place  # seldom wanted, and every start would pay

        self._last = query
        reader = self._reader
        numbers = reader.shelf.numbers()
        refs = reader.shelf.pick(numbers)
        sheet = HitSheet(reader.look, reader.settings, query, reader.headlines.names)
        looked = 0

        def took(answers: "list[Searched]", is_last: bool) -> None:
            nonlocal looked
            places = list(self._places(answers, looked))
            looked += sum(answer.pages for answer in answers)
            sheet.add(places)
            sheet.tell(looked, len(refs), is_last=is_last)

        def closed(chosen: "Place | AllPages | None") -> None:
            job.stop()
            reader.collection.cancel()
            if isinstance(chosen, Place):
                reader.go_to_place(chosen.index, chosen.hit.start, Query(query))
            elif chosen is not None:
                self._take([numbers[index] for index in chosen.indexes], chosen.wish, query)

        job = Job(
            partial(reader.collection.search, refs, query, reader.options),
            took,
            partial(reader.say, is_trouble=True),
            reader.post_message,
        )
        reader.app.push_screen(sheet, closed)

    def _take(self, pages: list[int], wish: "Literal['label', 'keep']", query: str) -> None:
        """Do something with all pages that have hits, named by their places in the order of finding."""
        if wish == "label":
            self._reader.labelling.ask_for(pages)
            self._reader.tell()
        else:
            self._reader.choosing.narrow("" if '"' in query else f'"{query}"', pages)

    def _places(self, answers: "list[Searched]", looked: int) -> Iterator["Place"]:
        """The first hit of each page, with the page's index in the list."""
        from tui.view.hitsheet import Place

        shelf, index = self._reader.shelf, looked
        for answer in answers:
            for hits in answer.found:
                # Answers come in the order of the list, so that one walk finds all pages.
                while index < len(shelf) and not is_same(shelf[index], hits.ref):
                    index += 1
                yield Place(index, hits.ref.source, hits.ref.ordinal, hits.hits[0], hits.count)
