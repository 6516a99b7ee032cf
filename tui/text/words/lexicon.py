"""How likely a run of Chinese is, by a list of words: it chooses between characters where bytes were lost.

The list is jieba's (MIT licence), cut to 105,000 words of up to four characters; traditional characters are looked up
by their simplified form (OpenCC's table, Apache 2.0). `scripts/build_words.py` makes the file.
"""

from functools import cache
from typing import NamedTuple

from tui.text.words import table

UNKNOWN_COST = 30.0
"""Bits for a character that is in no word: rarer than all but a few hundred that are."""
_LONGEST = 4
_BASE = 94


class Words(NamedTuple):
    """The word list, as it is packed: a dictionary of all words would take three times as long to load."""

    groups: dict[str, str]
    """First character -> `\\n`, word, tab, cost for each word that begins with it."""
    simplified: dict[int, int]
    """For `str.translate`."""

    def cost(self, word: str) -> float | None:
        """Bits of a simplified word, -log2 of its share of all words of running text; None if it isn't listed."""
        group = self.groups.get(word[:1], "")
        place = group.find(f"\n{word}\t")
        if place < 0:
            return None
        digits = place + len(word) + 2
        return ((ord(group[digits]) - 33) * _BASE + ord(group[digits + 1]) - 33) / 10


@cache
def words() -> Words:
    """Load the list, once, in about 5 ms; only damaged Chinese needs it."""
    # Compressed UTF-8 would take half the room and 10 ms more.
    turned, _, listed = table("words_zh.utf16").decode("utf-16-le").partition("\0")
    simplified = {ord(a): ord(b) for a, b in zip(turned[::2], turned[1::2], strict=True)}
    return Words({group[1]: group for group in listed.split("\0")}, simplified)


def cost(text: str) -> float:
    """Bits of the likeliest way to cut `text` into words; less is likelier. Anything but Han characters costs nothing.

    >>> cost("實現正常化。") < cost("實現正常北。")
    True
    """
    return _likeliest(text)[-1][0]


def cut(text: str) -> list[int]:
    """Return where the words of a run of Han characters begin, in the likeliest way to cut it; the first is 0.

    >>> cut("縣城圖書館延長開放時間")
    [0, 2, 5, 7, 9]
    """
    steps = _likeliest(text)
    starts, end = [], len(text)
    while end > 0:
        end = steps[end][1]
        starts.append(end)
    return starts[::-1] or [0]


def _likeliest(text: str) -> list[tuple[float, int]]:
    """For each end from 0: the bits of the likeliest words up to there, and where the last of them begins."""
    known = words()
    text = text.translate(known.simplified)
    best = [(0.0, 0)]
    for end in range(1, len(text) + 1):
        char, before = text[end - 1], best[-1][0]
        if not "\u3400" <= char <= "\u9fff":
            best.append((before, end - 1))
            continue
        single = known.cost(char)
        path = (before + (UNKNOWN_COST if single is None else single), end - 1)
        for start in range(max(0, end - _LONGEST), end - 1):
            word = known.cost(text[start:end])
            if word is not None:
                path = min(path, (best[start][0] + word, start))
        best.append(path)
    return best


def is_listed(char: str) -> bool:
    """Whether a single character is in the list."""
    known = words()
    return bool(char) and known.cost(char.translate(known.simplified)) is not None
