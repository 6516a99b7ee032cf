"""Feeds and sitemaps: their entries are the list of headlines."""

import json
from pathlib import Path

import pytest

from tui import loader
from tui.core.model import Document, Limits, Options, Ref
from tui.core.questions import Source
from tui.text.markup.feeds import Setting, entry, to_html

RSS = """<?xml version="1.0" encoding="gb2312"?>
<rss version="2.0"><channel><title>雨報</title><link>https://example.org/</link><description>天氣</description>
<item><title>大雨 &amp;amp; 強風</title><link>https://example.org/1</link><pubDate>Fri, 05 Mar 2021 06:07:08 +0800</pubDate>
<description><![CDATA[<p>昨天下了一整夜的雨,<b>山上</b>也下了。</p>]]></description></item>
<item><title><![CDATA[第二場雨在早上停了]]></title><guid>https://example.org/2</guid></item>
<item><title>第三場雨還沒有停下來</title><link>https://example.org/3</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Gazette</title><link rel="self" href="/feed"/>
<entry><title type="html">Rain &amp;amp; wind all over the north</title><link rel="alternate" href="/1?a=1&amp;b=2"/>
<updated>2021-03-05T06:07:08Z</updated><summary>It rained.</summary></entry>
<entry><title>The wind is still blowing hard</title><link href="/2"/><published>2021-03-06</published></entry></feed>"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://example.org/1</loc><lastmod>2021-03-05</lastmod></url>
<url><loc>https://example.org/2?a&amp;b</loc></url></urlset>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Gazette",
        "items": [
            {
                "id": "1",
                "url": "https://example.org/1",
                "title": "Rain all over the north",
                "content_html": "<p>It rained.",
            },
            {"id": "2", "url": "https://example.org/2", "content_text": "The wind is still blowing hard"},
        ],
    }
)


def load(tmp_path: Path, content: str | bytes, name: str = "feed.xml") -> Document:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    ref, *_ = loader.scan([str(path)], loader.Tally())
    assert isinstance(ref, Ref)
    assert ref.format == "feed"
    assert loader.peek(ref, Options()).trouble is None
    return loader.load(ref, Options(), Limits())


@pytest.mark.parametrize(
    ("content", "title", "entries"),
    [
        (
            RSS.encode("gb18030"),
            "雨報",
            [
                ("大雨 & 強風", "https://example.org/1", "2021-03-05T06:07:08+08:00"),
                ("第二場雨在早上停了", "https://example.org/2", None),
                ("第三場雨還沒有停下來", "https://example.org/3", None),
            ],
        ),
        (
            ATOM,
            "The Gazette",
            [
                ("Rain & wind all over the north", "/1?a=1&b=2", "2021-03-05T06:07:08Z"),
                ("The wind is still blowing hard", "/2", "2021-03-06"),
            ],
        ),
        (
            SITEMAP,
            "Sitemap",
            [
                ("https://example.org/1", "https://example.org/1", "2021-03-05"),
                ("https://example.org/2?a&b", "https://example.org/2?a&b", None),
            ],
        ),
        (
            JSON_FEED,
            "The Gazette",
            [
                ("Rain all over the north", "https://example.org/1", None),
                ("The wind is still blowing hard", "https://example.org/2", None),
            ],
        ),
    ],
    ids=["rss", "atom", "sitemap", "json"],
)
def test_entries_are_headlines(
    tmp_path: Path, content: str | bytes, title: str, entries: list[tuple[str, str, str | None]]
) -> None:
    document = load(tmp_path, content)
    assert document.title == title
    assert [(item.title, item.url, item.date) for item in document.headlines] == entries
    assert [document.text[item.start : item.end] for item in document.headlines] == [title for title, *_ in entries]
    assert document.type == "listing"
    assert all(title in document.body for title, *_ in entries)


def test_a_feed_of_one_entry_has_one_headline_with_what_is_said_of_it(tmp_path: Path) -> None:
    channel = "<image><url>/l.png</url><title>Logo</title></image><title>News</title>"
    item = (
        "<item><title>It rained</title><link>http://e.org/1</link><description>All &lt;b&gt;day.</description></item>"
    )
    document = load(tmp_path, f'<rss version="2.0"><channel>{channel}{item}</channel></rss>')
    (only,) = document.headlines
    assert (document.title, only.title, only.url, only.summary) == ("News", "It rained", "http://e.org/1", "All day.")


@pytest.mark.parametrize(
    "content",
    [
        (
            '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>The Gazette</a:title><a:entry><a:title>Rain</a:title>'
            '<a:link href="http://e.org/1"/><a:updated>2021-03-05</a:updated></a:entry></a:feed>'
        ),
        (
            '<sm:urlset xmlns:sm="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
            "<sm:url><sm:loc>http://e.org/1</sm:loc><sm:lastmod>2020-01-01</sm:lastmod><n:news><n:title>Rain</n:title>"
            "<n:publication_date>2021-03-05</n:publication_date></n:news></sm:url></sm:urlset>"
        ),
        (
            '<opml version="2.0"><head><title>The Gazette</title></head><body><outline text="Rain" htmlUrl="http://e.org/1" '
            'xmlUrl="http://e.org/f" created="5 Mar 2021"/></body></opml>'
        ),
        (
            '<!DOCTYPE rss [<!ENTITY a "b">]><rss version="0.91"><channel><item><title>Rain<link>http://e.org/1</link>'
            "<pubDate>5 Mar 2021</pubDate></item></channel></rss>"
        ),
        (
            '<CHANNEL HREF="http://e.org/" BASE="http://e.org/a/"><TITLE>The Gazette</TITLE><ITEM HREF="../1" LASTMOD="2021-03-05">'
            "<TITLE>Rain</TITLE><ABSTRACT>It rained.</ABSTRACT></ITEM></CHANNEL>"
        ),
    ],
    ids=["atom", "sitemap", "opml", "unclosed", "cdf"],
)
def test_namespaces_news_and_outlines_are_understood(tmp_path: Path, content: str) -> None:
    (only,) = load(tmp_path, content).headlines
    assert (only.title, only.url, only.date) == ("Rain", "http://e.org/1", "2021-03-05")


@pytest.mark.parametrize(
    "content",
    [
        '<opml version="2.0"><body><outline text="Rain > wind" xmlUrl="http://e.org/1" created="5 Mar 2021"/></body></opml>',
        (
            '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Rain &gt; wind</title><link title=">" href="http://e.org/1"/>'
            "<updated>2021-03-05</updated></entry></feed>"
        ),
        (
            '<rss version="2.0"><channel><item><title a="x>Rain &gt; wind</title><link b=\'>http://e.org/1</link>'
            "<pubDate>5 Mar 2021</pubDate></item></channel></rss>"
        ),
    ],
)
def test_a_bracket_in_an_attribute_ends_no_tag_and_a_stray_quote_opens_none(tmp_path: Path, content: str) -> None:
    (only,) = load(tmp_path, content).headlines
    assert (only.title, only.url, only.date) == ("Rain > wind", "http://e.org/1", "2021-03-05")


def test_a_feed_that_is_cut_shows_what_is_there(tmp_path: Path) -> None:
    document = load(tmp_path, RSS[: RSS.index("<guid>")])
    assert "第二場雨在早上停了" in document.text


@pytest.mark.parametrize(
    "source",
    [
        "",
        "<rss>",
        "<rss><item>",
        "{",
        '{"items": [1, {"title": 3}]}',
        "<item>" * 2000,
        "<![",
        "<rss><item>" + "<a>" * 5000,
        "<rss><channel><x>" + "<a>" * 20000 + "</b>" * 20000,
        "<opml><outline" * 99,
    ],
)
def test_what_is_no_feed_makes_a_page_without_entries(source: str) -> None:
    assert "</ul>" in to_html(source)


def test_the_bytes_of_a_feed_are_kept_as_they_came(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(ATOM.encode())
    ref, *_ = loader.scan([str(path)], loader.Tally())
    assert loader.source(Source(ref, Options()), Limits()).raw == ATOM.encode()


@pytest.mark.parametrize(
    ("attributes", "content", "title"),
    [
        ('mode="base64"', "\n UmFpbiAm\n YW1wOyA8Yj53aW5kPC9iPg==", "Rain & wind"),
        ('type="application/octet-stream"', "UmFpbg==", "Rain"),
        ('mode="base64"', "Rain, not in base64", "Rain, not in base64"),
        ('type="text"', "UmFpbg==", "UmFpbg=="),
    ],
)
def test_titles_in_base64_are_read(attributes: str, content: str, title: str) -> None:
    said = entry(f"<entry><title {attributes}>{content}</title><id>HTTP://example.org/1</id></entry>", Setting())
    assert (said.title, said.link) == (title, "HTTP://example.org/1")
