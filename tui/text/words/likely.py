"""How plausible a text is as text of any language: a character model that judges between readings of the same bytes.

Pairs of characters with back-off to classes and single characters, case-sensitive. `scripts/build_likely.py` makes the
tables of freely licensed translations, help pages and dictionaries (listed there with their licences).
"""

from functools import cache
from typing import NamedTuple

from tui.text.words import table

UNIT = 8
"""Stored costs are in so many parts of a bit."""
SLOTS = 1 << 22
MULTIPLIER = 20903
MARKS = 8
"""A listed pair is marked with a part of its number, so that few other pairs are taken for it."""
STEP = 5
"""Costs of pairs are in steps of so many units."""
KINDS = 64
"""Room for classes of characters."""
SLACK = 2 * UNIT
"""A pair is no likelier than the rarer of its characters: a cost so much below that is another pair's in the same slot."""
_ASTRAL = 0xDC00
"""Stands for a character beyond the first plane that stood before."""
_PLANE = 1 << 16


class Model(NamedTuple):
    """The tables as they are packed; all costs are in 1/UNIT bits."""

    pairs: bytes
    """Number % SLOTS -> steps of cost * MARKS + number // SLOTS % MARKS, where the number of a pair of characters is first *
    MULTIPLIER + second; 0: not listed. The other tables stand behind it."""
    back_off: bytes
    """class of the first * KINDS + class of the second -> cost of an unlisted pair, before that of the second itself."""
    classes: bytes
    """Code point -> class."""
    singles: bytes
    """Code point -> cost within its class."""
    rarity: bytes
    """Code point -> cost by itself."""


@cache
def model() -> Model:
    """Load the tables, once, in 2 ms; clean text never needs them."""
    # Not compressed, which would take a third of the room and 25 ms: the first page would wait for it.
    content = table("likely.bin")
    back_off, classes, singles, rarity = (SLOTS + number * _PLANE for number in (3, 0, 1, 2))
    # The pairs stand first and need not be cut off: to copy 4 MB takes as long as to read them.
    return Model(
        content, content[back_off:], content[classes:singles], content[singles:rarity], content[rarity:back_off]
    )


def cost(text: str, before: str = "\n") -> float:
    """Bits of a text behind the character `before`; less is likelier. Characters beyond the first plane count as two.

    >>> cost("新闻网讯") < cost("鏂伴椈缃戣"), cost("Привет") < cost("ПРИвЕт")
    (True, True)
    """
    pairs, back_off, classes, singles, rarity = model()
    last = ord(before) if before <= "\uffff" else _ASTRAL
    total = 0
    for code in memoryview(text.encode("utf-16-le", "surrogatepass")).cast("H"):
        number = last * MULTIPLIER + code
        listed = pairs[number % SLOTS]
        if (
            listed
            and listed % MARKS == number // SLOTS % MARKS
            and listed // MARKS * STEP >= rarity[code] - rarity[last] - SLACK
        ):
            total += listed // MARKS * STEP
        else:
            total += back_off[classes[last] * KINDS + classes[code]] + singles[code]
        last = code
    return total / UNIT


def score(text: str) -> float:
    """Bits for each character; 0 for an empty text. Text comes to 2 to 10, misread text to more.

    >>> score("Grüße aus Köln") < score("GrÃ¼ÃŸe aus KÃ¶ln")
    True
    """
    return cost(text) / len(text) if text else 0.0


def rarity(char: str) -> float:
    """Bits of a character by itself, 32 at most; characters beyond the first plane are as rare as any.

    >>> rarity("ę") < 20, rarity("Ϸ") > 30
    (True, True)
    """
    return model().rarity[ord(char)] / UNIT if char <= "\uffff" else 32.0
