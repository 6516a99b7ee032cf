"""How many characters of a script a text has, counted without looking at each."""

import re

_ROW = 256
"""Characters that have all bytes of UTF-16 but the lowest in common; Latin-1 is the first row."""


_BEFORE_WIDE = bytes(range(0xE3))
"""Bytes of UTF-8 that stand in what comes before U+3000, and behind the first in all others."""


class Census:
    """A text whose characters are counted, script by script.

    >>> text = Census("Čaj, kávu!")
    >>> text.count(Letters("A-Za-z\\u00c0-\\u024f")), text.count(Letters("\\u3400-\\u9fff"))
    (7, 0)
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._narrow = text.encode("latin-1", "ignore")
        self._wide = b"" if text.isascii() else text.encode("utf-16-le", "surrogatepass")[1::2]
        """The rows of all characters, of those beyond the first plane those of their surrogates."""
        # Most characters of most texts are of the first row, which nobody asks for here.
        self._rows = frozenset(self._wide.translate(None, b"\x00"))

    def may_hold(self, characters: str) -> bool:
        """Return whether one of some characters beyond Latin-1, or another one of its row, stands in the text."""
        return not self._rows.isdisjoint(ord(each) // _ROW for each in characters)

    def count(self, letters: "Letters") -> int:
        """Return how many of the letters stand in the text."""
        total = _held(self._narrow, letters.narrow) if letters.narrow else 0
        if not letters.full.isdisjoint(self._rows):
            total += _held(self._wide, bytes(letters.full))
        if not letters.partial.isdisjoint(self._rows):
            total += sum(map(len, letters.others.findall(self.text)))
        return total


def holds_wide(text: str) -> bool:
    """Say whether a text holds characters from U+3000 on, as all of China, Japan and Korea are but old Hangul.

    >>> holds_wide("It’s voilà"), holds_wide("雨")
    (False, True)
    """
    return bool(text.encode("utf-8", "surrogatepass").translate(None, _BEFORE_WIDE))


def _held(content: bytes, wanted: bytes) -> int:
    """How many of the bytes are wanted, in a twentieth of the time that a pattern takes."""
    return len(content) - len(content.translate(None, wanted))


class Letters:
    """The characters of some ranges of the first plane, all before the surrogates or behind them."""

    def __init__(self, ranges: str) -> None:
        ends = [(ord(first), ord(last)) for first, last in re.findall("(.)-(.)", ranges)]
        parts = [
            (row, max(first, row * _ROW), min(last, row * _ROW + _ROW - 1))
            for first, last in ends
            for row in range(first // _ROW, last // _ROW + 1)
        ]
        self.narrow = bytes(code for row, first, last in parts if not row for code in range(first, last + 1))
        """Those of Latin-1."""
        self.full = frozenset(row for row, first, last in parts if row and last - first == _ROW - 1)
        """The rows that are letters from end to end."""
        self.partial = frozenset(row for row, _, _ in parts if row) - self.full
        others = "".join(f"{chr(first)}-{chr(last)}" for row, first, last in parts if row in self.partial)
        self.others = re.compile(f"[{others or ' '}]+")
        """Runs of those of other rows."""
