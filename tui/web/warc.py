"""Exchanges kept as WARC: the request and the answer as they went over the wire, for replay and for other tools."""

import base64
import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime

from tui.web.exchange import Answer
from tui.web.urls import Url

_SECRET = frozenset({"authorization", "cookie", "proxy-authorization"})
"""Headers of the user's that are none of a later reader's business."""
_MOVED = frozenset({"transfer-encoding"})
"""Headers that are not true of the record any more: chunks are undone. Kept under the name that other tools use."""


def records(url: Url, sent: list[tuple[str, str]], answer: Answer, coded: bytes, moment: float) -> tuple[bytes, bytes]:
    """Make response and request records of an exchange; `coded` is the body before content decoding."""
    from uuid import uuid4  # asks what machine this is, 5 ms: only for those who keep what they see

    date = datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    facts = [("WARC-Target-URI", url.text), ("WARC-Date", date)]
    response_id, request_id = (f"<urn:uuid:{uuid4()}>" for _ in range(2))
    address = [("WARC-IP-Address", answer.address)] if answer.address else []
    status = f"HTTP/1.1 {answer.status} {answer.reason}".rstrip()
    # UTF-8: a server's headers were read as that if they could be, and nothing is lost of the others either.
    response = _record("response", response_id, facts + address, _head(status, _moved(answer.headers)).encode(), coded)
    head = _head(f"GET {url.target} HTTP/1.1", _public(sent)).encode("latin-1")
    return response, _record("request", request_id, [*facts, ("WARC-Concurrent-To", response_id)], head, b"")


def _record(kind: str, record_id: str, facts: list[tuple[str, str]], head: bytes, body: bytes) -> bytes:
    """Make a record of an HTTP message."""
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


def _head(first: str, headers: Iterable[tuple[str, str]]) -> str:
    return "".join(f"{line}\r\n" for line in (first, *(f"{name}: {value}" for name, value in headers), ""))


def _digest(data: bytes) -> str:
    """SHA-1 in base 32, as all WARC tools write it."""
    return f"sha1:{base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()}"


def _moved(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(f"X-Archive-Orig-{name}" if name.lower() in _MOVED else name, value) for name, value in headers]


def _public(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() not in _SECRET]
