"""What the markup says about a place in it: which kind of block, whether furniture or comments."""

import re
from collections.abc import Sequence, Set
from functools import cached_property, lru_cache

from tui.core.model import BlockKind
from tui.core.page import Node
from tui.core.values import dataclass, replace
from tui.text.markup.paragraphs import Paragraph

_FURNITURE_TAGS = frozenset({
    "nav", "footer", "aside", "form", "select", "option", "button", "menu", "dialog", "template", "noscript", "label",
    "textarea",
})  # fmt: skip
_BAD_WORDS = """
nav navbar navigation menu submenu footer foot sidebar aside related relate recommend recommended recommendation recommendations
share sharing social breadcrumb breadcrumbs crumb crumbs ad ads advert advertisement adbox promo promotion popup modal cookie cookies
consent newsletter subscribe subscription banner copyright toolbar pagination pager paging tags taglist rank ranking login signup
sponsor sponsored outbrain taboola teaser teasers trending popular readmore morelink similar jump skip overlay paywall premium register registration disclaimer statement
download qrcode qr toc tooltip byline dateline infobox author-bio bio navigation contentinfo complementary dialog search alert alertdialog menubar ot onetrust gdpr usercentrics didomi cookiebot
cybotcookiebot ccpa tcf cmplz complianz cky cookieyes iubenda klaro osano truste trustarc borlabs filter filters facet facets
rodape fusszeile publicidade publicidad anzeige anzeigen werbung reklame reklama annonce relacionadas relacionados verwandte empfehlungen
"""
_BAD = frozenset(_BAD_WORDS.split())
_CONSENT = frozenset({
    "cookie", "cookies", "consent", "onetrust", "gdpr", "ccpa", "usercentrics", "didomi", "cookiebot",
    "cybotcookiebot", "cmplz", "complianz", "cky", "cookieyes", "iubenda", "klaro", "osano", "truste", "trustarc", "borlabs",
})  # fmt: skip
"""Names of what asks for consent: such text is long on some pages, and never what a page is about."""
_LEGAL = frozenset({"copyright", "disclaimer"})
"""Names of what a site says of its rights: longer than short news, and what a page is about only where its headline stands in it."""
_PAGE = frozenset({"html", "body", "main"})
_FOOTERS = frozenset({"footer", "site-footer", "page-footer", "main-footer", "global-footer"})
"""The same of what stands below all pages of a site; themes of forums wrap threads in anything."""
EMBEDDED = frozenset({"embed", "tweet", "embedded"})
_SOCIAL = frozenset({"social", "share"})
"""Names of buttons, unless what stands there is quoted from a network."""
_FORUM_FURNITURE = frozenset({"actions", "action", "controls", "buttons", "signature"})
_FORUM_WORDS = frozenset({"related", "tags", "ads", "statement", "disclaimer"})
COMMENT_NAMES = frozenset({"comment", "comments", "cmt", "commentlist"})
_COMMENT = COMMENT_NAMES | {"disqus", "reply", "replies", "respond", "discussion"}
_LIVE = frozenset({"live", "liveblog", "update", "updates"})
_GOOD = frozenset(
    {"article", "content", "body", "post", "entry", "story", "text", "main", "articlebody", "artibody", "detail"}
)
_CAPTIONS = frozenset({"bildunterschrift", "bildtext", "didascalia", "pictext", "picdesc", "imgdesc", "lightbox"})
_NONE: frozenset[int] = frozenset()
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_WORD = re.compile(r"(?<![a-z0-9])[a-z]+(?=[0-9]*+(?![a-z0-9]))")
"""Words of a name; letters amid the digits of a key that a program made are none."""
_KINDS: dict[str, BlockKind] = {
    "li": "list", "dd": "list", "dt": "list", "tr": "table", "td": "table", "th": "table", "pre": "code", "blockquote": "quote",
    "figcaption": "caption", "caption": "caption",
    **dict.fromkeys(_HEADINGS, "heading"),
}  # fmt: skip
_TELLING_TAGS = _FURNITURE_TAGS | _KINDS.keys() | {"article", "main"}
"""Of elements in which a line stands elsewhere than beside them, whatever their names."""
_MIN_HEADLINE = 4.0
"""Size from which on a link may be the headline of another article."""
_MIN_FEED = 3
_FEED_SHARE = 0.3
"""Share of the running text that the articles of a feed hold beside the longest of them: teasers hold less."""
_MOST = 0.5
"""Share of it from which on elements of one name are none together."""
_LARGE_SHARE = 0.4
"""Share of the page's running text from which on an element is no furniture, whatever its name says."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the markup says about a line that stands in a node."""

    kind: BlockKind = "body"
    level: int | None = None
    is_furniture: bool = False
    is_comment: bool = False
    is_other: bool = False
    """Stands in an article inside of an article: a teaser of another, or a comment on it."""
    is_good: bool = False
    in_article: bool = False
    cleared: frozenset[str] = frozenset()
    """Names of furniture that this page gives to what it is about, too."""


class Elements(list[Node]):
    """The nodes of a page, whose names are parted once."""

    @cached_property
    def parents(self) -> list[int]:
        """The parent of each, as it has it."""
        return [node.parent for node in self]

    @cached_property
    def by_word(self) -> dict[str, list[str]]:
        """Word -> the names that hold it."""
        hints: dict[str, list[str]] = {}
        for hint in {node.hint for node in self}:
            for word in _words(hint):
                hints.setdefault(word, []).append(hint)
        return hints


def parents_of(nodes: Sequence[Node]) -> Sequence[int]:
    """Return the parent of each node; -1: it has none."""
    return nodes.parents if isinstance(nodes, Elements) else [node.parent for node in nodes]


def hints_with(nodes: Sequence[Node], words: Set[str]) -> set[str]:
    """Return the names of elements that hold one of some words.

    >>> hints_with([Node(-1, "div", "post body"), Node(0, "p")], {"post"})
    {'post body'}
    """
    by_word = (nodes if isinstance(nodes, Elements) else Elements(nodes)).by_word
    return {hint for word in words & by_word.keys() for hint in by_word[word]}


def names(node: Node) -> frozenset[str]:
    """Return the words of the names that a page gives to an element.

    >>> sorted(names(Node(-1, "div", "post-body 12")))
    ['body', 'post']
    """
    return _words(node.hint)


@lru_cache(4096)
def _words(hint: str) -> frozenset[str]:
    return frozenset(_WORD.findall(hint))


def survey(
    nodes: Sequence[Node],
    paragraphs: Sequence[Paragraph],
    headline: int = -1,
    *,
    comments: Set[int] = _NONE,
    is_forum: bool = False,
) -> list[Surroundings]:
    """Return the place of every node: what it is itself or inherits from those around it.

    What holds the node of the `headline` is no furniture. The elements `comments` hold what is said about an article,
    however much it is. In a forum, comments are what the page is about, and whole threads stand in forms.
    """
    bad = (_BAD - _FORUM_WORDS) | _FORUM_FURNITURE if is_forum else _BAD
    shares = _shares(nodes, paragraphs)
    holding: set[int] = set()
    while headline >= 0 and (headline := nodes[headline].parent) >= 0:
        holding.add(headline)
        shares[headline] = 1.0
    bad -= _shared(nodes, shares, bad)
    feeds = _feeds(nodes, shares, paragraphs)
    telling = hints_with(nodes, bad | _COMMENT | _GOOD | _CAPTIONS)
    telling |= {node.hint for node in nodes if "caption" in node.hint}
    places: list[Surroundings] = []
    # Lists and tables repeat a few places a hundred thousand times.
    known: dict[tuple[int, str, str, bool, bool, bool], Surroundings] = {}
    outermost = Surroundings()
    for number, (node, share) in enumerate(zip(nodes, shares, strict=True)):
        outer = places[node.parent] if node.parent >= 0 else outermost
        if node.tag not in _TELLING_TAGS and node.hint not in telling and number not in comments:
            places.append(outer)
            continue
        in_feed = node.parent in feeds and names(node).isdisjoint(_BAD)
        is_below = not (names(node) | {node.tag}).isdisjoint(_LEGAL) or (not is_forum and _is_footer(node))
        is_large = number in holding or (share >= _LARGE_SHARE and not is_below)
        key = (id(outer), node.tag, node.hint, is_large, in_feed, number in comments)
        if key not in known:
            place = _place(node, outer, bad, is_large=is_large, in_feed=in_feed, is_forum=is_forum)
            known[key] = replace(place, is_comment=not is_forum) if number in comments else place
        places.append(known[key])
    return places


def _is_footer(node: Node) -> bool:
    """Whether an element is a footer: not one that has a footer, or none."""
    return node.tag == "footer" or (node.tag not in _PAGE and not _FOOTERS.isdisjoint(node.hint.split()))


def _shared(nodes: Sequence[Node], shares: Sequence[float], bad: frozenset[str]) -> frozenset[str]:
    """Names of furniture of which several elements hold much of the running text together: what the page is about stands in parts."""
    held: dict[str, float] = {}
    named = hints_with(nodes, bad)
    for node, share in zip(nodes, shares, strict=True):
        if not (node.hint in named and 0 < share < _LARGE_SHARE) or _asks(node):
            continue
        own = names(node) & bad
        above = node.parent
        while own and above >= 0 and shares[above] < _LARGE_SHARE:
            own -= names(nodes[above])
            above = nodes[above].parent
        for word in own:
            held[word] = held.get(word, 0.0) + share
    return frozenset(word for word, share in held.items() if share > _MOST)


def _feeds(nodes: Sequence[Node], shares: Sequence[float], paragraphs: Sequence[Paragraph]) -> set[int]:
    """Nodes whose articles hold much of the page's running text together, and lead nowhere: what happened, hour by hour."""
    held: dict[int, list[int]] = {}
    for number, node in enumerate(nodes):
        if node.tag == "article":
            held.setdefault(node.parent, []).append(number)
    feeds = set()
    for parent, articles in held.items():
        parts = [shares[number] for number in articles]
        is_much = len(parts) >= _MIN_FEED and sum(parts) - max(parts) >= _FEED_SHARE
        if is_much and len(_leading(nodes, paragraphs, parent) & set(articles)) * 2 <= len(articles):
            feeds.add(parent)
    return feeds


def _leading(nodes: Sequence[Node], paragraphs: Sequence[Paragraph], parent: int) -> set[int]:
    """The children of a node whose first line, or a heading in them, is a link to what they are teasers of."""
    leading, seen = set(), set()
    for line in paragraphs:
        child = _inside_of(nodes, line.node, parent)
        may_head = child not in seen or nodes[line.node].tag in _HEADINGS
        if may_head and _is_headline(line):
            leading.add(child)
        seen.add(child)
    return leading


def _inside_of(nodes: Sequence[Node], number: int, parent: int) -> int:
    """The child of `parent` in which a node stands; -1 if it stands elsewhere."""
    while number >= 0 and nodes[number].parent != parent:
        number = nodes[number].parent
    return number


def _is_headline(line: Paragraph) -> bool:
    return line.linked > 0.5 and line.size > _MIN_HEADLINE


def _place(
    node: Node, outer: Surroundings, bad: frozenset[str], *, is_large: bool, in_feed: bool, is_forum: bool
) -> Surroundings:
    named = names(node)
    if not named.isdisjoint(EMBEDDED):
        named -= _SOCIAL
    is_large = is_large and not _asks(node)
    words = frozenset() if is_large else named - outer.cleared
    kind = outer.kind if is_large or outer.kind in ("code", "caption") else _kind(node, outer, named)
    # A button that is a whole heading opens what stands below it.
    opens = node.tag == "button" and outer.kind == "heading"
    is_skipped = is_large or opens or node.tag in ("main", "article") or (is_forum and node.tag in ("form", "aside"))
    return Surroundings(
        kind,
        int(node.tag[1]) if node.tag in _HEADINGS and not is_large else outer.level,
        outer.is_furniture or (not is_skipped and (node.tag in _FURNITURE_TAGS or bool(words & bad))),
        not is_forum and (outer.is_comment or bool(words & _COMMENT)),
        not is_forum and (outer.is_other or _is_other(node, outer, named, is_large=is_large or in_feed)),
        outer.is_good or bool(words & _GOOD) or node.tag in ("article", "main"),
        outer.in_article or node.tag == "article",
        outer.cleared | _forms(named & bad) if is_large and node.tag not in ("html", "body") else outer.cleared,
    )


def _kind(node: Node, outer: Surroundings, named: frozenset[str]) -> BlockKind:
    if ("caption" in node.hint and any("caption" in word for word in named)) or not named.isdisjoint(_CAPTIONS):
        return "caption"
    return _KINDS.get(node.tag, outer.kind)


def _is_other(node: Node, outer: Surroundings, named: frozenset[str], *, is_large: bool) -> bool:
    """An article inside of an article is another one or a comment on it, unless it holds most, alone or with its neighbours, or reports live."""
    return node.tag == "article" and outer.in_article and not is_large and named.isdisjoint(_LIVE)


def _forms(words: frozenset[str]) -> frozenset[str]:
    """The words, and what they are in the singular and the plural: `widgets` hold each `widget`."""
    return words | {word.removesuffix("s") for word in words} | {word + "s" for word in words}


def _shares(nodes: Sequence[Node], paragraphs: Sequence[Paragraph]) -> list[float]:
    """For every node, the share of the page's running text that stands in it; what asks for consent is none."""
    asking = hints_with(nodes, _CONSENT)
    asks = inherited([node.hint in asking and _asks(node) for node in nodes], nodes)
    sizes = [0.0] * len(nodes)
    for paragraph in paragraphs:
        is_text = paragraph.linked < 0.5 and paragraph.is_sentence
        if is_text and not asks[paragraph.node] and not paragraph.asks_consent():
            sizes[paragraph.node] += paragraph.size
    summed(sizes, nodes)
    total = max(sizes, default=0.0) or 1.0
    return [size / total for size in sizes]


def show_panels(lines: Sequence[Paragraph], nodes: Sequence[Node]) -> None:
    """Take lines for shown that stand in an element beside one of the same names that is shown: panels behind tabs, steps, answers.

    >>> from tui.text.markup import html, paragraphs
    >>> panel = "<div class=panel {}>It rained all day, and nobody went out.</div>"
    >>> page = html.parse(f"<main>{panel.format('') + panel.format('hidden')}<p hidden>It snowed.</main>")
    >>> lines = paragraphs.read(page.text, page.lines)
    >>> show_panels(lines, list(page.nodes)); [line.is_hidden for line in lines]
    [False, False, True]
    """
    if not any(line.is_hidden for line in lines):
        return
    is_shown = [False] * len(nodes)
    for line in lines:
        number = -1 if line.is_hidden or not line.is_sentence else line.node
        while number >= 0 and not is_shown[number]:
            is_shown[number] = True
            number = nodes[number].parent
    panels = {(node.parent, node.tag, names(node)) for node, shown in zip(nodes, is_shown, strict=True) if shown}
    for line in lines:
        number = line.node if line.is_hidden else -1
        while number >= 0 and not is_shown[number]:
            node = nodes[number]
            if node.parent >= 0 and names(node) and (node.parent, node.tag, names(node)) in panels:
                line.is_hidden = False
                break
            number = node.parent


def gathered(at: Sequence[int], sizes: Sequence[float], nodes: Sequence[Node]) -> list[float]:
    """Return for every node the sum of the sizes of the lines that stand in it; `at` is the node of each line."""
    sums = [0.0] * len(nodes)
    for node, size in zip(at, sizes, strict=True):
        sums[node] += size
    summed(sums, nodes)
    return sums


def summed(sizes: list[float], nodes: Sequence[Node]) -> None:
    """Add to what stands in each node itself what stands in the nodes inside of it."""
    parents = parents_of(nodes)
    for number in range(len(nodes) - 1, 0, -1):
        size = sizes[number]
        if size and (parent := parents[number]) >= 0:
            sizes[parent] += size


def linked_shares(paragraphs: Sequence[Paragraph], nodes: Sequence[Node]) -> list[float]:
    """Return for every node the share of what stands in it that is linked."""
    at = [line.node for line in paragraphs]
    sizes = gathered(at, [line.size for line in paragraphs], nodes)
    linked = gathered(at, [line.size * line.linked for line in paragraphs], nodes)
    return [part / (size + 1.0) for part, size in zip(linked, sizes, strict=True)]


def inherited(own: Sequence[bool], nodes: Sequence[Node]) -> list[bool]:
    """Return for every node whether something is so of it or of a node around it.

    >>> inherited([False, True, False], [Node(-1, "body"), Node(0, "nav"), Node(1, "a")])
    [False, True, True]
    """
    if True not in own:
        return list(own)
    flags: list[bool] = []
    for is_own, parent in zip(own, parents_of(nodes), strict=True):
        flags.append(is_own or (parent >= 0 and flags[parent]))
    return flags


def _asks(node: Node) -> bool:
    return node.tag not in ("html", "body") and not _CONSENT.isdisjoint(names(node))
