"""Going about: within a pane, between panes, from page to page."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from tui.i18n import tr
from tui.view.listing import FoundRow, PageRow
from tui.view.prompts import number
from tui.view.sight import Motion

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.view.reader import Reader

_MOTIONS: Mapping[str, Motion] = {
    "down": "down",
    "up": "up",
    "scroll-down": "scroll_down",
    "scroll-up": "scroll_up",
    "page-down": "page_down",
    "page-up": "page_up",
    "half-down": "half_down",
    "half-up": "half_up",
    "top": "top",
    "bottom": "end",
}


class Moving:
    """Commands that change the place and nothing else."""

    def __init__(self, reader: "Reader") -> None:
        self._reader = reader
        self.commands: dict[str, Callable[[], None]] = {
            **{name: partial(self.move, motion) for name, motion in _MOTIONS.items()},
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
        from tui.view.outline import OutlineSheet  # seldom wanted, and every start would pay

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

        reader.app.push_screen(OutlineSheet(reader.look, reader.settings, entries, reader.body.here()), go)
