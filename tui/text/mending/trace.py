"""Follows a character of a repaired page back: through the repairs, to what was decoded, to the bytes it came from."""

import contextlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import islice
from typing import AnyStr, NamedTuple

from tui.core.answers import Origin
from tui.core.model import Edit, Rows
from tui.text.charset.names import codec
from tui.text.mending.edits import Origins, undo

CONTEXTS = (16, 8, 4, 2, 1)
"""Characters on either side by which a place is known again in the bytes; the most telling are tried first."""
GAP_BYTES = 120
"""Most bytes between two known neighbours: entities, tags, bytes that are of no character."""
MOST_TAG_BYTES = 200
"""Bytes of the longest tag that is passed over."""
MOST_PLACES = 50_000
MOST_TRIES = 500_000
"""Places at which one character is looked for, with all contexts together: a second or less."""

_Place = tuple[int, int]
"""Start and end of a run of bytes."""
_PIECE = re.compile(rb"<[^<>]{0,%d}+>|\s" % MOST_TAG_BYTES)
_RUN = re.compile(b"(?:%s)*+" % _PIECE.pattern)
_REFERENCE = rb"&#?[0-9A-Za-z]{1,30}+;"
_STATEFUL = ("iso-2022", "hz", "utf-7")
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
    page, back = undo(text, edits), Origins(edits)
    index = bisect_right(edits.column("start"), offset) - 1
    edit = edits[index] if index >= 0 and offset < edits[index].end else None
    if edit is not None:
        start = back(edit.start)
        return Unmended(page, start, start + len(edit.before), edit)
    start = back(offset)
    return Unmended(page, start, min(start + 1, len(page)), None)


def locate(raw: bytes, charset: str, text: str, start: int, end: int) -> Origin | None:
    """Find the bytes of `text[start:end]`, where `text` is what was decoded from `raw`, or stands in it as markup.

    Markup moves text about, so the place is known by its neighbours on the line. None: nothing that looks like it was
    found in `MOST_TRIES`, or the charset keeps a state from one character to the next.

    >>> locate("<p>caf&eacute; bar</p>".encode(), "utf-8", "café bar", 3, 4)
    Origin(start_bytes=6, raw=b'&eacute;', places=1)
    """
    if charset.startswith(_STATEFUL) or start >= end:
        return None
    name, unit = codec(charset), _UNIT_BYTES.get(charset, 1)
    low = text.rfind("\n", 0, start) + 1
    high = text.find("\n", end)
    high = len(text) if high < 0 else high
    tries = iter(range(MOST_TRIES))
    for size in CONTEXTS:
        first, last = max(low, start - size), min(high, end + size)
        for places in _forms(raw, (text[first:start], text[start:end], text[end:last]), name, tries):
            matches = [place for place in islice(places, MOST_PLACES) if place[0] % unit == 0]
            if matches:
                alike = list(islice(_every(text, text[first:last]), len(matches) + 1))
                if len(matches) == len(alike):
                    at, stop = matches[bisect_left(alike, first)]
                    return Origin(at, raw[at:stop], 1)
                expected = len(raw) * start // max(len(text), 1)
                at, stop = min(matches, key=lambda place: abs(place[0] - expected))
                return Origin(at, raw[at:stop], len(matches))
    return None


def _forms(raw: bytes, window: tuple[str, str, str], name: str, tries: Iterator[int]) -> Iterator[Iterator[_Place]]:
    """Where a text stands as it is, where as a reference, and where its neighbours alone stand: the likeliest first."""
    left, middle, right = window
    try:
        before, after = left.encode(name), right.encode(name)
    except UnicodeEncodeError:
        return
    # Bytes that were lost can't be written: then only the neighbours are known.
    with contextlib.suppress(UnicodeEncodeError):
        yield _between(raw, before, re.escape(middle.encode(name)), after, tries)
    if left or right:
        yield _between(raw, before, _REFERENCE, after, tries)
    if left and right:
        yield _gaps(raw, before, after, tries)


def _between(raw: bytes, before: bytes, pattern: bytes, after: bytes, tries: Iterator[int]) -> Iterator[_Place]:
    """Find what stands behind `before` and ahead of `after`, with nothing but tags and blanks between them."""
    middles, afters = _Lookahead(raw, pattern), _Lookahead(raw, re.escape(after))
    starts = _every(raw, before) if before else (match.start() for match in re.finditer(pattern, raw))
    last = -1
    for start, _try in zip(starts, tries, strict=False):
        middle, place = middles.next(start + len(before)), None
        # What is not beyond the last one was come by from an earlier start.
        while middle and middle.start(1) > last and next(tries, None) is not None:
            last = middle.start(1)
            if afters.next(middle.end()):
                place = middle.span(1)
            # Of several in one run, such as blanks of which the text has one, the last is taken.
            piece = _PIECE.match(raw, last) if before else None
            middle = middles.next(piece.end()) if piece else None
        if place:
            yield place


def _gaps(raw: bytes, before: bytes, after: bytes, tries: Iterator[int]) -> Iterator[_Place]:
    """Find the bytes, `GAP_BYTES` at most, between a `before` and the next `after`."""
    at, stop = raw.find(before), -1
    while at >= 0 and next(tries, None) is not None:
        start = at + len(before)
        if stop <= start:
            stop = raw.find(after, start + 1)
        if stop < 0:
            return
        if stop - start <= GAP_BYTES:
            yield start, stop
            at = raw.find(before, stop + len(after))
        else:
            at = raw.find(before, max(at + 1, stop - GAP_BYTES - len(before)))


def _every(where: AnyStr, what: AnyStr) -> Iterator[int]:
    """Each place where something stands, also where one overlaps the next."""
    at = where.find(what)
    while at >= 0:
        yield at
        at = where.find(what, at + 1)


class _Lookahead:
    """Finds what comes next, with nothing but tags and blanks before it.

    Asked from place to place towards the end, it goes over each byte once: where it came to is kept.
    """

    def __init__(self, raw: bytes, pattern: bytes) -> None:
        self._raw = raw
        self._pattern = re.compile(b"(?:(?!%s)(?:%s))*+(%s)" % (pattern, _PIECE.pattern, pattern))
        self._start = self._end = -1
        self._match: re.Match[bytes] | None = None
        """What comes next from all places from `_start` to `_end` that are not within a tag."""

    def next(self, at: int) -> re.Match[bytes] | None:
        """Return a match whose first group is what comes next, at `at` or beyond; None: something else does."""
        if self._start <= at <= self._end and not self._is_in_tag(at):
            return self._match
        match = self._pattern.match(self._raw, at)
        end = match.start(1) if match else _RUN.match(self._raw, at).end()  # type: ignore[union-attr] # fits anything
        if end > self._end:  # else it's within a tag, and short
            self._start, self._end, self._match = at, end, match
        return match

    def _is_in_tag(self, at: int) -> bool:
        opened = self._raw.rfind(b"<", max(self._start, at - MOST_TAG_BYTES - 1), at)
        return opened >= 0 and self._raw.find(b">", opened, at) < 0
