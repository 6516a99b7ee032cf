"""Build tui/text/words/words_zh.utf16, the word list that lost Chinese characters are chosen by.

    python scripts/build_words.py DICT

DICT is the `jieba/dict.txt` of jieba 0.42.1 (MIT licence): a line is `word frequency tag`. The map from traditional to
simplified characters is asked of OpenCC (Apache 2.0), which must be installed: `pip install opencc`.
"""

import math
import sys
from pathlib import Path

import opencc

OUT = Path(__file__).parent.parent / "tui" / "text" / "words" / "words_zh.utf16"
MIN_FREQUENCY = 10
"""Rarer words double the size and decide nothing."""
MAX_CHARACTERS = 4


def frequencies(path: Path) -> dict[str, int]:
    """Word -> frequency for words of Han characters alone."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        word, frequency, *_ = line.split(" ")
        count = int(frequency)
        is_han = all("\u4e00" <= char <= "\u9fff" for char in word)
        if is_han and len(word) <= MAX_CHARACTERS and (len(word) == 1 or count >= MIN_FREQUENCY):
            found[word] = count
    return found


def simplifications() -> str:
    """Traditional and simplified characters in turn, where they differ."""
    convert = opencc.OpenCC("t2s").convert
    pairs = ((char, convert(char)) for char in map(chr, range(0x4E00, 0xA000)))
    return "".join(a + b for a, b in pairs if a != b and len(b) == 1)


def main() -> None:
    """Write the simplifications, then the words in groups by their first character.

    A group is `\\n`, word, tab, cost for each word; a cost is in tenths of a bit, two digits of base 94 from `!`.
    """
    words = frequencies(Path(sys.argv[1]))
    total = sum(words.values())
    groups: dict[str, str] = {}
    for word in sorted(words):
        cost = round(10 * math.log2(total / max(words[word], 1)))
        groups[word[0]] = groups.get(word[0], "") + f"\n{word}\t{chr(33 + cost // 94)}{chr(33 + cost % 94)}"
    content = "\0".join([simplifications(), *groups.values()])
    OUT.write_bytes(content.encode("utf-16-le"))
    print(f"{OUT.name}: {len(words)} words, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
