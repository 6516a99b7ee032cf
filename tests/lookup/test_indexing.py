"""An index answers what reading would answer, only faster, and counts no longer than its source stays as it is."""

import fcntl
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from random import Random

import pytest
from pty_screen import PtyScreen
from where import TESTS

from benchmarks.damaged_state import DAMAGES
from tui.choosing import fields
from tui.choosing.expression import parse
from tui.core.answers import Digest
from tui.core.model import Item, Options, Ref, Trouble
from tui.core.problems import Reason, unreadable
from tui.core.shelf import singly
from tui.lookup import sidecar
from tui.sources import Tally, scan

TEXTS = ["臺灣的港口新碼頭啟用。", "統計顯示效率提高。Café", "去台湾的船", "ＮＥＷＳ from the Port", "的"]


def run(cache: Path, *arguments: str | Path) -> tuple[int, list[str], list[str]]:
    """Exit status, lines of output, lines of errors; with a cache of the test's own."""
    environment = os.environ | {
        "XDG_CACHE_HOME": str(cache),
        "XDG_STATE_HOME": str(cache),
    }
    if sys.platform == "darwin":
        environment["HOME"] = str(cache)
    done = subprocess.run([sys.executable, "-m", "tui", *map(str, arguments)], capture_output=True, env=environment)
    return done.returncode, done.stdout.decode().splitlines(), done.stderr.decode().splitlines()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "r.jsonl"
    lines = [
        json.dumps({"text": text, "url": f"https://s{number}.example/"}) + "\n" for number, text in enumerate(TEXTS)
    ]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def indexed(path: Path) -> Path:
    """The file of the one index in a cache."""
    (found,) = path.rglob("*.sqlite")
    return found


def test_find_and_where_answer_alike_with_and_without_an_index(tmp_path: Path, corpus: Path) -> None:
    cache = tmp_path / "cache"
    calls: list[tuple[str, ...]] = [
        ("find", "台湾"),
        ("find", "的"),
        ("find", "--at", "1-2", "台灣"),
        ("list", "--where", "site:s2.example OR 港口"),
        ("list", "--where", "-url:* OR repairs>0 OR signals.han_ratio>0.9"),
        ("list", "--sample", "2", "--by", "site"),
    ]
    before = [run(cache, *call, corpus) for call in calls]
    code, out, errors = run(cache, "index", corpus)
    assert (code, out, len(errors)) == (0, [], 1)
    assert "indexed" in errors[0]
    assert [run(cache, *call, corpus) for call in calls] == before
    assert indexed(cache).exists()


def test_an_index_is_thrown_away_when_its_source_changes(tmp_path: Path, corpus: Path) -> None:
    cache = tmp_path / "cache"
    run(cache, "index", corpus)
    with corpus.open("a", encoding="utf-8") as stream:
        stream.write('{"text": "台湾 again"}\n')
    assert [line.split("\t")[0] for line in run(cache, "find", "台湾", corpus)[1]] == ["0", "2", "5"]
    assert list(cache.rglob("*.sqlite")) == []


def test_an_index_finds_what_only_repairs_bring_to_light(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("Caf\u00c3\u00a9 du port, ouvert au mois de mai", encoding="utf-8")
    assert run(tmp_path, "find", "café", path)[1] == []
    run(tmp_path, "index", path)
    assert len(run(tmp_path, "find", "café", path)[1]) == 1
    # What other options would make of the pages, it doesn't know.
    assert run(tmp_path, "find", "--without", "mojibake", "café", path)[1] == []


def test_a_folder_is_indexed_as_a_whole_and_opens_from_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.html").write_text("<p>臺灣", encoding="utf-8")
    (folder / "deep" / "b.html").write_text("<p>台湾", encoding="utf-8")
    (folder / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
    run(tmp_path, "index", folder)
    assert indexed(tmp_path)
    found = run(tmp_path, "find", "台灣", folder)[1]
    assert [line.split("\t")[1] for line in found] == [f"{folder}/a.html", f"{folder}/deep/b.html"]
    (folder / "deep" / "c.html").write_text("<p>台湾", encoding="utf-8")
    assert len(run(tmp_path, "find", "台灣", folder)[1]) == 3


def test_a_damaged_index_is_one_line_and_the_pages_are_read(tmp_path: Path, corpus: Path) -> None:
    run(tmp_path, "index", corpus)
    place = indexed(tmp_path)
    place.write_bytes(b"garbage" * 999)
    code, out, errors = run(tmp_path, "find", "台湾", corpus)
    assert (code, len(out), len(errors)) == (0, 2, 1)
    assert errors[0].startswith(f"{corpus}: its index is damaged (")
    assert errors[0].endswith("), so the pages are read instead; `copydesk index` rebuilds it")
    assert not place.exists()
    assert run(tmp_path, "find", "台湾", corpus)[2] == []


def ask_for_all(folder: Path, target: str, texts: list[str]) -> list[object]:
    """What an index says of its pages; raises DamagedIndexError."""
    index = sidecar.find(folder, target)
    assert index is not None
    with closing(index):
        rows = range(index.pages)
        kept = [index.value(row, name) for name in ("lang", "url", "title", "bytes", "twins") for row in rows]
        return [list(singly(index.runs())), *kept, *(index.candidates(text) for text in texts)]


def test_an_index_says_what_was_written_or_that_it_is_damaged(tmp_path: Path, corpus: Path) -> None:
    """Whatever has changed, and wherever: an index that lacks a page would hide it."""
    run(tmp_path, "index", "--twins", corpus)
    place, target = indexed(tmp_path), str(corpus)
    whole, right = place.read_bytes(), ask_for_all(place.parent, target, TEXTS)
    for number in range(120):
        content = bytearray(whole)
        DAMAGES[number % len(DAMAGES)](content, Random(number))
        place.write_bytes(content)
        if content == whole:
            continue
        with pytest.raises(sidecar.DamagedIndexError):
            assert ask_for_all(place.parent, target, TEXTS) == right


def test_what_is_not_asked_of_an_index_need_not_be_sound(tmp_path: Path, corpus: Path) -> None:
    run(tmp_path, "index", corpus)
    place = indexed(tmp_path)
    with closing(sqlite3.connect(place)) as database, database:
        database.execute("UPDATE cells SET packed = x'00' WHERE field = 'lang'")
        database.execute("DELETE FROM cells WHERE field = 'url'")
    index = sidecar.find(place.parent, str(corpus))
    assert index is not None
    with closing(index):
        assert index.value(0, "title") == TEXTS[0]
        for name in ("lang", "url"):
            with pytest.raises(sidecar.DamagedIndexError):
                index.value(0, name)
        with pytest.raises(sidecar.DamagedIndexError):
            index.candidates("台湾")


@pytest.mark.parametrize("field", ["site", "lang"])
def test_an_index_that_turns_out_damaged_is_done_without(tmp_path: Path, corpus: Path, field: str) -> None:
    """In the middle of an answer, by the child that judges."""
    call = ("list", "--where", f"{field}:* 港口 OR {field}:s2.example", corpus)
    right = run(tmp_path, *call)
    run(tmp_path, "index", corpus)
    with closing(sqlite3.connect(indexed(tmp_path))) as database, database:
        database.execute("UPDATE cells SET packed = x'00' WHERE field = ?", (field,))
    code, out, errors = run(tmp_path, *call)
    assert (code, out, len(errors)) == (*right[:2], 1)
    assert run(tmp_path, *call) == right


def test_the_screen_says_that_an_index_is_damaged(tmp_path: Path, corpus: Path) -> None:
    run(tmp_path, "index", corpus)
    indexed(tmp_path).write_bytes(b"garbage" * 999)
    argv = [
        "sh",
        "-c",
        'cd "$1" && exec "$0" "$2" r.jsonl',
        sys.executable,
        str(tmp_path),
        str(TESTS / "screen_marks.py"),
    ]
    with PtyScreen(argv, env={"XDG_CACHE_HOME": str(tmp_path), "HOME": str(tmp_path)}) as screen:
        screen.wait_for("r.jsonl: its index is damaged")
        screen.wait_for(TEXTS[2])
        screen.send("Q")
        assert screen.end() == 0


def test_what_killed_writers_left_is_swept_away(tmp_path: Path, corpus: Path) -> None:
    run(tmp_path, "index", corpus)
    place = indexed(tmp_path)
    dead, living = place.with_suffix(".123"), place.with_suffix(".456")
    dead.touch()
    with living.open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        run(tmp_path, "index", corpus)
    assert sorted(path.name for path in place.parent.iterdir()) == sorted([place.name, living.name])


def test_an_index_can_be_removed(tmp_path: Path, corpus: Path) -> None:
    run(tmp_path, "index", corpus)
    assert run(tmp_path, "index", "--remove", corpus) == (0, [], [])
    assert list(tmp_path.rglob("*.sqlite")) == []
    assert "no index" in run(tmp_path, "index", "--remove", corpus)[2][0]


def test_what_can_not_be_indexed_is_told(tmp_path: Path, corpus: Path) -> None:
    code, _, errors = run(tmp_path, "index", tmp_path / "gone")
    assert (code, len(errors)) == (3, 1)
    code, _, errors = run(tmp_path, "index", "--limit", "3", corpus)
    assert (code, len(errors)) == (2, 1)
    (tmp_path / "cache").write_text("in the way", encoding="utf-8")
    code, _, errors = run(tmp_path / "cache", "index", corpus)
    assert (code, len(errors)) == (1, 1)
    assert "can't be written" in errors[0]


def test_an_index_knows_places_and_facts(tmp_path: Path, corpus: Path) -> None:
    target = str(corpus)
    refs = list(scan([target], Tally()))
    pages = [(ref, Digest({"lang": "zh", "site": ("a", "b"), "signals.x": 0.5}, "台湾 ews", ())) for ref in refs]
    sidecar.build(tmp_path, target, Options(), pages)
    index = sidecar.find(tmp_path, target)
    assert index is not None
    assert list(singly(index.runs())) == refs
    facts = fields.of_kept(refs[0], partial(index.value, 0), ())
    assert parse("lang:zh site:b signals.x=0.5 -author:* -label:*").holds(facts) is True
    assert parse("lang:zh 港口").holds(facts) is None
    assert index.candidates("臺灣") == [0, 1, 2, 3, 4]
    assert index.candidates("港口") == []
    assert index.candidates("台") is None
    assert index.suits(Options(script="tw"))
    assert not index.suits(Options(certain=True))
    index.close()


def test_every_kind_of_place_is_kept(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x", encoding="utf-8")
    target = str(tmp_path / "x")
    refs: list[Item] = [
        Ref(target, 0, "zip", 5, 7, member="a/b.html"),
        Trouble(target, 1, unreadable(Reason("broken", {"error": "-3"}), "x")),
        Ref(target, 2, "zip", 12, 1),
        Ref(target, 3, "zip", 13, 2, member="c.html"),
        Ref(target, 4, "zip", 15, 1),
        Ref(target, 5, "zip", 16, 1),
    ]
    sidecar.build(tmp_path, target, Options(), [(ref, Digest({}, "", ())) for ref in refs])
    index = sidecar.find(tmp_path, target)
    assert index is not None
    assert list(singly(index.runs())) == refs
    index.close()
