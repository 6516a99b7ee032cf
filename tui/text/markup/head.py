"""What a page's head says about it: JSON-LD, OpenGraph and other meta fields, the address."""

import json
import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from tui.core.patterns import lazy
from tui.core.records import DATE_FIELDS, MEANT, field, moment
from tui.text.markup.statements import Statements
from tui.text.words import dates
from tui.text.words.people import is_company, is_person, names
from tui.text.words.sitename import fold

TEXT_FROM = "TEXT FROM"
"""Key among the facts of a head that says where the text came from of a page that shows none; no page can state it."""
REST_FROM = "REST FROM"
"""The same of the rest of an article, of which the page shows the start."""
_MAX_JSON = 1_000_000
"""Code points of one JSON-LD block that are read."""
_MAX_TITLE = 20_000
"""The same of a record's title."""
_MAX_OBJECTS = 2000
_ABOUT_OTHERS = frozenset({"comment", "review", "itemReviewed"})
"""Properties of an object that speak of others than it."""
_JSON_LD = frozenset({"json-ld", "script:ld+json"})
"""What a script of facts is called, and a meta field into which a framework writes it."""
_STORY_TYPES = lazy(
    r"Article|Posting|Report|Review|Page$|Recipe|VideoObject|Product|CreativeWork|HowTo|Episode|Question"
)
_ARTICLE_TYPES = lazy(r"Article|Posting")
_KEYS: dict[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "dc.title", "headline", "parsely-title", "articletitle", "citation_title", "bepress_citation_title", "eprints.title", "hdl"),
    "date": (
        "article:published_time", "og:published_time", "datepublished", "pubdate", "publishdate", "publish_date", "publish-date",
        "parsely-pub-date", "sailthru.date", "pdate", "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date", "date",
    ),
    "date_modified": ("article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified", "dcterms.modified", "bytedance:updated_time", "article:modified", "datemodified", "revised"),
    "author": ("author", "article:author", "parsely-author", "sailthru.author", "citation_author", "dc.creator", "dc:creator", "dcterms.creator", "byl", "article:author_name", "creator", "twitter:data1", "articleauthor", "authorname", "author_name"),
    "editor": ("editor", "article:editor"),
    "source": ("source", "mediaid", "article:source", "news_source", "contentsource"),
    "site": ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher"),
    "section": ("article:section", "section", "parsely-section", "channel"),
    "place": ("geo.placename", "dateline", "og:locality"),
    "canonical_url": ("canonical", "og:url"),
    "description": ("og:description", "description", "twitter:description", "dc.description"),
    "keywords": ("news_keywords", "keywords", "article:tag", "parsely-tags"),
}  # fmt: skip
_RECORD_KEYS: dict[str, tuple[str, ...]] = {
    "date": DATE_FIELDS,
    "author": ("author", "authors", "byline", "creator", "作者", "记者", "記者", "著者"),
    "source": ("source", "publisher", "source_name", "来源", "來源", "出处", "出處", "媒体", "媒體"),
    "site": ("site", "site_name", "sitename", "source_domain", "siteName", "网站", "網站"),
    "section": ("section", "category", "categories", "栏目", "欄目", "分类", "分類", "频道", "頻道"),
    "description": ("description", "summary", "excerpt", "摘要", "简介", "簡介"),
    "keywords": ("keywords", "tags", "关键词", "關鍵詞", "标签", "標籤"),
    "language": ("language", "lang", "language_code", "lang_code", "identification.label", "语言", "語言"),
}  # fmt: skip
"""What they are called in data sets, web APIs, what scrapers write (firecrawl, news-please, Reddit's dumps), OSCAR, and tables in Chinese."""
_RECORD_NAMES = [(key, name) for key, candidates in _RECORD_KEYS.items() for name in candidates]
_KEY_OF = {name: key for key, name in _RECORD_NAMES}
_RECORD_PARTS = ("", "metadata", "meta")
"""Objects of a record that say it as well."""
_URL_DATE = lazy(r"(?<!\d)((?:19|20)\d\d)[-/_]?(1[0-2]|0[1-9])[-/_]?(3[01]|[12]\d|0[1-9])(?!\d)")
_BODY = lazy(r'"articleBody"\s{0,4}:\s{0,4}"([^"\\]*+(?:\\.[^"\\]*+)*+)"')
_DATE_NAME = lazy(
    r"(?:publi(?:sh|cation)|pub|post|creat|issue|release|display|citation|article)\w{0,3}[-_.:]?(?:date|time|at|on)\b|date[-_.:]?(?:publi|creat|issue|post|original)|(?:published|created|issued|regdate)$|^(?:dc|doc|news|story|eprints)[-_.:]date$"
)
"""How fields are called, in one of the many ways there are, that say when a page was published."""
_AUTHOR_NAME = lazy(
    r"(?<!twitter)(?<!smartbanner)(?:^|[-_.:])(?:authors?|creators?|byline)(?:[-_.:]?(?:personal)?names?)?$"
)
"""How they are called that say who wrote a page."""
_SIGNER = lazy(r"(?:bepress_)?citation_authors?|eprints\.creators_name|dc(?:terms)?[.:]creator(?:\.personalname)?")
"""Fields of which there is one for each author, whose last name may stand first."""
_LISTING = lazy(r"(?:bepress_)?citation_authors?$|eprints\.|dc\.creator\.personalname$")
"""Those of them, and others, that are written for catalogues: the page itself is believed less."""
_LISTED_RANK = 2
_LAST_FIRST = lazy(r"([^\s,]++),\s([^,]++)")
_COMPACT = lazy(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:T?\d{4,6}Z?)?")
_WRAPPING = lazy(
    r"^(?:/[/*]\s{0,4})?(?:<!\[CDATA\[|<!--)(?:\s{0,4}\*/)?|(?:/[/*]\s{0,4})?(?:\]\]>|-->)(?:\s{0,4}\*/)?$|,(?=\s{0,40}[}\]])"
)
"""What makes no JSON of it: marks of comments and of CDATA around it, commas that nothing follows."""
_FACT = lazy(r'"(headline|datePublished|dateModified)"\s{0,4}:\s{0,4}"([^"\\\n]{1,300}+)"')
_READING_TIME = lazy(r"\d|\btime\b|zeit|temps|tiempo|tempo|czas|leestijd|время|時間|时间|시간", re.IGNORECASE)
"""What stands in Twitter's fields of an article where its author is not told."""
_WRITTEN_BY = lazy(
    r"(?:^|\b(?:written|posted|published) )by\b|\b(?:author|von|verfasst|autor|auteur|autore|écrit par|escrito por|scritto da|door|av|af|автор)\b|作者|著者|글쓴이",
    re.IGNORECASE,
)
"""What stands there where he is told."""
_KEYWORD_ENDS = lazy(r"[,，;；、]")
_SETTING = lazy(r"[\w-]{1,30}=[\w.-]{0,30}")
"""What stands among keywords by mistake: width=device-width."""
_SLUG = lazy(r"[a-z]+(?:-[a-z]+)+")
_SIGNS_FOR_ALL = 10
"""Rank of a house as an author: whoever is named on the page goes before it."""
_MIN_LABEL = 3
"""Letters of a part of a host that a house may be called by."""
_LISTED = frozenset({"author", "editor", "keywords"})


def from_head(
    statements: Statements, meta: Sequence[tuple[str, str]], url: str | None, keys: Container[str] = _KEYS
) -> None:
    """Add what JSON-LD, then meta fields, then the address state about some keys; broken JSON is skipped.

    >>> statements = Statements()
    >>> from_head(statements, [("og:site_name", "The News"), ("date", "May 2, 2024")], "https://n.example/a")
    >>> {key: (field.value, field.origin) for key, field in statements.fields().items()}
    {'date': ('2024-05-02', 'meta date'), 'site': ('The News', 'meta og:site_name')}
    """
    for key, value in meta:
        if key in _JSON_LD:
            _from_json_ld(statements, value, keys)
    first = _values(meta)
    _tell_labelled(first)
    for key, candidates in _KEYS.items():
        for name in candidates if key in keys else ():
            if name in first:
                rank = _LISTED_RANK if _LISTING.match(name) else 4
                _add(statements, key, first[name], f"meta {name}", url, rank)
    # Where two parts of a site write the head, what the second one calls the page may be what readers see.
    for key, value in meta:
        if key == "og:title" and value != first[key]:
            _add(statements, "title", value, f"meta {key}", url)
    if "date" in keys:
        _add_named(statements, first)
        address = url or first.get("canonical") or first.get("og:url") or ""
        _add_days(statements, first, address)
        houses = {fold(site) for site, _origin in statements.values("site")} | _labels(address)
        statements.lower("author", _SIGNS_FOR_ALL, lambda stated: _is_house_alone(stated.value, houses))


def _tell_labelled(first: dict[str, str]) -> None:
    """Keep of Twitter's two labelled facts, as `twitter:data1`, the one that may be the author."""
    told = first.pop("twitter:data2", "")
    if _WRITTEN_BY.search(first.get("twitter:label1", "")):
        return
    if _WRITTEN_BY.search(first.get("twitter:label2", "")):
        first["twitter:data1"] = told
    elif _READING_TIME.search(f"{first.get('twitter:label1', '')} {first.get('twitter:data1', '')}"):
        first.pop("twitter:data1", None)


def _labels(address: str) -> set[str]:
    return {fold(label) for label in host(address).split(".") if len(label) >= _MIN_LABEL}


def _is_house_alone(people: Any, houses: Container[str]) -> bool:
    """Whether a house signs for what it publishes, or a company for the site."""
    return all(fold(name) in houses or is_company(name) for name in people)


def _values(meta: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The first value of each field; of those that stand there once for each author, all."""
    first: dict[str, str] = {}
    for key, value in meta:
        if _SIGNER.fullmatch(key):
            name = "; ".join(map(_first_name_first, map(str.strip, value.split(";"))))
            first[key] = f"{first[key]}; {name}"[:_MAX_TITLE] if key in first else name
        else:
            first.setdefault(key, value)
    return first


def _first_name_first(name: str) -> str:
    match = _LAST_FIRST.fullmatch(name)
    return f"{match[2]} {match[1]}" if match else name


def _add_named(statements: Statements, first: Mapping[str, str]) -> None:
    """What fields with names of all kinds say of the author."""
    for name, value in first.items():
        if name not in _KEYS["author"] and _AUTHOR_NAME.search(name):
            _add(statements, "author", value, f"meta {name}", None, _LISTED_RANK if _LISTING.match(name) else 4)


def _add_days(statements: Statements, first: Mapping[str, str], address: str) -> None:
    """What fields with names of all kinds say of the day, those of days before those of times; and the address."""
    for name in sorted(first, key=lambda name: "date" not in name):
        if name not in _KEYS["date"] and _DATE_NAME.search(name):
            _add(statements, "date", first[name], f"meta {name}", None, rank=5)
    if match := _URL_DATE.search(_path(address)):
        statements.add("date", "-".join(match.groups()), "url", "probable", rank=8)


def article_body(meta: Sequence[tuple[str, str]]) -> str:
    """Return the article as JSON-LD tells it, for what is not there empty; it may be cut off or hold markup.

    >>> article_body((("json-ld", '{"articleBody": "It rained.\\\\nAgain."}'),))
    'It rained.\\nAgain.'
    """
    scripts = (value[:_MAX_JSON] for key, value in meta if key == "json-ld" and '"articleBody"' in value)
    bodies = (match[1] for script in scripts for match in _BODY.finditer(script))
    longest = max(bodies, key=len, default="")
    try:
        return str(json.loads(f'"{longest}"', strict=False))
    except ValueError:
        return ""


def from_record(statements: Statements, record: Mapping[str, Any], title: str | None, origin: str = "record") -> None:
    """Add what the record around the page states, or its front matter, where it uses the names that most records use."""
    statements.add("title", title and title[:_MAX_TITLE], origin, rank=1)
    for part in _RECORD_PARTS:
        prefix = f"{part}." if part else ""
        if not part or part in record:
            for key, name in _RECORD_NAMES:
                value = field(record, prefix + name) if prefix or "." in name else record.get(name)
                if value is not None:
                    _state(statements, key, value, f"{origin} {prefix}{name}")
    for written, value in record.items():
        name = MEANT.get(written.lower(), written.lower())
        if name != written and name in _KEY_OF and name not in record and value is not None:
            _state(statements, _KEY_OF[name], value, f"{origin} {written}")


def _state(statements: Statements, key: str, value: Any, origin: str) -> None:
    if isinstance(value, list) and key in _LISTED:
        texts = [
            text for text in value if isinstance(text, str) and (key != "author" or is_person(text) or "@" in text)
        ]
        statements.add(key, texts[:50], origin, rank=1)
        return
    value = value[0] if isinstance(value, list) and value and key == "language" else value
    value = moment(value) if key == "date" and isinstance(value, int | float) else value
    if isinstance(value, str) and value.strip():
        _add(statements, key, value.strip(), origin, None, rank=1)


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def is_front(address: str) -> bool:
    """Say whether an address is that of a site's front page.

    >>> is_front("https://a.example/"), is_front("https://a.example/2"), is_front("")
    (True, False, False)
    """
    return bool(host(address)) and _path(address) in ("", "/")


def host(address: str) -> str:
    """Return the host of an address; empty if it has none or is broken.

    >>> host("https://www.harbour.example/a"), host("https://[")
    ('www.harbour.example', '')
    """
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _add(statements: Statements, key: str, value: str, origin: str, url: str | None, rank: int = 4) -> None:
    if key in ("date", "date_modified"):
        day = _COMPACT.fullmatch(value)
        _add_day(statements, key, "-".join(day.groups()) if day else value, origin, rank)
    elif key == "canonical_url":
        statements.add(key, joined(url, value), origin, before=value, rank=rank)
    elif key == "keywords":
        statements.add(
            key,
            [word for word in map(str.strip, _KEYWORD_ENDS.split(value)) if word and not _SETTING.fullmatch(word)][:50],
            origin,
            before=value,
        )
    elif key in _LISTED:
        people = _people(value)
        statements.add(key, people, origin, "probable", before=value, rank=min(rank + 2, 6) if rank > 1 else 1)
        if not people:
            statements.doubt(key, value, origin)
    else:
        statements.add(key, value, origin, before=value, rank=6 if key == "source" and rank > 1 else min(rank, 3))


def _add_day(statements: Statements, key: str, text: str | None, origin: str, rank: int = 4) -> None:
    """State the first day of a text, which is guessed where it may be a month."""
    if text and (day := dates.first(text)):
        statements.add(key, day.iso, origin, "certain" if day.is_sure else "probable", before=text, rank=rank)


def joined(url: str | None, link: str) -> str:
    """Return where a link of a page leads; one that is broken stays as it is."""
    try:
        return urljoin(url or "", link)
    except ValueError:  # brackets around what is no IPv6 address
        return link


def _people(value: str, *, is_one: bool = False) -> list[str]:
    """Names of a meta field; addresses and parts of them that stand there are left out."""
    if "://" in value or "@" in value or _SLUG.fullmatch(value):
        return []
    bare = re.sub(r"^(?:(?:by|von|par|por|di):?|作者[:：]?)\s", "", value, flags=re.IGNORECASE)
    return [bare] if is_one and is_person(bare) else names(bare, is_field=True)


def _from_json_ld(statements: Statements, source: str, keys: Container[str]) -> None:
    root = _loaded(source[:_MAX_JSON].strip().rstrip(";"))
    if isinstance(root, dict) and "cambrian" in str(root.get("@context")):
        _from_cambrian(statements, root)
    objects = [*_objects(root)]
    named = {str(node["@id"]): node for node in objects if "@id" in node and "name" in node}
    stories = [node for node in objects if _STORY_TYPES.search(_type(node))]
    stories.sort(key=lambda node: not _ARTICLE_TYPES.search(_type(node)))
    kinds = Counter(map(_type, stories))
    for node in stories:
        is_page = bool(_ARTICLE_TYPES.search(_type(node))) or kinds[_type(node)] == 1
        origin = f"json-ld {_type(node)}"
        _name_story(statements, node, origin, names_page=is_page)
        if "date" in keys:
            _from_story(statements, node, origin, named)


def _loaded(source: str) -> Any:
    """What JSON says, even where its quotes are entities; of what is broken, the facts that stand there once."""
    for text in _readings(source):
        try:
            return json.loads(text, strict=False)
        except RecursionError:
            return None
        except ValueError:
            continue
    told: dict[str, set[str]] = {}
    for match in _FACT.finditer(source):
        told.setdefault(match[1], set()).add(match[2])
    facts = {name: values.pop() for name, values in told.items() if len(values) == 1}
    return {"@type": "Article", **facts} if _ARTICLE_TYPES.search(source) else None


def _readings(source: str) -> Iterator[str]:
    """The source, and how it may be meant where it is no JSON: with entities, within a comment, with a comma too many."""
    yield source
    if "&quot;" in source:
        yield unescape(source)
    if _WRAPPING.search(source):
        yield _WRAPPING.sub("", source)


def _from_cambrian(statements: Statements, node: Mapping[str, Any]) -> None:
    """What pages tell Baidu: it has names of its own, and no types."""
    statements.add("title", _text(node.get("title")), "json-ld cambrian")
    _add_day(statements, "date", _text(node.get("pubDate")), "json-ld cambrian", 2)
    _add_day(statements, "date_modified", _text(node.get("upDate")), "json-ld cambrian")
    statements.add("description", _text(node.get("description")), "json-ld cambrian")


def _type(node: Mapping[str, Any]) -> str:
    value = node.get("@type")
    return " ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _objects(root: Any) -> Iterator[dict[str, Any]]:
    """All objects inside a JSON value, outer ones first."""
    waiting = [root]
    seen = 0
    while waiting and seen < _MAX_OBJECTS:
        seen += 1
        node = waiting.pop(0)
        if isinstance(node, dict):
            yield node
            waiting.extend(
                value for key, value in node.items() if isinstance(value, dict | list) and key not in _ABOUT_OTHERS
            )
        elif isinstance(node, list):
            waiting.extend(node[:200])


def _name_story(statements: Statements, node: Mapping[str, Any], origin: str, *, names_page: bool) -> None:
    is_page = origin.endswith("Page")
    if names_page:  # of several products none is what the page is called
        statements.add("title", _text(node.get("headline") or (None if is_page else node.get("name"))), origin)
    statements.add("site", _text(_first(node.get("publisher"))), origin)


def _from_story(statements: Statements, node: Mapping[str, Any], origin: str, named: Mapping[str, Any]) -> None:
    """What a story states of itself; `named` are the objects of its script by their addresses."""
    is_page = origin.endswith("Page")
    published = node.get("datePublished") or node.get("dateCreated") or node.get("uploadDate") or node.get("datePosted")
    _add_day(statements, "date", _text(published), origin, 2 + is_page)
    _add_day(statements, "date_modified", _text(node.get("dateModified")), origin)
    if not is_page:
        statements.add("author", _named(node.get("author") or node.get("creator")), origin)
        statements.add("author", _named(_referred(node.get("author"), named)), origin, "probable", rank=6)
        statements.add("editor", _named(node.get("editor")), origin)
    statements.add("section", _text(_first(node.get("articleSection"))), origin)
    statements.add("place", _text(_first(node.get("contentLocation") or node.get("locationCreated"))), origin)
    statements.add("description", _text(node.get("description")), origin)
    if isinstance(node.get("commentCount"), int):
        statements.add("comments", node["commentCount"], origin)


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _text(value: Any) -> str | None:
    """A string, the first of several, or the name of an object."""
    if isinstance(value, dict):
        own = " ".join(filter(None, (_text(value.get("givenName")), _text(value.get("familyName")))))
        value = value.get("name") or own
    value = _first(value)
    if not isinstance(value, str) or not value.strip():
        return None
    # JSON knows no entities, but those who fill it often do, even twice: `The Adult&amp;#39;s Guide`.
    return " ".join(unescape(unescape(value)).split())


def _referred(value: Any, named: Mapping[str, Any]) -> list[Any]:
    """Whom references mean: who is logged in when a page is made, as in fields of the head, or its author."""
    people = value if isinstance(value, list) else [value]
    return [named.get(str(each.get("@id"))) for each in people if isinstance(each, dict) and "name" not in each]


def _named(value: Any) -> list[str]:
    people = value if isinstance(value, list) else [value]
    named = [
        name for person in people[:50] if (text := _text(person)) for name in _people(text, is_one=_is_house(person))
    ]
    return list(dict.fromkeys(named))


def _is_house(value: Any) -> bool:
    return isinstance(value, dict) and "Organization" in _type(value)
