"""Figures of a page's quality, rounded to four places; `SIGNALS` says what each means.

Some are there only where the body fails a rule by which a public corpus leaves pages out. Gopher: Rae et al. 2021, tables
A1 of its appendix; C4: Raffel et al. 2020; FineWeb: Penedo et al. 2024. Rules that count words say nothing of text without
spaces: for Chinese and Japanese they count characters, at two for a word.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import compress, islice
from math import inf
from operator import add, itemgetter, mul

from tui.core.model import BODY_KINDS
from tui.core.values import dataclass
from tui.text.markup.paragraphs import Paragraph
from tui.text.words.letters import Census, Letters

_MAX_LOOK = 2_000_000
"""Code points whose characters are looked at one by one."""
_SCRIPTS = {
    "han_ratio": Letters("\u3400-\u9fff\uf900-\ufaff"),
    "kana_ratio": Letters("\u3041-\u30ff"),
    "hangul_ratio": Letters("\uac00-\ud7af"),
    "latin_ratio": Letters("A-Za-z\u00c0-\u024f"),
    "cyrillic_ratio": Letters("\u0400-\u04ff"),
}
_LEADS = "鈥銆锛涓鏄鐨鍦鎴浠鍙鏈鎵绗璇杩闂鏂瀛缁鑰"
_TRAILS = r"\u0400-\u045f\u00a0-\u00bf\u2018-\u201e\u2020\u2026\u2030\u20ac\u2116"
_MOJIBAKE = tuple(
    # Each begins with one class, so that an engine passes quickly over what is none of it.
    re.compile(pattern)
    for pattern in (
        # UTF-8 read as windows-1252 or Latin-1: a lead byte's letter and what trail bytes became.
        r"[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]+",
        # UTF-8 read as GBK: characters that hardly anything else brings together.
        r"[锟斤拷烫屯]{3,}",
        rf"[{_LEADS}][\u3400-\u9fff\ue000-\uf8ff\u20ac?](?:[{_LEADS}][\u3400-\u9fff\ue000-\uf8ff\u20ac?]){{2,}}",
        # UTF-8 read as windows-1251: pairs of a capital R or S and another letter.
        rf"[\u0420\u0421][{_TRAILS}](?:[\u0420\u0421][{_TRAILS}]){{3,}}",
    )
)
"""One pattern for each class: an engine finds the start of one faster than that of any of four."""

SIGNALS = {
    "replacement_ratio": "share of visible characters that are U+FFFD: bytes that were lost",
    "mojibake": "share of visible characters that look misread and were not repaired",
    "duplicate_line_ratio": "share of lines of eight characters and more that stand on the page before",
    "boilerplate_ratio": "share of the text in menus, lists of headlines, notices and footers",
    "link_density": "share of the text in links",
    "mean_line_length": "characters of a line of the body, on average",
    "han_ratio": "share of visible characters that are Chinese characters",
    "kana_ratio": "share of visible characters that are Japanese kana",
    "hangul_ratio": "share of visible characters that are Korean hangul",
    "latin_ratio": "share of visible characters that are Latin letters",
    "cyrillic_ratio": "share of visible characters that are Cyrillic letters",
    "language_score": "how sure the language is, 0 to 1: 0 where it is unknown, low where the next best explains nearly as much",
    "doubt": "how doubtful the body is, 0 to 1: its lines one by one, a second way to it, and the text left out say so",
    "script_mix": "share of paragraphs of Chinese that are in the other script than most",
    "fails_gopher_words": "Gopher keeps 50 to 100,000 words; of Chinese and Japanese here 100 to 200,000 characters",
    "fails_gopher_word_length": "Gopher keeps words of 3 to 10 letters on average; says nothing of Chinese and Japanese",
    "fails_gopher_symbols": "Gopher keeps at most one # or ellipsis for ten words; here for twenty characters",
    "fails_gopher_bullets": "Gopher keeps at most 90% of lines that start with a bullet",
    "fails_gopher_ellipses": "Gopher keeps at most 30% of lines that end with an ellipsis",
    "fails_gopher_letters": "Gopher wants a letter in 80% of the words",
    "fails_gopher_stop_words": "Gopher wants two of the, be, to, of, and, that, have, with; here for Chinese two of 的 了 是 在 和 有 不 我, only for English and Chinese",
    "fails_gopher_duplicate_lines": "Gopher keeps at most 30% of lines that are copies",
    "fails_gopher_duplicate_characters": "Gopher keeps at most 20% of characters in lines that are copies",
    "fails_gopher_2_grams": "Gopher: the most frequent pair of words makes up at most 20% of the text; of Chinese and Japanese four characters",
    "fails_gopher_3_grams": "Gopher: the most frequent three words make up at most 18% of the text; of Chinese and Japanese six characters",
    "fails_gopher_4_grams": "Gopher: the most frequent four words make up at most 16% of the text; of Chinese and Japanese eight characters",
    "fails_c4_sentences": "C4 keeps pages of three sentences and more",
    "fails_c4_braces": "C4 leaves out pages with a curly bracket: they hold code",
    "fails_c4_lorem_ipsum": "C4 leaves out pages with lorem ipsum",
    "fails_fineweb_punctuated_lines": "FineWeb wants 12% of the lines to end as sentences do",
    "fails_fineweb_duplicate_characters": "FineWeb keeps at most 10% of characters in lines that are copies",
    "fails_fineweb_short_lines": "FineWeb keeps at most 67% of lines under 30 characters; of Chinese and Japanese here under 10",
    "fails_fineweb_newlines": "FineWeb keeps at most three line ends for ten words; here for twenty characters",
}
"""Name of a signal -> its meaning. `fails_…` are there only where the body fails the rule, with the figure that does."""
_MAX_BODY = 60_000
"""Code points of a body that are looked at: all of any usual page."""
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_NO_LETTERS = re.compile(r"(?<!\S)(?:\s(?!\S)|\s?(?:[^\w\s]|[\d_])++(?!\S))++")
"""Words without a letter, as many as follow each other."""
_BULLET = re.compile(r"[•●◦▪‣*·-]")
_ENDED = re.compile(r"[.!?。！？…][\"'”’」』)）]{0,2}$")
# Each begins with one class, so that an engine passes quickly over what is none of it.
_SENTENCE = re.compile(
    r"[.!?。！？](?:(?<=[。！？])[。！？]*+|(?<=[.!?])(?<![.!?].)[.!?]{0,200}+[\"'”’)]{0,2}(?=\s|$))", re.DOTALL
)
_FEW_SENTENCES = 3
_SYMBOLS = ("#", "…", "...")
_MAX_GRAM = 8
"""Words, or characters, of the longest run that is counted."""
_NO_GRAM = 0.16
"""Share of a text that no rule minds a run of words to make up."""
_LETTERED = 0.8
_FURNITURE = frozenset({"boiler", "headline"})
_FEW_STOPS = 2
_STOP_WORDS = frozenset({"the", "be", "to", "of", "and", "that", "have", "with"})
_STOP_CHARACTERS = frozenset("的了是在和有不我")


def measure(text: str, paragraphs: Sequence[Paragraph], language: str | None = None) -> dict[str, float]:
    """Return the figures of a page whose lines have their kinds; all are 0 for an empty page.

    For each rule of a public corpus that the body fails, the figure that does is there as `fails_NAME`.

    >>> from tui.core.page import Line
    >>> from tui.text.markup.paragraphs import read
    >>> measure("雨\\ufffd", read("雨\\ufffd", [Line(0, 2)]))["replacement_ratio"]
    0.5
    """
    census = Census(text[:_MAX_LOOK])
    looked = census.text
    visible = len("".join(looked.split()))
    sizes = [len(paragraph.text) for paragraph in paragraphs]
    size = sum(sizes)
    long_lines = [paragraph.text for paragraph in paragraphs if len(paragraph.text) >= 8]
    kinds = [paragraph.kind for paragraph in paragraphs]
    boiler = sum(compress(sizes, map(_FURNITURE.__contains__, kinds)))
    linked = sum(map(mul, [paragraph.linked for paragraph in paragraphs], sizes))
    broken = sum(
        match.end() - match.start()
        for pattern in (() if looked.isascii() else _MOJIBAKE)
        for match in pattern.finditer(looked)
    )
    body = [paragraph.text for paragraph in paragraphs if paragraph.kind in BODY_KINDS]
    return {
        "replacement_ratio": _share(looked.count("\N{REPLACEMENT CHARACTER}"), visible),
        "duplicate_line_ratio": _share(len(long_lines) - len(set(long_lines)), len(long_lines)),
        "mojibake": _share(broken, visible),
        "boilerplate_ratio": _share(boiler, size),
        "link_density": _share(linked, size),
        "mean_line_length": round(sum(map(len, body)) / len(body), 1) if body else 0.0,
        **{name: _share(census.count(letters), visible) for name, letters in _SCRIPTS.items()},
        **{f"fails_{name}": figure for name, figure in failed(body, language).items()},
    }


def _share(part: float, total: float) -> float:
    return round(min(1.0, part / total), 4) if total else 0.0


class _Body:
    """What can be counted in a body, once each."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.text = text = "\n".join(lines)[:_MAX_BODY]
        wide = 0 if text.isascii() else sum(map(len, _WIDE.findall(text)))
        words = text.split()
        self.is_wide = wide > 0 and wide * 3 > sum(map(len, words))
        """Chinese or Japanese: text without spaces between words."""
        self.words: Sequence[str] = "".join(_LETTERS.findall(text)) if self.is_wide else words
        """Words, or the characters of text without spaces."""
        self.size = sum(map(len, words)) if not self.is_wide else len(self.words)
        """Code points of the words."""

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
        held = sorted(map(mul, counts.values(), map(len, counts)), reverse=True)
        return [part / (self.size or 1) for part in held[:_MAX_GRAM]]

    @cached_property
    def top_pair(self) -> float:
        """Share of the text that a pair of words makes up at most."""
        pairs = Counter(map(add, self.words, self.words[1:]))
        return max(map(mul, pairs.values(), map(len, pairs)), default=0) / (self.size or 1)

    def top_gram(self, size: int) -> float:
        """Share of the text that the most frequent run of so many words makes up; 0 if none comes twice.

        No run makes up more than the commonest words, or pairs, do together: where they are rare enough, that bound is returned.
        """
        size = 2 * size if self.is_wide else size
        bound = sum(self.shares[:size])
        if bound > _NO_GRAM:
            bound = (size + 1) // 2 * self.top_pair
        if bound <= _NO_GRAM:
            return bound
        grams = Counter(zip(*(self.words[start:] for start in range(size)), strict=False))
        gram, count = max(grams.items(), key=lambda pair: pair[1], default=((), 0))
        return count * sum(map(len, gram)) / max(1, self.size) if count > 1 else 0.0


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
    few = sum(f" {word} " in body.text for word in _STOP_WORDS)  # which tells of nearly all English
    return few if few >= _FEW_STOPS else float(len(_STOP_WORDS.intersection(body.text.lower().split())))


def _lettered(body: _Body) -> float:
    """Share of the words that hold a letter; words without that follow each other count as one.

    Where there is one space between words, those that begin with none are more than that: they are counted first.
    """
    words = max(1, len(body.words))
    if not body.is_wide and len(body.text) - body.size == len(body.words) - 1:
        least = sum(map(str.isalpha, map(itemgetter(0), body.words))) / words
        if least >= _LETTERED:
            return least
    return 1 - len(_NO_LETTERS.findall(body.text)) / words


def _sentences(body: _Body) -> int:
    """Sentences, as far as they are few."""
    return len(list(islice(_SENTENCE.finditer(body.text), _FEW_SENTENCES)))


def _short_lines(body: _Body) -> float:
    shortest = 10 if body.is_wide else 30
    return sum(len(line) < shortest for line in body.lines) / len(body.lines)


RULES = (
    Rule("gopher_words", lambda body: len(body.words), 50, wide_least=100),  # more than 100,000 are never looked at
    Rule("gopher_word_length", lambda body: body.size / max(1, len(body.words)), 3, 10, is_for_words=True),
    Rule("gopher_symbols", lambda body: sum(map(body.text.count, _SYMBOLS)) / max(1, len(body.words)), most=0.1, wide_most=0.05),
    Rule("gopher_bullets", lambda body: body.of_lines(_BULLET), most=0.9),
    Rule("gopher_ellipses", lambda body: body.of_lines(re.compile(r"(?:…|\.\.\.)$"), at_end=True), most=0.3),
    Rule("gopher_letters", _lettered, _LETTERED),
    Rule("gopher_duplicate_lines", lambda body: body.copied[0] / len(body.lines), most=0.3),
    Rule("gopher_duplicate_characters", lambda body: body.copied[1] / max(1, len(body.text)), most=0.2),
    Rule("gopher_2_grams", lambda body: body.top_gram(2), most=0.2),
    Rule("gopher_3_grams", lambda body: body.top_gram(3), most=0.18),
    Rule("gopher_4_grams", lambda body: body.top_gram(4), most=0.16),
    Rule("c4_sentences", _sentences, _FEW_SENTENCES),
    Rule("c4_braces", lambda body: body.text.count("{") + body.text.count("}"), most=0),
    Rule("c4_lorem_ipsum", lambda body: body.text.lower().count("lorem ipsum"), most=0),
    Rule("fineweb_punctuated_lines", lambda body: body.of_lines(_ENDED, at_end=True), 0.12),
    Rule("fineweb_duplicate_characters", lambda body: body.copied[1] / max(1, len(body.text)), most=0.1),
    Rule("fineweb_short_lines", _short_lines, most=0.67),
    Rule("fineweb_newlines", lambda body: len(body.lines) / max(1, len(body.words)), most=0.3, wide_most=0.15),
)  # fmt: skip
_STOPS = Rule("gopher_stop_words", _stop_words, _FEW_STOPS)
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
