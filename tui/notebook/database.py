"""An SQLite file of ours: opened by several copydesk at once, and with its faults said in one line.

Each row has a checksum in its last column, `sum`, and is read through a view `sound_…` of its table, which leaves out what
was changed by anything but us: SQLite would not notice.
"""

import fcntl
import os
import re
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import UnionType
from typing import Any, BinaryIO, TypeVar

from tui.core.errors import StoreError
from tui.core.files import close_to_others, private_file, private_folder, special_kind
from tui.core.problems import Reason, system_reason

T = TypeVar("T")

BUSY_S = 5.0
"""Seconds to wait for another copydesk that is writing."""
_UNTOUCHED = {
    sqlite3.SQLITE_BUSY: "store_busy",
    sqlite3.SQLITE_LOCKED: "store_busy",
    sqlite3.SQLITE_READONLY: "store_read_only",
    sqlite3.SQLITE_FULL: "store_full",
    sqlite3.SQLITE_IOERR: "store_out_of_reach",
    sqlite3.SQLITE_CANTOPEN: "store_closed",
}
"""The reason where it is not the file itself."""
COPY_S = 24 * 60 * 60
"""Seconds between two copies of the file, at least."""
_LOGS = ("-wal", "-shm")
"""What SQLite keeps beside a file that is open, or whose program was killed."""
_NULL = b"\xff"
"""Stands for no value in a checksum: no text has this byte."""


def files(path: Path) -> tuple[str, ...]:
    """Return the files that SQLite keeps a database in; which of them are there depends on the moment."""
    return tuple(f"{path}{end}" for end in ("", "-wal", "-shm"))


class Database:
    """The file, open. It belongs to the thread that made it; its methods raise StoreError, saying what to do."""

    def __init__(self, path: Path, schema: str, version: int) -> None:
        """Open the file, or make it with `schema`. One that may not be written can still be asked. Raises StoreError.

        `version` is raised when programs that know the one before could not read the tables. The last column of each table
        is `sum`; a version before had none.
        """
        self._path = path
        self._tables = re.findall(r"CREATE TABLE (\w+)", schema)
        self._unsound = 0
        """Rows that were asked for and left out."""
        self._is_writable = self._can_be_written()
        self._connection = sqlite3.connect(self._address(), uri=True, timeout=BUSY_S, isolation_level=None)
        # A damaged character is seen as one, and costs nothing else.
        self._connection.text_factory = lambda stored: stored.decode("utf-8", "backslashreplace")
        try:
            with self._told():
                self._prepare(schema, version)
        except StoreError:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def rows(self, kinds: Sequence[type | UnionType], query: str, *values: object) -> list[Any]:
        """Return what a query finds: rows of values of these kinds, as SQLite takes any value in any column."""
        return list(self.each(kinds, tuple, query, *values))

    def each(
        self, kinds: Sequence[type | UnionType], make: Callable[[Any], T], query: str, *values: object
    ) -> Iterator[T]:
        """Yield what `make` makes of each row. Raises StoreError at the end, when all that is sound has been yielded.

        Unsound are rows with values of other kinds, or of which `make` raises ValueError.
        """
        is_sound, unsound = True, self._unsound
        with self._told():
            for row in self._connection.execute(query, values):
                try:
                    made = make(row) if all(map(isinstance, row, kinds)) else None
                except ValueError:
                    made = None
                if made is None:
                    is_sound = False
                else:
                    yield made
        if not is_sound or self._unsound > unsound:
            raise self._damaged(Reason("odd_rows"))

    def check(self) -> None:
        """Look through all of the file. Raises StoreError if it is damaged, be it where nothing was asked for.

        A row whose key was damaged is not found any more, and no query says so.
        """
        for table in self._tables:
            self.rows((int,), f"SELECT count(*) FROM sound_{table}")  # noqa: S608 - a name from our schema
        with self._told():
            for (verdict,) in self._connection.execute("PRAGMA integrity_check(1)"):
                if verdict != "ok":
                    raise self._damaged(str(verdict).splitlines()[-1])
            for table, *_ in self._connection.execute("PRAGMA foreign_key_check"):
                raise self._damaged(Reason("row_of_no_page", {"table": str(table)}))

    def put(self, table: str, *values: str | int | None, verb: str = "INSERT OR REPLACE") -> int:
        """Write a row, within `written`; returns how many were."""
        places = ", ".join("?" * (len(values) + 1))
        row = (*values, _sum_of(table, *map(_stored, values)))
        return self._connection.execute(f"{verb} INTO {table} VALUES ({places})", row).rowcount

    def copy(self) -> None:
        """Copy the file beside it, unless there is a copy of the last day, or nothing can be written there.

        What is damaged never takes the place of a sound copy: raises StoreError.
        """
        target = copy_of(self._path)
        with suppress(FileNotFoundError):
            if 0 <= time.time() - target.stat().st_mtime < COPY_S:
                return
        if not self._is_writable:
            return
        self.check()
        draft = target.with_suffix(".draft")  # what a killed one has left is written over
        try:
            with private_file(draft, "ab") as held, suppress(BlockingIOError):
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if draft.exists() and os.path.samestat(os.fstat(held.fileno()), draft.stat()):  # else it was renamed
                    self._copy_to(draft, held)
                    draft.replace(target)
        except OSError as error:
            raise StoreError(Reason("cannot_keep", {"why": system_reason(error)}), str(target)) from error

    def _copy_to(self, draft: Path, held: BinaryIO) -> None:
        held.truncate(0)
        with self._told(), closing(sqlite3.connect(draft)) as other:
            self._connection.backup(other)
            other.execute("PRAGMA journal_mode = DELETE")  # all of it in the one file
        os.fsync(held.fileno())

    @contextmanager
    def written(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is kept, or nothing."""
        with self._told(), self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection

    def _address(self) -> str:
        # Where nothing can be written beside the file, it can only be read as it lies there, without its log.
        return self._path.absolute().as_uri() + ("" if self._is_writable else "?mode=ro&immutable=1")

    def _prepare(self, schema: str, version: int) -> None:
        found = self._version()
        if found > version:
            raise StoreError(Reason("newer_store"), str(self._path))
        self._connection.create_function("is_sound", -1, self._is_sound, deterministic=True)
        self._connection.create_function("sum_of", -1, _sum_of, deterministic=True)
        if not found:
            self._create(schema, version)
        elif found < version:
            self._add_sums(version)
        for table in self._tables:
            names = ", ".join(self._columns(table)[:-1])
            view = f"SELECT {names} FROM main.{table} WHERE is_sound('{table}', sum, {_bytes_of(names)})"  # noqa: S608 - as above
            self._connection.execute(f"CREATE TEMP VIEW sound_{table} AS {view}")
        with suppress(sqlite3.OperationalError):  # read-only, or busy: whoever opens it next can do it as well
            self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")

    def _can_be_written(self) -> bool:
        if self._path.exists() and (kind := special_kind(os.stat(self._path).st_mode)):  # noqa: PTH116 - as elsewhere
            raise StoreError(Reason("store_not_a_file", {"kind": Reason(kind)}), str(self._path))
        try:
            private_folder(self._path.parent)
            with private_file(self._path, "ab"):
                pass
            for log in _LOGS:
                with suppress(FileNotFoundError):  # made with the rights of the file itself
                    close_to_others(Path(f"{self._path}{log}"))
            return True
        except OSError as error:
            if not self._path.exists():
                raise StoreError(Reason("cannot_keep", {"why": system_reason(error)}), str(self._path)) from error
            return False

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    def _create(self, schema: str, version: int) -> None:
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            if not self._version():  # else another copydesk was faster
                for statement in schema.split(";"):
                    self._connection.execute(statement)
                self._connection.execute(f"PRAGMA user_version = {version}")

    def _columns(self, table: str) -> list[str]:
        return [str(name) for _, name, *_ in self._connection.execute(f"PRAGMA table_info({table})")]

    def _add_sums(self, version: int) -> None:
        """Have rows that a version without them wrote checked from now on."""
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            if self._version() < version:  # else another copydesk was faster
                for table in self._tables:
                    names = ", ".join(self._columns(table))
                    self._connection.execute(f"ALTER TABLE {table} ADD COLUMN sum INTEGER")
                    self._connection.execute(f"UPDATE {table} SET sum = sum_of('{table}', {_bytes_of(names)})")  # noqa: S608 - as above
                self._connection.execute(f"PRAGMA user_version = {version}")

    def _is_sound(self, table: str, kept: object, *values: bytes | None) -> bool:
        is_sound = kept == _sum_of(table, *values)
        self._unsound += not is_sound
        return is_sound

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say what is wrong with the file in our own words."""
        try:
            yield
        except (sqlite3.Error, UnicodeDecodeError) as error:  # a schema that is garbage is quoted in SQLite's own words
            reason = _UNTOUCHED.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)  # above are details
            raise (StoreError(Reason(reason), str(self._path)) if reason else self._damaged(str(error))) from error

    def _damaged(self, error: str | Reason) -> StoreError:
        """Pages are none the worse for it, and what can be read of it can be taken out before."""
        return StoreError(Reason(_DAMAGED[copy_of(self._path).exists()], {"error": error}), str(self._path))


_DAMAGED = {False: "store_damaged", True: "store_damaged_with_copy"}
"""By whether there is a copy to go back to."""


def copy_of(path: Path) -> Path:
    """Return where the copy of a file lies that is made once a day; it need not be there."""
    return path.with_suffix(".copy")


def restore(path: Path) -> Path:
    """Put the copy of a file in its place, and return where the file lies now. Raises StoreError.

    The file must not be open. Its logs, which would change whatever lies there, are moved; it keeps its own name too until
    the copy has it, so that nobody ever finds no file and begins an empty one.
    """
    copy = copy_of(path)
    if not copy.exists():
        raise StoreError(Reason("no_copy"), str(copy))
    number = 1
    while (aside := path.with_suffix(f".damaged-{number}")).exists():
        number += 1
    try:
        draft = path.with_suffix(".restored")
        with private_file(draft, "wb") as file:
            file.write(copy.read_bytes())
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            aside.hardlink_to(path)
        for log in _LOGS:
            with suppress(FileNotFoundError):
                Path(f"{path}{log}").rename(f"{aside}{log}")
        draft.replace(path)
    except OSError as error:
        raise StoreError(Reason("cannot_keep", {"why": system_reason(error)}), str(path)) from error
    return aside


def _sum_of(table: str, *values: bytes | None) -> int:
    """The CRC-32 of a row."""
    return zlib.crc32(b"\0".join([table.encode(), *(_NULL if value is None else value for value in values)]))


def _stored(value: str | int | None) -> bytes | None:
    """A value as `CAST(… AS BLOB)` gives it. Raises UnicodeEncodeError for what no file can hold."""
    return None if value is None else str(value).encode()


def _bytes_of(names: str) -> str:
    """The values of columns, damaged characters and all."""
    return ", ".join(f"CAST({name} AS BLOB)" for name in names.split(", "))
