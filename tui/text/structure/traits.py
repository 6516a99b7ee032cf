"""The traits of a line that tell whether it belongs to the article: its words, its neighbours, its place in the markup."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from tui.core.page import Node
from tui.core.values import dataclass
from tui.text.markup.paragraphs import Paragraph
from tui.text.structure.places import Surroundings, inherited, linked_shares, names, summed
from tui.text.structure.scores import Traits
from tui.text.words.sitename import fold

NAMES = (
    "weight", "before", "after", "most_around", "code_points", "spaces", "copies", "in_run", "position", "stated",
    "path_in_run", "path_lines", "path_share", "in_home", "to_home", "kind", "tag", "own_share", "parent_share", "grand_share",
    "great_share", "parent_linked", "in_main", "in_aside", "in_furniture", "named_text", "named_picture",
    "in_comments", "to_headline", "behind_headline", "is_below",
)  # fmt: skip
"""What the numbers of a row stand for, in order. Shares are of the page's running text, weights those of `article`."""
_KINDS = {name: n for n, name in enumerate(("body", "list", "table", "code", "quote", "caption", "heading"))}
TAGS = {
    "p": 1, "li": 2, "td": 3, "th": 3, "tr": 3, "h1": 4, "h2": 5, "h3": 5, "h4": 5, "h5": 5, "h6": 5, "dd": 2, "dt": 2,
    "blockquote": 7, "pre": 8, "figcaption": 9, "button": 10, "label": 10, "option": 10,
}  # fmt: skip
"""Kinds of element that tell what a line is."""
TEXT_NAMES = frozenset({
    "article", "content", "body", "entry", "story", "text", "main", "articlebody", "artibody", "detail", "richtext",
    "paragraph", "description",
})  # fmt: skip
"""Names of elements that hold text."""
_PICTURE_NAMES = frozenset({
    "caption", "gallery", "figure", "image", "photo", "slide", "slider", "carousel", "video", "player", "media",
    "img", "pic",
})  # fmt: skip
_WORD = re.compile(r"[a-z]+")
FAR = 40.0
"""What a neighbour weighs where there is none, below zero."""
_NO_STEPS = 9.0
"""Stands for the steps to what has nothing around it in common with the run."""
_NO_HEADLINE: Traits = (FAR + 1.0, 0.0)
"""Stands for the lines to a headline where the page shows none."""
_STATED_SIZE = 60
"""Code points of a line that are looked for in what the head says the article is."""


@dataclass(frozen=True, slots=True, eq=False)
class BestRun:
    """The best run of lines, as the weights alone tell it."""

    first: int
    last: int
    home: int
    """Deepest node around nearly all of it; -1: none."""
    first_inside: int
    """The run, widened to the lines around it that stand in `home` as well."""
    last_inside: int


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What the traits of a page's lines are read from."""

    paragraphs: Sequence[Paragraph]
    nodes: Sequence[Node]
    places: Sequence[Surroundings]
    """What the markup says about every node."""
    weights: Sequence[float]
    """For every line, how much it reads like running text where it stands."""
    run: BestRun
    stated: str = ""
    """The article as the head states it; empty if it doesn't."""
    headline: int = -1
    """Index of the line that is the page's headline; -1: none is."""


def rows(ground: Ground) -> list[Traits]:
    """Return one row of numbers for each line, in the order of `NAMES`.

    >>> from tui.core.page import Line
    >>> from tui.text.markup.paragraphs import read
    >>> line = read("It rained all day.", [Line(0, 18, 0)])
    >>> row = rows(Ground(line, [Node(-1, "p")], [Surroundings()], [9.0], BestRun(0, 1, 0, 0, 1)))[0]
    >>> [row[NAMES.index(name)] for name in ("weight", "before", "after", "most_around", "in_run", "tag")]
    [9.0, -40.0, -40.0, -40.0, 1.0, 1.0]
    """
    return list(_Sums(ground).rows())


class _Sums:
    """The sums over a page's lines and nodes that its rows are made of."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        nodes, paragraphs = ground.nodes, ground.paragraphs
        self._linked = linked_shares(paragraphs, nodes)
        self._running = [0.0] * len(nodes)
        for line in paragraphs:
            if line.is_sentence and line.linked < 0.5:
                self._running[line.node] += line.size
        summed(self._running, nodes)
        self._total = max(self._running, default=0.0) or 1.0
        self._paths = _paths(nodes)
        self._is_main = inherited([node.tag == "main" for node in nodes], nodes)
        self._is_aside = inherited([node.tag == "aside" for node in nodes], nodes)
        self._to_home, self._in_home = _steps_home(nodes, ground.run.home)
        headline = ground.headline
        self._to_headline, _ = _steps_home(nodes, paragraphs[headline].node if headline >= 0 else -1)
        self._stated = fold(ground.stated)

    def rows(self) -> list[Traits]:
        paragraphs = self._ground.paragraphs
        weights = [-FAR, -FAR, -FAR, *self._ground.weights, -FAR, -FAR, -FAR]
        copies = Counter(line.text for line in paragraphs)
        of_path = self._of_paths()
        of_node: dict[int, Traits] = {}
        run = self._ground.run
        table: list[Traits] = []
        for place, line in enumerate(paragraphs):
            at = place + 3
            if line.node not in of_node:
                of_node[line.node] = self._of_node(line.node)
            row = (
                weights[at], weights[at - 1], weights[at + 1], max(max(weights[at - 3 : at]), max(weights[at + 1 : at + 4])),
                float(len(line.text)), float(line.text.count(" ")), float(copies[line.text]),
                float(run.first_inside <= place < run.last_inside), place / len(paragraphs), self._is_stated(line.text),
                *of_path[self._paths[line.node]], *of_node[line.node], *self._behind(place, line),
            )  # fmt: skip
            table.append(row)
        return table

    def _of_paths(self) -> dict[int, Traits]:
        """For each path that lines stand at: how much of the run it holds, next to the path that holds most; its lines; its running text."""
        ground, run = self._ground, self._ground.run
        lines: dict[int, int] = defaultdict(int)
        running: dict[int, float] = defaultdict(float)
        weight: dict[int, float] = defaultdict(float)
        for place, line in enumerate(ground.paragraphs):
            path = self._paths[line.node]
            lines[path] += 1
            if line.is_sentence:
                running[path] += line.size
            if run.first <= place < run.last:
                weight[path] += max(ground.weights[place], 0.0)
        richest = max(weight.values(), default=0.0) or 1.0
        return {
            path: (weight[path] / richest, float(count), running[path] / self._total) for path, count in lines.items()
        }

    def _of_node(self, node: int) -> Traits:
        """What all lines of a node share: its way to the run, its kind and tag, shares and names of the elements around it."""
        nodes = self._ground.nodes
        parent = nodes[node].parent if nodes[node].parent >= 0 else node
        grand = nodes[parent].parent if nodes[parent].parent >= 0 else parent
        great = nodes[grand].parent if nodes[grand].parent >= 0 else grand
        place = self._ground.places[node]
        named = names(nodes[node]) | names(nodes[parent])
        return (
            self._in_home[node], self._to_home[node], float(_KINDS.get(place.kind, 0)), float(TAGS.get(nodes[node].tag, 0)),
            self._running[node] / self._total, self._running[parent] / self._total,
            self._running[grand] / self._total, self._running[great] / self._total,
            self._linked[parent], float(self._is_main[node]), float(self._is_aside[node]), float(place.is_furniture),
            float(not named.isdisjoint(TEXT_NAMES)), float(not named.isdisjoint(_PICTURE_NAMES)), float(place.is_comment),
            self._to_headline[node],
        )  # fmt: skip

    def _behind(self, place: int, line: Paragraph) -> Traits:
        """How many lines behind the headline a line stands, and whether in the article below it."""
        headline = self._ground.headline
        if headline < 0:
            return _NO_HEADLINE
        where = self._ground.places[line.node]
        is_below = place > headline and (where.in_article or self._is_main[line.node] > 0)
        return max(-FAR, min(FAR, float(place - headline))), float(is_below)

    def _is_stated(self, text: str) -> float:
        """1: the head states this line as part of the article; -1: it doesn't; 0: it states no article."""
        if not self._stated:
            return 0.0
        start = fold(text[: 2 * _STATED_SIZE])[:_STATED_SIZE]
        return 1.0 if len(start) > 3 and start in self._stated else -1.0


def _paths(nodes: Sequence[Node]) -> list[int]:
    """A number for each node that is the same for nodes at the same path of tags and first names; each table is a path of its own."""
    known: dict[tuple[int, str, str | int], int] = {}
    paths: list[int] = []
    for number, node in enumerate(nodes):
        name = _WORD.search(node.hint) if node.hint else None
        above = paths[node.parent] if node.parent >= 0 else -1
        own = number if node.tag == "table" else name[0] if name else ""
        paths.append(known.setdefault((above, node.tag, own), len(known)))
    return paths


def _steps_home(nodes: Sequence[Node], home: int) -> tuple[list[float], list[float]]:
    """For every node, the steps from `home` up to what is around both (below 0: it lies that deep inside); and whether it lies inside."""
    depths: list[int] = []
    for node in nodes:
        depths.append(depths[node.parent] + 1 if node.parent >= 0 else 0)
    around = set()
    above = home
    while above >= 0:
        around.add(above)
        above = nodes[above].parent
    deep = depths[home] if home >= 0 else 0
    meetings: list[int] = []
    """The deepest of the nodes around home, home itself included, that each node stands in; -1: none."""
    inside: list[float] = []
    steps: list[float] = []
    for number, node in enumerate(nodes):
        meetings.append(number if number in around else meetings[node.parent] if node.parent >= 0 else -1)
        meeting = meetings[number]
        is_inside = meeting == home and home >= 0
        inside.append(float(is_inside))
        steps.append(float(deep - depths[number if is_inside else meeting]) if meeting >= 0 else _NO_STEPS)
    return steps, inside
