"""Indexes of web archives: entries as the pages they point to."""

import gzip
import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from made_warcs import response, warcinfo, write
from waiting import PATIENCE_S

from tui import sources
from tui.core.model import Limits
from tui.core.page import RawPage
from tui.sources import Tally
from tui.sources.base import HEAD_BYTES, Head
from tui.sources.formats import cdx

PAGES = [f"<!doctype html><title>{n}</title>".encode() for n in range(3)]


def archive(path: Path) -> list[tuple[int, int]]:
    """Write a WARC file; return (offset, length) of its pages."""
    path.parent.mkdir(exist_ok=True)
    records = [warcinfo(), *(response(f"https://example.org/{n}", page) for n, page in enumerate(PAGES))]
    starts = [*write(path, records, "gzip"), path.stat().st_size]
    return [(start, end - start) for start, end in pairwise(starts[1:])]


def read(path: Path) -> list[RawPage]:
    return [sources.read(ref, Limits()) for ref in sources.scan([str(path)], Tally())]


@pytest.mark.parametrize("folder", ["indexes", "archive", "."])
@pytest.mark.parametrize("kind", ["cdx", "cdx without lengths", "cdxj"])
def test_an_entry_is_the_page_that_it_points_to(tmp_path: Path, kind: str, folder: str) -> None:
    places = archive(tmp_path / "archive" / "a.warc.gz")
    lines = {
        "cdx": [
            f"org,example)/{n} 20210305060708 https://example.org/{n} text/html 200 ABC - - {length} {offset} x/a.warc.gz"
            for n, (offset, length) in enumerate(places)
        ],
        "cdx without lengths": [
            f"org,example)/{n} 20210305060708 https://example.org/{n} text/html 200 ABC - {offset} a.warc.gz"
            for n, (offset, _) in enumerate(places)
        ],
        "cdxj": [
            f"org,example)/{n} 20210305060708 "
            + json.dumps(
                {"url": f"https://example.org/{n}", "offset": offset, "length": str(length), "filename": "a.warc.gz"}
            )
            for n, (offset, length) in enumerate(places)
        ],
    }[kind]
    index = tmp_path / folder / "index"
    index.parent.mkdir(exist_ok=True)
    head = [" CDX N b a m s k r M S V g"] if kind == "cdx" else []
    index.write_text("\n".join([*head, *lines]) + "\n")
    found = read(index)
    assert [page.payload for page in found] == PAGES
    assert [(page.url, page.problems) for page in found] == [(f"https://example.org/{n}", ()) for n in range(3)]


@pytest.mark.parametrize(
    "head", ['!meta {"a": 1}\n', "!OpenWayback-CDXJ 1.0\n!meta {}\n", " CDX N b a m s k r M S V g\n", "CDX N b\r\n", ""]
)
def test_lines_before_the_first_entry_are_no_pages(tmp_path: Path, head: str) -> None:
    entry = 'org,example)/ 20210305060708 {"url": "u", "offset": 0, "filename": "a.warc.gz"}\n'
    (tmp_path / "a.cdxj").write_text(head + entry * 2)
    assert [page.payload.decode() for page in read(tmp_path / "a.cdxj")] == [entry[:-1]] * 2


def test_an_index_of_blocks_is_aside_and_its_blocks_have_the_entries(tmp_path: Path) -> None:
    entries = ['org,example)/ 20210305060708 {"url": "u", "offset": 0, "filename": "a.warc.gz"}\n'] * 2
    blocks = [gzip.compress(entry.encode()) for entry in entries]
    (tmp_path / "part-0.gz").write_bytes(b"".join(blocks))
    lines = [f"org,example)/ 20210305060708\tpart-0\t{n * len(blocks[0])}\t{len(blocks[n])}\t{n + 1}\n" for n in (0, 1)]
    (tmp_path / "a.idx").write_text("".join(lines))
    assert read(tmp_path / "a.idx") == []
    assert [page.url for page in read(tmp_path)] == ["u", "u"]
    (aside,) = sources.scan([str(tmp_path / "a.idx")], Tally(), all_records=True)
    assert sources.read(aside, Limits()).payload.decode() == "".join(lines)


def test_an_entry_without_its_archive_says_so_and_no_other_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.warc"
    write(secret, [response("https://example.org/", b"<p>secret")])
    (tmp_path / "sub").mkdir()
    index = tmp_path / "sub" / "a.cdxj"
    index.write_text(
        "".join(
            f'org,example)/ 20210305060708 {{"url": "u", "offset": 0, "length": 9, "filename": "{name}"}}\n'
            for name in ("b.warc.gz", str(secret), "../secret.warc", "..")
        )
        + "org,example)/ 2021 {broken\n"
    )
    found = read(index)
    assert [problem.code for page in found for problem in page.problems] == ["record_elsewhere"] * 4 + ["broken_record"]
    assert all(b"secret<" not in page.payload and b"<p>" not in page.payload for page in found)
    assert (found[0].url, found[0].fetched) == ("u", "2021-03-05")


@pytest.mark.parametrize("keys", ["org,example)", "org,example,www)", "dns:example.org)", "com,example:8080)"])
def test_a_line_of_an_index_is_known_by_its_key(keys: str) -> None:
    line = f"{keys}/ 20210305060708 https://example.org/ text/html 200 ABC - - 9 12 a.warc.gz\n"
    assert cdx.claims(Head("index", line.encode()))
    assert not cdx.claims(Head("index", line.replace(")", ",").encode()))


@pytest.mark.parametrize("piece", [b",", b"te,", b"t,)", b"te)", b"!meta ,\n", b"a 2021 ", b" CDX"])
def test_a_file_of_nothing_but_commas_is_no_index(piece: bytes) -> None:
    assert not cdx.claims(Head("many.csv", (piece * HEAD_BYTES)[:HEAD_BYTES]))


def test_a_table_of_forty_columns_is_listed_between_its_neighbours(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<title>before</title>")
    (tmp_path / "b.csv").write_text(",".join(f"column{n}" for n in range(41)) + "\n" + ",".join(["cell"] * 41) + "\n")
    (tmp_path / "c.html").write_text("<title>after</title>")
    command = [sys.executable, "-m", "tui", "list", "--json", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, timeout=PATIENCE_S)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [Path(row["source"]).name for row in rows] == ["a.html", "b.csv", "c.html"]
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(("date", "fetched"), [("20210305", "2021-03-05"), ("2021030", None)])
def test_a_date_has_eight_digits_at_least(tmp_path: Path, date: str, fetched: str | None) -> None:
    (tmp_path / "a.cdxj").write_text(f'org,example)/ {date} {{"filename": "gone.warc.gz", "offset": "0"}}\n')
    assert [page.fetched for page in read(tmp_path / "a.cdxj")] == [fetched]
