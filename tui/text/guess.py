"""A detector's guess at a legacy charset, made proof against damage: chardetng gives up a charset at the first wrong byte.

chardetng alone names 59.6 % of pages with one wrong byte; so the bytes that can't be of the page are taken out first.
"""

import re

from tui.model import Claim
from tui.text.charsets import codec, find, to_text
from tui.text.plausible import fit

MULTIBYTE = ("gb18030", "big5", "shift_jis", "euc-jp", "euc-kr")
DOUBTFUL = 0.9
"""A guess whose text hangs together less well is looked at again."""
SURE = 0.9
"""How well a text must hang together to be taken for a script that the detector did not see."""
STRAY_SHARE = 0.02
"""Rare bytes among those beyond ASCII, up to which they count as damage."""
ENOUGH_BYTES = 50
"""Bytes beyond ASCII, from which on a letter of the page's language would have come up more than once or twice."""
SECOND_LOOK_BYTES = 16 * 1024
SHORT_BYTES = 160
"""Bytes beyond ASCII, up to which a detector sees rare Chinese in Thai or Greek."""

# Charsets of one script each.
_SCRIPTS = ("windows-874", "windows-1253", "windows-1251", "windows-1256", "windows-1255")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f]+")
_HANGUL, _HAN = re.compile("[\uac00-\ud7a3]"), re.compile("[\u4e00-\u9fff\uf900-\ufaff\ufffd]")
_RARE = (*range(0x80, 0xA1), 0xFE)
"""Bytes that are no letters in most single-byte charsets."""


def guess(sample: bytes, beyond: int) -> Claim:
    """Return the guess, with how well the text hangs together as its score. `beyond`: bytes beyond ASCII in the sample.

    >>> guess("Сегодня открылась новая библиотека".encode("cp1251"), 31)
    Claim(by='guess', charset='windows-1251', score=1.0)
    """
    clean = _CONTROLS.sub(b"", sample)
    if clean.count(0xFF) <= _strays(beyond):
        clean = clean.replace(b"\xff", b"")
    name = _detect(clean)
    name = _without_rare_bytes(clean, beyond, name)
    score = hangs_together(clean, name)
    if score < DOUBTFUL:
        score, name = max([(score + 0.05, name), *_rivals(clean[:SECOND_LOOK_BYTES], beyond)])
    if name == "gb18030" and _is_korean(clean):
        name = "euc-kr"
    return Claim("guess", name, min(1.0, round(score, 2)))


def hangs_together(sample: bytes, name: str) -> float:
    """Return how well a sample reads in a charset, 0 to 1.

    >>> hangs_together("été".encode("cp1252"), "windows-1252")
    1.0
    """
    return fit(to_text(sample, name)[0], name)


def _detect(sample: bytes) -> str:
    # Here, because pages in UTF-8 never need it.
    from chardetng_py import EncodingDetector

    detector = EncodingDetector()
    detector.feed(sample, last=False)
    return find(detector.guess(tld=None, allow_utf8=False)) or "windows-1252"


def _strays(beyond: int) -> int:
    return max(1, int(beyond * STRAY_SHARE))


def _without_rare_bytes(sample: bytes, beyond: int, name: str) -> str:
    """Guess again without the bytes that stand in the page once or twice and are no letters."""
    rare = bytes(byte for byte in _RARE if 0 < sample.count(byte) <= min(3, _strays(beyond)))
    if not rare or beyond < ENOUGH_BYTES:
        return name
    without = sample.translate(None, rare)
    second = _detect(without)
    if name not in MULTIBYTE:
        return name if second in MULTIBYTE else second
    # Rare characters of GBK have such bytes too; without them the rest reads worse.
    is_better = second in MULTIBYTE and hangs_together(without, second) >= hangs_together(sample, name)
    return second if is_better else name


def _is_korean(sample: bytes) -> bool:
    """Korean with a byte that only GBK knows: read as Korean, hardly anything but Hangul; Chinese gives Hanja as well."""
    text, _ = to_text(sample, "euc-kr")
    return len(_HANGUL.findall(text)) > max(8, 9 * len(_HAN.findall(text)))


def _rivals(sample: bytes, beyond: int) -> list[tuple[float, str]]:
    """Other charsets and how well the sample reads in them: those of many bytes once their own errors are taken out."""
    found = []
    texts = [(to_text(sample, name)[0], name) for name in MULTIBYTE]
    for text, name in texts:
        if text.count("\ufffd") * 10 > beyond:
            continue
        seen = _detect(text.replace("\ufffd", "").encode(codec(name), "replace"))
        if seen in MULTIBYTE:  # surer if the detector agrees with the charset whose errors were taken out
            found.append((hangs_together(sample, seen) + 0.05 * (seen == name), seen))
    if beyond < SHORT_BYTES:
        found += [(score, name) for name in _SCRIPTS if (score := hangs_together(sample, name)) > SURE]
    return found
