"""Finds every regular expression of the program, and says where one could take more than linear time.

`re` tries what may follow a repeat at each length that the repeat can have, and a search starts anew at each character. That
is linear as long as no character is gone over for more than a few of those starts: `runaways` looks for what can't be shown to
be so, in the parse tree and with sets of characters.
"""

import ast
import contextlib
import importlib
import random
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from re import _compiler, _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import tui

LONG = 16
"""A repeat of more than that is long, where another one multiplies it."""
ENDLESS = 256
"""A repeat of more than that is as good as one without end, where each start of a search goes over it."""
_METHODS = ("compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")
_CALLS = frozenset(("re", method) for method in _METHODS)
_LAZY = "lazy"
"""As `re.compile`, in `tui.patterns`."""
_ROOT = Path(tui.__file__).parent


@dataclass(frozen=True)
class Found:
    """A pattern and how it is used."""

    where: str
    """Module and line."""
    name: str
    """Module, and what it is called or the function that makes it."""
    pattern: "re.Pattern[Any]"
    is_searched: bool
    """It is tried at more places than one."""


Samples = Mapping[str, Sequence[Any]]
"""Where a pattern depends on what a function is given: `module:function` -> patterns it makes, or values of its names."""


def patterns(samples: Samples) -> Iterator[Found]:
    """Give every pattern once."""
    trees = {_module(path): ast.parse(path.read_text("utf-8")) for path in sorted(_ROOT.rglob("*.py"))}
    searched = _searched(trees)
    seen = set()
    for module, tree in trees.items():
        for call, function, target in _calls(tree):
            is_searched = _is_searched(call, module, target, searched)
            for pattern in _made(call, module, function, target, samples):
                if (pattern, is_searched) not in seen:
                    seen.add((pattern, is_searched))
                    yield Found(f"{module}:{call.lineno}", f"{module}:{target or function}", pattern, is_searched)


def _module(path: Path) -> str:
    return ".".join(path.relative_to(_ROOT.parent).with_suffix("").parts).removesuffix(".__init__")


def _made(call: ast.Call, module: str, function: str, target: str, samples: Samples) -> Iterator["re.Pattern[Any]"]:
    scope = vars(importlib.import_module(module))
    given = samples.get(f"{module}:{function}", ())
    found: list[re.Pattern[Any]] = []
    if not given:
        try:
            found = [_evaluated(call, scope)]
        except NameError:
            # It is made in a loop over a table, or by a function that needs nothing.
            with contextlib.suppress(TypeError, KeyError):
                found = list(_within(scope[target] if target else scope[function]()))
        if not found:
            raise LookupError(f"{module}:{call.lineno}: the test needs samples for {module}:{function}")
        yield from found
    for sample in given:
        yield sample if isinstance(sample, re.Pattern) else _evaluated(call, {**scope, **sample})


def _within(value: Any) -> Iterator["re.Pattern[Any]"]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, (dict, list, tuple)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _within(part)


def _calls(tree: ast.Module) -> Iterator[tuple[ast.Call, str, str]]:
    """Calls of `re` and of `lazy`, with the function they stand in and the name that gets what they make."""

    def walk(node: ast.AST, function: str, target: str) -> Iterator[tuple[ast.Call, str, str]]:
        if isinstance(node, ast.FunctionDef):
            function = node.name
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            target = "" if function else node.targets[0].id
        called = node.func if isinstance(node, ast.Call) else None
        if (isinstance(called, ast.Name) and called.id == _LAZY) or (
            isinstance(called, ast.Attribute)
            and isinstance(called.value, ast.Name)
            and (called.value.id, called.attr) in _CALLS
        ):
            yield node, function, target  # type: ignore[misc]
        for child in ast.iter_child_nodes(node):
            yield from walk(child, function, target)

    return walk(tree, "", "")


def _method(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else "compile"  # `lazy`


def _evaluated(call: ast.Call, scope: Mapping[str, Any]) -> "re.Pattern[Any]":
    """The pattern that a call is given, compiled with its flags."""
    method = _method(call)
    at = {"compile": 1, "sub": 4, "subn": 4, "split": 3}.get(method, 2)
    flags = [word.value for word in call.keywords if word.arg == "flags"] + call.args[at : at + 1]
    values = [eval(ast.unparse(part), dict(scope)) for part in (call.args[0], *flags)]  # noqa: S307 - our own source
    return values[0] if isinstance(values[0], re.Pattern) else re.compile(*values)


def _searched(trees: Mapping[str, ast.Module]) -> frozenset[tuple[str, str]]:
    """Names of patterns that are used in another way than to be matched with one string from its start.

    A private name is of its module, any other of all modules.
    """
    names = set()
    for module, tree in trees.items():
        parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
        for node in ast.walk(tree):
            name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
            if name and isinstance(getattr(node, "ctx", None), ast.Load) and not _is_matched(node, parents):
                names.add((module if name.startswith("_") else "", name))
    return frozenset(names)


def _is_matched(node: ast.AST, parents: Mapping[ast.AST, ast.AST]) -> bool:
    """The pattern is but written into another one, or matched from the start of a string."""
    use = parents.get(node)
    if not isinstance(use, ast.Attribute):
        return False
    call = parents.get(use)
    return use.attr == "pattern" or (
        use.attr in ("match", "fullmatch") and isinstance(call, ast.Call) and call.func is use and len(call.args) == 1
    )


def _is_searched(call: ast.Call, module: str, target: str, searched: frozenset[tuple[str, str]]) -> bool:
    method = _method(call)
    if method == "compile":
        return not target or (module if target.startswith("_") else "", target) in searched
    return method not in ("match", "fullmatch")


# A parse tree in which the forms that mean the same are the same.


@dataclass(frozen=True)
class Chars:
    """One character of a set."""

    chars: frozenset[Any]


@dataclass(frozen=True)
class Row:
    """One after the other."""

    parts: tuple[Any, ...]


@dataclass(frozen=True)
class Either:
    """One of several."""

    choices: tuple[Any, ...]


@dataclass(frozen=True)
class Repeat:
    """Something again and again."""

    least: int
    most: int
    body: Any
    is_possessive: bool

    @property
    def is_long(self) -> bool:
        """More often than what counts as a few times."""
        return self.most > LONG


@dataclass(frozen=True)
class Atomic:
    """What is not tried in another way once it matched."""

    body: Any


@dataclass(frozen=True)
class Look:
    """What must, or must not, stand before or behind a place."""

    is_behind: bool
    is_not: bool
    body: Any


@dataclass(frozen=True)
class At:
    """A place, such as the end."""

    kind: str


@dataclass(frozen=True)
class Back:
    """What a group matched, once more."""

    width: int


NOTHING = Row(())


class Tree:
    """The parse tree of one pattern, with the characters that its sets can be told apart by."""

    def __init__(self, pattern: "re.Pattern[Any]") -> None:
        self._is_text = isinstance(pattern.pattern, str)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parsed = _parser.parse(pattern.pattern, pattern.flags & ~(0 if self._is_text else re.UNICODE))
        self._state = parsed.state
        self._widths: dict[int, int] = {}
        self.all = _alphabet(parsed, is_text=self._is_text)
        self.words = frozenset(re.findall(r"\w" if self._is_text else rb"\w", self.all, pattern.flags & re.ASCII))
        self.every = frozenset(re.findall(r"(?s)." if self._is_text else rb"(?s).", self.all))
        self.root = self._row(parsed, parsed.state.flags | pattern.flags)

    def _row(self, parsed: Any, flags: int) -> Row:
        return Row(tuple(self._node(op, value, flags) for op, value in parsed))

    def _node(self, op: Any, value: Any, flags: int) -> Any:
        name = str(op)
        if name in ("LITERAL", "NOT_LITERAL", "ANY", "IN"):
            return Chars(self._set(op, value, flags))
        if name == "BRANCH":
            return Either(tuple(self._row(choice, flags) for choice in value[1]))
        if name == "SUBPATTERN":
            group, added, dropped, body = value
            self._widths[group] = body.getwidth()[1]
            return self._row(body, (flags | added) & ~dropped)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            least, most, body = value
            return Repeat(int(least), int(most), self._row(body, flags), name == "POSSESSIVE_REPEAT")
        if name == "ATOMIC_GROUP":
            return Atomic(self._row(value, flags))
        if name in ("ASSERT", "ASSERT_NOT"):
            return Look(value[0] < 0, name == "ASSERT_NOT", self._row(value[1], flags))
        if name == "AT":
            kind = str(value)
            return At("AT_BEGINNING_LINE" if kind == "AT_BEGINNING" and flags & re.MULTILINE else kind)
        if name == "GROUPREF":
            return Back(self._widths[value])
        if name == "FAILURE":
            return Chars(frozenset())
        raise NotImplementedError(f"{name} in a pattern: teach the test what it means")

    def _set(self, op: Any, value: Any, flags: int) -> frozenset[Any]:
        key = (op, str(value), flags)
        if key not in _SETS_OF.setdefault(self.all, {}):
            part = _parser.SubPattern(self._state, [(op, value)])
            state = self._state.flags
            self._state.flags = flags
            try:
                matches = _compiler.compile(part, flags).finditer(self.all)
                _SETS_OF[self.all][key] = frozenset(match[0] for match in matches)
            finally:
                self._state.flags = state
        return _SETS_OF[self.all][key]


_SETS_OF: dict[Any, dict[Any, frozenset[Any]]] = {}


def _alphabet(parsed: Any, *, is_text: bool) -> Any:
    """Characters of which each set that a pattern has a difference between holds at least one."""
    if not is_text:
        return bytes(range(256))
    points = {*range(0x300), *range(0x300, 0x30000, 97), 0x2028, 0x3000, 0x660, 0xFF10}
    for point in _points(parsed):
        points |= {point - 1, point, point + 1}
    return "".join(map(chr, sorted(point for point in points if 0 <= point < 0x110000)))


def _points(parsed: Any) -> Iterator[int]:
    for op, value in parsed:
        yield from _points_of(op, value)


def _points_of(op: Any, value: Any) -> Iterator[int]:
    if op in (_constants.LITERAL, _constants.NOT_LITERAL):
        yield value
    elif op is _constants.RANGE:
        yield from value
    elif isinstance(value, _parser.SubPattern):
        yield from _points(value)
    elif isinstance(value, (list, tuple)):
        for part in value:
            if isinstance(part, _parser.SubPattern):
                yield from _points(part)
            elif isinstance(part, list):
                for inner in part:
                    yield from _points(inner) if isinstance(inner, _parser.SubPattern) else _points_of(*inner)
            elif isinstance(part, tuple) and len(part) == 2 and op is _constants.IN:
                yield from _points_of(*part)


def chars(node: Any) -> frozenset[Any]:
    """All characters that a part can hold."""
    match node:
        case Chars():
            return node.chars
        case Row(parts=parts) | Either(choices=parts):
            return frozenset().union(*map(chars, parts))
        case Repeat() | Atomic():
            return chars(node.body)
    return frozenset()


def is_empty(node: Any) -> bool:
    """A part can match nothing at all."""
    match node:
        case Chars():
            return False
        case Row():
            return all(map(is_empty, node.parts))
        case Either():
            return any(map(is_empty, node.choices))
        case Repeat():
            return node.least == 0 or is_empty(node.body)
        case Atomic():
            return is_empty(node.body)
    return True


def checks(node: Any) -> bool:
    """A part can fail though it needs no character: it looks about, or is a place."""
    match node:
        case Row():
            return any(map(checks, node.parts))
        case Either():
            return all(map(checks, node.choices))
        case Repeat():
            return node.least > 0 and checks(node.body)
        case Atomic():
            return checks(node.body)
        case Look() | At() | Back():
            return True
    return False


def first(parts: Sequence[Any]) -> frozenset[Any]:
    """The characters that parts in a row can begin with."""
    found: frozenset[Any] = frozenset()
    for part in parts:
        match part:
            case Chars():
                found |= part.chars
            case Row():
                found |= first(part.parts)
            case Either():
                found |= frozenset().union(*(first([choice]) for choice in part.choices))
            case Repeat() | Atomic():
                found |= first([part.body])
            case Look(is_behind=False, is_not=False):
                # What is looked at stands there: nothing else can.
                ahead = first([part.body])
                return found | ahead if not is_empty(part.body) else found
        if not is_empty(part):
            break
    return found


def has_long(node: Any) -> bool:
    """A part holds a repeat without a small bound."""
    match node:
        case Row(parts=parts) | Either(choices=parts):
            return any(map(has_long, parts))
        case Repeat():
            return node.is_long or has_long(node.body)
        case Atomic() | Look():
            return has_long(node.body)
        case Back():
            return node.width > LONG
    return False


@dataclass(frozen=True)
class Place:
    """A long repeat and what stands around it."""

    repeat: Any
    before: tuple[Any, ...]
    """What a match must begin with, up to the repeat."""
    after: tuple[Any, ...]
    is_looked: bool
    """It is within something that only looks ahead: what it goes over is gone over again."""


def places(
    parts: Sequence[Any], before: tuple[Any, ...], after: tuple[Any, ...], longest: int, *, looked: bool
) -> Iterator[Place]:
    """All repeats in a row of parts that may be longer than that."""
    for at, part in enumerate(parts):
        so_far, rest = (*before, *parts[:at]), (*parts[at + 1 :], *after)
        match part:
            case Row():
                yield from places(part.parts, so_far, rest, longest, looked=looked)
            case Either():
                for choice in part.choices:
                    yield from places([choice], so_far, rest, longest, looked=looked)
            case Atomic():
                yield from places([part.body], so_far, rest, longest, looked=looked)
            case Look(is_behind=False):
                yield from places([part.body], so_far, (), longest, looked=True)
            case Back() if part.width > longest:
                yield Place(part, so_far, rest, looked)
            case Repeat():
                if part.most > longest:
                    yield Place(part, so_far, rest, looked)
                again = (Repeat(0, part.most - 1, part.body, part.is_possessive),) if part.most > 1 else ()
                yield from places([part.body], so_far, (*again, *rest), longest, looked=looked)


class Lint:
    """Looks for what may take more than linear time in one pattern."""

    def __init__(self, pattern: "re.Pattern[Any]") -> None:
        self.tree = Tree(pattern)

    def searching(self, parts: Sequence[Any], longest: int) -> Iterator[str]:
        """What makes a search slow: a repeat that fails after having gone over the starts of further matches."""
        for place in places(parts, (), (), longest, looked=False):
            body = self.tree.every if isinstance(place.repeat, Back) else chars(place.repeat)
            if not self._can_fail(place, body) or not self._can_start_in(place.before, place.repeat):
                continue
            yield f"{shown(place.repeat)} is gone over again from each of its characters where a search can start"

    def matching(self) -> Iterator[str]:
        """What makes one match slow: a repeat that can end in many places, each of which is tried."""
        yield from self._ambiguous([self.tree.root], (), in_loop=False)

    def _ambiguous(self, parts: Sequence[Any], after: tuple[Any, ...], *, in_loop: bool) -> Iterator[str]:
        for at, part in enumerate(parts):
            rest = (*parts[at + 1 :], *after)
            match part:
                case Row():
                    yield from self._ambiguous(part.parts, rest, in_loop=in_loop)
                case Either():
                    if in_loop:
                        yield from self._alike(part, rest)
                    for choice in part.choices:
                        yield from self._ambiguous([choice], rest, in_loop=in_loop)
                case Atomic() | Look(is_behind=False):
                    yield from self._ambiguous([part.body], (), in_loop=False)
                case Repeat(is_possessive=True):
                    yield from self._ambiguous([part.body], (), in_loop=False)
                case Repeat():
                    yield from self._repeat(part, rest, in_loop=in_loop)

    def _repeat(self, part: Repeat, rest: tuple[Any, ...], *, in_loop: bool) -> Iterator[str]:
        again = (Repeat(0, part.most, part.body, is_possessive=False),) if part.most > 1 else ()
        if part.least < part.most and (part.is_long or in_loop) and first([part.body]) & first(rest):
            if in_loop:
                yield f"{shown(part)} in a repeat can end where more of it, or what follows, begins"
            else:
                for reason in self.searching(rest, LONG):
                    yield f"behind {shown(part)}, which can end in many places, {reason}"
        if part.is_long and is_empty(part.body):
            yield f"{shown(part)} repeats what can be empty"
        yield from self._ambiguous([part.body], (*again, *rest), in_loop=in_loop or part.is_long)

    def _alike(self, part: Either, rest: tuple[Any, ...]) -> Iterator[str]:
        empty = sum(map(is_empty, part.choices))
        if empty > 1 or (empty and first([part]) & first(rest)):
            yield f"{shown(part)} in a repeat can be left out where it, or what follows, begins"
        for at, choice in enumerate(part.choices):
            for other in part.choices[at + 1 :]:
                if first([choice]) & first([other]):
                    yield f"{shown(part)} in a repeat has two choices that can begin alike"

    def _can_fail(self, place: Place, body: frozenset[Any]) -> bool:
        """What follows a repeat can fail once that has gone over many characters."""
        if place.is_looked:
            return True
        for at, part in enumerate(place.after):
            if is_empty(part) and not checks(part):
                continue
            return not (self._is_certain(part, body) and all(map(is_empty, place.after[at + 1 :])))
        return False

    def _is_certain(self, part: Any, body: frozenset[Any]) -> bool:
        """One of several matches wherever a repeat comes to its end: the end of all is among them."""
        while (isinstance(part, Row) and len(part.parts) == 1) or (isinstance(part, Look) and not part.is_not):
            part = part.parts[0] if isinstance(part, Row) else part.body
        if not isinstance(part, Either):
            return False
        ends = any(choice == Row((At("AT_END_STRING"),)) for choice in part.choices)
        single = [
            choice.parts[0].chars
            for choice in part.choices
            if len(choice.parts) == 1 and isinstance(choice.parts[0], Chars)
        ]
        return ends and body.union(*single) >= self.tree.every

    def _can_start_in(self, before: Sequence[Any], body: Any) -> bool:
        """A match can start within what a repeat went over, and come to that repeat again."""
        inside = self.tree.every if isinstance(body, Back) else chars(body)
        parts = list(_flat(before))
        for at, part in enumerate(parts):
            match part:
                case At(kind="AT_BEGINNING" | "AT_BEGINNING_STRING"):
                    return False
                case At(kind="AT_BEGINNING_LINE") if not inside & {"\n", b"\n"}:
                    return False
                case At(kind="AT_BOUNDARY") if inside <= self.tree.words:
                    return False
                case Look(is_behind=True, is_not=True) if inside <= chars(part.body):
                    return False
                case Look(is_behind=True, is_not=False):
                    parts[at] = part.body
                case At() | Look():
                    continue
                case _:
                    break
        return _is_within(Row(tuple(parts)), body)


def _flat(parts: Sequence[Any]) -> Iterator[Any]:
    """Parts in a row without the rows within it."""
    for part in parts:
        if isinstance(part, Row):
            yield from _flat(part.parts)
        else:
            yield part


class _Machine:
    """The states between the characters of a part, and the sets of characters that lead from one to another."""

    def __init__(self) -> None:
        self.steps: list[list[tuple[frozenset[Any] | None, int]]] = []
        self.start = self._state()

    def _state(self) -> int:
        self.steps.append([])
        return len(self.steps) - 1

    def add(self, node: Any, start: int, *, is_again: bool = False) -> int:
        """Add a part behind a state; returns the state behind it. `is_again`: it may come any number of times."""
        if is_again:
            around = self._state()
            self.steps[start].append((None, around))
            self.steps[self.add(node, around)].append((None, around))
            return around
        match node:
            case Chars():
                end = self._state()
                self.steps[start].append((node.chars, end))
                return end
            case Row():
                for part in node.parts:
                    start = self.add(part, start)
            case Either():
                ends = [self.add(choice, start) for choice in node.choices]
                start = self._state()
                for end in ends:
                    self.steps[end].append((None, start))
            case Repeat():
                for _ in range(min(node.least, LONG)):
                    start = self.add(node.body, start)
                return self.add(node.body, start, is_again=True) if node.most > node.least else start
            case Atomic():
                return self.add(node.body, start)
        return start  # what only looks about, and what a group matched once more, is taken to match nothing


def _is_within(part: Any, body: Any) -> bool:
    """What a part matches can be a piece of what a repeat of `body` matches."""
    if isinstance(body, Back):
        return True
    own, other = _Machine(), _Machine()
    end = own.add(part, own.start)
    other.add(body.body, other.start, is_again=True)
    waiting = [(own.start, state) for state in range(len(other.steps))]
    seen = set(waiting)
    while waiting:
        mine, theirs = waiting.pop()
        if mine == end:
            return True
        ahead = [(state, theirs) for chars, state in own.steps[mine] if chars is None]
        ahead += [(mine, state) for chars, state in other.steps[theirs] if chars is None]
        ahead += [
            (state, there)
            for chars, state in own.steps[mine]
            for others, there in other.steps[theirs]
            if chars is not None and others is not None and not chars.isdisjoint(others)
        ]
        waiting += set(ahead) - seen
        seen.update(ahead)
    return False


def shown(node: Any) -> str:
    """A part in a few words."""
    match node:
        case Chars():
            some = sorted(node.chars)[:6]
            return f"[{', '.join(map(repr, some))}{'…' if len(node.chars) > 6 else ''}]"
        case Row():
            return "(" + " ".join(map(shown, node.parts[:4])) + ("…" if len(node.parts) > 4 else "") + ")"
        case Either():
            return "(" + " | ".join(map(shown, node.choices[:3])) + ")"
        case Repeat():
            most = "" if node.most > 100_000 else node.most
            return f"{shown(node.body)}{{{node.least},{most}}}{'+' if node.is_possessive else ''}"
    return type(node).__name__


def runaways(pattern: "re.Pattern[Any]", *, is_searched: bool) -> list[str]:
    """Say what of a pattern may take more than linear time; nothing if all of it is known to be linear."""
    lint = Lint(pattern)
    found = [*lint.matching(), *(lint.searching([lint.tree.root], ENDLESS) if is_searched else ())]
    return list(dict.fromkeys(found))


def food(pattern: "re.Pattern[Any]", size: int, chance: random.Random) -> Iterator[Any]:
    """Strings, or bytes, that could make a pattern run away: made of what it is made of."""
    lint = Lint(pattern)

    def sample(node: Any) -> Any:
        return (b"" if isinstance(pattern.pattern, bytes) else "").join(_sample(node, chance))

    pieces = [sample(part) for part in _parts(lint.tree.root) if chars(part)]
    for place in places([lint.tree.root], (), (), LONG, looked=False):
        start, body = sample(Row(place.before)), sample(place.repeat)
        pieces += [start + body, start, body]
        others = sorted(lint.tree.every - chars(place.repeat))
        yield start + body * (size // (len(body) or 1)) + (chance.choice(others) if others else body[:0])
    pieces = list(dict.fromkeys(filter(None, pieces)))
    for piece in pieces[:: 1 + len(pieces) // 8]:
        yield piece * (size // len(piece))
    some = chance.sample(pieces, min(3, len(pieces)))
    yield pattern.pattern[:0].join(chance.choices(some, k=size // max(map(len, some)))) if some else pattern.pattern[:0]


def _parts(node: Any) -> Iterator[Any]:
    yield node
    match node:
        case Row(parts=parts) | Either(choices=parts):
            for part in parts:
                yield from _parts(part)
        case Repeat() | Atomic() | Look():
            yield from _parts(node.body)


def _sample(node: Any, chance: random.Random) -> tuple[Any, ...]:
    """Characters that a part may match, one by one; what looks about is left out."""
    match node:
        case Chars():
            return (chance.choice(sorted(node.chars)),) if node.chars else ()
        case Row():
            return tuple(char for part in node.parts for char in _sample(part, chance))
        case Either():
            return _sample(chance.choice(node.choices), chance)
        case Repeat():
            return tuple(char for _ in range(max(1, min(node.least, LONG))) for char in _sample(node.body, chance))
        case Atomic():
            return _sample(node.body, chance)
    return ()
