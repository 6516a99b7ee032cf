"""Lists of headlines in HTML: links that stand at the same path of the markup, with what belongs to each of them."""

import re
from collections.abc import Iterator, Sequence

from tui.core.model import Span
from tui.core.values import dataclass
from tui.text.markup.paragraphs import Paragraph, size_of
from tui.text.structure.headlines import HeadlineItem, clean_title, count_comments
from tui.text.structure.linktree import Link, LinkGroup, Tree, grouped, titles_in
from tui.text.words import dates
from tui.text.words.phrases import COMMENTS

_MIN_ITEMS = 3
_MIN_SIZE = 7.0
"""Median size of a list's titles; the entries of menus are shorter."""
_MAX_TAG = 14
_MAX_DATE = 12.0
"""Size of a link up to which a date in it is what it says: when somebody wrote last."""
_MENTIONED = 0.4
"""Share of a sentence that stands in links from which on it is a title with more around it."""
_MAX_SPANS = 20
"""Images and times of a line that are looked at for an item."""
_MAX_LINES = 12
"""Lines that may belong to one item."""
_COUNTS = re.compile(r"^(\d{1,6})(?:[\s/]{1,3}\d{1,9})?$")
"""A number alone, or two as forums put them: answers and views."""


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
    page = _Context(paragraphs, tree, _by_line(paragraphs, spans), fetched)
    groups = [group for group in grouped(_links(page), paragraphs, tree) if _is_list(group, tree)]
    groups.sort(key=lambda group: -sum(link.size for link in group.links))
    taken: set[int] = set()
    lists = []
    for group in groups:
        items = list(_items(group, page, taken))
        if len(items) >= _MIN_ITEMS or (
            len(items) > 1 and (tree.is_related[group.container] or all(item.date_text for item in items))
        ):
            _drop_ranks(items)
            lists.append(items)
            taken.update(place for item in items for place in range(item.first, item.last + 1))
    return lists


def _drop_ranks(items: Sequence[HeadlineItem]) -> None:
    """Numbers that count up from one are ranks, not comments."""
    if [item.comments for item in items] == list(range(1, len(items) + 1)):
        for item in items:
            item.comments = None


@dataclass(frozen=True, slots=True, eq=False)
class _Context:
    """What items are read from."""

    paragraphs: Sequence[Paragraph]
    tree: Tree
    spans: dict[int, list[Span]]
    """Index of a line -> its links, images and times in order."""
    fetched: str | None


def _by_line(paragraphs: Sequence[Paragraph], spans: Sequence[Span]) -> dict[int, list[Span]]:
    lines: dict[int, list[Span]] = {}
    at = 0
    for place, paragraph in enumerate(paragraphs):
        while at < len(spans) and spans[at].start < paragraph.end:
            if spans[at].start >= paragraph.start and spans[at].kind != "code":
                lines.setdefault(place, []).append(spans[at])
            at += 1
    return lines


def _links(page: _Context) -> Iterator[Link]:
    """Links long enough for a title, on lines that are not the article's."""
    for place, spans in page.spans.items():
        links = [span for span in spans if span.kind == "link"]
        line = page.paragraphs[place]
        if links and line.kind == "boiler" and not _is_mention(line, links[0]):
            yield from titles_in(line, place, links)


def _is_mention(line: Paragraph, link: Span) -> bool:
    """A link in the midst of running text names what the text speaks of."""
    return line.is_sentence and line.linked < _MENTIONED and link.start > line.start


def _is_list(group: LinkGroup, tree: Tree) -> bool:
    if len(group.links) < 2 or group.container < 0 or tree.is_menu[group.container]:
        return False
    sizes = sorted(link.size for link in group.links)
    if sizes[len(sizes) // 2] < (_MIN_SIZE / 2 if tree.is_related[group.container] else _MIN_SIZE):
        return False
    if sum(link.size < _MAX_DATE and bool(dates.find(link.text)) for link in group.links) * 2 > len(group.links):
        return False
    return len({link.text for link in group.links}) * 2 > len(group.links)


def _items(group: LinkGroup, page: _Context, taken: set[int]) -> Iterator[HeadlineItem]:
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
    link: Link, branch: int, between: tuple[int, int], branches: set[int], container: int, page: _Context
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


def _item(link: Link, own: Sequence[int], page: _Context) -> HeadlineItem:
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


def _read(item: HeadlineItem, text: str, fetched: str | None) -> None:
    """Find date, comment count, tag or summary in a piece of text that belongs to an item."""
    if not text:
        return
    days = dates.find(text, fetched) if len(text) < 120 else []
    if days and item.date_text is None:
        item.date, item.date_text = item.date or days[0].iso, text[days[0].start : days[0].end].strip()
    if days:
        text = text[: days[0].start] + "  " + text[days[0].end :]
    if item.comments is None and len(text) < 60:
        item.comments = count_comments(text)
    text = clean_title(COMMENTS.sub(" ", text)).strip()
    if (counts := _COUNTS.match(text)) and item.comments is None:
        item.comments = int(counts[1])
    elif size_of(text) >= 20 and item.summary is None:
        item.summary = text
    elif 1 < len(text) <= _MAX_TAG and item.tag is None and not text.isdigit():
        item.tag = text
