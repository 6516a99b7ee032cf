"""What paths and addresses are, the folders of this platform, and what in them is nobody's but the user's."""

import errno
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

CHUNK_BYTES = 1024 * 1024
"""Bytes that are read or copied at a time, where it makes no difference how many."""
_KINDS = (
    (stat.S_ISDIR, "folder"),
    (stat.S_ISFIFO, "fifo"),
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISCHR, "device"),
    (stat.S_ISBLK, "device"),
)


def special_kind(mode: int) -> str:
    """Return the name of the reason for what a path with this `st_mode` is if it is no regular file; empty if it is one."""
    if stat.S_ISREG(mode):
        return ""
    return next((kind for is_kind, kind in _KINDS if is_kind(mode)), "special_file")


def is_deleted(path: str) -> bool:
    """Say whether a folder has no name any more: the working directory, most likely."""
    try:
        return os.stat(path).st_nlink == 0  # noqa: PTH116 - paths are plain strings all the way
    except OSError:
        return False


def absolute(path: str) -> str:
    """Return a path from the root, links kept as they are; unchanged where the working directory has been deleted.

    >>> absolute("/a/./b/../c")
    '/a/c'
    """
    try:
        return os.path.abspath(path)  # noqa: PTH100 - Path.resolve would follow links
    except OSError:
        return path


def real(path: str) -> str:
    """Return where a path leads when all links are followed; as far as they lead, if they lead in a circle.

    Path.resolve raises RuntimeError for such a circle before Python 3.13, and OSError since.
    """
    try:
        return os.path.realpath(path)
    except OSError:  # as above
        return path


def home() -> str:
    """Return the user's home; where the system knows none, a place in which nothing can be read or made."""
    folder = os.path.expanduser("~")  # noqa: PTH111 - Path.home() raises RuntimeError if there is none
    return folder if os.path.isabs(folder) else os.devnull  # noqa: PTH117 - as above


def config_folder() -> Path:
    """Return where settings are read from; it need not be there."""
    return _folder("XDG_CONFIG_HOME", ".config", "Application Support")


def state_folder() -> Path:
    """Return where labels, notes and marks are kept; it need not be there."""
    return _folder("XDG_STATE_HOME", ".local/state", "Application Support")


def cache_folder() -> Path:
    """Return where lies what can be made anew: fetched pages and indexes; it need not be there."""
    return _folder("XDG_CACHE_HOME", ".cache", "Caches")


def _folder(variable: str, fallback: str, apple: str) -> Path:
    """As the XDG Base Directory Specification and Apple's File System Programming Guide say.

    Asking platformdirs for it would cost every command 5 ms.
    """
    if sys.platform == "darwin":
        return Path(home(), "Library", apple, "copydesk")
    named = Path(os.environ.get(variable, ""))
    return (named if named.is_absolute() else Path(home(), fallback)) / "copydesk"


def private_folder(folder: Path) -> None:
    """Make a folder of ours, and those above it that are missing, for the user alone, whatever the umask.

    One that is there already, and is the user's, is closed to others; so is the one for all that copydesk keeps, if it
    lies in that. Raises OSError.
    """
    if folder.parent in (cache_folder(), state_folder()) or not folder.parent.is_dir():
        private_folder(folder.parent)
    try:
        folder.mkdir(mode=0o700)
        folder.chmod(0o700)
    except FileExistsError as error:
        if not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)) from error
        close_to_others(folder)


def private_file(path: Path, mode: str) -> BinaryIO:
    """Open a file of ours for writing, as `open` does with a binary `mode`, that only the user can read. Raises OSError."""
    return open(path, mode, opener=_privately)  # type: ignore[return-value]  # Path.open knows no opener


def _privately(path: str, flags: int) -> int:
    descriptor = os.open(path, flags, 0o600)
    if not os.fstat(descriptor).st_size:  # made just now, with what the umask has left of that
        os.fchmod(descriptor, 0o600)
    close_to_others(descriptor)
    return descriptor


def close_to_others(file: Path | int) -> None:
    """Take from others what rights they have to a file or folder, if it is the user's. Raises OSError if it is not there."""
    status = os.stat(file)  # noqa: PTH116 - descriptors, too
    if status.st_uid == os.geteuid() and status.st_mode & 0o077:
        with suppress(PermissionError):  # a file system that knows no rights
            os.chmod(file, stat.S_IMODE(status.st_mode) & 0o700)  # noqa: PTH101 - as above


def is_address(source: str) -> bool:
    """Say whether a source is a web address."""
    return source[:8].lower().startswith(("http://", "https://"))


def is_remote(source: str) -> bool:
    """Say whether a source lies on another host and is no web address: then a process of its own reads it."""
    return "://" in source and not is_address(source)
