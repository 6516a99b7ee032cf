"""Every charset that a page could be read in, with a score and a line of the page under each.

For people who choose: `decode` has chosen already, and its choice is among them. The character model gives the scores.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from tui.model import Candidate, Claim
from tui.text.cells import fit, visible
from tui.text.charsets import BEYOND_ASCII, NAMES, codec, find, to_text
from tui.text.legacy import dense
from tui.text.likely import cost, score

LINE_CELLS = 80
"""Widest a candidate's line gets, in terminal cells."""
LINE_BYTES = 400
"""Bytes that the line is made of, at most."""
SAMPLE_BYTES = 4096
"""Bytes around those beyond ASCII that are scored."""
HALVING_BITS = 2.0
"""Bits for each byte beyond ASCII by which a reading is worse than the best when it scores half as much."""
DOUBTFUL_BITS = 14.0
"""Bits a character at which the best reading scores one half: text comes to 5 to 11, misread text to 14 to 30."""
LEAST_SCORE = 0.01
"""Scores below this are left out, unless somebody names the charset."""

_OTHER_UNITS = ("utf-16", "utf-32", "iso-2022", "hz")
"""Beginnings of the names of charsets in which a byte below 0x80 need not be the character of ASCII."""
_SEGMENT = re.compile(rb"[^<>\r\n]+")
_TEXT_SEGMENT = re.compile(r"[^<>\r\n]+")
_SPACES = re.compile(r"\s+")
_ASCII_RUN = re.compile(rb"([\x00-\x7f]{3})[\x00-\x7f]+([\x00-\x7f]{3})")


def candidates(payload: bytes, chosen: str, claims: Sequence[Claim] = ()) -> tuple[Candidate, ...]:
    """Return the charsets in which the bytes make some sense, likeliest first, the chosen and the claimed ones always.

    Of charsets that read the page alike only one is kept: the chosen one, else a claimed one, else the more common.
    `chosen` is the charset that the page is shown in. A page without bytes beyond ASCII has its chosen one alone.

    >>> [(found.charset, found.line) for found in candidates("тест".encode("koi8-r"), "koi8-r")][:2]
    [('koi8-r', 'тест'), ('windows-1253', 'ΤΕΣΤ')]
    """
    said = {name: claim.by for claim in reversed(claims) if (name := find(claim.charset))}
    sample, line = _sample(payload, chosen)
    texts: dict[str, str] = {}
    for name in dict.fromkeys([chosen, *said, *_possible(payload)]):
        texts.setdefault(to_text(sample, name)[0], name)
    scores = _scores(texts, len(sample) - len(sample.translate(None, BEYOND_ASCII)))
    found = [
        Candidate(name, scores[text], _by(name, chosen, said), _shown(line, name), text.count("\ufffd"))
        for text, name in texts.items()
    ]
    kept = [each for each in found if each.by or each.score >= LEAST_SCORE]
    return tuple(sorted(kept, key=lambda each: -each.score))


def _by(name: str, chosen: str, said: Mapping[str, str]) -> str:
    return said.get(name) or ("chosen" if name == chosen else "")


def _shown(line: bytes, name: str) -> str:
    return fit(visible(_SPACES.sub(" ", to_text(line, name)[0]).strip()), LINE_CELLS)


def _scores(texts: Mapping[str, str], beyond: int) -> dict[str, float]:
    """How well the best hangs together, and the others in proportion to how much unlikelier they are."""
    bits = {text: cost(text) for text in texts}
    best = min(bits, key=lambda text: bits[text])
    most = 1 / (1 + 2 ** min(60.0, score(best) - DOUBTFUL_BITS))
    unit = HALVING_BITS * max(1, beyond)
    return {text: round(most * 2 ** ((bits[best] - bits[text]) / unit), 2) for text in texts}


def _possible(payload: bytes) -> Iterable[str]:
    """Charsets that the bytes could be in at all: those of other widths and with escapes only where they were chosen."""
    if payload.isascii():
        return ()
    return (name for name in NAMES if not name.startswith(_OTHER_UNITS))


def _sample(payload: bytes, chosen: str) -> tuple[bytes, bytes]:
    """What is scored, and the bytes of the line that is shown: the one that has most beyond ASCII."""
    if chosen.startswith(_OTHER_UNITS):
        parts = _decoded_segments(payload[: 4 * SAMPLE_BYTES], chosen)
        return "\n".encode(codec(chosen)).join(parts)[:SAMPLE_BYTES], parts[0][:LINE_BYTES] if parts else b""
    telling = sorted(_SEGMENT.findall(dense(payload)), key=_beyond, reverse=True)
    sample = _ASCII_RUN.sub(rb"\1\2", b"\n".join(telling)[:SAMPLE_BYTES])
    return sample, _cut(telling[0]) if telling else b""


def _decoded_segments(payload: bytes, name: str) -> list[bytes]:
    """What stands between tags and line ends in a charset in which these are not single bytes, most telling first."""
    text, _ = to_text(payload, name)
    parts = _TEXT_SEGMENT.findall(text.removeprefix("\ufeff"))
    parts.sort(key=lambda part: sum(char > "\x7f" for char in part[:LINE_BYTES]), reverse=True)
    return [part.encode(codec(name), "replace") for part in parts]


def _beyond(segment: bytes) -> int:
    segment = segment[:LINE_BYTES]
    return len(segment) - len(segment.translate(None, BEYOND_ASCII))


def _cut(segment: bytes) -> bytes:
    """Begin shortly before the first byte beyond ASCII."""
    first = next((at for at, byte in enumerate(segment) if byte > 0x7F), 0)
    start = segment.rfind(b" ", 0, max(0, first - 16)) + 1 if first > 40 else 0
    return segment[start : start + LINE_BYTES]
