"""Repairs: one module is one repair and exports it as `REPAIR`.

A repair looks at a whole page once (`diagnose`) and returns a plan; the plan then changes every string of the page:
text, title, meta fields. Ten characters alone carry too little evidence.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
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


_NEAR, _NEAR_WORD = 8, 40
"""Code points around an escape in which the character itself marks an explanation, and a word that it makes."""
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")


def differences(old: str, new: str, start: int, certainty: Certainty) -> Iterator[Change]:
    """Yield what makes `new` of `old`, which stands at `start`: a change for each run beyond ASCII, if the ASCII agrees.

    Links and lists end between such runs, and must find their ends again.

    >>> [(change.start, change.after) for change in differences("CafÃ© crÃ¨me", "Café crème", 0, "certain")]
    [(3, 'é'), (8, 'è')]
    """
    runs = [(match.start(), match[0]) for match in _BEYOND_ASCII.finditer(old)]
    answers = _BEYOND_ASCII.findall(new)
    if _BEYOND_ASCII.split(old) != _BEYOND_ASCII.split(new):
        runs, answers = [(0, old)], [new]
    for (at, before), after in zip(runs, answers, strict=True):
        yield from difference(before, after, start + at, certainty)


def difference(old: str, new: str, start: int, certainty: Certainty) -> Iterator[Change]:
    """Yield what makes `new` of `old` as one change, without what they share at their ends; nothing if they are equal."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    if old != new:
        yield Change(start + head, start + len(old) - tail, new[head : len(new) - tail], certainty)


def _common(one: str, other: str) -> int:
    """Length of the beginning that two strings share."""
    most = min(len(one), len(other))
    for number in range(most):
        if one[number] != other[number]:
            return number
    return most


def is_explained(text: str, change: Change) -> bool:
    """Whether what an escape stands for stands beside it, as a word of its own.

    >>> is_explained("&eacute; gives é", Change(0, 8, "é")), is_explained("caf&eacute; frappé", Change(3, 11, "é"))
    (True, False)
    """
    word = change.after.strip()
    near = _NEAR if len(word) == 1 else _NEAR_WORD
    around = text[max(0, change.start - near) : change.start] + " " + text[change.end : change.end + near]
    return bool(word) and bool(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", around))


def spliced(text: str, pieces: Iterable[tuple[int, int, str]], at: int = 0, end: int | None = None) -> str:
    """Return `text[at:end]` with what stands from `start` to `stop` replaced, for each (start, stop, after) in order.

    >>> spliced("Caf&eacute;!", [(3, 11, "é")])
    'Café!'
    """
    out: list[str] = []
    for start, stop, after in pieces:
        out += [text[at:start], after]
        at = stop
    return "".join([*out, text[at:end]])


def is_text(decoded: str) -> bool:
    """Whether a decoded escape holds no control, surrogate, line end or character that nobody assigned."""
    return all(unicodedata.category(char) not in {"Cc", "Cs", "Cn", "Co", "Zl", "Zp"} for char in decoded)


def within(text: str, hint: re.Pattern[str], most: int) -> int | None:
    """Return where the first hint stands that is too many to be looked at; None: there are no more than that.

    >>> within("a=b=c=d", re.compile("="), 2), within("a=b=c=d", re.compile("="), 3)
    (5, None)
    """
    if len(text) <= most:
        return None
    beyond = next(islice(hint.finditer(text), most, None), None)
    return beyond.start() if beyond else None


def lines_with(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines in which a pattern matches, each once and with its place.

    >>> list(lines_with(re.compile("b"), "a\\nabc\\nb"))
    [(2, 'abc'), (6, 'b')]
    """
    end = 0
    while match := pattern.search(text, end):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        yield start, text[start:end]


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
