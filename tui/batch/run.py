"""A batch at work: shards are handed to workers, and whoever waits is told how far they are.

Jobs know nothing of each other: each does the shards whose numbers are its own.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from queue import Empty, Queue
from typing import Self

from tui.batch.folder import BatchFolder, Marker
from tui.batch.plan import BatchPlan
from tui.batch.work import Worker
from tui.core.errors import CopydeskError
from tui.core.problems import Problem
from tui.core.values import dataclass

LOOK_S = 0.2
"""Seconds between two looks at how far the workers are."""
END_S = 5.0
"""Seconds that workers get to notice that nobody waits for them any more."""

Do = Callable[[Worker, int], Marker]


@dataclass(frozen=True, slots=True)
class Pace:
    """How far a batch is."""

    pages: int
    """Done since it began."""
    failures: int
    """Pages among them that could not be read."""


def turn(numbers: Sequence[int], part: int, parts: int) -> list[int]:
    """Return the shards of one job of several, which count from 1.

    >>> turn(range(7), 1, 3), turn(range(7), 3, 3)
    ([0, 3, 6], [2, 5])
    """
    return [number for number in numbers if number % parts == part - 1]


class _Count:
    """What one worker has done; it alone writes it."""

    def __init__(self) -> None:
        self.pages = self.failures = 0

    def add(self, gravity: str) -> None:
        self.pages += 1
        self.failures += gravity == "unread"


class Running:
    """Workers that do shards at the same time, until the `with` block ends."""

    def __init__(self, folder: BatchFolder, batch: BatchPlan, numbers: Sequence[int], do: Do, workers: int) -> None:
        self._left = Queue[int]()
        for number in numbers:
            self._left.put(number)
        self._done = Queue[Marker | Problem | CopydeskError | OSError | None]()
        self._do, self._counts = do, [_Count() for _ in range(min(workers, len(numbers)))]
        self._workers = [Worker(folder, batch, count.add, self._done.put) for count in self._counts]
        self._is_over = threading.Event()
        self._threads = [threading.Thread(target=self._work, args=[each], daemon=True) for each in self._workers]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        for worker in self._workers:
            worker.close()
        for thread in self._threads:
            thread.join(END_S)

    @property
    def pace(self) -> Pace:
        """How far they are."""
        return Pace(sum(each.pages for each in self._counts), sum(each.failures for each in self._counts))

    def outcomes(self, on_look: Callable[[Pace], object]) -> Iterator[Marker | Problem | CopydeskError]:
        """Yield what comes of each shard, as it is done, and what pages did that go into quarantine; `on_look` hears in between how far all are. Raises OSError."""
        left = len(self._threads)
        while left:
            try:
                outcome = self._done.get(timeout=LOOK_S)
            except Empty:
                on_look(self.pace)
                continue
            if outcome is None:
                left -= 1
            elif isinstance(outcome, OSError):
                raise outcome
            else:
                yield outcome
        on_look(self.pace)

    def _work(self, worker: Worker) -> None:
        try:
            while not self._is_over.is_set():
                self._done.put(self._do_one(worker, self._left.get_nowait()))
        except Empty:
            pass
        finally:
            worker.close()
            self._done.put(None)

    def _do_one(self, worker: Worker, number: int) -> Marker | CopydeskError | OSError:
        try:
            return self._do(worker, number)
        except (CopydeskError, OSError) as error:
            return error
