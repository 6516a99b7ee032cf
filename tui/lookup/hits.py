"""What searching and indexing find, as it crosses from the worker to whoever asked."""

from collections.abc import Mapping

from tui.model import Problem, Ref
from tui.values import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a query stands, with what stands around it."""

    start: int
    """Place in `Document.text`; -1: in the title alone."""
    before: str
    found: str
    after: str


@dataclass(frozen=True, slots=True)
class Hits:
    """A page that holds a query."""

    ref: Ref
    hits: tuple[Hit, ...]
    """The first ones."""
    count: int
    """How many there are in all."""


@dataclass(frozen=True, slots=True)
class Searched:
    """How far a search came, and what it found on the way."""

    pages: int
    """Pages that were searched since the last answer."""
    found: tuple[Hits, ...] = ()
    problems: tuple[tuple[Ref, Problem], ...] = ()
    """Pages that could not be searched."""


@dataclass(frozen=True, slots=True)
class Digest:
    """A page in an index."""

    values: Mapping[str, str | float | tuple[str, ...] | None]
    """By the names of `fields`, without those that are as long as the page; none of what the user decided."""
    pieces: str
    """Of its title and text, separated by spaces."""
    problems: tuple[Problem, ...]
