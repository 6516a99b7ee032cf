"""The misread lines of a page, read again as they were written. Needs the character model."""

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache, reduce
from typing import NamedTuple

from tui.core.problems import Problem, Reason
from tui.text.mending.damage import CODECS
from tui.text.repairs import Change, Outcome, Plan, repeated
from tui.text.repairs.misread.diagnosis import LEAST_BITS, ROUNDS, finding
from tui.text.repairs.misread.gate import Suspect, suspects
from tui.text.repairs.misread.remains import problems
from tui.text.repairs.misread.segments import Pair, Part, solve
from tui.text.repairs.misread.unread import LOST_CHAR, unread
from tui.text.words.likely import cost

_MORE_BITS = 6.0
"""What a line without any sign must gain."""
_BLOCK_CHARS = 12
_FINDINGS = 3
_LOST_RUN = re.compile(
    "[^\n\ufffd锟斤拷]{0,3}".join(["[\ufffd锟斤拷]"] * 5) + "(?:[^\n\ufffd锟斤拷]{0,3}[\ufffd锟斤拷])*"
)
_WRITTEN_AGAIN = "锟斤拷"
"""Two replacement characters as UTF-8, read as GBK."""
_BEYOND = re.compile(r"[^\x00-\x7f]")
_BEYOND_RUN = re.compile(r"[^\x00-\x7f]+")


def find(text: str, lines: list[Suspect], until: int | None) -> Plan | None:
    """Find out what the suspicious lines of a page were written in and read as, and mend it up to a place."""
    pairs: list[Pair] = []
    remains = [line for line in lines if any(problems(text[line.start : line.end], 0))]
    others = frozenset(remains)
    left = [] if 2 * len(remains) > len(lines) else [line for line in lines if line not in others]
    while left and len(pairs) < _FINDINGS:
        pair = finding(text, left)
        if pair is None or pair in pairs:
            break
        pairs.append(pair)
        left = [line for line in left if not _parts(text[line.start : line.end], [pair])]
    if not pairs and not remains and not _LOST_RUN.search(text):
        return None
    looked = text[:until]
    page = _undo(looked, pairs)
    note = _note(pairs, page)
    return Plan(lambda string: (page if string == looked else _undo(string, pairs)).outcome, note, until)


def _note(pairs: Sequence[Pair], page: "_Undone") -> Reason | None:
    """The finding, with what was lost on the way."""
    often = [repeated(pair.reading, page.rounds) for pair in pairs]
    said = (
        reduce(lambda reading, other: Reason("and_also", {"reading": reading, "other": other}), often)
        if often
        else None
    )
    if not page.filled or said is None:
        return said
    return Reason("byte_filled" if page.filled == 1 else "bytes_filled", {"reading": said, "count": page.filled})


class _Undone(NamedTuple):
    """What becomes of a string."""

    outcome: Outcome
    filled: int
    """Bytes that were lost and chosen by likelihood."""
    rounds: int
    """How often a line had to be read again at most."""


def _undo(string: str, pairs: Sequence[Pair]) -> _Undone:
    changes: list[Change] = []
    signs = {line.start: line.signs for line in suspects(string, 1)}
    remains = {start: found for start in signs if (found := list(problems(_line(string, start), start)))}
    at = filled = 0
    rounds = 1
    while pairs and (match := _BEYOND.search(string, at)):
        start = string.rfind("\n", 0, match.start()) + 1
        end = string.find("\n", match.end())
        at = end if end >= 0 else len(string)
        line = string[start:at]
        if start in remains:
            continue
        parts, again = _again(line, pairs, start in signs)
        changes += [change for part in _merged(parts) for change in _trimmed(line, part, start)]
        filled += sum(part.filled for part in parts)
        rounds = max(rounds, again)
    losses = itertools.chain(_losses(string, changes), *remains.values())
    return _Undone(Outcome(tuple(changes), tuple(losses)), filled, rounds)


def _line(string: str, start: int) -> str:
    end = string.find("\n", start)
    return string[start:] if end < 0 else string[start:end]


def _again(line: str, pairs: Sequence[Pair], has_signs: bool) -> tuple[list[Part], int]:
    """The damaged parts of one line, read again as often as it takes, and how often that was."""
    parts = _parts(line, pairs, 0.0 if has_signs else _MORE_BITS)
    mended, filled = _joined(line, parts), sum(part.filled for part in parts)
    again, rounds = parts, 1
    while again and rounds < ROUNDS and any(suspects(mended)):
        again = _parts(mended, pairs, LEAST_BITS)
        if again:
            mended, filled = _joined(mended, again), filled + sum(part.filled for part in again)
            is_certain = all(part.is_certain for part in (*parts, *again))
            parts, rounds = [Part(0, len(line), mended, filled, is_certain)], rounds + 1
    is_dropping = any(pair.is_dropping for pair in pairs)
    return ([], 1) if mended.count(LOST_CHAR) > line.count(LOST_CHAR) and not is_dropping else (parts, rounds)


def _parts(line: str, pairs: Sequence[Pair], least: float = 0.0) -> list[Part]:
    """The damaged parts of a line by the pair that explains them best."""
    best: list[Part] = []
    for pair in pairs:
        parts, gain = _explained(line, pair)
        if parts and gain > least:
            best, least = parts, gain
    return best


@lru_cache(1024)
def _explained(line: str, pair: Pair) -> tuple[list[Part], float]:
    """A line's damaged parts and what it gains; remembered, since a page is diagnosed and then repaired."""
    return _whole(line, pair) or solve(line, pair)


def _whole(line: str, pair: Pair) -> tuple[list[Part], float] | None:
    """The line as one damaged part, if all its bytes are there and read well throughout."""
    content = [unread(char, pair.read) for char in line]
    if None in content:
        return None
    written = b"".join(filter(None, content))
    try:
        after = written.decode(CODECS[pair.written])
    except UnicodeDecodeError:
        return None
    if "\n" in after or LOST_CHAR in line or after.encode(CODECS[pair.written]) != written:
        return None
    gain = cost(line) - cost(after)
    if gain <= 0 or any(cost(old) < cost(new) - LEAST_BITS for old, new in _blocks(line, after, pair)):
        return None
    return [Part(0, len(line), after, 0)], gain


def _blocks(line: str, after: str, pair: Pair) -> Iterator[tuple[str, str]]:
    """A line and its answer in short blocks that are made of the same bytes."""
    ends = itertools.accumulate(len(char.encode(CODECS[pair.written])) for char in after)
    places = {end: number for number, end in enumerate(ends, 1)}
    start = before = size = 0
    for number, char in enumerate(line, 1):
        size += len(unread(char, pair.read) or b"")
        if number - start >= _BLOCK_CHARS and size in places:
            yield line[start:number], after[before : places[size]]
            start, before = number, places[size]


def _joined(line: str, parts: Sequence[Part]) -> str:
    out, at = [], 0
    for part in parts:
        out += [line[at : part.start], part.after]
        at = part.end
    return "".join([*out, line[at:]])


def _merged(parts: Sequence[Part]) -> Iterator[Part]:
    """Neighbours as one, unless one is certain and the other is not."""
    last: Part | None = None
    for part in parts:
        if last and last.end == part.start and last.is_certain == part.is_certain:
            last = Part(last.start, part.end, last.after + part.after, last.filled + part.filled, part.is_certain)
            continue
        if last:
            yield last
        last = part
    if last:
        yield last


def _trimmed(line: str, part: Part, start: int) -> Iterator[Change]:
    """A part as changes of what differs: one for each run beyond ASCII, where the ASCII between them agrees.

    Links and lists end between such runs, and must find their ends again.
    """
    old, new = line[part.start : part.end], part.after
    runs = [(match.start(), match[0]) for match in _BEYOND_RUN.finditer(old)]
    answers = _BEYOND_RUN.findall(new)
    if _BEYOND_RUN.split(old) != _BEYOND_RUN.split(new):
        runs, answers = [(0, old)], [new]
    for (at, before), after in zip(runs, answers, strict=True):
        head = _common(before, after)
        tail = _common(before[head:][::-1], after[head:][::-1])
        if before != after:
            yield Change(
                start + part.start + at + head,
                start + part.start + at + len(before) - tail,
                after[head : len(after) - tail],
                "certain" if part.is_certain else "probable",
            )


def _common(one: str, other: str) -> int:
    """Length of the beginning that two strings share."""
    pairs = zip(one, other, strict=False)
    return next((number for number, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _losses(string: str, changes: Sequence[Change]) -> Iterator[Problem]:
    """Runs of lost bytes that stay, and characters of the answer that can't be told."""
    starts, ends = [change.start for change in changes], [change.end for change in changes]
    for change in changes:
        unknown = change.after.count(LOST_CHAR) - string.count(LOST_CHAR, change.start, change.end)
        if unknown > 0:
            reason = Reason("characters_untold", {"count": unknown})
            yield Problem("mojibake_lost", "", {"reason": reason}, change.start, change.end, lost=unknown)
    for match in _LOST_RUN.finditer(string):
        start, end = match.span()
        if bisect_left(starts, end) > bisect_right(ends, start):
            continue
        if _WRITTEN_AGAIN in match[0]:
            reason = Reason("bytes_gone")
            lost = 2 * match[0].count(_WRITTEN_AGAIN)
        else:
            lost = match[0].count(LOST_CHAR)
            reason = Reason("bytes_unmapped", {"count": lost})
        yield Problem("mojibake_lost", "", {"reason": reason}, start, end, lost=lost)
