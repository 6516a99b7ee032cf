"""Searching a collection: hits stream in, in order, at their places in the repaired text, and nothing stops at a bad page."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from html.entities import html5
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from troubles import readable
from waiting import PATIENCE_S

from tui.commands import find as finding
from tui.core import questions
from tui.core.model import Item, Limits, Options, Ref, Rows, Trouble
from tui.core.problems import Reason, unreadable
from tui.lookup.hunt import hunt
from tui.lookup.search import find, search
from tui.processes.client import ChildClient
from tui.sources import Tally, read, scan

TEXTS = [
    "臺灣的港口新碼頭啟用。\n統計顯示效率提高。",
    "去台湾的船。在台灣,臺湾。",
    "no such thing",
    "ＮＥＷＳ from the Port",
    '<p>去<b>台</b>湾</p><p title="台湾">x</p>',
]


def written(path: Path, *lines: str) -> str:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def corpus(tmp_path: Path) -> str:
    lines = [json.dumps({"text": text}, ensure_ascii=number % 2 == 0) for number, text in enumerate(TEXTS)]
    return written(
        tmp_path / "r.jsonl", *lines, '{"broken": 台湾', json.dumps({"title": "台湾", "text": "title alone"})
    )


@pytest.fixture(scope="module")
def client() -> Iterator[ChildClient]:
    with ChildClient(Limits(page_s=PATIENCE_S)) as made:
        yield made


def refs(*targets: str) -> list[Ref]:
    return readable(scan(targets, Tally()))


def found(client: ChildClient, query: str, *targets: str, is_thorough: bool = False) -> dict[int, int]:
    """Ordinal -> hits."""
    answers = hunt(client, refs(*targets), query, Options(), is_thorough)
    return {hits.ref.ordinal: hits.count for answer in answers for hits in answer.found}


def test_every_script_width_and_escape_is_found(client: ChildClient, corpus: str) -> None:
    assert found(client, "台湾", corpus) == {0: 1, 1: 3, 4: 1, 5: 1, 6: 1}
    assert found(client, "臺灣", corpus) == found(client, "台湾", corpus)
    assert found(client, "news", corpus) == {3: 1}
    assert found(client, "News", corpus) == {}


def test_hits_stand_where_they_say(client: ChildClient, corpus: str) -> None:
    (ref,) = refs(corpus)[1:2]
    (hits,) = client.ask(questions.Search(Rows(Ref, [ref]), "台湾", Options())).found
    text = client.ask(questions.Open(ref, Options())).text
    for hit in hits.hits:
        assert text[hit.start : hit.start + len(hit.found)] == hit.found
        assert hit.before + hit.found + hit.after == text.strip("\n")


def test_a_hit_in_the_title_alone_says_so(client: ChildClient, corpus: str) -> None:
    (hits,) = client.ask(questions.Search(Rows(Ref, refs(corpus)[6:7]), "台灣", Options())).found
    assert (hits.hits[0].start, hits.hits[0].found) == (-1, "台湾")


def test_pages_in_other_charsets_and_repaired_ones_are_found(client: ChildClient, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes("<meta charset=gbk><p>海州港新码头启用,去台湾的船".encode("gbk"))
    (tmp_path / "b.html").write_bytes("<meta charset=big5><p>霧港渡輪換上電動馬達,去臺灣的船".encode("big5"))
    (tmp_path / "c.html").write_bytes("<p>領域實現了&#33274;&#x7063;的目標".encode())
    (tmp_path / "d.txt").write_bytes("Caf\u00c3\u00a9 du port, ouvert au mois de mai".encode())
    assert found(client, "台湾", str(tmp_path)) == {0: 1, 1: 1, 2: 1}
    assert found(client, "café", str(tmp_path)) == {}
    assert found(client, "café", str(tmp_path), is_thorough=True) == {3: 1}


def test_answers_come_in_order_and_count_every_page(client: ChildClient, tmp_path: Path) -> None:
    lines = [json.dumps({"text": f"page {number} {'needle' if number % 7 == 0 else ''}"}) for number in range(3000)]
    path = written(tmp_path / "many.jsonl", *lines)
    answers = list(hunt(client, refs(path), "needle", Options()))
    assert sum(answer.pages for answer in answers) == 3000
    assert [hits.ref.ordinal for answer in answers for hits in answer.found] == list(range(0, 3000, 7))
    assert answers[0].pages <= 64, "the first hits don't wait for many pages"


def test_a_page_that_is_gone_is_a_problem_and_its_neighbours_are_found(client: ChildClient, tmp_path: Path) -> None:
    paths = [written(tmp_path / f"{name}.txt", "the needle") for name in "abc"]
    listed: list[Item] = [*refs(*paths), Trouble("/nonexistent", 0, unreadable(Reason("no_file"), "/nonexistent"))]
    Path(paths[1]).unlink()
    answers = list(hunt(client, listed, "needle", Options()))
    assert [hits.ref.source for answer in answers for hits in answer.found] == [paths[0], paths[2]]
    assert [problem.code for answer in answers for _, problem in answer.problems] == ["unreadable", "unreadable"]


def test_a_page_that_kills_the_worker_costs_itself_only(tmp_path: Path) -> None:
    slow = "".join(f"<b id={number}><p>needle" for number in range(40_000))  # takes a parser longer than half a minute
    paths = [
        written(tmp_path / name, text) for name, text in (("a.html", "needle"), ("b.html", slow), ("c.html", "needle"))
    ]
    with ChildClient(Limits(page_s=3)) as client:
        answers = list(hunt(client, refs(*paths), "needle", Options()))
    sources = [Path(hits.ref.source).name for answer in answers for hits in answer.found]
    assert sources == ["a.html", "c.html"]
    assert [Path(ref.source).name for answer in answers for ref, _ in answer.problems] == ["b.html"]


def test_an_answer_is_given_in_time_even_if_every_page_has_hits(tmp_path: Path) -> None:
    path = written(tmp_path / "r.jsonl", *(json.dumps({"text": "needle " * 20_000}) for _ in range(400)))
    answer = search(refs(path), "needle", Options(), Limits(), lambda: None)
    assert 1 <= answer.pages < 400
    assert len(answer.found) == answer.pages
    assert (len(answer.found[0].hits), answer.found[0].count) == (100, 20_000)


def run(*arguments: str | Path) -> tuple[int, bytes, list[str]]:
    done = subprocess.run([sys.executable, "-m", "tui", *map(str, arguments)], capture_output=True)
    return done.returncode, done.stdout, done.stderr.decode().splitlines()


def test_find_prints_a_line_a_hit(corpus: str) -> None:
    code, out, errors = run("find", "台湾", corpus)
    lines = out.decode().splitlines()
    assert lines[0] == f"0\t{corpus}\t臺灣的港口新碼頭啟用。"
    assert [line.split("\t")[0] for line in lines] == ["0", "1", "1", "1", "4", "5", "6"]
    assert (code, errors) == (0, [])


def test_find_prints_json_a_page(corpus: str) -> None:
    pages: list[dict[str, Any]] = [json.loads(line) for line in run("find", "--json", "台湾", corpus)[1].splitlines()]
    assert [(page["ordinal"], page["count"], len(page["hits"])) for page in pages][:2] == [(0, 1, 1), (1, 3, 3)]
    assert pages[1]["hits"][0] == {"start": 1, "before": "去", "found": "台湾", "after": "的船。在台灣,臺湾。"}
    assert pages[-1]["hits"][0]["start"] is None


def test_find_counts_pages_for_limit_and_obeys_at_and_where(corpus: str) -> None:
    def ordinals(*options: str) -> list[int]:
        return [json.loads(line)["ordinal"] for line in run("find", "--json", *options, "台湾", corpus)[1].splitlines()]

    assert ordinals("--limit", "2") == [0, 1]
    assert ordinals("--at", "1-4") == [1, 4]
    assert ordinals("--where", "港口") == [0]


def test_find_says_so_when_there_is_nothing(corpus: str) -> None:
    code, out, errors = run("find", "xyzzy", corpus)
    assert (code, out, len(errors)) == (0, b"", 1)
    assert "none of 7 pages" in errors[0]
    assert run("find", " ", corpus)[0] == 2
    assert run("find", "x", "/nonexistent")[0] == 3


def test_an_interrupt_ends_a_search(tmp_path: Path) -> None:
    path = written(tmp_path / "r.jsonl", *(json.dumps({"text": f"needle {number} " * 200}) for number in range(20_000)))
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "find", "needle", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith(b"0\t")
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, errors) == (130, b"")


def test_every_named_entity_is_found_on_its_page_and_no_other(tmp_path: Path) -> None:
    names = [name for name in html5 if name.endswith(";") and html5[name].strip()]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(f'{{"html": "<p>Yesterday it rained &{name} all day.</p>"}}\n' for name in names))
    refs = list(scan([str(path)], Tally()))
    hits = [find(ref, read(ref, Limits()), html5[name], Options()) for name, ref in zip(names, refs, strict=True)]
    assert [name for name, page in zip(names, hits, strict=True) if page is None] == []
    for chars in ("»", "·", "€", "≠", "fj"):
        expected = [ref for name, ref in zip(names, refs, strict=True) if html5[name] == chars]
        at, found = 0, list[Item]()
        while at < len(refs):
            searched = search(refs[at:], chars, Options(), Limits(), lambda: None)
            found += [page.ref for page in searched.found]
            at += searched.pages
        assert found == expected
        assert expected


def test_find_says_of_a_page_that_only_its_start_was_searched_unless_it_can_not_hold_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    far = json.dumps({"title": "Huge", "text": "It snowed. " * 3_100_000 + "zebra"})
    path.write_text(f'{{"text": "It rained."}}\n{far}\n{{"text": "A zebra"}}\n')
    (tmp_path / "b.txt").write_text("It snowed. " * 3_100_000 + "zebra")
    done = CliRunner().invoke(finding.find, ["zebra", str(path), str(tmp_path / "b.txt")], standalone_mode=False)
    assert done.stdout == f"2\t{path}\tA zebra\n"
    assert [line.partition(": ")[2][:37] for line in done.stderr.splitlines()] == 2 * [
        "only the first 33,554,432 of 34,100,0"
    ]
    assert done.return_value == 1
    done = CliRunner().invoke(finding.find, ["walrus", str(path)], standalone_mode=False)
    assert done.stderr.splitlines() == ["find: 'walrus' is in none of 3 pages; --full repairs pages first"]
    assert done.return_value == 0
