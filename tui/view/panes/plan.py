"""Where the panes stand on a terminal of any size. Nothing here imports Textual: the first page is drawn before it is there."""

from typing import NamedTuple

from tui.view.state.services import PaneName

WIDE_COLUMNS = 140
"""From here on all three panes stand side by side."""
NARROW_COLUMNS = 90
"""Below it one pane is shown at a time."""
SHORT_ROWS = 18
"""Below it metadata has no column of its own."""
TALL_ROWS = 30
"""From here on metadata has a box below the body, where it has no column."""
METADATA_ROWS = 9
"""Of that box, with its header."""
TINY_ROWS = 8
"""Below it no row is left for what the page says about itself."""


class Box(NamedTuple):
    """Cells of the screen: its first column and row, and how many there are of each."""

    x: int
    y: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        """The row below it."""
        return self.y + self.height


def arrange(columns: int, rows: int, active: PaneName, *, zoomed: bool) -> dict[PaneName, Box]:
    """Return the boxes of the panes that are shown, in so many rows above the status line.

    The active pane is always among them; where metadata isn't, a row below the panes is left for the most of it.

    >>> arrange(60, 20, "body", zoomed=False)
    {'body': Box(x=0, y=0, width=60, height=19)}
    >>> list(arrange(120, 34, "body", zoomed=False).values())[2]
    Box(x=41, y=25, width=79, height=9)
    """
    is_brief = not zoomed and rows >= TINY_ROWS
    height = max(rows - is_brief, 1)
    if zoomed or columns < NARROW_COLUMNS:
        is_metadata = active == "metadata"
        return {active: Box(0, 0, columns, rows if is_metadata else height)}
    is_short = rows < SHORT_ROWS
    if columns >= WIDE_COLUMNS:
        left = _between(40, columns * 28 // 100, 60)
        right = _between(36, columns * 25 // 100, 56)
        if not is_short:
            return {
                "headlines": Box(0, 0, left, rows),
                "body": Box(left, 0, columns - left - right, rows),
                "metadata": Box(columns - right, 0, right, rows),
            }
    else:
        left = _between(30, columns // 2 - 19, 50)
        if rows >= TALL_ROWS:
            body = rows - METADATA_ROWS
            return {
                "headlines": Box(0, 0, left, rows),
                "body": Box(left, 0, columns - left, body),
                "metadata": Box(left, body, columns - left, METADATA_ROWS),
            }
    if active == "metadata":
        return {"headlines": Box(0, 0, left, rows), "metadata": Box(left, 0, columns - left, rows)}
    return {"headlines": Box(0, 0, left, height), "body": Box(left, 0, columns - left, height)}


def _between(low: int, ideal: int, high: int) -> int:
    return max(low, min(ideal, high))
