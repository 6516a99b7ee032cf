"""UTF-8 that was read as a single-byte charset: CafÃ© was Café, РџСЂРёРІРµС‚ was Привет, æ–°é—» was 新闻.

ftfy 6.3.1 does the decoding, line by line, behind a gate of ours: clean text never loads it, and text whose high
characters are no UTF-8 sequences (GBK or Big5 read as Latin) is kept from it, since it damages that.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from math import inf
from typing import TYPE_CHECKING, Literal, NamedTuple

from tui.core.model import Options
from tui.core.problems import Reason
from tui.text.repairs import Change, Outcome, Plan, Repair, differences, lines_with, repeated, spliced

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

    from tui.text.repairs.misread.segments import Segment

_CHARSETS = {
    "windows-1252": "cp1252", "iso-8859-1": "latin-1", "windows-1251": "cp1251", "windows-1250": "cp1250",
    "windows-1253": "cp1253", "windows-1254": "cp1254", "windows-1257": "cp1257", "iso-8859-2": "iso8859-2",
    "macintosh": "mac_roman", "ibm437": "cp437",
}  # fmt: skip
"""The charsets that ftfy tries -> Python's codec; those that it calls sloppy take undefined bytes for C1 controls."""
MOST_CHARS = 200_000
"""Characters of the lines with sequences of a page that are looked at, each as often as it is: one takes up to 10 µs."""
_COVERED = 0.6
"""Share of a line's doubtful characters that must stand in whole UTF-8 sequences."""
_ENOUGH = 24
_STRAY = 0.1
"""In a line of another script so many characters in sequences, or such a share, are evidence; fewer are left alone."""
_MARKS = re.compile("[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u20d0-\u20ff]{31,}")
"""Runs of combining marks that keep a line from ftfy, whose time grows with their square."""
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")

_READ_AS = ("cp1252", "latin1", "cp1250", "cp1251", "macroman", "cp437")
_LEAST_BITS = 24.0
"""How much likelier a line must be without its sequences, where most of its doubtful characters are none."""
_MORE_BITS = 12.0
"""The same for a line of a page in which others are misread."""
_RAREST = 26.0
"""Bits of a letter that is in no text to speak of; sequences that make such letters for the most part are none."""

_SIGNS_FIRST = ("macroman", "mac_roman", "cp437")
"""Charsets that show first bytes of UTF-8 as signs of maths and of boxes: √π and ├┤ are clean text too."""
_WORD = re.compile(r"[^\W\d_]+")
_LIGATURES = "\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06"
_LETTER = re.compile(r"[^\x00-\x7f\W\d_]")
_AT_WORD_END = "(?<=[a-z\u00df-\u00ff]\u00c3)(?:(?= [^ ])| (?= )|(?=[.,;:!)\"']|$))"
_CUT_GRAVE = f"\u00c3{_AT_WORD_END}"
"""The first byte of `\u00e0` at a word's end: its second is a no-break space, which is soon lost or made a blank."""
_PUNCTUATION = ((0xE2, b"\x80\x82\x84"), (0xEF, b"\xac"))
"""First and second bytes of quotation marks, dashes, the signs of euro and trademark, and of ligatures."""
_AMID_WORDS = "[\u00c6-\u00df][\u00a1-\u00a9\u00ac\u00ae\u00af\u00b1-\u00b9\u00bc-\u00be](?=\\w)"
"""Two bytes that are a letter and a sign with more of the word behind it, as no word has them: IL2R\u00ce\u00b3cKO."""
_THREE_BYTES = "\u0800"
"""The first character that UTF-8 writes in three bytes, which no clean text shows by chance."""

Chain = tuple[tuple[str, str], ...]
"""What ftfy did: (encode or decode, codec), in order."""
Share = Literal["none", "some", "most"]
"""How much of a line's doubtful characters are UTF-8 sequences: too little, some to be found by the model, most for ftfy."""
_TIMES: dict[Share, int] = {"none": 0, "some": len(_READ_AS), "most": 1}
"""How often a line is looked at."""


@cache
def _high(codec: str) -> str:
    """The 128 bytes from 0x80 on as a charset shows them; one that it doesn't have is a C1 control."""
    shown = bytes(range(0x80, 0x100)).decode(codec, "replace")
    return "".join(chr(value) if char == "\ufffd" else char for value, char in enumerate(shown, 0x80))


def _byte(value: int, codec: str) -> str:
    return _high(codec)[value - 0x80]


@cache
def _sequences() -> re.Pattern[str]:
    """Whole UTF-8 sequences as the single-byte charsets show them."""
    parts = []
    for codec in _CHARSETS.values():
        chars = {value: re.escape(_byte(value, codec)) for value in range(0x80, 0x100)}
        tails = "[" + "".join(chars[value] for value in range(0x80, 0xC0)) + "]"
        two, three, four = (
            "[" + "".join(chars[value] for value in leads) + "]"
            for leads in (range(0xC2, 0xE0), range(0xE0, 0xF0), range(0xF0, 0xF5))
        )
        any_of_them = f"(?:{two}{tails}|{three}{tails}{{2}}|{four}{tails}{{3}})"
        parts.append(f"{any_of_them}{{2,}}")
        # Cyrillic and Greek letters lead and quotation marks follow in clean text too: there it takes two in a row, as
        # it does for what only whole words in other alphabets are made of.
        if codec in {"cp1251", "cp1253"}:
            parts += [f"{chars[lead]}[{_set(codec, second)}]{tails}" for lead, second in _PUNCTUATION]
        else:
            latin = "[" + "".join(chars[value] for value in range(0xC2, 0xC6)) + "]"
            parts.append(f"{latin}{tails}|{three}{tails}{{2}}|{four}{tails}{{3}}")
    # German and French read as windows-1251: a letter that no Cyrillic word has there.
    parts.append("Г[ЂЃ‚ѓ„†‡€‰ЉЊЌЋЏђ™љњќћџЎўЈ¤¦§©¬®±µ¶јЅѕ]")
    parts.append(_AMID_WORDS)
    # What all of them begin with stands in front: that is many times faster.
    return re.compile(f"(?={''.join(_pair())})(?:{'|'.join(parts)})|{_CUT_GRAVE}")


def _set(codec: str, values: Iterable[int]) -> str:
    """Some bytes as a charset shows them, for a class of a pattern."""
    return re.escape("".join(_byte(value, codec) for value in values))


@cache
def _pair() -> tuple[str, str]:
    """Patterns for what begins and what goes on with a sequence, in whatever charset."""
    leads, tails = (
        re.escape("".join(sorted({char for codec in _CHARSETS.values() for char in _high(codec)[some]})))
        for some in (slice(0xC2 - 0x80, 0xF5 - 0x80), slice(0xC0 - 0x80))
    )
    return f"[{leads}]", f"(?=[{tails}])"


@cache
def _beginning(tests: str = "") -> re.Pattern[str]:
    """What begins a sequence, if what follows passes some tests; all first characters in front, which is what is fast."""
    lead, tail = _pair()
    return re.compile(f"{lead}(?:{tail}{tests}|{_AT_WORD_END})")


@cache
def _gate() -> re.Pattern[str]:
    """The beginning of any sequence: a cheap look before the costly one."""
    tests = [
        f"(?<=[{_set(codec, first)}])[{_set(codec, range(0x80, 0xC0))}]{{{count}}}"
        for codec in _CHARSETS.values()
        for count, first in ((1, range(0xC2, 0xE0)), (2, range(0xE0, 0xF0)), (3, range(0xF0, 0xF5)))
    ]
    return _beginning(f"(?:{'|'.join(tests)})")


@cache
def _doubtful() -> re.Pattern[str]:
    """Characters that the single-byte charsets show for bytes from 0x80 on."""
    chars = {_byte(value, codec) for codec in _CHARSETS.values() for value in range(0x80, 0x100)}
    return re.compile("[" + "".join(map(re.escape, sorted(chars))) + "]")


def diagnose(text: str, _options: Options) -> Plan | None:
    """Find lines whose high characters are UTF-8 sequences, and what they were read as."""
    memory = _Memory()
    until, lines = memory.look(text)
    readings = [memory.reading(line, _LEAST_BITS) for line in lines]
    chains = Counter(reading.chain for line, reading in zip(lines, readings, strict=True) if reading.text != line.text)
    if not chains:
        return None
    chain = chains.most_common(1)[0][0]
    return Plan(lambda string: Outcome(tuple(_changes(memory, string, chain))), _note(chain), until)


class _Suspect(NamedTuple):
    """A line that holds a sequence."""

    start: int
    text: str
    share: Share


class _Memory:
    """What was found out about the lines of a page: each is read again once, when it is diagnosed or when it is mended."""

    def __init__(self) -> None:
        self._text = ""
        self._lines: list[_Suspect] = []
        """The lines of `_text`, which is what the page was looked at of."""
        self._once = cache(_once)

    def look(self, text: str) -> tuple[int | None, Sequence[_Suspect]]:
        """Return where the first line starts that is too much to be looked at, or gets too long, and the lines before."""
        left, until = MOST_CHARS, None
        lines: list[_Suspect] = []
        for line in _suspects(text):
            taken = len(line.text) * _TIMES[line.share]
            if taken > left:
                until = line.start if left < MOST_CHARS else line.start + left // _TIMES[line.share]
                break
            lines.append(line)
            left -= taken
        self._text = text[:until]
        self._lines = lines if until is None else list(_suspects(self._text))
        return until, self._lines

    def lines(self, string: str) -> Sequence[_Suspect]:
        """The lines of a string of the page, or of the text that was looked at."""
        return self._lines if string == self._text else list(_suspects(string))

    def reading(self, line: _Suspect, least: float) -> "_Restored":
        """A line read again, and what is still misread of it once more: another charset may have been used for each word.

        It stays what it is unless it is so many bits likelier then.
        """
        reading = _Restored(line.text)
        left: _Suspect | None = line
        for _ in _READ_AS:
            if left is None:
                break
            read = self._once(left.text, left.share)
            if read.text == reading.text or read.gain <= least:
                break
            chain = read.chain if reading.text == line.text else reading.chain
            reading = _Restored(read.text, chain, read.is_proved and reading.is_proved)
            left = next(_suspects(reading.text), None)
        return reading


class _Restored(NamedTuple):
    """A line read again."""

    text: str
    chain: Chain = ()
    """What ftfy did first."""
    is_proved: bool = True
    """Whether it makes the damage again."""
    gain: float = inf
    """Bits that it is likelier by; what ftfy makes of it has been weighed."""


def _suspects(text: str) -> Iterator[_Suspect]:
    """The lines that hold a sequence, and how much of their doubtful characters are sequences."""
    # Nearly all pages end here, and the gate takes 8 ms to make.
    if text.isascii() or not _beginning().search(text):
        return
    for start, line in lines_with(_gate(), text):
        yield _Suspect(start, line, _share(line))


def is_suspicious(text: str) -> bool:
    """Whether anything in a text looks like the beginning of a sequence."""
    return next(_suspects(text), None) is not None


def _share(line: str) -> Share:
    sequences = [sequence[0] for sequence in _sequences().finditer(line)]
    covered = sum(map(len, sequences))
    doubtful = len(_doubtful().findall(line))
    others = sum(map(len, _NOT_ASCII.findall(line))) - doubtful
    if not covered or covered < min(_ENOUGH, _STRAY * others) or _MARKS.search(line):
        return "none"
    if covered >= _COVERED * doubtful:
        return "most"
    return "some" if any(map(_is_letters, sequences)) else "none"


@lru_cache(1024)
def _is_letters(sequence: str) -> bool:
    """Whether one of the charsets makes letters of a sequence: stray quotation marks and dashes are too little to go by."""
    from tui.text.repairs.misread.unread import unread

    for read in _READ_AS:
        content = b"".join(unread(char, read) or b"" for char in sequence)
        if any(char > "\x7f" and char.isalpha() for char in content.decode("utf-8", "ignore")):
            return True
    return False


def _once(line: str, share: Share) -> _Restored:
    if share == "none":
        return _Restored(line)
    if share == "most" and (reading := _fix(line)).text != line:
        return reading
    segments, gain = _solve(line)
    return _Restored(_mended(line, segments), gain=gain)


def _solve(line: str) -> "tuple[list[Segment], float]":
    """The segments of a line that are UTF-8 read as one of the charsets, while the rest is as it should be, and their gain."""
    from tui.text.charset.misreading import Misreading
    from tui.text.repairs.misread.segments import solve  # with the character model, 4 MB

    best: list[Segment] = []
    most = 0.0
    for read in _READ_AS:
        segments, gain = solve(line, Misreading("u8", read))
        if read in _SIGNS_FIRST and not _is_evident(line, _mended(line, segments)):
            continue
        after = "".join(segment.after for segment in segments)
        if gain > most and _is_of_words(after) and (_LETTER.search(after) or _is_all(line, segments)):
            best, most = segments, gain
    return best, most


@cache
def _config() -> "TextFixerConfig":
    # 39 ms: only for text that passes the gate.
    from ftfy import TextFixerConfig

    return TextFixerConfig(
        unescape_html=False, remove_terminal_escapes=False, fix_latin_ligatures=False, fix_character_width=False,
        uncurl_quotes=False, fix_line_breaks=False, fix_surrogates=False, remove_control_chars=False, normalization=None,
        # explain=True: without it ftfy 6.3.1 ignores half of this configuration.
        explain=True,
    )  # fmt: skip


def _is_all(line: str, segments: "Iterable[Segment]") -> bool:
    """Whether nothing beyond ASCII is left, and only characters of three bytes come out: marks alone could be right."""
    left = spliced(line, ((segment.start, segment.end, "") for segment in segments))
    return left.isascii() and all(
        char >= _THREE_BYTES or char.isascii() for segment in segments for char in segment.after
    )


def _is_of_words(after: str) -> bool:
    """Whether the letters beyond ASCII that come out are such as words have, for the most part."""
    from tui.text.words.likely import rarity

    letters = [char for char in after if char > "\x7f" and char.isalpha() and char not in _LIGATURES]
    return not letters or 2 * sum(rarity(char) < _RAREST for char in letters) > len(letters)


def _fix(line: str) -> _Restored:
    """What ftfy makes of a line."""
    from ftfy import fix_encoding_and_explain

    from tui.text.words.likely import cost

    fixed, steps = fix_encoding_and_explain(re.sub(_CUT_GRAVE, "\u00c3\xa0", line), _config())
    chain = tuple((step.action, step.parameter) for step in steps or ())
    is_sound = "\n" not in fixed and cost(fixed) < cost(line)
    is_sound = is_sound and _is_of_words("".join(char for char in fixed if char not in line))
    if not is_sound or (any(codec in _SIGNS_FIRST for _, codec in chain) and not _is_evident(line, fixed)):
        return _Restored(line)
    return _Restored(fixed, chain, _is_proved(line, fixed, chain))


def _is_evident(line: str, fixed: str) -> bool:
    """Whether what is mended is more than a formula or a piece of a box: characters of three bytes, or words, come out."""
    if any(char >= _THREE_BYTES and char not in line for char in fixed):
        return True
    gone = [char for char in set(line) - set(fixed) if char > "\x7f"]
    if not all(_is_maths(char) or _is_box(char) for char in gone):
        return True
    least = 2 if any(map(_is_box, gone)) else 3
    known = set(_WORD.findall(line))
    return any(len(word) >= least and _is_word(word) for word in set(_WORD.findall(fixed)) - known)


def _is_maths(char: str) -> bool:
    return unicodedata.category(char) == "Sm" or "\u0370" <= char < "\u0400" or char == "\N{MICRO SIGN}"


def _is_box(char: str) -> bool:
    return "\u2500" <= char <= "\u259f"


def _is_word(letters: str) -> bool:
    """Whether letters, some beyond ASCII, have their capitals where words have them."""
    return not letters.isascii() and (letters[1:] == letters[1:].lower() or letters.isupper())


def _mended(line: str, segments: "Iterable[Segment]") -> str:
    return spliced(line, ((segment.start, segment.end, segment.after) for segment in segments))


def _changes(memory: _Memory, string: str, page_chain: Chain) -> Iterator[Change]:
    for line in memory.lines(string):
        reading = memory.reading(line, _MORE_BITS)
        if reading.text == line.text:
            replayed = _replayed(line.text, page_chain)
            reading = _Restored(replayed, page_chain, _is_proved(line.text, replayed, page_chain))
        yield from differences(line.text, reading.text, line.start, "certain" if reading.is_proved else "probable")


def _replayed(line: str, chain: Chain) -> str:
    """What the chain of the page makes of a line that is too short to be judged by itself."""
    text: str | bytes = line
    try:
        for action, codec in chain:
            if action == "encode" and isinstance(text, str):
                text = text.encode(codec)
            elif action == "decode" and isinstance(text, bytes):
                text = text.decode(codec)
            else:
                return line
    except UnicodeError:
        return line
    return text if isinstance(text, str) and "\n" not in text else line


def _is_proved(line: str, fixed: str, chain: Chain) -> bool:
    """Whether the chain backwards makes the damage out of the answer."""
    inverse = {"encode": "decode", "decode": "encode"}
    if not chain or any(action not in inverse for action, _ in chain):
        return False
    return _replayed(fixed, tuple((inverse[action], codec) for action, codec in reversed(chain))) == line


def _note(chain: Chain) -> Reason:
    read_as = [codec.removeprefix("sloppy-") for action, codec in chain if action == "encode"]
    if not read_as:
        return Reason("utf8_read_single_byte")
    return repeated(Reason("utf8_read_as", {"charset": read_as[0]}), len(read_as))


REPAIR = Repair(
    name="mojibake",
    order=10,
    about="rereads UTF-8 decoded as a single-byte charset",
    diagnose=diagnose,
)
