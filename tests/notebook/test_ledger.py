"""What the screen decides is kept: for one page or many, and where one left."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.core.errors import StoreError, UsageError
from tui.core.model import Document, Ref
from tui.core.values import replace
from tui.notebook import database
from tui.notebook.ledger import StoreLedger, left
from tui.notebook.store import VERSION, Labelled, Store, known

DOCUMENTS = [
    replace(Document.unread(Ref("/corpus/a.jsonl", ordinal, "jsonl")), sha256=f"{ordinal}" * 64, title="Rain")
    for ordinal in range(3)
]
PAGES = [known(document) for document in DOCUMENTS]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "labels.sqlite"


@pytest.fixture
def ledger(path: Path) -> Iterator[StoreLedger]:
    made = StoreLedger(path, {}, ["/corpus/a.jsonl"])
    yield made
    made.close()


@pytest.mark.parametrize(
    ("before", "is_on", "changed"),
    [(0, True, 3), (1, True, 2), (2, True, 1), (3, False, 3)],
)
def test_many_pages_are_labelled_unless_all_of_them_are(
    before: int, is_on: bool, changed: int, ledger: StoreLedger
) -> None:
    for document in DOCUMENTS[:before]:
        assert ledger.label(document, "good") is True
    assert ledger.label_all(PAGES, "good") == (is_on, changed)
    assert [ledger.labels_at(page.ref) for page in PAGES] == [("good",) if is_on else ()] * 3
    ledger.undo()
    assert [ledger.labels_at(page.ref) for page in PAGES] == [*[("good",)] * before, *[()] * (3 - before)]


def test_a_page_that_stands_twice_among_many_counts_once(ledger: StoreLedger) -> None:
    ledger.label(DOCUMENTS[0], "good")
    assert ledger.label_all([PAGES[0], PAGES[0]], "good") == (False, 1)


@pytest.mark.parametrize(("pages", "said"), [(1, "good added to ‘Rain’"), (2, "good added to 2 pages")])
def test_a_page_that_was_alone_is_named_and_led_to_when_it_is_taken_back(
    pages: int, said: str, ledger: StoreLedger
) -> None:
    ledger.label_all(PAGES[:pages], "good")
    undone = ledger.undo()
    assert undone is not None
    assert str(undone.said) == said
    assert undone.ref == (PAGES[0].ref if pages == 1 else None)


@pytest.mark.parametrize("length", [39, 40, 41])
def test_forty_characters_of_a_title_name_a_page(length: int, ledger: StoreLedger) -> None:
    ledger.label(replace(DOCUMENTS[0], title="x" * length), "good")
    undone = ledger.undo()
    assert undone is not None
    assert str(undone.said) == f"good added to ‘{'x' * min(length, 40)}’"


def test_marks_notes_and_the_place_where_one_left_are_kept(path: Path) -> None:
    first = StoreLedger(path, {}, ["/corpus/a.jsonl"])
    assert (first.marked("a"), first.note(DOCUMENTS[0]), first.undo()) == (None, "", None)
    first.close()
    assert not path.exists(), "who decides nothing needs no store"
    first.mark("a", DOCUMENTS[1], 0)
    first.write_note(DOCUMENTS[1], "look again")
    first.leave({"ordinal": 1})
    first.close()
    assert left(path, ["/corpus/a.jsonl"]) == (["/corpus/a.jsonl"], {"ordinal": 1})
    assert left(path, []) == (["/corpus/a.jsonl"], {"ordinal": 1})
    assert left(path, ["/corpus/b.jsonl"]) == (["/corpus/b.jsonl"], {})
    second = StoreLedger(path, {}, [])
    assert second.marked("a") == (PAGES[1].ref, 0)
    assert (second.note(DOCUMENTS[1]), second.note(DOCUMENTS[0])) == ("look again", "")
    second.close()


def test_standard_input_can_not_be_gone_back_to(path: Path) -> None:
    ledger = StoreLedger(path, {}, ["-", "/corpus/a.jsonl"])
    ledger.leave({"ordinal": 1})
    ledger.close()
    with pytest.raises(UsageError, match="nothing to resume"):
        left(path, [])


@pytest.mark.parametrize("newer", [0, 1])
def test_a_store_is_opened_up_to_this_version(newer: int, path: Path) -> None:
    Store(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {VERSION + newer}")
    connection.close()
    if newer:
        with pytest.raises(StoreError, match="newer copydesk"):
            Store(path)
    else:
        Store(path).close()


@pytest.mark.parametrize("patience_s", [database.BUSY_S, 0.0])
def test_another_copydesk_that_is_writing_is_waited_for(
    patience_s: float, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_S", patience_s)
    with Store(path) as store:
        other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        end = threading.Timer(0.3, other.execute, ["COMMIT"])
        end.start()
        if patience_s:
            store.label(PAGES[:1], "good")
        else:
            with pytest.raises(StoreError, match="locked by another program"):
                store.label(PAGES[:1], "good")
        end.join()
        other.close()
        assert store.counts() == ({"good": 1} if patience_s else {})


def test_labels_are_known_by_place_where_a_file_has_some_and_by_bytes_elsewhere(path: Path) -> None:
    assert Labelled(path).at(PAGES[0].ref) == ()
    with Store(path) as store:
        store.label(PAGES[:1], "good")
    seen = Labelled(path)
    assert [seen.at(page.ref) for page in PAGES] == [("good",), (), ()]
    assert seen.at(Ref("/corpus/b.jsonl", 0)) is None
    assert [seen.of(document) for document in DOCUMENTS[:2]] == [(("good",), ""), ((), "")]
