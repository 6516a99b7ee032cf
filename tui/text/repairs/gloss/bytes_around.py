"""What the bytes around a reading can have been: the tables that the search for the undamaged text looks things up in."""

import re
from functools import cache

from tui.text.repairs.gloss.forward import HIT_MARKS, READINGS, decoded, encoded, halved, is_lead, is_private
from tui.text.repairs.gloss.likelihood import SIGNS, in_big5
from tui.text.words.lexicon import is_listed

_READING = "([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,6})[ \u00a0]?\\)"
"""Anything that looks like pinyin: looking it up is cheaper than a pattern of all readings."""
GLOSS = re.compile(r"\(" + _READING)
"""A reading in parentheses, as it stands behind its character."""
SWALLOWED = re.compile(r"\?" + _READING)
"""A reading whose opening parenthesis went with half a character into one `?`."""
MARKS = HIT_MARKS + halved(HIT_MARKS)
"""Punctuation that may have been hit, as it was and as it is where it was made halfwidth."""


_EIGHTY = "\x80\N{EURO SIGN}"
"""What decoders make of the byte 80 where a character begins: it can only end one, as in 個, 還 and 穩."""


@cache
def keys_of(reading: str) -> list[bytes]:
    """The GBK bytes of the characters with this reading; empty if none of the table has it."""
    return [encoded(char) for char, other in READINGS.items() if other == reading]


def widened(mark: str) -> str:
    """The fullwidth form of one of MARKS."""
    return HIT_MARKS[MARKS.index(mark) % len(HIT_MARKS)]


def is_hit(line: str, place: int) -> bool:
    """Whether half a character may have been lost at a place, with what was put in before punctuation."""
    return line[place : place + 1] == "?" and place + 1 < len(line) and line[place + 1] in MARKS


def parted(line: str, place: int) -> int:
    """The byte that ends a character of which both bytes were lost; -1: none is.

    In 小， (D0A1 A3AC) something was put in before the bytes of 。 (A1A3), and again before ，, so that it is `??，`.
    """
    if line[place : place + 2] != "??" or place + 2 >= len(line) or line[place + 2] not in MARKS:
        return -1
    return _OVERLAPPED.get(encoded(widened(line[place + 2]))[0], -1)


_OVERLAPPED = {content[1]: content[0] for content in map(encoded, HIT_MARKS)}
"""First byte of a mark -> the byte before it that makes another mark of both."""


@cache
def _is_candidate(char: str) -> bool:
    """Whether a guess may be this character: punctuation, or a listed one that pages in traditional characters use."""
    return char in SIGNS if not "\u3400" <= char <= "\u9fff" else in_big5(char) and is_listed(char)


@cache
def candidates_by_lead(lead: int) -> str:
    """Characters that begin with a byte, and end with one that may have been taken for the first of a pair."""
    return "".join(char for trail in range(0x81, 0xFF) if _is_candidate(char := decoded(lead, trail)))


@cache
def candidates_by_trail(trail: int) -> str:
    """Characters that end with a byte."""
    return "".join(char for lead in range(0x81, 0xFF) if _is_candidate(char := decoded(lead, trail)))


@cache
def vanished(lead: int, following: frozenset[int]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """(a character that begins with the byte, first bytes of the one behind it) where what lay between maps to nothing.

    The one behind it ends with one of the bytes `following`.
    """
    leads = [byte for byte in range(0x81, 0xFF) if any(_is_candidate(decoded(byte, end)) for end in following)]
    pairs = []
    for trail in range(0x81, 0xFF):
        if _is_candidate(char := decoded(lead, trail)):
            fitting = tuple(byte for byte in leads if is_private(decoded(trail, byte)))
            if fitting:
                pairs.append((char, fitting))
    return tuple(pairs)


def following_trails(line: str, at: int, is_halved: bool) -> frozenset[int]:
    """The bytes that the character one byte behind may end with, by what stands there."""
    if match := SWALLOWED.match(line, at):
        return frozenset(key[1] for key in keys_of(match[1]))
    return frozenset(value[0] for value in joined(line[at], is_halved)) if at < len(line) else frozenset()


@cache
def joined(char: str, is_halved: bool) -> list[bytes]:
    """The bytes of a character that stands one byte behind; with `is_halved`, ASCII may have been fullwidth."""
    if char in _EIGHTY:
        return [b"\x80"]
    content = encoded(char)
    options = [content] if content and (len(content) == 2 or content[0] >= 0x40) else []
    if is_halved and len(content) == 1 and 0x20 <= content[0] < 0x7F:
        options.append(encoded("\u3000" if char == " " else chr(content[0] + 0xFEE0)))
    return [option for option in options if len(option) == 1 or is_lead(option[0])]
