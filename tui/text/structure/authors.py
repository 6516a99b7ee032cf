"""Where the posts of a forum's page begin, who wrote each, and when."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from tui.core.model import Post, Span
from tui.core.page import Node
from tui.text.markup.marks import AUTHORS
from tui.text.markup.paragraphs import Paragraph
from tui.text.structure.linklists import by_line
from tui.text.structure.places import names
from tui.text.structure.posts import is_stamp, signature_of
from tui.text.words import dates
from tui.text.words.phrases import OTHER_DAY

_TELLING = frozenset({"author", "link", "time"})
"""Kinds of span that say who wrote, or when."""
_ROUNDS = 3
"""Kinds of element that posts stand in: the first of a thread, answers, comments on them."""
_MAX_NAME = 40
"""Code points of an author's name."""
_PERSON = re.compile(
    r"(?:^|/)(?:users?|members?|memberlist|profiles?|people|authors?|u|home|space)\b|/@|[?&](?:u|uid|user|userid)=",
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
        for _round in range(_ROUNDS):
            holders = self._holders(owner)
            if len(holders) < 2:
                break
            for number, node in enumerate(self.nodes):
                if number in holders:
                    owner[number] = number
                elif owner[number] < 0 and node.parent >= 0:
                    owner[number] = owner[node.parent]
        return [owner[line.node] for line in self.lines]

    def _holders(self, owner: Sequence[int]) -> set[int]:
        """Of what is in no post yet, the elements of the kind of which most hold what was written, and when or by whom."""
        signed: set[int] = set()
        for line, is_signed in zip(self.lines, self._is_signed, strict=True):
            if is_signed and owner[line.node] < 0:
                signed.update(self._around(line.node))
        nearest: dict[object, dict[int, None]] = defaultdict(dict)
        for line in self.lines:
            if line.kind == "post" and owner[line.node] < 0:
                near = {self._signatures[node]: node for node in reversed([*self._around(line.node)]) if node in signed}
                for kind, node in near.items():
                    nearest[kind].setdefault(node)
        return set(max(nearest.values(), key=lambda held: (len(held), -min(held)), default=()))

    def _around(self, node: int) -> Iterator[int]:
        while node >= 0 and self.nodes[node].tag not in ("html", "body", "main", ""):
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
) -> list[Post]:
    """Return the posts in order; those that stand in no element of their own are parts of the ones before.

    >>> from tui.text.markup import html, paragraphs
    >>> text = "<p>It rained all day here, again.</p>"
    >>> page = html.parse("".join(f"<div class=post><span class=author>{name}</span> 2021-12-07 23:33{text}</div>" for name in ("Ann", "Bo")))
    >>> read = paragraphs.read(page.text, page.lines)
    >>> paragraphs.claim(read, {1: "post", 3: "post"})
    >>> find(read, list(page.nodes), list(page.spans))[1]
    Post(start=52, author='Bo', date='2021-12-07T23:33')
    """
    thread = _Thread(lines, nodes, spans)
    own: dict[int, list[int]] = defaultdict(list)
    for number, owner in enumerate(thread.owners()):
        if owner >= 0:
            own[owner].append(number)
    posts = [
        Post(lines[numbers[0]].start, _author(thread, holder, numbers), _date(thread, numbers, fetched))
        for holder, numbers in own.items()
    ]
    return sorted(posts, key=lambda post: post.start)


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
            yield line.text


def _texts(thread: _Thread, number: int, kind: str) -> Iterator[str]:
    """What the spans of a kind say in a line: words, and no dates."""
    line = thread.lines[number]
    for span in thread.spans.get(number, ()):
        text = line.text[span.start - line.start : span.end - line.start].strip()
        is_person = kind != "link" or _PERSON.search(span.value) is not None
        if span.kind == kind and is_person and any(map(str.isalpha, text)) and not dates.find(text):
            yield text


def _date(thread: _Thread, numbers: Sequence[int], fetched: str | None) -> str | None:
    stated = (span.value for number in numbers for span in thread.spans.get(number, ()) if span.kind == "time")
    stamps = [thread.lines[number].text for number in numbers if thread.is_stamp[number]]
    told = (
        day.iso or text[day.start : day.end]
        for text in stamps
        for day in dates.find(text, fetched)
        if not OTHER_DAY.search(text[: day.start])
    )
    return next(filter(None, [*map(dates.iso, stated), *told]), None)
