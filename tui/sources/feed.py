"""Feeds, RSS, Atom and JSON Feed, and sitemaps: one page whose lists of headlines are the entries."""

from tui.sources._magic import FEED_MEDIA, is_feed
from tui.sources._whole import one_page

SOURCE = one_page("feed", 8, lambda head: is_feed(head.start), FEED_MEDIA)
