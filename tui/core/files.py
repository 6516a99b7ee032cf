"""What paths and addresses are, asked without opening anything, and the folders of this platform."""

import os
import stat
import sys
from pathlib import Path

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


def is_address(source: str) -> bool:
    """Say whether a source is a web address."""
    return source[:8].lower().startswith(("http://", "https://"))


def is_remote(source: str) -> bool:
    """Say whether a source lies on another host and is no web address: then a process of its own reads it."""
    return "://" in source and not is_address(source)
