"""What a search finds, as it crosses from the worker to whoever asked."""

from dataclasses import dataclass

from tui.model import Problem, Ref


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
