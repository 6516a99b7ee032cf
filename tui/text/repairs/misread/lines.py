"""The misread lines of a page, read again as they were written. Needs the character model.

Where a charset of many bytes dropped most bytes of UTF-8, too little remains to mend, but enough to be known by.
"""

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache, reduce
from typing import NamedTuple

from tui.core.model import Certainty
from tui.core.problems import Problem, Reason
from tui.core.values import replace
from tui.text.charset.misreading import CODECS, Misreading
from tui.text.repairs import Change, Outcome, Plan, differences, lines_with, repeated, spliced
from tui.text.repairs.misread.diagnosis import LEAST_BITS, ROUNDS, finding, is_doubtful
from tui.text.repairs.misread.gate import Suspect, suspects
from tui.text.repairs.misread.segments import Segment, solved
from tui.text.repairs.misread.unread import LOST_CHAR, written_bytes

_MORE_BITS = 6.0
"""What a line without any sign must gain."""
_FINDINGS = 3
_LOST_RUN = re.compile(
    "[^\n\ufffd锟斤拷]{0,3}".join(["[\ufffd锟斤拷]"] * 5) + "(?:[^\n\ufffd锟斤拷]{0,3}[\ufffd锟斤拷])*"
)
_WRITTEN_AGAIN = "锟斤拷"
"""Two replacement characters as UTF-8, read as GBK."""
_BEYOND = re.compile(r"[^\x00-\x7f]")
_ROOMLESS = ("gb2312", "cp950", "big5", "ksx1001", "euckr")
"""Charsets that have no room for most pairs of bytes of UTF-8, the one with least room first."""
_REMAINS = re.compile("[^\x00-\x7f](?:[ ,.]?[^\x00-\x7f]){9,}")
_REPLACED = re.compile("[\ufffd锟]")
"""Where bytes were replaced they were not dropped."""
_BETWEEN = re.compile("[ ,.]")
_PIECE = re.compile(rb"[\xe2-\xed\xef][\x80-\xbf]{0,2}|\xc2\xb7|[\x80-\xbf]{1,2}")
"""A character of Chinese, Japanese or Korean in UTF-8, or some of its bytes; all other text has others before long."""
_OF_PIECES = bytes((*range(0x80, 0xC0), 0xC2, *range(0xE2, 0xEE), 0xEF))
_ACCENTED = re.compile(rb"(?:[\xc3-\xc8][\x80-\xbf]|\xc9[\x80-\x8f])+")
"""The letters of Latin-1 and of Latin Extended A and B, in UTF-8."""
_DOT = "\N{MIDDLE DOT}".encode()
_ASCII = bytes(range(0x80))
"""What stood behind the remains may have become the second byte of their last character."""
_LEAST_BYTES = 20
_LEAD, _LEADING = 0xE2, 0.25
"""First byte of a character, and share of the pieces that must begin with one: capital letters of Cyrillic don't."""
_BROKEN = 0.08
"""Share of the pieces of UTF-8 that are not whole, at least."""


def find(text: str, lines: list[Suspect], until: int | None) -> Plan | None:
    """Find out what the suspicious lines of a page were written in and read as, and mend it up to a place."""
    solved.cache_clear()
    dropped.cache_clear()
    pairs: list[Misreading] = []
    remains = [line for line in lines if any(_remains(text[line.start : line.end], 0))]
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


def _note(pairs: Sequence[Misreading], page: "_Undone") -> Reason | None:
    """The finding, with what was lost on the way."""
    if not pairs:
        return None
    reasons = [repeated(pair.reason, page.rounds) for pair in pairs]
    note = reduce(lambda reading, other: Reason("and_also", {"reading": reading, "other": other}), reasons)
    if not page.filled:
        return note
    return Reason("byte_filled" if page.filled == 1 else "bytes_filled", {"reading": note, "count": page.filled})


class _Undone(NamedTuple):
    """What becomes of a string."""

    outcome: Outcome
    filled: int
    """Bytes that were lost and chosen by likelihood."""
    rounds: int
    """How often a line had to be read again at most."""


def _undo(string: str, pairs: Sequence[Misreading]) -> _Undone:
    changes: list[Change] = []
    suspicious = {line.start: string[line.start : line.end] for line in suspects(string, 1)}
    remains = {start: problems for start, line in suspicious.items() if (problems := list(_remains(line, start)))}
    filled, rounds = 0, 1
    for start, line in lines_with(_BEYOND, string) if pairs else ():
        if start in remains:
            continue
        parts, again = _again(line, pairs, start in suspicious)
        in_line: list[Change] = []
        for part in _merged(parts):
            certainty: Certainty = "certain" if part.is_certain else "probable"
            in_line += differences(line[part.start : part.end], part.after, start + part.start, certainty)
        if in_line and all(_is_accented(string, change, pairs) for change in in_line):
            continue
        changes += (_judged(string, change, pairs) for change in in_line)
        filled += sum(part.filled for part in parts)
        rounds = max(rounds, again)
    losses = itertools.chain(_losses(string, changes), *remains.values())
    return _Undone(Outcome(tuple(changes), tuple(losses)), filled, rounds)


def _is_accented(string: str, change: Change, pairs: Sequence[Misreading]) -> bool:
    """Whether what is to be changed reads as accented Latin letters in UTF-8, beside other letters: `mojibake` does that.

    >>> pairs = [Misreading("gbk", "cp1252")]
    >>> [_is_accented(text, Change(3, len(text), ""), pairs) for text in ("CafÃ©", "TCLÐÂÎÅ", "1, Ã©")]
    [True, False, False]
    """
    before, after = string[: change.start].rstrip(" ")[-1:], string[change.end :].lstrip(" ")[:1]
    if not any(char.isascii() and char.isalpha() for char in (before, after)):
        return False
    written = [written_bytes(string[change.start : change.end], read) for read in {pair.read for pair in pairs}]
    return any(content is not None and _ACCENTED.fullmatch(content) for content in written)


def _judged(string: str, change: Change, pairs: Sequence[Misreading]) -> Change:
    """A change, probable at most if it is a word by itself of which another charset makes a likelier one."""
    around = string[max(0, change.start - 1) : change.start] + string[change.end : change.end + 1]
    if change.certainty == "probable" or any(char.isascii() and char.isalpha() for char in around):
        return change
    old = string[change.start : change.end]
    if any(is_doubtful(old, change.after, read) for read in {pair.read for pair in pairs}):
        return replace(change, certainty="probable")
    return change


def _again(line: str, pairs: Sequence[Misreading], has_signs: bool) -> tuple[list[Segment], int]:
    """The damaged parts of one line, read again as often as it takes, and how often that was."""
    parts = _parts(line, pairs, 0.0 if has_signs else _MORE_BITS)
    mended, filled = _joined(line, parts), sum(part.filled for part in parts)
    again, rounds = parts, 1
    while again and rounds < ROUNDS and any(suspects(mended)):
        again = _parts(mended, pairs, LEAST_BITS)
        if again:
            mended, filled = _joined(mended, again), filled + sum(part.filled for part in again)
            is_certain = all(part.is_certain for part in (*parts, *again))
            parts, rounds = [Segment(0, len(line), mended, filled, is_certain)], rounds + 1
    is_dropping = any(pair.is_dropping for pair in pairs)
    return ([], 1) if mended.count(LOST_CHAR) > line.count(LOST_CHAR) and not is_dropping else (parts, rounds)


def _parts(line: str, pairs: Sequence[Misreading], least: float = 0.0) -> list[Segment]:
    """The damaged parts of a line by the pair that explains them best."""
    best: list[Segment] = []
    for pair in pairs:
        parts, gain = solved(line, pair)
        if parts and gain > least:
            best, least = parts, gain
    return best


def _joined(line: str, parts: Sequence[Segment]) -> str:
    return spliced(line, ((part.start, part.end, part.after) for part in parts))


def _merged(parts: Sequence[Segment]) -> Iterator[Segment]:
    """Neighbours as one, unless one is certain and the other is not."""
    last: Segment | None = None
    for part in parts:
        if last and last.end == part.start and last.is_certain == part.is_certain:
            last = Segment(last.start, part.end, last.after + part.after, last.filled + part.filled, part.is_certain)
            continue
        if last:
            yield last
        last = part
    if last:
        yield last


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


@lru_cache(1024)
def dropped(run: str) -> tuple[str, int] | None:
    """Return the charset that dropped the bytes of UTF-8 and how many are missing at least; None if none did.

    >>> dropped("今天的新闻报道说，北京市政府宣布将在下个月".encode().decode("big5", "ignore"))
    ('cp950', 17)
    >>> dropped("今天的新闻报道说，北京市政府宣布将在下个月")
    """
    for read in _ROOMLESS:
        try:
            content = _BETWEEN.sub("", run).encode(CODECS[read]).rstrip(_ASCII)
        except UnicodeEncodeError:
            continue
        if len(content) < _LEAST_BYTES or content.translate(None, _OF_PIECES):
            continue
        pieces = _PIECE.findall(content)
        if sum(map(len, pieces)) < len(content):
            continue
        missing = [0 if piece == _DOT else 3 - len(piece) for piece in pieces]
        leading, broken = sum(piece[0] >= _LEAD for piece in pieces), sum(map(bool, missing))
        if leading >= _LEADING * len(pieces) and broken >= _BROKEN * len(pieces):
            return read, sum(missing)
    return None


def _remains(line: str, start: int) -> Iterator[Problem]:
    """Say of each run of such remains in a line, which begins at `start`, where it is and what became of it."""
    for match in () if _REPLACED.search(line) else _REMAINS.finditer(line):
        if untold := dropped(match[0]):
            read, missing = untold
            reading = Misreading("u8", read, is_dropping=True).reason
            reason = Reason("dropped_untold", {"reading": reading, "missing": missing})
            yield Problem(
                "mojibake_lost", "", {"reason": reason}, start + match.start(), start + match.end(), lost=missing
            )
