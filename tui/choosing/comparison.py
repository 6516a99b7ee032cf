"""One test of an expression: what tells whether the value of a field is the one that is asked for."""

import difflib
import operator as operators
import re
from collections.abc import Callable, Iterable
from typing import Any, get_args

from tui.choosing.fields import FIELDS, Depth, Field, Value, find
from tui.core.problems import Reason
from tui.errors import UsageError
from tui.model import PageType
from tui.text.fold import fold, pattern

_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)([kKmMgG%]?)")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:[T ][\d:.]+)?)?)?")
_UNITS = {"": 1.0, "k": 1e3, "m": 1e6, "g": 1e9, "%": 0.01}
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    ":": operators.eq,
    "=": operators.eq,
    "<": operators.lt,
    "<=": operators.le,
    ">": operators.gt,
    ">=": operators.ge,
}


def comparison(name: str, operator: str, operand: str, *, is_whole: bool = False) -> Callable[[Value], bool]:
    """Return what tells whether a value of the field is meant. Raises UsageError, saying why, if nothing can be.

    A colon takes part of a language or a site for it, the other signs don't. `is_whole`: commas part nothing.

    >>> comparison("lang", ":", "zh,ja")("zh-Hant"), comparison("date", ":", "2020..2021-06")("2021-06-30")
    (True, True)
    >>> comparison("lang", "=", "zh")("zh-Hant"), comparison("list", "=", "a, b", is_whole=True)("a, b")
    (False, True)
    """
    if operator == "!=":
        equal = comparison(name, "=", operand, is_whole=is_whole)
        return lambda value: not equal(value)
    if operand == "*" and operator in (":", "="):
        return lambda value: value not in (None, "", ())
    kind = find(name).kind
    if kind == "number" and name[:-1] in FIELDS and operator in ":=" and operand[0].isalpha():
        raise UsageError(Reason("no_number_field", {"name": name, "written": name[:-1], "operand": operand}))
    if kind in ("number", "date"):
        return _ordered(find(name), operator, operand)
    if operator not in (":", "="):
        if name.startswith(("record.", "metadata.")):
            return _ordered(
                Field("number" if _NUMBER.fullmatch(operand) else "date", Depth.PAGE, ""), operator, operand
            )
        raise UsageError(Reason("no_bound", {"name": name, "field": name, "operand": operand}))
    if kind == "text":
        return contains(operand) if operator == ":" else _named("name", fold(operand))
    words = [operand] if is_whole else operand.split(",")
    tests = [_named(kind if operator == ":" else "name", _checked(name, word)) for word in words if word.strip()]
    return lambda value: any(test(value) for test in tests)


def _checked(name: str, word: str) -> str:
    """The value as pages have it. Raises UsageError if no page can."""
    word = fold(word.strip())
    if name == "type" and word not in get_args(PageType):
        near = difflib.get_close_matches(word, get_args(PageType), 1)
        hint = Reason("did_you_mean_quoted", {"word": near[0]}) if near else ", ".join(get_args(PageType))
        raise UsageError(Reason("no_type", {"word": word, "hint": hint}))
    if name == "charset":
        from tui.text.charsets import find as find_charset

        found = find_charset(word)
        if found is None:
            raise UsageError(Reason("no_charset", {"word": word}))
        return found
    return word


def _named(kind: str, wanted: str) -> Callable[[Value], bool]:
    def is_it(value: str) -> bool:
        value = fold(value)
        if kind == "language":
            return value == wanted or value.startswith(f"{wanted}-")
        return value == wanted or (kind == "site" and value.endswith(f".{wanted}"))

    return lambda value: any(map(is_it, _texts(value)))


def contains(query: str) -> Callable[[Value], bool]:
    """Return what tells whether a text holds the query, in whatever script, width and case."""
    found = pattern(query)
    return lambda value: any(found.search(text) for text in _texts(value))


def _texts(value: Value) -> Iterable[str]:
    if value is None:
        return ()
    if isinstance(value, tuple):
        return value
    return (value if isinstance(value, str) else f"{value:g}",)


def _ordered(field: Field, operator: str, operand: str) -> Callable[[Value], bool]:
    first, dots, last = operand.partition("..")
    if dots and operator in (":", "="):
        above, below = (_ordered(field, sign, end) if end else None for sign, end in ((">=", first), ("<=", last)))
        return lambda value: all(test(value) for test in (above, below) if test)
    compare = _COMPARE[operator]
    if field.kind == "number":
        number = _number(operand)
        return lambda value: (given := _as_number(value)) is not None and compare(given, number)
    if not _DATE.fullmatch(operand):
        raise UsageError(Reason("no_date", {"operand": operand}))
    wanted = operand.replace(" ", "T")
    # What is written less precisely means all that lies in it: date:2021, date>2021-05.
    return lambda value: any(compare(text[: len(wanted)], wanted) for text in _texts(value))


def _number(text: str) -> float:
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise UsageError(Reason("no_number", {"text": text}))
    return float(found[1]) * _UNITS[found[2].lower()]


def _as_number(value: Value) -> float | None:
    if isinstance(value, int | float):
        return float(value)
    found = _NUMBER.fullmatch(value) if isinstance(value, str) else None
    return float(found[1]) if found and not found[2] else None
