"""Temporary files of this program: they bear the number of its process, and go with it however it ends.

A program that ends as it should removes its own. Of one that was killed, the first of its children to notice removes
them, or the next program that makes some.
"""

import atexit
import os
import re
from collections.abc import Callable
from contextlib import suppress
from functools import cache

_NAME = re.compile(r"copydesk-(\d+)-")


def folder() -> str:
    """Where temporary files lie, as `tempfile`, which takes 4 ms to import, would choose."""
    return next((name for name in (os.environ.get("TMPDIR", ""), "/tmp") if os.path.isdir(name)), ".")  # noqa: S108, PTH112


def new_path() -> str:
    """Return a path for a file or folder of this program's, which nobody can guess. What dead programs left is removed."""
    _sweep(_is_dead)
    return _path()


@cache
def of_turns() -> str:
    """Return the path of the one file by which this program's processes take turns; whoever needs it makes it."""
    path = _path()
    atexit.register(_discard, path)
    return path


def _path() -> str:
    return os.path.join(folder(), f"copydesk-{os.getpid()}-{os.urandom(8).hex()}")  # noqa: PTH118


def _discard(path: str) -> None:
    with suppress(OSError):
        os.unlink(path)  # noqa: PTH108 - paths are plain strings all the way


def remove_of(program: int) -> None:
    """Remove what the process with this number left."""
    _sweep(lambda number: number == program)


def _sweep(is_unwanted: Callable[[int], bool]) -> None:
    with suppress(OSError), os.scandir(folder()) as entries:
        for entry in entries:
            match = _NAME.match(entry.name)
            if match is None or not is_unwanted(int(match[1])):
                continue
            with suppress(OSError):  # another one sweeps as well
                if entry.stat(follow_symlinks=False).st_uid == os.getuid():
                    _remove(entry)


def _remove(entry: os.DirEntry[str]) -> None:
    if entry.is_dir(follow_symlinks=False):
        import shutil  # few leave any

        shutil.rmtree(entry.path, ignore_errors=True)
    else:
        os.unlink(entry.path)  # noqa: PTH108 - no Path for each file of a large folder


def _is_dead(program: int) -> bool:
    try:
        os.kill(program, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):  # somebody else's
        return False
    return False
