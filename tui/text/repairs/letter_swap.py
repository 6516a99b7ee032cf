"""Latin letters that were turned into Chinese characters, 丑别濒濒辞 for hello, on request.

Spam tools write, for each letter, the first character in the order of pinyin whose GBK bytes end with it, and simplify
that. Some of these characters are common ones (厂, 颁), so that only runs of them are touched, and only those that make more
sense as letters.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from tui.core.model import Options
from tui.core.problems import Reason
from tui.text.repairs import Change, Outcome, Plan, Repair
from tui.text.words import likely
from tui.text.words.lexicon import words

_SWAPS = """
    a补 b产 c肠 d诲 e别 f蹿 g驳 h丑 i颈 j箩 k办 l濒 m尘 n苍 o辞 p辫 q辩 r谤 s蝉 t迟 u耻 v惫 w飞 x虫 y测 z锄
    A础 B叠 C颁 D顿 E贰 F贵 G骋 H贬 I滨 J闯 K碍 L尝 M惭 N狈 O翱 P笔 Q蚕 R搁 S厂 T罢 U鲍 V痴 W奥 X齿 Y驰 Z窜
"""
"""Letter and its character. Seen on pages, but for D H L M N O P Q V W X Y Z, which follow from the rule."""
LETTERS: Mapping[str, str] = {item[1]: item[0] for item in _SWAPS.split()}
_BETWEEN = "(?:[0-9.'’&/@_+-]|[,:;]? )*"
"""Signs that stand between letters; a comma without a space is a Chinese one."""
_MIN_RUN = 4
"""Letters that a run has at least."""
_MIN_PAGE = 8
"""Letters that the runs of a page have together at least."""
_GAIN = 0.6
"""A run is at most so much of its cost when it is read as letters."""


def swap(text: str) -> str:
    """Turn the letters of a text into characters, as the tools do; the forward model of this repair.

    >>> swap("hello, World 7")
    '丑别濒濒辞, 奥辞谤濒诲 7'
    """
    return text.translate({ord(letter): char for char, letter in LETTERS.items()})


@cache
def _table() -> dict[str, str]:
    """Character -> letter, with the traditional forms that have the letter in their bytes."""
    table = dict(LETTERS)
    for code, simple in words().simplified.items():
        letter = LETTERS.get(chr(simple))
        if letter and chr(code).encode("gb18030")[1:] == letter.encode():
            table[chr(code)] = letter
    return table


@cache
def _run() -> re.Pattern[str]:
    chars = "".join(_table())
    return re.compile(f"[{chars}](?:{_BETWEEN}[{chars}])+")


def diagnose(text: str, _options: Options) -> Plan | None:
    """Find out whether a page has runs of such characters; None if not."""
    runs = [match[0] for match in _runs(text)]
    if sum(char in _table() for run in runs for char in run) < _MIN_PAGE:
        return None
    return Plan(_undo, Reason("were_letters"))


def _runs(text: str) -> Iterator[re.Match[str]]:
    for match in _run().finditer(text):
        run = match[0]
        is_long = sum(char in _table() for char in run) >= _MIN_RUN
        if is_long and likely.cost(_letters(run)) <= _GAIN * likely.cost(run):
            yield match


def _letters(run: str) -> str:
    return "".join(_table().get(char, char) for char in run)


def _undo(string: str) -> Outcome:
    return Outcome(tuple(Change(match.start(), match.end(), _letters(match[0]), "probable") for match in _runs(string)))


REPAIR = Repair(
    name="letter_swap",
    order=40,
    about="turns Chinese characters that were Latin letters (丑别濒濒辞) back",
    diagnose=diagnose,
    is_optional=True,
)
