"""What paths are, asked without opening anything."""

import os
import stat

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
    found = os.path.expanduser("~")  # noqa: PTH111 - Path.home() raises RuntimeError if there is none
    return found if os.path.isabs(found) else os.devnull  # noqa: PTH117 - as above
