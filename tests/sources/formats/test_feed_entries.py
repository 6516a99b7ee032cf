"""Entries of feeds as pages: where they lie, what they say, in which charset, and what is left of a damaged feed."""

import hashlib
import io
import json
from pathlib import Path

import pytest

from tui import loader, sources
from tui.core.model import Document, Limits, Options, Ref
from tui.core.page import ENTRY_MEDIA
from tui.core.questions import Readings, Source
from tui.sources import Tally
from tui.sources.base import Head
from tui.sources.formats import feed
from tui.sources.parsing.json_spans import listed
from tui.sources.parsing.xml_spans import elements

BODY = "<p>昨天夜里下了一整夜的雨，山上的路都被冲断了，没有人出门。</p><p>第二天又下了，河水涨了两米。</p>"
ENTRIES = [
    (
        f"<item><title>昨夜的雨</title><link>http://e.org/1</link><pubDate>Tue, 07 Dec 2021 10:13:00 -0500</pubDate>"
        f"<dc:creator>李明</dc:creator><category>天气</category><category>山区</category><guid isPermaLink='false'>a1</guid>"
        f"<enclosure url='http://e.org/1.mp3'/><description>摘要</description>"
        f"<content:encoded><![CDATA[{BODY}<pre><item></pre>]]></content:encoded></item>"
    ),
    "<item><title>上午的风</title><link>http://e.org/2</link><description>上午的风很大。</description></item>",
    f"<item><title>晚间</title><description>{BODY.replace('<', '&lt;')}</description></item>",
]
RSS = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>雨报</title><!-- <item> -->'
    + "\n".join(ENTRIES)
    + "</channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="http://e.org/b/"><title>Wetter</title>'
    '<entry><title type="html">Regen &amp;amp; Wind</title><link href="1.html"/><published>2021-12-07T10:13:00+01:00</published>'
    "<updated>2021-12-08</updated><author><name>Ann Bauer</name><uri>http://e.org</uri></author><category term='x' label='Berge'/>"
    '<content type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:p>Es regnete &lt;lange&gt; in den Bergen.</x:p></x:div></content></entry></feed>'
)
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Gazette",
    "authors": [{"name": "not an entry"}],
    "items": [
        {
            "id": "1",
            "url": "http://e.org/1",
            "title": "Rain",
            "content_html": "<p>It rained in the mountains. <a href='/2'>More</a></p>",
            "date_published": "2021-12-07T10:13:00-05:00",
            "authors": [{"name": "Ann"}, {"name": "Bo"}],
            "tags": ["weather"],
        },
        {"id": "2", "content_text": "Wind all day.\nAnd in the night."},
    ],
}


def scan(path: Path, content: bytes) -> list[Ref]:
    path.write_bytes(content)
    refs = [ref for ref in sources.scan([str(path)], Tally()) if isinstance(ref, Ref)]
    assert {ref.format for ref in refs} == {"feed"}
    return refs


def load(ref: Ref, charset: str | None = None) -> Document:
    return loader.load(ref, Options(charset=charset), Limits())


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16", "utf-16-be"])
def test_an_entry_is_a_page_of_its_own_bytes(tmp_path: Path, charset: str) -> None:
    content = RSS.replace('"1.0"', f'"1.0" encoding="{charset}"', 1).encode(charset)
    whole, *entries = scan(tmp_path / "feed.xml", content)
    assert load(whole).sha256 == hashlib.sha256(content).hexdigest()
    assert [item.title for item in load(whole).headlines] == ["昨夜的雨", "上午的风", "晚间"]
    plain = charset if charset != "utf-16" else "utf-16-le"
    for ordinal, (ref, element) in enumerate(zip(entries, ENTRIES, strict=True), 1):
        stored = element.encode(plain)
        document = load(ref)
        assert (ref.ordinal, ref.length, document.media) == (ordinal, len(stored), ENTRY_MEDIA)
        assert document.sha256 == hashlib.sha256(stored).hexdigest()
        assert sources.stored(ref, Limits()) == stored
        assert (document.charset.name, document.charset.by) == (load(whole).charset.name, load(whole).charset.by)
        assert loader.source(Source(ref, Options()), Limits()).text == element
    first = load(entries[0])
    assert (first.title, first.url, first.metadata["date"].value) == (
        "昨夜的雨",
        "http://e.org/1",
        "2021-12-07T10:13:00-05:00",
    )
    assert (first.metadata["author"].value, first.metadata["keywords"].value) == (["李明"], ["天气", "山区"])
    assert (first.record["id"], first.record["enclosures"]) == ("a1", ["http://e.org/1.mp3"])
    assert first.body.startswith("昨天夜里下了一整夜的雨")
    assert "摘要" not in first.text
    assert not first.problems
    peek = loader.peek(entries[0], Options())
    assert (peek.title, peek.date, peek.url) == ("昨夜的雨", "2021-12-07", "http://e.org/1")


def test_an_undeclared_charset_is_found_out_for_the_feed_and_the_user_may_name_another(tmp_path: Path) -> None:
    _, _, second, _ = scan(tmp_path / "feed.xml", RSS.encode("gb18030"))
    assert load(second).title == "上午的风"
    assert load(second, "big5").charset.name == "big5"
    readings = loader.readings(Readings(second, Options()), Limits())
    assert readings.candidates[0].charset == "gb18030"


@pytest.mark.parametrize(
    ("description", "codes"),
    [
        ("x" * 500, ["summary_only"]),
        ("x" * 501, []),
        ("&lt;p&gt;one", ["summary_only"]),
        ("&lt;p&gt;one&lt;p&gt;two", []),
        ("", ["summary_only"]),
    ],
)
def test_an_entry_that_is_only_a_summary_says_so(tmp_path: Path, description: str, codes: list[str]) -> None:
    item = f"<item><title>Rain</title><link>http://e.org/1</link><description>{description}</description></item>"
    _, ref = scan(tmp_path / "a.xml", f'<rss version="2.0"><channel>{item}</channel></rss>'.encode())
    document = load(ref)
    assert (document.title, [problem.code for problem in document.problems]) == ("Rain", codes)
    assert all("http://e.org/1" in problem.message for problem in document.problems)


def test_atom_has_its_own_zone_people_language_and_markup(tmp_path: Path) -> None:
    _, ref = scan(tmp_path / "a.xml", ATOM.encode())
    document = load(ref)
    assert (document.title, document.url) == ("Regen & Wind", "http://e.org/b/1.html")
    assert document.metadata["date"].value == "2021-12-07T10:13:00+01:00"
    assert (document.metadata["author"].value, document.metadata["keywords"].value) == (["Ann Bauer"], ["Berge"])
    assert document.record["updated"] == "2021-12-08"
    assert "Es regnete <lange> in den Bergen." in document.text


@pytest.mark.parametrize("indent", [None, 1])
def test_an_object_of_a_json_feed_is_an_entry(tmp_path: Path, indent: int | None) -> None:
    content = json.dumps(JSON_FEED, indent=indent).encode()
    whole, first, second = scan(tmp_path / "a.json", content)
    assert [item.title for item in load(whole).headlines] == ["Rain", "Wind all day. And in the night."]
    assert json.loads(sources.stored(first, Limits())) == JSON_FEED["items"][0]
    document = load(first)
    assert (document.title, document.url, document.metadata["author"].value) == (
        "Rain",
        "http://e.org/1",
        ["Ann", "Bo"],
    )
    assert document.metadata["date"].value == "2021-12-07T10:13:00-05:00"
    assert "It rained in the mountains." in document.text
    assert load(second).text.strip() == "Wind all day.\nAnd in the night."
    assert list(listed(io.BytesIO(content[: second.offset + 9]), b"items"))[1:] == [(second.offset, 9)]


def test_a_feed_that_is_cut_or_damaged_gives_the_entries_that_are_there(tmp_path: Path) -> None:
    content = RSS.encode()
    for end in range(content.index(b"<item><title>", 600), len(content), 37):
        _, *entries = scan(tmp_path / "feed.xml", content[:end])
        assert load(entries[0]).title == "昨夜的雨"
    damaged = content.replace(b"</item>", b"", 1).replace(b"</link>", b"<lin>", 1)
    _, *entries = scan(tmp_path / "feed.xml", damaged)
    assert [load(ref).title for ref in entries] == ["昨夜的雨", "上午的风", "晚间"]


def test_sitemaps_and_outlines_are_one_page(tmp_path: Path) -> None:
    outline = b'<opml version="1.0"><body><outline text="item"/><item/></body></opml>'
    urls = b'<urlset xmlns="x"><url><loc>http://e.org/1</loc></url><url><loc>http://e.org/2</loc></url></urlset>'
    assert [len(scan(tmp_path / "a.xml", content)) for content in (outline, urls)] == [1, 1]


def test_elements_are_the_same_however_the_file_is_cut_into_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    content = RSS.encode() + b"<item/><a:item x='1'/ ><items><item y>"
    expected = [content[start : start + length] for start, length in elements(io.BytesIO(content), b"item")]
    assert expected == [*(entry.encode() for entry in ENTRIES), b"<item/>", b"<a:item x='1'/ ><items>", b"<item y>"]
    for size in (1, 2, 3, 7, 50, 127, 129):
        monkeypatch.setattr("tui.sources.parsing.lines.FIRST_CHUNK_BYTES", size)
        monkeypatch.setattr("tui.sources.parsing.lines.CHUNK_BYTES", size)
        spans = elements(io.BytesIO(content), b"item")
        assert [content[start : start + length] for start, length in spans] == expected


@pytest.mark.parametrize(
    ("feed", "entry", "content", "link"),
    [
        ("", "", "", "http://e.org/2021/pic.html"),
        ("http://e.org/b/", "", "", "http://e.org/b/pic.html"),
        ("http://e.org/b/", "c/", "", "http://e.org/b/c/pic.html"),
        ("http://e.org/b/", "", "http://img.example.org/", "http://img.example.org/pic.html"),
        ("", "", "/img/", "http://e.org/img/pic.html"),
    ],
)
def test_links_in_an_entry_are_relative_to_what_the_feed_says(
    tmp_path: Path, feed: str, entry: str, content: str, link: str
) -> None:
    base = {
        name: f' xml:base="{value}"' if value else "" for name, value in (("f", feed), ("e", entry), ("c", content))
    }
    links = "".join(f'<li><a href="pic.html">The rain in the mountains, day {day}</a></li>' for day in range(4))
    source = (
        f'<feed xmlns="http://www.w3.org/2005/Atom"{base["f"]}><title>News</title><entry{base["e"]}><title>Rain</title>'
        f'<link href="http://e.org/2021/rain.html"/><content type="xhtml"{base["c"]}><ul>{links}</ul></content></entry></feed>'
    )
    _, ref = scan(tmp_path / "a.xml", source.encode())
    document = load(ref)
    assert document.url == "http://e.org/2021/rain.html"
    assert {headline.url for headline in document.headlines} == {link}


def test_a_json_feed_that_is_cut_shows_what_there_is_of_it(tmp_path: Path) -> None:
    content = json.dumps(JSON_FEED).encode()
    for end in range(content.index(b"It rained") + 9, len(content)):
        whole, first, *_ = scan(tmp_path / "a.json", content[:end])
        document = load(whole)
        assert document.title == "Gazette"
        assert document.headlines[0].title == "Rain"
        assert "It rained" in load(first).text


@pytest.mark.parametrize(
    ("source", "is_feed"),
    [
        ('{"authors": [{"name": "Ann"}], "version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1"}]}', True),
        ('{"items": [{"authors": [{"name": "Ann"}], "content_html": "Rain", "id": "1"}], "version": ""}', True),
        ('{"items": [{"text": "Rain"}], "version": "1"}', False),
        ('{"content_html": "Rain", "items": [{"text": "Rain"}]}', False),
        ('{"text": "\\"version\\": \\"https://jsonfeed.org/version/1\\""}', False),
        ('[{"version": "https://jsonfeed.org/version/1"}]', False),
    ],
)
def test_a_json_feed_is_told_by_its_version_or_its_entries(tmp_path: Path, source: str, is_feed: bool) -> None:
    (tmp_path / "a.json").write_text(source, encoding="utf-8")
    refs = [ref for ref in sources.scan([str(tmp_path / "a.json")], Tally()) if isinstance(ref, Ref)]
    assert {ref.format for ref in refs} == {"feed" if is_feed else "jsonl"}


@pytest.mark.parametrize(
    ("source", "authors"),
    [
        (
            (
                '<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><author><name>Ann</name><email>a@e.org</email></author>'
                "<entry><title>Rain</title></entry><entry><title>Wind</title><author><name>Bo</name></author></entry></feed>"
            ),
            [["Ann"], ["Bo"]],
        ),
        (
            (
                '<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>'
                "<entry><title>Rain</title></entry><entry><title>Wind</title><author><name>Bo</name></author></entry></feed>"
            ),
            [None, ["Bo"]],
        ),
        (
            (
                '<rss version="2.0"><channel><managingEditor>ed@e.org (Ed)</managingEditor><item><title>Rain</title></item>'
                "<item><title>Wind</title><author>bo@e.org (Bo)</author></item></channel></rss>"
            ),
            [None, ["Bo"]],
        ),
        (
            (
                '{"version": "https://jsonfeed.org/version/1", "author": {"name": "Ann"}, "items": [{"id": "1", "content_text": "Rain"},'
                '{"id": "2", "content_text": "Wind", "author": {"name": "Bo"}}]}'
            ),
            [["Ann"], ["Bo"]],
        ),
    ],
)
def test_an_entry_that_names_nobody_is_by_the_author_of_its_feed(
    tmp_path: Path, source: str, authors: list[list[str] | None]
) -> None:
    _, *entries = scan(tmp_path / "feed.xml", source.encode())
    told = [load(ref).metadata.get("author") for ref in entries]
    assert [each and each.value for each in told] == authors


@pytest.mark.parametrize(
    ("entry", "is_cut"),
    [
        ("<item><description>Rain</description></item>", False),
        ("<item><description>Rain</description></ITEM >\n", False),
        ("<item/>", False),
        ("<item><description>Rain</description>", True),
        ("<item><description>Rain</desc", True),
        ("<item><description><![CDATA[<item>Rain</item>", True),
    ],
)
def test_an_entry_without_an_end_says_so(tmp_path: Path, entry: str, is_cut: bool) -> None:
    _, ref = scan(tmp_path / "a.xml", f'<rss version="2.0"><channel>{entry}'.encode())
    assert ("content_damaged" in [problem.code for problem in load(ref).problems]) is is_cut


def test_a_cut_object_of_a_json_feed_says_so(tmp_path: Path) -> None:
    content = json.dumps(JSON_FEED).encode()
    for end, codes in ((None, []), (-3, ["content_damaged"]), (-30, ["content_damaged"])):
        *_, ref = scan(tmp_path / "a.json", content[:end])
        assert [problem.code for problem in load(ref).problems] == codes


@pytest.mark.parametrize("source", ["\n".join(ENTRIES), ATOM[ATOM.index("<entry>") :]])
def test_a_part_of_a_feed_that_begins_with_an_entry_is_read_as_the_feed_is(tmp_path: Path, source: str) -> None:
    whole, *entries = scan(tmp_path / "part", source.encode())
    titles = [load(ref).title for ref in entries]
    assert titles in (["昨夜的雨", "上午的风", "晚间"], ["Regen & Wind"])
    assert [headline.title for headline in load(whole).headlines] == titles


def test_a_part_of_a_feed_that_begins_within_an_entry_says_so_and_has_the_others(tmp_path: Path) -> None:
    part = "\n".join(ENTRIES)[10:].encode()
    assert not any(feed.claims(Head(name, part)) for name in ("about.md", "about.txt"))
    refs = scan(tmp_path / "part", part)
    assert [load(ref).title for ref in refs[1:]] == ["上午的风", "晚间"]
    assert [problem.code for problem in load(refs[0]).problems] == ["content_damaged"]
    assert [headline.title for headline in load(refs[0]).headlines] == ["上午的风", "晚间"]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (
            "<media:group><media:description>It rained.\nIt blew.</media:description></media:group>",
            "Rain\nIt rained.\nIt blew.",
        ),
        (
            "<media:content url='v'><media:description>A &amp;lt; b</media:description></media:content>",
            "Rain\nA &lt; b",
        ),
        ("<media:description type='html'>&lt;b&gt;It&lt;/b&gt; rained.</media:description>", "Rain\nIt rained."),
        (
            "<summary>It snowed.</summary><media:group><media:description>No.</media:description></media:group>",
            "Rain\nIt snowed.",
        ),
    ],
)
def test_what_is_said_of_a_film_is_the_text_of_its_entry(tmp_path: Path, inside: str, text: str) -> None:
    root = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">'
    _, ref = scan(tmp_path / "feed", f"{root}<entry><title>Rain</title>{inside}</entry></feed>".encode())
    assert load(ref).text == text


def test_a_channel_of_cdf_has_addresses_and_dates_as_attributes(tmp_path: Path) -> None:
    item = (
        '<ITEM HREF="/1" LASTMOD="2021-03-05T06:07:08-05:00"><TITLE>Rain</TITLE><ABSTRACT>It rained.</ABSTRACT></ITEM>'
    )
    for root in ('<CHANNEL BASE="http://e.org/">', "<CHANNEL><TITLE>News</TITLE>", "<CHANNEL>"):
        _, ref = scan(tmp_path / "a.cdf", f"{root}{item}</CHANNEL>".encode())
        page = sources.read(ref, Limits())
        assert (page.url, page.record["date"]) == (
            "http://e.org/1" if "BASE" in root else "/1",
            "2021-03-05T06:07:08-05:00",
        )
        assert load(ref).text == "Rain\nIt rained."


def test_entities_of_a_feed_s_own_dtd_are_the_words_that_it_declares(tmp_path: Path) -> None:
    dtd = """<!DOCTYPE rss [<!ENTITY house "Rain & Co"><!ENTITY site 'Rain House'><!ENTITY nbsp "x"><!ENTITY deep "&site;">]>"""
    words = "&site; &deep; &house; a&nbsp;b <![CDATA[&site;]]>"
    (tmp_path / "a.xml").write_text(
        f"<?xml version='1.0'?>{dtd}<rss version='2.0'><channel><title>&site; news</title>"
        f"<item><title>&site; one</title><link>https://a.example/1</link><description>{words}</description></item></channel></rss>"
    )
    feed, entry = (loader.load(ref, Options(), Limits()) for ref in sources.scan([str(tmp_path / "a.xml")], Tally()))
    assert (feed.title, entry.title) == ("Rain House news", "Rain House one")
    assert feed.headlines[0].title == "Rain House one"
    assert "Rain House &deep; &house; a b &site;" in entry.text.replace("\xa0", " ")
