"""Chooses a page's title among those that it offers."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple, Protocol

from tui.core.model import BODY_KINDS, BlockKind
from tui.core.values import dataclass, replace
from tui.text.markup import glance, head
from tui.text.markup.paragraphs import Claims, Paragraph, size_of
from tui.text.markup.statements import Statements
from tui.text.words.phrases import HOME
from tui.text.words.sitename import by_host, cut_behind, cut_name, cut_site, fold, split

_MAX_HEADINGS = 12
_NEAR_TITLE = 3
"""Lines of a page without body that may repeat its title."""
_MAX_ABOVE = 0.25
"""Share of the body that may stand above the title without being part of it."""
_MAX_TITLE = 90.0
"""Size of a line up to which it may be the page's title."""
_LONG = 60.0
"""Size from which on a sentence above the title is no kicker: some pages repeat their title below the first paragraph."""
_MAX_STATED = 5
"""Fields of the head that are compared with the page's lines, most believed first."""
_TITLED = frozenset({"title", "site", "canonical_url"})
"""What of the head says how a page is called."""
_SURE = 0.9
_MAX_HEADLINE = 200
"""Code points from which on a headline is none."""
_MIN_HEADLINE = 4.0
"""Size up to which a headline is the name that a desk has for the page: a word or two."""
_ARTICLE = re.compile(r"^json-ld .*(?:Article|Posting)")
_HALF = 0.49
"""Agreement with the head from which a first-level heading is the title."""
_LONE = 0.34
"""The same of the only heading, where the head says one thing only: that is written for searches."""
_ANCHORS = "¶§ "
"""Signs at a heading's end that link to it."""
_AROUND = " ()[]{}|-–—#"
_MARKDOWN = "# "
"""Signs of a heading's level that were left at its start."""
_MAX_BARS = 12
_MARK = re.compile(r"[-–—|｜_·•»:：]+")


@dataclass(frozen=True, slots=True)
class Title:
    """A title, and where it was found."""

    text: str
    origin: str
    before: str
    """The string as it stood, with the name of the site."""
    heading: str = ""
    """The page's own heading, where that says something else."""


def _pairs(folded: str) -> set[str]:
    return {folded[at : at + 2] for at in range(len(folded) - 1)}


def likeness(one: set[str], two: set[str]) -> float:
    """Return how much alike two strings are, by their pairs of letters.

    >>> likeness(_pairs("rainagain"), _pairs("rainagaininthenorth"))
    0.6
    """
    return 2 * len(one & two) / max(1, len(one) + len(two))


class _Claim:
    """A title that is stated, and what others are compared with it by."""

    def __init__(self, title: Title) -> None:
        self.title = title
        self.folded = fold(title.text)

    @cached_property
    def heads(self) -> set[str]:
        """What stands before the bars of the string as it stood, which may have a site's name behind it."""
        return {fold(parts.head) for parts in split(self.title.before)}

    @cached_property
    def pairs(self) -> set[str]:
        """Its pairs of letters."""
        return _pairs(self.folded)


class Short(Protocol):
    """A short line of a page."""

    @property
    def text(self) -> str:
        """What it says."""

    @property
    def linked(self) -> float:
        """Share of it that stands in links."""

    @property
    def level(self) -> int | None:
        """Of a heading, its level."""


class Heading(NamedTuple):
    """A heading of the first level, or several lines of one as a whole."""

    text: str
    linked: float
    """Share of it that stands in links."""


def of_page(
    meta: Sequence[tuple[str, str]], stated: Statements, lines: Sequence[Paragraph], url: str | None
) -> Title | None:
    """Return the title of a page that was read whole."""
    short = [line for line in lines if line.size < _MAX_TITLE and (line.linked < 0.5 or line.level)]
    return _of_head(meta, stated, headings(short), url, short)


def at_a_glance(seen: glance.Glimpse, url: str | None = None, recorded: str | None = None) -> str:
    """Return what a list may call a page of markup, by the same rule from its first kilobytes; empty if nothing suits.

    `recorded` is what the record around it calls it, which counts as little as it does of the whole page.

    >>> at_a_glance(glance.read("<title>Rain again | The Gazette</title><h1>Rain again</h1>"))
    'Rain again'
    >>> at_a_glance(glance.read("<p>Rain"))
    'Rain'
    """
    statements = Statements()
    head.from_head(statements, seen.meta, url, keys=_TITLED)
    title = _of_head(seen.meta, statements, _joined(seen.headings), url, glance.lines(seen.rest))
    if recorded and (title is None or ("title", recorded) in seen.meta):
        return recorded
    return title.text[: glance.TITLE_CHARS] if title else glance.first_line(glance.bare(seen.rest))


def stated(meta: Sequence[tuple[str, str]], url: str | None, changed: Mapping[str, str] | None = None) -> Statements:
    """What the head states; its title, which names the site as well, is told apart."""
    statements = Statements(changed)
    head.from_head(statements, [pair for pair in meta if pair[0] != "title"], url)
    return statements


def _of_head(
    meta: Sequence[tuple[str, str]],
    stated: Statements,
    headings: Sequence[Heading],
    url: str | None,
    lines: Iterable[Short] = (),
) -> Title | None:
    own = next((value for key, value in meta if key == "title"), "")
    address = url or next(iter(stated.values("canonical_url")), ("", ""))[0]
    site = next(iter(stated.values("site")), ("", ""))[0] or by_host(own, head.host(address))
    is_front = head.is_front(address) if address else None
    return choose(own, stated.values("title"), headings, site, lines, is_front=is_front)


def choose(
    head: str,
    offered: Sequence[tuple[str, str]],
    headings: Sequence[Heading],
    site: str = "",
    lines: Iterable[Short] = (),
    *,
    is_front: bool | None = None,
) -> Title | None:
    """Return the title: the heading that agrees best with what the head says, else what the head says.

    `offered` are (text, origin) of meta fields, most believed first; `lines` are the page's short lines outside of lists,
    which say where the head's title ends. A first-level heading, which may stand on several lines, need agree by half
    only. An article's own headline in the JSON-LD goes before a heading that says something else: that one is written for
    searches. The front page of a site is called by its name, which is no title of pages within it (`is_front` is None where
    nobody knows).

    >>> choose("Rain again | The News", [("Rain again", "meta og:title")], []).text
    'Rain again'
    """
    own = site if is_front else ""
    stated = [(text, origin) for text, origin in [(head, "title"), *offered] if text]
    claims = [_Claim(Title(_cut(text, head, site, origin, own), origin, text)) for text, origin in stated]
    # What every site calls its front page names none of them.
    claims = [claim for claim in claims if claim.folded not in HOME] or claims
    believed = claims[: _MAX_STATED + 1]
    named = fold(site) if is_front is False else None
    telling = [claim for claim in believed if claim.folded != named]
    heading = _best_heading(headings, telling, site)
    if heading is None:
        lines = list(lines)
        heading = _lone_heading(headings, believed, site, lines)
    bare = None if heading is None else cut_name(heading, site)[0]
    headline = _own_headline(claims, bare)
    if headline is not None:
        return headline
    if heading is not None and bare is not None:
        title = _punctuated(bare, [claim for claim in telling if claim.title.origin != "title"])
        return title if bare == heading else replace(title, heading=heading)
    line = _line_of(head, believed, lines, site)
    if line is not None:
        return line
    folded = fold(head)
    for claim in believed[1:]:
        if not head or claim.folded in folded:
            return claim.title
    return claims[0].title if claims else None


def _lone_heading(
    headings: Sequence[Heading], stated: Sequence[_Claim], site: str, lines: Iterable[Short]
) -> str | None:
    """The only first-level heading, where only one thing is stated and no heading further down says it."""
    unlinked = {fold(text) for text, linked in headings if linked < 0.5} - {fold(site)}
    if not len(unlinked) == len(stated) == 1:
        return None
    says_it = any(line.level and fold(line.text) == stated[0].folded for line in lines)
    return None if says_it else _best_heading(headings, stated, site, _LONE)


def _best_heading(headings: Sequence[Heading], stated: Sequence[_Claim], site: str, least: float = _HALF) -> str | None:
    """The first-level heading that agrees best with what is stated, if by `least`; what is as long as the statement goes first."""
    folds = {claim.folded for claim in stated}
    best: tuple[float, bool] = (least, False)
    heading = None
    for text, linked in headings:
        folded = fold(text)
        agreement = _agreement(folded, stated, folds)
        # A heading that links to its own page repeats the title; others lead to other pages. A home page is called as its site is.
        is_site = folded == fold(site) and folded not in folds
        if is_site or folded in HOME or (linked >= 0.5 and agreement < _SURE):
            continue
        if (agreement, folded in folds) > best:
            best, heading = (agreement, folded in folds), text
    return heading


def _agreement(folded: str, stated: Sequence[_Claim], folds: set[str]) -> float:
    """How well a line agrees with one of the statements."""
    if not stated:
        return 0.5
    if folded in folds or any(folded in claim.heads for claim in stated):
        return 1.0
    pairs = _pairs(folded)
    return max(likeness(pairs, claim.pairs) for claim in {claim.folded: claim for claim in stated}.values())


def _own_headline(stated: Sequence[_Claim], heading: str | None) -> Title | None:
    """The only headline that articles in the JSON-LD have, if the page's heading says something else than it.

    Plug-ins of blogs fill the headline with what is written for searches, as they do og:title: it says nothing of its own.
    """
    headlines = {
        claim.folded: claim.title
        for claim in stated
        if _ARTICLE.search(claim.title.origin) and len(claim.title.text) < _MAX_HEADLINE
    }
    if len(headlines) != 1 or heading is None:
        return None
    folded, title = next(iter(headlines.items()))
    if size_of(title.text) <= _MIN_HEADLINE:
        return None
    near = fold(heading)
    shared = [claim for claim in stated if claim.title.origin == "meta og:title"]
    others = {text for claim in shared for text in (claim.folded, fold(claim.title.before), *claim.heads)}
    pairs = [_pairs(folded), _pairs(near)]
    is_own = "News" in title.origin or not any(
        likeness(_pairs(other), own) >= _SURE for other in others for own in pairs
    )
    if not is_own or folded in near or near in folded:
        return None
    return replace(title, heading=heading)


def _line_of(head: str, stated: Sequence[_Claim], lines: Iterable[Short], site: str) -> Title | None:
    """The line that repeats what is stated, or the head's title as far as a bar, or the heading that does from one on."""
    folds = {claim.folded for claim in stated}
    cut = len(stated[0].folded) if stated else 0
    folds.update(before for before, _behind in _around_marks(head) if len(before) >= max(6, 0.6 * cut))
    own = stated[0].title.text if head else ""
    tails = _tails(own, site)
    # Where the site's name stands in front, a heading that links to its own page may lack a label: `View topic -`.
    linked = tails if len(own) < len(head) and head.endswith(own) else set()
    tails = tails | _tails(head, site)
    shortest = min(map(len, folds | tails), default=0)
    for line in lines:
        is_linked = line.linked >= 0.5
        wanted = (linked if is_linked else folds | tails) if line.level else set() if is_linked else folds
        if len(line.text) >= shortest and wanted and fold(line.text) in wanted:
            return _punctuated(line.text, [claim for claim in stated if claim.title.origin != "title"], "text: line")
    return None


def _around_marks(title: str) -> Iterator[tuple[str, str]]:
    """What stands before and behind each mark, folded."""
    for mark in islice(_MARK.finditer(title), _MAX_BARS):
        yield fold(title[: mark.start()]), fold(title[mark.end() :])


def _tails(title: str, site: str) -> set[str]:
    """What stands behind a mark and is the longer part, but for the name of the site."""
    return {behind for before, behind in _around_marks(title) if len(behind) >= max(12, len(before))} - {fold(site)}


def headings(lines: Sequence[Paragraph]) -> list[Heading]:
    """First-level headings: every line, and lines that follow each other as a whole."""
    groups: list[tuple[list[str], float]] = []
    end = -2
    for line in [each for each in lines if each.level == 1][:_MAX_HEADINGS]:
        if line.start == end + 1:
            groups[-1][0].append(line.text)
        else:
            groups.append(([line.text], line.linked))
        end = line.end
    return _joined(groups)


def _joined(groups: Sequence[tuple[Sequence[str], float]]) -> list[Heading]:
    joined: list[Heading] = []
    for lines, linked in groups:
        texts = [text.rstrip(_ANCHORS) for text in lines]
        for last in range(len(texts)):
            joined.append(Heading(texts[last], linked))
            if last:
                joined.append(Heading(" ".join(texts[: last + 1]), linked))
    return joined


def _cut(text: str, head: str, site: str, origin: str, own: str) -> str:
    """A title without the site's name: what the head's title only adds a name to is a title as it stands, and so are headlines.

    `own` is the name at the start that is the page's own, as it is of a front page's; then only a strong bar ends it.
    """
    text = text.lstrip(_MARKDOWN) or text
    if _ARTICLE.search(origin):
        return cut_name(text, site)[0]
    folded, page, named = fold(text), fold(head), fold(site)
    if own and folded.startswith(named):
        return cut_behind(text, own)
    is_complete = len(folded) < len(page) and page.startswith(folded) and not (named and folded.endswith(named))
    cut = text if is_complete else cut_site(text, site)
    return text if cut.lower() in HOME else cut


def _punctuated(heading: str, stated: Sequence[_Claim], origin: str = "text: heading") -> Title:
    """A heading, or the statement with the same letters, or with all but the kicker over it: headings lose what parts them.

    Between the lines and elements of a heading stand spaces that a statement has not.
    """
    folded, best = fold(heading), Title(heading, origin, heading)
    for claim in stated:
        title, tail = claim.title, claim.folded
        if folded == tail:
            is_same = "".join(title.text.split()) == "".join(best.text.split())
            if (is_same and len(title.text) < len(best.text)) or (
                not is_same and _marks(title.text) > _marks(best.text)
            ):
                best = title
        elif folded.endswith(tail) and len(tail) > 0.5 * len(folded):
            return title
    return best


def _marks(text: str) -> int:
    """Signs in a text; brackets and bars at its ends are no part of it."""
    return sum(not (mark.isalnum() or mark.isspace()) for mark in text.strip(_AROUND))


def landmark(lines: Sequence[Paragraph], title: Title | None) -> int:
    """Return which line is the page's headline, headings before other lines; -1: the page shows none.

    >>> from tui.core.page import Line
    >>> from tui.text.markup.paragraphs import read
    >>> lines = read("Rain\\nRain\\nIt rained.", [Line(0, 4), Line(5, 9), Line(10, 20)])
    >>> lines[1].level = 1
    >>> landmark(lines, Title("Rain", "meta og:title", "Rain"))
    1
    """
    wanted = {fold(text) for text in (title.text, title.heading) if text} if title else set()
    # The only letter that is longer when folded leaves a dot.
    shortest = min((len(text.replace("\N{COMBINING DOT ABOVE}", "")) for text in wanted), default=0)
    best, best_level = -1, 8
    for place, line in enumerate(lines):
        level, length = line.level or 7, len(line.text)
        may_head = level < best_level and length < 2 * _MAX_HEADLINE and (level == 1 or length >= shortest)
        if may_head and _heads(fold(line.text), level, wanted):
            best, best_level = place, level
    return best


def _heads(own: str, level: int, wanted: set[str]) -> bool:
    """Headings of the first level may hold less or more than the title."""
    return any(
        own == title or (level == 1 and len(own) > 3 and (own in title or own.endswith(title))) for title in wanted
    )


def repeats(lines: Sequence[Paragraph], title: str) -> Claims:
    """Claim the lines that only repeat the title, a part of it or a kicker with it, as far as the start of the body.

    They are not body, too. Only headings of the first level may hold less or more than the title.
    """
    folded = fold(title)
    body = [place for place, line in enumerate(lines) if line.kind in BODY_KINDS]
    reach = body[:3][-1] + 1 if len(body) > 1 else body[0] if body else _NEAR_TITLE
    claims: dict[int, BlockKind] = {}
    for place, line in enumerate(lines[:reach]):
        own = fold(line.text[:400])
        if own == folded or (line.level == 1 and len(own) > 3 and (own in folded or own.endswith(folded))):
            claims[place] = "title"
    return claims


def above(lines: Sequence[Paragraph]) -> Claims:
    """Claim what little of the body stands above the title as furniture: paths, kickers and labels are.

    >>> from tui.core.page import Line
    >>> from tui.text.markup.paragraphs import read
    >>> lines = read("Home > News\\nRain\\nIt rained all day, and nobody went out.", [Line(0, 11), Line(12, 16), Line(17, 56)])
    >>> lines[0].kind, lines[1].kind, lines[2].kind = "body", "title", "body"
    >>> above(lines)
    {0: 'boiler'}
    """
    rest = sum(line.size for line in lines if line.kind in BODY_KINDS)
    size = 0.0
    title = -1
    for place, line in enumerate(lines):
        if line.kind == "title":
            title = place
        elif line.kind in BODY_KINDS:
            size += line.size
            if size > _MAX_ABOVE * rest or (line.is_sentence and line.size >= _LONG):
                break
    return {place: "boiler" for place in range(title) if lines[place].kind in BODY_KINDS}
