"""The rules by which public corpora leave pages out: their names, their bounds, and what they say something of.

Gopher: Rae et al. 2021, table A1; C4: Raffel et al. 2020; FineWeb: Penedo et al. 2024. The bounds are those of datatrove,
which made FineWeb. Chinese has no spaces to count words by. For it stand rules of corpora that were made of Chinese:
ChineseWebText (Chen et al. 2023), which counts characters, and FineWeb-2 (Penedo et al. 2025) for lines of Mandarin. Of
other languages without spaces, the rules that count words say nothing.
"""

from collections.abc import Mapping
from typing import Literal

from tui.core.errors import UsageError
from tui.core.model import RuleBounds
from tui.core.problems import Reason
from tui.core.values import dataclass

Spacing = Literal["spaced", "unspaced", "Chinese"]
"""How the words of a body are told apart."""
_ANY: tuple[Spacing, ...] = ("spaced", "unspaced", "Chinese")
_LINES: tuple[Spacing, ...] = ("spaced", "unspaced")
_CHINESE: tuple[Spacing, ...] = ("Chinese",)


@dataclass(frozen=True, slots=True)
class Rule:
    """The bound within which a corpus keeps a page."""

    about: str
    """What the figure is, for people."""
    least: float | None = None
    """Smaller figures fail."""
    most: float | None = None
    """Greater figures fail. A rule has one bound or the other."""
    of: tuple[Spacing, ...] = ("spaced",)
    """What it says something of."""
    is_english: bool = False
    """It says something of English alone."""

    @property
    def bound(self) -> float:
        """The corpus's own."""
        return self.least if self.least is not None else self.most or 0.0

    def is_beyond(self, figure: float, bound: float) -> bool:
        """Return whether a page with the figure is left out."""
        return figure < bound if self.least is not None else figure > bound


RULES: Mapping[str, Rule] = {
    "gopher_duplicate_lines": Rule("share of lines that are duplicates", most=0.3, of=_LINES),
    "gopher_duplicate_characters": Rule("share of text in duplicate lines", most=0.2, of=_LINES),
    "gopher_top_2_grams": Rule("share of text in the commonest 2-gram", most=0.2),
    "gopher_top_3_grams": Rule("share of text in the commonest 3-gram", most=0.18),
    "gopher_top_4_grams": Rule("share of text in the commonest 4-gram", most=0.16),
    "gopher_duplicate_5_grams": Rule("share of text in duplicate 5-grams", most=0.15),
    "gopher_duplicate_6_grams": Rule("share of text in duplicate 6-grams", most=0.14),
    "gopher_duplicate_7_grams": Rule("share of text in duplicate 7-grams", most=0.13),
    "gopher_duplicate_8_grams": Rule("share of text in duplicate 8-grams", most=0.12),
    "gopher_duplicate_9_grams": Rule("share of text in duplicate 9-grams", most=0.11),
    "gopher_duplicate_10_grams": Rule("share of text in duplicate 10-grams", most=0.1),
    "gopher_few_words": Rule("words", least=50),
    "gopher_many_words": Rule("words", most=100_000),
    "gopher_short_words": Rule("mean word length", least=3),
    "gopher_long_words": Rule("mean word length", most=10),
    "gopher_hashes": Rule("hash signs per word", most=0.1),
    "gopher_ellipses": Rule("ellipses per word", most=0.1),
    "gopher_bullet_lines": Rule("share of lines that begin with a bullet", most=0.9, of=_ANY),
    "gopher_ellipsis_lines": Rule("share of lines that end with an ellipsis", most=0.3, of=_ANY),
    "gopher_letters": Rule("share of words with a letter", least=0.8),
    "gopher_stop_words": Rule("English stop words: the, be, to, of, and, that, have, with", least=2, is_english=True),
    "c4_lorem_ipsum": Rule("lines with lorem ipsum", most=0),
    "c4_braces": Rule("lines with a curly bracket", most=0),
    "c4_sentences": Rule("sentences in lines that C4 keeps", least=5),
    "fineweb_ended_lines": Rule("share of lines that end a sentence", least=0.12, of=_LINES),
    "fineweb_short_lines": Rule("share of lines of up to 30 characters", most=0.67),
    "fineweb_duplicate_characters": Rule("share of text in duplicate lines", most=0.01, of=_LINES),
    "fineweb_newlines": Rule("line ends per word", most=0.3),
    "zh_characters": Rule("characters", least=200, of=_CHINESE),
    "zh_line_length": Rule("mean line length", least=10, of=_CHINESE),
    "zh_han": Rule("share of Chinese characters", least=0.3, of=_CHINESE),
    "zh_13_grams": Rule("share of 13-grams that recur", most=0.5, of=_CHINESE),
    "zh_duplicate_lines": Rule("share of lines that are duplicates", most=0.287, of=_CHINESE),
    "zh_ended_lines": Rule("share of lines that end a sentence", least=0.106, of=_CHINESE),
    "zh_duplicate_characters": Rule("share of text in duplicate lines", most=0.1, of=_CHINESE),
}
"""In the order in which FineWeb's pipeline runs them; those for Chinese are four of ChineseWebText, and three of FineWeb-2."""
CORPORA = frozenset(name.partition("_")[0] for name in RULES)
"""With which the names of rules begin."""


def check_bounds(where: str, bounds: RuleBounds) -> None:
    """Raise UsageError if one is the bound of no rule; `where` is what stands before the reason."""
    for name, _ in bounds:
        if name not in RULES:
            raise UsageError(_unknown(name), where)


def check_name(word: str, where: str = "", *, is_one: bool = False) -> None:
    """Raise UsageError, with the nearest one, if it names neither a rule nor, unless `is_one`, the corpus of some."""
    if word not in RULES and (is_one or word not in CORPORA):
        raise UsageError(_unknown(word), where)


def _unknown(word: str) -> Reason:
    import difflib  # nobody else needs it

    near = difflib.get_close_matches(word, RULES, 1)
    hint = Reason("did_you_mean_quoted", {"word": near[0]}) if near else ", ".join(RULES)
    return Reason("no_rule", {"word": word, "hint": hint})
