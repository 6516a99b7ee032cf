"""A worker process as its parent sees it: started, asked, watched, killed."""

import math
import os
import select
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tui.core.errors import CopydeskError, ReasonedError
from tui.core.files import CHUNK_BYTES
from tui.core.problems import Reason, system_reason
from tui.processes import wire
from tui.processes.launch import launch

if TYPE_CHECKING:
    from tui.web.job import FetchSettings

GRACE_S = 1.0
"""What the parent waits beyond the backstop before it kills, and for a process that was killed to be gone."""
START_S = 30.0
"""Seconds that a worker may take to start on a busy machine."""
WATCH_S = 0.1
"""Seconds between two looks at the worker's memory."""

_PROC = Path("/proc")
_PS = "/bin/ps"
_RSS_FIELD = 1
"""Place of the resident pages in /proc/PID/statm."""


class LostError(ReasonedError):
    """The process is of no more use; the reason is what the page did: `it took longer than 5 s`."""


class Cancelled(CopydeskError):  # noqa: N818 - no error: somebody wanted it
    """The question was given up by `cancel` or `close`; nobody answered it."""


class Child:
    """One worker process. `kill` may be called from any thread; all else from one at a time."""

    def __init__(
        self,
        setup: "wire.Setup | FetchSettings",
        process: "subprocess.Popen[bytes] | None" = None,
        start: "Callable[[], subprocess.Popen[bytes]]" = launch,
    ) -> None:
        """Take over a process that was launched, or `start` one, and return at once. Raises LostError if that fails."""
        self._limits = setup.limits
        self._memory_bytes = setup.limits.memory_bytes
        """What it may have at present."""
        self.has_taken_turns = False
        """It has read what only one process has memory for."""
        self._is_ready = False
        self._unread = bytearray()
        """What came beyond the last message: some requests have several answers."""
        try:
            self._process = process or start()
        except OSError as error:
            raise LostError(Reason("no_worker", {"why": system_reason(error)})) from error
        try:
            self._send(setup)
        except LostError:  # it has died already: nobody else knows of its pipes
            self.end()
            raise

    @staticmethod
    def discard(process: "subprocess.Popen[bytes]") -> None:
        """End a process that was launched and never asked anything."""
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        process.wait(GRACE_S)

    @property
    def is_alive(self) -> bool:
        """The process still runs."""
        return self._process.poll() is None

    def ask(self, request: object, limit_s: float | None) -> object:
        """Return the answer. Raises LostError if the process hangs, dies or outgrows its memory; then `end` it."""
        if not self._is_ready:
            self.listen(START_S)
            self._is_ready = True
        self._send(request)
        return self.listen(limit_s)

    def kill(self) -> None:
        """Kill the process; whoever waits for it gets LostError."""
        self._process.kill()

    def end(self) -> None:
        """Kill the process and let go of its pipes."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._status()

    def _send(self, message: object) -> None:
        pipe = self._process.stdin
        assert pipe is not None  # noqa: S101 - made by Popen above
        left = memoryview(wire.pack(message))
        try:
            while left:
                left = left[pipe.write(left) :]
        except BrokenPipeError:
            raise LostError(self._epitaph()) from None

    def listen(self, limit_s: float | None) -> object:
        """Wait for another answer, watching time and memory; None: as long as it takes. Raises LostError as `ask` does."""
        while isinstance(answer := self._heard(limit_s), wire.Bound):
            self._memory_bytes = answer.memory_bytes
            self.has_taken_turns = True
        return answer

    def _heard(self, limit_s: float | None) -> object:
        pipe = self._process.stdout
        assert pipe is not None  # noqa: S101 - made by Popen above
        poll = select.poll()  # not select(): a crowded process has descriptors beyond 1024
        poll.register(pipe.fileno(), select.POLLIN)
        buffer = self._unread
        wanted = _wanted(buffer)
        deadline = time.monotonic() + (math.inf if limit_s is None else limit_s + GRACE_S)
        while len(buffer) < wanted:
            now = time.monotonic()
            if now > deadline:
                raise LostError(Reason("took_longer", {"seconds": limit_s or 0.0}))
            if not poll.poll(max(1, int(min(WATCH_S, deadline - now) * 1000))):
                self._check_memory()
                continue
            part = os.read(pipe.fileno(), CHUNK_BYTES)
            if not part:
                raise LostError(self._epitaph())
            buffer += part
            deadline = max(deadline, time.monotonic() + GRACE_S)  # it is ready, and only the pipe is slow
            wanted = _wanted(buffer)
        self._unread = buffer[wanted:]
        return wire.unpack(memoryview(buffer)[wire.HEADER.size : wanted])

    def _check_memory(self) -> None:
        """Where RLIMIT_DATA is not enforced (macOS), the parent has to look."""
        limit = self._memory_bytes
        if resident_bytes(self._process.pid) > limit:
            raise LostError(_outgrown(limit))

    def _status(self) -> int | None:
        try:
            return self._process.wait(GRACE_S)
        except subprocess.TimeoutExpired:  # killed, but the system holds it: a file server that doesn't answer
            return None

    def _epitaph(self) -> Reason:
        status = self._status()
        if status == -signal.SIGPROF:
            return Reason("took_more_cpu", {"seconds": self._limits.page_s})
        if status == wire.MEMORY_STATUS:
            return _outgrown(self._memory_bytes)
        if status is not None and status < 0:
            return Reason("crashed", {"signal": signal.Signals(-status).name})
        return Reason("ended", {"status": str(status)})


class ChildLine:
    """One child, made when it is needed, and one question at a time to it. `cancel` and `close` may be called from any thread."""

    def __init__(self, make: Callable[[], Child]) -> None:
        """`make` raises LostError if there can't be one."""
        self._make = make
        self._state = threading.Condition()
        """Guards what follows; never held while waiting for the child."""
        self._child: Child | None = None
        self._is_asked = self._is_cancelled = self._is_closed = False

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Start the child and return at once; does nothing if it runs. That it can't be started is said when it is asked."""
        with self._state, suppress(LostError):
            if self._child is None and not self._is_closed:
                self._child = self._make()

    def is_free(self, patience_s: float = 0) -> bool:
        """Whether nothing is being asked, or nothing any more in so many seconds."""
        with self._state:
            return self._state.wait_for(lambda: not self._is_asked, patience_s)

    @contextmanager
    def asking(self, where: str = "") -> Iterator[Child]:
        """Have the child for one question; it is ended if that fails. Raises Cancelled, and LostError if there can't be one."""
        child, is_answered = self._taken(where), False
        try:
            yield child
            is_answered = True
        finally:
            with self._state:
                self._is_asked, is_cancelled = False, self._is_cancelled
                is_over = is_cancelled or not is_answered  # what it still says would be taken for the next answer
                if is_over:
                    self._child = None
                self._state.notify_all()
            if is_over:
                child.end()
            if is_cancelled:
                raise Cancelled(Reason("given_up"), where)

    def _taken(self, where: str) -> Child:
        with self._state:
            if self._is_closed:
                raise Cancelled(Reason("worker_closed"), where)
            if self._child is not None and not self._child.is_alive:  # killed between two pages: no page's fault
                self._child.end()
                self._child = None
            if self._child is None:
                self._child = self._make()
            self._is_cancelled, self._is_asked = False, True
            return self._child

    def cancel(self) -> None:
        """Give up the question under way, from another thread: its caller gets Cancelled. Without one, do nothing."""
        with self._state:
            if self._is_asked and self._child is not None:
                self._is_cancelled = True
                self._child.kill()

    def close(self) -> None:
        """End the child; a question under way is cancelled, and so is every later one."""
        with self._state:
            self._is_closed = self._is_cancelled = True
            child = self._child
            if self._is_asked and child is not None:
                child.kill()  # its caller ends it
                return
            self._child = None
        if child is not None:
            child.end()


def _wanted(buffer: bytearray) -> int:
    """Bytes that the first message in the buffer takes, or those that are needed to know it."""
    if len(buffer) < wire.HEADER.size:
        return wire.HEADER.size
    length: int = wire.HEADER.unpack_from(buffer)[0]
    return wire.HEADER.size + length


def _outgrown(limit_bytes: int) -> Reason:
    return Reason("needed_more", {"most": limit_bytes / 1024 / 1024})


def resident_bytes(pid: int) -> int:
    """Return the memory that a process holds, in bytes; 0 if the system does not say."""
    try:
        if _PROC.is_dir():
            statm = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
            return int(statm[_RSS_FIELD]) * os.sysconf("SC_PAGE_SIZE")
        answer = subprocess.run([_PS, "-o", "rss=", "-p", str(pid)], capture_output=True, timeout=GRACE_S, check=False)
        return int(answer.stdout or 0) * 1024
    except (OSError, ValueError, IndexError, subprocess.TimeoutExpired):
        return 0  # it has just died, which the pipe says too
