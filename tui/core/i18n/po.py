"""Reads catalogues: PO files as GNU gettext defines them, as far as ours use it (no plurals, no contexts, no flags)."""

import re
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("zh-Hans.po")
_STRING = r'((?:"(?:[^"\\\n]|\\.)*"\s*)+)'
_ENTRY = re.compile(rf"^msgid {_STRING}msgstr {_STRING}", re.MULTILINE)
_ESCAPE = re.compile(r'\\(.)|"\s*"')
_ESCAPES = {"n": "\n", "t": "\t"}


class Entry(NamedTuple):
    """An English text in Chinese."""

    text: str
    translation: str
    """Empty: nobody has translated it yet."""


def load() -> dict[str, str]:
    """Return English -> simplified Chinese; what has no translation is left out."""
    return {entry.text: entry.translation for entry in parse(FILE.read_text(encoding="utf-8")) if entry.translation}


def parse(po: str) -> list[Entry]:
    r"""Return the entries of a PO file in order, without its header.

    >>> parse('msgid ""\nmsgstr "Language: zh\\n"\n\nmsgid "a \\"b\\""\nmsgstr "甲"\n')
    [Entry(text='a "b"', translation='甲')]
    """
    entries = (Entry(_plain(text), _plain(translation)) for text, translation in _ENTRY.findall(po))
    return [entry for entry in entries if entry.text]


def _plain(quoted: str) -> str:
    text = quoted.strip()[1:-1]
    return (
        _ESCAPE.sub(lambda match: _ESCAPES.get(match[1], match[1] or ""), text) if '"' in text or "\\" in text else text
    )
