"""What a string takes up on a terminal: widths in cells, rows with kinsoku, and nothing in it that acts.

A terminal obeys control characters, and lets bidi and invisible characters lie about what stands where. `visible`
puts a printable stand-in in the place of each, one code point for one, so that offsets stay what they were.
"""

import re
import unicodedata
from functools import cache

TAB_CELLS = 8
"""Distance of tab stops, in cells from the start of the row."""
MARKS_IN_A_ROW = 8
"""Combining marks that one character keeps; each further one gets a cell of its own."""

C1_STAND_IN = "\N{SYMBOL FOR SUBSTITUTE FORM TWO}"
BIDI_STAND_IN = "\N{LEFTWARDS ARROW OVER RIGHTWARDS ARROW}"
INVISIBLE_STAND_IN = "\N{BROKEN BAR}"
BLANK_STAND_IN = "\N{OPEN BOX}"
HYPHEN_STAND_IN = "\N{NOT SIGN}"
LINE_STAND_IN = "\N{SYMBOL FOR NEWLINE}"
NO_CHARACTER = "\N{REPLACEMENT CHARACTER}"
MARK_STAND_IN = "\N{DOTTED CIRCLE}"
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"

# Blocks of marks that pile up without limit (zalgo); \p{Mn} is not in `re`.
_TONES = "\U0001f3fb-\U0001f3ff"
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302d\u3099\u309a\ufe20-\ufe2f" + _TONES
)
# Scripts in which ZWJ and ZWNJ decide on the shape of letters: Arabic to Syriac, Indic, Tibetan, Myanmar, Khmer, Mongolian.
_JOINING = "\u0600-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"

# What ZWJ makes one picture of where the terminal can: families, professions, flags of colours.
EMOJI = "\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff"

_STAND_INS = {
    "control": "\x00-\x1f\x7f",
    "c1": "\x80-\x9f",
    "bidi": "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069",
    "line": "\u2028\u2029",
    "hyphen": "\xad",
    "blank": "\u115f\u1160\u3164\uffa0\u180e",
    "invisible": "\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff",
    "broken": "\ud800-\udfff\ufffe\uffff"
    + "".join(f"{chr(p * 65536 + 65534)}{chr(p * 65536 + 65535)}" for p in range(1, 17)),
}
# Most text holds nothing of the kind, and a plain set is found ten times as fast.
_HINT = re.compile(f"[{''.join(_STAND_INS.values())}\u200c\u200d]|[{_MARKS}]{{{MARKS_IN_A_ROW + 1}}}")
_STAND_IN_OF = {
    "c1": C1_STAND_IN,
    "bidi": BIDI_STAND_IN,
    "line": LINE_STAND_IN,
    "hyphen": HYPHEN_STAND_IN,
    "blank": BLANK_STAND_IN,
    "invisible": INVISIBLE_STAND_IN,
    "broken": NO_CHARACTER,
    "joiner": INVISIBLE_STAND_IN,
    "mark": MARK_STAND_IN,
}


def visible(text: str, *, tabs: bool = False) -> str:
    """Return `text` with a stand-in for everything that would act or hide on a terminal; as long, in code points.

    Line ends get one too. `tabs`: leave tabs, for `wrap` and `expand`. Never fails.

    >>> visible("a\\x1b[31mb\\u202ec")
    'a␛[31mb⇆c'
    """
    if (text.isascii() and text.isprintable()) or not _HINT.search(text):
        return text
    return _risky().sub(_keep_tab if tabs else _stand_in, text)


@cache
def _risky() -> re.Pattern[str]:
    kinds = [f"(?P<{name}>[{chars}])" for name, chars in _STAND_INS.items()]
    kinds.append(f"(?P<joiner>(?<![{_JOINING}])(?:\u200c|(?<![{EMOJI}])\u200d|\u200d(?![{EMOJI}])))")
    kinds.append(f"(?P<mark>(?<=[{_MARKS}]{{{MARKS_IN_A_ROW}}})[{_MARKS}])")
    return re.compile("|".join(kinds))


def _stand_in(match: re.Match[str]) -> str:
    char = match[0]
    if match.lastgroup == "control":
        return "\N{SYMBOL FOR DELETE}" if char == "\x7f" else chr(0x2400 + ord(char))
    return _STAND_IN_OF[match.lastgroup or "broken"]


def _keep_tab(match: re.Match[str]) -> str:
    return "\t" if match[0] == "\t" else _stand_in(match)


# Kinds of character, as far as the end of a row is concerned.
_SPACE, _WORD, _CJK, _OPEN, _OPEN_CJK, _CLOSE, _CLOSE_CJK, _ZERO, _TAB = range(9)

_KIND_OF = dict.fromkeys("([{\N{LEFT SINGLE QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}", _OPEN)
_KIND_OF |= dict.fromkeys("（［｛｟〈《「『【〔〖〘〚〝﹁﹃﹙﹛﹝￥＄￡", _OPEN_CJK)
_KIND_OF |= dict.fromkeys(")]},.!?:;%\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}", _CLOSE)
_KIND_OF |= dict.fromkeys("\N{MIDDLE DOT}\N{HORIZONTAL ELLIPSIS}\N{TWO DOT LEADER}\N{EM DASH}\N{DEGREE SIGN}", _CLOSE)
_KIND_OF |= dict.fromkeys(
    "、。，．・：；？！）］｝｠〉》」』】〕〗〙〛〞〟﹂﹄﹚﹜﹞｡､｣･％‰℃～〜ー々〻ゝゞヽヾ", _CLOSE_CJK
)
_KIND_OF |= dict.fromkeys(
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯｰﾞﾟ", _CLOSE_CJK
)
_KIND_OF |= {" ": _SPACE, "\N{IDEOGRAPHIC SPACE}": _SPACE, "\t": _TAB}


def _breaks(before: int, after: int) -> bool:
    """Whether a row may end between a character of kind `before` and one of kind `after`."""
    if after in (_SPACE, _TAB, _ZERO):
        return False
    if before in (_SPACE, _TAB):
        return True
    if after in (_CLOSE, _CLOSE_CJK) or before in (_OPEN, _OPEN_CJK):
        return False
    return before in (_CJK, _CLOSE_CJK) or after in (_CJK, _OPEN_CJK)


_BREAKS = tuple(tuple(_breaks(before, after) for after in range(9)) for before in range(9))


def _cells(char: str, east_asian: str) -> int:
    # unicodedata calls what it doesn't know full-width; wcwidth knows newer characters than it does.
    if east_asian in "WF" and unicodedata.category(char) not in ("Cn", "Mn", "Me", "Cf", "Sk"):
        return 2
    if char < "\u0300" or "\u0370" <= char < "\u0483" or "\u2010" <= char < "\u2028" or "\u2190" <= char < "\u2600":
        return 1
    from wcwidth import wcwidth  # 25 ms that most pages never pay

    # Two regional indicators make one flag of two cells, a tone of skin is part of what it follows; wcwidth gives each two.
    if "\U0001f1e6" <= char <= "\U0001f1ff":
        return 1
    if "\U0001f3fb" <= char <= "\U0001f3ff":
        return 0
    # Most terminals give a vowel sign that has a place of its own a cell, wcwidth doesn't: too many leave a gap, too few
    # would let the next word cover it.
    return 1 if unicodedata.category(char) == "Mc" else max(wcwidth(char), 0)


class _Table(dict[str, tuple[int, int]]):
    """(cells, kind) of every character met so far."""

    def __init__(self, *, wide: bool) -> None:
        self._wide = wide

    def __missing__(self, char: str) -> tuple[int, int]:
        east_asian = unicodedata.east_asian_width(char)
        cells = _cells(char, east_asian)
        if self._wide and cells == 1 and east_asian == "A":
            cells = 2
        entry = self[char] = (cells, self._kind(char, cells))
        return entry

    @staticmethod
    def _kind(char: str, cells: int) -> int:
        if char in _KIND_OF:
            return _KIND_OF[char]
        if cells == 0:
            return _ZERO
        # Korean separates its words; half-width kana don't.
        is_hangul = "\uac00" <= char <= "\ud7a3" or "\u1100" <= char <= "\u11ff"
        return _CJK if (cells == 2 and not is_hangul and char > "\u2e7f") or "\uff66" <= char <= "\uff9d" else _WORD


_TABLES = {False: _Table(wide=False), True: _Table(wide=True)}
for _table in _TABLES.values():
    _table.update((chr(_code), (1, _KIND_OF.get(chr(_code), _WORD))) for _code in range(0x20, 0x7F))
    _table["\t"] = (TAB_CELLS, _TAB)


def width(text: str, *, wide: bool = False) -> int:
    """Return the cells that a visible text takes up; `wide`: characters of ambiguous width take two.

    >>> width("總統 abc"), width("“…”"), width("“…”", wide=True)
    (8, 3, 6)
    """
    if text.isascii():
        return len(text)
    table = _TABLES[wide]
    return sum(table[char][0] for char in text)


def fit(text: str, cells: int, *, wide: bool = False) -> str:
    """Return `text` made visible and, where it is too long, cut with an ellipsis to at most `cells` cells.

    >>> fit("美國總統拜登", 8), fit("short", 8), fit("a\\nb", 8)
    ('美國總…', 'short', 'a␊b')
    """
    # Each code point has a cell, save for marks, of which `visible` leaves a bounded number.
    bound = (cells + 1) * (MARKS_IN_A_ROW + 2)
    is_cut = len(text) > bound
    text = visible(text[:bound])
    if not is_cut and width(text, wide=wide) <= cells:
        return text
    table = _TABLES[wide]
    room = cells - table[ELLIPSIS][0]
    for index, char in enumerate(text):
        room -= table[char][0]
        if room < 0:
            return text[:index].rstrip() + ELLIPSIS if cells >= table[ELLIPSIS][0] else " " * max(cells, 0)
    return text + ELLIPSIS


def pad(text: str, cells: int, *, wide: bool = False) -> str:
    """Return `text` fitted into exactly `cells` cells, filled up with spaces on the right.

    >>> pad("美國總統", 7), pad("ab", 4)
    ('美國總…', 'ab  ')
    """
    text = fit(text, cells, wide=wide)
    return text + " " * (cells - width(text, wide=wide))


def expand(text: str, *, wide: bool = False) -> str:
    """Return a row of `wrap` with its tabs turned into spaces.

    >>> expand("a\\tb")
    'a       b'
    """
    if "\t" not in text:
        return text
    done = ""
    for piece in text.split("\t")[:-1]:
        done += piece
        done += " " * (TAB_CELLS - width(done, wide=wide) % TAB_CELLS)
    return done + text.rpartition("\t")[2]


def unbroken(text: str, *, wide: bool = False) -> int:
    """Return the cells of the longest part of a visible text in which no row may end, as `wrap` sees it.

    >>> unbroken("美國總統，two words ")
    5
    """
    table = _TABLES[wide]
    most = used = 0
    previous = _OPEN
    for char in text:
        cell, kind = table[char]
        if _BREAKS[previous][kind]:
            used = 0
        if kind not in (_SPACE, _TAB):
            used += cell
            most = max(most, used)
        if kind != _ZERO:
            previous = kind
    return most


def wrap(text: str, cells: int, *, wide: bool = False) -> list[int]:
    """Return where the rows of a line start, in code points; the first is 0. `text` comes from `visible(…, tabs=True)`.

    Rows take up at most `cells` cells, spaces at their ends not counted. No row starts with a closing or ends with an
    opening mark, and no word of letters is split, unless it fills a row by itself.

    >>> wrap("美國總統拜登表示，ABC公司。", 16)  # 美國總統拜登表 | 示，ABC公司。
    [0, 7]
    """
    table = _TABLES[wide]
    starts = [0]
    used = break_at = used_at_break = 0
    previous = _OPEN
    for index, char in enumerate(text):
        cell, kind = table[char]
        if kind == _TAB:
            cell = TAB_CELLS - used % TAB_CELLS
        if _BREAKS[previous][kind]:
            break_at, used_at_break = index, used
        if used + cell > cells and kind != _SPACE and cell:
            if break_at > starts[-1]:
                starts.append(break_at)
                used -= used_at_break
                if kind == _TAB or "\t" in text[break_at:index]:  # tab stops count from the start of the new row
                    used = width(expand(text[break_at:index], wide=wide), wide=wide)
                    cell = TAB_CELLS - used % TAB_CELLS if kind == _TAB else cell
            if used + cell > cells and index > starts[-1]:
                starts.append(index)
                used = 0
            used_at_break = 0
        used += cell
        if kind != _ZERO:
            previous = kind
    return starts
