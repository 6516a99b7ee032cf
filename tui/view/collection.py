"""What the screen wants of whoever looks through all pages for it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from tui.model import Options, Ref

if TYPE_CHECKING:
    from tui.choosing.fields import Value
    from tui.core.answers import Searched
    from tui.notebook.store import Known


class Collection(Protocol):
    """Looks through pages; the iterators are run in a thread. They raise CopydeskError if an expression makes no sense."""

    def judge(self, refs: Sequence[Ref], expression: str, options: Options) -> Iterator[bool]:
        """Yield for each page whether an expression holds."""

    def values(self, refs: Sequence[Ref], field: str, options: Options) -> "Iterator[Value]":
        """Yield the value of a field for each page."""

    def search(self, refs: Sequence[Ref], query: str, options: Options) -> "Iterator[Searched]":
        """Yield what is found, in the order of the pages."""

    def known(self, refs: Sequence[Ref], options: Options) -> "Iterator[Known | None]":
        """Yield what a page is known by, so that it can be labelled; None for one that can't be read."""

    def cancel(self) -> None:
        """Give up what is being read; its iterator raises."""
