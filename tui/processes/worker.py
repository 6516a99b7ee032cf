"""What reads pages, in a process of its own, which may hang, crash or be killed: `python -m tui.processes.worker`.

It ends when its standard input is closed. What a question needs is imported when it is asked. What a page may take of
the processor holds in C code too: the default action of the timer's signal ends the process, and whoever waits for the
answer starts a new one.
"""

import gc
import os
import select
import signal
from collections.abc import Callable, Iterator, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from tui.core import questions as ask
from tui.core.answers import Batch, Digest, Judged, Rechecked, Searched, Traced
from tui.core.questions import Question
from tui.model import Document, Peek
from tui.processes import process
from tui.processes.wire import MEMORY_STATUS, Failure, Part, Ready, Setup, Way, pack, receive

if TYPE_CHECKING:
    from tui.processes.scanning import Scanning


T = TypeVar("T")

MOMENT_S = 0.15
"""Seconds after which an answer about many pages is given, however few were looked at: at least one."""
WAY_S = 0.25
"""Seconds between two reports of the way to a page."""


class Desk:
    """What is at hand while a question is answered, and what is kept for the next one."""

    def __init__(self, setup: Setup, send: Callable[[object], None]) -> None:
        """`send` hands over what comes before an answer."""
        self.limits = setup.limits
        self._send = send
        self.scanning: Scanning | None = None
        """The scan that can be gone on with."""
        self._reported = 0.0
        from tui.sources import tell_passed, tell_way  # everybody reads

        tell_way(self._on_way)
        tell_passed(self.renew)
        if setup.is_remote:
            from tui.sources import allow_remote

            allow_remote()

    def answer(self, question: ask.Question[T]) -> T:
        """Return the answer."""
        answer: T = _ANSWERS[type(question)](self, question)
        return answer

    def renew(self) -> None:
        """What follows has the seconds of a page for itself: another page, another entry, another megabyte of a file."""
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


def _open(desk: Desk, question: ask.Open) -> Document:
    from dataclasses import replace

    from tui import loader

    limits = desk.limits
    if question.most_bytes is not None:
        limits = replace(limits, page_bytes=min(limits.page_bytes, question.most_bytes))
    return loader.load(question.ref, question.options, limits, question.plain)


def _peek(desk: Desk, question: ask.Peek) -> tuple[Peek, ...]:
    from tui import loader

    return tuple(loader.peek(ref, question.options) for ref in desk.a_moment(question.refs))


def _about_one(desk: Desk, question: ask.Source | ask.Readings | ask.Effects) -> Any:
    from tui import loader

    read = {ask.Source: loader.source, ask.Readings: loader.readings, ask.Effects: loader.effects}[type(question)]
    return read(question.ref, question.options, desk.limits)


def _trace(desk: Desk, question: ask.Trace) -> Traced:
    from tui import loader

    return loader.trace(question.ref, question.options, desk.limits, question.offset, question.in_source)


def _search(desk: Desk, question: ask.Search) -> Searched:
    from tui.lookup.search import search

    return search(question.refs, question.query, question.options, desk.limits, desk.renew, question.is_thorough)


def _digests(desk: Desk, question: ask.Digests) -> tuple[Digest, ...]:
    from tui.lookup.digest import digest

    return tuple(digest(ref, question.options, desk.limits) for ref in desk.a_moment(question.refs))


def _judge(desk: Desk, question: ask.Judge) -> Judged:
    from tui.lookup.judging import ReaderHere, judge

    return judge(question, ReaderHere(desk.limits), desk.a_moment)


def _recheck(_desk: Desk, question: ask.Recheck) -> Rechecked:
    from tui.sources import renewed, replaced

    ref = question.ref
    identity = renewed(ref.spool or ref.source, question.known)
    return Rechecked(identity, None if identity else replaced(ref, question.known))


def _scan(desk: Desk, question: ask.Scan) -> Batch:
    from tui.processes.scanning import Scanning

    desk.scanning = Scanning(question, desk)
    return desk.scanning.go_on(question.is_following)


def _look_again(desk: Desk, question: ask.LookAgain) -> Batch:
    return desk.scanning.go_on(question.is_following) if desk.scanning is not None else Batch(state="lost")


_ANSWERS: dict[type, Callable[[Desk, Any], Any]] = {
    ask.Open: _open,
    ask.Peek: _peek,
    ask.Source: _about_one,
    ask.Readings: _about_one,
    ask.Effects: _about_one,
    ask.Trace: _trace,
    ask.Search: _search,
    ask.Digests: _digests,
    ask.Judge: _judge,
    ask.Recheck: _recheck,
    ask.Scan: _scan,
    ask.LookAgain: _look_again,
}


NICENESS = 10


def main() -> None:
    """Answer questions until standard input is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    requests, answers = process.requests(), process.answers()
    if not select.select([requests], [], [], 0)[0]:
        from tui import loader

        loader.warm()  # while whoever launched us is still busy with its own imports
    gc.freeze()  # what was imported stays; `launch` has kept the collector away from it
    gc.enable()
    setup = receive(requests)
    if not isinstance(setup, Setup):
        return
    process.bound_memory(setup.limits.memory_bytes)
    if setup.is_low_priority:
        os.nice(NICENESS)
    process.send(answers, Ready())
    desk = Desk(setup, lambda part: process.send(answers, part))
    while isinstance(question := receive(requests), Question):
        desk.renew()
        try:
            answer = pack(_answer(desk, question))
        except MemoryError:
            os._exit(MEMORY_STATUS)  # what is left of the heap is not to be trusted
        signal.setitimer(signal.ITIMER_PROF, 0)
        process.send_packed(answers, answer)


def _answer(desk: Desk, question: Question[object]) -> object:
    try:
        return desk.answer(question)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault of ours costs the page that found it, and is shown there
        return Failure(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
