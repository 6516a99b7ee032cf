"""Keeps what the user decides on the screen: the store, opened when it is first asked."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.core.errors import StoreError, UsageError
from tui.core.files import absolute
from tui.core.model import Document, Item, Ref

if TYPE_CHECKING:
    from tui.notebook.store import Known, Store, Undone


def left(path: Path, sources: Sequence[str]) -> tuple[list[str], Mapping[str, Any]]:
    """Return which sources one left last, and where; of `sources`, if any are named. Raises StoreError, UsageError."""
    from tui.notebook.store import Store

    named = list(map(absolute, sources))
    found = None
    if path.exists():
        # A store that is damaged is told on the screen as well, which can do without it where it is known what to show.
        with suppress(StoreError) if sources else nullcontext(), closing(Store(path)) as store:
            found = store.position(named)
    if found is None and not sources:
        raise UsageError("--resume: nothing to resume; name a SOURCE")
    return (list(sources) or found[0], found[1]) if found else (list(sources), {})


class StoreLedger:
    """Keeps what the user decides, in a store that is opened when it is first asked; it belongs to the thread that asks.

    Raises StoreError, saying what to do, if that can't be read or kept.
    """

    def __init__(
        self, path: Path, keys: Mapping[str, str], targets: Sequence[str], left: Mapping[str, Any] | None = None
    ) -> None:
        """`path` is the store's, `keys` are those of labels, `targets` the sources that are looked at."""
        self.left = left or {}
        """Where one left last time, to go back there; empty: nowhere, or nobody wants to."""
        self._state: Mapping[str, Any] = {}
        self.keys = keys
        """Key -> label, in the order in which they are offered."""
        self._path = path
        self._names = targets
        self._targets = list(map(absolute, targets))
        self._made: Store | None = None
        self._by_source: dict[str, dict[int, tuple[str, ...]]] = {}
        self._is_lost = False

    @property
    def _store(self) -> "Store":
        if self._made is None:
            from tui.notebook.store import Store  # SQLite, 8 ms, which nobody pays who never labels

            self._made = Store(self._path)
        return self._made

    def labels(self, document: Document) -> tuple[str, ...]:
        """Return a page's labels, by name."""
        return self._store.labels(_known(document).key) if self._is_there else ()

    @property
    def _is_there(self) -> bool:
        """Nobody needs a database who never labels."""
        return self._made is not None or self._path.exists()

    def labels_at(self, ref: Item) -> tuple[str, ...]:
        """Return the labels of the page that lies there, as far as they are known without reading it; never raises."""
        if self._is_lost or not self._is_there:
            return ()
        if ref.source not in self._by_source:
            try:
                self._by_source[ref.source] = self._store.labels_of(ref.source)
            except StoreError:  # told where something is decided
                self._is_lost = True
                return ()
        return self._by_source[ref.source].get(ref.ordinal, ())

    def label(self, document: Document, name: str) -> bool:
        """Give a page a label, or take it away if it has it; returns whether it has it now."""
        return self.label_all([_known(document)], name)[0]

    def label_all(self, pages: "Sequence[Known]", name: str) -> tuple[bool, int]:
        """Give pages a label, or take it from them if all have it; returns whether it was given, and to or from how many.

        Taking back is one step, however many there are.
        """
        keys = {page.key for page in pages}
        having = self._store.having(keys, name)
        is_on = having < len(keys)
        self._store.label(pages, name, is_on)
        self._by_source.clear()
        return is_on, len(keys) - having if is_on else having

    def labelled(self) -> Iterable[tuple[str, int]]:
        """Return the absolute path and the ordinal of each page that carries a label, wherever one looks."""
        return self._store.labelled() if self._is_there else ()

    def counts(self) -> Mapping[str, int]:
        """Return how many pages carry each label."""
        return self._store.counts() if self._is_there else {}

    def note(self, document: Document) -> str:
        """Return a page's note; empty if it has none."""
        return self._store.note(_known(document).key) if self._is_there else ""

    def write_note(self, document: Document, text: str) -> None:
        """Note something in place of what was noted; an empty text takes the note away."""
        self._store.write_note(_known(document), text)

    def undo(self) -> "Undone | None":
        """Take back the last label or note, and say which it was; None if there is none left."""
        self._by_source.clear()
        return self._store.undo() if self._made is not None else None

    def mark(self, letter: str, document: Document, start: int) -> None:
        """Remember a place in a page under a letter."""
        self._store.set_mark(letter, _known(document), start)

    def marked(self, letter: str) -> tuple[Ref, int] | None:
        """Return the page and the place that a letter stands for."""
        found = self._store.marks().get(letter) if self._is_there else None
        return (found[0].ref, found[1]) if found else None

    def filters(self) -> Mapping[str, str]:
        """Return the saved filters: name -> expression."""
        return self._store.filters() if self._is_there else {}

    def save_filter(self, name: str, expression: str) -> None:
        """Keep a filter under a name."""
        self._store.save_filter(name, expression)

    def leave(self, state: Mapping[str, Any]) -> None:
        """Remember where one left, as plain JSON values; never raises."""
        self._state = state

    def close(self) -> None:
        """Keep where one left, and let go of the store. Raises StoreError if it can't be kept, or is damaged."""
        if self._state and "-" not in self._names:
            self._store.save_position(self._targets, self._state)
        if self._made is not None:
            self._made.leave()


def _known(document: Document) -> "Known":
    from tui.notebook.store import known

    return known(document)
