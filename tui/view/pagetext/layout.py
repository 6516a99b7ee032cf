"""How a page's text stands in its pane: wrapped to a width, and centred where there is more room."""

from collections.abc import Sequence

from tui.view.pagetext.flow import TextFlow
from tui.view.pagetext.text import PageText


def laid_out(
    page: PageText, room: int, most: int, *, wide: bool, folds: Sequence[tuple[int, int]] = ()
) -> tuple[TextFlow, int]:
    """Return the rows of a page in `room` cells, text in at most so many of them, and how many stay free at the left.

    Tables may take the room at the right as well.
    """
    cells = min(room, most)
    indent = (room - cells) // 2
    flow = TextFlow(
        page.text,
        cells,
        wide=wide,
        gap=page.gap,
        lead=page.lead,
        above=page.above,
        post=page.post,
        folds=folds,
        grids=page.grids(room - indent, wide=wide, folds=folds),
    )
    return flow, indent
