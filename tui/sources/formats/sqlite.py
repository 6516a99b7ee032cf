"""SQLite databases: a row of a table with text in it is a page. No file beside them is made, mended or taken away."""

import os
import re
from collections.abc import Iterator
from contextlib import closing, suppress
from io import FileIO
from typing import TYPE_CHECKING, Any, BinaryIO

from tui.core.errors import SourceError
from tui.core.model import Ref, Trouble
from tui.core.problems import Reason, unreadable
from tui.core.values import replace
from tui.sources.base import Aside, Head, Record
from tui.sources.parsing.columns import row_format
from tui.sources.parsing.record_names import BODY_FIELDS
from tui.sources.streams.files import open_regular, path_of, printable
from tui.sources.streams.opening import display_name, kept_content, open_content
from tui.sources.streams.route import SEPARATOR
from tui.sources.streams.spool import SPOOL_BYTES, copy_into

if TYPE_CHECKING:
    import sqlite3

_MAGIC = b"SQLite format 3\x00"
_BATCH_ROWS = 10_000
_TABLES = """SELECT name, sql FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    ORDER BY type, name"""
_VIRTUAL = re.compile(r"CREATE VIRTUAL\b")
_SEARCHED = re.compile(r"\bUSING\s{1,9}fts[345]\b", re.IGNORECASE)
"""A table for full-text search, whose rows lie in a table without names of columns, or in one of the user's own."""
_SHADOWS = ("content", "data", "idx", "docsize", "config", "segments", "segdir", "stat")
"""Ends of the names of the tables that one is made of."""
_VIEWS = "SELECT name FROM sqlite_schema WHERE type = 'view'"
_VERSIONS = slice(18, 20)
"""Bytes of the header that say how the database is written and read; 2: through a log."""
_BESIDE = ("-wal", "-journal")
"""Ends of the names of the files that hold what a database lacks (its log), or what is to be taken back."""
BUSY_S = 5.0
"""Seconds for which another program may hold a database before that is said."""


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
            fitting = _fitting(database, tables)
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


def _fitting(database: "sqlite3.Connection", tables: list[str]) -> list[str]:
    """The tables with a field of text, else the views with one, which mostly say what tables say, else all tables."""
    views = {_name(name) for (name,) in database.execute(_VIEWS)}
    with_text = [name for name in tables if not {*_columns(database, name)}.isdisjoint(BODY_FIELDS)]
    real = [name for name in tables if name not in views]
    return [name for name in with_text if name not in views] or with_text or real or tables


def _has_rowid(database: "sqlite3.Connection", table: str) -> bool:
    import sqlite3

    try:
        row = database.execute(f"SELECT rowid FROM {table} LIMIT 1").fetchone()  # noqa: S608 - quoted by the caller
    except sqlite3.OperationalError:
        return False
    return row is None or row[0] is not None  # views have NULL in some versions


def _columns(database: "sqlite3.Connection", name: str) -> list[str]:
    """The names of a table's columns, also without their capitals."""
    names = [_name(row[1]) for row in database.execute(f"PRAGMA table_info({_quoted(name)})")]
    return [*names, *(name.lower() for name in names)]


def _tables(database: "sqlite3.Connection") -> list[str]:
    """Those that can be read, a table for full-text search in place of what it is made of."""
    made = {_name(name): _name(sql or "") for name, sql in database.execute(_TABLES)}
    virtual = {name for name, sql in made.items() if _VIRTUAL.match(sql)}
    searched = {
        name
        for name in virtual
        if _SEARCHED.search(made[name]) and f"{name}_content" in made and _is_readable(database, name)
    }
    shadows = {f"{name}_{end}" for name in searched for end in _SHADOWS}
    return [name for name in made if name not in shadows and (name not in virtual or name in searched)]


def _is_readable(database: "sqlite3.Connection", name: str) -> bool:
    """Whether SQLite was built with what a virtual table needs, and that finds it whole."""
    import sqlite3

    try:
        database.execute(f"SELECT * FROM {_quoted(name)} LIMIT 1").fetchone()  # noqa: S608 - quoted
    except sqlite3.DatabaseError:
        return False
    return True


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


def opened(ref: Ref, below: BinaryIO | None = None) -> "sqlite3.Connection":
    """Open a database; what is packed in any way is copied to where SQLite can reach it.

    So is one whose last writer didn't tidy up: what stands in its log is read, what it hadn't finished is taken back,
    and the files stay as they are. Raises SourceError or sqlite3.Error.
    """
    import sqlite3

    with open_content(ref, below) as stream:
        if not isinstance(stream, FileIO):
            return _copied(stream, "", display_name(ref))
        path = os.path.realpath(path_of(ref))  # the log lies beside the file that a link leads to
        is_logged = stream.read(_VERSIONS.stop)[_VERSIONS] == b"\x02\x02"
        has_log = _stamp(f"{path}-wal")[0] > 0
        if is_logged and not has_log:
            return _ready(_connected(path, "mode=ro&immutable=1"))  # else SQLite makes a log
        if not is_logged or os.path.exists(f"{path}-shm"):  # noqa: PTH110 - paths are plain strings all the way
            try:
                return _ready(_connected(path, "mode=ro"))
            except sqlite3.OperationalError as error:
                if not error.sqlite_errorname.startswith("SQLITE_READONLY"):
                    raise
        return _copied(stream, path, display_name(ref))


def _copied(stream: BinaryIO, path: str, place: str) -> "sqlite3.Connection":
    """Open a copy that nobody else has; `path` is where the stream comes from, with files beside it, or empty.

    SQLite opens it while it is empty, and it has no name while it is filled: a process that is killed then leaves none
    behind. Only a log or a journal has to have a name until SQLite has read it. Raises SourceError or sqlite3.Error.
    """
    import tempfile  # 4 ms of every first page, which few need

    before = [_stamp(path + end) for end in ("", *_BESIDE)] if path else []
    if sum(size for size, _ in before) > SPOOL_BYTES:
        raise SourceError(Reason("too_large_to_copy", {"most": SPOOL_BYTES >> 20}), place)
    descriptor, name = tempfile.mkstemp(prefix="copydesk-")
    try:
        with os.fdopen(descriptor, "wb") as copy:
            database = _connected(name, "mode=rw")
            os.unlink(name)  # noqa: PTH108 - as above
            copy_into(copy, stream, place)
        _new(name).close()  # whose permissions SQLite gives to a log
        for end, (size, _) in zip(_BESIDE, before[1:], strict=False):
            if size > 0:
                with open_regular(Ref(path + end, 0)) as beside, _new(name + end) as copy:
                    copy_into(copy, beside, place)
        if before != [_stamp(path + end) for end in ("", *_BESIDE)][: len(before)]:
            raise SourceError(Reason("store_busy"), place)
        database.execute("PRAGMA locking_mode = EXCLUSIVE")  # keeps the index of a log in memory
        return _ready(database)
    finally:
        for end in ("", *_BESIDE):
            with suppress(FileNotFoundError):
                os.unlink(name + end)  # noqa: PTH108 - as above


def _connected(path: str, how: str) -> "sqlite3.Connection":
    import sqlite3
    from urllib.parse import quote

    name = f"file:{quote(os.fsencode(path))}?{how}"
    return sqlite3.connect(name, uri=True, timeout=BUSY_S, check_same_thread=False)


def _ready(database: "sqlite3.Connection") -> "sqlite3.Connection":
    """Have SQLite look at the files: their names may be gone afterwards."""
    database.execute("PRAGMA query_only = ON")
    database.execute("PRAGMA schema_version").fetchone()
    database.text_factory = _text
    return database


def _text(content: bytes) -> str | bytes:
    """Text that is no UTF-8 stays what it is: bytes."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content


def _new(path: str) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb")


def _stamp(path: str) -> tuple[int, int]:
    """Size of a file in bytes, and when it was last written, in nanoseconds; (-1, 0): there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116 - as above
    except FileNotFoundError:
        return -1, 0
    return status.st_size, status.st_mtime_ns


_databases: "dict[BinaryIO, sqlite3.Connection]" = {}
"""The database that was read last, by the stream that is kept of its file."""


FORMAT = row_format("sqlite", claims, scan, _record, _place, outlives_changes=True)
