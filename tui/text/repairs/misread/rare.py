"""Rare Chinese characters, told from the text of another charset without trying each: most of them are just rare.

Titles of random characters, of names and of old books would else take a thousand times as long as others.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from tui.text.charset.misreading import CODECS
from tui.text.repairs.misread.gate import HAN, known
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


WAYS = (("gbk", "big5"), ("gbk", "sjis"), ("gbk", "eucjp"), ("gbk", "euckr"), ("big5", "gbk"))
"""Charsets of two bytes: the one a text was read in, and its own."""
_FIRST_ASCII, _OTHER, _LINE_END = 0x20, 0x7F, 0x80
"""The first class that is a character of ASCII, and those of what is neither such nor a Chinese character, and of a line's end."""


class _Way(NamedTuple):
    """Two charsets of two bytes."""

    read: str
    written: str
    words: re.Pattern[bytes]
    """Characters in a row that are everyday ones when they are read again, by their classes, with ASCII between them."""


@cache
def _ways() -> tuple[list[_Way], bytes]:
    """The charsets, and the characters by which of them make everyday ones of them: code point -> class. ASCII is a class each."""
    classes = bytearray([_OTHER]) * 0x10000
    classes[_FIRST_ASCII:_OTHER] = range(_FIRST_ASCII, _OTHER)
    classes[HAN.start : HAN.stop] = known()[0]
    classes[ord("\n")] = _LINE_END
    ways = []
    for number, (read, written) in enumerate(WAYS):
        meant = b"".join(b"\\x%02x" % mask for mask in range(1 << len(WAYS)) if mask >> number & 1)
        ways.append(_Way(read, written, re.compile(rb"[%b](?:[ -~]{0,8}+[%b]){3,}" % (meant, meant))))
    return ways, bytes(classes)


def misread_among(texts: Sequence[str]) -> set[int]:
    """Return the indexes of the lines of Chinese characters that some other charset makes words of, and of those of a few characters.

    All are looked through at once, for half of what it takes one by one.

    >>> misread_among(["鏄ヨ妭鏈変粈涔堣", "嶶鶩廒噖犎驫叕", "鏄"])
    {0, 2}
    """
    found = {index for index, text in enumerate(texts) if len(text) < FEWEST or _LOST in text}
    together = "\n".join(texts)
    units = memoryview(together.encode("utf-16-le", "surrogatepass")).cast("H")
    ways, classes = _ways()
    classed = bytes(map(classes.__getitem__, units))  # a fifth of the time of `translate`
    for way in ways:
        for line, word in _matches(way.words, classed, _LINE_END):
            content = bytes(units[word.start() : word.end()]).decode("utf-16-le").encode(CODECS[way.read])
            if score(content.decode(CODECS[way.written], "replace")) <= MOST_PAIR_BITS:
                found.add(line)
    content = together.encode("gb18030", "replace")
    found.update(line for line, _ in _matches(_TWICE, content, ord("\n")))
    for codec, most_bits, words in _UNALIGNED:
        for line, word in _matches(words, content, ord("\n")):
            if score(word[0].decode(codec, "replace")) <= most_bits:
                found.add(line)
    return found


def _matches(pattern: re.Pattern[bytes], content: bytes, end: int) -> Iterator[tuple[int, re.Match[bytes]]]:
    """Where a pattern matches that crosses no line's end, each match with its line, counted from 0."""
    line = at = 0
    for match in pattern.finditer(content):
        line += content.count(end, at, match.start())
        at = match.start()
        yield line, match
