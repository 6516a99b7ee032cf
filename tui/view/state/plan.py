"""Where the panes stand: a function of the terminal's size."""

from typing import Literal, NamedTuple

PaneName = Literal["headlines", "body", "metadata"]
PANES: tuple[PaneName, ...] = ("headlines", "body", "metadata")

WIDE_COLUMNS = 140
"""From here on all three panes stand side by side."""
NARROW_COLUMNS = 90
"""Below it one pane is shown at a time."""
SHORT_ROWS = 20
"""Below it metadata has the screen to itself or none of it."""


class Box(NamedTuple):
    """A rectangle of the screen, in cells."""

    x: int
    y: int
    width: int
    height: int


def arrange(columns: int, rows: int, active: PaneName, *, zoomed: bool) -> dict[PaneName, Box]:
    """Return the boxes of the panes that are shown, on a terminal whose last row is the status line.

    The active pane is always among them.

    >>> arrange(60, 20, "body", zoomed=False)
    {'body': Box(x=0, y=0, width=60, height=19)}
    >>> list(arrange(120, 40, "body", zoomed=False).values())[2]
    Box(x=0, y=33, width=120, height=6)
    """
    height = max(rows - 1, 1)
    is_short = rows < SHORT_ROWS
    if zoomed or columns < NARROW_COLUMNS or (is_short and active == "metadata"):
        return {active: Box(0, 0, columns, height)}
    if columns >= WIDE_COLUMNS:
        left = _between(40, columns * 28 // 100, 60)
        right = 0 if is_short else _between(36, columns * 25 // 100, 56)
        boxes: dict[PaneName, Box] = {
            "headlines": Box(0, 0, left, height),
            "body": Box(left, 0, columns - left - right, height),
        }
        if right:
            boxes["metadata"] = Box(columns - right, 0, right, height)
        return boxes
    left = _between(34, columns * 37 // 100, 46)
    strip = 0 if is_short else _between(4, rows * 15 // 100, 6)
    boxes = {"headlines": Box(0, 0, left, height - strip), "body": Box(left, 0, columns - left, height - strip)}
    if strip:
        boxes["metadata"] = Box(0, height - strip, columns, strip)
    return boxes


def _between(low: int, ideal: int, high: int) -> int:
    return max(low, min(ideal, high))
