"""Figures of a page's quality, rounded to four places; `SIGNALS` says what each means."""

import re
from collections import Counter
from collections.abc import Sequence

from tui.core.model import BODY_KINDS
from tui.text.markup.paragraphs import Paragraph
from tui.text.quality import corpusrules

_MAX_LOOK = 2_000_000
"""Code points whose characters are looked at one by one."""
_SCRIPTS = {
    "han_ratio": re.compile("[\u3400-\u9fff\uf900-\ufaff]"),
    "kana_ratio": re.compile("[\u3041-\u30ff]"),
    "hangul_ratio": re.compile("[\uac00-\ud7af]"),
    "latin_ratio": re.compile("[A-Za-z\u00c0-\u024f]"),
    "cyrillic_ratio": re.compile("[\u0400-\u04ff]"),
}
_MOJIBAKE = (
    # UTF-8 read as windows-1252 or Latin-1: a lead byte's letter and what trail bytes became.
    re.compile(
        r"[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]+"
    ),
    # UTF-8 read as GBK: characters that hardly anything else brings together.
    re.compile(r"[锟斤拷烫屯]{3,}"),
    re.compile(r"(?:[鈥銆锛涓鏄鐨鍦鎴浠鍙鏈鎵绗璇杩闂鏂瀛缁鑰][\u3400-\u9fff\ue000-\uf8ff\u20ac?]){3,}"),
    # UTF-8 read as windows-1251: pairs of a capital R or S and another letter.
    re.compile(r"(?:[\u0420\u0421][\u0400-\u045f\u00a0-\u00bf\u2018-\u201e\u2020\u2026\u2030\u20ac\u2116]){4,}"),
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


def measure(text: str, paragraphs: Sequence[Paragraph], language: str | None = None) -> dict[str, float]:
    """Return the figures of a page whose lines have their kinds; all are 0 for an empty page.

    For each rule of a public corpus that the body fails, the figure that does is there as `fails_NAME`.

    >>> from tui.core.page import Line
    >>> from tui.text.markup.paragraphs import read
    >>> measure("雨\\ufffd", read("雨\\ufffd", [Line(0, 2)]))["replacement_ratio"]
    0.5
    """
    looked = text[:_MAX_LOOK]
    letters = Counter(looked)
    distinct = "".join(letters)
    visible = len(looked) - sum(letters[letter] for letter in distinct if letter.isspace())
    size = sum(paragraph.end - paragraph.start for paragraph in paragraphs)
    long_lines = [paragraph.text for paragraph in paragraphs if len(paragraph.text) >= 8]
    boiler = sum(p.end - p.start for p in paragraphs if p.kind in ("boiler", "headline"))
    linked = sum(p.linked * (p.end - p.start) for p in paragraphs)
    broken = sum(match.end() - match.start() for pattern in _MOJIBAKE for match in pattern.finditer(looked))
    body = [paragraph.text for paragraph in paragraphs if paragraph.kind in BODY_KINDS]
    return {
        "replacement_ratio": _share(letters["\N{REPLACEMENT CHARACTER}"], visible),
        "duplicate_line_ratio": _share(len(long_lines) - len(set(long_lines)), len(long_lines)),
        "mojibake": _share(broken, visible),
        "boilerplate_ratio": _share(boiler, size),
        "link_density": _share(linked, size),
        "mean_line_length": round(sum(map(len, body)) / len(body), 1) if body else 0.0,
        **{name: _share(sum(map(letters.__getitem__, of.findall(distinct))), visible) for name, of in _SCRIPTS.items()},
        **{f"fails_{name}": figure for name, figure in corpusrules.failed(body, language).items()},
    }


def _share(part: float, total: float) -> float:
    return round(min(1.0, part / total), 4) if total else 0.0
