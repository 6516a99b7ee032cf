"""Pages made by hand, and a client that hands them out: the screen without a worker."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from tui.choosing.expression import parse
from tui.choosing.fields import FieldValue, of_ref
from tui.core import questions
from tui.core.answers import Hit, Origin, PageHits, Searched, Traced
from tui.core.errors import AlreadyThereError, CopydeskError, StoreError, UsageError
from tui.core.model import (
    Block,
    Candidate,
    Charset,
    CharsetReadings,
    Claim,
    Document,
    Edit,
    Effect,
    Field,
    Headline,
    Item,
    Options,
    Original,
    Preview,
    Problem,
    Ref,
    RepairCount,
    RepairEffects,
    Rows,
    Trouble,
    Twin,
)
from tui.core.problems import Reason
from tui.core.shelf import Pages
from tui.lookup.search import match
from tui.notebook.ledger import StoreLedger
from tui.notebook.store import Known, Undone
from tui.text.comparison import compare
from tui.view.state.services import Form, PagesForm, Services
from tui.view.state.survey import Survey

T = TypeVar("T")

TITLE = "縣城圖書館延長開放"
PARAGRAPHS = ("縣城圖書館自下週起延長開放時間，每晚開到十點。", "館長表示，這是為了讓下班的人也能借書。" * 6)
FOUND = ("渡輪停航三天", "橋樑下月通車")


def page(ref: Ref, *, certain: bool = False) -> Document:
    """A page with a title, paragraphs, two found headlines, a certain and a probable repair."""
    lines = [TITLE, *PARAGRAPHS, *FOUND]
    kinds = ["title", "body", "body", "headline", "headline"]
    blocks, start = [], 0
    for line, kind in zip(lines, kinds, strict=True):
        blocks.append(Block(kind, start, start + len(line)))  # type: ignore[arg-type]
        start += len(line) + 1
    found = [
        Headline("related", lines[i], blocks[i].start, blocks[i].end, comments=24, date="2021-12-07") for i in (3, 4)
    ]
    edits = [Edit(0, 1, "縣(xiàn)", "縣", "pinyin_gloss")]
    if not certain:
        edits.append(Edit(blocks[1].start, blocks[1].start + 1, "悬", "縣", "word_list", "probable"))
    return replace(
        Document.unread(ref),
        text="\n".join(lines) + "\n",
        title=TITLE,
        blocks=Rows(Block, blocks),
        headlines=Rows(Headline, found),
        edits=Rows(Edit, edits),
        metadata={"date": Field("2021-12-07", "text: dateline", "probable", (("2021-12-08", "meta"),))},
        charset=Charset("gb18030", "meta", (Claim("meta", "gb2312"), Claim("guess", "gb18030", 0.98))),
        repairs=(RepairCount("pinyin_gloss", len(edits), "certain"),),
        record={"crawl": "2021-50"},
        signals={"han_ratio": 0.9},
    )


def plain(ref: Ref, text: str, *problems: Problem) -> Document:
    """A page that is one run of text."""
    blocks = Rows(Block, [Block("body", 0, len(text))] if text else [])
    return replace(Document.unread(ref, *problems), text=text, blocks=blocks)


class FakeClient:
    """Hands out `page`, or what `texts` and `problems` say by ordinal; waits for `gate` where one is set."""

    def __init__(self, texts: dict[int, str] | None = None, problems: dict[int, Problem] | None = None) -> None:
        self.texts, self.problems = texts or {}, problems or {}
        self.gates: dict[int, threading.Event] = {}
        self.blocks: list[Block] = []
        """Blocks of the pages of `texts`, where they are not one run of text."""
        self.opened: list[tuple[int, bool]] = []
        self.scripts: list[str] = []
        self.charsets: list[str | None] = []
        self.unlikely_charsets: tuple[str, ...] = ()
        self.repairs: list[tuple[list[str], list[str]]] = []
        """Names of the repairs that pages were read without, and with."""
        self.cancelled = 0
        self.renewed: list[Ref] = []
        self._is_cancelled = threading.Event()

    def open(self, ref: Ref, options: Options) -> Document:
        """As in `Asker`."""
        self.opened.append((ref.ordinal, options.certain))
        self.scripts.append(options.script)
        self.charsets.append(options.charset)
        self.repairs.append((sorted(options.without), sorted(options.also)))
        gate = self.gates.get(ref.ordinal)
        while gate is not None and not gate.wait(0.01):
            if self._is_cancelled.is_set():
                self._is_cancelled.clear()
                raise CopydeskError(f"{ref.source}: given up")
        if ref.ordinal in self.problems:
            return plain(ref, "", self.problems[ref.ordinal])
        if ref.ordinal in self.texts:
            document = replace(plain(ref, self.texts[ref.ordinal]), title=f"Page {ref.ordinal}")
            return replace(document, blocks=Rows(Block, self.blocks)) if self.blocks else document
        return page(ref, certain=options.certain)

    def peek(self, refs: Sequence[Ref], options: Options) -> list[Preview]:
        """As in `Asker`."""
        return [Preview(ref, f"Peeked {ref.ordinal}", "2021-12-07") for ref in refs]

    def source(self, ref: Ref, options: Options) -> Original:
        """As in `Asker`."""
        raw = b"\x00\x01binary" if self.texts.get(ref.ordinal) == "" else f"source of {ref.ordinal}\n縣(xi".encode()
        text = "" if raw.startswith(b"\0") else raw.decode()
        return Original(ref, raw, raw, "text/plain", Charset("utf-8", "default"), text)

    def readings(self, ref: Ref, options: Options) -> CharsetReadings:
        """As in `Asker`."""
        found = [Candidate("gb18030", 0.98, "meta", "縣城圖書館", 0), Candidate("big5", 0.2, "", "蟡舐膦銝", 2)]
        found += [Candidate(name, 0.01, "", "ﾉﾗﾅﾔ", 9) for name in self.unlikely_charsets]
        return CharsetReadings(ref, Charset(options.charset or "gb18030", "guess"), tuple(found))

    def effects(self, ref: Ref, options: Options) -> RepairEffects:
        """As in `Asker`."""
        if ref.ordinal in self.problems:
            return RepairEffects(ref, (), (self.problems[ref.ordinal],))
        found = (
            Effect("pinyin_gloss", "readings are taken out", True, False, 2, 1, "縣(xiàn)", "縣"),
            Effect("entities", "escapes become characters", "entities" not in options.without, False, 0, 0, "", ""),
            Effect(
                "letter_swap", "letters come back", "letter_swap" in options.also, True, 3, 3, "丑别濒濒辞", "hello"
            ),
        )
        return RepairEffects(ref, found)

    received = 0
    gathered = (0, 0)

    def trace(self, question: questions.Trace) -> Traced:
        """As in `Asker`."""
        assert isinstance(question.ref, Ref)
        document = page(question.ref, certain=question.options.certain)
        edits = [edit for edit in document.edits if edit.start <= question.offset < edit.end]
        edit = edits[0] if edits and not question.in_source else None
        return Traced(question.ref, document.charset, 9, edit, origin=Origin(question.offset, b"a", 1))

    def ask(self, question: questions.Question[T]) -> T:
        """As in `Asker`."""
        answers: dict[type, Callable[[Any], Any]] = {
            questions.Open: self._opened,
            questions.Peek: lambda asked: tuple(self.peek(asked.refs, asked.options)),
            questions.Source: lambda asked: self.source(asked.ref, asked.options),
            questions.Readings: lambda asked: self.readings(asked.ref, asked.options),
            questions.Effects: lambda asked: self.effects(asked.ref, asked.options),
            questions.Trace: self.trace,
            questions.Match: lambda asked: match(asked.texts, asked.expression),
            questions.Copies: lambda asked: self.copies(asked.ref),
            questions.Compare: lambda asked: compare(asked.before, asked.after),
            questions.Given: lambda asked: plain(asked.ref, asked.payload.decode().replace("<p>", "")),
        }
        answer: T = answers[type(question)](question)
        return answer

    def copies(self, ref: Ref) -> Sequence[Twin]:
        """As in `Asker`."""
        return ()

    def _opened(self, question: questions.Open) -> Document:
        if isinstance(question.ref, Trouble):
            return question.unanswered(question.ref.problem)
        if question.is_anew:
            self.renewed.append(question.ref)
        return self.open(question.ref, question.options)

    def progress(self) -> questions.Progress:
        """As in `Asker`."""
        return questions.Progress(self.received, gathered=self.gathered)

    def cancel(self) -> None:
        """As in `Asker`."""
        self.cancelled += 1
        self._is_cancelled.set()

    def close(self) -> None:
        """As in `Asker`."""


class FakeOutlet:
    """Remembers what was taken out."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []

    def render(self, document: Document, form: Form) -> str:
        """As in `Outlet`."""
        return f"{form} of {document.title}"

    def save(
        self,
        path: str,
        document: Document,
        original: Original | None,
        form: Form,
        sources: Iterable[str] = (),
        *,
        is_forced: bool = False,
    ) -> str:
        """As in `Outlet`."""
        if path == "full":
            raise CopydeskError("full: no room; name another file")
        if path in sources:
            raise CopydeskError(f"{path}: pages are read from this file")
        if path == "there" and not is_forced:
            raise AlreadyThereError("there: already exists")
        self.taken.append((path, original.raw.decode() if original else form))
        return path

    def save_text(self, path: str, text: str, sources: Iterable[str], *, is_forced: bool = False) -> str:
        """As in `Outlet`."""
        self.taken.append((self.check(path, sources, is_forced=is_forced), text))
        return path

    def check(self, path: str, sources: Iterable[str], *, is_forced: bool = False) -> str:
        """As in `Outlet`."""
        if path in sources:
            raise CopydeskError(f"{path}: pages are read from this file")
        if path == "there" and not is_forced:
            raise AlreadyThereError("there: already exists")
        return path

    def keep(self, text: str) -> str:
        """As in `Outlet`."""
        self.taken.append(("kept", text))
        return "copied.txt"

    def run(self, command: str, text: str) -> int:
        """As in `Outlet`."""
        self.taken.append((command, text))
        return 0


def refs(count: int) -> Iterator[Ref]:
    """References to made-up pages."""
    return (Ref(f"page-{ordinal}.html", ordinal, "html") for ordinal in range(count))


class FakeLedger(StoreLedger):
    """Keeps decisions in memory, by ordinal."""

    def __init__(self) -> None:
        self.keys: Mapping[str, str] = {"1": "good", "2": "bad", "3": "unsure"}
        self.given: dict[int, tuple[str, ...]] = {}
        self.notes: dict[int, str] = {}
        self.places: dict[str, tuple[Ref, int]] = {}
        self.saved: dict[str, str] = {}
        self.left: Mapping[str, Any] = {}
        self.state: Mapping[str, Any] = {}
        self.fault = ""
        """What is wrong with the place where decisions are kept."""
        self._last: list[dict[int, tuple[str, ...]]] = []

    def labels(self, document: Document) -> tuple[str, ...]:
        """As in `StoreLedger`."""
        if self.fault:
            raise StoreError(self.fault)
        return self.given.get(document.ref.ordinal, ())

    def labels_at(self, ref: Item) -> tuple[str, ...]:
        """As in `StoreLedger`."""
        return self.given.get(ref.ordinal, ())

    def label(self, document: Document, name: str) -> bool:
        """As in `StoreLedger`."""
        before = self.labels(document)
        assert isinstance(document.ref, Ref)
        self.label_all([Known("", document.ref)], name)
        return name not in before

    def label_all(self, pages: Sequence[Known], name: str) -> tuple[bool, int]:
        """As in `StoreLedger`."""
        before = {page.ref.ordinal: self.given.get(page.ref.ordinal, ()) for page in pages}
        is_on = not all(name in names for names in before.values())
        changed = {ordinal: names for ordinal, names in before.items() if (name in names) != is_on}
        self._last.append(changed)
        for ordinal, names in changed.items():
            self.given[ordinal] = tuple(sorted({*names} ^ {name}))
        return is_on, len(changed)

    def labelled(self) -> Iterable[tuple[str, int]]:
        """As in `StoreLedger`."""
        return [(str(Path(f"page-{at}.html").absolute()), at) for at, names in self.given.items() if names]

    def counts(self) -> Mapping[str, int]:
        """As in `StoreLedger`."""
        return Counter(name for names in self.given.values() for name in names)

    def note(self, document: Document) -> str:
        """As in `StoreLedger`."""
        return self.notes.get(document.ref.ordinal, "")

    def write_note(self, document: Document, text: str) -> None:
        """As in `StoreLedger`."""
        self.notes[document.ref.ordinal] = text

    def undo(self) -> Undone | None:
        """As in `StoreLedger`."""
        if not self._last:
            return None
        before = self._last.pop()
        self.given |= before
        (first, *more) = before
        there = Ref(str(Path(f"page-{first}.html").absolute()), first)
        return Undone(Reason("verbatim", {"words": f"label of {len(before)}"}), None if more else there)

    def mark(self, letter: str, document: Document, start: int) -> None:
        """As in `StoreLedger`."""
        assert isinstance(document.ref, Ref)
        self.places[letter] = (replace(document.ref, source=str(Path(document.ref.source).absolute())), start)

    def marked(self, letter: str) -> tuple[Ref, int] | None:
        """As in `StoreLedger`."""
        return self.places.get(letter)

    def filters(self) -> Mapping[str, str]:
        """As in `StoreLedger`."""
        return self.saved

    def save_filter(self, name: str, expression: str) -> None:
        """As in `StoreLedger`."""
        self.saved[name] = expression
        if not expression:
            del self.saved[name]

    def leave(self, state: Mapping[str, Any]) -> None:
        """As in `StoreLedger`."""
        self.state = state


class FakeCollection:
    """Knows ordinals only: expressions are held against them, every tenth page has hits."""

    def __init__(self) -> None:
        self.gate: threading.Event | None = None
        self.cancelled = 0
        self.written: list[tuple[str, str, list[int], bool]] = []
        """Files, their forms, the ordinals of the pages in them, and whether they take the place of others."""

    def judge(self, refs: Sequence[Item], expression: str, options: Options) -> Iterator[bool]:
        """As in `Collection`."""
        for ref in refs:
            self._wait()
            yield bool(parse(expression).holds(of_ref(ref, ())))

    def values(self, refs: Sequence[Item], field: str, options: Options) -> Iterator[FieldValue]:
        """As in `Collection`: the last digit of the ordinal; page 3 has none. Of three pages two fail rules, and one both."""
        failed = (("gopher_few_words", "c4_sentences"), ("c4_sentences",), ())
        for ref in refs:
            self._wait()
            if field == "fails":
                yield failed[ref.ordinal % 3]
                continue
            yield None if ref.ordinal == 3 else str(ref.ordinal % 10)

    def search(self, refs: Sequence[Item], query: str, options: Options) -> Iterator[Searched]:
        """As in `Collection`: in the first paragraph of every tenth page."""
        for ref in refs:
            self._wait()
            hit = Hit(len(TITLE) + 1, "前文", query, "後文")
            yield Searched(1, (PageHits(ref, (hit,), 3),) if ref.ordinal % 10 == 0 else ())

    def known(self, refs: Sequence[Item], options: Options) -> Iterator[Known | None]:
        """As in `Collection`; page 9 can't be read."""
        for ref in refs:
            self._wait()
            yield None if ref.ordinal == 9 or not isinstance(ref, Ref) else Known(str(ref.ordinal), ref)

    def write(
        self, refs: Sequence[Item], path: str, form: PagesForm, options: Options, *, is_forced: bool
    ) -> Iterator[bool]:
        """As in `Collection`; page 9 can't be read."""
        for ref in refs:
            self._wait()
            yield ref.ordinal != 9
        self.written.append((path, form, [ref.ordinal for ref in refs], is_forced))

    def command(
        self, options: Options, refs: Sequence[Item], expression: str, sample: tuple[int, int] | None, *, is_told: bool
    ) -> str:
        """As in `Collection`: what it is given."""
        if len(refs) == 1:
            raise UsageError("one: no command gives it")
        return f"where={expression} sample={sample[0] if sample else ''} told={is_told}"

    def _wait(self) -> None:
        if self.gate is not None:
            self.gate.wait()

    def cancel(self) -> None:
        """As in `Collection`."""
        self.cancelled += 1
        if self.gate is not None:
            self.gate.set()


class FakeNeighbours:
    """Files that are there without being listed."""

    def __init__(self) -> None:
        self.files: dict[str, Ref] = {}

    def find(self, paths: Sequence[str]) -> Ref | None:
        """As in `Neighbours`."""
        return next((self.files[path] for path in paths if path in self.files), None)


def services(
    scan: Callable[[], Iterable[Pages]] = tuple, client: FakeClient | None = None, peeker: FakeClient | None = None
) -> Services:
    """Fakes of all that the screen is given; one client does for both if there is one."""
    client = client or FakeClient()
    clients = (client, peeker or client)
    return Services(clients, Survey(scan), FakeOutlet(), FakeLedger(), FakeCollection(), FakeNeighbours())
