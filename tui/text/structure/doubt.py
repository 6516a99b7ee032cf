"""How doubtful a page's body is: what is known of its lines one by one, a second way to it, the text left out, the kind of page."""

from collections.abc import Collection, Mapping, Sequence
from math import exp

from tui.core.model import BODY_KINDS, PageType
from tui.core.values import dataclass
from tui.text.markup.paragraphs import Claims, Paragraph

_SURE = 30.0
"""Log odds beyond which a line is as sure as any."""
_OFTEN_WRONG: Mapping[PageType, float] = {
    "collection": 0.3, "product": 0.3, "listing": 0.1, "service": 0.1, "forum": 0.1, "other": 0.1,
}  # fmt: skip
"""Doubt of kinds of page where nothing else speaks against a body: what they are about has no one shape."""


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """A body, and what it was found by."""

    claims: Claims
    scores: Sequence[float] = ()
    """How much speaks for each line, in log odds; empty: nothing was asked line by line."""
    run: Collection[int] = ()
    """The densest lines of the page, which are a body of their own, found without what was learned; empty: they weren't looked for."""


def measure(
    lines: Sequence[Paragraph], found: Verdict, shown: Collection[int] = (), kind: PageType = "article"
) -> float:
    """Return the mean of what speaks against the body of a page of this kind, from 0 to 1; 1 where there is text and no body.

    That is the share of it that the scores expect to be wrong, how far it is from the densest run, and how far from all
    the lines that are `shown` below the headline and lead nowhere; and how much is left out in the midst of it.

    >>> from tui.core.page import Line
    >>> from tui.text.markup.paragraphs import claim, read
    >>> lines = read("It rained.\\nRead on", [Line(0, 10), Line(11, 18)])
    >>> claim(lines, {0: "body"})
    >>> measure(lines, Verdict({}, [9.0, -9.0], [0]), [0]), measure(lines, Verdict({}, [0.0, 0.0], [1]), [0, 1])
    (0.0, 0.4297)
    """
    body = [number for number, line in enumerate(lines) if line.kind in BODY_KINDS]
    if not body:
        return float(bool(lines))
    parts = [1 - _overlap(lines, body, others) for others in (found.run, shown) if others]
    if found.scores:
        parts.append(1 - _expected(lines, body, found.scores))
    parts.append(_left_out(lines, body))
    sure = 1 - sum(parts) / len(parts)
    return round(1 - sure * (1 - _OFTEN_WRONG.get(kind, 0.0)), 4)


def _left_out(lines: Sequence[Paragraph], body: Sequence[int]) -> float:
    """What stands between the lines of a body and isn't in it, next to the body; no more than 1."""
    between = [line.size for line in lines[body[0] : body[-1]] if line.kind in ("boiler", "headline")]
    return min(1.0, sum(between) / (sum(lines[number].size for number in body) or 1.0))


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
