"""The rows of the headline pane: the pages of the collection, and under the open one what was found in it."""

from collections.abc import Sequence
from typing import NamedTuple

from tui.model import Headline


class PageRow(NamedTuple):
    """A page of the collection."""

    page: int
    """Its index."""


class GroupRow(NamedTuple):
    """The name of a list of headlines in the open page."""

    name: str
    size: int
    """How many headlines it has."""


class FoundRow(NamedTuple):
    """A headline found in the open page."""

    headline: Headline


ListRow = PageRow | GroupRow | FoundRow


class Listing:
    """Says what stands in which row without keeping a row for each page."""

    def __init__(self) -> None:
        self.pages = 0
        """How many pages are known."""
        self.open = -1
        """Index of the open page; -1: none."""
        self._below: list[GroupRow | FoundRow] = []

    def __len__(self) -> int:
        return self.pages + len(self._below)

    def unfold(self, index: int, headlines: Sequence[Headline]) -> None:
        """Make `index` the open page, and show what was found in it."""
        groups: dict[str, list[Headline]] = {}
        for headline in headlines:
            groups.setdefault(headline.list, []).append(headline)
        self.open = index
        self._below = []
        for name, members in groups.items():
            self._below.append(GroupRow(name, len(members)))
            self._below += [FoundRow(headline) for headline in members]

    def __getitem__(self, row: int) -> ListRow:
        """Raises IndexError outside of the list."""
        if not 0 <= row < len(self):
            raise IndexError(row)
        if row <= self.open:
            return PageRow(row)
        if row - self.open <= len(self._below):
            return self._below[row - self.open - 1]
        return PageRow(row - len(self._below))

    def row_of(self, index: int) -> int:
        """The row of a page."""
        return index if index <= self.open else index + len(self._below)

    def page_of(self, row: int) -> int:
        """The page that a row is or belongs to."""
        entry = self[row]
        return entry.page if isinstance(entry, PageRow) else self.open
