"""Looking for pages: taking in what is found, stopping, going on, following what grows, beginning anew, coming back."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any

from tui.core.answers import Changed, Completion
from tui.core.i18n import tr, tr_said
from tui.core.model import Document, Item
from tui.core.problems import Problem, Reason
from tui.core.questions import LOOK_S
from tui.core.shelf import Pages
from tui.view.commands.base import Commands, Table
from tui.view.panes.statusline import short_name
from tui.view.state.background import Surveyed
from tui.view.state.plan import PANES
from tui.view.state.sourcenames import absolute, index_of
from tui.view.state.survey import PATIENCE_S, Ended, Found

if TYPE_CHECKING:
    from tui.view.reader import Reader


def state_of(reader: "Reader") -> dict[str, Any]:
    """Return where one is, as plain JSON values: page, place in it, filter, panes. Nothing if no page is open."""
    if reader.open_index < 0:
        return {}
    ref, page = reader.shelf[reader.open_index], reader.body.page
    return {
        "source": absolute(ref.source),
        "ordinal": ref.ordinal,
        "start": max(reader.body.here() - page.shift, -1) if page is not None else -1,
        "expression": reader.choosing.expression,
        "pane": reader.panes.active_name,
        "is_zoomed": reader.panes.is_zoomed,
    }


class Resume:
    """Goes back to where one left, as soon as the page is found."""

    def __init__(self, reader: "Reader", state: Mapping[str, Any]) -> None:
        """An empty state is nothing to go back to."""
        self._reader, self._state = reader, state
        self._is_waiting = bool(state)

    def look(self, first: int) -> None:
        """Look for the page among those that were just found; `first` is the place of the first of them."""
        if not self._is_waiting:
            return
        ordinal, source = self._state.get("ordinal"), self._state.get("source")
        shelf = self._reader.shelf
        for number in range(first, shelf.found):
            ref = shelf.row(number)
            if ref.ordinal == ordinal and absolute(ref.source) == source:
                self._is_waiting = False
                self._go(number)
                return

    def _go(self, index: int) -> None:
        reader, state = self._reader, self._state
        start = state.get("start")
        reader.go_to_place(index, start if isinstance(start, int) else -1)
        if state.get("pane") in PANES:
            reader.panes.activate(state["pane"])
        if state.get("is_zoomed") and not reader.panes.is_zoomed:
            reader.panes.zoom()

    def end(self) -> None:
        """All pages are there: filter them as they were, and say so if the page is gone."""
        expression = self._state.get("expression")
        if self._is_waiting:
            self._is_waiting = False
            self._reader.say(tr("the page where you left is not here any more"), is_trouble=True)
        if isinstance(expression, str) and expression:
            self._reader.choosing.keep(expression)


Scan = Callable[[], Iterable[Pages]]
STALE = "source_changed"
"""Code of the problem of a page whose file is another one by now."""
NOTICE_S = 1.0
"""Seconds after which the status line says how far looking for pages is."""
LEAST_DONE = 0.001
"""Of 1, from which on an estimate makes sense."""


def span(seconds: float) -> str:
    """A time in words, as exact as an estimate is.

    >>> span(4.2), span(75), span(4000)
    ('5 s', '2 min', '1 h 7 min')
    """
    whole = math.ceil(seconds)
    if whole < 60:
        return tr("{seconds} s", seconds=whole)
    minutes = math.ceil(seconds / 60)
    return tr("{minutes} min" if minutes < 60 else "{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)


class Surveying(Commands):
    """What the screen does about the pages that there are."""

    def __init__(self, reader: "Reader") -> None:
        super().__init__(reader)
        self.survey = reader.survey
        self.is_looking = False
        """Not all pages are known yet, and somebody looks for them."""
        self._is_stale = False
        """What was found lies there no longer."""
        self._scan: Scan = tuple
        self._resume = Resume(reader, reader.ledger.left)

    def table(self) -> Table:
        return {"follow": self.follow}

    def start(self, scan: Scan) -> None:
        """Begin to look for pages."""
        self._scan = scan
        self.is_looking = True
        post = self._reader.post_message
        self.survey.start(scan, lambda told, number: post(Surveyed(told, number)))

    def take(self, message: Surveyed) -> None:
        """Take in what was found, unless it was found before all began anew."""
        if message.number != self.survey.number:
            return
        told = message.told
        if isinstance(told, Found):
            self._found(told.refs)
        elif isinstance(told, Ended):
            self._ended(told.trouble)
        elif isinstance(told, Changed):
            self._say_stale(told.problem)
        else:
            self._mended(told)
        self._reader.tell()

    def _found(self, refs: Sequence[Pages]) -> None:
        """The first page is opened; who follows at the end of the list stays there."""
        reader, headlines = self._reader, self._reader.headlines
        is_first, before = not reader.shelf, reader.shelf.found
        is_at_end = not self.is_looking and bool(headlines.count()) and headlines.is_on_last_page()
        reader.shelf.extend(refs)
        headlines.names.add(refs)
        headlines.grow()
        if is_first:
            reader.open(0)
        elif is_at_end:
            headlines.go_to(headlines.count() - 1)
        reader.choosing.grew()
        reader.labelling.grew()
        self._resume.look(before)

    def _ended(self, trouble: str) -> None:
        """All pages are there; a single one is what one wants to read."""
        reader = self._reader
        self.is_looking = False
        if trouble:
            reader.say(trouble, is_trouble=True)
        if not reader.shelf:
            self._say_why_empty(trouble or tr("nothing was found that can be read; name other files or folders"))
        elif len(reader.shelf) == 1 and reader.panes.active_name == "headlines" and not self.survey.is_following:
            reader.panes.activate("body")
        reader.choosing.grew()
        reader.labelling.grew()
        reader.call_after_refresh(reader.labelling.show)  # of all pages now
        self._resume.end()

    def _say_why_empty(self, reason: str) -> None:
        self._reader.headlines.say(tr("No pages here"))
        self._reader.body.say(tr("No pages here: {reason}\n\nh shows the keys, q quits.\n", reason=reason))

    def notice(self, document: Document) -> None:
        """Say it if a page can't be read because its file is another one by now."""
        for problem in document.problems:
            if problem.code == STALE:
                self._say_stale(problem)

    def _say_stale(self, problem: Problem) -> None:
        self._is_stale = True
        brief = tr_said(Reason("at", {"where": short_name(problem.where), "reason": problem.values["change"]}))
        self._reader.say(tr("R reads the collection again: {said}", said=brief), is_trouble=True)

    def _mended(self, told: Completion) -> None:
        """A page that was cut is whole: it is read anew when it is looked at."""
        reader = self._reader
        index = index_of(reader.shelf, reader.shelf.mend(told.ref))
        if index is None:
            return
        reader.headlines.forget(index)
        reader.opener.drop(index)
        if index == reader.open_index:
            reader.open(index)

    def follow(self) -> None:
        """Look for what comes, or no longer; go on first, if looking was stopped."""
        reader, survey = self._reader, self.survey
        reader.hush()
        if survey.is_stopped:
            survey.go_on()
            self.is_looking = True
        elif survey.is_over:
            reader.say(tr("nothing more can come: pages of the network, samples and limits are not followed"))
        elif survey.is_following:
            self.stop()
        else:
            survey.follow(True)
            reader.say(tr("following, a look every {seconds:g} s; F or Ctrl-C stops", seconds=LOOK_S))

    def stop(self) -> bool:
        """Look for no more pages for now; returns whether anybody did."""
        reader, survey = self._reader, self.survey
        if self.is_looking:
            self.is_looking = False
            survey.stop()
            found = len(reader.shelf)
            if not found:
                self._say_why_empty(tr("the search was stopped before there was one; F goes on"))
            reader.say(self._stopped(found))
        elif survey.is_following and not survey.is_over:
            survey.follow(False)
            reader.say(tr("no longer following"))
        else:
            return False
        return True

    def _stopped(self, found: int) -> str:
        done = self.survey.progress()
        return tr(
            "stopped at {done:.0%}; {found:,} pages found so far, F goes on"
            if done is not None
            else "stopped; 1 page found so far, F goes on"
            if found == 1
            else "stopped; {found:,} pages found so far, F goes on",
            found=found,
            done=done,
        )

    def way(self, ref: Item) -> str:
        """Say that a page is being read, and how far it is to it; the line is brought up to date until it is there."""
        self._reader.tell_soon()
        progress = self._reader.opener.progress()
        reached, target = progress.reached, progress.target
        name = short_name(ref.member or ref.source)
        if not target:
            return tr("reading {name}… (Ctrl-C stops)", name=name)
        return tr(
            "{name}: no random access: read forward, {reached:,.0f} of {target:,.0f} MB… (Ctrl-C stops)",
            name=name,
            reached=reached / 1e6,
            target=target / 1e6,
        )

    def activity(self) -> str:
        """Say how far looking for pages is, if it takes long."""
        if not self.is_looking or monotonic() - self.survey.since < NOTICE_S:
            return ""
        self._reader.tell_soon()
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
        reader = self._reader
        if not self._is_stale:
            return False
        if not self.survey.end(PATIENCE_S):
            reader.say(tr("pages are still being waited for; quit, and start again"), is_trouble=True)
            return True
        state = state_of(reader)
        reader.choosing.keep("")
        reader.forget_pages()
        self._is_stale = False
        self._resume = Resume(reader, state)
        self.start(self._scan)
        reader.say(tr("the collection is read again"))
        return True
