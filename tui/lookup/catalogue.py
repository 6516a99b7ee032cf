"""The pages of the sources that a user names: from their indexes where these count, else from the sources themselves."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.model import Options, Ref
from tui.sources import Tally
from tui.sources import scan as scan_source

if TYPE_CHECKING:
    from tui.choosing.fields import Value
    from tui.lookup.sidecar import Sidecar


class Catalogue:
    """The indexes that were met. Nothing of them is imported as long as there is none."""

    def __init__(self, folder: Path, options: Options) -> None:
        """`folder` holds the indexes; it need not be there. Those made with other options tell places only."""
        self._folder = folder
        self._options = options
        self._is_empty = not folder.is_dir()
        self._met: dict[str, Sidecar | None] = {}
        self._by_source: dict[str, Sidecar] = {}

    def index(self, target: str) -> "Sidecar | None":
        """Return the index of a target, if it has one that counts."""
        if self._is_empty or not os.path.exists(target):  # noqa: PTH110 - targets are patterns and addresses, too
            return None
        if target not in self._met:
            from tui.lookup import sidecar

            self._met[target] = sidecar.find(self._folder, target)
        return self._met[target]

    def scan(self, targets: Sequence[str], tally: Tally, is_all: bool = False) -> Iterator[Ref]:
        """As `sources.scan`; a target with an index is not looked into, unless for records that no index has."""
        for target in targets:
            found = self.index(target)
            if found is None or is_all:
                yield from scan_source([target], tally, is_all)
                continue
            if found.suits(self._options):
                self._by_source.update(dict.fromkeys(found.sources, found))
            yield from found.refs()

    def holding(self, query: str, options: Options) -> "Callable[[Ref], bool] | None":
        """Return what says whether a page may hold a query; None if no index, or not every one, can tell."""
        indexes = set(self._by_source.values())
        if not indexes or None in self._met.values() or not all(index.suits(options) for index in indexes):
            return None
        found = {index: index.candidates(query) for index in indexes}
        ordinals = {index: frozenset(there) for index, there in found.items() if there is not None}
        if len(ordinals) < len(found):
            return None
        return lambda ref: ref.source not in self._by_source or ref.ordinal in ordinals[self._by_source[ref.source]]

    def kept(self, ref: Ref) -> "Mapping[str, Value] | None":
        """Return what an index keeps of a page; None if there is none."""
        found = self._by_source.get(ref.source)
        return found.kept(ref.ordinal) if found else None
