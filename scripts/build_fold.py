"""Build tui/text/words/fold.zlib: the characters that a search takes for the same, whatever the script and width.

    python scripts/build_fold.py

OpenCC (Apache 2.0), which copydesk needs anyway, says which Chinese characters are forms of each other; Unicode's
compatibility mappings say which ones are wide, narrow or doubled forms.
"""

import unicodedata
import zlib
from collections.abc import Iterator
from pathlib import Path

import opencc

OUT = Path(__file__).parent.parent / "tui" / "text" / "words" / "fold.zlib"
CONVERSIONS = ("t2s", "tw2s", "hk2s", "s2t", "s2tw", "s2hk")
HAN = [chr(code) for code in (*range(0x3400, 0xA000), *range(0x20000, 0x323B0))]
WIDTHS = (
    (0xFF01, 0xFFEF),  # full-width ASCII, half-width katakana and Hangul
    (0x3000, 0x3001),  # the ideographic space
    (0x00A0, 0x00A1),
    (0xF900, 0xFB00),  # compatibility ideographs
    (0x2E80, 0x2FD6),  # radicals
    (0x2F800, 0x2FA20),
)
APART = {("么", "幺"), ("幺", "么"), ("麼", "幺"), ("麽", "幺")}
"""What only OpenCC's table for Taiwan takes for one."""
FINAL_SIGMA = ("\u03c2", "\u03c3")


def forms() -> Iterator[tuple[str, str]]:
    """Pairs of characters that are one and the same to a reader."""
    for name in CONVERSIONS:
        made = opencc.OpenCC(name).convert("\n".join(HAN)).split("\n")
        yield from ((a, b) for a, b in zip(HAN, made, strict=True) if a != b and len(b) == 1 and (a, b) not in APART)
    for first, last in WIDTHS:
        for char in map(chr, range(first, last)):
            plain = unicodedata.normalize("NFKC", char)
            if plain != char and len(plain) == 1:
                yield char, plain
    yield FINAL_SIGMA


def classes() -> dict[str, set[str]]:
    """Character -> all that are the same, itself among them."""
    found: dict[str, set[str]] = {}
    for a, b in forms():
        both = found.get(a, {a}) | found.get(b, {b})
        for char in both:
            found[char] = both
    return found


def rank(char: str) -> tuple[bool, bool, int]:
    """The best known form goes first: simplified and in GB 2312, else of the lowest code."""
    try:
        is_common = len(char.encode("gb2312")) > 0
    except UnicodeEncodeError:
        is_common = False
    return not is_common, char > "\uffff", ord(char)


def main() -> None:
    """Write each character that changes, and what it becomes, in turn."""
    pairs = []
    for char, same in sorted(classes().items()):
        best = min(same, key=rank)
        # Characters beyond the basic plane are looked up one by one; only those with a form in it are worth that.
        if char != best and best <= "\uffff":
            pairs.append(char + best)
    OUT.write_bytes(zlib.compress("".join(pairs).encode(), level=9))
    print(f"{OUT.name}: {len(pairs)} characters, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
