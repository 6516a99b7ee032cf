"""Figures of a page's quality, rounded to four places; `meanings.SIGNALS` says what each means."""

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
    shown = len(looked) - sum(letters[letter] for letter in distinct if letter.isspace())
    size = sum(paragraph.end - paragraph.start for paragraph in paragraphs)
    long_lines = [paragraph.text for paragraph in paragraphs if len(paragraph.text) >= 8]
    boiler = sum(p.end - p.start for p in paragraphs if p.kind in ("boiler", "headline"))
    linked = sum(p.linked * (p.end - p.start) for p in paragraphs)
    broken = sum(match.end() - match.start() for pattern in _MOJIBAKE for match in pattern.finditer(looked))
    body = [paragraph.text for paragraph in paragraphs if paragraph.kind in BODY_KINDS]
    return {
        "replacement_ratio": _share(letters["\N{REPLACEMENT CHARACTER}"], shown),
        "duplicate_line_ratio": _share(len(long_lines) - len(set(long_lines)), len(long_lines)),
        "mojibake": _share(broken, shown),
        "boilerplate_ratio": _share(boiler, size),
        "link_density": _share(linked, size),
        "mean_line_length": round(sum(map(len, body)) / len(body), 1) if body else 0.0,
        **{name: _share(sum(map(letters.__getitem__, of.findall(distinct))), shown) for name, of in _SCRIPTS.items()},
        **{f"fails_{name}": figure for name, figure in corpusrules.failed(body, language).items()},
    }


def _share(part: float, whole: float) -> float:
    return round(min(1.0, part / whole), 4) if whole else 0.0
