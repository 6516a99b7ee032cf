"""Feeds, RSS, Atom and JSON Feed, and sitemaps: one page whose lists of headlines are the entries."""

from collections.abc import Iterator
from typing import BinaryIO

from tui.model import Limits, Ref
from tui.page import RawPage
from tui.sources._base import Head, Source
from tui.sources._markup import FEED_MEDIA, is_feed
from tui.sources._whole import read_whole
from tui.values import replace


def claims(head: Head) -> bool:
    """Say whether the file starts like a feed or a sitemap, whatever its name."""
    return is_feed(head.start)


def scan(whole: Ref, _below: BinaryIO | None = None) -> Iterator[Ref]:
    """Yield the file: it is one page."""
    yield replace(whole, format=SOURCE.name)


def read(ref: Ref, limits: Limits) -> RawPage:
    """Read the file's bytes. Raises SourceError if they can't be read."""
    return read_whole(ref, limits, FEED_MEDIA)


SOURCE = Source("feed", 8, claims, scan, read, outlives_changes=True)
