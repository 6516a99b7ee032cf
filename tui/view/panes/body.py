"""The middle pane: the page's text, wrapped and marked, or its source as it was found."""

import re
from bisect import bisect_left, bisect_right

from rich.style import Style
from textual.strip import Strip

from tui.model import Document, Edit, Headline, Original
from tui.view.flow import Flow, HexFlow, Place, Row, TextFlow
from tui.view.look import Look
from tui.view.pagetext import Mark, PageText, edit_extent, runs
from tui.view.paint import expanded, strip
from tui.view.panes.pane import Motion, Pane, motion_rows
from tui.view.settings import Settings

GUTTER_CELLS = 2
MAX_TEXT_CELLS = 100
"""Lines longer than this are hard to read; the raw view takes all the width there is."""
MAX_HITS = 50_000


class BodyPane(Pane):
    """Scrolls through a text of any length; what isn't in sight is not laid out."""

    def __init__(self, look: Look, settings: Settings) -> None:
        super().__init__(look, settings, "body")
        self._page: PageText | None = None
        self._source: Original | None = None
        self._flow: Flow = TextFlow("", 80)
        self._top = Place(0, 0)
        self._page_offset = 0
        """Where the repaired page was left when its source was opened."""
        self._words = ""
        """What is said while there is no page."""
        self._in_sight: list[Row] | None = None
        self._hits: list[tuple[int, int]] = []
        self._hit = -1
        self._is_searching = False
        self._target: tuple[int, int] | None = None
        self._edit: int | None = None

    def show(self, document: Document, *, keep_place: bool = False) -> None:
        """Show a page from where reading begins, or with `keep_place` from where the last one stood."""
        offset = self._offset() if keep_place and self._source is None else 0
        self._page, self._source = PageText(document), None
        self._target = self._edit = None
        self._forget_hits()
        self._lay_out(offset if keep_place else self._page.opening())

    def say(self, text: str) -> None:
        """Show a few words where a page would be."""
        self._page = self._source = None
        self._words = text
        self._lay_out(0)

    def show_source(self, source: Original | None) -> None:
        """Show a source at about the place where the page is; None: show the page again where it was left."""
        if source is None:
            self._source = None
            self._forget_hits()
            self._lay_out(self._page_offset)
            return
        self._page_offset = self._offset()
        part = self._page_offset / max(self._flow.length, 1)
        self._source = source
        self._forget_hits()
        self._lay_out(0)
        self._set_top(self._flow.place_of(int(part * self._flow.length)))

    @property
    def view(self) -> str:
        """`raw` or `hex` if that is what is shown; empty for the repaired page."""
        if self._source is None:
            return ""
        return "raw" if self._source.text or not self._source.raw else "hex"

    def heading(self) -> str:
        """As in `Pane`."""
        if self._page is None:
            return "Body"
        name = {"": "Body", "raw": "Source as it was found", "hex": "Bytes"}[self.view]
        return f"{name}  {self._page.document.title}"

    @property
    def text_cells(self) -> int:
        """Width of the text."""
        room = max(self.cells - GUTTER_CELLS - 1, 8)
        return room if self._source is not None else min(room, MAX_TEXT_CELLS)

    def _lay_out(self, offset: int) -> None:
        if self._source is not None and not self._source.text and self._source.raw:
            self._flow = HexFlow(self._source.raw)
        else:
            gap = self._page.gap if self._page is not None and self._source is None else None
            self._flow = TextFlow(self._text(), self.text_cells, wide=self.wide, gap=gap)
        self._set_top(self._flow.place_of(offset))

    def _text(self) -> str:
        if self._source is not None:
            return self._source.text or "".join(f"! {problem.message}\n" for problem in self._source.problems)
        return self._page.text if self._page is not None else self._words

    def on_resize(self) -> None:
        """Wrap anew and stay at the same place in the text."""
        self._lay_out(self._offset())

    def _offset(self) -> int:
        row = self._flow.row(self._top)
        return row.start if row else 0

    def _set_top(self, place: Place) -> None:
        lowest = self._flow.move(self._flow.last(), 1 - self.height)
        self._top = min(place, lowest)
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
        if motion == "top" or (motion == "end" and count is not None):
            self._set_top(self._flow.line((count or 1) - 1))
        elif motion == "end":
            self._set_top(self._flow.last())
        else:
            self._set_top(self._flow.move(self._top, motion_rows(motion, count, self.height)))

    def _bring_into_sight(self, offset: int) -> None:
        rows = self.rows_in_sight()
        if not rows or not rows[0].start <= offset < max(rows[-1].end, rows[0].start + 1):
            self._set_top(self._flow.move(self._flow.place_of(offset), -(self.height // 3)))
        self._in_sight = None
        self.refresh()

    def go_to_headline(self, headline: Headline) -> None:
        """Show a found headline at its place in the text, and mark it."""
        if self._page is None:
            return
        if self._source is not None:
            self.show_source(None)
        self._target = (headline.start + self._page.shift, headline.end + self._page.shift)
        self._bring_into_sight(self._target[0])

    def go_to_edit(self, step: int) -> tuple[int, int, Edit] | None:
        """Go `step` edits on; returns its number from 1, how many there are, and the edit; None: there is none."""
        if self._page is None or not self._page.document.edits or self._source is not None:
            return None
        edits = self._page.document.edits
        if self._edit is None:
            index = self._page.next_edit(self._offset() - (step > 0), 1 if step > 0 else -1)
            index = (0 if step > 0 else len(edits) - 1) if index is None else index + step - (1 if step > 0 else -1)
        else:
            index = self._edit + step
        self._edit = index % len(edits)
        edit = edits[self._edit]
        self._bring_into_sight(edit_extent(edit)[0] + self._page.shift)
        return self._edit + 1, len(edits), edit

    def search(self, pattern: re.Pattern[str] | None, step: int) -> None:
        """As in `Pane`."""
        self._forget_hits()
        if pattern is not None:
            self._is_searching = True
            self._hits = self._find(pattern)
            if self._hits:
                starts = [start for start, _end in self._hits]
                at = self._offset()
                index = bisect_left(starts, at) if step > 0 else bisect_right(starts, at) - 1
                self._go_to_hit(index)
        self.refresh()

    def _find(self, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
        if isinstance(self._flow, TextFlow):
            found = pattern.finditer(self._flow.text)
        elif self._source is not None:
            found = pattern.finditer(self._source.raw.decode("latin-1"))
        return [match.span() for match, _ in zip(found, range(MAX_HITS), strict=False)]

    def next_hit(self, step: int) -> None:
        """As in `Pane`."""
        if self._hits:
            self._go_to_hit(self._hit + step)

    def _go_to_hit(self, index: int) -> None:
        self._hit = index % len(self._hits)
        self._bring_into_sight(self._hits[self._hit][0])

    def hits_text(self) -> str:
        """As in `Pane`."""
        more = "+" if len(self._hits) == MAX_HITS else ""
        return f"{self._hit + 1}/{len(self._hits):,}{more}" if self._is_searching else ""

    def _forget_hits(self) -> None:
        self._hits, self._hit, self._is_searching = [], -1, False

    def paint(self, y: int) -> Strip:
        """As in `Pane`."""
        rows = self.rows_in_sight()
        if y >= len(rows):
            return strip([], self.cells, wide=self.wide)
        row = rows[y]
        kind = self._page.kind(row.start) if self._page and self._source is None else "plain"
        marks = self._marks(row)
        parts = [(run.text, self.look.style(*run.names)) for run in runs(row, marks, kind)]
        if "\t" in row.text:
            parts = expanded(parts, wide=self.wide)
        return strip([self._gutter(row, marks), *parts], self.cells, wide=self.wide)

    def _gutter(self, row: Row, marks: list[Mark]) -> tuple[str, Style | None]:
        names = {name for start, _end, name in marks if row.start <= start < row.end}
        if "target" in names:
            return "▸ ", self.look.style("target")
        return ("• " if "headline" in names else "  "), self.look.style("note")

    def _marks(self, row: Row) -> list[Mark]:
        if row.start == row.end:
            return []
        marks: list[Mark] = []
        if self._page is not None and self._source is None:
            marks += self._page.marks(row.start, row.end)
            if self._target:
                marks.append((*self._target, "target"))
            if self._edit is not None:
                start, end = edit_extent(self._page.document.edits[self._edit])
                marks.append((start + self._page.shift, end + self._page.shift, "edit_now"))
        marks += self._stand_ins(row)
        for index in range(bisect_right(self._hits, (row.start, -1)) - 1, len(self._hits)):
            if index >= 0 and self._hits[index][0] >= row.end:
                break
            if index >= 0:
                marks.append((*self._hits[index], "hit_now" if index == self._hit else "hit"))
        return marks

    def _stand_ins(self, row: Row) -> list[Mark]:
        if not isinstance(self._flow, TextFlow):
            return []
        source = self._flow.text[row.start : row.end]
        if source == row.text:
            return []
        pairs = enumerate(zip(source, row.text, strict=True), row.start)
        return [(at, at + 1, "stand_in") for at, (was, shown) in pairs if was != shown]
