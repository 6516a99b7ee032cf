"""Text read in the wrong charset, undone: the likeliest way to cut a line into clean and damaged runs.

A damaged run is turned back into bytes, U+FFFD standing for one that is lost, and read in the charset it was written in;
the character model chooses where runs begin and end, and what was lost.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

from tui.text.charset.misreading import CODECS, MULTIBYTE, Misreading, decoded
from tui.text.repairs.misread.unread import (
    BARRIER,
    CONTEXT,
    LOST,
    LOST_CHAR,
    likeliest,
    options,
    shown,
    sign,
    unread,
    unwanted,
    written_bytes,
)
from tui.text.words.likely import KINDS, MARKS, MULTIPLIER, SLACK, SLOTS, STEP, UNIT, cost, model

_LOST_COST = 16 * UNIT
_ASTRAL_COST = 26 * UNIT
_ASTRAL = 0xDC00
_LAST_CODE = 0xFFFF
_END = ord("\n")
"""Stands before and behind a line."""
_DROPPED_COST = 8 * UNIT
"""Of a character of which bytes were dropped."""
_OPTIONS = 24
"""Characters that are tried where bytes were lost."""
_WIDTH = 10
"""Paths through a line so far that are kept at each byte."""
_MARGIN = 20 * UNIT
"""Cost above the best beyond which a path is given up."""
_BLOCK_CHARS, _BLOCK_BITS = 12, 20.0
"""A text is not damaged from end to end if a block of so many characters is so much likelier as it stands."""
SWITCH = 10 * UNIT
"""Cost of the beginning of a damaged run, and again of its end."""

Path = tuple[int, int, int, int]
"""(cost, place in the bytes before the last character, the character before it, the last character); where a damaged run
begins, the place is -1 - number of the character."""
Char = tuple[int, int, int]
"""A character of the answer: (first byte, byte behind it, code point)."""


class Segment(NamedTuple):
    """A damaged part of a line, and what it was."""

    start: int
    end: int
    after: str
    filled: int
    """Bytes that were lost and chosen by likelihood."""
    is_certain: bool = True
    """Whether it follows from the bytes: nothing was filled, and it makes the damage again."""


def _dropped(length: int, code: int) -> int:
    """Bytes that a character of UTF-8 lacks when there are so many of it."""
    return max(0, (1 if code < 0x80 else 2 if code < 0x800 else 3 if code <= _LAST_CODE else 4) - length)


class _Trellis:
    """One line on its way to the likeliest reading."""

    def __init__(self, text: str, pair: Misreading) -> None:
        self.text = text
        self.pair = pair
        self.model = model()
        known: dict[str, tuple[int, ...]] = {LOST_CHAR: (LOST,)}
        for char in set(text) - {LOST_CHAR}:
            known[char] = tuple(unread(char, pair.read) or (BARRIER,))
        content = [known[char] for char in text]
        self.bytes = tuple(chain.from_iterable(content))
        self.places = [0, *accumulate(map(len, content))]
        self.starts = {place: number for number, place in enumerate(self.places)}
        """Place in the bytes -> number of the character that begins there."""
        self.paths: dict[int, dict[int, Path]] = {}
        self.closed: list[int] = []
        """For each character, the last character of the damaged run that ends before it; -1: none does."""
        self.gain = 0
        """Units of cost that the best reading is better by than the line as it stands."""
        self._read()

    def _cost(self, last: int, code: int) -> int:
        if code > 0xFFFF:
            return _ASTRAL_COST
        if code == 0xFFFD:
            return _LOST_COST
        tables = self.model
        number = last * MULTIPLIER + code
        listed = tables.pairs[number % SLOTS]
        if listed and listed % MARKS == number // SLOTS % MARKS:
            known = listed // MARKS * STEP
            if known >= tables.rarity[code] - tables.rarity[last] - SLACK:
                return known
        return tables.back_off[tables.classes[last] * KINDS + tables.classes[code]] + tables.singles[code]

    def _read(self) -> None:
        last = before = _END
        total = asis = 0
        for number, char in enumerate(self.text):
            place = self.places[number]
            total, last = self._close(place, total, last)
            if char >= "\x80" or not number:
                here = self.paths.setdefault(place, {})
                start = total + (SWITCH if number else 0)
                if last not in here or here[last][0] > start:
                    here[last] = start, -1 - number, last, 0
            for at in range(place, self.places[number + 1]):
                if at in self.paths:
                    self._step(at)
            code = ord(char)
            asis += self._cost(before, code)
            total += self._cost(last, code)
            last = before = min(code, _ASTRAL) if code > 0xFFFF else code
        total, _ = self._close(self.places[-1], total + self._cost(last, _END) // 2, last)
        self.gain = asis + self._cost(before, _END) // 2 - total

    def _close(self, place: int, total: int, last: int) -> tuple[int, int]:
        """The cheaper of going on in a clean run and of ending a damaged one here."""
        closed = -1
        is_end = place == self.places[-1]
        for key, (spent, came, _, _) in self.paths.get(place, {}).items():
            spent += self._cost(key, _END) // 2 if is_end else SWITCH
            if came >= 0 and spent < total:
                total, closed, last = spent, key, key
        self.closed.append(closed)
        return total, last

    def _step(self, at: int) -> None:
        """Read one more character in each path that has come to a place."""
        here = self.paths[at]
        choices = options(self.bytes[at : at + 4], self.pair)
        if not choices:
            return
        best = [(path[0], key) for key, path in here.items()]
        if len(best) > 1:
            best.sort()
            limit = best[0][0] + _MARGIN
            best = [item for item in best[:_WIDTH] if item[0] <= limit]
        if len(choices) > _OPTIONS:
            first = best[0][1]
            choices = tuple(sorted(choices, key=lambda option: self._cost(first, option[1]))[:_OPTIONS])
        for length, code in choices:
            there = self.paths.setdefault(at + length, {})
            key = code if code <= 0xFFFF else _ASTRAL
            dropped = _DROPPED_COST if self.pair.is_dropping and _dropped(length, code) else 0
            for spent, last in best:
                total = spent + dropped + self._cost(last, code)
                if key not in there or there[key][0] > total:
                    there[key] = total, at, last, code

    def runs(self) -> list[list[Char]]:
        """The damaged runs, in order."""
        runs = []
        number = len(self.text)
        while number > 0:
            key = self.closed[number]
            if key < 0:
                number -= 1
                continue
            place, chars = self.places[number], []
            while True:
                _, came, last, code = self.paths[place][key]
                if came < 0:
                    number = -1 - came
                    break
                chars.append((came, place, code))
                place, key = came, last
            runs.append(self._weighed(self._ended(chars[::-1])))
        return runs[::-1]

    def _ended(self, chars: list[Char]) -> list[Char]:
        """A run of Chinese without a last character, or with one more, where the words want it so."""
        answer = "".join(chr(code) for _, _, code in chars)
        end = self.starts[chars[-1][1]]
        if len(chars) > 1 and chars[-1][0] == self.places[end - 1]:
            last = self.text[end - 1]
            if likeliest(answer[:-1][-CONTEXT:], [last, answer[-1]], self.text[end:][:CONTEXT]) == last:
                return chars[:-1]
        if end < len(self.text):
            place, behind = self.places[end : end + 2]
            known = options(self.bytes[place : place + 4], self.pair)
            choices = [chr(code) for length, code in known if length == behind - place and self.text[end] > "\x7f"]
            following = self.text[end + 1 :][:CONTEXT]
            if choices and likeliest(answer[-CONTEXT:], [self.text[end], choices[0]], following) == choices[0]:
                return [*chars, (place, behind, ord(choices[0]))]
        return chars

    def _weighed(self, chars: list[Char]) -> list[Char]:
        """A run in which what was lost is chosen anew, by the words, the script and the quotation marks of the line."""
        before, after = self.text[: self.starts[chars[0][0]]], self.text[self.starts[chars[-1][1]] :]
        text = before + "".join(chr(code) for _, _, code in chars) + after
        others: frozenset[str] | None = None
        for number, (first, behind, code) in enumerate(chars):
            if not self._lost(first, behind, code) or code < 0x2000 or code == 0xFFFD:
                continue
            known = options(self.bytes[first : first + 4], self.pair)
            choices = [chr(option) for length, option in known if length == behind - first]
            place = number + len(before)
            left, right = text[max(0, place - CONTEXT) : place], text[place + 1 :][:CONTEXT]
            best = chr(code)
            if 0x3400 <= code <= 0x9FFF:
                others = unwanted(text) if others is None else others
                best = likeliest(left, [char for char in choices if char not in others] or choices, right)
            elif not best.isalnum():
                best = sign(best, choices, text[:place], text[place + 1 :])
            text = text[:place] + best + text[place + 1 :]
            chars[number] = first, behind, ord(best)
        return chars

    def parts(self, chars: list[Char]) -> Iterator[Segment]:
        """A run cut where characters of the damage and of the answer begin together.

        Nothing if no byte was lost and the answer doesn't make the damage; if some were, all of it is likelihood then.
        """
        after = "".join(chr(code) for _, _, code in chars)
        start, end = self.starts[chars[0][0]], self.starts[chars[-1][1]]
        is_proved = self._makes(after, start, end)
        if not is_proved and not any(self._lost(*char) for char in chars):
            return
        out = ""
        filled = 0
        for first, behind, code in chars:
            lost = self._lost(first, behind, code)
            if lost and len(options(self.bytes[first : first + 4], self.pair)) > 1:
                filled += lost
            out += chr(code)
            if behind in self.starts:
                yield Segment(start, self.starts[behind], out, filled, is_proved and not filled)
                start, out, filled = self.starts[behind], "", 0

    def _lost(self, first: int, behind: int, code: int) -> int:
        """Bytes of a character of the answer that are not there."""
        dropped = _dropped(behind - first, code) if self.pair.is_dropping else 0
        return self.bytes[first:behind].count(LOST) + dropped

    def _makes(self, after: str, start: int, end: int) -> bool:
        """Whether the damage comes out again: byte for byte, and where bytes were lost they are lost again."""
        try:
            content = after.encode(CODECS[self.pair.written])
        except UnicodeEncodeError:
            return False
        if self.pair.read in MULTIBYTE:
            return decoded(content, self.pair.read, self.pair.is_dropping) == self.text[start:end]
        return tuple(content) == self.bytes[self.places[start] : self.places[end]]


def _entire(text: str, pair: Misreading) -> tuple[list[Segment], float] | None:
    """The text as one damaged part, if all its bytes are there and read well throughout: many times faster."""
    content = None if LOST_CHAR in text else written_bytes(text, pair.read)
    if content is None:
        return None
    try:
        after = content.decode(CODECS[pair.written])
    except UnicodeDecodeError:
        return None
    if "\n" in after or after.encode(CODECS[pair.written]) != content:
        return None
    gain = 0.0
    last = before = "\n"
    for old, new in aligned(text, after, pair, _BLOCK_CHARS * len(after) // len(text)):
        more = cost(old, last) - cost(new, before)
        if more < -_BLOCK_BITS:
            return None
        gain += more
        last, before = old[-1], new[-1]
    return ([Segment(0, len(text), after, 0)], gain) if gain > 0 else None


def aligned(text: str, after: str, pair: Misreading, most: int) -> Iterator[tuple[str, str]]:
    """A text and what it was in blocks that are made of the same bytes, of so many characters or the few more it takes."""
    start = place = 0
    while place < len(after):
        end = place + max(most, 1)
        while (size := shown(after[place:end], pair)) is None and end < len(after):
            end += 1
        behind = len(text) if size is None else start + size
        yield text[start:behind], after[place:end]
        start, place = behind, end


def solve(text: str, pair: Misreading) -> tuple[list[Segment], float]:
    """Return the damaged parts of a line, in order, and how many bits likelier the line is without the damage.

    >>> parts, _ = solve("两名男子骑着ÐÂ³µÈ¥ÁËÉÏº£的公园", Misreading("gbk", "cp1252"))
    >>> "".join(part.after for part in parts)
    '新车去了上海'
    """
    if reading := _entire(text, pair):
        return reading
    line = _Trellis(text, pair)
    return [part for run in line.runs() for part in line.parts(run)], line.gain / UNIT


solved = lru_cache(1024)(solve)
"""Remembers, since a page is diagnosed, by a sample and whole, and then repaired. Lines may be long: each page begins anew."""
