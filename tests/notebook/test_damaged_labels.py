"""A damaged file of labels costs a line that names it: no page, and none of the labels that are still sound."""

import json
import os
import random
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from called import Answer, call
from pty_screen import PtyScreen
from where import TESTS

from tui.core.errors import StoreError
from tui.core.model import Ref
from tui.notebook.database import copy_of
from tui.notebook.store import Known, Store

PAGES = 9
PROGRAM = str(TESTS / "screen_marks.py")
SQL: dict[str, str] = {
    "a place that is no JSON": "UPDATE page SET ref = '{\"source' WHERE ordinal = 3",
    "a place that is a list": "UPDATE page SET ref = '[]' WHERE ordinal = 3",
    "a place without a source": "UPDATE page SET ref = '{}' WHERE ordinal = 3",
    "an ordinal that is a word": """UPDATE page SET ref = '{"source": "x", "ordinal": "third"}' WHERE ordinal = 3""",
    "an offset that is a list": """UPDATE page SET ref = '{"source": "x", "ordinal": 3, "offset": []}' WHERE ordinal = 3""",
    "lists in lists without end": "UPDATE page SET ref = replace(hex(zeroblob(50000)), '0', '[') WHERE ordinal = 3",
    "a title that is bytes": "UPDATE page SET title = x'ff00' WHERE ordinal = 3",
    "a key that is bytes": "UPDATE page SET key = x'ff' WHERE ordinal = 3; UPDATE label SET key = x'ff' WHERE key = 'key 3'",
    "an address that is a number": "UPDATE page SET url = zeroblob(3) WHERE ordinal = 3",
    "another title": "UPDATE page SET title = 'page 4' WHERE ordinal = 3",
    "another page's row": "UPDATE page SET (ref, title, sum) = (SELECT ref, title, sum FROM page WHERE ordinal = 4) WHERE ordinal = 3",
    "no checksum": "UPDATE page SET sum = NULL WHERE ordinal = 3",
}
"""Damage to one of the pages."""


def cut(share: float) -> Callable[[bytes], bytes]:
    return lambda content: content[: int(len(content) * share)]


def flipped(seed: int) -> Callable[[bytes], bytes]:
    def flip(content: bytes) -> bytes:
        damaged, chance = bytearray(content), random.Random(seed)
        for _ in range(40):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        return bytes(damaged)

    return flip


def overwritten(start: int, end: int, by: bytes) -> Callable[[bytes], bytes]:
    return lambda content: content[:start] + by * (end - start) + content[end:]


BYTES: dict[str, Callable[[bytes], bytes]] = {
    "a tenth": cut(0.1),
    "half": cut(0.5),
    "all but the end": cut(0.99),
    "a header without its last bytes": lambda content: content[:99],
    "another program's file": lambda content: b"garbage" * 1000,
    "a page of zeros": overwritten(4096, 8192, b"\0"),
    "a page of 0xff": overwritten(4096, 8192, b"\xff"),
    "a schema of 0xff": overwritten(3000, 4096, b"\xff"),
    "a newer version": overwritten(60, 64, b"\x7f"),
    "no version": overwritten(60, 64, b"\0"),
    "a page size of 0": overwritten(16, 18, b"\0"),
    **{f"bits flipped, {seed}": flipped(seed) for seed in range(8)},
}
"""Damage to the file."""


def known(number: int) -> Known:
    return Known(f"key {number}", Ref(f"/pages/{number}.html", number, "html"), f"page {number}")


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    path = tmp_path / "state" / "copydesk" / "labels.sqlite"
    if sys.platform == "darwin":
        path = tmp_path / "state" / "Library" / "Application Support" / "copydesk" / "labels.sqlite"
    with Store(path) as store:
        for number in range(PAGES):
            store.label([known(number)], "good")
        store.set_mark("a", known(1), 7)
        store.save_position([str(tmp_path / "page.html")], {"source": "x", "ordinal": 0})
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = DELETE")  # all of it in the one file
    (tmp_path / "page.html").write_text("<title>One page</title><p>Text of one page.")
    return path


def run(labels: Path, *arguments: str) -> Answer:
    if sys.platform == "darwin":
        return call(*arguments, cwd=labels.parents[4], env={"HOME": str(labels.parents[3])})
    return call(*arguments, cwd=labels.parents[2], env={"XDG_STATE_HOME": str(labels.parents[1])})


@pytest.mark.parametrize("damage", SQL)
def test_a_damaged_page_costs_itself_and_all_others_are_taken_out(damage: str, labels: Path) -> None:
    with closing(sqlite3.connect(labels)) as database:
        database.executescript(SQL[damage])
    answer = run(labels, "labels", "export")
    assert answer.status == 1
    assert [json.loads(line)["ordinal"] for line in answer.out.splitlines()] == [0, 1, 2, *range(4, PAGES)]
    assert answer.line.startswith(f"{labels}: damaged (")
    assert answer.line.endswith(
        "); take out what it still has with `copydesk labels export`, then go back to the last copy with `copydesk labels restore`"
    )


@pytest.mark.parametrize("damage", BYTES)
def test_a_damaged_file_is_one_line_with_its_name(damage: str, labels: Path) -> None:
    content = labels.read_bytes()
    labels.write_bytes(BYTES[damage](content))
    answer = run(labels, "labels", "export")
    if answer.lines:
        assert answer.status == 1
        assert answer.line.startswith(f"{labels}: ")
        assert "; " in answer.line
    else:  # where nothing lies
        assert len(answer.out.splitlines()) == PAGES
    assert labels.stat().st_size >= len(BYTES[damage](content))  # whoever knows how may still mend it


def test_a_damaged_note_costs_itself_and_not_the_label(labels: Path) -> None:
    with closing(sqlite3.connect(labels)) as database, database:
        database.execute("INSERT INTO note VALUES ('key 3', x'fffe', '2020', 0)")
    answer = run(labels, "labels", "export")
    assert (answer.status, len(answer.out.splitlines()), len(answer.lines)) == (1, PAGES, 1)


def test_a_character_that_is_damaged_costs_its_page(labels: Path) -> None:
    labels.write_bytes(labels.read_bytes().replace(b"page 3", b"p\xffge 3"))
    answer = run(labels, "labels", "export")
    assert (answer.status, len(answer.out.splitlines())) == (1, PAGES - 1)
    assert answer.line.startswith(f"{labels}: damaged (invalid rows)")


def test_a_label_that_was_changed_hides_no_page_from_a_filter(labels: Path) -> None:
    """Its key leads nowhere now, and no query would miss it."""
    with closing(sqlite3.connect(labels)) as database, database:
        database.execute("UPDATE label SET key = 'key x' WHERE key = 'key 3'")
    answer = run(labels, "list", "--where", "label:good", "page.html")
    assert (answer.status, answer.out) == (1, b"")
    assert answer.line.startswith(f"{labels}: damaged (")


def test_a_session_leaves_one_copy_a_day(labels: Path) -> None:
    copy = copy_of(labels)
    assert copy.stat().st_mode & 0o777 == 0o600
    before = copy.read_bytes()
    with Store(labels) as store:
        store.label([known(1)], "later")
    assert copy.read_bytes() == before
    os.utime(copy, (0, 0))
    with Store(labels) as store:
        store.label([known(1)], "later still")
    with closing(sqlite3.connect(copy)) as database:
        names = {name for (name,) in database.execute("SELECT name FROM label")}
    assert names == {"good", "later", "later still"}
    assert sorted(path.name for path in labels.parent.iterdir()) == ["labels.copy", "labels.sqlite"]


def test_a_damaged_file_does_not_take_the_place_of_a_copy(labels: Path) -> None:
    copy = copy_of(labels)
    os.utime(copy, (0, 0))
    before = copy.read_bytes()
    with closing(sqlite3.connect(labels)) as database, database:
        database.executescript(SQL["another title"])
    with pytest.raises(StoreError), Store(labels):
        pass
    assert copy.read_bytes() == before


def test_labels_are_gone_back_to_and_the_damaged_file_is_kept(labels: Path) -> None:
    whole, damaged = run(labels, "labels", "export"), b"garbage" * 1000
    labels.write_bytes(damaged)
    labels.with_name("labels.sqlite-wal").write_bytes(b"of the damaged one")
    assert "labels restore" in run(labels, "labels", "export").line
    answer = run(labels, "labels", "restore")
    assert (answer.status, answer.out) == (0, b"")
    assert f"with {PAGES} labels" in answer.line
    assert run(labels, "labels", "export") == whole
    assert labels.with_suffix(".damaged-1").read_bytes() == damaged


def test_without_a_copy_nothing_is_moved(labels: Path) -> None:
    copy_of(labels).unlink()
    answer = run(labels, "labels", "restore")
    assert (answer.status, labels.exists()) == (1, True)
    assert answer.line.endswith("there is no backup yet; rescue what is left with `copydesk labels export`")


def test_labels_of_the_version_before_are_read_and_checked_from_then_on(labels: Path) -> None:
    whole = run(labels, "labels", "export")
    with closing(sqlite3.connect(labels)) as database, database:
        for table in ("page", "label", "note", "mark", "filter", "position"):
            database.execute(f"ALTER TABLE {table} DROP COLUMN sum")
        database.execute("PRAGMA user_version = 1")
    assert run(labels, "labels", "export") == whole
    with closing(sqlite3.connect(labels)) as database, database:
        database.executescript(SQL["another title"])
    assert run(labels, "labels", "export").status == 1


def test_pages_are_none_the_worse_for_it(labels: Path) -> None:
    labels.write_bytes(b"garbage" * 1000)
    assert run(labels, "list", "page.html") == (0, b"0\t-\tOne page\tpage.html\n", [])
    assert run(labels, "show", "page.html") == (0, b"Text of one page.\n", [])
    asked = run(labels, "list", "--where", "label:good", "page.html")
    assert (asked.status, asked.out) == (1, b"")
    assert asked.line.startswith(f"{labels}: damaged (")


@pytest.mark.parametrize("damage", ["another program's file", "half", "a page of 0xff"])
@pytest.mark.parametrize("options", ["", "--resume "])
def test_the_screen_shows_pages_and_says_what_is_damaged(options: str, damage: str, labels: Path) -> None:
    # The status line has no room for a long path before what is said of it.
    with tempfile.TemporaryDirectory(prefix="c") as home:
        kept = Path(home, "copydesk", "labels.sqlite")
        kept.parent.mkdir()
        kept.write_bytes(BYTES[damage](labels.read_bytes()))
        page = Path(home, "page.html")
        page.write_text("<title>One page</title><p>Text of one page.")
        command = f'cd "$1" && exec "$0" "$2" {options}page.html'
        argv = ["sh", "-c", command, sys.executable, home, PROGRAM]
        with PtyScreen(argv, env={"XDG_STATE_HOME": home}) as screen:
            screen.wait_for("Text of one page.")
            screen.press("t1")
            screen.wait_for("labels.sqlite: damaged")
            screen.press("U")
            screen.press("`a")
            screen.send("Q")
            assert screen.end() == 0
            assert b"Traceback" not in screen.sent


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_a_pipe_in_its_place_is_not_opened(labels: Path) -> None:
    labels.unlink()
    os.mkfifo(labels)
    answer = run(labels, "labels", "export")
    assert (answer.status, answer.line) == (
        1,
        f"{labels}: a pipe (FIFO), not a file; move it away to start afresh",
    )


def test_whatever_is_damaged_only_our_errors_come_of_it(labels: Path) -> None:
    """As the commands and the screen ask, a hundred times as fast: bytes, zeros and texts at places that chance chooses."""
    content, chance = labels.read_bytes(), random.Random(7)
    for number in range(200):
        damaged = bytearray(content)
        for _ in range(chance.choice([1, 3, 30])):
            start = chance.randrange(len(damaged))
            damaged[start : start + chance.choice([1, 9, 300])] = chance.choice(
                [b"\xff", b"\0" * 9, b'{"\\', b"[" * 300]
            )
        damaged_file = labels.with_name(f"{number}.sqlite")
        damaged_file.write_bytes(bytes(damaged))
        ask_for_all(damaged_file)


def ask_for_all(path: Path) -> None:
    try:
        store = Store(path)
    except StoreError:
        return
    with suppress(StoreError), store:
        questions: tuple[Callable[[], object], ...] = (
            lambda: list(store.decisions()),
            lambda: store.labels_of("/pages/3.html"),
            store.labelled,
            store.counts,
            store.marks,
            store.filters,
            store.position,
            lambda: store.note("key 3"),
            lambda: store.label([known(3)], "bad"),
            store.undo,
        )
        for question in questions:
            with suppress(StoreError):
                question()
