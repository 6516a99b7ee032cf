"""What a terminal can do to the rest of a row at once, so that less of it has to be written: move it sideways, or erase it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tui.view.terminal.cell import BLANK, HALF, HALVED, PART_CELLS, Cell, Spelling, is_part

WAYS = 2
"""Distances by which it is tried to move a row: those that most of it has to go."""


class Sweep(NamedTuple):
    """Something done in column `x`, where the cursor stays."""

    x: int
    sequence: str
    after: list[Cell]
    """The row then."""


def sweeps(old: Sequence[Cell], new: Sequence[Cell], start: int, spelling: Spelling) -> Iterator[Sweep]:
    """Yield what may help to turn one row into another from a column on."""
    now, then = spelling.of(old), spelling.of(new)
    votes: Counter[int] = Counter()
    places: dict[int, int] = {}
    x = start
    while x < len(then):
        part = then[x : x + PART_CELLS]
        if not is_part(then, x) or now.startswith(part, x):
            x += 1
            continue
        there = now.find(part, start)
        if there >= 0:
            votes[there - x] += 1
            places.setdefault(there - x, x)
        x += PART_CELLS
    for cells, _count in votes.most_common(WAYS):
        at = _edge(now, then, start, places[cells], cells)
        if at is not None:
            yield _moved(old, at, cells)
    for x in range(start, len(then)):
        if then[x] == " " != now[x]:
            yield Sweep(x, "\x1b[K", [*old[:x], *[BLANK] * (len(old) - x)])
            return


def _edge(now: str, then: str, start: int, x: int, cells: int) -> int | None:
    """The column where what stands at `x` in the end, and `cells` right of it now, begins to move; None: there is none.

    No character may be cut in two there.
    """
    off, on = max(cells, 0), max(-cells, 0)
    for at in range(min(x, x + cells), start - 1, -1):
        is_whole = HALF not in (then[at], now[at], now[at + off])
        if is_whole and (at == start or then[at - 1 + on] != now[at - 1 + off]):
            return at
    return None


def _moved(row: Sequence[Cell], x: int, cells: int) -> Sweep:
    """What stands right of `x` goes to the left, or to the right if negative; by DCH and ICH, known since the VT102."""
    if cells > 0:
        return Sweep(x, f"\x1b[{cells}P", [*row[:x], *row[x + cells :], *[BLANK] * cells])
    after = [*row[:x], *[BLANK] * -cells, *row[x:cells]]
    if row[cells][0] == "":
        after[-1] = HALVED
    return Sweep(x, f"\x1b[{-cells}@", after)
