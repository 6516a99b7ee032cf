"""Files in object stores and on other hosts, through fsspec: s3://, gs://, hf://, sftp:// and what else it knows.

Its back ends are extras of their own. Errors of theirs are of any class, so all are caught here, and told.
"""

import errno
import io
import re
from typing import Any, BinaryIO, cast

from tui.core.errors import SourceError
from tui.core.patterns import lazy
from tui.core.problems import Reason
from tui.sources.streams.files import RawStream

_SCHEME = lazy(r"([a-z][a-z0-9+]*)://", re.IGNORECASE)
_OURS = frozenset({"http", "https"})
"""Schemes whose pages are fetched by ourselves, politely and with a cache."""
_PATTERN = lazy(r"[*?\[]")
BLOCK_BYTES = 1024 * 1024
"""Bytes that are fetched at a time."""


_may_reach = [False]
"""Whether this process was started for files on other hosts, and for nothing else."""


def allow_remote() -> None:
    """Let this process reach other hosts."""
    _may_reach[0] = True


def scheme(target: str) -> str:
    """Return the scheme of an address that is for fsspec; empty if it is a path or a web address.

    >>> scheme("s3://bucket/a.warc.gz"), scheme("https://example.org/"), scheme("a.html")
    ('s3', '', '')
    """
    match = _SCHEME.match(target)
    return match[1].lower() if match and match[1].lower() not in _OURS else ""


def addresses(target: str) -> list[str]:
    """Return the addresses of the files that one stands for: a pattern's matches, a folder's files, or itself. Any order.

    Raises SourceError if that can't be found out.
    """
    system, path = _system(target)
    try:
        if _PATTERN.search(path):
            paths = system.glob(path)
        elif system.isdir(path):
            paths = system.find(path)
        else:
            return [target]
    except Exception as error:
        raise _failed(target, error) from error
    names = [str(name) for name in paths]
    # Not fsspec's own unstrip_protocol, which for FTP leaves the host out.
    prefix = target.removesuffix(path) if target.endswith(path) else f"{scheme(target)}://"
    return [prefix + name for name in names if not name.rpartition("/")[2].startswith(".")]


def opened(target: str) -> BinaryIO:
    """Open a remote file for reading, with random access. Raises SourceError."""
    system, path = _system(target)
    try:
        return cast(BinaryIO, _RemoteFile(target, system.open(path, "rb", block_size=BLOCK_BYTES)))
    except Exception as error:
        raise _failed(target, error) from error


class _RemoteFile(RawStream):
    """A remote file whose errors are all OSErrors."""

    def __init__(self, target: str, file: Any) -> None:
        super().__init__()
        self._target, self._file = target, file
        self.size = int(file.size or -1)

    def read(self, size: int = -1, /) -> bytes:
        try:
            return bytes(self._file.read(size))
        except Exception as error:
            raise OSError(errno.EIO, f"{_failed(self._target, error)}") from error

    def seek(self, target: int, whence: int = io.SEEK_SET, /) -> int:
        return int(self._file.seek(target, whence))

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


def _system(target: str) -> tuple[Any, str]:
    if not _may_reach[0]:
        raise SourceError(Reason("remote_elsewhere"), target)
    try:
        import fsspec.core
    except ImportError as error:
        raise SourceError(Reason("needs_fsspec", {"scheme": scheme(target)}), target) from error
    try:
        system, path = fsspec.core.url_to_fs(target)
    except Exception as error:
        raise _failed(target, error) from error
    return system, path


def _failed(target: str, error: Exception) -> SourceError:
    reason = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, ImportError):
        return SourceError(Reason("verbatim", {"words": reason}), target)
    if isinstance(error, FileNotFoundError):
        return SourceError(Reason("no_remote_file"), target)
    return SourceError(Reason("remote_refused", {"error": reason[:300]}), target)
