"""Bars of cells: blanks in reverse video, a byte each, and an eighth of a block at their ends where the terminal has it."""

import re
from collections.abc import Mapping
from typing import Literal

Ink = Literal["eighths", "blanks", "signs"]
"""What bars are made of: blanks with a finer end, blanks, or # where nothing can be told by reverse video."""

_EIGHTHS = " ▏▎▍▌▋▊▉"
_COARSE = re.compile(r"linux|vt\d+$|.*-m(ono)?$")
"""Values of TERM that stand for terminals without the blocks that are finer than half a cell."""


def ink(environment: Mapping[str, str]) -> Ink:
    """Return what bars are made of on this terminal.

    >>> ink({"TERM": "xterm", "LANG": "C.UTF-8"}), ink({"TERM": "xterm", "LANG": "C"}), ink({"TERM": "dumb"})
    ('eighths', 'blanks', 'signs')
    """
    term = environment.get("TERM", "")
    if term in ("", "dumb", "unknown"):
        return "signs"
    locale = environment.get("LC_ALL") or environment.get("LC_CTYPE") or environment.get("LANG") or ""
    is_utf8 = "utf-8" in locale.lower() or "utf8" in locale.lower()
    return "eighths" if is_utf8 and not _COARSE.match(term) else "blanks"


def bar(part: int, most: int, cells: int, of: Ink) -> tuple[str, str]:
    """Return the cells of a bar and its end, which is finer than a cell; `most` takes all cells, and one is to be seen.

    >>> bar(5, 10, 3, "eighths"), bar(1, 999, 9, "eighths"), bar(1, 999, 9, "blanks"), bar(0, 9, 9, "signs")
    ((' ', '▌'), ('', '▏'), (' ', ''), ('', ''))
    """
    if not part:
        return "", ""
    eighths = max(1, round(8 * cells * part / most))
    if of == "eighths":
        return " " * (eighths // 8), _EIGHTHS[eighths % 8].strip()
    return (" " if of == "blanks" else "#") * max(1, round(eighths / 8)), ""
