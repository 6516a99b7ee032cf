"""How far labels of another person agree with those here."""

from collections import Counter

from tui.core.values import dataclass, field

BATCH = 500
"""Pages that are merged in one transaction."""


@dataclass(slots=True)
class Agreement:
    """How far two people label alike, over the pages that both have labelled."""

    both: int = 0
    alike: int = 0
    _ours: Counter[tuple[str, ...]] = field(default_factory=Counter)
    _theirs: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def count(self, ours: tuple[str, ...], theirs: tuple[str, ...]) -> None:
        """Count a page; one that either has not labelled doesn't count."""
        if ours and theirs:
            self.both += 1
            self.alike += ours == theirs
            self._ours[ours] += 1
            self._theirs[theirs] += 1

    @property
    def share(self) -> float:
        """Pages that are labelled alike; 0 of none."""
        return self.alike / self.both if self.both else 0.0

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa: the share above what chance would give, as a part of what is left above it.

        Every set of labels is a category. None where chance alone gives everything.
        """
        by_chance = sum(count * self._theirs[labels] for labels, count in self._ours.items())
        possible = self.both**2 - by_chance
        return (self.both * self.alike - by_chance) / possible if possible else None
