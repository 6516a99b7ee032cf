"""Each problem in the table really comes up, is told in every language, and says what to do."""

import ast
import json
import re
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from string import Formatter

import pytest
from hostile import Server, answer, says
from languages import ARTICLE
from made_warcs import DATE, response, warc_record, write
from where import ROOT

import tui.text.mending.mend
from tui import loader, sources
from tui.core.answers import Digest
from tui.core.i18n.chinese import load as catalogue
from tui.core.model import Document, Item, Limits, Options, Ref, Trouble
from tui.core.problems import KINDS, Problem, Reason, is_unread, restored, unreadable
from tui.core.questions import Open, Source
from tui.core.reasons import REASONS
from tui.core.shelf import singly
from tui.lookup import sidecar
from tui.processes.client import ChildClient
from tui.sources import Tally
from tui.text.charset.decode import decode
from tui.text.mending.mend import mend
from tui.text.repairs import Repair
from tui.text.repairs.gloss.forward import damage
from tui.text.words.scripts import naive_problems
from tui.web import cache as store
from tui.web.fetch import Client
from tui.web.job import Failed, FetchJob, FetchSettings

PAGE = b"<title>Rain</title><p>It rained all day, and the harbour stayed empty." * 4
CHINESE = "海州港务公司在新码头举行仪式，宣布五号泊位开始运营。"


def of_file(path: Path, content: bytes, limits: Limits | None = None) -> Iterator[Problem]:
    """What is wrong with a file with this content, as a row or when its pages are read."""
    path.write_bytes(content)
    for ref in sources.scan([str(path)], Tally(), all_records=True):
        if isinstance(ref, Trouble):
            yield ref.problem
        else:
            yield from loader.load(ref, Options(), limits or Limits()).problems


def of_records(path: Path, *records: bytes) -> Iterator[Problem]:
    write(path, records)
    yield from of_file(path, path.read_bytes())


def stating(record: bytes, change: int) -> bytes:
    """A record that says another length than it has."""
    return re.sub(
        rb"Content-Length: (\d+)", lambda found: b"Content-Length: %d" % (int(found[1]) + change), record, count=1
    )


def of_answers(folder: Path, *answers: bytes, warc: str = "") -> Iterator[Problem]:
    """What is wrong with a page whose server gives these answers, one after the other, and then is gone."""
    folder.mkdir()
    client = Client(FetchSettings(str(folder), str(folder / "cache"), 10**8, timeout_s=2.0, warc=warc))
    left = list(answers)
    with Server(lambda connection, _request: connection.sendall(left.pop(0))) as server:
        job = FetchJob(server.url + "/", is_typed=True, must_ask=True)
        for _ in answers:
            yield from of_fetch(client, job)
    yield from of_fetch(client, job)


def of_fetch(client: Client, job: FetchJob) -> Iterator[Problem]:
    found = client.fetch(job, lambda _received: None)
    if isinstance(found, Failed):
        yield found.problem
        return
    if found.problem:
        yield found.problem
    yield from sources.read(Ref(job.url, 0, "web", 0, found.length, spool=found.path), Limits()).problems


def of_cache(folder: Path) -> Iterator[Problem]:
    """A page of the cache that is damaged, and a cache that can't be written."""
    folder.mkdir()
    for name in ("damaged", "in its way"):
        cache = folder / name
        client = Client(FetchSettings(str(folder), str(cache), 10**8, timeout_s=2.0))
        with Server(says(answer(PAGE, "Cache-Control: max-age=99"))) as server:
            job = FetchJob(server.url + "/", is_typed=True)
            if name == "in its way":
                cache.write_text(name, encoding="utf-8")
            else:
                yield from of_fetch(client, job)
                for path in cache.glob("*"):
                    path.write_bytes(b"damaged" * 9)
            yield from of_fetch(client, job)


def of_a_changed_file(path: Path) -> Iterator[Problem]:
    path.write_text('{"text": "one"}\n{"text": "two"}\n', encoding="utf-8")
    scanner = sources.Scanner([str(path)])
    (first, _) = singly(scanner.runs())
    assert isinstance(first, Ref)
    path.write_text('{"text": "three"}\n', encoding="utf-8")
    yield sources.replaced(first, scanner.files.growing[str(path)].identity)


def of_a_worker(path: Path, seconds: float) -> Iterator[Problem]:
    """A page that takes longer than it may."""
    path.write_bytes(b"<p>" + b"<b>x" * 400_000)
    with ChildClient(Limits(page_s=seconds)) as client:
        yield from client.ask(Open(Ref(str(path), 0, "html"), Options())).problems


def of_lost_glosses() -> Iterator[Problem]:
    page = damage(ARTICLE * 2, 60)
    for sign in ("?", "\N{REPLACEMENT CHARACTER}"):
        for number in range(3, 40):
            at = [found.start() for found in re.finditer(r"\(", page)][number]
            for cut in (0, 1):
                yield from mend(page[: at - 1] + sign + page[at + cut :], Options()).problems


def of_a_broken_repair() -> Iterator[Problem]:
    def fail(_text: str, _options: Options) -> None:
        raise LookupError("no table")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tui.text.mending.mend, "REPAIRS", (Repair("broken", 0, "fails", fail),))
        yield from mend("text", Options()).problems


def of_a_long_row(path: Path) -> Iterator[Problem]:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE pages (text TEXT, picture BLOB)")
        database.execute("INSERT INTO pages VALUES ('rain', zeroblob(99))")
    (row,) = sources.scan([str(path)], Tally())
    yield from loader.source(Source(row, Options()), Limits(page_bytes=99)).problems


def png(folder: Path) -> Iterator[Problem]:
    yield from of_answers(folder, answer(b"\x89PNG\r\n\x1a\n" + bytes(99)))


REVISIT = {"WARC-Refers-To-Target-URI": "https://example.org/", "WARC-Refers-To-Date": DATE}
CODED = [("Content-Type", "text/html"), ("Content-Encoding", "gzip")]
CUT = zlib.compressobj(wbits=31)
PACKED = CUT.compress(PAGE * 999) + CUT.flush()

CASES: dict[str, Callable[[Path], Iterable[Problem]]] = {
    "unreadable": lambda path: [row.problem for row in sources.scan([str(path)], Tally()) if isinstance(row, Trouble)],
    "source_changed": of_a_changed_file,
    "not_text": png,
    "worker_failed": lambda path: of_a_worker(path, 0.001),
    "parser_gave_up": lambda path: (
        loader.load(made(path, PAGE), Options(), Limits(), Reason("took_longer", {"seconds": 5.0})).problems
    ),
    "http_status": lambda path: of_answers(path, answer(PAGE, status="404 Not Found")),
    "cut": lambda path: of_answers(path, answer(PAGE, length=len(PAGE) * 2)),
    "odd_answer": lambda path: of_answers(path, answer(PAGE, "Content-Encoding: rot13")),
    "stale": lambda path: of_answers(path, answer(PAGE, "Cache-Control: max-age=99")),
    "redirect_refused": lambda path: of_answers(path, answer(PAGE, status="302 Found")),
    "no_header": lambda path: of_answers(path, b"SSH-2.0-OpenSSH_9.2\r\n"),
    "warc_unwritable": lambda path: of_answers(path, answer(PAGE), warc=str(path)),
    "cache_damaged": of_cache,
    "cache_unwritable": of_cache,
    "empty": lambda path: of_file(path.with_suffix(".html"), b""),
    "clipped": lambda path: of_file(path.with_suffix(".txt"), PAGE, Limits(page_bytes=9)),
    "clipped_record": of_a_long_row,
    "clipped_text": lambda path: of_file(path.with_suffix(".html"), b"<p>a" * 400_001),
    "more_records": lambda path: of_answers(path, answer(b'{"text": "one"}\n{"text": "two"}\n')),
    "damaged_file": lambda path: of_file(path.with_suffix(".html.gz"), PACKED[:-99]),
    "damaged_record": lambda path: of_damaged_member(path.with_suffix(".warc.gz")),
    "short_record": lambda path: of_records(
        path.with_suffix(".warc"), stating(response("https://example.org/", PAGE), 99), response("https://a.org/", PAGE)
    ),
    "long_record": lambda path: of_records(
        path.with_suffix(".warc"), stating(response("https://example.org/", PAGE), -9), response("https://a.org/", PAGE)
    ),
    "content_damaged": lambda path: of_records(
        path.with_suffix(".warc"), response("https://example.org/", PACKED[:-99], *CODED)
    ),
    "revisit_unresolved": lambda path: of_records(
        path.with_suffix(".warc"), warc_record("revisit", "https://example.org/", b"", CODED[:1], **REVISIT)
    ),
    "broken_record": lambda path: of_file(path.with_suffix(".jsonl"), b'{"text": "one"}\n{"text": \n'),
    "record_elsewhere": lambda path: of_file(
        path.with_suffix(".cdxj"),
        b'org,example)/ 20210305060708 {"url": "u", "offset": 0, "length": 9, "filename": "b.warc"}\n',
    ),
    "no_object": lambda path: of_file(path.with_suffix(".jsonl"), b'{"text": "one"}\n[1, 2]\n'),
    "no_text_field": lambda path: of_file(path.with_suffix(".jsonl"), b'{"text": "one"}\n{"id": 2}\n'),
    "no_rows": lambda path: of_file(path.with_suffix(".csv"), b"title,text\n"),
    "columns_unnamed": lambda path: of_file(path.with_suffix(".csv"), b"2021-03-05,It rained.\n2021-03-06,It blew.\n"),
    "summary_only": lambda path: of_file(
        path.with_suffix(".xml"),
        b"<rss version='2.0'><item><title>Rain</title><link>http://e.org/1</link></item></rss>",
    ),
    "lone_surrogates": lambda path: of_file(path.with_suffix(".jsonl"), b'{"text": "\\ud800"}\n'),
    "bytes_lost": lambda path: of_file(path.with_suffix(".html"), f"<p>{CHINESE * 9}".encode() + b"\xe4\xb8</p>"),
    "charset_split": lambda _path: decode((CHINESE * 20 + "\n").encode() + (CHINESE * 20).encode("gbk")).problems,
    "charset_unknown": lambda _path: (
        decode(b"<meta charset=iso-ir-165>" + CHINESE.encode("gbk"), is_html=True).problems
    ),
    "no_charset": lambda path: of_file(path.with_suffix(".txt"), b"\xff" * 50),
    "repair_failed": lambda _path: of_a_broken_repair(),
    "mojibake_lost": lambda _path: mend("锟斤拷锟斤拷锟斤拷", Options()).problems,
    "gloss_unsolved": lambda _path: of_lost_glosses(),
    "gloss_lost": lambda _path: of_lost_glosses(),
    "gloss_swallowed": lambda _path: (
        mend(damage("該網絡已經發展，統計局公布數據。當地8日開會", 22), Options()).problems
    ),
    "repair_bounded": lambda path: of_file(path.with_suffix(".txt"), b"caf&eacute;\n" * 50_001),
    "many_lines": lambda path: of_file(path.with_suffix(".txt"), b"a harbour\n" * 50_001),
    "no_visible_text": lambda path: of_file(
        path.with_suffix(".html"), b"<title>Rain</title><script>var x = 1</script>"
    ),
    "robot_check": lambda path: of_file(
        path.with_suffix(".html"), b"<title>Just a moment...</title><h2>Checking your browser</h2>"
    ),
    "consent_only": lambda path: of_file(
        path.with_suffix(".html"), b"<h1>Before you go on</h1><p>We use cookies and share your personal data.</p>"
    ),
    "text_elsewhere": lambda path: of_file(
        path.with_suffix(".html"), b"<frameset><frame src=/menu name=Menu></frameset>"
    ),
    "rest_elsewhere": lambda path: of_file(
        path.with_suffix(".html"),
        b'<p>The harbour was opened again on Monday.<script type=application/ld+json>{"articleBody": "The harbour was opened again on Monday. %s"}</script>'
        % b" ".join(b"Ship %d came in that day." % ship for ship in range(20)),
    ),
    "naive_conversion": lambda _path: naive_problems("統計顯示，兩國關系改善。皇後出席了儀式。"),
}
"""Code -> what makes a problem of it."""


def made(path: Path, content: bytes) -> Item:
    path.with_suffix(".html").write_bytes(content)
    (ref,) = sources.scan([str(path.with_suffix(".html"))], Tally())
    return ref


def of_damaged_member(path: Path) -> Iterator[Problem]:
    """A record whose gzip member breaks in the middle: a block of the type that there is none of."""
    packer = zlib.compressobj(wbits=31)
    record = response("https://example.org/", bytes(range(33, 126)) * 400)
    yield from of_file(path, packer.compress(record[:20_000]) + packer.flush(zlib.Z_FULL_FLUSH) + b"\x07" * 99)


def test_each_code_has_a_case() -> None:
    assert sorted(CASES) == sorted(KINDS)


# warcio 1.8.1 leaves the closing of its temporary files to the collector.
@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")
@pytest.mark.parametrize("code", KINDS)
def test_each_code_is_raised_and_says_where_what_and_what_to_do(tmp_path: Path, code: str) -> None:
    problems = {problem.code: problem for problem in CASES[code](tmp_path / "it")}
    assert code in problems
    problem = problems[code]
    assert restored(asdict(problem)) == problem, "what is stored comes back"
    assert "; " in problem.message or ". " in problem.message or problem.gravity == "told"
    assert not problem.where or problem.message.startswith(f"{problem.where}: ")


def test_all_templates_are_translated() -> None:
    words = catalogue()
    templates = {*(kind.template for kind in KINDS.values()), *REASONS.values()}
    spoken = {text for text in templates if re.search("[A-Za-z]", re.sub(r"\{.*?\}", "", text))}
    assert not [text for text in spoken if text not in words]


def test_each_reason_is_given_somewhere_with_the_fields_of_its_template() -> None:
    """A row that nobody needs is as wrong as a field that nobody fills in."""
    written: set[str] = set()
    for path in (ROOT / "tui").rglob("*.py"):
        if path.name == "reasons.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                written.add(node.value)
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Reason":
                _check_fields(node, path)
    system = {name for name in REASONS if re.fullmatch("E[A-Z]+", name)}
    assert not [name for name in REASONS if name not in written | system]


def _check_fields(call: ast.Call, path: Path) -> None:
    name = call.args[0]
    values = call.args[1] if len(call.args) > 1 else ast.Dict([], [])
    if isinstance(name, ast.Constant) and isinstance(values, ast.Dict) and all(values.keys):
        given = {key.value for key in values.keys if isinstance(key, ast.Constant)}
        wanted = {field.partition("!")[0] for _, field, _, _ in Formatter().parse(REASONS[str(name.value)]) if field}
        assert wanted <= given, f"{path.name}:{call.lineno}: {name.value!r} lacks {wanted - given}"


def test_what_is_unread_is_one_thing_everywhere() -> None:
    unread = {code for code, kind in KINDS.items() if kind.gravity == "unread"}
    assert unread == {"unreadable", "source_changed", "not_text", "worker_failed", "http_status"}
    problem = unreadable(Reason("no_file"), "a.html")
    assert is_unread(Document.unread(Ref("a.html", 0), problem).problems)
    assert not is_unread([Problem("empty")])


def test_an_older_cache_is_as_good_as_none(tmp_path: Path) -> None:
    """What its problems say can't be made into data again: the page is fetched anew, and no fuss is made."""
    cache = store.Cache(str(tmp_path), 10**6)
    older = sha256(json.dumps(["http://a.example/", []]).encode()).hexdigest()[:40]
    (tmp_path / f"{older}.page").write_bytes(b"what an older copydesk kept")
    assert cache.find("http://a.example/", "") is None


def test_an_index_keeps_why_a_page_could_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x", encoding="utf-8")
    target = str(tmp_path / "x")
    why = Reason("at_byte", {"byte": 7, "reason": Reason("record_damaged")})
    trouble = Problem("unreadable", "x", {"reason": why}, byte=7)
    sidecar.build(tmp_path, target, Options(), [(Trouble(target, 0, trouble), Digest({}, "", (trouble,)))])
    index = sidecar.find(tmp_path, target)
    assert index is not None
    assert index.ref(0) == Trouble(target, 0, trouble)
