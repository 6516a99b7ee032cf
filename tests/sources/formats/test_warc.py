"""WARC files: every layout, every kind of record, the codings of bodies, and damage."""

import gzip
import io
import random
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import brotli
import pytest
import zstandard
from made_warcs import DATE, LAYOUTS, response, warc_record, warcinfo, write
from troubles import readable, trouble

from tui import loader, sources
from tui.core.model import Http, Item, Limits, Options
from tui.core.page import RawPage
from tui.sources import Tally
from tui.sources.parsing import http_message
from tui.sources.streams.opening import kept_stored
from tui.sources.warcs import layout
from tui.sources.warcs.record import parse_head

PAGES = [f"<!doctype html><title>Page {n}</title><p>{'雨が降る。' * (n * 7 % 90 + 1)}</p>".encode() for n in range(40)]
RECORDS = [warcinfo()] + [
    made
    for number, page in enumerate(PAGES)
    for made in (
        warc_record("request", f"https://example.org/{number}", b"GET / HTTP/1.1\r\n\r\n"),
        response(f"https://example.org/{number}", page),
        warc_record("metadata", f"https://example.org/{number}", b"fetchTimeMs: 3\r\n"),
    )
]


def scan(path: Path, all_records: bool = False) -> list[Item]:
    return list(sources.scan([str(path)], Tally(), all_records))


def read(ref: Item, **limits: int) -> RawPage:
    return sources.read(ref, Limits(**limits))


def only(path: Path, *records: bytes) -> RawPage:
    """Write records plain, and read the only page among them."""
    write(path, records)
    (ref,) = scan(path)
    return read(ref)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_file_stays_open_from_one_record_to_the_next(tmp_path: Path, layout: str) -> None:
    write(tmp_path / "crawl.warc", RECORDS, layout)
    refs = scan(tmp_path / "crawl.warc")
    kept = kept_stored(readable(refs)[0])
    for ref in refs[:3]:
        read(ref)
    assert not kept.closed


@pytest.mark.parametrize("layout", LAYOUTS)
def test_responses_are_pages_in_every_layout_and_any_order(tmp_path: Path, layout: str) -> None:
    path = tmp_path / "crawl.warc"
    starts = write(path, RECORDS, layout)
    tally = Tally()
    refs = list(sources.scan([str(path)], tally))
    assert [ref.ordinal for ref in refs] == list(range(40))
    assert (tally.asides, tally.skipped().of_asides()) == (81, "81 records that are no pages of text")
    for ref in refs[::-7]:
        page = read(ref)
        assert page.payload == PAGES[ref.ordinal]
        assert (page.url, page.fetched, page.media) == (f"https://example.org/{ref.ordinal}", DATE, "text/html")
        assert [(claim.by, claim.charset) for claim in page.claims] == [("http", "utf-8")]
        assert page.problems == ()
        assert sources.stored(ref, Limits()) == RECORDS[ref.ordinal * 3 + 2].removesuffix(b"\r\n\r\n")
    if "one" not in layout:
        assert [ref.offset for ref in refs] == starts[2::3]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_all_records_can_be_asked_for(tmp_path: Path, layout: str) -> None:
    path = tmp_path / "crawl.warc"
    write(path, RECORDS[:4], layout)
    refs = scan(path, all_records=True)
    assert [dict(read(ref).warc)["WARC-Type"] for ref in refs] == [
        "warcinfo",
        "request",
        "response",
        "metadata",
    ]
    assert read(refs[3]).payload == b"fetchTimeMs: 3\r\n"


def test_headers_of_the_record_and_of_the_server_come_with_the_page(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    write(path, [response("https://example.org/", b"<p>x", ("Content-Type", "text/html"), ("Server", "a\r\n b"))])
    (ref,) = scan(path)
    document = loader.load(ref, Options(), Limits())
    assert document.http is not None
    assert (document.http.status, document.http.reason, document.http.version) == (200, "OK", "HTTP/1.1")
    assert document.http.headers == (("Content-Type", "text/html"), ("Server", "a b"))
    assert document.record_id
    assert document.record_id.startswith("<urn:uuid:")


NOISE = random.Random(1).randbytes(200_000).hex().encode()
CODINGS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}


@pytest.mark.parametrize("coding", CODINGS)
def test_bodies_are_freed_of_their_codings(tmp_path: Path, coding: str) -> None:
    whole = b"<!doctype html><p>" + NOISE
    coded = CODINGS[coding](whole)
    http = [("Content-Type", "text/html"), ("Content-Encoding", coding), ("Transfer-Encoding", "chunked")]
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (coded[:30], coded[30:])) + b"0\r\n\r\n"
    page = only(tmp_path / "a.warc", response("https://example.org/", chunked, *http))
    assert (page.payload, page.problems) == (whole, ())
    cut = only(tmp_path / "b.warc", response("https://example.org/", coded[:-10], *http[:2]))
    assert whole.startswith(cut.payload[:1000])
    assert len(cut.payload) > 100_000
    assert [problem.code for problem in cut.problems] == ["content_damaged"]


@pytest.mark.parametrize("coding", ["gzip", "zstd", "br"])
def test_headers_that_name_a_coding_which_is_gone_are_seen_through(tmp_path: Path, coding: str) -> None:
    http = [("Content-Type", "text/html"), ("Content-Encoding", coding), ("Transfer-Encoding", "chunked")]
    page = only(tmp_path / "a.warc", response("https://example.org/", PAGES[3], *http))
    assert (page.payload, page.problems) == (PAGES[3], ())


def test_a_bomb_in_a_body_stops_at_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    bomb = zstandard.compress(b"<p>" + bytes(50_000_000))
    write(path, [response("https://example.org/", bomb, ("Content-Type", "text/html"), ("Content-Encoding", "zstd"))])
    (ref,) = scan(path)
    page = read(ref, page_bytes=5000)
    assert (len(page.payload), page.clipped) == (5000, 1)
    assert [problem.code for problem in page.problems] == ["clipped"]


@pytest.mark.parametrize(
    ("media", "is_page"),
    [
        ("text/html", True),
        ("TEXT/PLAIN; charset=x", True),
        ("application/xhtml+xml", True),
        ("application/rss+xml", True),
        ("application/json", True),
        ("image/png", False),
        ("application/pdf", False),
        ("text/css", False),
        ("application/octet-stream", False),
    ],
)
def test_what_is_no_text_is_set_aside(tmp_path: Path, media: str, is_page: bool) -> None:
    path = tmp_path / "a.warc"
    write(path, [response("https://example.org/", b"x", ("Content-Type", media))])
    assert len(scan(path)) == is_page
    assert len(scan(path, all_records=True)) == 1


def test_the_text_of_wet_files_and_resources_are_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.wet"
    write(path, [warc_record("conversion", "https://example.org/", "雨が降る。".encode()), RECORDS[0]], "gzip")
    (ref,) = scan(path)
    assert (read(ref).payload.decode(), read(ref).media, read(ref).http) == ("雨が降る。", "text/plain", None)
    html = warc_record("resource", "file:///a", PAGES[0], None, **{"Content-Type": "text/html"})
    assert only(tmp_path / "b.warc", html).media == "text/html"


def test_what_wat_files_say_of_pages_is_a_page(tmp_path: Path) -> None:
    path = tmp_path / "a.wat"
    wat = warc_record(
        "metadata", "https://example.org/", b'{"Envelope": {}}', None, **{"Content-Type": "application/json"}
    )
    write(path, [RECORDS[0], wat], "gzip")
    assert [read(ref).payload for ref in scan(path)] == [b'{"Envelope": {}}']


def test_a_revisit_has_the_page_that_it_stands_for_or_says_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    first = response("https://example.org/", PAGES[5])
    says = {"WARC-Refers-To-Target-URI": "https://example.org/", "WARC-Refers-To-Date": DATE}
    http = [("Content-Type", "text/html"), ("X-When", "later")]
    again = warc_record("revisit", "https://example.org/", b"", http, **says)
    write(path, [first, again], "gzip")
    page = read(scan(path, all_records=True)[1])
    assert (page.payload, page.problems) == (PAGES[5], ())
    assert page.http is not None
    assert ("X-When", "later") in page.http.headers
    assert page.record["revisit_of"]["offset"] == 0
    write(path, [again])
    (lone,) = [read(ref) for ref in scan(path, all_records=True)]
    assert [problem.code for problem in lone.problems][:1] == ["revisit_unresolved"]
    assert (
        f"its record of {DATE} for https://example.org/ is neither in this file nor next to it"
        in lone.problems[0].message
    )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_file_that_ends_early_shows_what_is_there(tmp_path: Path, layout: str) -> None:
    path = tmp_path / "a.warc"
    starts = write(path, [RECORDS[2], RECORDS[5], response("https://example.org/x", NOISE)], layout)
    whole = path.read_bytes()
    path.write_bytes(whole[:-40] if "one" in layout else whole[: starts[2] + (len(whole) - starts[2]) * 4 // 5])
    refs = scan(path)
    pages = [read(ref) for ref in refs if not trouble(ref)]
    assert [page.payload for page in pages[:2]] == PAGES[:2]
    assert [bool(trouble(ref)) for ref in refs][-1]
    assert len(pages) == 2 or pages[2].problems


def test_a_length_that_is_too_long_costs_no_other_record(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    wrong = RECORDS[5].replace(b"Content-Length: ", b"Content-Length: 9", 1)
    write(path, [RECORDS[2], wrong, RECORDS[8]])
    pages = [read(ref) for ref in scan(path)]
    assert [page.payload.rstrip() for page in pages] == PAGES[:3]
    assert [[problem.code for problem in page.problems] for page in pages] == [[], ["short_record"], []]


def test_a_length_that_is_too_short_costs_no_other_record(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    start = RECORDS[5].index(b"Content-Length: ") + 16
    stated = RECORDS[5][start : RECORDS[5].index(b"\r\n", start)]
    wrong = RECORDS[5].replace(b"Content-Length: " + stated, b"Content-Length: %d" % (int(stated) - 20), 1)
    write(path, [RECORDS[2], wrong, RECORDS[8]])
    pages = [read(ref) for ref in scan(path)]
    assert (pages[0].payload, pages[2].payload) == (PAGES[0], PAGES[2])
    assert [[problem.code for problem in page.problems] for page in pages] == [[], ["long_record"], []]


def test_what_is_no_record_is_a_row_that_says_where(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(RECORDS[2] + b"rubbish\n" * 9 + RECORDS[5])
    first, bad, last = scan(path)
    assert [read(first).payload, read(last).payload] == PAGES[:2]
    assert str(trouble(bad)) == f"{path}: byte {len(RECORDS[2]):,}: no WARC record begins here; 72 bytes skipped"


@pytest.mark.parametrize("layout", ["gzip", "zstd"])
@pytest.mark.parametrize("place", [0.02, 0.5, 0.98])
def test_a_damaged_member_costs_no_other_record(tmp_path: Path, layout: str, place: float) -> None:
    path = tmp_path / "a.warc"
    starts = write(path, [RECORDS[2], RECORDS[5], RECORDS[8]], layout)
    content = bytearray(path.read_bytes())
    at = starts[1] + int((starts[2] - starts[1]) * place)
    for byte in range(at, min(at + 9, starts[2])):
        content[byte] ^= 0x5A
    path.write_bytes(content)
    refs = scan(path)
    assert read(refs[0]).payload == PAGES[0]
    assert (refs[-1].offset, read(refs[-1]).payload) == (starts[2], PAGES[2])
    damaged = refs[1:-1]
    assert {ref.offset for ref in damaged} == {starts[1]}
    assert any(trouble(ref) for ref in damaged) or read(damaged[0]).problems


@pytest.mark.parametrize("layout", ["gzip", "zstd"])
def test_rubbish_between_members_is_a_row(tmp_path: Path, layout: str) -> None:
    path = tmp_path / "a.warc"
    starts = write(path, [RECORDS[2], RECORDS[5]], layout)
    content = path.read_bytes()
    path.write_bytes(content[: starts[1]] + b"rubbish" * 5 + content[starts[1] :])
    refs = scan(path)
    assert [bool(trouble(ref)) for ref in refs] == [False, True, False]
    assert (refs[1].offset, refs[2].offset) == (starts[1], starts[1] + 35)
    assert (refs[1].length, "35 bytes skipped" in str(trouble(refs[1]))) == (35, True)


def test_an_archive_inside_of_a_page_is_no_record(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    inner = gzip.compress(RECORDS[5])
    outer = response("https://example.org/", inner, ("Content-Type", "text/html"))
    path.write_bytes(gzip.compress(outer, compresslevel=0) + gzip.compress(RECORDS[8]))
    assert len(scan(path)) == 2


@pytest.mark.parametrize("level", [0, 1, 9])
def test_records_begin_where_they_were_written_whatever_pages_hold(tmp_path: Path, level: int) -> None:
    chance = random.Random(level)
    inner = [gzip.compress(record, chance.choice((0, 6))) for record in RECORDS[:9]]
    parts = [b"\x1f\x8b\x08", b"\x1f\x8b\x08" + bytes(7), b"\r\n\r\n", *RECORDS[:3], *inner]
    parts += [made[: chance.randrange(12, 200)] for made in inner]
    parts += [made[:-4] + b"\0\0\0\0" for made in inner] + [chance.randbytes(size) for size in (7, 700, 70_000)]
    records = [
        response("https://example.org/", b"".join(chance.choices(parts, k=chance.randrange(9)))) for _ in range(60)
    ]
    members = [gzip.compress(record, level) for record in records]
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(members))
    starts = [sum(map(len, members[:number])) for number in range(60)]
    assert [(ref.offset, ref.length) for ref in scan(path)] == list(zip(starts, map(len, members), strict=True))


def test_a_record_longer_than_the_limit_is_clipped(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    write(path, [response("https://example.org/", b"<p>" + b"rain " * 200_000)], "gzip")
    (ref,) = scan(path)
    page = read(ref, page_bytes=1000)
    assert page.payload == (b"<p>" + b"rain " * 200)[:1000]
    assert [problem.code for problem in page.problems] == ["clipped"]


def test_the_commands_count_other_records_and_show_them_when_asked(tmp_path: Path) -> None:
    write(tmp_path / "a.warc.gz", RECORDS[:7], "gzip")
    call = [sys.executable, "-m", "tui", "list", "a.warc.gz"]
    few, many = (
        subprocess.run([*call, *more], cwd=tmp_path, capture_output=True, text=True, check=True)
        for more in ([], ["--all-records"])
    )
    assert (len(few.stdout.splitlines()), len(many.stdout.splitlines())) == (2, 7)
    assert few.stderr == "a.warc.gz: 5 records that are no pages of text skipped; --all-records shows them\n"
    assert many.stderr == ""


def test_a_revisit_finds_its_page_in_another_file_of_the_folder(tmp_path: Path) -> None:
    digest = {"WARC_Payload_Digest": "sha1:AAAA"}
    write(tmp_path / "a.warc.gz", [warcinfo(), response("https://example.org/old", PAGES[1], **digest)], "gzip")
    http = [("Content-Type", "text/html")]
    write(tmp_path / "b.warc.gz", [warc_record("revisit", "https://example.org/", b"", http, **digest)], "gzip")
    (ref,) = sources.scan([str(tmp_path / "b.warc.gz")], Tally(), True)
    page = sources.read(ref, Limits())
    assert (page.payload, page.record["revisit_of"]["source"]) == (PAGES[1], str(tmp_path / "a.warc.gz"))
    (tmp_path / "a.warc.gz").unlink()
    assert "is neither in this file nor next to it" in sources.read(ref, Limits()).problems[0].message


def test_a_redirect_without_a_body_is_no_page_and_is_counted(tmp_path: Path) -> None:
    moved = response("https://example.org/old", b"", ("Location", "https://example.org/")).replace(b"200 OK", b"301 Mo")
    write(tmp_path / "a.warc.gz", [moved, response("https://example.org/", PAGES[1])], "gzip")
    tally = Tally()
    assert [sources.read(ref, Limits()).payload for ref in sources.scan([str(tmp_path / "a.warc.gz")], tally)] == [
        PAGES[1]
    ]
    assert tally.asides == 1
    assert len(list(sources.scan([str(tmp_path / "a.warc.gz")], Tally(), True))) == 2


@pytest.mark.parametrize(("beyond", "there"), [(0, 100), (1, 99)])
def test_headers_of_a_record_may_have_256_kilobytes(tmp_path: Path, beyond: int, there: int) -> None:
    def padded(padding: int) -> bytes:
        headers = (("Content-Type", "text/html"), ("X-Padding", "a" * padding))
        return response("http://a.example/", b"x" * 100, *headers)

    start = padded(200_000).index(b"x" * 100) - 200_000
    (tmp_path / "a.warc").write_bytes(padded(256 * 1024 + beyond - start))
    (ref,) = scan(tmp_path / "a.warc")
    assert len(sources.read(ref, Limits(page_bytes=100)).payload) == there


@pytest.mark.parametrize(("body", "is_page"), [(b"0\r\n\r\n", False), (b"<p>all", True)])
def test_a_redirect_with_more_than_the_end_of_chunks_is_a_page(tmp_path: Path, body: bytes, is_page: bool) -> None:
    moved = response("https://example.org/old", body).replace(b"200 OK", b"301 Mo")
    (tmp_path / "a.warc").write_bytes(moved)
    assert bool(scan(tmp_path / "a.warc")) is is_page


def test_records_are_the_same_wherever_the_file_is_cut_into_chunks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.warc.gz"
    write(path, [response(f"https://example.org/{n}", PAGES[n % 2]) for n in range(400)], "gzip")
    places = [(ref.offset, ref.length) for ref in scan(path)]
    for size in (1257, 1263, 1269):
        monkeypatch.setattr("tui.sources.warcs.layout._SCANNED_BYTES", size)
        assert [(ref.offset, ref.length) for ref in scan(path)] == places


@pytest.mark.parametrize("is_equal", [False, True])
def test_a_record_may_start_at_any_byte_of_what_is_looked_through(
    monkeypatch: pytest.MonkeyPatch, is_equal: bool
) -> None:
    bodies = [f"<p>Rain {number} {'' if is_equal else '!' * number}".encode() for number in range(8)]
    named = {"WARC_Record_ID": "<urn:uuid:1>"}
    packed = b"".join(gzip.compress(response("https://example.org/", body, **named), mtime=0) for body in bodies)
    whole = list(layout.by_gzip_member(io.BytesIO(packed)))
    assert len(whole) == len(bodies)
    for size in range(1536, 1536 + len(packed) // 3):
        monkeypatch.setattr(layout, "_SCANNED_BYTES", size)
        assert list(layout.by_gzip_member(io.BytesIO(packed))) == whole


@pytest.mark.parametrize(
    ("find", "pack", "last"),
    [
        (layout.by_gzip_member, gzip.compress, 1536),
        (layout.by_gzip_member, lambda content: gzip.compress(content, 0), 1536 - 15),
        (layout.by_frame, zstandard.compress, 1536),
    ],
    ids=["gzip", "gzip that is as long as its content", "Zstandard"],
)
def test_the_type_of_a_packed_page_is_looked_for_in_1536_bytes(
    find: Callable[[BinaryIO], Iterator[layout.Stretch]], pack: Callable[[bytes], bytes], last: int
) -> None:
    def is_page(first_of_type: int) -> bool:
        start = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 1900\r\n\r\nHTTP/1.1 200 OK\r\nX: "
        name = b"\r\nContent-Type:"
        head = start + b"x" * (first_of_type - 1 - len(start) - len(name)) + name + b"image/png\r\n\r\n"
        first = next(find(io.BytesIO(pack(head.ljust(start.index(b"HTTP") + 1900, b"y") + b"\r\n\r\n"))))[2]
        assert first is not None
        return first.is_page

    assert (is_page(last), is_page(last + 1)) == (False, True)


@pytest.mark.parametrize(("beyond", "trouble"), [(0, None), (1, "passed_over")])
def test_64_kilobytes_are_searched_for_a_length(beyond: int, trouble: str | None) -> None:
    start = b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nX: "
    length = b"\r\nContent-Length: 4"
    padding = b"x" * (64 * 1024 + beyond - len(start) - len(length))
    record = start + padding + length + b"\r\n\r\nrain\r\n\r\n"
    first = next(layout.in_stream(io.BytesIO(record + warcinfo())))
    assert (first[3].name if first[3] else None) == trouble


@pytest.mark.parametrize(("beyond", "codes"), [(0, []), (1, ["revisit_unresolved"])])
def test_the_original_of_a_revisit_is_known_by_its_first_16_kilobytes(
    tmp_path: Path, beyond: int, codes: list[str]
) -> None:
    start = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 42\r\nX: "
    name = b"\r\nWARC-Record-ID: <urn:uuid:1>"
    padding = b"x" * (16 * 1024 + beyond - len(start) - len(name))
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Rain"
    first = start.replace(b"42", b"%d" % len(block)) + padding + name + b"\r\n\r\n" + block + b"\r\n\r\n"
    http = [("Content-Type", "text/html")]
    again = warc_record("revisit", "https://example.org/", b"", http, WARC_Refers_To="<urn:uuid:1>")
    (tmp_path / "a.warc").write_bytes(first + again)
    *_, ref = scan(tmp_path / "a.warc", all_records=True)
    assert [problem.code for problem in read(ref).problems if "revisit" in problem.code] == codes


class Counted(io.BytesIO):
    """Counts the bytes that are read."""

    count = 0

    def read(self, size: int | None = -1, /) -> bytes:
        content = super().read(size)
        self.count += len(content)
        return content


def test_a_whole_gzip_file_is_read_once_to_find_its_records() -> None:
    members = [gzip.compress(record) for record in RECORDS]
    file = Counted(b"".join(members))
    assert [length for _, length, _, _ in layout.by_gzip_member(file)] == [len(member) for member in members]
    assert file.count == len(file.getvalue()) + 4  # the last size


def stretches(found: Iterator[layout.Stretch]) -> list[tuple[int, int, bool, str]]:
    """(offset, length, it is a page, why it is no record)"""
    return [
        (offset, length, head is not None and head.is_page, trouble.name if trouble else "")
        for offset, length, head, trouble in found
    ]


def test_a_gzip_record_that_is_damaged_ends_where_the_next_one_starts() -> None:
    members = [gzip.compress(RECORDS[number]) for number in (2, 5, 8)]
    first, second, _ = map(len, members)
    cut = b"".join((members[0], members[1][:-9], members[2], b"rubbish"))
    assert stretches(layout.by_gzip_member(io.BytesIO(cut))) == [
        (0, first, True, ""),
        (first, second - 9, True, ""),
        (first, second - 9, False, "record_ends_early"),
        (first + second - 9, len(members[2]), True, ""),
        (len(cut) - 7, 7, False, "passed_over"),
    ]


@pytest.mark.parametrize(
    "named",
    [
        {"WARC_Refers_To": "<urn:uuid:2>"},
        {"WARC_Payload_Digest": "sha1:2"},
        {"WARC_Refers_To_Target_URI": "https://example.org/2", "WARC_Refers_To_Date": DATE},
        {"WARC_Refers_To": "<urn:uuid:9>", "WARC_Payload_Digest": "sha1:2"},
    ],
)
def test_a_revisit_has_the_page_that_it_names_and_not_its_neighbours(tmp_path: Path, named: dict[str, str]) -> None:
    pages = [
        response(
            f"https://example.org/{n}",
            PAGES[n],
            WARC_Record_ID=f"<urn:uuid:{n}>",
            WARC_Payload_Digest=f"sha1:{n}",
        )
        for n in range(1, 4)
    ]
    http = [("Content-Type", "text/html")]
    write(tmp_path / "a.warc", [*pages, warc_record("revisit", "https://example.org/3", b"", http, **named)], "gzip")
    assert read(scan(tmp_path / "a.warc", all_records=True)[-1]).payload == PAGES[2]


def test_a_frame_that_is_damaged_ends_where_the_next_one_starts() -> None:
    records = (RECORDS[2], RECORDS[5], response("https://example.org/", NOISE))
    frames = [zstandard.compress(record) for record in records]
    first, second, third = map(len, frames)
    skippable = b"\x50\x2a\x4d\x18\x03\0\0\0abc"
    whole = b"".join((b"rubbish", frames[0], skippable, frames[1], frames[2][:-9]))
    behind = 7 + first + len(skippable) + second
    assert stretches(layout.by_frame(io.BytesIO(whole))) == [
        (0, 7, False, "passed_over"),
        (7, first, True, ""),
        (behind - second, second, True, ""),
        (behind, third - 9, True, ""),
        (behind, third - 9, False, "record_ends_early"),
    ]
    assert stretches(layout.by_frame(io.BytesIO(whole), behind)) == [
        (behind, third - 9, True, ""),
        (behind, third - 9, False, "record_ends_early"),
    ]


@pytest.mark.parametrize(
    ("between", "behind"),
    [
        (b"", [(0, 0, "")]),
        (b"\r\n" * 20, [(0, 0, "")]),
        (b"rubbish\n", [(0, 0, ""), (0, 8, "passed_over")]),
        (b"WARC/1.0\r\nWARC-Type: resource\r\n\r\n", [(0, 0, ""), (0, 33, "passed_over")]),
    ],
)
def test_what_stands_between_plain_records_is_told_where_it_lies(
    between: bytes, behind: list[tuple[int, int, str]]
) -> None:
    first, last = RECORDS[2], RECORDS[5]
    body = len(first) - 4
    wanted = [(len(first) if length else 0, length or body, why) for _, length, why in behind]
    start = len(first) + len(between)
    for cut, end in ((0, []), (14, [(start, len(last) - 14, "file_ends_in_record")])):
        found = layout.in_stream(io.BytesIO(first + between + last[: len(last) - cut]))
        there = min(len(last) - 4, len(last) - cut)
        assert [(at, length, why) for at, length, _, why in stretches(found)] == [*wanted, (start, there, ""), *end]


@pytest.mark.parametrize(("passed_s", "is_resolved"), [(2.5, True), (2.6, False)])
def test_the_original_of_a_revisit_is_looked_for_during_2_5_seconds(
    tmp_path: Path, passed_s: float, is_resolved: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([100.0])
    monkeypatch.setattr("tui.sources.formats.warc.monotonic", lambda: next(clock, 100.0 + passed_s))
    first = response("https://example.org/", PAGES[5], WARC_Record_ID="<urn:uuid:1>")
    again = warc_record("revisit", "https://example.org/", b"", [], WARC_Refers_To="<urn:uuid:1>")
    write(tmp_path / "a.warc", [first, again], "gzip")
    page = read(scan(tmp_path / "a.warc", all_records=True)[1])
    assert (page.payload == PAGES[5]) is is_resolved
    if not is_resolved:
        assert "not found among the 1 records searched in 2.5 s" in page.problems[0].message


@pytest.mark.parametrize(
    ("body", "joined", "trouble"),
    [
        (b"4\r\nrain\r\n3\r\n sn\r\n0\r\n\r\n", b"rain sn", None),
        (b"4;x=y\nrain\n3 \r\n sn\n0\n\n", b"rain sn", None),
        (b"4\r\nrain3\r\n sn0\r\n", b"rain sn", None),
        (b"4\r\nrain", b"rain", "chunks_broken"),
        (b"4\r\nrai", b"rai", "last_chunk_cut"),
        (b"4\r\nrain\r\n<p>", b"rain<p>", "chunks_broken"),
        (b"4\r\nrain\r\n\r\n0\r\n", b"rain\r\n0\r\n", "chunks_broken"),
        (b"0\r\n\r\n", b"", None),
        (b"fffffffffffffff\r\nrain", b"rain", "last_chunk_cut"),
        (b"0fffffffffffffff\r\nrain", b"0fffffffffffffff\r\nrain", None),
    ],
)
def test_chunks_are_joined_as_far_as_they_go(body: bytes, joined: bytes, trouble: str | None) -> None:
    content, reason = http_message.join_chunks(body)
    assert (content, reason.name if reason else None) == (joined, trouble)


@pytest.mark.parametrize(("cap", "there", "size"), [(100, 100, 100), (99, 99, 100), (50, 50, 51)])
@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_a_body_is_capped_and_says_that_it_goes_on(coding: str, cap: int, there: int, size: int) -> None:
    http = Http(200, (("Content-Encoding", coding),))
    body = gzip.compress(b"x" * 100) if coding == "gzip" else b"x" * 100
    made = http_message.decode(http, body, cap)
    assert (len(made.content), made.size, made.trouble) == (there, size if coding == "gzip" else 100, None)


@pytest.mark.parametrize(("behind", "is_by_record"), [(b"", True), (b"\r\n\r\n", True), (b"\r\n\r\n\n", False)])
@pytest.mark.parametrize(("pack", "kind"), [(gzip.compress, "gzip"), (zstandard.compress, "Zstandard")])
@pytest.mark.parametrize("body", [b"<p>rain", NOISE])
def test_a_record_alone_may_have_two_blank_lines_behind_it(
    body: bytes, pack: Callable[[bytes], bytes], kind: str, behind: bytes, is_by_record: bool
) -> None:
    packed = pack(response("https://example.org/", body) + behind)
    assert layout.is_by_record(io.BytesIO(packed), kind) is is_by_record


HTTP = "application/http; msgtype=response"
TO_ELSEWHERE = b"HTTP/1.1 302 Found\r\nContent-Type: text/html\r\n\r\n"


@pytest.mark.parametrize(
    ("kind", "media", "block", "is_page"),
    [
        ("metadata", "application/json", b"{}", True),
        ("metadata", "application/warc-fields", b"a: b", False),
        ("request", "application/json", b"{}", False),
        ("resource", "text/html", b"rain", True),
        ("resource", "image/png", b"rain", False),
        ("conversion", "text/plain", b"rain", True),
        ("response", HTTP, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nrain", True),
        ("response", HTTP, b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nrain", False),
        ("response", HTTP, b"HTTP/1.1 200 OK\nContent-Type: image/png\n\nContent-Type: text/html", False),
        ("response", HTTP, b"HTTP/1.1 200 OK\r\n\r\nContent-Type: image/png", True),
        ("response", HTTP, b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n", True),
        ("response", HTTP, TO_ELSEWHERE, False),
        ("response", HTTP, TO_ELSEWHERE + b"0\r\n\r\n", False),
        ("response", HTTP, TO_ELSEWHERE + b"follow", True),
        ("response", HTTP, TO_ELSEWHERE.removesuffix(b"\r\n"), True),
        ("resource", "text/plain", b"http 302 is what a redirect says\r\n\r\n", True),
    ],
)
def test_a_record_is_a_page_if_it_holds_text_and_leads_nowhere_else(
    kind: str, media: str, block: bytes, is_page: bool
) -> None:
    head = f"WARC/1.1\r\nWARC-Type: {kind}\r\nContent-Type: {media}\r\nContent-Length: {len(block)}\r\n\r\n".encode()
    assert parse_head(head + block) == (len(head), len(block), is_page, head + block)


@pytest.mark.parametrize(
    ("length", "known"), [("0", 0), ("9" * 18, 10**18 - 1), ("1" * 19, -1), ("-1", -1), ("", -1), ("4 ", 4)]
)
def test_a_record_is_as_long_as_it_says_in_up_to_18_digits(length: str, known: int) -> None:
    head = f"WARC/1.0\nContent-Length:{length}\nWARC-Type: resource\n\n".encode()
    for start in (head, head + b"rain"):
        assert parse_head(start, is_all=False) == (len(head), known, False, start)
    assert parse_head(head[:-1], is_all=False) is None
    assert parse_head(head[:-1]) == (len(head) - 1, known, False, head[:-1])
