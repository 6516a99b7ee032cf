"""Pages: of bytes that a program has, or of whatever copydesk opens, each read by a child that a bad page may cost."""

import atexit
import os
import threading
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tui.choosing.recipe import Recipe
from tui.core.model import Charset, Document, Edit, Failure, Field, Headline, Item, Limits, Ref, Trouble
from tui.core.problems import Problem, Template
from tui.library.texts import AS_USUAL, Explanation, explained, options

if TYPE_CHECKING:
    from tui.choosing.choices import Choice
    from tui.core.questions import Given, Question
    from tui.processes.client import ChildClient

AT_ONCE = 16
"""Pages that are looked at together without a child; as many documents are kept for a moment."""


class Page:
    """A page, repaired, with what it says about itself. What can't be read is an empty one with problems."""

    __slots__ = ("_document",)

    def __init__(self, document: Document) -> None:
        self._document = document

    def __repr__(self) -> str:
        return f"<Page {self.source or 'of bytes'} #{self.ordinal}: {self.title!r}>"

    @property
    def source(self) -> str:
        """The file or address that it comes from; empty: bytes of unknown origin."""
        return self._document.ref.source

    @property
    def ordinal(self) -> int:
        """Its number within its source, from 0."""
        return self._document.ref.ordinal

    @property
    def sha256(self) -> str:
        """Of its bytes, after transfer and content decoding; hexadecimal. Empty: they could not be read."""
        return self._document.sha256

    @property
    def url(self) -> str | None:
        """Its address, as the record or the caller says."""
        return self._document.url

    @property
    def fetched(self) -> str | None:
        """When it was fetched, ISO 8601."""
        return self._document.fetched

    @property
    def charset(self) -> Charset:
        """The charset it was decoded with: `name`, `by` and all `claims`."""
        return self._document.charset

    @property
    def type(self) -> str:
        """article, forum, listing, product, documentation, service, collection or other."""
        return self._document.type

    @property
    def language(self) -> str | None:
        """BCP 47, with script where it matters: zh-Hans, zh-Hant, ja, en; None: unknown."""
        return self._document.language

    @property
    def title(self) -> str:
        """Empty: it has none."""
        return self._document.title

    @property
    def body(self) -> str:
        """Text of the article, a paragraph a line."""
        return self._document.body

    @property
    def text(self) -> str:
        """All visible text, repaired. Offsets are code points in it."""
        return self._document.text

    @property
    def metadata(self) -> Mapping[str, Field]:
        """Name -> field with `value`, `origin`, `certainty` and `rivals`; dates are ISO 8601."""
        return self._document.metadata

    @property
    def headlines(self) -> Sequence[Headline]:
        """Items of lists on the page: `title`, `url`, `date`, `list`, `heading`, …, and where they stand in the text."""
        return self._document.headlines

    @property
    def edits(self) -> Sequence[Edit]:
        """Each change of the text by a repair, in order."""
        return self._document.edits

    @property
    def signals(self) -> Mapping[str, float]:
        """Figures about the text by which public corpora choose pages."""
        return self._document.signals

    @property
    def fails(self) -> Mapping[str, Failure]:
        """Rules by which public corpora would drop it, each with `value` and `bound`; those of a recipe stand before theirs."""
        return self._document.fails

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with it: `code`, `gravity`, `message`, and perhaps where."""
        return self._document.problems

    def undo(self) -> str:
        """Return the visible text as it was before repair."""
        from tui.text.mending.edits import undo

        return undo(self.text, self.edits)

    def explain(self, offset: int) -> Explanation:
        """Say why the character at an offset of `text` is there. Raises IndexError if there is none."""
        notes = {repair.name: str(repair.note) for repair in self._document.repairs if repair.note}
        return explained(self.text, self.edits, notes, offset)

    def to_dict(self) -> dict[str, Any]:
        """Return what `copydesk show --json` prints, as `copydesk show --schema` describes it."""
        from tui.export.documents import page

        return page(self._document)


class _Reader:
    """The child that reads pages of bytes, made when it is needed and shared by threads, which wait in line."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._client: ChildClient | None = None

    def ask(self, question: "Given") -> Document:
        with self._lock:
            if self._client is None:
                from tui.processes.client import ChildClient

                self._client = ChildClient()
                atexit.register(self._client.close)
        return self._client.ask(question)

    def forget(self) -> None:
        """In a process that was forked: the child is the other one's."""
        self.__init__()  # type: ignore[misc]


_READER = _Reader()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_READER.forget)


def restore(
    payload: bytes,
    *,
    url: str | None = None,
    content_type: str = "",
    recipe: Recipe = AS_USUAL,
    isolated: bool = True,
) -> Page:
    """Make a page of bytes: decode, repair, and find title, body, lists and metadata. No bytes make it fail.

    `url` is where they come from, `content_type` what the server said; both are evidence, not orders. A page that hangs,
    crashes or fills its memory costs a child and comes back plain, with a problem; with `isolated=False` there is no child:
    faster by the way to it, and such a page costs the caller's process. Raises UsageError if the recipe means nothing, and
    TypeError if it gets a str.

    >>> page = restore(b"<title>A</title><p>caf\\xe9", content_type="text/html; charset=iso-8859-1", isolated=False)
    >>> page.title, page.text, page.charset.name
    ('A', 'café', 'windows-1252')
    """
    from tui.core.questions import Given

    if isinstance(payload, str):
        raise TypeError("restore: not bytes; encode a str, or repair it")
    question = Given(Ref(url or "", 0, "given", 0, len(payload)), options(recipe), payload, content_type)
    if isolated:
        return Page(_READER.ask(question))
    from tui import loader

    return Page(loader.given(question, Limits()))


def open(  # noqa: A001 - as `gzip.open`
    *sources: str | os.PathLike[str],
    where: str = "",
    sample: int | None = None,
    seed: int = 0,
    recipe: Recipe = AS_USUAL,
    isolated: bool = True,
) -> Iterator[Page]:
    """Yield the pages of files, folders, archives and addresses, each read when it is asked for.

    `where` is an expression as of `--where`, on top of the recipe's; `sample` draws so many, as `--sample` and `--seed` do.
    What can't be read is a page with problems. With `isolated=False` this process reads; addresses need a child.
    Raises UsageError if the expression or the recipe means nothing, or nothing is named.
    """
    from tui.choosing.choices import Choice, Selection
    from tui.choosing.expression import both, parse
    from tui.core.errors import UsageError
    from tui.core.files import is_address

    targets = [os.fspath(source) for source in sources]
    if not targets:
        raise UsageError("open: no source; name a file, a folder or an address")
    if not isolated and any(map(is_address, targets)):
        raise UsageError("open: an address is read by a child; leave out isolated=False")
    asked = options(recipe)
    expression = both(recipe.where, where) if recipe.where and where else recipe.where or where
    selection = Selection(where=parse(expression, "where") if expression else None, sample=sample, seed=seed)
    choice = Choice(asked, selection=selection)
    return (_by_child if isolated else _by_us)(targets, choice)


def _by_child(targets: Sequence[str], choice: "Choice") -> Iterator[Page]:
    from tui.core.questions import Scan
    from tui.core.shelf import singly
    from tui.processes.pages import Processes

    with Processes(choice.limits, choice.fetching, on_remark=_warn) as processes:
        client = processes.client()
        client.network.prepare(targets)
        rows = singly(client.scan(Scan(tuple(targets), choice.options, choice.all_records, rereads=True)))
        yield from _picked(rows, targets, choice, client)


def _picked(rows: Iterable[Item], targets: Sequence[str], choice: "Choice", asker: Any) -> Iterator[Page]:
    from tui.app.addresses import wanted
    from tui.core.questions import Open

    lost: list[tuple[Item, Sequence[Problem]]] = []
    for pick in wanted(rows, targets, choice, asker, on_lost=lambda *told: lost.append(told)):
        yield from _told(lost)
        yield Page(_unread(pick.ref) or pick.document or asker.ask(Open(pick.ref, choice.options)))
    yield from _told(lost)


def _told(lost: list[tuple[Item, Sequence[Problem]]]) -> Iterator[Page]:
    while lost:
        ref, problems = lost.pop(0)
        yield Page(Document.unread(ref, *problems))


def _unread(ref: Item) -> Document | None:
    return Document.unread(ref, ref.problem) if isinstance(ref, Trouble) else None


class _Here:
    """Answers questions in this very process, as a child would."""

    limits = Limits()

    def ask(self, question: "Question[Any]") -> Any:
        from tui.processes.worker import ANSWERS

        return ANSWERS[type(question)](self, question)  # type: ignore[arg-type]

    def renew(self) -> None:
        """Nothing bounds a page here."""

    def remark(self, error: Template) -> None:
        _warn(error)

    def a_moment(self, pages: Sequence[Any]) -> Iterator[Any]:
        return iter(pages[:AT_ONCE])

    def crowd(self) -> None:
        """There is no other process."""


def _by_us(targets: Sequence[str], choice: "Choice") -> Iterator[Page]:
    from tui import loader

    return _picked(loader.scan(targets, loader.Tally()), targets, choice, _Here())


def _warn(told: Template) -> None:
    """Say that something of ours is damaged that costs no answer, such as an index."""
    warnings.warn(str(told), stacklevel=2)
