"""What the user decides about pages: labels, notes, marks, and taking back the last label or note."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui.core.i18n import tr, tr_problem
from tui.core.model import Document, Ref
from tui.core.problems import is_unread
from tui.view.state.filter import Filter
from tui.view.state.pages import ShownPages
from tui.view.state.sourcenames import count, find, index_of

if TYPE_CHECKING:
    from tui.notebook.store import Known

ALL_KEY = "*"
"""Means all pages that are shown, unless a label has this key."""
_COUNTING = frozenset("123456789")
"""What begins a count where no key labels."""


class Labels:
    """Gives labels and takes them away, counts how many pages carry one, and keeps notes and marks."""

    def __init__(self, pages: ShownPages, jobs: Filter, *, is_fast: bool) -> None:
        """`jobs` runs what reads many pages; `is_fast`: one key labels the page and goes on to the next."""
        self._pages, self._jobs, self.is_fast = pages, jobs, is_fast
        self.decided: tuple[tuple[str, ...], str] = ((), "")
        """Labels and note of the open page."""
        self.progress = ""
        """How many pages carry a label; empty: nobody asks."""
        self._is_listed = False
        self._counted = (-1, 0)
        """Among how many pages those with a label were counted, and how many these were."""

    @property
    def by_key(self) -> Mapping[str, str]:
        """Key -> label, where one key is enough; else empty."""
        return self._pages.ledger.keys if self.is_fast else {}

    def is_label(self, character: str | None) -> bool:
        """Whether one key is enough, and what it types is a label's."""
        return character in self.by_key

    def takes(self, character: str | None) -> bool:
        """Take a key that is a label's, where one key is to be enough; digits count nothing then."""
        pages = self._pages
        if not self.is_fast or not character or pages.typing.is_busy:
            return False
        if not self.is_label(character):
            return character in _COUNTING and self._named(character) is None
        name = pages.ledger.keys[character]
        if selected := self._selected():
            self._label_many(selected, name)
        elif pages.document is not None:
            pages.attempt(partial(self._label_and_go_on, pages.document, name))
        return True

    def _is_read(self, document: Document) -> bool:
        """Whether somebody can have read the page; if not, that is said."""
        if is_unread(document.problems):
            notice = tr("the page was not read, so it can't be labelled; R tries again")
            self._pages.complain(notice)
            return False
        return True

    def _label_and_go_on(self, document: Document, name: str) -> None:
        pages = self._pages
        if not self._is_read(document):
            return
        if name not in pages.ledger.labels(document):
            pages.ledger.label(document, name)
        self.refresh()
        pages.hush()
        if pages.open_index + 1 < len(pages.shelf) or pages.is_looking:
            pages.step(1)
        else:
            pages.say(pages.and_forgotten(tr("{name}: that was the last page", name=name)))

    def ask(self) -> None:
        """Ask for the key of a label, and give it to what is meant, or take it away."""
        pages = self._pages
        if selected := self._selected():
            self.ask_for(selected)
        elif not pages.shelf or (pages.document is None and self._under_cursor() is None):
            pages.say(tr("no page is open"))
        else:
            shown = tr("{key} all {pages:,} shown", key=ALL_KEY, pages=len(pages.shelf))
            self._pages.ask_key(f"{tr('label: press')} {self._offered()} · {shown} ", self._label)

    def ask_for(self, numbers: Sequence[int]) -> None:
        """Ask for the key of a label for these pages, named by their places in the order of finding."""

        def label(key: str) -> None:
            if name := self._named(key):
                self._label_many(numbers, name)

        sign = tr("label {pages:,} pages: press", pages=len(numbers))
        self._pages.ask_key(f"{sign} {self._offered()} ", label)

    def _offered(self) -> str:
        return " · ".join(f"{key} {name}" for key, name in self._pages.ledger.keys.items())

    def _named(self, key: str) -> str | None:
        keys = self._pages.ledger.keys
        if key not in keys:
            self._pages.complain(
                tr("{key}: no label has this key; the labels are {labels}", key=key, labels=self._offered())
            )
        return keys.get(key)

    def _label(self, key: str) -> None:
        pages, number = self._pages, self._under_cursor()
        if key == ALL_KEY and key not in pages.ledger.keys:
            self.ask_for(pages.shelf.numbers())
        elif name := self._named(key):
            if number is not None:
                self._label_many([number], name)
            elif pages.document is not None:
                self._label_open(pages.document, name)

    def _label_open(self, document: Document, name: str) -> None:
        pages = self._pages
        if not self._is_read(document):
            return
        is_on = pages.ledger.label(document, name)
        self.refresh()
        notice = tr(
            "{name}: added; {count:,} in all  (U: undo)" if is_on else "{name}: removed; {count:,} left  (U: undo)",
            name=name,
            count=pages.ledger.counts().get(name, 0),
        )
        pages.say(notice)

    def _selected(self) -> list[int]:
        return [self._pages.shelf.number(index) for index in self._pages.view.selected()]

    def _under_cursor(self) -> int | None:
        """The page under the cursor of the list, where the list is active and another page is open."""
        index = self._pages.view.page_under_cursor()
        return None if index is None or index == self._pages.open_index else self._pages.shelf.number(index)

    def _label_many(self, numbers: Sequence[int], name: str) -> None:
        """Read pages, to know them by their bytes, and label them when all are read: whoever stops labels none."""
        pages = self._pages
        refs = pages.shelf.pick(numbers)

        def activity(looked: int) -> str:
            return tr("labelling: {looked:,} of {pages:,} pages read… (Ctrl-C stops)", looked=looked, pages=len(refs))

        def use(found: "list[Known | None]") -> None:
            known = [page for page in found if page is not None]
            pages.attempt(partial(self._give, known, name, len(refs) - len(known)))

        look = partial(pages.collection.known, refs, pages.options)
        self._jobs.collect(look, len(refs), use, activity, is_promised=True)

    def _give(self, known: "Sequence[Known]", name: str, unread: int) -> None:
        pages = self._pages
        is_on, count = pages.ledger.label_all(known, name) if known else (True, 0)
        pages.view.select_none()
        self.refresh()
        notice = tr(
            "{name}: added to {count:,} of {pages:,} pages  (U: undo)"
            if is_on
            else "{name}: removed from {count:,} of {pages:,} pages  (U: undo)",
            name=name,
            count=count,
            pages=len(known) + unread,
        )
        lost = tr("; {unread:,} could not be read", unread=unread) if unread else ""
        pages.say(notice + lost, is_trouble=bool(unread))

    def show(self) -> None:
        """Show what was decided about the page that was just opened; draws nothing where nothing was."""
        self._pages.attempt(self._look_up)

    def refresh(self) -> None:
        """Show labels and notes as they are now."""
        self._counted = (-1, 0)
        self._look_up()
        self._list()

    def _look_up(self) -> None:
        ledger, document = self._pages.ledger, self._pages.document
        if document is None:
            return
        before = self.decided, self.progress
        self.decided = (ledger.labels(document), ledger.note(document))
        is_any = self._is_listed or bool(ledger.counts())
        if is_any and not self._is_listed:
            self._list()
        self.progress = self._progress() if is_any or self.is_fast else ""
        if (self.decided, self.progress) != before:
            self._pages.host.tell()

    def _list(self) -> None:
        self._is_listed = True
        self._pages.view.list_labels(self._pages.ledger.labels_at)

    def _progress(self) -> str:
        """How many of all pages carry a label; nothing if nobody is labelling."""
        found = self._pages.shelf.found
        if self._counted[0] != found:
            self._counted = (found, self._count())
        labelled = self._counted[1]
        is_said = labelled or self.is_fast
        return tr("{labelled:,} of {pages:,} labelled", labelled=labelled, pages=found) if is_said else ""

    def _count(self) -> int:
        pages = self._pages
        by_path: dict[str, list[int]] = {}
        for path, ordinal in pages.ledger.labelled():
            by_path.setdefault(path, []).append(ordinal)
        places = pages.names.places() if by_path else {}
        return sum(
            count(pages.shelf, run, ordinals) for path, ordinals in by_path.items() for run in places.get(path, ())
        )

    def ask_note(self) -> None:
        """Ask for a note about the page; what was noted is there to be changed."""
        pages, document = self._pages, self._pages.document
        if document is None:
            pages.say(tr("no page is open"))
            return

        def ask() -> None:
            pages.ask(tr("note: "), answered, text=pages.ledger.note(document))

        def answered(text: str) -> None:
            pages.attempt(lambda: write(text.strip()))

        def write(text: str) -> None:
            pages.ledger.write_note(document, text)
            self.refresh()
            pages.say(tr("note saved  (U: undo)") if text else tr("note removed"))

        pages.attempt(ask)

    def undo(self) -> None:
        """Take back the last label or note."""
        self._pages.attempt(self._undo)

    def _undo(self) -> None:
        pages = self._pages
        undone = pages.ledger.undo()
        self.refresh()
        if undone is None:
            pages.say(tr("nothing to undo"))
            return
        if self.is_fast and undone.ref is not None:
            # The label was given in passing: back to where it has to be decided anew.
            index = self._index_of(undone.ref)
            if index is not None and index != pages.index_in_mind:
                pages.go_to_page(index)
        pages.say(tr("undone: {said}", said=tr_problem(undone.said)))

    def _index_of(self, ref: Ref) -> int | None:
        """The index of the page that lies there, by its absolute path; None: it isn't among those that are shown."""
        shelf, names = self._pages.shelf, self._pages.names
        return index_of(shelf, find(shelf, names.places().get(ref.source, ()), ref.ordinal))

    def ask_mark(self) -> None:
        """Ask for the letter to remember this place by."""
        self._with_key(tr("set mark: "), self._mark)

    def ask_go_to_mark(self) -> None:
        """Ask for the letter of a place, and go there."""
        self._with_key(tr("go to mark: "), self._go_to_mark)

    def _mark(self, document: Document, letter: str) -> None:
        pages = self._pages
        pages.ledger.mark(letter, document, max(pages.view.where().start, 0))
        pages.say(tr("mark {letter} set; '{letter} comes back here", letter=letter))

    def _go_to_mark(self, _document: Document, letter: str) -> None:
        pages = self._pages
        found = pages.ledger.marked(letter)
        if found is None:
            pages.say(tr("{letter}: no such mark; m{letter} sets it", letter=letter))
            return
        ref, start = found
        index = self._index_of(ref)
        if index is None:
            where = {"source": ref.source, "ordinal": ref.ordinal}
            pages.say(tr("{letter}: {source} #{ordinal} is not among these pages", letter=letter, **where))
        else:
            pages.go_to_place(index, start)

    def _with_key(self, sign: str, use: Callable[[Document, str], None]) -> None:
        pages, document = self._pages, self._pages.document
        if document is None:
            pages.say(tr("no page is open"))
        else:
            pages.ask_key(sign, partial(use, document))
