"""How searches see text: forms of Chinese, widths and letter case are one, and an index keeps its pieces.

Folding never moves a character: what is found in folded text stands at the same place in the text itself. The table is
made of OpenCC's and Unicode's by `scripts/build_fold.py`.
"""

import re
import zlib
from collections.abc import Iterator
from functools import cache

from tui.text.words import table

_PLANE = 0x10000
WIDE = "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fff\u3005-\u3007\u3041-\u30ff\u3130-\ud7ff\uf900-\ufaff\U0001f000-\U0003ffff"
"""Scripts whose words are short, or not set apart."""
_RUN = re.compile(f"([{WIDE}]+)|([^\\W_{WIDE}]+)")


def fold(text: str) -> str:
    """Return the text as searches see it: simplified, half-width, lower case, and as long as it was.

    >>> fold("臺灣的ＮＢＡ"), fold("台湾的nba"), fold("ｶﾅ")
    ('台湾的nba', '台湾的nba', 'カナ')
    """
    if text.isascii():
        return text.lower()
    # The only letter whose small form is two characters: the places behind it would move.
    return text.replace("\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "i").lower().translate(_table())


def forms(char: str) -> str:
    """Return all characters that are forms of this one, itself among them; small letters and capitals are apart.

    >>> forms("湾"), forms("臺"), forms("b")
    ('湾灣', '台枱檯臺颱', 'bｂ')
    """
    return _forms().get(_plain(char), char)


def pattern(query: str) -> re.Pattern[str]:
    """Return what finds a query in text that isn't folded: in every script and width, where both have their place.

    Letter case counts only if the query has a capital. White space in the query is white space of any kind.

    >>> bool(pattern("台湾").search("臺灣")), bool(pattern("ipad").search("ＩＰＡＤ")), bool(pattern("iPad").search("ipad"))
    (True, True, False)
    """
    return re.compile(regex(query), 0 if query != query.lower() else re.IGNORECASE)


def regex(query: str) -> str:
    """Return a regular expression for a query, letter case as it stands.

    >>> regex("a 湾+")
    '[aａ]\\\\s[湾灣][\\\\+＋]'
    """
    return "".join(r"\s" if char.isspace() else _one(char) for char in query)


def pieces(text: str) -> set[str]:
    """Return the pieces of a text, each once: two characters of Chinese and its like, three letters of alphabets.

    A text that holds a query holds all its pieces, in whatever script and width; the reverse has to be checked.

    >>> sorted(pieces("去臺灣 News!"))
    ['ews', 'new', '去台', '台湾']
    """
    return {run[at : at + size] for run, size in _runs(text) for at in range(len(run) - size + 1)}


def wanted(query: str) -> list[str]:
    """Return pieces that every text with the query has, as few as cover it; nothing if it is too short to have any.

    >>> wanted("臺灣的港口"), wanted("international"), wanted("的"), wanted("of")
    (['台湾', '湾的', '的港', '港口'], ['int', 'ern', 'ati', 'ona', 'nal'], [], [])
    """
    cover: list[str] = []
    for run, size in _runs(query):
        last = len(run) - size
        step = 1 if size == 2 else size
        cover += [run[at : at + size] for at in dict.fromkeys((*range(0, last + 1, step), last)) if at >= 0]
    return list(dict.fromkeys(cover))


def _runs(text: str) -> Iterator[tuple[str, int]]:
    """Runs of characters of one kind, and the size of their pieces."""
    for match in _RUN.finditer(fold(text)):
        yield match[0], 2 if match[1] else 3


def _one(char: str) -> str:
    same = forms(char)
    return re.escape(char) if len(same) == 1 else f"[{re.escape(same)}]"


def _plain(char: str) -> str:
    return char.translate(_table())


@cache
def _pairs() -> str:
    return zlib.decompress(table("fold.zlib")).decode("utf-8")


@cache
def _table() -> list[int | str]:
    """For `str.translate`. A list of the whole plane takes half the time of a dictionary: 28 ns a character."""
    table: list[int | str] = list(range(_PLANE))
    pairs = _pairs()
    for char, plain in zip(pairs[::2], pairs[1::2], strict=True):
        if ord(char) < _PLANE:
            table[ord(char)] = ord(plain)
    return table


@cache
def _forms() -> dict[str, str]:
    forms: dict[str, str] = {}
    pairs = _pairs()
    for char, plain in zip(pairs[::2], pairs[1::2], strict=True):
        forms[plain] = forms.get(plain, plain) + char
    return forms
