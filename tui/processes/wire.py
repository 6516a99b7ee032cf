"""What the screen's process and the worker say to each other: length-prefixed messages on pipes.

Pickle is safe here: both ends are ours, and started by the same user. Rows of a document cross as columns.
"""

import pickle
import struct
from typing import Any, BinaryIO

from tui.core.errors import ReasonedError, StoreError
from tui.core.model import Limits
from tui.core.values import dataclass

HEADER = struct.Struct("!Q")
"""Length of the message behind it, in bytes."""
MEMORY_STATUS = 77
"""Exit status of a worker that ran into its memory limit."""


@dataclass(frozen=True, slots=True)
class Setup:
    """The first message to a worker."""

    limits: Limits
    is_low_priority: bool = False
    is_remote: bool = False
    """It may reach files on other hosts; no other process that reads pages may."""
    turns: str = ""
    """Path of the file by which the processes of a program take turns at what only one of them has memory for."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A worker's first answer: it waits for requests."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Sent before an answer: a part of it."""

    content: Any


@dataclass(frozen=True, slots=True)
class Bound:
    """Sent before an answer: from now on the worker may have so much memory, with a long window or again without it."""

    memory_bytes: int


@dataclass(frozen=True, slots=True, eq=False)
class StoreNotice:
    """Sent before an answer, which is none the worse: something that we keep is damaged, and is done without."""

    error: StoreError


@dataclass(frozen=True, slots=True, eq=False)
class Raised:
    """The answer to a request that raised."""

    error: StoreError | ReasonedError
    """What the user has kept can't be read, and no page is to blame; or a fault of ours, found by this page."""


def pack(message: object) -> bytes:
    """Return the message as bytes, with its length in front."""
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return HEADER.pack(len(body)) + body


def unpack(body: bytes | memoryview) -> object:
    """Return the message that follows a header."""
    return pickle.loads(body)  # noqa: S301 - from our own process, see above


def receive(stream: BinaryIO) -> object | None:
    """Wait for a message; None when the other end is closed."""
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    (length,) = HEADER.unpack(header)
    body = stream.read(length)
    return unpack(body) if len(body) == length else None
