"""Rows of a collection, as tests look at them."""

from collections.abc import Iterable

from tui.core.errors import StoreError
from tui.core.model import Item, Problem, Ref, Trouble


def trouble(row: Item) -> Problem | None:
    """Return why nothing can be read there; None: it is a page."""
    return row.problem if isinstance(row, Trouble) else None


def readable(rows: Iterable[Item]) -> list[Ref]:
    """Return the rows that are pages."""
    return [row for row in rows if isinstance(row, Ref)]


def unexpected(error: StoreError) -> None:
    """Be told that something is damaged where nothing is."""
    raise error
