"""Going about: within a pane, between panes, from page to page, with the caret, and along the links in the text."""

from tui.core.i18n import tr
from tui.view.commands import Commands
from tui.view.pagetext.marking import Caret
from tui.view.pagetext.sight import Motion
from tui.view.panes.headlines import FoundRow, GroupRow, PageRow, RevisitRow
from tui.view.state.prompts import number

LETTERS = "asdfghjklqwertyuiopzxcvbnm"


def letters(count: int) -> list[str]:
    """Return short names for so many links, of one letter each or, if there are more than letters, of two.

    >>> letters(3), letters(27)[-2:]
    (['a', 's', 'd'], ['am', 'sa'])
    """
    if count <= len(LETTERS):
        return list(LETTERS[:count])
    return [first + second for first in LETTERS for second in LETTERS][:count]


class Moving(Commands):
    """Commands that change the place and nothing else."""

    def prefix(self) -> None:
        """The first g waits for a second one."""
        if self._browsing.typing.is_second_g():
            self.move("top")

    def move(self, motion: Motion) -> None:
        """Move in the active pane."""
        self._panes.active.move(motion, self._browsing.take_count())

    def ask_ordinal(self) -> None:
        """Ask for a page's number and open it."""
        self._browsing.ask("#", self._go_to_ordinal)

    def _go_to_ordinal(self, text: str) -> None:
        browsing = self._browsing
        wanted = number(text)
        if wanted is None or not browsing.shelf:
            browsing.complain(tr("{text}: not a page number; type digits only", text=text))
            return
        browsing.go_to_page(self._panes.headlines.index_of_number(wanted))

    def choose(self) -> None:
        """Open what is under the cursor."""
        browsing = self._browsing
        browsing.hush()
        entry = self._panes.headlines.current() if self._panes.active is self._panes.headlines else None
        if isinstance(entry, FoundRow):
            self._panes.body.go_to_headline(entry.headline)
            self._panes.show_body()
            browsing.following.offer(entry.headline)
        elif isinstance(entry, GroupRow):
            self._panes.headlines.turn(entry)
        elif isinstance(entry, PageRow | RevisitRow):
            if entry.page != browsing.index_in_mind:
                browsing.open(entry.page)
            self._panes.activate("body")
        elif self._panes.active is self._panes.body:
            self._follow_line()
        else:
            browsing.say(tr("nothing to open here; TAB goes to the next pane"))

    def captures(self) -> None:
        """Show the other captures of the page's address in the list, or fold them."""
        browsing, index = self._browsing, self._browsing.view.page_under_cursor()
        browsing.hush()
        index = browsing.index_in_mind if index is None else index
        if index < 0 or not self._panes.headlines.turn_captures(index):
            browsing.say(tr("no other capture of this address here"))

    def pane(self, step: int) -> None:
        """Go to the next pane."""
        self._browsing.hush()
        self._panes.next(step)

    def zoom(self) -> None:
        """Give the active pane the whole screen, or take it back."""
        self._browsing.hush()
        if self._panes.is_alone and not self._panes.is_zoomed:
            self._browsing.say(tr("only one pane fits here; TAB goes to the next"))
        else:
            self._panes.zoom()

    def block(self, step: int) -> None:
        """Go to the next block of the page."""
        self._panes.show_body()
        if not self._panes.body.go_to_block(step * (self._browsing.take_count() or 1)):
            self._browsing.say(
                tr("no block there")
                if self._panes.body.page
                else tr("only the repaired page has blocks; \\ goes back to it")
            )

    def fold(self) -> None:
        """Fold what is no article, or unfold it."""
        self._panes.show_body()
        self._browsing.hush()
        self._browsing.say(self._panes.body.fold())

    def width(self) -> None:
        """Wrap text to the cells that were typed, to all there are, or as before."""
        self._panes.show_body()
        self._browsing.hush()
        self._browsing.say(self._panes.body.widen(self._browsing.take_count()))

    def column(self, step: int) -> None:
        """Scroll a table that is wider than the pane."""
        self._panes.show_body()
        self._browsing.hush()
        if complaint := self._panes.body.go_to_column(step):
            self._browsing.say(complaint)

    def outline(self) -> None:
        """Show titles, headings and lists, to choose where to go."""
        from tui.view.sheets.places import outline_sheet  # seldom wanted, and every start would pay

        browsing, page = self._browsing, self._panes.body.page
        browsing.hush()
        entries = page.outline() if page is not None else []
        if not entries:
            browsing.say(tr("this page has no outline"))
            return

        def go(offset: int) -> None:
            self._panes.activate("body")
            self._panes.body.go_to_offset(offset)

        self._show_sheet(outline_sheet(self._panes.look, entries, self._panes.body.here()), go)

    def hints(self) -> None:
        """Put letters on the links in sight, and follow the one whose letters are typed."""
        self._browsing.hush()
        self._panes.activate("body")
        links = self._panes.body.links()
        if links:
            self._offer(links)
        else:
            self._browsing.say(tr("no link on the screen"))

    def _follow_line(self) -> None:
        """Follow the link of the line that is read; of several, the one whose letters are typed."""
        links = self._panes.body.links(in_line=True)
        if len(links) == 1:
            self._browsing.following.follow(*links.values())
        elif links:
            self._offer(links)
        else:
            self._browsing.say(tr("no link in this line; f shows those on the screen"))

    def _offer(self, links: dict[int, str]) -> None:
        browsing, names = self._browsing, letters(len(links))
        targets = dict(zip(names, links.values(), strict=True))

        def end(_typed: str = "") -> None:
            self._panes.body.hint({})

        def changed(typed: str) -> None:
            if any(name != typed and name.startswith(typed) for name in names):
                return
            browsing.typing.close()
            end()
            if typed in targets:
                browsing.following.follow(targets[typed])
            else:
                browsing.say(tr("{letters}: no link has these letters", letters=typed))

        self._panes.body.hint(dict(zip(links, names, strict=True)))
        browsing.ask(tr("follow: "), end, changed, end)


class Pointing(Commands):
    """Commands that say which character is meant."""

    def caret(self) -> None:
        """Put the caret down, select at it, take it away; in the list, select pages, or none any more."""
        self._browsing.hush()
        if self._panes.active is self._panes.headlines:
            self._panes.headlines.select()
            return
        self._panes.activate("body")
        self._browsing.say(self._panes.body.toggle_caret())

    @property
    def _caret(self) -> Caret | None:
        """The caret, where the keys go to it."""
        return self._panes.body.caret if self._panes.active is self._panes.body else None

    def sideways(self, step: int) -> None:
        """Move the caret; without one, go to the next pane."""
        if self._caret is not None:
            self._panes.body.step_caret(step * (self._browsing.take_count() or 1))
        else:
            self._browsing.hush()
            self._panes.next(step)

    def word(self, step: int) -> None:
        """Move the caret by words."""
        from tui.text.words.steps import next_word, previous_word  # few move a caret

        browsing, caret = self._browsing, self._caret
        count = browsing.take_count() or 1
        if caret is None:
            self._say_how()
            return
        text, at = self._panes.body.searchable(), caret.offset
        for _ in range(count):
            at = next_word(text, at) if step > 0 else previous_word(text, at)
        self._panes.body.put_caret(caret.at(at))

    def word_or_page_back(self) -> None:
        """Move the caret a word back; without one, go a page back."""
        if self._caret is not None:
            self.word(-1)
        else:
            self._panes.active.move("page_up", self._browsing.take_count())

    def line(self, place: str) -> None:
        """Move the caret within its line: to its `start`, to its first `text`, or to its `end`."""
        from tui.text.words.steps import line_span  # as above

        browsing, caret = self._browsing, self._caret
        browsing.hush()
        if caret is None:
            self._say_how()
            return
        text = self._panes.body.searchable()
        start, end = line_span(text, caret.offset)
        if place == "text":
            blanks = len(text[start : end + 1]) - len(text[start : end + 1].lstrip())
            start = min(start + blanks, end)
        self._panes.body.put_caret(caret.at(end if place == "end" else start))

    def _say_how(self) -> None:
        self._browsing.say(tr("v sets a caret; w, b, 0, ^ and $ move it by words and lines"))
