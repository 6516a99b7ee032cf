"""Makes the traditional Chinese of the screen from its simplified Chinese, by `zh-Hant.txt`.

OpenCC would do most of it, but takes 40 ms to load before the first word; the file has the characters that our texts
need, as OpenCC converts them, and the words for which Taiwan has its own. `scripts/catalogues.py` adds characters, and
says where OpenCC would choose another word than this.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("zh-Hant.txt")


class Table(NamedTuple):
    """How to convert."""

    characters: dict[int, str]
    """For `str.translate`."""
    words: tuple[tuple[str, str], ...]
    """(converted by character, Taiwan's own), in the order in which they are replaced."""


@cache
def table() -> Table:
    """Read the file: one line `from characters to`, then words, in simplified and in traditional Chinese."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    (simplified, traditional), *words = (line.split("\t") for line in lines if line and not line.startswith("#"))
    characters = {ord(one): other for one, other in zip(simplified, traditional, strict=True)}
    return Table(characters, tuple((word.translate(characters), other) for word, other in words))


@cache
def traditional(text: str) -> str:
    """Convert a text of the catalogue, which has no other characters than the table, and no end of texts either.

    >>> traditional("打开文件夹里的文件"), traditional("西里尔字母")
    ('開啟資料夾裡的檔案', '西里爾字母')
    """
    characters, words = table()
    text = text.translate(characters)
    for word, other in words:
        text = text.replace(word, other)
    return text
