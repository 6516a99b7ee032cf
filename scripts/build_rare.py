"""Build tui/text/words/rare.zlib: which Chinese characters are everyday ones of another charset, and which are in no text.

    python scripts/build_rare.py

Python's codecs say what the bytes of a character are in another charset.
"""

import zlib
from itertools import compress
from pathlib import Path

from tui.text.charset.misreading import CODECS
from tui.text.repairs.misread.gate import HAN, everyday, pairs, ranges
from tui.text.repairs.misread.rare import WAYS

OUT = Path(__file__).parent.parent / "tui" / "text" / "words" / "rare.zlib"
SIGNS = (0xA1, 0xA3)
"""Rows of punctuation and full-width letters."""


def everyday_of() -> dict[str, frozenset[str]]:
    """The characters of a charset that are in its texts."""
    kana = pairs("euc_jp", (0xA1, 0xA4, 0xA5))
    return {
        "big5": pairs("big5", range(0xA1, 0xC7)),
        "sjis": pairs("cp932", (*range(0x81, 0x84), *range(0x88, 0x98))),
        "eucjp": kana | pairs("euc_jp", range(0xB0, 0xD0)),
        "euckr": pairs("euc_kr", (*SIGNS, *range(0xB0, 0xC9))),
        "gbk": kana | pairs("gb2312", (*SIGNS, *range(0xB0, 0xD8))),
    }


def classes() -> bytes:
    """For each of `HAN`, a bit for each of `WAYS` that makes an everyday character of it."""
    found = bytearray(len(HAN))
    meant = everyday_of()
    together = "\n".join(map(chr, HAN))
    for number, (read, written) in enumerate(WAYS):
        again = together.encode(CODECS[read], "replace").decode(CODECS[written], "replace").split("\n")
        for at in compress(range(len(HAN)), map(meant[written].__contains__, again)):
            found[at] |= 1 << number
    return bytes(found)


def rare() -> str:
    """What is in no text to speak of, as ranges of a pattern's class."""
    syllables = pairs("euc_kr", range(0xB0, 0xC9))
    han = ranges(char for char in map(chr, range(0x3400, HAN.stop)) if char not in everyday())
    return han + ranges(char for char in map(chr, range(0xAC00, 0xD7A4)) if char not in syllables)


def made() -> bytes:
    """The table's content."""
    return zlib.compress(classes() + rare().encode(), level=9)


def main() -> None:
    """Write the table."""
    OUT.write_bytes(made())
    print(f"{OUT.name}: {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
