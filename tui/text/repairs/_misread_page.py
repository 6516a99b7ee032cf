"""What a page was written in and read as, found by trying, and how it is read again. Needs the character model."""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from tui.model import Problem
from tui.text.damage import CLASSES, CODECS, MULTIBYTE
from tui.text.likely import cost
from tui.text.repairs import Change, Outcome, Plan
from tui.text.repairs._misread import Pair, Part, solve
from tui.text.repairs._misread_bytes import LOST_CHAR, unread
from tui.text.repairs._misread_gate import IN_WORD, Suspect, suspects

_ALL = [Pair(*name.split(">")) for name in CLASSES if re.fullmatch(r"\w+>\w+", name)]
_HOPELESS = {Pair("u8", "big5"), Pair("u8", "euckr"), Pair("gbk", "u8")}
"""Too many bytes are lost."""
_OTHERS = [pair for pair in _ALL if pair.written == "u8" and pair.read not in MULTIBYTE]
"""The ones that `mojibake` undoes."""
_OURS = [pair for pair in _ALL if pair not in _HOPELESS and pair not in _OTHERS]
_SHOWN = {
    "narrow": re.compile("[\x80-\u024f\u0370-\u04ff\u2018-\u2122]"),
    "han": re.compile("[\u3400-\u9fff\ue000-\uf8ff]"),
    "hangul": re.compile("[\uac00-\ud7a3]"),
    "kana": re.compile("[\uff61-\uff9f]"),
}
_KINDS = {"gbk": "han", "big5": "han", "euckr": "hangul", "sjis": "kana"}
"""What is always among the text that is read as a charset; as one of single bytes, narrow characters."""
_SAMPLE_CHARS, _CLIP_CHARS, _AROUND = 800, 300, 4
_TRIED = 3
"""Pairs that look best at a glance and are tried in full,"""
_CLEAR = 1.5
"""unless the first is better than the second so many times."""
_MOST_LOST = 0.2
"""Share of characters of a sample that may stand for lost bytes."""
_LEAST_BITS = 20.0
"""What a page must gain by a finding,"""
_MIXED_BITS = 100.0
"""where what is right stands close around,"""
_WORD_BITS = 15.0
"""or where it stands within a word,"""
_LEAST_RATE = 0.6
"""and for each of its doubtful characters."""
_SWAPPED, _SWAPPED_SHARE = Pair("koi8r", "cp1251"), 0.3
"""Reads letters as other letters of the other case; text typed with Caps Lock on must not pass for it."""
_MORE_BITS = 6.0
"""What a line without any sign must gain."""
_ALPHABETS = frozenset({"cp1251", "koi8r", "cp1253"})
_WORD = re.compile(r"[^\x00-\x7f\u3000\s]{3}")
"""Text in another alphabet has whole words of the characters in question; a table of them has not."""
_LEAST_CHARS = 4
"""Different characters that it takes to tell charsets of many bytes apart; private-use ones may be icons."""
_LEAST_LETTERS = 3
_MAPPED = re.compile(r"[^\x00-\x7f\ue000-\uf8ff]")
_BLOCK_CHARS, _PIECE_CHARS = 12, 8
_FINDINGS = 3
_ROUNDS = 3
_LOST_RUN = re.compile(
    "[^\n\ufffd锟斤拷]{0,3}".join(["[\ufffd锟斤拷]"] * 5) + "(?:[^\n\ufffd锟斤拷]{0,3}[\ufffd锟斤拷])*"
)
_WRITTEN_AGAIN = "锟斤拷"
"""Two replacement characters as UTF-8, read as GBK."""
_BEYOND = re.compile(r"[^\x00-\x7f]")
_BEYOND_RUN = re.compile(r"[^\x00-\x7f]+")


def find(text: str, lines: list[Suspect]) -> Plan | None:
    """Find out what the suspicious lines of a page were written in and read as."""
    pairs: list[Pair] = []
    left = lines
    while left and len(pairs) < _FINDINGS:
        pair = _finding(text, left)
        if pair is None or pair in pairs:
            break
        pairs.append(pair)
        left = [line for line in left if not _parts(text[line.start : line.end], [pair])]
    if not pairs and not _LOST_RUN.search(text):
        return None
    page = _undo(text, pairs)
    note = _note(pairs, page)
    return Plan(lambda string: (page if string == text else _undo(string, pairs)).outcome, note)


def _note(pairs: Sequence[Pair], page: "_Undone") -> str:
    """The finding in words, with what was lost on the way."""
    often = {1: "", 2: ", twice"}.get(page.rounds, f", {page.rounds} times")
    said = "; ".join(f"{pair}{often}" for pair in pairs)
    if not page.filled:
        return said
    return f"{said}; {page.filled} byte{'s' * (page.filled > 1)} lost, filled by likelihood (marked)"


def _finding(text: str, lines: Sequence[Suspect]) -> Pair | None:
    """The pair of charsets that makes the most of a sample of the lines, if it is one of ours and makes enough."""
    sample = list(_sample(text, lines))
    if sum(clip.count(LOST_CHAR) for clip in sample) > _MOST_LOST * sum(map(len, sample)):
        return None
    pairs = list(_possible(_OURS, sample))
    seen = {pair: sum(_glance(clip, pair) for clip in sample) for pair in pairs}
    if not seen:
        return None
    is_in_word = any(map(IN_WORD.search, sample))
    is_mixed = max(seen.values()) < _LEAST_BITS and not is_in_word  # what is right around the damage outweighs it
    if is_mixed:
        pieces = [clip[at : at + _PIECE_CHARS] for clip in sample for at in range(0, len(clip), _PIECE_CHARS)]
        seen = {pair: sum(max(0.0, _glance(piece, pair)) for piece in pieces) for pair in pairs}
    ours = sorted(seen, key=lambda pair: -seen[pair])[:_TRIED]
    if len(ours) > 1 and seen[ours[0]] > _CLEAR * seen[ours[1]]:
        del ours[1:]
    least_seen = _MIXED_BITS / 2 if is_mixed else 0.0
    tries = {pair: [solve(clip, pair) for clip in sample] for pair in ours if seen[pair] > least_seen}
    gains = {pair: sum(gain for _, gain in solved) for pair, solved in tries.items()}
    if not gains:
        return None
    others = max(
        (sum(_glance(clip, pair, _ROUNDS) for clip in sample) for pair in _possible(_OTHERS, sample)), default=0.0
    )
    pair = max(gains, key=lambda pair: gains[pair])
    gain = gains[pair]
    damage = "".join(
        clip[part.start : part.end] for clip, (parts, _) in zip(sample, tries[pair], strict=True) for part in parts
    )
    doubtful = sum(line.signs for line in lines)
    least = _MIXED_BITS if is_mixed else _WORD_BITS if is_in_word else _LEAST_BITS
    enough = max(least, _LEAST_RATE * min(doubtful, _SAMPLE_CHARS))
    different = len(set(_MAPPED.findall(damage)))
    if pair.written in MULTIBYTE - {"u8"} and different < _LEAST_CHARS:
        return None
    if pair.written in _ALPHABETS and (different < _LEAST_LETTERS or not any(map(_WORD.search, sample))):
        return None
    if pair == _SWAPPED:
        enough = max(enough, _SWAPPED_SHARE * sum(map(cost, sample)))
    return pair if gain >= enough and gain > others else None


def _possible(pairs: Sequence[Pair], sample: Sequence[str]) -> Iterator[Pair]:
    """The pairs that could have made some text, by the characters that it has."""
    seen = {name for name, shown in _SHOWN.items() if any(map(shown.search, sample))}
    return (pair for pair in pairs if _KINDS.get(pair.read, "narrow") in seen)


def _sample(text: str, lines: Sequence[Suspect]) -> Iterator[str]:
    size = 0
    for line in sorted(lines, key=lambda line: -line.signs):
        start = max(line.start, line.first - _AROUND)
        clip = text[start : min(line.end, line.last + _AROUND + 1, start + _CLIP_CHARS)]
        yield clip
        size += len(clip)
        if size >= _SAMPLE_CHARS:
            return


def _glance(clip: str, pair: Pair, rounds: int = 1) -> float:
    """About how many bits likelier a text is when the characters that the charset has are read again, so many times."""
    gain = 0.0
    for _ in range(rounds):
        content = clip.replace(LOST_CHAR, "").encode(CODECS[pair.read], "ignore")
        clip = content.decode(CODECS[pair.written], "replace")
        more = _cost(content.decode(CODECS[pair.read])) - cost(clip)
        if more <= 0 and gain:
            break
        gain += more
    return gain


_cost = lru_cache(64)(cost)


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
    at = filled = 0
    rounds = 1
    while pairs and (match := _BEYOND.search(string, at)):
        start = string.rfind("\n", 0, match.start()) + 1
        end = string.find("\n", match.end())
        at = end if end >= 0 else len(string)
        line = string[start:at]
        parts, again = _again(line, pairs, start in signs)
        changes += [change for part in _merged(parts) for change in _trimmed(line, part, start)]
        filled += sum(part.filled for part in parts)
        rounds = max(rounds, again)
    return _Undone(Outcome(tuple(changes), tuple(_losses(string, changes))), filled, rounds)


def _again(line: str, pairs: Sequence[Pair], has_signs: bool) -> tuple[list[Part], int]:
    """The damaged parts of one line, read again as often as it takes, and how often that was."""
    parts = _parts(line, pairs, 0.0 if has_signs else _MORE_BITS)
    mended, filled = _joined(line, parts), sum(part.filled for part in parts)
    again, rounds = parts, 1
    while again and rounds < _ROUNDS and any(suspects(mended)):
        again = _parts(mended, pairs, _LEAST_BITS)
        if again:
            mended, filled = _joined(mended, again), filled + sum(part.filled for part in again)
            parts, rounds = [Part(0, len(line), mended, filled)], rounds + 1
    return ([], 1) if mended.count(LOST_CHAR) > line.count(LOST_CHAR) else (parts, rounds)


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
    if gain <= 0 or any(cost(old) < cost(new) - _LEAST_BITS for old, new in _blocks(line, after, pair)):
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
    """Neighbours as one, unless one was filled and the other was not."""
    last: Part | None = None
    for part in parts:
        if last and last.end == part.start and bool(last.filled) == bool(part.filled):
            last = Part(last.start, part.end, last.after + part.after, last.filled + part.filled)
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
                "probable" if part.filled else "certain",
            )


def _common(one: str, other: str) -> int:
    """Length of the beginning that two strings share."""
    pairs = zip(one, other, strict=False)
    return next((number for number, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _losses(string: str, changes: Sequence[Change]) -> Iterator[Problem]:
    """Runs of lost bytes that stay."""
    for match in _LOST_RUN.finditer(string):
        start, end = match.span()
        if any(change.start < end and start < change.end for change in changes):
            continue
        if _WRITTEN_AGAIN in match[0]:
            what = "bytes that are no UTF-8 were read as UTF-8 and replaced, and the rest read as GBK; nothing of them is left"
            lost = 2 * match[0].count(_WRITTEN_AGAIN)
        else:
            lost = match[0].count(LOST_CHAR)
            what = f"{lost} characters stand for bytes that a wrong charset has no characters for; too few are left to tell"
        message = f"{what}; look for another copy of the page"
        yield Problem("repair", "mojibake_lost", message, start, end, lost=lost)
