"""Lines that score like body by chance: what stands alone among furniture, and hardly scores, is no article."""

from collections.abc import Sequence
from itertools import groupby

_WEAK = 1.0
"""Sum of the scores of a run, in log odds, up to which it is left out where it stands alone."""
_APART = 2
"""Lines of furniture on both sides from which on a run stands alone; the page's ends are as good."""
_SMALL = 0.1
"""Share of all that speaks for lines of the page below which a run is small."""


def without_strays(scores: Sequence[float]) -> list[bool]:
    """Return for each line whether it is body: its score is above zero, and it is no stray.

    >>> without_strays([0.5, -2, -2, 4, 5, -1, 0.3, 4])
    [False, False, False, True, True, False, True, True]
    """
    chosen: list[bool] = []
    total = sum(points for points in scores if points > 0)
    runs = [(is_body, list(run)) for is_body, run in groupby(scores, lambda points: points > 0)]
    for place, (is_body, run) in enumerate(runs):
        own = sum(run)
        is_weak = own < _WEAK and own < _SMALL * total
        is_stray = is_weak and _is_apart(runs, place - 1) and _is_apart(runs, place + 1)
        chosen += [is_body and not is_stray] * len(run)
    return chosen


def _is_apart(runs: Sequence[tuple[bool, list[float]]], place: int) -> bool:
    """The run at a place is long, or has nothing but the page's end behind it."""
    return not 0 < place < len(runs) - 1 or len(runs[place][1]) >= _APART
