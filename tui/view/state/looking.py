"""Looking for pages: taking in what is found, stopping, going on, following what grows, beginning anew, resuming."""

import math
from collections.abc import Mapping, Sequence
from functools import partial
from time import monotonic
from typing import Any

from tui.core.answers import Changed, Completion, Recaptures
from tui.core.i18n import tr, tr_problem
from tui.core.model import Document
from tui.core.problems import AS_WRITTEN, Problem, Reason
from tui.core.questions import LOOK_S
from tui.core.shelf import Pages
from tui.view.state.captures import Captures, Steps
from tui.view.state.filter import Filter
from tui.view.state.labels import Labels
from tui.view.state.pages import ShownPages
from tui.view.state.services import PANES, Where
from tui.view.state.sourcenames import absolute, index_of, short_name
from tui.view.state.survey import PATIENCE_S, Ended, Found, Remarked, Report, Survey

STALE = "source_changed"
"""Code of the problem of a page whose file is another one by now."""
NOTICE_S = 1.0
"""Seconds after which the status line says how far looking for pages is."""
STEPS_S = 0.02
"""Seconds that are spent on captures before keys are looked at."""
LEAST_DONE = 0.001
"""Of 1, from which on an estimate makes sense."""


def span(seconds: float) -> str:
    """A time in words, as exact as an estimate is.

    >>> span(4.2), span(75), span(4000)
    ('5 s', '2 min', '1 h 7 min')
    """
    rounded = math.ceil(seconds)
    if rounded < 60:
        return tr("{seconds} s", seconds=rounded)
    minutes = math.ceil(seconds / 60)
    return tr("{minutes} min" if minutes < 60 else "{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)


class Looking:
    """Has a `Survey` look for pages, and takes in what it tells."""

    def __init__(self, pages: ShownPages, survey: Survey, pages_filter: Filter, labels: Labels) -> None:
        self._pages, self.survey, self._filter, self._labels = pages, survey, pages_filter, labels
        self._is_stale = False
        """What was found lies there no longer."""
        self._resumed = pages.ledger.left
        """Where one left, as `state` says it; filtered so when all pages are there. Empty: nowhere."""
        self._is_resuming = bool(self._resumed)
        """The page that one left isn't found yet."""
        self._is_settled = self._is_resuming
        """It was decided already where keys go first."""
        self._start: Where | None = None
        """Where one was when the first page was on the screen; None: none was yet."""

    def start(self) -> None:
        """Begin to look for pages."""
        self._pages.is_looking = True
        self.survey.start(lambda report, number: self._pages.host.post(partial(self.take, report, number)))

    def take(self, report: Report, number: int) -> None:
        """Take in what was found, unless it was found before all began anew."""
        if number != self.survey.number:
            return
        if isinstance(report, Found):
            self._found(report.refs)
        elif isinstance(report, Ended):
            self._ended(report.trouble)
        elif isinstance(report, Changed):
            self._say_stale(report.problem)
        elif isinstance(report, Remarked):
            self._pages.complain(report.words)
        elif isinstance(report, Recaptures):
            self._recaptured(report)
        else:
            self._mended(report)

    def _found(self, refs: Sequence[Pages]) -> None:
        """The first page is opened; who follows at the end of the list stays there."""
        pages = self._pages
        is_first, before = not pages.shelf, pages.shelf.found
        pages.shelf.extend(refs)
        pages.names.add(refs)
        self._filter.add(range(before, pages.shelf.found))
        pages.view.grow(follow_end=not pages.is_looking)
        if is_first:
            pages.open(0)
        self._filter.grew()
        pages.go_on()
        self._resume(before)

    def _recaptured(self, found: Recaptures) -> None:
        """Learn of captures, and show those of each address together: step by step, as there may be a million."""
        steps = self._fold(found, self.survey.number)

        def go_on() -> None:
            until = monotonic() + STEPS_S
            for _ in steps:
                if monotonic() > until:  # keys come first
                    self._pages.host.post(go_on)
                    return

        go_on()

    def _fold(self, found: Recaptures, number: int) -> Steps[None]:
        """The page that one is at in the list stays so.

        Who is still where the first page was opened gets the one that the first row stands for: its latest capture.
        """
        pages, captures = self._pages, Captures()
        yield from captures.take(found, pages.shelf, pages.names)
        put = (yield from self._filter.fold(captures)) if captures else None
        if put is None or number != self.survey.number:  # none is here, or all began anew
            return
        index, is_at_start = pages.view.page_under_cursor(), self._is_at_start()
        place = None if index is None else pages.shelf.number(index)
        put()
        if is_at_start:
            pages.go_to_page(0)
        elif (index := index_of(pages.shelf, place)) is not None:
            pages.view.go_to_page(index)

    def _is_at_start(self) -> bool:
        """Whether nobody has gone anywhere since the first page was opened."""
        pages = self._pages
        is_first = pages.index_in_mind == pages.view.page_under_cursor() == pages.shelf.number(0) == 0
        return is_first and not self._resumed and pages.awaited < 0 and self._start in (None, pages.view.where())

    def _ended(self, trouble: str) -> None:
        """All pages are there."""
        pages = self._pages
        pages.is_looking = False
        if trouble:
            pages.complain(trouble)
        if not pages.shelf:
            pages.view.show_empty(trouble or tr("found nothing to read; name other files or folders"))
        elif pages.document is not None:
            self._settle(pages.document)
        self._filter.grew()
        pages.go_on()
        pages.host.call_after_refresh(self._labels.show)  # of all pages now
        self._end_resuming()

    def state(self) -> dict[str, Any]:
        """Return where one is, as plain JSON values: page, place in it, filter, panes. Nothing if no page is open."""
        pages = self._pages
        if pages.open_index < 0:
            return {}
        ref, where = pages.shelf[pages.open_index], pages.view.where()
        return {
            "source": absolute(ref.source),
            "ordinal": ref.ordinal,
            "start": where.start,
            "expression": self._filter.expression,
            "pane": where.pane,
            "is_zoomed": where.is_zoomed,
        }

    def _resume(self, first: int) -> None:
        """Go to the page that one left, if it is among those that were just found; `first` is the place of their first."""
        state, shelf = self._resumed, self._pages.shelf
        for number in range(first, shelf.found) if self._is_resuming else ():
            ref = shelf.row(number)
            if ref.ordinal == state.get("ordinal") and absolute(ref.source) == state.get("source"):
                self._is_resuming = False
                self._go_back_to(number, state)
                return

    def _go_back_to(self, index: int, state: Mapping[str, Any]) -> None:
        start, view = state.get("start"), self._pages.view
        self._pages.go_to_place(index, start if isinstance(start, int) else -1)
        if state.get("pane") in PANES:
            view.activate(state["pane"])
        if state.get("is_zoomed") and not view.where().is_zoomed:
            view.zoom()

    def _end_resuming(self) -> None:
        """Filter pages as they were, and say so if the page is gone."""
        expression = self._resumed.get("expression")
        if self._is_resuming:
            self._is_resuming = False
            self._pages.complain(tr("the page you left off at is gone"))
        if isinstance(expression, str) and expression:
            self._filter.keep(expression)

    def notice(self, document: Document) -> None:
        """Send keys where a page is read first; say it if it can't be because its file is another one by now."""
        self._settle(document)
        if self._start is None:
            self._pages.host.call_after_refresh(self._take_start)
        for problem in document.problems:
            if problem.code == STALE and AS_WRITTEN not in problem.values:  # of a batch's source, not of this one
                self._say_stale(problem)

    def _take_start(self) -> None:
        self._start = self._start or self._pages.view.where()

    def _settle(self, document: Document) -> None:
        """A single page is what one wants to read; of an index that is its list."""
        pages = self._pages
        if self._is_settled or pages.is_looking or self.survey.is_following:
            return
        self._is_settled = True
        is_index = document.type == "listing" and bool(document.headlines)
        if len(pages.shelf) == 1 and not is_index and pages.view.where().pane == "headlines":
            pages.view.activate("body")

    def _say_stale(self, problem: Problem) -> None:
        self._is_stale = True
        brief = tr_problem(Reason("at", {"where": short_name(problem.where), "reason": problem.values["change"]}))
        self._pages.complain(tr("R reads the collection again: {said}", said=brief))

    def _mended(self, report: Completion) -> None:
        """A page that was cut is whole: it is read anew when it is looked at."""
        pages = self._pages
        index = index_of(pages.shelf, pages.shelf.mend(report.ref))
        if index is None:
            return
        pages.view.forget(index)
        pages.opener.drop(index)
        if index == pages.open_index:
            pages.open(index)

    def follow(self) -> None:
        """Look for what comes, or no longer; go on first, if looking was stopped."""
        pages, survey = self._pages, self.survey
        pages.hush()
        if survey.is_stopped:
            survey.go_on()
            self._pages.is_looking = True
        elif survey.is_over:
            pages.say(tr("nothing to follow: web pages, --where, samples and limited lists don't grow"))
        elif survey.is_following:
            self.stop()
        else:
            survey.follow(True)
            pages.say(tr("following, checking every {seconds:g} s; F or Ctrl-C stops", seconds=LOOK_S))

    def stop(self) -> bool:
        """Look for no more pages for now; returns whether anybody did."""
        pages, survey = self._pages, self.survey
        if self._pages.is_looking:
            self._pages.is_looking = False
            survey.stop()
            pages_found = len(pages.shelf)
            if not pages_found:
                pages.view.show_empty(tr("stopped before any page was found; F continues"))
            pages.say(self._stopped(pages_found))
        elif survey.is_following and not survey.is_over:
            survey.follow(False)
            pages.say(tr("no longer following"))
        else:
            return False
        return True

    def _stopped(self, pages: int) -> str:
        done = self.survey.progress()
        return tr(
            "stopped at {done:.0%}; {found:,} pages found so far, F continues"
            if done is not None
            else "stopped; 1 page found so far, F continues"
            if pages == 1
            else "stopped; {found:,} pages found so far, F continues",
            found=pages,
            done=done,
        )

    def activity(self) -> str:
        """Say how far looking for pages is, if it takes long."""
        if not self._pages.is_looking or monotonic() - self.survey.since < NOTICE_S:
            return ""
        self._pages.host.tell_soon()
        done = self.survey.progress()
        if done is None:
            return tr("looking for pages… (Ctrl-C stops)")
        elapsed_s = monotonic() - self.survey.since
        return tr(
            "looking for pages: {percent:.0%} done, {left} left… (Ctrl-C stops)",
            percent=done,
            left=span(elapsed_s / max(done, LEAST_DONE) - elapsed_s),
        )

    def begin_anew(self) -> bool:
        """Look for all pages again if what was found lies there no longer; returns whether that is so."""
        pages = self._pages
        if not self._is_stale:
            return False
        if not self.survey.end(PATIENCE_S):
            pages.complain(tr("still waiting for pages; quit and start again"))
            return True
        state = self.state()
        self._filter.keep("")
        pages.forget_pages()
        self._is_stale = False
        self._resumed, self._is_resuming = state, bool(state)
        self.start()
        pages.say(tr("reading the collection again"))
        return True
