"""Body of an HTML page: every line is weighed by its words and by its place in the markup; the best run is the body."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tui.model import BlockKind, Node
from tui.text.paragraphs import Paragraph
from tui.text.plaintext import densest, is_byline, weigh
from tui.text.posts import mark_posts

_FURNITURE_TAGS = frozenset(
    {
        "nav",
        "footer",
        "aside",
        "form",
        "select",
        "option",
        "button",
        "menu",
        "dialog",
        "template",
        "noscript",
        "label",
        "textarea",
    }
)
_BAD_WORDS = """
nav navbar navigation menu submenu footer foot sidebar side aside related relate recommend recommended recommendation recommendations
share sharing social breadcrumb breadcrumbs crumb crumbs ad ads advert advertisement adbox promo promotion popup modal cookie cookies
consent newsletter subscribe subscription banner copyright toolbar pagination pager paging tags taglist rank ranking widget widgets login signup
sponsor sponsored outbrain taboola teaser teasers trending popular readmore morelink similar jump skip overlay paywall disclaimer statement
download qrcode qr toc tooltip byline dateline infobox author-bio bio navigation contentinfo complementary dialog search alert alertdialog menubar ot onetrust gdpr usercentrics didomi cookiebot
cybotcookiebot ccpa tcf cmp
"""
_BAD = frozenset(_BAD_WORDS.split())
_FORUM_FURNITURE = frozenset({"actions", "action", "controls", "buttons", "signature"})
_FORUM_WORDS = frozenset({"related", "tags", "ads", "statement", "side", "disclaimer"})
_COMMENT = frozenset({"comment", "comments", "cmt", "disqus", "reply", "replies", "respond", "discussion"})
_GOOD = frozenset(
    {"article", "content", "body", "post", "entry", "story", "text", "main", "articlebody", "artibody", "detail"}
)
_HEADING = re.compile(r"h[1-6]")
_WORD = re.compile(r"[a-z]+")
_KINDS: dict[str, BlockKind] = {
    "li": "list", "dd": "list", "dt": "list", "tr": "table", "td": "table", "th": "table", "pre": "code", "blockquote": "quote",
    "figcaption": "caption", "caption": "caption",
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
}  # fmt: skip
_TALK = 4.0
"""So many times more running text in comments than elsewhere makes a page a forum's."""
_LARGE_SHARE = 0.4
"""Share of the page's running text from which on an element is no furniture, whatever its name says."""


@dataclass(frozen=True, slots=True)
class Place:
    """What the markup says about a line that stands in a node."""

    kind: BlockKind = "body"
    level: int | None = None
    is_furniture: bool = False
    is_comment: bool = False
    is_good: bool = False


def survey(nodes: Sequence[Node], paragraphs: Sequence[Paragraph], *, is_forum: bool = False) -> list[Place]:
    """Return the place of every node: what it is itself or inherits from those around it.

    In a forum, comments are what the page is about, and whole threads stand in forms.
    """
    bad = (_BAD - _FORUM_WORDS) | _FORUM_FURNITURE if is_forum else _BAD
    shares = _shares(nodes, paragraphs)
    places: list[Place] = []
    # Lists and tables repeat a few places a hundred thousand times.
    known: dict[tuple[int, str, str, bool], Place] = {}
    outermost = Place()
    for node, share in zip(nodes, shares, strict=True):
        outer = places[node.parent] if node.parent >= 0 else outermost
        key = (id(outer), node.tag, node.hint, share >= _LARGE_SHARE)
        if key not in known:
            known[key] = _place(node, outer, bad, is_large=share >= _LARGE_SHARE, is_forum=is_forum)
        places.append(known[key])
    return places


def _place(node: Node, outer: Place, bad: frozenset[str], *, is_large: bool, is_forum: bool) -> Place:
    words = set() if is_large else set(_WORD.findall(node.hint))
    kind = outer.kind if is_large or outer.kind in ("code", "caption") else _KINDS.get(node.tag, outer.kind)
    is_skipped = is_large or node.tag in ("main", "article") or (is_forum and node.tag in ("form", "aside"))
    return Place(
        kind,
        int(node.tag[1]) if _HEADING.fullmatch(node.tag) and not is_large else outer.level,
        outer.is_furniture or (not is_skipped and (node.tag in _FURNITURE_TAGS or bool(words & bad))),
        not is_forum and (outer.is_comment or bool(words & _COMMENT)),
        outer.is_good or bool(words & _GOOD) or node.tag in ("article", "main"),
    )


def _shares(nodes: Sequence[Node], paragraphs: Sequence[Paragraph]) -> list[float]:
    """For every node, the share of the page's running text that stands in it."""
    sizes = [0.0] * len(nodes)
    for paragraph in paragraphs:
        if paragraph.is_sentence and paragraph.linked < 0.5:
            sizes[paragraph.node] += paragraph.size
    for number in range(len(nodes) - 1, 0, -1):
        if nodes[number].parent >= 0:
            sizes[nodes[number].parent] += sizes[number]
    total = max(sizes, default=0.0) or 1.0
    return [size / total for size in sizes]


def is_talk(paragraphs: Sequence[Paragraph], nodes: Sequence[Node]) -> bool:
    """Say whether nearly all running text stands in comments."""
    places = survey(nodes, paragraphs)
    talk = other = 0.0
    for paragraph in paragraphs:
        if paragraph.is_sentence and paragraph.linked < 0.5:
            talk += paragraph.size * places[paragraph.node].is_comment
            other += paragraph.size * (not places[paragraph.node].is_comment)
    return talk > _TALK * other


def mark_body(paragraphs: Sequence[Paragraph], nodes: Sequence[Node], *, is_forum: bool = False) -> None:
    """Give every line of the best run its kind; the others stay what they were.

    >>> from tui.text import html, paragraphs
    >>> page = html.parse("<nav>Home</nav><h2>North</h2><p>It rained all day, and nobody went out.</p><footer>Imprint</footer>")
    >>> lines = paragraphs.read(page.text, page.lines)
    >>> mark_body(lines, list(page.nodes)); [line.kind for line in lines]
    ['boiler', 'boiler', 'body', 'boiler']
    """
    places = survey(nodes, paragraphs, is_forum=is_forum)
    is_shown_late = _is_shown_late(paragraphs, places)
    weights = [_weigh(paragraph, places[paragraph.node], nodes, is_shown_late) for paragraph in paragraphs]
    if is_forum:
        mark_posts(paragraphs, nodes, weights)
        return
    first, last = densest(weights)
    first, last = _widened(paragraphs, weights, nodes, first, last)
    for paragraph, weight in zip(paragraphs[first:last], weights[first:last], strict=True):
        place = places[paragraph.node]
        if is_byline(paragraph):
            paragraph.kind = "byline"
        elif weight > -20.0 and not place.is_furniture:
            is_prose = place.kind == "table" and paragraph.is_sentence and paragraph.size > 60
            paragraph.kind, paragraph.level = "body" if is_prose else place.kind, place.level
    for paragraph in paragraphs:
        if paragraph.kind == "boiler":
            paragraph.level = places[paragraph.node].level
    for paragraph in [*paragraphs[max(0, first - 12) : first], *paragraphs[last : last + 12]]:
        if is_byline(paragraph):
            paragraph.kind = "byline"


def _is_shown_late(paragraphs: Sequence[Paragraph], places: Sequence[Place]) -> bool:
    """Most of the running text is hidden until a script shows it."""
    hidden = shown = 0.0
    for paragraph in paragraphs:
        if paragraph.is_sentence and paragraph.linked < 0.5 and not places[paragraph.node].is_furniture:
            hidden += paragraph.size * paragraph.is_hidden
            shown += paragraph.size * (not paragraph.is_hidden)
    return hidden > 2 * shown


def _weigh(paragraph: Paragraph, place: Place, nodes: Sequence[Node], is_shown_late: bool) -> float:
    if place.is_furniture or place.is_comment:
        return -30.0 if paragraph.size > 6 else -15.0
    if paragraph.linked > 0.5:
        return -12.0 - min(paragraph.size, 20.0)
    weight = weigh(paragraph)
    if paragraph.linked > 0.25 and weight > 0:
        weight /= 2
    if paragraph.is_hidden and not is_shown_late:
        return min(weight, 0.0) - 10.0
    if weight > 0 or weight < -20.0:
        return weight
    if place.kind == "code":
        return 2.0
    if place.kind in ("heading", "caption", "table"):
        return weight / 3
    if place.kind == "list":
        return paragraph.size / 2 - 4.0
    if nodes[paragraph.node].tag == "p" and place.is_good and not paragraph.linked:
        return paragraph.size / 4
    return weight


def _widened(
    paragraphs: Sequence[Paragraph], weights: Sequence[float], nodes: Sequence[Node], first: int, last: int
) -> tuple[int, int]:
    """Widen the run to the lines around it that stand in the element that holds nearly all of it."""
    home = _home(paragraphs[first:last], weights[first:last], nodes)
    if home < 0 or nodes[home].tag in ("html", "body", ""):
        return first, last
    inside = _inside(nodes, home)
    while first > 0 and inside[paragraphs[first - 1].node] and weights[first - 1] > -20.0:
        first -= 1
    while last < len(paragraphs) and inside[paragraphs[last].node] and weights[last] > -20.0:
        last += 1
    return first, last


def _home(paragraphs: Sequence[Paragraph], weights: Sequence[float], nodes: Sequence[Node]) -> int:
    """The deepest node that holds nine tenths of a run."""
    sums = [0.0] * len(nodes)
    for paragraph, weight in zip(paragraphs, weights, strict=True):
        sums[paragraph.node] += max(weight, 0.0)
    for number in range(len(nodes) - 1, 0, -1):
        if nodes[number].parent >= 0:
            sums[nodes[number].parent] += sums[number]
    most = 0.9 * max(sums, default=0.0)
    return max((number for number, total in enumerate(sums) if total >= most > 0), default=-1)


def _inside(nodes: Sequence[Node], home: int) -> list[bool]:
    inside = [False] * len(nodes)
    for number in range(home, len(nodes)):
        inside[number] = number == home or (nodes[number].parent >= 0 and inside[nodes[number].parent])
    return inside
