"""The three panes together: where they stand, and which of them the keys go to."""

from collections.abc import Callable, Mapping

from tui.core.i18n import tr
from tui.core.model import Document, Item
from tui.core.shelf import Shelf
from tui.view.pagetext.query import Query
from tui.view.panes.body import BodyPane
from tui.view.panes.headlines import FoundRow, HeadlinesPane
from tui.view.panes.metadata import MetadataPane
from tui.view.panes.pane import Pane
from tui.view.panes.plan import arrange
from tui.view.state.services import PANES, PaneName, Where
from tui.view.state.sourcenames import SourceNames
from tui.view.terminal.look import Look


class Panes:
    """Places the panes as `arrange` says, and is the `View` that draws what is browsed."""

    def __init__(self, look: Look, shelf: Shelf, names: SourceNames, width: int, keys: Mapping[str, str]) -> None:
        """`width`: cells to which text is wrapped; `keys`: the first key of each command."""
        self.look = look
        self._keys = {"help": keys["help"], "leave": keys["leave"]}
        self.headlines = HeadlinesPane(look, shelf, names)
        self.learn, self.forget, self.with_url = self.headlines.learn, self.headlines.forget, self.headlines.with_url
        self.rearrange, self.selected = self.headlines.rearrange, self.headlines.selected
        self.fold = self.headlines.fold
        self.body = BodyPane(look, width)
        self.show_source = self.body.show_source
        self.metadata = MetadataPane(look, keys["repairs"])
        self.by_name: dict[PaneName, Pane] = {"headlines": self.headlines, "body": self.body, "metadata": self.metadata}
        self.active_name: PaneName = "headlines"
        self.is_zoomed = False
        self._size = (0, 1)
        self.brief_rows = 0
        """Below the panes, for the most of the metadata."""
        self._shown: set[PaneName] = set()

    @property
    def active(self) -> Pane:
        """The pane that the keys go to."""
        return self.by_name[self.active_name]

    def resize(self, columns: int, rows: int) -> None:
        """Place the panes on so many cells."""
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

    def show_body(self) -> None:
        """Bring the text into sight, for what acts on it from any pane."""
        if not self.body.display:
            self.activate("body")

    def next(self, step: int) -> None:
        """Send keys to the next pane."""
        self.activate(PANES[(PANES.index(self.active_name) + step) % len(PANES)])

    def _arrange(self) -> None:
        boxes = arrange(*self._size, self.active_name, zoomed=self.is_zoomed)
        self._shown = set(boxes)
        self.brief_rows = self._size[1] - max(box.bottom for box in boxes.values())
        self.headlines.right_rule = "headlines" in boxes and len(boxes) > 1
        self.metadata.left_rule = len(boxes) == len(PANES) and boxes["metadata"].y == 0
        for name, pane in self.by_name.items():
            box = boxes.get(name)
            pane.named_beside = () if len(boxes) > 1 else tuple(self.by_name.values())
            pane.display = box is not None
            pane.activate(name == self.active_name)
            if box is not None:
                pane.put(box, is_beside=box.width < self._size[0])

    def show(self, index: int, document: Document, *, keep_place: bool) -> None:
        self.headlines.unfold(index, document)
        self.body.show(document, keep_place=keep_place)
        self.metadata.show(document)

    def show_empty(self, reason: str) -> None:
        self.headlines.say(tr("No pages here"))
        self.body.say(
            tr("No pages here: {reason}\n\n{help} shows the keys, {leave} quits.\n", reason=reason, **self._keys)
        )

    def grow(self, *, follow_end: bool = False) -> None:
        headlines = self.headlines
        is_at_end = follow_end and bool(headlines.count()) and headlines.is_on_last_page()
        headlines.grow()
        if is_at_end:
            headlines.go_to(headlines.count() - 1)

    def list_labels(self, labels_at: Callable[[Item], tuple[str, ...]]) -> None:
        self.headlines.labels_at = labels_at
        self.headlines.refresh()

    def where(self) -> Where:
        page, listing = self.body.page, self.headlines.listing
        start = max(self.body.here() - page.shift, -1) if page is not None else -1
        is_below = isinstance(self.headlines.current(), FoundRow)
        below = self.headlines.cursor - listing.row_of(listing.open) if is_below else 0
        return Where(start, below, self.active_name, self.is_zoomed)

    def go_to_page(self, index: int, below: int = 0) -> None:
        self.headlines.go_to(self.headlines.listing.row_of(index) + below)

    def go_to_place(self, start: int, query: Query | None = None) -> None:
        if query is not None:
            self.body.search(query, 1)
        if self.body.page is not None and start >= 0:
            self.body.go_to_offset(start + self.body.page.shift)

    def select_none(self) -> None:
        if self.headlines.selected():
            self.headlines.select()

    def page_under_cursor(self) -> int | None:
        if self.active is not self.headlines or not self.headlines.count():
            return None
        return self.headlines.listing.page_of(self.headlines.cursor)
