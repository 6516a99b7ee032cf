"""Looking for words, in a pane or in all pages, and going from hit to hit."""

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Literal

from tui.core.answers import Matched
from tui.core.i18n import tr
from tui.core.questions import Match
from tui.view.commands import Commands
from tui.view.pagetext.query import Query
from tui.view.panes.pane import Pane
from tui.view.state.sourcenames import index_of

if TYPE_CHECKING:
    from tui.view.state.jobs import HitPlace, SearchJob

MOST_ELSEWHERE = 10_000
"""Hits in one text of another pane that are counted."""


class Finding(Commands):
    """Commands that look for something, and what was looked for last."""

    _typed = ""  # what was looked for last
    _last = ""  # in all pages
    _left: "tuple[SearchJob, HitPlace] | None" = None  # the hits, and the one that was gone to

    def ask(self, step: int) -> None:
        """Ask what to look for in the active pane, and go to the first place while it is being typed."""
        browsing, pane = self._browsing, self._panes.active
        if browsing.typing.after_g:
            self._ask_all()
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

        browsing.ask("/" if step > 0 else tr("find backwards: "), answered, changed, cancelled)

    def _search(self, pane: Pane, step: int, typed: str) -> None:
        typed = self._typed = typed or self._typed
        if not typed:
            return
        if typed.startswith("/"):
            texts = tuple(pane.texts())
            self._browsing.ask_about(
                self._browsing.open_index,
                lambda _ref, _options: Match(texts, typed[1:]),
                partial(self._show, pane, step, typed, texts),
            )
            return
        pane.search(Query(typed), step)
        self._report_hits(pane, typed)

    def _show(self, pane: Pane, step: int, typed: str, texts: tuple[str, ...], matched: Matched) -> None:
        if matched.error:
            pane.search(None, step)
            notice = tr("{typed}: invalid regular expression: {error}", typed=typed, error=matched.error)
            self._browsing.complain(notice)
            return
        spans = dict(zip(texts, matched.spans, strict=False))
        pane.search(Query(typed, spans, is_cut=matched.is_cut), step)
        if matched.is_cut:
            self._browsing.say(
                tr("{typed}: stopped, it was taking too long; try a simpler expression", typed=typed), is_trouble=True
            )
        else:
            self._report_hits(pane, typed)

    def _report_hits(self, pane: Pane, typed: str) -> None:
        """Say so if there is no hit, or if there may be more: in titles that nobody has seen yet."""
        browsing = self._browsing
        known, pages = self._panes.headlines.known(), len(browsing.shelf)
        is_found = not pane.hits_text().startswith("0/")
        if pane is self._panes.headlines and known < pages:
            notice = tr(
                "{typed}: found in the {known:,} of {pages:,} titles read so far; g/ searches all pages"
                if is_found
                else "{typed}: not in the {known:,} of {pages:,} titles read so far; g/ searches all pages",
                typed=typed,
                known=known,
                pages=pages,
            )
            browsing.say(notice, is_trouble=not is_found)
        elif not is_found:
            browsing.complain(self._elsewhere(pane, typed))

    def _elsewhere(self, pane: Pane, typed: str) -> str:
        """Say that a pane doesn't have it, and which of the others do."""
        if typed.startswith("/"):  # an expression is held against the texts of one pane, in another process
            return tr("{typed}: not found", typed=typed)
        query, places = Query(typed), [tr("{typed}: not in {pane}", typed=typed, pane=pane.heading())]
        for other in self._panes.by_name.values():
            count = sum(1 for text in other.texts() for _span in islice(query.spans(text), MOST_ELSEWHERE))
            if other is not pane and count:
                places.append(tr("{count:,} in {pane}", count=count, pane=other.heading()))
        return "; ".join(places)

    def hit(self, step: int) -> None:
        """Go to the next hit; on a page that wasn't searched yet, search it. Backwards before any search: ask what for."""
        pane = self._panes.active
        count = self._browsing.take_count() or 1
        if pane.hits_text():
            pane.next_hit(step * count)
            if pane.hits_text().startswith("0/"):
                self._report_hits(pane, self._typed)
        elif self._typed:
            self._search(pane, step, self._typed)
        elif step < 0:
            self.ask(step)
        else:
            self._browsing.say(tr("no search yet; / starts one, g/ in all pages"))

    def _ask_all(self) -> None:
        """Ask what to search all pages for; nothing typed means what was searched for last."""
        if self._browsing.filter.is_free():
            self._browsing.ask(tr("search all pages: "), lambda typed: self._search_all(typed.strip() or self._last))

    def _search_all(self, query: str) -> None:
        if not query:
            return
        from tui.view.state.jobs import SearchJob

        self._last = query
        self._browsing.filter.stop()
        self._show_hits(SearchJob(self._browsing, query))

    def back_to_hits(self) -> bool:
        """Show the hits again, while the page of the one that was gone to is open; returns whether it is."""
        left, self._left = self._left, None
        browsing = self._browsing
        if left is None or index_of(browsing.shelf, left[1].number) != browsing.index_in_mind:
            return False
        self._show_hits(*left)
        return True

    def _show_hits(self, search: "SearchJob", gone_to: "HitPlace | None" = None) -> None:
        from tui.view.sheets.places import HitSheet  # seldom wanted, and every start would pay

        browsing, query = self._browsing, search.query

        def use(chosen: "HitPlace | Literal['label', 'keep']") -> None:
            numbers = [place.number for place in search.places]
            if chosen == "label":
                browsing.labels.ask_for(numbers)
                browsing.host.tell()
            elif chosen == "keep" and not numbers:
                browsing.filter.keep(browsing.filter.narrowed(f'"{query}"'))
            elif chosen == "keep":
                browsing.filter.narrow("" if '"' in query else f'"{query}"', numbers)
            elif (index := index_of(browsing.shelf, chosen.number)) is not None:
                self._left = search, chosen
                browsing.go_to_place(index, chosen.hit.start, Query(query))

        at = search.places.index(gone_to) if gone_to is not None else 0
        self._show_sheet(HitSheet(self._panes.look, search, browsing.names, at), use, search.stop)
