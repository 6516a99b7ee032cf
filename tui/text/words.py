"""How likely a run of Chinese is, by a list of words: it chooses between characters where bytes were lost.

The list is jieba's (MIT licence), cut to 105,000 words of up to four characters; traditional characters are looked up
by their simplified form (OpenCC's table, Apache 2.0). `scripts/build_words.py` makes the file.
"""

import lzma
import pkgutil
from functools import cache
from typing import NamedTuple

UNKNOWN_COST = 30.0
"""Bits for a character that is in no word: rarer than all but a few hundred that are."""
_LONGEST = 4


class Words(NamedTuple):
    """The word list, ready for look-ups."""

    costs: dict[str, float]
    """Word -> -log2 of its share of all words of running text, in bits."""
    simplified: dict[int, int]
    """For `str.translate`."""


@cache
def words() -> Words:
    """Load the list, once, in about 50 ms; only damaged Chinese needs it."""
    packed = pkgutil.get_data("tui.text", "words_zh.xz")
    if packed is None:
        raise FileNotFoundError("tui/text/words_zh.xz: not in this installation; install copydesk anew")
    pairs, listed, coded = lzma.decompress(packed).decode("utf-8").split("\0")
    costs = ((ord(a) - 33) * 9.4 + (ord(b) - 33) / 10 for a, b in zip(coded[::2], coded[1::2], strict=True))
    simplified = {ord(a): ord(b) for a, b in zip(pairs[::2], pairs[1::2], strict=True)}
    return Words(dict(zip(listed.split("\n"), costs, strict=True)), simplified)


def cost(text: str) -> float:
    """Bits of the likeliest way to cut `text` into words; less is likelier. Anything but Han characters costs nothing.

    >>> cost("實現正常化。") < cost("實現正常北。")
    True
    """
    table, simplified = words()
    text = text.translate(simplified)
    best = [0.0]
    for end in range(1, len(text) + 1):
        char = text[end - 1]
        if not "\u3400" <= char <= "\u9fff":
            best.append(best[-1])
            continue
        found = best[-1] + table.get(char, UNKNOWN_COST)
        for start in range(max(0, end - _LONGEST), end - 1):
            word = table.get(text[start:end])
            if word is not None:
                found = min(found, best[start] + word)
        best.append(found)
    return best[-1]


def in_word(text: str, place: int) -> bool:
    """Whether the character at `place` stands in a listed word of two characters or more.

    >>> in_word("實現正常化。", 4), in_word("北。", 0)
    (True, False)
    """
    table, simplified = words()
    text = text.translate(simplified)
    return any(
        text[start:end] in table
        for start in range(max(0, place - _LONGEST + 1), place + 1)
        for end in range(max(place + 1, start + 2), min(len(text), start + _LONGEST) + 1)
    )


def is_listed(char: str) -> bool:
    """Whether a single character is in the list."""
    table, simplified = words()
    return char.translate(simplified) in table if char else False


@cache
def pairs() -> frozenset[str]:
    """Every two characters that stand side by side in a listed word, in both scripts as far as characters map one to one."""
    table, _ = words()
    return frozenset(word[at : at + 2] for word in table for at in range(len(word) - 1))
