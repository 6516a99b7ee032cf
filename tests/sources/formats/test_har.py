"""HAR files: answers as pages."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from troubles import readable

from tui import sources
from tui.core.model import Item, Limits
from tui.sources import Tally

HTML = "<!doctype html><title>雨</title>"


def entry(url: str, content: dict[str, Any]) -> dict[str, Any]:
    answer = {"status": 200, "statusText": "OK", "httpVersion": "h2", "headers": [{"name": "A", "value": "b"}]}
    return {
        "startedDateTime": "2021-03-05T06:07:08.123Z",
        "request": {"method": "GET", "url": url, "headers": []},
        "response": answer | {"content": content},
        "time": 3.5,
    }


ENTRIES = [
    entry("https://example.org/1", {"mimeType": "text/html", "text": HTML}),
    entry("https://example.org/2", {"mimeType": "image/png", "text": "AAAA", "encoding": "base64"}),
    entry(
        "https://example.org/3",
        {
            "mimeType": "text/html; charset=big5",
            "text": base64.b64encode(HTML.encode("big5")).decode(),
            "encoding": "base64",
        },
    ),
    entry("https://example.org/4", {"mimeType": "text/html"}),
]


def scan(path: Path, all_records: bool = False) -> list[Item]:
    return list(sources.scan([str(path)], Tally(), all_records))


def write(path: Path, indent: int | None = None) -> Path:
    log = {"version": "1.2", "pages": [{"id": "p", "pageTimings": {}}], "entries": ENTRIES}
    path.write_text(json.dumps({"log": log}, indent=indent, ensure_ascii=False), encoding="utf-8")
    return path


def test_answers_with_text_are_pages(tmp_path: Path) -> None:
    for indent in (None, 2):
        refs = scan(write(tmp_path / "a.har", indent))
        found = [sources.read(ref, Limits()) for ref in refs]
        assert [page.url for page in found] == [f"https://example.org/{n}" for n in (1, 3, 4)]
        assert [page.payload for page in found] == [HTML.encode(), HTML.encode("big5"), b""]
        assert [claim.charset for page in found[:2] for claim in page.claims] == ["utf-8", "big5"]
        assert found[0].fetched == "2021-03-05T06:07:08.123Z"
        assert found[0].http is not None
        assert (found[0].http.status, found[0].http.headers) == (200, (("A", "b"),))
        assert found[0].record["time"] == 3.5
        assert [problem.code for problem in found[2].problems] == ["content_damaged", "empty"]
    assert len(scan(tmp_path / "a.har", all_records=True)) == 4


def test_a_file_that_is_cut_shows_what_is_there(tmp_path: Path) -> None:
    path = write(tmp_path / "a.har")
    path.write_bytes(path.read_bytes()[:-400])
    refs = scan(path)
    assert sources.read(refs[0], Limits()).payload == HTML.encode()
    assert [problem.code for problem in sources.read(refs[-1], Limits()).problems] == ["broken_record"]
    assert json.loads(sources.stored(refs[0], Limits())) == ENTRIES[0]


@pytest.mark.parametrize(("beyond", "pages"), [(0, 1), (1, 0)])
def test_an_answer_is_a_page_if_its_media_type_stands_in_the_first_megabyte(
    tmp_path: Path, beyond: int, pages: int
) -> None:
    start, end = b'{"request":{"url":"', b'"},"response":{"content":{"mimeType":"text/html'
    padding = b"x" * (1024 * 1024 + beyond - len(start) - len(end))
    path = tmp_path / "a.har"
    path.write_bytes(b'{"log":{"entries":[' + start + padding + end + b'","text":"<p>"}}}]}}')
    assert len([ref for ref in readable(scan(path)) if ref.format == "har"]) == pages


def test_an_entry_may_be_four_times_as_long_as_a_page(tmp_path: Path) -> None:
    ref = scan(write(tmp_path / "a.har"))[0]
    fits, cut = -(-ref.length // 4), (ref.length - 1) // 4
    assert sources.read(ref, Limits(page_bytes=fits)).payload == HTML.encode()
    assert [problem.code for problem in sources.read(ref, Limits(page_bytes=cut)).problems] == ["broken_record"]


def test_an_entry_that_is_cut_says_how_much_of_it_is_not_shown(tmp_path: Path) -> None:
    ref = scan(write(tmp_path / "a.har"))[0]
    page = sources.read(ref, Limits(page_bytes=20))
    assert (page.payload, page.size, page.clipped) == (
        json.dumps(ENTRIES[0])[:20].encode(),
        ref.length,
        ref.length - 20,
    )
