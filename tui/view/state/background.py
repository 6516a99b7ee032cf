"""Jobs that look through pages beside the screen, and hand over in steps what they have."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from time import monotonic
from typing import Generic, TypeVar

from tui.core.errors import CopydeskError
from tui.core.i18n import tr, tr_problem

STEP_S = 0.1
"""Seconds between two times that something is handed over."""

T = TypeVar("T")


class Job(Generic[T]):
    """Runs an iterator in a thread of its own, until it ends or is stopped."""

    def __init__(
        self,
        items: Callable[[], Iterator[T]],
        use: Callable[[list[T], bool], None],
        on_trouble: Callable[[str], None],
        post: Callable[[Callable[[], None]], object],
        cancel: Callable[[], None],
    ) -> None:
        """`use` gets what has come since, in order, and whether it was the last; `post` has it called by the screen's thread.

        `cancel` wakes an iterator that waits for an answer.
        """
        self._items, self._use, self._on_trouble, self._post, self._cancel = items, use, on_trouble, post, cancel
        self.looked = 0
        """Items that were handed over."""
        self._is_stopped = threading.Event()
        # No worker of Textual's: nobody should have to wait for it at the end.
        threading.Thread(target=self._run, name="job", daemon=True).start()

    def stop(self) -> None:
        """Hand nothing over any more."""
        self._is_stopped.set()
        self._cancel()

    def _step(self, items: list[T], is_last: bool, trouble: str = "") -> None:
        if self._is_stopped.is_set():
            return
        self.looked += len(items)
        self._use(items, is_last)
        if trouble:
            self._on_trouble(trouble)

    def _run(self) -> None:
        waiting: list[T] = []
        since, trouble = monotonic(), ""
        try:
            for item in self._items():
                waiting.append(item)
                if self._is_stopped.is_set():
                    return
                if monotonic() - since > STEP_S:
                    self._post(partial(self._step, waiting, False))
                    waiting, since = [], monotonic()
        except CopydeskError as error:
            trouble = tr_problem(error)
        except Exception as error:  # noqa: BLE001 - a fault of ours; the screen says it, else it would wait for ever
            trouble = tr("{error}; this is a fault of copydesk", error=f"{type(error).__name__}: {error}")
        if not self._is_stopped.is_set():
            self._post(partial(self._step, waiting, True, trouble))
