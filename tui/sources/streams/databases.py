"""SQLite databases, opened for reading so that no file beside them is made, mended or taken away."""

import os
from contextlib import suppress
from io import FileIO
from typing import TYPE_CHECKING, BinaryIO

from tui.core.errors import SourceError
from tui.core.model import Ref
from tui.core.problems import Reason
from tui.sources.streams.files import open_regular, path_of
from tui.sources.streams.opening import display_name, open_content
from tui.sources.streams.spool import SPOOL_BYTES, copy_into

if TYPE_CHECKING:
    import sqlite3

_VERSIONS = slice(18, 20)
"""Bytes of the header that say how the database is written and read; 2: through a log."""
_BESIDE = ("-wal", "-journal")
"""Ends of the names of the files that hold what a database lacks (its log), or what is to be taken back."""

BUSY_S = 5.0
"""Seconds for which another program may hold a database before that is said."""


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
