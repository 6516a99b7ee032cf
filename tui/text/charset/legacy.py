"""Chooses among the charsets of before UTF-8: the page's labels, and what the bytes read like."""

import re
from collections.abc import Sequence
from functools import cache
from math import inf

from tui.core.model import Claim
from tui.text.charset.judge import AGAINST, C1, CharsetReading, bits, cost_up_to, rank, telling_part
from tui.text.charset.judge import SAMPLE_BYTES as JUDGED_BYTES
from tui.text.charset.names import EBCDIC, PAIRS, codec, count_beyond_ascii, to_text
from tui.text.words.language import identify
from tui.text.words.likely import cost, score

SAMPLE_BYTES = 64 * 1024
"""Bytes around those beyond ASCII that are looked at."""
HEAD_BYTES = 256
LABEL_BITS = 12.0
"""What a label speaks for its charset."""
LONE_LABEL_BITS = 20.0
"""The same where all that tells anything are single bytes among ASCII: a letter or two make a word in many charsets."""
HOME_BITS = 8.0
"""What the language of Latin text speaks for the charsets made for it."""
LANGUAGE_BYTES = 4000
MOST_GUESSES = 5
LEAST_SCORE = 0.05
"""Guesses that score less are not worth a claim."""
WIDE_BITS = 15.0
"""Bits a character, up to which bytes in pairs are UTF-16: legacy text read so comes to 25 and more."""
FEW_CHARS = 4
HZ_BITS = 14.0
"""Bits a character, up to which what stands between the escapes of HZ is Chinese."""

UTF7_BYTES = 2000
UTF7_BITS = 20.0
"""Bits by which runs of UTF-7 must be likelier text than they are where nobody says that they are UTF-7."""
EBCDIC_BITS = 9.0
"""Bits a character, up to which bytes are EBCDIC: text comes to 3 to 6."""
SENSE_BYTES = 32
"""Bytes beyond ASCII from which on a page that reads badly in all charsets is in none of them."""
MOST_BITS, MOST_PAIR_BITS = 8.5, 20.0
"""Bits a character up to which the likeliest reading makes sense: text comes to 7 in charsets of single bytes and to 13 in
those of pairs, what is in neither to 11 and 30."""

_UTF7_RUN = re.compile(rb"[^+\n]{0,8}\+[A-Za-z0-9+/]{3,}-?[^+\n]{0,8}")
_DENSE = re.compile(rb"[\x00-\x7f]{96,}")
_ESCAPES = (("iso-2022-kr", rb"\x1b\$\)C"), ("iso-2022-jp", rb"\x1b\$[@B]|\x1b\(I|\x1b\$\([DOPQ]"))
_HZ = re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+~\}")
_SIGNS = (
    ("\N{NO-BREAK SPACE}", rb"(?<=%s)"),
    ("®™", rb"(?<=%s)(?![A-Za-z])"),
    ("’", rb"(?<=[A-Za-z]%s)(?=(?:[dmst]|ll|re|ve)(?![A-Za-z]))"),
    ("²³", rb"(?:(?<=m%s)(?<![A-Za-z]m%s)|(?<=[cdkm]m%s)(?<![A-Za-z][cdkm]m%s))"),
    ("°º", rb"(?<=[Nn]%s)(?<![A-Za-z][Nn]%s)(?![A-Za-z])"),
    ("µ", rb"(?<=%s)(?<![A-Za-z]%s)(?=[AFVWglms](?![A-Za-z]))"),
)
"""Signs that have a letter beside them, and where: Acme®, it’s, 30 m², n° 5, 5 µm."""
_SENSELESS = re.compile(
    r"[^\x00-\x7f](?:"
    r"(?<=[\x80-\x9f\ufffd])"  # nothing
    r"|(?<=[a-z][À-ÖØ-Þı])"  # wholeÊtime, donÕt
    r"|(?<=\w[¡¿])|(?<=\d¤)|(?<=¤)(?=\d)"  # 30¡C, ¤25
    r"|(?<=[A-Za-z][•∙¢£¥¶†‡‰…–—])(?=[A-Za-z])|(?<=[A-Za-z][¨¯¸¦¬ˇ˘˙˚˝˛∏∑√∞∂∆≤≥◊Ω∫≈])"  # na∙ve, Nothing¨
    r")"
)
"""What is neither a letter of a word nor a sign in its place, in English and its like."""
_CZECH = re.compile(r"(?<=[a-z])[šž](?![A-Za-z])")
"""A word's end that no language has which iso-8859-15 is for, but for a word of Estonian."""
_RUN = re.compile(rb"[\x80-\xff]{2}")
_LETTER = re.compile(r"[^\W\d_\x00-\x7f]")
_TAG = re.compile(r"<[^<>]*>?")
_WESTERN = frozenset({"windows-1252", "iso-8859-15", "macintosh", "ibm850", "ibm437"})
_OF_SIGNS = ("windows-1252", "iso-8859-15", "macintosh")
_HOMES = (
    ({"hu", "pl", "cs", "ro", "hr"}, frozenset({"windows-1250", "iso-8859-2", "ibm852"})),
    ({"tr"}, frozenset({"windows-1254"})),
    ({"vi"}, frozenset({"windows-1258"})),
    (
        {"en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "nb", "fi", "ca", "id"},
        _WESTERN,
    ),
)
_WINDOWS = {
    "iso-8859-2": "windows-1250", "iso-8859-7": "windows-1253", "iso-8859-8": "windows-1255",
    "iso-8859-13": "windows-1257", "iso-8859-15": "windows-1252",
}  # fmt: skip
_LATIN = frozenset.union(*(charsets for _, charsets in _HOMES), {"windows-1257", "iso-8859-13"})


def wide(payload: bytes) -> str:
    """Return the kind of UTF-16 or UTF-32 that bytes without a mark are in; empty if in none.

    >>> wide("今日は、雨です".encode("utf-16-be")), wide("今日は、雨です".encode("cp932"))
    ('utf-16be', '')
    """
    head = payload[: HEAD_BYTES // 4 * 4]
    # A byte lost further down shifts the columns, but only there.
    by_nuls = _by_nuls(head) or _by_nuls(payload[:SAMPLE_BYTES])
    return by_nuls or next((name for name in ("utf-16le", "utf-16be") if _reads_as_wide(head, name)), "")


def _by_nuls(sample: bytes) -> str:
    sample = sample[: len(sample) // 4 * 4]
    if not sample:
        return ""
    nuls = [sample[column::4].count(0) * 4 / len(sample) for column in range(4)]
    if min(nuls[2:]) > 0.9 and nuls[0] < 0.1:
        return "utf-32le"
    if min(nuls[:2]) > 0.9 and nuls[3] < 0.1:
        return "utf-32be"
    odd, even = nuls[1] + nuls[3], nuls[0] + nuls[2]
    if max(odd, even) > 0.2 and min(odd, even) * 20 < max(odd, even):
        return "utf-16le" if odd > even else "utf-16be"
    return ""


def _reads_as_wide(sample: bytes, name: str) -> bool:
    """Text with hardly a NUL in it, such as Chinese, or with NULs on both sides, such as Korean: it has to be likely."""
    text, _ = to_text(sample, name)
    return len(text) >= FEW_CHARS and cost_up_to(WIDE_BITS * len(text), text) < inf


def escaped(payload: bytes) -> str:
    """Return the seven-bit charset whose escapes stand in the bytes; empty if there are none.

    >>> escaped("雨です".encode("iso2022_jp")), escaped("下雨".encode("hz"))
    ('iso-2022-jp', 'hz')
    """
    for name, pattern in _ESCAPES:
        if re.search(pattern, payload):
            return name
    runs = b"".join(_HZ.findall(payload[: 4 * SAMPLE_BYTES]))
    if runs and score(to_text(runs, "hz")[0]) < HZ_BITS:
        return "hz"
    return ""


def is_utf7(payload: bytes, is_labelled: bool) -> bool:
    """Say whether ASCII holds the runs of UTF-7: they make likelier text than they are, or are said to make any.

    >>> is_utf7("Größe und Gewicht, müssen".encode("utf-7"), False), is_utf7(b"tel +49123456, a+b, x+ABCD", False)
    (True, False)
    """
    # First, because it takes an eighth of the time and tells nearly all pages: types such as `rss+xml` are no runs.
    if to_text(payload, "utf-7")[1] is not None:
        return False
    runs = b"\n".join(_UTF7_RUN.findall(payload[: 4 * SAMPLE_BYTES]))
    if not runs:
        return False
    text, _ = to_text(runs[:UTF7_BYTES], "utf-7")
    least = 0 if is_labelled else UTF7_BITS
    gain = cost(runs[:UTF7_BYTES].decode("ascii")) - cost(text)
    return not text.isascii() and gain > least and score(text) < WIDE_BITS


def ebcdic(payload: bytes) -> str:
    """Return the charset of mainframes in which bytes make text; empty if in none.

    >>> ebcdic("The town council met yesterday.".encode("cp037")), ebcdic("Der Käse aus Köln".encode("cp1252"))
    ('ibm037', '')
    """
    sample = payload[:JUDGED_BYTES]
    blanks = sample.count(0x40)
    if blanks * 16 < len(sample) or blanks < sample.count(0x20):
        return ""
    best = min(EBCDIC, key=lambda name: bits(sample, name))
    return best if score(to_text(sample, best)[0]) < EBCDIC_BITS else ""


def dense(payload: bytes) -> bytes:
    """Return a sample of the bytes beyond ASCII with their neighbours; long runs of ASCII are shortened.

    >>> len(dense(b"x" * 5000 + b"\\xe9" + b"x" * 5000))
    129
    """
    parts: list[bytes] = []
    size = at = 0
    while size < SAMPLE_BYTES and at < len(payload):
        part = _DENSE.sub(lambda run: run[0][:32] + run[0][-32:], payload[at : at + SAMPLE_BYTES])
        parts.append(part)
        size += len(part)
        at += SAMPLE_BYTES
    return b"".join(parts)


def telling(sample: bytes, charset: str) -> bytes:
    """Return a sample with blanks in place of the single bytes that can be part of no word: they tell no charset.

    Those are bytes with no letter beside them, and signs in their places as they are read in `charset`.

    >>> telling("£25 a year, 2½ cups, no\xa0break, Acme®, it’s a café".encode("cp1252"), "windows-1252")
    b' 25 a year, 2  cups, no break, Acme , it s a caf\xe9'
    """
    return _silent(charset).sub(b" ", sample)


@cache
def _silent(charset: str) -> re.Pattern[bytes]:
    """Finds the bytes that tell nothing.

    A byte with no letter beside it, or behind a digit, begins no word and ends none. It begins no character of two bytes
    either, unless what follows can be a second one; then ASCII has to stand on both sides of the two. Between letters of
    ASCII 0xAD are soft hyphens.
    """
    places = [rb"(?<![A-Za-z].)(?![A-Za-z])", rb"(?<=[0-9].)"]
    for signs, place in _SIGNS:
        written = [sign.encode(codec(charset), "ignore") for sign in signs]
        if known := b"".join(byte for byte in written if len(byte) == 1):
            places.append(place.replace(b"%s", b"[%s]" % known))
    among_ascii = rb"(?<![\x80-\xff]..)(?!.?[\x80-\xff])(?:%s)" % b"|".join(places)
    alone = rb"(?<![A-Za-z].)(?=[\x00-/:-?]|\Z)"
    hyphens = rb"(?<=[A-Za-z]\xad)\xad{0,3}(?=[A-Za-z])"
    return re.compile(rb"[\x80-\xff](?:%s|(?<![\x80-\xff].)(?:%s|%s))" % (hyphens, alone, among_ascii), re.DOTALL)


def choose(payload: bytes, labels: Sequence[Claim]) -> tuple[Claim, tuple[Claim, ...]]:
    """Return the claim to be believed, and the guesses: a label counts for something, but the bytes decide.

    `labels` name charsets in our own words, strongest first. Where no charset makes sense of the bytes, the claim is by
    `default`.
    """
    sample = dense(payload)
    labels = [_extended(label, sample) for label in labels]
    valid = [label for label in labels if to_text(sample, label.charset)[1] is None]
    evidence = telling(sample, valid[0].charset if valid else "windows-1252")
    # Charsets that read alike what tells anything come in the order in which they are named: labels, then windows-1252.
    told = telling_part(evidence)
    readings = rank(told, kept=[label.charset for label in (valid if evidence.isascii() else labels)])
    is_lone = not _RUN.search(evidence)
    by = {label.charset: label for label in reversed(labels)}
    worth = {each: each.bits - (_worth(each.charset, is_lone) if each.charset in by else 0) for each in readings}
    best = min(readings, key=worth.__getitem__)
    if rivals := [each for each in readings if each is not best and worth[each] < worth[best] + HOME_BITS]:
        homes = _homes(sample, readings[0].charset)
        best = min((best, *rivals), key=lambda each: worth[each] - (HOME_BITS if each.charset in homes else 0))
    if is_lone and best.charset not in by:
        best = best._replace(charset=_with_sense(telling_part(sample), best.charset))
    likely = [reading for reading in readings if reading.score >= LEAST_SCORE][:MOST_GUESSES] or readings[:1]
    guesses = tuple(Claim("guess", reading.charset, reading.score) for reading in likely)
    chosen = Claim("guess" if _makes_sense(told[:JUDGED_BYTES], best) else "default", best.charset, best.score)
    return by.get(best.charset, chosen), guesses


def _with_sense(sample: bytes, charset: str) -> str:
    """Return the charset, or another of Western text in which a few bytes make sense where they make none in it."""

    def nonsense(name: str) -> int:
        text = texts[name]
        return len(_SENSELESS.findall(text)) + (len(_CZECH.findall(text)) if name == "iso-8859-15" else 0)

    texts = {name: to_text(sample, name)[0] for name in (charset, *_OF_SIGNS)}
    if charset not in _WESTERN and _LETTER.search(texts[charset]):
        return charset
    best = min(texts, key=nonsense)
    return next((name for name in _OF_SIGNS if texts[name] == texts[best]), best)


def _extended(label: Claim, sample: bytes) -> Claim:
    """Take a label of ISO for the charset of Windows that has signs where the other has controls, if the bytes have any."""
    windows = _WINDOWS.get(label.charset, "")
    if windows and C1.search(to_text(sample, label.charset)[0]) and to_text(sample, windows)[1] is None:
        return Claim(label.by, windows)
    return label


def _makes_sense(sample: bytes, reading: CharsetReading) -> bool:
    most = MOST_PAIR_BITS if reading.charset in PAIRS else MOST_BITS
    return count_beyond_ascii(sample) < SENSE_BYTES or (reading.density < most and len(set(sample)) > 2)


def _homes(sample: bytes, charset: str) -> frozenset[str]:
    """The charsets of the language in which Latin text is written: õ is a letter of Estonian, and ő of Hungarian."""
    if charset not in _LATIN:
        return frozenset()
    text, _ = to_text(sample[:LANGUAGE_BYTES], charset)
    language = identify(_TAG.sub(" ", text))
    return next((charsets for languages, charsets in _HOMES if language in languages), frozenset())


def _worth(charset: str, is_lone: bool) -> float:
    """What a label for a charset is worth; servers that know nothing say iso-8859-1, and a rare charset is not rare where it
    is named.
    """
    bits = LONE_LABEL_BITS if is_lone else LABEL_BITS
    return (bits / 3 if charset == "windows-1252" else bits) + AGAINST.get(charset, 0)
