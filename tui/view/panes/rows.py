"""A pane whose rows are numbered: a cursor or a top row, and hits that are rows."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from tui.view.look import Look
from tui.view.panes.pane import Pane
from tui.view.plan import PaneName
from tui.view.query import Query
from tui.view.settings import Settings
from tui.view.sight import Motion, Numbered
from tui.view.walk import Place


class RowsPane(Pane):
    """Shows which of its numbered rows one is at: by a cursor over the whole row, or by a mark before it."""

    has_cursor = True
    """False: rows are read, and none of them is chosen."""

    def __init__(self, look: Look, settings: Settings, name: PaneName) -> None:
        super().__init__(look, settings, name, Numbered(self.count))
        self.hits: list[int] = []
        self._is_searching = False
        self._hit: int | None = None
        """Place in `hits` of the one that was gone to; None: one has moved since."""

    @property
    def cursor(self) -> int:
        """The row that one is at."""
        return self.sight.line.piece

    @property
    def top(self) -> int:
        """The uppermost row in sight."""
        return self.sight.top.piece

    def count(self) -> int:
        """Number of rows."""
        raise NotImplementedError

    def row_of_number(self, number: int) -> int:
        """The row that `17G` means."""
        raise NotImplementedError

    def row_texts(self) -> Iterable[tuple[int, str]]:
        """Rows in which is searched, and what stands in them."""
        raise NotImplementedError

    def texts(self) -> list[str]:
        """As in `Pane`."""
        return [text for _row, text in self.row_texts()]

    def numbered(self, number: int) -> Place:
        """As in `Pane`."""
        return self._nearest(self.row_of_number(number))

    def _nearest(self, row: int) -> Place:
        return Place(max(0, min(row, self.count() - 1)), 0)

    def marked_row(self) -> int | None:
        """As in `Pane`."""
        return self.sight.at * self.tall if self.is_active and not self.has_cursor else None

    def go_to(self, row: int) -> None:
        """Go to a row, or as near as there is one, and show it."""
        self.sight.read(self._nearest(row))
        self.redraw()

    def put_at(self, row: int, top: int) -> None:
        """Go to a row, with another one uppermost as far as both can be seen."""
        self.sight.put(self._nearest(top), self._nearest(row))
        self.redraw()

    def move(self, motion: Motion, count: int | None) -> None:
        """As in `Pane`."""
        self._hit = None
        super().move(motion, count)

    def search(self, query: Query | None, step: int) -> None:
        """As in `Pane`."""
        self._is_searching = query is not None
        self._hit = None
        self.hits = sorted(row for row, text in self.row_texts() if query.matches(text)) if query else []
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
        """As in `Pane`."""
        self.sight.fit(self.height // self.tall)
        self.redraw()
