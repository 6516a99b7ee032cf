"""How much each value of each trait speaks for a line being body: sums of steps, written here by scripts/train_scores.py."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import add
from typing import NamedTuple

Traits = tuple[float, ...]
"""The traits of a line, in the order of `NAMES` of `traits`, `posts` or `plaintext`; or edges and points of one of them."""


class Scale(NamedTuple):
    """What a score is made of, in log odds."""

    base: float
    steps: tuple[tuple[Traits, Traits], ...]
    """For each trait the edges, and the points up to the first, between them and beyond the last; an edge belongs to what is below."""

    @property
    def telling(self) -> list[tuple[int, Traits, Traits]]:
        """The traits that say anything: their places in a row, edges and points."""
        return [(place, edges, points) for place, (edges, points) in enumerate(self.steps) if edges]


ARTICLE = Scale(
    -4.488,
    (
        ((-31.833, -31.5, -31.167, -11.167, -5.8333, 83.167), (0, 0.074, 0.351, 0.423, 0.665, 1.194, 1.255)),  # weight
        ((), (0,)),  # before
        ((), (0,)),  # after
        ((-14.5,), (0, 0.381)),  # most_around
        ((2.5, 3.5, 441.5, 551.5), (0, 0.729, 0.846, 0.77, 0.475)),  # code_points
        ((1e-35, 8.5, 10.5, 12.5, 80.5), (0, -0.298, -0.332, -0.368, -0.399, -0.558)),  # spaces
        ((1.5, 12.5, 34.5), (0, -0.498, -0.619, -3.374)),  # copies
        ((1e-35,), (0, 0.852)),  # in_run
        ((1e-35, 0.031458, 0.1988, 0.40886, 0.41672, 0.42098, 0.59128), (0, -0.131, -0.258, -0.313, -0.364, -0.449, -0.508, -0.597)),  # position
        ((-1e-35, 1e-35), (0, 1.218, 1.335)),  # stated
        ((0.0014115, 0.020477, 0.13043, 0.98143), (0, 0.439, 0.948, 1.246, 1.647)),  # path_in_run
        ((2.5, 35.5, 117.0), (0, 0.551, 0.192, 0.104)),  # path_lines
        ((0.45039, 0.51873, 0.83031, 0.84358, 0.87754, 5.546), (0, 0.573, 1.033, 1.211, 1.535, 1.609, 2.813)),  # path_share
        ((1e-35,), (0, 0.2)),  # in_home
        ((-17.5, 1e-35, 3.5), (0, -0.3, -0.961, -1.085)),  # to_home
        ((5.5,), (0, 0.484)),  # kind
        ((1e-35, 2.5, 8.5), (0, 0.176, 0.217, -0.117)),  # tag
        ((0.014826, 0.021961, 0.022559, 0.023564, 0.024679), (0, 0.056, 0.124, 0.202, 0.328, 0.386)),  # own_share
        ((0.021933, 0.49373), (0, 0.308, 0.457)),  # parent_share
        ((0.64314,), (0, 0.366)),  # grand_share
        ((0.067465, 0.90967, 0.91014), (0, 0.116, 0.149, 0.245)),  # great_share
        ((0.0014271, 0.039764, 0.92096, 0.93025), (0, -0.067, -0.285, -0.238, -0.199)),  # parent_linked
        ((1e-35,), (0, 0.707)),  # in_main
        ((1e-35,), (0, -1.678)),  # in_aside
        ((), (0,)),  # in_furniture
        ((1e-35,), (0, 0.49)),  # named_text
        ((1e-35,), (0, -1.29)),  # named_picture
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
    -3.739,
    (
        ((-22.0, -10.5, 3.5833, 33.25, 37.833, 49.167, 78.833), (0, 0.809, 1.428, 1.603, 1.891, 2.086, 2.237, 2.281)),  # weight
        ((-10.5,), (0, 0.328)),  # before
        ((-10.5, 2.25, 27.167, 30.167), (0, 0.139, 0.226, 0.265, 0.313)),  # after
        ((-22.0, -10.5), (0, 0.063, 0.285)),  # second_before
        ((-35.0, -10.5, 103.75), (0, -0.42, -0.368, -0.433)),  # second_after
        ((39.5, 50.833), (0, 0.282, 0.673)),  # most_around
        ((113.33, 156.67, 211.33), (0, 0.197, 0.344, 0.487)),  # five_before
        ((81.167, 112.17, 172.5, 182.08, 184.33), (0, 0.334, 0.57, 0.655, 0.718, 0.791)),  # five_after
        ((13.417, 29.333, 369.08, 1768.0, 1823.6, 3310.3), (0, 0.121, 0.264, 0.233, 0.315, 0.515, -0.259)),  # twenty_around
        ((2.5, 4.5, 5.5, 7.5, 8.5, 12.5, 14.5, 244.5), (0, 0.11, 0.268, 0.631, 0.7, 1.256, 1.526, 1.572, 1.627)),  # code_points
        ((1e-35, 39.5, 99.5), (0, -1.484, -1.38, -1.153)),  # spaces
        ((0.033364, 0.039506), (0, 0.151, 0.282)),  # stops
        ((1e-35,), (0, 0.474)),  # is_closed
        ((1e-35,), (0, -0.088)),  # is_bullet
        ((1e-35,), (0, -0.232)),  # is_furniture
        ((1.5,), (0, -0.989)),  # copies
        ((1e-35,), (0, 1.259)),  # in_run
        ((-25.5, 35.5, 39.5), (0, -0.226, -0.637, -0.777)),  # from_start
        ((-21.5, 1.5, 39.5), (0, -0.029, -0.38, -0.539)),  # from_end
        ((1e-35, 1.5, 7.5, 9.5), (0, -1.443, -2.627, -1.104, -0.963)),  # ends_before
        ((1e-35, 33.5, 34.5, 39.5), (0, -0.11, -0.151, -0.505, -0.554)),  # gap_before
        ((16.5, 31.5, 39.5), (0, -0.052, -0.097, -0.234)),  # gap_after
        ((0.75897, 0.84428, 0.87114, 0.87508, 0.88306, 0.91004, 0.96399), (0, -0.05, -0.172, -0.393, -0.506, -0.643, -0.839, -0.957)),  # position
    ),
)  # fmt: skip


def score(rows: Sequence[Traits], scale: Scale = ARTICLE) -> list[float]:
    """Return for each row how much speaks for its line being body, in log odds.

    >>> from tui.text.structure.traits import NAMES
    >>> far, near = [0.0] * len(NAMES), [0.0] * len(NAMES)
    >>> near[NAMES.index("in_run")] = 1.0
    >>> low, high = score([far, near])
    >>> high > low
    True
    """
    base = scale.base + sum(points[0] for edges, points in scale.steps if not edges)
    sums = [base] * len(rows)
    columns = list(zip(*rows, strict=True))
    for place, edges, points in scale.telling if columns else ():
        # Column by column, and each value once: most have few.
        worth = {value: points[bisect_left(edges, value)] for value in set(columns[place])}
        sums = list(map(add, sums, map(worth.__getitem__, columns[place])))
    return sums
