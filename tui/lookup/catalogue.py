"""The pages of the sources that a user names: from their indexes where these count, else from the sources themselves.

An index that turns out damaged is thrown away and told of, and its pages are read from then on.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tui.core.errors import StoreError, UsageError
from tui.core.model import Item, Options, Twin, Twins
from tui.core.problems import Reason
from tui.core.values import replace

if TYPE_CHECKING:
    from tui.choosing.fields import KeptValue
    from tui.lookup.sidecar import DamagedIndexError, Sidecar

T = TypeVar("T")

KEPT_QUERIES = 16
"""Queries whose pages are remembered: an expression asks for each of its words again with every page."""


class Catalogue:
    """The indexes that were met. Nothing of them is imported as long as there is none."""

    def __init__(self, folder: Path, options: Options, on_damage: Callable[[StoreError], object]) -> None:
        """`folder` holds the indexes; it need not be there. Those made with other options tell places only.

        `on_damage` is told, once for each, that an index is damaged.
        """
        self._folder = folder
        self._options = options
        self._on_damage = on_damage
        self._is_empty = not folder.is_dir()
        self._met: dict[str, Sidecar | None] = {}
        self._by_source: dict[str, Sidecar] = {}
        self._asked: dict[tuple[Sidecar, str], frozenset[int] | None] = {}

    def forget(self) -> None:
        """Look anew whether indexes count: their sources may have changed."""
        self._met.clear()
        self._by_source.clear()
        self._asked.clear()

    def index(self, target: str, is_known_to_count: bool = False) -> "Sidecar | None":
        """Return the index of a target, if it has one that counts.

        `is_known_to_count`: another process has just compared it with what lies there.
        """
        if self._is_empty or not os.path.exists(target):  # noqa: PTH110 - targets are patterns and addresses, too
            return None
        if target not in self._met:
            from tui.lookup import sidecar

            try:
                self._met[target] = sidecar.find(self._folder, target, is_known_to_count)
            except sidecar.DamagedIndexError as error:
                self._drop(error)
        return self._met[target]

    def _drop(self, error: "DamagedIndexError") -> None:
        """Do without an index, here and, unless it was made anew, everywhere."""
        from tui.lookup import sidecar

        if error.target in self._met and self._met[error.target] is None:
            return  # another thread has met it
        dropped = self._met.get(error.target)
        self._met[error.target] = None
        self._by_source = {source: index for source, index in self._by_source.items() if index is not dropped}
        sidecar.remove(self._folder, error.target)
        self._on_damage(error)

    def adopt(self, target: str, is_known_to_count: bool = False) -> bool:
        """Know the pages of a target by its index, as `index` says; returns whether it has one that counts and suits."""
        found = self.index(target, is_known_to_count)
        if found is None or not found.suits(self._options):
            return False
        self._by_source.update(dict.fromkeys(found.sources, found))
        return True

    def check(self, names: Iterable[str], targets: Iterable[str]) -> None:
        """Raise UsageError if fields of twins are asked for, and not each of the targets has an index that knows them."""
        from tui.choosing.fields import OF_TWINS

        asked = OF_TWINS.intersection(names)
        if asked and (target := self.without_twins(targets)) is not None:
            raise UsageError(Reason("no_twins", {"field": min(asked)}), target)

    def without_twins(self, targets: Iterable[str]) -> str | None:
        """Return the first target that has no index that knows twins; None: each has one."""
        for target in targets:
            found = self.index(target)
            if found is None or not found.suits(self._options) or not found.keeps("twins"):
                return target
        return None

    def twins(self, ref: Item, most: int = 0) -> Twins | None:
        """Return what an index knows of the twins of a page, with so many copies; None: it knows none, or there is no index."""
        found = self._index_of(ref)
        return None if found is None else self.known(ref, lambda _kept: _twins(found, ref.ordinal, most))

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

    def matching(self, target: str, query: str, options: Options) -> tuple[int, Iterator[Item]] | None:
        """Return how many pages of a target can't hold a query, and those that may; None if no index can tell."""
        found = self.index(target)
        holding = self._holding(found, query) if found is not None and found.suits(options) else None
        return (
            None if found is None or holding is None else (found.pages - len(holding), map(found.ref, sorted(holding)))
        )

    def known(self, ref: Item, ask: "Callable[[KeptValue], T]") -> T | None:
        """Return what `ask` makes of what an index keeps of a page; None if there is none that is sound."""
        found = self._index_of(ref)
        if found is None:
            return None
        from tui.lookup.sidecar import DamagedIndexError

        try:
            return ask(partial(found.value, ref.ordinal))
        except DamagedIndexError as error:
            self._drop(error)
            return None

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
            from tui.lookup.sidecar import DamagedIndexError

            try:
                found = index.candidates(query)
            except DamagedIndexError as error:
                self._drop(error)
                return None
            if len(self._asked) == KEPT_QUERIES:
                self._asked.pop(next(iter(self._asked)))
            self._asked[key] = None if found is None else frozenset(found)
        return self._asked[key]


def _twins(index: "Sidecar", ordinal: int, most: int) -> Twins | None:
    others, first = index.value(ordinal, "twins"), index.value(ordinal, "twin")
    if not (isinstance(others, int) and others):
        return None
    if isinstance(first, int):
        return Twins(others, index.ref(first), _likeness(index, ordinal))
    return Twins(others, copies=tuple(islice(_copies(index, ordinal), most)))


def _copies(index: "Sidecar", ordinal: int) -> Iterator[Twin]:
    from tui.lookup.twins import NEXT

    while isinstance(following := index.value(ordinal, NEXT), int):
        yield Twin(index.ref(following), _likeness(index, following), str(index.value(following, "title") or ""))
        ordinal = following


def _likeness(index: "Sidecar", ordinal: int) -> float:
    found = index.value(ordinal, "likeness")
    return found if isinstance(found, int | float) else 0.0
