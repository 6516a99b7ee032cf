"""Turns rows of cells into the fewest bytes: the moves, styles, erasures and shifts that cost least where they stand."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from tui.view.terminal.cell import BLANK, Cell, Codes, Spelling, is_sure, is_sure_row, seen_on_blank
from tui.view.terminal.sweeps import Sweep, sweeps

LONG_BYTES = 20
"""What a row costs for which other ways are tried."""


class Way(NamedTuple):
    """What is written for a row, and where the cursor and which SGR is in force then."""

    parts: list[str]
    at: tuple[int, int]
    codes: Codes

    @property
    def cost_bytes(self) -> int:
        """What goes over the line."""
        return len("".join(self.parts).encode())


class Writer:
    """Writes cells, and knows where the cursor is and which SGR is in force."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._at = (-1, -1)
        self._codes: Codes = ()
        self._spelling = Spelling()
        self.cost_bytes = 0
        """What goes over the line."""

    def done(self) -> str:
        """Everything written, with SGR as it was before."""
        self._look(())
        return "".join(self._out)

    def scroll(self, sequence: str) -> None:
        """Have the terminal move rows; where the cursor is then, terminals differ."""
        self._look(())
        self._out.append(sequence)
        self.cost_bytes += len(sequence)
        self._at = (-1, -1)

    def turn(self, y: int, old: Sequence[Cell], new: Sequence[Cell]) -> None:
        """Turn row `y` from `old` into `new`, by the way that costs least of those that are tried."""
        if old is new:
            return
        best, done = self._way(y, old, new, ()), list[Sweep]()
        is_tried = best.cost_bytes >= LONG_BYTES and {*old} > {BLANK} and is_sure_row(old) and is_sure_row(new)
        while is_tried:
            now, x = (done[-1].after, done[-1].x) if done else (old, 0)
            ways = [(self._way(y, old, new, [*done, sweep]), sweep) for sweep in sweeps(now, new, x, self._spelling)]
            way, sweep = min(ways, key=lambda each: each[0].cost_bytes, default=(best, None))
            is_tried = sweep is not None and way.cost_bytes < best.cost_bytes
            if sweep is not None and is_tried:
                best, done = way, [*done, sweep]
        self._out += best.parts
        self.cost_bytes += best.cost_bytes
        self._at, self._codes = best.at, best.codes

    def _way(self, y: int, old: Sequence[Cell], new: Sequence[Cell], done: Iterable[Sweep]) -> Way:
        """What is to be written if these sweeps are made; nothing is."""
        before = self._out, self._at, self._codes
        self._out = []
        start = 0
        for sweep in done:
            self._stretches(y, old, new, start, sweep.x)
            self._move(sweep.x, y, new)
            self._look_blank()
            self._out.append(sweep.sequence)
            start, old = sweep.x, sweep.after
        self._stretches(y, old, new, start, len(new))
        way = Way(self._out, self._at, self._codes)
        self._out, self._at, self._codes = before
        return way

    def _stretches(self, y: int, old: Sequence[Cell], new: Sequence[Cell], start: int, end: int) -> None:
        """Turn the cells from `start` to `end` from `old` into `new`."""
        tail = end
        while end == len(new) and tail > start and new[tail - 1] == BLANK:
            tail -= 1
        until = -1
        is_sure_width = True
        for first, last in _joined(_changes(old, new, start, tail), new):
            is_sure_width = is_sure_row(new[first:last])
            if not is_sure_width:
                self._spaced(new, first, tail, y)
                break
            if self._at == (until, y) and self._is_shorter_again(new, until, first):
                self._cells(new, until, first, y)
            self._cells(new, first, last, y)
            until = last
        if end == len(new) and (any(cell != BLANK for cell in old[tail:]) or (not is_sure_width and tail < end)):
            self._move(tail, y, new)
            self._look_blank()
            self._out.append("\x1b[K")

    def _is_shorter_again(self, row: Sequence[Cell], start: int, end: int) -> bool:
        """Whether to send unchanged cells again costs no more than to skip them."""
        skipped = len(_right(end - start)) + len(sgr(self._codes, _look_of(row[end], self._codes)))
        again, codes = 0, self._codes
        for cell in row[start:end]:
            look = _look_of(cell, codes)
            again += len(sgr(codes, look)) + len(cell[0].encode())
            codes = look
            if again > skipped:
                return False
        return again + len(sgr(codes, _look_of(row[end], codes))) <= skipped and is_sure_row(row[start:end])

    def _spaced(self, row: Sequence[Cell], start: int, end: int, y: int) -> None:
        """Write cells of which the terminal may think that they are narrower or wider: each stretch begins in its place."""
        x = start
        while x < end:
            until, is_unsure = _stretch(row, x, end)
            if is_unsure:
                # What the terminal leaves free is blank, and what it takes too much is written over by what follows.
                self._move(x, y, row)
                self._look(())
                self._out.append(f"\x1b[{until - x}X")
            self._cells(row, x, until, y)
            if is_unsure:
                self._at = (-1, -1)
            x = until

    def _cells(self, row: Sequence[Cell], start: int, end: int, y: int) -> None:
        x = start
        while x < end:
            blanks = 0
            while x + blanks < end and row[x + blanks] == BLANK:
                blanks += 1
            self._move(x, y, row)
            erased = f"\x1b[{blanks}X"
            if blanks > len(erased) + (len(_right(blanks)) if x + blanks < end else 0):
                self._look_blank()
                self._out.append(erased)
                x += blanks
                continue
            self._look(_look_of(row[x], self._codes))
            self._out.append(row[x][0])
            x += 1
            # In the last column terminals differ about where the cursor stands.
            self._at = (x, y) if x < len(row) else (-1, -1)

    def _move(self, x: int, y: int, row: Sequence[Cell]) -> None:
        """Go to a place in a row, before which all is as it is to be."""
        if self._at == (x, y):
            return
        ways = [f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H" if y else "\x1b[H"]
        at_x, at_y = self._at
        if at_y == y:
            if x == 0:
                ways.append("\r")
            elif x > at_x:
                ways.append(_right(x - at_x))
            else:
                ways += ["\b" * (at_x - x), f"\x1b[{at_x - x}D"]
        elif at_y >= 0:
            if x == at_x:
                ways.append(f"\x1b[{y - at_y}B" if y > at_y else f"\x1b[{at_y - y}A")
            below = "\r" + "\x1bD" * (y - at_y) + " " * x
            if at_y < y and len(below) < len(ways[0]) and not seen_on_blank(self._codes) and {*row[:x]} <= {BLANK}:
                ways.append(below)
        self._out.append(min(ways, key=len))
        self._at = (x, y)

    def _look(self, codes: Codes) -> None:
        self._out.append(sgr(self._codes, codes))
        self._codes = codes

    def _look_blank(self) -> None:
        """Have what is erased be blank."""
        if seen_on_blank(self._codes):
            self._look(())


def _right(cells: int) -> str:
    return f"\x1b[{cells}C" if cells > 1 else "\x1b[C"


def _look_of(cell: Cell, now: Codes) -> Codes:
    """In which look a cell is written where another one is in force: blanks in any that they don't show."""
    char, codes = cell
    return now if char == "" or (char == " " and seen_on_blank(now) == codes) else codes


@lru_cache(4096)
def sgr(before: Codes, after: Codes) -> str:
    """Return the shortest SGR that turns one look into another.

    >>> sgr(("1", "36"), ("1", "32")), sgr(("9", "31"), ("32",)), sgr(("2",), ()), sgr(("1",), ("1",))
    ('\\x1b[32m', '\\x1b[;32m', '\\x1b[m', '')
    """
    more = ";".join(code for code in after if code not in before)
    kinds = {*map(_kind, after)} - {""}
    if all(code in after or _kind(code) in kinds for code in before):
        return more and f"\x1b[{more}m"
    return f"\x1b[;{';'.join(after)}m" if after else "\x1b[m"


def _kind(code: str) -> str:
    """What a colour is of; it takes the place of another one. Empty: it is none."""
    number = int(code.partition(";")[0])
    if 30 <= number <= 38 or 90 <= number <= 97:
        return "letters"
    return "ground" if 40 <= number <= 48 or 100 <= number <= 107 else ""


def _stretch(row: Sequence[Cell], start: int, end: int) -> tuple[int, bool]:
    """Where the cells end that are all of sure width, or all not, from a place on; and whether they are not."""
    is_unsure = not is_sure(row[start][0])
    x = start + 1
    while x < end and (row[x][0] == "" or is_sure(row[x][0]) != is_unsure):
        x += 1
    return x, is_unsure


def _changes(old: Sequence[Cell], new: Sequence[Cell], start: int, tail: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches from `start` to `tail` that differ, whole characters only."""
    x = start
    while x < tail:
        if old[x] == new[x]:
            x += 1
            continue
        first = x
        # Half a wide character can't be written, and writing over one half destroys the other.
        while first > start and (new[first][0] == "" or old[first][0] == ""):
            first -= 1
        while x < tail and old[x] != new[x]:
            x += 1
        while x < tail and new[x][0] == "":
            x += 1
        yield first, x


def _joined(stretches: Iterable[tuple[int, int]], row: Sequence[Cell]) -> Iterator[tuple[int, int]]:
    """Yield the stretches, as one where only blanks stand before, between and behind: they are erased at once."""
    pending: tuple[int, int] | None = None
    for first, last in stretches:
        if pending and all(cell == BLANK for cell in row[pending[1] - 1 : first + 1]):
            pending = pending[0], last
            continue
        if pending:
            yield pending
        pending = first, last
    if pending:
        yield pending
