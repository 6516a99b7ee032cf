"""What processes ask each other. A question is a value: its fields, the type of its answer, the answer for want of one.

The function that answers it stands in `tui.processes.worker`, and is found by the question's type.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, Generic, Literal, Protocol, Self, TypeVar, cast

from tui.core.answers import (
    Batch,
    Compared,
    Difference,
    Digest,
    Identity,
    JsonPage,
    Judged,
    Matched,
    Position,
    Rechecked,
    Searched,
    Traced,
)
from tui.core.model import (
    FETCHED,
    UNREAD_CHARSET,
    CharsetReadings,
    Document,
    Item,
    Options,
    Original,
    Preview,
    Ref,
    RepairEffects,
    Rows,
    Trouble,
    Twin,
)
from tui.core.problems import Problem, Reason
from tui.core.shelf import Run
from tui.core.values import dataclass, field, replace

T = TypeVar("T")
A = TypeVar("A")
PLAIN_PAGE_BYTES = (1024 * 1024, 64 * 1024)
"""Bytes that are read of a page which failed the full way, and then of one which failed so as well."""


SCREENFUL = 50
"""Rows of a list that are shown first."""


def as_columns(rows: Sequence[Item]) -> Sequence[Item]:
    """Return rows as columns, which cost a tenth on the way to another process, if nothing but pages is among them."""
    if isinstance(rows, Run):
        return rows
    refs = [row for row in rows if isinstance(row, Ref)]
    return (Run.of(refs) or Rows(Ref, refs)) if len(refs) == len(rows) else list(rows)


class Question(Generic[T]):
    """Something that a process can be asked. `T` is the answer's type."""

    __slots__ = ()
    ref: Item

    @property
    def about(self) -> Item:
        """The page that it is about, or the first of them."""
        return self.ref

    def moved(self, ref: Item) -> Self:
        """Return the same question about that page, whose bytes lie elsewhere."""
        return replace(self, ref=ref)  # type: ignore[type-var]

    def simpler(self, loss: Reason) -> "Self | None":  # noqa: ARG002 - most have none
        """Return what may be asked when this one cost a process its life, `loss` saying how; None: nothing."""
        return None

    def unanswered(self, problem: Problem) -> T:
        """Return the answer where nobody could be asked, or nobody could answer."""
        raise NotImplementedError

    def retold(self, answer: T, ref: Item, problem: Problem | None) -> T:
        """Return an answer as one about `ref`, whose bytes lay elsewhere, with what is to be said about their keeping."""
        value: Any = answer
        problems = (problem, *value.problems) if problem else value.problems
        made: T = replace(value, ref=ref, problems=problems)
        return made


class Batched(Question[T]):
    """A question about many pages. The answer is for the first of them, at least one, as many as a moment is enough for."""

    __slots__ = ()
    refs: Sequence[Item]

    @property
    def about(self) -> Item:
        return self.refs[0]

    def moved(self, ref: Item) -> Self:
        return self.of([ref])

    def of(self, refs: Sequence[Item]) -> Self:
        """Return the same question about these pages."""
        return replace(self, refs=as_columns(refs))  # type: ignore[type-var]

    def joined(self, answers: Sequence[T]) -> T:
        """Return one answer for those about one page each, in the order of the pages; as it stands, for tuples."""
        parts: Any = answers
        joined: Any = tuple(chain.from_iterable(parts))
        return cast(T, joined)


@dataclass(frozen=True, slots=True)
class Open(Question[Document]):
    """What is this page: text, repairs, structure?"""

    ref: Item
    options: Options
    plain: Reason | None = None
    """Why the full way failed: tags are stripped then, and nothing is repaired."""
    most_bytes: int | None = None
    """Bytes of the page that are read; None: as many as the limits allow."""
    is_anew: bool = False
    """A page of the network is asked for again, whatever is kept of it."""

    def simpler(self, loss: Reason) -> "Open | None":
        """As in `Question`: less of the page, without its markup and unrepaired."""
        smaller = (size for size in PLAIN_PAGE_BYTES if self.most_bytes is None or size < self.most_bytes)
        most_bytes = next(smaller, None)
        return replace(self, plain=loss, most_bytes=most_bytes) if most_bytes else None

    def unanswered(self, problem: Problem) -> Document:
        return Document.unread(self.ref, problem)


@dataclass(frozen=True, slots=True)
class Given(Question[Document]):
    """What is the page of these bytes, which lie nowhere?"""

    ref: Item
    options: Options
    payload: bytes
    content_type: str = ""
    """What a server said of them; empty: nothing."""
    plain: Reason | None = None
    """As in `Open`."""

    def simpler(self, loss: Reason) -> "Given | None":
        """As in `Question`: less of the page, without its markup and unrepaired."""
        most_bytes = next((size for size in PLAIN_PAGE_BYTES if self.plain is None or size < len(self.payload)), None)
        return replace(self, plain=loss, payload=self.payload[:most_bytes]) if most_bytes else None

    def unanswered(self, problem: Problem) -> Document:
        return Document.unread(self.ref, problem)


@dataclass(frozen=True, slots=True)
class Peek(Batched[Sequence[Preview]]):
    """What does a list show of these pages: title, date?"""

    refs: Sequence[Item]
    options: Options

    def unanswered(self, problem: Problem) -> Sequence[Preview]:
        return (Preview(self.about, "", trouble=problem),)

    def retold(self, answer: Sequence[Preview], ref: Item, problem: Problem | None) -> Sequence[Preview]:  # noqa: ARG002 - a list has no room for it
        return tuple(replace(peek, ref=ref) for peek in answer)


@dataclass(frozen=True, slots=True)
class AsJson(Batched[Sequence[JsonPage]]):
    """What are these pages, which lie here, as JSON? Finished lines cost half of what documents do on the way."""

    refs: Sequence[Item]
    options: Options

    def unanswered(self, problem: Problem) -> Sequence[JsonPage]:  # noqa: ARG002 - whoever asks for the page alone gets to know
        return (JsonPage(b""),)


@dataclass(frozen=True, slots=True)
class Source(Question[Original]):
    """What is this page before any repair: its bytes, and what they decode to?"""

    ref: Item
    options: Options
    offset: int = -1
    """A place in the page's text that is wanted in the source; -1: none."""

    def simpler(self, loss: Reason) -> "Source | None":  # noqa: ARG002 - it is no loss
        """As in `Question`: without the place, for which the page has to be parsed and repaired."""
        return replace(self, offset=-1) if self.offset >= 0 else None

    def unanswered(self, problem: Problem) -> Original:
        return Original(self.ref, b"", b"", "text/plain", UNREAD_CHARSET, "", (problem,))


@dataclass(frozen=True, slots=True)
class Readings(Question[CharsetReadings]):
    """In which charsets could this page be read, whatever `options` says?"""

    ref: Item
    options: Options

    def unanswered(self, problem: Problem) -> CharsetReadings:
        return CharsetReadings(self.ref, UNREAD_CHARSET, (), (problem,))


@dataclass(frozen=True, slots=True)
class Effects(Question[RepairEffects]):
    """What does each repair do to this page, or would do if it were on?"""

    ref: Item
    options: Options

    def unanswered(self, problem: Problem) -> RepairEffects:
        return RepairEffects(self.ref, (), (problem,))


@dataclass(frozen=True, slots=True)
class Trace(Question[Traced]):
    """From which bytes does this character come, and which repair made it?"""

    ref: Item
    options: Options
    offset: int
    """Place of the character in the page's text."""
    in_source: bool = False
    """It is a place in the decoded source instead."""

    def unanswered(self, problem: Problem) -> Traced:
        return Traced(self.ref, UNREAD_CHARSET, 0, problems=(problem,))


@dataclass(frozen=True, slots=True)
class Search(Batched[Searched]):
    """Where does a text stand in these pages?"""

    refs: Sequence[Item]
    query: str
    options: Options
    is_thorough: bool = False
    """Every page is decoded and repaired, and found by what repairs bring to light as well."""

    def unanswered(self, problem: Problem) -> Searched:
        return Searched(1, (), ((self.about, problem),))

    def retold(self, answer: Searched, ref: Item, problem: Problem | None) -> Searched:  # noqa: ARG002 - of the page's keeping, hits say nothing
        moved = tuple(replace(hits, ref=ref) for hits in answer.found)
        return Searched(answer.pages, moved, tuple((ref, each) for _, each in answer.problems))

    def joined(self, answers: Sequence[Searched]) -> Searched:
        return Searched(
            sum(answer.pages for answer in answers),
            tuple(hits for answer in answers for hits in answer.found),
            tuple(lost for answer in answers for lost in answer.problems),
        )


@dataclass(frozen=True, slots=True)
class Match(Question[Matched]):
    """Where does a regular expression that a user typed stand in these texts? It may be one that never ends."""

    texts: tuple[str, ...]
    expression: str

    @property
    def about(self) -> Item:
        return Ref("", 0)

    def unanswered(self, problem: Problem) -> Matched:
        return Matched(is_cut=True, problem=problem)


@dataclass(frozen=True, slots=True, eq=False)
class Compare(Question[Compared]):
    """What changed from one text to another? They may be two that take long."""

    before: str
    after: str

    @property
    def about(self) -> Item:
        return Ref("", 0)

    def unanswered(self, problem: Problem) -> Compared:
        return Compared(Rows(Difference), problem=problem)


@dataclass(frozen=True, slots=True)
class Copies(Question[Sequence[Twin]]):
    """What pages does an index know as copies of this one? It is asked where the index is, and no process beyond."""

    ref: Item

    def unanswered(self, problem: Problem) -> Sequence[Twin]:  # noqa: ARG002 - without an index there are none
        return ()


@dataclass(frozen=True, slots=True)
class Digests(Batched[Sequence[Digest]]):
    """What does an index keep of these pages?"""

    refs: Sequence[Item]
    options: Options
    with_signatures: bool = False

    def unanswered(self, problem: Problem) -> Sequence[Digest]:
        return (Digest({"problem": (problem.code,), "problems": 1}, "", (problem,)),)

    def retold(self, answer: Sequence[Digest], ref: Item, problem: Problem | None) -> Sequence[Digest]:  # noqa: ARG002 - digests name no page
        return answer


@dataclass(frozen=True, slots=True)
class Judge(Batched[Judged]):
    """For which of these pages does an expression hold, and what do they have for a field?"""

    refs: Sequence[Item]
    options: Options
    where: str = ""
    """Empty: all are kept."""
    field: str = ""
    """Empty: none is asked for."""
    targets: tuple[str, ...] = ()
    """What may have an index that knows the pages."""
    with_documents: bool = False
    """Pages that have to be read whole are given back, if they are kept."""

    def unanswered(self, problem: Problem) -> Judged:
        return Judged(1, (), problems=((0, (problem,)),))

    def retold(self, answer: Judged, ref: Item, problem: Problem | None) -> Judged:
        def told(document: Document) -> Document:
            problems = (problem, *document.problems) if problem else document.problems
            return replace(document, ref=ref, problems=problems)

        return replace(answer, documents=tuple((at, told(document)) for at, document in answer.documents))

    def joined(self, answers: Sequence[Judged]) -> Judged:
        parts = list(enumerate(answers))
        return Judged(
            sum(answer.pages for answer in answers),
            tuple(at for at, answer in parts if answer.kept),
            tuple(value for answer in answers for value in answer.values),
            tuple((at, document) for at, answer in parts for _, document in answer.documents),
            tuple((at, problems) for at, answer in parts for _, problems in answer.problems),
        )


@dataclass(frozen=True, slots=True)
class Restore(Question[int]):
    """What are these pages as rows of a corpus? Answered by a stream: None where it begins, and a `CorpusRow` for each."""

    refs: Sequence[Item]
    options: Options
    columns: tuple[str, ...]
    digest: str
    """The recipe's, which stands in every row."""
    where: str = ""
    """Empty: all have a row."""

    @property
    def about(self) -> Item:
        return self.refs[0]

    def unanswered(self, problem: Problem) -> int:  # noqa: ARG002 - whoever takes the rows knows which of them are missing
        return 0


@dataclass(frozen=True, slots=True)
class StoredBytes(Question[bytes]):
    """What lies at this reference, byte for byte? Nothing of it is looked at; empty: it can't be read."""

    ref: Ref

    def unanswered(self, problem: Problem) -> bytes:  # noqa: ARG002 - why the page has none, its row says
        return b""


@dataclass(frozen=True, slots=True)
class Recheck(Question[Rechecked]):
    """Is this file still the one that was scanned, perhaps grown?"""

    ref: Ref
    known: Identity

    def unanswered(self, problem: Problem) -> Rechecked:
        return Rechecked(None, problem)


@dataclass(frozen=True, slots=True)
class Scan(Question[Batch]):
    """What pages are there? Answered by a stream of batches, the last of which says `rest`, or `over`."""

    targets: tuple[str, ...]
    options: Options
    all_records: bool = False
    is_following: bool = False
    """What isn't whole at the end of a file is left for later."""
    rereads: bool = False
    """For one who looks again: a file that is another one by then is read from its start."""
    at: tuple[range, ...] = ()
    """Ordinals that are wanted; empty: all."""
    spool: str = ""
    """Path of the file into which standard input is copied; it may not be written any more once it is whole."""
    fetched: Ref | None = None
    """An address whose bytes are here, to be parted into pages, instead of targets."""
    is_anew: bool = False
    """Indexes are not asked: one is being made."""
    ahead: Literal["", "open", "peek"] = ""
    """What is answered of the first pages before anybody asks, as `Ahead`: `open` of one, `peek` of a screenful."""
    start: Position = field(default_factory=Position)
    """Go on from there."""
    known: tuple[int, ...] = ()
    """Pages of each target that were found before, and are not told of again."""
    with_recaptures: bool = False
    """Which captures are of one address is wanted as well."""
    is_careful: bool = False
    """Tell of each file before it is begun: one of them costs processes their lives."""

    def foremost(self, refs: Iterable[Item]) -> list[Ref]:
        """Return those of the first pages that are answered ahead."""
        most = {"": 0, "open": 1, "peek": SCREENFUL}[self.ahead]
        return [ref for ref in islice(refs, most) if isinstance(ref, Ref) and ref.format not in ("", FETCHED)]

    @property
    def about(self) -> Ref:
        """The first target, as a file."""
        return self.fetched or Ref(self.targets[0] if self.targets else "", 0)

    def unanswered(self, problem: Problem) -> Batch:
        return Batch((Rows(Trouble, [Trouble.at(self.about, problem)]),), state="over")


LOOK_S = 0.5
"""Seconds between two looks at files that are followed."""
LONGEST_LOOK_S = 10.0
"""The same where a look itself takes long."""


def rest_s(look_s: float) -> float:
    """Return for how long to rest after a look that took so many seconds."""
    return min(max(LOOK_S, 10 * look_s), LONGEST_LOOK_S)


@dataclass(frozen=True, slots=True)
class LookAgain(Question[Batch]):
    """What has come since the scan? Answered as `Scan` is; `lost`, if the process knows of none."""

    is_following: bool

    @property
    def about(self) -> Item:
        return Ref("", 0)

    def unanswered(self, problem: Problem) -> Batch:  # noqa: ARG002 - the scan begins anew
        return Batch(state="lost")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the question is that is being answered."""

    received: int = 0
    """Bytes that have come so far of the page that is being fetched; 0: none is."""
    reached: int = 0
    """Byte of its content that is reached while a compressed file is read forward to a page."""
    target: int = 0
    """Byte where that page lies; 0: nothing is read forward."""
    gathered: tuple[int, int] = (0, 0)
    """Pages that have come, and how many that a page links to are fetched; (0, 0): none are."""


class Asker(Protocol):
    """Whoever can be asked."""

    def ask(self, question: Question[T]) -> T:
        """Return the answer; waits for it. What is wrong with a page is part of it. Raises CopydeskError if it is cancelled."""
        ...

    def progress(self) -> Progress:
        """Say how far the question is that is being answered."""
        ...

    def cancel(self) -> None:
        """Give up the question that is being answered, from another thread. Without one, do nothing."""
        ...


SERIAL_S = 4.0
"""Seconds for which one process is asked, before others are started to be asked beside it."""


class Crowd(Protocol):
    """Asks several processes at once."""

    def __call__(self, questions: Iterable[Batched[T]], pages: Callable[[T], int]) -> Iterator[list[T]]:
        """Yield for each question the answers that it takes, in order; `pages` says how many pages one is about."""
        ...


def through(asker: Asker, question: Batched[Sequence[A]]) -> Iterator[A]:
    """Yield the answers for all pages of a question, asking again for those that are left."""
    at = 0
    while at < len(question.refs):
        part = asker.ask(question.of(question.refs[at:]) if at else question)
        yield from part
        at += len(part)
