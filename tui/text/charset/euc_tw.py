"""A codec for EUC-TW, which Python lacks: planes 1 and 2 of CNS 11643, and ASCII.

Both planes have the characters of Big5 in nearly its order, by strokes, so that the runs that stand in the same order in
both are all there is to know; they agree with glibc's. Characters of the other planes, of names mostly, are unknown.
"""

import codecs
import re
from bisect import bisect_right
from functools import cache, lru_cache

from tui.text.charset import added

# First cell in the plane, first cell in Big5, how many; cells are counted row by row from A1A1 and from A140.
_PLANE_1 = """
0:0:5 6:6:15 21:23:2 24:22:1 29:29:44 73:74:1 74:73:1 75:75:22 98:98:1 100:100:27 127:128:1 128:127:1 129:129:19
148:149:1 149:148:1 150:150:4 155:21:1 156:156:78 282:234:29 312:264:1 314:266:142 470:5872:30 571:5905:1 578:5908:1
583:5909:1 3290:471:17 3307:263:1 3308:489:86 3394:265:1 3395:576:1307 4702:1884:424 5126:1883:1 5127:2308:1876
7003:4571:1 7004:4184:387 7391:4572:525 7916:5286:1 7917:5097:105 8023:5203:83 8106:5287:84 8190:5517:1 8191:5371:54
8245:5426:1 8246:5425:1 8247:5427:90 8337:5518:354
"""
_PLANE_2 = """
0:6280:10 10:6291:33 43:6372:1 44:6324:48 92:6373:46 138:6586:1 139:6419:167 306:6587:1840 2146:9074:1 2147:8428:108
2255:8537:537 2792:8427:1 2793:9075:100 2893:8536:1 2894:9175:399 3293:9575:1637 4930:11761:1 4931:11212:146
5077:11899:1 5078:11358:287 5365:12508:1 5366:11645:116 5482:11762:137 5619:11900:104 5723:12425:1 5724:12004:222
5946:12227:198 6144:12426:82 6226:12509:86 6312:12226:1 6313:12595:8 6321:12604:153 6474:12758:56 6530:13114:1
6531:12814:113 6644:12603:1 6645:12927:142 6787:12757:1 6788:13069:45 6833:13115:71 6904:13380:1 6905:13186:194
7099:13381:490 7589:13914:1 7590:13871:43 7633:13915:1 7634:13917:11 7645:13916:1 7646:13928:4
"""
_ROW, _BIG5_ROW = 94, 157
_HONG_KONG = range(5872, 5910)
"""Cells in which code page 950 has other signs than CNS 11643, and Hong Kong's Big5 the same."""
_SECOND = b"\x8e\xa2"
"""What stands before a character of plane 2."""
_UNIT = re.compile(rb"[\x00-\x7f]+|[\xa1-\xfe]{2}|\x8e[\xa1-\xb0][\xa1-\xfe]{2}")
_BEGINNING = re.compile(rb"[\xa1-\xfe]|\x8e(?:[\xa1-\xb0][\xa1-\xfe]?)?")


def _big5(cell: int) -> str:
    row, column = divmod(cell, _BIG5_ROW)
    pair = bytes((0xA1 + row, column + 0x40 if column < 63 else column + 0x62))
    return pair.decode("big5hkscs" if cell in _HONG_KONG else "cp950")


@cache
def _runs(plane: str) -> tuple[list[int], list[tuple[int, int]]]:
    """The first cells of the runs, sorted, and for each its cell in Big5 and how many there are."""
    runs = [tuple(map(int, run.split(":"))) for run in plane.split()]
    return [first for first, _, _ in runs], [(cell, count) for _, cell, count in runs]


@lru_cache(16384)
def _character(unit: bytes) -> str | None:
    """The character of a pair, or of a pair behind what names its plane; None if it is unknown."""
    if len(unit) > 2 and not unit.startswith(_SECOND):
        return None
    firsts, runs = _runs(_PLANE_1 if len(unit) == 2 else _PLANE_2)
    place = (unit[-2] - 0xA1) * _ROW + unit[-1] - 0xA1
    number = bisect_right(firsts, place) - 1
    if number < 0:
        return None
    cell, count = runs[number]
    step = place - firsts[number]
    return _big5(cell + step) if step < count else None


@cache
def _encodings() -> dict[str, bytes]:
    pairs = [bytes((row, column)) for row in range(0xA1, 0xFF) for column in range(0xA1, 0xFF)]
    units = (*pairs, *(_SECOND + pair for pair in pairs))
    return {char: unit for unit in units if (char := _character(unit))}


def decode(payload: bytes, errors: str = "strict", final: bool = True) -> tuple[str, int]:
    """Return the text, and how many bytes it stands for, as a codec does. Half a character at the end waits unless `final`.

    >>> decode(b"\\xc4\\xe3\\xc5\\xc6 \\x8e\\xa2\\xa1\\xa1")
    ('中文 乂', 9)
    """
    made: list[str] = []
    at = 0
    while at < len(payload):
        unit = _UNIT.match(payload, at)
        char = unit[0].decode() if unit and unit[0].isascii() else _character(unit[0]) if unit else None
        if unit and char is not None:
            made.append(char)
            at = unit.end()
        elif not final and (begun := _BEGINNING.fullmatch(payload, at)) and begun.end() == len(payload):
            break
        else:
            end = unit.end() if unit else at + 1
            error = UnicodeDecodeError("euc_tw", bytes(payload), at, end, "no character of planes 1 and 2")
            replacement, at = codecs.lookup_error(errors)(error)
            made.append(str(replacement))
    return "".join(made), at


def encode(text: str, errors: str = "strict") -> tuple[bytes, int]:
    """Return the bytes of a text, and its length, as a codec does.

    >>> encode("中文")
    (b'\\xc4\\xe3\\xc5\\xc6', 2)
    """
    known, made = _encodings(), []
    for at, char in enumerate(text):
        written = char.encode() if char.isascii() else known.get(char)
        if written is None:
            error = UnicodeEncodeError("euc_tw", text, at, at + 1, "no character of planes 1 and 2")
            replacement = codecs.lookup_error(errors)(error)[0]
            written = replacement if isinstance(replacement, bytes) else encode(replacement)[0]
        made.append(written)
    return b"".join(made), len(text)


@cache
def register() -> None:
    """Let Python know the codec under the name `euc_tw`."""
    added.register("euc_tw", encode, decode)
