"""Finds the structure of a page: the last step on a byte's way."""

import hashlib
import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import accumulate, islice

from tui.core.late import late
from tui.core.model import (
    BODY_KINDS,
    Block,
    BlockKind,
    Document,
    Failure,
    Headline,
    PageType,
    Post,
    Problem,
    RepairCount,
    Rows,
    RuleBounds,
    Writing,
)
from tui.core.page import FEED_MEDIA, WIKI_MEDIA, Line, Page
from tui.core.values import replace
from tui.text.markup import frontmatter, head, paragraphs
from tui.text.markup.paragraphs import Paragraph, claim
from tui.text.markup.statements import Statements
from tui.text.quality import signals
from tui.text.structure import doubt, headlines, metadata, pagetype, plaintext, titles, written
from tui.text.words import language, scripts
from tui.text.words.phrases import COMMENTS, LIST_NAMES, asks_consent, checks_robots, list_name
from tui.text.words.sitename import by_address

_NAMED = 200
"""Code points of a page's first line that it is called by where it has no title."""
_OPENING, _OPENING_LINES = 4000, 4
"""Code points, and lines, of bare text by which a list may call it."""
_LAST = 20
"""Lines before those that were not read that say what they are."""
_KINDS_OF_LISTS = frozenset({"index", *(name for name, _words in LIST_NAMES)})
_ABOVE = 200
"""Code points above a list among which its heading is looked for."""
_LINES_ABOVE = 4
_MOST_HEADING = 40
"""Code points of a heading; a longer line that says "more" is a sentence."""
_ELSEWHERE = {head.TEXT_FROM: "text_elsewhere", head.REST_FROM: "rest_elsewhere"}
"""What the head says of text that readers aren't shown -> the problem that tells of it."""
_MAX_CHECK = 1_500
"""Code points of a page up to which it may hold nothing but a check for robots, or a request for consent."""
_LINKED = 0.9
"""Share of a line in links from which on it is one of links."""
_MAX_BARE = 400
"""The same where only its title says so."""
_MERGED = frozenset({"boiler", "code", "table"})
"""Kinds whose neighbouring lines make one block."""


def parse(page: Page, repairs: tuple[RepairCount, ...] = (), bounds: RuleBounds = ()) -> Document:
    """Return what the page says: title, body, lists of headlines, fields. Never fails: odd input gives a poor document.

    `bounds` stand instead of those of public corpora.
    """
    raw = page.raw
    if raw.row is not None:
        from tui.text import rowpage  # rows of batches alone need it

        return rowpage.document(page, raw.row, repairs, bounds)
    lines = paragraphs.read(page.text, page.lines)
    unread = None
    if len(lines) > paragraphs.MOST_LINES:
        unread = (lines.pop().start, len(page.text.rstrip()))
    statements = Statements(page.meta_before)
    head.from_record(statements, raw.record, raw.title)
    evidence = pagetype.evidence(page.meta, raw.url)
    posts: list[Post] = []
    kind: PageType = "listing"
    doubtful: Callable[[], float] = float
    if raw.media == FEED_MEDIA:
        from tui.text.structure import feedpage  # as below

        items = feedpage.read_structure(page, lines, statements)
    elif raw.media == WIKI_MEDIA:
        from tui.text.structure import wikipage  # as below

        wikipage.read_structure(page, lines)
        items, kind = [], "article"
    elif raw.form == "page" and (len(page.nodes) or page.meta):
        from tui.text.structure import webpage  # bare text needs none of it

        items, posts, kind, doubtful = webpage.read_structure(page, lines, statements, evidence)
    else:
        items, doubtful = (_from_text if raw.form == "page" else _from_written)(page, lines, statements)
        kind = pagetype.decide(evidence, lines, items, statements.fields())
    fields = statements.fields()
    title = fields.pop("title", None)
    judged = cache(lambda: language.judge(_running(lines) or page.text))
    writings = cache(lambda: Rows(Writing, scripts.stretches(page.text)))
    return Document(
        ref=raw.ref,
        sha256=late(lambda: hashlib.sha256(raw.payload).hexdigest()),
        media=raw.media,
        size=raw.size,
        clipped=raw.clipped,
        url=raw.url,
        fetched=raw.fetched,
        record=raw.record,
        charset=page.charset,
        type=kind,
        title=str(title.value) if title else raw.title or _nameless(page, lines),
        title_before=title.before if title else None,
        language=late(lambda: judged()[0]),
        text=page.text,
        blocks=late(lambda: _blocks(page, lines, unread)),
        headlines=late(lambda: Rows(Headline, _headed(items, page))),
        posts=Rows(Post, posts),
        spans=page.spans,
        metadata=fields,
        signals=late(
            lambda: (
                signals.measure(page.text, lines)
                | {"script_mix": scripts.mix(writings()), "language_score": judged()[1], "doubt": doubtful()}
            )
        ),
        fails=late(lambda: _failed(lines, judged()[0], bounds)),
        repairs=repairs,
        edits=page.edits,
        problems=late(
            lambda: (
                *page.problems,
                *_unshown(page, lines, kind, unread),
                *scripts.naive_problems(page.text, writings()),
            )
        ),
        scripts=late(writings),
        shapes=page.shapes,
        http=raw.http,
        warc=raw.warc,
    )


def opening(text: str) -> str | None:
    """Return what bare text is called if its first lines tell: all are running text, but for the first. None: they don't.

    >>> opening("Rain\\nIt rained all day, and nobody went out of the house before the evening came."), opening("Home\\nNews")
    ('Rain', None)
    """
    parts = text[:_OPENING].split("\n")
    ends = accumulate(len(part) + 1 for part in parts)
    starts = (Line(end - len(part) - 1, end - 1) for part, end in zip(parts, ends, strict=True) if part.strip())
    lines = paragraphs.read(text, list(islice(starts, _OPENING_LINES)))
    running = list(map(plaintext.is_running, lines))
    if not any(running) or not all(running[1:]):
        return None
    for line, is_running in zip(lines, running, strict=True):
        line.kind = "body" if is_running else line.kind
    title = plaintext.find_title(lines)
    return lines[0].text[:_NAMED] if title is None else headlines.clean_title(title.text)


def _failed(lines: Sequence[Paragraph], language: str | None, bounds: RuleBounds) -> dict[str, Failure]:
    from tui.text.quality import measures  # many pages are read of which nobody asks it

    return measures.failed("\n".join(line.text for line in lines if line.kind in BODY_KINDS), language, bounds)


def _nameless(page: Page, lines: Sequence[Paragraph]) -> str:
    """What a page without a title is called: as its first line says, or where it lies. What isn't read has no name."""
    if lines:
        return lines[0].text[:_NAMED]
    return "" if any(problem.gravity == "unread" for problem in page.problems) else by_address(page.raw.url)


def _from_text(
    page: Page, lines: Sequence[Paragraph], statements: Statements
) -> tuple[list[Headline], Callable[[], float]]:
    """The structure of bare text, step by step as `webpage` finds that of markup."""
    lines = _behind_front_matter(page, lines, statements)
    found = plaintext.body(lines)
    claim(lines, found.claims)
    title = plaintext.find_title(lines)
    if title is not None:
        claim(lines, titles.repeats(lines, title.text))
        claim(lines, titles.above(lines))
        statements.add("title", headlines.clean_title(title.text), "text: line above the body")
    items, listed = headlines.find_in_text(lines, page.raw.fetched)
    claim(lines, listed)
    metadata.from_text(statements, lines, items, page.raw.fetched)
    return items, lambda: doubt.measure(lines, found)


def _from_written(
    page: Page, lines: Sequence[Paragraph], statements: Statements
) -> tuple[list[Headline], Callable[[], float]]:
    """The structure of a text that somebody wrote as one."""
    if len(page.nodes):
        claim(lines, written.marked_up(page.nodes, lines))
        statements.extend(titles.stated(page.meta, page.raw.url, page.meta_before))
        return [], float
    if page.raw.form != "document":
        claim(lines, written.claims(page.text, lines))
        return [], float
    lines = _behind_front_matter(page, lines, statements)
    claim(lines, written.claims(page.text, lines))
    if heading := written.title(page.text, lines):
        number, title = heading
        claim(lines, {number: "title", **written.bylines(lines, number + 1)})
        statements.add("title", headlines.clean_title(title), "text: first heading")
    metadata.from_text(statements, lines, (), page.raw.fetched)
    return [], float


def _behind_front_matter(page: Page, lines: Sequence[Paragraph], statements: Statements) -> Sequence[Paragraph]:
    """The lines that are none of the front matter, which states what it does."""
    front = frontmatter.find(page.text, is_document=page.raw.form == "document")
    if front is None:
        return lines
    head.from_record(statements, front.fields, front.title, "front matter")
    return [line for line in lines if not front.start <= line.start < front.end]


def _headed(items: Sequence[Headline], page: Page) -> Iterator[Headline]:
    """Headlines with what stands over their list; lists of no kind that is known are called so already.

    Their links are resolved against the page's own address, or the base that it names.
    """
    url, text = page.raw.url, page.text
    base = head.joined(url, next((value for key, value in page.meta if key == "base" and value), "")) if url else ""
    headings: dict[str, str | None] = {}
    end = 0
    for item in items:
        if item.list not in headings:
            kind = re.sub(r" \d+$", "", item.list)
            is_kind = kind in _KINDS_OF_LISTS
            above = text[max(end, item.start - _ABOVE) : item.start]
            headings[item.list] = (_heading(above, kind) or item.heading) if is_kind else kind
        link = head.joined(base, item.url) if base and item.url else item.url
        yield replace(item, heading=headings[item.list], url=link)
        end = item.end


def _heading(above: str, kind: str) -> str | None:
    """The line above a list that says that it is of a kind, or the rest of it behind the last item of another list.

    >>> _heading("總統普京\\n相關推薦 -\\n", "related"), _heading(" 評論 79最新聞 Hot\\n-\\n", "hot"), _heading("雨\\n", "related")
    ('相關推薦', '最新聞 Hot', None)
    """
    for line in reversed(above.splitlines()[-_LINES_ABOVE:]):
        glued = list(COMMENTS.finditer(line))
        words = (line[glued[-1].end() :] if glued else line).strip(" -:：|·»>")
        if words and len(words) <= _MOST_HEADING and list_name(words) == kind:
            return words
    return None


def _running(lines: Sequence[Paragraph]) -> str:
    """The start of the body, or nothing if it is too short to tell its language."""
    text = "\n".join(paragraph.text[:2000] for paragraph in [p for p in lines if p.kind in BODY_KINDS][:40])
    return text if len(text) >= 40 else ""


def _unshown(
    page: Page, lines: Sequence[Paragraph], kind: PageType, unread: tuple[int, int] | None
) -> tuple[Problem, ...]:
    if not page.text.strip():
        if any(problem.code in ("empty", "not_text") for problem in page.problems):
            return ()  # they say it
        return (Problem("no_visible_text", page.raw.ref.source),)
    for key, value in page.meta:
        if key in _ELSEWHERE:
            return (Problem(_ELSEWHERE[key], page.raw.ref.source, {"origin": value}),)
    if kind == "other" and len(page.text) <= _MAX_CHECK:
        is_bare = len(page.text) <= _MAX_BARE
        titles = (value for key, value in page.meta if key == "title" and is_bare)
        if checks_robots(page.text) or any(map(checks_robots, titles)):
            return (Problem("robot_check", page.raw.ref.source),)
        told = "\n".join(line.text for line in lines if line.linked < _LINKED)  # links to settings ask nobody
        if asks_consent(told) and all(line.kind not in BODY_KINDS for line in lines):
            return (Problem("consent_only", page.raw.ref.source),)
    if unread is None:
        return ()
    start, end = unread
    return (Problem("many_lines", page.raw.ref.source, {"lines": paragraphs.MOST_LINES}, start, end),)


def _blocks(page: Page, lines: Sequence[Paragraph], unread: tuple[int, int] | None) -> Rows[Block]:
    """Put every line that isn't empty into one block; separators, which nobody read, are furniture but amid code."""
    kinds: list[BlockKind] = []
    starts, ends = array("q"), array("q")
    levels: list[int | None] = []

    def add(kind: BlockKind, start: int, end: int, level: int | None = None) -> None:
        if kinds and kind in _MERGED and kinds[-1] == kind:
            ends[-1] = end
            return
        kinds.append(kind)
        starts.append(start)
        ends.append(end)
        levels.append(level if kind == "heading" else None)

    waiting = iter(lines)
    last, following = None, next(waiting, None)
    for line_start, line_end, node in zip(*map(page.lines.column, ("start", "end", "node")), strict=True):
        if following is not None and following.start < line_end:
            add(following.kind, following.start, following.end, following.level)
            last, following = following, next(waiting, None)
        elif unread and line_end > unread[0]:
            ends_in = [line.kind in BODY_KINDS for line in lines[-_LAST:]]
            add("body" if 2 * sum(ends_in) > len(ends_in) else "boiler", *unread)
            break
        elif bare := page.text[line_start:line_end].strip():
            start = page.text.index(bare, line_start)
            is_code = any(line is not None and line.kind == "code" and line.node == node for line in (last, following))
            add("code" if is_code else "boiler", start, start + len(bare))
    return Rows.of(Block, kinds, starts, ends, levels)
