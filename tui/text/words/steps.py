"""Where the next and the previous word begin, in text with and without spaces."""

import re

from tui.text.words.lexicon import cut

REACH_CHARS = 400
"""Code points on either side of a place that are looked at: a line may have megabytes."""

# Letters with their marks, kana and Han apart from each other; signs in a row are a word, as in vi.
_WORD = re.compile(
    "(?P<han>[\u3400-\u9fff\uf900-\ufaff]+)"
    "|[\u3041-\u30ff\uff66-\uff9f]+"
    "|[^\\W\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f]+"
    "|[^\\w\\s]+"
)


def starts(text: str) -> list[int]:
    """Return where words begin; Chinese is cut into the likeliest ones.

    >>> starts("圖書館開放, open at 10.")
    [0, 3, 5, 7, 12, 15, 17]
    """
    places: list[int] = []
    for match in _WORD.finditer(text):
        here = match.start()
        places += [here + start for start in cut(match[0])] if match["han"] else [here]
    return places


def next_word(text: str, at: int) -> int:
    """Return where the word behind the one at a place begins; the last place of the text if there is none.

    >>> next_word("圖書館開放", 0), next_word("one\\n  two", 0), next_word("one", 0)
    (3, 6, 2)
    """
    low = high = _low(text, at)
    while high < len(text):
        high = max(high, at) + REACH_CHARS
        place = next((low + start for start in starts(text[low:high]) if low + start > at), None)
        if place is not None:
            return place
    return max(len(text) - 1, 0)


def previous_word(text: str, at: int) -> int:
    """Return where the word begins that a place is in, or if it is there already the word before it; 0 if there is none.

    >>> previous_word("圖書館開放", 4), previous_word("圖書館開放", 3), previous_word("one", 0)
    (3, 0, 0)
    """
    low = at
    while low > 0:
        low = _low(text, low)
        places = [low + start for start in starts(text[low : at + REACH_CHARS]) if low + start < at]
        if places:
            return places[-1]
    return 0


def line_span(text: str, at: int) -> tuple[int, int]:
    """Return where the line of a place begins, and its last character stands.

    >>> line_span("one\\ntwo", 5), line_span("one\\n\\ntwo", 4)
    ((4, 6), (4, 4))
    """
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    return start, max((len(text) if end < 0 else end) - 1, start)


def _low(text: str, at: int) -> int:
    """Where a line or a stretch between spaces begins, not far before a place, so that words are cut as from there."""
    low = max(at - REACH_CHARS, 0)
    begun = max(text.rfind(sign, low, at) for sign in "\n。，、 ")
    return low if begun < 0 else begun
