"""Only whole records are added to a WARC file, only to one of ours, and none is lost."""

import gzip
import io
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from made_warcs import response, warcinfo, write
from warcio.archiveiterator import ArchiveIterator

from tui.web.warcfile import NotOursError, WarcFile, check

NAMES = ["seen.warc.gz", "seen.warc"]
UUID = "<urn:uuid:00000000-0000-4000-8000-000000000000>"


def record(number: int, kind: str = "response", size: int = 2000) -> bytes:
    body = b"HTTP/1.1 200 OK\r\n\r\n" + b"WARC/1.0\r\n\r\n%d " % number * (size // 14)
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: {UUID}\r\nWARC-Target-URI: http://a.example/{number}\r\n"
    head += f"WARC-Date: 2026-01-01T00:00:00Z\r\nContent-Type: application/http\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body + b"\r\n\r\n"


def numbers(path: Path) -> list[int]:
    """The numbers of the records in a file, as warcio reads it."""
    content = path.read_bytes()
    plain = gzip.decompress(content) if path.suffix == ".gz" else content
    records = ArchiveIterator(io.BytesIO(plain), no_record_parse=True)
    return [int(found.rec_headers.get_header("WARC-Target-URI").rpartition("/")[2]) for found in records]


@pytest.mark.parametrize("name", NAMES)
def test_records_are_added_to_what_is_there(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    check(str(path))
    WarcFile(str(path)).add([record(0), record(1, "request")])
    check(str(path))
    one, other = WarcFile(str(path)), WarcFile(str(path))
    for number in range(2, 8, 2):
        one.add([record(number)])
        other.add([record(number + 1)])
    assert numbers(path) == list(range(8))


@pytest.mark.parametrize("name", NAMES)
def test_a_record_that_was_cut_off_at_any_byte_gives_way_to_the_next(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    WarcFile(str(path)).add([record(0, size=200), record(1, size=300)])
    whole = path.stat().st_size
    WarcFile(str(path)).add([record(2, size=200)])
    content = path.read_bytes()
    for cut in range(whole, len(content), 7):
        path.write_bytes(content[:cut])
        check(str(path))
        WarcFile(str(path)).add([record(3, size=200)])
        assert numbers(path) == [0, 1, 3], cut


@pytest.mark.parametrize(
    "content",
    [
        b"notes of mine",
        gzip.compress(b"notes of mine", mtime=0),
        response("https://example.org/", b"<p>page"),
        gzip.compress(response("https://example.org/", b"<p>page")),
        warcinfo(),
        b"\x1f\x8b\x08\x04\0\0\0\0\x02\xff\x08\0cd\x04\0\0\0\0\0",
    ],
)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_added_to_a_file_of_others(name: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(NotOursError):
        WarcFile(str(path)).add([record(0)])
    assert path.read_bytes() == content


@pytest.mark.parametrize("name", NAMES)
def test_what_others_have_added_is_not_cut_off(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    kept = WarcFile(str(path))
    kept.add([record(0)])
    with path.open("ab") as stream:
        stream.write(b"notes of mine")
    before = path.read_bytes()
    for file in (kept, WarcFile(str(path))):
        with pytest.raises(NotOursError):
            file.add([record(1)])
    assert path.read_bytes() == before


def test_the_file_may_be_replaced_while_pages_come(tmp_path: Path) -> None:
    path = tmp_path / "seen.warc.gz"
    kept = WarcFile(str(path))
    kept.add([record(0)])
    path.rename(tmp_path / "old.warc.gz")
    kept.add([record(1)])
    assert (numbers(tmp_path / "old.warc.gz"), numbers(path)) == ([0], [1])


def test_no_link_is_followed(tmp_path: Path) -> None:
    write(tmp_path / "mine", [])
    (tmp_path / "link").symlink_to("mine")
    with pytest.raises(OSError, match="symbolic links"):
        check(str(tmp_path / "link"))
    with pytest.raises(OSError, match="symbolic links"):
        WarcFile(str(tmp_path / "link")).add([record(0)])
    assert (tmp_path / "mine").read_bytes() == b""


@pytest.mark.parametrize("name", NAMES)
def test_a_full_disk_leaves_whole_records(name: str, tmp_path: Path) -> None:
    """A bound on the size of files, which the system refuses to go beyond as it does on a full disk."""
    path = tmp_path / name
    kept = WarcFile(str(path))
    kept.add([record(0)])
    before, bound = path.read_bytes(), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 10, bound[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            kept.add([record(1)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, bound)
    assert path.read_bytes() == before
    kept.add([record(2)])
    assert numbers(path) == [0, 2]


_WRITER = """
import itertools, os, random, sys
from tui.web.warcfile import WarcFile
kept = WarcFile(sys.argv[1])
for number in itertools.count(int(sys.argv[2])):
    body = random.Random(number).randbytes(400_000)
    head = f"WARC/1.0\\r\\nWARC-Type: response\\r\\nWARC-Record-ID: <urn:uuid:{number:036}>\\r\\n"
    head += f"WARC-Target-URI: http://a.example/{number}\\r\\nContent-Type: application/http\\r\\n"
    os.write(1, b"<")
    kept.add([head.encode() + b"Content-Length: 400000\\r\\n\\r\\n" + body + b"\\r\\n\\r\\n"])
    os.write(1, b">")
"""


@pytest.mark.parametrize("name", NAMES)
def test_what_was_added_before_a_process_was_killed_is_there(name: str, tmp_path: Path) -> None:
    """`benchmarks/killed.py` does it by hundreds."""
    path = tmp_path / name
    added = 0
    for moment in range(8):
        command = [sys.executable, "-c", _WRITER, str(path), str(1000 * moment)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, bufsize=0) as writer:
            assert writer.stdout is not None
            seen = b"".join(writer.stdout.read(1) for _ in range(2 + moment % 4))
            writer.send_signal(signal.SIGKILL)
            added += (seen + writer.stdout.read()).count(b">")
    WarcFile(str(path)).add([record(9999)])
    assert added <= len(numbers(path)) - 1 <= added + 8
    assert numbers(path)[-1] == 9999
