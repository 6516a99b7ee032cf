"""A cell of the screen: what stands in it, how it looks, and what of that all terminals see alike."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

Codes = tuple[str, ...]
"""SGR parameters, each with its arguments; empty: the terminal's own look."""
Cell = tuple[str, Codes]
"""A character with its marks; the text of the right half of a wide one is empty."""

BLANK: Cell = (" ", ())
HALVED: Cell = ("\0", ())
"""Half of a wide character that lost the other, with which terminals do as they like."""

_UNSEEN = frozenset({"1", "2", "3", *map(str, range(30, 38)), *map(str, range(90, 98))})
"""SGR parameters that a blank doesn't show: weight, slant, and the colour of letters."""
_LETTERS_SEEN = frozenset({"4", "7", "9", "21", "53"})
_UNSURE = re.compile(
    "[\u0900-\u0dff\u0f00-\u11ff\u1780-\u18af\u1900-\u1cff\u200c\u200d\ua800-\uabff\ud7b0-\ud7ff"
    "\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U0001fa70-\U0001faff]"
)
"""Characters about whose width terminals differ: syllables of Indic scripts and of Hangul by its letters, flags, tones of
skin, young emoji."""


@lru_cache(1024)
def seen_on_blank(codes: Codes) -> Codes:
    """What of a style a blank shows; blanks that look alike have to be alike.

    Lines through or under it, and reverse video, show the colour and weight of letters too.
    """
    if not _LETTERS_SEEN.isdisjoint(codes):
        return codes
    return tuple(code for code in codes if code not in _UNSEEN and not code.startswith("38;"))


def is_sure(text: str) -> bool:
    """Whether all terminals take the same cells for a text."""
    return not _UNSURE.search(text)


def is_sure_row(row: Sequence[Cell]) -> bool:
    """Whether they do for what stands in some cells."""
    text = "".join([char for char, _codes in row])
    return text.isascii() or is_sure(text)


HALF = "\0"
"""Stands for the right halves of all wide characters."""
_NOWHERE = {" ", HALF}
PART_CELLS = 8
"""So many cells that stand elsewhere are worth looking for."""


class Spelling(dict[Cell, str]):
    """Letters for cells, the same for the same ones, so that a part of one row can be looked for in another."""

    def __init__(self) -> None:
        super().__init__({BLANK: " "})

    def __missing__(self, cell: Cell) -> str:
        letter = self[cell] = chr(0x100 + len(self)) if cell[0] else HALF
        return letter

    def of(self, row: Sequence[Cell]) -> str:
        """A row in letters."""
        return "".join([self[cell] for cell in row])


def is_part(letters: str, x: int) -> bool:
    """Whether at a place something begins that may be looked for elsewhere."""
    return letters[x] not in _NOWHERE and x + PART_CELLS <= len(letters)


_LINUX = {
    "▸": "►",
    "⇆": "↔",
    "⋯": "…",
    "◌": "o",
    "␡": "?",
    "␢": "_",
    "␣": "_",
    "␤": "¶",
    "␦": "¿",
    "\N{REPLACEMENT CHARACTER}": "¿",
}
# Controls as on the keyboard, where Ctrl-[ is ESC; reverse video says that they stand for something.
_LINUX |= {chr(0x2400 + code): chr(code + 0x40) for code in range(0x20)}


def glyphs(term: str) -> Mapping[str, str]:
    """Return what is shown instead of which character on a terminal of a kind, by its TERM; each as wide.

    >>> glyphs("linux")["␛"], glyphs("xterm")
    ('[', {})
    """
    return _LINUX if term == "linux" or term.startswith("linux-") else {}
