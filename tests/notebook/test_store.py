"""What was decided about pages is kept, for every copydesk, wherever the files go."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tui.core.errors import StoreError
from tui.core.model import Document, Ref
from tui.notebook.store import Known, Store, known


def page(name: str, ordinal: int = 0) -> Known:
    return Known(f"sha-{name}", Ref(f"/corpus/{name}.jsonl", ordinal, "jsonl", 10, 20), f"The page {name}", None)


def said(store: Store) -> str:
    undone = store.undo()
    assert undone is not None
    return str(undone.said)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "labels.sqlite"


def test_a_page_has_as_many_labels_as_it_was_given_and_loses_them_one_by_one(path: Path) -> None:
    with Store(path) as store:
        store.label([page("a")], "good")
        store.label([page("a")], "unsure")
        store.label([page("a")], "good")
        assert store.labels("sha-a") == ("good", "unsure")
        store.label([page("a")], "good", is_on=False)
    with Store(path) as store:
        assert store.labels("sha-a") == ("unsure",)
        assert store.counts() == {"unsure": 1}


def test_labels_and_notes_are_taken_back_one_by_one(path: Path) -> None:
    with Store(path) as store:
        store.label([page("a")], "good")
        store.label([page("a"), page("b")], "good")
        store.write_note(page("a"), "first")
        store.write_note(page("a"), "second")
        assert said(store) == "the note"
        assert store.note("sha-a") == "first"
        assert said(store) == "the note"
        assert store.note("sha-a") == ""
        assert said(store) == "good added to 2 pages"
        assert (store.labels("sha-a"), store.labels("sha-b")) == (("good",), ())
        store.undo()
        assert store.labels("sha-a") == ()
        assert store.undo() is None


def test_a_page_is_known_by_its_bytes_wherever_it_lies(path: Path, tmp_path: Path) -> None:
    ref = Ref(str(tmp_path / "old.html"), 3, "html")
    document = replace(Document.unread(ref), sha256="f" * 64, size=9, title="Rain")
    with Store(path) as store:
        store.label([known(document)], "good")
        moved = replace(document, ref=replace(ref, source="new.html", ordinal=0))
        assert store.labels(known(moved).key) == ("good",)
        store.label([known(moved)], "checked")
        (decision,) = store.decisions()
    assert decision.page.ref.source == str(Path("new.html").absolute())
    assert decision.labels == ("checked", "good")


def test_pages_without_bytes_are_told_apart_by_their_places() -> None:
    first, second = (known(Document.unread(Ref("/gone.html", number))) for number in (0, 1))
    assert first.key != second.key


def test_labels_of_a_file_are_there_by_ordinal(path: Path) -> None:
    with Store(path) as store:
        store.label([page("a"), replace(page("b", 7), ref=Ref("/corpus/a.jsonl", 7))], "good")
        store.label([page("a")], "bad")
        assert store.labels_of("/corpus/a.jsonl") == {0: ("bad", "good"), 7: ("good",)}
        assert store.labels_of("/corpus/other.jsonl") == {}


def test_decisions_can_be_chosen_by_label_and_come_in_the_order_of_their_places(path: Path) -> None:
    with Store(path) as store:
        store.label([page("b", 2), page("a", 1)], "good")
        store.label([page("c")], "bad")
        store.write_note(page("d"), "look again")
        assert [seen.page.key for seen in store.decisions()] == ["sha-a", "sha-b", "sha-c", "sha-d"]
        assert [seen.page.key for seen in store.decisions(["good"])] == ["sha-a", "sha-b"]
        assert list(store.decisions(["none such"])) == []


def test_marks_filters_and_positions_are_kept(path: Path) -> None:
    with Store(path) as store:
        store.set_mark("a", page("a"), 120)
        store.set_mark("a", page("b"), 7)
        store.save_filter("hot", "tag:hot")
        store.save_filter("gone", "date>2020")
        store.save_filter("gone", "")
        store.save_position(["x.jsonl"], {"ordinal": 4})
        store.save_position(["y.jsonl"], {"ordinal": 5})
        store.save_position(["x.jsonl"], {"ordinal": 6})
    with Store(path) as store:
        assert store.marks() == {"a": (page("b"), 7)}
        assert store.filters() == {"hot": "tag:hot"}
        assert store.position(["y.jsonl"]) == (["y.jsonl"], {"ordinal": 5})
        assert store.position() == (["x.jsonl"], {"ordinal": 6})
        assert store.position(["z.jsonl"]) is None


def test_several_copydesk_at_once_lose_nothing_of_each_other(path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom tui.core.model import Ref\nfrom tui.notebook.store import Known, Store\n"
        "with Store(Path(sys.argv[1])) as store:\n"
        "    for number in range(50):\n"
        "        store.label([Known(f'{sys.argv[2]}{number}', Ref('/x', number))], sys.argv[2])\n"
        "        store.label([Known('shared', Ref('/x', 99))], f'{sys.argv[2]}{number}')\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, str(path), name]) for name in ("good", "bad", "unsure")]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    with Store(path) as store:
        counts = store.counts()
        assert [counts[name] for name in ("good", "bad", "unsure")] == [50, 50, 50]
        assert len(store.labels("shared")) == 150


def test_a_damaged_file_is_told_in_one_line_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"no database at all " * 100)
    with pytest.raises(StoreError, match=r"labels\.sqlite: damaged .*move it away"):
        Store(path)
    assert path.read_bytes().startswith(b"no database")


def test_damage_that_shows_later_is_told_as_well(path: Path) -> None:
    with Store(path) as store:
        store.label([page(str(number)) for number in range(2000)], "good")
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with Store(path) as store, pytest.raises(StoreError, match="damaged"):
        list(store.decisions())


def test_a_file_of_a_newer_copydesk_is_left_alone(path: Path) -> None:
    Store(path).close()
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(StoreError, match="newer copydesk"):
        Store(path)


def test_a_place_where_nothing_can_be_kept_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(StoreError, match="nothing can be kept there"):
        Store(tmp_path / "file" / "labels.sqlite")


def test_a_file_that_may_only_be_read_answers_and_refuses_to_change(path: Path) -> None:
    with Store(path) as store:
        store.label([page("a")], "good")
    path.chmod(0o444)
    path.parent.chmod(0o555)
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom tui.core.errors import StoreError\nfrom tui.notebook.store import Known, Store\n"
        "from tui.core.model import Ref\n"
        "if os.geteuid() == 0:\n    os.seteuid(65534)  # nobody\n"
        "store = Store(Path(sys.argv[1]))\nprint(store.labels('sha-a'))\n"
        "try:\n    store.label([Known('b', Ref('/x', 0))], 'good')\n"
        "except StoreError as error:\n    print(error)\n"
    )
    for folder in path.parents:  # nobody must be able to come here
        if not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o555)
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False)
    path.parent.chmod(0o755)
    assert done.stdout.splitlines()[0] == "('good',)", done.stderr
    assert "read-only" in done.stdout


def test_a_name_that_is_no_utf_8_is_kept(path: Path) -> None:
    odd = Known("k", Ref("/corpus/\udcff.html", 0, "html"), "t")
    with Store(path) as store:
        store.label([odd], "good")
        (decision,) = store.decisions()
        assert decision.page == odd
        assert store.labels_of("/corpus/\udcff.html") == {0: ("good",)}


def test_labels_of_the_first_version_are_taken_over_once_by_two_at_the_same_moment(tmp_path: Path) -> None:
    path = tmp_path / "labels.sqlite"
    with Store(path) as store:
        for number in range(200):
            store.label([Known(f"key {number}", Ref("x", number), f"page {number}")], "good")
    with closing(sqlite3.connect(path)) as database:  # what it had not: checksums
        for table in ("page", "label", "note", "mark", "filter", "position"):
            database.execute(f"ALTER TABLE {table} DROP COLUMN sum")
        database.execute("PRAGMA user_version = 1")
    script = "import sys; from pathlib import Path; from tui.notebook.store import Store; s = Store(Path(sys.argv[1])); s.check(); print(s.counts())"
    both = [
        subprocess.Popen([sys.executable, "-c", script, path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(2)
    ]
    assert [process.communicate()[0] for process in both] == [b"{'good': 200}\n"] * 2
