"""The rules by which public corpora leave pages out, and what the body of a page shows under each.

Gopher: Rae et al. 2021, tables A1 of its appendix; C4: Raffel et al. 2020; FineWeb: Penedo et al. 2024. Rules that count
words say nothing of text without spaces: for Chinese and Japanese they count characters, at two for a word.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from heapq import nlargest
from math import inf

from tui.core.values import dataclass

_MAX_LOOK = 60_000
"""Code points of a body that are looked at: all of any usual page."""
_FIRST_WIDE = "\u3040"
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_LETTER = re.compile(r"[^\W\d_]")
_NO_LETTERS = re.compile(r"(?<!\S)(?:\s(?!\S)|\s?(?:[^\w\s]|[\d_])++(?!\S))++")
"""Words without a letter, as many as follow each other."""
_BULLET = re.compile(r"[•●◦▪‣*·-]")
_ENDED = re.compile(r"[.!?。！？…][\"'”’」』)）]{0,2}$")
_SENTENCE = re.compile(r"(?<![.!?])[.!?]++[\"'”’)]{0,2}(?=\s|$)|[。！？]+")
_SYMBOLS = re.compile(r"#|…|\.\.\.")
_MAX_GRAM = 8
"""Words, or characters, of the longest run that is counted."""
_NO_GRAM = 0.16
"""Share of a text that no rule minds a run of words to make up."""
_STOP_WORDS = frozenset({"the", "be", "to", "of", "and", "that", "have", "with"})
_STOP_CHARACTERS = frozenset("的了是在和有不我")


class _Body:
    """What can be counted in a body, once each."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.text = "\n".join(lines)[:_MAX_LOOK]

    @cached_property
    def is_wide(self) -> bool:
        """Chinese or Japanese: text without spaces between words."""
        if max(self.text, default="") < _FIRST_WIDE:
            return False
        return len(_WIDE.findall(self.text)) * 3 > sum(map(len, self.text.split()))

    @cached_property
    def words(self) -> list[str]:
        """Words, or the characters of text without spaces."""
        return _LETTER.findall(self.text) if self.is_wide else self.text.split()

    @cached_property
    def copied(self) -> tuple[int, int]:
        """Lines that stand there before, and their code points."""
        seen: set[str] = set()
        again = [line for line in self.lines if line in seen or seen.add(line)]  # type: ignore[func-returns-value]
        return len(again), sum(map(len, again))

    def of_lines(self, pattern: re.Pattern[str], *, at_end: bool = False) -> float:
        """Share of the lines that match at their start, or that hold a match that ends them."""
        hits = sum((pattern.search(line[-8:]) if at_end else pattern.match(line)) is not None for line in self.lines)
        return hits / len(self.lines)

    @cached_property
    def shares(self) -> list[float]:
        """Shares of the text that its commonest words make up, greatest first."""
        counts = Counter(self.words)
        size = sum(map(len, self.words)) or 1
        return nlargest(_MAX_GRAM, (count * len(word) / size for word, count in counts.items()))

    def top_gram(self, size: int) -> float:
        """Share of the text that the most frequent run of so many words makes up; 0 if none comes twice.

        No run makes up more than the commonest words do together: where they are rare enough, that bound is returned.
        """
        size = 2 * size if self.is_wide else size
        bound = sum(self.shares[:size])
        if bound <= _NO_GRAM:
            return bound
        grams = Counter(zip(*(self.words[start:] for start in range(size)), strict=False))
        gram, count = max(grams.items(), key=lambda pair: pair[1], default=((), 0))
        return count * sum(map(len, gram)) / max(1, sum(map(len, self.words))) if count > 1 else 0.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A figure of a body and the bounds inside of which a corpus keeps the page."""

    name: str
    measure: Callable[[_Body], float]
    least: float = -inf
    most: float = inf
    wide_least: float | None = None
    """The least for text without spaces, where it differs."""
    wide_most: float | None = None
    is_for_words: bool = False
    """Says nothing of text without spaces."""

    def failing(self, body: _Body) -> float | None:
        """Return the figure if it lies outside of the bounds, else None."""
        if body.is_wide and self.is_for_words:
            return None
        least = self.wide_least if body.is_wide and self.wide_least is not None else self.least
        most = self.wide_most if body.is_wide and self.wide_most is not None else self.most
        figure = self.measure(body)
        return None if least <= figure <= most else round(figure, 4)


def _stop_words(body: _Body) -> float:
    if body.is_wide:
        return float(len(_STOP_CHARACTERS.intersection(body.text)))
    return float(len(_STOP_WORDS.intersection(word.lower() for word in body.words)))


def _short_lines(body: _Body) -> float:
    shortest = 10 if body.is_wide else 30
    return sum(len(line) < shortest for line in body.lines) / len(body.lines)


RULES = (
    Rule("gopher_words", lambda body: len(body.words), 50, 100_000, 100, 200_000),
    Rule("gopher_word_length", lambda body: sum(map(len, body.words)) / max(1, len(body.words)), 3, 10, is_for_words=True),
    Rule("gopher_symbols", lambda body: len(_SYMBOLS.findall(body.text)) / max(1, len(body.words)), most=0.1, wide_most=0.05),
    Rule("gopher_bullets", lambda body: body.of_lines(_BULLET), most=0.9),
    Rule("gopher_ellipses", lambda body: body.of_lines(re.compile(r"(?:…|\.\.\.)$"), at_end=True), most=0.3),
    Rule("gopher_letters", lambda body: 1 - len(_NO_LETTERS.findall(body.text)) / max(1, len(body.words)), 0.8),
    Rule("gopher_duplicate_lines", lambda body: body.copied[0] / len(body.lines), most=0.3),
    Rule("gopher_duplicate_characters", lambda body: body.copied[1] / max(1, len(body.text)), most=0.2),
    Rule("gopher_2_grams", lambda body: body.top_gram(2), most=0.2),
    Rule("gopher_3_grams", lambda body: body.top_gram(3), most=0.18),
    Rule("gopher_4_grams", lambda body: body.top_gram(4), most=0.16),
    Rule("c4_sentences", lambda body: len(_SENTENCE.findall(body.text)), 3),
    Rule("c4_braces", lambda body: body.text.count("{") + body.text.count("}"), most=0),
    Rule("c4_lorem_ipsum", lambda body: body.text.lower().count("lorem ipsum"), most=0),
    Rule("fineweb_punctuated_lines", lambda body: body.of_lines(_ENDED, at_end=True), 0.12),
    Rule("fineweb_duplicate_characters", lambda body: body.copied[1] / max(1, len(body.text)), most=0.1),
    Rule("fineweb_short_lines", _short_lines, most=0.67),
    Rule("fineweb_newlines", lambda body: len(body.lines) / max(1, len(body.words)), most=0.3, wide_most=0.15),
)  # fmt: skip
_STOPS = Rule("gopher_stop_words", _stop_words, 2)
"""Only for the two languages whose stop words are listed."""


def failed(lines: Sequence[str], language: str | None = None) -> dict[str, float]:
    """Return for each rule that a body fails the figure that fails it; a page without a body fails none.

    >>> failed(["It rained."], "en")["gopher_words"], failed([])
    (2, {})
    """
    if not lines:
        return {}
    body = _Body(lines)
    rules = (*RULES, _STOPS) if (language or "").split("-")[0] in ("en", "zh") else RULES
    return {rule.name: figure for rule in rules if (figure := rule.failing(body)) is not None}
