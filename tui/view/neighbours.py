"""What the screen wants of whoever looks for the files beside a saved page."""

from collections.abc import Sequence
from typing import Protocol

from tui.model import Ref


class Neighbours(Protocol):
    """Looks for files that a saved page links to; nothing outside of the folders that the user named is found."""

    def find(self, paths: Sequence[str]) -> Ref | None:
        """Return the first page in the first of these files that is there; None: none is."""
