"""What the threads do that wait for pages, and the pages that are kept."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from time import monotonic
from typing import TypeVar

from textual.message import Message

from tui.errors import CopydeskError
from tui.i18n import tr
from tui.model import Document, Options, Ref
from tui.shelf import Run
from tui.view.client import Client
from tui.view.messages import (
    AnswerReady,
    DocumentReady,
    PeeksReady,
    RefsFound,
    ScanEnded,
    SourceReady,
    WorkFailed,
)

FETCHED = "web"
"""Format of references whose source is an address."""
FIRST_REFS = 50
MORE_REFS = 5_000
"""Single references, or runs of them, that the screen takes in without a pause."""
BATCH_S = 0.1
"""Seconds after which pages that were found are handed on, however few."""
KEPT_DOCUMENTS = 8
KEPT_CHARS = 8_000_000
"""Code points of all kept documents together."""

T = TypeVar("T")
Post = Callable[[Message], object]
Read = Callable[[Client, int, Ref, Options, Post], None]
"""Reads something of a page, given its index, and posts it. Runs in a thread."""


def scan_in_batches(scan: Callable[[], Iterable[Ref | Run]], post: Post, is_stopped: Callable[[], bool]) -> None:
    """Run a scan and post what it finds: first few, then many at a time. Runs in a thread."""
    trouble = ""
    try:
        for batch in batches(scan()):
            if is_stopped():
                return
            post(RefsFound(batch))
    except CopydeskError as error:
        trouble = str(error)
    except Exception as error:  # noqa: BLE001 - a fault of ours; the screen says it, else it would wait for ever
        if is_stopped():
            return
        trouble = tr("{error}; this is a fault of copydesk", error=f"{type(error).__name__}: {error}")
    post(ScanEnded(trouble))


def batches(found: Iterable[Ref | Run]) -> Iterator[list[Ref | Run]]:
    """Cut into `FIRST_REFS`, and then into what comes within `BATCH_S`; what was fetched is handed on at once."""
    batch: list[Ref | Run] = []
    pages, since = 0, monotonic()
    is_first = True
    for some in found:
        batch.append(some)
        pages += len(some) if isinstance(some, Run) else 1
        # The next page of the network may be a second away.
        is_fetched = isinstance(some, Ref) and some.format == FETCHED
        is_enough = pages >= FIRST_REFS if is_first else len(batch) >= MORE_REFS
        if is_enough or is_fetched or monotonic() - since > BATCH_S:
            yield batch
            batch, since, is_first = [], monotonic(), False
    if batch:
        yield batch


def read_document(client: Client, index: int, ref: Ref, options: Options, post: Post) -> None:
    """Open a page and post it. Runs in a thread."""
    try:
        post(DocumentReady(index, options, client.open(ref, options)))
    except CopydeskError as error:
        post(WorkFailed("open", str(error)))


def read_source(client: Client, index: int, ref: Ref, options: Options, post: Post) -> None:
    """Read a page without repair and post it. Runs in a thread."""
    try:
        post(SourceReady(index, client.source(ref, options)))
    except CopydeskError as error:
        post(WorkFailed("source", str(error)))


def answering(question: Callable[[Client, Ref, Options], T], use: Callable[[T], None]) -> Read:
    """Return what asks something about a page and posts the answer, with what is to be done with it."""

    def read(client: Client, index: int, ref: Ref, options: Options, post: Post) -> None:
        try:
            post(AnswerReady(index, partial(use, question(client, ref, options))))
        except CopydeskError as error:
            post(WorkFailed("question", str(error)))

    return read


def peek_titles(client: Client, refs: dict[int, Ref], options: Options, post: Post) -> None:
    """Find out titles and post them. Runs in a thread."""
    try:
        peeks = client.peek(list(refs.values()), options)
    except CopydeskError as error:
        post(WorkFailed("peek", str(error)))
        return
    post(PeeksReady(dict(zip(refs, peeks, strict=False))))


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
