"""Lists of what can be copied or saved, and in which form."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.i18n import tr, tr_name
from tui.model import Document
from tui.text.cells import pad
from tui.view.look import Look
from tui.view.outlet import ABOUT, FORMS, ORIGINALS, Form
from tui.view.settings import Settings
from tui.view.sheet import Line, ListSheet, SheetPane

NAME_CELLS = 12
PREVIEW_CHARS = 200

Part = tuple[str, str]
"""What it is called, and its text."""


def parts(document: Document, selection: str, paragraph: str) -> list[Part]:
    """What of a page can be copied as it is; what there is none of is left out."""
    stated = document.metadata.get("canonical_url")
    url = document.url or (str(stated.value) if stated else "")
    offered = [
        (tr("selection"), selection),
        (tr("paragraph"), paragraph),
        (tr("title"), document.title),
        ("URL", url),
        (tr("source"), document.ref.source),
    ]
    return [(name, text) for name, text in offered if text]


class CopySheet(ListSheet[Part]):
    """Gives back what was chosen and its text."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("Y", "back", "back", id="copy-back")]

    def __init__(self, look: Look, settings: Settings, offered: list[Part], render: Callable[[Form], str]) -> None:
        super().__init__(SheetPane(look, settings, tr("Copy  (ENTER: copy; q: back)")))
        self._offered, self._rendered = offered, render
        self._forms = [form for form in FORMS if form not in ORIGINALS]

    def on_mount(self) -> None:
        """Show what there is."""
        rows = [_line(name, " ".join(text[:PREVIEW_CHARS].split())) for name, text in self._offered]
        self.list.show([[row] for row in (*rows, *(_line(form, tr_name(ABOUT[form])) for form in self._forms))])

    def chosen(self, row: int) -> Part:
        """As in `ListSheet`."""
        if row < len(self._offered):
            return self._offered[row]
        form = self._forms[row - len(self._offered)]
        return form, self._rendered(form)


class SaveSheet(ListSheet[Form]):
    """Gives back the form that was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("s", "back", "back", id="save-back")]

    def __init__(self, look: Look, settings: Settings) -> None:
        super().__init__(SheetPane(look, settings, tr("Save  (ENTER: choose; q: back)")))

    def on_mount(self) -> None:
        """Show the forms."""
        self.list.show([[_line(form, tr_name(ABOUT[form]))] for form in FORMS])

    def chosen(self, row: int) -> Form:
        """As in `ListSheet`."""
        return FORMS[row]


def _line(name: str, about: str) -> Line:
    return [(f"  {pad(name, NAME_CELLS)}", "key"), (about, "plain")]
