"""An SQLite file of ours: opened by several copydesk at once, and with its faults said in one line."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar

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


def files(path: Path) -> tuple[str, ...]:
    """Return the files that SQLite keeps a database in; which of them are there depends on the moment."""
    return tuple(f"{path}{end}" for end in ("", "-wal", "-shm"))


class Database:
    """The file, open. It belongs to the thread that made it; its methods raise StoreError, saying what to do."""

    def __init__(self, path: Path, schema: str, version: int) -> None:
        """Open the file, or make it with `schema`. One that may not be written can still be asked. Raises StoreError.

        `version` is raised when programs that know the one before could not read the tables.
        """
        self._path = path
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
        is_sound = True
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
        if not is_sound:
            raise self._damaged(Reason("odd_rows"))

    def check(self) -> None:
        """Look through all of the file. Raises StoreError if it is damaged, be it where nothing was asked for.

        A row whose key was damaged is not found any more, and no query says so.
        """
        with self._told():
            for (verdict,) in self._connection.execute("PRAGMA integrity_check(1)"):
                if verdict != "ok":
                    raise self._damaged(str(verdict).splitlines()[-1])
            for table, *_ in self._connection.execute("PRAGMA foreign_key_check"):
                raise self._damaged(Reason("row_of_no_page", {"table": str(table)}))

    @contextmanager
    def written(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is kept, or nothing."""
        with self._told(), self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection

    def _address(self) -> str:
        if self._path.exists() and (kind := special_kind(os.stat(self._path).st_mode)):  # noqa: PTH116 - as elsewhere
            raise StoreError(Reason("store_not_a_file", {"kind": Reason(kind)}), str(self._path))
        # Where nothing can be written beside the file, it can only be read as it lies there, without its log.
        return self._path.absolute().as_uri() + ("" if self._is_writable() else "?mode=ro&immutable=1")

    def _prepare(self, schema: str, version: int) -> None:
        found = self._version()
        if found > version:
            raise StoreError(Reason("newer_store"), str(self._path))
        if not found:
            self._create(schema, version)
        with suppress(sqlite3.OperationalError):  # read-only, or busy: whoever opens it next can do it as well
            self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")

    def _is_writable(self) -> bool:
        try:
            private_folder(self._path.parent)
            with private_file(self._path, "ab"):
                pass
            for log in (f"{self._path}-wal", f"{self._path}-shm"):
                with suppress(FileNotFoundError):  # made with the rights of the file itself
                    close_to_others(Path(log))
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
        return StoreError(Reason("store_damaged", {"error": error}), str(self._path))
