"""Files of records that are being written, read on from where they were left."""

from collections import OrderedDict
from typing import BinaryIO, cast

from tui.core.model import Ref
from tui.core.problems import Reason
from tui.sources.streams.files import path_of
from tui.sources.streams.inflated import Inflated
from tui.sources.streams.members import EARLY, Member, compression
from tui.sources.streams.opening import open_stored
from tui.sources.streams.route import Window

KEPT_STREAMS = 8
"""Compressed files that stay open, with their decoders where they stand; others are decoded anew."""
MEMBER_BYTES = 8
"""Bytes by which the start of a member is known."""
_ENDLESS = 2**62
"""Bytes of a file that grows."""

_kept: OrderedDict[str, "Growing"] = OrderedDict()


class Growing(Inflated):
    """The content of a compressed file as far as it is written; `go_on` sees to what was written since."""

    def __init__(self, raw: BinaryIO, kind: str) -> None:
        super().__init__(raw, kind)
        self._member_at = 0
        """Byte of the content at which the member starts."""
        self._paused: Member | None = None
        """The member that had no more input."""
        self._next = -1
        """Byte of the file at which a member is to come; -1: none is waited for."""

    def go_on(self) -> None:
        """Read what was written since."""
        member, self._paused = self._paused, None
        place, self._next = self._next, -1
        if place >= 0:
            self._go_on(place)
        elif member is not None and self._kind == "Zstandard":  # its decoder takes the end of its input for good
            self._from(self._member_at, self._start)
        elif member is not None:
            self._member = member

    def _open(self, start: int) -> None:
        self._member_at = self._front
        self._paused, self._next = None, -1
        super()._open(start)

    def _go_on(self, end: int) -> None:
        if len(self._bytes_at(end, MEMBER_BYTES).lstrip(b"\x00")) < MEMBER_BYTES:
            self._member, self._next = None, end
        else:
            super()._go_on(end)

    def _resume(self, reason: Reason) -> bytes:
        if reason != EARLY:
            content = super()._resume(reason)
            if self._member is None:
                self._next = self.damage[-1].end
            return content
        self._paused, self._member = self._member, None
        return b""


def growing(file: Ref) -> BinaryIO:
    """Return the content of a file from the place's offset on, as far as it is written. Close it.

    Raises SourceError if it can't be opened.
    """
    stream = _kept.pop(path_of(file), None)
    if stream is None:
        raw = open_stored(file)
        kind = compression(raw.read(MEMBER_BYTES))
        if not kind:
            return cast(BinaryIO, Window(raw, file.offset, _ENDLESS))
        stream = Growing(raw, kind)
    stream.go_on()
    _kept[path_of(file)] = stream
    while len(_kept) > KEPT_STREAMS:
        _kept.popitem(last=False)[1].close()
    return cast(BinaryIO, Window(cast(BinaryIO, stream), file.offset, _ENDLESS, is_shared=True))


def forget(path: str) -> None:
    """Keep nothing of a file: another one has its name."""
    stream = _kept.pop(path, None)
    if stream is not None:
        stream.close()
