"""Index pages: hardly more than lists of headlines, which are then what the page is about."""

from collections.abc import Sequence

from tui.core.model import BODY_KINDS, BlockKind
from tui.core.page import Node
from tui.text.markup.paragraphs import Claims, Paragraph, size_of
from tui.text.structure.headlines import HeadlineItem
from tui.text.structure.places import Surroundings, inherited

_MIN_ITEMS = 8
_MIN_HEADED = 5
"""Items from which on a page is one if each of them is a heading that leads elsewhere."""
_MAX_RUNNING = 90.0
"""Size of running text outside of all items from which on a page is no index."""
_MAX_STRETCH = 300.0
"""Size of running text without a title between from which on it is no summary."""
_MIN_TITLE = 4.0
"""Size from which on a linked line may be a title."""
_MIN_LISTED = 3.0
"""So many times more must stand in the items."""
_HARDLY = 0.1
"""Share of all that stands behind the headline below which a body is not what the page is about."""
_LESS = 0.5
"""Of the text behind the headline that leads nowhere, the share below which a body is not what the page is about."""
_MIN_LEAD = 30.0
"""Size of a sentence close behind the headline that is the start of an article."""
_NEAR = 6
"""Lines behind the headline within which it stands."""
_MAY_BE_PART = -1.5
"""Score, in log odds, from which on a line of a page that stands in parts is one of them: scores were learned from articles above all."""
_MIN_MAIN = 5
"""Items of a list that is more than a box beside the others."""


def may_be_index(paragraphs: Sequence[Paragraph], places: Sequence[Surroundings]) -> bool:
    """Say whether no stretch of running text between links is longer than a summary; then it is worth to look for lists.

    >>> from tui.core.page import Line
    >>> from tui.text.markup.paragraphs import read
    >>> may_be_index(read("It rained all day. " * 50, [Line(0, 950, 0)]), [Surroundings()])
    False
    """
    stretch = 0.0
    for line in paragraphs:
        if line.linked > 0.5 and line.size > _MIN_TITLE:
            stretch = 0.0
        elif line.is_sentence and not (places[line.node].is_furniture or line.asks_consent()):
            stretch += line.size
            if stretch > _MAX_STRETCH:
                return False
    return True


def is_index(
    lists: Sequence[Sequence[HeadlineItem]],
    paragraphs: Sequence[Paragraph],
    nodes: Sequence[Node],
    places: Sequence[Surroundings],
    headline: int = -1,
    *,
    is_forum: bool = False,
) -> bool:
    """Say whether nearly all that is written on a page stands in items of lists, titles and summaries alike.

    Lists that stand elsewhere than the headline, and a sentence close behind it, are beside a short article. What people
    write may be short: in a forum, the items of an index have dates as well.

    >>> from tui.text.markup import html, paragraphs
    >>> from tui.text.structure import linklists
    >>> from tui.text.structure.places import survey
    >>> rows = "".join(f"<li><a href=/{n}>A long headline about rain, part {n}</a> 2024-05-0{n}" for n in range(1, 9))
    >>> page = html.parse(f"<ul>{rows}</ul>")
    >>> lines, nodes = paragraphs.read(page.text, page.lines), list(page.nodes)
    >>> is_index(linklists.find(lines, linklists.Tree(nodes), list(page.spans)), lines, nodes, survey(nodes, lines))
    True
    """
    items = [item for each in lists for item in each]
    least = _MIN_HEADED if all(_heads(item, paragraphs) for item in items) else _MIN_ITEMS
    if sum(item.date_text is not None or not is_forum for item in items) < least:
        return False
    if _is_headed(items, paragraphs, nodes, headline):
        return False
    listed = sum(size_of(item.title) + size_of(item.summary or "") for item in items)
    inside = _inside(items, nodes)
    taken = {place for item in items for place in range(item.first, item.last + 1)}
    running = sum(
        line.size
        for place, line in enumerate(paragraphs)
        if line.is_sentence
        and line.linked < 0.5
        and not (place in taken or inside[line.node] or places[line.node].is_furniture or line.asks_consent())
    )
    return running < _MAX_RUNNING and listed > _MIN_LISTED * running


def _heads(item: HeadlineItem, paragraphs: Sequence[Paragraph]) -> bool:
    """The item's title is a heading of the page that leads elsewhere."""
    leads = item.url is not None and not item.url.startswith("#")
    lines = paragraphs[item.first : item.last + 1]
    return leads and any(line.level is not None and line.start <= item.start < line.end for line in lines)


def _is_headed(
    items: Sequence[HeadlineItem], paragraphs: Sequence[Paragraph], nodes: Sequence[Node], headline: int
) -> bool:
    """A sentence stands close behind the headline, and the element around both holds less than half of the items."""
    near = range(headline + 1, min(headline + 1 + _NEAR, len(paragraphs)))
    teasers = {place for item in items if _heads(item, paragraphs) for place in range(item.first, item.last + 1)}
    lead = next((n for n in near if paragraphs[n].is_sentence and paragraphs[n].linked < 0.5 and n not in teasers), -1)
    if headline < 0 or lead < 0 or paragraphs[lead].size < _MIN_LEAD:
        return False
    around = [False] * len(nodes)
    node = paragraphs[headline].node
    while node >= 0:
        around[node] = True
        node = nodes[node].parent
    node = paragraphs[lead].node
    while not around[node]:
        node = nodes[node].parent
    inside = inherited([number == node for number in range(len(nodes))], nodes)
    return 2 * sum(inside[paragraphs[item.first].node] for item in items) < len(items)


def body(
    lists: Sequence[Sequence[HeadlineItem]],
    paragraphs: Sequence[Paragraph],
    places: Sequence[Surroundings],
    listed: Claims,
    headline: int = -1,
) -> Claims:
    """Claim the lines of an index page's main lists, of those that are `listed`, and what stands between the headline and them.

    Small boxes and furniture are left out, if there is anything else.
    """
    large = [items for items in lists if len(items) >= _MIN_MAIN]
    beside = [items for items in large if not places[paragraphs[items[0].first].node].is_furniture]
    main = beside or sorted(large, key=len)[-1:]
    lines = {place for items in main for item in items for place in range(item.first, item.last + 1)}
    claims: dict[int, BlockKind] = dict.fromkeys(sorted(lines & listed.keys()), "list")
    return _open(paragraphs[: max(lines) + 1], places, headline) | claims if headline >= 0 and lines else claims


def rest(
    paragraphs: Sequence[Paragraph], places: Sequence[Surroundings], headline: int, scores: Sequence[float] = ()
) -> Claims:
    """Claim all that stands behind the headline outside of furniture, where the body holds much less.

    Elsewhere those of it that `scores` don't speak much against: what such a page is about stands in parts that are short.
    """
    lines = _open(paragraphs, places, headline)
    body = sum(line.size for line in paragraphs if line.kind in BODY_KINDS)
    own = sum(paragraphs[number].size for number in shown(paragraphs, places, headline))
    if body < max(_LESS * own, _HARDLY * sum(paragraphs[number].size for number in lines)):
        return lines
    return {number: kind for number, kind in lines.items() if scores and scores[number] > _MAY_BE_PART}


def shown(paragraphs: Sequence[Paragraph], places: Sequence[Surroundings], headline: int) -> list[int]:
    """Return the lines that stand open behind the headline and lead nowhere."""
    return [number for number in _open(paragraphs, places, headline) if paragraphs[number].linked < 0.5]


def _open(paragraphs: Sequence[Paragraph], places: Sequence[Surroundings], headline: int) -> dict[int, BlockKind]:
    """What stands behind the headline outside of furniture."""
    return {
        number: places[line.node].kind
        for number, line in enumerate(paragraphs)
        if number > headline and line.kind not in ("title", "byline", "caption") and _is_open(line, places[line.node])
    }


def _is_open(line: Paragraph, place: Surroundings) -> bool:
    return not (line.is_hidden or place.is_furniture or place.is_comment or place.is_other or line.asks_consent())


def _inside(items: Sequence[HeadlineItem], nodes: Sequence[Node]) -> list[bool]:
    """For every node, whether it stands in an element that holds one item and no other."""
    branches = {item.branch for item in items}
    return inherited([number in branches for number in range(len(nodes))], nodes)
