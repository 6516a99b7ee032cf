"""The loader in a process of its own, which may hang, crash or be killed: `python -m tui.worker`.

It ends when its standard input is closed. Each page has a deadline that holds in C code too: the alarm's default action
ends the process, and whoever waits for the answer starts a new one.
"""

import contextlib
import gc
import os
import resource
import signal
import sys
from typing import BinaryIO

from tui import loader
from tui.wire import MEMORY_STATUS, Failure, Ready, Request, Setup, pack, receive

NICENESS = 10


def main() -> None:
    """Answer requests until standard input is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    requests, answers = sys.stdin.buffer, _answers()
    gc.disable()  # a tenth of the time of importing, and nothing that is imported is garbage
    loader.warm()  # while whoever launched us is still busy with its own imports
    gc.freeze()
    gc.enable()
    setup = receive(requests)
    if not isinstance(setup, Setup):
        return
    _bound_memory(setup.limits.memory_bytes)
    if setup.is_low_priority:
        os.nice(NICENESS)
    _send(answers, pack(Ready()))
    while isinstance(request := receive(requests), Request):
        signal.setitimer(signal.ITIMER_REAL, request.limits.page_s)
        try:
            answer = pack(_answer(request))
        except MemoryError:
            os._exit(MEMORY_STATUS)  # what is left of the heap is not to be trusted
        signal.setitimer(signal.ITIMER_REAL, 0)
        _send(answers, answer)


def _answers() -> BinaryIO:
    """Keep standard output for answers alone: whatever a library prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _bound_memory(limit_bytes: int) -> None:
    """Limit the heap. RLIMIT_AS would count the mapped files of large collections as well."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = limit_bytes if hard == resource.RLIM_INFINITY else min(limit_bytes, hard)
    with contextlib.suppress(OSError, ValueError):  # a system that refuses leaves it to the parent, who watches
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _answer(request: Request) -> object:
    try:
        if request.kind == "open":
            return loader.load(request.ref, request.options, request.limits, request.plain)
        if request.kind == "peek":
            return loader.peek(request.ref, request.options)
        if request.kind == "readings":
            return loader.readings(request.ref, request.options, request.limits)
        return loader.source(request.ref, request.options, request.limits)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault of ours costs the page that found it, and is shown there
        return Failure(f"{type(error).__name__}: {error}")


def _send(answers: BinaryIO, message: bytes) -> None:
    try:
        answers.write(message)
        answers.flush()
    except BrokenPipeError:
        os._exit(0)  # nobody waits any more; closing the stream would complain once again


if __name__ == "__main__":
    main()
