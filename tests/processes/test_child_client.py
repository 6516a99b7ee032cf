"""The worker: what a page may do to it, and that nobody else notices."""

import bz2
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from waiting import PATIENCE_S, wait_until

from tui.core import questions
from tui.core.model import Limits, Options, Ref, Rows
from tui.processes.child import Cancelled
from tui.processes.client import ChildClient

MEGABYTE = 1024 * 1024


@pytest.fixture
def good(tmp_path: Path) -> Ref:
    """A page that does no harm."""
    path = tmp_path / "good.html"
    path.write_text(
        "<title>Rain</title><h1>Rain</h1><p>It rained all day, and the harbour stayed empty.", encoding="utf-8"
    )
    return Ref(str(path), 0, "html")


@pytest.fixture
def bomb(tmp_path: Path) -> Ref:
    """Half a megabyte of markup on which HTML parsers run out of time or memory."""
    path = tmp_path / "bomb.html"
    path.write_text("".join(f"<body a{n}>" for n in range(40_000)) + "<p>survives", encoding="utf-8")
    return Ref(str(path), 1, "html")


@pytest.fixture
def slow(tmp_path: Path) -> Ref:
    """A quarter of a megabyte of markup that takes an HTML parser longer than any deadline here."""
    path = tmp_path / "slow.html"
    path.write_text("".join(f"<b id={n}><p>" for n in range(20_000)) + "survives", encoding="utf-8")
    return Ref(str(path), 2, "html")


@pytest.fixture
def client() -> Iterator[ChildClient]:
    """A worker with a low memory limit, so that bombs go off early."""
    with ChildClient(Limits(page_s=PATIENCE_S, memory_bytes=256 * MEGABYTE)) as started:
        yield started


def workers() -> set[int]:
    """Process numbers of the workers that run below this process."""
    return {child.pid for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE}


def test_pages_peeks_and_sources_come_back(client: ChildClient, good: Ref) -> None:
    assert "It rained all day" in client.ask(questions.Open(good, Options())).text
    assert [(peek.title, peek.trouble) for peek in client.ask(questions.Peek(Rows(Ref, [good]), Options()))] == [
        ("Rain", None)
    ]
    original = client.ask(questions.Source(good, Options()))
    assert original.raw == original.record == Path(good.source).read_bytes()
    assert original.text == original.raw.decode()


def test_a_page_that_outgrows_memory_is_stripped_and_says_so(client: ChildClient, good: Ref, bomb: Ref) -> None:
    document = client.ask(questions.Open(bomb, Options()))
    assert document.text == "survives"
    (problem,) = document.problems
    assert problem.code == "parser_gave_up"
    assert "needed more than 256 MB" in problem.message or "crashed the worker" in problem.message
    assert client.ask(questions.Open(good, Options())).problems == ()


def test_a_page_that_hangs_is_stripped_and_says_so(good: Ref, slow: Ref) -> None:
    # The bomb grows too: time must be what runs out first.
    with ChildClient(Limits(page_s=1, memory_bytes=16 * 1024 * MEGABYTE)) as client:
        client.ask(questions.Open(good, Options()))  # so that starting up is not counted
        document = client.ask(questions.Open(slow, Options()))
        assert document.text == "survives"
        assert [problem.message for problem in document.problems] == [
            f"{slow.source}: it took more than 1 s of CPU time; tags are stripped and nothing is repaired"
        ]
        assert client.ask(questions.Open(good, Options())).problems == ()


def test_millions_of_lines_show_their_start(tmp_path: Path) -> None:
    path = tmp_path / "lines.txt"
    path.write_bytes(b"a harbour\n" * 3_000_000)
    with ChildClient(Limits(page_s=60)) as client:
        document = client.ask(questions.Open(Ref(str(path), 0, "plain"), Options()))
    assert document.text.startswith("a harbour\na harbour\n")
    assert {problem.code for problem in document.problems} == {"clipped_text", "many_lines"}


def test_one_line_of_twenty_megabytes_opens_whole(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_text("雨が降る。" * 1_400_000, encoding="utf-8")
    with ChildClient(Limits(page_s=PATIENCE_S)) as client:
        document = client.ask(questions.Open(Ref(str(path), 0, "plain"), Options()))
    assert (len(document.text), document.problems) == (7_000_000, ())


def test_the_way_to_a_page_in_a_compressed_file_is_told_and_is_none_of_its_time(tmp_path: Path) -> None:
    path = tmp_path / "far.jsonl.bz2"
    line = b'{"text": "%s"}\n' % random.Random(1).randbytes(500_000).hex().encode()
    last = b'{"text": "It rained all day, and the harbour stayed empty."}\n'
    path.write_bytes(bz2.compress(line * 5, 1) * 16 + bz2.compress(last))
    ref = Ref(str(path), 80, "jsonl", 80 * len(line), len(last) - 1)
    seen = set[int]()
    with ChildClient(Limits(page_s=1.5)) as client:
        is_open = threading.Event()

        def look() -> None:
            while not is_open.wait(0.01):
                seen.add(client.progress().target)

        watcher = threading.Thread(target=look)
        watcher.start()
        document = client.ask(questions.Open(ref, Options()))
        is_open.set()
        watcher.join()
        assert document.text.startswith("It rained all day")
        assert document.problems == ()
        assert client.progress() == questions.Progress()
    assert seen == {0, ref.offset}


def test_a_page_that_fails_both_ways_is_empty_with_a_problem(bomb: Ref) -> None:
    with ChildClient(Limits(page_s=0.001)) as client:
        document = client.ask(questions.Open(bomb, Options()))
        assert (document.ref, document.text) == (bomb, "")
        assert [problem.code for problem in document.problems] == ["worker_failed"]
        assert client.ask(questions.Source(bomb, Options())).problems[0].code == "worker_failed"
        peek = list(questions.through(client, questions.Peek(Rows(Ref, [bomb, bomb]), Options())))
        assert [bool(each.trouble) for each in peek] == [True, True]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_a_worker_that_dies_at_work_is_replaced(
    client: ChildClient, good: Ref, slow: Ref, number: signal.Signals
) -> None:
    client.ask(questions.Open(good, Options()))
    before = workers()

    def shoot() -> None:
        wait_until(lambda: client._is_asked)
        for pid in before:
            os.kill(pid, number)

    threading.Thread(target=shoot).start()
    document = client.ask(questions.Open(slow, Options()))
    assert document.text == "survives"
    assert f"crashed the worker ({number.name})" in document.problems[0].message
    assert workers().isdisjoint(before)


def test_a_worker_that_dies_between_pages_costs_no_page(client: ChildClient, good: Ref) -> None:
    client.ask(questions.Open(good, Options()))
    (pid,) = workers()
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: pid not in workers())
    assert client.ask(questions.Open(good, Options())).problems == ()


def test_a_worker_that_is_stopped_is_killed_by_its_parent(good: Ref) -> None:
    with ChildClient(Limits(page_s=0.5)) as client:
        client.ask(questions.Open(good, Options()))
        (pid,) = workers()
        os.kill(pid, signal.SIGSTOP)  # no alarm reaches it now
        assert "took longer than 6 s" in client.ask(questions.Open(good, Options())).problems[0].message
        assert not psutil.pid_exists(pid) or pid not in workers()


def asked(client: ChildClient, slow: Ref) -> tuple[threading.Thread, list[BaseException]]:
    """Ask for a page in a thread, which is at it, and the list into which it puts what it catches."""
    caught: list[BaseException] = []

    def ask() -> None:
        try:
            client.ask(questions.Open(slow, Options()))
        except Cancelled as error:
            caught.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    wait_until(lambda: client._is_asked)
    return asking, caught


def test_cancel_ends_the_request_under_way_and_no_other(client: ChildClient, good: Ref, slow: Ref) -> None:
    client.cancel()
    assert client.ask(questions.Open(good, Options())).problems == ()
    asking, caught = asked(client, slow)
    client.cancel()
    asking.join(PATIENCE_S)
    assert [str(error) for error in caught] == [f"{slow.source}: given up"]
    assert client.ask(questions.Open(good, Options())).problems == ()


def test_close_ends_the_worker_even_at_work(good: Ref, slow: Ref) -> None:
    client = ChildClient()
    client.ask(questions.Open(good, Options()))
    asking, caught = asked(client, slow)
    client.close()
    asking.join(PATIENCE_S)
    assert len(caught) == 1
    assert workers() == set()
    with pytest.raises(Cancelled):
        client.ask(questions.Open(good, Options()))


def test_threads_wait_in_line(client: ChildClient, good: Ref) -> None:
    texts: list[str] = []
    threads = [
        threading.Thread(target=lambda: texts.append(client.ask(questions.Open(good, Options())).title))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == ["Rain"] * 8


def test_a_peek_that_fails_costs_its_neighbours_nothing(client: ChildClient, good: Ref, tmp_path: Path) -> None:
    gone = Ref(str(tmp_path / "gone.html"), 1, "html")
    peeks = list(questions.through(client, questions.Peek(Rows(Ref, [good, gone, good]), Options())))
    assert [peek.title for peek in peeks] == ["Rain", "", "Rain"]
    assert "no such file" in str(peeks[1].trouble)


def test_a_low_priority_worker_is_nice(good: Ref) -> None:
    with ChildClient(is_low_priority=True) as client:
        client.ask(questions.Peek(Rows(Ref, [good]), Options()))
        (pid,) = workers()
        assert psutil.Process(pid).nice() == psutil.Process().nice() + 10


def run(script: str, *args: object, cwd: Path | None = None) -> "subprocess.CompletedProcess[bytes]":
    """Run a script in a process of its own."""
    command = [sys.executable, "-c", script, *map(str, args)]
    return subprocess.run(command, capture_output=True, check=False, cwd=cwd)


def test_the_client_knows_neither_formats_nor_parsers(good: Ref) -> None:
    script = """
import sys
from tui.core import questions
from tui.core.model import Options, Ref
from tui.processes.client import ChildClient
with ChildClient() as client:
    assert client.ask(questions.Open(Ref(sys.argv[1], 0, "html"), Options())).text
print(*sorted(name for name in sys.modules if name.startswith("tui") or name in {"turbohtml", "ftfy", "wcwidth"}))
"""
    done = run(script, good.source)
    assert done.stderr == b""
    assert set(done.stdout.decode().split()) == {
        "tui",
        "tui.core",
        "tui.core.answers",
        "tui.core.files",
        "tui.core.late",
        "tui.core.problems",
        "tui.core.questions",
        "tui.core.reasons",
        "tui.core.shelf",
        "tui.processes",
        "tui.processes.child",
        "tui.core.errors",
        "tui.processes.launch",
        "tui.processes.leftovers",
        "tui.core.model",
        "tui.core.rows",
        "tui.core.values",
        "tui.processes.wire",
        "tui.processes.client",
    }


def test_it_works_with_all_three_standard_streams_closed_and_never_writes_to_the_terminal(
    good: Ref, bomb: Ref, tmp_path: Path
) -> None:
    script = """
import os, sys
from pathlib import Path
for number in (0, 1, 2):
    os.close(number)
sys.stdin = sys.stdout = sys.stderr = None
from tui.core import questions
from tui.core.model import Limits, Options, Ref
from tui.processes.client import ChildClient
with ChildClient(Limits(memory_bytes=256 * 1024 * 1024)) as client:
    texts = [client.ask(questions.Open(Ref(name, 0, "html"), Options())).text for name in sys.argv[2:]]
Path(sys.argv[1]).write_text(repr(texts))
"""
    run(script, tmp_path / "out", good.source, bomb.source, good.source)
    assert "rained" in (tmp_path / "out").read_text()
    assert "survives" in (tmp_path / "out").read_text()


def test_modules_in_the_folder_of_the_pages_are_not_run(good: Ref, tmp_path: Path) -> None:
    for name in ("json", "tui", "pickle", "resource"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('hostile')")
    script = """
import sys
sys.path.remove("")
from tui.core import questions
from tui.core.model import Options, Ref
from tui.processes.client import ChildClient
with ChildClient() as client:
    print(client.ask(questions.Open(Ref(sys.argv[1], 0, "html"), Options())).problems)
"""
    done = run(script, good.source, cwd=tmp_path)
    assert (done.stdout, done.stderr) == (b"()\n", b"")


def test_a_worker_does_not_outlive_its_parent(good: Ref) -> None:
    script = """
import os, signal, sys
from tui.core import questions
from tui.core.model import Options, Ref
from tui.processes.client import ChildClient
client = ChildClient()
client.ask(questions.Open(Ref(sys.argv[1], 0, "html"), Options()))
print(client._child._process.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    pid = int(run(script, good.source).stdout)
    wait_until(lambda: not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)


def test_starting_waits_for_nothing() -> None:
    silent = subprocess.Popen(["sleep", "1000"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    client = ChildClient(process=silent)
    client.start()
    assert client._child is not None, "it was waited for until it was given up"
    client.close()
    assert workers() == set()


def test_a_worker_that_cannot_start_is_a_problem_of_the_page(good: Ref, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    with ChildClient() as client:
        assert "can't be started" in client.ask(questions.Open(good, Options())).problems[0].message
