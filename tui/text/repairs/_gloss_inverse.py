"""The inverse of the forward model: from a damaged line to its bytes, without the readings, and back to characters.

A reading written in between two halves of a character shifts everything behind it until the next byte that can't be
misread. So a line is turned into bytes, the readings are cut out, and what is left is decoded anew; wherever a new
character begins where an old one began, both agree again. What lies between two such places is one unit.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from tui.text.repairs._gloss_model import (
    HIT_MARKS,
    READINGS,
    decoded,
    encoded,
    halved,
    is_lead,
    is_private,
    is_trail,
)
from tui.text.words import is_listed

_READING = "([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,6}) ?\\)"
"""Anything that looks like pinyin: looking it up is cheaper than a pattern of all readings."""
GLOSS = re.compile(r"\(" + _READING)
"""A reading in parentheses, as it stands behind its character."""
SWALLOWED = re.compile(r"\?" + _READING)
"""A reading whose opening parenthesis went with half a character into one `?`."""

_UNKNOWN = -1
_BARRIER = -2
_QUESTION = 0x3F
MARKS = HIT_MARKS + halved(HIT_MARKS)
"""Punctuation that may have been hit, as it was and as it is where it was made halfwidth."""


@cache
def keys_of(reading: str) -> list[bytes]:
    """The GBK bytes of the characters with this reading; empty if none of the table has it."""
    return [encoded(char) for char, other in READINGS.items() if other == reading]


_SIGNS = {0xA1: "。“《、", 0xA3: "，（："}
"""Lead byte -> the punctuation that it opens, the commonest first."""


@dataclass(slots=True)
class _Byte:
    value: int
    start: int
    """Place in the damaged line."""
    end: int
    """The byte and the reading behind it end here."""
    opens: bool
    """First byte of a character as it was decoded in the damaged line."""


@dataclass(slots=True)
class Unit:
    """A shortest run of the line in which old and new characters begin and end together."""

    start: int
    end: int
    options: tuple[str, ...] | None
    """The characters possible at each place without the damage; None: it can't be decoded."""
    is_swallowing: bool = False
    """The `?` behind it stands for an ASCII sign that was swallowed together with its last byte."""

    @property
    def after(self) -> str | None:
        """The text without damage where nothing has to be guessed."""
        if self.options is None or any(len(choice) > 1 for choice in self.options):
            return None
        return "".join(self.options)


@dataclass(slots=True)
class _Line:
    text: str
    wide: Collection[int] = ()
    """Places of ASCII that was fullwidth before."""
    row: list[_Byte] = field(default_factory=list)
    swallowed: set[int] = field(default_factory=set)
    """Places of a `?` that stands for a swallowed sign."""

    def put(self, values: Sequence[int], start: int, end: int) -> None:
        for number, value in enumerate(values):
            self.row.append(_Byte(value, start, end if number == len(values) - 1 else start, number == 0))

    def last(self, count: int) -> bytes:
        """The values of the last bytes; empty if one of them is unknown or they are too few."""
        values = [byte.value for byte in self.row[-count:]]
        return bytes(values) if len(values) == count and min(values) >= 0 else b""


def units(text: str, lost: Collection[int] = (), wide: Collection[int] = ()) -> list[Unit]:
    """Take the readings out of a line and decode it anew.

    `lost` places hold a `?` that was half a character, `wide` ones ASCII that was fullwidth where it closes a pair.

    >>> [unit.after for unit in units("當?shù)貢r間")]
    ['當', '地時', '間']
    """
    line = _Line(text, wide)
    _fill(line, lost)
    found, at = [], 0
    while at < len(line.row):
        end, options = _run(line, at)
        stop = line.row[end].start if end < len(line.row) else len(text)
        found.append(Unit(line.row[at].start, stop, options, stop in line.swallowed))
        at = end
    return found


def _fill(out: _Line, lost: Collection[int]) -> None:
    """Fill in the bytes of the line before readings were put in."""
    text, at = out.text, 0
    while at < len(text):
        char = text[at]
        if at in lost:
            out.put([_UNKNOWN], at, at + 1)
            out.put(list(encoded(_wide(text[at + 1]))), at + 1, at + 2)
            at += 2
            continue
        found = (char == "(" and GLOSS.match(text, at)) or (char == "?" and SWALLOWED.match(text, at)) or None
        if found and (_cut if char == "(" else _swallow)(out, found):
            at = found.end()
            continue
        out.put(list(encoded(char)) or [_BARRIER], at, at + 1)
        at += 1


def _wide(mark: str) -> str:
    return HIT_MARKS[MARKS.index(mark) % len(HIT_MARKS)]


def _cut(out: _Line, found: re.Match[str]) -> bool:
    """Leave out a reading in parentheses if the bytes before it are its character."""
    keys = keys_of(found[1])
    if out.last(2) in keys:
        out.row[-1].end = found.end()
        return True
    tail = out.last(1)
    fitting = [key for key in keys if key[1:] == tail]
    if len(fitting) == 1 and tail < b"\x80" and len(out.row) > 1:
        # A trail that reads as ASCII, with no lead before it: the lead went with a pair that nothing maps.
        start = out.row.pop().start
        out.put([_UNKNOWN, fitting[0][0], fitting[0][1]], start, found.end())
        return True
    return False


def _swallow(out: _Line, found: re.Match[str]) -> bool:
    """Put the byte in that was lost with the opening parenthesis: the trail of the reading's character."""
    keys, lead = keys_of(found[1]), out.last(1)
    fitting = [key for key in keys if key[:1] == lead]
    if fitting:
        out.put([fitting[0][1]], found.start(), found.end())
    elif len(keys) == 1:  # its lead went with a pair that nothing maps
        out.put([_UNKNOWN, keys[0][0], keys[0][1]], found.start(), found.end())
    return bool(fitting) or len(keys) == 1


def _run(line: _Line, at: int) -> tuple[int, tuple[str, ...] | None]:
    """Decode from a common beginning to the next one: (its index, what each character can be)."""
    options: list[str] = []
    while at < len(line.row):
        count, choice = _character(line, at)
        at += count
        if not choice:
            while at < len(line.row) and not line.row[at].opens:
                at += 1
            return at, None
        options.append(choice)
        if at < len(line.row) and line.row[at].opens:
            break
    return at, tuple(options)


def _character(line: _Line, at: int) -> tuple[int, str]:
    """How many bytes the character at `at` has, and which ones it can be: several where bytes are unknown, or none."""
    lead = line.row[at]
    if lead.value == _BARRIER:
        return 1, line.text[lead.start]
    if 0 <= lead.value < 0x80:
        return 1, chr(lead.value)
    if at + 1 >= len(line.row):
        return 1, ""
    following = line.row[at + 1]
    if following.start in line.wide or (0x20 <= following.value < 0x40 and following.value != _QUESTION):
        _widen(line, at + 1)
    elif following.value == _QUESTION:
        _restore_swallowed(line, at + 1)
    trail = line.row[at + 1]
    if trail.value == _UNKNOWN and lead.value in _SIGNS:
        return 2, _SIGNS[lead.value]
    if trail.value == _UNKNOWN and lead.value >= 0:
        return 2, _possible((lead.value, byte) for byte in _unknown_trails(line, at + 1))
    if lead.value == _UNKNOWN and trail.value >= 0:
        return 2, _possible((byte, trail.value) for byte in range(0x81, 0xFF))
    if is_lead(lead.value) and is_trail(trail.value):
        return 2, decoded(lead.value, trail.value)
    return 1, ""


def _widen(line: _Line, at: int) -> None:
    """A sign behind half a character can't have been ASCII: it was fullwidth, and made halfwidth afterwards."""
    byte = line.row[at]
    wide = encoded("\u3000" if byte.value == 0x20 else chr(byte.value + 0xFEE0))
    line.row[at : at + 1] = [
        _Byte(wide[0], byte.start, byte.start, opens=True),
        _Byte(wide[1], byte.start, byte.end, opens=False),
    ]


def _restore_swallowed(line: _Line, at: int) -> None:
    """A `?` behind half a character is its other half and the ASCII sign that it swallowed; the `?` stands for the sign."""
    place = line.row[at].start
    line.swallowed.add(place)
    line.row.insert(at, _Byte(_UNKNOWN, place, place, opens=True))


def _unknown_trails(line: _Line, at: int) -> Iterator[int]:
    """What an unknown trail may be: it swallowed what came next, or made a pair with it that nothing maps."""
    following = line.row[at + 1] if at + 1 < len(line.row) else None
    for byte in range(0x81, 0xFF):
        seen = "" if following is None or following.opens else decoded(byte, following.value)
        if not seen or is_private(seen):
            yield byte


def _possible(pairs: Iterator[tuple[int, int]]) -> str:
    return "".join(char for char in (decoded(*pair) for pair in pairs) if is_listed(char))
