"""Deciding about pages: labels, notes and marks."""

import os
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from tui.errors import CopydeskError
from tui.model import Document, Ref

if TYPE_CHECKING:
    from tui.view.reader import Reader


class Deciding:
    """Commands that write down what the user thinks of a page."""

    def __init__(self, reader: "Reader") -> None:
        self._reader = reader
        self.is_labelling = reader.settings.labelling
        """One key labels the page and goes on to the next."""
        self._is_listed = False
        self.commands: dict[str, Callable[[], None]] = {
            "label": self.ask_label,
            "note": self.ask_note,
            "undo": partial(self._told, self._undo),
            "mark": partial(self._with_key, "mark with: ", self._mark),
            "go-to-mark": partial(self._with_key, "go to mark: ", self._go_to_mark),
        }

    def takes(self, key: str) -> bool:
        """Take a key that is a label's, where one key is to be enough."""
        name = self._reader.ledger.keys.get(key) if self.is_labelling else None
        document = self._reader.document
        if name is None or document is None or self._reader.typing.is_busy:
            return False
        self._told(partial(self._label_and_go_on, document, name))
        return True

    def _label_and_go_on(self, document: Document, name: str) -> None:
        reader = self._reader
        if name not in reader.ledger.labels(document):
            reader.ledger.label(document, name)
        self.refresh()
        reader.hush()
        if reader.index_in_mind + 1 < len(reader.shelf):
            reader.commands["next-page"]()
        else:
            reader.say(f"{name}: this was the last page")

    def ask_label(self) -> None:
        """Ask for the key of a label, and give it to the page or take it away."""
        reader = self._reader
        offered = "  ".join(f"{key} {name}" for key, name in reader.ledger.keys.items())
        self._with_key(f"label: {offered} ", self._label)

    def _label(self, document: Document, key: str) -> None:
        reader = self._reader
        name = reader.ledger.keys.get(key)
        if name is None:
            reader.say(f"{key}: no label has this key; labels are {', '.join(reader.ledger.keys.values())}")
            return
        is_on = reader.ledger.label(document, name)
        self.refresh()
        count = reader.ledger.counts().get(name, 0)
        reader.say(f"{name}: {'given' if is_on else 'taken away'}, {count:,} pages have it  (U takes it back)")

    def ask_note(self) -> None:
        """Ask for a note about the page; what was noted is there to be changed."""
        reader, document = self._reader, self._reader.document
        if document is None:
            reader.say("no page is open")
            return

        def ask() -> None:
            reader.ask("note: ", answered)
            assert reader.typing.prompt is not None  # noqa: S101 - just opened
            reader.typing.prompt.text = reader.ledger.note(document)

        def answered(text: str) -> None:
            self._told(lambda: write(text.strip()))

        def write(text: str) -> None:
            reader.ledger.write_note(document, text)
            self.refresh()
            reader.say("noted  (U takes it back)" if text else "no note")

        self._told(ask)

    def _undo(self) -> None:
        said = self._reader.ledger.undo()
        self.refresh()
        self._reader.say(f"taken back: {said}" if said else "nothing to take back")

    def _mark(self, document: Document, letter: str) -> None:
        reader = self._reader
        page = reader.body.page
        start = max(reader.body.here() - page.shift, 0) if page is not None else 0
        reader.ledger.mark(letter, document, start)
        reader.say(f"marked with {letter}; '{letter} comes back here")

    def _go_to_mark(self, _document: Document, letter: str) -> None:
        reader = self._reader
        found = reader.ledger.marked(letter)
        if found is None:
            reader.say(f"{letter}: no place is marked with it; m{letter} marks one")
            return
        ref, start = found
        index = next((at for at, other in enumerate(reader.shelf) if _place(other) == (ref.source, ref.ordinal)), None)
        if index is None:
            reader.say(f"{letter}: {ref.source} #{ref.ordinal} is not among these pages")
        else:
            reader.go_to_place(index, start)

    def _with_key(self, sign: str, use: Callable[[Document, str], None]) -> None:
        reader, document = self._reader, self._reader.document
        if document is None:
            reader.say("no page is open")
            return
        reader.hush()
        reader.typing.ask_key(sign, lambda key: self._told(partial(use, document, key)))

    def show(self) -> None:
        """Show what was decided about the page that was just opened; draws nothing where nothing was."""
        self._told(self._look_up)

    def _look_up(self) -> None:
        reader, document = self._reader, self._reader.document
        if document is None:
            return
        decided = (reader.ledger.labels(document), reader.ledger.note(document))
        if self.is_labelling:
            keys = " ".join(f"{key} {name}" for key, name in reader.ledger.keys.items())
            reader.labelled = f"{keys} · {reader.ledger.labelled():,} of {len(reader.shelf):,} labelled"
        if decided != reader.decided or self.is_labelling:
            reader.decided = decided
            reader.tell()
        if not self._is_listed and reader.ledger.counts():
            self._list()

    def refresh(self) -> None:
        """Show labels and note of the open page as they are now."""
        self._look_up()
        self._list()

    def _list(self) -> None:
        """Show labels in the list."""
        self._is_listed = True
        self._reader.headlines.labels_at = self._reader.ledger.labels_at
        self._reader.headlines.refresh()

    def _told(self, act: Callable[[], None]) -> None:
        """Do something; a store that can't be read or written is told, and all else goes on."""
        try:
            act()
        except CopydeskError as error:
            self._reader.say(str(error), is_trouble=True)


def _place(ref: Ref) -> tuple[str, int]:
    """Where a page lies, from wherever one looks."""
    return os.path.abspath(ref.source), ref.ordinal  # noqa: PTH100 - keeps links
