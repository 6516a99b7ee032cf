"""Tells HTML from other text by its first bytes."""

import re

from tui.sources._base import Head

_HTML_NAMES = (".html", ".htm", ".xhtml", ".xht", ".shtml", ".php", ".asp", ".aspx", ".jsp")
_MARKDOWN_NAMES = (".md", ".markdown", ".mdown")
_DOCUMENT = re.compile(rb"<!doctype\s+html|<(?:html|head|body)[\s>]", re.IGNORECASE)
_PREAMBLE = re.compile(rb"(?:\s++|<\?[^>]*+>|<!--.*?-->)++", re.DOTALL)
_TAG = re.compile(rb"<[a-z!/][^<>]{0,400}>", re.IGNORECASE)
_CUT_TAG = re.compile(rb"<[a-z][a-z0-9]*\s[^<>]{400,}\Z", re.IGNORECASE)
"""A tag whose attributes go on beyond the bytes looked at."""
# Tags that a page or a fragment of one starts with.
_OPENING = re.compile(
    rb"</?(?:a|article|aside|b|base|blockquote|br|center|dd|div|dl|dt|em|figure|font|footer|form|h[1-6]|header|hr|i|iframe"
    rb"|img|input|li|link|main|meta|nav|ol|p|pre|script|section|span|strong|style|table|tbody|td|th|title|tr|u|ul)"
    rb"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


def is_html(head: Head) -> bool:
    """Say whether a file is HTML: by doctype, root elements or a tag at its start, then by name if it holds any tag.

    >>> is_html(Head("page.txt", b"<!DOCTYPE html><title>x</title>"))
    True
    >>> is_html(Head("page.html", "標題\\n正文".encode())), is_html(Head("page.html", b"<p " + b"a=1 " * 999))
    (False, True)
    """
    name = head.name.lower()
    start = _ascii(head.start)
    preamble = _PREAMBLE.match(start)
    rest = start[preamble.end() :] if preamble else start
    if _DOCUMENT.match(rest):
        return True
    if name.endswith(_HTML_NAMES):
        return bool(_TAG.search(start) or _CUT_TAG.search(start))
    if name.endswith(_MARKDOWN_NAMES):
        return False  # README files open with <p align="center">, and explain <html> further down
    return bool(_OPENING.match(rest)) or _holds_document(start)


FEED_MEDIA = "application/feed"
"""Media type of feeds and sitemaps of all kinds."""
_FEED = re.compile(
    rb"<(?:rss|rdf:RDF|(?:atom:)?feed)\b[^<>]*(?:version|xmlns)|<(?:\w+:)?(?:urlset|sitemapindex)\b|<rss\b",
    re.IGNORECASE,
)
_JSON_FEED = re.compile(rb'\s*\{[^{}]{0,400}"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org')


def is_feed(start: bytes) -> bool:
    """Say whether bytes begin a feed or a sitemap.

    >>> is_feed(b'<?xml version="1.0"?><rss version="2.0"><channel>'), is_feed(b"<html><body><rss>")
    (True, False)
    """
    start = _ascii(start)
    preamble = _PREAMBLE.match(start)
    rest = start[preamble.end() :] if preamble else start
    return bool(_FEED.match(rest) or _JSON_FEED.match(rest))


def _ascii(start: bytes) -> bytes:
    """Drop byte order marks and the NULs of UTF-16, so that tags can be seen."""
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        start = start.removeprefix(mark)
    return start.replace(b"\x00", b"")


def _holds_document(start: bytes) -> bool:
    """A document that starts below something else, such as the header lines of a response."""
    found = _DOCUMENT.search(start, 0, 2048)
    return bool(found and (found.start() == 0 or start[found.start() - 1] in b"\n\r") and len(_TAG.findall(start)) >= 3)
