"""Which page is wanted, which is being read, which are kept, and which titles are asked for; the last wish counts."""

from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import Any, TypeVar

from tui.core.errors import CopydeskError
from tui.core.i18n import tr_problem
from tui.core.model import Document, Item, Options, Preview
from tui.core.questions import Asker, Open, Peek, Progress, Question, as_columns, through
from tui.core.shelf import Shelf
from tui.view.state.services import Host

KEPT_DOCUMENTS = 8
KEPT_CHARS = 8_000_000
"""Code points of all kept documents together."""

T = TypeVar("T")


class Kept:
    """The documents opened last, so that going back costs nothing."""

    def __init__(self) -> None:
        self._documents: OrderedDict[tuple[int, Options], Document] = OrderedDict()

    def get(self, index: int, options: Options) -> Document | None:
        """The document, if it is still kept."""
        document = self._documents.get((index, options))
        if document is not None:
            self._documents.move_to_end((index, options))
        return document

    def put(self, index: int, options: Options, document: Document) -> None:
        """Keep a document; the oldest go."""
        self._documents[index, options] = document
        self._documents.move_to_end((index, options))
        while len(self._documents) > 1 and (len(self._documents) > KEPT_DOCUMENTS or self._chars() > KEPT_CHARS):
            self._documents.popitem(last=False)

    def _chars(self) -> int:
        return sum(len(document.text) for document in self._documents.values())

    def drop(self, index: int) -> None:
        """Forget a page, however it was read."""
        for key in [key for key in self._documents if key[0] == index]:
            del self._documents[key]


PATIENCE_S = 0.5
"""Seconds for which a page that nobody wants any more may go on loading before it is cancelled."""

Ask = Callable[[Item, Options], Question[T]]
"""Makes a question about a page."""


def is_same(ref: Item, other: Item) -> bool:
    """Whether two references mean the same page, and as much of it: one that was being written may be whole by now."""
    return (ref.source, ref.ordinal, ref.length) == (other.source, other.ordinal, other.length)


class Opener:
    """Asks for one page at a time, in threads, and has what came used by the thread that draws."""

    def __init__(
        self,
        shelf: Shelf,
        clients: tuple[Asker, Asker],
        host: Host,
        show: Callable[[int, Document], None],
        learn: Callable[[dict[int, Preview]], None],
        on_trouble: Callable[[str], None],
    ) -> None:
        """`clients` are the one that opens pages and the one that peeks at them. `show` gets a page that is wanted."""
        self._shelf, self._host = shelf, host
        self._client, self._peeker = clients
        self._show, self._learn, self._on_trouble = show, learn, on_trouble
        self._kept = Kept()
        self._wanted: tuple[int, Options] | None = None
        self._question: tuple[int, Options, Ask[Any], Callable[[Any], None]] | None = None
        self._loading: tuple[int, Options] | None = None
        self._since = 0.0
        self._is_peeking = False
        self._anew: set[str] = set()
        """Sources that are fetched again when a page of theirs is opened next."""

    @property
    def wanted(self) -> int | None:
        """Index of the page that is to be shown next."""
        return self._wanted[0] if self._wanted else None

    @property
    def is_loading(self) -> bool:
        """Whether a page or a source is being read."""
        return self._loading is not None

    def progress(self) -> Progress:
        """How far the page is that is being read."""
        return self._client.progress()

    def loading(self, since_s: float) -> Item | None:
        """The page that has been loading for so many seconds or more."""
        if self._loading is None or monotonic() - self._since < since_s or self._loading[0] >= len(self._shelf):
            return None
        return self._shelf[self._loading[0]]

    def open(self, index: int, options: Options) -> Document | None:
        """Wish for a page; it is returned if it is there already, else a message will bring it."""
        self._wanted, self._question = (index, options), None
        kept = self._kept.get(index, options)
        if kept is not None:
            self._wanted = None
            return kept
        if self._loading is None:
            self._load()
        elif self._loading != self._wanted and monotonic() - self._since > PATIENCE_S:
            self._client.cancel()
        return None

    def ask(self, index: int, options: Options, question: Ask[T], use: Callable[[T], None]) -> None:
        """Ask something else about a page, as soon as the page that is wanted is there."""
        self._question = (index, options, question, use)
        if self._loading is None:
            self._load()

    def _load(self) -> None:
        if self._wanted is not None:
            index, options = self._wanted
            ref = self._shelf[index]
            question = Open(ref, options, is_anew=ref.source in self._anew)
            self._anew.discard(ref.source)
            self._begin(index, options, question, partial(self._came, index, options), "open")
        elif self._question is not None:
            (index, options, make, use), self._question = self._question, None
            self._begin(index, options, make(self._shelf[index], options), partial(self._answered, use), "question")

    def _begin(self, index: int, options: Options, question: Question[T], use: Callable[[T], None], work: str) -> None:
        self._loading, self._since = (index, options), monotonic()
        ask = partial(self._client.ask, question)
        self._host.start_thread(partial(self._run, ask, use, work), "load")

    def _run(self, ask: Callable[[], T], use: Callable[[T], None], work: str) -> None:
        """Runs in a thread."""
        try:
            answer = ask()
        except CopydeskError as error:
            self._host.post(partial(self.failed, work, tr_problem(error)))
        else:
            self._host.post(partial(use, answer), is_urgent=work == "open")

    def _came(self, index: int, options: Options, document: Document) -> None:
        """Keep a page, and show it if it is still wanted; if another one is, that is read next."""
        self._loading = None
        if index >= len(self._shelf) or not is_same(self._shelf[index], document.ref):
            self._load()  # asked for before the list was rearranged
            return
        self._kept.put(index, options, document)
        is_wanted = self._wanted == (index, options)
        if is_wanted:
            self._wanted = None
        self._load()
        if is_wanted:
            self._show(index, document)

    def _answered(self, use: Callable[[T], None], answer: T) -> None:
        self._loading = None
        self._load()
        use(answer)

    def failed(self, work: str, reason: str) -> None:
        """Say why a page (`open`), titles (`peek`) or an answer didn't come, if anybody waits for it."""
        if work == "peek":
            self._is_peeking = False
            return
        failed, self._loading = self._loading, None
        if self._wanted is not None and self._wanted != failed:
            self._load()
        elif self._wanted is not None or work != "open":
            self._wanted = None
            self._on_trouble(reason)

    def forget(self) -> None:
        """Keep nothing, and wish for nothing: indexes mean other pages from now on."""
        self._kept = Kept()
        self._wanted = self._question = None
        if self._loading is not None:
            self._client.cancel()

    def cancel(self) -> None:
        """Give up what is being read and every wish."""
        self._wanted = self._question = None
        self._client.cancel()

    def close(self) -> None:
        """Give up everything that is being read, so that nobody has to wait for it."""
        self.cancel()
        self._peeker.cancel()

    def drop(self, index: int) -> None:
        """Read a page anew when it is next wished for."""
        self._kept.drop(index)
        self._anew.add(self._shelf[index].source)

    def peek(self, indexes: list[int], options: Options) -> None:
        """Ask for titles, one question at a time, and not while a page is being read that comes soon."""
        is_busy = self._loading is not None and monotonic() - self._since < PATIENCE_S
        if indexes and not self._is_peeking and not is_busy:
            self._is_peeking = True
            question = Peek(as_columns([self._shelf[index] for index in indexes]), options)
            ask = lambda: list(through(self._peeker, question))  # noqa: E731
            self._host.start_thread(partial(self._run, ask, partial(self._peeked, indexes), "peek"), "peek")

    def _peeked(self, indexes: list[int], peeks: list[Preview]) -> None:
        """By now others may be in sight, or a page may be whole that was being written."""
        self._is_peeking = False
        at = len(self._shelf)
        known = zip(indexes, peeks, strict=False)
        self._learn({index: peek for index, peek in known if index < at and self._shelf[index] == peek.ref})
