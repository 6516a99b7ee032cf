"""Going about: within a pane, between panes, from page to page, and with the caret from character to character."""

from functools import partial
from typing import get_args

from tui.core.i18n import tr
from tui.view.commands.base import Commands, Table
from tui.view.pagetext.marking import Caret
from tui.view.pagetext.sight import Motion
from tui.view.panes.headlines import FoundRow, PageRow
from tui.view.state.prompts import number


class Moving(Commands):
    """Commands that change the place and nothing else."""

    def table(self) -> Table:
        motions: tuple[Motion, ...] = get_args(Motion)
        return {
            **{motion.replace("_", "-"): partial(self.move, motion) for motion in motions if motion != "end"},
            "bottom": partial(self.move, "end"),
            "prefix": self.prefix,
            "ordinal": self.ask_ordinal,
            "choose": self.choose,
            "next-page": partial(self.page, 1),
            "previous-page": partial(self.page, -1),
            "next-pane": partial(self.pane, 1),
            "previous-pane": partial(self.pane, -1),
            "zoom": self.zoom,
            "next-block": partial(self.block, 1),
            "previous-block": partial(self.block, -1),
            "fold": self.fold,
            "outline": self.outline,
        }

    def prefix(self) -> None:
        """The first g waits for a second one."""
        if self._reader.typing.is_second_g():
            self.move("top")

    def move(self, motion: Motion) -> None:
        """Move in the active pane."""
        self._reader.panes.active.move(motion, self._reader.take_count())

    def page(self, step: int) -> None:
        """Open the next or previous page."""
        reader = self._reader
        count = reader.take_count() or 1
        index = max(0, min(reader.index_in_mind + step * count, len(reader.shelf) - 1))
        if reader.shelf and index != reader.index_in_mind:
            reader.headlines.go_to(reader.headlines.listing.row_of(index))
            reader.open(index)

    def ask_ordinal(self) -> None:
        """Ask for a page's number and open it."""
        self._reader.ask(tr("page number: "), self._go_to_ordinal)

    def _go_to_ordinal(self, text: str) -> None:
        reader = self._reader
        wanted = number(text)
        if wanted is None or not reader.shelf:
            reader.say(tr("{text}: no page number; type digits only", text=text), is_trouble=True)
            return
        row = reader.headlines.row_of_number(wanted)
        reader.headlines.go_to(row)
        reader.open(reader.headlines.listing.page_of(row))

    def choose(self) -> None:
        """Open what is under the cursor."""
        reader = self._reader
        reader.hush()
        entry = reader.headlines.current() if reader.panes.active is reader.headlines else None
        if isinstance(entry, FoundRow):
            reader.body.go_to_headline(entry.headline)
            if not reader.body.display:
                reader.panes.activate("body")
            reader.following.offer(entry.headline)
        elif isinstance(entry, PageRow):
            if entry.page != reader.index_in_mind:
                reader.open(entry.page)
            reader.panes.activate("body")
        elif reader.panes.active is reader.body:
            reader.hinting.choose()

    def pane(self, step: int) -> None:
        """Go to the next pane."""
        self._reader.hush()
        self._reader.panes.next(step)

    def zoom(self) -> None:
        """Give the active pane the whole screen, or take it back."""
        reader = self._reader
        reader.hush()
        if reader.panes.is_alone and not reader.panes.is_zoomed:
            reader.say(tr("there is room for one pane only; TAB goes to the next"))
        else:
            reader.panes.zoom()

    def block(self, step: int) -> None:
        """Go to the next block of the page."""
        reader = self._reader
        if not reader.body.go_to_block(step * (reader.take_count() or 1)):
            reader.say(
                tr("no block there") if reader.body.page else tr("blocks are those of the page; \\ goes back to it")
            )

    def fold(self) -> None:
        """Fold what is no article, or unfold it."""
        self._reader.hush()
        self._reader.say(self._reader.body.fold())

    def outline(self) -> None:
        """Show titles, headings and lists, to choose where to go."""
        from tui.view.sheets.places import OutlineSheet  # seldom wanted, and every start would pay

        reader, page = self._reader, self._reader.body.page
        reader.hush()
        entries = page.outline() if page is not None else []
        if not entries:
            reader.say(tr("nothing to make an outline of"))
            return

        def go(offset: int | None) -> None:
            if offset is not None:
                reader.panes.activate("body")
                reader.body.go_to_offset(offset)

        reader.app.push_screen(OutlineSheet(reader.look, entries, reader.body.here()), go)


class Pointing(Commands):
    """Commands that say which character is meant."""

    def table(self) -> Table:
        return {
            "caret": self.caret,
            "right": partial(self.sideways, 1),
            "left": partial(self.sideways, -1),
            "next-word": partial(self.word, 1),
            "page-back": self.word_or_page_back,
            "line-start": partial(self.line, "start"),
            "line-text": partial(self.line, "text"),
            "line-end": partial(self.line, "end"),
        }

    def caret(self) -> None:
        """Put the caret down, select at it, take it away; in the list, select pages, or none any more."""
        self._reader.hush()
        if self._reader.panes.active is self._reader.headlines:
            self._reader.headlines.select()
            return
        self._reader.panes.activate("body")
        self._reader.say(self._reader.body.toggle_caret())

    @property
    def _caret(self) -> Caret | None:
        """The caret, where the keys go to it."""
        reader = self._reader
        return reader.body.caret if reader.panes.active is reader.body else None

    def sideways(self, step: int) -> None:
        """Move the caret; without one, go to the next pane."""
        reader = self._reader
        if self._caret is not None:
            reader.body.step_caret(step * (reader.take_count() or 1))
        else:
            reader.hush()
            reader.panes.next(step)

    def word(self, step: int) -> None:
        """Move the caret by words."""
        from tui.text.words.steps import next_word, previous_word  # few move a caret

        reader, caret = self._reader, self._caret
        count = reader.take_count() or 1
        if caret is None:
            self._say_how()
            return
        text, at = reader.body.searchable(), caret.offset
        for _ in range(count):
            at = next_word(text, at) if step > 0 else previous_word(text, at)
        reader.body.put_caret(caret.at(at))

    def word_or_page_back(self) -> None:
        """Move the caret a word back; without one, go a page back."""
        if self._caret is not None:
            self.word(-1)
        else:
            self._reader.commands["page-up"]()

    def line(self, place: str) -> None:
        """Move the caret within its line: to its `start`, to its first `text`, or to its `end`."""
        from tui.text.words.steps import line_span  # as above

        reader, caret = self._reader, self._caret
        reader.hush()
        if caret is None:
            self._say_how()
            return
        text = reader.body.searchable()
        start, end = line_span(text, caret.offset)
        if place == "text":
            blanks = len(text[start : end + 1]) - len(text[start : end + 1].lstrip())
            start = min(start + blanks, end)
        reader.body.put_caret(caret.at(end if place == "end" else start))

    def _say_how(self) -> None:
        self._reader.say(tr("v puts a caret down; w, b, 0, ^ and $ move it by words and lines"))
