"""Changes valid input a little, by chance that can be repeated: bits, bytes, numbers, slices and words of its format."""

import random
import re
from collections.abc import Callable, Sequence

MOST_BYTES = 192 * 1024
"""Longer inputs are cut: what takes more than linear time shows at this length."""
USUAL_BYTES = 24 * 1024
"""Beyond it, only one repetition in many goes."""
LONG_SHARE = 0.04
"""How often a repetition may fill all of `MOST_BYTES`."""
_NUMBER = re.compile(rb"\d{1,20}")
_NUMBERS = (
    *(b"0", b"-1", b"1", b"127", b"255", b"256", b"65535", b"65536", b"2147483647", b"2147483648", b"4294967295"),
    *(b"4294967296", b"9223372036854775807", b"9223372036854775808", b"18446744073709551616", b"1e999", b"-0", b"00"),
    *(b"99999999999999999999999999", b"9" * 5000, b"0x10", b"1.5", b"NaN", "\N{ARABIC-INDIC DIGIT THREE}".encode()),
    "\N{SUPERSCRIPT TWO}".encode(),
)
_BYTES = bytes((0, 1, 9, 10, 13, 26, 27, 32, 34, 38, 39, 44, 47, 58, 60, 62, 91, 92, 123, 127, 128, 155, 192, 254, 255))
_EDGES = (0, 1, -1, 2, 127, 128, 255, 256, 32767, 65535, 2**31 - 1, 2**31, 2**32 - 1, 2**40, 2**63 - 1)
EVERYWHERE = (
    *(b"\x00", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x1b[2J", b"\x1b]0;x\x07", b"\xc2\x9b31m", b"\r\n", b"\n"),
    *("\u202e", "\u2066", "\u200b", "\ufeff", "\ufffd", "\U0010ffff", "e\u0301", "\u0130", "\xdf", "\u1e9e", "\u2028"),
    *(b"\xed\xa0\x80", b"\x81\x30\x81\x30", b"\x1b$B", b"~{", b"+AGE-", b"&amp;amp;", b"\\u00", b"=?utf-8?B?4pyT?="),
    *("統(tǒng)", "锟斤拷", "ä½\xa0", "é–å", "丑别濒濒辞", "(zhōng guó)"),
)
"""Words that mean something in text of any format."""

Mutation = Callable[[bytearray, Sequence[bytes], Sequence[bytes], random.Random], None]
"""Changes the first argument; the others are other inputs of its kind, and the words of its format."""


def mutated(content: bytes, others: Sequence[bytes], words: Sequence[bytes], chance: random.Random) -> bytes:
    """Return the content after one change or some.

    >>> mutated(b"one two", [b"three"], [b"four"], random.Random(3)) == mutated(b"one two", [b"three"], [b"four"], random.Random(3))
    True
    """
    made = bytearray(content)
    for _ in range(1 + min(int(chance.expovariate(0.6)), 9)):
        chance.choice(_MUTATIONS)(made, others, words, chance)
        del made[MOST_BYTES:]
    return bytes(made)


def _slice(made: bytearray, chance: random.Random, longest: int = 400) -> slice:
    start = chance.randrange(len(made) + 1)
    return slice(start, min(len(made), start + 1 + min(int(chance.expovariate(0.03)), longest)))


def _bits(made: bytearray, _others: Sequence[bytes], _words: Sequence[bytes], chance: random.Random) -> None:
    for _ in range(chance.choice((1, 1, 2, 8)) if made else 0):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)


def _bytes(made: bytearray, _others: Sequence[bytes], _words: Sequence[bytes], chance: random.Random) -> None:
    for _ in range(chance.choice((1, 1, 2, 8)) if made else 0):
        made[chance.randrange(len(made))] = chance.choice(_BYTES)


def _inserted(made: bytearray, _others: Sequence[bytes], _words: Sequence[bytes], chance: random.Random) -> None:
    at = chance.randrange(len(made) + 1)
    made[at:at] = chance.randbytes(chance.choice((1, 1, 2, 4, 30)))


def _deleted(made: bytearray, _others: Sequence[bytes], _words: Sequence[bytes], chance: random.Random) -> None:
    del made[_slice(made, chance)]


def _cut(made: bytearray, _others: Sequence[bytes], _words: Sequence[bytes], chance: random.Random) -> None:
    if chance.random() < 0.3:
        del made[: chance.randrange(len(made) + 1)]
    else:
        del made[chance.randrange(len(made) + 1) :]


def _repeated(made: bytearray, _others: Sequence[bytes], words: Sequence[bytes], chance: random.Random) -> None:
    """A slice of it, or a word, many times."""
    place = _slice(made, chance, 60)
    piece = bytes(made[place]) if chance.random() < 0.7 else chance.choice(words or EVERYWHERE_BYTES)
    room = (MOST_BYTES if chance.random() < LONG_SHARE else USUAL_BYTES) - len(made)
    most = max(1, room // max(1, len(piece)))
    times = most if room > USUAL_BYTES else min(most, chance.choice((2, 3, 10, 100, 1000)))
    made[place.start : place.start] = piece * times


def _moved(made: bytearray, _others: Sequence[bytes], _words: Sequence[bytes], chance: random.Random) -> None:
    place = _slice(made, chance)
    piece = bytes(made[place])
    del made[place]
    at = chance.randrange(len(made) + 1)
    made[at:at] = piece


def _spliced(made: bytearray, others: Sequence[bytes], _words: Sequence[bytes], chance: random.Random) -> None:
    """The start of it and the end of another one, or a slice of that."""
    other = bytearray(chance.choice(others)) if others else bytearray(made)
    if chance.random() < 0.5:
        made[chance.randrange(len(made) + 1) :] = other[chance.randrange(len(other) + 1) :]
    else:
        at = chance.randrange(len(made) + 1)
        made[at:at] = other[_slice(other, chance)]


def _renumbered(made: bytearray, _others: Sequence[bytes], _words: Sequence[bytes], chance: random.Random) -> None:
    found = list(_NUMBER.finditer(made))
    if found:
        chosen = chance.choice(found)
        made[chosen.start() : chosen.end()] = chance.choice(_NUMBERS)


def _counted(made: bytearray, _others: Sequence[bytes], _words: Sequence[bytes], chance: random.Random) -> None:
    """A number as machines write it."""
    size = chance.choice((1, 2, 4, 8))
    if len(made) >= size:
        at = chance.randrange(len(made) - size + 1)
        value = chance.choice(_EDGES) % 256**size
        made[at : at + size] = value.to_bytes(size, chance.choice(("little", "big")))


def _worded(made: bytearray, _others: Sequence[bytes], words: Sequence[bytes], chance: random.Random) -> None:
    """A word put in, or in the place of another one."""
    word = chance.choice(words) if words and chance.random() < 0.7 else chance.choice(EVERYWHERE_BYTES)
    at, length = chance.randrange(len(made) + 1), 0
    if words and chance.random() < 0.4:
        other = chance.choice(words)
        found = made.find(other, at)
        if found >= 0:
            at, length = found, len(other)
    made[at : at + length] = word


EVERYWHERE_BYTES = tuple(word if isinstance(word, bytes) else word.encode() for word in EVERYWHERE)
_MUTATIONS: tuple[Mutation, ...] = (
    *(_bits, _bytes, _inserted, _deleted, _cut, _repeated, _moved, _spliced, _renumbered, _counted, _worded, _worded),
)
