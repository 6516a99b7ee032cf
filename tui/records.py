"""Writes stored records byte for byte into files of their own format."""

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from tui.errors import SourceError
from tui.model import Ref

ENDS = {"jsonl": b"\n"}
"""Formats whose records can stand in one file -> what ends each of them there."""


class Records:
    """Files that are being written: one for each format whose records can be strung together, one for each other page."""

    def __init__(self, out: str, refs: Iterable[Ref]) -> None:
        """Make the file, or where the records of `refs` need several the folder. Raises SourceError if that fails."""
        self._files = ExitStack()
        self._joined: dict[str, BinaryIO] = {}
        self._names: set[str] = set()
        formats = {ref.format if is_joined(ref) else "" for ref in refs}
        self._folder: Path | None = None
        path = Path(out)
        try:
            if formats == {""} or len(formats) > 1 or path.is_dir() or out.endswith("/"):
                path.mkdir(parents=True, exist_ok=True)
                self._folder = path
            else:
                self._joined = {name: self._files.enter_context(path.open("wb")) for name in formats}
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
                self._file(ref).write(record + ENDS[ref.format])
            else:
                assert self._folder is not None  # noqa: S101 - made above for such pages
                (self._folder / self._free(Path(ref.member or ref.source).name)).write_bytes(record)
        except OSError as error:
            raise SourceError(f"{error.filename or ref.source}: {error.strerror}; make room and try again") from error

    def _file(self, ref: Ref) -> BinaryIO:
        if ref.format not in self._joined:
            assert self._folder is not None  # noqa: S101 - as above
            name = self._free("records" + "".join(Path(ref.source).suffixes[-2:]))
            self._joined[ref.format] = self._files.enter_context((self._folder / name).open("wb"))
        return self._joined[ref.format]

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
    return ref.length >= 0 and ref.format in ENDS
