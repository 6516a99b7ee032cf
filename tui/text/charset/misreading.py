"""Bytes of one charset read as another: what the charsets are called here, and which pairs of them pages suffer from.

Bytes that mean nothing to a charset of many bytes become U+FFFD as Python puts them, those of a single byte become C1
controls, as browsers do it.
"""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from tui.core.problems import Reason

_CHARSETS = """
    u8 utf-8 UTF-8
    gbk gb18030 GBK
    big5 big5hkscs Big5
    sjis cp932 Shift-JIS
    eucjp euc_jp EUC-JP
    euckr cp949 EUC-KR
    cp1250 cp1250 windows-1250
    cp1251 cp1251 windows-1251
    cp1252 cp1252 windows-1252
    cp1253 cp1253 windows-1253
    latin1 latin-1 ISO 8859-1
    koi8r koi8-r KOI8-R
    macroman mac_roman Macintosh
    cp437 cp437 IBM 437
    cp936 gbk GBK as in code page 936
    gb2312 gb2312 GB2312
    cp950 cp950 Big5 as in code page 950
    jisx0208 shift_jis Shift-JIS as in JIS X 0208
    ksx1001 euc_kr EUC-KR as in KS X 1001
"""
_ROWS = [row.split(maxsplit=2) for row in _CHARSETS.strip().splitlines()]
CODECS = {short: codec for short, codec, _ in _ROWS}
"""Short name -> Python's codec: the widest of its family, which loses least, and behind them the narrower ones."""
NAMES = {short: name for short, _, name in _ROWS}
"""Short name -> what people call it."""
NARROWER: Mapping[str, tuple[str, ...]] = {
    "gbk": ("cp936", "gb2312"),
    "big5": ("cp950",),
    "sjis": ("jisx0208",),
    "euckr": ("ksx1001",),
}
"""Short name -> charsets of the same family that many programs read under its name, and that lose more bytes."""
MULTIBYTE = frozenset({"u8", "gbk", "big5", "sjis", "eucjp", "euckr"}.union(*NARROWER.values()))


class Misreading(NamedTuple):
    """What a text was written in and what it was read as, by short name."""

    written: str
    read: str
    is_dropping: bool = False
    """Bytes that the charset does not have left no trace; only for UTF-8, which shows where some are missing."""

    @property
    def reason(self) -> Reason:
        """What happened, for people."""
        reading = Reason("bytes_read_as", {"written": NAMES[self.written], "read": NAMES[self.read]})
        return Reason("dropping", {"reading": reading}) if self.is_dropping else reading


_PAIRS = """
    u8>cp1252 u8>latin1 u8>cp1250 u8>cp1251 u8>macroman u8>cp437 u8>gbk u8>big5 u8>sjis u8>euckr
    gbk>cp1252 gbk>latin1 gbk>cp1250 gbk>cp1251 big5>cp1252 big5>latin1 sjis>cp1252 sjis>latin1
    eucjp>latin1 euckr>cp1252 euckr>latin1
    gbk>big5 gbk>sjis gbk>euckr big5>gbk big5>sjis sjis>gbk eucjp>gbk eucjp>sjis euckr>gbk
    cp1251>cp1252 koi8r>cp1252 koi8r>cp1251 cp1253>cp1252 cp1250>cp1252 cp1251>gbk cp1252>gbk gbk>u8
"""
PAIRS = tuple(Misreading(written, read) for written, _, read in (pair.partition(">") for pair in _PAIRS.split()))
"""What pages suffer from."""


def misread(text: str, written: str, read: str, is_dropping: bool = False) -> str:
    """Write a text in one charset and read its bytes in another. What the first does not have becomes `?`.

    >>> misread("新闻", "gbk", "cp1252"), misread("春节", "u8", "gbk")
    ('ÐÂÎÅ', '鏄ヨ妭')
    """
    return decoded(text.encode(CODECS[written], "replace"), read, is_dropping)


def decoded(content: bytes, read: str, is_dropping: bool = False) -> str:
    """Read bytes; never fails. `read` is one of the short names.

    What a charset of many bytes does not have becomes U+FFFD, or nothing where the reader is one who drops it.

    >>> decoded(b"a\\x81", "cp1252"), decoded(b"a\\x81", "gbk"), decoded(b"a\\x81", "gbk", is_dropping=True)
    ('a\\x81', 'a\\ufffd', 'a')
    """
    if read in MULTIBYTE:
        return content.decode(CODECS[read], "ignore" if is_dropping else "replace")
    return content.decode("latin-1").translate(single_byte(read))


@cache
def single_byte(name: str) -> Mapping[int, str]:
    """Byte -> character of a charset of single bytes, for those where it is not the code point."""
    table = {}
    for byte in range(0x80, 0x100):
        char = bytes((byte,)).decode(CODECS[name], "replace")
        if char not in {"\ufffd", chr(byte)}:
            table[byte] = char
    return table
