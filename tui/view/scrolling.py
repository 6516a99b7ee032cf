"""Finds out whether what is to be shown is what was shown, moved up or down, so that the terminal can move it itself."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from tui.view.ansi import BLANK, Cell
from tui.view.plan import Box

LEAST_ROWS = 3
"""Rows that have to come from elsewhere on the screen for it to be worth a thought."""


class Shift(NamedTuple):
    """Rows from `top` to `bottom`, inclusive, go up by `rows`, or down if negative."""

    top: int
    bottom: int
    rows: int

    def applied(self, rows: Sequence[list[Cell]]) -> list[list[Cell]]:
        """What the screen shows after the terminal has scrolled."""
        blank = [BLANK] * len(rows[0])
        moved = []
        for y, row in enumerate(rows):
            source = y + self.rows
            is_inside = self.top <= y <= self.bottom
            moved.append(row if not is_inside else rows[source] if self.top <= source <= self.bottom else blank)
        return moved


def find(old: Sequence[list[Cell]], new: Sequence[list[Cell]], box: Box) -> Shift | None:
    """Return the shift by which most rows of a box come from another row of it; None: too few do."""
    left, right = box.x, box.x + box.width
    last = min(box.y + box.height, len(old))
    changed = [y for y in range(box.y, last) if old[y] is not new[y] and old[y][left:right] != new[y][left:right]]
    if len(changed) < LEAST_ROWS:
        return None
    places: dict[str, list[int]] = {}
    for y in range(box.y, last):
        places.setdefault(_text(old[y], left, right), []).append(y)
    votes: Counter[int] = Counter()
    for y in changed:
        text = _text(new[y], left, right)
        if text.strip():
            votes.update(there - y for there in places.get(text, ()) if there != y)
    if not votes:
        return None
    rows = votes.most_common(1)[0][0]
    matched = [y for y in range(box.y, last) if box.y <= y + rows < last and _same(old, new, y, rows, left, right)]
    if len(matched) < LEAST_ROWS:
        return None
    return Shift(min(matched[0], matched[0] + rows), max(matched[-1], matched[-1] + rows), rows)


def _same(old: Sequence[list[Cell]], new: Sequence[list[Cell]], y: int, rows: int, left: int, right: int) -> bool:
    return old[y + rows][left:right] == new[y][left:right] != old[y][left:right]


def _text(row: Sequence[Cell], left: int, right: int) -> str:
    return "".join(char for char, _codes in row[left:right])
