"""Finds the structure of a page that has markup: article, title, fields, lists of headlines."""

from collections.abc import Sequence

from tui.core.model import Headline
from tui.core.page import Page
from tui.core.values import replace
from tui.text.markup import head
from tui.text.markup.paragraphs import Paragraph, size_of
from tui.text.markup.statements import Statements
from tui.text.structure import (
    article,
    headlines,
    index,
    linklists,
    metadata,
    pagetype,
    places,
    plaintext,
    posts,
    titles,
)
from tui.text.structure.linktree import Tree
from tui.text.words.sitename import opening

MOST_NODES = 50_000
"""Nodes that are looked at though no line that was read stands in them or behind them."""
_MAX_TITLE = 90.0
"""Size of a line up to which it may be the page's title."""
_MIN_TITLE = 8.0
"""Size of what the head alone calls the page, from which on it is more than the name of a section or a site."""


def read_structure(
    page: Page, read: Sequence[Paragraph], said: Statements, shown: pagetype.Evidence
) -> tuple[list[Headline], pagetype.Evidence]:
    """Mark the kinds of all lines in `read`, add what the page states to `said`, and return its headlines and kind."""
    # Where there are very many, most are of lines that were not read, or became part of one.
    is_crowded = len(page.nodes) > MOST_NODES
    nodes = page.nodes[: 1 + max((line.node for line in read), default=0) if is_crowded else None]
    standing = places.survey(nodes, read)
    if not shown.is_article and (posts.is_thread(nodes) or places.is_talk(read, standing)):
        shown = replace(shown, is_talk=True)
    if shown.is_forum:
        standing = places.survey(nodes, read, is_forum=True)
    places.mark_levels(read, standing)
    spans, tree = list(page.spans), Tree(nodes)
    may_be_index = not shown.is_article and index.may_be_index(read, standing)
    lists = linklists.find(read, tree, spans, page.raw.fetched) if may_be_index else []
    is_index = index.is_index(lists, read, nodes, standing, is_forum=shown.is_forum)
    if shown.is_forum and not is_index:
        article.mark_posts(read, nodes, standing)
    elif not is_index:
        article.mark_body(read, nodes, standing, head.told(page.meta))
    stated = Statements(page.meta_before)
    head.from_head(stated, page.meta, page.raw.url)
    _choose_title(page, read, said, stated)
    if not is_index:
        lists = linklists.find(read, tree, spans, page.raw.fetched)
    lists = headlines.without_boxes(read, lists)
    found = headlines.name_lists(read, lists)
    if is_index:
        index.mark_lists(lists, read, standing)
    head.from_head(said, [pair for pair in page.meta if pair[0] != "title"], page.raw.url)
    metadata.from_text(said, read, found, page.raw.fetched)
    return found, shown


def _choose_title(page: Page, read: Sequence[Paragraph], said: Statements, stated: Statements) -> None:
    """Say which title is the page's, and mark its lines, so that it is not in the body too."""
    own = next((value for key, value in page.meta if key == "title"), "")
    site = next(iter(stated.values("site")), ("", ""))[0]
    lines = [line for line in read if line.size < _MAX_TITLE and (line.linked < 0.5 or line.level == 1)]
    title = titles.choose(own, stated.values("title"), lines, site)
    is_name = title is not None and title.origin == "title" and size_of(opening(title.text)) < _MIN_TITLE
    if title is None or (is_name and any(line.kind == "body" for line in read)):
        line = plaintext.find_title([paragraph for paragraph in read if paragraph.linked < 0.5])
        title = titles.Title(line.text, "text: line above the body", line.text) if line else title
    if title is None:
        return
    said.add("title", title.text, title.origin, before=title.whole, rank=0)
    for text in filter(None, (title.text, title.heading)):
        titles.mark(read, text)
    titles.clear_above(read)
