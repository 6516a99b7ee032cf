"""Readings written into the bytes of GBK text: 總統(tǒng) was 總統, 當?shù)貢r間 was 當地時間.

Certain is what the forward model turns back into the damage that stands in the page; lost bytes are filled by a list of
words, as probable edits. Glosses that people wrote stay: they are few, or leave most of the same characters bare.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tui.model import Options, Problem
from tui.text.repairs import Change, Outcome, Plan, Repair
from tui.text.repairs._gloss_guess import LOST, guess, is_plausible, solve
from tui.text.repairs._gloss_inverse import GLOSS, SWALLOWED, Unit, keys_of
from tui.text.repairs._gloss_model import RANKS, READINGS, damage, encoded, halved, is_private

_HINT = re.compile(f"{GLOSS.pattern}|{SWALLOWED.pattern}|\\?(?=[；！。，;!,])")
_MIN_HITS, _MIN_CHARACTERS = 3, 2
_MAX_BARE = 0.1
"""Share of a glossed character's uses that may stand without a gloss; people gloss the first use only."""
_REACH = 256
"""Code points behind a reading within which the shift is sure to have ended."""
_WIDTH = re.compile(r"(?<=[\u4e00-\u9fff])[，,]")


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a page's damage looks like, as far as it matters for undoing it."""

    characters: tuple[str, ...]
    """The characters that are glossed, in the order in which they were."""
    level: int
    """They are the first so many of the ranking; 0: another subset."""
    is_halved: bool
    """Fullwidth ASCII was made halfwidth after the damage."""
    has_private: bool
    """Pairs that nothing maps are there, as private-use characters; else they may have vanished."""


def diagnose(text: str, _options: Options) -> Plan | None:
    """Find out whether a page's text was glossed by machine, and how."""
    dialect = _dialect(text)
    if dialect is None:
        return None
    which = f"the first {dialect.level} of the ranking" if dialect.level else f"{len(dialect.characters)} characters"
    return Plan(lambda string: _undo(string, dialect), f"readings were written into GBK bytes; glossed: {which}")


def _dialect(text: str) -> Dialect | None:
    hits: Counter[str] = Counter()
    decisive = 0
    for match in re.finditer(f"(?s)(.)(?:{GLOSS.pattern}|{SWALLOWED.pattern})", text):
        char, reading, swallowed = match.groups()
        if reading and READINGS.get(char) == reading:
            hits[char] += 1
        elif swallowed:
            decisive += any(key[:1] == encoded(char)[-1:] for key in keys_of(swallowed))
    if not decisive and (hits.total() < _MIN_HITS or len(hits) < _MIN_CHARACTERS):
        return None
    uses = Counter(char for char in text if char in READINGS)
    level = _level(hits, uses)
    ranked = [char for char, rank in RANKS.items() if rank <= level]
    others = [char for char in hits if char not in ranked]
    bare = sum(uses[char] - hits[char] for char in [*ranked, *others])
    if bare > _MAX_BARE * (bare + hits.total()) and not (decisive and bare <= decisive):
        ranked, others, level = [], list(hits), 0
        bare = sum(uses[char] - hits[char] for char in others)
        if bare > _MAX_BARE * (bare + hits.total()):
            return None
    widths = Counter(_WIDTH.findall(text))
    return Dialect((*ranked, *others), level, widths[","] > widths["，"], any(map(is_private, text)))


def _level(hits: Counter[str], uses: Counter[str]) -> int:
    """How much of the ranking is glossed: where glossed uses outweigh bare ones the most."""
    best = level = total = 0
    for char, rank in RANKS.items():
        total += 2 * hits[char] - uses[char]
        if hits[char] and total >= best:
            best, level = total, rank
    return level


def _undo(string: str, dialect: Dialect) -> Outcome:
    changes: list[Change] = []
    problems: list[Problem] = []
    for start, end in _windows(string):
        line = string[start:end]
        found = solve(line, dialect.is_halved)
        for number, unit in enumerate(found):
            change = _change(line, found, number, dialect)
            if change and change.after != line[unit.start : unit.end]:
                changes.append(Change(start + change.start, start + change.end, change.after, change.certainty))
            problem = _problem(line, unit, change)
            if problem:
                problems.append(Problem("repair", *problem, start + unit.start, start + unit.end))
    return Outcome(tuple(changes), tuple(problems))


def _problem(line: str, unit: Unit, change: Change | None) -> tuple[str, str] | None:
    """(code, message) where something of a unit is gone for good."""
    seen = line[unit.start : unit.end]
    if change is None:
        return "gloss_unsolved", f"{seen!r}: bytes were lost around a reading; compare another copy of the page"
    if LOST in change.after:
        return "gloss_lost", f"{seen!r}: a character was lost around a reading; compare another copy of the page"
    if unit.is_swallowing:
        return "gloss_swallowed", f"{change.after!r}: the sign behind it was swallowed; `?` stands for it"
    return None


def _windows(string: str) -> Iterator[tuple[int, int]]:
    """Spans of the string, none over a line end, outside of which nothing can be damaged."""
    start = end = -1
    for match in _HINT.finditer(string):
        if start >= 0 and match.start() > end:
            yield start, end
            start = -1
        if start < 0:
            start = max(string.rfind("\n", 0, match.start()) + 1, match.start() - 4, 0)
        stop = string.find("\n", match.end(), match.end() + _REACH)
        end = stop if stop >= 0 else min(len(string), match.end() + _REACH)
    if start >= 0:
        yield start, end


def _change(line: str, found: Sequence[Unit], number: int, dialect: Dialect) -> Change | None:
    """What a unit becomes, itself if nothing is wrong with it; None if it can't be known."""
    unit = found[number]
    seen = line[unit.start : unit.end]
    after, is_certain = unit.after, False
    if after is None:
        after = guess(line, found, number) or _holed(unit)
    elif after != seen:
        is_certain = _is_proved(line, found, number, dialect)
        if len(after) > 1 and not dialect.has_private and not is_plausible(unit):
            # A pair that nothing maps has vanished here as well, so that the rest is read from the wrong half.
            after = None
    if after is None:
        return None
    shown = halved(after) if dialect.is_halved else after
    return Change(unit.start, unit.end, shown, "certain" if is_certain else "probable")


def _holed(unit: Unit) -> str | None:
    """The characters of a unit that are known, with a stand-in for those that nothing decides."""
    if unit.options is None or not is_plausible(unit):
        return None
    return "".join(choice if len(choice) == 1 else LOST for choice in unit.options)


def _is_proved(line: str, found: Sequence[Unit], number: int, dialect: Dialect) -> bool:
    """Whether the forward model makes the damage out of the answer, alone or beside its neighbours."""
    for before, behind in ((0, 0), (1, 0), (1, 1), (2, 1)):
        window = found[max(0, number - before) : number + behind + 1]
        clean = [unit.after for unit in window]
        if None in clean:
            continue
        seen = line[window[0].start : window[-1].end].replace(" )", ")")
        for keep in (True, False):
            made = damage("".join(filter(None, clean)), characters=dialect.characters, keep_private=keep)
            if made == seen or (dialect.is_halved and halved(made) == halved(seen)):
                return True
    return False


REPAIR = Repair(
    name="pinyin_gloss",
    order=30,
    about="readings such as (tǒng) that were written into the bytes of Chinese text are taken out",
    diagnose=diagnose,
)
