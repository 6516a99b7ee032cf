"""The content of a compressed file as one stream: it can seek, and it goes on behind damage."""

import io
from array import array
from bisect import bisect_right
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

from tui.core.files import CHUNK_BYTES
from tui.core.problems import Reason
from tui.sources.streams.files import RawStream, count_read
from tui.sources.streams.members import MAGIC, PIECE_BYTES, DamagedMemberError, Member, compression, open_member
from tui.sources.streams.route import Damage

if TYPE_CHECKING:
    from tui.sources.streams.checkpoints import Checkpoints, XzBlocks

POINT_BYTES = 1024 * 1024
"""Least distance, in the content, between two members that are remembered as places to start from."""
REPLAY_BYTES = 1024 * 1024
"""Content that is kept for going back a little: what looks at the start of a member goes on from it."""
LONG_REPLAY_BYTES = 8 * 1024 * 1024
"""The same where pages are read from a file whose decoder can start at members only."""
JUMP_BYTES = 8 * 1024 * 1024
"""Content that is decoded on the way without thinking of shorter ones."""


class Inflated(RawStream):
    """The content of all members, one after the other.

    Going back starts from the last known member; a file of one member is decoded anew from its start. Where a member is
    damaged, what came out of it stays, a line end follows, and the next member goes on, so that a record that was cut
    does not swallow the one behind.
    """

    def __init__(self, raw: BinaryIO, kind: str) -> None:
        super().__init__()
        self.raw, self._kind = raw, kind
        self._at = 0
        """Byte in the content."""
        self._member: Member | None = open_member(kind, raw, 0)
        self._start = 0
        """Byte in the file at which the member starts."""
        self._front = 0
        """Byte in the content up to which it is decoded."""
        self._recent: deque[bytes] = deque()
        """What was decoded last, up to there."""
        self._held = 0
        """Bytes of that."""
        self._outs, self._ins = array("q", [0]), array("q", [0])
        """Starts of members: in the content, in the file."""
        self._checkpoints: Checkpoints | XzBlocks | None = None
        self._may_jump = self._has_jumped = False
        self._on_seek: Callable[[int, int], None] | None = None
        self._replay_bytes = REPLAY_BYTES
        self.damage: list[Damage] = []
        """In the order of the file; grows while it is read for the first time."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most `size` bytes, fewer also before the end; all that is left if it is negative."""
        if size < 0:
            return b"".join(iter(lambda: self.read(CHUNK_BYTES), b""))
        while size and self._member is not None and self._at == self._front:
            self._decode(self._member)
        behind = self._front - self._at
        for piece in reversed(self._recent):
            if behind <= len(piece):
                start = len(piece) - behind
                content = piece[start : start + size]
                self._at += len(content)
                return content
            behind -= len(piece)
        return b""

    def _decode(self, member: Member) -> None:
        """Decode one piece more, or go on to the next member."""
        try:
            piece = member.read(PIECE_BYTES)
        except DamagedMemberError as error:
            if self._has_jumped:
                self._recount()
                return
            piece = self._resume(error.reason)
        else:
            if not piece:
                self._go_on(member.end)
        if piece:
            self._recent.append(piece)
            count_read(len(piece))
            self._front += len(piece)
            self._held += len(piece)
            while self._held - len(self._recent[0]) >= self._replay_bytes:
                self._held -= len(self._recent.popleft())

    def seek(self, target: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a byte of the content, or as near as it reaches. Only from the start or the place where it stands."""
        if whence == io.SEEK_CUR:
            target += self._at
        elif whence != io.SEEK_SET:
            raise io.UnsupportedOperation("the size of the content is unknown before it is read")
        if self._front - self._held <= target <= self._front:
            self._at = target
            return target
        point = bisect_right(self._outs, target) - 1
        if target < self._at or self._outs[point] > self._front:
            self._from(self._outs[point], self._ins[point])
        self._at = self._front
        if target - self._at > JUMP_BYTES and self._may_jump:
            self._jump(target)
        while self._at < target and self.read(min(target - self._at, CHUNK_BYTES)):
            if self._on_seek is not None:
                self._on_seek(self._at, target)
        return self._at

    def prepare_for_jumps(self, on_seek: Callable[[int, int], None] | None = None) -> None:
        """From the first long way on, know places inside of large members of gzip and xz, and keep more content of others:
        for streams that stay open.

        `on_seek` is told, again and again, the byte that a seek has reached and the one that it is for.
        """
        self._on_seek = on_seek
        self._replay_bytes = REPLAY_BYTES if self._kind == "gzip" else LONG_REPLAY_BYTES
        self._may_jump = self._kind in ("gzip", "xz") and isinstance(self.raw, io.FileIO)

    def _jump(self, target: int) -> None:
        if self._checkpoints is None:
            from tui.sources.streams.checkpoints import Checkpoints, XzBlocks  # few jump

            self._checkpoints = XzBlocks(self.raw) if self._kind == "xz" else Checkpoints(self.raw)
        if self._checkpoints.is_damaged or self.damage:
            return  # see _recount
        place = self._checkpoints.before(target)
        if place is not None and place[0] > self._at:
            self._at, self._start, self._member = place
            self._forget()
            self._has_jumped = True

    def _recount(self) -> None:
        """Decode from the start what was reached by a jump: how much comes out before damage depends on that."""
        self._may_jump = False
        at, point = self._at, bisect_right(self._outs, self._at) - 1
        self._from(self._outs[point], self._ins[point])
        self.seek(at)

    def close(self) -> None:
        if self._checkpoints is not None:
            self._checkpoints.stop()
        self.raw.close()
        super().close()

    def _from(self, at: int, start: int) -> None:
        self._at = at
        self._forget()
        self._open(start)

    def _forget(self) -> None:
        self._front, self._held = self._at, 0
        self._recent.clear()

    def _open(self, start: int) -> None:
        self._start = start
        self._member = open_member(self._kind, self.raw, start)
        self._has_jumped = False
        if self._front >= self._outs[-1] + POINT_BYTES:
            self._outs.append(self._front)
            self._ins.append(start)

    def _go_on(self, end: int) -> None:
        """Open the member that starts at `end`, behind padding."""
        head = self._bytes_at(end, 8)
        while head and not head.strip(b"\x00"):
            end += len(head)
            head = self._bytes_at(end, 8)
        padding = len(head) - len(head.lstrip(b"\x00"))
        end += padding
        if not head:
            self._member = None
        elif compression(self._bytes_at(end, 8)) == self._kind:
            self._open(end)
        else:
            self._search(end, end, Reason("no_compressed_data"))

    def _resume(self, reason: Reason) -> bytes:
        self._search(self._start, self._start + 1, reason)
        return b"\n" if self._member is not None else b""

    def _search(self, start: int, place: int, reason: Reason) -> None:
        """Open the next member that can be decoded, and note what was lost."""
        magic = MAGIC[self._kind]
        end = place
        while True:
            chunk = self._bytes_at(place, CHUNK_BYTES)
            mark = chunk.find(magic)
            end = place + (mark if mark >= 0 else len(chunk))
            if mark < 0 and len(chunk) < len(magic):
                self._member = None
                break
            if mark < 0:
                place += len(chunk) - len(magic) + 1
            elif self._is_member(end):
                self._open(end)
                break
            else:
                place = end + 1
        if not self.damage or self.damage[-1].start < start:
            self.damage.append(Damage(start, end, reason, self._front))

    def _is_member(self, at: int) -> bool:
        try:
            return bool(open_member(self._kind, self.raw, at).read(1))
        except DamagedMemberError:
            return False

    def _bytes_at(self, place: int, count: int) -> bytes:
        self.raw.seek(place)
        return self.raw.read(count)
