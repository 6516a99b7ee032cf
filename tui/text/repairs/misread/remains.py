"""What is left of UTF-8 where a charset of many bytes dropped most of it: too little to mend, enough to be known by."""

import re
from collections.abc import Iterator

from tui.core.problems import Problem, Reason
from tui.text.mending.damage import CODECS
from tui.text.repairs.misread.segments import Pair

_READ_AS = ("gb2312", "cp950", "big5", "ksx1001", "euckr")
"""Charsets that have no room for most pairs of bytes of UTF-8, the one with least room first."""
_RUN = re.compile("[^\x00-\x7f](?:[ ,.]?[^\x00-\x7f]){9,}")
_REPLACED = re.compile("[\ufffd锟]")
"""Where bytes were replaced they were not dropped."""
_BETWEEN = re.compile("[ ,.]")
_PIECE = re.compile(rb"[\xe2-\xed\xef][\x80-\xbf]{0,2}|\xc2\xb7|[\x80-\xbf]{1,2}")
"""A character of Chinese, Japanese or Korean in UTF-8, or some of its bytes; all other text has others before long."""
_DOT = "\N{MIDDLE DOT}".encode()
_ASCII = bytes(range(0x80))
"""What stood behind the remains may have become the second byte of their last character."""
_LEAST_BYTES = 20
_LEAD, _LEADING = 0xE2, 0.25
"""First byte of a character, and share of the pieces that must begin with one: capital letters of Cyrillic don't."""
_BROKEN = 0.08
"""Share of the pieces of UTF-8 that are not whole, at least."""


def lost(run: str) -> tuple[str, int] | None:
    """Return the charset that dropped the bytes of UTF-8 and how many are missing at least; None if none did.

    >>> lost("今天的新闻报道说，北京市政府宣布将在下个月".encode().decode("big5", "ignore"))
    ('cp950', 17)
    >>> lost("今天的新闻报道说，北京市政府宣布将在下个月")
    """
    for read in _READ_AS:
        try:
            content = _BETWEEN.sub("", run).encode(CODECS[read]).rstrip(_ASCII)
        except UnicodeEncodeError:
            continue
        pieces = _PIECE.findall(content)
        if len(content) < _LEAST_BYTES or sum(map(len, pieces)) < len(content):
            continue
        missing = [0 if piece == _DOT else 3 - len(piece) for piece in pieces]
        leading, broken = sum(piece[0] >= _LEAD for piece in pieces), sum(map(bool, missing))
        if leading >= _LEADING * len(pieces) and broken >= _BROKEN * len(pieces):
            return read, sum(missing)
    return None


def problems(line: str, start: int) -> Iterator[Problem]:
    """Say of each run of such remains in a line, which begins at `start`, where it is and what became of it."""
    for match in () if _REPLACED.search(line) else _RUN.finditer(line):
        if found := lost(match[0]):
            read, missing = found
            reading = Pair("u8", read, is_dropping=True).reading
            reason = Reason("dropped_untold", {"reading": reading, "missing": missing})
            yield Problem(
                "mojibake_lost", "", {"reason": reason}, start + match.start(), start + match.end(), lost=missing
            )
