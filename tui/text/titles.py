"""Chooses a page's title among those that it offers, and cuts the site's name off."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tui.model import BODY_KINDS
from tui.text.paragraphs import Paragraph

_MAX_HEADINGS = 12
_NEAR_TITLE = 3
"""Lines of a page without body that may repeat its title."""
_MAX_ABOVE = 0.25
"""Share of the body that may stand above the title without being part of it."""
_HALF = 0.49
"""Agreement with the head from which a first-level heading is the title."""
_BARE = re.compile(r"[\W_]+")


@cache
def _bars() -> re.Pattern[str]:
    """What stands between a title and a site's name; costly to compile, and bare text has none."""
    return re.compile(
        r"\s+[-–—|·•»«:/]\s+|\s?[|｜_]+\s?|(?<=[\u3400-\u9fff）)】”])\s?[-–—]{1,2}\s?(?=[\u3400-\u9fffA-Z])|\s?(?:——|::)\s?"
    )


@dataclass(frozen=True, slots=True)
class Title:
    """A title, where it was found, and the string it was taken from."""

    text: str
    origin: str
    whole: str


def fold(text: str) -> str:
    """Letters and digits only, lower case: what titles are compared by.

    >>> fold("Rain -- again!"), fold("雨、又下了。")
    ('rainagain', '雨又下了')
    """
    return _BARE.sub("", text).lower()


def cut_site(title: str, site: str = "") -> str:
    """Take the site's name, and whatever stands between it and the title, off the end.

    >>> cut_site("大雨来了_国内_某某网"), cut_site("Rain again - The News", "The News"), cut_site("A - B")
    ('大雨来了', 'Rain again', 'A - B')
    """
    bars = list(_bars().finditer(title))[:12]
    named = fold(site)
    for bar in bars:
        head, tail = title[: bar.start()].strip(), title[bar.end() :].strip()
        if named and fold(tail) == named and fold(head):
            return head
    for bar in bars:
        head, tail = title[: bar.start()].strip(), title[bar.end() :].strip()
        enough = 4 if head > "\u3000" else 9
        if len(fold(head)) >= max(enough, 0.6 * len(fold(tail))) and len(tail) <= 40:
            return head
    return title


def likeness(one: str, two: str) -> tuple[float, float]:
    """Return which share of the pairs of letters of each string stands in the other.

    >>> likeness("Rain again", "Rain again in the north")
    (1.0, 0.42857142857142855)
    """
    first, second = _pairs(one), _pairs(two)
    both = len(first & second)
    return both / max(1, len(first)), both / max(1, len(second))


def _pairs(text: str) -> set[str]:
    folded = fold(text)
    return {folded[at : at + 2] for at in range(len(folded) - 1)}


def choose(head: str, offered: Sequence[tuple[str, str]], lines: Sequence[Paragraph], site: str = "") -> Title | None:
    """Return the title: the line of the page that agrees best with what the head says, else what the head says.

    `offered` are (text, origin) of meta fields, most believed first; `lines` are the page's short lines outside of lists.
    A first-level heading, which may stand on several lines, need agree by half only; other lines must agree in full.

    >>> choose("Rain again | The News", [("Rain again", "meta og:title")], []).text
    'Rain again'
    """
    stated = [Title(_cut(text, head, site), origin, text) for text, origin in [(head, "title"), *offered[:5]] if text]
    headings = [text for text in _headings(lines) if fold(text) != fold(site)]
    scored = [(max((_agreement(text, title) for title in stated), default=0.5), text) for text in headings]
    best = max(scored, key=lambda pair: pair[0], default=None)
    if best and best[0] >= _HALF:
        return _punctuated(best[1], [title for title in stated if title.origin != "title"])
    whole, cut = fold(head), len(fold(stated[0].text)) if stated else 0
    folds = {fold(title.text) for title in stated}
    for line in lines:
        folded = fold(line.text)
        if folded in folds or (len(folded) >= max(6, 0.6 * cut) and whole.startswith(folded)):
            return Title(line.text, "text: line", line.text)
    for title in stated[1:]:
        if not head or fold(title.text) in whole:
            return title
    return stated[0] if stated else None


def _headings(lines: Sequence[Paragraph]) -> list[str]:
    """First-level headings: every line, and lines that follow each other in one element as a whole."""
    found: list[str] = []
    before: Paragraph | None = None
    whole = ""
    for line in [each for each in lines if each.level == 1][:_MAX_HEADINGS]:
        found.append(line.text)
        whole = f"{whole} {line.text}" if before is not None and before.end + 1 == line.start else line.text
        if whole != line.text:
            found.append(whole)
        before = line
    return found


def _cut(text: str, head: str, site: str) -> str:
    """A title without the site's name: what the head's title only adds a name to is a title as it stands."""
    return text if len(fold(text)) < len(fold(head)) and fold(head).startswith(fold(text)) else cut_site(text, site)


def _punctuated(heading: str, stated: Sequence[Title]) -> Title:
    """A heading, or the statement with the same letters, or with all but the kicker over it: headings lose what parts them."""
    folded, best = fold(heading), Title(heading, "text: heading", heading)
    for title in stated:
        tail = fold(title.text)
        if folded == tail and _marks(title.text) > _marks(best.text):
            best = title
        elif folded != tail and folded.endswith(tail) and len(tail) > 0.5 * len(folded):
            return title
    return best


def _marks(text: str) -> int:
    return sum(not (mark.isalnum() or mark.isspace()) for mark in text)


def _agreement(line: str, title: Title) -> float:
    """How well a line agrees with a stated title, which may have a site's name behind it."""
    precision, recall = likeness(line, title.text)
    if recall > 0.6 and fold(title.whole).startswith(fold(line)):
        return 1.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def mark(lines: Sequence[Paragraph], title: str) -> None:
    """Mark the lines that only repeat the title, a part of it or a kicker with it, as far as the start of the body.

    They are not body, too. Only headings of the first level may hold less or more than the title.
    """
    folded = fold(title)
    body = [place for place, line in enumerate(lines) if line.kind in BODY_KINDS]
    reach = body[:3][-1] + 1 if len(body) > 1 else body[0] if body else _NEAR_TITLE
    for line in lines[:reach]:
        own = fold(line.text[:400])
        if own == folded or (line.level == 1 and len(own) > 3 and (own in folded or own.endswith(folded))):
            line.kind, line.level = "title", None


def clear_above(lines: Sequence[Paragraph]) -> None:
    """Take what little of the body stands above the title out of it: paths, kickers and labels do.

    >>> from tui.page import Line
    >>> from tui.text.paragraphs import read
    >>> lines = read("Home > News\\nRain\\nIt rained all day, and nobody went out.", [Line(0, 11), Line(12, 16), Line(17, 56)])
    >>> lines[0].kind, lines[1].kind, lines[2].kind = "body", "title", "body"
    >>> clear_above(lines); lines[0].kind
    'boiler'
    """
    rest = sum(line.size for line in lines if line.kind in BODY_KINDS)
    above = 0.0
    title = -1
    for place, line in enumerate(lines):
        if line.kind == "title":
            title = place
        elif line.kind in BODY_KINDS:
            above += line.size
            if above > _MAX_ABOVE * rest:
                break
    for line in lines[: max(title, 0)]:
        if line.kind in BODY_KINDS:
            line.kind = "boiler"
