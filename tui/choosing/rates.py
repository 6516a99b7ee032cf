"""How frequent labels are among all pages, as far as a sample of them tells."""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import sqrt

from tui.core.values import dataclass, field

_Z = 1.959964
"""Standard deviations to either side of the mean that hold 95 % of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Rate:
    """The share of pages that carry a label."""

    stratum: str | None
    """None: of all pages."""
    label: str
    count: int
    """Pages that carry it."""
    of: int
    """Pages that carry any label."""
    share: float
    """From 0 to 1; of all strata, weighted by how many pages each has."""
    low: float
    high: float
    """The share lies between these with a probability of 95 %."""


@dataclass(slots=True)
class _Stratum:
    pages: int = 0
    stands_for: float = 0.0
    labelled: int = 0
    counts: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Rates:
    """What is counted of a sample: labels by stratum."""

    _strata: dict[str, _Stratum] = field(default_factory=dict)

    def count(self, labels: Sequence[str], stratum: str = "", stands_for: float = 1.0) -> None:
        """Count a page of the sample, which stands for so many pages of its stratum."""
        there = self._strata.setdefault(stratum, _Stratum())
        there.pages += 1
        there.stands_for += stands_for
        there.labelled += bool(labels)
        there.counts.update(labels)

    @property
    def pages(self) -> int:
        """Pages of the sample."""
        return sum(stratum.pages for stratum in self._strata.values())

    @property
    def labelled(self) -> int:
        """Those that carry a label."""
        return sum(stratum.labelled for stratum in self._strata.values())

    def of_strata(self) -> Iterator[Rate]:
        """Yield the rate of each label in each stratum, by their names."""
        for name, stratum in sorted(self._strata.items()):
            for label in self._labels() if stratum.labelled else ():
                count, of = stratum.counts[label], stratum.labelled
                yield Rate(name, label, count, of, count / of, *interval(count / of, of))

    def of_all(self) -> Iterator[Rate]:
        """Yield the rate of each label among all pages, by their names.

        Strata from which nothing was labelled are left out. What the weights cost is taken off the size of the sample
        (Kish, Survey Sampling, 1965: the effective sample size).
        """
        strata = [stratum for stratum in self._strata.values() if stratum.labelled]
        everything = sum(stratum.stands_for for stratum in strata)
        for label in self._labels():
            share = sum(s.stands_for * s.counts[label] / s.labelled for s in strata) / everything
            size = everything**2 / sum(s.stands_for**2 / s.labelled for s in strata)
            count, of = sum(s.counts[label] for s in strata), sum(s.labelled for s in strata)
            yield Rate(None, label, count, of, share, *interval(share, size))

    def _labels(self) -> list[str]:
        return sorted({label for stratum in self._strata.values() for label in stratum.counts})


def interval(share: float, size: float) -> tuple[float, float]:
    """Return where the true share lies with a probability of 95 %, for a share of so many pages.

    Wilson's score interval (Wilson 1927), which holds near 0 and 1 and for few pages too.

    >>> [round(end, 3) for end in interval(0.5, 100)], [round(end, 3) for end in interval(0, 20)]
    ([0.404, 0.596], [0.0, 0.161])
    """
    mean = (share + _Z**2 / (2 * size)) / (1 + _Z**2 / size)
    reach = _Z / (1 + _Z**2 / size) * sqrt(share * (1 - share) / size + _Z**2 / (4 * size**2))
    return max(0.0, mean - reach), min(1.0, mean + reach)
