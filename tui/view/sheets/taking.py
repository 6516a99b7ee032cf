"""Taking things out: lists of what can be copied or saved and in which form, and the way to the terminal's clipboard."""

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.core.i18n import tr, tr_name
from tui.core.model import Document
from tui.text.words.cells import pad
from tui.view.panes.statusline import Hint
from tui.view.sheets.sheet import Line, ListSheet, SheetPane
from tui.view.state.services import ABOUT, ABOUT_PAGES, FORMS, ORIGINALS, PAGES_FORMS, Form, PagesForm
from tui.view.terminal.look import Look

MOST_BYTES = 74_994
"""What becomes 99,992 bytes of base64: terminals drop longer sequences, or break off in the middle."""
SCREEN_CHUNK = 240
"""GNU screen passes on no more at a time."""


def sequence(text: str, environment: Mapping[str, str]) -> str | None:
    """Return what makes the terminal copy a text; None: it is too long. tmux and screen are told to pass it on.

    >>> sequence("ab", {})
    '\\x1b]52;c;YWI=\\x07'
    """
    raw = text.encode("utf-8", "replace")
    if len(raw) > MOST_BYTES:
        return None
    plain = f"\x1b]52;c;{b64encode(raw).decode('ascii')}\x07"
    if environment.get("TMUX"):
        # Bare for `set-clipboard on`, wrapped for `allow-passthrough on`; whichever is off ignores its one.
        wrapped = plain.replace("\x1b", "\x1b\x1b")
        return f"{plain}\x1bPtmux;{wrapped}\x1b\\"
    if environment.get("STY"):
        chunks = (plain[at : at + SCREEN_CHUNK] for at in range(0, len(plain), SCREEN_CHUNK))
        return "".join(f"\x1bP{chunk}\x1b\\" for chunk in chunks)
    return plain


NAME_CELLS = 12
PREVIEW_CHARS = 200

CopyPart = tuple[str, str]
"""What it is called, and its text."""


def parts(document: Document, selection: str, paragraph: str) -> list[CopyPart]:
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


class CopySheet(ListSheet[CopyPart]):
    """Gives back what was chosen and its text."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("Y", "back", "back", id="copy-back")]

    def __init__(self, look: Look, offered: list[CopyPart], render: Callable[[Form], str]) -> None:
        super().__init__(SheetPane(look, tr("Copy")))
        self._offered, self._rendered = offered, render
        self._forms = [form for form in FORMS if form not in ORIGINALS]

    def hints(self) -> Sequence[Hint]:
        return (("ENTER", tr("copy")),)

    def on_mount(self) -> None:
        """Show what there is."""
        rows = [_line(name, " ".join(text[:PREVIEW_CHARS].split())) for name, text in self._offered]
        self.list.show([[row] for row in (*rows, *(_line(form, tr_name(ABOUT[form])) for form in self._forms))])

    def chosen(self, row: int) -> CopyPart:
        if row < len(self._offered):
            return self._offered[row]
        form = self._forms[row - len(self._offered)]
        return form, self._rendered(form)


class SaveSheet(ListSheet[Form]):
    """Gives back the form that was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("s", "back", "back", id="save-back")]

    def __init__(self, look: Look, forms: Sequence[Form] = FORMS) -> None:
        super().__init__(SheetPane(look, tr("Save")))
        self._forms = forms

    def hints(self) -> Sequence[Hint]:
        return (("ENTER", tr("choose")),)

    def on_mount(self) -> None:
        """Show the forms."""
        self.list.show([[_line(form, tr_name(ABOUT[form]))] for form in self._forms])

    def chosen(self, row: int) -> Form:
        return self._forms[row]


class WriteSheet(ListSheet[PagesForm]):
    """Gives back the form in which all pages are written."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("W", "back", "back", id="write-back")]

    def __init__(self, look: Look, pages: int) -> None:
        super().__init__(SheetPane(look, tr("Write {pages:,} pages", pages=pages)))

    def hints(self) -> Sequence[Hint]:
        return (("ENTER", tr("choose")),)

    def on_mount(self) -> None:
        """Show the forms."""
        self.list.show([[_line(form, tr_name(ABOUT_PAGES[form]))] for form in PAGES_FORMS])

    def chosen(self, row: int) -> PagesForm:
        return PAGES_FORMS[row]


def _line(name: str, about: str) -> Line:
    return [(f"  {pad(name, NAME_CELLS)}", "key"), (about, "plain")]
