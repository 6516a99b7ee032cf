"""What reads pages, in a process of its own, which may hang, crash or be killed: `python -m tui.processes.worker`.

It ends when its standard input is closed. What a page may take of the processor holds in C code too: the default action
of the timer's signal ends the process, and whoever waits for the answer starts a new one.
"""

import gc
import os
import select
import signal

from tui.core.errors import StoreError
from tui.core.questions import Question
from tui.processes import process
from tui.processes.answers import ANSWERS, AnswerHost
from tui.processes.wire import MEMORY_STATUS, Failure, Ready, Refusal, Setup, pack, receive

NICENESS = 10
YOUNG = 20_000
"""Objects that are made before garbage is looked for, not 700: what a question has to import is none, nor is most of a page."""


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
    gc.set_threshold(YOUNG)
    setup = receive(requests)
    if not isinstance(setup, Setup):
        return
    process.bound_memory(setup.limits.memory_bytes)
    if setup.is_low_priority:
        os.nice(NICENESS)
    process.send(answers, Ready())
    host = AnswerHost(setup, lambda part: process.send(answers, part))
    while isinstance(question := receive(requests), Question):
        host.renew()
        try:
            answer = pack(ANSWERS[type(question)](host, question))
        except MemoryError:
            os._exit(MEMORY_STATUS)  # what is left of the heap is not to be trusted
        except StoreError as error:
            answer = pack(Refusal(error))
        except Exception as error:  # noqa: BLE001 - a fault of ours costs the page that found it, and is shown there
            answer = pack(Failure(f"{type(error).__name__}: {error}"))
        signal.setitimer(signal.ITIMER_PROF, 0)
        process.send_packed(answers, answer)
    process.end()


if __name__ == "__main__":
    main()
