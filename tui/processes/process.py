"""What a process of ours does for itself: keep its pipe clean, bound its time and memory, end when nobody listens."""

import contextlib
import os
import resource
import signal
import sys
from types import FrameType
from typing import BinaryIO

from tui.core.errors import SourceError
from tui.core.model import Limits
from tui.core.problems import Reason
from tui.processes import leftovers
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
        end()
        os._exit(0)  # closing the stream would complain once again


_PARENT = os.getppid()
_EXITING = 0x4
"""PF_EXITING of Linux's sched.h, which stands in the flags of proc_pid_stat(5)."""


def end() -> None:
    """Tidy up after whoever started this process, if it is gone: it may have been killed."""
    if os.getppid() != _PARENT or is_ending(_PARENT):
        leftovers.remove_of(_PARENT)


def is_ending(process: int) -> bool:
    """Whether it has begun to end. It closes its pipes before its children get another parent.

    Where the system doesn't tell (only Linux does), False: the next program removes what was left.
    """
    try:
        with open(f"/proc/{process}/stat", "rb") as told:  # noqa: PTH123 - no Path for one line
            flags = told.read().rpartition(b")")[2].split()[6]
    except (OSError, IndexError):
        return False
    return bool(int(flags) & _EXITING)


LEAST_S = 20
PER_MEGABYTE_S = 60
"""CPU seconds for a text; the slowest kind of damage takes a tenth of that."""
AFTER_S = 5
"""CPU seconds after which a process that could not say so is ended."""
PER_BYTE = 64
"""Bytes of memory for each of a text, beyond those for a page."""


class Bounds:
    """Ends a runaway. What a process is allowed counts from the last text that was begun."""

    def __init__(self, limits: Limits, reason: str = "text_spent") -> None:
        """`reason` is what is said then."""
        self._limits, self._reason = limits, reason
        self._where, self._seconds = "", 0
        signal.signal(signal.SIGXCPU, self._spent)

    def begin(self, where: str, size_bytes: int) -> None:
        """Allow what a text of this size needs; `where` names it for people. Raises SourceError later, if it takes more."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        self._where = where
        self._seconds = LEAST_S + PER_MEGABYTE_S * size_bytes // (1024 * 1024)
        soft = int(used.ru_utime + used.ru_stime) + 1 + self._seconds
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        if hard == resource.RLIM_INFINITY or soft < hard:  # else the system's own limit is tighter
            resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
        bound_memory(self._limits.memory_bytes + PER_BYTE * size_bytes)

    def _spent(self, _number: int, _frame: FrameType | None) -> None:
        # Should even this not be heeded: the signal comes again each second, and then it ends the process.
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + AFTER_S, hard))
        raise SourceError(
            Reason(self._reason, {"reason": Reason("took_more_cpu", {"seconds": self._seconds})}), self._where
        )

    def outgrown(self) -> SourceError:
        """Return what to say of a text that ran into the bound on memory."""
        most = self._limits.memory_bytes / 1024 / 1024
        return SourceError(Reason(self._reason, {"reason": Reason("needed_more", {"most": most})}), self._where)
