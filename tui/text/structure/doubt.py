"""How doubtful a page's body is: what is known of its lines one by one, a second way to it, and the text left out."""

from collections.abc import Collection, Sequence
from math import exp

from tui.core.model import BODY_KINDS
from tui.core.values import dataclass
from tui.text.markup.paragraphs import Claims, Paragraph

_SURE = 30.0
"""Log odds beyond which a line is as sure as any."""


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """A body, and what it was found by."""

    claims: Claims
    scores: Sequence[float] = ()
    """How much speaks for each line, in log odds; empty: nothing was asked line by line."""
    run: Collection[int] = ()
    """The densest lines of the page, which are a body of their own, found without what was learned; empty: they weren't looked for."""


def measure(lines: Sequence[Paragraph], found: Verdict, shown: Collection[int] = ()) -> float:
    """Return the mean of what speaks against the body of a page, from 0 to 1; 1 where there is text and no body.

    That is the share of it that the scores expect to be wrong, how far it is from the densest run, and how far from all
    the lines that are `shown` below the headline and lead nowhere.

    >>> from tui.core.page import Line
    >>> from tui.text.markup.paragraphs import claim, read
    >>> lines = read("It rained.\\nRead on", [Line(0, 10), Line(11, 18)])
    >>> claim(lines, {0: "body"})
    >>> measure(lines, Verdict({}, [9.0, -9.0], [0]), [0]), measure(lines, Verdict({}, [0.0, 0.0], [1]), [0, 1])
    (0.0, 0.5729)
    """
    body = {number for number, line in enumerate(lines) if line.kind in BODY_KINDS}
    if not body:
        return float(bool(lines))
    parts = [1 - _overlap(lines, body, others) for others in (found.run, shown) if others]
    if found.scores:
        parts.append(1 - _expected(lines, body, found.scores))
    return round(sum(parts) / len(parts), 4) if parts else 0.0


def _expected(lines: Sequence[Paragraph], body: Collection[int], scores: Sequence[float]) -> float:
    """The F1 that the scores expect of a body."""
    likely = [
        line.size / (1 + exp(-max(-_SURE, min(_SURE, points)))) for line, points in zip(lines, scores, strict=True)
    ]
    open_kinds = [part for line, part in zip(lines, likely, strict=True) if line.kind not in ("title", "byline")]
    whole = sum(lines[number].size for number in body) + sum(open_kinds)
    return 2 * sum(likely[number] for number in body) / (whole or 1.0)


def _overlap(lines: Sequence[Paragraph], ours: Collection[int], others: Collection[int]) -> float:
    """The F1 of one choice of lines against the other, by size."""

    def size(numbers: Collection[int]) -> float:
        return sum(lines[number].size for number in numbers)

    return 2 * size(set(ours) & set(others)) / (size(ours) + size(others) or 1.0)
