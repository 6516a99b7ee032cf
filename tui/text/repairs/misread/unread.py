"""The bytes behind misread text, the characters that they may be where some were lost, and which of them goes best."""

import heapq
import re
from collections.abc import Sequence
from functools import cache, lru_cache

from tui.text.charset.misreading import CODECS, MULTIBYTE, Misreading, decoded
from tui.text.words import lexicon
from tui.text.words.likely import cost, model

LOST, BARRIER = 256, 257
"""Stand-ins for bytes: one that became U+FFFD, and a character that the charset does not have."""
LOST_CHAR = "\ufffd"
_LAST_CODE = 0xFFFF
_MOST = 320
"""Characters that are thought of where two bytes were lost, the most frequent ones: of thousands, some rare one always
passes for likely.
"""
CONTEXT = 3
"""Characters on each side of a lost one that may make words with it."""
_WORD_BITS, _WORD_CHOICES = 12.0, 5
"""Lost characters so much dearer than the best, or beyond so many, are not looked up."""
_WORD_WEIGHT = 0.7
"""What a bit of the word list is worth beside one of the character model."""
_NOT_CHINESE = re.compile("[\u3041-\u30fa\uac00-\ud7a3]")
_SIDED = 2
"""Characters of one script for each of the other in a line that is in one of them."""
_BOTH = "后里干面松谷台向系舍准范征游表采范余云咸卷尽几朱仆丑斗丰出才冬别千升卜占叶号吁合吊同回困夸姜家岳布帘弦御志愿局巨并庵弥当念恤胡恶情戚托折挨据挽捆扎搜敬松板极杆栗核梁欲沈沾泛淀渺澄涌熏症痴皂盼短私秋秘种种穗签糊纤罗胜腌腊致苏茶蒙蔑术虫证谥赞踊辟迹郁里针锈雇霉颓风骂点党齐"
"""Simplified forms that traditional text has too."""
_OPENING = "“‘「『《〈（【"
_CLOSING = "”’」』》〉）】"
_STOPS = ("。", "？", "！", "…")
_CYRILLIC = re.compile("[а-я]")

Option = tuple[int, int]
"""(bytes, code point)."""


@cache
def _reverse(read: str) -> dict[str, bytes | None]:
    """Character -> its bytes; for charsets of many bytes, what has been asked so far."""
    if read in MULTIBYTE:
        return {}
    table: dict[str, bytes | None] = {}
    for byte in range(0x100):
        table[decoded(bytes((byte,)), read)] = bytes((byte,))
    for byte in range(0x80, 0xA0):
        table.setdefault(chr(byte), bytes((byte,)))  # some who read windows-1252 keep its controls
    return table


def unread(char: str, read: str) -> bytes | None:
    """Bytes that show as `char`; None if no bytes do.

    >>> unread("Ð", "cp1252"), unread("鏄", "cp1252")
    (b'\\xd0', None)
    """
    table = _reverse(read)
    if char not in table and read in MULTIBYTE:
        try:
            table[char] = char.encode(CODECS[read])
        except UnicodeEncodeError:
            table[char] = None
    return table.get(char)


def written_bytes(text: str, read: str) -> bytes | None:
    """Bytes that show as a text; None if a character of it is none of the charset.

    >>> written_bytes("Ðà", "cp1252"), written_bytes("鏄a", "cp1252")
    (b'\\xd0\\xe0', None)
    """
    if read in MULTIBYTE:
        try:
            return text.encode(CODECS[read])
        except UnicodeEncodeError:
            return None
    table = _reverse(read)
    content = [table.get(char) for char in text]
    return None if None in content else b"".join(filter(None, content))


def shown(text: str, pair: Misreading) -> int | None:
    """As how many characters the bytes of a text show; None if the last one's are not whole."""
    content = text.encode(CODECS[pair.written])
    if pair.read not in MULTIBYTE:
        return len(content)
    try:
        return len(content.decode(CODECS[pair.read]))
    except UnicodeDecodeError:
        return None


@lru_cache(1 << 14)
def _char(content: bytes, written: str) -> int:
    """Code point of the one character that some bytes are; -1 if they are not."""
    try:
        text = content.decode(CODECS[written])
    except UnicodeDecodeError:
        return -1
    return ord(text) if len(text) == 1 else -1


@cache
def _candidates(read: str, following: int) -> tuple[int, ...]:
    """Bytes that become U+FFFD before the byte `following`, before one that is lost as well, or at the end of a run."""
    if following == BARRIER:
        return tuple(range(0x80, 0x100))
    if following == LOST:
        return tuple(sorted({byte for tail in range(0x80, 0xFF) for byte in _candidates(read, tail)}))
    if read not in MULTIBYTE:
        return ()
    # One text of all of them: a call of the codec for each takes as long as a page.
    content = bytearray(b" \n" * 0x100)
    content[0::4], content[1::4] = bytes(range(0x80, 0x100)), bytes((following,)) * 0x80
    decodings = content.decode(CODECS[read], "replace").split(" \n")
    return tuple(byte for byte, text in zip(range(0x80, 0x100), decodings, strict=False) if text[:1] == LOST_CHAR)


def options(head: tuple[int, ...], pair: Misreading) -> tuple[Option, ...]:
    """The characters that may stand at the beginning of four bytes, or of the last ones of a line."""
    first = head[0]
    if first < 0x80:
        return ((1, first),)
    if first == BARRIER:
        return ()
    # Nearly all are known by themselves: then what follows must not make them another question.
    size = len(head) if pair.is_dropping or LOST in head[:3] else _size(head, pair.written)
    return _options(head[:size], *pair)


def _size(head: tuple[int, ...], written: str) -> int:
    """Bytes of the character that begins there, if one does."""
    first = head[0]
    if written == "u8":
        return 2 if first < 0xE0 else 3 if first < 0xF0 else 4
    if written == "gbk" and head[1:] and 0x30 <= head[1] <= 0x39:
        return 4
    return 1 if written not in MULTIBYTE else 3 if (written, first) == ("eucjp", 0x8F) else 2


@lru_cache(1 << 14)
def _options(head: tuple[int, ...], written: str, read: str, is_dropping: bool) -> tuple[Option, ...]:
    first = head[0]
    if LOST not in head[:3] or (first < LOST and written not in MULTIBYTE):
        return _known(head, written) or (_dropped(head, read) if is_dropping else ())
    choices: list[Option] = []
    for length in (1, 2, 3):
        if length <= len(head) and BARRIER not in head[:length] and LOST in head[:length]:
            choices += [(length, code) for code in _filled(head, length, written, read)]
        elif length <= len(head) and BARRIER not in head[:length]:
            choices += [option for option in _known(head, written) if option[0] == length]
    return _likeliest(choices)


def _likeliest(choices: list[Option]) -> tuple[Option, ...]:
    known = model().rarity
    return tuple(heapq.nsmallest(_MOST, dict.fromkeys(choices), key=lambda option: known[min(option[1], _LAST_CODE)]))


def _dropped(head: tuple[int, ...], read: str) -> tuple[Option, ...]:
    """The characters of UTF-8 that some bytes may be where others are gone without a trace; at worst one that is lost."""
    choices: list[Option] = []
    for gone, length in (((0,), 2), ((1,), 2), ((0,), 3), ((1,), 3), ((2,), 3), ((1, 2), 3)):
        filled = list(head)
        for place in gone:
            filled.insert(place, LOST)
        left = length - len(gone)
        if left <= len(head) and not {LOST, BARRIER} & set(head[:left]):
            choices += [(left, code) for code in _filled(tuple(filled), length, "u8", read)]
    return (*_likeliest(choices), (1, ord(LOST_CHAR)))


def _known(head: tuple[int, ...], written: str) -> tuple[Option, ...]:
    first = head[0]
    lengths: Sequence[int] = (1, 2, 3, 4) if written in MULTIBYTE else (1,)
    if written == "u8":
        lengths = () if first < 0xC2 else (2,) if first < 0xE0 else (3,) if first < 0xF0 else (4,)
    for length in lengths:
        if length > len(head) or max(head[:length]) >= LOST:
            return ()
        code = _char(bytes(head[:length]), written)
        if code >= 0x80:
            return ((length, code),)
    return ()


def _filled(head: tuple[int, ...], length: int, written: str, read: str) -> list[int]:
    """The characters of `length` bytes that some bytes, of which one or two were lost, may be."""
    if head[:length].count(LOST) > (2 if written == "u8" else 1):
        return []
    heads = [b""]
    for place in range(length):
        byte = head[place]
        if byte != LOST:
            heads = [known + bytes((byte,)) for known in heads]
            continue
        following = head[place + 1] if place + 1 < len(head) else BARRIER
        choices = _candidates(read, following)
        if written == "u8":
            choices = tuple(byte for byte in choices if (byte < 0xC0) == bool(place) and byte < 0xF5)
        is_second = place > 0 and head[place - 1] == LOST
        heads = [
            known + bytes((choice,))
            for known in heads
            for choice in choices
            if not is_second or known[-1] in _candidates(read, choice)
        ]
    # One text of all of them: a call of the codec for each takes most of the time of a page.
    chars = b"\n".join(heads).decode(CODECS[written], "replace").split("\n")
    return [
        ord(char)
        for content, char in zip(heads, chars, strict=False)
        if len(char) == 1 and char >= "\x80" and (char != LOST_CHAR or (written == "u8" and content == b"\xef\xbf\xbd"))
    ]


def unwanted(text: str) -> frozenset[str]:
    """Characters of the other script than that of a Chinese text, simplified or traditional, if it is in one."""
    if _NOT_CHINESE.search(text):
        return frozenset()
    traditional = sum(char in _traditional() for char in text)
    simplified = sum(char in _simplified() for char in text)
    if max(traditional, simplified) <= _SIDED * min(traditional, simplified):
        return frozenset()
    return _simplified() if traditional > simplified else _traditional()


@cache
def _traditional() -> frozenset[str]:
    return frozenset(map(chr, lexicon.words().simplified))


@cache
def _simplified() -> frozenset[str]:
    """Characters that are the simplified form of others, and not traditional ones themselves."""
    return frozenset(map(chr, lexicon.words().simplified.values())) - _traditional() - frozenset(_BOTH)


def sign(best: str, choices: Sequence[str], before: str, after: str) -> str:
    """A lost sign by what is open before it in its line; in Cyrillic between spaces a dash."""
    if before[-1:] == after[:1] == " " and "—" in choices and _CYRILLIC.search(before):
        return "—"
    pairs = [(opening, closing) for opening, closing in zip(_OPENING, _CLOSING, strict=True) if closing in choices]
    open_ones = [closing for opening, closing in pairs if before.count(opening) > before.count(closing)]
    if open_ones and (best in _OPENING + _CLOSING or before[-1:] in _STOPS or not after):
        return open_ones[-1]
    if best in _OPENING + _CLOSING and not after:
        return next((stop for stop in _STOPS if stop in choices), best)
    if best in _CLOSING and _OPENING[_CLOSING.index(best)] in choices:
        return _OPENING[_CLOSING.index(best)]
    return best


def likeliest(before: str, choices: Sequence[str], after: str) -> str:
    """The character that goes best between what stands before and after it, by the model, and in Chinese by the lexicon."""
    last, following = before[-1:] or "\n", after[:1] or "\n"
    costs = {char: cost(char + following, last) for char in choices}
    limit = min(costs.values()) + _WORD_BITS
    near = sorted((char for char in costs if costs[char] <= limit), key=lambda char: costs[char])[:_WORD_CHOICES]
    if len(near) == 1 or _NOT_CHINESE.search(before + after):
        return near[0]
    return min(near, key=lambda char: costs[char] + _WORD_WEIGHT * lexicon.cost(before + char + after))
