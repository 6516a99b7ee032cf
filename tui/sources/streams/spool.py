"""Streams that can only be read forwards, copied to where any byte of them can be reached: memory, or a nameless file."""

import io
import os
from typing import BinaryIO, cast

from tui.core.errors import SourceError
from tui.core.files import CHUNK_BYTES
from tui.core.problems import Reason, system_reason
from tui.sources.streams.route import Damage, Window, ZipMember

SPOOL_BYTES = 1024 * 1024 * 1024
"""Bytes of a member that are unpacked for formats that have to go to and fro in it."""
MEMORY_BYTES = 8 * 1024 * 1024
"""Bytes up to which that takes place in memory."""


class Spool(Window):
    """A copy, and what was wrong with what it was made of."""

    def __init__(self, copy: BinaryIO, length: int, damage: list[Damage]) -> None:
        super().__init__(copy, 0, length)
        self._damage = damage

    @property
    def damage(self) -> list[Damage]:
        """As it was found while the copy was made."""
        return self._damage


def is_seekable(stream: BinaryIO) -> bool:
    """Say whether any byte of a stream can be reached without decoding those before it."""
    from tui.sources.streams.inflated import Inflated

    while isinstance(stream, Window):
        stream = stream.below
    return not isinstance(stream, Inflated | ZipMember)


def spooled(stream: BinaryIO, place: str) -> BinaryIO:
    """Return the stream if it can seek already, else a copy, with which it is closed.

    The copy has no name: nobody else can open it, and it goes with its last user. `place` names it for messages.
    Raises SourceError if it is too large, or can't be kept.
    """
    if is_seekable(stream):
        return stream
    copy: BinaryIO = io.BytesIO()
    size = 0
    try:
        stream.seek(0)
        while piece := stream.read(CHUNK_BYTES):
            size += len(piece)
            if size > SPOOL_BYTES:
                raise SourceError(Reason("too_large_to_unpack", {"most": SPOOL_BYTES >> 20}), place)
            if size > MEMORY_BYTES and isinstance(copy, io.BytesIO):
                start, copy = copy.getvalue(), _nameless()
                copy.write(start)
            copy.write(piece)
    except OSError as error:
        copy.close()
        raise _no_room(place, error) from error
    except SourceError:
        copy.close()
        raise
    damage = list(getattr(stream, "damage", ()))
    stream.close()
    return cast(BinaryIO, Spool(copy, size, damage))


def _no_room(place: str, error: OSError) -> SourceError:
    import tempfile  # 4 ms of every first page, which few need

    return SourceError(
        Reason("no_room_to_unpack", {"folder": tempfile.gettempdir(), "why": system_reason(error)}), place
    )


def _nameless() -> BinaryIO:
    """A file that goes when it is closed, however this process ends."""
    import tempfile  # as above

    descriptor, path = tempfile.mkstemp(prefix="copydesk-")
    os.unlink(path)  # noqa: PTH108 - paths are plain strings all the way
    return os.fdopen(descriptor, "w+b", buffering=0)


def copy_into(copy: BinaryIO, stream: BinaryIO, place: str) -> None:
    """Copy a stream from its start into a file. Raises SourceError as `spooled` does."""
    size = 0
    try:
        stream.seek(0)
        while piece := stream.read(CHUNK_BYTES):
            size += len(piece)
            if size > SPOOL_BYTES:
                raise SourceError(Reason("too_large_to_unpack", {"most": SPOOL_BYTES >> 20}), place)
            copy.write(piece)
        copy.flush()
    except OSError as error:
        raise _no_room(place, error) from error
