"""Expressions that choose pages: `repairs>0 date>=2021 lang:zh "普京" -tag:hot`.

Tests side by side must all hold; OR, NOT (or - before a test) and parentheses do what they say.
"""

import difflib
import operator as operators
import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, get_args

from tui.choosing.fields import ALIASES, FAMILIES, FIELDS, Depth, Facts, FieldSpec, FieldValue, find
from tui.core.errors import UsageError
from tui.core.model import PageType
from tui.core.problems import Problem, Reason
from tui.core.values import dataclass
from tui.text.words.fold import fold, pattern

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


def comparison(name: str, operator: str, operand: str, *, is_whole: bool = False) -> Callable[[FieldValue], bool]:
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
    if kind == "rule" and operator not in (":", "="):
        count = _number(operand)
        return lambda value: _COMPARE[operator](len(value) if isinstance(value, tuple) else 0, count)
    if operator not in (":", "="):
        if name.startswith(("record.", "metadata.")):
            return _ordered(
                FieldSpec("number" if _NUMBER.fullmatch(operand) else "date", Depth.PAGE, ""), operator, operand
            )
        if f"{name}s" in FIELDS:
            raise UsageError(Reason("no_name_field", {"name": name, "meant": f"{name}s{operator}{operand}"}))
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
    if name == "fails":
        from tui.text.quality.rules import check_name  # few ask for rules

        count = word.partition("..")[0]
        if count.isdecimal():
            raise UsageError(Reason("no_rule_number", {"name": name, "count": count}))
        check_name(word)
    if name == "charset":
        from tui.text.charset.names import find as find_charset

        charset = find_charset(word)
        if charset is None:
            raise UsageError(Reason("no_charset", {"word": word}))
        return charset
    return word


def _named(kind: str, wanted: str) -> Callable[[FieldValue], bool]:
    def is_it(value: str) -> bool:
        value = fold(value)
        if kind == "language":
            return value == wanted or value.startswith(f"{wanted}-")
        if kind == "rule":
            return value == wanted or value.startswith(f"{wanted}_")
        return value == wanted or (kind == "site" and value.endswith(f".{wanted}"))

    return lambda value: any(map(is_it, _texts(value)))


def contains(query: str) -> Callable[[FieldValue], bool]:
    """Return what tells whether a text holds the query, in whatever script, width and case."""
    words = pattern(query)
    return lambda value: any(words.search(text) for text in _texts(value))


def _texts(value: FieldValue) -> Iterable[str]:
    if value is None:
        return ()
    if isinstance(value, tuple):
        return value
    return (value if isinstance(value, str) else f"{value:g}",)


def _ordered(field: FieldSpec, operator: str, operand: str) -> Callable[[FieldValue], bool]:
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
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise UsageError(Reason("no_number", {"text": text}))
    return float(match[1]) * _UNITS[match[2].lower()]


def _as_number(value: FieldValue) -> float | None:
    if isinstance(value, int | float):
        return float(value)
    match = _NUMBER.fullmatch(value) if isinstance(value, str) else None
    return float(match[1]) if match and not match[2] else None


_TOKEN = re.compile(
    r"""\s*(?:
    (?P<sign>[()|]|[-!](?=[^\s)])) |
    (?P<field>[A-Za-z_]+(?:\.[\w.-]*)?)(?P<operator>>=|<=|!=|[:=<>])(?P<operand>"[^"]*"|[^\s()"]+)? |
    "(?P<quoted>[^"]*)" |
    (?P<broken>") |
    (?P<word>[^\s()|"]+)
    )""",
    re.VERBOSE,
)

MOST_LEVELS = 50
"""Parentheses and NOTs that may stand in each other; Python gives up at a few hundred."""

Test = Callable[[Facts], bool | None]
"""None: it can't be said before more is known of the page."""


@dataclass(frozen=True, slots=True)
class Expression:
    """What a user asked for, ready to be held against pages."""

    text: str
    """As it was written."""
    holds: Test
    """Says whether a page is meant."""
    fields: frozenset[str]
    """Names of the fields that it asks for."""


def parse(text: str, where: str = "--where") -> Expression:
    """Read an expression. Raises UsageError, which names the place and what was meant, if it makes no sense.

    >>> from tui.core.model import Ref
    >>> from tui.choosing.fields import of_ref
    >>> parse("ordinal>=3 -source:old").holds(of_ref(Ref("new.html", 7)))
    True
    """
    return _Parser(text, where).parse()


def both(first: str, second: str) -> str:
    """Return what holds where two expressions do; an empty one always does.

    >>> both("lang:zh | lang:ja", "repairs>0"), both("", "a | b")
    ('(lang:zh | lang:ja) repairs>0', 'a | b')
    """
    if not (first and second):
        return first or second
    return " ".join(f"({each})" if re.search(r"\bOR\b|\|", each) else each for each in (first, second))


def field_name(written: str, where: str) -> str:
    """Return the name of the field that a user means. Raises UsageError, with the nearest one, if there is none.

    >>> field_name("Language", "--by")
    'lang'
    """
    head, dot, tail = written.partition(".")
    name = ALIASES.get(head.lower(), head.lower())
    known = FAMILIES if dot else FIELDS
    is_former = name == "signals" and tail.startswith("fails_")
    if name in known and (tail or not dot) and not is_former:
        if name == "fails" and dot:
            from tui.text.quality.rules import check_name  # few ask for rules

            check_name(tail, where, is_one=True)
        return name + dot + tail
    near = _rules_like(tail) if is_former else difflib.get_close_matches(name, [*known, *ALIASES], 1, 0.5)
    hint = Reason("did_you_mean", {"word": near[0]}) if near else Reason("fields_are", {"names": ", ".join(known)})
    raise UsageError(Reason("no_field", {"field": written, "hint": hint}), where)


def _rules_like(signal: str) -> list[str]:
    """The field that has taken the place of a signal of copydesk 0.1, which said what rule a page fails."""
    from tui.text.quality.rules import RULES  # as above

    rule = difflib.get_close_matches(signal.removeprefix("fails_"), RULES, 1)
    return [f"fails.{rule[0]}" if rule else "fails"]


class _Parser:
    """One pass over the tokens, one method for each level of binding."""

    def __init__(self, text: str, where: str) -> None:
        self._text, self._where = text, where
        self._at = self._levels = 0
        self._fields: set[str] = set()
        self._next: re.Match[str] | None = None
        self._advance()

    def parse(self) -> Expression:
        if self._next is None:
            raise UsageError(Reason("nothing_to_look_for"), self._where)
        test = self._any()
        if self._next is not None:
            raise self._error(Reason("bracket_not_opened"))
        return Expression(self._text, test, frozenset(self._fields))

    def _any(self) -> Test:
        tests = [self._all()]
        while self._takes("|", "OR"):
            tests.append(self._all())
        return tests[0] if len(tests) == 1 else partial(_all_or_any, tests, True)

    def _all(self) -> Test:
        tests = [self._one()]
        while self._takes("AND") or not (self._next is None or self._is(")", "|", "OR")):
            tests.append(self._one())
        return tests[0] if len(tests) == 1 else partial(_all_or_any, tests, False)

    def _one(self) -> Test:
        if self._takes("-", "!", "NOT"):
            return partial(_not, self._within(self._one))
        if self._is("("):
            opened = self._next
            self._advance()
            test = self._within(self._any)
            if not self._takes(")"):
                raise self._error(Reason("bracket_not_closed"), opened)
            return test
        token = self._next
        if token is None or self._is(")", "|", "OR", "AND"):
            raise self._error(Reason("operand_missing"))
        if token["broken"]:
            raise self._error(Reason("quote_not_closed"))
        self._advance()
        if token["field"]:
            return self._compared(token)
        return self._held("text", token["quoted"] if token["quoted"] is not None else token["word"])

    def _within(self, part: Callable[[], Test]) -> Test:
        """What stands a level deeper."""
        self._levels += 1
        if self._levels > MOST_LEVELS:
            raise self._error(Reason("many_levels", {"most": MOST_LEVELS}))
        test = part()
        self._levels -= 1
        return test

    def _compared(self, token: re.Match[str]) -> Test:
        name = self._name(token)
        written = token["operand"] or ""
        operand = written.strip('"')
        if not operand:
            raise self._error(
                Reason("no_value", {"field": token["field"], "operator": token["operator"]}), token, "operator"
            )
        if name in ("text", "body") and token["operator"] == ":" and operand != "*":
            return self._held(name, operand)
        try:
            return self._known(name, comparison(name, token["operator"], operand, is_whole=written != operand))
        except UsageError as error:
            raise self._error(error.said, token, "operand") from error

    def _name(self, token: re.Match[str]) -> str:
        try:
            return field_name(token["field"], self._where)
        except UsageError as error:
            raise self._error(Reason("or_in_quotes", {"reason": error.said}), token, "field") from error

    def _held(self, name: str, query: str) -> Test:
        self._fields.add(name)
        return partial(_hold, name, query, contains(query))

    def _known(self, name: str, test: Callable[[FieldValue], bool]) -> Test:
        self._fields.add(name)
        return partial(_ask, name, test)

    def _is(self, *signs: str) -> bool:
        """Whether a sign or a word in capitals is next; a sign that is a word by itself is none."""
        if self._next is None:
            return False
        word = self._next["word"] or ""
        return self._next["sign"] in signs or (word.isalpha() and word in signs)

    def _takes(self, *signs: str) -> bool:
        is_there = self._is(*signs)
        if is_there:
            self._advance()
        return is_there

    def _advance(self) -> None:
        self._next = _TOKEN.match(self._text, self._at)
        self._at = self._next.end() if self._next else len(self._text)

    def _error(self, reason: Reason | Problem, token: re.Match[str] | None = None, part: str = "") -> UsageError:
        token = token or self._next
        if token is None:
            at = len(self._text)
        else:
            at = token.start(part) if part and token.start(part) >= 0 else token.end() - len(token[0].lstrip())
        return UsageError(
            Reason("at_character", {"text": self._text, "character": at + 1, "reason": reason}), self._where
        )


def _ask(name: str, test: Callable[[FieldValue], bool], facts: Facts) -> bool | None:
    return test(facts.value(name)) if facts.knows(name) else None


def _hold(name: str, query: str, test: Callable[[FieldValue], bool], facts: Facts) -> bool | None:
    """As `_ask`, of a text; a page that lacks the query need not be read."""
    if not facts.knows(name) and facts.lacks is not None and facts.lacks(query):
        return False
    return _ask(name, test, facts)


def _not(test: Test, facts: Facts) -> bool | None:
    held = test(facts)
    return None if held is None else not held


def _all_or_any(tests: Iterable[Test], decides: bool, facts: Facts) -> bool | None:
    """Whether all of them hold, where one that doesn't `decides`; or any of them, where one that does."""
    held: bool | None = not decides
    for test in tests:
        one = test(facts)
        if one is decides:
            return decides
        held = None if one is None else held
    return held
