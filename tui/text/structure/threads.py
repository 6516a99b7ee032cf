"""The traits of a line of a forum's page that tell whether it is what somebody wrote, or stands around it."""

from collections import Counter
from collections.abc import Sequence

from tui.core.page import Node
from tui.text.markup.paragraphs import Paragraph
from tui.text.structure import posts
from tui.text.structure.places import Surroundings, inherited, names, summed
from tui.text.structure.scores import Traits
from tui.text.structure.traits import FAR, TAGS, TEXT_NAMES

NAMES = (
    "weight", "before", "after", "code_points", "linked", "parent_linked", "tag", "position", "in_aside", "in_furniture", "named_text",
    "written_share", "copies", "since_stamp",
)  # fmt: skip
"""What the numbers of a row stand for, in order; weights are those of `article`. There are few pages to learn from: more traits mislead."""
_NEAR = 12.0
"""Lines since the last stamp that are told apart."""
_MAX_COPIES = 6


def rows(
    paragraphs: Sequence[Paragraph], nodes: Sequence[Node], places: Sequence[Surroundings], weights: Sequence[float]
) -> list[Traits]:
    """Return one row of numbers for each line, in the order of `NAMES`.

    >>> from tui.core.page import Line
    >>> from tui.text.markup.paragraphs import read
    >>> lines = read("2d ago\\nIt rained.", [Line(0, 6, 0), Line(7, 17, 1)])
    >>> nodes = [Node(-1, "div", "meta"), Node(-1, "div", "text")]
    >>> row = rows(lines, nodes, [Surroundings()] * 2, [-7.0, 3.0])[1]
    >>> [row[NAMES.index(name)] for name in ("named_text", "written_share", "since_stamp")]
    [1.0, 1.0, 0.0]
    """
    stamps = [posts.is_stamp(line) for line in paragraphs]
    shares = posts.shares(paragraphs, nodes, stamps)
    copies = Counter(line.text for line in paragraphs)
    linked = _linked(paragraphs, nodes)
    is_aside = inherited([node.tag == "aside" for node in nodes], nodes)
    of_node: dict[int, Traits] = {}
    around = [-FAR, *weights, -FAR]
    table: list[Traits] = []
    since = _NEAR
    for place, (line, is_stamp) in enumerate(zip(paragraphs, stamps, strict=True)):
        node = line.node
        if node not in of_node:
            where = places[node]
            of_node[node] = (
                linked[max(nodes[node].parent, 0)], float(TAGS.get(nodes[node].tag, 0)), float(is_aside[node]),
                float(where.is_furniture or where.is_comment), _is_named(nodes, node), shares[node],
            )  # fmt: skip
        parent_linked, tag, aside, furniture, is_named, share = of_node[node]
        table.append((
            around[place + 1], around[place], around[place + 2], float(len(line.text)), line.linked, parent_linked, tag,
            place / len(paragraphs), aside, furniture, is_named, share,
            float(min(copies[line.text], _MAX_COPIES)), since,
        ))  # fmt: skip
        since = 0.0 if is_stamp else min(since + 1.0, _NEAR)
    return table


def _linked(paragraphs: Sequence[Paragraph], nodes: Sequence[Node]) -> list[float]:
    """For every node, the share of what stands in it that is linked."""
    sizes, linked = [0.0] * len(nodes), [0.0] * len(nodes)
    for line in paragraphs:
        sizes[line.node] += line.size
        linked[line.node] += line.size * line.linked
    summed(sizes, nodes)
    summed(linked, nodes)
    return [part / (size + 1.0) for part, size in zip(linked, sizes, strict=True)]


def _is_named(nodes: Sequence[Node], node: int) -> float:
    """1 if a node or its parent is named for text."""
    return float(not TEXT_NAMES.isdisjoint(names(nodes[node]) | names(nodes[max(nodes[node].parent, 0)])))
