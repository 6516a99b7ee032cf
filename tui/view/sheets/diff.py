"""What changed from one text to another over the whole screen, such as from a page before its repairs to the page."""

from typing import ClassVar

from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.strip import Strip

from tui.core.i18n import tr
from tui.view.pagetext.changes import DiffFlow, Sides, hunks
from tui.view.pagetext.sight import Motion
from tui.view.pagetext.text import MarkedRun
from tui.view.panes.pane import Pane
from tui.view.panes.statusline import Status, StatusLine
from tui.view.sheets.sheet import Sheet
from tui.view.terminal.look import RULES, Look, strip


class DiffPane(Pane):
    """Goes through the stretches that changed; one change is the present one."""

    DEFAULT_CSS = "DiffPane { width: 100%; height: 1fr; }"

    def __init__(self, look: Look, sides: Sides, change: int) -> None:
        self._sides = sides
        self._hunks = hunks(sides.before, sides.after, sides.changes)
        self._flow = DiffFlow(sides, self._hunks, 80, wide=look.wide)
        super().__init__(look, "body", self._flow)
        self.is_active = True
        self.change = change
        """Index of the present change: one of the line that is read, or near it."""

    def heading(self) -> str:
        return self._sides.heading(len(self._hunks) - (self._hunks[-1].kind is None))

    def header(self, cells: int) -> str:  # noqa: ARG002 - as of all sheets
        return f" {self.heading()}"

    def resized(self) -> None:
        """Wrap anew, with the present change in sight."""
        self._flow = DiffFlow(self._sides, self._hunks, self.cells - 1, wide=self.wide)
        self.sight.rows = self._flow
        self.sight.fit(self.height)
        self.show_change(self.change)

    def show_change(self, index: int) -> None:
        """Make a change the present one, and read the first line that shows it."""
        self.change = index % len(self._sides.changes)
        self.sight.read(self._flow.place_of(self.change))
        self.redraw()

    def move(self, motion: Motion, count: int | None) -> None:
        """A change of the line becomes the present one."""
        super().move(motion, count)
        before, self.change = self.change, self._flow.change_at(self.sight.line, self.change)
        if self.change != before:
            self.redraw()

    def paint(self, y: int) -> Strip:
        top = self.sight.top
        place = self._flow.move(top, y)
        row = self._flow.row(place)
        if row is None or (y and place == self._flow.move(top, y - 1)):
            return strip([], self.cells, wide=self.wide)
        sign = self.look.style("note")
        if row.folded or row.label:
            gap = "  " if row.folded and row.label else ""
            parts = [(f" {row.folded}{gap}", sign), (row.label, self.look.style("group"))]
            return strip(parts, self.cells, wide=self.wide)
        if not self._flow.is_side_by_side:
            parts = [(f" {row.signs} ", sign), *self._styled(row.before or row.after or [])]
            return strip(parts, self.cells, wide=self.wide)
        leads = [f" {each} " if self._flow.is_signed else " " for each in row.signs]
        left = [(leads[0], sign), *self._styled(row.before or [])]
        right = [(RULES[self.wide], self.look.style("rule")), (leads[1], sign), *self._styled(row.after or [])]
        taken = self._flow.left
        return Strip.join([strip(left, taken, wide=self.wide), strip(right, self.cells - taken, wide=self.wide)])

    def _styled(self, runs: list[MarkedRun]) -> list[tuple[str, Style | None]]:
        here = f"#{self.change}"
        return [(run.text, self.look.style(*_looks(run.names, here))) for run in runs]


def _looks(names: tuple[str, ...], here: str) -> list[str]:
    """Of whole paragraphs the mark of the line tells enough."""
    looks = [name for name in names if not name.startswith("#")]
    return [*looks, "edit_now"] if here in names and len(looks) > 1 else looks


class DiffSheet(Sheet[int]):
    """Shows what changed until it is closed; gives back the index of the change to go to in the page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right_square_bracket", "change(1)", "next change", id="diff-next"),
        Binding("left_square_bracket", "change(-1)", "previous change", id="diff-previous"),
        Binding("enter", "choose", "there in the page", id="diff-choose"),
        Binding("D", "back", "back", id="diff-back"),
    ]

    def __init__(self, look: Look, sides: Sides, change: int = 0) -> None:
        """There is a change at least."""
        self._diff = DiffPane(look, sides, change)
        super().__init__(self._diff)
        self._status = StatusLine(look)
        self._sides = sides

    def compose(self) -> ComposeResult:
        """The stretches, and below them what is known of the present change."""
        yield self._diff
        yield self._status

    def on_mount(self) -> None:
        self._tell()

    def action_move(self, motion: Motion) -> None:
        """Go to another line, and say what the change in it is."""
        super().action_move(motion)
        self._tell()

    def action_change(self, step: int) -> None:
        """Go to the next change."""
        self._diff.show_change(self._diff.change + step)
        self._tell()

    def _tell(self) -> None:
        at = self._diff.change
        notice = f"{at + 1:,}/{len(self._sides.changes):,}  {self._sides.describe(at)}"
        keys = (("ENTER", tr("go there")), ("] [", tr("next, previous change")))
        self._status.show(Status(name=notice, keys=keys, help=(("q", tr("back")),)), None)

    def action_choose(self) -> None:
        """Close, and go to the change in the page."""
        self.dismiss(self._diff.change)
