"""Finds the parts of a page that are in another charset than the rest: a GBK footer under a UTF-8 page.

Parts begin and end at tags and line ends. Each stretch of text is read in each of the few charsets that come into question,
and the likeliest way through them wins, where a change of charset has its price. So one wrong byte never makes a part,
and a page that shows no sign of a second charset is not looked at any further.
"""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from tui.text.charset.judge import AGAINST, NARROW, bits, rank, telling_part
from tui.text.charset.names import to_text

SWITCH_BITS = 40.0
"""What a change of charset costs; three lost bytes cost as much, or one line of ten characters that reads as nonsense."""
OLD_SWITCH_BITS = 200.0
"""The same between two charsets of before UTF-8."""
ROUNDS = 3
"""Charsets that are looked for beside the page's own, at most."""
ODD_BITS = 7.0
"""Bits a byte above which a stretch reads badly: text comes to 3 to 7, misread text to 8 and more."""
LOOKED_BYTES = 512 * 1024
"""Bytes that are read closely: of each stretch its beginning, where a page has many."""
LEAST_STRETCH_BYTES = 60
MOST_STRETCHES = 10_000
"""Stretches that are read closely; of more, one of several that follow each other stands for all of them."""
MOST_BYTES = 8 * 1024 * 1024
"""Bytes of a page in which parts are looked for; what follows belongs to the last of them."""
FEW = 3
"""Lost bytes, or characters of UTF-8 in a page that is none, from which on a page is looked at closely."""
LOOKS = 16
LOOK_BYTES = 200
"""A page is looked at in so many places, so many bytes each, to see whether it reads alike everywhere."""
UNEVEN = 1.5
"""How many times worse than the better quarter of these places another must read to be odd."""
COMMON_BITS = 4
"""Charsets with more than this against them are not looked for in parts of pages."""
RARE_BITS = 10
"""A page in a charset with so much against it is left whole: texts of DOS are full of frames and signs."""

LEAST_SCORE = 0.6
"""How much like text a part must be in a charset of its own."""
RUNNING_SHARE = 0.6

_LETTER = re.compile(r"[^\W\d_\x00-\x7f]")
_RIVALS = ("utf-8", *(name for name in NARROW if AGAINST.get(name, 0) <= COMMON_BITS))
_STRETCH = re.compile(rb"[^\n<>]+")
_UTF8_CHARS = re.compile(rb"(?<![\x80-\xff])(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2})+(?![\x80-\xff])")


class CharsetRun(NamedTuple):
    """A run of bytes in one charset."""

    start: int
    end: int
    charset: str


def parts(payload: bytes, charset: str, lost: int) -> tuple[CharsetRun, ...]:
    """Return the parts of a page that was found to be in `charset` but for `lost` bytes; empty if it is in one charset.

    >>> page = "<p>Grüße aus Köln</p>".encode() + "\\n<p>新闻中心</p>".encode("gbk")
    >>> [(part.start, part.charset) for part in parts(page, "utf-8", 7)]
    [(0, 'utf-8'), (28, 'gb18030')]
    """
    if AGAINST.get(charset, 0) >= RARE_BITS:
        return ()
    stretches = _stretches(payload)
    if not stretches or not (lost >= FEW or _has_utf8(payload, charset) or _is_uneven(stretches, charset)):
        return ()
    known = [charset]
    costs = [[bits(stretch, charset)] for _, stretch in stretches]
    choices = [0] * len(stretches)
    for _ in range(ROUNDS):
        read = [
            (row[at] / len(stretch), stretch) for (_, stretch), row, at in zip(stretches, costs, choices, strict=True)
        ]
        rival = _rival(read, known) or ("" if "utf-8" in known else "utf-8")
        if not rival:
            break
        known.append(rival)
        for row, (_, stretch) in zip(costs, stretches, strict=True):
            # Where it costs more than to change to it and back, it is not changed to.
            row.append(bits(stretch, rival, row[0] + 2 * OLD_SWITCH_BITS))
        choices = _likeliest(costs, known)
    if len(set(choices)) == 1:
        return ()
    return _joined([start for start, _ in stretches], _checked(stretches, [known[at] for at in choices]), len(payload))


def _has_utf8(payload: bytes, charset: str) -> bool:
    """UTF-8 where the page is in something else: a few whole characters between ASCII."""
    if charset == "utf-8":
        return False
    chars = 0
    for run in _UTF8_CHARS.finditer(payload):
        chars += (run.end() - run.start()) // 2
        if chars >= FEW:
            return True
    return False


def _is_uneven(stretches: Sequence[tuple[int, bytes]], charset: str) -> bool:
    """Some places of the page read far worse than most."""
    step = max(1, len(stretches) // LOOKS)
    parts = [
        b"\n".join(part for _, part in stretches[at : at + step])[:LOOK_BYTES] for at in range(0, len(stretches), step)
    ]
    costs = sorted(bits(part, charset) / len(part) for part in parts)
    return costs[-1] > max(ODD_BITS, UNEVEN * costs[len(costs) // 4])


def _stretches(payload: bytes) -> list[tuple[int, bytes]]:
    """What stands between tags and line ends and has bytes beyond ASCII: where it starts, and what of it is judged."""
    matches = [match for match in _STRETCH.finditer(payload, 0, MOST_BYTES) if not match[0].isascii()]
    matches = matches[:: 1 + len(matches) // MOST_STRETCHES]
    size = max(LEAST_STRETCH_BYTES, LOOKED_BYTES // max(1, len(matches)))
    return [(match.start(), telling_part(match[0][:size])) for match in matches]


def _rival(read: Sequence[tuple[float, bytes]], known: Sequence[str]) -> str:
    """The charset that reads best what reads worst; empty if it is known already. `read`: bits a byte, and the stretch."""
    runs = (list(run) for is_odd, run in groupby(read, lambda each: each[0] > ODD_BITS) if is_odd)
    longest = max((b"\n".join(stretch for _, stretch in run) for run in runs), key=len, default=b"")
    if not longest:
        return ""
    best = rank(longest, (), _RIVALS)[0]
    if best.charset in known or best.score < LEAST_SCORE:
        return ""
    # Whole sequences of UTF-8 speak for themselves.
    return best.charset if best.charset == "utf-8" or _is_running(to_text(longest, best.charset)[0]) else ""


def _is_running(text: str) -> bool:
    """Most letters stand beside others, as in words: a table of signs reads as letters set apart in some charset."""
    letters = [match.start() for match in _LETTER.finditer(text)]
    beside = sum(text[at - 1 : at].isalpha() or text[at + 1 : at + 2].isalpha() for at in letters)
    return beside >= RUNNING_SHARE * max(1, len(letters))


def _likeliest(costs: Sequence[Sequence[float]], charsets: Sequence[str]) -> list[int]:
    """The choice for each row that costs least in all, changes included."""
    numbers = range(len(charsets))
    changes = [[_change(one, other) for one in charsets] for other in charsets]
    totals = list(costs[0])
    came: list[list[int]] = []
    for row in costs[1:]:
        reached = [[total + change for total, change in zip(totals, changes[to], strict=True)] for to in numbers]
        totals = [min(paths) + cost for paths, cost in zip(reached, row, strict=True)]
        came.append([paths.index(min(paths)) for paths in reached])
    choices = [min(numbers, key=totals.__getitem__)]
    for froms in reversed(came):
        choices.append(froms[choices[-1]])
    return choices[::-1]


def _checked(stretches: Sequence[tuple[int, bytes]], charsets: Sequence[str]) -> list[str]:
    """The charset of each stretch, or the one that reads its whole part far better.

    The page's own was chosen for all of the page: where three have equal shares, it may be that of none.
    """
    checked: list[str] = []
    for charset, run in groupby(zip(charsets, stretches, strict=True), lambda each: each[0]):
        parts = [part for _, (_, part) in run]
        checked += [charset if charset == "utf-8" else _better(b"\n".join(parts), charset)] * len(parts)
    return checked


def _better(part: bytes, charset: str) -> str:
    readings = rank(part, _RIVALS, (charset,))
    own = next(reading.bits for reading in readings if reading.charset == charset)
    return readings[0].charset if readings[0].bits + OLD_SWITCH_BITS < own else charset


def _change(one: str, other: str) -> float:
    """Whole sequences of UTF-8 can't be mistaken; between two old charsets any rare character may read better."""
    if one == other:
        return 0.0
    return SWITCH_BITS if "utf-8" in (one, other) else OLD_SWITCH_BITS


def _joined(starts: Sequence[int], charsets: Sequence[str], end: int) -> tuple[CharsetRun, ...]:
    runs: list[CharsetRun] = []
    for start, charset in zip(starts, charsets, strict=True):
        if not runs:
            runs.append(CharsetRun(0, end, charset))
        elif runs[-1].charset != charset:
            runs[-1] = runs[-1]._replace(end=start)
            runs.append(CharsetRun(start, end, charset))
    return tuple(runs) if len(runs) > 1 else ()
