"""SQLite databases: a row of a table with text in it is a page. They are opened so that nothing is ever written."""

import os
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

from tui.errors import SourceError
from tui.model import Fields, Limits, Ref
from tui.page import RawPage
from tui.sources._base import Aside, Head, Source, path_of, shown
from tui.sources._record import BODY_FIELDS, as_json, page

if TYPE_CHECKING:
    import sqlite3

_MAGIC = b"SQLite format 3\x00"
_BATCH_ROWS = 10_000
_TABLES = """SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"""


def claims(head: Head) -> bool:
    """Say whether the file starts with SQLite's mark."""
    return head.start.startswith(_MAGIC)


def scan(whole: Ref) -> Iterator[Ref | Aside]:
    """Yield each row of the tables that have a field of text; of other tables as `Aside`, unless there are only such.

    Raises SourceError if the database can't be read.
    """
    import sqlite3

    ordinal = whole.ordinal
    try:
        with closing(_opened(whole)) as database:
            tables = [name for (name,) in database.execute(_TABLES)]
            fitting = [name for name in tables if not {*_columns(database, name)}.isdisjoint(BODY_FIELDS)] or tables
            for name in tables:
                for number in _numbers(database, name):
                    ref = Ref(whole.source, ordinal, SOURCE.name, number, 1, name, "", whole.spool)
                    yield ref if name in fitting else Aside(ref)
                    ordinal += name in fitting
    except sqlite3.Error as error:
        said = f"{shown(whole.source)}: {error}; what came before is shown"
        yield Ref(whole.source, ordinal, trouble=said, spool=whole.spool)


def read(ref: Ref, limits: Limits, fields: Fields = ()) -> RawPage:
    """Read one row. Raises SourceError if it can't be read."""
    record = _record(ref)
    return page(ref, record, as_json(record), limits, fields, lambda: _where(ref))


def stored(ref: Ref, limits: Limits) -> bytes:
    """Return the row as a line of JSON, clipped: in the file it may lie in pieces. Raises SourceError."""
    return as_json(_record(ref))[: limits.page_bytes]


def _record(ref: Ref) -> dict[str, Any]:
    import sqlite3

    table = _quoted(ref.member or "")
    try:
        with closing(_opened(ref)) as database:
            key = "rowid = ?" if _has_rowid(database, table) else "1 LIMIT 1 OFFSET ?"
            cursor = database.execute(f"SELECT * FROM {table} WHERE {key}", (ref.offset,))  # noqa: S608 - quoted above
            row = cursor.fetchone()
            names = [column[0] for column in cursor.description]
    except sqlite3.Error as error:
        raise SourceError(f"{_where(ref)}: {error}; the row can't be read") from error
    if row is None:
        raise SourceError(f"{_where(ref)}: there is no such row any more; open the file again")
    return {
        name: value.decode("utf-8", "replace") if isinstance(value, bytes) and name in BODY_FIELDS else value
        for name, value in zip(names, row, strict=True)
    }


def _numbers(database: "sqlite3.Connection", name: str) -> Iterator[int]:
    """The rowids of a table in order, or, where it has none, the places of its rows."""
    table = _quoted(name)
    if not _has_rowid(database, table):
        yield from range(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - quoted above
        return
    cursor = database.execute(f"SELECT rowid FROM {table} ORDER BY rowid")  # noqa: S608 - quoted above
    while rows := cursor.fetchmany(_BATCH_ROWS):
        yield from (number for (number,) in rows)


def _has_rowid(database: "sqlite3.Connection", table: str) -> bool:
    import sqlite3

    try:
        database.execute(f"SELECT rowid FROM {table} LIMIT 0")  # noqa: S608 - quoted by the caller
    except sqlite3.OperationalError:
        return False
    return True


def _columns(database: "sqlite3.Connection", name: str) -> list[str]:
    return [row[1] for row in database.execute(f"PRAGMA table_info({_quoted(name)})")]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _where(ref: Ref) -> str:
    return f"{shown(ref.source)}: table {shown(ref.member or '')}, row {ref.offset:,}"


def _opened(ref: Ref) -> "sqlite3.Connection":
    """Open the database for reading; `immutable` keeps SQLite from making or mending files beside it."""
    import sqlite3
    from urllib.parse import quote

    path = path_of(ref)
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - paths are plain strings all the way
            is_bare = stream.read(len(_MAGIC)) == _MAGIC
    except OSError as error:
        raise SourceError(f"{shown(ref.source)}: {error.strerror}; check the name") from error
    if not is_bare:
        raise SourceError(f"{shown(ref.source)}: an SQLite database can't be read while it is compressed; unpack it")
    database = sqlite3.connect(f"file:{quote(os.fsencode(path))}?immutable=1", uri=True)
    database.execute("PRAGMA query_only = ON")
    database.text_factory = lambda content: content.decode("utf-8", "replace")
    return database


SOURCE = Source("sqlite", 7, claims, scan, read, is_binary=True, stored=stored, read_as=read)
