"""Lists of headlines in HTML: links that stand at the same path of the markup, with what belongs to each of them."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from tui.core.model import Rows, Span
from tui.core.page import Node
from tui.core.values import dataclass, field
from tui.text.markup.paragraphs import Paragraph, size_of
from tui.text.structure.headlines import DIGIT, HeadlineItem, clean_title, count_comments
from tui.text.structure.places import hints_with, inherited, parents_of
from tui.text.words import dates
from tui.text.words.phrases import COMMENTS

_MIN_ITEMS = 3
_MIN_SIZE = 7.0
"""Median size of a list's titles; the entries of menus are shorter."""
_MIN_LINK = 3.0
"""Size of a link; a shorter one is no title."""
_MAX_TAG = 14
_MAX_DATE = 12.0
"""Size of a link up to which a date in it is what it says: when somebody wrote last."""
_MENTIONED = 0.4
"""Share of a sentence that stands in links from which on it is a title with more around it."""
_MAX_SPANS = 20
"""Images and times of a line that are looked at for an item."""
_LINES_ABOVE = 3
"""Lines above a list among which its heading is looked for."""
_MAX_HEADING = 20.0
"""Size of a line up to which it may be one."""
_MAX_BESIDE_NAME = 2
"""Links of a line up to which it may be one: its own, and one that leads to more."""
_MAX_LINES = 12
"""Lines that may belong to one item."""
_COUNTS = re.compile(r"^(\d{1,6})(?:[\s/]{1,3}\d{1,9})?$")
"""A number alone, or two as forums put them: answers and views."""
_SHORT_DAY = re.compile(r"(?<=\S\s)(\d{1,2}-\d{1,2}|[0-2]?\d:[0-5]\d)$")
"""Day or time as boards put them behind a name."""
_MAX_AROUND = 12
"""Code points beside a word such as today from which on it is one of a sentence."""
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


class Tree:
    """Questions about the nodes of a page."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes
        self.parents = parents_of(nodes)
        self.depths: list[int] = []
        paths: dict[tuple[int, str], int] = {}
        self.paths: list[int] = []
        """A number for each node that is the same for nodes at the same path of tags."""
        shares, lists, tags = (hints_with(nodes, words) for words in (_SHARES, _LISTS, _TAGS))
        self.is_tag = [node.hint in tags for node in nodes]
        """Names keywords, by its own or its parent's name."""
        self.is_share = inherited([node.hint in shares for node in nodes], nodes)
        """Stands among buttons that share a page."""
        self.is_related = inherited([node.hint in lists for node in nodes], nodes)
        """Stands in an element that is named for a list of headlines."""
        self.is_menu = inherited([node.tag in _MENU_TAGS for node in nodes], nodes)
        depths, own = self.depths, self.paths
        for node, above in zip(nodes, self.parents, strict=True):
            depths.append(depths[above] + 1 if above >= 0 else 0)
            own.append(paths.setdefault((own[above] if above >= 0 else -1, node.tag), len(paths)))

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

    def kinds(self, node: int, above: int) -> list[tuple[str, str]]:
        """Tags and names from a node up to one around it."""
        kinds = []
        while node not in (above, -1):
            kinds.append((self.nodes[node].tag, self.nodes[node].hint))
            node = self.parents[node]
        return kinds

    def branch(self, node: int, container: int) -> int:
        """The child of `container` around a node; the node itself if it is the container, -1 if it stands elsewhere."""
        if node == container:
            return node
        while node >= 0 and self.parents[node] != container:
            node = self.parents[node]
        return node


def find(
    paragraphs: Sequence[Paragraph], tree: Tree, spans: Sequence[Span], fetched: str | None = None
) -> list[list[HeadlineItem]]:
    """Return the lists of headlines of a page, each as its items in order; lines of the body are left alone.

    >>> from tui.text.markup import html, paragraphs
    >>> rows = "".join(f"<li><a href=/{n}>A long headline about rain, part {n}</a> 2024-05-0{n}" for n in (1, 2, 3))
    >>> page = html.parse(f"<ul>{rows}</ul>")
    >>> [[(item.title[-6:], item.url, item.date) for item in items] for items in
    ...  find(paragraphs.read(page.text, page.lines), Tree(list(page.nodes)), list(page.spans))]
    [[('part 1', '/1', '2024-05-01'), ('part 2', '/2', '2024-05-02'), ('part 3', '/3', '2024-05-03')]]
    """
    page = _Context(paragraphs, tree, by_line(paragraphs, spans, _TELLING), fetched)
    groups = _grouped(_links(page), paragraphs, tree)
    runs = [run for run in _runs(groups, page) if _is_list(run, tree)]
    runs.sort(key=lambda run: -sum(link.size for group in run for link in group.links))
    taken: set[int] = set()
    lists = []
    for run in runs:
        items = [item for group in run for item in _items(group, page, taken)]
        if len(items) >= _MIN_ITEMS or (
            len(items) > 1 and (tree.is_related[run[0].container] or all(item.date_text for item in items))
        ):
            _drop_ranks(items)
            items[0].heading = _heading(items, run[0].container, page)
            lists.append(items)
            taken.update(place for item in items for place in range(item.first, item.last + 1))
    return lists


def _drop_ranks(items: Sequence[HeadlineItem]) -> None:
    """Numbers that count up from one are ranks, not comments."""
    if [item.comments for item in items] == list(range(1, len(items) + 1)):
        for item in items:
            item.comments = None


@dataclass(slots=True, eq=False)
class _Link:
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
class _LinkGroup:
    """Links at the same path inside one element."""

    container: int
    links: list[_Link] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class _Context:
    """What items are read from."""

    paragraphs: Sequence[Paragraph]
    tree: Tree
    spans: dict[int, list[Span]]
    """Index of a line -> its links, images and times in order."""
    fetched: str | None


_TELLING = frozenset({"link", "image", "time"})
"""Kinds of span that say something about a headline."""


def by_line(paragraphs: Sequence[Paragraph], spans: Sequence[Span], kinds: Set[str]) -> dict[int, list[Span]]:
    """Return the spans of some kinds that begin in each line that has any, by the line's number."""
    lines: dict[int, list[Span]] = {}
    ends = [paragraph.end for paragraph in paragraphs]
    rows = spans if isinstance(spans, Rows) else Rows(Span, spans)
    place = 0
    for start, end, kind, value in zip(*map(rows.column, ("start", "end", "kind", "value")), strict=True):
        if kind in kinds:
            place = bisect_right(ends, start, place)
            if place < len(ends) and paragraphs[place].start <= start:
                lines.setdefault(place, []).append(Span(start, end, kind, value))
    return lines


def _links(page: _Context) -> Iterator[_Link]:
    """Links long enough for a title, on lines that are not the article's."""
    for place, spans in page.spans.items():
        links = [span for span in spans if span.kind == "link"]
        line = page.paragraphs[place]
        if links and line.size >= _MIN_LINK and line.kind == "boiler" and not _is_mention(line, links[0]):
            yield from _titles_in(line, place, links)


def _is_mention(line: Paragraph, link: Span) -> bool:
    """A link in the midst of running text names what the text speaks of."""
    return line.is_sentence and line.linked < _MENTIONED and link.start > line.start


def _titles_in(paragraph: Paragraph, place: int, spans: Sequence[Span]) -> Iterator[_Link]:
    """The long links of a line: each may be a title, and what stands between them belongs to the one before."""
    links = [_link(paragraph, place, span) for span in spans]
    if len(links) > 1:
        links = [link for link in links if not _is_bracketed(link, paragraph)] or links
        least = 0.6 * max([link.size for link in links])
        links = [link for link in links if link.size >= least]
    kept = [link for link in links if link.size >= _MIN_LINK]
    text, at = paragraph.text, paragraph.start
    if len(kept) > 1 and "\t" in text:
        kept = [max(kept, key=lambda link: link.size)]
    for number, link in enumerate(kept):
        end = kept[number + 1].start if number + 1 < len(kept) else paragraph.end
        before = text[: link.start - at][-_MAX_BESIDE:] if not number else ""
        behind = text[link.start + len(link.text) - at : end - at][:_MAX_BESIDE]
        link.beside = (*before.split("\t"), *behind.split("\t"))
        yield link


def _is_bracketed(link: _Link, paragraph: Paragraph) -> bool:
    """A link in brackets names what a title belongs to."""
    start, end = link.start - paragraph.start, link.start - paragraph.start + len(link.text)
    return (
        paragraph.text[max(0, start - 3) : start].rstrip().endswith(_OPENING)
        and paragraph.text[end:].lstrip()[:1] in _CLOSING
    )


def _link(paragraph: Paragraph, place: int, span: Span) -> _Link:
    start = max(span.start, paragraph.start)
    text = paragraph.text[start - paragraph.start : span.end - paragraph.start]
    title = clean_title(text)
    return _Link(place, start + max(0, text.find(title)), title, span.value, size_of(title))


def _grouped(links: Iterator[_Link], paragraphs: Sequence[Paragraph], tree: Tree) -> Iterator[_LinkGroup]:
    """Yield the links at the same path, group by group; a new list begins where two neighbours meet in another element."""
    by_path: dict[int, list[_Link]] = {}
    for link in links:
        by_path.setdefault(tree.paths[paragraphs[link.place].node], []).append(link)
    for same in by_path.values():
        meetings = [tree.meeting(paragraphs[one.place].node, paragraphs[two.place].node) for one, two in pairwise(same)]
        yield from _merged(_cut(same, meetings, tree))


def _merged(groups: Iterator[_LinkGroup]) -> Iterator[_LinkGroup]:
    """Groups at one path inside one element are one list: a line with two links had cut it."""
    by_container: dict[int, _LinkGroup] = {}
    for group in groups:
        if group.container < 0:
            yield group
        elif group.container in by_container:
            by_container[group.container].links += group.links
        else:
            by_container[group.container] = group
    yield from by_container.values()


def _cut(links: Sequence[_Link], meetings: Sequence[int], tree: Tree) -> Iterator[_LinkGroup]:
    """Cut a run of links where neighbours meet higher up than those before and behind them."""
    group: _LinkGroup | None = None
    for number, link in enumerate(links):
        meets = meetings[number] if number < len(meetings) else -1
        if group is None:
            group = _LinkGroup(meets)
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
            group = _LinkGroup(meets, [moved])
            continue
        yield group
        group = None
    if group is not None and group.links:
        yield group


def _runs(groups: Iterator[_LinkGroup], page: _Context) -> Iterator[list[_LinkGroup]]:
    """Groups that stand in elements of one kind, side by side and with nothing between them, are one list: rules part it.

    The first of them is long enough for a list of its own; boxes of one or two links are none.
    """
    run: list[_LinkGroup] = []
    for group in sorted(groups, key=lambda group: group.links[0].place):
        if run and (len(run[0].links) < _MIN_ITEMS or not _goes_on(run[-1], group, page)):
            yield run
            run = []
        run.append(group)
    if run:
        yield run


def _goes_on(one: _LinkGroup, two: _LinkGroup, page: _Context) -> bool:
    """Whether what stands between two groups belongs to them, and they to elements of one kind."""
    tree, last, first = page.tree, one.links[-1].place, two.links[0].place
    if min(one.container, two.container) < 0 or last >= first or first - last > _MAX_LINES:
        return False
    meets = tree.meeting(one.container, two.container)
    if meets in (one.container, two.container) or tree.kinds(one.container, meets) != tree.kinds(two.container, meets):
        return False
    return not any(
        line.level or max(tree.branch(line.node, one.container), tree.branch(line.node, two.container)) < 0
        for line in page.paragraphs[last + 1 : first]
    )


def _is_list(run: Sequence[_LinkGroup], tree: Tree) -> bool:
    container, links = run[0].container, [link for group in run for link in group.links]
    if len(links) < 2 or container < 0 or tree.is_menu[container]:
        return False
    sizes = sorted(link.size for link in links)
    if sizes[len(sizes) // 2] < (_MIN_SIZE / 2 if tree.is_related[container] else _MIN_SIZE):
        return False
    if sum(link.size < _MAX_DATE and bool(dates.find(link.text)) for link in links) * 2 > len(links):
        return False
    return len({link.text for link in links}) * 2 > len(links)


def _heading(items: Sequence[HeadlineItem], container: int, page: _Context) -> str | None:
    """The heading close above a list, or the short line with which the smallest element begins that holds more than the list."""
    lines, tree = page.paragraphs, page.tree
    first = min(item.first for item in items)
    paths = {tree.paths[lines[place].node] for item in items for place in range(item.first, item.last + 1)}
    for place in range(first - 1, max(first - _LINES_ABOVE, 0) - 1, -1):
        line = lines[place]
        around = tree.meeting(line.node, container)
        is_apart = around < 0 or tree.nodes[around].tag in ("html", "body")
        if line.level:
            return clean_title(line.text) if line.level > 1 and line.size <= _MAX_HEADING else None
        if is_apart or line.size > _MAX_HEADING or line.is_sentence or line.dates() or tree.paths[line.node] in paths:
            return None
        links = [span.value for span in page.spans.get(place, ()) if span.kind == "link"]
        is_name = len(links) <= _MAX_BESIDE_NAME and not any(link.startswith("#") for link in links)
        is_name = is_name and any(map(str.isalpha, line.text)) and not line.is_furniture
        if is_name and (place == 0 or tree.branch(lines[place - 1].node, around) < 0):
            return clean_title(line.text)
    return None


def _items(group: _LinkGroup, page: _Context, taken: set[int]) -> Iterator[HeadlineItem]:
    paragraphs = page.paragraphs
    branches = [page.tree.branch(paragraphs[link.place].node, group.container) for link in group.links]
    others = set(branches)
    seen: set[tuple[str, str]] = set()
    for number, (link, branch) in enumerate(zip(group.links, branches, strict=True)):
        if link.place in taken or (link.text, link.url) in seen:
            continue
        seen.add((link.text, link.url))
        end = group.links[number + 1].place if number + 1 < len(group.links) else len(paragraphs)
        begin = group.links[number - 1].place if number else -1
        own = _own_lines(link, branch, (begin, end), others, group.container, page)
        item = _item(link, [place for place in own if place not in taken], page)
        item.branch = branch if branch != group.container else -1
        yield item


def _own_lines(
    link: _Link, branch: int, between: tuple[int, int], branches: set[int], container: int, page: _Context
) -> list[int]:
    """Lines of the same branch around a title, and those behind it that belong to no item's branch."""
    paragraphs, tree = page.paragraphs, page.tree
    first = last = link.place
    begin, end = between
    is_shared = branch == container
    while not is_shared and first - 1 > begin and link.place - first < _MAX_LINES:
        if tree.branch(paragraphs[first - 1].node, container) != branch:
            break
        first -= 1
    while last + 1 < end and last - link.place < _MAX_LINES:
        other = tree.branch(paragraphs[last + 1].node, container)
        if other < 0 or (other != branch and other in branches) or paragraphs[last + 1].level:
            break
        last += 1
    return [place for place in range(first, last + 1) if paragraphs[place].kind in ("boiler", "byline", "caption")]


def _item(link: _Link, own: Sequence[int], page: _Context) -> HeadlineItem:
    item = HeadlineItem(link.text, link.start, link.place, link.place, url=link.url or None)
    _cut_date(item, page.fetched)
    for piece in link.beside:
        _read(item, piece.strip(), page.fetched)
    for place in own:
        paragraph = page.paragraphs[place]
        item.first, item.last = min(item.first, place), max(item.last, place)
        _read_spans(item, page.spans.get(place, [])[:_MAX_SPANS])
        if place != link.place and page.tree.is_tag[paragraph.node] and paragraph.linked and not paragraph.dates():
            text = next((s for s in page.spans.get(place, ()) if s.kind == "link"), None)
            if text is not None:
                item.tag = (
                    paragraph.text[max(0, text.start - paragraph.start) : text.end - paragraph.start].strip()
                    or item.tag
                )
        elif place != link.place and page.tree.is_share[paragraph.node]:
            item.comments = count_comments(paragraph.text) if item.comments is None else item.comments
        elif place != link.place:
            _read(item, paragraph.text, page.fetched)
    return item


def _read_spans(item: HeadlineItem, spans: Sequence[Span]) -> None:
    """Take an image's alternative text, and the exact time behind a date."""
    for span in spans:
        if span.kind == "image" and item.image_alt is None:
            item.image_alt = span.value
        elif span.kind == "time" and item.date is None:
            item.date = dates.iso(span.value)


def _cut_date(item: HeadlineItem, fetched: str | None) -> None:
    """Take a date off the end of a link's text, or off its start."""
    days = [each for each in dates.find(item.title, fetched) if item.title[each.end - 1 : each.end].isdigit()]
    if not days or len(item.title) - (days[0].end - days[0].start) < 6:
        return
    first = days[0]
    if item.title[first.end :].strip(" )]）】") == "":
        item.date, item.date_text = first.iso, item.title[first.start : first.end].strip()
        item.title = item.title[: first.start].rstrip(" ([（【-·|\t")
    elif first.start <= 1:
        item.date, item.date_text = first.iso, item.title[first.start : first.end].strip()
        rest = item.title[first.end :].lstrip(" )]）】-·|\t:：")
        item.start += len(item.title) - len(rest)
        item.title = rest


def _is_stamp(text: str, day: dates.DateMatch) -> bool:
    """A day's name in a sentence says nothing of when it was written."""
    return any(map(str.isdigit, text[day.start : day.end])) or len(text) - (day.end - day.start) <= _MAX_AROUND


def _read(item: HeadlineItem, text: str, fetched: str | None) -> None:
    """Find date, comment count, tag or summary in a piece of text that belongs to an item."""
    if not text:
        return
    days = [day for day in dates.find(text, fetched) if _is_stamp(text, day)] if len(text) < 120 else []
    if days and item.date_text is None:
        item.date, item.date_text = item.date or days[0].iso, text[days[0].start : days[0].end].strip()
    if days:
        text = text[: days[0].start] + "  " + text[days[0].end :]
    if item.comments is None and len(text) < 60:
        item.comments = count_comments(text)
    text = clean_title(COMMENTS.sub(" ", text) if DIGIT.search(text) else text).strip()
    if item.date_text is None and (day := _SHORT_DAY.search(text)):
        item.date_text, text = day[1], text[: day.start()].strip()
    if (counts := _COUNTS.match(text)) and item.comments is None:
        item.comments = int(counts[1])
    elif size_of(text) >= 20 and item.summary is None:
        item.summary = text
    elif 1 < len(text) <= _MAX_TAG and item.tag is None and not text.isdigit():
        item.tag = text
