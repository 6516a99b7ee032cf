"""What the character model says of bytes in a charset of single bytes, without making text of them.

Such a charset has 65,536 pairs, and the table of all charsets has what each costs: many can be tried at the price of one.
"""

import re
from collections.abc import Iterable
from functools import cache
from operator import itemgetter
from unicodedata import normalize

from tui.text.charset.names import NAMES, OTHER_UNITS, PAIRS
from tui.text.words import table

UNIT = 4
"""Costs are in so many parts of a bit."""
SINGLE = tuple(name for name in NAMES if name not in PAIRS and not name.startswith(OTHER_UNITS))
"""The charsets of single bytes, as they stand in the table: for each byte, and in each charset, the cost of that byte behind
each of the 256."""
# Romanian is written with the letters of Turkish in all charsets but iso-8859-16; the model knows it as it should be.
_ROMANIAN = str.maketrans("\u015f\u0163\u015e\u0162", "\u0219\u021b\u0218\u021a")
_CENTRAL = frozenset({"windows-1250", "iso-8859-2"})
_ACCENT = re.compile("[\u0300-\u0303\u0309\u0323]")
"""Of windows-1258, in which a letter of Vietnamese may be two bytes."""


class BytePairs:
    """The pairs of bytes in a sample, as the model has to be asked about them."""

    def __init__(self, sample: bytes) -> None:
        numbers = _numbers(sample)
        beyond = [number for number in numbers if number & 0x8080]
        # All charsets agree about ASCII. With no more than one number itemgetter would return no tuple.
        self._beyond = itemgetter(0, 0, *beyond)
        plain = _costs("windows-1252")
        self._plain: int = sum(map(plain.__getitem__, numbers)) - sum(self._beyond(plain))

    def cost(self, charset: str) -> float:
        """Return the bits of the text that the sample makes in a charset of single bytes.

        >>> koln = BytePairs("Köln".encode("cp1252"))
        >>> koln.cost("windows-1252") < koln.cost("windows-1251")
        True
        """
        costs: Iterable[int] = self._beyond(_costs(charset))
        return (self._plain + sum(costs)) / UNIT


def cost(sample: bytes, charset: str) -> float:
    """Return the bits of the text that a sample makes in one charset of single bytes."""
    return sum(map(_costs(charset).__getitem__, _numbers(sample))) / UNIT


def _numbers(sample: bytes) -> list[int]:
    units = memoryview(b"\n" + sample)
    return [number for start in (0, 1) for number in units[start : len(units) - (len(units) - start) % 2].cast("H")]


def is_in_pairs(text: str, charset: str) -> bool:
    """Say whether the cost of a text is that of its pairs of bytes in a charset."""
    return charset in SINGLE and not (charset == "windows-1258" and _ACCENT.search(text))


def known(text: str, charset: str) -> str:
    """Spell what was read in a charset as the model knows it."""
    if charset == "windows-1258":
        return normalize("NFC", text)
    return text.translate(_ROMANIAN) if charset in _CENTRAL else text


@cache
def _costs(charset: str) -> bytes:
    """First byte + 256 * second byte -> cost."""
    content = _content()
    rows = range(SINGLE.index(charset) * 256, len(content), len(SINGLE) * 256)
    return b"".join(content[row : row + 256] for row in rows)


@cache
def _content() -> bytes:
    return table("byte_pairs.bin")
