"""The three panes together: where they stand, and which of them the keys go to."""

from tui.core.shelf import Shelf
from tui.view.panes.body import BodyPane
from tui.view.panes.headlines import HeadlinesPane
from tui.view.panes.metadata import MetadataPane
from tui.view.panes.pane import Pane
from tui.view.state.plan import PANES, PaneName, arrange
from tui.view.terminal.look import Look


class Panes:
    """Places the panes as `plan` says."""

    def __init__(self, look: Look, shelf: Shelf) -> None:
        self.headlines = HeadlinesPane(look, shelf)
        self.body = BodyPane(look)
        self.metadata = MetadataPane(look)
        self.by_name: dict[PaneName, Pane] = {"headlines": self.headlines, "body": self.body, "metadata": self.metadata}
        self.active_name: PaneName = "headlines"
        self.is_zoomed = False
        self._size = (0, 0)
        self._shown: set[PaneName] = set()

    @property
    def active(self) -> Pane:
        """The pane that the keys go to."""
        return self.by_name[self.active_name]

    def resize(self, columns: int, rows: int) -> None:
        """Place the panes on a terminal of this size."""
        self._size = (columns, rows)
        self._arrange()

    def zoom(self) -> None:
        """Give the active pane the whole screen, or take it back."""
        self.is_zoomed = not self.is_zoomed
        self._arrange()

    @property
    def is_alone(self) -> bool:
        """Whether the active pane has the screen to itself without being zoomed: there is room for no more."""
        return len(arrange(*self._size, self.active_name, zoomed=False)) == 1

    def activate(self, name: PaneName) -> None:
        """Send keys to a pane; where it is not to be seen, the others make room."""
        self.active_name = name
        if self._shown == set(arrange(*self._size, name, zoomed=self.is_zoomed)):
            for other, pane in self.by_name.items():
                pane.activate(other == name)
        else:
            self._arrange()

    def next(self, step: int) -> None:
        """Send keys to the next pane."""
        self.activate(PANES[(PANES.index(self.active_name) + step) % len(PANES)])

    def _arrange(self) -> None:
        boxes = arrange(*self._size, self.active_name, zoomed=self.is_zoomed)
        self._shown = set(boxes)
        self.headlines.right_rule = {"headlines", "body"} <= self._shown
        self.metadata.left_rule = "metadata" in boxes and boxes["metadata"].x > 0
        for name, pane in self.by_name.items():
            box = boxes.get(name)
            pane.display = box is not None
            pane.activate(name == self.active_name)
            if box is not None:
                pane.put(box, is_beside=box.width < self._size[0])
