"""Quality of the structure on pages of our own, by kind: the figures only rise. One that is lowered needs a commit with the reason."""

import re
from collections import Counter, defaultdict
from functools import cache

import pytest
from made_pages import bare, marked_up
from made_sites import Made, pages

from tui.core.model import Document
from tui.text import document

_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


def _f1(found: str, true: str) -> float:
    """One token a character of wide scripts, else one a word."""
    one, two = Counter(_TOKEN.findall(found.lower())), Counter(_TOKEN.findall(true.lower()))
    return 2 * (one & two).total() / max(1, one.total() + two.total())


def _items(found: Document, true: tuple[str, ...]) -> float:
    titles = {row.title for row in found.headlines}
    return 2 * len(titles & set(true)) / (len(titles) + len(true))


@cache
def figures() -> dict[str, float]:
    """The mean of each figure over the pages of each kind."""
    values: dict[str, list[float]] = defaultdict(list)
    for made in pages():
        found = document.parse(marked_up(made.source) if made.is_html else bare(made.source))
        for name, value in _scores(made, found).items():
            values[f"{made.kind} {name}"].append(value)
    return {name: sum(each) / len(each) for name, each in values.items()}


def _scores(made: Made, found: Document) -> dict[str, float]:
    scores: dict[str, float] = {}
    if made.body:
        scores["body"] = _f1(found.body, made.body)
    if made.title:
        scores["title"] = float(found.title == made.title)
    if made.date:
        stated = found.metadata.get("date")
        scores["date"] = float(stated is not None and str(stated.value).startswith(made.date))
    if made.items:
        scores["items"] = _items(found, made.items)
        scores["dated"] = sum(row.date is not None for row in found.headlines) / max(1, len(found.headlines))
    return scores


FLOORS = {
    "article body": 0.989,
    "article title": 1.0,
    "article date": 1.0,
    "tail body": 1.0,
    "tail title": 1.0,
    "tail date": 1.0,
    "forum body": 1.0,
    "list items": 1.0,
    "list dated": 1.0,
    "bare body": 0.97,
    "bare title": 1.0,
    "bare date": 1.0,
}


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_quality_does_not_fall(name: str, floor: float) -> None:
    assert figures()[name] >= floor


def test_every_figure_has_a_floor() -> None:
    assert figures().keys() == FLOORS.keys()
