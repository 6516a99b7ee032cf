"""The screen's words in Chinese: simplified as `zh-Hans.po` has them, traditional as `zh-Hant.txt` makes them of those.

PO files are read as GNU gettext defines them, as far as ours uses it: no plurals, no contexts, no flags. OpenCC would do
most of the conversion, but takes 55 ms to load before the first word; the table has the characters that our texts need,
as OpenCC converts them, and the words for which Taiwan has its own.
"""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

CATALOGUE = Path(__file__).with_name("zh-Hans.po")
TABLE = Path(__file__).with_name("zh-Hant.txt")
_STRING = r'((?:"(?:[^"\\\n]|\\.)*"\s*)+)'
_ENTRY = re.compile(rf"^msgid {_STRING}msgstr {_STRING}", re.MULTILINE)
_ESCAPE = re.compile(r'\\(.)|"\s*"')
_ESCAPES = {"n": "\n", "t": "\t"}


class Translation(NamedTuple):
    """An English text in simplified Chinese."""

    text: str
    translation: str
    """Empty: nobody has translated it yet."""


class Table(NamedTuple):
    """How traditional Chinese is made."""

    characters: dict[int, str]
    """For `str.translate`."""
    words: tuple[tuple[str, str], ...]
    """(converted by character, Taiwan's own), in the order in which they are replaced."""


def load() -> dict[str, str]:
    """Return English -> simplified Chinese; what has no translation is left out."""
    return {entry.text: entry.translation for entry in parse(CATALOGUE.read_text("utf-8")) if entry.translation}


def parse(po: str) -> list[Translation]:
    r"""Return the entries of a PO file in order, without its header.

    >>> parse('msgid ""\nmsgstr "Language: zh\\n"\n\nmsgid "a \\"b\\""\nmsgstr "甲"\n')
    [Translation(text='a "b"', translation='甲')]
    """
    entries = (Translation(_plain(text), _plain(translation)) for text, translation in _ENTRY.findall(po))
    return [entry for entry in entries if entry.text]


def _plain(quoted: str) -> str:
    text = quoted.strip()[1:-1]
    return (
        _ESCAPE.sub(lambda match: _ESCAPES.get(match[1], match[1] or ""), text) if '"' in text or "\\" in text else text
    )


@cache
def table() -> Table:
    """Read the table: a line of characters, one of each kind, then lines of words, simplified and traditional."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    (simplified, other), *words = (line.split("\t") for line in lines if line and not line.startswith("#"))
    characters = {ord(one): another for one, another in zip(simplified, other, strict=True)}
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
