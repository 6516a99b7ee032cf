"""Members of zip archives as streams."""

import io
import os
import struct
import zipfile
import zlib
from typing import BinaryIO, cast

from tui.errors import SourceError
from tui.model import Ref
from tui.sources._base import path_of, shown
from tui.sources._inflated import Damage
from tui.sources._streams import Window

_LOCAL_HEADER = struct.Struct("<26xHH")
"""Lengths of name and extra field, at the end of the header that stands before a member."""
_IS_ENCRYPTED = 1
_KEPT_DIRECTORIES = 4
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


def members(ref: Ref, stream: BinaryIO) -> list[zipfile.ZipInfo]:
    """Return the archive's members in the order of its directory, without folders. Raises SourceError."""
    return [info for info in _directory(ref, stream).values() if not info.is_dir()]


def open_member(stream: BinaryIO, ref: Ref) -> BinaryIO:
    """Open the reference's member of the archive, whose own stream is closed with it. Raises SourceError."""
    info = _directory(ref, stream).get(ref.member or "")
    if info is None:
        raise SourceError(f"{shown(ref.source)}: no member {shown(ref.member or '')}; scan it again")
    stream.seek(info.header_offset)
    name, extra = _LOCAL_HEADER.unpack(stream.read(_LOCAL_HEADER.size).ljust(_LOCAL_HEADER.size, b"\x00"))
    start = info.header_offset + _LOCAL_HEADER.size + name + extra
    if info.flag_bits & _IS_ENCRYPTED:
        raise SourceError(f"{shown(ref.source)}: member {shown(info.filename)} is encrypted; unpack it first")
    stored = cast(BinaryIO, Window(stream, start, info.compress_size))
    return stored if info.compress_type == zipfile.ZIP_STORED else cast(BinaryIO, _Entry(stored, info))


def _directory(ref: Ref, stream: BinaryIO) -> dict[str, zipfile.ZipInfo]:
    """The archive's members by name; kept, since each page is opened for itself."""
    changed = os.fstat(stream.fileno()).st_mtime_ns if isinstance(stream, io.FileIO) else 0
    key = (path_of(ref), stream.seek(0, io.SEEK_END), changed)
    if key not in _directories:
        try:
            found = {info.filename: info for info in zipfile.ZipFile(stream).infolist()}
        except _BROKEN as error:
            raise SourceError(
                f"{shown(ref.source)}: the zip archive's directory can't be read ({error}); mend it with zip -FF"
            ) from error
        while len(_directories) >= _KEPT_DIRECTORIES:
            del _directories[next(iter(_directories))]
        _directories[key] = found
    return _directories[key]


_directories: dict[tuple[str, int, int], dict[str, zipfile.ZipInfo]] = {}


class _Entry(io.RawIOBase):
    """A compressed member. Where it is broken it ends, with its damage noted."""

    def __init__(self, stream: BinaryIO, info: zipfile.ZipInfo) -> None:
        super().__init__()
        self._stream, self._info = stream, info
        self.damage: list[Damage] = []
        self._content = self._open()

    def read(self, size: int = -1, /) -> bytes:
        """Return at most `size` bytes; all that is left if it is negative."""
        if self._content is None:
            return b""
        try:
            return self._content.read(None if size < 0 else size)
        except _BROKEN as error:
            self._note(error)
            return b""

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can seek."""
        return True

    def tell(self) -> int:
        """Return the byte in the member."""
        return 0 if self._content is None else self._content.tell()

    def seek(self, target: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a byte of the member."""
        try:
            return 0 if self._content is None else self._content.seek(target, whence)
        except _BROKEN as error:
            self._note(error)
            return 0

    def close(self) -> None:
        """Close the archive as well."""
        self._stream.close()
        super().close()

    def _open(self) -> zipfile.ZipExtFile | None:
        try:
            return zipfile.ZipExtFile(self._stream, "r", self._info)
        except _BROKEN as error:
            self._note(error)
            return None

    def _note(self, error: Exception) -> None:
        info = self._info
        if not self.damage:
            end = info.header_offset + info.compress_size
            self.damage.append(Damage(info.header_offset, end, f"member {shown(info.filename)}: {error}"))
