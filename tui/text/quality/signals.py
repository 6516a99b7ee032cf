"""Figures of a page's quality, rounded to four places; `SIGNALS` says what each means."""

import re
from collections.abc import Sequence
from itertools import compress
from operator import mul

from tui.core.model import BODY_KINDS
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
_LOST = "锟斤拷烫屯"
_MOJIBAKE = (
    # Each begins with one class, so that an engine passes quickly over what is none of it.
    # UTF-8 read as windows-1252 or Latin-1: a lead byte's letter and what trail bytes became.
    ("", re.compile(
        r"[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]+"
    )),
    # UTF-8 read as GBK: characters that hardly anything else brings together.
    (_LOST, re.compile(rf"[{_LOST}]{{3,}}")),
    (_LEADS, re.compile(
        rf"[{_LEADS}][\u3400-\u9fff\ue000-\uf8ff\u20ac?](?:[{_LEADS}][\u3400-\u9fff\ue000-\uf8ff\u20ac?]){{2,}}"
    )),
    # UTF-8 read as windows-1251: pairs of a capital R or S and another letter.
    ("\u0420", re.compile(rf"[\u0420\u0421][{_TRAILS}](?:[\u0420\u0421][{_TRAILS}]){{3,}}")),
)  # fmt: skip
"""One pattern for each class, with what it begins with beyond Latin-1: an engine finds the start of one faster than that of any of four."""

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
}
"""Name of a signal -> its meaning."""
_FURNITURE = frozenset({"boiler", "headline"})


def measure(text: str, paragraphs: Sequence[Paragraph]) -> dict[str, float]:
    """Return the figures of a page whose lines have their kinds; all are 0 for an empty page.

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
        for firsts, pattern in (() if looked.isascii() else _MOJIBAKE)
        if not firsts or census.may_hold(firsts)
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
    }


def _share(part: float, total: float) -> float:
    return round(min(1.0, part / total), 4) if total else 0.0
