"""What the panes have in common: a header, rows of which one is being read, and a way to move and to search."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.text.words.cells import fit, pad, width
from tui.view.pagetext.flow import Place, Walked
from tui.view.pagetext.query import Query
from tui.view.pagetext.sight import Motion, Numbered, Sight
from tui.view.panes.plan import Box
from tui.view.state.services import PaneName
from tui.view.terminal.look import RULES, Look, strip

WHEEL_ROWS = 3
TITLE_GAP = 2
LEAST_TITLE = 8
"""Cells from which on a title says anything."""
MARK = "\N{BLACK RIGHT-POINTING SMALL TRIANGLE}"
"""Stands in the first column of the line that is read."""


class PaneClicked(Message):
    """The mouse was pressed in a pane."""

    def __init__(self, name: PaneName, row: int) -> None:
        """`row`: below the header; -1: the header."""
        super().__init__()
        self.name, self.row = name, row


class Pane(Widget, can_focus=False):
    """A header line and rows of cells, drawn only as far as they are seen.

    Which pane is active is the screen's affair and no Textual focus: that would repaint the whole pane.
    """

    DEFAULT_CSS: ClassVar[str] = "Pane { position: absolute; width: 1; height: 1; }"
    ALLOW_SELECT: ClassVar[bool] = False
    tall = 1
    """Rows of the screen that each row takes up."""

    def __init__(self, look: Look, name: PaneName, rows: Walked) -> None:
        super().__init__(id=name)
        self.pane_name = name
        self.look = look
        self.wide = look.wide
        self.is_active = False
        self.left_rule = self.right_rule = False
        """Whether a line separates the pane from its neighbour; it takes a column of the pane."""
        self.sight = Sight(rows)
        self._place: Box | Region | None = None
        """Given by the screen; None: Textual lays it out."""
        self._fitted = Size(0, 0)
        """What rows were laid out for, where that does."""
        self.named_beside: tuple[Pane, ...] = ()
        """All panes, where this one has the screen to itself; its header names them."""

    @property
    def height(self) -> int:
        """Rows below the header."""
        return max((self._place or self.size).height - 1, 1)

    @property
    def cells(self) -> int:
        """Columns between the rules."""
        return max((self._place or self.size).width - self.left_rule - self.right_rule, 1)

    def put(self, place: Box | Region, *, is_beside: bool) -> None:
        """Stand somewhere on the screen, beside other panes or not.

        The next key counts on it already; Textual's layout comes later.
        """
        self.styles.offset = (place.x, place.y)
        self.styles.width, self.styles.height = place.width, place.height
        self.sight.is_beside = is_beside
        before, self._place = self._place, place
        if before != place:
            self.resized()

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """Textual draws in a size before it tells of it; all would be sent twice."""
        if self._place is None and self._fitted != self.size:
            self._fitted = self.size
            self.resized()

    def resized(self) -> None:
        """Fit into another size."""
        raise NotImplementedError

    def heading(self) -> str:
        """What the pane is called."""
        raise NotImplementedError

    def tally(self, *, is_brief: bool) -> str:  # noqa: ARG002 - others say more
        """What the header says of how much there is."""
        return ""

    def running_title(self) -> str:
        """The title, when it has scrolled out of sight."""
        return ""

    def beside(self) -> str:
        """What the header says at its right end; where there is no room for it, it gives way to the names."""
        return ""

    def header(self, cells: int) -> str:
        """The header's text; brackets tell the active pane, and all are named where only it is to be seen."""
        panes = self.named_beside or (self,)
        names = [pane.named(is_brief=len(panes) > 1) for pane in panes]
        right = fit(self.beside(), cells // 2, wide=self.wide)
        taken = width("  ".join(names), wide=self.wide) + 1
        right = right if taken + TITLE_GAP + width(right, wide=self.wide) <= cells else ""
        spare = cells - taken - width(right, wide=self.wide) - TITLE_GAP
        if spare > LEAST_TITLE and (title := self.running_title()):
            at = panes.index(self)
            names[at] = f"{names[at].rstrip()}{' ' * TITLE_GAP}{fit(title, spare, wide=self.wide)}"
        return f"{pad('  '.join(names), cells - 1 - width(right, wide=self.wide), wide=self.wide)}{right} "

    def named(self, *, is_brief: bool) -> str:
        """The name for a header, in brackets if the pane is active."""
        tally = self.tally(is_brief=is_brief)
        name = f"[{self.heading()}]" if self.is_active else f" {self.heading()} "
        return f"{name.rstrip()}{' ' * (2 - is_brief)}{tally} " if tally else name

    def paint(self, y: int) -> Strip:
        """Row `y` below the header, `cells` wide."""
        raise NotImplementedError

    def marked_row(self) -> int | None:
        """The row below the header that has the mark of the line that is read; None: none has."""
        return self.sight.at

    @property
    def mark_column(self) -> int:
        """Where the mark stands in its row."""
        return 0

    def numbered(self, number: int) -> Place:
        """The row that `17G` means."""
        raise NotImplementedError

    def move(self, motion: Motion, count: int | None) -> None:
        """Move as a key says; `count` is the number typed before it."""
        top, before = self.sight.top, self.sight.at
        if motion not in ("top", "end"):
            self.sight.move(motion, count)
        elif count is not None:
            self.sight.read(self.numbered(count))
        else:
            self.sight.read(Place(0, 0) if motion == "top" else self.sight.rows.last())
        if self.sight.top != top:
            self.redraw()
        else:
            for row in {before, self.sight.at}:
                self.refresh(Region(0, 1 + row * self.tall, self.size.width, self.tall))

    def read_row(self, y: int) -> bool:
        """Go to the line in row `y` below the header; returns whether there is one."""
        rows, top, below = self.sight.rows, self.sight.top, y // self.tall
        line = rows.move(top, below)
        if below and line == rows.move(top, below - 1):
            return False
        self.sight.read(line)
        self.redraw()
        return True

    def redraw(self) -> None:
        """Something about the rows has changed."""
        self.refresh()

    def search(self, query: Query | None, step: int) -> None:
        """Look for something from where one is, forwards (1) or backwards (-1); None: forget the last one."""
        raise NotImplementedError

    def texts(self) -> list[str]:
        """What is searched."""
        raise NotImplementedError

    def next_hit(self, step: int) -> None:
        """Go `step` hits on, around the end."""
        raise NotImplementedError

    def bookmark(self) -> object:
        """Where one is, for `go_back_to`."""
        return self.sight.top, self.sight.line

    def go_back_to(self, bookmark: object) -> None:
        """Be where one was."""
        if isinstance(bookmark, tuple):
            self.sight.top, self.sight.line = bookmark[:2]
            self.redraw()

    def hits_text(self) -> str:
        """Such as `3/17`; empty without a search."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """A row for Textual: the header, or a row of content between the rules."""
        self._fit()
        if y == 0:
            style = self.look.style("header" if self.is_active else "header_away")
            row = strip([(self.header(self.size.width), style)], self.size.width, wide=self.wide, fill=style)
        else:
            rule = [strip([(RULES[self.wide], self.look.style("rule"))], 1, wide=False)]
            content = self.paint(y - 1)
            if y - 1 == self.marked_row():
                mark = strip([(MARK, self.look.style("mark" if self.is_active else "mark_away"))], 1, wide=False)
                at = self.mark_column
                content = Strip.join([content.crop(0, at), mark, content.crop(at + 1)])
            row = Strip.join([*rule * self.left_rule, content, *rule * self.right_rule])
        return row.apply_style(self.look.base) if self.look.base else row

    def on_mouse_scroll_down(self) -> None:
        self.move("scroll_down", WHEEL_ROWS)

    def on_mouse_scroll_up(self) -> None:
        self.move("scroll_up", WHEEL_ROWS)

    def on_click(self, event: events.Click) -> None:
        self.post_message(PaneClicked(self.pane_name, event.y - 1))

    def activate(self, is_active: bool) -> None:
        """Show whether the keys go to this pane."""
        if self.is_active != is_active:
            self.is_active = is_active
            self.refresh()


class RowsPane(Pane):
    """Shows which of its numbered rows one is at: by a cursor over the whole row, or by a mark before it."""

    has_cursor = True
    """False: rows are read, and none of them is chosen."""

    def __init__(self, look: Look, name: PaneName) -> None:
        super().__init__(look, name, Numbered(self.count))
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
        return [text for _row, text in self.row_texts()]

    def numbered(self, number: int) -> Place:
        return self._nearest(self.row_of_number(number))

    def _nearest(self, row: int) -> Place:
        return Place(max(0, min(row, self.count() - 1)), 0)

    def marked_row(self) -> int | None:
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
        self._hit = None
        super().move(motion, count)

    def search(self, query: Query | None, step: int) -> None:
        self._is_searching = query is not None
        self._hit = None
        self.hits = []
        if query is not None:
            self.find_hits(query)
        if self.hits and not self.is_hit(self.cursor):
            self.next_hit(step)
        self.refresh()

    def find_hits(self, query: Query) -> None:
        """Take note of the rows that match."""
        self.hits = sorted({row for row, text in self.row_texts() if query.matches(text)})

    def next_hit(self, step: int) -> None:
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
        if not self._is_searching:
            return ""
        place = bisect_right(self.hits, self.cursor) if self._hit is None else self._hit + 1
        return f"{place}/{len(self.hits)}"

    def resized(self) -> None:
        self.sight.fit(self.height // self.tall)
        self.redraw()
