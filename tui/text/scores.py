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

    @property
    def telling(self) -> list[tuple[int, Numbers, Numbers]]:
        """The traits that say anything: their places in a row, edges and points."""
        return [(place, edges, points) for place, (edges, points) in enumerate(self.steps) if edges]


ARTICLE = Scale(
    -5.368,
    (
        ((-31.833, -31.5, -5.8333, 83.167), (0, 0.089, 0.443, 1.075, 1.126)),  # weight
        ((), (0,)),  # before
        ((), (0,)),  # after
        ((-14.5,), (0, 0.443)),  # most_around
        ((2.5, 3.5, 551.5), (0, 0.725, 0.948, 0.473)),  # code_points
        ((1e-35, 10.5, 60.5, 80.5), (0, -0.355, -0.39, -0.456, -0.547)),  # spaces
        ((1.5, 34.5), (0, -0.575, -3.035)),  # copies
        ((1e-35,), (0, 1.001)),  # in_run
        ((0.031458, 0.035493, 0.18702, 0.36973, 0.39707, 0.41672, 0.59128), (0, -0.138, -0.256, -0.301, -0.35, -0.432, -0.491, -0.621)),  # position
        ((-1e-35, 1e-35), (0, 1.298, 1.386)),  # told
        ((0.0014115, 0.020477, 0.13043, 0.98143), (0, 0.439, 0.946, 1.245, 1.644)),  # path_in_run
        ((2.5, 35.5, 117.0), (0, 0.556, 0.208, 0.042)),  # path_lines
        ((0.45039, 0.51873, 0.83031, 0.84358, 0.87754, 0.96892, 5.546), (0, 0.459, 1.052, 1.371, 1.495, 1.594, 1.678, 2.878)),  # path_share
        ((1e-35,), (0, 0.447)),  # in_home
        ((1e-35, 3.5), (0, -0.307, -0.464)),  # to_home
        ((5.5,), (0, 0.534)),  # kind
        ((1e-35, 2.5, 8.5), (0, 0.18, 0.223, -0.182)),  # tag
        ((0.022559, 0.023563, 0.024907), (0, 0.051, 0.315, 0.403)),  # own_share
        ((0.015351,), (0, 0.309)),  # parent_share
        ((0.64314,), (0, 0.399)),  # grand_share
        ((0.040523, 0.06346, 0.90967, 0.91014, 0.99002), (0, 0.04, 0.161, 0.202, 0.271, 0.313)),  # great_share
        ((0.039764, 0.048892, 0.92096), (0, -0.131, -0.186, -0.146)),  # parent_linked
        ((1e-35,), (0, 0.76)),  # in_main
        ((1e-35,), (0, -1.588)),  # in_aside
        ((), (0,)),  # in_furniture
        ((1e-35,), (0, 0.462)),  # named_text
        ((1e-35,), (0, -1.285)),  # named_picture
    ),
)  # fmt: skip
FORUM = Scale(
    -2.347,
    (
        ((-2.9167, -2.4167, -0.83333, 0.20833, 12.167, 22.833, 60.333, 63.833), (0, 0.361, 1.382, 1.804, 2.292, 2.638, 2.757, 2.821, 2.904)),  # weight
        ((-16.5, -1.9167, -1.4167, 1.9167, 13.5, 20.5, 22.833), (0, 0.218, 0.291, 0.526, 0.744, 0.974, 1.125, 1.232)),  # before
        ((-0.83333, 1e-35, 0.70833, 11.5), (0, 0.345, 0.937, 0.985, 1.121)),  # after
        ((16.5, 25.5, 172.0, 249.0, 717.5), (0, 0.107, 0.621, 0.404, 0.028, -0.122)),  # code_points
        ((), (0,)),  # linked
        ((0.051818, 0.07572, 0.077221, 0.087257, 0.13575, 0.15468), (0, -0.352, -0.549, -0.749, -1.006, -1.129, -1.517)),  # parent_linked
        ((1e-35, 1.5), (0, 0.225, 0.318)),  # tag
        ((0.28279, 0.28698, 0.40426, 0.42178, 0.5055, 0.5857, 0.86687), (0, -0.103, -0.398, -0.641, -0.718, -0.802, -0.924, -1.144)),  # position
        ((1e-35,), (0, -2.047)),  # in_aside
        ((1e-35,), (0, -0.384)),  # in_furniture
        ((1e-35,), (0, 1.276)),  # named_text
        ((0.30759, 0.51016, 0.88471, 0.98405), (0, 0.449, 0.78, 0.987, 1.062)),  # written_share
        ((1.5, 2.5, 4.5), (0, -0.201, -0.636, -0.87)),  # copies
        ((1e-35, 10.5, 11.5), (0, -0.394, -0.879, -1.017)),  # since_stamp
    ),
)  # fmt: skip
BARE = Scale(
    -3.64,
    (
        ((-22.0, -10.5, 3.5833, 32.5, 37.833, 45.5, 79.833), (0, 0.718, 1.332, 1.509, 1.796, 1.992, 2.138, 2.208)),  # weight
        ((-10.5,), (0, 0.321)),  # before
        ((-10.5, 28.833, 29.833), (0, 0.143, 0.184, 0.227)),  # after
        ((-22.0, -10.5), (0, 0.129, 0.292)),  # second_before
        ((-35.0, -10.5), (0, -0.346, -0.291)),  # second_after
        ((39.5, 50.833), (0, 0.281, 0.671)),  # most_around
        ((113.33, 156.67, 211.33), (0, 0.201, 0.347, 0.493)),  # five_before
        ((84.0, 108.33, 172.42, 182.0, 197.0), (0, 0.333, 0.566, 0.652, 0.727, 0.81)),  # five_after
        ((13.417, 29.333, 367.08, 546.08, 1771.0, 1825.2, 3310.3), (0, 0.16, 0.375, 0.342, 0.309, 0.462, 0.592, -0.353)),  # twenty_around
        ((2.5, 4.5, 5.5, 6.5, 8.5, 12.5, 14.5), (0, 0.1, 0.276, 0.573, 0.646, 1.249, 1.486, 1.533)),  # code_points
        ((1e-35, 39.5, 99.5), (0, -1.495, -1.379, -1.169)),  # spaces
        ((0.026354, 0.039506), (0, 0.153, 0.284)),  # stops
        ((1e-35,), (0, 0.47)),  # is_closed
        ((1e-35,), (0, -0.183)),  # is_bullet
        ((1e-35,), (0, -0.25)),  # is_furniture
        ((1.5,), (0, -0.978)),  # copies
        ((1e-35,), (0, 1.256)),  # in_run
        ((-36.5, -31.5, -26.5, -25.5, 35.5, 39.5), (0, -0.059, -0.11, -0.198, -0.285, -0.688, -0.83)),  # from_start
        ((-23.5, 1.5, 39.5), (0, -0.029, -0.381, -0.542)),  # from_end
        ((1e-35, 1.5, 7.5, 9.5), (0, -1.435, -2.613, -1.27, -1.073)),  # ends_before
        ((1e-35, 34.5, 35.5, 39.5), (0, -0.11, -0.395, -0.497, -0.54)),  # gap_before
        ((1e-35, 11.5, 32.5, 39.5), (0, -0.095, -0.161, -0.206, -0.329)),  # gap_after
        ((0.84438, 0.87114, 0.87508, 0.88306, 0.91004), (0, -0.121, -0.249, -0.651, -0.753, -0.862)),  # position
    ),
)  # fmt: skip


def score(rows: Sequence[Sequence[float]], scale: Scale = ARTICLE) -> list[float]:
    """Return for each row how much speaks for its line being body, in log odds; rows hold what `NAMES` of `traits`, `threads` or `shapes` name.

    >>> from tui.text.traits import NAMES
    >>> far, near = [0.0] * len(NAMES), [0.0] * len(NAMES)
    >>> near[NAMES.index("in_run")] = 1.0
    >>> low, high = score([far, near])
    >>> high > low
    True
    """
    base = scale.base + sum(points[0] for edges, points in scale.steps if not edges)
    telling = scale.telling
    found = []
    for row in rows:
        total = base
        for place, edges, points in telling:
            total += points[bisect_left(edges, row[place])]
        found.append(total)
    return found
