"""How much each value of each trait speaks for a line being body: sums of steps, written here by scripts/train_scores.py."""

from bisect import bisect_left
from collections.abc import Sequence
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
    -3.528,
    (
        ((-29.833, -14.833, -14.167, -8.5, -5.8333, 50.5, 78.167, 90.167, 114.17, 129.17), (0, 0.076, 0.231, 0.422, 0.709, 1.391, 1.476, 1.613, 1.702, 1.8, 1.847)),  # weight
        ((-20.833, -14.5), (0, 0.101, 0.142)),  # before
        ((-14.833, -2.75, 3.5417, 37.5, 39.083), (0, 0.138, 0.175, 0.251, 0.291, 0.328)),  # after
        ((-13.833, -13.5), (0, 0.103, 0.243)),  # most_around
        ((3.5, 969.5), (0, 0.847, 0.555)),  # code_points
        ((169.0, 172.0, 187.0), (0, -0.166, -0.413, -0.591)),  # spaces
        ((1.5, 3.5, 6.5, 8.5, 34.0, 56.5), (0, -0.295, -0.348, -0.538, -0.821, -1.257, -1.723)),  # copies
        ((1e-35,), (0, 1.019)),  # in_run
        ((1e-35, 0.039832, 0.063648, 0.095267, 0.12769, 0.40478, 0.43558, 0.58074, 0.58828, 0.6832, 0.84173, 0.84921), (0, -0.392, -0.474, -0.578, -0.634, -0.679, -0.709, -0.748, -0.775, -0.846, -0.873, -0.998, -1.034)),  # position
        ((-1e-35, 1e-35), (0, 0.63, 0.912)),  # stated
        ((0.00048922, 0.0014188, 0.13304, 0.98143), (0, 0.496, 0.818, 1.031, 1.311)),  # path_in_run
        ((4.5, 5.5, 10.5, 280.5, 474.0, 625.5), (0, 0.24, 0.291, 0.423, 0.641, 1.537, 2.009)),  # path_lines
        ((0.35641, 0.44883, 0.80527, 0.81957, 0.83646, 7.4353), (0, 0.229, 0.402, 0.519, 0.689, 0.791, 2.956)),  # path_share
        ((1e-35,), (0, 0.346)),  # in_home
        ((1e-35,), (0, -0.269)),  # to_home
        ((5.5,), (0, 0.532)),  # kind
        ((1e-35, 1.5, 7.5, 8.5), (0, 0.13, 0.237, -0.348, -0.582)),  # tag
        ((0.60631,), (0, 0.07)),  # own_share
        ((0.51174, 0.78271, 0.9726), (0, 0.147, 0.258, 0.294)),  # parent_share
        ((0.039924, 0.625, 0.79646), (0, 0.266, 0.436, 0.549)),  # grand_share
        ((0.066602, 0.92459), (0, 0.068, 0.114)),  # great_share
        ((0.96917, 0.97439, 0.99105), (0, 0.038, 0.084, 0.264)),  # parent_linked
        ((1e-35,), (0, 0.384)),  # in_main
        ((), (0,)),  # in_aside
        ((1e-35,), (0, -0.299)),  # in_furniture
        ((1e-35,), (0, 0.171)),  # named_text
        ((1e-35,), (0, -1.178)),  # named_picture
        ((), (0,)),  # in_comments
        ((1e-35,), (0, -1.04)),  # to_headline
        ((-39.5, -38.5, -11.5, -5.5, -1.5, -1e-35, 40.5), (0, 0.14, 0.204, 0.262, 0.443, 0.526, 0.595, 1.011)),  # behind_headline
        ((1e-35,), (0, 0.104)),  # is_below
    ),
)  # fmt: skip
FORUM = Scale(
    -2.33,
    (
        ((-2.9167, -2.4167, -0.83333, 0.20833, 3.7083, 11.5, 60.333, 63.833), (0, 0.424, 1.528, 1.953, 2.445, 2.631, 2.759, 2.829, 2.917)),  # weight
        ((-16.5, -1.9167, -1.4167, 1.9167, 9.8333, 13.5, 22.833), (0, 0.228, 0.301, 0.537, 0.756, 0.9, 1.008, 1.25)),  # before
        ((-0.83333, 1e-35, 0.70833), (0, 0.499, 0.953, 1.127)),  # after
        ((16.5, 25.5, 172.0, 249.0), (0, 0.09, 0.716, 0.503, 0.148)),  # code_points
        ((), (0,)),  # linked
        ((0.051818, 0.070372, 0.07572, 0.077221, 0.087257, 0.13575, 0.15468), (0, -0.348, -0.477, -0.67, -0.863, -0.986, -1.106, -1.489)),  # parent_linked
        ((1e-35, 1.5), (0, 0.187, 0.28)),  # tag
        ((0.20918, 0.28698, 0.40426, 0.42518, 0.53992, 0.57007, 0.86687), (0, -0.088, -0.459, -0.59, -0.72, -0.833, -0.934, -1.068)),  # position
        ((1e-35,), (0, -2.03)),  # in_aside
        ((1e-35,), (0, -0.404)),  # in_furniture
        ((1e-35,), (0, 1.267)),  # named_text
        ((0.30759, 0.51016, 0.89076, 0.98405), (0, 0.442, 0.765, 0.97, 1.04)),  # written_share
        ((1.5, 2.5), (0, -0.21, -0.77)),  # copies
        ((1e-35, 4.5, 10.5, 11.5), (0, -0.467, -0.532, -1.018, -1.163)),  # since_stamp
    ),
)  # fmt: skip
BARE = Scale(
    -3.891,
    (
        ((-22.0, -10.5, 3.5833, 33.25, 37.833, 49.167, 78.833), (0, 0.81, 1.43, 1.605, 1.893, 2.088, 2.239, 2.283)),  # weight
        ((-10.5,), (0, 0.377)),  # before
        ((-10.5, 2.25, 27.167, 30.167), (0, 0.138, 0.225, 0.264, 0.312)),  # after
        ((-22.0, -10.5), (0, 0.063, 0.236)),  # second_before
        ((-35.0, -10.5, 103.75), (0, -0.329, -0.279, -0.344)),  # second_after
        ((39.5, 50.833), (0, 0.282, 0.673)),  # most_around
        ((113.33, 156.67, 211.33), (0, 0.197, 0.344, 0.487)),  # five_before
        ((81.167, 112.17, 172.5, 182.08, 184.33), (0, 0.334, 0.57, 0.655, 0.718, 0.791)),  # five_after
        ((13.417, 29.333, 369.08, 1768.0, 1823.6, 3310.3), (0, 0.121, 0.225, 0.194, 0.276, 0.476, -0.439)),  # twenty_around
        ((2.5, 4.5, 5.5, 7.5, 8.5, 12.5, 14.5, 244.5), (0, 0.207, 0.296, 0.658, 0.727, 1.327, 1.594, 1.641, 1.696)),  # code_points
        ((1e-35, 39.5, 99.5), (0, -1.49, -1.386, -1.16)),  # spaces
        ((0.033364, 0.039506, 0.12701), (0, 0.151, 0.282, 0.359)),  # stops
        ((1e-35,), (0, 0.474)),  # is_closed
        ((1e-35,), (0, -0.089)),  # is_bullet
        ((1e-35,), (0, -0.233)),  # is_furniture
        ((1.5,), (0, -0.989)),  # copies
        ((1e-35,), (0, 1.259)),  # in_run
        ((-25.5, 35.5, 39.5), (0, -0.183, -0.594, -0.734)),  # from_start
        ((-21.5, 1.5, 39.5), (0, -0.03, -0.381, -0.54)),  # from_end
        ((1e-35, 1.5, 7.5, 9.5), (0, -1.444, -2.627, -1.106, -0.965)),  # ends_before
        ((1e-35, 33.5, 34.5, 39.5), (0, -0.11, -0.151, -0.505, -0.554)),  # gap_before
        ((16.5, 31.5, 39.5), (0, -0.052, -0.097, -0.233)),  # gap_after
        ((0.7279, 0.84428, 0.87114, 0.87508, 0.88306, 0.91004, 0.96399), (0, -0.046, -0.168, -0.389, -0.501, -0.639, -0.835, -0.952)),  # position
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
        column = columns[place]
        if len(edges) == 1:
            (edge,), (low, high) = edges, points
            sums = [total + (high if value > edge else low) for total, value in zip(sums, column, strict=True)]
        else:
            sums = [total + points[bisect_left(edges, value)] for total, value in zip(sums, column, strict=True)]
    return sums
