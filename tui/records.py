"""Writes stored records byte for byte into files of their own format."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from tui.errors import SourceError
from tui.model import Ref

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


class Records:
    """Files that are being written: one for each format whose records can be strung together, one for each other page."""

    def __init__(self, out: str, refs: Iterable[Ref], read: Callable[[Ref], bytes]) -> None:
        """Make the file, or where the records of `refs` need several the folder. Raises SourceError if that fails.

        `read` returns the bytes that lie where a reference says.
        """
        self._read = read
        self._files = ExitStack()
        self._joined: dict[tuple[str, str], BinaryIO] = {}
        self._names: set[str] = set()
        kinds = {_kind(ref) if is_joined(ref) else ("", "") for ref in refs}
        self._folder: Path | None = None
        self._path = path = Path(out)
        try:
            if ("", "") in kinds or len(kinds) > 1 or path.is_dir() or out.endswith("/"):
                path.mkdir(parents=True, exist_ok=True)
                self._folder = path
            else:
                path.open("wb").close()
        except OSError as error:
            raise SourceError(f"{out}: {error.strerror}; choose another place") from error

    def __enter__(self) -> "Records":
        return self

    def __exit__(self, *_: object) -> None:
        self._files.close()

    def write(self, ref: Ref, record: bytes) -> None:
        """Add a record. Raises SourceError if it can't be written."""
        try:
            if is_joined(ref):
                self._file(ref).write(record + JOINED[ref.format][1])
            else:
                assert self._folder is not None  # noqa: S101 - made above for such pages
                (self._folder / self._free(Path(ref.member or ref.source).name)).write_bytes(record)
        except OSError as error:
            raise SourceError(f"{error.filename or ref.source}: {error.strerror}; make room and try again") from error

    def _file(self, ref: Ref) -> BinaryIO:
        """The file for records such as this one; that of a table begins with the table's first row."""
        kind = _kind(ref)
        if kind not in self._joined:
            suffix = Path(kind[1]).suffix or JOINED[ref.format][0]
            place = self._folder / self._free(f"records{suffix}") if self._folder is not None else self._path
            self._joined[kind] = self._files.enter_context(place.open("wb"))
            if kind[1]:
                self._joined[kind].write(self._first_row(ref))
        return self._joined[kind]

    def _first_row(self, ref: Ref) -> bytes:
        start = self._read(replace(ref, offset=0, length=HEADER_BYTES))
        return start.partition(b"\n")[0] + b"\n"

    def _free(self, name: str) -> str:
        """A name that no other record has taken: page.html, page-2.html, …"""
        stem, suffix, number = Path(name).stem, Path(name).suffix, 1
        while name in self._names:
            number += 1
            name = f"{stem}-{number}{suffix}"
        self._names.add(name)
        return name


def is_joined(ref: Ref) -> bool:
    """Whether the record can stand in one file with others of its format."""
    return ref.length >= 0 and ref.format in JOINED


def _kind(ref: Ref) -> tuple[str, str]:
    """What must be alike of records in one file: the format and, of tables, which name their columns, the source."""
    return ref.format, ref.source if ref.format == "table" else ""
