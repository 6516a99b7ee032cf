"""The traits of a line of bare text that tell whether it belongs to the article: its own shape and that of the lines around it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import sub

from tui.text.markup.paragraphs import Paragraph
from tui.text.structure.scores import Traits
from tui.text.words.phrases import END_OF_ARTICLE

NAMES = (
    "weight", "before", "after", "second_before", "second_after", "most_around", "five_before", "five_after", "twenty_around",
    "code_points", "spaces", "stops", "is_closed", "is_bullet", "is_furniture", "copies", "in_run", "from_start", "from_end",
    "ends_before", "gap_before", "gap_after", "position",
)  # fmt: skip
"""What the numbers of a row stand for, in order; weights are those of `plaintext`, distances and gaps are in lines."""
_FAR = 40.0
"""What a neighbour weighs where there is none, below zero; and the greatest distance that is told apart."""


def rows(paragraphs: Sequence[Paragraph], weights: Sequence[float], run: tuple[int, int]) -> list[Traits]:
    """Return one row of numbers for each line, in the order of `NAMES`; `run` is the densest run of the weights.

    >>> from tui.core.page import Line
    >>> from tui.text.markup.paragraphs import read
    >>> row = rows(read("It rained all day.", [Line(0, 18)]), [9.0], (0, 1))[0]
    >>> row[NAMES.index("weight")], row[NAMES.index("in_run")], row[NAMES.index("from_start")]
    (9.0, 1.0, 0.0)
    """
    return list(zip(*_columns(paragraphs, weights, run), strict=True))


def _columns(
    paragraphs: Sequence[Paragraph], weights: Sequence[float], run: tuple[int, int]
) -> Iterator[Sequence[float]]:
    """The same column by column, which takes a third of the time."""
    first, last = run
    number = len(paragraphs)
    padded = [-_FAR] * 3 + list(weights) + [-_FAR] * 3
    around = [padded[at : at + number] for at in range(7)]
    sums = [0.0, *accumulate(max(weight, 0.0) for weight in weights)]
    texts = [line.text for line in paragraphs]
    copies = Counter(texts)
    ends = [0, *accumulate(END_OF_ARTICLE.match(text) is not None for text in texts)]
    before_run = ends[min(first, number)]
    yield from (
        weights, around[2], around[4], around[1], around[5],
        list(map(max, *around[:3], *around[4:])),
        list(map(sub, sums, _shifted(sums, -5))), list(map(sub, _shifted(sums, 6), sums[1:])),
        list(map(sub, _shifted(sums, 21), _shifted(sums, -20))),
        [float(len(text)) for text in texts], [float(text.count(" ")) for text in texts],
        [line.stops / (line.size + 1.0) for line in paragraphs], [float(line.is_closed) for line in paragraphs],
        [float(line.is_bullet) for line in paragraphs], [float(line.is_furniture) for line in paragraphs],
        [float(copies[text]) for text in texts],
        [0.0] * first + [1.0] * (last - first) + [0.0] * (number - last),
        _distances(number, first), _distances(number, last - 1),
        [0.0] * min(first, number) + [float(count - before_run) for count in ends[first:number]],
        _gaps(weights), _gaps(weights[::-1])[::-1], [place / number for place in range(number)],
    )  # fmt: skip


def _shifted(sums: Sequence[float], by: int) -> list[float]:
    """For every line, the sum so many lines further on; at the edges, the first or the last."""
    number = len(sums) - 1
    if by < 0:
        return ([sums[0]] * -by + list(sums))[:number]
    return (list(sums[by:]) + [sums[-1]] * by)[:number]


def _distances(number: int, origin: int) -> list[float]:
    """For every line, how far it is from one of them, up to `_FAR`."""
    low = max(0, min(number, origin - int(_FAR)))
    high = max(low, min(number, origin + int(_FAR) + 1))
    return [-_FAR] * low + [float(place - origin) for place in range(low, high)] + [_FAR] * (number - high)


def _gaps(weights: Sequence[float]) -> list[float]:
    """For every line, how many lines before it in a row don't read like running text."""
    gaps: list[float] = []
    gap = _FAR
    for weight in weights:
        gaps.append(gap)
        gap = 0.0 if weight > 0 else min(gap + 1.0, _FAR)
    return gaps
