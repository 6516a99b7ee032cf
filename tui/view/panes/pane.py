"""What the panes have in common: a header, rows below it, and a way to move and to search."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.view.look import Look
from tui.view.paint import strip
from tui.view.plan import Box, PaneName
from tui.view.query import Query
from tui.view.settings import Settings

Motion = Literal["down", "up", "page_down", "page_up", "half_down", "half_up", "top", "end"]

WHEEL_ROWS = 3


@dataclass
class PaneClicked(Message):
    """The mouse was pressed in a pane."""

    name: PaneName
    row: int
    """Row below the header; -1: the header."""


class Pane(Widget, can_focus=False):
    """A header line and rows of cells, drawn only as far as they are seen.

    Which pane is active is the screen's affair and no Textual focus: that would repaint the whole pane.
    """

    DEFAULT_CSS: ClassVar[str] = "Pane { position: absolute; width: 1; height: 1; }"
    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self, look: Look, settings: Settings, name: PaneName) -> None:
        super().__init__(id=name)
        self.pane_name = name
        self.look = look
        self.settings = settings
        self.wide = settings.ambiguous_wide
        self.is_active = False
        self.left_rule = self.right_rule = False
        """Whether a line separates the pane from its neighbour; it takes a column of the pane."""
        self._place: Box | None = None

    @property
    def height(self) -> int:
        """Rows below the header."""
        return max((self._place or self.size).height - 1, 1)

    @property
    def cells(self) -> int:
        """Columns between the rules."""
        return max((self._place or self.size).width - self.left_rule - self.right_rule, 1)

    def put(self, place: Box) -> None:
        """Stand somewhere on the screen. The next key counts on it already; Textual's layout comes later."""
        self.styles.offset = (place.x, place.y)
        self.styles.width, self.styles.height = place.width, place.height
        before, self._place = self._place, place
        if before != place:
            self.resized()

    def on_resize(self) -> None:
        """Textual has decided on a size."""
        if self._place is None:
            self.resized()

    def resized(self) -> None:
        """Fit into another size."""
        raise NotImplementedError

    def box(self) -> Box:
        """Where its rows stand on the screen, without header and rules."""
        region = self.region
        return Box(region.x + self.left_rule, region.y + 1, self.cells, region.height - 1)

    def heading(self) -> str:
        """What the header says."""
        raise NotImplementedError

    def paint(self, y: int) -> Strip:
        """Row `y` below the header, `cells` wide."""
        raise NotImplementedError

    def move(self, motion: Motion, count: int | None) -> None:
        """Move as a key says; `count` is the number typed before it."""
        raise NotImplementedError

    def search(self, query: Query | None, step: int) -> None:
        """Look for something from where one is, forwards (1) or backwards (-1); None: forget the last one."""
        raise NotImplementedError

    def next_hit(self, step: int) -> None:
        """Go `step` hits on, around the end."""
        raise NotImplementedError

    def bookmark(self) -> object:
        """Where one is, for `go_back_to`."""
        raise NotImplementedError

    def go_back_to(self, bookmark: object) -> None:
        """Be where one was."""
        raise NotImplementedError

    def hits_text(self) -> str:
        """Such as `3/17`; empty without a search."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """A row for Textual: the header, or a row of content between the rules."""
        if y == 0:
            style = self.look.style("header" if self.is_active else "header_away")
            row = strip([(f" {self.heading()}", style)], self.size.width, wide=self.wide, fill=style)
        else:
            rule = [strip([("\N{BOX DRAWINGS LIGHT VERTICAL}", self.look.style("rule"))], 1, wide=False)]
            row = Strip.join([*rule * self.left_rule, self.paint(y - 1), *rule * self.right_rule])
        return row.apply_style(self.look.base) if self.look.base else row

    def on_mouse_scroll_down(self) -> None:
        """Three rows on."""
        self.move("down", WHEEL_ROWS)

    def on_mouse_scroll_up(self) -> None:
        """Three rows back."""
        self.move("up", WHEEL_ROWS)

    def on_click(self, event: events.Click) -> None:
        """Tell the screen."""
        self.post_message(PaneClicked(self.pane_name, event.y - 1))

    def activate(self, is_active: bool) -> None:
        """Show whether the keys go to this pane."""
        if self.is_active != is_active:
            self.is_active = is_active
            self.refresh()


def motion_rows(motion: Motion, count: int | None, height: int) -> int:
    """How many rows a motion goes down; negative: up. Not for `top` and `end`.

    >>> motion_rows("page_down", None, 20), motion_rows("up", 5, 20)
    (18, -5)
    """
    page = max(height - 2, 1)
    size = {
        "down": 1,
        "up": -1,
        "page_down": page,
        "page_up": -page,
        "half_down": height // 2,
        "half_up": -(height // 2),
    }
    return size[motion] * (count or 1)
