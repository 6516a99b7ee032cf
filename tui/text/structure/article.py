"""Body of an HTML page: every line is scored by its words, its neighbours and its place in the markup."""

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import accumulate, pairwise

from tui.core.model import BlockKind
from tui.core.page import Node
from tui.text.markup.paragraphs import Claims, Paragraph
from tui.text.structure.doubt import Verdict
from tui.text.structure.places import Surroundings, inherited, summed
from tui.text.structure.plaintext import bylines, densest, is_byline, is_dated, runs, weigh, without_strays
from tui.text.structure.scores import score
from tui.text.structure.traits import BestRun, Ground, rows
from tui.text.words.phrases import FOLLOW, POINTER, SAID

_FURNITURE = -20.0
"""Weight from which on a line is furniture."""
_BOXED = 1.0
"""What speaks against lines in furniture beside what was learned: pages whose menus hold prose are rare among those to learn from."""
_SAID = 3.0
"""What speaks against lines that people said about the article: few pages to learn from show much of it."""
_POINTING = 6.0
"""What speaks against a line that only points to another page."""
_MAX_CALL = 90.0
"""Size of a line up to which it may ask readers to follow its site elsewhere."""
_JOINING = -1.0
"""Score from which on a line joins the body that it stands beside, or a sentence the one that it stands above."""
_HEADING = -4.0
"""The same where it is the heading of the line behind it."""
_MIN_TEASERS = 3
_NEARLY_ALL = 0.8
"""Of so many lines in elements of one kind the share behind links that makes them teasers of other pages."""
_MIN_HEADLINE = 4.0
"""Size from which on a link may be the headline of another page."""
_MIN_ARTICLE = 100.0
"""Size of running text above teasers from which on it is the article."""
_MAX_LABEL, _MAX_NAME = 20.0, 12.0
"""Size of a line up to which it may say that comments follow, and who wrote one."""
_MOST_BOXED = 60
"""Lines of a box that a heading opens, at most; fewer than half of the article's."""
_MOST_EACH = 4
"""Lines for each name among comments, at most."""
_LINKED = 0.3
"""Share of a line that is linked where it points to another page: a sentence may open with the same words."""
_OPENING = 3
"""Lines of the body among which one that is mostly a date is the article's; further down, dates head what happened on a day."""
_NEAR = 20
"""Lines behind the headline within which the article starts on nearly all pages."""
_FAR, _ABOVE = 0.15, 0.05
"""What a run counts that starts further behind the headline, or above it: footers, rules and comments hold more than short articles."""
_ROOTS = frozenset({"html", "body", ""})
_SHAPED = frozenset({"heading", "list", "table", "code"})
_LONG = 30.0
"""Size from which on a paragraph doesn't come twice by chance."""
_PROSE_SIZE = 60.0
"""Size from which on a sentence in a table is no cell."""


def body(
    paragraphs: Sequence[Paragraph],
    nodes: Sequence[Node],
    places: Sequence[Surroundings],
    stated: str = "",
    headline: int = -1,
) -> Verdict:
    """Claim the lines of the article, each with its kind, and the bylines near them.

    `stated`: the article as the page's head states it; empty if it doesn't.

    >>> from tui.text.markup import html, paragraphs
    >>> from tui.text.structure.places import survey
    >>> page = html.parse("<nav>Home</nav><h2>North</h2><p>It rained all day, and nobody went out.</p><footer>Imprint</footer>")
    >>> lines = paragraphs.read(page.text, page.lines)
    >>> nodes = list(page.nodes)
    >>> body(lines, nodes, survey(nodes, lines)).claims
    {1: 'heading', 2: 'body'}
    """
    setting = ground(paragraphs, nodes, places, stated, headline)
    below = _below(paragraphs, headline)
    learned = score(rows(setting))
    elsewhere = _teasers(paragraphs, nodes, below) | _said(paragraphs, nodes, below)
    elsewhere |= _pointed(paragraphs, nodes, learned)
    scores = [
        points
        - _BOXED * places[line.node].is_furniture
        - _SAID * places[line.node].is_comment
        - _POINTING * (_points_elsewhere(line) or number in elsewhere or (points > _JOINING and _asks_to_follow(line)))
        for number, (line, points) in enumerate(zip(paragraphs, learned, strict=True))
    ]
    run = setting.run
    dense = [number for number in range(run.first_inside, run.last_inside) if setting.weights[number] > 0]
    return Verdict(_claims(paragraphs, setting, scores), scores, dense)


def _points_elsewhere(line: Paragraph) -> bool:
    return line.linked > _LINKED and POINTER.match(line.text) is not None


def _asks_to_follow(line: Paragraph) -> bool:
    return line.size <= _MAX_CALL and FOLLOW.match(line.text) is not None


def _below(paragraphs: Sequence[Paragraph], headline: int) -> int:
    """The first line with an article between it and the headline; where there is none, more lines than the page has."""
    running = [0.0, *accumulate(line.size * (line.is_sentence and line.linked < 0.5) for line in paragraphs)]
    return bisect_left(running, running[max(headline, 0)] + _MIN_ARTICLE)


def _pointed(paragraphs: Sequence[Paragraph], nodes: Sequence[Node], learned: Sequence[float]) -> set[int]:
    """Lines of an article that say that other pages follow, with the links right behind each or all that stands in the box it opens."""
    likely = [number for number, points in enumerate(learned) if points > 0]
    near = range(likely[0], likely[-1] + 1) if likely else range(0)
    labels = [n for n in near if paragraphs[n].size <= _MAX_LABEL and paragraphs[n].linked <= _LINKED]
    others: set[int] = set()
    for label in labels:
        if label in others or not POINTER.match(paragraphs[label].text):
            continue
        end = label + 1
        while end < len(paragraphs) and paragraphs[end].linked > 0.5:
            end += 1
        if paragraphs[label].level:
            end = _box_end(paragraphs, nodes, label, most=min(len(near) // 2, _MOST_BOXED))
        if end > label + 1:
            others.update(range(label, end))
    return others


def _box_end(paragraphs: Sequence[Paragraph], nodes: Sequence[Node], first: int, most: int) -> int:
    """Where the largest element ends that opens with a line and holds `most` lines, the first behind it or half of them links; the line itself if there is none."""
    end, node = first, nodes[paragraphs[first].node].parent
    while node >= 0 and not (first and _stands_in(nodes, paragraphs[first - 1].node, node)):
        last = first
        while last < len(paragraphs) and last - first <= most and _stands_in(nodes, paragraphs[last].node, node):
            last += 1
        if last - first > most:
            break
        end, node = last, nodes[node].parent
    leading = [line.linked > 0.5 for line in paragraphs[first + 1 : end]]
    return end if leading and (leading[0] or sum(leading) >= len(leading) / 2) else first


def _stands_in(nodes: Sequence[Node], node: int, outer: int) -> bool:
    while node > outer:
        node = nodes[node].parent
    return node == outer


def _teasers(paragraphs: Sequence[Paragraph], nodes: Sequence[Node], below: int) -> set[int]:
    """Lines of one kind of element that all stand right behind links, `below` an article, and these links: there other pages are told of."""
    led = {
        number
        for number, (before, line) in enumerate(pairwise(paragraphs), 1)
        if before.linked > 0.5 and before.size > _MIN_HEADLINE and nodes[before.node].parent == nodes[line.node].parent
    }
    if len(led) < _MIN_TEASERS * _NEARLY_ALL:
        return set()
    alike: dict[tuple[str, str, str, str], list[int]] = defaultdict(list)
    for number, line in enumerate(paragraphs):
        node, above = nodes[line.node], nodes[max(nodes[line.node].parent, 0)]
        alike[node.tag, node.hint, above.tag, above.hint].append(number)
    told = {
        number
        for numbers in alike.values()
        if len(numbers) >= _MIN_TEASERS
        and len(led.intersection(numbers)) >= _NEARLY_ALL * len(numbers)
        and numbers[0] >= below
        for number in numbers
    }
    return told | {number - 1 for number in told & led}


def _said(paragraphs: Sequence[Paragraph], nodes: Sequence[Node], below: int) -> set[int]:
    """Lines behind one that says that comments follow, below an article and in the same element: each is led by a name.

    Headings lead parts of an article, and what links to the comments stands far from them. Where such a line comes again
    further down, they stand below several articles.
    """
    short = (number for number in range(below, len(paragraphs)) if paragraphs[number].size <= _MAX_LABEL)
    labels = [n for n in short if SAID.match(paragraphs[n].text) and nodes[paragraphs[n].node].parent >= 0]
    labels = [n for n in labels if paragraphs[n].linked <= _LINKED]
    if not labels:
        return set()
    first = labels[0]
    inside = _inside(nodes, nodes[paragraphs[first].node].parent)
    behind = [n for n in range(first, len(paragraphs)) if inside[paragraphs[n].node]]
    names = sum(_names_whose(paragraphs[n], paragraphs[after]) for n, after in pairwise(behind[1:]))
    comes_again = any(n > first + _MIN_TEASERS and inside[paragraphs[n].node] for n in labels)
    return set(behind) if names >= max(_MIN_TEASERS, len(behind) / _MOST_EACH) and not comes_again else set()


def _names_whose(line: Paragraph, after: Paragraph) -> bool:
    """A line that may be a name, or when it was said, in front of what was."""
    is_name = line.size <= _MAX_NAME and not line.is_closed and line.level is None
    return is_name and (after.is_closed or after.size > line.size)


def ground(
    paragraphs: Sequence[Paragraph],
    nodes: Sequence[Node],
    places: Sequence[Surroundings],
    stated: str = "",
    headline: int = -1,
) -> Ground:
    """Return what the lines of a page are scored by.

    >>> from tui.text.markup import html, paragraphs
    >>> from tui.text.structure.places import survey
    >>> page = html.parse("<p>It rained all day, and nobody went out.</p><footer>Imprint</footer>")
    >>> lines, nodes = paragraphs.read(page.text, page.lines), list(page.nodes)
    >>> ground(lines, nodes, survey(nodes, lines)).weights
    [13.0, -15.0]
    """
    weights = weigh_all(paragraphs, nodes, places)
    return Ground(paragraphs, nodes, places, weights, _best_run(paragraphs, weights, nodes, headline), stated, headline)


def _claims(paragraphs: Sequence[Paragraph], setting: Ground, scores: Sequence[float]) -> Claims:
    chosen = _chosen(paragraphs, setting, scores)
    claims: dict[int, BlockKind] = {}
    for number in chosen:
        paragraph, place = paragraphs[number], setting.places[paragraphs[number].node]
        is_prose = place.kind == "table" and paragraph.is_sentence and paragraph.size > _PROSE_SIZE
        claims[number] = "body" if is_prose else place.kind
    run = setting.run
    first, last = (min(chosen[0], run.first_inside), max(chosen[-1] + 1, run.last_inside)) if chosen else (0, 0)
    claims |= bylines(paragraphs, first, last)
    return claims | {number: "byline" for number in chosen[:_OPENING] if is_dated(paragraphs[number])}


def _chosen(paragraphs: Sequence[Paragraph], setting: Ground, scores: Sequence[float]) -> list[int]:
    """Lines for which more speaks than against, and what hardly anything speaks against of the tables and lists beside them."""
    if setting.run.first == setting.run.last:
        return []  # Where nothing reads like running text there are lists and menus.
    chosen = [
        is_body and not setting.places[line.node].is_other
        for line, is_body in zip(paragraphs, without_strays(scores), strict=True)
    ]
    home = setting.run.home
    # What stands anywhere on the page is not thereby beside the article: old pages lay all of it out in tables.
    is_told_apart = home >= 0 and setting.nodes[home].tag not in _ROOTS
    inside = _inside(setting.nodes, home) if is_told_apart else [False] * len(setting.nodes)
    joins = [
        points > _JOINING
        and line.linked < _LINKED
        and (
            (inside[line.node] and setting.places[line.node].kind in _SHAPED)
            or setting.places[line.node].kind == "quote"
        )
        and not setting.places[line.node].is_furniture
        for line, points in zip(paragraphs, scores, strict=True)
    ]
    for number in _standfirst(setting, scores, chosen):
        chosen[number] = True
    for number in range(1, len(chosen)):
        chosen[number] = chosen[number] or (chosen[number - 1] and joins[number])
    heads = _heads(setting, scores)
    for number in range(len(chosen) - 2, -1, -1):
        chosen[number] = chosen[number] or (chosen[number + 1] and (joins[number] or heads[number]))
    return _once(paragraphs, setting.nodes, [number for number, is_chosen in enumerate(chosen) if is_chosen])


def _heads(setting: Ground, scores: Sequence[float]) -> list[bool]:
    """For every line, whether it is the heading of the line behind it in one element, or the term that it explains."""
    nodes, lines = setting.nodes, setting.paragraphs
    heads = [False] * len(lines)
    for number, (line, after) in enumerate(pairwise(lines)):
        place = setting.places[line.node]
        is_head = (place.kind == "heading" or nodes[line.node].tag == "dt") and number > setting.headline
        heads[number] = (
            is_head
            and scores[number] > _HEADING
            and line.linked < _LINKED
            and nodes[line.node].parent == nodes[after.node].parent
            and not (line.is_hidden or place.is_furniture or place.is_comment or place.is_other)
        )
    return heads


def _standfirst(setting: Ground, scores: Sequence[float], chosen: Sequence[bool]) -> list[int]:
    """Sentences between the headline and the body that hardly anything speaks against."""
    headline = setting.headline
    if headline < 0 or not any(chosen[headline + 1 :]):
        return []
    return [
        number
        for number in range(headline + 1, chosen.index(True, headline + 1))
        if scores[number] > _JOINING
        and _may_open(setting.paragraphs[number], setting.places[setting.paragraphs[number].node])
    ]


def _may_open(line: Paragraph, place: Surroundings) -> bool:
    is_text = line.is_sentence and line.linked < _LINKED and place.kind in ("body", "heading")
    is_beside = line.is_hidden or place.is_furniture or place.is_comment or place.is_other
    return is_text and not (is_beside or line.asks_consent() or is_byline(line) or is_dated(line))


def _once(paragraphs: Sequence[Paragraph], nodes: Sequence[Node], chosen: Sequence[int]) -> list[int]:
    """Drop passages that a page holds twice, for printing or for another view of it; those that it shows stay.

    What comes twice within one element, or alone among lines that don't, is meant to.
    """
    copies = Counter(paragraphs[number].text for number in chosen)
    if len(copies) == len(chosen):
        return list(chosen)
    first: dict[str, int] = {}
    for number in sorted(chosen, key=lambda number: (paragraphs[number].is_hidden, number)):
        first.setdefault(paragraphs[number].text, number)
    is_copied = [False, *(copies[paragraphs[number].text] > 1 for number in chosen), False]

    def is_view(place: int, number: int) -> bool:
        other = first[paragraphs[number].text]
        if other == number or nodes[paragraphs[number].node].parent == nodes[paragraphs[other].node].parent:
            return False
        return is_copied[place] or is_copied[place + 2] or paragraphs[number].is_hidden

    return [
        number for place, number in enumerate(chosen) if paragraphs[number].size < _LONG or not is_view(place, number)
    ]


def weigh_all(paragraphs: Sequence[Paragraph], nodes: Sequence[Node], places: Sequence[Surroundings]) -> list[float]:
    """Return for every line how much it reads like running text where it stands; below zero like furniture.

    >>> from tui.text.markup import html, paragraphs
    >>> from tui.text.structure.places import survey
    >>> page = html.parse("<p>It rained all day, and nobody went out.</p><aside>Tell us about your rain.</aside>")
    >>> lines, nodes = paragraphs.read(page.text, page.lines), list(page.nodes)
    >>> weigh_all(lines, nodes, survey(nodes, lines))
    [13.0, -30.0]
    """
    is_shown_late = _is_shown_late(paragraphs, places)
    return [_weigh(paragraph, places[paragraph.node], nodes, is_shown_late) for paragraph in paragraphs]


def _best_run(
    paragraphs: Sequence[Paragraph], weights: Sequence[float], nodes: Sequence[Node], headline: int
) -> BestRun:
    """The densest run, and the same widened to the lines around it in the element that holds nearly all of it."""
    first, last = _near_headline(weights, headline)
    home = _home(paragraphs[first:last], weights[first:last], nodes)
    if home < 0 or nodes[home].tag in _ROOTS:
        return BestRun(first, last, home, first, last)
    inside = _inside(nodes, home)
    begin, end = first, last
    while begin > 0 and inside[paragraphs[begin - 1].node] and weights[begin - 1] > _FURNITURE:
        begin -= 1
    while end < len(paragraphs) and inside[paragraphs[end].node] and weights[end] > _FURNITURE:
        end += 1
    return BestRun(first, last, home, begin, end)


def _near_headline(weights: Sequence[float], headline: int) -> tuple[int, int]:
    """The run with the greatest sum; runs far behind the headline, or above it, need to hold more."""
    if headline < 0:
        return densest(weights)
    parted = [*weights[:headline], -math.inf, *weights[headline + 1 :]]
    return max(runs(parted), key=lambda run: run[0] * _worth(run[1] - headline), default=(0.0, 0, 0))[1:]


def _worth(behind: int) -> float:
    """What a run counts that starts so many lines behind the headline."""
    if behind < 0:
        return _ABOVE
    return 1.0 if behind <= _NEAR else _FAR


def _inside(nodes: Sequence[Node], home: int) -> list[bool]:
    return inherited([number == home for number in range(len(nodes))], nodes)


def _is_shown_late(paragraphs: Sequence[Paragraph], places: Sequence[Surroundings]) -> bool:
    """Most of the running text is hidden until a script shows it."""
    hidden = visible = 0.0
    for paragraph in paragraphs:
        if paragraph.is_sentence and paragraph.linked < 0.5 and not places[paragraph.node].is_furniture:
            hidden += paragraph.size * paragraph.is_hidden
            visible += paragraph.size * (not paragraph.is_hidden)
    return hidden > 2 * visible


def _weigh(paragraph: Paragraph, place: Surroundings, nodes: Sequence[Node], is_shown_late: bool) -> float:
    if place.is_furniture or place.is_comment or place.is_other or paragraph.asks_consent():
        return -30.0 if paragraph.size > 6 else -15.0
    if paragraph.linked > 0.5:
        return -12.0 - min(paragraph.size, 20.0)
    weight = weigh(paragraph)
    if paragraph.linked > 0.25 and weight > 0:
        weight /= 2
    if paragraph.is_hidden and not is_shown_late:
        return min(weight, 0.0) - 10.0
    if weight > 0 or weight < -20.0:
        return weight
    if place.kind == "code":
        return 2.0
    if place.kind in ("heading", "caption", "table"):
        return weight / 3
    if place.kind == "list":
        return paragraph.size / 2 - 4.0
    if nodes[paragraph.node].tag == "p" and place.is_good and not paragraph.linked:
        return paragraph.size / 4
    return weight


def _home(paragraphs: Sequence[Paragraph], weights: Sequence[float], nodes: Sequence[Node]) -> int:
    """The deepest node that holds nine tenths of a run."""
    sums = [0.0] * len(nodes)
    for paragraph, weight in zip(paragraphs, weights, strict=True):
        sums[paragraph.node] += max(weight, 0.0)
    summed(sums, nodes)
    most = 0.9 * max(sums, default=0.0)
    return max((number for number, total in enumerate(sums) if total >= most > 0), default=-1)
