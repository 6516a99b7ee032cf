"""Documents that the user names: each is there whole or not at all, and none is put in place of another unasked."""

import errno
import fcntl
import os
import re
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Protocol, cast

from tui.core import outputs
from tui.core.errors import AlreadyThereError, UsageError
from tui.core.problems import Reason

_NAMED = {"-": 1, "/dev/stdout": 1, "/dev/stderr": 2}
_HIDDEN = re.compile(r"\.copydesk-[0-9a-f]{16}")
_NUMBERED = re.compile(r"/(?:dev|proc/self)/fd/(\d{1,9})")
_WITHOUT_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS})
"""What file systems answer on which a file has one name only, such as FAT."""


class Sink(Protocol):
    """Where a document is written to."""

    def write(self, content: bytes, /) -> object:
        """Write all of it. Raises OSError."""


def descriptor(path: str) -> int | None:
    """Return the number of the open file that a name stands for; None: it is a name of a file system.

    >>> descriptor("-"), descriptor("/dev/fd/63"), descriptor("a.jsonl")
    (1, 63, None)
    """
    if path in _NAMED:
        return _NAMED[path]
    numbered = _NUMBERED.fullmatch(path)
    return int(numbered[1]) if numbered else None


def check(paths: Collection[str], sources: Iterable[str] = (), *, is_forced: bool = False) -> None:
    """Raise UsageError if a document can't be written to one of the paths, whatever is written.

    That is what `check_sources` refuses, a link, what would lie in no folder, and unless `is_forced` any other file.
    """
    check_sources(paths, sources)
    for path in paths:
        if descriptor(path) is None:
            _check_name(path, is_forced)


def check_sources(paths: Iterable[str], sources: Iterable[str]) -> None:
    """Raise UsageError if one of the paths is a file from which pages are read, by whatever name, or a folder."""
    known: dict[tuple[int, int], str] = {}
    for path in paths:
        there = _status(path)
        if there is None:
            continue
        if stat.S_ISREG(there.st_mode):
            known[there.st_dev, there.st_ino] = path
        elif stat.S_ISDIR(there.st_mode):
            raise UsageError(Reason("cannot_save", {"why": Reason("EISDIR")}), path)
    for source in sources if known else ():
        read = _status(source, standard=_standard_input())
        if read is not None and (path := known.get((read.st_dev, read.st_ino), "")):
            raise UsageError(Reason("is_source"), path)


def _check_name(path: str, is_forced: bool) -> None:
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError as error:
        if Path(path).parent.is_dir():
            return
        raise UsageError(Reason("cannot_save", {"why": Reason("ENOENT")}), path) from error
    if stat.S_ISLNK(mode) and not _is_special(path):
        raise UsageError(Reason("is_link"), path)
    if stat.S_ISREG(mode) and not is_forced:
        raise AlreadyThereError(Reason("already_there"), path)


def _status(path: str, standard: int | None = None) -> os.stat_result | None:
    """What is there, links followed; None: nothing. `standard` is the descriptor that `-` stands for; None: standard output."""
    number = descriptor(path) if standard is None or path != "-" else standard
    try:
        return os.stat(path if number is None else number)  # noqa: PTH116 - one call for both
    except OSError:
        return None


def _standard_input() -> int:
    """Where the screen has the keys come from elsewhere, it is kept under another number than 0."""
    import sys

    try:
        return sys.stdin.fileno()
    except (AttributeError, OSError):  # closed: then nothing is read from it
        return -1


def is_straight(path: str) -> bool:
    """Say whether a path is no regular file, and is written as it stands: an open file, a pipe, a device."""
    return descriptor(path) is not None or _is_special(path)


def is_terminal(path: str) -> bool:
    """Say whether what is written there is drawn. Raises OSError if that can't be asked."""
    number = descriptor(path)
    if number is not None:
        return os.isatty(number)
    there = _status(path)
    if there is None or not stat.S_ISCHR(there.st_mode):
        return False
    opened = os.open(path, os.O_WRONLY | os.O_NOCTTY | os.O_CLOEXEC)
    try:
        return os.isatty(opened)
    finally:
        os.close(opened)


def _is_special(path: str) -> bool:
    there = _status(path)
    return there is not None and not stat.S_ISREG(there.st_mode) and not stat.S_ISDIR(there.st_mode)


@contextmanager
def written(
    path: str, *, is_forced: bool = False, is_by_record: bool = False, is_one_of_many: bool = False
) -> Iterator[Sink]:
    """Give what a document is written to; it is at its place, and on the disk, when the block ends without an error.

    A name that ends in .gz, .zst, .bz2 or .xz gets what it says; `is_by_record`: each `write` is a member of its own;
    `is_one_of_many`: a loss of power may take the name away until `sync_folder`, but never leaves less than all behind it.
    What is no regular file, such as `-` or a pipe, is written straight. Raises what `check` does, and OSError.
    """
    check([path], is_forced=is_forced)
    if is_straight(path):
        with _straight(path) as file, _packed(path, file, is_by_record) as sink:
            yield sink
        return
    draft = _Draft(path)
    try:
        with _packed(path, draft.file, is_by_record) as sink:
            yield sink
        draft.place(is_forced)
        if not is_one_of_many:
            draft.sync_name()
    finally:
        draft.close()


def sync_folder(path: str) -> None:
    """Have what files of a folder are called now on the disk. Raises OSError."""
    with _naming(path):
        folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def sweep(path: str) -> None:
    """Remove from a folder the drafts of programs that were killed. Raises OSError."""
    with os.scandir(path) as entries:
        names = [entry.path for entry in entries if _HIDDEN.fullmatch(entry.name)]
    for name in names:
        with suppress(OSError):  # another one sweeps as well
            number = os.open(name, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)  # whoever writes it has that
                os.unlink(name)  # noqa: PTH108 - of many
            finally:
                os.close(number)


@contextmanager
def _straight(path: str) -> Iterator[IO[bytes]]:
    number = descriptor(path)
    with _naming(path):
        opened = os.dup(number) if number is not None else os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    with outputs.opened(opened, outputs.STANDARD if number == 1 else path) as file:
        yield file


@contextmanager
def _packed(path: str, file: IO[bytes], is_by_record: bool) -> Iterator[Sink]:
    pack = _PACKERS.get(Path(path).suffix)
    if pack is None:
        yield file
    elif is_by_record:
        yield _Members(file, pack)
    else:
        with pack(file) as packed:
            yield packed


class _Members:
    """Compresses each record by itself, so that one can be read without those before it."""

    def __init__(self, file: IO[bytes], pack: "_Pack") -> None:
        self._file, self._pack = file, pack

    def write(self, record: bytes, /) -> None:
        with self._pack(self._file) as member:
            member.write(record)


_Pack = Callable[[IO[bytes]], IO[bytes]]
"""Makes of a file what compresses into it, and leaves it open."""


# Each is imported by those who name such a file. Nothing in what they write depends on the moment or the machine.
def _gzip(file: IO[bytes]) -> IO[bytes]:
    from gzip import GzipFile

    return cast(IO[bytes], GzipFile("", "wb", 6, file, mtime=0))


def _zstd(file: IO[bytes]) -> IO[bytes]:
    from zstandard import ZstdCompressor

    return cast(IO[bytes], ZstdCompressor(write_checksum=True).stream_writer(file, closefd=False))


def _bzip2(file: IO[bytes]) -> IO[bytes]:
    from bz2 import BZ2File

    return cast(IO[bytes], BZ2File(file, "wb"))


def _xz(file: IO[bytes]) -> IO[bytes]:
    from lzma import LZMAFile

    return cast(IO[bytes], LZMAFile(file, "wb"))


_PACKERS: dict[str, _Pack] = {".gz": _gzip, ".zst": _zstd, ".bz2": _bzip2, ".xz": _xz}
PACKED = frozenset(_PACKERS)
"""Ends of names that say how a file is compressed."""


class _Draft:
    """A file beside the place of the document that it becomes; without a name, where the file system can do that.

    Then a process that is killed leaves nothing behind. Elsewhere the file has a hidden name.
    """

    def __init__(self, path: str) -> None:
        """Raises OSError with the name of the document."""
        self._path, self._hidden = path, f".copydesk-{os.urandom(8).hex()}"
        self._is_nameless = False
        folder, self._name = os.path.split(path)
        with _naming(path):
            self._folder = os.open(folder or ".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                self._number = self._opened()
                with suppress(OSError):  # a file system without locks: nothing is swept there
                    fcntl.flock(self._number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(self._folder)
                raise
        self.file = outputs.opened(self._number, path)

    def _opened(self) -> int:
        if hasattr(os, "O_TMPFILE") and Path("/proc/self/fd").is_dir():
            # Whatever keeps a nameless file from being made keeps a hidden one from it too, or is no reason to give up.
            with suppress(OSError):
                number = os.open(".", os.O_TMPFILE | os.O_WRONLY | os.O_CLOEXEC, 0o600, dir_fd=self._folder)
                self._is_nameless = True
                return number
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC
        return os.open(self._hidden, flags, 0o600, dir_fd=self._folder)

    def place(self, is_forced: bool) -> None:
        """Give the file the name of the document. Raises AlreadyThereError if something has it by now, OSError."""
        with _naming(self._path):
            self.file.flush()
            os.fchmod(self._number, self._mode(is_forced))
            os.fsync(self._number)
            if is_forced:
                if self._is_nameless:
                    self._link(self._hidden)
                os.rename(self._hidden, self._name, src_dir_fd=self._folder, dst_dir_fd=self._folder)
            else:
                self._take_name()

    def sync_name(self) -> None:
        """Have the name on the disk, too. Raises OSError."""
        with _naming(self._path):
            os.fsync(self._folder)

    def _mode(self, is_forced: bool) -> int:
        """As of any new file; what takes the place of another is no easier to read than that was."""
        if is_forced:
            with suppress(FileNotFoundError):
                return stat.S_IMODE(os.stat(self._name, dir_fd=self._folder, follow_symlinks=False).st_mode) & 0o777
        mask = os.umask(0o077)  # can't be asked for without being set
        os.umask(mask)
        return 0o666 & ~mask

    def _take_name(self) -> None:
        try:
            self._link(self._name)
        except FileExistsError as error:
            raise AlreadyThereError(Reason("already_there"), self._path) from error
        except OSError as error:
            if error.errno not in _WITHOUT_LINKS or self._is_nameless:
                raise
            self._claim()

    def _link(self, name: str) -> None:
        """The one way to give a file a name that nothing else may have had a moment before."""
        made = f"/proc/self/fd/{self._number}" if self._is_nameless else self._hidden
        os.link(made, name, src_dir_fd=self._folder, dst_dir_fd=self._folder, follow_symlinks=self._is_nameless)

    def _claim(self) -> None:
        """Where files have one name: take it with an empty file, which is then replaced."""
        try:
            os.close(os.open(self._name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600, dir_fd=self._folder))
        except FileExistsError as error:
            raise AlreadyThereError(Reason("already_there"), self._path) from error
        os.rename(self._hidden, self._name, src_dir_fd=self._folder, dst_dir_fd=self._folder)

    def close(self) -> None:
        """Remove what has not got its place."""
        with suppress(OSError):  # what could not be written before can't be now, and is not wanted
            self.file.close()
        with suppress(FileNotFoundError):
            os.unlink(self._hidden, dir_fd=self._folder)
        os.close(self._folder)


@contextmanager
def _naming(path: str) -> Iterator[None]:
    """Have errors name the document."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from error
