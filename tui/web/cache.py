"""Answers of servers as files: the page, behind it as JSON what came with it, and the folder that keeps them.

A file is the decoded page, then UTF-8 JSON, then the length and the CRC-32 of the JSON and a mark: so it can be written
while the page comes, and read as a file of the page's own format.
"""

import json
import os
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from tui.core.errors import ReasonedError
from tui.core.files import CHUNK_BYTES, cache_folder, close_to_others, private_file, private_folder
from tui.core.model import Http
from tui.core.problems import Problem, Reason, restored, system_reason
from tui.core.values import dataclass

_TRAILER = struct.Struct(">II4s")
_MARK = b"cdw2"
FORMAT = 3
"""Of what stands behind a page; files that were written in another one are as good as not there, and go in time."""
MAX_JSON_BYTES = 4 * 1024 * 1024


class DamagedError(ReasonedError):
    """A file of the store that can't be read."""


class DroppedError(Exception):
    """A page of the cache can't be read, and is gone now."""

    def __init__(self, path: str, reason: Reason) -> None:
        super().__init__(path, reason)
        self.problem = Problem("cache_damaged", path, {"reason": reason})


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """What is known of a page that was fetched."""

    url: str
    """Where it was in the end, after redirects."""
    fetched: str
    """When it came, ISO 8601."""
    checked: float
    """When the server last said that this is its page, in seconds since 1970."""
    fresh_until: float
    """Until when the server need not be asked again, in seconds since 1970."""
    http: Http
    length: int
    """Bytes of the page."""
    crc32: int
    """Of the page."""
    problems: tuple[Problem, ...] = ()
    inward: str = ""
    """Origin of the page if it is private and the user named it."""


def finish(stream: BinaryIO, stored: Stored) -> None:
    """Write what is known of a page behind it."""
    facts = json.dumps(asdict(stored), ensure_ascii=True).encode("ascii")
    stream.write(facts + _TRAILER.pack(len(facts), zlib.crc32(facts), _MARK))


def facts(path: str) -> Stored:
    """Read what is known of a page. Raises DamagedError if the file is not whole, OSError if it can't be read."""
    with Path(path).open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        if size < _TRAILER.size:
            raise DamagedError(Reason("too_short"))
        stream.seek(size - _TRAILER.size)
        length, sum_of_facts, mark = _TRAILER.unpack(stream.read(_TRAILER.size))
        if mark != _MARK or length > min(MAX_JSON_BYTES, size - _TRAILER.size):
            raise DamagedError(Reason("no_end"))
        stream.seek(size - _TRAILER.size - length)
        found = stream.read(length)
    if zlib.crc32(found) != sum_of_facts:
        raise DamagedError(Reason("bytes_changed"))
    try:
        stored = _stored(json.loads(found))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DamagedError(Reason("end_unreadable", {"fault": type(error).__name__})) from error
    if stored.length != size - _TRAILER.size - length:
        raise DamagedError(Reason("wrong_length"))
    return stored


def _stored(found: Mapping[str, Any]) -> Stored:
    http = found["http"]
    pairs = {
        name: tuple((first, second) for first, second in http[name])
        for name in ("headers", "redirects", "tls", "timing_s")
    }
    problems = tuple(map(restored, found["problems"]))
    return Stored(**{**found, "http": Http(**{**http, **pairs}), "problems": problems})


def checksum(path: str, length: int) -> int:
    """CRC-32 of the first `length` bytes of a file. Raises OSError if it can't be read."""
    found = 0
    with Path(path).open("rb") as stream:
        while length > 0 and (part := stream.read(min(length, CHUNK_BYTES))):
            found = zlib.crc32(part, found)
            length -= len(part)
    return found


def crc32(page: bytes) -> int:
    """The checksum that `Stored` has."""
    return zlib.crc32(page)


def copy_page(path: str, length: int, target: BinaryIO) -> None:
    """Copy the page itself, without what is known of it. Raises OSError if it can't be read or written."""
    with Path(path).open("rb") as stream:
        while length > 0 and (part := stream.read(min(length, CHUNK_BYTES))):
            target.write(part)
            length -= len(part)


def default_folder() -> str:
    """Where the cache lies on this platform."""
    return os.fspath(cache_folder() / "web")


class Cache:
    """A folder of answers, named by what was asked."""

    def __init__(self, folder: str, bound_bytes: int, headers: tuple[tuple[str, str], ...] = ()) -> None:
        """`headers` are those the user adds: other headers, other answers."""
        self._folder = Path(folder)
        self._bound_bytes = bound_bytes
        self._headers = headers

    def path(self, url: str, userinfo: str) -> str:
        """Where the answer for an address lies, if it is there. What came for one user name is not for another one."""
        user = userinfo.partition(":")[0]
        name = sha256(json.dumps([FORMAT, url, user, self._headers]).encode()).hexdigest()[:40]
        return os.fspath(self._folder / f"{name}.page")

    def find(self, url: str, userinfo: str) -> Stored | None:
        """Return what is known of the answer for an address; None if there is none.

        Raises DroppedError if there was one that can't be read; it is gone then.
        """
        path = self.path(url, userinfo)
        try:
            found = facts(path)
            if checksum(path, found.length) != found.crc32:
                raise DamagedError(Reason("bytes_changed"))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, DamagedError) as error:
            with suppress(OSError):
                Path(path).unlink()
            raise DroppedError(
                path, error.reason if isinstance(error, DamagedError) else system_reason(error)
            ) from error
        with suppress(OSError):
            os.utime(path)  # what was used last goes last
            close_to_others(Path(path))
        return found

    def put(self, url: str, userinfo: str, made: str) -> str:
        """Move a finished file into the cache, all at once, and return its path. Raises OSError if that fails."""
        private_folder(self._folder)
        import shutil  # brings bz2 and lzma along, and most of those who read the cache never write to it

        path = self.path(url, userinfo)
        aside = f"{path}.{os.getpid()}.{Path(made).name}"
        try:
            with Path(made).open("rb") as page, private_file(Path(aside), "xb") as kept:
                shutil.copyfileobj(page, kept)
            Path(aside).replace(path)
        except OSError:
            with suppress(OSError):
                Path(aside).unlink()
            raise
        Path(made).unlink()
        return path

    def evict(self) -> None:
        """Remove what was used least recently until the rest is within the bound; of that nothing is open to others."""
        files = sorted(self._files(), key=lambda entry: entry[1].st_mtime)
        total = sum(status.st_size for _path, status in files)
        for path, status in files:
            with suppress(OSError):
                if total <= self._bound_bytes:
                    close_to_others(Path(path))
                    continue
                Path(path).unlink()
            total -= status.st_size

    def _files(self) -> Iterator[tuple[str, os.stat_result]]:
        with suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                with suppress(OSError):  # another copydesk removes files too
                    yield entry.path, entry.stat(follow_symlinks=False)
