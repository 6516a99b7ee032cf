"""What is to be seen on a row of the body: repairs, found headlines, hits, the caret, and stand-ins for what acts."""

from collections.abc import Mapping
from typing import NamedTuple

from tui.core.values import dataclass, field
from tui.text.words.cells import width
from tui.view.pagetext.flow import Flow, Place, TextFlow
from tui.view.pagetext.query import Hits
from tui.view.pagetext.rows import Row
from tui.view.pagetext.text import SIGNS, Mark, PageText, edit_extent

_BLANKS = "\t\n"
"""What parts cells; between the columns of a table it is drawn as a blank."""
WIDER = ord("\N{FULLWIDTH LATIN SMALL LETTER A}") - ord("a")
"""From a letter to the one that takes two cells."""


class Caret(NamedTuple):
    """A code point of the text, and where the selection began; frozen: each move makes another one."""

    offset: int
    anchor: int = -1
    """Where the selection began; -1: nothing is selected."""
    column: int = -1
    """The cell that it tends to while it goes from row to row; -1: wherever it is."""

    @property
    def span(self) -> tuple[int, int]:
        """What is selected, or the character it is on."""
        ends = (self.offset, self.offset if self.anchor < 0 else self.anchor)
        return min(ends), max(ends) + 1

    def at(self, offset: int) -> "Caret":
        """The caret elsewhere, with the same anchor."""
        return Caret(offset, self.anchor)

    def free(self) -> "Caret":
        """The caret where it is, with nothing selected."""
        return Caret(self.offset)

    def along(self, length: int, steps: int) -> "Caret":
        """So many characters on, within a text of that length."""
        return self.at(max(0, min(self.offset + steps, length - 1)))

    def onto(self, flow: Flow, place: Place, *, wide: bool) -> "Caret":
        """The caret in another row, about as far from the left as it was."""
        here, there = flow.row(flow.place_of(self.offset)), flow.row(place)
        column = self.column
        if column < 0:
            column = here.cell(self.offset, wide=wide) if here else 0
        offset = self.offset if there is None else offset_at(there, column, wide=wide)
        return Caret(offset, self.anchor, column)


def resting(flow: Flow, place: Place, step: int) -> Place:
    """The row itself, or the next one `step` beyond it if it holds no text: a gap between two paragraphs, a rule, an image."""
    while (row := flow.row(place)) is not None and not row.is_first and row.end == row.start:
        beyond = flow.move(place, step)
        if beyond == place:
            break
        place = beyond
    return place


def offset_at(row: Row, column: int, *, wide: bool) -> int:
    """The character in a cell of a row, or its last one."""
    at = 0
    for index, char in enumerate(row.text):
        at += width(char, wide=wide)
        if at > column:
            return row.offset(index)
    return row.offset(max(len(row.text) - 1, 0))


@dataclass(slots=True)
class Shown:
    """What lies over the text that is shown."""

    page: PageText | None = None
    """The repaired page; None where its source is shown, or nothing."""
    target: tuple[int, int] | None = None
    """The found headline that was gone to."""
    edit: int | None = None
    """Index of the edit that was gone to."""
    hits: Hits | None = None
    caret: Caret | None = None
    hints: Mapping[int, str] = field(default_factory=dict)
    """Where the letters stand by which links are chosen."""

    def lettered(self, row: Row) -> Row:
        """A row with the letters of its links in the place of their first characters."""
        text = row.text
        for place, letters in self._hints_in(row):
            at = row.drawn(place) or 0
            # A letter has to be as wide as what it stands for, or the row would move.
            shown = (
                chr(ord(letter) + WIDER) if width(char) == 2 else letter
                for letter, char in zip(letters, text[at:], strict=False)
            )
            text = f"{text[:at]}{''.join(shown)}{text[at + len(letters) :]}"
        return row if text is row.text else row._replace(text=text)

    def _hints_in(self, row: Row) -> list[tuple[int, str]]:
        hints = []
        for _at, start, end in row.stretches() if self.hints else ():
            within = [(place, letters) for place, letters in self.hints.items() if start <= place < end]
            hints += [(max(start, min(place, end - len(letters))), letters) for place, letters in within]
        return hints

    def marks(self, row: Row, flow: Flow) -> list[Mark]:
        """Marks that touch a row, those on top last."""
        if row.start == row.end:
            return []
        marks = self._page_marks(row) + _stand_ins(row, flow)
        if self.hits is not None:
            now = self.hits.now
            marks += [(*span, "hit_now" if span == now else "hit") for span in self.hits.between(row.start, row.end)]
        if self.caret is not None:
            if self.caret.anchor >= 0:
                marks.append((*self.caret.span, "selected"))
            marks.append((self.caret.offset, self.caret.offset + 1, "caret"))
        marks += [(place, place + len(letters), "hint") for place, letters in self._hints_in(row)]
        return marks

    def _page_marks(self, row: Row) -> list[Mark]:
        if self.page is None:
            return []
        marks = self.page.marks(row.start, row.end)
        if row.is_first and (script := self.page.other_script(row.start)):
            marks.append((row.start, row.start, script))  # empty: it is to be seen in the margin only
        if self.target:
            marks.append((*self.target, "target"))
        if self.edit is not None:
            start, end = edit_extent(self.page.document.edits[self.edit])
            marks.append((start + self.page.shift, end + self.page.shift, "edit_now"))
        return marks

    def has_caret_behind(self, row: Row) -> bool:
        """The caret stands on the line end behind a row, where no character is to be marked."""
        if self.caret is None or self.caret.offset != row.end or row.drawn(row.end) is not None:
            return False
        return row.is_first or row.end > row.start


def _stand_ins(row: Row, flow: Flow) -> list[Mark]:
    if not isinstance(flow, TextFlow):
        return []
    marks: list[Mark] = []
    for at, start, end in row.stretches():
        source, shown = flow.text[start:end], row.text[at : at + end - start]
        if source != shown:
            pairs = enumerate(zip(source, shown, strict=True), start)
            marks += [(at, at + 1, "stand_in") for at, (was, now) in pairs if was != now and was not in _BLANKS]
    return marks


def sign(row: Row, marks: list[Mark]) -> tuple[str, str]:
    """What stands in the margin of a row: two cells, and the name of their look."""
    names = {name for start, _end, name in marks if row.start <= start < row.end}
    if "hit" in names or "hit_now" in names:
        return "› ", "hit_row"
    if "headline" in names:
        return "• ", "note"
    return next((shown for script, shown in SIGNS.items() if script in names), "  "), "note"
