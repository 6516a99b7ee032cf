"""How well a decoded text hangs together: a cheap check between charsets, not a model of any language."""

import re
from functools import cache, lru_cache

SAMPLE_CHARS = 1000
"""Characters beyond ASCII that are looked at."""

_BEYOND = re.compile(r"[^\x00-\x7f]")
_ALPHABETS = (
    ("latin", 0x00C0, 0x024F),
    ("greek", 0x0370, 0x03FF),
    ("cyrillic", 0x0400, 0x052F),
    ("hebrew", 0x05D0, 0x05EA),
    ("arabic", 0x0600, 0x06FF),
    ("latin", 0x1E00, 0x1EFF),
)
_THAI_MARKS = frozenset(
    "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e"
)
_THAI_CONSONANTS = frozenset(map(chr, range(0x0E01, 0x0E2F)))
_THAI_TONES = frozenset("\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c")
_USUAL_SIGNS = frozenset("\u00a0«»·–—‘’“”„…•€°§©®™№、。《》「」『』【】〈〉・ー")
# Rows of the national standards that hold the characters in everyday use, as they lie in EUC or Big5.
_EVERYDAY = {
    "gb18030": ("gb2312", range(0xB0, 0xD8)),
    "big5": ("big5", range(0xA4, 0xC7)),
    "shift_jis": ("euc_jp", range(0xB0, 0xD0)),
    "euc-jp": ("euc_jp", range(0xB0, 0xD0)),
    "euc-kr": ("euc_kr", range(0xB0, 0xC9)),
}


def fit(text: str, charset: str) -> float:
    """Return how well the characters beyond ASCII stand together, 0 to 1; 1 if there are none.

    >>> fit("Привет", "windows-1251") > 0.9, fit("оПХБЕР", "koi8-r") < 0.8
    (True, True)
    """
    total = count = 0.0
    everyday = _everyday(charset)
    for found in _BEYOND.finditer(text):
        at = found.start()
        total += _stands(text[at], text[at - 1 : at], text[at + 1 : at + 2], everyday)
        count += 1
        if count >= SAMPLE_CHARS:
            break
    return total / count if count else 1.0


def _stands(char: str, before: str, after: str, everyday: frozenset[str]) -> float:
    """Return from 0 (never seen so) to 1 (as in any text) how well one character stands between its neighbours."""
    place = ord(char)
    if 0x2E80 <= place <= 0x9FFF or 0xAC00 <= place <= 0xD7A3:
        is_usual = char in everyday or 0x3041 <= place <= 0x30FF or char in _USUAL_SIGNS
        return 1.0 if is_usual else 0.2
    if 0xFF01 <= place <= 0xFF5E:
        return 0.9
    if 0x0E01 <= place <= 0x0E5B:
        return _thai(char, before, after)
    script = _alphabet(char)
    if script:
        return _letter(char, script, before, after)
    if char in _USUAL_SIGNS:
        return 0.2 if before.isalpha() and after.isalpha() and char not in "’·\u00a0–—" else 0.9
    return 0.0 if before.isalpha() and after.isalpha() else 0.1


def _letter(char: str, script: str, before: str, after: str) -> float:
    for neighbour in (before, after):
        other = _alphabet(neighbour)
        if other and other != script:
            return 0.0
    if char.isupper():
        return 0.0 if before.islower() else 0.85 if before.isupper() else 1.0
    return 0.3 if after.isupper() else 1.0


def _thai(char: str, before: str, after: str) -> float:
    """Marks stand on consonants, and vowels written first stand before them."""
    if char in _THAI_MARKS:
        return 1.0 if before in _THAI_CONSONANTS or (char in _THAI_TONES and before in _THAI_MARKS) else 0.0
    if char in "เแโใไ":
        return 1.0 if after in _THAI_CONSONANTS else 0.0
    if char in _THAI_CONSONANTS:
        return 0.3 if char in "ฃฅฆฌฎฏฐฑฒฬ" else 1.0
    if char in "ะาำๆฯ":
        return 1.0 if "\u0e01" <= before <= "\u0e4e" else 0.0
    return 0.2


@lru_cache(2048)
def _alphabet(char: str) -> str:
    if not char or not char.isalpha():
        return ""
    place = ord(char)
    if place < 0x80:
        return "latin"
    return next((name for name, first, last in _ALPHABETS if first <= place <= last), "")


@cache
def _everyday(charset: str) -> frozenset[str]:
    if charset not in _EVERYDAY:
        return frozenset()
    codec, leads = _EVERYDAY[charset]
    pairs = b"\n".join(bytes((lead, trail)) for lead in leads for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    return frozenset(pairs.decode(codec, "replace")) - {"\ufffd", "\n"}
