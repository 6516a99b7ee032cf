"""How much each value of each trait speaks for a line being body: a sum of steps, learned by scripts/train_scores.py."""

from bisect import bisect_left
from collections.abc import Sequence

BASE = -4.72
STEPS: tuple[tuple[tuple[float, ...], tuple[float, ...]], ...] = (
    ((-31.5, -30.167, -11.167, -5.8333, 67.167, 68.167), (0, 0.449, 0.53, 0.864, 1.291, 1.347, 1.467)),  # weight
    ((-14.833,), (0, 0.231)),  # before
    ((-14.833,), (0, 0.034)),  # after
    ((-14.5,), (0, 0.454)),  # most_around
    ((2.5, 3.5, 554.5), (0, 1.053, 1.15, 0.772)),  # code_points
    ((1e-35, 61.5, 80.5, 100.5), (0, -0.404, -0.468, -0.809, -0.705)),  # spaces
    ((1.5, 34.5), (0, -0.605, -3.37)),  # copies
    ((1e-35,), (0, 0.895)),  # in_run
    ((0.023273, 0.031299, 0.18295, 0.19889, 0.39693, 0.41672, 0.49534, 0.57987, 0.59131), (0, -0.128, -0.261, -0.386, -0.579, -0.612, -0.665, -0.726, -0.778, -0.873)),  # position
    ((-1e-35, 1e-35), (0, 1.028, 1.153)),  # told
    ((0.020477, 0.097494, 0.13043, 0.98143), (0, 0.275, 0.95, 1.274, 1.533)),  # path_in_run
    ((2.5, 35.5, 74.5), (0, 0.412, 0.244, 0.184)),  # path_lines
    ((0.45039, 0.52284, 0.81778, 0.83031, 0.84358, 1.7409, 5.546), (0, 0.579, 0.696, 0.842, 1.149, 1.309, 2.041, 3.575)),  # path_share
    ((1e-35,), (0, 0.625)),  # in_home
    ((-17.5, 1e-35, 3.5), (0, -0.338, -0.773, -1.366)),  # to_home
    ((5.5,), (0, 0.586)),  # kind
    ((1e-35, 8.5), (0, 0.125, -0.331)),  # tag
    ((0.022976, 0.023798, 0.024075), (0, 0.038, 0.08, 0.239)),  # own_share
    ((0.49373, 0.8863, 0.89294), (0, 0.393, 0.516, 0.589)),  # parent_share
    ((0.78123, 0.81798), (0, 0.205, 0.363)),  # grand_share
    ((0.035852, 0.6264), (0, 0.04, 0.157)),  # great_share
    ((1e-35,), (0, 0.77)),  # in_main
    ((1e-35,), (0, -1.346)),  # in_aside
    ((), (0,)),  # in_furniture
    ((1e-35,), (0, 0.23)),  # named_text
    ((1e-35,), (0, -1.07)),  # named_picture
)  # fmt: skip
"""For each trait the edges, and the points up to the first, between them and beyond the last; an edge belongs to what is below."""


def score(row: Sequence[float]) -> float:
    """Return how much speaks for a line being body, in log odds; `row` holds the numbers that `traits.NAMES` names.

    >>> from tui.text.traits import NAMES
    >>> far, near = [0.0] * len(NAMES), [0.0] * len(NAMES)
    >>> near[NAMES.index("in_run")] = 1.0
    >>> score(near) > score(far)
    True
    """
    return BASE + sum(points[bisect_left(edges, value)] for (edges, points), value in zip(STEPS, row, strict=True))
