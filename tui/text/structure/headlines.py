"""Finds the lists of headlines that stand in a page, with date, tag and comment count of every item."""

import re
from collections.abc import Iterator, Sequence

from tui.core.model import BODY_KINDS, BlockKind, Headline
from tui.core.values import dataclass, replace
from tui.text.markup.paragraphs import Claims, Paragraph
from tui.text.words import dates
from tui.text.words.phrases import COMMENTS, LIST_NAMES, has_notice, list_name
from tui.text.words.sitename import fold

_MIN_ITEMS = 3
_MIN_BESIDE = 6
"""Items of a list without dates beside a larger one; fewer are a box of links."""
_MIN_LARGE = 8
"""Items of the largest list from which on the others are compared with it."""
_NUMBER = re.compile(r"^\d{1,2}[.、]\s*(?=\D)")
DIGIT = re.compile(r"\d")
_TAIL = " \t\u3000-–—|·•/,，"


@dataclass(slots=True, eq=False)
class HeadlineItem:
    """A headline that is being put together."""

    title: str
    start: int
    first: int
    """Index of its first line."""
    last: int
    date: str | None = None
    date_text: str | None = None
    tag: str | None = None
    comments: int | None = None
    url: str | None = None
    summary: str | None = None
    image_alt: str | None = None
    branch: int = -1
    """Node that holds this item and no other; -1: there is none."""
    heading: str | None = None
    """What the markup puts over the list; only its first item has it."""

    def finished(self, label: str, heading: str | None) -> Headline:
        """Return the headline, in the list of this name, over which this heading stands."""
        end = self.start + len(self.title)
        facts = self.url, self.date, self.date_text, self.tag, self.comments, self.summary, self.image_alt
        return Headline(label, self.title, self.start, end, *facts, heading=heading)


def find_in_text(paragraphs: Sequence[Paragraph], fetched: str | None = None) -> tuple[list[Headline], Claims]:
    """Return the headlines of bare text, in order, and claim their lines.

    Three shapes are known: rows with a date under, over or behind the title; one line in which titles and comment counts
    are glued together; runs of short lines that read like titles.

    >>> from tui.core.page import Line
    >>> from tui.text.markup.paragraphs import read
    >>> glued = "河堤步道試走心得… 評論 12夜市搬遷公聽會紀實 評論 305"
    >>> [(row.title, row.comments) for row in find_in_text(read(glued, [Line(0, len(glued))]))[0]]
    [('河堤步道試走心得…', 12), ('夜市搬遷公聽會紀實', 305)]
    """
    rest = [place for place, paragraph in enumerate(paragraphs) if paragraph.kind == "boiler"]
    lists: list[list[HeadlineItem]] = []
    lists += _dated_lists(paragraphs, rest, fetched)
    taken = {place for items in lists for item in items for place in range(item.first, item.last + 1)}
    lists += _glued_lists(paragraphs, [place for place in rest if place not in taken])
    taken |= {place for items in lists for item in items for place in range(item.first, item.last + 1)}
    lists += _plain_lists(paragraphs, [place for place in rest if place not in taken])
    return name_lists(paragraphs, lists)


def _dated_lists(
    paragraphs: Sequence[Paragraph], rest: Sequence[int], fetched: str | None
) -> Iterator[list[HeadlineItem]]:
    rows = [place for place in rest if _row_date(paragraphs[place])]
    free = set(rest)
    for run in _runs(rows, reach=4):
        if len(run) >= _MIN_ITEMS:
            items = _titled(paragraphs, run, free, fetched)
            if len(items) >= _MIN_ITEMS:
                yield items


def _row_date(paragraph: Paragraph) -> bool:
    """The line has one date, at its start or its end, and is no longer than a title with a date."""
    if paragraph.size > 70 or paragraph.stops > 5:
        return False
    days = paragraph.dates()
    if len(days) != 1:
        return False
    return days[0].start <= 12 or len(paragraph.text) - days[0].end <= 24


def _runs(places: Sequence[int], reach: int) -> Iterator[list[int]]:
    """Group places that are at most `reach` apart."""
    run: list[int] = []
    for place in places:
        if run and place - run[-1] > reach:
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _titled(
    paragraphs: Sequence[Paragraph], run: Sequence[int], rest: set[int], fetched: str | None
) -> list[HeadlineItem]:
    """Give each dated row of a list its title: on the same line, on the line before or on the line after."""
    own = sum(len(_around_date(paragraphs[place])[0]) >= 10 for place in run)
    if own * 2 > len(run):
        return [item for place in run if (item := _item(paragraphs, place, place, fetched))]
    taken = set(run)
    before = [place - 1 for place in run]
    after = [place + 1 for place in run]
    fits_before = _is_title_place(paragraphs, before[0], rest, taken)
    fits_after = _is_title_place(paragraphs, after[-1], rest, taken)
    titles = after if fits_after and not fits_before else before
    return [
        item
        for place, title in zip(run, titles, strict=True)
        if _is_title_place(paragraphs, title, rest, taken) and (item := _item(paragraphs, title, place, fetched))
    ]


def _is_title_place(paragraphs: Sequence[Paragraph], place: int, rest: set[int], taken: set[int]) -> bool:
    return place in rest and place not in taken and not paragraphs[place].is_furniture and paragraphs[place].size >= 4


def _around_date(paragraph: Paragraph) -> tuple[str, str]:
    """The longer and the shorter part of a dated line, without the date and the comment count."""
    day = paragraph.dates()[0]
    head, tail = _without_comments(paragraph.text[: day.start]), _without_comments(paragraph.text[day.end :])
    return (head, tail) if len(head) >= len(tail) else (tail, head)


def _without_comments(text: str) -> str:
    """The longer of the parts before and behind a comment count."""
    parts = [text]
    if match := COMMENTS.search(text):
        parts = [text[: match.start()], text[match.end() :]]
    return max(parts, key=len).strip(_TAIL + "()（）[]")


def _item(paragraphs: Sequence[Paragraph], title: int, row: int, fetched: str | None) -> HeadlineItem | None:
    dated = paragraphs[row]
    day = dates.find(dated.text, fetched)[0] if fetched else dated.dates()[0]
    longer, shorter = _around_date(dated)
    text, tag = (longer, shorter) if title == row else (clean_title(paragraphs[title].text), longer or shorter)
    if len(text) < 2:
        return None
    start = paragraphs[title].start + paragraphs[title].text.index(text)
    return HeadlineItem(
        text,
        start,
        min(title, row),
        max(title, row),
        day.iso,
        dated.text[day.start : day.end].strip(),
        tag if tag and len(tag) <= 24 else None,
        count_comments(dated.text),
    )


def clean_title(text: str) -> str:
    """Take bullets, numbers and separators off a title's ends.

    >>> clean_title("- 大雨 -"), clean_title("3. Rain"), clean_title("已談4小時,俄方表態")
    ('大雨', 'Rain', '已談4小時,俄方表態')
    """
    bare = text.strip(" \t\u3000|·•●■◆▪►▶»›>-–—*")
    return (_NUMBER.sub("", bare) or bare) if bare[:1].isdigit() else bare


def count_comments(text: str) -> int | None:
    """Return the number of comments that a text states, or None.

    >>> count_comments("評論 24"), count_comments("7 comments"), count_comments("Comment")
    (24, 7, None)
    """
    match = COMMENTS.search(text) if DIGIT.search(text) else None
    return int(match["count"] or match["first"]) if match else None


_GLUE = re.compile(r"\s?(?:评论|評論|跟贴|跟帖|回复|回覆|コメント|댓글|[Cc]omments?)\s?[(（:：]?(\d{1,7})[)）]?")


def _glued_lists(paragraphs: Sequence[Paragraph], rest: Sequence[int]) -> Iterator[list[HeadlineItem]]:
    """Split lines such as `title 評論 24title 評論 243title`."""
    for place in rest:
        paragraph = paragraphs[place]
        counts = list(_GLUE.finditer(paragraph.text)) if len(paragraph.text) > 20 else []
        if len(counts) < 2:
            continue
        items, at = [], 0
        for match in counts:
            title = clean_title(paragraph.text[at : match.start()])
            if len(title) >= 4:
                start = paragraph.start + paragraph.text.index(title, at)
                items.append(HeadlineItem(title, start, place, place, comments=int(match[1])))
            at = match.end()
        if len(items) >= 2:
            yield items


def _plain_lists(paragraphs: Sequence[Paragraph], rest: Sequence[int]) -> Iterator[list[HeadlineItem]]:
    """Runs of lines that read like titles; menus are shorter."""
    for run in _runs([place for place in rest if _reads_like_title(paragraphs[place])], reach=1):
        sizes = sorted(paragraphs[place].size for place in run)
        if len(run) >= 4 and sizes[len(sizes) // 2] >= 10:
            yield [
                HeadlineItem(title, paragraphs[place].start + paragraphs[place].text.index(title), place, place)
                for place in run
                if (title := clean_title(paragraphs[place].text))
            ]


def _reads_like_title(paragraph: Paragraph) -> bool:
    return (
        6 <= paragraph.size <= 60
        and not paragraph.is_furniture
        and not paragraph.text.endswith(("。", ".", "，", "；", ":", "："))
    )


def name_lists(
    paragraphs: Sequence[Paragraph], lists: Sequence[Sequence[HeadlineItem]]
) -> tuple[list[Headline], dict[int, BlockKind]]:
    """Turn lists into headlines in the order of the page, each list with a name, and claim their lines."""
    claims: dict[int, BlockKind] = {}
    names: dict[str, int] = {}
    headlines: list[Headline] = []
    last_body = max((place for place, paragraph in enumerate(paragraphs) if paragraph.kind in BODY_KINDS), default=-1)
    for items in sorted(lists, key=lambda each: each[0].start):
        first = min(item.first for item in items)
        name = _heading(paragraphs, first, claims) or ("related" if 0 <= last_body < first else "index")
        names[name] = names.get(name, 0) + 1
        label = name if names[name] == 1 else f"{name} {names[name]}"
        for item in items:
            lines = range(item.first, item.last + 1)
            claims |= {place: "headline" for place in lines if paragraphs[place].kind == "boiler"}
            headlines.append(item.finished(label, items[0].heading))
    return linked(headlines), claims


def linked(items: Sequence[Headline]) -> list[Headline]:
    """Give every headline that stands in a list before, by its title, the number of that one.

    >>> [row.twin for row in linked([Headline("hot", "Rain!", 0, 5), Headline("latest", "rain", 9, 13), Headline("hot", "rain", 20, 24)])]
    [None, 0, 0]
    """
    first: dict[str, int] = {}
    rows: list[Headline] = []
    for number, row in enumerate(items):
        twin = first.setdefault(fold(row.title) or row.title, number)
        rows.append(row if twin == number else replace(row, twin=twin))
    return rows


def without_boxes(paragraphs: Sequence[Paragraph], lists: Sequence[Sequence[HeadlineItem]]) -> list[list[HeadlineItem]]:
    """Leave out the boxes of a few links that stand beside a page's lists: items without date and comments, no name, few.

    >>> from tui.core.page import Line
    >>> from tui.text.markup.paragraphs import read
    >>> lines = read("\\n".join("abcdefghijkl"), [Line(2 * n, 2 * n + 1) for n in range(12)])
    >>> items = [HeadlineItem("rain", 2 * n, n, n) for n in range(12)]
    >>> [len(kept) for kept in without_boxes(lines, [items[:2], items[2:]])]
    [10]
    """
    largest = max(map(len, lists), default=0)
    return [
        list(items)
        for items in lists
        if len(items) * 2 > largest
        or (len(items) >= _MIN_ITEMS and any(item.date_text or item.comments is not None for item in items))
        or (
            len(items) >= _MIN_BESIDE
            and (len(items) * 4 > largest or _heading(paragraphs, min(item.first for item in items), {}))
        )
        or largest < _MIN_LARGE
    ]


def _heading(paragraphs: Sequence[Paragraph], first: int, claims: Claims) -> str | None:
    """The name of a list by the heading, or the words known for lists, over it; or by the end of the line over it.

    `claims` are the lines of the lists above.
    """
    known = {name for name, _ in LIST_NAMES}
    for place in range(first - 1, max(0, first - 3) - 1, -1):
        above, kind = paragraphs[place], claims.get(place, paragraphs[place].kind)
        if kind == "headline":
            name = list_name(above.text[-12:])
            return name if name in known else None
        if kind in ("boiler", "heading") and above.size <= 20:
            name = list_name(clean_title(above.text))
            if name in known or (above.level and above.size <= 12 and not has_notice(name)):
                return name
    return None
