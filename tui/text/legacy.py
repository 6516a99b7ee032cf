"""Chooses among the charsets of before UTF-8: the page's labels, a detector's guess, and what the bytes allow."""

import re
from collections.abc import Sequence

from tui.model import Claim
from tui.text.charsets import BEYOND_ASCII, to_text
from tui.text.guess import MULTIBYTE, guess, hangs_together
from tui.text.plausible import fit

SAMPLE_BYTES = 64 * 1024
"""Bytes around those beyond ASCII that are looked at."""
HEAD_BYTES = 256
FEW_BYTES = 12
"""Bytes beyond ASCII, up to which a guess is worth less than a label that reads as well."""

_DENSE = re.compile(rb"[\x00-\x7f]{96,}")
_ESCAPES = (("iso-2022-kr", rb"\x1b\$\)C"), ("iso-2022-jp", rb"\x1b\$[@B]|\x1b\(I|\x1b\$\([DOPQ]"))
_HZ = re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+~\}")
_SCRIPTS = {
    "windows-1251": "cyrillic",
    "koi8-r": "cyrillic",
    "koi8-u": "cyrillic",
    "ibm866": "cyrillic",
    "iso-8859-5": "cyrillic",
    "x-mac-cyrillic": "cyrillic",
    "windows-1253": "greek",
    "iso-8859-7": "greek",
    "windows-1255": "hebrew",
    "iso-8859-8": "hebrew",
    "windows-1256": "arabic",
    "iso-8859-6": "arabic",
    "windows-874": "thai",
}
_UNUSUAL_WIDE = re.compile(
    "[^\n\r\t -~\u00a0-\u06ff\u0e00-\u0e5b\u1e00-\u1eff\u2010-\u2042\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]"
)
_WIDE_SIGN = re.compile("[\n -~\u3000-\u30ff\uff00-\uff5e]")


def wide(payload: bytes) -> str:
    """Return the kind of UTF-16 or UTF-32 that bytes without a mark are in; empty if in none.

    >>> wide("今日は、雨です".encode("utf-16-be")), wide("今日は、雨です".encode("cp932"))
    ('utf-16be', '')
    """
    for size in (HEAD_BYTES, SAMPLE_BYTES):  # a byte lost further down shifts the columns, but only there
        found = _wide(payload[:size])
        if found:
            return found
    return ""


def _wide(sample: bytes) -> str:
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
    if sample.isascii():
        return ""
    return next((name for name in ("utf-16le", "utf-16be") if _reads_as_wide(sample, name)), "")


def _reads_as_wide(sample: bytes, name: str) -> bool:
    """East Asian text without a NUL: nearly all of it in the blocks of its scripts, with signs, kana or spaces."""
    text, _ = to_text(sample, name)
    unusual = len(_UNUSUAL_WIDE.findall(text))
    return unusual * 40 <= len(text) and len(_WIDE_SIGN.findall(text)) * 40 >= len(text)


def escaped(payload: bytes) -> str:
    """Return the seven-bit charset whose escapes stand in the bytes; empty if there are none.

    >>> escaped("雨です".encode("iso2022_jp")), escaped("下雨".encode("hz"))
    ('iso-2022-jp', 'hz')
    """
    for name, pattern in _ESCAPES:
        if re.search(pattern, payload):
            return name
    runs = b"".join(_HZ.findall(payload[: 4 * SAMPLE_BYTES]))
    if runs and fit(to_text(runs, "hz")[0], "gb18030") > 0.7:
        return "hz"
    return ""


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


def choose(payload: bytes, labels: Sequence[Claim]) -> tuple[Claim, Claim]:
    """Return the claim to be believed and the guess: a label, unless the bytes speak against it.

    `labels` name charsets in our own words, strongest first.
    """
    sample = dense(payload)
    beyond = len(sample) - len(sample.translate(None, BEYOND_ASCII))
    guessed = guess(sample, beyond)
    for label in labels:
        if label.charset == guessed.charset or _is_credible(label.charset, guessed.charset, sample, beyond):
            return label, guessed
    return guessed, guessed


def _is_credible(label: str, rival: str, sample: bytes, beyond: int) -> bool:
    """Say whether a label that differs from the guess, its rival, is to be believed."""
    text, first = to_text(sample, label)
    if first is not None and text.count("\ufffd") * 50 > beyond:
        return False
    mine, other = fit(text, label), hangs_together(sample, rival)
    if beyond <= FEW_BYTES:
        return mine >= other - 0.1
    return _script(label) != _script(rival) and mine > other + 0.05


def _script(name: str) -> str:
    return _SCRIPTS.get(name, name if name in MULTIBYTE else "latin")
