"""The help: every key of the main screen, made from the table that binds them, and every mark."""

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.i18n import tr, tr_name
from tui.text.cells import width, wrap
from tui.view.keys import help_rows
from tui.view.look import Look
from tui.view.settings import Settings
from tui.view.sheet import Line, Sheet, SheetPane

MARKS = (
    ("abc", "edit", "repaired, for certain"),
    ("abc", "probable", "repaired by likelihood"),
    ("abc", "boiler", "menus, footers and the like"),
    ("␛ ⇆ ¦", "stand_in", "stand in the place of characters that would act or hide"),
    ("▸", "plain", "the open page; the line that is read"),
    ("•", "note", "a found headline"),
    ("›", "hit_row", "a hit of the search is in this line"),
    ("简 繁 混", "note", "this line is simplified, traditional or both, and most of the page is not"),
)
"""What marks look like, the name of their look, and what they mean."""


class HelpScreen(Sheet[None]):
    """Shows the help until it is closed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("h,f1", "back", "back", id="help-back")]

    def __init__(self, look: Look, settings: Settings) -> None:
        heading = tr("Keys and marks  (q: back)")
        self._list = SheetPane(look, settings, heading, has_cursor=False)
        super().__init__(self._list)
        self._keys = help_rows(settings.keys)

    def on_resize(self) -> None:
        """Wrap the rows."""
        self._list.show([[line] for line in self._lines()], self._list.cursor)

    def _lines(self) -> Iterator[Line]:
        yield [(f"  {tr('A number typed before a key repeats it')}", "note")]
        cells = max(width(keys, wide=self._list.wide) for keys, about in self._keys if about) + 2
        for keys, about in self._keys:
            if about:
                yield from self._entry(keys, cells, tr_name(about))
            else:
                yield [(f" {tr_name(keys)}", "group")]
        yield [(f" {tr('Marks')}", "group")]
        for mark, look, about in MARKS:
            yield from self._entry(mark, cells, tr_name(about), look)

    def _entry(self, keys: str, cells: int, about: str, look: str = "key") -> Iterator[Line]:
        """Keys or a mark, in so many cells, and beside them what is to be said, in as many rows as it takes."""
        wide = self._list.wide
        starts = wrap(about, max(self.app.size.width - cells - 4, 12), wide=wide)
        for at, end in zip(starts, [*starts[1:], len(about)], strict=True):
            left = keys if at == 0 else ""
            gap = " " * (cells - width(left, wide=wide))
            yield [("   ", "plain"), (left, look), (gap, "plain"), (about[at:end], "plain")]
