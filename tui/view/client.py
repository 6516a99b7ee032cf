"""What the screen wants of those who read pages for it."""

from collections.abc import Sequence
from typing import Protocol

from tui.model import Document, Options, Peek, Ref


class Source(Protocol):
    """A page before repair."""

    @property
    def text(self) -> str:
        """Decoded and unrepaired; empty if the bytes are no text."""

    @property
    def raw(self) -> bytes:
        """The bytes as they were found."""


class Client(Protocol):
    """Reads pages in another process; every call blocks, and none raises for a page's faults."""

    def open(self, ref: Ref, options: Options) -> Document:
        """Read, repair and parse a page."""

    def peek(self, refs: Sequence[Ref], options: Options) -> list[Peek]:
        """Find out title and date of pages, cheaply."""

    def source(self, ref: Ref, options: Options) -> Source:
        """Read a page without repairing it."""

    def cancel(self) -> None:
        """Give up the call that is under way; called from another thread."""

    def close(self) -> None:
        """End the process."""
