"""What reads pages, in a process of its own, which may hang, crash or be killed: `python -m tui.processes.worker`.

It ends when its standard input is closed. What a page may take of the processor holds in C code too: the default action
of the timer's signal ends the process, and whoever waits for the answer starts a new one.
What a question alone needs is imported when it is asked.
"""

import gc
import os
import select
import signal
from collections.abc import Callable, Iterator, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any

from tui import loader
from tui.core import questions as ask
from tui.core.answers import Batch, Compared, Digest, JsonPage, Judged, Matched, Rechecked, Searched
from tui.core.errors import ReasonedError, StoreError
from tui.core.model import Document, Item, Preview
from tui.core.problems import Reason
from tui.core.values import replace
from tui.processes import process
from tui.processes.launch import COLD, YOUNG
from tui.processes.wire import MEMORY_STATUS, Bound, Part, Raised, Ready, Setup, StoreNotice, pack, receive

if TYPE_CHECKING:
    from tui.processes.scanning import Scanning

NICENESS = 10
MOMENT_S = 0.15
"""Seconds after which an answer about many pages is given, however few were looked at: at least one."""
RENEWED_S = 0.01
"""Seconds of pages that are read at once for which one counts as begun: setting the timer for each is a tenth of a list."""
STORED_S = 0.5
"""Seconds of the processor for the bytes of a page that cost a process before."""
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
        from tui.sources import Turns, begin_steps, report_seeks, report_steps, share  # everybody reads

        report_seeks(self._on_way)
        report_steps(self._set_timer)
        self._begin_steps = begin_steps
        self._memory_bytes = self._told_bytes = setup.limits.memory_bytes
        self.turns = Turns(setup.turns, self._memory_bytes, self._bound, lambda: self._send(ask.Progress()))
        share(self.turns)
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

    def remark(self, error: StoreError) -> None:
        """Say that something of ours is damaged without which the answer is the same."""
        self._send(StoreNotice(error))

    def _bound(self, memory_bytes: int) -> None:
        """Have more memory than usual, or no more. It may be less at any time, in the midst of a message too: see `tell_bound`."""
        process.bound_memory(memory_bytes)
        self._memory_bytes = memory_bytes
        if memory_bytes > self._told_bytes:
            self.tell_bound()

    def tell_bound(self) -> None:
        """Say how much memory this process may have, if whoever watches it doesn't know."""
        if self._memory_bytes != self._told_bytes:
            self._told_bytes = self._memory_bytes
            self._send(Bound(self._told_bytes))

    def _on_way(self, reached: int, target: int) -> None:
        if (now := monotonic()) - self._reported > WAY_S:
            self._reported = now
            self._send(ask.Progress(reached=reached, target=target))

    def a_moment(self, pages: Sequence[Any]) -> Iterator[Any]:
        """Yield the first pages, at least one, as many as there is time for; each has the seconds of a page."""
        start = renewed = now = monotonic()
        self.renew()
        for number, page in enumerate(pages):
            if number and (now := monotonic()) - start > MOMENT_S:
                return
            if now - renewed > RENEWED_S:
                renewed = now
                self.renew()
            yield page


def _open(host: AnswerHost, question: ask.Open) -> Document:
    limits = host.limits
    if question.most_bytes is not None:
        limits = replace(limits, page_bytes=min(limits.page_bytes, question.most_bytes))
    return loader.load(question.ref, question.options, limits, question.plain)


def _peek(host: AnswerHost, question: ask.Peek) -> Sequence[Preview]:
    return loader.peeks(question.refs, question.options, host.a_moment)


def _as_json(host: AnswerHost, question: ask.AsJson) -> Sequence[JsonPage]:
    from tui.export import documents

    def printed(document: Document) -> JsonPage:
        return JsonPage(documents.to_json(documents.page(document)).encode("utf-8", "replace"), document.problems)

    return tuple(printed(loader.load(ref, question.options, host.limits)) for ref in host.a_moment(question.refs))


def _search(host: AnswerHost, question: ask.Search) -> Searched:
    from tui.lookup.search import search

    return search(question.refs, question.query, question.options, host.limits, host.renew, question.is_thorough)


def _match(_host: AnswerHost, question: ask.Match) -> Matched:
    from tui.lookup.search import match

    return match(question.texts, question.expression)


def _compare(_host: AnswerHost, question: ask.Compare) -> Compared:
    from tui.text.comparison import compare

    return compare(question.before, question.after)


def _digests(host: AnswerHost, question: ask.Digests) -> tuple[Digest, ...]:
    from tui.choosing import fields
    from tui.text.quality.likeness import signature
    from tui.text.words.fold import pieces

    def digest(ref: Item) -> Digest:
        document = loader.load(ref, question.options, host.limits)
        unread = tuple(problem for problem in document.problems if problem.gravity == "unread")
        found = " ".join(sorted(pieces(document.text) | pieces(document.title)))
        made = signature(document.body) if question.with_signatures else b""
        return Digest(fields.kept(document), found, unread, made)

    return tuple(map(digest, host.a_moment(question.refs)))


def _judge(host: AnswerHost, question: ask.Judge) -> Judged:
    from tui.lookup.judging import Looks, judge

    page = lambda ref, options: loader.load(ref, options, host.limits)  # noqa: E731
    looks = Looks(loader.recorded, loader.recorded_day, loader.peek, page)
    return judge(question, looks, host.a_moment, host.remark)


def _restore(host: AnswerHost, question: ask.Restore) -> int:
    from tui.export.corpus import NO_ROW, row

    host.part(None)
    for ref in question.refs:
        host.renew()
        document = _wanted(host, ref, question)
        host.part(NO_ROW if document is None else row(document, question.columns, question.digest))
    return len(question.refs)


def _wanted(host: AnswerHost, ref: Item, question: ask.Restore) -> Document | None:
    """The page, read; None: the expression doesn't hold for it. What can't be read is wanted: somebody has to tell of it."""
    if question.where:
        judged = _judge(host, ask.Judge([ref], question.options, question.where, with_documents=True))
        if not judged.kept and not judged.problems:
            return None
        if judged.documents:
            return judged.documents[0][1]
    return loader.load(ref, question.options, host.limits)


def _stored(host: AnswerHost, question: ask.StoredBytes) -> bytes:
    host.limits, usual = replace(host.limits, page_s=STORED_S), host.limits
    host.renew()
    try:
        return loader.record(question.ref, host.limits)
    finally:
        host.limits = usual


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
    ask.Given: lambda host, question: loader.given(question, host.limits),
    ask.Peek: _peek,
    ask.AsJson: _as_json,
    ask.Source: lambda host, question: loader.source(question, host.limits),
    ask.Readings: lambda host, question: loader.readings(question, host.limits),
    ask.Effects: lambda host, question: loader.effects(question, host.limits),
    ask.Trace: lambda host, question: loader.trace(question, host.limits),
    ask.Search: _search,
    ask.Match: _match,
    ask.Compare: _compare,
    ask.Digests: _digests,
    ask.Judge: _judge,
    ask.Restore: _restore,
    ask.StoredBytes: _stored,
    ask.Recheck: _recheck,
    ask.Scan: _scan,
    ask.LookAgain: _look_again,
}


def main(manner: str = "") -> None:
    """Answer questions until standard input is closed; `manner` may be COLD."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    requests, answers = process.requests(), process.answers()
    if manner != COLD and not select.select([requests], [], [], 0)[0]:
        loader.warm()  # while whoever launched us is still busy with its own imports
    gc.freeze()  # what was imported stays; `launch` has kept the collector away from it
    gc.enable()
    gc.set_threshold(YOUNG)
    setup = receive(requests)
    if not isinstance(setup, Setup):
        return
    process.bound_memory(setup.limits.memory_bytes)
    if setup.is_low_priority:
        os.nice(NICENESS)
    process.send(answers, Ready())
    host = AnswerHost(setup, lambda part: process.send(answers, part))
    while isinstance(question := receive(requests), ask.Question):
        host.renew()
        host.turns.begin(is_scanning=isinstance(question, ask.Scan | ask.LookAgain))
        try:
            answer = pack(ANSWERS[type(question)](host, question))
        except MemoryError:
            os._exit(MEMORY_STATUS)  # what is left of the heap is not to be trusted
        except StoreError as error:
            answer = pack(Raised(error))
        except Exception as error:  # noqa: BLE001 - a fault of ours costs the page that found it, and is shown there
            fault = Reason("our_fault", {"fault": f"{type(error).__name__}: {error}"})
            answer = pack(Raised(ReasonedError(fault)))
        signal.setitimer(signal.ITIMER_PROF, 0)
        host.turns.rest()
        host.tell_bound()
        process.send_packed(answers, answer)
    process.end()


if __name__ == "__main__":
    main()
