"""What the threads do that wait for pages, and the pages that are kept."""

from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from textual.message import Message

from tui.core.questions import Asker, Open, Peek, Question, Source, through
from tui.errors import CopydeskError
from tui.i18n import tr_said
from tui.model import Document, Options, Ref, Rows
from tui.view.messages import (
    AnswerReady,
    DocumentReady,
    PeeksReady,
    SourceReady,
    WorkFailed,
)

KEPT_DOCUMENTS = 8
KEPT_CHARS = 8_000_000
"""Code points of all kept documents together."""

T = TypeVar("T")
Post = Callable[[Message], object]
Read = Callable[[Asker, int, Ref, Options, Post], None]
"""Reads something of a page, given its index, and posts it. Runs in a thread."""


def read_document(asker: Asker, index: int, ref: Ref, options: Options, post: Post, *, is_anew: bool = False) -> None:
    """Open a page and post it; `is_anew` is as in `Open`. Runs in a thread."""
    try:
        post(DocumentReady(index, options, asker.ask(Open(ref, options, is_anew=is_anew))))
    except CopydeskError as error:
        post(WorkFailed("open", tr_said(error)))


def read_source(asker: Asker, index: int, ref: Ref, options: Options, post: Post) -> None:
    """Read a page without repair and post it. Runs in a thread."""
    try:
        post(SourceReady(index, asker.ask(Source(ref, options))))
    except CopydeskError as error:
        post(WorkFailed("source", tr_said(error)))


def answering(question: Callable[[Ref, Options], Question[T]], use: Callable[[T], None]) -> Read:
    """Return what asks something about a page and posts the answer, with what is to be done with it."""

    def read(asker: Asker, index: int, ref: Ref, options: Options, post: Post) -> None:
        try:
            post(AnswerReady(index, partial(use, asker.ask(question(ref, options)))))
        except CopydeskError as error:
            post(WorkFailed("question", tr_said(error)))

    return read


def peek_titles(asker: Asker, refs: dict[int, Ref], options: Options, post: Post) -> None:
    """Find out titles and post them. Runs in a thread."""
    try:
        peeks = list(through(asker, Peek(Rows(Ref, refs.values()), options)))
    except CopydeskError as error:
        post(WorkFailed("peek", tr_said(error)))
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
