"""All repairs of a page over the whole screen: what was there on the left, what is there on the right."""

from typing import ClassVar

from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.strip import Strip

from tui.model import Document
from tui.view.diff import DiffFlow, hunks, summary
from tui.view.look import Look
from tui.view.pagetext import Run, describe_edit
from tui.view.paint import strip
from tui.view.panes.pane import Motion, Pane, motion_rows
from tui.view.panes.status import StatusLine
from tui.view.settings import Settings
from tui.view.sheet import Sheet
from tui.view.statusline import Status
from tui.view.walk import Place


class DiffPane(Pane):
    """Scrolls through the stretches that changed; one edit is the present one."""

    DEFAULT_CSS = "DiffPane { width: 100%; height: 1fr; }"

    def __init__(self, look: Look, settings: Settings, document: Document, edit: int) -> None:
        super().__init__(look, settings, "body")
        self.is_active = True
        self.edit = edit
        """Index of the present edit."""
        self._document = document
        self._hunks = hunks(document.text, document.edits)
        self._flow = DiffFlow(document, self._hunks, 80, wide=self.wide)
        self._top = Place(0, 0)

    def heading(self) -> str:
        """As in `Pane`."""
        places = f"{len(self._hunks):,} place{'s' * (len(self._hunks) > 1)}"
        return f"Repairs  {summary(self._document)}  in {places}  (ENTER: there in the page; ] [: next; q: back)"

    def resized(self) -> None:
        """As in `Pane`: wrap anew, with the present edit in sight."""
        self._flow = DiffFlow(self._document, self._hunks, self.cells - 1, wide=self.wide)
        self.show_edit(self.edit)

    def show_edit(self, index: int) -> None:
        """Make an edit the present one, and bring the stretch that holds it into sight."""
        self.edit = index % len(self._document.edits)
        place = self._flow.place_of(self.edit)
        bottom = self._flow.move(self._top, self.height - 1)
        if not self._top <= place <= bottom:
            self._set_top(self._flow.move(place, -(self.height // 3)))
        self.refresh()

    def _set_top(self, place: Place) -> None:
        self._top = min(place, self._flow.move(self._flow.last(), 1 - self.height))
        self.refresh()

    def move(self, motion: Motion, count: int | None) -> None:
        """As in `Pane`."""
        if motion == "top":
            self._set_top(Place(0, 0))
        elif motion == "end":
            self._set_top(self._flow.last())
        else:
            self._set_top(self._flow.move(self._top, motion_rows(motion, count, self.height)))

    def paint(self, y: int) -> Strip:
        """As in `Pane`."""
        place = self._flow.move(self._top, y)
        row = self._flow.row(place)
        if row is None or (y and place == self._flow.move(self._top, y - 1)):
            return strip([], self.cells, wide=self.wide)
        if row.heading:
            return strip([(f" {row.heading}", self.look.style("group"))], self.cells, wide=self.wide)
        if not self._flow.is_side_by_side:
            sign, runs = ("-", row.before) if row.before is not None else ("+", row.after)
            parts = [(f" {sign} ", self.look.style("note")), *self._styled(runs or [])]
            return strip(parts, self.cells, wide=self.wide)
        left = strip([(" ", None), *self._styled(row.before or [])], self._flow.half + 1, wide=self.wide)
        rule = strip([(" │ ", self.look.style("rule"))], 3, wide=False)
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
