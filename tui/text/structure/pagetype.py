"""Decides what kind of page this is: by its address, by what its head says, and by what was found in it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from tui.core.model import BODY_KINDS, Headline, PageType
from tui.core.page import Node
from tui.core.values import dataclass, replace
from tui.text.markup.paragraphs import Paragraph
from tui.text.structure.places import hints_with, names

_FORUM_URL = re.compile(
    r"(?:^|[./-])(?:forums?|bbs|boards?|community)\.|/(?:forums?|bbs|threads?|viewthread|showthread|viewtopic|discussions?|questions?|answers?|faq)"
    r"(?:[/.?-]|$)|/(?:topic[/-]|showtopic)[^/?]{0,9}\d|-t\d{1,12}\.html|/r/\w{1,40}/comments/|/t/[^/]{1,200}/\d|[?&](?:tid|mod=viewthread)\b"
)
_FORUM_SOFTWARE = re.compile(
    r"discuz|phpbb|vbulletin|xenforo|discourse|invision|ubb\.?threads|mybb|nodebb|flarum|bbpress|vanilla|phpwind|forum",
    re.IGNORECASE,
)
_FORUM_NAME = re.compile(r"forum|message board|\bbbs\b|论坛|論壇|форум|掲示板|게시판", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s[|–—·»:-]\s|[|_]")
"""What stands between a headline and the names of section and site."""
_MAX_TITLE = 300
"""Code points of a title that are looked at."""
_LD_TYPE = re.compile(r'"@type"\s{0,4}:\s{0,4}\[?\s{0,4}"(\w{1,40})"')
_FORUM_TYPES = frozenset({"DiscussionForumPosting", "QAPage", "Question"})
_ARTICLE_TYPES = frozenset({
    "Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "TechArticle", "Report", "AnalysisNewsArticle",
    "OpinionNewsArticle",
})  # fmt: skip
_LISTING_TYPES = frozenset({"CollectionPage", "ItemList", "SearchResultsPage", "OfferCatalog"})
_LISTING_URL = re.compile(
    r"/(?:(?:news|newsroom|in-the-news|blogs?|articles|press-releases)|categor(?:y|ies)/[^/?]{1,80})/?"
    r"\?(?!(?:p|(?:(?:news|article|post|story|blog|entry|item)_?)?id|[an]id|article|story|post|slug|title)=)"
)
"""The address ends in the name of a section, behind which others say what is told: in its path, or by an id."""
_DOCS_URL = re.compile(
    r"(?:^|\.)(?:docs?|developers?|wiki|help|kb|man)\.|readthedocs"
    r"|/(?:docs?|documentation|reference|manuals?|api|man|handbook|user-?guides?|knowledge-?base)(?:/|$)"
)
_DOCS_NAME = re.compile(
    r"\b(?:documentation|docs|handbook|user guide|knowledge base)\b"
    r"|\b(?:reference|api|manual)(?=\s?(?:$|[|:–—·»(]|- |for\b|guide\b|documentation\b|reference\b|manual\b))|文档|文檔|手册|手冊|帮助中心|справочник|руководство пользователя"
)
"""What tells how to use something, in a title; the shorter words have other meanings amid one."""
_PRODUCT_URL = re.compile(r"/(?:products?|dp)/[^/]")
_SHOP_URL = re.compile(r"/(?:shop(?:ping)?|cp|clothing)/")
_COLLECTION_URL = re.compile(r"/(?:collections?|browse)/")
"""What shops call a collection of goods; others collect texts."""
_PRICE = re.compile(r"[$€£¥₽₹]\s?\d|\d\s?(?:€|₽|zł|kr\b|元)")
_MIN_PRICES = 3
"""Lines with a price from which on goods are what is collected."""
_MIN_TAGS, _MAX_TAG = 5, 15.0
"""Price tags from which on they are what a page shows, and the size of a line up to which it is one."""
_MAX_TOLD = 20.0
"""Size of running text a tag from which on something is told of what is sold."""
_MOSTLY_LINKED = 0.7
"""Share of the body behind links from which on it is a list."""
_SERVICE_URL = re.compile(r"/(?:services?|solutions?|departments?)/|^[^/?]+/?(?:services?|pricing|solutions)?/?\?")
"""What somebody offers to do; a site's front page does, too."""
_SERVICE_NAME = re.compile(
    r"\b(?:services?|solutions?|agency|agentur|company|software|consult\w{1,8}|repair|design|experts?|servicios?|dienstleistung\w{0,3})\b|услуг|服务|服務"
)
"""What is offered, in a title."""
_STORY_NAME = re.compile(
    r"^(?:how|why|what|wie|warum|comment|pourquoi|cómo|как|почему|\d+) |\b(?:how to|guide|tips|best|what is|why|vs|review|20\d\d)\b|[?？]|如何|怎么|怎麼|怎样|为什么|為什麼|指南|攻略"
)
"""What is told or explained, in a title."""
_CALLS = re.compile(
    r"get started|contact us|book (?:a|now)|request a|get a (?:free )?quote|free (?:quote|consultation|trial)|schedule (?:a|your)|call (?:us|now)|talk to|sign up|learn more"
    r"|kontakt|angebot|demander un|contáctenos|联系我们|聯絡我們|免费试用|立即咨询|咨询热线"
)
_MIN_CALLS = 5
"""Short lines from which on they call on readers to do something; menus have a few."""
_PRAISE = re.compile(
    r"\btestimonials?\b|our (?:clients|customers|services|team)\b|case stud|trusted by|why choose|\bfaqs?\b|kundenstimmen|成功案例|合作伙伴|合作夥伴|关于我们|常见问题"
)
"""What stands beside an offer: who made it, for whom, and what they said of it."""
_YOU = (
    "you ",
    "You ",
    "your ",
    "Your ",
    " Sie ",
    " Ihre",
    " vous ",
    " votre ",
    " usted ",
    " su ",
    " вас ",
    " вам ",
    "您",
)
_OFTEN = 0.015
"""So many times in what a body holds that an offer speaks to those who read it."""
_HEADED_SHARE = 0.06
"""Share of the body in headings from which on it is laid out in parts."""
_MOST_CALLING = 4
"""Ways in which lines can say that something is offered."""
_MAX_CALL = 60
"""Code points of a line that calls."""
_ARTICLE_URL = re.compile(
    r"(?:^|\.)(?:blogs?|news)\.|/(?:blogs?|news|articles?|insights|stor(?:y|ies)|posts?|guides?|learn|research|reports?|reviews?|advice|tips|history"
    r"|events?)(?:/|$)|/(?:[a-z0-9]++-){4}|\d{4}"
)
"""Host and path of what somebody wrote at some time: sections of that name, a sentence, a year or a number."""
_ARTICLE_SIZE = 60.0
_HEADED_SIZE = 100.0
"""Size of running text from which on it is what stands below a headline, whatever is listed beside it."""
_NEAR = 20
"""Lines behind the headline within which its text starts."""
_MIN_LISTED = 8
_MUCH = 1.2
"""So many headlines, and so many times more text in them than in the body, make a list."""
_LEAD = 0.25
"""Share of what stands open below the headline up to which a body only leads to the rest, if it holds all sentences of it."""
_MAX_LOOK = 200
"""Code points of a line among which a price is looked for."""
_DOCS_SOFTWARE = re.compile(
    r"sphinx|docutils|mkdocs|docusaurus|gitbook|doxygen|javadoc|rustdoc|vuepress|vitepress|starlight|asciidoctor|antora|docbook|gtk-doc|gi-docgen"
    r"|makeinfo|texi2|haddock|typedoc|jsdoc|pdoc|groff|mandoc|man2html", re.IGNORECASE
)  # fmt: skip
_DOCS_NAMES = frozenset({"sphinxsidebar", "wy", "vpdoc", "refentry", "memdoc", "docblock", "rustdoc"})
_FORUM_NAMES = frozenset({"phpbb", "viewtopic", "viewthread", "showthread", "xf", "nodebb", "flarum"})
"""Names that software gives to elements of its pages, of a forum to the whole page, where it doesn't say what it is."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a page shows of its kind before its text is looked at."""

    path: str
    """Host and path of the address, lower case."""
    types: frozenset[str]
    """Types of schema.org that its JSON-LD names."""
    og_type: str
    software: str
    is_called_forum: bool = False
    """Its title, or the site's name, says so."""
    is_talk: bool = False
    """Nearly all of its text stands in comments."""
    name: str = ""
    """What its head calls it, the site with it, lower case."""

    @property
    def is_article(self) -> bool:
        """It calls itself one of the kinds that only articles are."""
        return bool(self.types & (_ARTICLE_TYPES - {"Article"}))

    @property
    def is_forum(self) -> bool:
        """Its address, software or own statement says that people talk here."""
        points = (
            2 * self.is_talk
            + 2 * bool(_FORUM_URL.search(self.path))
            + 2 * (bool(self.types & _FORUM_TYPES) and "FAQPage" not in self.types)
        )
        points += 2 * bool(_FORUM_SOFTWARE.search(self.software))
        return points - 2 * self.is_article >= 2


def evidence(meta: Sequence[tuple[str, str]], url: str | None) -> Evidence:
    """Gather what the head and the address say.

    >>> evidence((("og:type", "article"),), "https://forum.example.org/t/rain/1").is_forum
    True
    """
    first: dict[str, str] = {}
    for key, value in meta:
        first.setdefault(key, value)
    address = url or first.get("canonical") or first.get("og:url") or ""
    types = frozenset(name for key, value in meta if key == "json-ld" for name in _LD_TYPE.findall(value[:200_000]))
    types |= {value for key, value in meta if key == "itemtype"}
    parts = _SEPARATOR.split(first.get("title", "")[:_MAX_TITLE])[1:]
    called = " ".join([*parts, first.get("og:site_name", "")[:_MAX_TITLE]])
    return Evidence(
        _path(address),
        types,
        first.get("og:type", "").lower(),
        first.get("generator", "")[:200],
        _FORUM_NAME.search(called) is not None,
        name=first.get("title", "")[:_MAX_TITLE].lower(),
    )


def named(evidence: Evidence, nodes: Sequence[Node]) -> Evidence:
    """Add the software that the names of a page's elements tell, where it doesn't say what made it.

    >>> named(evidence((), None), [Node(-1, "body", "phpbb section-viewtopic")]).is_forum
    True
    """
    if evidence.software:
        return evidence
    outermost = frozenset().union(*(names(node) for node in nodes[:2] if node.tag in ("html", "body")))
    if outermost & _FORUM_NAMES or hints_with(nodes, {"flarum"}):
        return replace(evidence, software="forum")
    return replace(evidence, software="sphinx") if hints_with(nodes, _DOCS_NAMES) else evidence


def _path(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.netloc}{parts.path}?{parts.query}".lower()[:500]


def decide(
    evidence: Evidence,
    paragraphs: Sequence[Paragraph],
    headlines: Sequence[Headline],
    metadata: Mapping[str, object],
    shown: Callable[[], Sequence[int]] = tuple,
) -> PageType:
    """Name the kind of a page whose body and lists have been found; `shown` gives the lines that stand open below its headline and lead nowhere."""
    sizes: dict[str, float] = {}
    for paragraph in paragraphs:
        sizes[paragraph.kind] = sizes.get(paragraph.kind, 0.0) + paragraph.size
    running = sum(p.size for p in paragraphs if p.kind in ("body", "post", "quote") and p.is_sentence)
    code = sizes.get("code", 0.0)
    is_written = _ARTICLE_URL.search(evidence.path.partition("?")[0]) is not None
    listed = sum(headline.end - headline.start for headline in headlines)
    is_list = len(headlines) >= _MIN_LISTED and listed > _MUCH * running
    if evidence.is_forum:
        return "forum"
    has_type = bool(evidence.types & _ARTICLE_TYPES)
    is_stated = has_type or evidence.og_type == "article"
    is_dated = not metadata.keys().isdisjoint({"date", "author", "editor", "source"})
    is_told = has_type or "date" in metadata
    if (offer := _offer(evidence, paragraphs, is_stated=is_stated, is_told=is_told)) is not None:
        return "collection" if offer == "product" and is_list and "Product" not in evidence.types else offer
    is_named = _DOCS_NAME.search(evidence.name) is not None and not (is_written or is_told or "author" in metadata)
    is_generated = _DOCS_SOFTWARE.search(evidence.software) is not None and not is_stated
    is_manual = is_named or is_generated or _DOCS_URL.search(evidence.path)
    is_report = is_stated or (is_dated and running >= _ARTICLE_SIZE)
    if is_manual or (code > 0.3 * (running or 1.0) and not (is_report or is_written)):
        is_long = sum(sizes.get(kind, 0.0) for kind in BODY_KINDS) > _ARTICLE_SIZE
        return "documentation" if is_long or is_generated else "other"
    body = [line for line in paragraphs if line.kind in BODY_KINDS]
    if _is_led(body) or (_LISTING_URL.search(evidence.path) and not (has_type or is_told)):
        return "listing"
    is_offer = running >= _ARTICLE_SIZE and not has_type and _offers(evidence, body, paragraphs, metadata)
    is_small = running and _size(body) < _LEAD * sum(sizes.values())
    if is_small and not (has_type or is_offer) and _only_leads(body, [paragraphs[number] for number in shown()]):
        return "listing"
    if is_report and running >= _ARTICLE_SIZE / 2 and not is_offer:
        return "article"
    is_headed = running >= (_ARTICLE_SIZE / 2 if "date" in metadata else _HEADED_SIZE) and _is_headed(paragraphs)
    if is_list and not is_headed and not _SERVICE_URL.search(evidence.path):
        return "listing"
    if running >= _ARTICLE_SIZE:
        return "service" if is_offer else "article"
    if is_dated and running >= _ARTICLE_SIZE / 2:
        return "article"
    return "listing" if len(headlines) >= 5 or evidence.types & _LISTING_TYPES else "other"


def _is_led(body: Sequence[Paragraph]) -> bool:
    """Nearly all of the body leads elsewhere."""
    return sum(line.size * line.linked for line in body if line.linked) > _MOSTLY_LINKED * _size(body)


def _only_leads(body: Sequence[Paragraph], shown: Sequence[Paragraph]) -> bool:
    """A body that holds all sentences and is little beside what stands below it: short parts, one after the other."""
    size = _size(body)
    return size < _LEAD * _size(shown) and _size(line for line in shown if line.is_sentence) <= size


def _size(lines: Iterable[Paragraph]) -> float:
    return sum(line.size for line in lines)


def _offers(
    evidence: Evidence, body: Sequence[Paragraph], paragraphs: Sequence[Paragraph], metadata: Mapping[str, object]
) -> bool:
    """More says that something is offered than that something is told; a text without any link was cut out of its place."""
    path = evidence.path.partition("?")[0]
    told = (
        2 * (_STORY_NAME.search(evidence.name) is not None)
        + 2 * (_ARTICLE_URL.search(path) is not None)
        + 2 * ("date" in metadata)
        + ("author" in metadata)
        + (not path or all(line.linked <= 0.5 for line in paragraphs))
    )
    offered = (_SERVICE_URL.search(evidence.path) is not None) + (_SERVICE_NAME.search(evidence.name) is not None)
    return offered + _MOST_CALLING > told and offered + sum(_calling(body, paragraphs)) > told


def _calling(body: Sequence[Paragraph], paragraphs: Sequence[Paragraph]) -> Iterator[bool]:
    """What lines say of their offering something."""
    size = _size(body)
    yield _size(line for line in body if line.kind == "heading") >= _HEADED_SHARE * size
    text = "\n".join(line.text for line in body)
    yield sum(map(text.count, _YOU)) >= _OFTEN * size
    short = "\n".join(line.text for line in paragraphs if len(line.text) <= _MAX_CALL).lower()
    yield len(_CALLS.findall(short)) >= _MIN_CALLS
    yield _PRAISE.search(short) is not None


def _offer(evidence: Evidence, paragraphs: Sequence[Paragraph], *, is_stated: bool, is_told: bool) -> PageType | None:
    """Whether goods are offered, and many or one; None: neither is said."""
    is_one = "Product" in evidence.types
    lists_goods = evidence.types >= {"Product", "ItemList"} or evidence.og_type == "product.group"
    if not is_told and (lists_goods or (not is_one and _sells_many(evidence.path, paragraphs))):
        return "collection"
    if is_one and not evidence.types & _ARTICLE_TYPES:
        return "product"
    is_offered = evidence.og_type.startswith("product") or _PRODUCT_URL.search(evidence.path)
    return "product" if is_offered and not is_stated else None


def _sells_many(path: str, paragraphs: Sequence[Paragraph]) -> bool:
    """It lies where goods lie, or shows hardly more than their prices."""
    if _SHOP_URL.search(path):
        return True
    priced = [line.size for line in paragraphs if _PRICE.search(line.text[:_MAX_LOOK])]
    if _COLLECTION_URL.search(path) and len(priced) >= _MIN_PRICES:
        return True
    tags = sum(size < _MAX_TAG for size in priced)
    running = _size(line for line in paragraphs if line.kind in BODY_KINDS and line.is_sentence)
    return tags >= _MIN_TAGS and running < _MAX_TOLD * tags


def _is_headed(paragraphs: Sequence[Paragraph]) -> bool:
    """Running text stands close behind the page's title."""
    far = _NEAR + 1
    for paragraph in paragraphs:
        far = 0 if paragraph.kind == "title" else far + 1
        if far <= _NEAR and paragraph.kind == "body" and paragraph.is_sentence:
            return True
    return False
