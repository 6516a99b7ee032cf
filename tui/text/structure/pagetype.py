"""Decides what kind of page this is: by its address, by what its head says, and by what was found in it."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from tui.core.model import Headline, PageType
from tui.core.values import dataclass
from tui.text.markup.paragraphs import Paragraph

_FORUM_URL = re.compile(
    r"(?:^|[./-])(?:forums?|bbs|boards?|community)\.|/(?:forums?|bbs|threads?|viewthread|showthread|viewtopic|discussions?|questions?|answers?|topic|faq)"
    r"(?:[/.?-]|$)|/r/\w{1,40}/comments/|/t/[^/]{1,200}/\d|[?&](?:tid|mod=viewthread)\b"
)
_FORUM_SOFTWARE = re.compile(
    r"discuz|phpbb|vbulletin|xenforo|discourse|invision|ubb\.?threads|mybb|nodebb|flarum|bbpress|vanilla|phpwind|forum",
    re.IGNORECASE,
)
_LD_TYPE = re.compile(r'"@type"\s{0,4}:\s{0,4}\[?\s{0,4}"(\w{1,40})"')
_FORUM_TYPES = frozenset({"DiscussionForumPosting", "QAPage", "Question"})
_ARTICLE_TYPES = frozenset({
    "Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "TechArticle", "Report", "AnalysisNewsArticle",
    "OpinionNewsArticle",
})  # fmt: skip
_LISTING_TYPES = frozenset({"CollectionPage", "ItemList", "SearchResultsPage", "OfferCatalog"})
_DOCS_URL = re.compile(
    r"(?:^|\.)(?:docs?|developer|developers|wiki)\.|/(?:docs?|documentation|reference|manual|api)(?:/|$)|readthedocs"
)
_PRODUCT_URL = re.compile(r"/(?:products?|dp)/[^/]")
_ARTICLE_SIZE = 60.0
_DOCS_SOFTWARE = re.compile(
    r"sphinx|mkdocs|docusaurus|gitbook|doxygen|javadoc|rustdoc|vuepress|asciidoctor", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a page shows of its kind before its text is looked at."""

    path: str
    """Host and path of the address, lower case."""
    types: frozenset[str]
    """Types of schema.org that its JSON-LD names."""
    og_type: str
    software: str
    is_talk: bool = False
    """Nearly all of its text stands in comments."""

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
    return Evidence(_path(address), types, first.get("og:type", "").lower(), first.get("generator", "")[:200])


def _path(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.netloc}{parts.path}?{parts.query}".lower()[:500]


def decide(
    evidence: Evidence, paragraphs: Sequence[Paragraph], headlines: Sequence[Headline], metadata: Mapping[str, object]
) -> PageType:
    """Name the kind of a page whose body and lists have been found."""
    sizes: dict[str, float] = {}
    for paragraph in paragraphs:
        sizes[paragraph.kind] = sizes.get(paragraph.kind, 0.0) + paragraph.size
    running = sum(p.size for p in paragraphs if p.kind in ("body", "post", "quote") and p.is_sentence)
    listed = sum(headline.end - headline.start for headline in headlines)
    if evidence.is_forum:
        return "forum"
    is_stated = bool(evidence.types & _ARTICLE_TYPES) or evidence.og_type == "article"
    is_dated = not metadata.keys().isdisjoint({"date", "author", "editor", "source"})
    is_offered = "Product" in evidence.types and not evidence.types & _ARTICLE_TYPES
    if is_offered or (not is_stated and (evidence.og_type.startswith("product") or _PRODUCT_URL.search(evidence.path))):
        return "product"
    is_manual = _DOCS_URL.search(evidence.path) or _DOCS_SOFTWARE.search(evidence.software)
    if is_manual or sizes.get("code", 0.0) > 0.3 * (running or 1.0):
        return "documentation" if running + sizes.get("code", 0.0) > _ARTICLE_SIZE else "other"
    if (is_stated and running >= _ARTICLE_SIZE / 2) or (is_dated and running >= _ARTICLE_SIZE):
        return "article"
    if len(headlines) >= 8 and listed > 1.2 * running:
        return "listing"
    # A page that calls itself a site's, and names neither day nor author, offers or explains something.
    is_site = evidence.og_type == "website" and not is_dated
    if not is_site and (running >= _ARTICLE_SIZE or (is_dated and running >= _ARTICLE_SIZE / 2)):
        return "article"
    return "listing" if len(headlines) >= 5 or evidence.types & _LISTING_TYPES else "other"
