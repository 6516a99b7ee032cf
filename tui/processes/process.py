"""What every worker process does: keep its pipe clean, bound its memory, answer, and end when nobody listens."""

import contextlib
import os
import resource
import sys
from typing import BinaryIO

from tui.processes.wire import pack


def answers() -> BinaryIO:
    """Keep standard output for answers alone: whatever a library prints goes nowhere."""
    kept = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return kept


def requests() -> BinaryIO:
    """Where requests come from."""
    return sys.stdin.buffer


def bound_memory(limit_bytes: int) -> None:
    """Limit the heap. RLIMIT_AS would count the mapped files of large collections as well."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = limit_bytes if hard == resource.RLIM_INFINITY else min(limit_bytes, hard)
    with contextlib.suppress(OSError, ValueError):  # a system that refuses leaves it to the parent, who watches
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def send(stream: BinaryIO, message: object) -> None:
    """Write an answer; end the process if nobody reads it."""
    send_packed(stream, pack(message))


def send_packed(stream: BinaryIO, packed: bytes) -> None:
    """As `send`, for a message that was packed before."""
    try:
        stream.write(packed)
        stream.flush()
    except BrokenPipeError:
        os._exit(0)  # closing the stream would complain once again
