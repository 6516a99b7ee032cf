"""Feeds and sitemaps -> HTML that a browser would show for them: a title, and a list of links with their dates.

They are read by patterns, not by an XML parser: feeds are cut, hold bare ampersands and unclosed tags, and what stands
before the damage is wanted all the same.
"""

import json
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from html import escape, unescape
from typing import Any

SUMMARY_CHARS = 500
"""Code points of an entry's summary that are kept: the entry's own page has the rest."""
_ENTRY = re.compile(r"<(item|entry|url|sitemap)\b[^<>]*>(.*?)(?=</\1\s*>|<\1\b|\Z)", re.DOTALL | re.IGNORECASE)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_HREF = re.compile(r"<(?:atom:)?link\b([^<>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?<![\w:-])([\w:-]++)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ISO = re.compile(r"\d{4}-\d\d(?:-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?)?")


def to_html(source: str) -> str:
    """Return the feed as HTML. Never fails: what is no feed gives a page without entries.

    >>> print(to_html("<rss><channel><title>News</title><item><title>Rain &amp;amp; wind</title><link>/1</link></item>"))
    <title>News</title><h1>News</h1><ul class="headlines list">
    <li><a href="/1">Rain &amp; wind</a></li>
    </ul>
    """
    if source.lstrip("\ufeff \t\r\n").startswith("{"):
        head, entries = _of_json(source)
    else:
        head, entries = _of_xml(source)
    top = _element("title", head.get("title", "")) + _element("h1", head.get("title", ""))
    if head.get("link"):
        top += f'<link rel="canonical" href="{escape(head["link"])}">'
    top += _element("p", head.get("summary", ""))
    return f'{top}<ul class="headlines list">\n{"".join(map(_item, entries))}</ul>'


def _item(entry: dict[str, str]) -> str:
    title = entry.get("title") or entry.get("summary", "")[:80] or entry.get("link", "")
    link = f'<a href="{escape(entry["link"])}">{escape(title)}</a>' if entry.get("link") else _element("b", title)
    when = _iso(entry.get("date", ""))
    date = f' <time datetime="{escape(when)}">{escape(when.replace("T", " "))}</time>' if when else ""
    summary = entry.get("summary", "")
    return f"<li>{link}{date}{_element('p', summary if summary != title else '')}</li>\n"


def _element(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text)}</{tag}>" if text else ""


def _of_xml(source: str) -> tuple[dict[str, str], Iterator[dict[str, str]]]:
    first = _ENTRY.search(source)
    top = source[: first.start()] if first else source
    head = {
        "title": _text(top, "title"),
        "link": _link(top),
        "summary": _text(top, "description", "subtitle", "tagline"),
    }
    if re.search(r"<(?:\w+:)?(?:urlset|sitemapindex)\b", top, re.IGNORECASE):
        head["title"] = "Sitemap"
    return head, (_entry(match[2]) for match in _ENTRY.finditer(source))


def _entry(part: str) -> dict[str, str]:
    return {
        "title": _text(part, "title", "news:title", "video:title"),
        "link": _link(part),
        "date": _text(part, "pubDate", "published", "dc:date", "updated", "news:publication_date", "lastmod", "date"),
        "summary": _text(part, "description", "summary", "content:encoded", "content")[:SUMMARY_CHARS],
    }


def _text(part: str, *names: str) -> str:
    """The text of the first of these elements that has any; markup in it is taken out, once it is unescaped."""
    for name in names:
        match = re.search(rf"<{name}\b[^<>]*(?<!/)>(.*?)(?:</{name}\s*>|\Z)", part, re.DOTALL | re.IGNORECASE)
        if match and (text := _bare(match[1])):
            return text
    return ""


def _bare(content: str) -> str:
    inside = _CDATA.sub(lambda match: match[1], content) if "<![CDATA[" in content else unescape(content)
    return " ".join(unescape(_TAG.sub(" ", inside)).split())


def _link(part: str) -> str:
    """The address of a page: the text of RSS's link and of a sitemap's loc, or Atom's link that is no other kind."""
    if text := _text(part, "link", "loc"):
        return text
    for match in _HREF.finditer(part):
        attributes = {name.lower(): double or single for name, double, single in _ATTRIBUTE.findall(match[1])}
        if attributes.get("rel", "alternate") == "alternate" and attributes.get("href"):
            return unescape(attributes["href"])
    guid = _text(part, "guid", "id")
    return guid if guid.startswith(("http://", "https://")) else ""


def _iso(date: str) -> str:
    """ISO 8601 of a date as feeds write it; empty if it is none.

    >>> _iso("Fri, 05 Mar 2021 06:07:08 GMT"), _iso("2021-03-05T06:07:08Z"), _iso("soon")
    ('2021-03-05T06:07', '2021-03-05T06:07:08', '')
    """
    if match := _ISO.match(date):
        return match[0].replace(" ", "T")
    try:
        return parsedate_to_datetime(date).strftime("%Y-%m-%dT%H:%M")
    except (TypeError, ValueError, IndexError, OverflowError):
        return ""


def _of_json(source: str) -> tuple[dict[str, str], Iterator[dict[str, str]]]:
    try:
        feed = json.loads(source.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        feed = {}
    feed = feed if isinstance(feed, dict) else {}
    head = {
        "title": _string(feed, "title"),
        "link": _string(feed, "home_page_url"),
        "summary": _string(feed, "description"),
    }
    items = feed.get("items")
    return head, (_json_entry(item) for item in (items if isinstance(items, list) else []) if isinstance(item, dict))


def _json_entry(item: dict[str, Any]) -> dict[str, str]:
    summary = _string(item, "summary") or _string(item, "content_text") or _bare(escape(_string(item, "content_html")))
    return {
        "title": _string(item, "title"),
        "link": _string(item, "url") or _string(item, "external_url"),
        "date": _string(item, "date_published") or _string(item, "date_modified"),
        "summary": summary[:SUMMARY_CHARS],
    }


def _string(table: dict[str, Any], name: str) -> str:
    value = table.get(name)
    return value if isinstance(value, str) else ""
