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
        ((), (0,)),  # talk_share
        ((1e-35,), (0, 0.76)),  # in_main
        ((1e-35,), (0, -1.588)),  # in_aside
        ((), (0,)),  # in_furniture
        ((1e-35,), (0, 0.462)),  # named_text
        ((1e-35,), (0, -1.285)),  # named_picture
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
    """Return for each row how much speaks for its line being body, in log odds; rows hold what `traits.NAMES` or `shapes.NAMES` name.

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
