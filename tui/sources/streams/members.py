"""Compressed files as runs of members that are decoded one after the other: gzip, Zstandard, bzip2, xz."""

import struct
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO, Protocol, cast

from tui.core.errors import ReasonedError
from tui.core.problems import Reason
from tui.sources.streams import windows
from tui.sources.streams.files import count_read

INPUT_BYTES = 256 * 1024
"""Compressed bytes that are read at a time."""
PIECE_BYTES = 256 * 1024
"""What decoders are asked for, whatever the reader asks for: how much comes out before damage must not depend on him."""
_SKIPPABLE = 0x184D2A50
"""The first of sixteen magic numbers of Zstandard frames that hold no content."""
_DICTIONARY = 0x184D2A5D
"""The skippable frame that starts a .warc.zst file and holds the dictionary for the others."""
ZSTD_WINDOW_BYTES, LONGEST_ZSTD_WINDOW_BYTES = 128 * 1024 * 1024, 2**31
"""What `zstd --long` asks for, which any process has room for, and what `--long=31` does."""

EARLY = Reason("ends_early")
"""Why a member can't be decoded any further that has no more input."""


class DamagedMemberError(ReasonedError):
    """A member can't be decoded any further."""


class BrokenMemberError(DamagedMemberError):
    """The bytes of a member make no sense from some place on."""


class Member(Protocol):
    """One member while it is decoded."""

    end: int
    """Byte behind it in the file; known once `read` has returned nothing."""

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes; nothing at the end. Raises DamagedMemberError."""


_SUFFIXES = {".gz": "gzip", ".gzip": "gzip", ".zst": "Zstandard", ".zstd": "Zstandard", ".bz2": "bzip2", ".xz": "xz"}
MAGIC = {"gzip": b"\x1f\x8b\x08", "Zstandard": b"\x28\xb5\x2f\xfd", "bzip2": b"BZh", "xz": b"\xfd7zXZ\x00"}


def compression(start: bytes) -> str:
    """Name the compression of a file by its first bytes; empty if it has none.

    >>> compression(b"\\x1f\\x8b\\x08\\x00"), compression(b"BZ and more")
    ('gzip', '')
    """
    if is_skippable(start):
        return "Zstandard"
    return next((kind for kind, magic in MAGIC.items() if start.startswith(magic)), "")


def bare_name(name: str) -> str:
    """A file's name without the suffix of its compression.

    >>> bare_name("c4.json.gz"), bare_name("page.html")
    ('c4.json', 'page.html')
    """
    stem, dot, suffix = name.rpartition(".")
    return stem if dot and f".{suffix.lower()}" in _SUFFIXES else name


def is_skippable(start: bytes) -> bool:
    """Say whether a Zstandard frame that holds no content starts here."""
    return len(start) >= 4 and int.from_bytes(start[:4], "little") & 0xFFFFFFF0 == _SKIPPABLE


def open_member(kind: str, raw: BinaryIO, at: int) -> Member:
    """Start to decode the member of this compression that begins at byte `at`."""
    if kind == "Zstandard":
        return _Frame(raw, at)
    if kind in _WINDOW_BITS:
        return _Deflated(raw, at, kind)
    return _Pushed(raw, at, *_DECODERS[kind]())


_WINDOW_BITS = {"gzip": 31, "deflate": -15}
"""As zlib tells its formats apart."""


def _isal(kind: str) -> tuple[Any, type[Exception]]:
    from isal import igzip_lib  # three times as fast as zlib

    flag = igzip_lib.DECOMP_GZIP if kind == "gzip" else igzip_lib.DECOMP_DEFLATE
    return igzip_lib.IgzipDecompressor(flag=flag), cast(type[Exception], igzip_lib.IsalError)


def _bzip2() -> tuple[Any, type[Exception]]:
    import bz2

    return bz2.BZ2Decompressor(), OSError


def _xz() -> tuple[Any, type[Exception]]:
    import lzma

    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_BYTES), lzma.LZMAError


def _lzma() -> tuple[Any, type[Exception]]:
    import lzma

    return _BareLzma(), lzma.LZMAError


class _BareLzma:
    """LZMA as zip archives hold it: its properties first, and no end that it would know of."""

    def __init__(self) -> None:
        self._decoder: Any = None
        self._head = b""
        self.needs_input, self.eof, self.unused_data = True, False, b""

    def decompress(self, fed: bytes, size: int) -> bytes:
        if self._decoder is None:
            self._head += fed
            if len(self._head) < 9:
                return b""
            fed = self._start(self._head)
        piece: bytes = self._decoder.decompress(fed, size)
        self.needs_input, self.eof = self._decoder.needs_input, self._decoder.eof
        return piece

    def _start(self, head: bytes) -> bytes:
        import lzma

        first, window_bytes = struct.unpack("<BI", head[4:9])
        bits, lc = divmod(first, 9)
        pb, lp = divmod(bits, 5)
        bounded = min(max(window_bytes, 4096), _XZ_BYTES)
        coder = {"id": lzma.FILTER_LZMA1, "dict_size": bounded, "lc": lc, "lp": lp, "pb": pb}
        try:
            self._decoder = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[coder])
        except ValueError as error:
            raise lzma.LZMAError(str(error)) from error
        return head[9:]


_XZ_BYTES = 256 * 1024 * 1024
"""Memory that a decoder of xz or LZMA may take."""
_DECODERS: dict[str, Callable[[], tuple[Any, type[Exception]]]] = {"bzip2": _bzip2, "xz": _xz, "LZMA": _lzma}


class _Pushed:
    """A member of a kind whose decoder takes input piece by piece."""

    def __init__(self, raw: BinaryIO, at: int, decoder: Any, error: type[Exception]) -> None:
        self._raw, self._at = raw, at
        self._decoder, self._error = decoder, error
        self.end = -1

    def read(self, size: int) -> bytes:
        decoder = self._decoder
        while not decoder.eof:
            fed = b""
            if decoder.needs_input:
                self._raw.seek(self._at)
                fed = self._raw.read(INPUT_BYTES)
                if not fed:
                    raise DamagedMemberError(EARLY)
                self._at += len(fed)
            try:
                piece: bytes = decoder.decompress(fed, size)
            except (self._error, EOFError) as error:
                raise BrokenMemberError(Reason("broken", {"error": str(error)})) from error
            if piece:
                return piece
        self.end = self._at - len(decoder.unused_data)
        return b""


RESCUED_BYTES = 64 * 1024 * 1024
"""Content from whose end on a piece with an error in it is given up: all before it would have to be decoded again."""


class _Deflated(_Pushed):
    """A gzip member, or bare deflate. The decoder drops all of a piece in which it meets an error; here none is lost."""

    def __init__(self, raw: BinaryIO, at: int, kind: str) -> None:
        super().__init__(raw, at, *_isal(kind))
        self._start, self._bits = at, _WINDOW_BITS[kind]
        self._given = 0
        self._fault: BrokenMemberError | None = None

    def read(self, size: int) -> bytes:
        if self._fault is not None:
            raise self._fault
        try:
            piece = super().read(size)
        except BrokenMemberError as error:
            self._fault = error
            piece = self._rescued() if self._given <= RESCUED_BYTES else b""
            if not piece:
                raise
        self._given += len(piece)
        return piece

    def _rescued(self) -> bytes:
        """What can be decoded behind what was given out: byte by byte, so that the error costs what it is in."""
        decoder = zlib.decompressobj(self._bits)
        at, passed = self._start, 0
        parts: list[bytes] = []
        try:
            while passed < self._given:
                fed = decoder.unconsumed_tail or self._bytes(at)
                at += 0 if decoder.unconsumed_tail else len(fed)
                passed += len(decoder.decompress(fed, self._given - passed))
            fed = decoder.unconsumed_tail or self._bytes(at)
            for place in range(len(fed)):
                parts.append(decoder.decompress(fed[place : place + 1]))
                if decoder.eof:
                    break
        except zlib.error:
            pass  # what is decoded up to here is all there is
        return b"".join(parts)

    def _bytes(self, at: int) -> bytes:
        self._raw.seek(at)
        return self._raw.read(INPUT_BYTES)


class _Frame:
    """A Zstandard frame. Where others need the room for their windows, it gives up its own, and decodes anew up to its place."""

    def __init__(self, raw: BinaryIO, at: int) -> None:
        self._raw, self._at = raw, at
        self._known = dictionary(raw)
        self._blocks = Blocks(raw, at)
        self.window_bytes = self._blocks.window_bytes
        self.end = -1
        self._reader: BinaryIO | None = None
        self._given = 0
        """Bytes that came out so far."""

    def read(self, size: int) -> bytes:
        if self._blocks.needs_dictionary and self._known is None:
            raise DamagedMemberError(Reason("needs_dictionary"))
        import zstandard

        try:
            piece = b"" if self._blocks.is_skippable else self._decoded(size)
        except zstandard.ZstdError as error:
            raise DamagedMemberError(Reason("broken", {"error": str(error)})) from error
        except windows.LackingError as error:
            raise DamagedMemberError(error.reason) from error
        self._given += len(piece)
        if not piece:
            self.end = self._blocks.find_end()
            if not self._blocks.is_whole:
                raise DamagedMemberError(EARLY)
        return piece

    def let_go(self) -> None:
        """Give up the window until more is read."""
        self._reader = None

    def _decoded(self, size: int) -> bytes:
        if self.window_bytes <= ZSTD_WINDOW_BYTES:
            return self._decoder().read(size)
        with windows.turns[0].held(self):
            return self._decoder().read(size)

    def _decoder(self) -> BinaryIO:
        """What gives out the content from where it stands."""
        if self._reader is None:
            import zstandard

            self._blocks = Blocks(self._raw, self._at)
            decoder = zstandard.ZstdDecompressor(self._known, max_window_size=LONGEST_ZSTD_WINDOW_BYTES)
            self._reader = cast(
                BinaryIO,
                decoder.stream_reader(cast(BinaryIO, self._blocks), read_size=INPUT_BYTES, closefd=False),
            )
            left = self._given
            while left and (piece := self._reader.read(min(left, PIECE_BYTES))):
                count_read(len(piece))
                left -= len(piece)
        return self._reader


class Blocks:
    """The bytes of one Zstandard frame, given out block by block: a decoder that reads ahead can't run past its end."""

    def __init__(self, raw: BinaryIO, at: int) -> None:
        self._raw, self._at = raw, at
        head = self._bytes(18)
        self.is_skippable = is_skippable(head)
        self.is_whole = False
        """The end of the frame was reached."""
        self._is_last = self.is_skippable
        self._has_checksum = False
        self.window_bytes = 0
        """What the decoder keeps of the content to go back to: its window, or all of it if that is shorter."""
        if self.is_skippable:
            self._left = 8 + int.from_bytes(head[4:8], "little")
        else:
            flags = head[4] if len(head) > 4 else 0
            is_single = flags >> 5 & 1
            self._has_checksum = bool(flags >> 2 & 1)
            descriptor = 0 if is_single or len(head) < 6 else head[5]
            size_bytes = (is_single, 2, 4, 8)[flags >> 6]
            self._left = 5 + (not is_single) + (0, 1, 2, 4)[flags & 3] + size_bytes
            content_bytes = int.from_bytes(head[self._left - size_bytes : self._left], "little") + 256 * (
                size_bytes == 2
            )
            self.window_bytes = content_bytes if is_single else (8 + (descriptor & 7)) << (7 + (descriptor >> 3))
            if size_bytes:
                self.window_bytes = min(self.window_bytes, content_bytes)
        """Bytes before the next header of a block."""
        self._head = head

    @property
    def needs_dictionary(self) -> bool:
        """Its head names one."""
        return not self.is_skippable and len(self._head) >= 6 and bool(self._head[4] & 3)

    def read(self, size: int = -1) -> bytes:
        """Return at most `size` bytes, and nothing behind the frame or its damage."""
        if not self._left:
            self._next_block()
        piece = self._bytes(self._left if size < 0 else min(size, self._left))
        self._at += len(piece)
        self._left -= len(piece)
        return piece

    def find_end(self) -> int:
        """Return the byte behind the frame, or where the file ends; reads only what the headers of blocks need."""
        end = self._raw.seek(0, 2)
        while self._at + self._left <= end and not self.is_whole:
            self._at += self._left
            self._left = 0
            self._next_block()
            if not self._left:
                break
        return min(self._at, end)

    def _next_block(self) -> None:
        if self._is_last:
            self.is_whole = True
            return
        block = self._bytes(3)
        if len(block) == 3:
            header = int.from_bytes(block, "little")
            self._is_last = bool(header & 1)
            self._left = 3 + (1 if header >> 1 & 3 == 1 else header >> 3) + 4 * (self._is_last and self._has_checksum)

    def _bytes(self, count: int) -> bytes:
        self._raw.seek(self._at)
        return self._raw.read(count)


def dictionary(raw: BinaryIO) -> Any:
    """Return the dictionary that a .warc.zst file starts with, as its specification says; None if it has none."""
    import zstandard

    raw.seek(0)
    head = raw.read(8)
    if len(head) < 8 or struct.unpack("<I", head[:4])[0] != _DICTIONARY:
        return None
    content = raw.read(int.from_bytes(head[4:8], "little"))
    if content.startswith(MAGIC["Zstandard"]):
        content = zstandard.ZstdDecompressor().decompressobj().decompress(content)
    return zstandard.ZstdCompressionDict(content)
