"""Who wrote a page and when, as its markup tells: elements named for authors, links to people, times, dates near the title."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date
from itertools import islice
from typing import NamedTuple

from tui.core.model import BODY_KINDS, Certainty, Post, Span
from tui.core.page import Node
from tui.core.patterns import lazy
from tui.text.markup.marks import AUTHORS
from tui.text.markup.paragraphs import Paragraph
from tui.text.markup.statements import Statements
from tui.text.structure.linklists import by_line
from tui.text.structure.places import hints_with
from tui.text.structure.places import names as names_of
from tui.text.words import dates
from tui.text.words.people import is_full_name, is_person, is_told_alone, is_writer, names, without_place, without_role
from tui.text.words.phrases import LABELLED, OTHER_DAY, WEEKDAY
from tui.text.words.sitename import fold

_TELLING = frozenset({"author", "link", "time"})
_SIGNED = AUTHORS | {
    "contributor", "contributors", "writer", "writers", "reporter", "journalist", "vcard",
    "autor", "autores", "autoren", "autore", "autori", "auteur", "auteurs", "firma", "signature", "forfatter", "verfasser",
}  # fmt: skip
"""Words in the names of elements that hold who wrote a page."""
_ENDS_SIGNED = lazy(r"(?:author|byline)(?:s|name|names|info|link|col|details|meta|text|list)?$|^(?:posted|written)by$")
"""How others end: `postauthor`."""
_QUOTING = frozenset({"quote", "blockquote", "pullquote", "testimonial", "testimonials", "statement"})
"""Words in the names of elements whose author is that of a saying."""
_PICTURING = frozenset({"photo", "image", "picture", "caption", "comment"})
"""The same of a picture, or of a comment."""
_POSTED_BY = frozenset({"posted", "by"})
_MANY = frozenset({"reviews", "comments"})
_SAID = _MANY | {"review", "comment"}
"""Words in the names of elements that hold what readers say."""
_NEAR = 12
"""Lines below the title, above and below the body that may speak of the article."""
_MOST_BETWEEN = 40
"""Lines from the title on, and above the body, that may name people."""
_INSIDE = 3
"""Lines from the start of the body on that may be its byline."""
_MAX_LINE = 120
"""Code points of a line that is looked at for people."""
_MAX_NAME = 60
_BOXES = 4
"""Elements in each other of which one is named for authors, around a link to somebody's page."""
_APART = 2
"""Lines that the names of several people may stand apart."""
_AUTHOR_PAGE = lazy(
    r"(?:^|[/?_.-])(?:authors?|autor(?:en|es)?|auteurs?|autori|contributors?|contributing-writers|columnists?|journalists?|writers?|editors|reporters?|redactie|redaktion|byline)(?=[/=_-])",
    re.IGNORECASE,
)
"""Addresses of pages about authors."""
_PERSON_PAGE = lazy(
    r"/(?:(?:user)?profiles?|people|persons?|staff|team|users?|members?|u)/|/@|[?&](?:u|uid|user)=", re.IGNORECASE
)
"""Addresses of pages about people, who are authors where the line says so."""
_TOPIC_PAGE = lazy(r"/(?:tags?|topics?|categor(?:y|ies)|kategorien?|sections?|themen?)(?:/|$)", re.IGNORECASE)
"""Addresses of pages about what a page is about."""
_OTHER_ROLE = lazy(
    r"\b(?:review|fact|check|edit|illustrat|photo|translat)\w*\b|\b(?:more|learn|follow|email|view|read|join|become|about|articles?|stories|posts?|founder|officer|manager|contributors?|authors?"
    r"|columnist|reporter|correspondent|writer)\b|^contact\b|^@|^(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)$",
    re.IGNORECASE,
)
"""What stands beside an author: what they do, what else there is of them, who looked at the page."""
_BY = lazy(
    r"^(?:(?:written|posted|published|reported|story|words|text)\s)?(?:by[\s:]{1,3}|by(?=[A-Z])|von\s|par\s|por\s|文[●／/]\s?|(?:作者|著者|撰文|记者|記者)[:：]\s?|(?:authors?|autor(?:in|en|es|e|a)?|auteurs?|автор|yazar|penulis)\s?:\s{0,2})",
    re.IGNORECASE,
)
_ALONE = lazy(
    r"^(?:(?:article|written|posted|published|reported|submitted|contributed|authored|created|story|words|text)\s)?by:?$|^(?:(?:about|meet) the )?authors?:?$|^(?:autor(?:in|en)?|auteurs?|autore|autora|автор|作者|著者)[:：]?$",
    re.IGNORECASE,
)
"""What stands alone on the line above an author."""
_WROTE = lazy(r"^(?:(?:article|written|words) by|(?:(?:about|meet) the )?author):?$", re.IGNORECASE)
"""What of it says so of the page and not of a comment."""
_ALL_BY = lazy(
    r"^(?:(?:see|view|read|show) )?(?:all|more|other)\s(?:articles|posts|stories|entries)\sby:?\s", re.IGNORECASE
)
"""What leads to the other pages of an author."""
_BEGAN = lazy(r"\b(?:start(?:er|ed)|posted|asked|created|author|eröffnet|autor|автор)\b|楼主|樓主|作者", re.IGNORECASE)
"""Beside who began a thread."""
_DASH = lazy(r"\s[-–—]\s")
"""Between a name and what somebody is."""
_BAR = lazy(r"[|·•]")
_OF_DAY = lazy(r"^(?:\s{0,2}[-–,]?\s{0,2}\d{1,2}[:.]\d\d)?\s{0,2}(?:Uhr|г\.|год[ау]?|WIB|[A-Z]{2,4}T|GMT|UTC)?(?!\w)")
"""What still belongs to a day behind it."""
_BETWEEN = " ,:|·•-–—"
"""Signs between a day and a name."""
_READING = lazy(r"\d{1,2}[\s-]?min(?:ute)?[ns]?\.?(?:\s(?:read|lesezeit|de lecture|de lectura))?", re.IGNORECASE)
"""How long it takes to read a page."""
_CHANGED = lazy(
    r"updat|modifi|edited|revis|chang|aktualis|geändert|zuletzt|mis à jour|actualiz|aggiornat|atualiz|обновл|更新|修改|修正|수정|bijgewerkt|zmian|oppdatert|uppdater|opdater",
    re.IGNORECASE,
)
"""Words in front of a day that is not the one of publishing."""
_PUBLISHED = lazy(
    r"\b(?:published|posted|first\spublished|publish(?:ed|ing)?\sdate|date\spublished|veröffentlicht|erschienen|publié|publicado|pubblicato|gepubliceerd|opublikowano|publicerad|publisert|опубликовано)\b|发布|發布|發佈|发表|發表|公開|掲載",
    re.IGNORECASE,
)
"""Words in front of the day of publishing."""
_MAX_LABEL = 30
"""Code points in front of a day, on its line or alone on the one above, that say what day it is."""


_MAX_PLACE = 20
"""Code points of a line between a name and the day."""
_LABELS = frozenset({
    "category", "categories", "tag", "tags", "topic", "topics", "section", "kicker", "label", "eyebrow", "channel", "rubric",
    "breadcrumb", "breadcrumbs", "menu", "nav", "share", "button", "btn", "location", "place",
})  # fmt: skip
"""Words in the names of elements that say what a page is about, or where."""
_MAX_BESIDE = 40
"""Code points beside the days of a line up to which it says when; a longer one says what a picture shows."""
_STAMPED, _ASIDE = 5, 8
"""Ranks of days that stand alone near the title, and amid other words or below the body."""
_LEAST = 9
"""Rank of a name that no word and no markup calls an author's; houses that sign for all have a higher one."""
_DAYS_EARLIER = 2
"""Days that lie between two statements that no time zone explains."""


def said_of(lines: Sequence[Paragraph], nodes: Sequence[Node]) -> set[int]:
    """Return the lines of what readers say of a page, behind the start of its body: their names and days are not the page's."""
    told = hints_with(nodes, _SAID)
    body = next((number for number, line in enumerate(lines) if line.kind in BODY_KINDS), -1)
    if not told or body < 0:
        return set()
    # Of one thing alone it may be a part of the page: the box about who wrote a review.
    count = Counter(node.hint for node in nodes if node.hint in told)
    around = {
        node
        for number, line in enumerate(lines[: body + 1])
        if line.kind == "title" or number == body
        for node in _around(nodes, line.node)
    }
    holders = {
        number
        for number, node in enumerate(nodes)
        if number not in around and node.hint in told and (count[node.hint] > 1 or not _MANY.isdisjoint(names_of(node)))
    }
    # Below a standfirst stands who wrote the page.
    below = body + 1 + sum(line.kind == "byline" for line in lines[body + 1 : body + 2])
    return {
        number
        for number in range(below, len(lines))
        if lines[number].kind not in BODY_KINDS and not holders.isdisjoint(_around(nodes, lines[number].node))
    }


def _around(nodes: Sequence[Node], node: int) -> Iterator[int]:
    while node >= 0:
        yield node
        node = nodes[node].parent


def read(
    statements: Statements,
    lines: Sequence[Paragraph],
    nodes: Sequence[Node],
    spans: Sequence[Span],
    fetched: str | None,
    said: Set[int] = frozenset(),
) -> None:
    """Add who wrote the page and when, from the lines around its title and its body.

    >>> from tui.text.markup import html, paragraphs
    >>> page = html.parse("<h1>Rain</h1><a href=/author/ann>Ann Lee</a><p><time datetime=2024-05-02>Thursday</time><p>It rained.")
    >>> lines = paragraphs.read(page.text, page.lines)
    >>> paragraphs.claim(lines, {0: "title", 3: "body"})
    >>> statements = Statements()
    >>> read(statements, lines, list(page.nodes), list(page.spans), None)
    >>> {key: field.value for key, field in statements.fields().items()}
    {'author': ['Ann Lee'], 'date': '2024-05-02'}
    """
    body = [number for number, line in enumerate(lines) if line.kind in BODY_KINDS]
    if not body:
        return
    near = [number for number in _above(lines, body[0]) if number not in said]
    below = range(body[-1] + 1, min(len(lines), body[-1] + 1 + _NEAR))
    # The end of a body of one line or two says little: of papers it is their title at times.
    end = below.start if len(body) >= _INSIDE else len(lines)
    above = [number for number in near if number < end]
    page = _Marked(lines, nodes, by_line(lines, spans, _TELLING))
    title = max((number for number in range(body[0] + 1) if lines[number].kind == "title"), default=-1)
    # A byline stands below the title rather than above it, where menus are.
    ordered = sorted(above, key=lambda number: (number < title, number))
    # A link to somebody beside a day looks like one to another article.
    ordered += [
        number for number in range(title + 1, min(body[0], title + 1 + _INSIDE)) if lines[number].kind == "headline"
    ]
    if title >= 0:  # buttons may stand between
        far = range(title + _NEAR + 1, min(body[0], title + _MOST_BETWEEN))
        ordered += [n for n in far if n not in said and n not in above and lines[n].kind in ("boiler", "byline")]
    statements.add("author", page.people(ordered), "text: named for its author", "probable", rank=5)
    statements.add(
        "author",
        page.people([number for number in below if number not in said]),
        "text: named for its author",
        "probable",
        rank=8,
    )
    if not statements.has("author"):
        told = next(filter(None, map(page.signed, range(below.stop, len(lines)))), [])
        statements.add("author", told, "text: label below the body", "probable", rank=8)
    if title >= 0 and not statements.has("author", most=_LEAST):
        beside = next(filter(None, map(page.stood, range(title + 1, min(len(lines), title + 1 + _INSIDE)))), [])
        statements.add("author", beside, "text: below the title", "probable", rank=_LEAST)
    days = {day[:10] for number in near for _, _, day, _ in _days(lines[number], page.spans.get(number, ()), fetched)}
    stated = next((value for value, _origin in statements.values("date")), "")
    # Where readers are shown the head's own day too, another one is not the page's.
    is_moved = bool(stated) and stated[:10] not in days
    for number in near:
        spans_of, is_near = page.spans.get(number, ()), number < body[0] + _INSIDE
        # Below a short body stand comments, with days of theirs.
        rank = _STAMPED if number < end else _ASIDE
        _state_days(statements, lines, number, spans_of, fetched, is_moved=is_moved, is_near=is_near, rank=rank)
    for number in range(body[0], below.stop):
        if number not in said and lines[number].kind in ("boiler", "byline") and _is_labelled(lines, number):
            spans_of = page.spans.get(number, ())
            _state_days(statements, lines, number, spans_of, fetched, is_moved=is_moved, is_near=False, rank=_STAMPED)


def from_post(statements: Statements, post: Post, lines: Sequence[Paragraph] = (), spans: Sequence[Span] = ()) -> None:
    """Add who began a thread and when, as the line below its title says, or its first post."""
    title = max(
        (number for number, line in enumerate(lines) if line.kind == "title" and line.start < post.start), default=-1
    )
    below = range(title + 1, min(len(lines), title + 1 + _INSIDE)) if title >= 0 else range(0)
    linked = by_line(lines, spans, _TELLING) if below else {}
    for number in below:
        line = lines[number]
        if line.start >= post.start or len(line.text) > _MAX_LINE or not (line.dates() or _BEGAN.search(line.text)):
            continue
        who = [
            line.text[span.start - line.start : span.end - line.start].strip()
            for span in linked.get(number, ())
            if span.kind == "link" and _PERSON_PAGE.search(span.value)
        ]
        statements.add("author", list(filter(is_person, who))[:1], "text: below the title", "probable", rank=6)
        if who:
            days = [day.iso for day in line.dates() if day.iso]
            statements.add("date", next(iter(days), None), "text: below the title", "probable", rank=4)
    statements.add("author", [post.author] if post.author else [], "text: first post", "probable", rank=7)
    statements.add("date", post.date and dates.iso(post.date), "text: first post", "probable", rank=4)


def _above(lines: Sequence[Paragraph], first: int) -> list[int]:
    """Lines that stand around the title, above the body and at its start."""
    begins = [*islice((n for n in range(first, len(lines)) if lines[n].kind in BODY_KINDS), _INSIDE)]
    near = {*range(max(0, first - _NEAR), max(first + _INSIDE, min(first + _NEAR, begins[-1])))}
    for title, line in enumerate(lines[: first + 1]):
        if line.kind == "title":
            near.update(range(max(0, title - _INSIDE), title + _NEAR + 1))
    told = [number for number in sorted(near) if number < len(lines)]
    return [
        number
        for number in told
        if lines[number].kind in ("boiler", "byline") or (number < first + _INSIDE and lines[number].kind in BODY_KINDS)
    ]


class _Marked(NamedTuple):
    """Lines, and what their markup tells of people."""

    lines: Sequence[Paragraph]
    nodes: Sequence[Node]
    spans: dict[int, list[Span]]

    def people(self, numbers: Sequence[int]) -> list[str]:
        """Return whom the first line names that names anybody, and the people to whom the next ones link in the same way."""
        people: list[str] = []
        last = -1
        for number in numbers:
            if people and not last < number <= last + _APART:
                break
            is_short = len(self.lines[number].text) <= _MAX_LINE
            linked = self._linked(number) if is_short or self._is_by_author(number) else []
            may_go_on = not people or self._goes_on(last, number)
            if is_short and (told := linked or (self._named(number) if may_go_on else [])):
                people += told
                last = number
        return list(dict.fromkeys(people))

    def _is_by_author(self, number: int) -> bool:
        """Whether a line begins with who wrote the page and links to it, and goes on with who that is."""
        line = self.lines[number]
        by = _BY.match(line.text)
        at = line.start + by.end() if by else -1
        return any(span.kind == "link" and span.start == at for span in self.spans.get(number, ()))

    def _goes_on(self, last: int, number: int) -> bool:
        """Whether a line is the next item of a list of authors that another one is in."""
        if number != last + 1:
            return False
        one, two = (self.nodes[self.lines[each].node] for each in (last, number))
        is_item = one.parent == two.parent and one.tag == two.tag == "li"
        is_named = one.hint == two.hint and not _SIGNED.isdisjoint(names_of(one))
        return (is_item or is_named) and all(map(is_told_alone, self._named(number)))

    def signed(self, number: int) -> list[str]:
        """Whom a line names far from the body that stands below a label alone; with what is by many, others stand there."""
        line, over = self.lines[number], self.lines[number - 1]
        is_signed = len(over.text) <= _MAX_LABEL and _WROTE.match(over.text) and len(line.text) <= _MAX_NAME
        return _names([line.text]) if is_signed and line.kind in ("boiler", "byline") else []

    def stood(self, number: int) -> list[str]:
        """Whom a line right below the title names with what they are, or beside day and reading time."""
        line = self.lines[number]
        if len(line.text) > _MAX_LINE or line.kind not in ("boiler", "byline"):
            return []
        name, comma, role = line.text.partition(", ")
        if comma and is_writer(role) and is_full_name(name):
            return [name]
        is_link = any(span.kind == "link" for span in self.spans.get(number, ()))
        if is_link:
            return []
        if self._is_alone(number):
            return [line.text]
        parts = [part.strip() for part in _BAR.split(line.text)] if line.dates() else []
        people = [without_role(part) for part in parts if not _OTHER_ROLE.search(part)]
        people = [part for part in people if is_full_name(part)]
        is_told = any(map(_READING.fullmatch, parts))
        return people if len(people) == 1 and is_told else self._beside_day(line)

    def _beside_day(self, line: Paragraph) -> list[str]:
        """Whom a line names that says nothing else but the day."""
        days = line.dates()
        if not days or line.level is not None or not _LABELS.isdisjoint(names_of(self.nodes[line.node])):
            return []
        before, behind = line.text[: days[0].start], _OF_DAY.sub("", line.text[days[-1].end :])
        if before.rstrip().endswith(",") and not _BY.match(before):
            return []  # as datelines name places
        parts = [part.strip(_BETWEEN) for part in (WEEKDAY.sub("", before), behind)]
        people = [_BY.sub("", part) for part in parts if part]
        return people if len(days) == len(people) == 1 and is_full_name(people[0]) and is_told_alone(people[0]) else []

    def _is_alone(self, number: int) -> bool:
        """Whether a line is but a full name beside the day, or above what somebody is who writes."""
        line = self.lines[number]
        if line.level is not None or not is_full_name(line.text) or not is_told_alone(line.text):
            return False
        around = names_of(self.nodes[line.node])
        behind = self.lines[number + 1].text.partition(",")[0] if number + 1 < len(self.lines) else ""
        return around.isdisjoint(_LABELS) and (self._is_beside_day(number) or is_writer(behind))

    def _is_beside_day(self, number: int) -> bool:
        """Whether the line above or below is but a day, or the one that follows a word below it."""
        near = [each for each in (number - 1, number + 1) if 0 <= each < len(self.lines)]
        if near and near[-1] > number and len(self.lines[near[-1]].text) <= _MAX_PLACE:
            near += [number + 2] if number + 2 < len(self.lines) else []
        return any(self._is_day(each) for each in near)

    def _is_day(self, number: int) -> bool:
        line = self.lines[number]
        days = line.dates() if len(line.text) <= _MAX_LINE else []
        return bool(days) and len(line.text) - sum(day.end - day.start for day in days) <= _MAX_BESIDE

    def _linked(self, number: int) -> list[str]:
        """Whose pages a line links to; those of other people than authors count where the line is a byline."""
        line = self.lines[number]
        links = [span for span in self.spans.get(number, ()) if span.kind == "link"]
        told = [span for span in links if _AUTHOR_PAGE.search(span.value)]
        if not told and (_BY.match(line.text) or line.dates() or self._is_signed(line.node, _BOXES)):
            told = [span for span in links if _PERSON_PAGE.search(span.value)]
        if not told and len(links) == 1 and "/@" in links[0].value and self._is_beside_day(number):
            told = links if is_told_alone(line.text) else []
        texts = [(line.text[span.start - line.start : span.end - line.start].strip(), span.value) for span in told]
        return _names(text for text, _link in texts) or [
            # In small letters a name is told by the address that spells it.
            text
            for text, link in texts
            if text[:1].isalpha() and is_person(text) and fold(text) in {fold(part) for part in link.split("/")}
        ]

    def _named(self, number: int) -> list[str]:
        line = self.lines[number]
        texts = [
            line.text[span.start - line.start : span.end - line.start]
            for span in self.spans.get(number, ())
            if span.kind == "author"
        ]
        if texts and self._is_quoted(line.node):
            return []
        links = [span.value for span in self.spans.get(number, ()) if span.kind == "link"]
        is_told = self._is_signed(line.node) or (number > 0 and _ALONE.match(self.lines[number - 1].text))
        if label := _ALL_BY.match(line.text):
            texts = [line.text[label.end() :]]
        elif not texts and is_told and not any(map(_TOPIC_PAGE.search, links)):
            days = line.dates()
            text = line.text[: days[0].start] if days else line.text
            # Digits in an address are those of a house or a town.
            is_place = any(map(str.isdigit, text)) and self._is_in_address(line.node)
            texts = [] if is_place else [text]
        return _names(texts)

    def _is_in_address(self, node: int) -> bool:
        return any(self.nodes[each].tag == "address" for each in (node, self.nodes[node].parent) if each >= 0)

    def _is_quoted(self, node: int) -> bool:
        """Whether an element stands in what is named for a saying of somebody's."""
        around = islice(_around(self.nodes, node), _BOXES)
        return any(not _QUOTING.isdisjoint(names_of(self.nodes[each])) for each in around)

    def _is_signed(self, node: int, boxes: int = 2) -> bool:
        """Whether an element, or one of those that it stands in, is named for who wrote the page."""
        if self._is_quoted(node):
            return False
        for _box in range(boxes):
            if node < 0:
                break
            if self.nodes[node].tag == "address":
                return True
            around, hint = names_of(self.nodes[node]), self.nodes[node].hint
            may_end = "author" in hint or "by" in hint
            if not _PICTURING.isdisjoint(around):
                break
            ends_signed = may_end and any(map(_ENDS_SIGNED.search, around))
            if not _SIGNED.isdisjoint(around) or ends_signed or around >= _POSTED_BY:
                return True
            node = self.nodes[node].parent
        return False


def _is_name(text: str) -> bool:
    return len(text) <= _MAX_NAME and not _OTHER_ROLE.search(text)


def _names(texts: Iterable[str]) -> list[str]:
    bare = [_DASH.split(_without_by(text.strip()), maxsplit=1)[0] for text in texts]
    bare = [text if "," in text else without_role(text) for text in bare]
    # Behind a comma stands what somebody is, and where: that may be long.
    people = [name for text in bare if _is_name(text.partition(",")[0]) for name in names(text)]
    return [name for name in people if not (name.isascii() and name[0].islower()) and not _OTHER_ROLE.search(name)]


def _without_by(text: str) -> str:
    if match := _BY.match(text):
        return without_place(text[match.end() :])
    match = LABELLED.match(text)
    people = names(match["names"]) if match else []
    return ", ".join(people) if people and all(map(is_full_name, people)) else text


def _state_days(
    statements: Statements,
    lines: Sequence[Paragraph],
    number: int,
    spans: Sequence[Span],
    fetched: str | None,
    *,
    is_moved: bool,
    is_near: bool,
    rank: int,
) -> None:
    """State the days that a line near the title gives, and which of them are those of a change."""
    line = lines[number]
    if len(line.text) > _MAX_LINE:
        return
    over = lines[number - 1] if number else line
    label = over.text if len(over.text) <= _MAX_LABEL and not over.dates() else ""
    days = [*_days(line, spans, fetched)]
    beside = len(line.text) - sum(end - start for start, end, *_ in days)
    is_stamp = beside <= _MAX_BESIDE or any(span.kind == "time" for span in spans)
    at = 0
    stated = next((value for value, _origin in statements.values("date")), "")
    for start, end, day, is_sure in days:
        certainty: Certainty = "certain" if is_sure else "probable"
        before = line.text[at:start][-_MAX_LABEL:] or (label if not at else "")
        at = end
        if OTHER_DAY.search(before):
            continue
        if _CHANGED.search(before):
            statements.add("date_modified", day, "text: near the title", certainty, rank=5)
            statements.add("date", day, "text: near the title, of a change", "probable", rank=9)
        elif is_moved and is_stamp and line.kind not in BODY_KINDS and _is_earlier(day, stated):
            statements.add("date", day, "text: near the title, before the day of the head", "probable", rank=0)
        elif is_stamp and _PUBLISHED.match(before.lstrip()) and (not stated or _is_apart(day, stated, is_near=is_near)):
            statements.add("date", day, "text: near the title, of publishing", "probable", rank=0)
        else:
            statements.add("date", day, "text: near the title", certainty, rank=rank if is_stamp else _ASIDE)


def _is_labelled(lines: Sequence[Paragraph], number: int) -> bool:
    """Whether a line begins with a word for the day of publishing, or with a day below such a word alone."""
    line, over = lines[number], lines[number - 1]
    is_below = len(over.text) <= _MAX_LABEL and _PUBLISHED.match(over.text) is not None and not over.dates()
    return _PUBLISHED.match(line.text) is not None or (is_below and any(day.start == 0 for day in line.dates()))


def _is_earlier(day: str, stated: str) -> bool:
    """Whether readers are shown a day well before the one that the head states: that of moving the page to another system."""
    return _days_between(day, stated) >= _DAYS_EARLIER


def _is_apart(day: str, stated: str, *, is_near: bool) -> bool:
    """Whether a day of publishing is another than the head's; far from the title a later one is a comment's or another page's."""
    between = _days_between(day, stated)
    return between >= _DAYS_EARLIER or (is_near and between <= -_DAYS_EARLIER)


def _days_between(day: str, stated: str) -> int:
    """Days from one to the other; 0 where one of them is none."""
    try:
        return (date.fromisoformat(stated[:10]) - date.fromisoformat(day[:10])).days
    except ValueError:
        return 0


def _days(line: Paragraph, spans: Sequence[Span], fetched: str | None) -> Iterator[tuple[int, int, str, bool]]:
    """Where days stand, in order, and whether they are sure; what a time element states goes before how it reads."""
    stated = [
        (span.start - line.start, span.end - line.start, day.iso, day.is_sure)
        for span in spans
        if span.kind == "time" and (day := dates.first(span.value)) and day.iso
    ]
    if stated:
        yield from stated
        return
    found = dates.find(line.text, fetched)
    if not found and (stamp := dates.stamp(line.text)):
        found = [stamp]
    for each in found:
        if each.iso:
            yield each.start, each.end, each.iso, each.is_sure
