"""Asks several processes at once, each about a part of the pages; the answers come in the order of the questions."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from queue import SimpleQueue
from typing import TypeVar

from tui.core.questions import Asker, Batched

A = TypeVar("A")
T = TypeVar("T")

MOST_ASKED = 4
"""Processes at the most: each may take the memory that a page may."""


def width() -> int:
    """Return how many processes have a core each."""
    return min(MOST_ASKED, os.cpu_count() or 1)


def abreast(askers: Sequence[Asker], questions: Iterable[Batched[Sequence[A]]]) -> Iterator[Sequence[A]]:
    """Yield the answers, in the order of the questions; there may be several to one."""
    return chain.from_iterable(parts_abreast(askers, questions, len))


def parts_abreast(
    askers: Sequence[Asker], questions: Iterable[Batched[T]], pages: Callable[[T], int]
) -> Iterator[list[T]]:
    """Yield for each question the answers that it takes, in order; `pages` says how many pages one is about.

    No more questions are taken than there are processes, and one.
    """
    from concurrent.futures import Future, ThreadPoolExecutor  # 5 ms, for those who ask about many

    free: SimpleQueue[Asker] = SimpleQueue()
    for asker in askers:
        free.put(asker)

    def answers(question: Batched[T]) -> list[T]:
        asker = free.get()
        try:
            at, parts = 0, []
            while at < len(question.refs):
                parts.append(asker.ask(question.of(question.refs[at:]) if at else question))
                at += pages(parts[-1])
            return parts
        finally:
            free.put(asker)

    with ThreadPoolExecutor(len(askers), "ask") as pool:
        waiting: deque[Future[list[T]]] = deque()
        try:
            for question in questions:
                waiting.append(pool.submit(answers, question))
                if len(waiting) > len(askers):
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for each in waiting:  # nobody wants the rest
                each.cancel()
