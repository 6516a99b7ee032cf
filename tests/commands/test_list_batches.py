"""Rows of `list` come from questions about many pages: in order, with what can't be read in its place."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tui import loader, sources
from tui.commands import list as listing
from tui.core.model import Item, Limits, Options, Ref, Trouble
from tui.core.problems import Reason, unreadable
from tui.core.shelf import Run
from tui.processes import client
from tui.processes.abreast import abreast
from tui.processes.child import Child
from tui.sources import Tally
from tui.text.mending import mend

GLOSSED = "美國總統(tǒng)拜登發(fā)表講話"


def write(path: Path, titles: list[str], text: str) -> Path:
    path.write_text("".join(json.dumps({"title": title, "text": text}) + "\n" for title in titles))
    return path


@pytest.mark.parametrize(
    ("title", "looks_at"),
    [
        ("Rain in the village, part 7", None),
        ("昨夜大雨，山上的路断了", None),
        ("鏂伴椈", "title"),
        ("Café au lait", "page"),
        (GLOSSED, "page"),
        ("Rain (again)", "page"),
    ],
)
def test_a_title_is_judged_only_if_it_is_suspect_and_by_itself_if_it_has_letters_and_characters_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, title: str, looks_at: str | None
) -> None:
    judged: list[str] = []
    real = mend.mend

    def noted(text: str, options: Options) -> mend.Mending:
        judged.append(text)
        return real(text, options)

    monkeypatch.setattr(mend, "mend", noted)
    (ref,) = sources.scan(
        [str(write(tmp_path / "a.jsonl", [title], "It rained all day, and nobody went out."))], Tally()
    )
    loader.peek(ref, Options())
    looked_at = {None: [], "title": [title], "page": ["It rained all day, and nobody went out."]}
    assert judged == looked_at[looks_at]


@pytest.mark.parametrize("title", ["鏄ㄥぉ涓嬩簡涓€鏁村鐨勯洦", GLOSSED, "昨夜大雨"])
def test_a_list_has_the_titles_that_pages_have(tmp_path: Path, title: str) -> None:
    text = "美國總統(tǒng)拜登和俄羅斯總統(tǒng)普京舉行視頻會晤,烏克蘭危機發(fā)酵,經(jīng)濟數據公布。"
    (ref,) = sources.scan([str(write(tmp_path / "a.jsonl", [title], text))], Tally())
    assert loader.peek(ref, Options()).title == loader.load(ref, Options(), Limits()).title


@pytest.mark.parametrize(
    ("title", "head", "shown"),
    [
        ("Rain in the village", "<title>Own title of the page | The Site</title><h1>Own title of the page</h1>", "Own title of the page"),
        ("Rain in the village", "", "Rain in the village"),
        ("Own title | The Site", "<title>Own title | The Site</title><h1>Own title</h1>", "Own title | The Site"),
        (None, "<title>Own title | The Site</title><h1>Own title</h1>", "Own title"),
    ],
)  # fmt: skip
def test_of_markup_the_title_is_the_page_s_own_and_the_record_s_where_it_has_none(
    tmp_path: Path, title: str | None, head: str, shown: str
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        json.dumps({"title": title, "date": "2021-05-06", "html": f"{head}<p>{'It rained all day. ' * 20}"})
    )
    (ref,) = sources.scan([str(path)], Tally())
    assert loader.peek(ref, Options()).title == loader.load(ref, Options(), Limits()).title == shown


RUNNING = "It rained all day, and nobody went out of the house before the evening came."


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        (RUNNING, True),
        (f"- Rain\n{RUNNING}\n{RUNNING}", True),
        (f"\ufeff\n  {RUNNING}\nIt did.", False),
        (f"\ufeffRain\n{RUNNING}", True),
        ("昨夜大雨,山上的路断了,村里的人走了一天才到城里,城里也下着雨,没有人出门。\n" * 3, True),
        (f"{RUNNING}\nHome\nNews\n{RUNNING}", False),
        (f"Home\nNews\nSport\nRain again\n2021-05-06\n{RUNNING}\n{RUNNING}", False),
        (f"Home | News | Sport and more of all that there is to read here on a page\n{RUNNING}", False),
        (f"{GLOSSED}，{GLOSSED}。\n" * 3, True),
        ("", False),
    ],
)
def test_a_record_without_a_title_is_called_by_its_first_lines_as_the_page_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, is_told: bool
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": text}) + "\n")
    (ref,) = sources.scan([str(path)], Tally())
    title = loader.load(ref, Options(), Limits()).title
    assert loader.peek(ref, Options()).title == title
    if is_told:
        monkeypatch.setattr(loader, "restore", None)
        assert loader.peek(ref, Options()).title == title


@pytest.mark.parametrize(
    ("field", "stated", "day"),
    [
        ("date", "2021-05-06T10:00:00Z", "2021-05-06"),
        ("published", "May 6, 2021", "2021-05-06"),
        ("created_utc", 1620295200, "2021-05-06"),
        ("发布时间", "2021年5月6日", "2021-05-06"),
        ("date", "yesterday", None),
        ("dated", "2021-05-06", None),
    ],
)
def test_a_day_stands_in_any_field_of_records_that_holds_one(
    tmp_path: Path, field: str, stated: object, day: str | None
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"title": "Rain", "text": RUNNING, field: stated}) + "\n")
    (ref,) = sources.scan([str(path)], Tally())
    assert loader.peek(ref, Options()).date == day
    read = loader.load(ref, Options(), Limits()).metadata.get("date")
    assert (str(read.value)[:10] if read else None) == day


def test_rows_stand_in_order_whatever_is_asked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.jsonl", [f"Title {number}" for number in range(9)], "x")
    (tmp_path / "b.zip").write_bytes(b"PK\x03\x04 is none")
    write(tmp_path / "c.jsonl", [f"Title {number}" for number in range(9, 20)], "x")
    for most in (1, 3, 256):
        monkeypatch.setattr(listing, "MOST_PEEKS", most)
        done = CliRunner().invoke(listing.list_, ["--json", *map(str, sorted(tmp_path.iterdir()))])
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        assert [row["title"] for row in rows if row["title"]] == [f"Title {number}" for number in range(20)]
        assert {row["problems"][0]["code"] for row in rows if row["problems"]} == {"unreadable"}
        assert done.exit_code in (0, 1)


def poisoned(module: str = "tui.processes.worker", *_: str) -> "subprocess.Popen[bytes]":
    """A worker that is killed by the row with the ordinal 777."""
    code = f"""
import os
from tui import loader
from {module} import main
real = loader.recorded
def recorded(refs, options):
    known = real(refs, options)
    return lambda at: os.kill(os.getpid(), 9) if refs[at].ordinal == 777 else known(at)
loader.recorded = recorded
main()
"""
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-P", "-c", code], stdin=pipe, stdout=pipe, bufsize=0)


@pytest.mark.parametrize("serial", [10_000, 100])
def test_a_row_that_kills_its_process_costs_itself_alone_and_no_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, serial: int
) -> None:
    path = write(tmp_path / "a.jsonl", [f"Title {number}" for number in range(2000)], "x")
    monkeypatch.setattr(client, "Child", lambda setup, process: Child(setup, process, poisoned))
    monkeypatch.setattr(listing, "SERIAL_ROWS", serial)
    monkeypatch.setattr(listing, "MOST_PEEKS", 64)
    done = CliRunner().invoke(listing.list_, ["--json", str(path)])
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["ordinal"] for row in rows] == list(range(2000))
    assert [row["title"] for row in rows] == [f"Title {number}" if number != 777 else "" for number in range(2000)]
    assert [(row["ordinal"], row["problems"][0]["code"]) for row in rows if row["problems"]] == [(777, "worker_failed")]


def test_several_processes_are_asked_only_behind_the_first_rows_and_stop_when_nobody_wants_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.jsonl", [f"Title {number}" for number in range(2000)], "x")
    asked: list[int] = []

    def noted(askers: Any, questions: Any) -> Any:
        asked.append(len(askers))
        return abreast(askers, questions)

    monkeypatch.setattr(listing, "abreast", noted)
    monkeypatch.setattr(listing, "width", lambda: 3)
    for serial, limit, processes in ((2000, 2000, []), (1999, 2000, []), (500, 2000, [3]), (500, 511, [])):
        monkeypatch.setattr(listing, "SERIAL_ROWS", serial)
        asked.clear()
        done = CliRunner().invoke(listing.list_, ["--limit", str(limit), str(path)])
        assert [line.split("\t")[2] for line in done.stdout.splitlines()] == [
            f"Title {number}" for number in range(limit)
        ]
        assert asked == processes


def test_runs_that_go_on_with_each_other_are_asked_about_as_runs_and_nothing_is_lost_between_others() -> None:
    run = Run(Ref("a.jsonl", 0, "jsonl"), range(0, 4000, 10), range(10, 410))
    others: list[Item] = [Ref("b.html", 0, "html"), Trouble("c.gz", 0, unreadable(Reason("no_format"), "c.gz"))]
    pages = [run[:1], run[1:7], run[7:300], *others, run[300:]]
    batches = list(listing._batches(pages, 64))
    assert [len(batch) for batch in batches] == [1, 2, 4, 8, 16, 32, 64, 64, 64, 64, 64, 19]
    assert [row for batch in batches for row in batch] == [*run[:300], *others, *run[300:]]
    assert [isinstance(batch, Run) for batch in batches] == [True] * 9 + [False] * 3


@pytest.mark.parametrize("limit", [1, 3, 7])
def test_many_pages_peeked_at_once_are_as_each_of_them_alone_up_to_the_end_of_the_moment(
    tmp_path: Path, limit: int
) -> None:
    titles = ["Rain", "嶶鶩廒噖犎驫叕", "鏂伴椈", GLOSSED, "Café", "R" * (loader.LONG_TITLE + 1) + "&amp;"]
    path = write(tmp_path / "a.jsonl", titles, GLOSSED)
    with path.open("a") as out:
        out.write('{"title": "cut", "text\n{"title": "Lone \\ud83d", "text": "x"}\n')
        out.write(json.dumps({"title": "Long", "text": "x" * 300_000}) + "\n" + json.dumps({"text": RUNNING}))
    run = Run.of([ref for ref in sources.scan([str(path)], Tally()) if isinstance(ref, Ref)])
    assert run is not None
    alone = [loader.peek(ref, Options()) for ref in run]
    assert list(loader.peeks(run, Options(), iter)) == list(loader.peeks(list(run), Options(), iter)) == alone
    looked: list[Sequence[int]] = []

    def a_moment(pages: Sequence[int]) -> Iterator[int]:
        looked.append(pages)
        return iter(pages[: 9 if len(looked) == 1 else limit])

    first = list(loader.peeks(run, Options(), a_moment))
    assert first == alone[: ([*looked[1], 9][limit] if limit < len(looked[1]) else 9)]


def test_records_of_a_run_are_read_anew_where_the_file_has_become_shorter(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", [f"Title {number}" for number in range(9)], "x")
    run = Run.of([ref for ref in sources.scan([str(path)], Tally()) if isinstance(ref, Ref)])
    assert run is not None
    os.truncate(path, run.offsets[4])
    rows = list(loader.peeks(run, Options(), iter))
    assert [row.title for row in rows[:4]] == [f"Title {number}" for number in range(4)]
    assert rows == [loader.peek(ref, Options()) for ref in run]


@pytest.mark.parametrize(
    ("name", "content", "code", "lost"),
    [
        ("a.jsonl", b'{"text":"Rain."}\n{"text":"bro\nnone\n[1]\n', 1, 3),
        ("a.jsonl", b'{"text":"a\\ud800b"}\n{"text":"Rain."}\n', 1, 1),
        ("a.csv", b"title,text\nA,Rain.\nB,Wind.,x\n", 1, 1),
        ("a.jsonl", b'{"text":"Rain."}\n{"text":"' + b"It rained. " * 100_000 + b'"}\n', 0, 0),  # peeks read less
        ("a.jsonl", b'{"text":"Rain."}\n{"text":"Wind."}\n', 0, 0),
        ("a.html", b"<title>Rain</title><p>x" + b"It rained. " * 100_000, 0, 0),
    ],
)
def test_list_and_show_tell_the_same_of_records_that_are_lost(
    tmp_path: Path, name: str, content: bytes, code: int, lost: int
) -> None:
    (tmp_path / name).write_bytes(content)
    calls = [[sys.executable, "-m", "tui", *call, str(tmp_path / name)] for call in (["list"], ["show", "--json"])]
    listed, shown = (subprocess.run(call, capture_output=True, check=False) for call in calls)
    assert (listed.returncode, shown.returncode) == (code, code)
    assert listed.stderr == shown.stderr
    assert len(listed.stderr.splitlines()) == lost
    assert listed.stdout.count(b"\n") == shown.stdout.count(b"\n"), "a row for each page"
