"""What a fetched answer holds: its pages, or, of a feed from which pages are gathered, itself."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tui.app.addresses import split
from tui.choosing.choices import Choice, Fetching
from tui.core.model import FETCHED, Http, Item, Ref
from tui.core.questions import Scan
from tui.sources.scanning.scanner import Scanner
from tui.web import cache

URL = "https://example.org/feed"
FEED = (
    b"<rss><channel><title>News</title><item><title>Rain</title></item><item><title>Wind</title></item></channel></rss>"
)


def client(path: Path) -> Any:
    """One for whom the answer has come, and who parts it."""

    def look_aside(scan: Scan) -> Iterator[Item]:
        assert scan.fetched is not None
        yield from Scanner(()).of_fetched(scan.fetched)

    answer = SimpleNamespace(length=path.stat().st_size, problem=None)
    fetching = SimpleNamespace(page=lambda _source, is_typed: answer if is_typed else None, pin=lambda _page: str(path))
    return SimpleNamespace(network=SimpleNamespace(client=fetching), look_aside=look_aside)


@pytest.mark.parametrize(("depth", "formats"), [(0, [FETCHED, "feed", "feed"]), (1, [FETCHED])])
def test_a_feed_is_its_entries_too_unless_pages_are_gathered_from_it(
    tmp_path: Path, depth: int, formats: list[str]
) -> None:
    path = tmp_path / "a"
    with path.open("wb") as stream:
        stream.write(FEED)
        stored = cache.Stored(URL, "2021-03-05T06:07:08Z", 0, 0, Http(200, ()), len(FEED), cache.crc32(FEED), ())
        cache.finish(stream, stored)
    choice = Choice(fetching=Fetching(depth=depth))
    pages = list(split([Ref(URL, 0, FETCHED)], client(path), choice))
    assert [(page.ordinal, page.format) for page in pages if isinstance(page, Ref)] == list(enumerate(formats))
