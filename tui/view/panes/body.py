"""The middle pane: the page's text with its repairs and found headlines, or its source as it was found."""

from collections.abc import Mapping

from tui.config import WIDTHS
from tui.core.i18n import tr, tr_problem
from tui.core.model import Document, Edit, Headline, Original, WrittenIn
from tui.view.pagetext.brief import kind_of
from tui.view.pagetext.flow import HexFlow, TextFlow
from tui.view.pagetext.marking import Caret
from tui.view.pagetext.text import PageText, edit_extent
from tui.view.panes.textpane import TextPane
from tui.view.terminal.look import Look


class BodyPane(TextPane):
    """Shows a page, its source, or a few words while there is neither."""

    def __init__(self, look: Look, width: int) -> None:
        """`width`: cells to which the text of a page is wrapped; its source takes all there are."""
        super().__init__(look)
        self._width = width
        self._is_bounded = True
        self._page: PageText | None = None
        self.source: Original | None = None
        """The source, if that is what is shown."""
        self._left = (0, 0)
        """Offsets of the uppermost line and of the one that was read, when the source of the page was opened."""
        self._is_folded = False
        self._folds: list[tuple[int, int]] = []
        self._words = ""
        """What is said while there is no page."""

    def show(self, document: Document, *, keep_place: bool = False) -> None:
        """Show a page from where reading begins, or with `keep_place` from where the last one stood."""
        is_kept = keep_place and self.source is None
        before = (self.top_offset(), self.here()) if is_kept else (0, 0)
        self._page, self.source = PageText(document), None
        self._over.target = self._over.edit = None
        self._lay_out(*(before if keep_place else (self._page.opening(), self._page.beginning())))

    def say(self, text: str) -> None:
        """Show a few words where a page would be."""
        self._page = self.source = None
        self._words = text
        self._lay_out(0, 0)

    def show_source(self, source: Original | None) -> None:
        """Show a source where the page is, or about there; None: show the page again where it was left."""
        if source is None:
            self.source = None
            self._lay_out(*self._left)
            return
        self._left = self.top_offset(), self.here()
        part, at = self._left[1] / max(self._flow.length, 1), self.sight.at
        self.source = source
        self._lay_out(0, 0)
        here = self._flow.place_of(int(part * self._flow.length) if source.place < 0 else source.place)
        self.sight.put(self._flow.move(here, -at), here)
        self.redraw()

    @property
    def page(self) -> PageText | None:
        """The repaired page, if that is what is shown."""
        return self._page if self.source is None else None

    @property
    def view(self) -> str:
        """`raw` or `hex` if that is what is shown; empty for the repaired page."""
        if self.source is None:
            return ""
        return "raw" if self.source.text or not self.source.raw else "hex"

    def script_here(self) -> WrittenIn | None:
        """The script of the line that is read, if most of the page is in another one."""
        return None if self.page is None else self.page.other_script(self.here())

    def heading(self) -> str:
        return {"": tr("Body"), "raw": tr("Source as scraped"), "hex": tr("Bytes")}[self.view]

    def running_title(self) -> str:
        page = self._page
        if page is None or (self.source is None and self.top_offset() <= page.title_place()):
            return ""
        return page.document.title

    def beside(self) -> str:
        return "" if self._page is None else kind_of(self._page.document)

    def kind(self, offset: int) -> str:
        return "plain" if self.page is None else self.page.look(offset)

    def searchable(self) -> str:
        if self.view == "hex" and self.source is not None:
            return self.source.raw.decode("latin-1")
        return self._text()

    def _lay_out(self, top: int, here: int) -> None:
        """Make rows of what is shown now; hits and caret were somewhere else."""
        self._over.page, self._over.hits, self._over.caret = self.page, None, None
        self._wrap(top, here)

    def _wrap(self, top: int, here: int) -> None:
        self.indent = 0
        if self.view == "hex" and self.source is not None:
            words = "  ".join(f"! {tr_problem(problem)}" for problem in self.source.problems)
            self.set_flow(HexFlow(self.source.raw, words, self.room), top, here)
            return
        page = self.page
        self._folds = page.folds() if page is not None and self._is_folded else []
        if page is None:
            self.set_flow(TextFlow(self._text(), self.room, wide=self.wide), top, here)
            return
        most = self._width if self._is_bounded else self.room
        flow, self.indent = page.laid_out(self.room, most, wide=self.wide, folds=self._folds)
        self.set_flow(flow, top, here)

    def _text(self) -> str:
        if self.source is not None:
            return self.source.text or "".join(f"! {tr_problem(problem)}\n" for problem in self.source.problems)
        return self._page.text if self._page is not None else self._words

    def resized(self) -> None:
        """Wrap anew and stay at the same place in the text."""
        self.sight.fit(self.height)
        self._wrap(self.top_offset(), self.here())

    def fold(self) -> str:
        """Fold furniture, or unfold it; says what it did."""
        if self.page is None:
            return tr("only the page has menus and footers to fold; \\ goes back to it")
        self._is_folded = not self._is_folded
        self._wrap(self.top_offset(), self.here())
        if not self._is_folded:
            return tr("menus and footers shown")
        return tr("menus and footers folded") if self._folds else tr("no menus or footers here")

    def widen(self, cells: int | None) -> str:
        """Wrap text to so many cells; None: to all there are, or as before. Says what it did."""
        self._is_bounded = cells is not None or not self._is_bounded
        if cells is not None:
            self._width = max(WIDTHS[0], min(cells, WIDTHS[1]))
        self._wrap(self.top_offset(), self.here())
        if self._is_bounded:
            return tr("text is at most {cells} cells wide", cells=self._width)
        return tr("text fills the pane")

    def go_to_offset(self, offset: int) -> None:
        """What is folded there is unfolded."""
        if any(start <= offset < end for start, end in self._folds):
            self._is_folded = False
            self._wrap(self.top_offset(), self.here())
        super().go_to_offset(offset)

    def go_to_block(self, step: int) -> bool:
        """Go so many blocks on; returns whether there is one."""
        start = self.page.block(self.here(), step) if self.page is not None else None
        if start is None:
            return False
        self.go_to_offset(start)
        return True

    def links(self, *, in_line: bool = False) -> dict[int, str]:
        """Where links begin that are in sight, or in the line that is read, and their addresses."""
        page = self.page
        if page is None:
            return {}
        row = self._flow.row(self.sight.line)
        rows = ([row] if row else []) if in_line else self.rows_in_sight()
        addresses: dict[int, str] = {}
        for each in rows:
            addresses |= page.links(each.start, each.end)
        return addresses

    def go_to_column(self, step: int) -> str:
        """Scroll wide tables by a column; says why not."""
        if self.go_aside(step):
            return ""
        return tr("no more columns that way") if self.has_wide_table() else tr("no table here is wider than the pane")

    def has_wide_table(self) -> bool:
        """Whether a table is in sight that is wider than the pane."""
        return any(row.columns for row in self.rows_in_sight())

    def hint(self, hints: Mapping[int, str]) -> None:
        """Show letters at places in the text; none take them away."""
        self._over.hints = hints
        self.redraw()

    def go_to_headline(self, headline: Headline) -> None:
        """Show a found headline at its place in the text, and mark it."""
        if self._page is None:
            return
        if self.source is not None:
            self.show_source(None)
        self._over.target = (headline.start + self._page.shift, headline.end + self._page.shift)
        self.go_to_offset(self._over.target[0])

    def go_to_edit(self, step: int) -> tuple[int, int, Edit] | None:
        """Go `step` edits on; returns its number from 1, how many there are, and the edit; None: there is none."""
        page = self.page
        if page is None or not page.document.edits:
            return None
        edits = page.document.edits
        index = self._edit_here()
        if index is not None:
            index += step
        else:
            index = page.next_edit(self.point() - (step > 0), 1 if step > 0 else -1)
            index = (0 if step > 0 else len(edits) - 1) if index is None else index + step - (1 if step > 0 else -1)
        self.go_to_edit_number(index % len(edits))
        return index % len(edits) + 1, len(edits), edits[index % len(edits)]

    def go_to_edit_number(self, index: int) -> None:
        """Show an edit by its index, in the page."""
        if self._page is not None:
            if self.source is not None:
                self.show_source(None)
            self._over.edit = index
            self.go_to_offset(self._edit_start(self._page, index))

    def toggle_caret(self) -> str:
        """Put a caret down; the second time, begin to select at it; the third time, take both away. Says what it did."""
        caret = self.caret
        if self.view == "hex":
            return tr("the caret moves over text, not bytes")
        if caret is None:
            self.put_caret(Caret(self._meant()))
            return tr(
                "caret: arrows, w, b, 0, ^ and $ move it; v starts selecting; e explains the character; ESC removes it"
            )
        if caret.anchor < 0:
            self.put_caret(Caret(caret.offset, caret.offset))
            return tr("selecting: y copies, v stops")
        self.put_caret(None)
        return ""

    def _edit_here(self) -> int | None:
        """Index of the edit that was gone to, if one is still in its line."""
        page, index = self.page, self._over.edit
        if page is None or index is None or not self.is_at(self._edit_start(page, index)):
            return None
        return index

    @staticmethod
    def _edit_start(page: PageText, index: int) -> int:
        return edit_extent(page.document.edits[index])[0] + page.shift

    def _meant(self) -> int:
        """Place in the text of the character that is meant: under the caret, of the edit or hit gone to, or the line's first."""
        page, index = self.page, self._edit_here()
        return (
            self.point() if page is None or index is None or self.caret is not None else self._edit_start(page, index)
        )

    def place(self) -> int:
        """Offset in the document of the character that is meant; negative in the head that stands above the text."""
        return self._meant() - (self.page.shift if self.page is not None else 0)

    def edit_in_sight(self) -> int:
        """Index of the edit that was gone to, else of the first one from here on, else of the last.

        While the source is shown: from where the page was left.
        """
        page = self._page
        if page is None:
            return 0
        index = self._edit_here()
        if index is None:
            index = page.next_edit((self.here() if self.source is None else self._left[1]) - 1, 1)
        return len(page.document.edits) - 1 if index is None else index
