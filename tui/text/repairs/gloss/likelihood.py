"""How likely a text is on a glossed page: a character model, what the page itself says elsewhere, and a list of words."""

import re
from collections import Counter
from functools import cache
from math import log2

from tui.text.repairs.gloss.forward import halved
from tui.text.words import lexicon, likely

LOST = "\N{REPLACEMENT CHARACTER}"
"""Stands for a character that can't be known."""
SIGN = "\N{SUBSTITUTE}"
"""Stands for an ASCII sign that was swallowed, while the search is on."""

_GENERAL, _PAIR, _SINGLE = 0.75, 0.15, 0.1
"""Shares of the model, of the page's pairs and of its single characters."""
_STRANGE_BITS = 8.0
"""For what pages in traditional characters have little use for."""
SIGNS = frozenset("，。、：；？！“”‘’「」『』《》（）—…·\u3000")
_UNSOUND_BITS = 14.0
_SIGN_BITS = 6.0
"""For a swallowed sign and for what follows it: the model knows 第1 and hardly any other character before a digit."""
_QUESTION_BITS, _ODD_BITS = 12.0, 18.0
"""The most that a real question mark costs, and what follows it: nobody writes ?; or ?。 but ?! is common."""
_WORDS_SHARE = 1.5
_MARK_BITS = 12.0
"""For a mark, which costs nothing as a word: else 出。回來 is likelier than 出海回來."""
_CLOSING_BITS = {"”": 2.0, "’": 8.0}
"""What ends a quotation, behind the end of a sentence: the texts that the model is made of have 」 there."""
_UNBALANCED_BITS = 5.0
_STOPS_BITS = 20.0
"""For a stop beside a stop: 。、 and ，。 are no punctuation."""
_STOPS = re.compile("[,。、;:](?=[,。、;:!])|!(?=[,。、;:])")
_KNOWN_BITS = 3.0
"""For three characters that stand elsewhere on the page too: a credit, for names are in no list of words."""
REACH = 200
"""Code points on each side in which brackets are opened and closed."""
_BRACKETS = ("“”", "‘’", "《》", "()", "[]", "「」")


class Likelihood:
    """Bits of characters and texts on one page; less is likelier."""

    def __init__(self, text: str) -> None:
        self._singles = Counter(text)
        self._pairs = Counter(map(str.__add__, text, text[1:]))
        self._triples = {text[at : at + 3] for at in range(len(text) - 2)}
        self._length = max(1, len(text))
        self._known: dict[str, float] = {}

    def bits(self, last: str, char: str) -> float:
        """Bits of a character behind another one."""
        pair = last + char
        bits = self._known.get(pair)
        if bits is None:
            bits = self._known[pair] = self._bits(last, char)
        return bits

    def _bits(self, last: str, char: str) -> float:
        if SIGN in (last, char):
            return _SIGN_BITS
        if last in "。！？" and char in _CLOSING_BITS:
            return _CLOSING_BITS[char]
        general = 2.0 ** -_model_bits(last, char)
        if "?" in (last, char):  # what half characters became says nothing about real ones
            return min(-log2(_GENERAL * general), _QUESTION_BITS if char in "!！" else _ODD_BITS)
        # One use is what is being judged.
        beside = max(self._pairs[last + char] - 1, 0) / max(self._singles[last], 1)
        alone = max(self._singles[char] - 1, 0) / self._length
        return -log2(_GENERAL * general + _PAIR * beside + _SINGLE * alone)

    def is_sound(self, text: str, before: str) -> bool:
        """Whether each character of a text is one that can be expected there."""
        chars = before + text
        return all(self.bits(chars[at], char) <= _UNSOUND_BITS for at, char in enumerate(text))

    def between(self, before: str, text: str, after: str) -> float:
        """Bits of a text between what stands before and behind it, by words and by brackets that are open."""
        stops = len(_STOPS.findall(halved(before[-1:] + text + after[:1])))
        line = halved(before[-REACH:] + text + after[:REACH])
        open_ones = sum(abs(line.count(pair[0]) - line.count(pair[1])) for pair in _BRACKETS)
        marks = sum(char in SIGNS for char in text)
        wording = lexicon.cost(before[-4:] + text + after[:4]) * _WORDS_SHARE
        around = before[-2:] + text + after[:2]
        known = sum(around[at : at + 3] in self._triples for at in range(len(around) - 2))
        return wording - known * _KNOWN_BITS + marks * _MARK_BITS + open_ones * _UNBALANCED_BITS + stops * _STOPS_BITS


@cache
def _model_bits(last: str, char: str) -> float:
    simplified = lexicon.words().simplified
    # A few simplified forms lie beyond the plane that the model knows.
    before, after = last.translate(simplified), char.translate(simplified)
    bits = likely.cost(after if after <= "\uffff" else LOST, before if before <= "\uffff" else LOST)
    return bits + (_STRANGE_BITS if _is_strange(char) else 0.0)


def _is_strange(char: str) -> bool:
    if "\u4e00" <= char <= "\u9fff":
        return not in_big5(char)
    return char > "~" and char not in SIGNS


@cache
def in_big5(char: str) -> bool:
    """Whether Big5 has a character: pages in traditional characters seldom use others."""
    try:
        char.encode("big5")
    except UnicodeEncodeError:
        return False
    return True
