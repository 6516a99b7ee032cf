"""Groups of pages by a field: what they are called, how they are ordered, and the expression that means each.

Values are kept as fine as they come, and put together when somebody looks: by then it is known how far they reach.
"""

import math
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from tui.choosing.fields import Comparison, FieldValue, find
from tui.core.values import dataclass

OWN_NUMBERS = 12
"""Up to so many different whole numbers are a group each."""
MOST_DAYS = MOST_MONTHS = 62
"""Beyond so many days, a chart is by month; beyond so many months, by year."""
MOST_YEARS = 200
"""Up to so many years, those without pages are shown too: a page of the year 1 is no reason for 2,000 rows."""

_DAY, _MONTH, _YEAR = 10, 7, 4
_ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class ValueGroup:
    """Pages whose values are taken together."""

    name: str
    """For people; empty: of the pages without a value."""
    expression: str
    """What holds for these pages and no others; empty: it can't be written, for the value has a quotation mark in it."""
    members: Sequence[int]
    """The pages, as they were numbered; none for a time in which there are no pages."""
    first: int = -1
    """Of a rule: pages that none before it drops; -1: it is no rule."""
    only: int = -1
    """Of a rule: pages that no other one drops; -1: it is no rule."""


class Groups:
    """The pages of a field, as they are counted."""

    def __init__(self, field: str) -> None:
        """Raises KeyError if there is no such field."""
        self.field = field
        self.pages = 0
        """Pages that were added."""
        self._kind: Comparison = find(field).kind
        self._by_value: dict[str | float, array[int]] = {}
        self._none = array("q")
        self._first: Counter[str | float] = Counter()
        self._only: Counter[str | float] = Counter()

    def add(self, number: int, value: FieldValue) -> None:
        """Count a page. Of several sites the first one counts, which is the page's own; else a page counts with each."""
        self.pages += 1
        values = [value] if isinstance(value, str | float | int) else list(dict.fromkeys(value or ()))
        if self._kind == "site":
            values = values[:1]
        if self._kind == "date":
            values = [found[0] for text in values if (found := _ISO.match(str(text)))]
        if self.is_of_rules and values:
            self._first[values[0]] += 1
            self._only.update(values[:1] if len(values) == 1 else ())
        for each in values:
            if each == "":
                continue
            if each not in self._by_value:
                self._by_value[each] = array("q")
            self._by_value[each].append(number)
        if not any(each != "" for each in values):
            self._none.append(number)

    @property
    def is_ordered(self) -> bool:
        """Whether the groups have an order of their own, as times, numbers and rules do."""
        return self._kind in ("date", "number", "rule")

    @property
    def is_of_rules(self) -> bool:
        """Whether they are those that rules drop, which come in the order in which a pipeline runs these."""
        return self._kind == "rule"

    def groups(self) -> list[ValueGroup]:
        """Return the groups: times, numbers and rules in their order, names by size; last the pages without a value."""
        if self._kind == "date":
            groups = self._times()
        elif self._kind == "number":
            groups = self._numbers()
        elif self._kind == "rule":
            groups = self._rules()
        else:
            entries = sorted(self._by_value.items(), key=lambda entry: (-len(entry[1]), entry[0]))
            groups = [ValueGroup(str(name), self._is(str(name)), members) for name, members in entries]
        if self._none:
            groups.append(ValueGroup("", f"-{self.field}:*", self._none))
        return groups

    def _rules(self) -> list[ValueGroup]:
        from tui.text.quality.rules import RULES  # few count by them

        return [
            ValueGroup(name, self._is(name), self._by_value[name], self._first[name], self._only[name])
            for name in RULES
            if name in self._by_value
        ]

    def _is(self, name: str) -> str:
        if '"' in name:
            return ""
        return f"{self.field}={name}" if re.fullmatch(r"[\w./-]+", name) and name != "*" else f'{self.field}="{name}"'

    def _times(self) -> list[ValueGroup]:
        texts = {text: members for text, members in self._by_value.items() if isinstance(text, str)}
        if not texts:
            return []
        length = _precision(texts)
        merged: dict[str, array[int]] = {}
        for text in sorted(texts):
            merged.setdefault(text[:length], array("q")).extend(texts[text])
        for empty in _between(sorted(merged), length):
            merged.setdefault(empty, array("q"))
        return [ValueGroup(name, f"{self.field}:{name}", merged[name]) for name in sorted(merged)]

    def _numbers(self) -> list[ValueGroup]:
        numbers = {value: members for value, members in self._by_value.items() if not isinstance(value, str)}
        is_share = all(0 <= value <= 1 for value in numbers) and any(value % 1 for value in numbers)
        is_own = len(numbers) <= OWN_NUMBERS and not any(value % 1 for value in numbers)
        by_bounds: dict[tuple[float, float], array[int]] = {}
        for value, members in numbers.items():
            bounds = (value, value) if is_own else _tenth(value) if is_share else _power(value)
            by_bounds.setdefault(bounds, array("q")).extend(members)
        return [
            ValueGroup(_range_name(*bounds, is_share), self._within(*bounds), members)
            for bounds, members in sorted(by_bounds.items())
        ]

    def _within(self, first: float, beyond: float) -> str:
        if first == beyond:
            return f"{self.field}={_plain(first)}"
        above = [f"{self.field}{'>=' if first else '>'}{_plain(first)}"] * (first > -math.inf)  # zero stands alone
        return " ".join([*above, f"{self.field}<{_plain(beyond)}"])


def _precision(texts: Iterable[str]) -> int:
    """How much of a date names a group, from the span of all of them."""
    known = sorted(texts)
    first, last = known[0], known[-1]
    months = 12 * (int(last[:4]) - int(first[:4])) + int(last[5:7] or 12) - int(first[5:7] or 1)
    if months >= MOST_MONTHS or all(len(text) == _YEAR for text in known):
        return _YEAR
    if months > MOST_DAYS // 31 or not any(len(text) == _DAY for text in known):
        return _MONTH
    days = _day(last, 28) - _day(first, 1)
    return _DAY if days < timedelta(days=MOST_DAYS) else _MONTH


def _day(text: str, otherwise: int) -> date:
    try:
        return date(int(text[:4]), int(text[5:7] or 1), int(text[8:10] or otherwise))
    except ValueError:  # the 31st of February: near enough
        return date(max(int(text[:4]), 1), min(max(int(text[5:7] or 1), 1), 12), 28)


def _between(names: Sequence[str], length: int) -> Iterable[str]:
    """The times from the first to the last one, each as long as `length`."""
    first, last = (next(name for name in order if len(name) == length) for order in (names, names[::-1]))
    if length == _YEAR:
        years = range(int(first), int(last))
        return (f"{year:04}" for year in years if len(years) <= MOST_YEARS)
    if length == _MONTH:
        begin, end = (12 * int(name[:4]) + int(name[5:]) - 1 for name in (first, last))
        return (f"{month // 12:04}-{month % 12 + 1:02}" for month in range(begin, end))
    start = _day(first, 1)
    return ((start + timedelta(days=at)).isoformat() for at in range((_day(last, 1) - start).days))


def _tenth(value: float) -> tuple[float, float]:
    if value in (0, 1):
        return value, value
    first = int(value * 10) / 10
    return first, round(first + 0.1, 1)


def _power(value: float) -> tuple[float, float]:
    if value <= 0:
        return (0, 0) if value == 0 else (-math.inf, 0)
    if value < 1:
        return 0, 1
    # The logarithm of 1000 is a little less than 3.
    first = 10 ** (len(str(int(value))) - 1)
    return first, 10 * first


def _range_name(first: float, beyond: float, is_share: bool) -> str:
    if first == beyond:
        return _plain(first)
    if first == -math.inf:
        return "< 0"
    if is_share or (first, beyond) == (0, 1):
        return f"{_plain(first)}-{_plain(beyond)}"
    return f"{int(first):,}-{int(beyond) - 1:,}"


def _plain(number: float) -> str:
    return f"{number:.10g}" if abs(number) < 1e10 else f"{number:.0f}"


def stratum(value: FieldValue) -> str:
    """Return the name of the stratum that a value belongs to, from which a sample takes its share, whatever else there is.

    >>> stratum(0.83), stratum(48211.0), stratum("2021-12-07"), stratum(("b", "a")), stratum(None)
    ('0.8-0.9', '10,000-99,999', '2021', 'a, b', '')
    """
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(sorted(value))
    if isinstance(value, str):
        return value[:4] if re.match(r"\d{4}-\d\d", value) else value
    is_share = 0 <= value <= 1
    return _range_name(*(_tenth(value) if is_share else _power(value)), is_share)
