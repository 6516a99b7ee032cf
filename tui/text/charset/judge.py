"""Ranks the charsets in which bytes may have been written by how likely the text is that they make of them.

The character model is the judge. Charsets that are rare on pages start with some bits against them, so that they win only
by the text; benchmarks/decode.py has the figures.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import inf
from typing import NamedTuple

from tui.text.charset import byte_pairs
from tui.text.charset.byte_pairs import SINGLE, BytePairs, is_in_pairs, known
from tui.text.charset.names import NAMES, OTHER_UNITS, count_beyond_ascii, to_text
from tui.text.words.likely import cost

SAMPLE_BYTES = 2000
"""Bytes of a sample that are judged."""
FIRST_BYTES = 120
"""Bytes by which all charsets are judged at first."""
STEP_CHARS = 40
"""Characters that are judged at a time where a text may turn out to be far from the best."""
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
# Behind or before a letter of ASCII it is none in any charset: in Russian it stands among others, or alone.
_STRAY = re.compile(rb"\xff(?:(?<=[A-Za-z]\xff)(?![\x80-\xff])|(?<![\x80-\xff]\xff)(?=[A-Za-z]))")
_ODD_RUN = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?:[\x80-\xff]{2})*+(?![\x80-\xff])")
# Both begin with a set: the search for one is five times as fast as the look at what stands before it.
_SIGN = re.compile(r"[§©®™°²³½«»№…–—‘’“”„•€£·±×](?:(?<!\w.)(?:(?!\w)|(?<=[«“„‘©]))|(?<=\w[»”“’°²³®™…])(?!\w))")
C1 = re.compile("[\x80-\x9f]")
"""Controls that pages don't hold: where a charset has them, another has letters and signs."""
_OTHER = r"[\u0370-\u06ff\u0e00-\u0e7f]"
_LONELY = re.compile(
    rf"{_OTHER}(?:(?<!{_OTHER}.)(?<!{_OTHER}[ \xa0].){_OTHER}?(?=[ \xa0][A-Za-z])|(?<=[A-Za-z].)(?!{_OTHER}))"
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
    density: float
    """Bits a character of the text alone."""


class _Text(NamedTuple):
    """What some charsets make of a sample."""

    bits: float
    charsets: list[str]
    text: str
    density: float


def telling_part(sample: bytes) -> bytes:
    """Shorten runs of ASCII, which read alike in all these charsets, to their ends, and take stray 0xFF out.

    >>> telling_part(b"abcdefghi\\xe9jklmnopqr")
    b'abcghi\\xe9jklpqr'
    """
    part = _STRAY.sub(b"", _ASCII_RUN.sub(lambda run: run[0][:3] + run[0][-3:], sample))
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
    part = _pieces(sample) if len(sample) > 2 * FIRST_BYTES else sample
    asked = tuple(dict.fromkeys((*kept, *_possible(part, names))))
    if part == sample or len(asked) == 1:
        return _scored(_judged(sample, _texts(sample, asked), kept), sample, is_cut)
    first = _judged(part, _texts(part, asked), kept)
    near = {name: each for each in first if each.bits < first[0].bits + NEAR_BITS for name in each.charsets}
    texts = _texts(sample, (name for name in asked if name in near or name in kept))
    if len(texts) > 1:
        return _scored(_judged(sample, texts, kept), sample, is_cut)
    # The rest can tell nothing.
    return _scored([first[0]._replace(charsets=names, text=text) for text, names in texts.items()], sample, is_cut)


def _scored(judged: Sequence[_Text], sample: bytes, is_cut: bool) -> list[CharsetReading]:
    if not judged:
        return []
    best = judged[0]
    most = 1 / (1 + 2 ** min(60.0, best.density - DOUBTFUL_BITS))
    unit = HALVING_BITS * max(1, count_beyond_ascii(sample))
    return [
        CharsetReading(
            each.bits,
            each.charsets[0],
            round(most * 2 ** ((best.bits - each.bits) / unit), 2),
            _lost(each.text, is_cut),
            each.density,
        )
        for each in judged
    ]


def _lost(text: str, is_cut: bool) -> int:
    """Where the sample was cut, half a character at its end is no loss."""
    return (text.rstrip("\ufffd") if is_cut else text).count("\ufffd")


def _possible(sample: bytes, names: Iterable[str]) -> Iterable[str]:
    """Leave EUC-TW out where too much would be lost: it takes our own decoder, and all its characters are of even length."""
    lost = len(_ODD_RUN.findall(sample))
    return names if lost * LOST_BITS < NEAR_BITS else (name for name in names if name != "euc-tw")


def _texts(sample: bytes, names: Iterable[str]) -> dict[str, list[str]]:
    """Each different text that a sample makes, and the charsets in which it does."""
    texts: dict[str, list[str]] = {}
    for name in names:
        texts.setdefault(to_text(sample, name)[0], []).append(name)
    return texts


def _judged(sample: bytes, texts: dict[str, list[str]], kept: Iterable[str]) -> list[_Text]:
    """Judge texts, likeliest first, without those that are neither kept nor near the best."""
    pairs = BytePairs(sample)
    judged: list[_Text] = []
    most = inf
    for least, text in _ordered(sample, texts, pairs):
        name = texts[text][0]
        is_kept = name in kept
        if least > most and not is_kept:
            continue
        against = AGAINST.get(name, 0) + _odd_bits(text, name)
        plain = (
            pairs.cost(name)
            if is_in_pairs(text, name)
            else cost_up_to(inf if is_kept else most - against, known(text, name))
        )
        if plain < inf:
            judged.append(_Text(plain + against, texts[text], text, plain / max(1, len(text))))
            most = min(most, plain + against + NEAR_BITS)
    return sorted(judged)


def _ordered(sample: bytes, texts: dict[str, list[str]], pairs: BytePairs) -> Iterator[tuple[float, str]]:
    """What texts cost at the least, so that they come first that keep others from being looked at closely.

    That is the likeliest in single bytes, then those in pairs of bytes, which take longest, then the others.
    """
    singles, others = [], []
    for text, (name, *_) in texts.items():
        if is_in_pairs(text, name):
            refund = SIGN_BITS * (len(sample) - len(sample.translate(None, _signs(name))))
            singles.append((pairs.cost(name) + AGAINST.get(name, 0) - refund, text))
        else:
            others.append((text.count("\ufffd"), text))
    singles.sort()
    yield from singles[:1]
    yield from ((-inf, text) for _, text in sorted(others))
    yield from singles[1:]


@cache
def _signs(charset: str) -> bytes:
    """The bytes that a charset of single bytes has for usual signs."""
    return bytes(byte for byte in range(0x80, 0x100) if _SIGN.search(to_text(bytes([byte]), charset)[0]))


def cost_up_to(most: float, text: str) -> float:
    """The cost of a text by the model, or infinity if it is more than `most`: most readings are told by their beginning."""
    total, before = 0.0, "\n"
    for start in range(0, len(text), STEP_CHARS):
        part = text[start : start + STEP_CHARS]
        total += cost(part, before)
        before = part[-1]
        if total > most:
            return inf
    return total


def bits(sample: bytes, charset: str, most: float = inf) -> float:
    """What bytes cost as text in a charset, less is likelier; infinity if it is more than `most`.

    >>> bits("Köln".encode("cp1252"), "windows-1252") < bits("Köln".encode("cp1252"), "gb18030")
    True
    """
    text, _ = to_text(sample, charset)
    odd = _odd_bits(text, charset)
    return odd + (
        byte_pairs.cost(sample, charset) if is_in_pairs(text, charset) else cost_up_to(most - odd, known(text, charset))
    )


def _odd_bits(text: str, charset: str) -> float:
    """What speaks against a text beside what the model says of it; below 0: for it."""
    lost = text.count("\ufffd") * LOST_BITS
    return sum((len(pattern.findall(text)) * each for pattern, each in _oddities(charset)), lost)


@cache
def _oddities(charset: str) -> tuple[tuple[re.Pattern[str], float], ...]:
    """What to look for in the texts of a charset, and what it costs."""
    text = to_text(bytes(range(0x80, 0x100)), charset)[0] if charset in SINGLE else "\x80α"
    lonely = ((_LONELY, LONELY_BITS),) if re.search(_OTHER, text) else ()
    controls = ((C1, LOST_BITS),) if C1.search(text) else ()
    return ((_SIGN, -SIGN_BITS), *lonely, *controls)


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
