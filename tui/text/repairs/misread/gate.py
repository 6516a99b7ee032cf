"""The gate before misread text: signs of it that are rare in clean text of any language, cheap to look for.

It lets pass too much rather than too little; the character model, which it keeps unloaded, has the last word.
"""

import re
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from tui.text.words import table

_LEAST_SHARE = 0.04
"""Share of signs among a line's characters that makes it a suspect,"""
_NEAR = 24
"""or three signs within so many characters,"""
_SURE = 8
"""or one that counts so often."""
_LATIN = "\u00a1-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
_SMALL = "\u00df-\u00f6\u00f8-\u00ff\u0161\u017e\u0153"
_LARGE = "\u00a1-\u00de\u00f7\u0152\u0160\u0178\u017d\u0192\u02c6\u02dc"
_SWAPPED = """
    ЈМОФ АЭ ББЧДЙМПТФЖГЮЭЈ ВБЙЭЩ ГБЧЙХЩШС ДБЧЦЙФХЩШ ЕЪФЮЫЭ ЖБЙПТФЩ ЗЧЙФХЩ
    ИЬ ЙБВЧЗЕЦЪЙПРУФХЖИЮЫЭА КЗДПФ ЛЦЙМПФХЭЩ МЗДЦЪЙФХЮЩШ НБЙЛМПРХЩ ОЪУЫЬ ПБВЧЗДЙМФЖГЮЫЭ РЙПРЩ
    СЗДФГЮ ТБЗДЦЙПФХЖЮЩШ УОФИЯ ФБЧЗДЦЙМНПФХЮЯЩШЬС ХБВЧЗДЕЦЪКЛТФХЮЫЭЩ ЦБДЙЛНОПХ ЧБЧЗДЦЪЙЛМПРФХЮЯЩС ШЪЛПФЫС ЩВЧЗДЪКЛМНРТУФГЮЫС
    ЪЧЙНОУФХЮЩШ ЫОФ ЬЛМУФЬ ЭБЕЙПШЈ ЮБЕЙОПФХЬЈ ЯЪУФ
"""
"""First letters with what may follow them: pairs of frequent small Russian letters in KOI8-R read as windows-1251."""
_SIGNS = "\u00a1-\u00a9\u00ab-\u00b4\u00b6\u00b8\u00b9\u00bb-\u00bf\u00d7\u00f7\u0192\u02c6\u02dc"
# Frequent Korean syllables read as GBK, frequent Chinese characters read as EUC-KR; all rare where they belong.
_KOREAN = (
    "捞扁瘤俊肺绰阑沥狼侩钦咯茄傈搁惑汲厘嚼巩怖滴甸遏聪荤窍矫绢磊扼绊靛涝芭焊夸悼坷矾钎郴侥摹磐俺鳖蜡龋窜岿鸥橇苞疙楷吝祈夯叼贰硅抛泅咆蔼阂臼沁陛吭玫烹皑扒崔锭伎攫烙"
    "痢檬哎捍惫缴浇焙辫刮匡阜铰绞菩嘎赣炔澄蓖剐瓤痹傣鞠瓢乞淬苛棱哆厩磷徘敲"
)
_CHINESE = (
    "돨훙꼇뵨땍돕뒈쾨깊돛뜩뤏넋휑뺏훨늪삔쳬쏵뻬힉꾕쏜늚젬멩촹돤콱롸츰췽죗뫘윱벎쉥쉔퍅닸쀼퀭늴폅괏굇뙈뇜힛왯츱갛뵀몹맣섟휭앴쒔쇌밗쳔좃죕샙갭묾쉭겜쳄뤠붤쒼옰셕묩긱꿴꼍"
    "쵠잚쑴뇹륩옘흼쐤빻훰싻돠먁눼곕폘쵱괩쟀뺌꾜몌쯩푤쥼쫠횅뚠쥴짇뒨욋쬠룀뎨홱퓻탰즛깹쯤쏭뀁툽컁뼝붚룐랸슉휄뵙쇱꿎슝쒸횻셥빳뺍뒬빱묑쩠섐"
)


class Suspect(NamedTuple):
    """A line that shows signs of misread text."""

    start: int
    end: int
    signs: int
    first: int
    """Place of the first sign where they stand closest,"""
    last: int
    """and of the last."""


def ranges(chars: Iterable[str]) -> str:
    """The inside of a character class of a regular expression; for letters only, since nothing is escaped."""
    found: list[list[int]] = []
    for code in sorted(map(ord, chars)):
        if found and code == found[-1][1] + 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in found)


def pairs(codec: str, leads: Iterable[int]) -> frozenset[str]:
    """The characters of rows of a charset of two bytes."""
    row = b"".join(b"\0%c\n" % trail for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)))
    content = b"".join(row.replace(b"\0", bytes([lead])) for lead in leads)
    return frozenset(char for char in content.decode(codec, "replace") if "\u3000" < char < "\ufffd")


def _starting(tests: Sequence[tuple[str, str]]) -> re.Pattern[str]:
    """One of some characters with what its neighbours must be; all first characters in front, which is what is fast."""
    starts = "".join(chars for chars, _ in tests)
    return re.compile(f"[{starts}](?:" + "|".join(f"(?<=[{chars}])(?:{test})" for chars, test in tests) + ")")


@cache
def _narrow() -> re.Pattern[str]:
    """Where a character of the small alphabets stands as in no word."""
    swapped = "|".join(f"(?<={letters[0]})[{letters[1:]}]" for letters in _SWAPPED.split())
    return _starting(
        (
            ("\x80-\x9f", ""),
            (_LARGE, f"(?<=[{_LATIN}].)|(?<=[{_LATIN}].[{_LARGE}])(?=.?[{_LATIN}])"),
            (_SMALL, f"(?<=[{_LARGE}].)|(?<![üöç][üöç].)(?:(?<=[{_SMALL}][{_SMALL}].)|(?<=[{_SMALL}].)(?=[{_SMALL}]))"),
            ("А-ЯЁ", f"(?<=[а-яё].)|(?=[А-ЯЁ])(?:{swapped})"),
            ("ĄĽŁĘąľłę", "(?<=[ĂÂÎŞŢăâîşţ].)"),
        )
    )


_SIGN = re.compile(f"[{_SIGNS}](?<=[a-zA-Z\u00c0-\u024f\u0370-\u04ff].)(?=[a-z{_LATIN}\u0370-\u04ff])")
"""A sign inside a word."""
_ODD = _starting(
    (
        ("ŠŽŸŒÆÊÑ¥£", "(?<=[a-z].)(?=[a-z])"),
        ("œ", "(?<=[a-z].)(?=[bcdfghjklmnpqsvwxz])"),
        ("ñ", "(?<=[a-z].)(?=[bcdfghjklmnpqstvwxz])"),
        ("æ", "(?<=[a-z]{2}.)(?= )"),
        ("³", "(?<=[a-z][aiyu].)(?=[ .,])"),
        ("ê", "(?<=[a-z]i.)(?=[ .,])"),
    )
)
"""Polish read as Western European: letters where French and Spanish do not have them."""
_LOST = {"\ufffd", "锟"}
FIRST_WIDE = "\u2e80"
_SMALL_ALPHABETS = (0xC2, 0xC3, 0xC4, 0xC5, 0xC6, 0xCB, 0xD0)
"""First bytes, in UTF-8, of the characters that `_narrow` begins with."""


@cache
def everyday() -> frozenset[str]:
    """Chinese characters that are in texts, and no signs of misread Korean."""
    known = pairs("gb2312", range(0xB0, 0xD8)) | pairs("big5", range(0xA4, 0xC7)) | pairs("euc_jp", range(0xB0, 0xD0))
    return known - frozenset(_KOREAN)


HAN = range(0x4E00, 0xA000)


@cache
def known() -> tuple[bytes, str]:
    """Of each of `HAN`, by which charsets it may be misread (`rare.WAYS`, a bit each); ranges of characters that are in no text to speak of.

    Made of Python's codecs by `scripts/build_rare.py`, since that takes as long as hundreds of pages.
    """
    content = zlib.decompress(table("rare.zlib"))
    return content[: len(HAN)], content[len(HAN) :].decode()


@cache
def _rare() -> re.Pattern[str]:
    """Characters that are in no text to speak of."""
    return re.compile(f"[{known()[1]}\ue000-\uf8ff\uff61-\uff9f\ufffd\U00020000-\U0002ffff{_KOREAN}{_CHINESE}]")


@cache
def _between() -> re.Pattern[str]:
    """Where a character stands between two that it never stands between."""
    return re.compile(
        "[\u4e00-\u9fff](?:(?<=[가-힣].)(?=[가-힣])|(?=[가-힣\u0370-\u04ff\u2500-\u257f])"
        "(?:[가-힣](?=[\u4e00-\u9fff])|[\u0370-\u04ff\u2500-\u257f](?=[\u3041-\u9fff])))"
    )


_AT_WORD = re.compile(
    "[\u4e00-\u9fff](?<=[a-zA-Z'’ ].)(?=[a-z ])(?:(?<=[a-zA-Z'’].)(?=[a-z])|(?<=[a-z].)(?= [a-z])|(?<= .)(?=[a-z]{3}))"
)
"""A single Chinese character in or at the edge of a Latin word."""
IN_WORD = re.compile("[\u4e00-\u9fff](?:(?<=[a-zA-Z].)(?=[a-z])|(?<= .)(?=[a-z]{4}))")
"""One within it, or before so much of it that nothing else is meant."""


@cache
def _among_kana() -> re.Pattern[str]:
    """What Japanese does not have, beside kana."""
    japanese = pairs("cp932", (*range(0x88, 0xA0), *range(0xE0, 0xEB)))
    foreign = ranges(char for char in pairs("gb2312", range(0xB0, 0xF8)) if char not in japanese)
    return re.compile(f"[\u3041-\u30ff](?:(?=[{foreign}\u3016])|(?<=[{foreign}].)|(?=ˇ[\u3041-\u9fff]))")


def _has(content: bytes, leads: Iterable[int]) -> bool:
    """Whether some UTF-8 holds characters with one of these first bytes: many times faster than a pattern."""
    return any(content.find(lead) >= 0 for lead in leads)


def _places(text: str) -> list[int]:
    """Where the signs are; one that is hardly ever seen counts more than once."""
    content = text.encode("utf-8", "surrogatepass")
    signs: list[int] = []
    if _has(content, _SMALL_ALPHABETS):
        signs = [match.start() for match in _narrow().finditer(text)]
        if content.count(b"\xc2") > content.count("\N{NO-BREAK SPACE}".encode()) or _has(
            content, (0xC3, 0xC5, 0xC6, 0xCB)
        ):
            signs += 2 * [match.start() for match in _SIGN.finditer(text)]
            signs += 2 * [match.start() for match in _ODD.finditer(text)]
    if _has(content, range(0xE3, 0xF5)):
        signs += _wide_places(text, content)
    return sorted(signs)


def _wide_places(text: str, content: bytes) -> list[int]:
    signs = [match.start() for match in _rare().finditer(text)]
    if not _has(content, range(0xE3, 0xEA)):  # no Chinese or Japanese
        return signs
    if _has(content, (*range(0xEA, 0xEE), *range(0xCD, 0xD4))) or b"\xe2\x94" in content or b"\xe2\x95" in content:
        signs += 2 * [match.start() for match in _between().finditer(text)]
    signs += _SURE * [match.start() for match in _AT_WORD.finditer(text)]
    if b"\xe3\x81" in content or b"\xe3\x82" in content or b"\xe3\x83" in content:
        signs += [match.start() for match in _among_kana().finditer(text)]
    return signs


def _cluster(places: Sequence[int]) -> tuple[int, int]:
    """First and last of the longest row of places that are near each other."""
    best = first = 0
    most = 0
    for number in range(len(places)):
        if number and places[number] - places[number - 1] > _NEAR:
            first = number
        if number - first >= most:
            most, best = number - first, first
    return places[best], places[best + most]


def suspects(text: str, least: int = 2) -> Iterator[Suspect]:
    """The lines that show at least so many signs, close together or a fair share of the line.

    >>> [text[s.start : s.end] for text in ["déjà vu\\nÐÂÎÅÍø"] for s in suspects(text)]
    ['ÐÂÎÅÍø']
    """
    if text.isascii():
        return
    places = _places(text)
    at = 0
    while at < len(places):
        start = text.rfind("\n", 0, places[at]) + 1
        end = text.find("\n", places[at])
        end = len(text) if end < 0 else end
        behind = bisect_left(places, end, at)
        signs = behind - at
        near = any(places[i] < places[i + 2] <= places[i] + _NEAR for i in range(at, behind - 2))
        is_sure = any(places[i] == places[i + _SURE - 1] for i in range(at, behind - _SURE + 1))
        near = near or is_sure
        seen = {text[place] for place in places[at:behind]}
        is_varied = len(seen) > 1 or min(seen) < FIRST_WIDE or seen <= _LOST
        is_dense = near or (signs >= least and signs >= _LEAST_SHARE * (end - start))
        if least == 1 or (is_dense and (is_varied or is_sure)):
            yield Suspect(start, end, signs, *_cluster(places[at:behind]))
        at = behind
