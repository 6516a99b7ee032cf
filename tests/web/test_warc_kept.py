"""What `--warc` keeps is what went over the wire, and other tools read it."""

import gzip
import socket
from pathlib import Path

import pytest
from hostile import Handler, Server, answer, says
from waiting import PATIENCE_S
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from tui.web.fetch import Client
from tui.web.job import FetchJob, FetchSettings

PAGE = b"<title>Rain</title><p>It rained all day, and the harbour stayed empty."


def kept(tmp_path: Path, handler: Handler) -> tuple[bytes, list[tuple[ArcWarcRecord, bytes]]]:
    """Fetch `/` and keep it; return the request, and the records as warcio reads them, with their bodies unread by it."""
    (tmp_path / "session").mkdir()
    file = tmp_path / "kept.warc.gz"
    settings = FetchSettings(
        str(tmp_path / "session"), str(tmp_path / "cache"), 10**8, timeout_s=PATIENCE_S, warc=str(file)
    )
    with Server(handler) as server:
        Client(settings).fetch(FetchJob(server.url + "/", True, frozenset()), lambda _received: None)
        (request,) = server.requests
    with file.open("rb") as stream:
        records = [(record, record.raw_stream.read()) for record in ArchiveIterator(stream, check_digests="raise")]
    return request, records


def test_the_records_have_the_headers_that_the_standard_asks_for(tmp_path: Path) -> None:
    _request, records = kept(tmp_path, says(answer(PAGE)))
    (response, body), (request, nothing) = records
    assert [response.rec_type, body, request.rec_type, nothing] == ["response", PAGE, "request", b""]
    headers = dict(response.rec_headers.headers)
    assert headers["WARC-IP-Address"] == "127.0.0.1"
    assert headers["Content-Type"] == "application/http; msgtype=response"
    assert headers["WARC-Record-ID"].startswith("<urn:uuid:")
    assert request.rec_headers.get_header("WARC-Concurrent-To") == headers["WARC-Record-ID"]
    assert request.rec_headers.get_header("WARC-Date") == headers["WARC-Date"]


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        pytest.param(b"", b"", id="empty"),
        pytest.param(b"Content-Encoding: gzip\r\n", gzip.compress(PAGE), id="compressed"),
        pytest.param(b"Content-Length: 999\r\n", PAGE, id="shorter than announced"),
        pytest.param(b"X-Name: \xe5\x9b\xbd\r\n", PAGE, id="UTF-8 in a header"),
        pytest.param(b"", PAGE + b"\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\n\r\n", id="a record in the body"),
    ],
)
def test_header_and_body_are_kept_byte_for_byte(fields: bytes, body: bytes, tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + fields + b"\r\n"
    asked, records = kept(tmp_path, says(head + body))
    assert len(records) == 2
    assert records[0][1] == body
    blocks = [record.split(b"\r\n\r\n", 1)[1] for record in gzip.decompress(_file(tmp_path)).split(b"WARC/1.0\r\n")[1:]]
    assert blocks[0].startswith(head)
    assert blocks[-1].rstrip(b"\r\n") == asked.rstrip(b"\r\n")


def test_chunks_are_undone_and_the_header_that_named_them_moves(tmp_path: Path) -> None:
    def handle(connection: socket.socket, _request: bytes) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
        connection.sendall(head + b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE))

    _request, records = kept(tmp_path, handle)
    response, body = records[0]
    assert body == PAGE
    assert response.http_headers.get_header("X-Archive-Orig-Transfer-Encoding") == "chunked"
    assert response.http_headers.get_header("Transfer-Encoding") is None


def _file(tmp_path: Path) -> bytes:
    return (tmp_path / "kept.warc.gz").read_bytes()
