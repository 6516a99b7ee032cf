"""Turns rows of cells into the fewest bytes: cursor moves, styles and erasures that cost least where they stand."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

Codes = tuple[str, ...]
"""SGR parameters, each with its arguments; empty: the terminal's own look."""
Cell = tuple[str, Codes]
"""A character with its marks; the text of the right half of a wide one is empty."""

BLANK: Cell = (" ", ())
NEAR_CELLS = 4
"""Unchanged cells between two changes that are sent again rather than skipped by a cursor move."""
ERASED_CELLS = 8
"""Blanks in a row from which on erasing is shorter than writing them."""

_UNSEEN = frozenset({"1", "2", "3", *map(str, range(30, 38)), *map(str, range(90, 98))})
"""SGR parameters that a blank doesn't show: weight, slant, and the colour of letters."""
_UNSURE = re.compile(
    "[\u0900-\u0dff\u0f00-\u11ff\u1780-\u18af\u1900-\u1cff\u200c\u200d\ua800-\uabff\ud7b0-\ud7ff"
    "\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U0001fa70-\U0001faff]"
)
"""Characters about whose width terminals differ: syllables of Indic scripts and of Hangul by its letters, flags, tones of
skin, young emoji."""
_LETTERS_SEEN = frozenset({"4", "7", "9", "21", "53"})


@lru_cache(1024)
def seen_on_blank(codes: Codes) -> Codes:
    """What of a style a blank shows; blanks that look alike have to be alike.

    Lines through or under it, and reverse video, show the colour and weight of letters too.
    """
    if not _LETTERS_SEEN.isdisjoint(codes):
        return codes
    return tuple(code for code in codes if code not in _UNSEEN and not code.startswith("38;"))


def is_sure(text: str) -> bool:
    """Whether all terminals take the same cells for a text."""
    return not _UNSURE.search(text)


class Writer:
    """Writes cells, and knows where the cursor is and which SGR is in force."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._at = (-1, -1)
        self._codes: Codes = ()

    def clear(self) -> None:
        """Empty the screen."""
        self._out.append("\x1b[m\x1b[2J")

    def done(self) -> str:
        """Everything written, with SGR as it was before."""
        self._look(())
        return "".join(self._out)

    def scroll(self, top: int, bottom: int, rows: int) -> None:
        """Shift the rows from `top` to `bottom`, inclusive, up by so many, or down if negative; blank ones come in.

        By IND and RI at the margins, which every terminal since the VT100 knows.
        """
        self._look(())
        edge, sign = (bottom, "\x1bD") if rows > 0 else (top, "\x1bM")
        self._out.append(f"\x1b[{top + 1};{bottom + 1}r\x1b[{edge + 1}H{sign * abs(rows)}\x1b[r")
        self._at = (-1, -1)  # at home, but not with every emulator

    def turn(self, y: int, old: Sequence[Cell], new: Sequence[Cell]) -> None:
        """Turn row `y` from `old` into `new`."""
        tail = len(new)
        while tail and new[tail - 1] == BLANK:
            tail -= 1
        is_sure = True
        for start, end in _changes(old, new, tail):
            is_sure = not any(_UNSURE.search(char) for char, _codes in new[start:end] if char > "\x7f")
            if not is_sure:
                self._spaced(new, start, tail, y)
                break
            self._move(start, y)
            self._cells(new, start, end)
        if any(cell != BLANK for cell in old[tail:]) or (not is_sure and tail < len(new)):
            self._move(tail, y)
            self._look(())
            self._out.append("\x1b[K")

    def _spaced(self, row: Sequence[Cell], start: int, end: int, y: int) -> None:
        """Write cells of which the terminal may think that they are narrower or wider: each stretch begins in its place."""
        x = start
        while x < end:
            until, is_unsure = _stretch(row, x, end)
            self._move(x, y)
            if is_unsure:
                # What the terminal leaves free is blank, and what it takes too much is written over by what follows.
                self._look(())
                self._out.append(f"\x1b[{until - x}X")
            self._cells(row, x, until)
            if is_unsure:
                self._at = (-1, -1)
            x = until

    def _cells(self, row: Sequence[Cell], start: int, end: int) -> None:
        x = start
        while x < end:
            blanks = 0
            while x + blanks < end and row[x + blanks] == BLANK:
                blanks += 1
            if blanks >= ERASED_CELLS:
                self._look(())
                self._out.append(f"\x1b[{blanks}X\x1b[{blanks}C")
                x += blanks
                continue
            char, codes = row[x]
            if char != " " or seen_on_blank(self._codes) != codes:
                self._look(codes)
            self._out.append(char)
            x += 1
        # In the last column terminals differ about where the cursor stands.
        self._at = (end, self._at[1]) if end < len(row) else (-1, -1)

    def _move(self, x: int, y: int) -> None:
        if self._at == (x, y):
            return
        ways = [f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H" if y else "\x1b[H"]
        at_x, at_y = self._at
        if at_y == y:
            if x == 0:
                ways.append("\r")
            elif x > at_x:
                ways.append(f"\x1b[{x - at_x}C")
            else:
                ways += ["\b" * (at_x - x), f"\x1b[{at_x - x}D"]
        elif at_y >= 0 and at_y < y <= at_y + 2 and x == 0:
            ways.append("\r" + "\x1bD" * (y - at_y))
        elif x == at_x and at_y >= 0:
            ways.append(f"\x1b[{y - at_y}B" if y > at_y else f"\x1b[{at_y - y}A")
        self._out.append(min(ways, key=len))
        self._at = (x, y)

    def _look(self, codes: Codes) -> None:
        if codes == self._codes:
            return
        if set(self._codes) <= set(codes):
            more = [code for code in codes if code not in self._codes]
            self._out.append(f"\x1b[{';'.join(more)}m")
        else:
            self._out.append(f"\x1b[;{';'.join(codes)}m" if codes else "\x1b[m")
        self._codes = codes


def _stretch(row: Sequence[Cell], start: int, end: int) -> tuple[int, bool]:
    """Where the cells end that are all of sure width, or all not, from a place on; and whether they are not."""
    is_unsure = bool(_UNSURE.search(row[start][0]))
    x = start + 1
    while x < end and (row[x][0] == "" or bool(_UNSURE.search(row[x][0])) == is_unsure):
        x += 1
    return x, is_unsure


def _changes(old: Sequence[Cell], new: Sequence[Cell], tail: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches before `tail` that differ, whole characters only, near ones joined."""
    x = 0
    pending: tuple[int, int] | None = None
    while x < tail:
        if old[x] == new[x]:
            x += 1
            continue
        start = x
        # Half a wide character can't be written, and writing over one half destroys the other.
        while start and (new[start][0] == "" or old[start][0] == ""):
            start -= 1
        while x < tail and old[x] != new[x]:
            x += 1
        while x < tail and new[x][0] == "":
            x += 1
        if pending and start - pending[1] <= NEAR_CELLS:
            pending = (pending[0], x)
        else:
            if pending:
                yield pending
            pending = (start, x)
    if pending:
        yield pending
