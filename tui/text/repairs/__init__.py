"""Repairs: one module is one repair and exports it as `REPAIR`.

A repair looks at a whole page once (`diagnose`) and returns a plan; the plan then changes every string of the page:
text, title, meta fields. Ten characters alone carry too little evidence.
"""

from collections.abc import Callable

from tui.model import Certainty, Options, Problem
from tui.values import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """One replacement in the text that the repair was given: `text[start:end]` becomes `after`."""

    start: int
    end: int
    after: str
    certainty: Certainty = "certain"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a plan makes of one string."""

    changes: tuple[Change, ...] = ()
    """Sorted, without overlap; none holds or makes a line end."""
    problems: tuple[Problem, ...] = ()
    """Damage that can't be mended; `start` and `end` are places in the string given."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a repair found out about a page and will do to each of its strings."""

    apply: Callable[[str], Outcome]
    note: str = ""
    """The finding, for people: `UTF-8 bytes were read as windows-1252`."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A kind of damage and its repair."""

    name: str
    order: int
    """Repairs run from low to high."""
    about: str
    """One line for people: what was damaged, what is done."""
    diagnose: Callable[[str, Options], Plan | None]
    """Gets the whole text of the page; None: no sign of this damage. Must cost next to nothing on clean text."""
    spares_code: bool = False
    """Changes inside code and preformatted text are left out."""
    is_optional: bool = False
    """Runs only where it was asked for by name (`--also`)."""
