"""What is done with an input of each kind; what comes of it is held against what is always so.

A check raises `Broken`, or what the program raised; what the program is meant to raise it expects.
"""

import contextlib
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar
from unittest.mock import patch

from troubles import readable

from fuzz import seeds, stores
from fuzz.always import check_document, check_error, check_harmless, check_json, check_problem, hold
from tui.choosing import expression, fields
from tui.choosing.choices import configured
from tui.commands.repair import harmless, repaired_line, repaired_text
from tui.config import load
from tui.core import questions as ask
from tui.core.answers import Ahead, Batch
from tui.core.errors import StoreError, UsageError
from tui.core.model import Document, Item, Limits, Options, Preview, Ref, Rows
from tui.core.problems import Problem, Reason
from tui.core.shelf import Run
from tui.export import documents
from tui.lookup import sidecar
from tui.notebook.store import Known, Store
from tui.processes.wire import Part, Setup, pack
from tui.processes.worker import ANSWERS, AnswerHost
from tui.text.mending.edits import undo
from tui.text.mending.mend import REPAIRS, mend
from tui.web import cache as web

T = TypeVar("T")

LIMITS = Limits(memory_bytes=768 * 1024 * 1024)
"""The bounds on one page. Inputs are small: one that needs as much as that is a finding."""
MOST_PAGES = 4
"""Pages of one input that are opened."""
_OPTIONAL = frozenset(repair.name for repair in REPAIRS if repair.is_optional)
_ALL = frozenset(repair.name for repair in REPAIRS)
_CHARSETS = ("utf-8", "gb18030", "big5", "utf-16le", "windows-1252", "shift_jis", "iso-2022-jp", "koi8-r", "hz")


class Asked:
    """Answers questions as a worker does, in this process; the seconds of the processor that a question has end with it."""

    def __init__(self) -> None:
        self.parts: list[Any] = []
        self._host = AnswerHost(Setup(LIMITS), self._take)

    def _take(self, message: object) -> None:
        pack(message)
        if isinstance(message, Part):
            self.parts.append(message.content)

    def ask(self, question: ask.Question[T]) -> T:
        """Return the answer, which can be sent."""
        self._host.renew()
        try:
            answer: T = ANSWERS[type(question)](self._host, question)
            pack(answer)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        return answer


def file(folder: Path, name: str, content: bytes, chance: random.Random) -> None:
    """Scan a file, open pages of it, and ask whatever can be asked about them."""
    path = folder / name
    path.write_bytes(content)
    asked = Asked()
    options = _options(chance)
    ahead: Literal["", "open", "peek"] = chance.choice(("open", "peek")) if chance.random() < 0.3 else ""
    scan = ask.Scan((str(path),), options, all_records=chance.random() < 0.2, ahead=ahead)
    hold(asked.ask(scan).state == "rest", "a scan did not come to its end")
    found = _in_order(asked.parts)
    for part in asked.parts:
        if isinstance(part, Ahead) and isinstance(part.answer, Document):
            check_document(part.answer)
    again = asked.ask(ask.LookAgain(False)) if chance.random() < 0.1 else Batch()
    hold(not any(isinstance(some, Run | Rows) for some in again.found), "pages came of a file that stayed as it was")
    refs = found[: MOST_PAGES - 1] + (found[-1:] if len(found) >= MOST_PAGES else [])
    for ref in refs:
        _page(asked, ref, options, chance)
    if refs and chance.random() < 0.5:
        _together(asked, refs, options, chance)


def _options(chance: random.Random) -> Options:
    return Options(
        charset=chance.choice(_CHARSETS) if chance.random() < 0.15 else None,
        certain=chance.random() < 0.05,
        script=chance.choice(("hans", "hant", "tw", "hk")) if chance.random() < 0.15 else "keep",
        also=_OPTIONAL if chance.random() < 0.15 else frozenset(),
        fields=chance.choice(((("body", "url"),), (("title", "meta.lang"),))) if chance.random() < 0.05 else (),
    )


def _in_order(parts: Iterable[Any]) -> list[Item]:
    """Return the pages that a scan has found, whose ordinals count from 0."""
    refs: list[Item] = []
    ordinal = 0
    for some in (some for part in parts if isinstance(part, Batch) for some in part.found):
        if not isinstance(some, Run | Rows):
            continue
        hold(some[0].ordinal == ordinal, f"a page has the ordinal {some[0].ordinal}, not {ordinal}")
        hold(some[-1].ordinal == ordinal + len(some) - 1, "pages that follow each other are not numbered so")
        ordinal += len(some)
        refs += [some[at] for at in range(min(len(some), MOST_PAGES))] + [some[-1]]
    return list({ref.ordinal: ref for ref in refs}.values())


def _page(asked: Asked, ref: Item, options: Options, chance: random.Random) -> None:
    document = asked.ask(ask.Open(ref, options))
    check_document(document)
    hold(document.text or document.problems or document.size, "a page is empty and says nothing of it")
    if document.edits and options.script == "keep":
        without = Options(options.charset, _ALL, fields=options.fields)
        before = asked.ask(ask.Open(ref, without))
        hold(undo(document.text, document.edits) == before.text, "edits undone are not what was there")
    (peek,) = asked.ask(ask.Peek([ref], options))
    (entry,) = documents.peeks(Rows(Preview, [peek]))
    check_harmless("".join(documents.rows(Rows(Preview, [peek]))), "a row of a list")
    check_json(documents.to_json(entry))
    if peek.trouble:
        check_problem(peek.trouble)
    more: tuple[Callable[[], object], ...] = (
        lambda: _source(asked, ref, options, chance),
        lambda: _readings(asked, ref, options),
        lambda: _effects(asked, ref, options),
        lambda: asked.ask(ask.Trace(ref, options, chance.randrange(-1, len(document.text) + 2))),
        lambda: _plain(asked, ref, options),
    )
    for question in more:
        if chance.random() < 0.25:
            question()


def _source(asked: Asked, ref: Item, options: Options, chance: random.Random) -> None:
    original = asked.ask(ask.Source(ref, options))
    for problem in original.problems:
        check_problem(problem)
    at = chance.randrange(-1, len(original.text) + 2)
    traced = asked.ask(ask.Trace(ref, options, at, in_source=True))
    if traced.origin is not None:
        start = traced.origin.start_bytes
        raw = original.raw[start : start + len(traced.origin.raw)]
        hold(raw == traced.origin.raw, "a character is traced to bytes that do not stand there")


def _readings(asked: Asked, ref: Item, options: Options) -> None:
    for candidate in asked.ask(ask.Readings(ref, options)).candidates:
        check_harmless(documents.candidate(candidate), "a reading")


def _effects(asked: Asked, ref: Item, options: Options) -> None:
    for problem in asked.ask(ask.Effects(ref, options)).problems:
        check_problem(problem)


def _plain(asked: Asked, ref: Item, options: Options) -> None:
    """As a page is read that was too much for the full way."""
    question = ask.Open(ref, options).simpler(Reason("given_up"))
    hold(question is not None, "a page has no simpler way")
    assert question is not None
    check_document(asked.ask(question))


def _together(asked: Asked, refs: list[Item], options: Options, chance: random.Random) -> None:
    """Questions about many pages."""
    rows = ask.as_columns(refs)
    query = chance.choice(("rain", "雨", "tǒng", "a b", "\u0130", "é", "雨 hot", "ＮＥＷＳ"))
    searched = asked.ask(ask.Search(readable(refs), query, options, is_thorough=chance.random() < 0.3))
    for hits in searched.found:
        hold(hits.count >= len(hits.hits) > 0, "a page is found and has no hit")
    for _, problem in searched.problems:
        check_problem(problem)
    (first, *_) = asked.ask(ask.Digests(rows, options))
    for problem in first.problems:
        check_problem(problem)
    where = chance.choice(seeds.EXPRESSIONS)
    asked.ask(ask.Judge(rows, options, where, chance.choice(("", "date", "lang", "record.n")), with_documents=True))


def repair(_folder: Path, name: str, content: bytes, chance: random.Random) -> None:
    """Repair what is added to `copydesk repair`, and what comes of it once more."""
    options = _options(chance)
    if name.endswith(".jsonl"):
        for line in content.split(b"\n")[:20]:
            with contextlib.suppress(ValueError):
                _, problems, _ = repaired_line(line, chance.choice(("text", "meta.lang", "n")), options, name)
                for problem in problems:
                    check_problem(problem)
        return
    whole, problems, told = repaired_text(content, options, name)
    harmless(whole)
    list(told)
    for problem in problems:
        check_problem(problem)
    text = content.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    for _ in range(2):
        mended = mend(text, options)
        hold(undo(mended.text, mended.edits) == text, "edits undone are not what was there")
        hold(mended.text.count("\n") == text.count("\n"), "a repair made or took a line end")
        for edit in mended.edits:
            hold(mended.text[edit.start : edit.end] == edit.after, "an edit says what doesn't stand there")
        text = mended.text


def where(_folder: Path, _name: str, content: bytes, _chance: random.Random) -> None:
    """Read an expression, and hold it against a page."""
    text = content.decode("utf-8", "replace")
    try:
        wanted = expression.parse(text)
        expression.field_name(text.strip(), "--by")
    except UsageError as error:
        check_error(error)
    else:
        wanted.holds(fields.of_ref(Ref("a.html", 3, "html")))
    with contextlib.suppress(UsageError):
        wanted = expression.parse(text)
        wanted.holds(fields.of_document(_some_page(), ("a",), "note"))


@cache
def _some_page() -> Document:
    problem = Problem("empty", "a.html")
    return Document.unread(Ref("a.html", 3, "html"), problem)


def config(folder: Path, name: str, content: bytes, _chance: random.Random) -> None:
    """Read a configuration, and begin to work by it."""
    path = folder / name
    path.write_bytes(content)
    try:
        choice = configured(load(str(path)))
    except UsageError as error:
        check_error(error)
        return
    AnswerHost(Setup(choice.limits), lambda _message: None).renew()
    signal.setitimer(signal.ITIMER_PROF, 0)
    pack(Setup(choice.limits))


def index(folder: Path, _name: str, content: bytes, chance: random.Random) -> None:
    """Ask an index, in every way that the program does."""
    home = folder / "copydesk" / "index"
    home.mkdir(parents=True)
    with (
        patch.dict(os.environ, XDG_CACHE_HOME=str(folder)),
        patch.object(sidecar, "stamp", lambda _target: stores.STAMP),
    ):
        place = sidecar.path(home, stores.INDEXED)
        place.write_bytes(content)
        try:
            _sidecar(home, chance)
        except StoreError as error:
            check_error(error)
        asked = Asked()
        scan = ask.Scan((stores.INDEXED,), Options())
        hold(asked.ask(scan).state == "rest", "a scan did not come to its end")
        refs = _in_order(asked.parts)[:MOST_PAGES]
        if refs:
            asked.ask(ask.Judge(ask.as_columns(refs), Options(), "lang:zh rain", "title", (stores.INDEXED,)))


def _sidecar(home: Path, chance: random.Random) -> None:
    kept = sidecar.find(home, stores.INDEXED)
    if kept is None:
        return
    with contextlib.closing(kept):
        kept.suits(Options())
        for name in ("lang", "title", "chars", "repair", chance.choice(list(fields.FIELDS))):
            kept.value(chance.randrange(max(1, min(kept.pages, 6))), name)
        kept.candidates(chance.choice(("rain", "雨夜", "x")))
        list(kept.runs())


def cached(folder: Path, _name: str, content: bytes, chance: random.Random) -> None:
    """Take a page out of the cache, and read it."""
    kept = web.Cache(str(folder), 10**9)
    path = Path(kept.path(stores.URL, ""))
    path.write_bytes(content)
    with contextlib.suppress(web.DroppedError):
        kept.find(stores.URL, "")
    path.write_bytes(content)
    ref = Ref(stores.URL, 0, "web", length=chance.choice((-1, len(content), len(seeds.PAGE))), spool=str(path))
    asked = Asked()
    _page(asked, ref, Options(), chance)
    hold(asked.ask(ask.Scan((), Options(), fetched=ref)).state in ("rest", "over"), "a scan did not come to its end")
    _in_order(asked.parts)


def labels(folder: Path, name: str, content: bytes, _chance: random.Random) -> None:
    """Ask for all that was decided, and decide more."""
    (folder / name).write_bytes(content)
    page = Known("cd" * 32, Ref("/pages/b.html", 1, "html"), "Wind")
    try:
        with Store(folder / name) as store:
            asked: tuple[Callable[[], object], ...] = (
                *(store.counts, store.labelled, store.marks, store.filters, store.position, store.undo),
                *(
                    lambda: list(store.decisions()),
                    lambda: list(store.decisions(["spam"])),
                    lambda: store.note("ab" * 32),
                ),
                *(
                    lambda: store.labels("ab" * 32),
                    lambda: store.labels_of("/pages/a.html"),
                    lambda: store.having(["a"], "b"),
                ),
                *(lambda: store.label([page], "good"), lambda: store.write_note(page, "x"), store.undo),
                *(lambda: store.set_mark("b", page, 1), lambda: store.save_position(["/x"], {"a": 1})),
            )
            for question in asked:
                try:
                    question()
                except StoreError as error:
                    check_error(error)
    except StoreError as error:
        check_error(error)


_COMMANDS = (
    *(("show", "--json"), ("show", "--text"), ("show", "--markdown"), ("show", "--source"), ("show", "--record")),
    *(
        ("show", "--charsets"),
        ("list",),
        ("list", "--full", "--json"),
        ("list", "--all-records", "--where", "repairs>0 OR 雨"),
    ),
    *(
        ("find", "rain"),
        ("find", "--json", "--full", "雨"),
        ("repair",),
        ("repair", "--explain"),
        ("repair", "--jsonl", "text"),
    ),
    *(
        ("index",),
        ("list", "--sample", "2", "--by", "lang"),
        ("labels", "add", "spam", "--at", "0-2"),
        ("damage", "letter_swap"),
    ),
)
_AS_IT_IS = frozenset({"--source", "--record", "repair", "damage"})
"""Words of calls whose output is the page's own."""


def command(folder: Path, name: str, content: bytes, chance: random.Random) -> None:
    """Give a file to the program, as somebody does who types."""
    path = folder / name
    path.write_bytes(content)
    words = chance.choice(_COMMANDS)
    called = [sys.executable, "-m", "tui", *words, str(path)]
    done = subprocess.run(called, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    said = done.stderr.decode("utf-8")
    hold(done.returncode in (0, 1, 2, 3), f"{' '.join(words)}: status {done.returncode}")
    hold("Traceback" not in said and "fault of this program" not in said, f"{' '.join(words)}: {said[-300:]}")
    check_harmless(said, "standard error")
    if _AS_IT_IS.isdisjoint(words):
        check_harmless(done.stdout.decode("utf-8"), "standard output")
    for line in done.stdout.splitlines() if "--json" in words else ():
        check_json(line.decode("utf-8"))


Check = Callable[[Path, str, bytes, random.Random], None]
CHECKS: Mapping[str, Check] = {
    **dict.fromkeys(seeds.FILES, file),
    "expression": where,
    "config": config,
    "repair": repair,
    "index": index,
    "cache": cached,
    "labels": labels,
    "command": command,
}
"""Kind of input -> what is done with it."""
SLOW = frozenset({"command"})
"""Kinds of which few are tried: each starts programs."""
