"""Writes stored records byte for byte into files of their own format."""

import os
import stat
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from tui.core import outputs
from tui.core.errors import SourceError, UsageError
from tui.core.model import Ref
from tui.core.values import replace

JOINED = {
    "jsonl": (".jsonl", b"\n"),
    "har": (".jsonl", b"\n"),
    "parquet": (".jsonl", b"\n"),  # rows that lie in pieces come as lines of JSON
    "sqlite": (".jsonl", b"\n"),
    "warc": (".warc", b"\r\n\r\n"),
    "table": (".csv", b"\n"),
}
"""Formats whose records can stand in one file -> its suffix, and what ends each of them there."""
HEADER_BYTES = 64 * 1024
"""What is read of a table to find its first row."""

_Part = Ref | tuple[str, str]
"""What gets a file of its own: a record, or all of one kind, as `_kind` says."""


class RecordFiles:
    """Files that are being written: one for each format whose records can be strung together, one for each other page."""

    def __init__(self, out: str, refs: Sequence[Ref], sources: Iterable[str], read: Callable[[Ref], bytes]) -> None:
        """Make the file, or where the records of `refs` need several the folder.

        Raises UsageError if one of the `sources` would be written onto, SourceError if the place can't be made. `read` returns the bytes that lie where a reference says.
        """
        self._read = read
        self._files = ExitStack()
        self._joined: dict[tuple[str, str], BinaryIO] = {}
        kinds: set[_Part] = {_kind(ref) if is_joined(ref) else ("", "") for ref in refs}
        path = Path(out)
        is_folder = ("", "") in kinds or len(kinds) > 1 or path.is_dir() or out.endswith("/")
        self._places = _places(path, refs) if is_folder else dict.fromkeys(kinds, path)
        check_places(self._places.values(), sources)
        try:
            if is_folder:
                path.mkdir(parents=True, exist_ok=True)
            else:
                outputs.opened(out).close()
        except OSError as error:
            raise SourceError(f"{out}: {error.strerror}; choose another place") from error

    def __enter__(self) -> "RecordFiles":
        return self

    def __exit__(self, *_: object) -> None:
        self._files.close()

    def write(self, ref: Ref, record: bytes) -> None:
        """Add a record. Raises SourceError if it can't be written."""
        try:
            if is_joined(ref):
                self._file(ref).write(record + JOINED[ref.format][1])
            else:
                with outputs.opened(str(self._places[ref])) as file:
                    file.write(record)
        except OSError as error:
            raise SourceError(f"{error.filename}: {error.strerror}; make room and try again") from error

    def _file(self, ref: Ref) -> BinaryIO:
        """The file for records such as this one; that of a table begins with the table's first row."""
        kind = _kind(ref)
        if kind not in self._joined:
            self._joined[kind] = self._files.enter_context(outputs.opened(str(self._places[kind])))
            if kind[1]:
                self._joined[kind].write(self._first_row(ref))
        return self._joined[kind]

    def _first_row(self, ref: Ref) -> bytes:
        start = self._read(replace(ref, offset=0, length=HEADER_BYTES))
        return start.partition(b"\n")[0] + b"\n"


def check_places(places: Iterable[Path], sources: Iterable[str]) -> None:
    """Raise UsageError if one of the places is one of the sources, by whatever name: to open it would empty it."""
    there = {known: place for place in places if (known := _identity(place))}
    for source in sources if there else ():
        if (known := _identity(source)) and (place := there.get(known)):
            raise UsageError(f"{place}: pages are read from this file; write to another one")


def _identity(path: str | Path) -> tuple[int, int] | None:
    """What `os.path.samefile` compares; None: there is no such file, or nothing in it that could be lost."""
    try:
        there = os.stat(0 if path == "-" else path)  # noqa: PTH116 - 0: the file that standard input may come from
    except OSError:
        return None
    return (there.st_dev, there.st_ino) if stat.S_ISREG(there.st_mode) else None


def _places(folder: Path, refs: Iterable[Ref]) -> dict[_Part, Path]:
    """A name in the folder for each record, or for all that are joined, which none before it has: page.html, page-2.html, …"""
    places: dict[_Part, Path] = {}
    taken: set[str] = set()
    for ref in refs:
        part: _Part = _kind(ref) if is_joined(ref) else ref
        if part in places:
            continue
        if isinstance(part, Ref):
            name = Path(ref.member or ref.source).name
        else:
            name = f"records{Path(part[1]).suffix or JOINED[ref.format][0]}"
        stem, suffix, number = Path(name).stem, Path(name).suffix, 1
        while name in taken:
            number += 1
            name = f"{stem}-{number}{suffix}"
        taken.add(name)
        places[part] = folder / name
    return places


def is_joined(ref: Ref) -> bool:
    """Whether the record can stand in one file with others of its format."""
    return ref.length >= 0 and ref.format in JOINED


def _kind(ref: Ref) -> tuple[str, str]:
    """What must be alike of records in one file: the format and, of tables, which name their columns, the source."""
    return ref.format, ref.source if ref.format == "table" else ""
