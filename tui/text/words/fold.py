"""Takes characters for the same that a reader takes for the same: forms of Chinese, widths, letter case.

Folding never moves a character: what is found in folded text stands at the same place in the text itself. The table is
made of OpenCC's and Unicode's by `scripts/build_fold.py`.
"""

import pkgutil
import re
import zlib
from functools import cache

_PLANE = 0x10000


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


def _one(char: str) -> str:
    same = forms(char)
    return re.escape(char) if len(same) == 1 else f"[{re.escape(same)}]"


def _plain(char: str) -> str:
    return char.translate(_table())


@cache
def _pairs() -> str:
    packed = pkgutil.get_data("tui.text.words", "fold.zlib")
    if packed is None:
        raise FileNotFoundError("tui/text/words/fold.zlib: not in this installation; install copydesk anew")
    return zlib.decompress(packed).decode("utf-8")


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
    found: dict[str, str] = {}
    pairs = _pairs()
    for char, plain in zip(pairs[::2], pairs[1::2], strict=True):
        found[plain] = found.get(plain, plain) + char
    return found
