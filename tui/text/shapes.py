"""The traits of a line of bare text that tell whether it belongs to the article: its own shape and that of the lines around it."""

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from tui.text.paragraphs import Paragraph
from tui.text.phrases import END_OF_ARTICLE

NAMES = (
    "weight", "before", "after", "second_before", "second_after", "most_around", "five_before", "five_after", "twenty_around",
    "code_points", "spaces", "stops", "is_closed", "is_bullet", "is_furniture", "copies", "in_run", "from_start", "from_end",
    "ends_before", "gap_before", "gap_after", "position",
)  # fmt: skip
"""What the numbers of a row stand for, in order; weights are those of `plaintext`, distances and gaps are in lines."""
_FAR = 40.0
"""What a neighbour weighs where there is none, below zero; and the greatest distance that is told apart."""

Row = tuple[float, ...]


def rows(paragraphs: Sequence[Paragraph], weights: Sequence[float], run: tuple[int, int]) -> list[Row]:
    """Return one row of numbers for each line, in the order of `NAMES`; `run` is the densest run of the weights.

    >>> from tui.page import Line
    >>> from tui.text.paragraphs import read
    >>> row = rows(read("It rained all day.", [Line(0, 18)]), [9.0], (0, 1))[0]
    >>> row[NAMES.index("weight")], row[NAMES.index("in_run")], row[NAMES.index("from_start")]
    (9.0, 1.0, 0.0)
    """
    first, last = run
    padded = [-_FAR] * 3 + list(weights) + [-_FAR] * 3
    sums = [0.0, *accumulate(max(weight, 0.0) for weight in weights)]
    copies = Counter(line.text for line in paragraphs)
    ends = [0, *accumulate(END_OF_ARTICLE.match(line.text) is not None for line in paragraphs)]
    gaps, gaps_back = _gaps(weights), _gaps(weights[::-1])[::-1]
    number = len(paragraphs)
    found: list[Row] = []
    for place, line in enumerate(paragraphs):
        at = place + 3
        row = (
            weights[place], padded[at - 1], padded[at + 1], padded[at - 2], padded[at + 2],
            max(max(padded[at - 3 : at]), max(padded[at + 1 : at + 4])),
            sums[place] - sums[max(0, place - 5)], sums[min(number, place + 6)] - sums[place + 1],
            sums[min(number, place + 21)] - sums[max(0, place - 20)],
            float(len(line.text)), float(line.text.count(" ")), line.stops / (line.size + 1.0),
            float(line.is_closed), float(line.is_bullet), float(line.is_furniture), float(copies[line.text]),
            float(first <= place < last), _clipped(place - first), _clipped(place - last + 1),
            float(ends[place] - ends[min(first, place)]), gaps[place], gaps_back[place], place / number,
        )  # fmt: skip
        found.append(row)
    return found


def _gaps(weights: Sequence[float]) -> list[float]:
    """For every line, how many lines before it in a row don't read like running text."""
    gaps: list[float] = []
    gap = _FAR
    for weight in weights:
        gaps.append(gap)
        gap = 0.0 if weight > 0 else min(gap + 1.0, _FAR)
    return gaps


def _clipped(distance: int) -> float:
    return max(-_FAR, min(_FAR, float(distance)))
