"""The pages of the sources that a user names: from their indexes where these count, else from the sources themselves."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tui.core.model import Item, Options
from tui.core.values import replace

if TYPE_CHECKING:
    from tui.choosing.fields import KeptValue
    from tui.lookup.sidecar import Sidecar


KEPT_QUERIES = 16
"""Queries whose pages are remembered: an expression asks for each of its words again with every page."""


class Catalogue:
    """The indexes that were met. Nothing of them is imported as long as there is none."""

    def __init__(self, folder: Path, options: Options) -> None:
        """`folder` holds the indexes; it need not be there. Those made with other options tell places only."""
        self._folder = folder
        self._options = options
        self._is_empty = not folder.is_dir()
        self._met: dict[str, Sidecar | None] = {}
        self._by_source: dict[str, Sidecar] = {}
        self._asked: dict[tuple[Sidecar, str], frozenset[int] | None] = {}

    def forget(self) -> None:
        """Look anew whether indexes count: their sources may have changed."""
        self._met.clear()
        self._by_source.clear()
        self._asked.clear()

    def index(self, target: str) -> "Sidecar | None":
        """Return the index of a target, if it has one that counts."""
        if self._is_empty or not os.path.exists(target):  # noqa: PTH110 - targets are patterns and addresses, too
            return None
        if target not in self._met:
            from tui.lookup import sidecar

            self._met[target] = sidecar.find(self._folder, target)
        return self._met[target]

    def adopt(self, target: str, is_known_to_count: bool = False) -> bool:
        """Know the pages of a target by its index; returns whether it has one that counts and suits.

        `is_known_to_count`: another process has just compared it with what lies there.
        """
        if is_known_to_count and target not in self._met:
            from tui.lookup import sidecar

            self._met[target] = sidecar.find(self._folder, target, is_known_to_count=True)
        found = self.index(target)
        if found is None or not found.suits(self._options):
            return False
        self._by_source.update(dict.fromkeys(found.sources, found))
        return True

    @property
    def knows_any(self) -> bool:
        """There is an index that knows pages."""
        return bool(self._by_source)

    def is_made_with(self, options: Options) -> bool:
        """Whether what is kept of pages is what these options make of them, but for the script of titles."""
        return replace(options, script=self._options.script) == self._options

    def holding(self, query: str, options: Options) -> "Callable[[Item], bool] | None":
        """Return what says whether a page may hold a query; None if no index, or not every one, can tell."""
        indexes = set(self._by_source.values())
        if not indexes or None in self._met.values() or not all(index.suits(options) for index in indexes):
            return None
        if any(self._holding(index, query) is None for index in indexes):
            return None
        return lambda ref: not self.lacks(ref, query)

    def kept(self, ref: Item) -> "KeptValue | None":
        """Return what tells what an index keeps of a page; None if there is none."""
        found = self._index_of(ref)
        return partial(found.value, ref.ordinal) if found else None

    def _index_of(self, ref: Item) -> "Sidecar | None":
        """The index that knows a page: not one that came since to a file that is followed."""
        found = self._by_source.get(ref.source)
        return found if found is not None and ref.ordinal < found.pages else None

    def lacks(self, ref: Item, query: str) -> bool:
        """Say whether an index rules out that a page holds a query in title or text."""
        found = self._index_of(ref)
        if found is None:
            return False
        holding = self._holding(found, query)
        return holding is not None and ref.ordinal not in holding

    def _holding(self, index: "Sidecar", query: str) -> frozenset[int] | None:
        """The pages that may hold a query; None if the index can't tell. The last queries are remembered."""
        key = (index, query)
        if key not in self._asked:
            found = index.candidates(query)
            if len(self._asked) == KEPT_QUERIES:
                self._asked.pop(next(iter(self._asked)))
            self._asked[key] = None if found is None else frozenset(found)
        return self._asked[key]
