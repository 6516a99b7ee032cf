"""SQLite databases: rows as pages, nothing written, damage."""

import gzip
import json
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from base64 import b64decode
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import pytest
import zstandard
from troubles import trouble

from tui import loader, sources
from tui.core.errors import SourceError
from tui.core.model import Item, Limits, Options, Ref
from tui.core.questions import Source
from tui.sources import Tally
from tui.sources.formats import sqlite as sqlite_format
from tui.sources.streams.spool import copy_into


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
    assert sources.read(refs[2], Limits(), Options(fields=(("body", "url"),))).payload == b"https://example.org/3"


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
        {"k": "a", "v": {"$base64": True, "encoded": "AP8="}},
        {"k": "b", "v": None},
    ]


HTML = "<meta charset=gb2312><title>标题</title><p>今天下了一整天的雨，没有人出门。</p>".encode("gb18030")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def test_bytes_in_a_cell_are_a_page_and_stay_what_they_are(tmp_path: Path) -> None:
    path = write(tmp_path / "a.db", "CREATE TABLE pages (url TEXT, text TEXT, html BLOB)")
    cast = "INSERT INTO pages VALUES ('u', CAST(? AS TEXT), NULL)"
    with closing(sqlite3.connect(path)) as database, database:
        database.executemany("INSERT INTO pages VALUES ('u', ?, ?)", [(None, HTML), (None, PNG), ("rain", PNG)])
        database.execute(cast, ["今天下了一整天的雨，没有人出门。".encode("gbk")])
    refs, _ = scan(path)
    pages = [sources.read(ref, Limits()) for ref in refs]
    assert [page.payload for page in pages[:3]] == [HTML, PNG, b"rain"]
    assert [page.media for page in pages] == ["text/html", "application/octet-stream", "text/plain", "text/plain"]
    assert str(pages[1].problems[0]).startswith(f"{path}: pages: a PNG image, 264 bytes, not text")
    documents = [loader.load(ref, Options(), Limits()) for ref in refs]
    assert (documents[0].title, documents[0].charset.by) == ("标题", "meta")
    assert documents[3].text == "今天下了一整天的雨，没有人出门。"
    assert [document.sha256 for document in documents[:2]] == [sha256(HTML).hexdigest(), sha256(PNG).hexdigest()]
    original = loader.source(Source(refs[1], Options()), Limits())
    assert (original.raw, original.text) == (PNG, "")
    assert b64decode(json.loads(original.record)["html"]["encoded"]) == PNG


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, zstandard.compress])
def test_a_page_that_a_crawler_has_compressed_in_a_cell_is_read(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path, packed = write(tmp_path / "a.db", "CREATE TABLE pages (url TEXT, html BLOB)"), pack(HTML)
    with closing(sqlite3.connect(path)) as database, database:
        database.executemany("INSERT INTO pages VALUES ('u', ?)", [(packed,), (packed[:-9],), (packed[:2] + HTML,)])
    (whole, cut, chance), _ = scan(path)
    page = sources.read(whole, Limits())
    assert (page.payload, page.problems) == (HTML, ())
    assert b64decode(json.loads(sources.stored(whole, Limits()))["html"]["encoded"]) == packed
    document = loader.load(whole, Options(), Limits())
    assert (document.title, document.charset.name, document.sha256) == ("标题", "gb18030", sha256(HTML).hexdigest())
    limited = sources.read(whole, Limits(page_bytes=9))
    assert (limited.payload, limited.clipped > 0) == (HTML[:9], True)
    if packed.startswith(b"\x1f\x8b"):
        assert [problem.code for problem in sources.read(cut, Limits()).problems] == ["content_damaged"]
    assert sources.read(chance, Limits()).payload == packed[:2] + HTML


def left_by_a_killed_writer(tmp_path: Path, statement: str, *, journal: str) -> Path:
    """A database as its last writer left it: copied while it was being written."""
    path = fill(tmp_path / "live.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute(f"PRAGMA journal_mode = {journal}")
        writer.execute("PRAGMA cache_size = 1")
        for one in statement.split(";"):
            writer.execute(one)
        (tmp_path / "left").mkdir()
        for end in ("", f"-{journal}" if journal == "wal" else "-journal"):
            shutil.copy(f"{path}{end}", tmp_path / "left" / f"a.db{end}")
    return tmp_path / "left" / "a.db"


ADDED = """INSERT INTO "my ""pages" VALUES (90, 'u', 'new', 1)"""
TORN = (
    """BEGIN; UPDATE "my ""pages" SET text = hex(randomblob(9000)); INSERT INTO "my ""pages" VALUES (90, 'u', '', 1)"""
)


@pytest.mark.parametrize(("statement", "journal", "count"), [(ADDED, "wal", 6), (TORN, "delete", 5)])
def test_what_a_killed_writer_left_is_read_as_sqlite_would_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statement: str, journal: str, count: int
) -> None:
    path = left_by_a_killed_writer(tmp_path, statement, journal=journal)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    before = {each.name: each.read_bytes() for each in path.parent.iterdir()}
    refs, _ = scan(path)
    assert len(refs) == count
    assert sources.read(refs[0], Limits()).payload == "雨 1".encode()
    assert {each.name: each.read_bytes() for each in path.parent.iterdir()} == before
    assert not list((tmp_path / "temporary").iterdir())


def test_a_log_that_is_too_large_to_copy_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = left_by_a_killed_writer(tmp_path, ADDED, journal="wal")
    monkeypatch.setattr(sqlite_format, "SPOOL_BYTES", 100)
    assert str(trouble(scan(path)[0][0])).endswith("open it once with sqlite3")


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_a_database_that_is_written_to_is_read_and_the_writer_never_waits(tmp_path: Path, journal: str) -> None:
    path = fill(tmp_path / "a.db")
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as writer:
        writer.execute(f"PRAGMA journal_mode = {journal}")
        writer.execute(ADDED)
        pages = sources.scan([str(path)], Tally())
        first = next(pages)
        writer.execute("""DELETE FROM "my ""pages" WHERE id = 90""")
        assert len([first, *pages]) == 6
        assert sources.read(first, Limits()).payload == "雨 1".encode()
        writer.execute("""UPDATE "my ""pages" SET text = 'changed' WHERE id = 10""")
        assert sources.read(first, Limits()).payload == b"changed"
        assert not [each for each in tmp_path.iterdir() if each.name.endswith("-shm")] or journal == "wal"


def test_while_another_program_holds_a_database_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = fill(tmp_path / "a.db")
    monkeypatch.setattr(sqlite_format, "BUSY_S", 0)
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        (row,), _ = scan(path)
    assert "locked by another program" in str(trouble(row))


def test_rows_are_found_in_batches_each_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_format, "_BATCH_ROWS", 2)
    path = write(
        tmp_path / "a.db",
        "CREATE TABLE pages (id INTEGER PRIMARY KEY, text TEXT)",
        *(f"INSERT INTO pages VALUES ({key}, 'x')" for key in (-(2**63), -5, 7, 2**63 - 1)),  # noqa: S608 - ours
    )
    assert [ref.offset for ref in scan(path)[0]] == [-(2**63), -5, 7, 2**63 - 1]


def test_no_copy_of_a_packed_database_has_a_name_while_it_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = fill(tmp_path / "a.db")
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = WAL")
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, "a.db")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    named: list[list[Path]] = []

    def watched(copy: BinaryIO, stream: BinaryIO, place: str) -> None:
        copy_into(copy, stream, place)
        named.append(list((tmp_path / "temporary").iterdir()))

    monkeypatch.setattr(sqlite_format, "copy_into", watched)
    refs, _ = scan(tmp_path / "a.zip")
    assert sources.read(refs[0], Limits()).payload == "雨 1".encode()
    assert named == [[]] * len(named) != []
    assert not list((tmp_path / "temporary").iterdir())


def test_a_damaged_database_says_so(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.db")
    path.write_bytes(path.read_bytes()[:3000])
    refs, _ = scan(path)
    assert str(trouble(refs[-1])).startswith(f"{path}: ")


def test_a_row_that_is_gone_says_what_to_do(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.db")
    with pytest.raises(SourceError, match="that row no longer exists; open the file again"):
        sources.read(Ref(str(path), 0, "sqlite", 7, 1, 'my "pages'), Limits())


def test_views_are_read_where_no_table_has_text_and_are_aside_elsewhere(tmp_path: Path) -> None:
    view = "CREATE VIEW pages AS SELECT a AS title, b AS text FROM docs"
    rows = "INSERT INTO docs VALUES ('Rain', 'It rained'), ('Wind', 'It blew')"
    path = write(tmp_path / "a.db", "CREATE TABLE docs (a, b)", rows, view)
    refs, _ = scan(path)
    assert [(page.title, page.payload) for page in (sources.read(ref, Limits()) for ref in refs[::-1])] == [
        ("Wind", b"It blew"),
        ("Rain", b"It rained"),
    ]
    path = write(tmp_path / "b.db", "CREATE TABLE docs (a, text)", rows, view.replace(" b ", " text "))
    refs, tally = scan(path)
    assert ([ref.member for ref in refs], tally.asides) == (["docs", "docs"], 2)
    path = write(tmp_path / "c.db", "CREATE TABLE docs (a, b)", rows, "CREATE VIEW other AS SELECT a FROM docs")
    refs, tally = scan(path)
    assert ([ref.member for ref in refs], tally.asides) == (["docs", "docs"], 2)


def test_a_table_whose_fields_are_named_in_capitals_has_text(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.db",
        "CREATE TABLE Authors (Id INTEGER, Other TEXT)",
        "INSERT INTO Authors VALUES (1, 'Ann')",
        "CREATE TABLE Posts (Id INTEGER, Title TEXT, Body TEXT)",
        "INSERT INTO Posts VALUES (1, 'Rain', 'It rained.')",
    )
    refs, _ = scan(path)
    (page,) = [sources.read(ref, Limits()) for ref in refs]
    assert (page.title, page.payload, page.record) == ("Rain", b"It rained.", {"Id": 1})


def searched(path: Path, made: str, *, with_rows: str = "t") -> list[Ref]:
    with closing(sqlite3.connect(path)) as database:
        database.executescript(made)
        for row in (("Rain", "It rained all day."), ("Wind", "It blew.")):
            database.execute(f"INSERT INTO {with_rows} (title, body) VALUES (?, ?)", row)  # noqa: S608 - our own names
        database.commit()
    return [ref for ref in sources.scan([str(path)], Tally()) if isinstance(ref, Ref)]


@pytest.mark.parametrize("module", ["fts5", "fts4", "FTS3"])
def test_a_table_for_full_text_search_has_its_rows_with_the_names_of_its_columns(tmp_path: Path, module: str) -> None:
    found = searched(tmp_path / "a.db", f"CREATE VIRTUAL TABLE t USING {module}(title, body)")
    assert [ref.member for ref in found] == ["t", "t"]
    made = [sources.read(ref, Limits()) for ref in found]
    assert [(page.title, page.payload) for page in made] == [("Rain", b"It rained all day."), ("Wind", b"It blew.")]
    assert json.loads(sources.stored(found[1], Limits())) == {"title": "Wind", "body": "It blew."}


def test_rows_that_lie_in_a_table_of_their_own_come_from_there(tmp_path: Path) -> None:
    made = """CREATE TABLE posts (id INTEGER PRIMARY KEY, title, body);
        CREATE VIRTUAL TABLE t USING fts5(title, body, content=posts, content_rowid=id)"""
    assert [ref.member for ref in searched(tmp_path / "a.db", made, with_rows="posts")] == ["posts", "posts"]


def test_a_table_for_full_text_search_that_is_damaged_shows_what_it_is_made_of(tmp_path: Path) -> None:
    searched(tmp_path / "a.db", "CREATE VIRTUAL TABLE t USING fts5(title, body)")
    with closing(sqlite3.connect(tmp_path / "a.db")) as database:
        database.execute("DELETE FROM t_config")
        database.execute("DROP TABLE t_data")
        database.commit()
    found = [ref for ref in sources.scan([str(tmp_path / "a.db")], Tally()) if isinstance(ref, Ref)]
    assert "It blew." in " ".join(sources.read(ref, Limits()).payload.decode() for ref in found)
