"""An SQLite file of ours: opened by several copydesk at once, and with its faults said in one line."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tui.core.problems import Reason, system_reason
from tui.errors import StoreError

BUSY_S = 5.0
"""Seconds to wait for another copydesk that is writing."""


class Database:
    """The file, open. It belongs to the thread that made it; its methods raise StoreError, saying what to do."""

    def __init__(self, path: Path, schema: str, version: int) -> None:
        """Open the file, or make it with `schema`. One that may not be written can still be asked. Raises StoreError.

        `version` is raised when programs that know the one before could not read the tables.
        """
        self._path = path
        self._connection = sqlite3.connect(self._address(), uri=True, timeout=BUSY_S, isolation_level=None)
        try:
            with self._told():
                self._prepare(schema, version)
        except StoreError:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def rows(self, query: str, *values: object) -> list[Any]:
        """Return what a query finds."""
        with self._told():
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def written(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is kept, or nothing."""
        with self._told(), self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection

    def _address(self) -> str:
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
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab"):
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
        except sqlite3.OperationalError as error:
            said = str(error)
            if "locked" in said:
                raise StoreError(Reason("store_busy"), str(self._path)) from error
            if "readonly" in said:
                raise StoreError(Reason("store_read_only"), str(self._path)) from error
            raise StoreError(Reason("store_unchanged", {"error": said}), str(self._path)) from error
        except sqlite3.DatabaseError as error:
            raise StoreError(Reason("store_damaged", {"error": str(error)}), str(self._path)) from error
