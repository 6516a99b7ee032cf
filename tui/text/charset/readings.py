"""Every charset that a page could be read in, with a score and a line of the page under each.

For people who choose: `decode` has chosen already, and its choice is among them. The character model gives the scores.
"""

import re

from tui.core.model import Candidate, Charset
from tui.text.charset.judge import NARROW, CharsetReading, rank, telling_part
from tui.text.charset.legacy import dense
from tui.text.charset.names import EBCDIC, codec, count_beyond_ascii, find, to_text
from tui.text.words.cells import fit, visible

LINE_CELLS = 80
"""Widest a candidate's line gets, in terminal cells."""
LINE_BYTES = 400
"""Bytes that the line is made of, at most."""
WIDE_BYTES = 16 * 1024
"""Bytes that are looked at where a character may take any of them."""
LEAST_SCORE = 0.01
"""Scores below this are left out, unless somebody names the charset."""

_WIDE = ("utf-16", "utf-32", "utf-7", "iso-2022", "hz", *EBCDIC)
"""Beginnings of the names of charsets in which a byte below 0x80 need not be the character of ASCII."""
_SEGMENT = re.compile(rb"[^<>\r\n]+")
_TEXT_SEGMENT = re.compile(r"[^<>\r\n]+")
_SPACES = re.compile(r"\s+")


def candidates(payload: bytes, chosen: Charset) -> tuple[Candidate, ...]:
    """Return the charsets in which the bytes make some sense: the chosen one, then the likeliest; the claimed ones always.

    Of charsets that read the page alike only one is kept: the chosen one, else a claimed one, else the more common.
    `chosen` is what the page is shown in. A page without bytes beyond ASCII has its chosen one alone.

    >>> shown = Charset("koi8-r", "guess")
    >>> [(each.charset, each.by, each.line) for each in candidates("тест".encode("koi8-r"), shown)][:2]
    [('koi8-r', 'guess', 'тест'), ('windows-1253', '', 'ΤΕΣΤ')]
    """
    claimed = {name: claim.by for claim in reversed(chosen.claims) if (name := find(claim.charset))}
    claimed = {chosen.name: chosen.by} | claimed
    sample, line = _sample(payload, chosen.name)
    readings = rank(sample, (), (*claimed, *_possible(payload)))
    choices = [_candidate(reading, line, claimed.get(reading.charset, "")) for reading in readings]
    choices.sort(key=lambda each: each.charset != chosen.name)
    return tuple(each for each in choices if each.by or each.score >= LEAST_SCORE)


def _candidate(reading: CharsetReading, line: bytes, by: str) -> Candidate:
    text, _ = to_text(line, reading.charset)
    shown_line = fit(visible(_SPACES.sub(" ", text).strip()), LINE_CELLS)
    return Candidate(reading.charset, reading.score, by, shown_line, reading.lost)


def _possible(payload: bytes) -> tuple[str, ...]:
    """Charsets that the bytes could be in at all: those of other widths and with escapes only where they were chosen."""
    return () if payload.isascii() else ("utf-8", *NARROW)


def _sample(payload: bytes, chosen: str) -> tuple[bytes, bytes]:
    """What is scored, and the bytes of the line that is shown: the one that has most beyond ASCII."""
    if chosen.startswith(_WIDE):
        parts = _decoded_segments(payload[:WIDE_BYTES], chosen)
        return "\n".encode(codec(chosen)).join(parts), parts[0][:LINE_BYTES] if parts else b""
    telling = _SEGMENT.findall(dense(payload))
    telling.sort(key=lambda segment: count_beyond_ascii(segment[:LINE_BYTES]), reverse=True)
    return telling_part(b"\n".join(telling)), _cut(telling[0]) if telling else b""


def _decoded_segments(payload: bytes, name: str) -> list[bytes]:
    """What stands between tags and line ends in a charset in which these are not single bytes, most telling first."""
    text, _ = to_text(payload, name)
    parts = _TEXT_SEGMENT.findall(text.removeprefix("\ufeff"))
    parts.sort(key=lambda part: sum(char > "\x7f" for char in part[:LINE_BYTES]), reverse=True)
    return [part.encode(codec(name), "replace") for part in parts]


def _cut(segment: bytes) -> bytes:
    """Begin shortly before the first byte beyond ASCII."""
    first = next((at for at, byte in enumerate(segment) if byte > 0x7F), 0)
    start = segment.rfind(b" ", 0, max(0, first - 16)) + 1 if first > 40 else 0
    return segment[start : start + LINE_BYTES]
