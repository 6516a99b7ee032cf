"""The right pane: what the page says about itself, how it was read, what was repaired and what is wrong."""

from collections.abc import Iterable

from rich.style import Style
from textual.strip import Strip

from tui.core.i18n import tr
from tui.core.model import Document
from tui.text.words.cells import pad, visible, width
from tui.view.pagetext.brief import problems_of
from tui.view.pagetext.facts import Entry, describe
from tui.view.pagetext.flow import wrapped
from tui.view.panes.pane import RowsPane
from tui.view.terminal.look import Look, strip

LABEL_CELLS = 17
TWO_COLUMNS_CELLS = 90
"""From this width on the entries stand in two columns."""

Cells = list[tuple[str, str]]
"""(text, name of its look) of a row."""


class MetadataPane(RowsPane):
    """Entries as rows: a label, the value beside it, and below it, dimmed, what is to be said about it."""

    has_cursor = False

    def __init__(self, look: Look, mending_key: str = "P") -> None:
        """`mending_key` shows the repairs; empty: none does."""
        super().__init__(look, "metadata")
        self._mending_key = mending_key
        self._document: Document | None = None
        self._rows: list[tuple[Cells, Cells]] = []
        self._laid_out_for = -1

    def heading(self) -> str:
        return tr("Metadata")

    def tally(self, *, is_brief: bool) -> str:
        """How much is wrong."""
        problems = self._document.problems if self._document else ()
        return f"! {problems_of(problems)}"[: 1 if is_brief else None] if problems else ""

    def show(self, document: Document | None) -> None:
        """Show the metadata of a page; None: of no page."""
        self._document = document
        self._laid_out_for = -1
        self.search(None, 1)
        self.put_at(0, 0)

    def count(self) -> int:
        return len(self._laid_out())

    def row_of_number(self, number: int) -> int:
        """The first row is 1."""
        return number - 1

    def row_texts(self) -> Iterable[tuple[int, str]]:
        return enumerate("".join(text for text, _name in [*left, *right]) for left, right in self._laid_out())

    def _laid_out(self) -> list[tuple[Cells, Cells]]:
        if self._laid_out_for != self.cells:
            self._laid_out_for = self.cells
            self._rows = self._lay_out()
        return self._rows

    def _lay_out(self) -> list[tuple[Cells, Cells]]:
        if self._document is None:
            return []
        stated, known = describe(self._document, self._mending_key)
        if self.cells < TWO_COLUMNS_CELLS:
            return [(row, []) for entry in [*stated, *known] for row in self._entry(entry, self.cells)]
        half = self.cells // 2
        left = [row for entry in stated for row in self._entry(entry, half)]
        right = [row for entry in known for row in self._entry(entry, self.cells - half)]
        rows = max(len(left), len(right))
        left += [[] for _ in range(rows - len(left))]
        right += [[] for _ in range(rows - len(right))]
        return list(zip(left, right, strict=True))

    def _entry(self, entry: Entry, cells: int) -> list[Cells]:
        is_heading = entry.mood == "heading"
        room = cells - LABEL_CELLS - 1
        values = [(row, "key" if is_heading else entry.mood) for row in self._wrapped(entry.value, room)]
        notes = [(row, "note") for row in self._wrapped(entry.note, room)] if entry.note else []
        is_short = width(visible(f"{entry.value}  {entry.note}"), wide=self.wide) <= room
        if len(values) == len(notes) == 1 and is_short:
            lines: list[Cells] = [[values[0], (f"  {notes[0][0]}", "note")]]
        else:
            lines = [[line] for line in [*values, *notes]]
        label = pad(entry.label, LABEL_CELLS - 2, wide=self.wide)
        blank = " " * LABEL_CELLS
        name = "group" if is_heading else "label"
        return [[(f" {label} " if at == 0 else blank, name), *line] for at, line in enumerate(lines)]

    def _wrapped(self, text: str, cells: int) -> list[str]:
        return wrapped(visible(text.replace("\n", " ")), max(cells, 8), wide=self.wide)

    def paint(self, y: int) -> Strip:
        rows, index = self._laid_out(), self.top + y
        if index >= len(rows):
            return strip([], self.cells, wide=self.wide)
        left, right = rows[index]
        is_hit = self.is_hit(index)
        if self.cells < TWO_COLUMNS_CELLS:
            return strip(self._styled(left, is_hit), self.cells, wide=self.wide)
        half = self.cells // 2
        columns = [strip(self._styled(left, is_hit), half, wide=self.wide)]
        columns.append(strip(self._styled(right, is_hit), self.cells - half, wide=self.wide))
        return Strip.join(columns)

    def _styled(self, row: Cells, is_hit: bool) -> list[tuple[str, Style | None]]:
        return [(text, self.look.style(name, "hit_row") if is_hit else self.look.style(name)) for text, name in row]
