"""Which rows of a pane are in sight and which one is being read: how both move together."""

from collections.abc import Callable
from typing import Literal

from tui.view.pagetext.flow import Place, Walked

Motion = Literal["down", "up", "scroll_down", "scroll_up", "page_down", "page_up", "half_down", "half_up", "top", "end"]

MARGIN_ROWS = 3
"""Rows that one sees beyond the line that is read, where there are more."""


class Numbered:
    """Rows of which nothing is known but how many there are: each is a piece by itself."""

    def __init__(self, count: Callable[[], int]) -> None:
        self._count = count

    def move(self, place: Place, rows: int) -> Place:
        return Place(max(0, min(place.piece + rows, self._count() - 1)), 0)

    def last(self) -> Place:
        return Place(max(self._count() - 1, 0), 0)


class Sight:
    """The uppermost row and the line that is read, which is always in sight.

    The line moves and the rows stand still until it comes near an edge. Where the pane has the whole width of the
    terminal, they scroll by as little as possible: the terminal does that itself. Beside another pane all of them have
    to be sent again, so half a page comes at once, and many steps cost nothing.
    """

    def __init__(self, rows: Walked) -> None:
        self.rows = rows
        self.top = self.line = Place(0, 0)
        self.height = 1
        """Rows in sight."""
        self.is_beside = False
        """Other panes stand to the left or right."""

    @property
    def bottom(self) -> Place:
        """The lowest row in sight."""
        return self.rows.move(self.top, self.height - 1)

    @property
    def at(self) -> int:
        """How many rows below the uppermost one the line is."""
        place, below = self.top, 0
        # There may be fewer rows by now than when the line was read.
        line = min(self.line, self.rows.last())
        while place < line:
            place, below = self.rows.move(place, 1), below + 1
        return below

    def fit(self, height: int) -> None:
        """Have so many rows in sight from now on."""
        self.height = max(height, 1)
        self.put(self.top, self.line)

    def put(self, top: Place, line: Place) -> None:
        """Have a row uppermost, as far as there is something to show below it, and read a line, preferably in sight."""
        self._scroll_to(top)
        self.read(line)

    def _scroll_to(self, top: Place) -> None:
        self.top = min(top, self.rows.move(self.rows.last(), 1 - self.height))

    def move(self, motion: Motion, count: int | None) -> None:
        """Move as a key says; not for `top` and `end`. `count` is the number typed before it."""
        rows = motion_rows(motion, count, self.height)
        if motion in ("down", "up"):
            self.read(self.rows.move(self.line, rows), 1 if rows > 0 else -1)
            return
        self._scroll_to(self.rows.move(self.top, rows))
        if motion not in ("scroll_down", "scroll_up"):
            self.line = self.rows.move(self.line, rows)
        self.line = max(self.top, min(self.line, self.bottom))

    def read(self, line: Place, step: int = 0) -> None:
        """Go to a line and have it in sight: `step` on from where one was (1) or back (-1), or somewhere else (0).

        What is far away is shown a third from the top.
        """
        margin = min(MARGIN_ROWS, (self.height - 1) // 4)
        first = self.rows.move(self.top, margin if step < 0 else 0)
        last = self.rows.move(self.bottom, -margin if step > 0 else 0)
        self.line = line
        if first <= line <= last:
            return
        half = self.height // 2
        is_near = self.rows.move(first, -half) <= line <= self.rows.move(last, half)
        if step == 0 or not is_near:
            row = self.height // 3
        elif self.is_beside:
            row = half
        else:
            row = self.height - 1 - margin if step > 0 else margin
        self._scroll_to(self.rows.move(line, -row))


def motion_rows(motion: Motion, count: int | None, height: int) -> int:
    """How many rows a motion goes down; negative: up. Not for `top` and `end`.

    >>> motion_rows("page_down", None, 20), motion_rows("up", 5, 20)
    (18, -5)
    """
    page = max(height - 2, 1)
    size = {
        "down": 1,
        "up": -1,
        "scroll_down": 1,
        "scroll_up": -1,
        "page_down": page,
        "page_up": -page,
        "half_down": height // 2,
        "half_up": -(height // 2),
    }
    return size[motion] * (count or 1)
