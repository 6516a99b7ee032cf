"""How the records of a JSON file stand in it, by its start: one a line, in a list, in a list within one object, …"""

import io
import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from enum import Enum, auto
from typing import Any

from tui.core.values import dataclass, replace
from tui.sources.parsing.json_spans import SEPARATOR, first_value, is_one_a_line
from tui.sources.parsing.record_names import KNOWN, LIST_NAMES

SAMPLE_BYTES = 256 * 1024
"""Bytes at the start of a file by which its layout is told."""
_DEEPEST_LIST = 3
"""Names that lead to a list of records, at most."""
ACTION = re.compile(
    rb'\A[\s\xef\xbb\xbf\xff]{0,9}+\{\s{0,9}+"(?:index|create|update|delete)"\s{0,9}+:\s{0,9}+\{\s{0,9}+(?:\}|"_[^{}]{0,999}+\})\s{0,9}+\}\s{0,9}+\Z'
)
"""A line of Elasticsearch's bulk files that says what to do with the next one."""
_LEAST_RECORDS = 2
"""Objects alike under names of their own that make a collection of the object that holds them."""
_BEFORE = b"\xef\xbb\xbf\xff \t\r\n"
"""What may stand before the first value: a byte order mark, 0xFF where it is that of UTF-16, and blanks."""
_BLANKS = frozenset(" \t\r\n")
_DECODER = json.JSONDecoder(strict=False)


class Parting(Enum):
    """How records follow each other."""

    LINES = auto()
    """Each line is one."""
    BULK = auto()
    """Each line is one, but for those that are actions of Elasticsearch."""
    SEQUENCE = auto()
    """A record separator stands before each (RFC 7464)."""
    VALUES = auto()
    """They are objects of a list, or follow each other however they are parted."""
    LIST = auto()
    """They are objects of a list within one object."""
    MEMBERS = auto()
    """They are objects that an object holds, each under a name of its own."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the records of a file are parted; of a list within an object also where it is."""

    parting: Parting
    at: int = 0
    """Byte at which the list starts, or the first of the members."""
    path: str = ""
    """The names that lead to the list or to what has the members, with dots between them."""


def layout(
    sample: bytes,
    is_whole: bool,
    is_named: bool,
    has_text: Callable[[Mapping[str, Any]], bool],
    *,
    in_pairs: bool = False,
) -> Layout | None:
    """Return the layout of a file that starts so; None: the sample is too short to tell whether a line is a record.

    `is_whole`: the sample is all of it. `is_named`: by its name a line is a record, so that anything else needs proof.
    `has_text` says whether a page can be made of an object. `in_pairs`: see `values`.
    """
    start = sample.lstrip(_BEFORE)
    if start.startswith(SEPARATOR):
        return Layout(Parting.SEQUENCE)
    if ACTION.match(start.partition(b"\n")[0]):
        return Layout(Parting.BULK)
    if not start.startswith((b"{", b"[")):
        return Layout(Parting.LINES)
    end = first_value(io.BytesIO(start), in_pairs=in_pairs)
    value, behind = (start[:end], start[end:]) if end else (start, b"")
    is_alone = not behind.strip() and (is_whole or not end)
    if is_named and _is_line(value, behind, is_whole, is_alone):
        return Layout(Parting.LINES)
    if start.startswith(b"["):
        return Layout(Parting.VALUES)
    if is_alone and (held := _held_in(start, has_text)) is not None:
        return replace(held, at=len(sample) - len(start) + held.at)
    if not end and not is_whole and b"\n" not in start:
        return None
    if behind.partition(b"\n")[0].lstrip()[:1] in (b",", b"{"):
        return Layout(Parting.VALUES)
    return Layout(Parting.LINES if is_one_a_line(io.BytesIO(start), in_pairs=in_pairs) else Parting.VALUES)


def _is_line(value: bytes, behind: bytes, is_whole: bool, is_alone: bool) -> bool:
    """Whether the first value of a file whose lines are records by its name is one; not so what is whole over several lines."""
    if b"\n" not in value.rstrip():
        follows = behind.partition(b"\n")[0].lstrip()[:1]
        return follows not in (b",", b"{") and not (value.startswith(b"[") and is_alone and is_whole)
    if value.startswith(b"["):
        return not _is_record(value[1:].lstrip())
    return not _is_record(value)


def _is_record(start: bytes) -> bool:
    """Whether bytes start with a whole object."""
    try:
        return isinstance(_DECODER.raw_decode(start.decode("utf-8", "surrogateescape"))[0], dict)
    except (ValueError, RecursionError):
        return False


@dataclass(frozen=True, slots=True, eq=False)
class _List:
    at: int
    """Byte."""
    path: tuple[str, ...]
    first: Any
    """Its first object; empty if it can't be read."""


@dataclass(frozen=True, slots=True, eq=False)
class _Object:
    path: tuple[str, ...]
    fields: dict[str, Any]
    """What it holds, but for its lists of objects."""
    places: dict[str, int]
    """Where the objects among that start."""


def _held_in(start: bytes, has_text: Callable[[Mapping[str, Any]], bool]) -> Layout | None:
    """Where the records are that one object holds; None: it is a record itself, or holds none."""
    text = start.decode("utf-8", "surrogateescape")
    lists: list[_List] = []
    outer = _Object((), {}, {})
    objects: list[_Object] = []
    is_whole = False
    with suppress(ValueError, RecursionError):  # it is cut, or broken: what stands before that is known
        _outline(text, 0, outer, lists, objects)
        is_whole = True
    found = _members(objects, lists, is_whole, has_text) or _list(outer.fields, lists, has_text)
    return found and replace(found, at=len(text[: found.at].encode("utf-8", "surrogateescape")))


def _list(fields: dict[str, Any], lists: list[_List], has_text: Callable[[Mapping[str, Any]], bool]) -> Layout | None:
    """The one list of records that an object with these fields holds; None: it is a record itself, or holds no such list."""
    own = {each.path[0]: [each.first] for each in lists if len(each.path) == 1 and each.path[0] not in LIST_NAMES}
    if has_text(fields) or has_text({**fields, **own}):
        return None
    named = [each for each in lists if each.path[-1] in LIST_NAMES]
    with_text = [each for each in lists if has_text(each.first)]
    chosen = [each for each in with_text if each in named] or with_text or named
    if not chosen or (len(chosen) > 1 and chosen[0] not in named):
        return None
    best = min(chosen, key=lambda each: LIST_NAMES.index(each.path[-1]) if each in named else 0)
    return Layout(Parting.LIST, best.at, ".".join(best.path))


def _members(
    objects: list[_Object], lists: list[_List], is_whole: bool, has_text: Callable[[Mapping[str, Any]], bool]
) -> Layout | None:
    """The first object that holds records under names of their own: at least two, alike and with text, and more than others.

    It stands in no object with text, title or address of its own, and no list of records stands beside them.
    """
    pages = [each.path for each in objects if not KNOWN.isdisjoint(name.lower() for name in each.fields)]
    listed = [each.path for each in lists if has_text(each.first)]
    for each in objects:
        names = [*each.places][: None if is_whole else -1]  # the last may be cut
        first = next((number for number, name in enumerate(names) if has_text(each.fields[name])), len(names))
        held = [each.fields[name] for name in names[first:]]
        inside = [(*each.path, name) for name in names[first:]]
        records = [one for one in held if 2 * len(one.keys() & held[0].keys()) >= len(one) and has_text(one)]
        if (
            len(records) >= max(_LEAST_RECORDS, len(held) // 2 + 1)
            and not any(each.path[: len(path)] == path for path in pages)
            and all(path[: len(each.path) + 1] in inside for path in listed)
        ):
            return Layout(Parting.MEMBERS, each.places[names[first]], ".".join(each.path))
    return None


def _outline(text: str, at: int, here: _Object, lists: list[_List], objects: list[_Object]) -> int:
    """Note an object and those in it, and the lists of objects, which are no fields of them; return where it ends.

    Raises ValueError where the text is no JSON, and RecursionError.
    """
    objects.append(here)
    at = _ink(text, at + 1)
    while text.startswith('"', at):
        name, at = _DECODER.raw_decode(text, at)
        at = _ink(text, _ink(text, at) + 1)  # behind the colon
        inner = _ink(text, at + 1)
        if text.startswith("[", at) and text.startswith("{", inner):
            lists.append(_List(at, (*here.path, name), _first(text, inner)))
            at = _DECODER.raw_decode(text, at)[1]
        elif text.startswith("{", at):
            here.places[name] = at
            if len(here.path) + 1 < _DEEPEST_LIST:
                held = _Object((*here.path, name), {}, {})
                here.fields[name] = held.fields
                at = _outline(text, at, held, lists, objects)
            else:
                here.fields[name], at = _DECODER.raw_decode(text, at)
        else:
            here.fields[name], at = _DECODER.raw_decode(text, at)
        at = _ink(text, at)
        at = _ink(text, at + 1) if text.startswith(",", at) else at
    if not text.startswith("}", at):
        raise ValueError(at)
    return at + 1


def _ink(text: str, at: int) -> int:
    """Where the next character stands that is no blank."""
    while text[at : at + 1] in _BLANKS:
        at += 1
    return at


def _first(text: str, at: int) -> dict[str, Any]:
    try:
        value = _DECODER.raw_decode(text, at)[0]
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def cut_object(text: str) -> dict[str, Any]:
    """Return what stands in an object that is cut: the fields that are whole, and the start of a string that isn't.

    >>> cut_object('{"n": [1, 2], "text": "rain \\\\u0026 w\\\\u00'), cut_object('[{"a"'), cut_object('{"a": {"b": 1')
    ({'n': [1, 2], 'text': 'rain & w'}, {}, {})
    """
    fields: dict[str, Any] = {}
    with suppress(ValueError, RecursionError):
        at = _ink(text, text.index("{") + 1)
        while text.startswith('"', at):
            name, at = _DECODER.raw_decode(text, at)
            at = _ink(text, _ink(text, at) + 1)  # behind the colon
            try:
                fields[name], at = _DECODER.raw_decode(text, at)
            except ValueError:
                fields[name], at = _cut_string(text[at:]), len(text)
            at = _ink(text, _ink(text, at) + 1)  # behind the comma
    return fields


_ESCAPE_CHARS = 6
"""Of the longest escape."""


def _cut_string(text: str) -> str:
    """The start of a string. Raises ValueError if it is none."""
    for dropped in range(_ESCAPE_CHARS if text.startswith('"') else 0):
        with suppress(ValueError):  # an escape is cut
            start = str(_DECODER.decode(f'{text[: len(text) - dropped]}"'))
            return start[:-1] if "\ud800" <= start[-1:] <= "\udbff" else start  # half of a pair of escapes
    raise ValueError(text[:_ESCAPE_CHARS])
