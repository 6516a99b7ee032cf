"""Which page is wanted, which is being read, which are kept, and which titles are asked for; the last wish counts."""

from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import TypeVar

from textual.message import Message

from tui.core.errors import CopydeskError
from tui.core.i18n import tr_said
from tui.core.model import Document, Item, Options
from tui.core.questions import Asker, Open, Peek, Progress, Question, Source, as_columns, through
from tui.core.shelf import Shelf
from tui.view.state.background import AnswerReady, DocumentReady, PeeksReady, SourceReady, WorkFailed

KEPT_DOCUMENTS = 8
KEPT_CHARS = 8_000_000
"""Code points of all kept documents together."""

T = TypeVar("T")
Post = Callable[[Message], object]
Read = Callable[[Asker, int, Item, Options, Post], None]
"""Reads something of a page, given its index, and posts it. Runs in a thread."""


def _hand_over(post: Post, work: str, made: Callable[[], Message]) -> None:
    """Post what a thread has made, or that the work failed."""
    try:
        post(made())
    except CopydeskError as error:
        post(WorkFailed(work, tr_said(error)))


def read_document(asker: Asker, index: int, ref: Item, options: Options, post: Post, *, is_anew: bool = False) -> None:
    """Open a page and post it; `is_anew` is as in `Open`. Runs in a thread."""
    question = Open(ref, options, is_anew=is_anew)
    _hand_over(post, "open", lambda: DocumentReady(index, options, asker.ask(question)))


def read_source(asker: Asker, index: int, ref: Item, options: Options, post: Post) -> None:
    """Read a page without repair and post it. Runs in a thread."""
    _hand_over(post, "source", lambda: SourceReady(index, asker.ask(Source(ref, options))))


def answering(question: Callable[[Item, Options], Question[T]], use: Callable[[T], None]) -> Read:
    """Return what asks something about a page and posts the answer, with what is to be done with it."""

    def read(asker: Asker, index: int, ref: Item, options: Options, post: Post) -> None:
        _hand_over(post, "question", lambda: AnswerReady(index, partial(use, asker.ask(question(ref, options)))))

    return read


def peek_titles(asker: Asker, refs: dict[int, Item], options: Options, post: Post) -> None:
    """Find out titles and post them. Runs in a thread."""
    peeks = through(asker, Peek(as_columns(list(refs.values())), options))
    _hand_over(post, "peek", lambda: PeeksReady(dict(zip(refs, peeks, strict=False))))


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

Start = Callable[[Callable[[], None], str], object]
"""Runs something in a thread; the second argument names the group of which one runs at a time."""


def is_same(ref: Item, other: Item) -> bool:
    """Whether two references mean the same page, and as much of it: one that was being written may be whole by now."""
    return (ref.source, ref.ordinal, ref.length) == (other.source, other.ordinal, other.length)


class Opener:
    """Asks for one page at a time. Threads that are started end by posting a message, which comes back here."""

    def __init__(self, shelf: Shelf, clients: tuple[Asker, Asker], start: Start, post: Post) -> None:
        """`clients` are the one that opens pages and the one that peeks at them."""
        self._shelf = shelf
        self._client, self._peeker = clients
        self._start, self._post = start, post
        self._kept = Kept()
        self._wanted: tuple[int, Options] | None = None
        self._question: tuple[Read, int, Options] | None = None
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

    def _load(self) -> None:
        if self._wanted is not None:
            source = self._shelf[self._wanted[0]].source
            is_anew = source in self._anew
            self._anew.discard(source)
            self._begin(partial(read_document, is_anew=is_anew), *self._wanted)
        elif self._question is not None:
            question, self._question = self._question, None
            self._begin(*question)

    def _begin(self, read: Read, index: int, options: Options) -> None:
        self._loading, self._since = (index, options), monotonic()
        self._start(partial(read, self._client, index, self._shelf[index], options, self._post), "load")

    def came(self, message: DocumentReady) -> bool:
        """Keep a page that came; returns whether it is still wanted. If another one is, that is read next."""
        self._loading = None
        index = message.index
        if index >= len(self._shelf) or not is_same(self._shelf[index], message.document.ref):
            self._load()  # asked for before the list was rearranged
            return False
        self._kept.put(message.index, message.options, message.document)
        is_wanted = self._wanted == (message.index, message.options)
        if is_wanted:
            self._wanted = None
        self._load()
        return is_wanted

    def failed(self, message: WorkFailed) -> bool:
        """Take note of a failure; returns whether anybody waits for what failed."""
        if message.work == "peek":
            self._is_peeking = False
            return False
        failed, self._loading = self._loading, None
        if self._wanted is None:
            return message.work != "open"
        if self._wanted != failed:
            self._load()
            return False
        self._wanted = None
        return True

    def ask(self, read: Read, index: int, options: Options) -> None:
        """Ask for something else of a page, such as `read_source`, as soon as the page that is wanted is there."""
        self._question = (read, index, options)
        if self._loading is None:
            self._load()

    def answered(self) -> None:
        """Something else came; go on with what was wished for meanwhile."""
        self._loading = None
        self._load()

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
            refs = {index: self._shelf[index] for index in indexes}
            self._start(partial(peek_titles, self._peeker, refs, options, self._post), "peek")

    def peeked(self) -> None:
        """Titles came."""
        self._is_peeking = False
