"""Repairs one field of a JSON object that stands on a line, and leaves every other byte of the line as it was."""

import json
from collections.abc import Callable

from tui.text.mending.mend import Mending, count

ADDED = "_repairs"
"""The key that gets the names of the repairs that acted."""

# Numbers are passed over only; int() refuses one of 5,000 digits.
_DECODER = json.JSONDecoder(strict=False, parse_int=float)
_SPACE = " \t\r\n"

Spans = dict[str, tuple[int, int]]
"""Key -> where its value starts and ends in the line."""


def mend_field(line: str, field: str, mend: Callable[[str], Mending]) -> str:
    """Return the line with `field` (dots lead into objects) repaired and `_repairs` added.

    Raises ValueError, saying why, if the line is no JSON object or has no such field with text in it.

    >>> from tui.core.model import Options
    >>> from tui.text.mending.mend import mend
    >>> mend_field('{"n": 1.50, "t": {"x": "caf\\u00c3\\u00a9"}}', "t.x", lambda text: mend(text, Options()))
    '{"n": 1.50, "t": {"x": "café"}, "_repairs": ["mojibake"]}'
    """
    outer, end = _object(line, _skip(line, 0))
    if line[end:].strip():
        raise ValueError("more than one value on the line")
    start, stop = _find(line, outer, field)
    if line[start] != '"':
        raise ValueError(f"{field!r} is no text")
    before, _ = _DECODER.raw_decode(line, start)
    mended = mend(before)
    names = [seen.name for seen in count(mended)]
    made = [(start, stop, _literal(mended.text, line[start:stop]))] if names else []
    return _put(line, [*made, _addition(line, outer, end, names)])


def _object(line: str, at: int) -> tuple[Spans, int]:
    """Where the values of the object at `at` lie, and where it ends. Of a key that stands twice, the last counts."""
    if line[at : at + 1] != "{":
        raise ValueError("no JSON object")
    spans: Spans = {}
    at = _skip(line, at + 1)
    while line[at : at + 1] != "}":
        if spans:
            at = _skip(line, _expect(line, at, ","))
        _expect(line, at, '"')
        key, at = _DECODER.raw_decode(line, at)
        at = _skip(line, _expect(line, _skip(line, at), ":"))
        try:
            _, end = _DECODER.raw_decode(line, at)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error
        spans[key] = at, end
        at = _skip(line, end)
    return spans, at + 1


def _skip(line: str, at: int) -> int:
    while line[at : at + 1] and line[at] in _SPACE:
        at += 1
    return at


def _expect(line: str, at: int, sign: str) -> int:
    if line[at : at + 1] != sign:
        raise ValueError(f"no JSON: {sign!r} expected at character {at}")
    return at + 1


def _find(line: str, spans: Spans, field: str) -> tuple[int, int]:
    if field in spans:
        return spans[field]
    head, dot, rest = field.partition(".")
    if dot and head in spans and line[spans[head][0]] == "{":
        return _find(line, _object(line, spans[head][0])[0], rest)
    raise ValueError(f"no field {field!r}")


def _literal(text: str, seen: str) -> str:
    """The text as a JSON string, escaped like the one it takes the place of."""
    is_escaped = (seen.isascii() and "\\u" in seen) or any("\ud800" <= char <= "\udfff" for char in text)
    return json.dumps(text, ensure_ascii=is_escaped)


def _addition(line: str, spans: Spans, end: int, names: list[str]) -> tuple[int, int, str]:
    if ADDED in spans:
        start, stop = spans[ADDED]
        there = json.loads(line[start:stop])
        kept = there if isinstance(there, list) else []
        return start, stop, json.dumps([*kept, *(name for name in names if name not in kept)])
    return end - 1, end - 1, f', "{ADDED}": {json.dumps(names)}'


def _put(line: str, parts: list[tuple[int, int, str]]) -> str:
    for start, stop, text in sorted(parts, reverse=True):
        line = line[:start] + text + line[stop:]
    return line
