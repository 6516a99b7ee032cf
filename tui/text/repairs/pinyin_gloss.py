"""Readings written into the bytes of GBK text: 總統(tǒng) was 總統, 當?shù)貢r間 was 當地時間.

Certain is what the forward model turns back into the damage that stands in the page, if nothing else that does is nearly
as likely. What vanished is chosen by likelihood, as probable edits, or stays as a problem. Glosses that people wrote stay:
they are few, or leave most of the same characters bare, or stand behind characters that no site glosses.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import partial

from tui.core.model import Options
from tui.core.patterns import lazy
from tui.core.problems import Problem, Reason
from tui.text.repairs import Change, Outcome, Plan, Repair, lines_with, within
from tui.text.repairs.gloss import toneless
from tui.text.repairs.gloss.bytes_around import GLOSS, MARKS, SWALLOWED
from tui.text.repairs.gloss.dialect import Dialect, recognise
from tui.text.repairs.gloss.forward import halved
from tui.text.repairs.gloss.likelihood import LOST, Likelihood
from tui.text.repairs.gloss.search import GlossSearch, Unit

_HINT = lazy(f"{GLOSS.pattern}|{SWALLOWED.pattern}|\\?(?=[{MARKS}])")
_TONED = lazy("[(?][a-z]{0,3}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
"""Every reading of the table has a tone; clean text hardly ever has one in such a place."""
_COMMA_HINT = lazy(f"{_HINT.pattern}|,(?=[{MARKS}])")

_KNOWN = frozenset({"known"})
_OPENING = re.compile("[(?]")
MOST_HINTS = 25_000
"""Signs of a page before which a reading may stand."""
_WORDS = 8
"""Code points on each side that tell the reader where something was lost."""
_LEFT = lazy(f"(?<=[\u3400-\u9fff]){GLOSS.pattern}")


def diagnose(text: str, _options: Options) -> Plan | None:
    """Find out whether a page's text was glossed by machine, and how."""
    if ")" not in text:
        return None
    until = within(text, _OPENING, MOST_HINTS)
    text = text[:until]
    dialect = recognise(text) if _TONED.search(text) else None
    if dialect is None:
        return Plan(toneless.undo, Reason("toneless_readings"), until) if toneless.is_glossed(text) else None
    which = (
        Reason("first_ranked", {"count": dialect.level})
        if dialect.level
        else Reason("characters", {"count": len(dialect.characters)})
    )
    search = GlossSearch(dialect, Likelihood(text))
    return Plan(partial(_undo, search, dialect), Reason("readings_in_gbk", {"which": which}), until)


def _undo(search: GlossSearch, dialect: Dialect, string: str) -> Outcome:
    changes: list[Change] = []
    problems: list[Problem] = []
    hint = _COMMA_HINT if dialect.has_commas else _HINT
    for start, line in lines_with(hint, string):
        units = search.units(line, [match.start() for match in hint.finditer(line)])
        for number, unit in enumerate(units):
            change = _change(line, unit, dialect)
            if change:
                changes.append(Change(start + change.start, start + change.end, change.after, change.certainty))
            if unit.kinds != _KNOWN and (code := _code(unit)):
                words = _around(line, units, number)
                problems.append(Problem(code, "", {"words": words}, start + unit.start, start + unit.end))
        changes += _unlisted(line, start, units, dialect)
    return Outcome(tuple(sorted(changes, key=lambda change: change.start)), tuple(problems))


def _change(line: str, unit: Unit, dialect: Dialect) -> Change | None:
    if "literal" in unit.kinds:
        return None
    after = halved(unit.after) if dialect.is_halved else unit.after
    if after == line[unit.start : unit.end]:
        return None
    return Change(unit.start, unit.end, after, "certain" if unit.is_certain else "probable")


def _code(unit: Unit) -> str:
    """The code of a problem where something of a unit is gone for good; empty: nothing is."""
    if "literal" in unit.kinds:
        return "gloss_unsolved"
    if LOST in unit.after:
        return "gloss_lost"
    return "gloss_swallowed" if "sign" in unit.kinds else ""


def _around(line: str, units: Sequence[Unit], number: int) -> str:
    """A unit as it is now, with the repaired words before and behind it."""
    before, at = "", units[number].start
    for unit in reversed(units[:number][-_WORDS:]):
        before = unit.after + line[unit.end : at] + before
        at = unit.start
    behind, end = "", units[number].end
    for unit in units[number + 1 :][:_WORDS]:
        behind += line[end : unit.start] + unit.after
        end = unit.end
    before, behind = line[max(0, at - _WORDS) : at] + before, behind + line[end : end + _WORDS]
    return before[-_WORDS:] + units[number].after + behind[:_WORDS]


def _unlisted(line: str, start: int, units: list[Unit], dialect: Dialect) -> Iterator[Change]:
    """Readings behind characters that were not known to be glossed, on a page on which no person wrote readings."""
    if not dialect.is_sure:
        return
    starts, ends = [unit.start for unit in units], [unit.end for unit in units]
    for match in _LEFT.finditer(line):
        if not _TONED.match(match[0]):  # a word of another language
            continue
        touching = units[bisect_right(ends, match.start()) : bisect_left(starts, match.end())]
        if all("literal" in unit.kinds or unit.after == line[unit.start : unit.end] for unit in touching):
            yield Change(start + match.start(), start + match.end(), "", "probable")


REPAIR = Repair(
    name="pinyin_gloss",
    order=30,
    about="removes readings such as (tǒng) written into the bytes of Chinese text",
    diagnose=diagnose,
)
