"""Who answers which question. All of it runs in a child process, and what a question needs is imported when it is asked."""

import signal
from collections.abc import Callable, Iterator, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any

from tui.core import questions as ask
from tui.core.answers import Batch, Digest, Judged, Matched, Rechecked, Searched, Traced
from tui.core.model import CharsetReadings, Document, Item, Original, Preview, RepairEffects
from tui.processes.wire import Part, Setup, Way

if TYPE_CHECKING:
    from tui.processes.scanning import Scanning

MOMENT_S = 0.15
"""Seconds after which an answer about many pages is given, however few were looked at: at least one."""
WAY_S = 0.25
"""Seconds between two reports of the way to a page."""


class AnswerHost:
    """What is at hand while a question is answered, and what is kept for the next one."""

    def __init__(self, setup: Setup, send: Callable[[object], None]) -> None:
        """`send` hands over what comes before an answer."""
        self.limits = setup.limits
        self._send = send
        self.scanning: Scanning | None = None
        """The scan that can be gone on with."""
        self._reported = 0.0
        from tui.sources import begin_steps, report_seeks, report_steps  # everybody reads

        report_seeks(self._on_way)
        report_steps(self._set_timer)
        self._begin_steps = begin_steps
        if setup.is_remote:
            from tui.sources import allow_remote

            allow_remote()

    def renew(self) -> None:
        """What follows has the seconds of a page for itself: another page, another entry; and so has each megabyte of it."""
        self._begin_steps()
        self._set_timer()

    def _set_timer(self) -> None:
        signal.setitimer(signal.ITIMER_PROF, self.limits.page_s)

    def part(self, content: object) -> None:
        """Hand over a part of the answer."""
        self._send(Part(content))

    def _on_way(self, reached: int, target: int) -> None:
        if (now := monotonic()) - self._reported > WAY_S:
            self._reported = now
            self._send(Way(reached, target))

    def a_moment(self, pages: Sequence[Any]) -> Iterator[Any]:
        """Yield the first pages, at least one, as many as there is time for; each has the seconds of a page."""
        until = monotonic() + MOMENT_S
        for number, page in enumerate(pages):
            if number and monotonic() > until:
                return
            self.renew()
            yield page


def _open(host: AnswerHost, question: ask.Open) -> Document:
    from tui import loader
    from tui.core.values import replace

    limits = host.limits
    if question.most_bytes is not None:
        limits = replace(limits, page_bytes=min(limits.page_bytes, question.most_bytes))
    return loader.load(question.ref, question.options, limits, question.plain)


def _peek(host: AnswerHost, question: ask.Peek) -> tuple[Preview, ...]:
    from tui import loader

    return tuple(loader.peek(ref, question.options) for ref in host.a_moment(question.refs))


def _source(host: AnswerHost, question: ask.Source) -> Original:
    from tui import loader

    return loader.source(question.ref, question.options, host.limits)


def _readings(host: AnswerHost, question: ask.Readings) -> CharsetReadings:
    from tui import loader

    return loader.readings(question.ref, question.options, host.limits)


def _effects(host: AnswerHost, question: ask.Effects) -> RepairEffects:
    from tui import loader

    return loader.effects(question.ref, question.options, host.limits)


def _trace(host: AnswerHost, question: ask.Trace) -> Traced:
    from tui import loader

    return loader.trace(question.ref, question.options, host.limits, question.offset, question.in_source)


def _search(host: AnswerHost, question: ask.Search) -> Searched:
    from tui.lookup.search import search

    return search(question.refs, question.query, question.options, host.limits, host.renew, question.is_thorough)


def _match(_host: AnswerHost, question: ask.Match) -> Matched:
    from tui.lookup.search import match

    return match(question.texts, question.expression)


def _digests(host: AnswerHost, question: ask.Digests) -> tuple[Digest, ...]:
    from tui import loader
    from tui.choosing import fields
    from tui.text.words.fold import pieces

    def digest(ref: Item) -> Digest:
        document = loader.load(ref, question.options, host.limits)
        unread = tuple(problem for problem in document.problems if problem.gravity == "unread")
        return Digest(fields.kept(document), " ".join(sorted(pieces(document.text) | pieces(document.title))), unread)

    return tuple(map(digest, host.a_moment(question.refs)))


def _judge(host: AnswerHost, question: ask.Judge) -> Judged:
    from tui import loader
    from tui.lookup.judging import judge

    return judge(question, lambda ref, options: loader.load(ref, options, host.limits), loader.peek, host.a_moment)


def _recheck(_host: AnswerHost, question: ask.Recheck) -> Rechecked:
    from tui.sources import renewed, replaced

    ref = question.ref
    identity = renewed(ref.spool or ref.source, question.known)
    return Rechecked(identity, None if identity else replaced(ref, question.known))


def _scan(host: AnswerHost, question: ask.Scan) -> Batch:
    from tui.processes.scanning import Scanning

    host.scanning = Scanning(question, host)
    return host.scanning.go_on(question.is_following)


def _look_again(host: AnswerHost, question: ask.LookAgain) -> Batch:
    return host.scanning.go_on(question.is_following) if host.scanning is not None else Batch(state="lost")


ANSWERS: dict[type, Callable[[AnswerHost, Any], Any]] = {
    ask.Open: _open,
    ask.Peek: _peek,
    ask.Source: _source,
    ask.Readings: _readings,
    ask.Effects: _effects,
    ask.Trace: _trace,
    ask.Search: _search,
    ask.Match: _match,
    ask.Digests: _digests,
    ask.Judge: _judge,
    ask.Recheck: _recheck,
    ask.Scan: _scan,
    ask.LookAgain: _look_again,
}
