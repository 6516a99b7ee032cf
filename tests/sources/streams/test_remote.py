"""Files on other hosts, through fsspec, against an FTP server of our own on loopback."""

import gzip
import json
import logging
import subprocess
import sys
import threading
import warnings
import zipfile
from collections.abc import Iterator

import pytest
from made_warcs import response, warcinfo, write
from troubles import trouble

from tui import sources
from tui.core.model import Limits
from tui.sources import Tally
from tui.sources.streams import remote

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it stands on asyncore, which Python has deprecated
    from pyftpdlib.authorizers import DummyAuthorizer
    from pyftpdlib.handlers import FTPHandler
    from pyftpdlib.servers import FTPServer

ROWS = [{"text": f"row {number}"} for number in range(200)]
PAGE = b"<!doctype html><title>x</title>"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a folder of collections; the address of it."""
    folder = tmp_path_factory.mktemp("served")
    lines = b"".join(json.dumps(row).encode() + b"\n" for row in ROWS)
    (folder / "sub").mkdir()
    (folder / "rows.jsonl").write_bytes(lines)
    (folder / "sub/rows.jsonl.gz").write_bytes(gzip.compress(lines))
    write(folder / "sub/crawl.warc.gz", [warcinfo(), response("https://example.org/", PAGE)], "gzip")
    with zipfile.ZipFile(folder / "pages.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.html", PAGE)
    logging.getLogger("pyftpdlib").setLevel(logging.CRITICAL)
    users = DummyAuthorizer()
    users.add_anonymous(str(folder))
    handler = type("Handler", (FTPHandler,), {"authorizer": users})
    serving = FTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=serving.serve_forever, kwargs={"timeout": 0.05, "handle_exit": False})
    thread.start()
    yield f"ftp://127.0.0.1:{serving.address[1]}"
    serving.close_all()
    thread.join()


@pytest.fixture(autouse=True)
def _may_reach_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the process that is started for files on other hosts."""
    monkeypatch.setattr(remote, "_may_reach", [True])


def read(target: str) -> list[bytes]:
    refs = list(sources.scan([target], Tally()))
    assert [trouble(ref) for ref in refs] == [None] * len(refs)
    return [sources.read(ref, Limits()).payload for ref in refs[::-1]][::-1]


@pytest.mark.parametrize("path", ["/rows.jsonl", "/sub/rows.jsonl.gz", "/sub/*.jsonl.gz"])
def test_rows_of_a_remote_file_are_read_in_any_order(server: str, path: str) -> None:
    assert read(server + path) == [row["text"].encode() for row in ROWS]


def test_archives_are_read_where_they_lie(server: str) -> None:
    assert read(f"{server}/sub/crawl.warc.gz") == [PAGE]
    assert read(f"{server}/pages.zip") == [PAGE]


def test_a_remote_folder_is_walked(server: str) -> None:
    assert len(read(f"{server}/sub")) == 201


def test_a_remote_file_is_read_to_its_end_or_as_far_as_is_asked_for(server: str) -> None:
    with remote.opened(f"{server}/pages.zip") as stream:
        start, rest = stream.read(4), stream.read()
    assert (start, rest[-22:-18]) == (b"PK\x03\x04", b"PK\x05\x06")


def test_what_is_not_there_or_unknown_says_so(server: str) -> None:
    (gone,) = sources.scan([f"{server}/gone.jsonl"], Tally())
    assert str(trouble(gone)).startswith(f"{server}/gone.jsonl: ")
    (odd,) = sources.scan(["gopher://127.0.0.1/x"], Tally())
    assert str(trouble(odd)).startswith("gopher://127.0.0.1/x: Protocol not known: gopher")


def test_without_fsspec_one_line_says_how_to_get_it() -> None:
    script = """
import sys
sys.modules["fsspec"] = None
from tui import sources
sources.allow_remote()
print([str(ref.problem) for ref in sources.scan(["s3://bucket/a.jsonl"], sources.Tally())])
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    said = "s3://bucket/a.jsonl: reading s3:// needs fsspec; install it with pip install 'copydesk[remote]'"
    assert done.stdout.strip() == repr([said])
