"""Forward models: what goes wrong with a text on its way, for measuring repairs and for making pairs to train on.

A class `gbk>cp1252` is text written in GBK whose bytes were read as windows-1252; ` x2` means twice. Bytes that mean
nothing to a charset of many bytes become U+FFFD as Python puts them, those of a single byte become C1 controls, as
browsers do it.
"""

import random
from collections.abc import Callable, Mapping
from functools import cache, partial

from tui.text.repairs.gloss.forward import COMMA, INVISIBLE, LEVELS, READINGS
from tui.text.repairs.gloss.forward import damage as gloss
from tui.text.repairs.gloss.toneless import damage as gloss_without_tones
from tui.text.repairs.letter_swap import swap

CODECS = {
    "u8": "utf-8",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "sjis": "cp932",
    "eucjp": "euc_jp",
    "euckr": "cp949",
    "cp1250": "cp1250",
    "cp1251": "cp1251",
    "cp1252": "cp1252",
    "cp1253": "cp1253",
    "latin1": "latin-1",
    "koi8r": "koi8-r",
    "macroman": "mac_roman",
    "cp437": "cp437",
    "cp936": "gbk",
    "gb2312": "gb2312",
    "cp950": "cp950",
    "jisx0208": "shift_jis",
    "ksx1001": "euc_kr",
}
"""Short name -> Python's codec: the widest of its family, which loses least, and behind them the narrower ones."""
NAMES = {
    "u8": "UTF-8",
    "gbk": "GBK",
    "big5": "Big5",
    "sjis": "Shift-JIS",
    "eucjp": "EUC-JP",
    "euckr": "EUC-KR",
    "cp1250": "windows-1250",
    "cp1251": "windows-1251",
    "cp1252": "windows-1252",
    "cp1253": "windows-1253",
    "latin1": "ISO 8859-1",
    "koi8r": "KOI8-R",
    "macroman": "Macintosh",
    "cp437": "IBM 437",
    "cp936": "GBK as in code page 936",
    "gb2312": "GB2312",
    "cp950": "Big5 as in code page 950",
    "jisx0208": "Shift-JIS as in JIS X 0208",
    "ksx1001": "EUC-KR as in KS X 1001",
}
"""Short name -> what people call it."""
NARROWER: Mapping[str, tuple[str, ...]] = {
    "gbk": ("cp936", "gb2312"),
    "big5": ("cp950",),
    "sjis": ("jisx0208",),
    "euckr": ("ksx1001",),
}
"""Short name -> charsets of the same family that many programs read under its name, and that lose more bytes."""
MULTIBYTE = frozenset({"u8", "gbk", "big5", "sjis", "eucjp", "euckr"}.union(*NARROWER.values()))
_PAIRS = """
    u8>cp1252 u8>latin1 u8>cp1250 u8>cp1251 u8>macroman u8>cp437 u8>gbk u8>big5 u8>sjis u8>euckr
    gbk>cp1252 gbk>latin1 gbk>cp1250 gbk>cp1251 big5>cp1252 big5>latin1 sjis>cp1252 sjis>latin1
    eucjp>latin1 euckr>cp1252 euckr>latin1
    gbk>big5 gbk>sjis gbk>euckr big5>gbk big5>sjis sjis>gbk eucjp>gbk eucjp>sjis euckr>gbk
    cp1251>cp1252 koi8r>cp1252 koi8r>cp1251 cp1253>cp1252 cp1250>cp1252 cp1251>gbk cp1252>gbk gbk>u8
"""


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


def _misread(text: str, _chance: random.Random, written: str, read: str, times: int) -> str:
    for _ in range(times):
        text = misread(text, written, read)
    return text


def _dropping(text: str, _chance: random.Random, written: str, read: str) -> str:
    return misread(text, written, read, is_dropping=True)


def _twice(text: str, _chance: random.Random) -> str:
    return misread(misread(text, "gbk", "u8"), "u8", "gbk")


_LEVELS = (22, 60, LEVELS)
_SUBSET = 18
"""Characters of a subset that is not the start of the ranking."""


def _gloss(text: str, chance: random.Random, *, keep_private: bool = True, is_halved: bool = False) -> str:
    return gloss(text, chance.choice(_LEVELS), keep_private=keep_private, is_halved=is_halved)


def _gloss_hit(text: str, chance: random.Random, share: float, put_in: int = INVISIBLE) -> str:
    return gloss(text, chance.choice(_LEVELS), hits=lambda _: chance.random() < share, put_in=put_in)


def _gloss_subset(text: str, chance: random.Random) -> str:
    chosen = chance.sample(sorted(READINGS), _SUBSET)
    return (
        gloss(text, characters=chosen).replace(")", " )") if chance.random() < 0.5 else gloss(text, characters=chosen)
    )


def _classes() -> dict[str, tuple[str, Callable[[str, random.Random], str]]]:
    found: dict[str, tuple[str, Callable[[str, random.Random], str]]] = {}
    for pair in _PAIRS.split():
        written, read = pair.split(">")
        for times in (1, 2, 3) if pair == "u8>cp1252" else (1, 2) if pair == "u8>gbk" else (1,):
            name = pair if times == 1 else f"{pair} x{times}"
            often = {1: "", 2: ", twice", 3: ", three times"}[times]
            about = f"{NAMES[written]} bytes read as {NAMES[read]}{often}"
            found[name] = (about, partial(_misread, written=written, read=read, times=times))
        for kind in (read, *NARROWER.get(read, ())):
            about = f"{NAMES[written]} bytes read as {NAMES[kind]}"
            found.setdefault(f"{written}>{kind}", (about, partial(_misread, written=written, read=kind, times=1)))
            if kind in MULTIBYTE:
                about += ", which drops those that it does not have"
                found[f"{written}>{kind} dropping"] = (about, partial(_dropping, written=written, read=kind))
    found["gbk>u8>gbk"] = ("GBK bytes read as UTF-8, written again and read as GBK (锟斤拷)", _twice)
    glossed = "readings written into the bytes of GBK text; traditional characters wanted"
    found["pinyin_gloss"] = (glossed, _gloss)
    for name, about, make in (
        ("halved", "fullwidth ASCII made halfwidth afterwards", partial(_gloss, is_halved=True)),
        ("dropped", "pairs that nothing maps dropped", partial(_gloss, keep_private=False)),
        ("hit", "something invisible put in before one punctuation mark in fifty", partial(_gloss_hit, share=0.02)),
        ("comma", "a visible comma put in before one in ten", partial(_gloss_hit, share=0.1, put_in=COMMA)),
        ("subset", "another subset of characters, some with a space in the reading", _gloss_subset),
    ):
        found[f"pinyin_gloss {name}"] = (f"{glossed}; {about}", make)
    found["pinyin_gloss toneless"] = ("readings without tone marks behind characters at random", gloss_without_tones)
    found["letter_swap"] = ("Latin letters turned into Chinese characters", lambda text, _chance: swap(text))
    return found


CLASSES: Mapping[str, tuple[str, Callable[[str, random.Random], str]]] = _classes()
"""Name of a class -> (what happens, function of a text and a source of chance)."""
