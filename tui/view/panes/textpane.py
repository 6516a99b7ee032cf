"""A pane that scrolls through a text of any length: rows, hits, a caret, and marks over them."""

from textual import events
from textual.message import Message
from textual.strip import Strip

from tui.text.words.cells import pad, width
from tui.view.pagetext.flow import Flow, Place, TextFlow
from tui.view.pagetext.marking import Caret, Shown, offset_at, resting, sign
from tui.view.pagetext.query import Hits, Query
from tui.view.pagetext.rows import Row
from tui.view.pagetext.sight import Motion
from tui.view.pagetext.text import runs
from tui.view.panes.pane import Pane
from tui.view.terminal.look import Look, expanded, strip

GUTTER_CELLS = 2


class HitsCounted(Message):
    """More hits of a search were counted."""

    def can_replace(self, message: Message) -> bool:
        """One of them is enough."""
        return isinstance(message, HitsCounted)


class TextPane(Pane):
    """Knows a flow and where in it one is; what isn't in sight is not laid out."""

    def __init__(self, look: Look) -> None:
        self._flow: Flow = TextFlow("", 80)
        super().__init__(look, "body", self._flow)
        self._in_sight: list[Row] | None = None
        self._over = Shown()
        self._pressed: int | None = None
        self.indent = 0
        """Cells by which the text stands further to the right, in the midst of the pane."""
        self._aside = 0
        """Cells of wide tables that are out of sight to the left."""

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
        return self._start(self.sight.top)

    def here(self) -> int:
        """Where in the text one is: the caret, or else the start of the line that is read."""
        return self._start(self.sight.line) if self._over.caret is None else self._over.caret.offset

    def point(self) -> int:
        """Which character is meant: of the hit that was gone to, while its line is read; else as `here`."""
        hit = self._over.hits.now if self._over.hits is not None else None
        return hit[0] if hit is not None and self._over.caret is None and self.is_at(hit[0]) else self.here()

    def _start(self, place: Place) -> int:
        row = self._flow.row(place)
        return row.start if row else 0

    def set_flow(self, flow: Flow, top: int, here: int) -> None:
        """Show other rows, from an offset on, and read the line at another one."""
        self._flow = self.sight.rows = flow
        self.sight.put(flow.place_of(top), flow.place_of(here))
        self.redraw()

    def go_aside(self, step: int) -> bool:
        """Scroll the wide tables in sight to their next column (1) or the one before (-1); returns whether there is one."""
        columns = [row.columns for row in self.rows_in_sight() if row.columns]
        places = sorted({place for each in columns for place in each})
        beyond = [place for place in places if (place - self._aside) * step > 0]
        if not beyond or (step > 0 and all(self._is_whole(row) for row in self.rows_in_sight())):
            return False
        self._aside = beyond[0] if step > 0 else beyond[-1]
        self.redraw()
        return True

    def _is_whole(self, row: Row) -> bool:
        return width(row.text, wide=self.wide) - self._hidden(row) <= self.room - self.indent

    def _hidden(self, row: Row) -> int:
        """Cells of a row that are out of sight to the left."""
        return min(self._aside, row.columns[-1]) if row.columns else 0

    def _turn_to(self, offset: int) -> None:
        """Scroll a wide table so that a cell of it is in sight."""
        row = self._flow.row(self._flow.place_of(offset))
        if row is None or not row.columns:
            return
        cell = row.cell(offset, wide=self.wide)
        if not 0 <= cell - self._hidden(row) < self.room - self.indent:
            self._aside = max((place for place in row.columns if place <= cell), default=0)

    def numbered(self, number: int) -> Place:
        """The first line is 1."""
        return self._flow.line(number - 1)

    def redraw(self) -> None:
        self._in_sight = None
        self.refresh()

    def rows_in_sight(self) -> list[Row]:
        """The rows on the screen, from the top."""
        if self._in_sight is None:
            rows: list[Row] = []
            place = self.sight.top
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
        """A caret goes along."""
        before, caret = self.sight.line, self._over.caret
        super().move(motion, count)
        if caret is None or self.sight.line == before:
            return
        if motion in ("top", "end"):
            self._over.caret = caret.at(self._start(self.sight.line))
        else:
            place = resting(self._flow, self.sight.line, 1 if self.sight.line > before else -1)
            self.put_caret(caret.onto(self._flow, place, wide=self.wide))

    @property
    def caret(self) -> Caret | None:
        """The caret; None: there is none."""
        return self._over.caret

    def put_caret(self, caret: Caret | None) -> None:
        """Put the caret somewhere and read its line; None: take it away."""
        self._over.caret = caret
        if caret is not None:
            self._turn_to(caret.offset)
            place = self._flow.place_of(caret.offset)
            self.sight.read(place, (place > self.sight.line) - (place < self.sight.line))
        self.redraw()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where the button went down: moving on from there selects."""
        self._pressed = self._offset_at(event.x, event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select from where the button went down."""
        here = self._offset_at(event.x, event.y)
        if event.button and self._pressed is not None and here is not None and here != self._pressed:
            self._over.caret = Caret(here, self._pressed)
            self.sight.line = self._flow.place_of(here)
            self.redraw()

    def on_mouse_up(self) -> None:
        """The selection stays as it is."""
        self._pressed = None

    def _offset_at(self, x: int, y: int) -> int | None:
        """The character in a cell of the pane, or the last one of its row; None: there is no text."""
        rows = self.rows_in_sight()
        if not 1 <= y <= len(rows) or not isinstance(self._flow, TextFlow):
            return None
        row = rows[y - 1]
        return offset_at(row, x - self.left_rule - self.indent - GUTTER_CELLS + self._hidden(row), wide=self.wide)

    def selection(self) -> str:
        """What is selected; empty: nothing."""
        caret = self._over.caret
        return "" if caret is None or caret.anchor < 0 else self.searchable()[slice(*caret.span)]

    def paragraph(self) -> str:
        """The line of the text that one is at."""
        text, at = self.searchable(), self.here()
        end = text.find("\n", at)
        return text[text.rfind("\n", 0, at) + 1 : len(text) if end < 0 else end]

    def step_caret(self, steps: int) -> None:
        """Move the caret by characters."""
        if self._over.caret is not None:
            self.put_caret(self._over.caret.along(self._flow.length, steps))

    def go_to_offset(self, offset: int) -> None:
        """Read the line at a place in the text, with the caret on it if there is one."""
        if self._over.caret is not None:
            self._over.caret = self._over.caret.at(offset)
        self._turn_to(offset)
        self.sight.read(self._flow.place_of(offset))
        self.redraw()

    def is_at(self, offset: int) -> bool:
        """Whether one is still in the row that holds an offset."""
        return self._flow.place_of(offset) == self.sight.line

    def texts(self) -> list[str]:
        return [self.searchable()]

    def search(self, query: Query | None, step: int) -> None:
        self._over.hits = None
        if query is not None:
            self._over.hits = Hits(query, self.searchable(), self.here(), step)
            self._go_to_hit(self._over.hits.now)
            self._count_on()
        self.redraw()

    def _count_on(self) -> None:
        """Count hits, a little at a time, so that keys have their turn."""
        hits = self._over.hits
        if hits is not None and not hits.is_complete:
            hits.count()
            self.set_timer(0.001, self._count_on)
            self.post_message(HitsCounted())
            self.refresh()

    def next_hit(self, step: int) -> None:
        """Go on from where one is, if that isn't the hit that was gone to."""
        hits = self._over.hits
        if hits is not None:
            is_there = hits.now is not None and self._over.caret is None and self.is_at(hits.now[0])
            # A hit in the line that is read comes before those below it.
            here = self.here() - (step > 0 and self._over.caret is None)
            self._go_to_hit(hits.go(step, None if is_there else here))

    def _go_to_hit(self, span: tuple[int, int] | None) -> None:
        if span is not None:
            self._over.edit = None
            self.go_to_offset(span[0])

    def bookmark(self) -> tuple[Place, Place, Caret | None]:
        return self.sight.top, self.sight.line, self._over.caret

    def go_back_to(self, bookmark: object) -> None:
        if isinstance(bookmark, tuple):
            self._over.caret = bookmark[2]
        super().go_back_to(bookmark)

    def hits_text(self) -> str:
        return "" if self._over.hits is None else str(self._over.hits)

    def paint(self, y: int) -> Strip:
        rows = self.rows_in_sight()
        if y >= len(rows):
            return strip([], self.cells, wide=self.wide)
        row = self._over.lettered(rows[y])
        marks = self._over.marks(row, self._flow)
        parts = [(run.text, self.look.style(*run.names)) for run in runs(row, marks, self.kind(row.start))]
        if "\t" in row.text:
            parts = expanded(parts, wide=self.wide)
        if self._over.has_caret_behind(row):
            parts.append((" ", self.look.style("caret")))
        margin, name = sign(row, marks)
        margin = pad(margin.rstrip(), GUTTER_CELLS, wide=self.wide)
        if row.columns:
            whole = strip(parts, width(row.text, wide=self.wide) + self.cells, wide=self.wide)
            parts = [
                (part.text, part.style)
                for part in whole.crop(self._hidden(row), self._hidden(row) + self.room - self.indent)
            ]
        shown = [(" " * self.indent, None), (margin, self.look.style(name)), *parts]
        return strip(shown, self.cells, wide=self.wide)

    @property
    def mark_column(self) -> int:
        return self.indent
