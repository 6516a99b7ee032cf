"""Feeds, sitemaps and OPML -> HTML that a browser would show for them, and entries of feeds -> what each says.

They are read by patterns, not by an XML parser: feeds are cut, hold bare ampersands and unclosed tags, and what stands
before the damage is wanted all the same. feedparser 6.0.14 was tried: it has no offsets, so that each entry costs the
whole feed (1.7 s for 1,000 of 3 kB), and it takes out of an entry's HTML what it doesn't hold for safe.
"""

import json
import re
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from html import escape, unescape
from html.entities import html5
from typing import Any
from urllib.parse import urljoin

from tui.core.values import dataclass, field, replace
from tui.text.words import dates

SUMMARY_CHARS = 500
"""Code points of an entry's summary that the feed's own page shows, and up to which a description is no whole page."""
MOST_LOST_TAGS = 20
"""Elements of an entry without an end that are read on their own; those that follow are not."""
_REST = r"""(?P<rest>(?:[^<>=]++|=\s*+(?:"[^"<]*+"|'[^'<]*+')?+)*+)>"""
"""What stands in a tag behind its name, which in quotes may be a bracket."""
_TOKEN = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(?P<close>/?)(?P<name>[A-Za-z_][\w.:-]*+)" + _REST,
    re.DOTALL,
)
_ENTRY = re.compile(r"(?:[\w.-]++:)?(?:item|entry|url|sitemap)\Z", re.IGNORECASE)
_LAST_TAG = re.compile(r"</([\w.:-]++)\s*+>\s*+\Z")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]{0,2000}>", re.DOTALL)
_SILENT = re.compile(r"<(script|style)\b.*?(?:</\1\s*+>|\Z)", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?<![\w:.-])([\w:.-]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)')""")
_SITEMAP = re.compile(r"<(?:[\w.-]+:)?(?:urlset|sitemapindex)\b", re.IGNORECASE)
_OUTLINE = re.compile(r"<outline\b" + _REST, re.IGNORECASE)
_W3C = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?)?)?\Z")
_BLOCKS = re.compile(r"<(?:p|div|h[1-6]|li|table|blockquote|pre)\b", re.IGNORECASE)
_SPACES = {
    "http://purl.org/dc/elements/1.1": "dc", "http://purl.org/dc/terms": "dcterms", "http://search.yahoo.com/mrss": "media",
    "http://purl.org/rss/1.0/modules/content": "content", "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.w3.org/2005/atom": "", "http://purl.org/atom/ns": "", "http://purl.org/rss/1.0": "",
    "http://my.netscape.com/rdf/simple/0.9": "", "http://my.netscape.com/publish/formats/rss-0.91.dtd": "",
    "http://backend.userland.com/rss": "", "http://backend.userland.com/rss2": "", "http://blogs.law.harvard.edu/tech/rss": "",
    "http://www.sitemaps.org/schemas/sitemap/0.9": "", "http://www.google.com/schemas/sitemap/0.84": "",
    "http://www.google.com/schemas/sitemap-news/0.9": "news", "http://www.google.com/schemas/sitemap-image/1.1": "image",
    "http://www.google.com/schemas/sitemap-video/1.1": "video", "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns": "rdf", "http://purl.org/rss/1.0/modules/dcterms": "dcterms",
    "http://example.com/dcterms": "dcterms",
}  # fmt: skip
"""Namespace, lower case and without its end -> the name that what is in it has here before its colon; empty: none."""


_DECLARED = re.compile(r"""<!ENTITY\s{1,20}+([\w.-]{1,60}+)\s{1,20}+(?:"([^"<>&%]{1,200}+)"|'([^'<>&%]{1,200}+)')""")
_REFERENCE = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&([\w.-]{1,60}+);", re.DOTALL)
_MOST_REFERENCES = 10_000
"""References and stretches of CDATA that are looked at: an entity is no more than 200 code points for each."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """What an entry of a feed says, or the feed itself."""

    title: str = ""
    link: str = ""
    date: str = ""
    """ISO 8601, with its zone if that is told."""
    updated: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    content: str = ""
    """HTML; empty: there is none."""
    summary: str = ""
    """HTML."""
    base: str = ""
    """What links in the content are relative to, if that is not the address."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """What else is told: id, enclosures, comments."""
    has_end: bool = True
    """It isn't cut, as far as its own element or object can tell."""

    @property
    def is_whole(self) -> bool:
        """Whether it says more than a summary does."""
        return bool(self.content) or (
            len(_bare(self.summary)) > SUMMARY_CHARS or len(_BLOCKS.findall(self.summary)) > 1
        )


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands before the entries of a feed and counts for all of them."""

    spaces: Mapping[str, str] = field(default_factory=dict)
    """Prefix as the feed has it -> as we have it."""
    base: str = ""
    """What links are relative to, as far as the feed tells."""
    language: str = ""
    authors: tuple[str, ...] = ()
    """Of Atom and JSON feeds: who wrote the entries that name nobody."""
    entities: Mapping[str, str] = field(default_factory=dict)
    """Name -> words that the DTD within the feed has for it."""


def setting(head: str) -> Setting:
    """Return what the start of a feed says.

    >>> setting('<a:feed xmlns:a="http://www.w3.org/2005/Atom" xml:base="http://e.org/x" xml:lang="en">')
    Setting(spaces={'a': ''}, base='http://e.org/x', language='en', authors=(), entities={})
    """
    if head.lstrip("\ufeff \t\r\n").startswith("{"):
        feed = _object(head)
        return Setting(language=_string(feed, "language"), authors=_people(feed))
    root: dict[str, str] = {}
    outside = ""
    for match in _TOKEN.finditer(head):
        if match["name"]:
            root |= _attributes(match["rest"])
            if not match["name"].lower().endswith("rdf"):
                outside = head[match.end() :] if match["name"].lower().endswith("feed") else ""
                break
    spaces = {
        key.partition(":")[2]: _SPACES.get(value.lower().rstrip("/#"), key.partition(":")[2])
        for key, value in root.items()
        if key == "xmlns" or key.startswith("xmlns:")
    }
    base = root.get("xml:base") or root.get("base", "")
    here = Setting(spaces, base, root.get("xml:lang", ""), entities=_entities(head))
    first = next(_entries(outside), (len(outside), 0))[0]
    return replace(here, authors=_authors(_children(outside[:first], here))) if first else here


def _entities(head: str) -> dict[str, str]:
    """What a DTD declares, but for what HTML knows and for what holds markup or other entities."""
    top = head[: max(0, head.find("]>"))]
    declared = _DECLARED.findall(top) if "<!DOCTYPE" in top else ()
    return {name: double or single for name, double, single in declared if f"{name};" not in html5}


def _resolved(source: str, entities: Mapping[str, str]) -> str:
    """A feed, or an element of it, with the words of entities instead of their names, but in CDATA."""
    if not entities:
        return source

    def word(match: re.Match[str]) -> str:
        return escape(entities[match[1]]) if match[1] in entities else match[0]

    return _REFERENCE.sub(word, source, count=_MOST_REFERENCES)


def entry(element: str, of: Setting) -> FeedEntry:
    """Return what one entry says: an element of a feed, or an object of a JSON feed. Never fails.

    >>> entry("<item><title>Rain &amp;amp; wind</title><link>/1</link><pubDate>Fri, 05 Mar 2021 06:07:08 EST</pubDate>", Setting())
    FeedEntry(title='Rain & wind', link='/1', date='2021-03-05T06:07:08-05:00', ...)
    """
    if element.lstrip().startswith("{"):
        made = replace(_of_object(_object(element)), has_end=_is_whole(element))
        return made if made.authors else replace(made, authors=of.authors)
    element = _resolved(element, of.entities)
    opening = _TOKEN.match(element.lstrip())
    if opening is None:
        return FeedEntry()
    own = _attributes(opening["rest"])
    here = Setting({**of.spaces, **setting(opening[0]).spaces}, _joined(of.base, own.get("xml:base", "")) or of.base)
    end = element.rfind("</")
    lead = len(element) - len(element.lstrip()) + opening.end()
    made = _of_children(_children(element[lead : end if end > lead else None], here), here)
    is_in_cdata = element.rfind("<![CDATA[") > element.rfind("]]>")
    closing = _LAST_TAG.match(element, end) if end >= 0 and not is_in_cdata else None
    has_end = opening[0].endswith("/>") or (closing is not None and closing[1].lower() == opening["name"].lower())
    made = replace(made, has_end=has_end)
    made = made if made.authors else replace(made, authors=of.authors)
    about = own.get("rdf:about", "")
    link = about if about.startswith("http") else _joined(here.base, own.get("href", ""))
    changed = iso(own.get("lastmod", ""))  # as CDF has it, and the address
    return replace(made, link=made.link or link, date=made.date or changed, updated=made.updated or changed)


def page_of(said: FeedEntry, language: str = "") -> str:
    """Return an entry as a page of HTML."""
    lang = f' lang="{escape(language)}"' if language else ""
    address = _joined(said.link, said.base) or said.link
    base = f'<base href="{escape(address)}">' if address else ""
    content = said.content or said.summary
    heading = _element("h1", said.title)
    return f"<html{lang}><head>{_element('title', said.title)}{base}</head><body><article>{heading}<div>{content}</div></article></body></html>"


def to_html(source: str) -> str:
    """Return a feed, a sitemap or OPML as HTML. Never fails: what is none of them gives a page without entries.

    >>> print(to_html("<rss><channel><title>News</title><item><title>Rain &amp;amp; wind</title><link>/1</link></item>"))
    <title>News</title><h1>News</h1><ul class="headlines list">
    <li><a href="/1">Rain &amp; wind</a></li>
    </ul>
    """
    if source.lstrip("\ufeff \t\r\n").startswith("{"):
        head, entries = _of_json(source)
    elif "<opml" in source[:4096].lower():
        head, entries = _of_opml(source)
    else:
        head, entries = _of_xml(source)
    top = _element("title", head.title) + _element("h1", head.title)
    if head.link:
        top += f'<link rel="canonical" href="{escape(head.link)}">'
    top += _element("p", _bare(head.summary))
    return f'{top}<ul class="headlines list">\n{"".join(map(_item, entries))}</ul>'


def _item(said: FeedEntry) -> str:
    summary = _bare(said.summary or said.content)[:SUMMARY_CHARS]
    title = said.title or summary[:80] or said.link
    link = f'<a href="{escape(said.link)}">{escape(title)}</a>' if said.link else _element("b", title)
    when = said.date or said.updated
    date = f' <time datetime="{escape(when)}">{escape(when.replace("T", " "))}</time>' if when else ""
    return f"<li>{link}{date}{_element('p', summary if summary != title else '')}</li>\n" if title else ""


def _element(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text)}</{tag}>" if text else ""


def _of_xml(source: str) -> tuple[FeedEntry, Iterator[FeedEntry]]:
    here = setting(source[:65536])
    source = _resolved(source, here.entities)
    spans = list(_entries(source))
    if _SITEMAP.search(source, 0, spans[0][0] if spans else len(source)):
        return FeedEntry("Sitemap"), (_of_address(source[start:end], here) for start, end in spans)
    ends = [0, *(end for _, end in spans)]
    outside = "".join(
        source[end:start] for end, start in zip(ends, [*(start for start, _ in spans), None], strict=True)
    )
    tags = [match for match in _TOKEN.finditer(outside) if match["name"] and not match["close"]]
    opening = next((match for match in tags if match["name"].lower().endswith("channel")), next(iter(tags), None))
    children = _children(outside[opening.end() :], here) if opening else []
    return _of_children(children, here), (entry(source[start:end], here) for start, end in spans)


def _entries(source: str) -> Iterator[tuple[int, int]]:
    """Yield where the entries of a feed or sitemap stand; one without an end goes up to the next, or to the end."""
    start, name = -1, ""
    for match in _TOKEN.finditer(source):
        if not match["name"] or not _ENTRY.match(match["name"]) or (start >= 0 and match["name"] != name):
            continue
        if start >= 0:
            yield start, match.end() if match["close"] else match.start()
        is_open = not match["close"] and not match["rest"].endswith("/")
        if not match["close"] and not is_open:
            yield match.span()
        start, name = (match.start(), match["name"]) if is_open else (-1, "")
    if start >= 0:
        yield start, len(source)


_Child = tuple[str, dict[str, str], str]
"""Name of an element, its attributes and its content."""


def _children(part: str, here: Setting) -> list[_Child]:
    """Return the elements that stand in a part of a feed and in no other one."""
    found: list[_Child] = []
    at = 0
    for _ in range(MOST_LOST_TAGS):
        lost = _whole_children(part, at, here, found)
        if lost is None:
            break
        # One without an end holds what comes before the next tag.
        following = part.find("<", lost.end())
        while part.startswith("<![CDATA[", following) or part.startswith("<!--", following):
            mark = _TOKEN.match(part, following)
            following = part.find("<", mark.end() if mark else following + 1)
        end = following if following >= 0 else len(part)
        found.append((_name(lost["name"], here), _attributes(lost["rest"]), part[lost.end() : end]))
        at = end
    return found


def _whole_children(part: str, at: int, here: Setting, found: list[_Child]) -> re.Match[str] | None:
    """Add the elements from a place on; return the tag of one that has no end."""
    open_names: list[str] = []
    how_often: Counter[str] = Counter()
    outer: re.Match[str] | None = None
    for match in _TOKEN.finditer(part, at):
        name = match["name"]
        if not name:
            continue
        if match["close"]:
            while how_often[name] and (last := open_names.pop()):
                how_often[last] -= 1
                if last == name:
                    break
            if outer is not None and not open_names:
                found.append(
                    (_name(outer["name"], here), _attributes(outer["rest"]), part[outer.end() : match.start()])
                )
                outer = None
        elif match["rest"].endswith("/"):
            if outer is None:
                found.append((_name(name, here), _attributes(match["rest"]), ""))
        elif outer is None:
            outer, open_names, how_often = match, [name], Counter((name,))
        elif name == outer["name"] or len(open_names) > 1 or name not in _VOID:
            open_names.append(name)
            how_often[name] += 1
    return outer


_VOID = frozenset({"br", "img", "hr", "input", "meta", "link"})


def _name(name: str, here: Setting) -> str:
    """A name of an element with the prefix that we know what it stands in by."""
    prefix, colon, local = name.rpartition(":")
    known = here.spaces.get(prefix, prefix) if colon else ""
    return f"{known}:{local}".removeprefix(":").lower()


def _attributes(tag: str) -> dict[str, str]:
    return {name.lower(): unescape(double or single) for name, double, single in _ATTRIBUTE.findall(tag)}


def _of_children(children: list[_Child], here: Setting) -> FeedEntry:
    inner = [inside for name, _, content in children if name in _GROUPS for inside in _children(content, here)]
    children = [(name, each, _out_of_base64(each, content)) for name, each, content in [*children, *inner]]
    texts: dict[str, str] = {}
    for name, each, content in children:
        if name not in texts and (text := _bare(content if _is_inline(each) else _unwrapped(content))):
            texts[name] = text
    links = [each for name, each, _ in children if name == "link"]
    published = _first(
        texts, "pubdate", "published", "dcterms:issued", "issued", "dc:date", "date", "created", "dcterms:created"
    )
    updated = _first(texts, "updated", "modified", "dcterms:modified", "lastbuilddate")
    whole = _first_of(children, "content:encoded", "content", "xhtml:body", "body", "fullitem")
    brief = _first_of(children, *_BRIEF)
    return FeedEntry(
        title=_first(texts, "title", "dc:title", "media:title"),
        link=_joined(here.base, _link(texts, links, children)),
        date=iso(published or updated),
        updated=iso(updated),
        authors=_authors(children),
        tags=_unique(_tag(each, content) for name, each, content in children if name in ("category", "dc:subject")),
        content=_markup(whole),
        summary=_markup(brief),
        base=_joined(here.base, (whole if whole[2] else brief)[1].get("xml:base", "")) or here.base,
        more=_more(texts, children),
    )


def _out_of_base64(attributes: Mapping[str, str], content: str) -> str:
    """Content as it would stand there escaped, if it is in base64 as Atom 0.3 and 1.0 say it."""
    if attributes.get("mode") != "base64" and attributes.get("type") != "application/octet-stream":
        return content
    try:
        return escape(b64decode("".join(content.split()), validate=True).decode("utf-8", "replace"), quote=False)
    except ValueError:
        return content


_GROUPS = ("media:group", "media:content")
"""Elements in which what is said of an entry may stand too."""
_BRIEF = (
    "description",
    "summary",
    "subtitle",
    "tagline",
    "dc:description",
    "itunes:summary",
    "abstract",
    "media:description",
)
_AUTHORS = ("author", "dc:creator", "itunes:author", "managingeditor")


def _authors(children: list[_Child]) -> tuple[str, ...]:
    return _unique(_author(content) for name, _, content in children if name in _AUTHORS)


def _first(texts: Mapping[str, str], *names: str) -> str:
    return next((texts[name] for name in names if name in texts), "")


def _unique(words: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def _link(texts: Mapping[str, str], links: list[dict[str, str]], children: list[_Child]) -> str:
    """The address of a page: the text of RSS's link, or Atom's link that is no other kind; an id that is an address."""
    if "link" in texts:
        return texts["link"]
    for each in links:
        if each.get("rel", "alternate") == "alternate" and each.get("href"):
            return each["href"].strip()
    for name, each, content in children:
        address = _bare(_unwrapped(content))
        if name in ("guid", "id") and each.get("ispermalink", "true") != "false":
            return address if address.lower().startswith(("http://", "https://")) else ""
    return ""


def _author(content: str) -> str:
    """The name of somebody: of an Atom person, or beside an address of mail."""
    inner = next(
        (_bare(_unwrapped(part)) for name, _, part in _children(content, Setting()) if name.endswith("name")), ""
    )
    text = inner or _bare(_unwrapped(content))
    named = re.search(r"\(([^()]+)\)", text) if "@" in text else None
    return (
        named[1].strip() if named else " ".join(word for word in text.split() if "@" not in word).strip(" <>()") or text
    )


def _tag(attributes: Mapping[str, str], content: str) -> str:
    return _bare(_unwrapped(content)) or attributes.get("label") or attributes.get("term") or ""


def _more(texts: Mapping[str, str], children: list[_Child]) -> dict[str, Any]:
    files = [each for name, each, _ in children if name in ("enclosure", "media:content")]
    files += [each for name, each, _ in children if name == "link" and each.get("rel") == "enclosure"]
    enclosures = [address for each in files if (address := each.get("url") or each.get("href"))]
    told = {"id": _first(texts, "guid", "id"), "comments": _first(texts, "comments"), "enclosures": enclosures}
    return {key: value for key, value in told.items() if value}


_NOTHING: _Child = ("", {}, "")


def _first_of(children: list[_Child], *names: str) -> _Child:
    """The first of these elements that has any text; the names say which one is sought before others."""
    return next((child for wanted in names for child in children if child[0] == wanted and child[2].strip()), _NOTHING)


def _markup(child: _Child) -> str:
    """The HTML of an element."""
    name, attributes, content = child
    if attributes.get("type", "").lower() in ("text", "text/plain"):
        return f"<p>{escape(_unwrapped(content).strip())}</p>"
    if name == "media:description" and attributes.get("type") != "html":
        return _paragraphs(_unwrapped(content))
    is_inline = _is_inline(attributes) or name.endswith("body")
    return _without_prefixes(content) if is_inline else _unwrapped(content)


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())


def _is_inline(attributes: Mapping[str, str]) -> bool:
    """Whether markup stands in an element as it is, and what is escaped there is text."""
    return attributes.get("type", "").lower().endswith(("xhtml", "+xml", "/xml")) or attributes.get("mode") == "xml"


def _without_prefixes(content: str) -> str:
    """Inline XHTML without the prefixes of its names."""
    return re.sub(r"<(/?)[\w.-]+:(\w)", r"<\1\2", _CDATA.sub(lambda match: escape(match[1], quote=False), content))


def _unwrapped(content: str) -> str:
    """Escaped markup or text as it is meant: out of CDATA, or unescaped; markup that stands there unescaped stays."""
    if "<![CDATA[" not in content:
        return unescape(content)
    parts = _CDATA.split(content)
    return "".join(part if number % 2 else unescape(part) for number, part in enumerate(parts))


def _bare(markup: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", _SILENT.sub(" ", markup))).split())


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link) if base and link else link
    except ValueError:
        return link


def iso(date: str) -> str:
    """ISO 8601 of a date as feeds write it, with seconds and zone as far as they are told; empty if it is none.

    >>> iso("Fri, 05 Mar 2021 06:07:08 GMT"), iso("2021-03-05T06:07:08Z"), iso("5 March 2021"), iso("soon")
    ('2021-03-05T06:07:08+00:00', '2021-03-05T06:07:08Z', '2021-03-05', '')
    """
    date = date.strip()
    if _W3C.match(date):
        return date.replace(" ", "T")
    try:
        return parsedate_to_datetime(date).isoformat() if ":" in date else dates.iso(date) or ""
    except (TypeError, ValueError, IndexError, OverflowError):
        return dates.iso(date) or ""


def _of_address(part: str, here: Setting) -> FeedEntry:
    """One address of a sitemap; news tell their title."""
    flat = {
        _name(match["name"], here): match for match in _TOKEN.finditer(part) if match["name"] and not match["close"]
    }

    def text(*names: str) -> str:
        tags = [flat[name] for name in names if name in flat]
        return next(
            (words for tag in tags if (words := _bare(_unwrapped(part[tag.end() : part.find("</", tag.end())])))), ""
        )

    date = iso(text("news:publication_date", "video:publication_date", "lastmod"))
    return FeedEntry(text("news:title", "video:title", "image:title"), text("loc"), date)


def _of_opml(source: str) -> tuple[FeedEntry, Iterator[FeedEntry]]:
    inner = _children(source.partition("<head>")[2].partition("</head>")[0], Setting())
    title = next((_bare(_unwrapped(content)) for name, _, content in inner if name == "title"), "")
    return FeedEntry(title or "OPML"), (_outline(_attributes(match[0])) for match in _OUTLINE.finditer(source))


def _outline(said: Mapping[str, str]) -> FeedEntry:
    link = said.get("htmlurl") or said.get("url") or said.get("xmlurl") or ""
    return FeedEntry(
        said.get("title") or said.get("text") or "",
        link,
        iso(said.get("created", "")),
        summary=said.get("description", ""),
    )


def _of_json(source: str) -> tuple[FeedEntry, Iterator[FeedEntry]]:
    feed = _object(source)
    items = feed.get("items")
    head = FeedEntry(
        _string(feed, "title"), _string(feed, "home_page_url"), summary=escape(_string(feed, "description"))
    )
    return head, (_of_object(item) for item in (items if isinstance(items, list) else []) if isinstance(item, dict))


def _object(source: str) -> dict[str, Any]:
    value = _as_far_as_it_goes(source.lstrip("\ufeff \t\r\n"), 0)
    return value if isinstance(value, dict) else {}


def _is_whole(source: str) -> bool:
    try:
        _JSON.raw_decode(source.lstrip())
    except (ValueError, RecursionError):
        return False
    return True


_JSON = json.JSONDecoder(strict=False)
_KEY = re.compile(r'[\s,]*+("(?:[^"\\]|\\.)*+")\s*+:\s*+', re.DOTALL)
_NEXT = re.compile(r"[\s,]*+")
_HALF_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*+)\\(?:u[0-9A-Fa-f]{0,3})?\Z")
_DEEPEST = 4
"""Feed, entries, entry, and what is in it."""


def _as_far_as_it_goes(source: str, at: int, depth: int = 0) -> Any:
    """Return the value of JSON at a place; one that is cut or damaged up to there.

    >>> _as_far_as_it_goes('{"a": "x", "items": [{"b": 1}, {"c": "Rain and wi', 0)
    {'a': 'x', 'items': [{'b': 1}, {'c': 'Rain and wi'}]}
    """
    try:
        return _JSON.raw_decode(source, at)[0]
    except (ValueError, RecursionError):
        if depth == _DEEPEST:
            return None
    if source.startswith('"', at):
        try:
            return json.loads(_HALF_ESCAPE.sub(r"\1", source[at:]) + '"', strict=False)
        except ValueError:
            return ""
    is_list, at = source.startswith("[", at), at + 1
    members: dict[Any, Any] = {}
    while step := _NEXT.match(source, at) if is_list else _KEY.match(source, at):
        name, at = len(members) if is_list else json.loads(step[1], strict=False), step.end()
        try:
            members[name], at = _JSON.raw_decode(source, at)
        except (ValueError, RecursionError):
            members[name] = _as_far_as_it_goes(source, at, depth + 1)
            break
    return [*members.values()] if is_list else members


def _of_object(item: Mapping[str, Any]) -> FeedEntry:
    tags, files = item.get("tags"), item.get("attachments")
    enclosures = [_string(each, "url") for each in files if isinstance(each, dict)] if isinstance(files, list) else []
    identifier = _string(item, "id")
    return FeedEntry(
        title=_string(item, "title"),
        link=_string(item, "url") or _string(item, "external_url"),
        date=iso(_string(item, "date_published") or _string(item, "date_modified")),
        updated=iso(_string(item, "date_modified")),
        authors=_people(item),
        tags=_unique(each for each in (tags if isinstance(tags, list) else []) if isinstance(each, str)),
        content=_string(item, "content_html") or _paragraphs(_string(item, "content_text")),
        summary=escape(_string(item, "summary")),
        more={
            key: value for key, value in {"id": identifier, "enclosures": [*filter(None, enclosures)]}.items() if value
        },
    )


def _people(item: Mapping[str, Any]) -> tuple[str, ...]:
    """Who wrote an object of a JSON feed, of version 1.1 or 1."""
    people = item.get("authors")
    people = people if isinstance(people, list) else [item.get("author")]
    return _unique(_string(each, "name") for each in people if isinstance(each, dict))


def _string(table: Mapping[str, Any], name: str) -> str:
    value = table.get(name)
    return value if isinstance(value, str) else str(value) if isinstance(value, int) and name == "id" else ""
