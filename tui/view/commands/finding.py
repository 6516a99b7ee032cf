"""Looking for words, in a pane or in all pages, and going from hit to hit."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

from tui.core.answers import Matched, PageHits, Searched
from tui.core.i18n import tr
from tui.core.questions import Match
from tui.core.shelf import Shelf
from tui.view.commands.base import Commands, Table
from tui.view.pagetext.query import Query
from tui.view.panes.pane import Pane
from tui.view.state.background import Job
from tui.view.state.sourcenames import find, index_of

if TYPE_CHECKING:
    from tui.view.sheets.places import Place


class Finding(Commands):
    """Commands that look for something, and what was looked for last."""

    _typed = ("", 1)  # what was looked for last, and in which direction

    def table(self) -> Table:
        return {
            "search": partial(self.ask, 1),
            "search-back": partial(self.ask, -1),
            "next-hit": partial(self.hit, 1),
            "previous-hit": partial(self.hit, -1),
        }

    def ask(self, step: int) -> None:
        """Ask what to look for in the active pane, and go to the first place while it is being typed."""
        reader, pane = self._reader, self._reader.panes.active
        if reader.typing.after_g:
            reader.searching.ask()
            return
        place = pane.bookmark()

        def changed(typed: str) -> None:
            pane.go_back_to(place)
            # An expression is looked for when it is whole.
            pane.search(Query(typed) if typed and not typed.startswith("/") else None, step)

        def answered(typed: str) -> None:
            pane.go_back_to(place)
            self._search(pane, step, typed)

        def cancelled() -> None:
            pane.search(None, step)
            pane.go_back_to(place)

        reader.ask("/" if step > 0 else "?", answered, changed, cancelled)

    def _search(self, pane: Pane, step: int, typed: str) -> None:
        typed = typed or self._typed[0]
        if not typed:
            return
        self._typed = (typed, step)
        if typed.startswith("/"):
            texts = tuple(pane.texts())
            self._reader.ask_about(
                self._reader.open_index,
                lambda _ref, _options: Match(texts, typed[1:]),
                partial(self._show, pane, step, typed, texts),
            )
            return
        pane.search(Query(typed), step)
        self._say_found(pane, typed)

    def _show(self, pane: Pane, step: int, typed: str, texts: tuple[str, ...], matched: Matched) -> None:
        """Go to the first match of an expression."""
        reader = self._reader
        if matched.error:
            pane.search(None, step)
            said = tr("{typed}: no regular expression: {error}; mend it", typed=typed, error=matched.error)
            reader.say(said, is_trouble=True)
            return
        spans = dict(zip(texts, matched.spans, strict=False))
        pane.search(Query(typed, spans, is_cut=matched.is_cut), step)
        if matched.is_cut:
            reader.say(
                tr("{typed}: stopped, it takes too long; a simpler expression may end", typed=typed), is_trouble=True
            )
        else:
            self._say_found(pane, typed)

    def _say_found(self, pane: Pane, typed: str) -> None:
        """Say so if there is no hit, or if there may be more: in titles that nobody has seen yet."""
        reader = self._reader
        known, pages = reader.headlines.known(), len(reader.shelf)
        is_found = not pane.hits_text().startswith("0/")
        if pane is reader.headlines and known < pages:
            said = tr(
                "{typed}: in the {known:,} of {pages:,} titles read so far; & title:… looks at all of them"
                if is_found
                else "{typed}: not found in the {known:,} of {pages:,} titles read so far; & title:… looks at all of them",
                typed=typed,
                known=known,
                pages=pages,
            )
            reader.say(said, is_trouble=not is_found)
        elif not is_found:
            reader.say(tr("{typed}: not found", typed=typed), is_trouble=True)

    def hit(self, step: int) -> None:
        """Go to the next hit; on a page that wasn't searched yet, search it."""
        pane = self._reader.panes.active
        count = self._reader.take_count() or 1
        typed, direction = self._typed
        if pane.hits_text():
            pane.next_hit(step * direction * count)
        elif typed:
            self._search(pane, step * direction, typed)
            self._typed = (typed, direction)


class Searching(Commands):
    """A search over the pages that are shown, one at a time."""

    _last = ""

    def ask(self) -> None:
        """Ask what to search for; nothing typed means what was searched for last."""
        self._reader.ask(tr("search all pages: "), lambda typed: self._search(typed.strip() or self._last))

    def _search(self, query: str) -> None:
        if not query:
            return
        from tui.view.sheets.places import AllPages, HitSheet  # seldom wanted, and every start would pay

        self._last = query
        reader = self._reader
        numbers = reader.shelf.numbers()
        refs = reader.shelf.pick(numbers)
        sheet = HitSheet(reader.look, query, reader.headlines.names)
        looked, runs = 0, reader.headlines.names.runs()

        def took(answers: list[Searched], is_last: bool) -> None:
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


def _places(shelf: Shelf, runs: Mapping[str, Sequence[range]], found: Sequence[PageHits]) -> Iterator["Place"]:
    """The first hit of each page, with the page's place in the order of finding."""
    from tui.view.sheets.places import Place

    for hits in found:
        number = find(shelf, runs.get(hits.ref.source, ()), hits.ref.ordinal)
        if number is not None:
            yield Place(number, hits.ref.source, hits.ref.ordinal, hits.hits[0], hits.count)
