"""Expressions that choose pages: `repairs>0 date>=2021 lang:zh "普京" -tag:hot`.

Tests side by side must all hold; OR, NOT (or - before a test) and parentheses do what they say.
"""

import difflib
import re
from collections.abc import Callable, Iterable
from functools import partial

from tui.choosing.comparison import comparison, contains
from tui.choosing.fields import ALIASES, FAMILIES, FIELDS, Facts, Value
from tui.core.problems import Problem, Reason
from tui.errors import UsageError
from tui.values import dataclass

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
    test: Test
    fields: frozenset[str]
    """Names of the fields that it asks for."""

    def holds(self, facts: Facts) -> bool | None:
        """Say whether a page is meant; None: that can't be said before more is known of it."""
        return self.test(facts)


def parse(text: str, where: str = "--where") -> Expression:
    """Read an expression. Raises UsageError, which names the place and what was meant, if it makes no sense.

    >>> from tui.model import Ref
    >>> from tui.choosing.fields import of_ref
    >>> parse("ordinal>=3 -source:old").holds(of_ref(Ref("new.html", 7)))
    True
    """
    return _Parser(text, where).parse()


def field_name(written: str, where: str) -> str:
    """Return the name of the field that a user means. Raises UsageError, with the nearest one, if there is none.

    >>> field_name("Language", "--by")
    'lang'
    """
    head, dot, tail = written.partition(".")
    name = ALIASES.get(head.lower(), head.lower())
    known = FAMILIES if dot else FIELDS
    if name in known and (tail or not dot):
        return name + dot + tail
    near = difflib.get_close_matches(name, [*known, *ALIASES], 1, 0.5)
    hint = Reason("did_you_mean", {"word": near[0]}) if near else Reason("fields_are", {"names": ", ".join(known)})
    raise UsageError(Reason("no_field", {"field": written, "hint": hint}), where)


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
        return tests[0] if len(tests) == 1 else partial(_any_holds, tests)

    def _all(self) -> Test:
        tests = [self._one()]
        while self._takes("AND") or not (self._next is None or self._is(")", "|", "OR")):
            tests.append(self._one())
        return tests[0] if len(tests) == 1 else partial(_all_hold, tests)

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

    def _known(self, name: str, test: Callable[[Value], bool]) -> Test:
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

    def _error(self, said: Reason | Problem, token: re.Match[str] | None = None, part: str = "") -> UsageError:
        token = token or self._next
        if token is None:
            at = len(self._text)
        else:
            at = token.start(part) if part and token.start(part) >= 0 else token.end() - len(token[0].lstrip())
        return UsageError(
            Reason("at_character", {"text": self._text, "character": at + 1, "reason": said}), self._where
        )


def _ask(name: str, test: Callable[[Value], bool], facts: Facts) -> bool | None:
    return test(facts.value(name)) if facts.knows(name) else None


def _hold(name: str, query: str, test: Callable[[Value], bool], facts: Facts) -> bool | None:
    """As `_ask`, of a text; a page that lacks the query need not be read."""
    if not facts.knows(name) and facts.lacks is not None and facts.lacks(query):
        return False
    return _ask(name, test, facts)


def _not(test: Test, facts: Facts) -> bool | None:
    held = test(facts)
    return None if held is None else not held


def _all_hold(tests: Iterable[Test], facts: Facts) -> bool | None:
    held: bool | None = True
    for test in tests:
        one = test(facts)
        if one is False:
            return False
        held = None if one is None else held
    return held


def _any_holds(tests: Iterable[Test], facts: Facts) -> bool | None:
    held: bool | None = False
    for test in tests:
        one = test(facts)
        if one is True:
            return True
        held = None if one is None else held
    return held
