"""WARC files that grow by exchanges, as they went over the wire: whole records are added to a file of ours, and to no other."""

import base64
import fcntl
import hashlib
import io
import os
import re
import stat
import struct
import threading
import zlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from tui.core.errors import ReasonedError
from tui.core.problems import Reason
from tui.web.urls import Url

_VERSION = b"WARC/1.0\r\n"
_PLAIN = _VERSION + b"WARC-Type: response\r\nWARC-Record-ID: <urn:uuid:"
_PACKED = b"\x1f\x8b\x08\x04\0\0\0\0\x02\xff\x08\0cd\x04\0"
"""How the files begin, and each compressed record: gzip with an extra field `cd`, which has the bytes of the record.

So the last whole one is found without decompressing anything.
"""
_PACKED_HEAD_BYTES = len(_PACKED) + 4
_BETWEEN = b"\r\n\r\n"
_HEAD_BYTES = 32 * 1024
"""A WARC header of ours is shorter: addresses are."""
_CUT = 1 << 62
"""Bytes of no file."""
_SECRET = frozenset({"authorization", "cookie", "proxy-authorization"})
"""Headers of the user's that are none of a later reader's business."""
_MOVED = frozenset({"transfer-encoding"})
"""Headers that are not true of the record any more: chunks are undone. Kept under the name that other tools use."""

_Headers = Sequence[tuple[str, str]]


class NotOursError(ReasonedError):
    """There is a file, but none that this module has written: nothing is added to it."""


def check(path: str) -> None:
    """Make the file if there is none. Raises NotOursError if what is there begins otherwise than ours do, OSError."""
    with _opened(path) as stream:
        if _is_file(stream):
            head = os.pread(stream.fileno(), len(_begin(path)), 0)
            if not _begin(path).startswith(head):
                raise NotOursError(Reason("warc_not_ours"))


class WarcFile:
    """A WARC file to which exchanges are added: compressed record by record if its name ends in .gz, else as they are.

    Several processes may add to one. What a process that was killed has left of a record is cut off.
    """

    def __init__(self, path: str) -> None:
        self._path, self._is_packed = path, path.endswith(".gz")
        self._lock = threading.Lock()
        self._end, self._file = 0, (0, 0)
        """Where the last whole record ended, and the file in which it did."""

    def add(self, exchange: Iterable[bytes]) -> None:
        """Add the records of an exchange, or none of them.

        Raises OSError if the file can't be written, NotOursError if there is something in it that is not ours.
        """
        records = b"".join(map(_packed if self._is_packed else bytes, exchange))
        with self._lock, _opened(self._path) as stream:
            if not _is_file(stream):
                _write(stream, records)
                return
            fcntl.flock(stream, fcntl.LOCK_EX)  # the gathering process writes here as well
            end = self._whole(stream.fileno())
            try:
                stream.truncate(end)
                _write(stream, records)
                os.fsync(stream.fileno())
            except OSError:
                stream.truncate(end)
                raise
            self._end = stream.seek(0, os.SEEK_END)

    def _whole(self, number: int) -> int:
        """Where the last whole record ends. Only what has come since the last time is looked at."""
        there = os.fstat(number)
        if self._file != (there.st_dev, there.st_ino) or self._end > there.st_size:
            self._file, self._end = (there.st_dev, there.st_ino), 0
        while self._end < there.st_size:
            head = os.pread(number, _HEAD_BYTES, self._end)
            length = _packed_size(head) if self._is_packed else _plain_size(head, is_first=not self._end)
            if self._end + length > there.st_size:
                break
            self._end += length
        return self._end


def _opened(path: str) -> io.FileIO:
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
    return io.FileIO(path, "ab", opener=lambda name, _flags: os.open(name, flags, 0o666))


def _write(stream: io.FileIO, records: bytes) -> None:
    left = memoryview(records)
    while left:
        left = left[stream.write(left) :]


def _is_file(stream: io.FileIO) -> bool:
    return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)


def _begin(path: str) -> bytes:
    return _PACKED if path.endswith(".gz") else _PLAIN


def _packed_size(head: bytes) -> int:
    """Return the bytes of the compressed record that begins so, or where that is cut off more than there are."""
    size = head[len(_PACKED) : _PACKED_HEAD_BYTES]
    length = int.from_bytes(size, "little") if len(size) == 4 else _CUT
    if not _PACKED.startswith(head[: len(_PACKED)]) or length <= _PACKED_HEAD_BYTES:
        raise NotOursError(Reason("warc_not_ours"))
    return length


def _plain_size(head: bytes, *, is_first: bool) -> int:
    """As of a compressed one. Those that follow the first need not be responses."""
    begin = _PLAIN if is_first else _VERSION
    stated = re.search(rb"\r\nContent-Length: (\d{1,12})\r\n\r\n", head)
    if not begin.startswith(head[: len(begin)]) or (stated is None and len(head) == _HEAD_BYTES):
        raise NotOursError(Reason("warc_not_ours"))
    return stated.end() + int(stated[1]) + len(_BETWEEN) if stated else _CUT


def _packed(record: bytes) -> bytes:
    """Compress a record, and say in the header how long it is then."""
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    content = packer.compress(record) + packer.flush()
    size = _PACKED_HEAD_BYTES + len(content) + 8
    return b"".join((_PACKED, struct.pack("<I", size), content, struct.pack("<II", zlib.crc32(record), len(record))))


def records(
    url: Url, sent: _Headers, status: str, came: _Headers, address: str, coded: bytes, moment: float
) -> tuple[bytes, bytes]:
    """Make response and request records of an exchange: what was sent, and what came from an address.

    `status` is the answer's, with its phrase; `coded` is the body before content decoding.
    """
    from uuid import uuid4  # asks what machine this is, 5 ms: only for those who keep what they see

    date = datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    facts = [("WARC-Target-URI", url.text), ("WARC-Date", date)]
    response_id, request_id = (f"<urn:uuid:{uuid4()}>" for _ in range(2))
    origin = [("WARC-IP-Address", address)] if address else []
    # UTF-8: a server's headers were read as that if they could be, and nothing is lost of the others either.
    response = _record(
        "response", response_id, facts + origin, _head(f"HTTP/1.1 {status}".rstrip(), _moved(came)).encode(), coded
    )
    head = _head(f"GET {url.target} HTTP/1.1", _public(sent)).encode("latin-1")
    return response, _record("request", request_id, [*facts, ("WARC-Concurrent-To", response_id)], head, b"")


def _record(kind: str, record_id: str, facts: list[tuple[str, str]], head: bytes, body: bytes) -> bytes:
    headers = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", record_id),
        *facts,
        ("WARC-Payload-Digest", _digest(body)),
        ("WARC-Block-Digest", _digest(head + body)),
        ("Content-Type", f"application/http; msgtype={kind}"),
        ("Content-Length", str(len(head) + len(body))),
    ]
    return b"".join((_head("WARC/1.0", headers).encode(), head, body, b"\r\n\r\n"))


def _head(first: str, headers: _Headers) -> str:
    return "".join(f"{line}\r\n" for line in (first, *(f"{name}: {value}" for name, value in headers), ""))


def _digest(data: bytes) -> str:
    """SHA-1 in base 32, as all WARC tools write it."""
    return f"sha1:{base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()}"


def _moved(headers: _Headers) -> list[tuple[str, str]]:
    return [(f"X-Archive-Orig-{name}" if name.lower() in _MOVED else name, value) for name, value in headers]


def _public(headers: _Headers) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() not in _SECRET]
