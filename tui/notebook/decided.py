"""What expressions are told of labels and notes: by a page's place as long as that is enough, else by its bytes."""

from pathlib import Path

from tui.core.model import Document, Item
from tui.notebook.store import Store, known


class Labelled:
    """Labels and notes as they are now; opened by the first question, in the thread that asks."""

    def __init__(self, path: Path) -> None:
        """`path` is the store's; it need not be there, and isn't made."""
        self._path = path
        self._store: Store | None = None
        self._is_empty = not path.exists()
        self._source = ""
        self._there: dict[int, tuple[str, ...]] | None = None

    def at(self, ref: Item) -> tuple[str, ...] | None:
        """Return the labels of the page that lies there; None if only its bytes can tell.

        Pages of a file from which some were labelled are known by their places. Raises StoreError.
        """
        if self._is_empty:
            return ()
        if ref.source != self._source:
            self._source = ref.source
            self._there = self._opened().labels_of(ref.source)
            self._is_empty = not self._there and not self._opened().counts()
        return self._there.get(ref.ordinal, ()) if self._there else None

    def of(self, document: Document) -> tuple[tuple[str, ...], str]:
        """Return the labels and the note of a page. Raises StoreError."""
        if not self._path.exists():
            return (), ""
        key = known(document).key
        return self._opened().labels(key), self._opened().note(key)

    def _opened(self) -> Store:
        if self._store is None:
            self._store = Store(self._path)
        return self._store
