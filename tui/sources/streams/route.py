"""The way from a file into the members of archives, step by step, and the streams that lead along it."""

import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple, cast

from tui.core.files import CHUNK_BYTES
from tui.core.problems import Reason, Values
from tui.sources.streams.files import RawStream, count_read
from tui.sources.streams.members import PIECE_BYTES, DamagedMemberError, Member, open_member

METHODS = {8: "deflate", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "xz"}
"""How members of zip archives may be compressed, by the numbers that zip has for it."""
SEPARATOR = "!/"
"""Stands in `Ref.member` between an archive and what lies in it."""


class Damage(NamedTuple):
    """A stretch of packed bytes that could not be decoded, or that is not what it was."""

    start: int
    """Byte at which it begins, in what is packed."""
    end: int
    """Byte at which decoding went on, or where the packed bytes end."""
    reason: Reason
    at: int = 0
    """Byte of the content that stands, or would stand, there."""
    is_changed: bool = False
    """All of it was decoded, but it isn't what was packed."""

    def as_reason(self) -> Reason:
        """Return what is to be said of it."""
        values: Values = {"byte": self.start, "reason": self.reason, "lost": self.end - self.start, "end": self.end}
        return Reason("changed_since_packed" if self.is_changed else "undecodable", values)


AS_STORED = -1


class RouteStep(NamedTuple):
    """From the content of a file or member to what is packed in it: where that lies, and how it is packed.

    >>> str(RouteStep(512, 90)), RouteStep.of("30+40:8:99:ff")
    ('512+90', RouteStep(start=30, length=40, method=8, size=99, crc=255))
    """

    start: int
    length: int
    method: int = 0
    """As zip numbers them; 0: it lies there as it is. AS_STORED: the same, and place and length count in the file as it is
    stored, whether that is compressed or not."""
    size: int = -1
    """Bytes of it when unpacked; -1: as many as lie there."""
    crc: int = -1
    """CRC-32 of it when unpacked; -1: unknown."""

    def __str__(self) -> str:
        place = f"{self.start}+{self.length}"
        return f"{place}:{self.method}:{self.size}:{self.crc:x}" if self.method else place

    @classmethod
    def of(cls, text: str) -> "RouteStep":
        """Read one step of a route."""
        place, *packing = text.split(":")
        start, length = map(int, place.split("+"))
        method, size, crc = (int(packing[0]), int(packing[1]), int(packing[2], 16)) if packing else (0, -1, -1)
        return cls(start, length, method, size, crc)


def longer(route: str, step: RouteStep) -> str:
    """Return a route with one more step."""
    return f"{route}/{step}" if route else str(step)


def steps(route: str) -> list[RouteStep]:
    """Return the steps of a route.

    >>> [step.start for step in steps("0+90/30+40:8:99:ff")]
    [0, 30]
    """
    return [RouteStep.of(part) for part in route.split("/")] if route else []


class Window(RawStream):
    """A stretch of a stream as a stream of its own."""

    def __init__(self, stream: BinaryIO, start: int, length: int, is_shared: bool = False) -> None:
        """`is_shared`: the stream below stays open when this one is closed."""
        super().__init__()
        self.below = stream
        self.start, self.length, self._at = start, length, 0
        self._is_shared = is_shared

    @property
    def damage(self) -> list[Damage]:
        """What could not be decoded of this stretch so far."""
        damage: list[Damage] = getattr(self.below, "damage", [])
        return [each for each in damage if self.start <= each.at < self.start + max(1, self.length)]

    def read(self, size: int = -1, /) -> bytes:
        left = self.length - self._at
        self.below.seek(self.start + self._at)
        piece = self.below.read(left if size < 0 else max(0, min(size, left)))
        self._at += len(piece)
        return piece

    def seek(self, target: int, whence: int = io.SEEK_SET, /) -> int:
        self._at = target + (0, self._at, self.length)[whence]
        return self._at

    def close(self) -> None:
        """Close the stream below as well, unless it is shared."""
        if not self._is_shared:
            self.below.close()
        super().close()


class ZipMember(RawStream):
    """A member of a zip archive that is compressed. Where it is broken it ends, with its damage noted."""

    def __init__(self, packed: BinaryIO, step: RouteStep) -> None:
        super().__init__()
        self._packed, self._step = packed, step
        self.damage: list[Damage] = []
        self._at = 0
        self._rewind()

    def _rewind(self) -> None:
        self._member: Member | None = open_member(METHODS[self._step.method], self._packed, 0)
        self._piece = b""
        """What was decoded last."""
        self._front = 0
        """Byte behind it in the member."""
        self._sum = 0

    def read(self, size: int = -1, /) -> bytes:
        """Return at most `size` bytes, fewer also before the end; all that is left if it is negative."""
        if size < 0:
            return b"".join(iter(lambda: self.read(PIECE_BYTES), b""))
        if self._at < self._front - len(self._piece):
            self._rewind()
        while size and self._at >= self._front and self._member is not None:
            self._decode(self._member)
        start = len(self._piece) - (self._front - self._at)
        content = self._piece[start : start + size] if start >= 0 else b""
        self._at += len(content)
        return content

    def _decode(self, member: Member) -> None:
        try:
            self._piece = member.read(PIECE_BYTES)
        except DamagedMemberError as error:
            self._piece, self._member = b"", None
            self._note(error.reason)
            return
        count_read(len(self._piece))
        self._front += len(self._piece)
        self._sum = zlib.crc32(self._piece, self._sum)
        if not self._piece:
            self._member = None
            if self._step.crc >= 0 and (self._front, self._sum) != (self._step.size, self._step.crc):
                self._note(Reason("checksum_differs"), is_changed=True)

    def seek(self, target: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a byte of the member; what lies before it is decoded when something is read there."""
        if whence == io.SEEK_END:
            while self._step.size < 0 and self._member is not None:
                self._decode(self._member)
            target += self._front if self._step.size < 0 else self._step.size
        self._at = target + self._at if whence == io.SEEK_CUR else target
        return self._at

    def close(self) -> None:
        self._packed.close()
        super().close()

    def _note(self, reason: Reason, is_changed: bool = False) -> None:
        if not self.damage:
            start = self._step.start
            self.damage.append(Damage(start, start + self._step.length, reason, self._front, is_changed))


def read_fully(stream: BinaryIO, count: int) -> bytes:
    """Return `count` bytes, fewer only at the end."""
    parts = []
    while count > 0 and (part := stream.read(count)):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def places_of(mark: bytes, stream: BinaryIO, at: int, end: int | None = None) -> Iterator[int]:
    """Yield where a mark stands in a stream, from byte `at` on and up to `end`. Others may use the stream meanwhile."""
    while True:
        stream.seek(at)
        chunk = read_fully(stream, CHUNK_BYTES if end is None else min(CHUNK_BYTES, end - at))
        place = chunk.find(mark)
        while place >= 0:
            yield at + place
            place = chunk.find(mark, place + 1)
        if len(chunk) < CHUNK_BYTES:
            return
        at += len(chunk) - len(mark) + 1


def unpacked(stream: BinaryIO, step: RouteStep, is_shared: bool) -> BinaryIO:
    """Follow one step into a stream. `is_shared`: the stream stays open when what is returned is closed."""
    window = cast(BinaryIO, Window(stream, step.start, step.length, is_shared))
    return cast(BinaryIO, ZipMember(window, step)) if step.method > 0 else window


class Packed(NamedTuple):
    """A member of an archive, or something in it that can't be read."""

    name: str
    """As it stands there; empty: it is no member."""
    step: RouteStep
    trouble: Reason | None = None
    """Why it can't be read, for people; empty: it can."""
