"""Ranks the charsets in which bytes may have been written by how likely the text is that they make of them.

The character model is the judge. Charsets that are rare on pages start with some bits against them, so that they win only
by the text; benchmarks/decode.py has the figures.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from tui.text.charset.names import EBCDIC, NAMES, count_beyond_ascii, to_text
from tui.text.words.likely import cost, score

SAMPLE_BYTES = 2000
"""Bytes of a sample that are judged."""
FIRST_BYTES = 240
"""Bytes by which all charsets are judged at first."""
NEAR_BITS = 48.0
"""Bits behind the best by these, up to which a charset is judged by the whole sample."""
HALVING_BITS = 2.0
"""Bits for each byte beyond ASCII by which a reading is worse than the best when it scores half as much."""
DOUBTFUL_BITS = 14.0
"""Bits a character at which the best reading scores one half: text comes to 5 to 11, misread text to 14 to 30."""
STRAY_SHARE = 0.02
"""0xFF among the bytes beyond ASCII, up to which they count as damage and say nothing."""
LOST_BITS = 10.0
"""What a byte that a charset does not know costs, beside what the model says of U+FFFD."""
LONELY_BITS = 6.0
"""What one or two letters of another script before Latin words or behind a Latin letter cost: è would be и."""
SIGN_BITS = 7.0
"""What a usual sign at the edge of a word is refunded: the texts that the model is made of have few of them."""

OTHER_UNITS = ("utf-", "cesu-", "iso-2022", "hz", *EBCDIC)
"""Beginnings of the names of charsets that are told by their shape: UTF-8, and those in which the byte of a character of
ASCII may be another's."""
AGAINST = {
    "euc-jp": 1, "windows-1250": 2, "windows-1251": 0, "windows-1253": 1, "windows-1254": 3, "windows-1255": 1,
    "windows-1256": 1, "windows-1257": 4, "windows-1258": 6, "iso-8859-2": 3, "iso-8859-3": 40, "iso-8859-4": 40,
    "iso-8859-5": 8, "iso-8859-6": 6, "iso-8859-7": 4, "iso-8859-8": 4, "iso-8859-10": 99, "iso-8859-13": 10,
    "iso-8859-14": 99, "iso-8859-15": 7, "iso-8859-16": 40, "koi8-r": 3, "koi8-u": 4, "ibm866": 6, "ibm850": 10,
    "ibm852": 14, "ibm855": 14, "johab": 14, "ibm737": 10, "ibm857": 14, "ibm869": 14, "viscii": 10, "euc-tw": 12, "ibm437": 12, "macintosh": 10, "x-mac-cyrillic": 8,
}  # fmt: skip
"""Bits against a charset before anything is read; those that are missing have none."""
NARROW = tuple(
    sorted(
        (name for name in NAMES if not name.startswith(OTHER_UNITS)),
        key=lambda name: AGAINST.get(name, 0),
    )
)
"""Charsets of before Unicode in which a byte below 0x30 is the character of ASCII, the more common first."""

_ASCII_RUN = re.compile(rb"[\x00-\x7f]{7,}")
_BOUNDARY = re.compile(rb"[\n -/:-?]")
# Romanian is written with the letters of Turkish in all charsets but iso-8859-16; the model knows it as it should be.
_ROMANIAN = str.maketrans("\u015f\u0163\u015e\u0162", "\u0219\u021b\u0218\u021a")
_CENTRAL = frozenset({"windows-1250", "iso-8859-2"})
_SIGN = re.compile(r"(?<!\w)[§©®™°²³½«»№…–—‘’“”„•€£·±×](?!\w)|(?<!\w)[«“„‘©](?=\w)|(?<=\w)[»”“’°²³®™…](?!\w)")
C1 = re.compile("[\x80-\x9f]")
"""Controls that pages don't hold: where a charset has them, another has letters and signs."""
_OTHER = r"[\u0370-\u06ff\u0e00-\u0e7f]"
_LONELY = re.compile(
    rf"(?<!{_OTHER})(?<!{_OTHER}[ \xa0]){_OTHER}{{1,2}}(?=[ \xa0][A-Za-z])|(?<=[A-Za-z]){_OTHER}(?!{_OTHER})"
)


class CharsetReading(NamedTuple):
    """A sample as it reads in one charset."""

    bits: float
    """What the text costs, and what stands against the charset; less is likelier."""
    charset: str
    score: float
    """0 to 1, how much like text it is; falls with the distance from the likeliest."""
    lost: int
    """U+FFFD in the text."""


def telling_part(sample: bytes) -> bytes:
    """Shorten runs of ASCII, which read alike in all these charsets, to their ends, and take stray 0xFF out.

    >>> telling_part(b"abcdefghi\\xe9jklmnopqr")
    b'abcghi\\xe9jklpqr'
    """
    part = _ASCII_RUN.sub(lambda run: run[0][:3] + run[0][-3:], sample)
    beyond = count_beyond_ascii(part)
    is_stray = part.count(0xFF) <= max(3, int(beyond * STRAY_SHARE)) < beyond
    return part.replace(b"\xff", b"") if is_stray else part


def rank(sample: bytes, names: Iterable[str] = NARROW, kept: Iterable[str] = ()) -> list[CharsetReading]:
    """Return the charsets in which a sample may be read, likeliest first; those that read it alike are there once.

    All of `kept` are judged, of `names` those that are likely at first sight. Of charsets that read the sample alike the
    first of `kept` stays, else the first of `names`. Of a long sample the beginning is judged.

    >>> [reading.charset for reading in rank("Сегодня открылась библиотека".encode("koi8-r"))][:1]
    ['koi8-r']
    """
    is_cut = len(sample) > SAMPLE_BYTES
    sample = sample[:SAMPLE_BYTES]
    kept = tuple(kept)
    asked = tuple(dict.fromkeys((*kept, *names)))
    if len(sample) > 2 * FIRST_BYTES:
        first = _distinct_texts(_pieces(sample), asked)
        least = min(each[0] for each in first)
        near = {name for each in first if each[0] < least + NEAR_BITS for name in each[1]}
        asked = tuple(name for name in asked if name in near or name in kept)
    candidates = sorted(_distinct_texts(sample, asked))
    beyond = count_beyond_ascii(sample)
    return _scored(candidates, max(1, beyond), is_cut)


def _scored(candidates: list[tuple[float, list[str], str]], beyond: int, is_cut: bool) -> list[CharsetReading]:
    if not candidates:
        return []
    best, _, text = candidates[0]
    most = 1 / (1 + 2 ** min(60.0, score(text) - DOUBTFUL_BITS))
    unit = HALVING_BITS * beyond
    return [
        CharsetReading(cost_bits, alike[0], round(most * 2 ** ((best - cost_bits) / unit), 2), _lost(text, is_cut))
        for cost_bits, alike, text in candidates
    ]


def _lost(text: str, is_cut: bool) -> int:
    """Where the sample was cut, half a character at its end is no loss."""
    return (text.rstrip("\ufffd") if is_cut else text).count("\ufffd")


def _distinct_texts(sample: bytes, names: Iterable[str]) -> list[tuple[float, list[str], str]]:
    """(bits, charsets, text) for each different text that the sample makes."""
    texts: dict[str, list[str]] = {}
    for name in names:
        texts.setdefault(to_text(sample, name)[0], []).append(name)
    return [(bits(text, alike[0]) + AGAINST.get(alike[0], 0), alike, text) for text, alike in texts.items()]


def bits(text: str, charset: str = "") -> float:
    """What a text costs as the reading of bytes in a charset; less is likelier.

    >>> bits("Köln") < bits("K枚ln")
    True
    """
    known = text.translate(_ROMANIAN) if charset in _CENTRAL else text
    odd = LONELY_BITS * len(_LONELY.findall(text)) + LOST_BITS * (text.count("\ufffd") + len(C1.findall(text)))
    return cost(known) + odd - SIGN_BITS * len(_SIGN.findall(text))


def _pieces(sample: bytes) -> bytes:
    """A part of the beginning, of the middle and of the end, each from a place where a character begins."""
    size = FIRST_BYTES // 3
    starts = [0]
    for at in (len(sample) // 2, len(sample) - 2 * size):
        boundary = _BOUNDARY.search(sample, max(at, starts[-1] + size))
        if boundary is None:  # half a character at the start of a part would turn all of it into another text
            return sample[:FIRST_BYTES]
        starts.append(boundary.start())
    return b"\n".join(sample[start : start + size] for start in starts)
