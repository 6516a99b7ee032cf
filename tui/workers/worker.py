"""The loader in a process of its own, which may hang, crash or be killed: `python -m tui.workers.worker`.

It ends when its standard input is closed. Each page has a deadline that holds in C code too: the alarm's default action
ends the process, and whoever waits for the answer starts a new one.
"""

import gc
import os
import signal
import time

from tui import loader
from tui.sources import tell_way
from tui.workers import process
from tui.workers.wire import MEMORY_STATUS, Failure, Ready, Request, Setup, Way, pack, receive

NICENESS = 10
WAY_S = 0.25
"""Seconds between two reports of the way to a page."""


def main() -> None:
    """Answer requests until standard input is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    requests, answers = process.requests(), process.answers()
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
    told = 0.0

    def tell(reached: int, target: int) -> None:
        """The way to a page is none of its own time."""
        nonlocal told
        if (now := time.monotonic()) - told > WAY_S:
            told = now
            signal.setitimer(signal.ITIMER_REAL, setup.limits.page_s)
            process.send(answers, Way(reached, target))

    tell_way(tell)
    while isinstance(request := receive(requests), Request):
        signal.setitimer(signal.ITIMER_REAL, request.limits.page_s)
        try:
            answer = pack(_answer(request))
        except MemoryError:
            os._exit(MEMORY_STATUS)  # what is left of the heap is not to be trusted
        signal.setitimer(signal.ITIMER_REAL, 0)
        process.send_packed(answers, answer)


def _answer(request: Request) -> object:
    try:
        if request.kind == "open":
            return loader.load(request.ref, request.options, request.limits, request.plain)
        if request.kind == "peek":
            return loader.peek(request.ref, request.options)
        if request.kind == "search":
            return _search(request)
        if request.kind == "digest":
            return _digest(request)
        if request.kind == "readings":
            return loader.readings(request.ref, request.options, request.limits)
        if request.kind == "effects":
            return loader.effects(request.ref, request.options, request.limits)
        return loader.source(request.ref, request.options, request.limits)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault of ours costs the page that found it, and is shown there
        return Failure(f"{type(error).__name__}: {error}")


def _search(request: Request) -> object:
    from tui.lookup.search import search  # most workers are never asked

    refs = request.refs or (request.ref,)
    return search(refs, request.query, request.options, request.limits, request.is_thorough)


def _digest(request: Request) -> object:
    from tui.lookup.digest import digest  # as above

    return digest(request.refs or (request.ref,), request.options, request.limits)


if __name__ == "__main__":
    main()
