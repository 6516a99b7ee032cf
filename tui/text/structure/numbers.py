"""Numbers of posts: what stands beside each of them and counts up, or down, from one to the next."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from tui.text.markup.paragraphs import Paragraph

_MAX_SIZE = 40.0
"""Size of a line up to which it may hold a number."""
_SIGNED = re.compile(r"(?<![^\s(\[])(?:#|№|No\.)\s?(\d{1,9})(?![\d,.:]?\d)|(?<!\d)(\d{1,6})\s?(?:[楼樓](?!主)|#(?!\w))")
_FLOORS = {"楼主": 1, "樓主": 1, "沙发": 2, "沙發": 2, "板凳": 3, "地板": 4}
"""What boards call their first posts."""
_BARE = (
    re.compile(r"(?<!\S)(\d{1,5})$"),
    re.compile(r"^(\d{1,5})[.)．、:]?(?!\S)"),
    re.compile(r"\d:\d\d(?:\s?[ap]m)?\s?(\d{1,5})$"),
)
_MIN_BARE = 3
"""Posts from which on numbers without a sign may be counted: fewer votes count up as well."""
_NEARLY_ALL = 0.8
"""Share of the posts that have a number, and of those that follow another one by one."""
_MOST = 0.5


def find(posts: Sequence[Sequence[tuple[object, Paragraph]]]) -> list[int | None]:
    """Return the number of each post, out of the lines that stand around what was written, each with its place; None: it has none.

    >>> from tui.core.page import Line
    >>> from tui.text.markup.paragraphs import read
    >>> find([[("head", line) for line in read(text, [Line(0, len(text))])] for text in ("Ann #1", "Bo #2", "Cy")])
    [1, 2, None]
    >>> find([[("votes", line) for line in read(text, [Line(0, len(text))])] for text in ("7 votes", "2 votes", "7 votes")])
    [None, None, None]
    """
    signed: dict[int, int] = {}
    bare: dict[object, dict[int, int]] = defaultdict(dict)
    for number, lines in enumerate(posts):
        for place, line in lines:
            if line.size > _MAX_SIZE:
                continue
            if (count := _signed(line.text)) is not None:
                signed.setdefault(number, count)
            for form, pattern in enumerate(_BARE):
                if match := pattern.search(line.text):
                    bare[form, place].setdefault(number, int(match[1]))
    counts: dict[int, int] = {}
    if len(signed) >= max(2, _MOST * len(posts)) and _goes_on(signed):
        counts = signed
    else:
        fitting = (each for each in bare.values() if len(each) >= max(_MIN_BARE, _NEARLY_ALL * len(posts)))
        counts = max(filter(_counts_up, fitting), key=len, default=counts)
    return [counts.get(number) for number in range(len(posts))]


def _signed(text: str) -> int | None:
    """What a line counts by a sign, or a word for it."""
    if match := _SIGNED.search(text):
        return int(match[1] or match[2])
    return _FLOORS.get(text)


def _goes_on(counts: dict[int, int]) -> bool:
    """Each is more than the one before, or each is less."""
    steps = [after - before for before, after in pairwise(counts.values())]
    return all(step > 0 for step in steps) or all(step < 0 for step in steps)


def _counts_up(counts: dict[int, int]) -> bool:
    """Nearly all follow the one before by one, up or down, and none goes the other way."""
    steps = [after - before for before, after in pairwise(counts.values())]
    ones = max(steps.count(1), steps.count(-1))
    return _goes_on(counts) and ones >= _NEARLY_ALL * len(steps)
