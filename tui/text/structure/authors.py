"""Where the posts of a forum's page begin, who wrote each, and when."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set

from tui.core.model import Post, Span
from tui.core.page import Node
from tui.text.markup.marks import AUTHORS
from tui.text.markup.paragraphs import Claims, Paragraph
from tui.text.structure import numbers as counting
from tui.text.structure.linklists import by_line
from tui.text.structure.places import names
from tui.text.structure.posts import Signature, is_stamp, signature_of
from tui.text.words import dates
from tui.text.words.phrases import OTHER_DAY

_TELLING = frozenset({"author", "link", "time"})
"""Kinds of span that say who wrote, or when."""
_ROUNDS = 3
"""Kinds of element that posts stand in: the first of a thread, answers, comments on them."""
_ROOTS = frozenset({"html", "body", "main", ""})
_WRITTEN = frozenset({"post", "quote"})
_MAX_NAME = 40
"""Code points of an author's name."""
_NEARLY_ALL = 0.8
"""Share of the posts that have a name at one place, from which on it is their author's."""
_AROUND_NAME = " \t\u3000@・·•|,:：-–—"
_MAX_STAMP = 30.0
"""Size of a line up to which it may say when."""
_SHORT_YEAR = re.compile(r"(?<![\d/.])(\d{1,2}([/.])\d{1,2})\2(\d\d)(?![\d/])")
_DAY_FIRST = re.compile(r"(?<![\d/])(?:1[3-9]|2\d|3[01])/(?:0?[1-9]|1[0-2])/(?:\d{4}|\d\d)(?!\d)")
_SAYS = re.compile(r"\s(?:says|said|wrote|writes|schrieb|sagt|dit|a écrit|dice):?$")
_PERSON = re.compile(
    r"(?:^|/)(?:users?|members?|memberlist|profiles?|people|authors?|u|home|space)\b|/@|[?&;](?:u|uid|user|userid)=",
    re.IGNORECASE,
)
"""Addresses of pages about people."""


class _Thread:
    """The lines of a page, and which element holds each as a post."""

    def __init__(self, lines: Sequence[Paragraph], nodes: Sequence[Node], spans: Sequence[Span]) -> None:
        self.lines, self.nodes = lines, nodes
        self._signatures = [signature_of(node) for node in nodes]
        self.spans = by_line(lines, spans, _TELLING)
        self.is_stamp = [is_stamp(line) for line in lines]
        self._is_signed = [self._signs(number) for number in range(len(lines))]

    def _signs(self, number: int) -> bool:
        """Whether a line says when something was written, or by whom."""
        node = self.nodes[self.lines[number].node]
        around = names(node) | (names(self.nodes[node.parent]) if node.parent >= 0 else frozenset())
        told = {span.kind for span in self.spans.get(number, ())}
        return self.is_stamp[number] or not AUTHORS.isdisjoint(around) or bool(told & {"author", "time"})

    def owners(self) -> list[int]:
        """Of each line the element that holds it as a post; -1: none does."""
        owner = [-1] * len(self.nodes)
        around: set[int] = set()
        for _round in range(_ROUNDS):
            holders = self._holders(owner, around)
            if len(holders) < 2:
                break
            for number, node in enumerate(self.nodes):
                if number in holders:
                    owner[number] = number
                elif owner[number] < 0 and node.parent >= 0:
                    owner[number] = owner[node.parent]
            around.update(above for number in holders for above in self._around(number))
        return [owner[line.node] for line in self.lines]

    def _holders(self, owner: Sequence[int], around: Set[int]) -> set[int]:
        """Of what is in no post yet, the elements of the kind of which most hold what was written, and when or by whom.

        They reach as far as nothing else was written, and so do elements of their tag beside them. `around` are the
        elements that hold posts.
        """
        signed: set[int] = set()
        written = [0] * len(self.nodes)
        for line, is_signed in zip(self.lines, self._is_signed, strict=True):
            written[line.node] += line.kind in _WRITTEN
            if is_signed and owner[line.node] < 0:
                signed.update(self._around(line.node))
        for number in range(len(written) - 1, 0, -1):
            if (above := self.nodes[number].parent) >= 0:
                written[above] += written[number]
        nearest: dict[object, dict[int, None]] = defaultdict(dict)
        for line in self.lines:
            if line.kind == "post" and owner[line.node] < 0:
                near = {self._signatures[node]: node for node in reversed([*self._around(line.node)]) if node in signed}
                for kind, node in near.items():
                    nearest[kind].setdefault(node)
        holders = set(max(nearest.values(), key=lambda held: (len(held), -min(held)), default=()))
        holders = self._climbed(holders, written, around)
        beside = Counter((self.nodes[number].parent, self.nodes[number].tag) for number in holders)
        taken = {above for number in holders for above in self._around(number)} | around
        return holders | {
            number
            for number in signed - taken
            if written[number] and beside[self.nodes[number].parent, self.nodes[number].tag] > 1
        }

    def _climbed(self, holders: set[int], written: Sequence[int], around: Set[int]) -> set[int]:
        """The outermost elements of one kind around most of the `holders`, each of which holds nothing more that was written."""
        while True:
            wider = {
                number: above
                for number in holders
                if (above := self.nodes[number].parent) >= 0
                and self.nodes[above].tag not in _ROOTS
                and written[above] == written[number]
                and above not in around
            }
            alike = Counter(self._signatures[above] for above in wider.values())
            if max(alike.values(), default=0) * 2 <= len(holders):
                return holders
            holders = {wider.get(number, number) for number in holders}

    def place(self, number: int) -> tuple[Signature, ...]:
        """Of what kind the element is that holds a line; where that has no name, the one around it as well."""
        node = self.lines[number].node
        own, above = self._signatures[node], self.nodes[node].parent
        return (own,) if own[1] or above < 0 else (own, self._signatures[above])

    def _around(self, node: int) -> Iterator[int]:
        while node >= 0 and self.nodes[node].tag not in _ROOTS:
            yield node
            node = self.nodes[node].parent

    def is_named(self, node: int, holder: int) -> bool:
        """Whether an element in a post is named for who wrote it, or stands in one that is."""
        while node not in (holder, -1):
            if not AUTHORS.isdisjoint(names(self.nodes[node])):
                return True
            node = self.nodes[node].parent
        return False


def find(
    lines: Sequence[Paragraph], nodes: Sequence[Node], spans: Sequence[Span], fetched: str | None = None
) -> tuple[list[Post], Claims]:
    """Return the posts in order, and the lines that nobody wrote; posts that stand in no element of their own are parts of the ones before.

    >>> from tui.text.markup import html, paragraphs
    >>> text = "<p>It rained all day here, again.</p>"
    >>> page = html.parse("".join(f"<div class=post><span class=author>{name}</span> 2021-12-07 23:33{text}</div>" for name in ("Ann", "Bo")))
    >>> read = paragraphs.read(page.text, page.lines)
    >>> paragraphs.claim(read, {1: "post", 3: "post"})
    >>> find(read, list(page.nodes), list(page.spans))[0][1]
    Post(start=52, author='Bo', date='2021-12-07T23:33', number=None)
    """
    thread = _Thread(lines, nodes, spans)
    own: dict[int, list[int]] = defaultdict(list)
    for number, owner in enumerate(thread.owners()):
        if owner >= 0:
            own[owner].append(number)
    around = [[number for number in numbers if _is_around(lines[number])] for numbers in own.values()]
    counts = counting.find([[(thread.place(number), lines[number]) for number in numbers] for numbers in around])
    authors = _authors(thread, own)
    days = _days(thread, own, fetched)
    posts = [
        Post(lines[numbers[0]].start, author, day, count)
        for numbers, author, day, count in zip(own.values(), authors, days, counts, strict=True)
    ]
    return sorted(posts, key=lambda post: post.start), _furniture(thread, own, authors)


def _is_around(line: Paragraph) -> bool:
    """Whether a line is none of what was written."""
    return line.kind not in _WRITTEN


def _authors(thread: _Thread, own: Mapping[int, Sequence[int]]) -> list[str]:
    """The author of each post, whose lines are told by the element that holds it.

    Where most have none that markup tells, it is who is named at the same place of each.
    """
    authors = [_author(thread, holder, numbers) for holder, numbers in own.items()]
    if 2 * sum(map(bool, authors)) >= len(authors):
        return authors
    return [author or name for author, name in zip(authors, _at_one_place(thread, own), strict=True)]


def _at_one_place(thread: _Thread, own: Mapping[int, Sequence[int]]) -> list[str]:
    """What stands at the place that nearly all posts have, where it leads to a page of its name or beside when it was written."""
    places: dict[object, dict[int, str]] = defaultdict(dict)
    for post, numbers in enumerate(own.values()):
        for number in numbers:
            if name := _named_beside(thread, number):
                places[thread.place(number)].setdefault(post, name)
    best: dict[int, str] = {}
    for named in places.values():
        is_told = len(named) >= _NEARLY_ALL * len(own) and len(set(named.values())) > 1
        if is_told and len(named) > len(best):
            best = named
    return [best.get(post, "") for post in range(len(own))]


def _named_beside(thread: _Thread, number: int) -> str:
    """What may be a name in a line: the first link, if its address has it, or all of a line next to a stamp."""
    line = thread.lines[number]
    if not _is_around(line) or line.is_furniture or line.dates():
        return ""
    for span in thread.spans.get(number, ()):
        text = line.text[span.start - line.start : span.end - line.start].strip(_AROUND_NAME)
        if span.kind == "link" and len(text) <= _MAX_NAME and text and _bare(text) in _bare(span.value):
            return text
    beside = thread.is_stamp[number - 1 : number] + thread.is_stamp[number + 1 : number + 2]
    text = line.text.strip(_AROUND_NAME)
    return text if any(beside) and len(text) <= _MAX_NAME and any(map(str.isalpha, text)) else ""


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()


def _author(thread: _Thread, holder: int, numbers: Sequence[int]) -> str:
    fitting = [name for name in _names(thread, holder, numbers) if 0 < len(name) <= _MAX_NAME]
    # Initials stand for pictures.
    return next((name for name in fitting if len(name) > 1), next(iter(fitting), ""))


def _names(thread: _Thread, holder: int, numbers: Sequence[int]) -> Iterator[str]:
    """What may be the author's name, the likeliest first."""
    for number in numbers:
        yield from _texts(thread, number, "author")
    for number in numbers:
        yield from _texts(thread, number, "link")
    for number in numbers:
        line = thread.lines[number]
        if thread.is_named(line.node, holder) and not (thread.is_stamp[number] or line.is_furniture):
            yield _SAYS.sub("", line.text)


def _texts(thread: _Thread, number: int, kind: str) -> Iterator[str]:
    """What the spans of a kind say in a line: words, and no dates."""
    line = thread.lines[number]
    for span in thread.spans.get(number, ()):
        text = line.text[span.start - line.start : span.end - line.start].strip()
        is_person = kind != "link" or _PERSON.search(span.value) is not None
        if span.kind == kind and is_person and any(map(str.isalpha, text)) and not dates.find(text):
            yield text


def _days(thread: _Thread, own: Mapping[int, Sequence[int]], fetched: str | None) -> list[str | None]:
    """When each post was written. Which number of a date is the day is told by those of all posts together."""
    rows = [(post, _stamp(thread, number)) for post, numbers in enumerate(own.values()) for number in numbers]
    told = [(post, stamp) for post, stamp in rows if stamp]
    joined = "\n".join(stamp for _post, stamp in told)
    matches, is_day_first = dates.find(joined, fetched), _DAY_FIRST.search(joined) is not None
    days: dict[int, str] = {}
    start = at = 0
    for post, stamp in told:
        end = start + len(stamp)
        while at < len(matches) and matches[at].start < end:
            day = matches[at]
            text = stamp[day.start - start : day.end - start]
            if not OTHER_DAY.search(stamp[: day.start - start]):
                days.setdefault(post, (day.iso if day.is_sure or is_day_first else None) or text)
            at += 1
        start = end + 1
    for post, numbers in enumerate(own.values()):
        stated = (span.value for number in numbers for span in thread.spans.get(number, ()) if span.kind == "time")
        if day_stated := next(filter(None, map(dates.iso, stated)), None):
            days[post] = day_stated
    return [days.get(post) for post in range(len(own))]


def _stamp(thread: _Thread, number: int) -> str:
    """What a line says of when; years of two digits are ours."""
    line = thread.lines[number]
    if thread.is_stamp[number]:
        return line.text
    is_short = line.size <= _MAX_STAMP and _is_around(line)
    return _SHORT_YEAR.sub(r"\1\g<2>20\3", line.text) if is_short and _SHORT_YEAR.search(line.text) else ""


def _furniture(thread: _Thread, own: Mapping[int, Sequence[int]], authors: Sequence[str]) -> Claims:
    """Lines that stand where each author says the same in each post: signatures, and what the forum says of them."""
    repeated: Counter[object] = Counter()
    total: Counter[object] = Counter()
    said: dict[tuple[str, object], list[set[str]]] = defaultdict(list)
    for author, numbers in zip(authors, own.values(), strict=True):
        here: dict[object, set[str]] = defaultdict(set)
        for number in numbers:
            if thread.lines[number].kind == "post":
                here[thread.place(number)].add(thread.lines[number].text)
        for place, texts in here.items():
            said[author, place].append(texts)
    for (author, place), posts in said.items():
        if author and len(posts) > 1:
            total[place] += len(posts)
            repeated[place] += len(posts) if all(posts[0] == texts for texts in posts) else 0
    places = {place for place, count in repeated.items() if 2 * count > total[place]}
    return {
        number: "boiler"
        for numbers in own.values()
        for number in numbers
        if thread.lines[number].kind == "post" and thread.place(number) in places
    }
