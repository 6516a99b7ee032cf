"""Reads catalogues: PO files as GNU gettext defines them, as far as ours use it (no plurals, no contexts)."""

import re
from pathlib import Path
from typing import NamedTuple

_STRING = r'((?:"(?:[^"\\\n]|\\.)*"\s*)+)'
_ENTRY = re.compile(rf"^(#, .*\bfuzzy\b.*\n)?msgid {_STRING}msgstr {_STRING}", re.MULTILINE)
_ESCAPE = re.compile(r'\\(.)|"\s*"')
_ESCAPES = {"n": "\n", "t": "\t"}


class Entry(NamedTuple):
    """What is said for an English text."""

    text: str
    said: str
    """Empty: nobody has translated it yet."""
    is_fuzzy: bool = False
    """A program proposed it, and nobody has read it over."""


def path(language: str) -> Path:
    """Where the catalogue of a language lies."""
    return Path(__file__).with_name(f"{language}.po")


def load(language: str) -> dict[str, str]:
    """Return English -> translation; what has none is left out."""
    return {entry.text: entry.said for entry in parse(path(language).read_text(encoding="utf-8")) if entry.said}


def parse(po: str) -> list[Entry]:
    r"""Return the entries of a PO file in order, without its header.

    >>> parse('msgid ""\nmsgstr "Language: zh\\n"\n\nmsgid "a \\"b\\""\nmsgstr "甲"\n')
    [Entry(text='a "b"', said='甲', is_fuzzy=False)]
    """
    found = (Entry(_plain(text), _plain(said), bool(fuzzy)) for fuzzy, text, said in _ENTRY.findall(po))
    return [entry for entry in found if entry.text]


def _plain(quoted: str) -> str:
    text = quoted.strip()[1:-1]
    return (
        _ESCAPE.sub(lambda match: _ESCAPES.get(match[1], match[1] or ""), text) if '"' in text or "\\" in text else text
    )
