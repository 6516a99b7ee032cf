"""Readings without tone marks that a machine put behind characters at random, some twice: 國(guo)(guo)際, 的(de).

They were put in between whole characters, so that nothing else is damaged; what has to be told is that no person put
them there. People gloss what is rare, or every character of a phrase; no person writes a reading twice, or one behind 的.
"""

from collections import Counter
from typing import TYPE_CHECKING
from unicodedata import normalize

from tui.core.patterns import lazy
from tui.text.repairs import Change, Outcome
from tui.text.repairs.gloss.forward import READINGS

if TYPE_CHECKING:
    from random import Random

_FINALS = {
    "": "a ai an ang ao e ei en eng er o ou",
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan un uo v ve",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo v ve",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
}
"""Initial -> finals of the syllables of Standard Chinese, as Hanyu Pinyin spells them, with v for ü."""
_SYLLABLES = frozenset(initial + final for initial, finals in _FINALS.items() for final in finals.split())
# The parenthesis before what must stand before it: that is what is searched for fast.
_GLOSS = lazy(r"\((?<=([\u4e00-\u9fff])\()([a-z]{1,6})\)(?:\(\2\))?")
_WORD = lazy(r"[^\W\d_]")
_COMMON = frozenset("的一是不了在人有我他這這个個中大上國和為以到說時要就出會可也你對生能而子下成年")
"""Characters that every reader knows: nobody glosses them one by one in running text."""

_MIN_DOUBLED, _MIN_COMMON = 2, 3
_MIN_HITS, _MIN_CHARACTERS, _MIN_REPEATED = 10, 8, 2
_MAX_BESIDE = 0.5
"""Share of glossed characters right behind another one; a phrase that is glossed for learners has more."""
_MIN_HAN = 0.5
"""Share of Han characters among letters, readings left aside."""
_MAX_ODD = 0.1
"""Share of readings that are no syllables, or not the one that the same character has elsewhere."""


def is_glossed(text: str) -> bool:
    """Whether a machine wrote readings without tone marks into a page.

    >>> is_glossed("The particle 的(de) is common; 了(le) is another one.")
    False
    """
    glosses = [(match[1], match[2], match) for match in _GLOSS.finditer(text)]
    if len(glosses) < _MIN_HITS:
        return False
    uses = Counter(char for char, _, _ in glosses)
    readings = Counter((char, reading) for char, reading, _ in glosses)
    usual = {char: reading for (char, reading), _ in reversed(readings.most_common())}
    odd = sum(reading not in _SYLLABLES or usual[char] != reading for char, reading, _ in glosses)
    doubled = sum("(" in match[0][1:] for *_, match in glosses)
    beside = sum(text[match.start() - 2 : match.start() - 1] == ")" for *_, match in glosses)
    bare = _GLOSS.sub("", text)
    letters = len(_WORD.findall(bare))
    is_machine = doubled >= _MIN_DOUBLED or (
        len(uses.keys() & _COMMON) >= _MIN_COMMON and beside <= _MAX_BESIDE * len(glosses)
    )
    return (
        is_machine
        and odd <= _MAX_ODD * len(glosses)
        and len(uses) >= _MIN_CHARACTERS
        and sum(count > 1 for count in uses.values()) >= _MIN_REPEATED
        and sum("\u4e00" <= char <= "\u9fff" for char in bare) >= _MIN_HAN * letters
    )


def undo(string: str) -> Outcome:
    """Take the readings out of a string of such a page; each is only probable, for bytes don't prove it."""
    return Outcome(
        tuple(
            Change(match.start() - 1, match.end(), match[1], "probable")
            for match in _GLOSS.finditer(string)
            if match[2] in _SYLLABLES
        )
    )


_MARKS = {"\u0300", "\u0301", "\u0304", "\u030c"}
_EVERYDAY = """
    的de 是shi 在zai 不bu 了le 和he 有you 這zhe 中zhong 大da 為wei 上shang 以yi 人ren 們men 年nian 月yue
    日ri 公gong 司si 市shi 新xin 汽qi 合he 作zuo
"""


def damage(text: str, chance: "Random") -> str:
    """Gloss a text in this way: characters of the ranking and a few common ones, chosen by chance, some of them doubled.

    >>> from random import Random
    >>> damage("大國", Random(0))
    '大(da)國(guo)'
    """
    toneless = {
        char: "".join(part for part in normalize("NFD", reading) if part not in _MARKS)
        for char, reading in READINGS.items()
    }
    readings = {item[0]: item[1:] for item in _EVERYDAY.split()} | toneless
    chosen = {
        char: f"({reading})" * (1 + (chance.random() < 0.2))
        for char, reading in readings.items()
        if chance.random() < 0.5
    }
    return "".join(char + chosen.get(char, "") if chance.random() < 0.8 else char for char in text)
