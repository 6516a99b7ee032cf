"""What the screen wants of whoever keeps labels, notes and marks."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from tui.model import Document, Ref

if TYPE_CHECKING:
    from tui.notebook.store import Known, Undone


class Ledger(Protocol):
    """Keeps what the user decides. Raises StoreError, saying what to do, if that can't be read or kept."""

    @property
    def keys(self) -> Mapping[str, str]:
        """Key -> label, in the order in which they are offered."""

    def labels(self, document: Document) -> tuple[str, ...]:
        """Return a page's labels, by name."""

    def labels_at(self, ref: Ref) -> tuple[str, ...]:
        """Return the labels of the page that lies there, as far as they are known without reading it; never raises."""

    def label(self, document: Document, name: str) -> bool:
        """Give a page a label, or take it away if it has it; returns whether it has it now."""

    def label_all(self, pages: "Sequence[Known]", name: str) -> tuple[bool, int]:
        """Give pages a label, or take it from them if all have it; returns whether it was given, and to or from how many.

        Taking back is one step, however many there are.
        """

    def labelled(self) -> Iterable[tuple[str, int]]:
        """Return the absolute path and the ordinal of each page that carries a label, wherever one looks."""

    def counts(self) -> Mapping[str, int]:
        """Return how many pages carry each label."""

    def note(self, document: Document) -> str:
        """Return a page's note; empty if it has none."""

    def write_note(self, document: Document, text: str) -> None:
        """Note something in place of what was noted; an empty text takes the note away."""

    def undo(self) -> "Undone | None":
        """Take back the last label or note, and say which it was; None if there is none left."""

    def mark(self, letter: str, document: Document, start: int) -> None:
        """Remember a place in a page under a letter."""

    def marked(self, letter: str) -> tuple[Ref, int] | None:
        """Return the page and the place that a letter stands for."""

    def filters(self) -> Mapping[str, str]:
        """Return the saved filters: name -> expression."""

    def save_filter(self, name: str, expression: str) -> None:
        """Keep a filter under a name."""

    @property
    def left(self) -> Mapping[str, Any]:
        """Where one left last time, to go back there; empty: nowhere, or nobody wants to."""

    def leave(self, state: Mapping[str, Any]) -> None:
        """Remember where one left, as plain JSON values; never raises."""
