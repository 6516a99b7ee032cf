"""What a terminal shows in the place of characters that its fonts don't have.

The Linux console has 256 or 512 glyphs: those of code page 437 and letters of Europe, in all of its usual fonts.
"""

from collections.abc import Mapping

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
