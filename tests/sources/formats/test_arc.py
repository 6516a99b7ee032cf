"""ARC files of both versions, whole, compressed in both ways, cut and damaged."""

import gzip
import io
from pathlib import Path

import pytest
from made_warcs import arc_record
from warcio.archiveiterator import ArchiveIterator

from tui import loader, sources
from tui.core.model import Item, Limits, Options, Ref, Trouble
from tui.sources import Tally
from tui.sources.warcs.arc_record import ArcHead, parse_head

PAGE = "<meta charset=gb2312><title>昨夜的雨</title><p>昨天夜里下了一整夜的雨，没有人出门。</p>".encode("gb18030")
BODIES = [PAGE, b"<title>Rain</title><p>It rained all day.", b"Plain text, and nothing else."]
KINDS = ["text/html", "text/html", "text/plain"]


def archive(version: int) -> list[bytes]:
    names = "URL IP-address Archive-date Content-type Archive-length\n"
    block = f"{version} 0 InternetArchive\n{names}".encode()
    records = [arc_record("filedesc://a.arc", "text/plain", block, version)]
    for number, (body, kind) in enumerate(zip(BODIES, KINDS, strict=True)):
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nX-Odd: {number}\r\n\r\n".encode()
        records.append(arc_record(f"http://e.org/{number} with blanks", kind, http + body, version))
    records.append(
        arc_record(
            "http://e.org/i.gif", "image/gif", b"HTTP/1.0 200 OK\r\nContent-Type: image/gif\r\n\r\nGIF89a", version
        )
    )
    records.append(arc_record("dns:e.org", "text/dns", b"20040102030405\ne.org. 1 IN A 192.0.2.1\n", version))
    return records


def scan(path: Path, content: bytes, *, all_records: bool = False) -> list[Item]:
    path.write_bytes(content)
    return list(sources.scan([str(path)], Tally(), all_records))


def pages(found: list[Item]) -> list[bytes]:
    return [sources.read(ref, Limits()).payload for ref in found if isinstance(ref, Ref)]


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("packing", ["plain", "by record", "whole"])
def test_responses_are_pages_with_their_address_date_and_headers(tmp_path: Path, version: int, packing: str) -> None:
    records = archive(version)
    packed = {
        "plain": b"".join(records),
        "by record": b"".join(map(gzip.compress, records)),
        "whole": gzip.compress(b"".join(records)),
    }[packing]
    path = tmp_path / ("a.arc" if packing == "plain" else "a.arc.gz")
    found = scan(path, packed)
    assert pages(found) == BODIES
    assert pages(found[::-1]) == BODIES[::-1]
    page = sources.read(found[0], Limits())
    assert (page.url, page.fetched, page.media) == ("http://e.org/0 with blanks", "2004-01-02T03:04:05Z", "text/html")
    assert page.http is not None
    assert (page.http.status, page.http.headers[1]) == (200, ("X-Odd", "0"))
    document = loader.load(found[0], Options(), Limits())
    assert (document.title, document.charset.name, document.problems) == ("昨夜的雨", "gb18030", ())
    assert sources.stored(found[0], Limits()) == records[1][:-1]
    assert len(scan(path, packed, all_records=True)) == 6


@pytest.mark.parametrize("version", [1, 2])
def test_warcio_reads_the_same_bodies(version: int) -> None:
    content = io.BytesIO(b"".join(archive(version)).replace(b" with blanks", b""))
    assert [each.content_stream().read() for each in ArchiveIterator(content)][1:4] == BODIES


def test_what_is_cut_or_damaged_costs_its_own_record(tmp_path: Path) -> None:
    records = archive(1)
    content = b"".join(records)
    cut = scan(tmp_path / "a.arc", content[: len(records[0]) + len(records[1]) + 110])
    assert pages(cut)[0] == PAGE
    assert [type(row) for row in cut[2:]] == [Trouble]
    assert isinstance(cut[1], Ref)
    assert "of 94 bytes are there" in sources.read(cut[1], Limits()).problems[0].message
    hole = bytearray(content)
    start = len(records[0]) + len(records[1]) - 40
    del hole[start : start + 90]  # the end of a record, and the line of the next one
    assert BODIES[2] in pages(scan(tmp_path / "b.arc", bytes(hole)))
    junk = records[0] + b"\0junk\n" * 9 + b"".join(records[1:])
    found = scan(tmp_path / "c.arc", junk)
    assert pages(found) == BODIES
    assert [row.problem.message for row in found if isinstance(row, Trouble)] == [
        f"{tmp_path / 'c.arc'}: byte {len(records[0]):,}: no ARC record begins here"
    ]


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a", b"filedesc://a.arc 192.0.2.1 \xfe0040102030405 text/plain 77\n1 0 Internet"),
        ("a.arc.gz", b"<p>It rained.</p>\n"),
    ],
)
def test_a_file_that_begins_damaged_or_within_a_record_has_those_that_follow(
    tmp_path: Path, name: str, start: bytes
) -> None:
    content = start + b"\n" + b"".join(archive(1)[1:])
    found = scan(tmp_path / name, gzip.compress(content) if name.endswith(".gz") else content)
    assert pages(found) == BODIES
    assert [type(row) for row in found] == [Trouble, Ref, Ref, Ref]


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        (b"http://e.org/ 1.2.3.4 20040102030405 text/html 5\n", True),
        (b"http://e.org/ 1.2.3.4 2004010203040 text/html 5\n", False),
        (b"http://e.org/ 1.2.3.4 20040102030405 text/html 5", False),
        (b"http://e.org/ 1.2.3.4 20040102030405 text/html " + b"1" * 14 + b"\n", True),
        (b"http://e.org/ 1.2.3.4 20040102030405 text/html " + b"1" * 15 + b"\n", False),
        (b"no address 1.2.3.4 20040102030405 text/html 5\n", False),
    ],
)
def test_a_record_is_known_by_its_line(line: bytes, is_one: bool) -> None:
    assert isinstance(parse_head(line), ArcHead) is is_one


def test_a_page_that_speaks_of_the_format_is_none(tmp_path: Path) -> None:
    text = b"http://e.org/ 1.2.3.4 20040102030405 text/html 5\nis a line of an ARC file.\n"
    (ref,) = scan(tmp_path / "a.txt", text)
    assert isinstance(ref, Ref)
    assert ref.format == "plain"


def test_the_end_of_a_record_that_lies_far_away_is_found(tmp_path: Path) -> None:
    large = arc_record(
        "http://e.org/l", "text/plain", b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n" + b"rain\n" * 300_000, 1
    )
    packed = io.BytesIO()
    with gzip.open(packed, "wb") as out:
        out.write(archive(1)[0] + large + archive(1)[1])
    found = scan(tmp_path / "a.arc.gz", packed.getvalue())
    assert [len(page) for page in pages(found)] == [1_500_000, len(PAGE)]
