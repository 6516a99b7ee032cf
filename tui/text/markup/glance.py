"""A page's title and date at a glance, from its first kilobytes and without the full way."""

import re
from bisect import bisect_left
from html import unescape

from tui.text.words.sitename import cut_site

TITLE_CHARS = 200

_META = re.compile(r"<meta\s[^<>]{0,1200}>", re.IGNORECASE)
_OG_TITLE = re.compile(r"\b(?:property|name)\s*=\s*[\"']?og:title\b", re.IGNORECASE)
_CONTENT = re.compile(r"\bcontent\s*=\s*(?:\"([^\"]{0,600})\"|'([^']{0,600})')", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^<>]{0,400}>([^<]{0,1000})", re.IGNORECASE)
_HEADING = re.compile(r"<h1\b[^<>]{0,400}>|</h1", re.IGNORECASE)
_HEADING_CHARS = 2000
# What the end of the glance cuts off is silent as well.
_SILENT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[a-zA-Z/!?][^<>]{0,2000}>")
_PUBLISHED = re.compile(
    r"(?:article:published_time|datepublished|pubdate|publishdate|dc\.date)[^<>{}]{0,60}?(\d{4}-\d\d-\d\d)"
)
"""In small letters: where case is ignored, an engine takes four times as long."""
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-/.年])\s?(1[0-2]|0?[1-9])(?:[-/.月])\s?(3[01]|[12]\d|0?[1-9])(?!\d)")


def title(source: str, is_html: bool) -> str:
    """Return what a list may call the page; empty if nothing suits.

    >>> title("<title>Rain &amp; wind again | The Gazette</title><h1>Rain</h1>", True), title("\\n Rain\\nIt rained.", False)
    ('Rain & wind again', 'Rain')
    """
    if not is_html:
        return _first_line(source)
    described = next((meta for meta in _META.finditer(source) if _OG_TITLE.search(meta[0])), None)
    content = _CONTENT.search(described[0]) if described else None
    named = _TITLE.search(source)
    candidates = (content and (content[1] or content[2]), named and named[1], _TAG.sub("", _heading(source)))
    for candidate in candidates:
        if candidate and candidate.strip():
            return cut_site(_tidy(unescape(candidate)))
    return _first_line(bare(source))


def date(source: str, is_html: bool) -> str | None:
    """Return the day that the head of a page, or the first lines of bare text, give, as ISO 8601; None without one.

    >>> date("Rain\\n2021年3月5日 It rained.", False)
    '2021-03-05'
    >>> date('<meta property="article:published_time" content="-0001-11-30T00:00:00+02:00">', True)
    """
    if is_html:
        # Only what the head states: the first date of the text may be a list's.
        stated = _PUBLISHED.search(source.lower())
        return stated[1] if stated and stated[1][:2] in ("19", "20") else None
    match = _DATE.search(source, 0, 4000)
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else None


def bare(source: str) -> str:
    """Return the text between the tags, roughly.

    >>> bare("<style>p{}</style><p>Rain &amp; wind").split()
    ['Rain', '&', 'wind']
    """
    return unescape(_TAG.sub("\n", _SILENT.sub("\n", source)))


def _heading(source: str) -> str:
    """What stands in the first heading that ends before long; empty if none does."""
    starts: list[int] = []
    for mark in _HEADING.finditer(source):
        if mark[0].endswith(">"):
            starts.append(mark.end())
            continue
        near = bisect_left(starts, mark.start() - _HEADING_CHARS)
        if near < len(starts):
            return source[starts[near] : mark.start()]
        starts.clear()
    return ""


def _first_line(text: str) -> str:
    return next((_tidy(line) for line in text.split("\n") if line.strip()), "")


def _tidy(text: str) -> str:
    return " ".join(text.split())[:TITLE_CHARS]
