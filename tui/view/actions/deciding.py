"""Deciding about pages: notes, marks, and taking back the last label or note."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from tui.i18n import tr, tr_said
from tui.model import Document, Ref
from tui.view.actions.asking import ask_key, told
from tui.view.sourcenames import find, index_of

if TYPE_CHECKING:
    from tui.view.reader import Reader


class Deciding:
    """Commands that write down what the user thinks of a page."""

    def __init__(self, reader: "Reader") -> None:
        self._reader = reader
        self.commands: dict[str, Callable[[], None]] = {
            "note": self.ask_note,
            "undo": partial(told, reader, self._undo),
            "mark": partial(self._with_key, tr("mark with: "), self._mark),
            "go-to-mark": partial(self._with_key, tr("go to mark: "), self._go_to_mark),
        }

    def ask_note(self) -> None:
        """Ask for a note about the page; what was noted is there to be changed."""
        reader, document = self._reader, self._reader.document
        if document is None:
            reader.say(tr("no page is open"))
            return

        def ask() -> None:
            reader.ask(tr("note: "), answered)
            assert reader.typing.prompt is not None  # noqa: S101 - just opened
            reader.typing.prompt.text = reader.ledger.note(document)

        def answered(text: str) -> None:
            told(self._reader, lambda: write(text.strip()))

        def write(text: str) -> None:
            reader.ledger.write_note(document, text)
            self._reader.labelling.refresh()
            reader.say(tr("noted  (U takes it back)") if text else tr("no note"))

        told(self._reader, ask)

    def _undo(self) -> None:
        reader = self._reader
        undone = reader.ledger.undo()
        reader.labelling.refresh()
        if undone is None:
            reader.say(tr("nothing to take back"))
            return
        if reader.labelling.is_fast and undone.ref is not None:
            # The label was given in passing: back to where it has to be decided anew.
            index = self._index_of(undone.ref)
            if index is not None and index != reader.index_in_mind:
                reader.go_to_page(index)
        reader.say(tr("taken back: {said}", said=tr_said(undone.said)))

    def _index_of(self, ref: Ref) -> int | None:
        """The index of the page that lies there, by its absolute path; None: it isn't among those that are shown."""
        shelf, names = self._reader.shelf, self._reader.headlines.names
        return index_of(shelf, find(shelf, names.places().get(ref.source, ()), ref.ordinal))

    def _mark(self, document: Document, letter: str) -> None:
        reader = self._reader
        page = reader.body.page
        start = max(reader.body.here() - page.shift, 0) if page is not None else 0
        reader.ledger.mark(letter, document, start)
        reader.say(tr("marked with {letter}; '{letter} comes back here", letter=letter))

    def _go_to_mark(self, _document: Document, letter: str) -> None:
        reader = self._reader
        found = reader.ledger.marked(letter)
        if found is None:
            reader.say(tr("{letter}: no place is marked with it; m{letter} marks one", letter=letter))
            return
        ref, start = found
        index = self._index_of(ref)
        if index is None:
            where = {"source": ref.source, "ordinal": ref.ordinal}
            reader.say(tr("{letter}: {source} #{ordinal} is not among these pages", letter=letter, **where))
        else:
            reader.go_to_place(index, start)

    def _with_key(self, sign: str, use: Callable[[Document, str], None]) -> None:
        reader, document = self._reader, self._reader.document
        if document is None:
            reader.say(tr("no page is open"))
        else:
            ask_key(reader, sign, partial(use, document))
