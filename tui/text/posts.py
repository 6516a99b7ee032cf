"""Posts of a forum's page: elements of the same name that repeat and hold what people wrote."""

import re
from collections.abc import Sequence

from tui.page import Node
from tui.text.paragraphs import Paragraph

_TALK = re.compile(
    r"post|comment|reply|replies|answer|question|message|content|body|text|topic|thread|detail|prose|markdown|entry|tweet|status|t_f|t_msgfont|review"
)
_STATE = frozenset(
    {"odd", "even", "first", "last", "active", "original", "op", "new", "unread", "text-left", "clearfix"}
)
_NAME = re.compile(r"[a-z]+")
_THREAD = frozenset({"forum", "thread", "postlist", "threads", "bbs", "bbpress", "phpbb"})
_POST = frozenset({"post", "reply", "message", "answer"})
_MIN_POSTS = 3

Signature = tuple[str, frozenset[str]]


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


def shares(paragraphs: Sequence[Paragraph], nodes: Sequence[Node], weights: Sequence[float]) -> list[float]:
    """Return for every node how much of what reads like posts stands in elements of its kind, next to the kind that holds most.

    `weights` tell for each line how much it reads like running text. -1: it stands in no element that is named for posts.

    >>> nodes = [Node(-1, "div", "post"), Node(-1, "div", "sig-text"), Node(-1, "div")]
    >>> from tui.page import Line
    >>> from tui.text.paragraphs import read
    >>> lines = read("a\\nb\\nc", [Line(0, 1, 0), Line(2, 3, 1), Line(4, 5, 2)])
    >>> shares(lines, nodes, [20.0, 5.0, 30.0])
    [1.0, 0.25, -1.0]
    """
    above = _signatures(nodes)
    sums: dict[Signature, float] = {}
    for paragraph, weight in zip(paragraphs, weights, strict=True):
        for signature in above[paragraph.node]:
            sums[signature] = sums.get(signature, 0.0) + (weight if weight > 0 else weight / 3)
    most = max(sums.values(), default=0.0)
    if most <= 0:
        return [-1.0] * len(nodes)
    return [max((sums.get(signature, 0.0) / most for signature in found), default=-1.0) for found in above]


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
