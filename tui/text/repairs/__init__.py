"""Repairs: one module is one repair and exports it as `REPAIR`.

A repair looks at a whole page once (`diagnose`) and returns a plan; the plan then changes every string of the page:
text, title, meta fields. Ten characters alone carry too little evidence.
"""

import re
from collections.abc import Callable
from itertools import islice

from tui.core.model import Certainty, Options
from tui.core.problems import Problem, Reason
from tui.core.values import dataclass


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
    note: Reason | None = None
    """The finding: `UTF-8 bytes were read as windows-1252`."""
    until: int | None = None
    """Place in the page's text up to which it was looked at; None: to the end. What follows stays as it is."""


def within(text: str, hint: re.Pattern[str], most: int) -> int | None:
    """Return where the first hint stands that is too many to be looked at; None: there are no more than that.

    >>> within("a=b=c=d", re.compile("="), 2), within("a=b=c=d", re.compile("="), 3)
    (5, None)
    """
    beyond = next(islice(hint.finditer(text), most, None), None)
    return beyond.start() if beyond else None


def repeated(reading: Reason, times: int) -> Reason:
    """Return a finding that holds several times over."""
    name = {1: "", 2: "twice", 3: "three_times"}.get(times, "times")
    return Reason(name, {"reading": reading, "count": times}) if name else reading


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
