"""How likely a run of Chinese is, by a list of words: it chooses between characters where bytes were lost.

The list is jieba's (MIT licence), cut to 105,000 words of up to four characters; traditional characters are looked up
by their simplified form (OpenCC's table, Apache 2.0). `scripts/build_words.py` makes the file.
"""

import pkgutil
import zlib
from functools import cache
from typing import NamedTuple

UNKNOWN_COST = 30.0
"""Bits for a character that is in no word: rarer than all but a few hundred that are."""
_LONGEST = 4
_BASE = 94


class Words(NamedTuple):
    """The word list, ready for look-ups."""

    places: dict[str, int]
    """Word -> its place in the list."""
    costs: str
    """-log2 of each word's share of all words of running text, in tenths of a bit: two digits of base 94 from `!`."""
    simplified: dict[int, int]
    """For `str.translate`."""

    def cost(self, word: str) -> float | None:
        """Bits of a word; None if it isn't listed."""
        place = self.places.get(word)
        if place is None:
            return None
        return ((ord(self.costs[2 * place]) - 33) * _BASE + ord(self.costs[2 * place + 1]) - 33) / 10


@cache
def words() -> Words:
    """Load the list, once, in about 30 ms; only damaged Chinese needs it."""
    packed = pkgutil.get_data("tui.text", "words_zh.zlib")
    if packed is None:
        raise FileNotFoundError("tui/text/words_zh.zlib: not in this installation; install copydesk anew")
    pairs, listed, costs = zlib.decompress(packed).decode("utf-8").split("\0")
    places = {word: place for place, word in enumerate(listed.split("\n"))}
    simplified = {ord(a): ord(b) for a, b in zip(pairs[::2], pairs[1::2], strict=True)}
    return Words(places, costs, simplified)


def cost(text: str) -> float:
    """Bits of the likeliest way to cut `text` into words; less is likelier. Anything but Han characters costs nothing.

    >>> cost("實現正常化。") < cost("實現正常北。")
    True
    """
    known = words()
    text = text.translate(known.simplified)
    best = [0.0]
    for end in range(1, len(text) + 1):
        char = text[end - 1]
        if not "\u3400" <= char <= "\u9fff":
            best.append(best[-1])
            continue
        single = known.cost(char)
        found = best[-1] + (UNKNOWN_COST if single is None else single)
        for start in range(max(0, end - _LONGEST), end - 1):
            word = known.cost(text[start:end])
            if word is not None:
                found = min(found, best[start] + word)
        best.append(found)
    return best[-1]


def in_word(text: str, place: int) -> bool:
    """Whether the character at `place` stands in a listed word of two characters or more.

    >>> in_word("實現正常化。", 4), in_word("北。", 0)
    (True, False)
    """
    known = words()
    text = text.translate(known.simplified)
    return any(
        text[start:end] in known.places
        for start in range(max(0, place - _LONGEST + 1), place + 1)
        for end in range(max(place + 1, start + 2), min(len(text), start + _LONGEST) + 1)
    )


def is_listed(char: str) -> bool:
    """Whether a single character is in the list."""
    known = words()
    return bool(char) and char.translate(known.simplified) in known.places


@cache
def pairs() -> frozenset[str]:
    """Every two characters that stand side by side in a listed word, simplified."""
    return frozenset(word[at : at + 2] for word in words().places for at in range(len(word) - 1))
