"""Pages of the network as the store keeps them: what they are, what came with them, and collections among them."""

from pathlib import Path

import pytest
from made_archives import EVERY, LINES, PAGE

from tui import sources
from tui.core.errors import SourceError
from tui.core.model import FETCHED, Http, Item, Limits, Ref, Trouble
from tui.core.page import RawPage
from tui.core.problems import Problem, Reason, unreadable
from tui.core.shelf import singly
from tui.sources.scanning.scanner import Scanner
from tui.sources.scanning.targets import Tally
from tui.web import cache

URL = "https://example.org/rain"
NOW_S = 1_600_000_000.0


def fetched(path: Path, content: bytes, media: str = "", status: int = 200, *problems: Problem) -> Ref:
    """The reference to an address for which this came."""
    http = Http(status, (("Content-Type", media),))
    with path.open("wb") as stream:
        stream.write(content)
        cache.finish(
            stream,
            cache.Stored(URL, "2021-03-05T06:07:08Z", NOW_S, NOW_S, http, len(content), cache.crc32(content), problems),
        )
    return Ref(URL, 0, FETCHED, spool=str(path))


def read(path: Path, content: bytes, media: str = "", status: int = 200) -> RawPage:
    return sources.read(fetched(path, content, media, status), Limits())


@pytest.mark.parametrize(
    ("content", "stated", "media"),
    [
        (b"<b>rain</b>", "text/html", "text/html"),
        (b"<b>rain</b>", "Text/HTML; charset=utf-8", "text/html"),
        (b"<q>rain</q>", "application/xhtml+xml", "text/html"),
        (b"<q>rain</q>", "text/plain", "text/plain"),
        (b"rain", "", "text/plain"),
        (PAGE, "text/plain", "text/html"),
        (b"<p>rain" + bytes(3000), "", "text/html"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "image/png", "image/png"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "", "application/octet-stream"),
        (b"", "image/png", "text/plain"),
        (b"", "text/html", "text/html"),
    ],
)
def test_what_came_is_known_by_its_content_before_what_is_stated(
    tmp_path: Path, content: bytes, stated: str, media: str
) -> None:
    assert read(tmp_path / "a", content, stated).media == media


@pytest.mark.parametrize(
    ("content", "codes", "clipped"),
    [
        (PAGE, [], 0),
        (b"", ["empty"], 0),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), ["not_text"], 0),
        (LINES, ["more_records"], 0),
        (LINES[: LINES.index(b"\n") + 1], [], 0),
    ],
)
def test_what_of_an_answer_is_no_page_is_said(tmp_path: Path, content: bytes, codes: list[str], clipped: int) -> None:
    page = read(tmp_path / "a", content)
    assert ([problem.code for problem in page.problems], page.clipped) == (codes, clipped)
    assert (page.ref.source, page.fetched) == (URL, "2021-03-05T06:07:08Z")


def test_an_empty_page_says_why_it_is_and_not_that_it_is(tmp_path: Path) -> None:
    why = unreadable(Reason("no_file"), URL)
    assert sources.read(fetched(tmp_path / "a", b"", "", 200, why), Limits()).problems == (why,)
    page = sources.read(fetched(tmp_path / "a", b"\x89PNG\r\n\x1a\n", "", 200, why), Limits())
    assert [problem.code for problem in page.problems] == [why.code, "not_text"]


@pytest.mark.parametrize(("now_s", "age_s"), [(NOW_S + 7.26, 7.3), (NOW_S, 0.0), (NOW_S - 5, 0.0)])
def test_an_answer_is_as_old_as_its_last_check(
    tmp_path: Path, now_s: float, age_s: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.sources.formats.web.time", lambda: now_s)
    page = read(tmp_path / "a", PAGE)
    assert page.http is not None
    assert page.http.age_s == age_s
    assert read(tmp_path / "a", PAGE, "", 0).http is None


def test_an_address_that_was_not_fetched_says_so() -> None:
    with pytest.raises(SourceError, match=URL):
        sources.read(Ref(URL, 0, FETCHED), Limits())


def parts(ref: Ref, tally: Tally, all_records: bool = False) -> list[Item]:
    return list(singly(Scanner((), all_records, tally=tally).of_fetched(ref)))


@pytest.mark.parametrize(
    ("content", "status", "pages"),
    [
        (LINES, 200, 4),
        (LINES, 399, 4),
        (LINES, 400, 0),
        (LINES[: LINES.index(b"\n") + 1], 200, 0),
        (LINES[: LINES.index(b"\n", 20) + 1], 200, 2),
        (PAGE, 200, 0),
        (b"", 200, 0),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), 200, 0),
    ],
)
def test_an_answer_with_several_pages_is_parted_unless_it_is_an_error(
    tmp_path: Path, content: bytes, status: int, pages: int
) -> None:
    assert len(parts(fetched(tmp_path / "a", content, "", status), Tally())) == pages


def test_pages_of_an_answer_count_on_and_a_fragment_chooses_one(tmp_path: Path) -> None:
    ref = fetched(tmp_path / "a", LINES)
    ref = Ref(URL, 5, FETCHED, spool=ref.spool)
    assert [page.ordinal for page in parts(ref, Tally())] == [5, 6, 7, 8]
    for fragment, ordinals in (("2", [7]), ("4", []), ("x", [5, 6, 7, 8])):
        chosen = Ref(f"{URL}#{fragment}", 5, FETCHED, spool=ref.spool)
        assert [page.ordinal for page in parts(chosen, Tally())] == ordinals


FEED = b"""<rss><channel><title>News</title>
<item><title>Rain</title><link>https://example.org/1</link><description>It rained.</description></item>
<item><title>Wind</title><guid isPermaLink="false">urn:2</guid></item></channel></rss>"""


@pytest.mark.parametrize("content", [FEED, FEED[:-20]])
def test_a_feed_is_its_own_page_as_it_came_and_its_entries(tmp_path: Path, content: bytes) -> None:
    ref = fetched(tmp_path / "a", content, "application/rss+xml")
    page, *entries = parts(ref, Tally())
    assert isinstance(page, Ref)
    assert (page.ordinal, page.format, page.spool) == (0, FETCHED, ref.spool)
    first = sources.read(page, Limits())
    assert (first.url, first.fetched, first.media) == (URL, "2021-03-05T06:07:08Z", "application/feed")
    read = [sources.read(entry, Limits()) for entry in entries]
    assert [(page.ref.ordinal, page.title, page.url) for page in read] == [
        (1, "Rain", "https://example.org/1"),
        (2, "Wind", None),
    ]
    assert sources.stored(entries[0], Limits()).startswith(b"<item><title>Rain")


def test_a_feed_without_entries_and_a_sitemap_are_one_page(tmp_path: Path) -> None:
    for content in (b"<rss><channel><title>News</title></channel></rss>", b"<urlset><url><loc>u</loc></url></urlset>"):
        assert parts(fetched(tmp_path / "a", content), Tally()) == []


def test_what_did_not_come_of_an_answer_is_a_row_behind_its_pages(tmp_path: Path) -> None:
    why = unreadable(Reason("no_file"), URL)
    *pages, last = parts(fetched(tmp_path / "a", LINES, "", 200, why), Tally())
    assert ([page.ordinal for page in pages], last.ordinal, type(last)) == ([0, 1, 2, 3], 4, Trouble)


@pytest.mark.parametrize(("all_records", "pages", "asides"), [(False, 0, 1), (True, 2, 0)])
def test_records_of_an_answer_that_are_no_pages_are_counted_or_shown(
    tmp_path: Path, all_records: bool, pages: int, asides: int
) -> None:
    tally = Tally()
    found = parts(fetched(tmp_path / "a", EVERY["crawl.warc"]), tally, all_records)
    assert (len(found), tally.asides) == (pages, asides)
