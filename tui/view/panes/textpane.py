"""A pane that scrolls through a text of any length: rows, hits, a caret, and marks over them."""

from textual import events
from textual.strip import Strip

from tui.view.flow import Flow, Row, TextFlow
from tui.view.hits import Hits
from tui.view.look import Look
from tui.view.marking import Shown, sign
from tui.view.messages import HitsCounted
from tui.view.pagetext import runs
from tui.view.paint import expanded, strip
from tui.view.panes.caret import Caret, offset_at
from tui.view.panes.pane import Motion, Pane, motion_rows
from tui.view.query import Query
from tui.view.settings import Settings
from tui.view.walk import Place

GUTTER_CELLS = 2


class TextPane(Pane):
    """Knows a flow and where in it one is; what isn't in sight is not laid out."""

    def __init__(self, look: Look, settings: Settings) -> None:
        super().__init__(look, settings, "body")
        self._flow: Flow = TextFlow("", 80)
        self._top = Place(0, 0)
        self._in_sight: list[Row] | None = None
        self._over = Shown()
        self._pressed: int | None = None

    def kind(self, offset: int) -> str:
        """Name of the look of the text at an offset."""
        raise NotImplementedError

    def searchable(self) -> str:
        """The text in which is searched; its offsets are those of the flow."""
        raise NotImplementedError

    @property
    def room(self) -> int:
        """Cells for text."""
        return max(self.cells - GUTTER_CELLS - 1, 8)

    def top_offset(self) -> int:
        """Where in the text the uppermost row starts."""
        row = self._flow.row(self._top)
        return row.start if row else 0

    def set_flow(self, flow: Flow, offset: int) -> None:
        """Show other rows, from an offset on."""
        self._flow = flow
        self._set_top(flow.place_of(offset))

    def _set_top(self, place: Place) -> None:
        lowest = self._flow.move(self._flow.last(), 1 - self.height)
        self._top = min(place, lowest)
        self.redraw()

    def redraw(self) -> None:
        """Something about the rows has changed."""
        self._in_sight = None
        self.refresh()

    def rows_in_sight(self) -> list[Row]:
        """The rows on the screen, from the top."""
        if self._in_sight is None:
            rows: list[Row] = []
            place = self._top
            while len(rows) < self.height and (row := self._flow.row(place)) is not None:
                rows.append(row)
                below = self._flow.move(place, 1)
                if below == place:
                    break
                place = below
            self._in_sight = rows
        return self._in_sight

    def percent(self) -> int:
        """How much of the text lies above the lower edge."""
        rows = self.rows_in_sight()
        if not rows or not self._flow.length:
            return 100
        end = rows[-1].end
        return 100 if self._flow.length - end <= 1 else 100 * end // self._flow.length

    def move(self, motion: Motion, count: int | None) -> None:
        """As in `Pane`."""
        to_line = motion == "top" or (motion == "end" and count is not None)
        if self._over.caret is not None:
            self._move_caret(self._over.caret, motion, count, to_line=to_line)
        elif to_line:
            self._set_top(self._flow.line((count or 1) - 1))
        elif motion == "end":
            self._set_top(self._flow.last())
        else:
            self._set_top(self._flow.move(self._top, motion_rows(motion, count, self.height)))

    def _move_caret(self, caret: Caret, motion: Motion, count: int | None, *, to_line: bool) -> None:
        if to_line or motion == "end":
            place = self._flow.line((count or 1) - 1) if to_line else self._flow.last()
            row = self._flow.row(place)
            self.put_caret(caret.at(row.start if row else 0))
        else:
            rows = motion_rows(motion, count, self.height)
            self.put_caret(caret.across(self._flow, rows, wide=self.wide))

    @property
    def caret(self) -> Caret | None:
        """The caret; None: there is none."""
        return self._over.caret

    def put_caret(self, caret: Caret | None) -> None:
        """Put the caret somewhere and bring it into sight; None: take it away."""
        self._over.caret = caret
        if caret is not None:
            self._follow(caret.offset)
        self.redraw()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where the button went down: moving on from there selects."""
        self._pressed = self._offset_at(event.x, event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select from where the button went down."""
        here = self._offset_at(event.x, event.y)
        if event.button and self._pressed is not None and here is not None and here != self._pressed:
            self._over.caret = Caret(here, self._pressed)
            self.redraw()

    def on_mouse_up(self) -> None:
        """The selection stays as it is."""
        self._pressed = None

    def _offset_at(self, x: int, y: int) -> int | None:
        """The character in a cell of the pane, or the last one of its row; None: there is no text."""
        rows = self.rows_in_sight()
        if not 1 <= y <= len(rows) or not isinstance(self._flow, TextFlow):
            return None
        return offset_at(rows[y - 1], x - self.left_rule - GUTTER_CELLS, wide=self.wide)

    def selection(self) -> str:
        """What is selected; empty: nothing."""
        caret = self._over.caret
        return "" if caret is None or caret.anchor < 0 else self.searchable()[slice(*caret.span)]

    def paragraph(self) -> str:
        """The line of the text that the caret is on, or that begins uppermost in sight."""
        text, at = self.searchable(), self.first_in_sight() if self._over.caret is None else self._over.caret.offset
        end = text.find("\n", at)
        return text[text.rfind("\n", 0, at) + 1 : len(text) if end < 0 else end]

    def step_caret(self, steps: int) -> None:
        """Move the caret by characters."""
        if self._over.caret is not None:
            self.put_caret(self._over.caret.along(self._flow.length, steps))

    def first_in_sight(self) -> int:
        """Offset of the first character in sight."""
        return next((row.start for row in self.rows_in_sight() if row.end > row.start), 0)

    def _follow(self, offset: int) -> None:
        """Scroll as little as possible; far away, so that the offset is a third from the top."""
        place = self._flow.place_of(offset)
        lowest = self._flow.move(self._top, self.height - 1)
        if self._top <= place <= lowest:
            return
        if self._flow.move(self._top, -2) <= place < self._top:
            self._set_top(place)
        elif lowest < place <= self._flow.move(lowest, 2):
            self._set_top(self._flow.move(place, 1 - self.height))
        else:
            self._set_top(self._flow.move(place, -(self.height // 3)))

    def go_to_offset(self, offset: int) -> None:
        """Bring a place in the text into sight, with the caret on it if there is one."""
        if self._over.caret is not None:
            self._over.caret = self._over.caret.at(offset)
        rows = self.rows_in_sight()
        if not rows or not rows[0].start <= offset < max(rows[-1].end, rows[0].start + 1):
            self._set_top(self._flow.move(self._flow.place_of(offset), -(self.height // 3)))
        self.redraw()

    def search(self, query: Query | None, step: int) -> None:
        """As in `Pane`."""
        self._over.hits = None
        if query is not None:
            self._over.hits = Hits(query, self.searchable(), self._here(), step)
            self._go_to_hit(self._over.hits.now)
            self._count_on()
        self.redraw()

    def _here(self) -> int:
        return self.top_offset() if self._over.caret is None else self._over.caret.offset

    def _count_on(self) -> None:
        """Count hits, a little at a time, so that keys have their turn."""
        hits = self._over.hits
        if hits is not None and not hits.is_complete:
            hits.count()
            self.set_timer(0.001, self._count_on)
            self.post_message(HitsCounted())
            self.refresh()

    def next_hit(self, step: int) -> None:
        """As in `Pane`; from the caret or, where one has left the hit behind, from what is in sight."""
        hits = self._over.hits
        if hits is None:
            return
        rows = self.rows_in_sight()
        is_left = hits.now is not None and bool(rows) and not rows[0].start <= hits.now[0] <= rows[-1].end
        self._go_to_hit(hits.go(step, self._here() if is_left or self._over.caret is not None else None))

    def _go_to_hit(self, span: tuple[int, int] | None) -> None:
        if span is not None:
            self.go_to_offset(span[0])

    def bookmark(self) -> tuple[Place, Caret | None]:
        """As in `Pane`."""
        return self._top, self._over.caret

    def go_back_to(self, bookmark: object) -> None:
        """As in `Pane`."""
        if isinstance(bookmark, tuple):
            self._top, self._over.caret = bookmark
            self.redraw()

    def hits_text(self) -> str:
        """As in `Pane`."""
        return "" if self._over.hits is None else str(self._over.hits)

    def paint(self, y: int) -> Strip:
        """As in `Pane`."""
        rows = self.rows_in_sight()
        if y >= len(rows):
            return strip([], self.cells, wide=self.wide)
        row = rows[y]
        marks = self._over.marks(row, self._flow)
        parts = [(run.text, self.look.style(*run.names)) for run in runs(row, marks, self.kind(row.start))]
        if "\t" in row.text:
            parts = expanded(parts, wide=self.wide)
        if self._over.has_caret_behind(row):
            parts.append((" ", self.look.style("caret")))
        margin, name = sign(row, marks)
        return strip([(margin, self.look.style(name)), *parts], self.cells, wide=self.wide)
