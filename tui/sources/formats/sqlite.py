"""SQLite databases: a row of a table with text in it is a page."""

from collections.abc import Iterator
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO

from tui.core.errors import SourceError
from tui.core.model import Fields, Limits, Ref, Trouble
from tui.core.page import RawPage
from tui.core.problems import Reason, unreadable
from tui.core.values import replace
from tui.sources.base import Aside, Format, Head, Record
from tui.sources.parsing.pages import BODY_FIELDS, as_json, page
from tui.sources.streams.databases import opened
from tui.sources.streams.files import printable
from tui.sources.streams.opening import display_name, kept_content
from tui.sources.streams.route import SEPARATOR

if TYPE_CHECKING:
    import sqlite3

_MAGIC = b"SQLite format 3\x00"
_BATCH_ROWS = 10_000
_TABLES = """SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"""


def claims(head: Head) -> bool:
    """Say whether the file starts with SQLite's mark."""
    return head.start.startswith(_MAGIC)


def scan(file: Ref, below: BinaryIO | None = None) -> Iterator[Record]:
    """Yield each row of the tables that have a field of text; of other tables as `Aside`, unless there are only such.

    Raises SourceError if the database can't be read.
    """
    import sqlite3

    ordinal = file.ordinal
    try:
        with closing(opened(file, below)) as database:
            tables = _tables(database)
            fitting = [name for name in tables if not {*_columns(database, name)}.isdisjoint(BODY_FIELDS)] or tables
            for name in tables:
                member = f"{file.member}{SEPARATOR}{name}" if file.member else name
                for number in _numbers(database, name):
                    ref = Ref(file.source, ordinal, FORMAT.name, number, 1, member, file.spool, "", file.route)
                    yield ref if name in fitting else Aside(ref)
                    ordinal += name in fitting
    except (sqlite3.Error, UnicodeDecodeError) as error:  # it quotes damaged bytes
        reason = Reason("database_stops", {"error": _why(error)})
        yield Trouble.at(replace(file, ordinal=ordinal), unreadable(reason, display_name(file)))
        return
    if ordinal == file.ordinal and not tables:
        yield Trouble.at(file, unreadable(Reason("no_tables"), display_name(file)))


def read(ref: Ref, limits: Limits, fields: Fields = ()) -> RawPage:
    """Read one row. Raises SourceError if it can't be read."""
    record = _record(ref)
    return page(ref, record, partial(as_json, record), limits, fields, place=lambda: _place(ref))


def stored(ref: Ref, limits: Limits) -> bytes:
    """Return the row as a line of JSON, clipped: in the file it may lie in pieces. Raises SourceError."""
    return as_json(_record(ref))[: limits.page_bytes]


def _record(ref: Ref) -> dict[str, Any]:
    import sqlite3

    try:
        database = _kept(ref)
        table = _quoted(_table(database, ref))
        key = "rowid = ?" if _has_rowid(database, table) else "1 LIMIT 1 OFFSET ?"
        cursor = database.execute(f"SELECT * FROM {table} WHERE {key}", (ref.offset,))  # noqa: S608 - quoted above
        row = cursor.fetchone()
        names = [column[0] for column in cursor.description]
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise SourceError(
            Reason("table_row_unreadable", {"place": _place(ref), "error": _why(error)}), printable(ref.source)
        ) from error
    if row is None:
        raise SourceError(Reason("no_table_row", {"place": _place(ref)}), printable(ref.source))
    return dict(zip(names, row, strict=True))


def _numbers(database: "sqlite3.Connection", name: str) -> Iterator[int]:
    """The rowids of a table in order, or, where it has none, the places of its rows."""
    table = _quoted(name)
    if not _has_rowid(database, table):
        yield from range(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - quoted above
        return
    beyond, last = "", ()
    while True:  # each batch for itself: a reader in the middle of a table keeps others from writing
        query = f"SELECT rowid FROM {table} {beyond} ORDER BY rowid LIMIT {_BATCH_ROWS}"  # noqa: S608 - quoted above
        rows = database.execute(query, last).fetchall()
        yield from (number for (number,) in rows)
        if len(rows) < _BATCH_ROWS:
            return
        beyond, last = "WHERE rowid > ?", rows[-1]


def _has_rowid(database: "sqlite3.Connection", table: str) -> bool:
    import sqlite3

    try:
        database.execute(f"SELECT rowid FROM {table} LIMIT 0")  # noqa: S608 - quoted by the caller
    except sqlite3.OperationalError:
        return False
    return True


def _columns(database: "sqlite3.Connection", name: str) -> list[str]:
    return [_name(row[1]) for row in database.execute(f"PRAGMA table_info({_quoted(name)})")]


def _tables(database: "sqlite3.Connection") -> list[str]:
    return [_name(name) for (name,) in database.execute(_TABLES)]


def _name(name: str | bytes) -> str:
    """A name of the schema; in one that is damaged it may be no UTF-8."""
    return name if isinstance(name, str) else name.decode("utf-8", "replace")


def _why(error: "sqlite3.Error | UnicodeDecodeError") -> str | Reason:
    is_busy = getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY")
    return Reason("store_busy") if is_busy else str(error)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _table(database: "sqlite3.Connection", ref: Ref) -> str:
    """The table that a reference names: all of its member, or in an archive the last part of it."""
    member = ref.member or ""
    if not ref.route:
        return member
    tables = [name for name in _tables(database) if f"{SEPARATOR}{member}".endswith(f"{SEPARATOR}{name}")]
    return max(tables, key=len, default=member)


def _place(ref: Ref) -> Reason:
    return Reason("table_row", {"table": printable(ref.member or ""), "row": ref.offset})


def _kept(ref: Ref) -> "sqlite3.Connection":
    """The database of a reference, open already if it was the last one. Raises SourceError."""
    stream = kept_content(ref)
    if stream not in _databases:
        for old in _databases.values():
            old.close()
        _databases.clear()
        _databases[stream] = opened(ref)
    return _databases[stream]


_databases: "dict[BinaryIO, sqlite3.Connection]" = {}
"""The database that was read last, by the stream that is kept of its file."""


FORMAT = Format("sqlite", 7, claims, scan, read, is_binary=True, stored=stored, read_as=read, outlives_changes=True)
