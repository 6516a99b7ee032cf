"""How much each value of each trait speaks for a line being body: sums of steps, learned by scripts/train_scores.py."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

Numbers = tuple[float, ...]


class Scale(NamedTuple):
    """What a score is made of, in log odds."""

    base: float
    steps: tuple[tuple[Numbers, Numbers], ...]
    """For each trait the edges, and the points up to the first, between them and beyond the last; an edge belongs to what is below."""


ARTICLE = Scale(
    -5.259,
    (
        ((-31.5, -5.8333), (0, 0.425, 0.956)),  # weight
        ((-14.833,), (0, 0.181)),  # before
        ((), (0,)),  # after
        ((-14.5,), (0, 0.324)),  # most_around
        ((2.5, 3.5, 441.5, 518.5, 551.5), (0, 0.709, 0.924, 0.84, 0.758, 0.467)),  # code_points
        ((1e-35, 61.5, 80.5, 100.5), (0, -0.351, -0.413, -0.751, -0.659)),  # spaces
        ((1.5, 34.5), (0, -0.568, -3.092)),  # copies
        ((1e-35,), (0, 0.995)),  # in_run
        ((0.023449, 0.035493, 0.18285, 0.18702, 0.1988, 0.41672, 0.59128), (0, -0.154, -0.278, -0.325, -0.371, -0.498, -0.549, -0.676)),  # position
        ((-1e-35, 1e-35), (0, 1.264, 1.357)),  # told
        ((0.0014115, 0.020477, 0.13043, 0.98143), (0, 0.437, 0.942, 1.239, 1.629)),  # path_in_run
        ((2.5, 35.5, 117.0), (0, 0.541, 0.246, 0.083)),  # path_lines
        ((0.45039, 0.46562, 0.51873, 0.81778, 0.83031, 0.83453, 0.84358, 0.97697, 1.7409, 5.546), (0, 0.454, 0.602, 0.762, 1.052, 1.284, 1.362, 1.484, 1.579, 1.718, 2.848)),  # path_share
        ((1e-35,), (0, 0.511)),  # in_home
        ((1e-35, 3.5), (0, -0.169, -0.352)),  # to_home
        ((5.5,), (0, 0.473)),  # kind
        ((1e-35, 2.5, 8.5), (0, 0.221, 0.268, -0.151)),  # tag
        ((0.022559, 0.023564, 0.024926), (0, 0.182, 0.35, 0.396)),  # own_share
        ((0.015351, 0.49373), (0, 0.308, 0.457)),  # parent_share
        ((0.64314, 0.80928), (0, 0.21, 0.399)),  # grand_share
        ((0.040523, 0.06346, 0.90967), (0, 0.049, 0.169, 0.211)),  # great_share
        ((0.037655, 0.039764, 0.92096), (0, -0.034, -0.288, -0.244)),  # parent_linked
        ((), (0,)),  # talk_share
        ((1e-35,), (0, 0.789)),  # in_main
        ((1e-35,), (0, -1.469)),  # in_aside
        ((), (0,)),  # in_furniture
        ((1e-35,), (0, 0.528)),  # named_text
        ((1e-35,), (0, -1.306)),  # named_picture
    ),
)  # fmt: skip
FORUM = Scale(
    -3.13,
    (
        ((-3.0833, -2.9167, -2.4167), (0, 0.207, 0.796, 1.727)),  # weight
        ((-16.5, 13.5, 16.0), (0, 0.114, 0.224, 0.323)),  # before
        ((-16.167, -0.83333, 1e-35), (0, 0.13, 0.254, 0.395)),  # after
        ((-14.833, 11.167), (0, 0.106, 0.256)),  # most_around
        ((25.5, 29.5, 249.0, 717.5), (0, 0.156, 0.288, 0.001, -0.19)),  # code_points
        ((39.5, 126.0), (0, -0.114, -1.31)),  # spaces
        ((11.5,), (0, -0.148)),  # copies
        ((1e-35,), (0, 0.452)),  # in_run
        ((0.20918, 0.28279, 0.28698, 0.41677, 0.48213, 0.53579, 0.56271), (0, -0.08, -0.19, -0.374, -0.473, -0.609, -0.708, -0.786)),  # position
        ((), (0,)),  # told
        ((0.15282,), (0, 1.562)),  # path_in_run
        ((17.5,), (0, -0.711)),  # path_lines
        ((0.048296, 0.7404), (0, 0.437, 0.803)),  # path_share
        ((), (0,)),  # in_home
        ((1e-35, 5.5), (0, -0.237, -1.243)),  # to_home
        ((2.5,), (0, 0.08)),  # kind
        ((1e-35,), (0, 0.214)),  # tag
        ((), (0,)),  # own_share
        ((0.055827,), (0, 0.387)),  # parent_share
        ((0.61735, 0.99514), (0, 0.119, 0.532)),  # grand_share
        ((0.89555, 0.98778), (0, 0.109, 0.182)),  # great_share
        ((0.051818, 0.05576, 0.060883), (0, -0.624, -0.932, -1.142)),  # parent_linked
        ((-0.068167, 0.27778, 0.99785), (0, 0.645, 0.845, 1.277)),  # talk_share
        ((1e-35,), (0, 0.211)),  # in_main
        ((1e-35,), (0, -1.927)),  # in_aside
        ((1e-35,), (0, -0.128)),  # in_furniture
        ((1e-35,), (0, 1.135)),  # named_text
        ((), (0,)),  # named_picture
    ),
)  # fmt: skip


def score(row: Sequence[float], scale: Scale = ARTICLE) -> float:
    """Return how much speaks for a line being body, in log odds; `row` holds the numbers that `traits.NAMES` names.

    >>> from tui.text.traits import NAMES
    >>> far, near = [0.0] * len(NAMES), [0.0] * len(NAMES)
    >>> near[NAMES.index("in_run")] = 1.0
    >>> score(near) > score(far)
    True
    """
    return scale.base + sum(
        points[bisect_left(edges, value)] for (edges, points), value in zip(scale.steps, row, strict=True)
    )
