"""Links that may be headlines, grouped by their place in the markup: what stands at the same path is one list."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tui.core.model import Span
from tui.core.page import Node
from tui.core.values import dataclass, field
from tui.text.markup.paragraphs import Paragraph, size_of
from tui.text.structure.headlines import clean_title
from tui.text.structure.places import names

_MAX_BESIDE = 300
"""Code points beside a link that may belong to it."""
_OPENING = ("[", "【", "(", "（", ":", "：")
_CLOSING = frozenset("]】)）")
_SHARES = frozenset({"share", "shares", "sharing", "social", "qrcode", "qrwrap"})
_LISTS = frozenset(
    {"related", "relate", "recommend", "recommended", "hot", "latest", "headlines", "popular", "trending", "ranking"}
)
_TAGS = frozenset({"keyword", "keywords", "tag", "tags", "label", "labels", "category", "topic"})
_MENU_TAGS = frozenset({"nav", "select", "option", "button"})


@dataclass(slots=True, eq=False)
class Link:
    """A link that may be a headline."""

    place: int
    """Index of its line."""
    start: int
    text: str
    url: str
    size: float
    beside: tuple[str, ...] = ()
    """What stands on the line before and behind it, other links and table cells one by one."""


@dataclass(slots=True, eq=False)
class LinkGroup:
    """Links at the same path inside one element."""

    container: int
    links: list[Link] = field(default_factory=list)


class Tree:
    """Questions about the nodes of a page."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes
        self.parents = [node.parent for node in nodes]
        self.depths: list[int] = []
        paths: dict[tuple[int, str], int] = {}
        self.paths: list[int] = []
        """A number for each node that is the same for nodes at the same path of tags."""
        self.is_menu: list[bool] = []
        self.is_share: list[bool] = []
        """Stands among buttons that share a page."""
        self.is_related: list[bool] = []
        """Stands in an element that is named for a list of headlines."""
        self.is_tag: list[bool] = []
        """Names keywords, by its own or its parent's name."""
        for node in nodes:
            above = node.parent
            self.depths.append(self.depths[above] + 1 if above >= 0 else 0)
            self.paths.append(paths.setdefault((self.paths[above] if above >= 0 else -1, node.tag), len(paths)))
            words = names(node)
            self.is_share.append(not _SHARES.isdisjoint(words) or (above >= 0 and self.is_share[above]))
            self.is_related.append(not _LISTS.isdisjoint(words) or (above >= 0 and self.is_related[above]))
            self.is_tag.append(not _TAGS.isdisjoint(words))
            self.is_menu.append(node.tag in _MENU_TAGS or (above >= 0 and self.is_menu[above]))

    def meeting(self, one: int, two: int) -> int:
        """The deepest node around both."""
        while one != two:
            if self.depths[one] >= self.depths[two]:
                one = self.parents[one]
            else:
                two = self.parents[two]
            if one < 0 or two < 0:
                return -1
        return one

    def branch(self, node: int, container: int) -> int:
        """The child of `container` around a node; the node itself if it is the container, -1 if it stands elsewhere."""
        if node == container:
            return node
        while node >= 0 and self.parents[node] != container:
            node = self.parents[node]
        return node


def titles_in(paragraph: Paragraph, place: int, spans: Sequence[Span]) -> Iterator[Link]:
    """The long links of a line: each may be a title, and what stands between them belongs to the one before."""
    links = [_link(paragraph, place, span) for span in spans]
    links = [link for link in links if not _is_bracketed(link, paragraph)] or links
    longest = max(link.size for link in links)
    kept = [link for link in links if link.size >= 0.6 * longest and link.size >= 3]
    if len(kept) > 1 and "\t" in paragraph.text:
        kept = [max(kept, key=lambda link: link.size)]
    at = paragraph.start
    for number, link in enumerate(kept):
        end = kept[number + 1].start if number + 1 < len(kept) else paragraph.end
        behind = paragraph.text[link.start + len(link.text) - paragraph.start : end - paragraph.start][:_MAX_BESIDE]
        before = (
            paragraph.text[at - paragraph.start : link.start - paragraph.start][-_MAX_BESIDE:] if not number else ""
        )
        link.beside = tuple(piece for part in (before, behind) for piece in part.split("\t"))
        at = end
        yield link


def _is_bracketed(link: Link, paragraph: Paragraph) -> bool:
    """A link in brackets names what a title belongs to."""
    start, end = link.start - paragraph.start, link.start - paragraph.start + len(link.text)
    return (
        paragraph.text[max(0, start - 3) : start].rstrip().endswith(_OPENING)
        and paragraph.text[end:].lstrip()[:1] in _CLOSING
    )


def _link(paragraph: Paragraph, place: int, span: Span) -> Link:
    start = max(span.start, paragraph.start)
    text = paragraph.text[start - paragraph.start : span.end - paragraph.start]
    title = clean_title(text)
    return Link(place, start + max(0, text.find(title)), title, span.value, size_of(title))


def grouped(links: Iterator[Link], paragraphs: Sequence[Paragraph], tree: Tree) -> Iterator[LinkGroup]:
    """Yield the links at the same path, group by group; a new list begins where two neighbours meet in another element."""
    by_path: dict[int, list[Link]] = {}
    for link in links:
        by_path.setdefault(tree.paths[paragraphs[link.place].node], []).append(link)
    for same in by_path.values():
        meetings = [tree.meeting(paragraphs[one.place].node, paragraphs[two.place].node) for one, two in pairwise(same)]
        yield from _merged(_cut(same, meetings, tree))


def _merged(groups: Iterator[LinkGroup]) -> Iterator[LinkGroup]:
    """Groups at one path inside one element are one list: a line with two links had cut it."""
    by_container: dict[int, LinkGroup] = {}
    for group in groups:
        if group.container < 0:
            yield group
        elif group.container in by_container:
            by_container[group.container].links += group.links
        else:
            by_container[group.container] = group
    yield from by_container.values()


def _cut(links: Sequence[Link], meetings: Sequence[int], tree: Tree) -> Iterator[LinkGroup]:
    """Cut a run of links where neighbours meet higher up than those before and behind them."""
    group: LinkGroup | None = None
    for number, link in enumerate(links):
        meets = meetings[number] if number < len(meetings) else -1
        if group is None:
            group = LinkGroup(meets)
        group.links.append(link)
        if meets == group.container:
            continue
        if len(group.links) == 1 or (
            len(group.links) > 1 and meets >= 0 and tree.depths[meets] > tree.depths[group.container]
        ):
            # This link belongs to a list of its own that starts here.
            moved = group.links.pop()
            if group.links:
                yield group
            group = LinkGroup(meets, [moved])
            continue
        yield group
        group = None
    if group is not None and group.links:
        yield group
