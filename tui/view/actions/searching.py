"""Searching all pages: hits stream into a list, from which one is gone to."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

from tui.i18n import tr
from tui.view.query import Query
from tui.view.sourcenames import find, index_of

if TYPE_CHECKING:
    from tui.core.answers import Hits, Searched
    from tui.shelf import Shelf
    from tui.view.background import Job
    from tui.view.hitsheet import Place
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
        from tui.view.hitsheet import AllPages, HitSheet  # seldom wanted, and every start would pay

        self._last = query
        reader = self._reader
        numbers = reader.shelf.numbers()
        refs = reader.shelf.pick(numbers)
        sheet = HitSheet(reader.look, reader.settings, query, reader.headlines.names)
        looked, runs = 0, reader.headlines.names.runs()

        def took(answers: "list[Searched]", is_last: bool) -> None:
            nonlocal looked
            found = [hits for answer in answers for hits in answer.found]
            looked += sum(answer.pages for answer in answers)
            sheet.add(list(_places(reader.shelf, runs, found)))
            sheet.tell(looked, len(refs), is_last=is_last)

        def closed(chosen: "Place | AllPages | None") -> None:
            job.stop()
            reader.collection.cancel()
            if isinstance(chosen, AllPages):
                self._take(chosen.numbers, chosen.wish, query)
            elif chosen is not None and (index := index_of(reader.shelf, chosen.number)) is not None:
                reader.go_to_place(index, chosen.hit.start, Query(query))

        job = Job(
            partial(reader.collection.search, refs, query, reader.options),
            took,
            partial(reader.say, is_trouble=True),
            reader.post_message,
        )
        reader.app.push_screen(sheet, closed)

    def _take(self, pages: Sequence[int], wish: "Literal['label', 'keep']", query: str) -> None:
        """Do something with all pages that have hits, named by their places in the order of finding."""
        if wish == "label":
            self._reader.labelling.ask_for(pages)
            self._reader.tell()
        else:
            self._reader.choosing.narrow("" if '"' in query else f'"{query}"', pages)


def _places(shelf: "Shelf", runs: Mapping[str, Sequence[range]], found: "Sequence[Hits]") -> Iterator["Place"]:
    """The first hit of each page, with the page's place in the order of finding."""
    from tui.view.hitsheet import Place

    for hits in found:
        number = find(shelf, runs.get(hits.ref.source, ()), hits.ref.ordinal)
        if number is not None:
            yield Place(number, hits.ref.source, hits.ref.ordinal, hits.hits[0], hits.count)
