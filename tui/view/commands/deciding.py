"""Deciding about pages: labels, notes, marks, and taking back the last label or note."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui.core.i18n import tr, tr_said
from tui.core.model import Document, Item
from tui.core.problems import is_unread
from tui.view.commands.base import Commands, Table
from tui.view.state.sourcenames import count, find, index_of

if TYPE_CHECKING:
    from tui.notebook.store import Known


class Deciding(Commands):
    """Commands that write down what the user thinks of a page."""

    def table(self) -> Table:
        return {
            "note": self.ask_note,
            "undo": partial(self._told, self._undo),
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
            self._told(lambda: write(text.strip()))

        def write(text: str) -> None:
            reader.ledger.write_note(document, text)
            self._reader.labelling.refresh()
            reader.say(tr("noted  (U takes it back)") if text else tr("no note"))

        self._told(ask)

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

    def _index_of(self, ref: Item) -> int | None:
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
            self._ask_key(sign, partial(use, document))


ALL_KEY = "*"
"""Means all pages that are shown, unless a label has this key."""


class Labelling(Commands):
    """Gives labels and takes them away, and counts how many pages carry one."""

    _is_listed = False
    _counted = (-1, 0)
    """Among how many pages those with a label were counted, and how many these were."""
    _unfound: tuple[int, str] | None = None
    """The page that is gone on to as soon as it is found, and what was said of the one before it."""

    def table(self) -> Table:
        return {"label": self.ask}

    @property
    def is_fast(self) -> bool:
        """One key labels the page and goes on to the next."""
        return self._reader.settings.labelling

    def is_label(self, key: str) -> bool:
        """Whether one key is enough, and this is one."""
        return self.is_fast and key in self._reader.ledger.keys

    def takes(self, key: str) -> bool:
        """Take a key that is a label's, where one key is to be enough."""
        reader = self._reader
        if not self.is_label(key) or reader.typing.is_busy:
            return False
        name = reader.ledger.keys[key]
        if selected := self._selected():
            self._label_many(selected, name)
        elif reader.document is not None:
            self._told(partial(self._label_and_go_on, reader.document, name))
        return True

    def _is_read(self, document: Document) -> bool:
        """Whether somebody can have read the page; if not, that is said."""
        if is_unread(document.problems):
            said = tr("the page was not read, so it gets no label; R reads it again")
            self._reader.say(said, is_trouble=True)
            return False
        return True

    def _label_and_go_on(self, document: Document, name: str) -> None:
        reader = self._reader
        if not self._is_read(document):
            return
        if name not in reader.ledger.labels(document):
            reader.ledger.label(document, name)
        self.refresh()
        reader.hush()
        self._go_on(name)

    def _go_on(self, name: str) -> None:
        reader = self._reader
        if reader.open_index + 1 < len(reader.shelf):
            reader.commands["next-page"]()
        elif reader.surveying.is_looking:
            self._unfound = (reader.open_index + 1, name)
        else:
            last, forgotten = tr("{name}: this was the last page", name=name), reader.typed_ahead.forget()
            reader.say(f"{last}; {forgotten}" if forgotten else last)

    @property
    def is_next_to_come(self) -> bool:
        """Whether the page after the open one is wanted, but not found yet."""
        reader = self._reader
        is_there = self._unfound is not None and self._unfound[0] == reader.open_index + 1
        return is_there and reader.opener.wanted is None and reader.surveying.is_looking

    def grew(self) -> None:
        """More pages were found, or all are: go on to the one that was waited for."""
        unfound, self._unfound = self._unfound, None
        if unfound is not None and unfound[0] == self._reader.index_in_mind + 1:
            self._go_on(unfound[1])

    def ask(self) -> None:
        """Ask for the key of a label, and give it to what is meant, or take it away."""
        reader = self._reader
        if selected := self._selected():
            self.ask_for(selected)
        elif not reader.shelf or (reader.document is None and self._under_cursor() is None):
            reader.say(tr("no page is open"))
        else:
            shown = tr("{key} all {pages:,} shown", key=ALL_KEY, pages=len(reader.shelf))
            self._ask_key(f"{tr('label')}: {self._offered()}  {shown} ", self._label)

    def ask_for(self, numbers: Sequence[int]) -> None:
        """Ask for the key of a label for these pages, named by their places in the order of finding."""

        def label(key: str) -> None:
            if name := self._named(key):
                self._label_many(numbers, name)

        sign = tr("label {pages:,} pages", pages=len(numbers))
        self._ask_key(f"{sign}: {self._offered()} ", label)

    def _offered(self) -> str:
        return "  ".join(f"{key} {name}" for key, name in self._reader.ledger.keys.items())

    def _named(self, key: str) -> str | None:
        keys = self._reader.ledger.keys
        if key not in keys:
            labels = ", ".join(keys.values())
            self._reader.say(tr("{key}: no label has this key; labels are {labels}", key=key, labels=labels))
        return keys.get(key)

    def _label(self, key: str) -> None:
        reader, number = self._reader, self._under_cursor()
        if key == ALL_KEY and key not in reader.ledger.keys:
            self.ask_for(reader.shelf.numbers())
        elif name := self._named(key):
            if number is not None:
                self._label_many([number], name)
            elif reader.document is not None:
                self._label_open(reader.document, name)

    def _label_open(self, document: Document, name: str) -> None:
        reader = self._reader
        if not self._is_read(document):
            return
        is_on = reader.ledger.label(document, name)
        self.refresh()
        said = tr(
            "{name}: given, {count:,} pages have it  (U takes it back)"
            if is_on
            else "{name}: taken away, {count:,} pages have it  (U takes it back)",
            name=name,
            count=reader.ledger.counts().get(name, 0),
        )
        reader.say(said)

    def _selected(self) -> list[int]:
        return [self._reader.shelf.number(index) for index in self._reader.headlines.selected()]

    def _under_cursor(self) -> int | None:
        """The page under the cursor of the list, where the list is active and another page is open."""
        reader = self._reader
        if reader.panes.active is not reader.headlines or not reader.headlines.count():
            return None
        index = reader.headlines.listing.page_of(reader.headlines.cursor)
        return None if index == reader.open_index else reader.shelf.number(index)

    def _label_many(self, numbers: Sequence[int], name: str) -> None:
        """Read pages, to know them by their bytes, and label them when all are read: whoever stops labels none."""
        reader = self._reader
        refs = reader.shelf.pick(numbers)

        def activity(looked: int) -> str:
            return tr(
                "{looked:,} of {pages:,} pages read to be labelled… (Ctrl-C stops)", looked=looked, pages=len(refs)
            )

        def use(found: "list[Known | None]") -> None:
            pages = [page for page in found if page is not None]
            self._told(partial(self._give, pages, name, len(refs) - len(pages)))

        known = partial(reader.collection.known, refs, reader.options)
        reader.choosing.collect(known, len(refs), activity, use)

    def _give(self, pages: "Sequence[Known]", name: str, unread: int) -> None:
        reader = self._reader
        is_on, count = reader.ledger.label_all(pages, name) if pages else (True, 0)
        if reader.headlines.selected():
            reader.headlines.select()
        self.refresh()
        said = tr(
            "{name}: given to {count:,} of {pages:,} pages  (U takes it back)"
            if is_on
            else "{name}: taken from {count:,} of {pages:,} pages  (U takes it back)",
            name=name,
            count=count,
            pages=len(pages) + unread,
        )
        lost = tr("; {unread:,} could not be read", unread=unread) if unread else ""
        reader.say(said + lost, is_trouble=bool(unread))

    def show(self) -> None:
        """Show what was decided about the page that was just opened; draws nothing where nothing was."""
        self._told(self._look_up)

    def refresh(self) -> None:
        """Show labels and notes as they are now."""
        self._counted = (-1, 0)
        self._look_up()
        self._list()

    def _look_up(self) -> None:
        reader, document = self._reader, self._reader.document
        if document is None:
            return
        before = reader.decided, reader.labelled
        reader.decided = (reader.ledger.labels(document), reader.ledger.note(document))
        is_any = self._is_listed or bool(reader.ledger.counts())
        if is_any and not self._is_listed:
            self._list()
        reader.labelled = self._progress() if is_any or self.is_fast else ()
        if (reader.decided, reader.labelled) != before:
            reader.tell()

    def _list(self) -> None:
        """Show labels in the list."""
        self._is_listed = True
        self._reader.headlines.labels_at = self._reader.ledger.labels_at
        self._reader.headlines.refresh()

    def _progress(self) -> tuple[str, ...]:
        """How many of all pages carry a label, and before it the keys of the labels; nothing if nobody is labelling."""
        pages = self._reader.shelf.found
        if self._counted[0] != pages:
            self._counted = (pages, self._count())
        labelled = self._counted[1]
        said = tr("{labelled:,} of {pages:,} labelled", labelled=labelled, pages=pages)
        if self.is_fast:
            return " ".join(f"{key} {name}" for key, name in self._reader.ledger.keys.items()), said
        return (said,) if labelled else ()

    def _count(self) -> int:
        reader = self._reader
        by_path: dict[str, list[int]] = {}
        for path, ordinal in reader.ledger.labelled():
            by_path.setdefault(path, []).append(ordinal)
        places = reader.headlines.names.places() if by_path else {}
        return sum(
            count(reader.shelf, run, ordinals) for path, ordinals in by_path.items() for run in places.get(path, ())
        )
