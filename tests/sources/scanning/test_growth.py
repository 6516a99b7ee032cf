"""Files that grow while they are shown, and files that are replaced under us."""

import bz2
import gzip
import json
import lzma
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import zstandard
from made_warcs import response, warcinfo
from troubles import readable, trouble

from tui import sources
from tui.core.model import Item, Limits, Ref
from tui.core.problems import Problem
from tui.core.shelf import singly
from tui.sources import Observer, Scanner
from tui.sources.scanning.growth import identity

COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".zst": zstandard.ZstdCompressor(write_checksum=True).compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
}


class Watcher(Observer):
    """Follows a scan step by step."""

    def __init__(self, *targets: Path, is_following: bool = True) -> None:
        self.is_following = is_following
        self.scanner = Scanner([str(target) for target in targets], observer=self)
        self.told: list[Problem] = []
        self.whole: list[Item] = []
        self.starts_again = False

    def changed(self, ref: Item, problem: Problem) -> bool:
        self.told.append(problem)
        return self.starts_again

    def mended(self, ref: Item) -> None:
        self.whole.append(ref)

    def first(self) -> list[Item]:
        """What the scan finds."""
        return list(singly(self.scanner.runs()))

    def has_become(self, ref: Item) -> Problem | None:
        """What has become of the file of a page; None: it is the same, perhaps grown."""
        assert isinstance(ref, Ref)
        file = self.scanner.files.growing.get(ref.source)
        if file is None or file.identity is None or sources.renewed(ref.source, file.identity):
            return None
        return sources.replaced(ref, file.identity)

    def look(self) -> list[Item]:
        """What has come since."""
        return list(singly(self.scanner.look_again()))


def line(number: int) -> bytes:
    return json.dumps({"text": f"Row {number}: " + "雨が降る。" * 9}).encode() + b"\n"


def rows(numbers: range) -> bytes:
    return b"".join(map(line, numbers))


def titles(refs: list[Item]) -> list[str]:
    return [sources.read(ref, Limits()).payload.decode().partition(":")[0] for ref in refs]


@pytest.mark.parametrize("suffix", COMPRESSORS)
def test_lines_that_are_added_are_found_when_they_are_whole(tmp_path: Path, suffix: str) -> None:
    path, pack = tmp_path / f"a.jsonl{suffix}", COMPRESSORS[suffix]
    path.write_bytes(pack(rows(range(3))))
    watcher = Watcher(path)
    found = watcher.first() + watcher.look()
    assert titles(found) == ["Row 0", "Row 1", "Row 2"]
    assert watcher.look() == []
    whole = pack(rows(range(3, 5)))
    with path.open("ab") as file:
        for part in (whole[:5], whole[5:60], whole[60:-3]):
            file.write(part)
            file.flush()
            found += watcher.look()
            assert not any(trouble(ref) for ref in found)
        file.write(whole[-3:])
    found += watcher.look()
    with path.open("ab") as file:
        file.write(pack(rows(range(5, 6))))
    found += watcher.look()
    assert titles(found) == [f"Row {number}" for number in range(6)]
    assert [ref.ordinal for ref in found] == list(range(6))
    assert watcher.told == []


@pytest.mark.parametrize("suffix", COMPRESSORS)
def test_objects_on_several_lines_are_not_read_by_line_when_they_are_looked_at_again(
    tmp_path: Path, suffix: str
) -> None:
    path, pack = tmp_path / f"a.json{suffix}", COMPRESSORS[suffix]
    path.write_bytes(pack(json.dumps([json.loads(line(number)) for number in range(3)], indent=1).encode()))
    watcher = Watcher(path, is_following=False)
    assert titles(watcher.first()) == ["Row 0", "Row 1", "Row 2"]
    assert (watcher.look(), watcher.whole) == ([], [])


def test_what_is_no_record_is_told_of_once(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"WARC/1.0\r\nWARC-Type: conversion\r\n\r\n" * 2)
    watcher = Watcher(path, is_following=False)
    assert [bool(trouble(ref)) for ref in watcher.first()] == [True, True]
    assert watcher.look() == []


def test_what_a_writer_flushes_inside_of_a_member_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    found: list[Item] = []
    with gzip.open(path, "wb") as file:
        file.write(rows(range(2)))
        file.flush()
        watcher = Watcher(path)
        found += watcher.first() + watcher.look()
        for number in range(2, 5):
            file.write(line(number))
            file.flush()
            found += watcher.look()
            assert titles(found)[-1] == f"Row {number}"
    found += watcher.look()
    assert titles(found) == [f"Row {number}" for number in range(5)]


def test_a_last_line_without_its_end_is_whole_if_it_is_an_object(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(rows(range(2)).rstrip())
    watcher = Watcher(path)
    assert titles(watcher.first() + watcher.look()) == ["Row 0", "Row 1"]
    with path.open("ab") as file:
        file.write(b"\n" + line(2)[:30])
    assert watcher.look() == []
    with path.open("ab") as file:
        file.write(line(2)[30:])
    assert titles(watcher.look()) == ["Row 2"]


def test_rows_of_a_table_are_found_when_their_quotes_are_closed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'title,text\none,"rain, and\nmore"\n')
    watcher = Watcher(path)
    assert len(watcher.first() + watcher.look()) == 1
    with path.open("ab") as file:
        file.write(b'two,"snow,\n')
        file.flush()
        assert watcher.look() == []
        file.write(b'and hail"\nthree,')
        file.flush()
        (second,) = watcher.look()
        assert sources.read(second, Limits()).payload == b"snow,\nand hail"
        file.write(b"fog\n")
    (third,) = watcher.look()
    assert sources.read(third, Limits()).title == "three"


@pytest.mark.parametrize("layout", ["plain", ".gz", ".zst", "whole.gz"])
def test_records_of_a_crawl_are_found_when_they_are_whole(tmp_path: Path, layout: str) -> None:
    pages = [response(f"http://a.example/{n}", f"<title>Page {n}</title>{'rain ' * 300}".encode()) for n in range(4)]
    pack = COMPRESSORS[layout.removeprefix("whole").removeprefix("plain")]
    parts = [pack(page) for page in (warcinfo(), *pages)]
    if layout == "whole.gz":
        parts = [gzip.compress(warcinfo() + pages[0]), *map(gzip.compress, pages[1:])]
    path = tmp_path / f"a.warc{layout.removeprefix('plain')}"
    path.write_bytes(b"".join(parts[:-2]))
    watcher = Watcher(path)
    found = watcher.first() + watcher.look()
    rest = b"".join(parts[-2:])
    for start in range(0, len(rest), 97):
        with path.open("ab") as file:
            file.write(rest[start : start + 97])
        found += watcher.look()
    urls = [sources.read(ref, Limits()).url for ref in found]
    assert urls == [f"http://a.example/{n}" for n in range(4)]
    assert [trouble(ref) for ref in found] == [None] * 4
    assert watcher.scanner.tally.asides == 1


def test_a_record_that_was_cut_when_it_was_found_is_mended_by_one_who_follows_later(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    pages = [response(f"http://a.example/{n}", b"<p>rain") for n in range(3)]
    path.write_bytes(pages[0] + pages[1][:-10])
    watcher = Watcher(path, is_following=False)
    first = watcher.first()
    assert [bool(trouble(ref)) for ref in first] == [False, False, True]
    path.write_bytes(b"".join(pages))
    watcher.is_following = True
    (third,) = watcher.look()
    page, word = watcher.whole
    assert (page.ordinal, sources.read(page, Limits()).url, third.ordinal) == (1, "http://a.example/1", 3)
    assert "complete now" in str(trouble(word))


def test_new_files_of_a_folder_are_found_when_nobody_writes_them_any_more(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>rain")
    watcher = Watcher(tmp_path)
    assert len(watcher.first() + watcher.look()) == 1
    (tmp_path / "b.html").write_text("<p>sn")
    assert watcher.look() == []
    (tmp_path / "b.html").write_text("<p>snow")
    assert watcher.look() == []
    (page,) = watcher.look()
    assert (page.source, page.ordinal) == (str(tmp_path / "b.html"), 1)
    assert watcher.look() == []


@pytest.mark.parametrize("how", ["renamed over", "written over", "cut", "gone"])
def test_a_file_that_is_another_one_by_now_is_told_of(tmp_path: Path, how: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(rows(range(5)))
    watcher = Watcher(path)
    pages = watcher.first() + watcher.look()
    assert watcher.has_become(pages[0]) is None
    if how == "renamed over":
        (tmp_path / "b").write_bytes(rows(range(7, 20)))
        (tmp_path / "b").rename(path)
    elif how == "written over":
        path.write_bytes(rows(range(1, 4)) + rows(range(5)))
    elif how == "cut":
        os.truncate(path, 200)
    else:
        path.unlink()
    problem = watcher.has_become(pages[0])
    assert problem is not None
    assert problem.message.startswith(f"{path}: ")
    assert ("since it was scanned" in problem.message) == (how != "gone")
    assert watcher.look() == []
    assert watcher.told == [problem]


def test_a_file_that_is_copied_over_itself_or_touched_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(rows(range(500)))
    watcher = Watcher(path)
    pages = watcher.first() + watcher.look()
    (tmp_path / "b").write_bytes(path.read_bytes() + line(500))
    (tmp_path / "b").rename(path)
    assert watcher.has_become(pages[3]) is None
    assert titles(watcher.look()) == ["Row 500"]
    os.utime(path)
    assert watcher.look() == []
    assert watcher.told == []


def test_a_file_that_was_replaced_is_read_from_its_start_for_one_who_wants_that(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(rows(range(5)))
    watcher = Watcher(path)
    watcher.starts_again = True
    watcher.first()
    watcher.look()
    path.write_bytes(rows(range(7, 9)))
    assert titles(watcher.look()) == ["Row 7", "Row 8"]
    assert len(watcher.told) == 1


def test_a_file_that_is_empty_yet_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.touch()
    watcher = Watcher(path)
    assert watcher.first() + watcher.look() + watcher.look() == []
    path.write_bytes(gzip.compress(response("http://a.example/0", b"<p>rain")))
    (page,) = readable(watcher.look())
    assert page.format == "warc"


def test_how_far_a_scan_is_is_told_by_the_bytes_of_its_files(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.jsonl").write_bytes(rows(range(400)))
    scanner = Scanner([str(tmp_path)])
    assert scanner.progress.share() is None
    seen = list[float]()
    for _ in singly(scanner.runs()):
        while (done := scanner.progress.share()) is None:
            pass
        seen.append(done)
    assert seen == sorted(seen)
    assert 0 < seen[0] <= 1 / 3
    assert seen[-1] == 1
    assert Scanner(["-"]).progress.share() is None


def test_rows_of_a_database_are_the_same_when_others_have_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE page (text TEXT)")
        database.executemany("INSERT INTO page VALUES (?)", [(f"Row {number}: rain",) for number in range(3)])
        database.commit()
        watcher = Watcher(path, is_following=False)
        pages = watcher.first()
        database.execute("UPDATE page SET text = 'Row 0: snow' WHERE rowid = 1")
        database.commit()
    assert {watcher.has_become(page) for page in pages} == {None}
    assert titles(pages) == ["Row 0", "Row 1", "Row 2"]


@pytest.mark.parametrize(
    ("place", "is_same"), [(0, False), (4095, False), (4096, True), (15903, True), (15904, False), (19999, False)]
)
def test_a_file_is_known_by_4096_bytes_at_its_start_and_before_its_end(
    tmp_path: Path, place: int, is_same: bool
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"a" * 20_000)
    known = identity(str(path))
    assert known is not None
    with path.open("r+b") as file:
        file.seek(place)
        file.write(b"b")
        file.seek(20_000)
        file.write(b"more")
    assert (sources.renewed(str(path), known) is not None) is is_same


def test_pages_that_were_found_another_time_are_not_found_again(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.jsonl").write_bytes(rows(range(3)))
    known = Watcher(tmp_path, is_following=False).first()
    watcher = Watcher(tmp_path)
    assert list(singly(watcher.scanner.remembered(str(tmp_path), known))) == known
    assert watcher.look() == []
    for name in "ac":
        with (tmp_path / f"{name}.jsonl").open("ab") as file:
            file.write(line(3))
    found = watcher.look()
    assert [(Path(ref.source).name, ref.ordinal) for ref in found] == [("a.jsonl", 9), ("c.jsonl", 10)]
