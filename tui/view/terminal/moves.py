"""Which rows of a screen stand elsewhere on the next one, so that the terminal can bring them there itself."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from tui.view.terminal.cell import BLANK, HALF, PART_CELLS, Cell, Spelling, is_part

MOVE_BYTES = 12
"""What it costs to put rows in or take them out."""
ALIKE_ROWS = 4
"""Rows that one is compared with: the most alike."""


class Move(NamedTuple):
    """At row `y` so many rows are put in, or taken out if negative; what is below makes room, or follows."""

    y: int
    rows: int


class Shift(NamedTuple):
    """What happens one after the other between two rows, inclusive; blank rows come in."""

    top: int
    bottom: int
    steps: tuple[Move, ...]

    def applied(self, screen: Sequence[list[Cell]]) -> list[list[Cell]]:
        """What a screen shows then."""
        rows, blank = list(screen), [BLANK] * len(screen[0])
        for y, count in self.steps:
            inside = rows[y : self.bottom + 1]
            inside = [*[blank] * count, *inside[:-count]] if count > 0 else [*inside[-count:], *[blank] * -count]
            rows[y : self.bottom + 1] = inside
        return rows

    def sequence(self) -> str:
        """By IL and DL between margins, which every terminal since the VT102 knows."""
        steps = (f"\x1b[{y + 1}H\x1b[{abs(rows)}{'L' if rows > 0 else 'M'}" for y, rows in self.steps)
        return f"\x1b[{self.top + 1};{self.bottom + 1}r{''.join(steps)}\x1b[r"


def shift(old: Sequence[list[Cell]], new: Sequence[list[Cell]]) -> Shift | None:
    """Return what brings most of a screen to its place; None: all of it is there, or has gone.

    Whole rows move, so what stands beside may have to be mended.
    """
    chain = [(-1, -1), *_chain(_pairs(old, new)), (len(old), len(new))]
    # Rows are taken out first, so that none is pushed out below.
    taken: list[Move] = []
    put: list[Move] = []
    last, bottom = taken, 0
    for (source_before, before), (source, y) in pairwise(chain):
        rows = (y - before) - (source - source_before)
        if rows:
            last, bottom = put if rows > 0 else taken, y - 1
            gone = sum(each.rows for each in taken)
            last.append(Move(y - rows if rows > 0 else source + rows + gone, rows))
    if not bottom:
        return None
    last.pop()  # at the margin it comes by itself
    return Shift(min(each.y for each in (*taken, *put)), bottom, (*taken, *put))


Pair = tuple[int, int]
"""Where a row stood, and where it stands now."""


def _pairs(old: Sequence[list[Cell]], new: Sequence[list[Cell]]) -> dict[Pair, int]:
    """Rows that are alike, and bytes that needn't be sent if the one becomes the other; by where they stand now."""
    spelling = Spelling()
    changed = {y: (spelling.of(old[y]), spelling.of(row)) for y, row in enumerate(new) if row != old[y]}
    rows_by_part: defaultdict[str, set[int]] = defaultdict(set)
    for y, (now, _then) in changed.items():
        for part in _parts(now, 1):
            rows_by_part[part].add(y)
    pairs: dict[Pair, int] = {}
    for y, row in enumerate(new):
        if y not in changed:
            pairs[y, y] = len(row) - row.count(BLANK)
            continue
        now, then = changed[y]
        alike: Counter[int] = Counter()
        for part in _parts(then, PART_CELLS):
            alike.update(dict.fromkeys(rows_by_part.get(part, ()), _bytes(part)))
        alike[y] = sum(
            _bytes(part) for x in range(0, len(then), PART_CELLS) if now.startswith(part := then[x : x + PART_CELLS], x)
        )
        pairs |= {(source, y): saved for source, saved in sorted(alike.most_common(ALIKE_ROWS))}
    return pairs


def _parts(letters: str, step: int) -> Iterator[str]:
    x = 0
    while x < len(letters):
        is_one = is_part(letters, x)
        if is_one:
            yield letters[x : x + PART_CELLS]
        x += step if is_one else 1


def _bytes(part: str) -> int:
    """What cells cost to be sent, blanks nothing: wide characters take three bytes."""
    return len(part) - part.count(" ") + part.count(HALF)


def _chain(pairs: dict[Pair, int]) -> list[Pair]:
    """The pairs, each below the one before, by which most bytes are saved; where rows are put in or taken out, that costs."""
    chains: list[tuple[int, Pair, int | None]] = []
    for (source, y), saved in pairs.items():
        best, link = -MOVE_BYTES * (source != y), None
        for number, (value, (source_before, before), _link) in enumerate(chains):
            if source_before < source and before < y:
                value -= MOVE_BYTES * (source - y != source_before - before)
                if value > best:
                    best, link = value, number
        chains.append((best + saved, (source, y), link))
    ends = [value - MOVE_BYTES * (source != y) for value, (source, y), _link in chains]
    at = ends.index(max(ends)) if ends else None
    chain: list[Pair] = []
    while at is not None:
        _value, pair, at = chains[at]
        chain.append(pair)
    return chain[::-1]
