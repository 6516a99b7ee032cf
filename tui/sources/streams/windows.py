"""The window of a file of `zstd --long`, of which the processes of a program hold one among them.

Where two read such a file, they take turns: who waits asks the holder for it by a signal, and the holder decodes anew
later. It keeps a window for as long as it took to come to its place, so that taking turns costs no more than twice the
time; and who answers about a page, until that is answered. A signal reaches a holder in whatever it waits for: one that
waited for a full pipe, whose reader waits for the window, would wait for ever.
"""

import fcntl
import math
import os
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from types import FrameType
from typing import Protocol
from weakref import ref

from tui.core.errors import ReasonedError
from tui.core.problems import Reason, system_reason

BESIDE_WINDOW_BYTES = 256 * 1024 * 1024
"""Heap that a process needs beside the window of a Zstandard frame."""
LEAST_S = 0.5
"""Seconds for which a window is kept that cost nothing."""
ASKING_S = 0.05
"""Seconds between two signals to the holder: one of them arrives when it can let go."""
_WANTED = signal.SIGURG
"""A process that is not ours, and has got the number of a holder that died, ignores it."""


class LackingError(ReasonedError):
    """There is no room for a window."""


class WindowHolder(Protocol):
    """What holds a window."""

    @property
    def window_bytes(self) -> int:
        """What it keeps of the content to go back to."""

    def let_go(self) -> None:
        """Give up the window until more is read."""


class Turns:
    """The one window of this process, and its turn among those that share one. The lock ends with the process."""

    def __init__(
        self,
        path: str = "",
        usual_bytes: int = 0,
        on_bound: Callable[[int], None] = lambda _bytes: None,
        on_wait: Callable[[], None] = lambda: None,
    ) -> None:
        """`path` is the same for all who share the window, and made when one is needed; empty: this process is alone.

        `on_bound` is told how many bytes of heap the process may have from now on, of which `usual_bytes` are for all but
        the window; `on_wait`, again and again, that it waits for others.
        """
        self._path, self._usual_bytes, self._on_bound, self._on_wait = path, usual_bytes, on_bound, on_wait
        self._descriptor = -1
        self._holder: ref[WindowHolder] | None = None
        self._since_s = 0.0
        self._until_s = math.inf
        """When it may go to others; infinite: not before its decoder has come to its place."""
        self._is_locked = self._is_wanted = self._is_busy = False
        self._is_scanning = False

    def begin(self, *, is_scanning: bool) -> None:
        """A question is begun. A scan takes long: it may lose its turn meanwhile."""
        self._is_scanning = is_scanning

    def rest(self) -> None:
        """The question is answered."""
        self._is_scanning = True
        self.arrive()

    @contextmanager
    def held(self, decoder: WindowHolder) -> Iterator[None]:
        """Have the window for one step of decoding; others of this process lose theirs. Raises LackingError."""
        self._is_busy = True
        try:
            self._take(decoder)
            yield
            if self._is_scanning:
                self.arrive()
        finally:
            self._is_busy = False
            self._yield()

    def _take(self, decoder: WindowHolder) -> None:
        holder = self._holder() if self._holder is not None else None
        if holder is decoder:
            return
        if holder is not None:
            self._holder = None
            holder.let_go()
        if reason := self._lacking(decoder.window_bytes):
            self._leave()
            raise LackingError(reason)
        if self._path:
            try:
                self._lock()
            except OSError as error:
                raise LackingError(system_reason(error)) from error
            self._on_bound(self._usual_bytes + decoder.window_bytes)
        self._since_s, self._until_s = monotonic(), math.inf
        self._holder = ref(decoder, self._forget)

    def _lacking(self, window_bytes: int) -> Reason | None:
        """Why there is no room for a window. Whoever sets the memory of all processes so high is not told what is free."""
        soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
        needed_bytes = window_bytes + BESIDE_WINDOW_BYTES
        if soft == resource.RLIM_INFINITY or needed_bytes <= soft:
            return None
        figures: dict[str, int] = {"window": window_bytes >> 20, "memory": needed_bytes >> 20}
        if not self._path:
            return Reason("long_window", figures)
        if hard != resource.RLIM_INFINITY and needed_bytes > hard:
            return Reason("window_beyond_limit", {**figures, "most": hard >> 20})
        free = free_bytes()
        if free is not None and needed_bytes > free:
            return Reason("window_beyond_memory", {**figures, "most": free >> 20})
        return None

    def _lock(self) -> None:
        if self._descriptor < 0:
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
            signal.signal(_WANTED, self._asked)
        while not self._is_locked:
            try:
                fcntl.lockf(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except (BlockingIOError, PermissionError):
                self._ask()
            else:
                self._is_locked, self._is_wanted = True, False
                os.pwrite(self._descriptor, b"%20d" % os.getpid(), 0)

    def _ask(self) -> None:
        holder = os.pread(self._descriptor, 20, 0)
        if holder:
            with suppress(ProcessLookupError):
                os.kill(int(holder), _WANTED)
        self._on_wait()
        sleep(ASKING_S)

    def arrive(self) -> None:
        """The decoder is where it is needed: others may have the window once it was used for as long as that took."""
        if self._until_s == math.inf:
            now = monotonic()
            self._until_s = now + max(LEAST_S, now - self._since_s)

    def _asked(self, _number: int, _frame: FrameType | None) -> None:
        self._is_wanted = True
        if not self._is_busy:
            self._yield()

    def _yield(self) -> None:
        """Let go of the window if others want it, and it is time."""
        if self._is_wanted and monotonic() >= self._until_s:
            holder = self._holder() if self._holder is not None else None
            if holder is not None:
                holder.let_go()
            self._leave()

    def _forget(self, holder: "ref[WindowHolder]") -> None:
        if holder is self._holder:
            self._leave()

    def _leave(self) -> None:
        self._holder = None
        if self._is_locked:
            self._on_bound(self._usual_bytes)
            self._is_locked = self._is_wanted = False
            fcntl.lockf(self._descriptor, fcntl.LOCK_UN)


turns = [Turns()]
"""That of this process."""


def share(own: Turns) -> None:
    """Have long windows taken in turns with other processes."""
    turns[:] = [own]


def free_bytes() -> int | None:
    """Return the memory that programs may take without swapping, as far as the system tells; None: it doesn't."""
    try:
        told = Path("/proc/meminfo").read_text(encoding="ascii")
    except OSError:
        return None
    free = next((int(line.split()[1]) * 1024 for line in told.splitlines() if line.startswith("MemAvailable:")), None)
    group = _group_free_bytes()
    return min((each for each in (free, group) if each is not None), default=None)


def _group_free_bytes() -> int | None:
    """What is left to the control group; None: it has no bound, or there are none (v2)."""
    try:
        most = Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii").strip()
        used = Path("/sys/fs/cgroup/memory.current").read_text(encoding="ascii").strip()
    except OSError:
        return None
    return int(most) - int(used) if most.isdigit() and used.isdigit() else None
