"""Zip and tar archives and WACZ files: members are what they would be as files."""

import gzip
import io
import json
import struct
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from made_archives import scan, tarred, zipped
from made_warcs import response, warcinfo
from troubles import readable, trouble

from tui import sources
from tui.core.model import Limits
from tui.core.problems import Reason
from tui.sources.archives import zips
from tui.sources.streams.route import Packed, RouteStep, ZipMember

PAGE = "<!doctype html><title>雨</title><p>雨が降る。".encode()
LINES = b"".join(json.dumps({"text": f"row {number}"}).encode() + b"\n" for number in range(5))
WARC = b"".join(gzip.compress(record) for record in (warcinfo(), response("https://example.org/", PAGE)))
MEMBERS = {
    "a/page.html": PAGE,
    "a/rows.jsonl": LINES,
    "a/crawl.warc.gz": WARC,
    "a/.hidden": b"no",
    "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(50),
    "note.txt": b"a note",
}
WANTED = [PAGE, *(f"row {number}".encode() for number in range(5)), PAGE, b"a note"]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_members_of_a_zip_archive_are_what_they_would_be_as_files(tmp_path: Path, method: int) -> None:
    refs, tally = scan(zipped(tmp_path / "a.zip", MEMBERS, method))
    assert [ref.ordinal for ref in refs] == list(range(8))
    assert [sources.read(ref, Limits()).payload for ref in refs[::-1]] == WANTED[::-1]
    assert [ref.member for ref in refs[:2]] == ["a/page.html", "a/rows.jsonl"]
    assert tally.asides == 2  # the picture, and the crawl's first record


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_members_of_a_tar_archive_are_what_they_would_be_as_files(tmp_path: Path, mode: str) -> None:
    refs, tally = scan(tarred(tmp_path / "a.tar", MEMBERS, mode))
    assert [sources.read(ref, Limits()).payload for ref in refs[::-1]] == WANTED[::-1]
    assert [(ref.member, ref.format) for ref in readable(refs[5:])] == [
        ("a/rows.jsonl", "jsonl"),
        ("a/crawl.warc.gz", "warc"),
        ("note.txt", "plain"),
    ]
    assert tally.asides == 2


def test_an_office_document_is_no_archive_of_pages(tmp_path: Path) -> None:
    (ref,), _ = scan(zipped(tmp_path / "a.docx", {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}))
    assert "a Word document" in str(sources.read(ref, Limits()).problems[0])


def test_a_damaged_member_costs_no_other(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": b"rain " * 5000, "b.txt": b"wind"})
    content = bytearray(path.read_bytes())
    at = content.index(b"a.txt") + 15
    content[at : at + 20] = bytes(20)
    path.write_bytes(content)
    refs, _ = scan(path)
    assert sources.read(refs[-1], Limits()).payload == b"wind"
    assert "a.zip: a.txt: byte " in str(trouble(refs[0]) or sources.read(refs[0], Limits()).problems[0])


def test_a_zip_archive_without_its_directory_says_so(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", MEMBERS)
    path.write_bytes(path.read_bytes()[:-50])
    refs, _ = scan(path)
    assert "the zip directory can't be read" in str(trouble(refs[0]))


def test_a_tar_archive_that_is_cut_shows_what_is_there(tmp_path: Path) -> None:
    path = tarred(tmp_path / "a.tar", {"a.txt": b"rain", "b.txt": b"wind " * 500})
    path.write_bytes(path.read_bytes()[:2000])
    refs, _ = scan(path)
    assert sources.read(refs[0], Limits()).payload == b"rain"
    assert trouble(refs[-1]) or sources.read(refs[-1], Limits()).payload.startswith(b"wind")


def test_names_that_lead_elsewhere_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_bytes(b"secret")
    (tmp_path / "sub").mkdir()
    refs, _ = scan(zipped(tmp_path / "sub/a.zip", {"../secret.txt": b"harmless"}))
    assert [sources.read(ref, Limits()).payload for ref in refs] == [b"harmless"]


def test_an_encrypted_member_says_so(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": b"rain"}, zipfile.ZIP_STORED)
    content = path.read_bytes().replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
    path.write_bytes(content)
    refs, _ = scan(path)
    assert str(trouble(refs[0])) == f"{path}: a.txt: it is encrypted; unpack it first"


def test_a_wacz_file_shows_the_records_of_its_warc_files(tmp_path: Path) -> None:
    members = {"datapackage.json": b"{}", "pages/pages.jsonl": LINES, "archive/data.warc.gz": WARC}
    for name in ("a.wacz", "b.zip"):
        refs, _ = scan(zipped(tmp_path / name, members, zipfile.ZIP_STORED))
        assert [(ref.member, ref.format) for ref in readable(refs)] == [("archive/data.warc.gz", "warc")]
        page = sources.read(refs[0], Limits())
        assert (page.payload, page.url) == (PAGE, "https://example.org/")


@pytest.mark.parametrize(("length", "count"), [(4096, 1), (4097, 0)])
def test_without_a_directory_names_have_a_longest(tmp_path: Path, length: int, count: int) -> None:
    content = zipped(tmp_path / "a.zip", {"x" * length: b"rain"}, zipfile.ZIP_STORED).read_bytes()
    (tmp_path / "b.zip").write_bytes(content[: content.rfind(b"PK\x01\x02")])
    refs, _ = scan(tmp_path / "b.zip")
    assert len([ref for ref in refs if ref.member]) == count


@pytest.mark.parametrize(("length", "is_whole"), [(0xFFFF, True), (0x10000, False)])
def test_the_end_of_a_zip_archive_may_lie_before_the_longest_comment(
    tmp_path: Path, length: int, is_whole: bool
) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": b"rain"})
    path.write_bytes(path.read_bytes() + b" " * length)
    refs, _ = scan(path)
    assert (trouble(refs[0]) is None) is is_whole


@pytest.mark.parametrize(("trailing", "is_whole"), [(22, True), (21, False)])
def test_the_end_of_a_zip_archive_has_22_bytes(tmp_path: Path, trailing: int, is_whole: bool) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": b"rain"})
    content = path.read_bytes()
    path.write_bytes(content[: len(content) - 22 + trailing])
    refs, _ = scan(path)
    assert (trouble(refs[0]) is None) is is_whole


def test_what_belongs_to_no_member_lies_where_it_says(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": b"rain", "b.txt": b"wind"}, zipfile.ZIP_STORED)
    content = path.read_bytes()
    second = content.rfind(b"PK\x03\x04")
    path.write_bytes(content[:second] + b"rubbish" + content[second : content.find(b"PK\x01\x02")])
    refs, _ = scan(path)
    assert [(ref.offset, ref.length) for ref in refs if trouble(ref)] == [(0, path.stat().st_size), (second, 7)]
    assert any("; 7 bytes skipped" in str(trouble(ref)) for ref in refs)
    path.write_bytes(path.read_bytes()[:-2])
    *_, cut = scan(path)[0]
    assert (cut.offset, cut.length) == (second + 7, path.stat().st_size - second - 7)
    assert str(trouble(cut)).endswith("the archive ends within b.txt: 2 bytes of it are missing")


def streamed(content: bytes, method: int, descriptor: str) -> tuple[bytes, bytes]:
    """A member whose sizes stand behind it, and what is packed in it."""
    coder = zlib.compressobj(wbits=-15)
    packed = coder.compress(content) + coder.flush() if method else content
    head = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 8, method, 0, 0x21, 0, 0, 0, 1, 0) + b"a"
    return head + packed + struct.pack(
        descriptor, b"PK\x07\x08", zlib.crc32(content), len(packed), len(content)
    ), packed


@pytest.mark.parametrize("behind", [b"", b"PK\x01\x02" + bytes(42)])
@pytest.mark.parametrize("descriptor", ["<4sIII", "<4sIQQ"])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("content", [b"", b"rain " * 100])
def test_sizes_behind_a_member_take_32_or_64_bits(content: bytes, method: int, descriptor: str, behind: bytes) -> None:
    member, packed = streamed(content, method, descriptor)
    whole = member * 2 + behind
    step = RouteStep(31, len(packed), method, len(content), zlib.crc32(content))
    assert [(each.step, each.trouble) for each in zips._between(io.BytesIO(whole), 0, len(whole))] == [
        (step, None),
        (step._replace(start=31 + len(member)), None),
    ]


def extra(kind: int, *numbers: int) -> bytes:
    return struct.pack(f"<HH{len(numbers)}Q", kind, 8 * len(numbers), *numbers)


@pytest.mark.parametrize(
    ("field", "numbers", "wide"),
    [
        (extra(1, 7, 8), (2**32 - 1, 2**32 - 1), [7, 8]),
        (extra(1, 7, 8), (5, 2**32 - 1), [5, 7]),
        (extra(1, 7), (2**32 - 1, 2**32 - 1), [7, 2**32 - 1]),
        (extra(9, 6) + extra(1, 7), (2**32 - 1,), [7]),
        (extra(9) + extra(1, 7), (2**32 - 1,), [7]),
        (struct.pack("<HHQI", 1, 12, 7, 8), (2**32 - 1, 2**32 - 1), [7, 2**32 - 1]),
        (extra(1, 7), (2**32 - 2,), [2**32 - 2]),
        (b"\1\0\0", (2**32 - 1,), [2**32 - 1]),
    ],
)
def test_numbers_of_64_bits_stand_in_their_own_field(field: bytes, numbers: tuple[int, ...], wide: list[int]) -> None:
    assert zips._widened(field, *numbers) == wide


@pytest.mark.parametrize("before", [0, 1, 31, 300_000])
def test_a_zip_archive_may_stand_behind_something_else(tmp_path: Path, before: int) -> None:
    content = zipped(tmp_path / "a.zip", {"a.txt": b"rain", "b.txt": b"wind"}, zipfile.ZIP_STORED).read_bytes()
    found = list(zips.members(io.BytesIO(b"#" * before + content)))
    assert [(each.name, each.step.start - before, each.trouble) for each in found] == [
        ("a.txt", content.find(b"rain"), None),
        ("b.txt", content.find(b"wind"), None),
    ]


@pytest.mark.parametrize("chunk_bytes", [60, 100, 256 * 1024])
def test_a_directory_is_read_however_it_is_cut_into_chunks(
    tmp_path: Path, chunk_bytes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zips, "CHUNK_BYTES", chunk_bytes)
    names = [f"{'x' * (number * 7)}{number}.txt" for number in range(30)]
    path = zipped(tmp_path / "a.zip", dict.fromkeys(names, b"rain"))
    with path.open("rb") as file:
        assert [(each.name, each.trouble) for each in zips.members(file)] == [(name, None) for name in names]


def test_a_directory_that_makes_no_sense_says_where(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": b"rain", "b.txt": b"wind"})
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\x01\x02")
    content[at] ^= 1
    error = Reason("no_entry_begins", {"byte": at})
    first = next(zips.members(io.BytesIO(content)))
    assert first == Packed("", RouteStep(0, len(content)), Reason("directory_unreadable", {"error": error}))


def test_a_directory_that_would_start_behind_itself_is_where_it_ends(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": b"rain", "b.txt": b"wind"})
    content = bytearray(path.read_bytes())
    content[-5] ^= 0x70  # of the byte at which the directory is said to start
    assert [(each.name, each.trouble) for each in zips.members(io.BytesIO(content))] == [
        ("a.txt", None),
        ("b.txt", None),
    ]


def test_a_member_of_unknown_size_and_sum_is_as_it_is() -> None:
    _, packed = streamed(b"rain " * 100, zipfile.ZIP_DEFLATED, "<4sIII")
    with ZipMember(cast(BinaryIO, io.BytesIO(packed)), RouteStep(0, len(packed), zipfile.ZIP_DEFLATED)) as member:
        assert (member.read(), member.damage) == (b"rain " * 100, [])
        assert member.seek(-5, io.SEEK_END) == 495
