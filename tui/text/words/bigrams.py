"""Cuts text into the pieces that an index keeps: two characters of Chinese and its like, three letters of alphabets.

A text that holds a query holds all pieces of the query, in whatever script and width; the reverse has to be checked.
"""

import re
from collections.abc import Iterator

from tui.text.words.fold import fold

_WIDE = "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fff\u3005-\u3007\u3041-\u30ff\u3130-\ud7ff\uf900-\ufaff\U0001f000-\U0003ffff"
"""Scripts whose words are short, or not set apart."""
_RUN = re.compile(f"([{_WIDE}]+)|([^\\W_{_WIDE}]+)")


def pieces(text: str) -> set[str]:
    """Return the pieces of a text, each once.

    >>> sorted(pieces("去臺灣 News!"))
    ['ews', 'new', '去台', '台湾']
    """
    return {run[at : at + size] for run, size in _runs(text) for at in range(len(run) - size + 1)}


def wanted(query: str) -> list[str]:
    """Return pieces that every text with the query has, as few as cover it; nothing if it is too short to have any.

    >>> wanted("臺灣的港口"), wanted("international"), wanted("的"), wanted("of")
    (['台湾', '湾的', '的港', '港口'], ['int', 'ern', 'ati', 'ona', 'nal'], [], [])
    """
    found: list[str] = []
    for run, size in _runs(query):
        last = len(run) - size
        step = 1 if size == 2 else size
        found += [run[at : at + size] for at in dict.fromkeys((*range(0, last + 1, step), last)) if at >= 0]
    return list(dict.fromkeys(found))


def _runs(text: str) -> Iterator[tuple[str, int]]:
    """Runs of characters of one kind, and the size of their pieces."""
    for match in _RUN.finditer(fold(text)):
        yield match[0], 2 if match[1] else 3
