"""The traits of a line that tell whether it belongs to the article: its words, its neighbours, its place in the markup."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set

from tui.core.page import Node
from tui.core.values import dataclass
from tui.text.markup.paragraphs import Paragraph
from tui.text.structure.places import Surroundings, gathered, hints_with, inherited, linked_shares, parents_of
from tui.text.structure.scores import Traits
from tui.text.words.sitename import fold

NAMES = (
    "weight", "before", "after", "most_around", "code_points", "spaces", "copies", "in_run", "position", "stated",
    "path_in_run", "path_lines", "path_share", "in_home", "to_home", "kind", "tag", "own_share", "parent_share", "grand_share",
    "great_share", "parent_linked", "in_main", "in_aside", "in_furniture", "named_text", "named_picture",
    "in_comments", "to_headline", "behind_headline", "is_below",
)  # fmt: skip
"""What the numbers of a row stand for, in order. Shares are of the page's running text, weights those of `article`."""
_KINDS = {name: float(n) for n, name in enumerate(("body", "list", "table", "code", "quote", "caption", "heading"))}
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
    return list(zip(*_columns(ground), strict=True))


def _columns(ground: Ground) -> Iterator[Sequence[float]]:
    """The same column by column, which takes a third of the time."""
    nodes, lines, run, headline = ground.nodes, ground.paragraphs, ground.run, ground.headline
    at = [line.node for line in lines]
    texts = [line.text for line in lines]
    around = [-FAR] * 3 + list(ground.weights) + [-FAR] * 3
    shifted = [around[place : place + len(lines)] for place in range(7)]
    copies = Counter(texts)
    yield from (
        ground.weights, shifted[2], shifted[4], list(map(max, *shifted[:3], *shifted[4:])),
        list(map(float, map(len, texts))), [float(text.count(" ")) for text in texts], [float(copies[text]) for text in texts],
        [0.0] * run.first_inside + [1.0] * (run.last_inside - run.first_inside) + [0.0] * (len(lines) - run.last_inside),
        [place / len(lines) for place in range(len(lines))], _stated(texts, ground.stated),
    )  # fmt: skip
    running = [line.size if line.is_sentence and line.linked < 0.5 else 0.0 for line in lines]
    shares = gathered(at, running, nodes)
    total = max(shares, default=0.0) or 1.0
    yield from _of_paths(ground, at, total)
    above = [parent if parent >= 0 else number for number, parent in enumerate(parents_of(nodes))]
    parents = [above[node] for node in at]
    grands = [above[node] for node in parents]
    shares = [share / total for share in shares]

    def of_each(values: Sequence[float], which: Sequence[int] = at) -> list[float]:
        return list(map(values.__getitem__, which))

    to_home = _steps(nodes, run.home)
    is_main = inherited([node.tag == "main" for node in nodes], nodes)
    is_aside = inherited([node.tag == "aside" for node in nodes], nodes)
    places = list(map(ground.places.__getitem__, at))
    yield from (
        [float(steps <= 0) for steps in of_each(to_home)], of_each(to_home),
        [_KINDS.get(place.kind, 0.0) for place in places], [float(TAGS.get(nodes[node].tag, 0)) for node in at],
        of_each(shares), of_each(shares, parents), of_each(shares, grands), [shares[above[node]] for node in grands],
        of_each(linked_shares(lines, nodes), parents), of_each(is_main), of_each(is_aside),
        [float(place.is_furniture) for place in places], _named(nodes, TEXT_NAMES, at, parents),
        _named(nodes, _PICTURE_NAMES, at, parents), [float(place.is_comment) for place in places],
        of_each(_steps(nodes, lines[headline].node if headline >= 0 else -1)),
    )  # fmt: skip
    if headline < 0:
        yield from ([value] * len(lines) for value in _NO_HEADLINE)
        return
    low, high = max(0, headline - int(FAR)), min(len(lines), headline + int(FAR) + 1)
    near = [float(place - headline) for place in range(low, high)]
    yield [-FAR] * low + near + [FAR] * (len(lines) - high)
    is_article = [place.in_article or is_main[node] for place, node in zip(places, at, strict=True)]
    yield [float(is_inside and place > headline) for place, is_inside in enumerate(is_article)]


def _named(nodes: Sequence[Node], words: Set[str], at: Sequence[int], parents: Sequence[int]) -> list[float]:
    """1 for the lines whose element, or the one around it, is named so."""
    hints = hints_with(nodes, words)
    if not hints:
        return [0.0] * len(at)
    is_named = [node.hint in hints for node in nodes]
    return [float(is_named[own] or is_named[outer]) for own, outer in zip(at, parents, strict=True)]


def _of_paths(ground: Ground, at: Sequence[int], total: float) -> Iterator[Sequence[float]]:
    """Of the path that each line stands at: how much of the run it holds, next to the path that holds most; its lines; its running text."""
    run = ground.run
    paths = _paths(ground.nodes)
    own = [paths[node] for node in at]
    lines = Counter(own)
    running: dict[int, float] = defaultdict(float)
    weight: dict[int, float] = defaultdict(float)
    for path, line in zip(own, ground.paragraphs, strict=True):
        if line.is_sentence:
            running[path] += line.size
    for place in range(run.first, run.last):
        weight[own[place]] += max(ground.weights[place], 0.0)
    richest = max(weight.values(), default=0.0) or 1.0
    yield [weight[path] / richest if path in weight else 0.0 for path in own]
    yield [float(lines[path]) for path in own]
    yield [running[path] / total if path in running else 0.0 for path in own]


def _stated(texts: Sequence[str], stated: str) -> list[float]:
    """1: the head states this line as part of the article; -1: it doesn't; 0: it states no article."""
    if not (article := fold(stated)):
        return [0.0] * len(texts)
    starts = [fold(text[: 2 * _STATED_SIZE])[:_STATED_SIZE] for text in texts]
    return [1.0 if len(start) > 3 and start in article else -1.0 for start in starts]


def _paths(nodes: Sequence[Node]) -> list[int]:
    """A number for each node that is the same for nodes at the same path of tags and first names; each table is a path of its own."""
    known: dict[tuple[int, str, str | int], int] = {}
    paths: list[int] = []
    named = {hint: (name[0] if (name := _WORD.search(hint)) else "") for hint in {node.hint for node in nodes}}
    for number, (node, parent) in enumerate(zip(nodes, parents_of(nodes), strict=True)):
        above = paths[parent] if parent >= 0 else -1
        own = number if node.tag == "table" else named[node.hint]
        paths.append(known.setdefault((above, node.tag, own), len(known)))
    return paths


def _steps(nodes: Sequence[Node], home: int) -> list[float]:
    """For every node, the steps from `home` up to what is around both; 0 or below: it lies that deep inside."""
    around: dict[int, float] = {}
    while home >= 0:
        around[home] = float(len(around))
        home = nodes[home].parent
    if not around:
        return [_NO_STEPS] * len(nodes)
    steps: list[float] = []
    for number, parent in enumerate(parents_of(nodes)):
        outer = steps[parent] if parent >= 0 else _NO_STEPS
        steps.append(around[number] if number in around else outer if outer > 0 else outer - 1.0)
    return steps
