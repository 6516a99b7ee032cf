"""Finds records that may hold a text by looking at their bytes alone: a sieve before decoding.

What passes has to be checked. What doesn't pass doesn't hold the query: neither in another script or width, nor in the
escapes of JSON and HTML, nor in a charset of its script. What slips through: what only repairs would bring to light, and
words that change their width or, beyond ASCII, their case in the middle.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property, partial
from itertools import product
from math import prod

from ahocorasick_rs import BytesAhoCorasick

from tui.text.charset.names import codec
from tui.text.words.fold import forms

MOST_SPELLINGS = 6
"""Spellings of one piece of a query that are looked for; each is one more pass over the bytes."""
LONGEST_PIECE = 12
"""Code points."""
NEAR_BYTES = 4096
"""Bytes in which something is looked for in the plain way first: what is common stands there."""
BLOCK_BYTES = 64 * 1024
"""Bytes that are looked through in one go for what is rare."""
_WIDE = ("gb18030", "big5", "shift_jis", "euc-jp", "euc-kr")
_NARROW = (
    *("windows-1252", "windows-1251", "windows-1250", "koi8-r", "ibm866", "windows-1253", "windows-1254"),
    *("windows-1255", "windows-1256", "windows-874", "windows-1257", "windows-1258", "iso-8859-2", "iso-8859-5"),
)
_UTF_16 = ("utf-16le", "utf-16be")
_EAST_ASIAN = re.compile("[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")

Encoder = Callable[[str], bytes]
"""Writes text as bytes; empty if it can't."""

BASE64_MARK = b'"$base64"'
"""Stands in a record of JSON that holds bytes in base64: nobody sees what is in them."""


class Needle:
    """A byte string that is looked for. What is rare is found ten times faster than by `bytes.find`."""

    def __init__(self, written: bytes) -> None:
        self.written = written
        self._far = BytesAhoCorasick([written])

    def find(self, looked: bytes, start: int) -> int:
        """Return where it stands next, from `start` on; -1: nowhere."""
        near = looked.find(self.written, start, start + NEAR_BYTES)
        if near >= 0:
            return near
        view = memoryview(looked)
        more = len(self.written) - 1
        at, size = max(start, start + NEAR_BYTES - more), NEAR_BYTES
        while at < len(looked):
            # All places in a block are found, and one is wanted: what is frequent there shall stand in a small one.
            if places := self._far.find_matches_as_indexes(view[at : at + size + more]):
                return at + places[0][1]
            at, size = at + size, min(2 * size, BLOCK_BYTES)
        return -1


class Sieve:
    """A query, ready to be looked for in the bytes of records.

    >>> sieve = Sieve("台湾", is_utf8=True)
    >>> [sieve.passes(text.encode()) for text in ("去臺灣", r"\\u53f0\\u7063", "去台南")]
    [True, True, False]
    """

    def __init__(self, query: str, is_utf8: bool, is_folded: bool | None = None) -> None:
        """`is_utf8`: the records are known to be UTF-8, as JSON is; else every charset of the query's script counts.

        `is_folded`: whether records come in lower case; None: they do if there is no capital in the query.
        """
        self._is_folded = query == query.lower() != query.upper() if is_folded is None else is_folded
        """Letter case doesn't count: bytes are compared in lower case."""
        self._query = query.strip()
        names = _WIDE if _EAST_ASIAN.search(query) else _NARROW
        self._charsets = ("utf-8",) if is_utf8 else ("utf-8", *_UTF_16, *(names if not query.isascii() else ()))

    def spellings(self) -> list[bytes]:
        """Return all byte strings that are looked for, but for named entities."""
        escapes = (piece for write in _ESCAPES for piece in self._pieces(write, are_all_needed=False))
        return sorted({*(needle.written for needle in self.needles), *map(self._cased, escapes)})

    def passes(self, record: bytes) -> bool:
        """Say whether a record may hold the query."""
        return next(self.records(record, [0]), None) is not None

    def records(self, region: bytes, starts: Sequence[int]) -> Iterator[int]:
        """Yield the indexes of the records that may hold the query, in order; a record ends where the next one starts.

        `starts` are sorted offsets in the region; what stands before the first one is nobody's.
        """
        if not starts or not self._query:
            return
        looked = region.lower() if self._is_folded else region
        is_plain = looked.isascii()
        found: set[int] = set()
        for needle in self.needles:
            if needle.written.isascii() or not is_plain:
                found |= _having(starts, partial(needle.find, looked))
        for start, pattern in self._escapes:
            if (first := start.find(looked, starts[0])) >= 0:  # most regions have no ampersand
                found |= _having(starts, partial(_search, pattern, looked, first))
        packed = _having(starts, partial(region.find, BASE64_MARK)) if b"$" in region else set()
        for index in sorted(found | packed):
            record = looked[starts[index] : starts[index + 1] if index + 1 < len(starts) else len(looked)]
            if index in packed or self._has_all(record):
                yield index

    def _has_all(self, record: bytes) -> bool:
        """Whether all of the query stands somewhere: its words, or its characters where tags or escapes may part words."""
        parts = self._spellings if any(mark in record for mark in _PARTING) else [*self._spellings, *self._words]
        return all(any(spelling in record for spelling in spellings) for spellings in parts)

    @cached_property
    def _charset_writers(self) -> list[Encoder]:
        return [_charset_writer(charset) for charset in self._charsets]

    @cached_property
    def _spellings(self) -> list[list[bytes]]:
        """For each character, all byte strings that it may be."""
        writers = [*self._charset_writers, *_ESCAPES]
        return [
            list(
                dict.fromkeys(
                    self._cased(one)
                    for one in [
                        *(one for write in writers for one in _written(chars, write)),
                        *_named(chars),
                        *self._pairs,
                    ]
                )
            )
            for chars in {self._same(char) for char in self._query if not char.isspace()}
        ]

    @cached_property
    def _words(self) -> list[list[bytes]]:
        """For each word of a query of several, the byte strings of which one stands wherever nothing parts it."""
        words = self._query.split()
        is_utf8 = self._charsets == ("utf-8",)
        alone = [Sieve(word, is_utf8, self._is_folded) for word in words if word.isalnum() and len(words) > 1]
        return [[needle.written for needle in sieve.needles] for sieve in alone]

    @cached_property
    def needles(self) -> list[Needle]:
        """Of these, one at least stands in every record that holds the query, unless it is escaped."""
        pieces = [piece for write in self._charset_writers for piece in self._pieces(write, are_all_needed=True)]
        found = dict.fromkeys(map(self._cased, pieces))
        return [Needle(one) for one in found if not any(other in one for other in found if other != one)]

    @cached_property
    def _escapes(self) -> list[tuple[Needle, re.Pattern[bytes]]]:
        """What begins some escapes, and what finds them; a pattern with a fixed start takes one pass for all spellings."""
        pieces = [piece for write in _ESCAPES for piece in self._pieces(write, are_all_needed=False)]
        found = sorted(set(map(self._cased, pieces)))
        names = [*self._pairs, *(one for char in self._query for one in _named(self._same(char)))]
        found += sorted(set(map(self._cased, names)))
        groups: dict[bytes, list[bytes]] = {}
        for made in found:
            start = made[: 1 if made[1:2].isalpha() and made.startswith(b"&") else 2]
            groups.setdefault(start, []).append(made[len(start) :])
        return [
            (Needle(start), re.compile(re.escape(start) + b"(?:" + b"|".join(map(re.escape, group)) + b")"))
            for start, group in groups.items()
        ]

    @cached_property
    def _pairs(self) -> list[bytes]:
        """The entities that stand for two characters, of which the query has both, or one at its end."""
        query = self._query
        return [
            name
            for chars, names in _names()[1].items()
            if chars in query or query.endswith(chars[0]) or query.startswith(chars[1])
            for name in names
        ]

    def _pieces(self, write: Encoder, are_all_needed: bool) -> Iterator[bytes]:
        """The pieces to look for; `are_all_needed`: a query with a character that can't be written so isn't there."""
        for options in self._families:
            places = [_written(chars, write) for chars in options]
            if all(places) or not are_all_needed:
                yield from _best(places)

    @cached_property
    def _families(self) -> list[list[str]]:
        """For each way in which words are written as a whole, what may stand at each place of the query."""
        wide = [_chosen(self._same(char), lambda one: not one.isascii()) or char for char in self._query]
        # Turkish ı has a capital in ASCII, but isn't written so.
        plain = [
            (char.isascii() and _chosen(self._same(char), str.isascii)) or self._same(char) for char in self._query
        ]
        if not self._is_folded:
            return [plain, wide]
        small = [
            _chosen(chars, lambda one: one == one.lower()) if at and self._query[at - 1].isalpha() else chars
            for at, chars in enumerate(plain)
        ]
        return [small, [_chosen(chars, lambda one: one == one.upper()) for chars in plain], wide]

    def _same(self, char: str) -> str:
        """All characters that may stand for one of the query; a space for any white space."""
        if char.isspace():
            return " "
        cases = dict.fromkeys((char, char.lower(), char.upper()) if self._is_folded else (char,))
        return "".join(dict.fromkeys(form for case in cases if len(case) == 1 for form in forms(case)))

    def _cased(self, written: bytes) -> bytes:
        return written.lower() if self._is_folded else written


def _written(chars: str, write: Encoder) -> list[bytes]:
    return [written for written in map(write, chars) if written]


def _chosen(chars: str, is_right: Callable[[str], bool]) -> str:
    return "".join(filter(is_right, chars))


def _having(starts: Sequence[int], find: Callable[[int], int]) -> set[int]:
    """Indexes of the records in which something stands; `find` says where it stands next, -1: nowhere."""
    found = set()
    at = find(starts[0])
    while at >= 0:
        index = bisect_right(starts, at)
        found.add(index - 1)
        at = find(starts[index]) if index < len(starts) else -1
    return found


def _search(pattern: re.Pattern[bytes], looked: bytes, first: int, start: int) -> int:
    found = pattern.search(looked, max(first, start))
    return found.start() if found else -1


def _best(places: list[list[bytes]]) -> list[bytes]:
    """The piece of a query that costs least to look for, in all its spellings; `places` are what each character may be."""
    best: tuple[float, list[list[bytes]]] = (float("inf"), [])
    for start in range(len(places)):
        for end in range(start + 1, min(start + LONGEST_PIECE, len(places)) + 1):
            piece = places[start:end]
            spellings = prod(map(len, piece))
            if not spellings or piece[-1] == [b" "] or (spellings > MOST_SPELLINGS and end > start + 1):
                break
            best = min(best, (spellings + _commonness(piece), piece), key=lambda entry: entry[0])
    return list({b"".join(written) for written in product(*best[1])}) if best[1] else []


def _commonness(piece: list[list[bytes]]) -> float:
    """How often a piece is found in vain, as passes over the bytes: one letter is everywhere, one ideograph is not."""
    letters = sum(1.0 if len(options[0]) == 1 else 1.5 if len(options[0]) == 2 else 3.0 for options in piece)
    return 30.0 / 4.0 ** (letters - 1)


def _charset_writer(charset: str) -> Encoder:
    name = codec(charset)

    def write(char: str) -> bytes:
        try:
            return char.encode(name)
        except UnicodeEncodeError:
            return b""

    return write


def _json(form: bytes) -> Encoder:
    def write(char: str) -> bytes:
        wide = char.encode("utf-16-be", "surrogatepass")
        units = [int.from_bytes(wide[at : at + 2], "big") for at in range(0, len(wide), 2)]
        return b"" if char.isascii() else b"".join(form % unit for unit in units)

    return write


def _entity(form: bytes) -> Encoder:
    return lambda char: b"" if char.isascii() else form % ord(char)


def _named(chars: str) -> list[bytes]:
    """How HTML names characters, and how it and JSON escape signs of ASCII."""
    return [name for char in chars for name in (*_names()[0].get(char, ()), *_signs(char))]


def _signs(char: str) -> list[bytes]:
    if not char.isascii() or char.isalnum() or char.isspace():
        return []
    number = ord(char)
    forms = (b"&#%d;", b"&#%03d;", b"&#x%x;", b"&#x%X;", b"\\u%04x", b"\\u%04X")
    return [*(form % number for form in forms), *([b"\\" + char.encode()] if char in '"\\/' else [])]


@cache
def _names() -> tuple[dict[str, list[bytes]], dict[str, list[bytes]]]:
    """Character -> the entities that stand for it, and the same of two characters; of `&amp;` and `&amp` the shorter one."""
    from html.entities import html5  # 2,231 of them, for those who search

    names: tuple[dict[str, list[bytes]], dict[str, list[bytes]]] = {}, {}
    for name, chars in html5.items():
        if not name.endswith(";") or name[:-1] not in html5:
            names[len(chars) - 1].setdefault(chars, []).append(f"&{name}".encode())
    return names


_PARTING = (b"<", b"&", b"\\u")
"""What may stand within a word, or for a part of it."""
_ESCAPES = (_json(b"\\u%04x"), _json(b"\\u%04X"), _entity(b"&#%d;"), _entity(b"&#x%x;"), _entity(b"&#x%X;"))
