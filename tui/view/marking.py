"""What is to be seen on a row of the body: repairs, found headlines, hits, the caret, and stand-ins for what acts."""

from collections.abc import Mapping

from tui.text.cells import width
from tui.values import dataclass, field
from tui.view.flow import Flow, Row, TextFlow
from tui.view.hits import Hits
from tui.view.pagetext import Mark, PageText, edit_extent
from tui.view.panes.caret import Caret
from tui.view.writing import SIGNS

WIDER = ord("\N{FULLWIDTH LATIN SMALL LETTER A}") - ord("a")
"""From a letter to the one that takes two cells."""


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
            at = place - row.start
            # A letter has to be as wide as what it stands for, or the row would move.
            shown = (
                chr(ord(letter) + WIDER) if width(char) == 2 else letter
                for letter, char in zip(letters, text[at:], strict=False)
            )
            text = f"{text[:at]}{''.join(shown)}{text[at + len(letters) :]}"
        return row if text is row.text else row._replace(text=text)

    def _hints_in(self, row: Row) -> list[tuple[int, str]]:
        found = [(place, letters) for place, letters in self.hints.items() if row.start <= place < row.end]
        return [(max(row.start, min(place, row.end - len(letters))), letters) for place, letters in found]

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
        return self.caret is not None and self.caret.offset == row.end and (row.is_first or row.end > row.start)


def _stand_ins(row: Row, flow: Flow) -> list[Mark]:
    if not isinstance(flow, TextFlow):
        return []
    source = flow.text[row.start : row.end]
    if source == row.text:
        return []
    pairs = enumerate(zip(source, row.text, strict=True), row.start)
    return [(at, at + 1, "stand_in") for at, (was, shown) in pairs if was != shown]


def sign(row: Row, marks: list[Mark]) -> tuple[str, str]:
    """What stands in the margin of a row: two cells, and the name of their look."""
    names = {name for start, _end, name in marks if row.start <= start < row.end}
    if "hit" in names or "hit_now" in names:
        return "› ", "hit_row"
    if "headline" in names:
        return "• ", "note"
    return next((shown for script, shown in SIGNS.items() if script in names), "  "), "note"
