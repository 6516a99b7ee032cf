"""Follows a character of a repaired page back: through the repairs, to what was decoded, to the bytes it came from."""

import contextlib
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from tui.core.answers import Origin
from tui.model import Edit, Rows
from tui.text.charsets import codec

CONTEXTS = (16, 8, 4, 2, 1)
"""Characters on either side by which a place is known again in the bytes; the most telling are tried first."""
GAP_BYTES = 120
"""Most bytes between two known neighbours: entities, tags, bytes that are of no character."""
MOST_PLACES = 50_000

_TAGS = rb"(?:<[^<>]{0,200}>|\s)*"
_STATEFUL = ("iso-2022", "hz")
_UNIT_BYTES = {"utf-16le": 2, "utf-16be": 2, "utf-32le": 4, "utf-32be": 4}


class Unmended(NamedTuple):
    """A page before repair, and the span of it from which a character came."""

    text: str
    start: int
    end: int
    edit: Edit | None
    """The edit that the character is part of; None: it was not changed."""


def unmended(text: str, edits: Rows[Edit], offset: int) -> Unmended:
    """Undo all edits, and say where the character at `offset` was; inside an edit, the whole of what it replaced.

    >>> unmended("總統", Rows(Edit, [Edit(1, 2, "統(tǒng)", "統", "pinyin_gloss")]), 1)[:3]
    ('總統(tǒng)', 1, 8)
    """
    starts = edits.column("start") if edits else ()
    index = bisect_right(starts, offset) - 1
    edit = edits[index] if index >= 0 and offset < edits[index].end else None
    parts: list[str] = []
    at = drift = 0
    columns = (starts, edits.column("end"), edits.column("before")) if edits else ((), (), ())
    for number, (start, end, before) in enumerate(zip(*columns, strict=True)):
        parts += [text[at:start], before]
        at = end
        if number < index or (number == index and edit is None):
            drift += len(before) - (end - start)
    whole = "".join([*parts, text[at:]])
    if edit is not None:
        return Unmended(whole, edit.start + drift, edit.start + drift + len(edit.before), edit)
    return Unmended(whole, offset + drift, min(offset + drift + 1, len(whole)), None)


def locate(raw: bytes, charset: str, text: str, start: int, end: int) -> Origin | None:
    """Find the bytes of `text[start:end]`, where `text` is what was decoded from `raw`, or stands in it as markup.

    Markup moves text about, so the place is known by its neighbours on the line. None: nothing in the bytes looks like
    it, or the charset keeps a state from one character to the next.

    >>> locate("<p>caf&eacute; bar</p>".encode(), "utf-8", "café bar", 3, 4)
    Origin(start_bytes=6, raw=b'&eacute;', places=1)
    """
    if charset.startswith(_STATEFUL) or start >= end:
        return None
    name, unit = codec(charset), _UNIT_BYTES.get(charset, 1)
    low = text.rfind("\n", 0, start) + 1
    high = text.find("\n", end)
    high = len(text) if high < 0 else high
    for size in CONTEXTS:
        left, right = text[max(low, start - size) : start], text[end : min(high, end + size)]
        for pattern in _patterns(left, text[start:end], right, name):
            found = [match for match in _some(pattern, raw) if match.start(1) % unit == 0]
            if found:
                window = left + text[start:end] + right
                if len(found) == text.count(window):
                    match = found[min(text.count(window, 0, start + len(right)), len(found) - 1)]
                    return Origin(match.start(1), match[1], 1)
                expected = len(raw) * start // max(len(text), 1)
                match = min(found, key=lambda match: abs(match.start(1) - expected))
                return Origin(match.start(1), match[1], len(found))
    return None


def _patterns(left: str, middle: str, right: str, name: str) -> Iterator[re.Pattern[bytes]]:
    try:
        before, after = re.escape(left.encode(name)), re.escape(right.encode(name))
    except UnicodeEncodeError:
        return
    # Bytes that were lost can't be written: then only the neighbours are known.
    with contextlib.suppress(UnicodeEncodeError):
        yield re.compile(before + _TAGS + b"(" + re.escape(middle.encode(name)) + b")" + _TAGS + after)
    if left or right:
        yield re.compile(before + _TAGS + b"(&#?[0-9A-Za-z]{1,30};)" + _TAGS + after)
    if left and right:
        yield re.compile(before + b"(.{1,%d}?)" % GAP_BYTES + after, re.DOTALL)


def _some(pattern: re.Pattern[bytes], raw: bytes) -> Iterator[re.Match[bytes]]:
    return (match for match, _ in zip(pattern.finditer(raw), range(MOST_PLACES), strict=False))
