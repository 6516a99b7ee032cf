"""Feeds, RSS, Atom and JSON Feed, and sitemaps: one page whose lists of headlines are the entries."""

from tui.sources.parsing.magic import FEED_MEDIA, is_feed
from tui.sources.parsing.pages import one_page

FORMAT = one_page("feed", 8, lambda head: is_feed(head.start), FEED_MEDIA)
