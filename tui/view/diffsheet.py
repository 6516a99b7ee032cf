"""All repairs of a page over the whole screen: what was there on the left, what is there on the right."""

from typing import ClassVar

from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.strip import Strip

from tui.i18n import tr
from tui.model import Document
from tui.view.diff import DiffFlow, hunks, summary
from tui.view.look import Look
from tui.view.pagetext import Run, describe_edit
from tui.view.paint import RULES, strip
from tui.view.panes.pane import Pane
from tui.view.panes.status import StatusLine
from tui.view.settings import Settings
from tui.view.sheet import Sheet
from tui.view.sight import Motion
from tui.view.statusline import Status
from tui.view.walk import Place


class DiffPane(Pane):
    """Goes through the stretches that changed; one edit is the present one."""

    DEFAULT_CSS = "DiffPane { width: 100%; height: 1fr; }"

    def __init__(self, look: Look, settings: Settings, document: Document, edit: int) -> None:
        self._document = document
        self._hunks = hunks(document.text, document.edits)
        self._flow = DiffFlow(document, self._hunks, 80, wide=settings.ambiguous_wide)
        super().__init__(look, settings, "body", self._flow)
        self.is_active = True
        self.edit = edit
        """Index of the present edit: one of the line that is read, or near it."""

    def heading(self) -> str:
        """As in `Pane`."""
        return tr(
            "Repairs  {counts}  in {places:,} places  (ENTER: go there; q: back)"
            if len(self._hunks) != 1
            else "Repairs  {counts}  in {places} place  (ENTER: go there; q: back)",
            counts=summary(self._document),
            places=len(self._hunks),
        )

    def resized(self) -> None:
        """As in `Pane`: wrap anew, with the present edit in sight."""
        self._flow = DiffFlow(self._document, self._hunks, self.cells - 1, wide=self.wide)
        self.sight.rows = self._flow
        self.sight.fit(self.height)
        self.show_edit(self.edit)

    def show_edit(self, index: int) -> None:
        """Make an edit the present one, and read the first line that shows it."""
        self.edit = index % len(self._document.edits)
        self.sight.read(self._flow.place_of(self.edit))
        self.redraw()

    def numbered(self, number: int) -> Place:
        """As in `Pane`: the first place that changed is 1."""
        return Place(max(0, min(number, len(self._hunks)) - 1), 0)

    def move(self, motion: Motion, count: int | None) -> None:
        """As in `Pane`; an edit of the line becomes the present one."""
        super().move(motion, count)
        before, self.edit = self.edit, self._flow.edit_at(self.sight.line, self.edit)
        if self.edit != before:
            self.redraw()

    def paint(self, y: int) -> Strip:
        """As in `Pane`."""
        top = self.sight.top
        place = self._flow.move(top, y)
        row = self._flow.row(place)
        if row is None or (y and place == self._flow.move(top, y - 1)):
            return strip([], self.cells, wide=self.wide)
        if row.heading:
            return strip([(f" {row.heading}", self.look.style("group"))], self.cells, wide=self.wide)
        if not self._flow.is_side_by_side:
            sign, runs = ("-", row.before) if row.before is not None else ("+", row.after)
            parts = [(f" {sign} ", self.look.style("note")), *self._styled(runs or [])]
            return strip(parts, self.cells, wide=self.wide)
        left = strip([(" ", None), *self._styled(row.before or [])], self._flow.half + 1, wide=self.wide)
        rule = strip([(f" {RULES[self.wide]} ", self.look.style("rule"))], 3, wide=False)
        rest = self.cells - self._flow.half - 4
        return Strip.join([left, rule, strip(self._styled(row.after or []), rest, wide=self.wide)])

    def _styled(self, runs: list[Run]) -> list[tuple[str, Style | None]]:
        here = f"#{self.edit}"
        return [(run.text, self.look.style(*_looks(run.names, here))) for run in runs]


def _looks(names: tuple[str, ...], here: str) -> list[str]:
    looks = [name for name in names if not name.startswith("#")]
    return [*looks, "edit_now"] if here in names else looks


class DiffSheet(Sheet[int]):
    """Shows the repairs until it is closed; gives back the index of the edit to go to in the page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right_square_bracket", "edit(1)", "next repair", id="diff-next"),
        Binding("left_square_bracket", "edit(-1)", "previous repair", id="diff-previous"),
        Binding("enter", "choose", "there in the page", id="diff-choose"),
        Binding("D", "back", "back", id="diff-back"),
    ]

    def __init__(self, look: Look, settings: Settings, document: Document, edit: int) -> None:
        self._diff = DiffPane(look, settings, document, edit)
        super().__init__(self._diff)
        self._status = StatusLine(look, settings)
        self._edits = document.edits

    def compose(self) -> ComposeResult:
        """The stretches, and below them what is known of the present edit."""
        yield self._diff
        yield self._status

    def on_mount(self) -> None:
        """Say what the present edit is."""
        self._tell()

    def action_move(self, motion: Motion) -> None:
        """Go to another line, and say what the edit in it is."""
        super().action_move(motion)
        self._tell()

    def action_edit(self, step: int) -> None:
        """Go to the next edit."""
        self._diff.show_edit(self._diff.edit + step)
        self._tell()

    def _tell(self) -> None:
        edit = self._edits[self._diff.edit]
        said = f"{self._diff.edit + 1:,}/{len(self._edits):,}  {describe_edit(edit)}"
        self._status.show(Status(message=said), None)

    def action_choose(self) -> None:
        """Close, and go to the edit in the page."""
        self.dismiss(self._diff.edit)
