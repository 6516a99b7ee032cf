"""WARC files as crawls, splits and other programs leave them: begun in a record, odd line ends and responses, binaries."""

import gzip
import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import zstandard
from made_warcs import response, warc_record, warcinfo
from troubles import readable, trouble

from tui import loader, sources
from tui.core.model import Document, Item, Limits, Options, Trouble
from tui.sources import Tally
from tui.sources.base import Head
from tui.sources.formats import warc
from tui.sources.parsing.http_message import parse_headers

PAGES = [f"<title>Rain {n}</title><p>It rained all day, and nobody went out.".encode() for n in range(4)]
RECORDS = [warcinfo(), *(response(f"https://example.org/{n}", page) for n, page in enumerate(PAGES))]
PACKED: dict[str, Callable[[bytes], bytes]] = {
    ".warc": bytes,
    ".warc.gz": gzip.compress,
    ".warc.zst": zstandard.compress,
}


def scan(path: Path, content: bytes, *, all_records: bool = False) -> list[Item]:
    path.write_bytes(content)
    return list(sources.scan([str(path)], Tally(), all_records))


def titles(refs: Sequence[Item]) -> list[str]:
    return [load(ref).title for ref in readable(refs)]


def called(refs: Sequence[Item]) -> list[str]:
    """What a list calls pages."""
    return [loader.peek(ref, Options()).title for ref in refs if not isinstance(ref, Trouble)]


def load(ref: Item) -> Document:
    return loader.load(ref, Options(), Limits())


@pytest.mark.parametrize("end", ["", ".aa", ".02", ".part3"])
@pytest.mark.parametrize("suffix", PACKED)
def test_a_file_that_begins_within_a_record_gives_those_behind_it(tmp_path: Path, suffix: str, end: str) -> None:
    parts = [PACKED[suffix](record) for record in RECORDS]
    before = len(parts[0])
    for skipped in (9, len(parts[1]) // 2, len(parts[1]) - 9):
        refs = scan(tmp_path / f"a{suffix}{end}", b"".join(parts)[before + skipped :])
        assert "skipped" in str(trouble(refs[0]))
        assert titles(refs) == ["Rain 1", "Rain 2", "Rain 3"]
        assert sources.stored(readable(refs)[0], Limits()).startswith(b"WARC/1.0\r\n")


@pytest.mark.parametrize(
    ("name", "start", "is_one"),
    [
        ("a.txt", b"WARC/1.0\r\n", True),
        ("a.txt", b"text\nWARC/1.0\r\nWARC-Type: response\r\n", False),
        ("a.warc", b"text", True),
        ("a.warc", b"", False),
        ("a.warc.1", b"text", True),
        ("a.warc.txt.html", b"text", False),
        ("warc", b"text", False),
    ],
)
def test_a_file_is_one_by_its_start_or_its_name(name: str, start: bytes, is_one: bool) -> None:
    assert warc.claims(Head(name, start)) is is_one


def test_a_file_that_is_only_named_as_one_says_so(tmp_path: Path) -> None:
    (ref,) = scan(tmp_path / "a.warc", b"It rained.\n")
    assert "no WARC record begins here; 11 bytes skipped" in str(trouble(ref))


def test_line_ends_of_two_returns_are_read(tmp_path: Path) -> None:
    refs = scan(tmp_path / "a.warc", b"".join(RECORDS).replace(b"\r\n", b"\r\r\n"))
    assert titles(refs) == ["Rain 0", "Rain 1", "Rain 2", "Rain 3"]
    document = load(refs[0])
    assert (document.url, document.media) == ("https://example.org/0", "text/html")
    assert document.http is not None
    assert document.http.status == 200


def bare(block: bytes) -> bytes:
    """A response record with a block that no server has sent, and that warcio writes only as a resource."""
    media = {"Content-Type": "application/http; msgtype=response"}
    return warc_record("resource", "https://example.org/", block, None, **media).replace(b": resource", b": response")


@pytest.mark.parametrize(
    ("block", "text", "media"),
    [
        (b"Content-Type: text/html\r\nServer: x\r\n\r\n<p>It rained.", "It rained.", "text/html"),
        (b"HTTPX/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>It rained.", "It rained.", "text/html"),
        (b"It rained.\r\n\r\nAgain.", "It rained.\n\nAgain.", "text/plain"),
    ],
)
def test_a_response_without_a_status_line_says_so(tmp_path: Path, block: bytes, text: str, media: str) -> None:
    (ref,) = scan(tmp_path / "a.warc", bare(block))
    document = load(ref)
    assert (document.text, document.media) == (text, media)
    assert [problem.code for problem in document.problems] == ["broken_record"]
    assert "no status line" in document.problems[0].message


def test_a_response_without_a_status_line_that_is_no_text_is_aside(tmp_path: Path) -> None:
    assert scan(tmp_path / "a.warc", bare(b"Content-Type: image/png\r\n\r\nx")) == []


def test_lines_without_names_are_no_headers() -> None:
    assert parse_headers(b"A: 1\r\nrain\r\n\r\nx") == (None, b"A: 1\r\nrain\r\n\r\nx")


@pytest.mark.parametrize(
    ("media", "body", "kind"),
    [
        ("font/woff2", b"wOF2" + bytes(99), "a web font"),
        ("application/octet-stream", bytes(range(256)), "binary data"),
        ("text/html", b"\x89PNG\r\n\x1a\n" + bytes(99), "a PNG image"),
        ("text/html", bytes(range(256)), ""),
        ("image/svg+xml", b"<svg><text>rain", ""),
        ("text/css", b"a { color: red }", ""),
    ],
)
def test_what_is_no_text_is_told_with_its_media_size_and_headers(
    tmp_path: Path, media: str, body: bytes, kind: str
) -> None:
    record = response("https://example.org/", body, ("Content-Type", media), ("X-Odd", "1"))
    (ref,) = scan(tmp_path / "a.warc", record, all_records=True)
    document = load(ref)
    told = [problem.message for problem in document.problems if problem.code == "not_text"]
    assert [kind in message and f"{len(body):,} bytes" in message for message in told] == [True] * bool(kind)
    assert document.http is not None
    assert ("X-Odd", "1") in document.http.headers
    if kind:
        assert (document.text, document.media, document.size) == ("", media, len(body))
        assert sources.read(ref, Limits()).payload == body


def wacz(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_pages_of_a_wacz_file_without_a_title_are_called_as_its_list_says(tmp_path: Path) -> None:
    header = {"format": "json-pages-1.0", "id": "pages", "title": "All pages"}
    listed = [{"id": "a", "url": f"https://example.org/{n}", "title": f"Wet {n}"} for n in range(2)]
    lines = "\n".join([*map(json.dumps, [header, *listed]), "broken", "[1]"]).encode()
    members = {"archive/data.warc.gz": b"".join(map(gzip.compress, RECORDS)), "pages/pages.jsonl": lines}
    path = wacz(tmp_path / "a.wacz", {"datapackage.json": b"{}", **members})
    refs = list(sources.scan([str(path)], Tally()))
    assert called(refs[::-1]) == titles(refs[::-1]) == ["Rain 3", "Rain 2", "Rain 1", "Rain 0"]
    app = response("https://example.org/1", b"<div id=app></div><script>x</script>")
    path = wacz(tmp_path / "b.wacz", {**members, "archive/data.warc.gz": gzip.compress(app)})
    assert titles(list(sources.scan([str(path)], Tally()))) == ["Wet 1"]
    inside = wacz(tmp_path / "b.zip", {"b.wacz": path.read_bytes()})
    assert called(list(sources.scan([str(inside)], Tally()))) == ["Wet 1"]
    beside = wacz(tmp_path / "c.zip", {"x/data.warc.gz": members["archive/data.warc.gz"], "pages/pages.jsonl": lines})
    assert called(list(sources.scan([str(beside)], Tally())))[:2] == ["Rain 0", "Rain 1"]


def test_a_wacz_file_without_an_archive_says_so(tmp_path: Path) -> None:
    path = wacz(tmp_path / "a.wacz", {"datapackage.json": b"{}", "pages/pages.jsonl": b"{}"})
    (row,) = sources.scan([str(path)], Tally())
    assert "no WARC file in archive/" in str(trouble(row))


def test_a_folder_lists_each_page_of_an_archive_and_its_index_once(tmp_path: Path) -> None:
    """As pywb lays out a collection."""
    for folder in ("coll/archive", "coll/indexes"):
        (tmp_path / folder).mkdir(parents=True)
    parts = [gzip.compress(record) for record in RECORDS]
    (tmp_path / "coll/archive/a.warc.gz").write_bytes(b"".join(parts))
    lines = []
    for number, part in enumerate(parts[1:], 1):
        place = {"offset": sum(map(len, parts[:number])), "length": len(part), "url": f"https://example.org/{number}"}
        for name in ("a.warc.gz", "gone.warc.gz")[: 1 + (number == 1)]:
            lines.append(f"org,example)/{number} 20210305060708 {json.dumps(place | {'filename': name})}\n")
    index = tmp_path / "coll/indexes/index.cdxj"
    index.write_text("".join(lines))
    tally = Tally()
    refs = list(sources.scan([str(tmp_path / "coll")], tally))
    assert [load(ref).title for ref in refs[:4]] == ["Rain 0", "Rain 1", "Rain 2", "Rain 3"]
    assert [problem.code for ref in refs[4:] for problem in load(ref).problems] == ["record_elsewhere"]
    assert tally.asides == 1 + 4
    assert len(list(sources.scan([str(tmp_path / "coll")], Tally(), all_records=True))) == 5 + 5
    assert len(list(sources.scan([str(index)], Tally()))) == 5
    assert len(list(sources.scan([str(index.parent)], Tally()))) == 5
