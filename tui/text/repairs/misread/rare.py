"""Rare Chinese characters, told from the text of another charset without trying each: most of them are just rare.

Titles of random characters, of names and of old books would else take a thousand times as long as others.
"""

import re
from functools import cache
from typing import NamedTuple

from tui.text.charset.misreading import CODECS
from tui.text.repairs.misread.gate import pairs
from tui.text.words.likely import score

MOST_PAIR_BITS = 19.0
"""Bits for each character of a text that was read in another charset of many bytes: headlines take up to so many."""
MOST_LETTER_BITS = 10.5
"""Bits for each letter of a Russian text that was read so: words take up to 8, letters by chance 8 and more."""
FEWEST = 6
"""Characters of a text from which on it is told."""
_UNALIGNED = (
    ("utf-8", MOST_PAIR_BITS, re.compile(rb"[\xe3-\xed\xef][\x80-\xbf]{2}[ -~]{0,8}+[\xe3-\xed\xef][\x80-\xbf]{2}")),
    ("utf-8", MOST_PAIR_BITS, re.compile(rb"[\xc2-\xd3][\x80-\xbf](?:[ -~]{0,8}+[\xc2-\xd3][\x80-\xbf]){2}")),
    ("cp1251", MOST_LETTER_BITS, re.compile(rb"[\xc0-\xff][\xc0-\xff](?:[ -~]{0,8}+[\xc0-\xff][\xe0-\xff]){3}")),
)
"""Words of charsets whose characters don't begin where those of GBK do."""
_TWICE = re.compile(rb"[\xe3-\xed\xef][\x80-\xbf]{2}(?:[ -~]{0,8}+[\xe3-\xed\xef][\x80-\xbf]{2}){2}")
"""So much UTF-8 that what comes out may be misread once more."""
_LOST = "\u951f"
"""What a lost byte became that was read as GBK later."""
_UNALIGNED_START = re.compile(
    rb"[\xc0-\xff](?:[\x80-\xbf]{2}[ -~]{0,8}+[\xe3-\xed\xef]|[\x80-\xbf](?:[ -~]{0,8}+[\xc2-\xd3][\x80-\xbf]){2}"
    rb"|[\xc0-\xff](?:[ -~]{0,8}+[\xc0-\xff][\xe0-\xff]){3})"
)
"""What all of them begin with: one look at the text instead of three."""


class _Way(NamedTuple):
    """Two charsets of two bytes."""

    read: str
    written: str
    words: re.Pattern[bytes]
    """Characters in a row that are everyday ones when they are read again, by their classes, with ASCII between them."""


@cache
def _ways() -> tuple[list[_Way], re.Pattern[bytes], bytes]:
    """The charsets; what finds the words of any of them; and the characters by which of them make everyday ones of them:
    code point -> class. ASCII is a class each.
    """
    signs = (0xA1, 0xA3)
    kana = pairs("euc_jp", (0xA1, 0xA4, 0xA5))
    known = (
        ("gbk", "big5", pairs("big5", range(0xA1, 0xC7))),
        ("gbk", "sjis", pairs("cp932", (*range(0x81, 0x84), *range(0x88, 0x98)))),
        ("gbk", "eucjp", kana | pairs("euc_jp", range(0xB0, 0xD0))),
        ("gbk", "euckr", pairs("euc_kr", (*signs, *range(0xB0, 0xC9)))),
        ("big5", "gbk", kana | pairs("gb2312", (*signs, *range(0xB0, 0xD8)))),
    )
    plane = range(_FIRST, _LAST + 1)
    classes = bytearray([_OTHER]) * 0x10000
    classes[_FIRST_ASCII:_OTHER] = range(_FIRST_ASCII, _OTHER)
    classes[plane.start : plane.stop] = bytes(len(plane))
    ways = []
    for number, (read, written, everyday) in enumerate(known):
        # One text of all of them: a call of the codec for each takes as long as a page.
        chars = "\n".join(map(chr, plane)).encode(CODECS[read], "replace")
        again = chars.decode(CODECS[written], "replace").split("\n")
        for code, other in zip(plane, again, strict=True):
            if other in everyday:
                classes[code] |= 1 << number
        meant = b"".join(b"\\x%02x" % mask for mask in range(1 << len(known)) if mask >> number & 1)
        ways.append(_Way(read, written, re.compile(rb"[%b](?:[ -~]{0,8}+[%b]){3,}" % (meant, meant))))
    return ways, re.compile(b"|".join(way.words.pattern for way in ways)), bytes(classes)


_FIRST, _LAST = 0x4E00, 0x9FFF
_FIRST_ASCII, _OTHER = 0x20, 0x7F
"""The first class that is a character of ASCII, and that of what is neither such nor a Chinese character."""


def may_be_misread(text: str) -> bool:
    """Whether some other charset makes words of a text of Chinese characters alone; True for a few characters.

    >>> may_be_misread("鏄ヨ妭鏈変粈涔堣") , may_be_misread("嶶鶩廒噖犎驫叕")
    (True, False)
    """
    if len(text) < FEWEST or _LOST in text:
        return True
    ways, any_words, classes = _ways()
    units = memoryview(text.encode("utf-16-le", "surrogatepass")).cast("H")
    classed = bytes(map(classes.__getitem__, units))  # a fifth of the time of `translate`
    for way in ways if any_words.search(classed) else ():
        for word in way.words.finditer(classed):
            content = bytes(units[word.start() : word.end()]).decode("utf-16-le").encode(CODECS[way.read])
            if score(content.decode(CODECS[way.written], "replace")) <= MOST_PAIR_BITS:
                return True
    content = text.encode("gb18030", "replace")
    if _UNALIGNED_START.search(content) is None:
        return False
    return _TWICE.search(content) is not None or any(
        score(word[0].decode(codec, "replace")) <= most_bits
        for codec, most_bits, words in _UNALIGNED
        for word in words.finditer(content)
    )
