"""The network in a process of its own, which may hang, crash or be killed; nothing else of copydesk reaches beyond the machine."""

import gc
import signal
from typing import BinaryIO

from tui.core.problems import Reason, unreadable
from tui.processes import process
from tui.processes.wire import Ready, receive
from tui.web.fetch import Client
from tui.web.job import BytesReceived, Failed, FetchJob, FetchSettings, Gather, GatherDone, KeptAnswer


def main() -> None:
    """Fetch what is asked for until standard input is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # what was imported stays; `launch` has kept the collector away from it
    gc.enable()
    requests, answers = process.requests(), process.answers()
    settings = receive(requests)
    if not isinstance(settings, FetchSettings):
        return
    process.bound_memory(settings.limits.memory_bytes)
    client = Client(settings)
    process.send(answers, Ready())
    while isinstance(request := receive(requests), FetchJob | Gather):
        if isinstance(request, FetchJob):
            process.send(answers, _fetch(client, request, answers))
        else:
            from tui.web.polite import gather  # few gather, and this costs 3 ms

            for done in gather(client, request.jobs, settings.delay_s):
                process.send(answers, done)
            process.send(answers, GatherDone())
        client.tidy()
    process.end()


def _fetch(client: Client, job: FetchJob, answers: BinaryIO) -> KeptAnswer | Failed:
    try:
        return client.fetch(job, lambda received: process.send(answers, BytesReceived(received)))
    except Exception as error:  # noqa: BLE001 - a fault of ours costs the page that found it, and is shown there
        reason = Reason("our_fault_report", {"fault": type(error).__name__, "error": str(error)})
        return Failed(job.url, unreadable(reason, job.url, "fetch"))
