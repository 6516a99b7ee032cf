"""Work that goes on beside the screen, in threads, and the messages by which it hands over what it has."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Any, Generic, TypeVar

from textual.message import Message

from tui.core.errors import CopydeskError
from tui.core.i18n import tr, tr_said
from tui.core.model import Document, Options, Original, Preview
from tui.view.state.survey import Told


@dataclass
class Surveyed(Message):
    """Whoever looks for pages has something to tell."""

    told: Told
    number: int
    """Of the scan."""


@dataclass
class DocumentReady(Message):
    """A page was read, repaired and parsed."""

    index: int
    options: Options
    document: Document


@dataclass
class SourceReady(Message):
    """A page was read without repair."""

    index: int
    source: Original


@dataclass
class AnswerReady(Message):
    """What somebody asked about a page is known."""

    index: int
    use: Callable[[], None]
    """Goes on with the answer; nobody has to call it."""


@dataclass
class PeeksReady(Message):
    """Titles and dates for the list."""

    peeks: dict[int, Preview]


@dataclass
class WorkFailed(Message):
    """The reader of pages broke a promise and raised."""

    work: str
    reason: str


@dataclass
class HitsCounted(Message):
    """More hits of a search were counted."""

    def can_replace(self, message: Message) -> bool:
        """One of them is enough."""
        return isinstance(message, HitsCounted)


STEP_S = 0.1
"""Seconds between two times that something is handed over."""

T = TypeVar("T")


class Job(Generic[T]):
    """Runs an iterator in a thread of its own, until it ends or is stopped."""

    def __init__(
        self,
        items: Callable[[], Iterator[T]],
        on_items: Callable[[list[T], bool], None],
        on_trouble: Callable[[str], None],
        post: Callable[[Message], object],
    ) -> None:
        """`on_items` gets what has come since, in order, and whether it was the last; it is called by the screen's thread."""
        self._items, self._post = items, post
        self._on_items, self._on_trouble = on_items, on_trouble
        self._is_stopped = threading.Event()
        # No worker of Textual's: nobody should have to wait for it at the end.
        threading.Thread(target=self._run, name="job", daemon=True).start()

    def stop(self) -> None:
        """Hand nothing over any more, and end as soon as the next item comes."""
        self._is_stopped.set()

    def take(self, step: "JobStepped") -> None:
        """Hand over what came, unless nobody wants it any more."""
        if not self._is_stopped.is_set():
            self._on_items(step.items, step.is_last)
            if step.trouble:
                self._on_trouble(step.trouble)

    def _run(self) -> None:
        waiting: list[T] = []
        since, trouble = monotonic(), ""
        try:
            for item in self._items():
                waiting.append(item)
                if self._is_stopped.is_set():
                    return
                if monotonic() - since > STEP_S:
                    self._post(JobStepped(self, waiting, False))
                    waiting, since = [], monotonic()
        except CopydeskError as error:
            trouble = tr_said(error)
        except Exception as error:  # noqa: BLE001 - a fault of ours; the screen says it, else it would wait for ever
            trouble = tr("{error}; this is a fault of copydesk", error=f"{type(error).__name__}: {error}")
        if not self._is_stopped.is_set():
            self._post(JobStepped(self, waiting, True, trouble))


@dataclass
class JobStepped(Message):
    """A job came further."""

    job: Job[Any]
    items: list[Any]
    is_last: bool
    trouble: str = ""
