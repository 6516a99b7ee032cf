"""Posts of a forum's page: what people wrote stands in elements of one name, and lines that say who wrote it, and when, beside it.

The traits of a line here say whether it is what somebody wrote.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from tui.core.model import BlockKind
from tui.core.page import Node
from tui.text.markup.paragraphs import Paragraph
from tui.text.structure.article import weigh_all
from tui.text.structure.doubt import Verdict
from tui.text.structure.places import Surroundings, gathered, hints_with, inherited, linked_shares, names
from tui.text.structure.scores import FORUM, Traits, score
from tui.text.structure.traits import FAR, TAGS, TEXT_NAMES

NAMES = (
    "weight", "before", "after", "code_points", "linked", "parent_linked", "tag", "position", "in_aside", "in_furniture", "named_text",
    "written_share", "copies", "since_stamp",
)  # fmt: skip
"""What the numbers of a row stand for, in order; weights are those of `article`. There are few pages to learn from: more traits mislead."""
_NEAR = 12.0
"""Lines since the last stamp that are told apart."""

_STATE = frozenset(
    {"odd", "even", "first", "last", "active", "original", "op", "new", "unread", "text-left", "clearfix"}
)
_TEXT_WORDS = """
content contents body text message detail markdown prose bbcode comment entry postmessage msg md richtext usertext cooked richcontent
contentwrap postbody postcontent fulltext description
"""
_TEXT = frozenset(_TEXT_WORDS.split())
"""Names of elements that hold what people wrote."""
__META_WORDS = """
author user username userinfo name nick avatar date time datetime timestamp meta info signature sig profile stats stat count counts vote votes
voting score action actions button buttons btn toolbar footer header foot head permalink share social badge badges rank level likes like title
subject edited edit report login menu tool tools control controls bar icon sidebar side label tag tags pagination pager nav
"""
_META = frozenset(__META_WORDS.split())
"""Names of elements that hold what stands around it."""
_QUOTES = frozenset({"quote", "quoted", "quoteblock", "quotecontent"})
"""Names that forums give to what a post quotes, where that is no `blockquote`."""
_BESIDE_QUOTE = re.compile(r"(?:Click to expand|Originally [Pp]osted by\b|Quote(?: from\b|:))", re.IGNORECASE)
"""What forums put above a quote, or below one that is cut."""
_BOXES = frozenset({"related", "recommend", "recommended", "widget"})
_ROOTS = frozenset({"html", "body", "main", ""})
_MIN_ALIKE = 3
"""Lines of posts in elements of one kind from which on that is where posts stand."""
_NEARLY_ALL = 0.8
"""Share of the lines of a kind that say when, from which on none of them was written."""
_MANY = 6
"""Posts of the same words from which on nobody wrote them: they say that a post was deleted."""
_MIN_NOTICE = 4.0
"""Size from which on that is so: `+1` and its kind are written often."""
_MAX_STAMP = 30.0
"""Size of a line up to which it may say who wrote and when."""
_SHORT = 12.0
_MAX_COPIES = 4
"""Lines of the same words from which on they are buttons."""
_MAX_SIZE = 200.0
"""Size of a line from which on more of it says no more."""
_AGO = re.compile(
    r"\b\d+\s?(?:years?|months?|weeks?|days?|hours?|minutes?|yrs?|mo|wk?|d|hr?s?|min|m|y)\sago\b|\b\d{1,3}(?:d|h|m|w|y|mo)\b|\bago\b"
    r"|(?<!\d)\d++\s?(?:年|个月|個月|周|週|か月)前|(?<!\d)\d{1,2}-\d{1,2}(?:\s\d\d:\d\d)?(?!\d)"
    r"|^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s\d{1,2}\b|#\d{1,6}$|^\d{1,4}楼"
)
"""Times and numbers of posts that are no dates elsewhere."""
_MAY_BE_AGO = re.compile(r"[\d前楼#g](?:(?<=\d)[dhmwy-]|(?<=[前楼#])|(?<=ag)o)")
"""What those hold, but for a month at the start of a line; found by its rarest character."""
_MONTHS = frozenset({"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"})

Signature = tuple[str, frozenset[str]]


def body(paragraphs: Sequence[Paragraph], nodes: Sequence[Node], places: Sequence[Surroundings]) -> Verdict:
    """Claim what people wrote on a forum's page as posts, and what they quote as quotes.

    >>> from tui.text.markup import html, paragraphs
    >>> from tui.text.structure.places import survey
    >>> thread = "".join(f"<div class=post><b>Ann</b><p>It rained on day {n} here, again, and nobody went out.</div>" for n in "123")
    >>> page = html.parse(f"<div class=thread>{thread}</div><footer>Imprint</footer>")
    >>> lines, nodes = paragraphs.read(page.text, page.lines), list(page.nodes)
    >>> body(lines, nodes, survey(nodes, lines, is_forum=True)).claims
    {1: 'post', 3: 'post', 5: 'post'}
    """
    scores = score(rows(paragraphs, nodes, places, weigh_all(paragraphs, nodes, places)), FORUM)
    written = Counter(paragraph.text for paragraph in paragraphs if places[paragraph.node].kind != "code")
    notices = {text for text, count in written.items() if count >= _MANY}
    quotes = _quotes(paragraphs, nodes)
    chosen = [points > 0 for points in scores]
    _make_alike(paragraphs, nodes, chosen)
    _fill(paragraphs, nodes, chosen)
    claims: dict[int, BlockKind] = {
        number: "quote" if quotes[paragraph.node] or _repeats_others(paragraph, places) else "post"
        for number, paragraph in enumerate(paragraphs)
        if chosen[number]
        and not (paragraph.text in notices and paragraph.size >= _MIN_NOTICE)
        and not (paragraph.size <= _MAX_STAMP and _BESIDE_QUOTE.match(paragraph.text))
    }
    return Verdict(claims, scores)


def _make_alike(paragraphs: Sequence[Paragraph], nodes: Sequence[Node], chosen: list[bool]) -> None:
    """Choose short lines as most of what stands in elements of their kind: what is written there is short as well; so are names and ranks elsewhere."""
    signatures = [signature_of(node) for node in nodes]
    lines: dict[tuple[Signature, Signature], list[int]] = defaultdict(list)
    for number, line in enumerate(paragraphs):
        if nodes[line.node].parent >= 0:
            lines[signatures[line.node], signatures[nodes[line.node].parent]].append(number)
    for alike in lines.values():
        many = sum(chosen[number] for number in alike)
        size = sum(paragraphs[number].size for number in alike)
        much = sum(paragraphs[number].size for number in alike if chosen[number])
        are_stamps = many > 0 and _are_stamps(paragraphs[number] for number in alike)
        if many >= _MIN_ALIKE and 2 * much > size and 3 * many > len(alike) and not are_stamps:
            for number in alike:
                line = paragraphs[number]
                chosen[number] = chosen[number] or (line.linked < 0.5 and not is_stamp(line))
        elif many and len(alike) >= _MIN_ALIKE and (3 * many <= len(alike) or are_stamps):
            for number in alike:
                line = paragraphs[number]
                chosen[number] = chosen[number] and (line.size > _MAX_STAMP or line.is_sentence)


def _fill(paragraphs: Sequence[Paragraph], nodes: Sequence[Node], chosen: list[bool]) -> None:
    """Choose what stands beside chosen lines in elements named for text, if nearly all in those of a kind is chosen: lists and spoilers in posts are short."""
    texts, others = hints_with(nodes, _TEXT), hints_with(nodes, _META)
    either = texts | others
    inside: dict[int, list[int]] = defaultdict(list)
    for number, line in enumerate(paragraphs):
        node = line.node
        while node >= 0 and nodes[node].tag not in _ROOTS and nodes[node].hint not in either:
            node = nodes[node].parent
        if node >= 0 and nodes[node].hint in texts - others and line.linked < 0.5:
            inside[node].append(number)
    sizes: dict[Signature, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for node, numbers in inside.items():
        for number in numbers:
            sizes[signature_of(nodes[node])][chosen[number]] += paragraphs[number].size
    for node, numbers in inside.items():
        left, much = sizes[signature_of(nodes[node])]
        if much >= _NEARLY_ALL * (left + much) and any(chosen[number] for number in numbers):
            for number in numbers:
                chosen[number] = chosen[number] or not is_stamp(paragraphs[number])


def _are_stamps(lines: Iterable[Paragraph]) -> bool:
    stamps = [is_stamp(line) for line in lines]
    return sum(stamps) >= _NEARLY_ALL * len(stamps)


def _quotes(paragraphs: Sequence[Paragraph], nodes: Sequence[Node]) -> list[bool]:
    """For every node, whether what stands there is quoted in a post. Old forums put all that somebody wrote in a `blockquote`."""
    named = [_is_quote(node) for node in nodes]
    sizes = gathered(
        [line.node for line in paragraphs], [line.size if line.is_sentence else 0.0 for line in paragraphs], nodes
    )
    held: dict[Signature, list[float]] = defaultdict(list)
    for number, node in enumerate(nodes):
        if node.tag == "blockquote":
            held[signature_of(node)].append(sizes[number])
    most = max(sizes, default=0.0)
    texts = {kind for kind, parts in held.items() if len(parts) >= _MIN_ALIKE and 2 * sum(parts) > most}
    return inherited(
        [is_one and signature_of(node) not in texts for is_one, node in zip(named, nodes, strict=True)], nodes
    )


def _is_quote(node: Node) -> bool:
    words = names(node)
    return not _QUOTES.isdisjoint(words) or (node.tag == "blockquote" and _TEXT.isdisjoint(words))


def _repeats_others(line: Paragraph, places: Sequence[Surroundings]) -> bool:
    """Where there is no markup, a sign at the start of a line says that somebody else wrote it."""
    return line.text[0] == ">" and not line.text.startswith(">>>") and places[line.node].kind != "code"


def is_stamp(paragraph: Paragraph) -> bool:
    """Say whether a line is short and says when somebody wrote, or the how manieth post it is.

    >>> from tui.core.page import Line
    >>> from tui.text.markup.paragraphs import read
    >>> lines = read("Ann, 12d ago\\nMay 2, 2024 by Ann\\nIt rained for 5 days here.", [Line(0, 12), Line(13, 31), Line(32, 58)])
    >>> [is_stamp(line) for line in lines]
    [True, True, False]
    """
    if paragraph.size > _MAX_STAMP:
        return False
    text = paragraph.text
    length = sum(day.end - day.start for day in days) if (days := paragraph.dates()) else 0
    if not length and (_MAY_BE_AGO.search(text) or text[:3] in _MONTHS) and (match := _AGO.search(text)):
        length = match.end() - match.start()
    return length > 0 and (length * 4 >= len(text) or paragraph.size < _SHORT)


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
    stamps = [is_stamp(line) for line in paragraphs]
    written = shares(paragraphs, nodes, stamps)
    copies = Counter(line.text for line in paragraphs)
    linked = linked_shares(paragraphs, nodes)
    is_aside = inherited([node.tag == "aside" for node in nodes], nodes)
    of_node: dict[int, Traits] = {}
    around = [-FAR, *weights, -FAR]
    table: list[Traits] = []
    since = _NEAR
    for place, (line, is_stamped) in enumerate(zip(paragraphs, stamps, strict=True)):
        node = line.node
        if node not in of_node:
            where = places[node]
            of_node[node] = (
                linked[max(nodes[node].parent, 0)], float(TAGS.get(nodes[node].tag, 0)), float(is_aside[node]),
                float(where.is_furniture or where.is_comment), _is_named(nodes, node), written[node],
            )  # fmt: skip
        parent_linked, tag, aside, furniture, is_named, share = of_node[node]
        table.append((
            around[place + 1], around[place], around[place + 2], float(len(line.text)), line.linked, parent_linked, tag,
            place / len(paragraphs), aside, furniture, is_named, share,
            float(min(copies[line.text], _MAX_COPIES)), since,
        ))  # fmt: skip
        since = 0.0 if is_stamped else min(since + 1.0, _NEAR)
    return table


def _is_named(nodes: Sequence[Node], node: int) -> float:
    """1 if a node or its parent is named for text."""
    return float(not TEXT_NAMES.isdisjoint(names(nodes[node]) | names(nodes[max(nodes[node].parent, 0)])))


def shares(paragraphs: Sequence[Paragraph], nodes: Sequence[Node], stamps: Sequence[bool]) -> list[float]:
    """Return for every node how much of what people wrote stands in elements of its kind, next to the kind that holds most.

    What is said once counts, sentences more than other lines, and elements that hold stamps, of which `stamps` says which
    lines are, are too large.

    >>> nodes = [Node(-1, "div", "post"), Node(0, "div", "text"), Node(-1, "div", "post"), Node(2, "div", "text"), Node(-1, "div")]
    >>> from tui.core.page import Line
    >>> from tui.text.markup.paragraphs import read
    >>> lines = read("a\\nbc\\nd\\nef\\ng", [Line(0, 1, 0), Line(2, 4, 1), Line(5, 6, 2), Line(7, 9, 3), Line(10, 11, 4)])
    >>> [round(share, 2) for share in shares(lines, nodes, [True, False, True, False, False])]
    [0.0, 1.0, 0.0, 1.0, 0.04]
    """
    signatures = [signature_of(node) for node in nodes]
    holders: dict[Signature, set[int]] = defaultdict(set)
    stamped: dict[Signature, set[int]] = defaultdict(set)
    texts: dict[Signature, set[str]] = defaultdict(set)
    mass: dict[Signature, float] = defaultdict(float)
    copies = Counter(line.text for line in paragraphs)
    for line, is_stamped in zip(paragraphs, stamps, strict=True):
        speaks = not is_stamped and line.linked < 0.5 and copies[line.text] < _MAX_COPIES
        size = min(line.size, _MAX_SIZE) * (1.0 if line.is_sentence else 0.4)
        number = line.node
        while number >= 0 and nodes[number].tag not in _ROOTS:
            signature = signatures[number]
            holders[signature].add(number)
            if is_stamped:
                stamped[signature].add(number)
            elif speaks and line.text not in texts[signature]:
                texts[signature].add(line.text)
                mass[signature] += size
            number = nodes[number].parent
    points = {
        signature: size * _worth(signature, len(holders[signature]), len(stamped[signature]))
        for signature, size in mass.items()
    }
    most = max(points.values(), default=0.0) or 1.0
    spread: list[float] = []
    for node, signature in zip(nodes, signatures, strict=True):
        own = points.get(signature, 0.0) / most if node.tag not in _ROOTS else 0.0
        spread.append(max(own, spread[node.parent]) if node.parent >= 0 else own)
    return spread


def _worth(signature: Signature, number: int, stamped: int) -> float:
    """What an element's name, its number and the stamps in it say about its holding what people wrote, and nothing else."""
    words = signature[1]
    named = 2.0
    if not words:
        named = 0.6
    elif words.isdisjoint(_TEXT):
        named = 1.0 if words.isdisjoint(_META | _BOXES) else 0.3
    return named * (1.0 - stamped / number) ** 2 * (1.0 if number > 1 else 0.5)


def signature_of(node: Node) -> Signature:
    """Return tag and names of an element without numbers and states.

    >>> signature_of(Node(-1, "li", "post odd p7")) == signature_of(Node(-1, "li", "post even p8"))
    True
    """
    return node.tag, frozenset(word for word in names(node) if len(word) > 1) - _STATE
