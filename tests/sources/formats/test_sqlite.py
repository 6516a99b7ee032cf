"""SQLite databases: rows as pages, nothing written, damage."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from troubles import trouble

from tui import sources
from tui.core.errors import SourceError
from tui.core.model import Item, Limits, Ref
from tui.sources import Tally


def write(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path)) as database, database:
        for statement in statements:
            database.execute(statement)
    return path


PAGES = 'CREATE TABLE "my ""pages" (id INTEGER PRIMARY KEY, url TEXT, text TEXT, score REAL)'


def fill(path: Path) -> Path:
    rows = [
        f"""INSERT INTO "my ""pages" VALUES ({n * 10}, 'https://example.org/{n}', '雨 {n}', 0.5)"""  # noqa: S608 - our own numbers
        for n in range(1, 6)
    ]
    return write(path, PAGES, "CREATE TABLE seen (host TEXT)", "INSERT INTO seen VALUES ('x')", *rows)


def scan(path: Path, all_records: bool = False) -> tuple[list[Item], Tally]:
    tally = Tally()
    return list(sources.scan([str(path)], tally, all_records)), tally


def test_rows_with_text_are_pages_and_other_rows_are_set_aside(tmp_path: Path) -> None:
    path = fill(tmp_path / "crawl #1?.db")
    refs, tally = scan(path)
    assert [sources.read(ref, Limits()).payload.decode() for ref in refs[::-1]] == [f"雨 {n}" for n in range(5, 0, -1)]
    assert [(ref.member, ref.offset) for ref in refs[:2]] == [('my "pages', 10), ('my "pages', 20)]
    assert tally.asides == 1
    assert len(scan(path, all_records=True)[0]) == 6
    page = sources.read(refs[2], Limits())
    assert (page.url, page.record) == ("https://example.org/3", {"id": 30, "score": 0.5})
    assert json.loads(sources.stored(refs[2], Limits()))["id"] == 30
    assert sources.read(refs[2], Limits(), (("body", "url"),)).payload == b"https://example.org/3"


def test_looking_writes_nothing(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.db")
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = WAL")
    before = path.read_bytes(), sorted(tmp_path.iterdir())
    refs, _ = scan(path)
    assert sources.read(refs[0], Limits()).payload == "雨 1".encode()
    assert (path.read_bytes(), sorted(tmp_path.iterdir())) == before


def test_tables_without_row_ids_and_without_text_are_shown_too(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.db",
        "CREATE TABLE t (k TEXT PRIMARY KEY, v BLOB) WITHOUT ROWID",
        "INSERT INTO t VALUES ('a', x'00ff'), ('b', NULL)",
    )
    refs, _ = scan(path)
    assert [json.loads(sources.stored(ref, Limits())) for ref in refs] == [
        {"k": "a", "v": "2 bytes: 00ff"},
        {"k": "b", "v": None},
    ]


def test_a_damaged_database_says_so(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.db")
    path.write_bytes(path.read_bytes()[:3000])
    refs, _ = scan(path)
    assert str(trouble(refs[-1])).startswith(f"{path}: ")


def test_a_row_that_is_gone_says_what_to_do(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.db")
    with pytest.raises(SourceError, match="there is no such row any more; open the file again"):
        sources.read(Ref(str(path), 0, "sqlite", 7, 1, 'my "pages'), Limits())
