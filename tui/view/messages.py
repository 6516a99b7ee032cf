"""What the threads that wait for pages tell the screen."""

from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message

from tui.model import Document, Options, Original, Peek
from tui.view.survey import Told


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

    peeks: dict[int, Peek]


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
