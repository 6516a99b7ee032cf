"""Zip and tar archives and WACZ files: members are what they would be as files."""

import gzip
import json
import zipfile
from pathlib import Path

import pytest
from made_archives import scan, tarred, zipped
from made_warcs import response, warcinfo
from troubles import readable, trouble

from tui import sources
from tui.core.model import Limits
from tui.sources.base import Head
from tui.sources.formats import archive

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
    assert "a zip archive, not text" in str(trouble(ref))


@pytest.mark.parametrize(("start", "is_archive"), [(190, True), (189, False)])
def test_an_office_document_says_so_in_its_first_200_bytes(start: int, is_archive: bool) -> None:
    head = Head("a.zip", b"PK\x03\x04".ljust(start, b"x") + b"_rels/.rels")
    assert archive.is_zip(head) is is_archive


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
    assert "the zip archive's directory can't be read" in str(trouble(refs[0]))


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
    path.write_bytes(path.read_bytes()[:-2])
    *_, cut = scan(path)[0]
    assert (cut.offset, cut.length) == (second + 7, path.stat().st_size - second - 7)
    assert str(trouble(cut)).endswith("the archive ends within b.txt: 2 bytes of it are missing")
