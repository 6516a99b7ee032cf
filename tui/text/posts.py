"""Posts of a forum's page: elements of the same name that repeat and hold what people wrote."""

import re
from collections.abc import Sequence

from tui.model import Node
from tui.text.paragraphs import Paragraph
from tui.text.plaintext import densest

_TALK = re.compile(
    r"post|comment|reply|replies|answer|question|message|content|body|text|topic|thread|detail|prose|markdown|entry|tweet|status|t_f|t_msgfont|review"
)
_STRONG = re.compile(r"post(?!er)|comment|reply|replies|answer|question|message|topic|thread|prose")
_STATE = frozenset(
    {"odd", "even", "first", "last", "active", "original", "op", "new", "unread", "text-left", "clearfix"}
)
_NAME = re.compile(r"[a-z]+")
_THREAD = frozenset({"forum", "thread", "postlist", "threads", "bbs", "bbpress", "phpbb"})
_POST = frozenset({"post", "reply", "message", "answer"})
_MIN_POSTS = 3
_ENOUGH = 0.6
"""Share of the best run's weight that repeated elements must hold to be taken for the posts."""
_MAX_KINDS = 4
"""Kinds of elements whose text is taken: a question, its answers and their comments have names of their own."""

Signature = tuple[str, frozenset[str]]


def mark_posts(paragraphs: Sequence[Paragraph], nodes: Sequence[Node], weights: Sequence[float]) -> None:
    """Mark what people wrote as posts. `weights` tell for each line how much it reads like running text.

    Where no element repeats, the best run of lines is taken: between two posts stand names, dates and buttons, which cost
    less here than in an article.
    """
    first, last = densest([weight if weight > 0 else weight / 8 for weight in weights])
    wanted = _ENOUGH * sum(weight for weight in weights[first:last] if weight > 0)
    lines = _repeated(paragraphs, nodes, weights)
    if sum(max(weights[place], 0.0) for place in lines) >= wanted:
        chosen = [place for place in lines if weights[place] > -12.0]
    else:
        chosen = [place for place in range(first, last) if weights[place] > 0]
    for place in chosen:
        paragraphs[place].kind = "post"


def is_thread(nodes: Sequence[Node]) -> bool:
    """Say whether several elements named for posts stand in one named for a thread or a forum.

    >>> is_thread([Node(-1, "div", "thread"), *[Node(0, "div", "post")] * 3]), is_thread([Node(-1, "div", "post")])
    (True, False)
    """
    in_thread: list[bool] = []
    posts: dict[Signature, int] = {}
    for node in nodes:
        words = set(_NAME.findall(node.hint)) if node.hint else set()
        above = node.parent >= 0 and in_thread[node.parent]
        in_thread.append(above or (node.tag != "body" and not words.isdisjoint(_THREAD)))
        if above and not words.isdisjoint(_POST) and (signature := _signature(node)):
            posts[signature] = posts.get(signature, 0) + 1
    return max(posts.values(), default=0) >= _MIN_POSTS


def _repeated(paragraphs: Sequence[Paragraph], nodes: Sequence[Node], weights: Sequence[float]) -> list[int]:
    """Lines in those kinds of elements that hold most, best kind first, as long as another kind adds much."""
    above = _signatures(nodes)
    soft = [weight if weight > 0 else weight / 3 for weight in weights]
    places: dict[Signature, list[int]] = {}
    for place, paragraph in enumerate(paragraphs):
        for signature in above[paragraph.node]:
            places.setdefault(signature, []).append(place)
    taken: set[int] = set()
    best = 0.0
    for _ in range(_MAX_KINDS):
        gains = {
            signature: sum(soft[place] for place in lines if place not in taken) * (1.0 + 0.5 * _is_strong(signature))
            for signature, lines in places.items()
            if not best or _is_strong(signature)
        }
        richest = max(gains, key=lambda each: gains[each], default=None)
        if richest is None or gains[richest] <= max(8.0, 0.05 * best):
            break
        best = best or gains[richest]
        taken.update(places.pop(richest))
    return sorted(taken)


def _is_strong(signature: Signature) -> bool:
    return any(_STRONG.search(name) for name in signature[1])


def _signatures(nodes: Sequence[Node]) -> list[tuple[Signature, ...]]:
    """For every node, the kinds of talk elements that it stands in."""
    found: list[tuple[Signature, ...]] = []
    for node in nodes:
        outer = found[node.parent] if node.parent >= 0 else ()
        own = _signature(node)
        found.append(outer if own is None or own in outer else (*outer, own))
    return found


def _signature(node: Node) -> Signature | None:
    """Tag and names without numbers and states; None for elements that nobody would write in."""
    words = frozenset(word for word in node.hint.split() if not any(mark.isdigit() for mark in word)) - _STATE
    named = frozenset(word for word in words if _TALK.search(word))
    if not named or node.tag in ("body", "html", "main"):
        return None
    return node.tag, named
