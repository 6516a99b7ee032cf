"""Labels and notes of another person or machine, as `labels export` writes them, and what becomes of them here."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from tui.core.labels import is_name
from tui.core.model import Ref
from tui.core.values import dataclass, field
from tui.notebook.store import Decision, Known

LINE_BYTES = 1024 * 1024
"""Bytes of one line; a page with its labels, note and title takes far less."""
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


def read(file: BinaryIO) -> Iterator[tuple[int, Decision | None]]:
    """Yield (number of the line from 1, what it says) of a file that `labels export` wrote; None: it says nothing of the kind."""
    number = 0
    while line := file.readline(LINE_BYTES + 1):
        number += 1
        is_whole = len(line) <= LINE_BYTES
        while not line.endswith(b"\n") and (rest := file.readline(LINE_BYTES)):
            line = rest  # only its end is looked for
        if line.strip() or not is_whole:
            yield number, _decision(line) if is_whole else None


def _decision(line: bytes) -> Decision | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return _of_row(row) if isinstance(row, dict) else None


def _of_row(row: Mapping[str, Any]) -> Decision | None:
    kinds = {"sha256": str, "source": str, "ordinal": int, "labels": list, "note": str, "title": str, "at": str}
    if not all(type(row.get(name)) is kind for name, kind in kinds.items()) or not row["sha256"]:
        return None
    if not all(isinstance(name, str) and is_name(name) for name in row["labels"]):
        return None
    url = row.get("url")
    if not isinstance(url, str | None) or not 0 <= row["ordinal"] < 2**63:
        return None
    page = Known(row["sha256"], Ref(row["source"], row["ordinal"]), row["title"], url)
    return Decision(page, tuple(sorted(set(row["labels"]))), row["note"], row["at"])
