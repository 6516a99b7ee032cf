"""Asks several processes at once, each about a part of the pages; the answers come in the order of the questions."""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from queue import SimpleQueue
from typing import TypeVar

from tui.core.questions import Asker, Batched, through

A = TypeVar("A")

MOST_ASKED = 4
"""Processes at the most: each may take the memory that a page may."""


def width() -> int:
    """Return how many processes have a core each."""
    return min(MOST_ASKED, os.cpu_count() or 1)


def abreast(askers: Sequence[Asker], questions: Iterable[Batched[Sequence[A]]]) -> Iterator[Sequence[A]]:
    """Yield the whole answer to each question. No more of them are taken than there are processes, and one."""
    from concurrent.futures import Future, ThreadPoolExecutor  # 5 ms, for those who ask about many

    free: SimpleQueue[Asker] = SimpleQueue()
    for asker in askers:
        free.put(asker)

    def answer(question: Batched[Sequence[A]]) -> Sequence[A]:
        asker = free.get()
        try:
            return list(through(asker, question))
        finally:
            free.put(asker)

    with ThreadPoolExecutor(len(askers), "ask") as pool:
        waiting: deque[Future[Sequence[A]]] = deque()
        try:
            for question in questions:
                waiting.append(pool.submit(answer, question))
                if len(waiting) > len(askers):
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for each in waiting:  # nobody wants the rest
                each.cancel()
