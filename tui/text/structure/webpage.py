"""Finds the structure of a page that has markup: article, title, fields, lists of headlines.

What a line is, the steps claim one after the other, and each sees what those before it claimed: the article or the
posts; the lines that repeat the title, and what stands above it; the lists of headlines among what is left; of an index
page, its main lists.
"""

from collections.abc import Callable, Sequence

from tui.core.model import BODY_KINDS, Headline, PageType, Post
from tui.core.page import Node, Page
from tui.core.values import replace
from tui.text.markup import head
from tui.text.markup.paragraphs import Claims, Paragraph, claim, size_of
from tui.text.markup.statements import Statements
from tui.text.structure import (
    article,
    authors,
    bylines,
    doubt,
    headlines,
    index,
    linklists,
    metadata,
    pagetype,
    places,
    plaintext,
    posts,
    talk,
    titles,
)
from tui.text.words.sitename import opening

MOST_NODES = 50_000
"""Nodes that are looked at though no line that was read stands in them or behind them."""
_IN_PARTS = frozenset({"service", "listing", "collection"})
"""Kinds of page whose content stands in many parts, short and long."""
_MIN_TITLE = 8.0
"""Size of what the head alone calls the page, from which on it is more than the name of a section or a site."""


def read_structure(
    page: Page, lines: Sequence[Paragraph], statements: Statements, evidence: pagetype.Evidence
) -> tuple[list[Headline], list[Post], PageType, Callable[[], float]]:
    """Claim the kinds of all lines, add what the page states to `statements`, and return its headlines, posts, kind and what measures its doubt."""
    # Where there are very many, most are of lines that were not read, or became part of one.
    is_crowded = len(page.nodes) > MOST_NODES
    most = 1 + max((line.node for line in lines), default=0) if is_crowded else None
    nodes = places.Elements(page.nodes[:most])
    evidence = pagetype.named(evidence, nodes)
    stated = titles.stated(page.meta, page.raw.url, page.meta_before)
    setting, title, headline, evidence = surveyed(page, lines, nodes, stated, evidence)
    spans, tree = page.spans, linklists.Tree(nodes)
    may_be_index = not evidence.is_article and index.may_be_index(lines, setting)
    lists = linklists.find(lines, tree, spans, page.raw.fetched) if may_be_index else []
    is_index = index.is_index(lists, lines, nodes, setting, headline, is_forum=evidence.is_forum)
    written: list[Post] = []
    said: set[int] = set()
    found = doubt.Verdict({})
    if evidence.is_forum and not is_index:
        found = posts.body(lines, nodes, setting)
        claim(lines, found.claims)
        written, furniture = authors.find(lines, nodes, spans, page.raw.fetched)
        claim(lines, furniture)
    elif not is_index:
        found = article.body(lines, nodes, setting, head.article_body(page.meta), headline)
        claim(lines, found.claims)
    _claim_title(title, lines, statements)
    if not is_index:
        lists = linklists.find(lines, tree, spans, page.raw.fetched)
    lists = headlines.without_boxes(lines, lists)
    items, listed = headlines.name_lists(lines, lists)
    claim(lines, listed)
    if is_index:
        claim(lines, index.body(lists, lines, setting, listed, headline))
    statements.extend(stated)
    if written:
        bylines.from_post(statements, written[0], lines, spans)
    else:
        said = bylines.said_of(lines, nodes)
        bylines.read(statements, lines, nodes, spans, page.raw.fetched, said)
    own = [line for number, line in enumerate(lines) if number not in said] if said else lines
    metadata.from_text(statements, own, items, page.raw.fetched)

    def shown() -> list[int]:
        return index.shown(lines, setting, headline)

    kind = pagetype.decide(evidence, lines, items, statements.fields(), shown)
    if kind not in ("article", "forum"):
        scores = found.scores if kind in _IN_PARTS else ()
        claim(lines, index.rest(lines, setting, headline, scores))
    return items, written, kind, lambda: doubt.measure(lines, found, shown(), kind)


def surveyed(
    page: Page, lines: Sequence[Paragraph], nodes: Sequence[Node], stated: Statements, evidence: pagetype.Evidence
) -> tuple[list[places.Surroundings], titles.Title | None, int, pagetype.Evidence]:
    """Return what the markup says of each node, the title, which line shows it (-1: none), and whether people talk here."""
    if not evidence.is_forum:  # there, forms to answer stand beside the posts
        places.show_panels(lines, nodes)
    setting = places.survey(nodes, lines)
    for line in lines:
        line.level = setting[line.node].level
    title = titles.of_page(page.meta, stated, lines, page.raw.url)
    if title is not None and page.raw.title and ("title", page.raw.title) in page.meta:
        # The record calls the page just as its head does, so that nothing of it is the site's name.
        title = replace(title, text=page.raw.title)
    headline = titles.landmark(lines, title)
    said = talk.find(lines, nodes, headline)
    if said.is_topic(in_forum=evidence.is_called_forum) and not evidence.is_article:
        evidence = replace(evidence, is_talk=True)
    heading = lines[headline].node if headline >= 0 and lines[headline].level else -1
    if evidence.is_forum or said.comments or (heading >= 0 and setting[heading].is_furniture):
        setting = places.survey(nodes, lines, heading, comments=said.comments, is_forum=evidence.is_forum)
    return setting, title, headline, evidence


def _claim_title(title: titles.Title | None, lines: Sequence[Paragraph], statements: Statements) -> None:
    """Say which title is the page's, and claim its lines, so that it is not in the body too."""
    is_name = title is not None and title.origin == "title" and _names_section(title)
    if title is None or (is_name and any(line.kind == "body" for line in lines)):
        line = plaintext.find_title([line for line in lines if line.linked < 0.5])
        title = titles.Title(line.text, "text: line above the body", line.text) if line else title
    if title is None:
        return
    statements.add("title", title.text, title.origin, before=title.before, rank=0)
    for text in filter(None, (title.text, title.heading)):
        claim(lines, _spared(lines, titles.repeats(lines, text)))
    claim(lines, titles.above(lines))


def _spared(lines: Sequence[Paragraph], repeats: Claims) -> Claims:
    """Leave out the last sentence that repeats the title, where nothing else is left of the body."""
    body = [number for number, line in enumerate(lines) if line.kind in BODY_KINDS]
    if not body or body[-1] not in repeats or not lines[body[-1]].is_sentence or any(n not in repeats for n in body):
        return repeats
    return {number: kind for number, kind in repeats.items() if number != body[-1]}


def _names_section(title: titles.Title) -> bool:
    """What the head alone calls the page may be no more than the name of a section or a site: a word, or a few characters."""
    name = opening(title.text)
    return size_of(name) < _MIN_TITLE and (name > "\u2e80" or " " not in title.before.strip())
