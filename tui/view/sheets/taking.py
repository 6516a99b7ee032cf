"""Taking things out: lists of what can be copied or saved and in which form, and the way to the terminal's clipboard."""

from base64 import b64encode
from collections.abc import Collection, Mapping

from tui.core.i18n import tr, tr_name
from tui.core.model import Document
from tui.text.words.cells import pad
from tui.view.sheets.sheet import ChoiceSheet, Line
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


def copy_sheet(look: Look, offered: list[CopyPart]) -> ChoiceSheet[CopyPart | Form]:
    """List what is offered, and behind it the forms in which the page can be had."""
    parts_rows = [(_line(name, " ".join(text[:PREVIEW_CHARS].split())), (name, text)) for name, text in offered]
    return ChoiceSheet(look, tr("Copy"), [*parts_rows, *_forms(set(FORMS) - ORIGINALS)], tr("copy"), key="Y")


def save_sheet(look: Look, forms: Collection[Form]) -> ChoiceSheet[Form]:
    return ChoiceSheet(look, tr("Save"), _forms(forms), tr("choose"), key="s")


def write_sheet(look: Look, pages: int) -> ChoiceSheet[PagesForm]:
    """List the forms in which all of so many pages are written."""
    rows = [(_line(form, tr_name(ABOUT_PAGES[form])), form) for form in PAGES_FORMS]
    return ChoiceSheet(look, tr("Write {pages:,} pages", pages=pages), rows, tr("choose"), key="W")


def _forms(forms: Collection[Form]) -> list[tuple[Line, Form]]:
    return [(_line(form, tr_name(ABOUT[form])), form) for form in FORMS if form in forms]


def _line(name: str, about: str) -> Line:
    return [(f"  {pad(name, NAME_CELLS)}", "key"), (about, "plain")]
