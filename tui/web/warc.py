"""Exchanges kept as WARC: the request and the answer as they went over the wire, for replay and for other tools."""

import fcntl
import io
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from tui.web.exchange import Answer
from tui.web.urls import Url

_SECRET = frozenset({"authorization", "cookie", "proxy-authorization"})
"""Headers of the user's that are none of a later reader's business."""
_MOVED = frozenset({"transfer-encoding"})
"""Headers that are not true of the record any more: chunks are undone. Kept under the name that other tools use."""
_lock = threading.Lock()


def add(path: str, url: Url, sent: list[tuple[str, str]], answer: Answer, coded: bytes, moment: float) -> None:
    """Add request and response records to the end of a WARC file, compressed record by record.

    `coded` is the body before content decoding. Raises OSError if the file can't be written.
    """
    records = _records(url, sent, answer, coded, datetime.fromtimestamp(moment, UTC))
    with _lock, Path(path).open("ab") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)  # the gathering process writes here as well
        stream.write(records)


def _records(url: Url, sent: list[tuple[str, str]], answer: Answer, coded: bytes, moment: datetime) -> bytes:
    # Imported here: few keep what they see, and it costs 40 ms.
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    made = io.BytesIO()
    writer = WARCWriter(made, gzip=True)
    date = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    facts = {"WARC-Date": date, "WARC-IP-Address": answer.network.address}
    status = f"{answer.status} {answer.reason}".strip()
    response = writer.create_warc_record(
        url.text,
        "response",
        payload=io.BytesIO(coded),
        http_headers=StatusAndHeaders(status, _moved(answer.headers), protocol="HTTP/1.1"),
        warc_headers_dict=facts,
    )
    request_line = StatusAndHeaders(f"{url.target} HTTP/1.1", _public(sent), protocol="GET")
    request = writer.create_warc_record(
        url.text, "request", http_headers=request_line, warc_headers_dict={"WARC-Date": date}
    )
    writer.write_request_response_pair(request, response)
    return made.getvalue()


def _moved(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(f"X-Archive-Orig-{name}" if name.lower() in _MOVED else name, value) for name, value in headers]


def _public(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() not in _SECRET]
