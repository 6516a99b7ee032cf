"""A pane whose rows are numbered: a cursor or a top row, and hits that are rows."""

from bisect import bisect_left, bisect_right

from tui.view.panes.pane import Motion, Pane, motion_rows
from tui.view.query import Query


class RowsPane(Pane):
    """Moves a cursor over numbered rows and keeps it in sight."""

    has_cursor = True
    """False: the rows only scroll."""
    tall = 1
    """Rows of the screen that each row takes up."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.cursor = 0
        self.top = 0
        self.hits: list[int] = []
        self._is_searching = False
        self._hit: int | None = None
        """Place in `hits` of the one that was gone to; None: one has moved since."""

    def count(self) -> int:
        """Number of rows."""
        raise NotImplementedError

    def row_of_number(self, number: int) -> int:
        """The row that `17G` means."""
        raise NotImplementedError

    def matching(self, query: Query) -> list[int]:
        """Rows that match, in order."""
        raise NotImplementedError

    @property
    def fits(self) -> int:
        """How many rows are to be seen at once."""
        return max(self.height // self.tall, 1)

    def go_to(self, row: int) -> None:
        """Put the cursor on a row, or as near as there is one, and show it."""
        last = max(self.count() - 1, 0)
        self.cursor = max(0, min(row, last))
        if not self.has_cursor:
            self.top = self.cursor = min(self.cursor, max(last - self.fits + 1, 0))
        self.keep_in_sight()
        self.refresh()

    def keep_in_sight(self) -> None:
        """Scroll as little as possible; far away, so that the cursor is in the middle."""
        if not self.has_cursor:
            return
        distance = max(self.top - self.cursor, self.cursor - (self.top + self.fits - 1), 0)
        if distance > self.fits // 2:
            self.top = self.cursor - self.fits // 2
        elif self.cursor < self.top:
            self.top = self.cursor
        elif distance:
            self.top = self.cursor - self.fits + 1
        self.top = max(0, min(self.top, self.count() - self.fits))

    def move(self, motion: Motion, count: int | None) -> None:
        """As in `Pane`."""
        self._hit = None
        if motion in ("top", "end"):
            row = 0 if motion == "top" else self.count() - 1
            self.go_to(row if count is None else self.row_of_number(count))
            return
        rows = motion_rows(motion, count, self.fits)
        if motion in ("page_down", "page_up", "half_down", "half_up") and self.has_cursor:
            # A page turns as a whole, the cursor stays where it is on the screen.
            self.top = max(0, min(self.top + rows, self.count() - self.fits))
        self.go_to(self.cursor + rows)

    def search(self, query: Query | None, step: int) -> None:
        """As in `Pane`."""
        self._is_searching = query is not None
        self._hit = None
        self.hits = self.matching(query) if query else []
        if self.hits and not self.is_hit(self.cursor):
            self.next_hit(step)
        self.refresh()

    def next_hit(self, step: int) -> None:
        """As in `Pane`."""
        if not self.hits:
            return
        if self._hit is not None:
            self._hit += step
        elif step > 0:
            self._hit = bisect_right(self.hits, self.cursor) + step - 1
        else:
            self._hit = bisect_left(self.hits, self.cursor) + step
        self._hit %= len(self.hits)
        self.go_to(self.hits[self._hit])

    def bookmark(self) -> tuple[int, int]:
        """As in `Pane`."""
        return self.cursor, self.top

    def go_back_to(self, bookmark: object) -> None:
        """As in `Pane`."""
        if isinstance(bookmark, tuple):
            self.cursor, self.top = bookmark
            self.refresh()

    def is_hit(self, row: int) -> bool:
        """Whether a row matches what was searched for."""
        at = bisect_left(self.hits, row)
        return at < len(self.hits) and self.hits[at] == row

    def hits_text(self) -> str:
        """As in `Pane`."""
        if not self._is_searching:
            return ""
        place = bisect_right(self.hits, self.cursor) if self._hit is None else self._hit + 1
        return f"{place}/{len(self.hits)}"

    def resized(self) -> None:
        """As in `Pane`: keep the cursor in sight."""
        before = self.top
        self.keep_in_sight()
        if self.top != before:
            self.refresh()
