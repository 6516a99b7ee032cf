"""Chinese turned into the script that was asked for: simplified, traditional, or as in Taiwan or Hong Kong.

OpenCC does it, with its phrases, so that 头发 becomes 頭髮 and 发展 becomes 發展. Only on request, and only lines that are
Chinese. A line that is traditional already keeps its characters but for those that Taiwan or Hong Kong writes otherwise,
so that names survive (鍾 stays 鍾); naive conversions such as 關系 and 皇後 are put right, in it and where OpenCC makes them
itself (被髮明). Words are kept as they are (软件 is 軟件 in Taiwan too, not 軟體): this is about characters.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from tui.core.model import Options, WrittenIn
from tui.core.patterns import lazy
from tui.core.problems import Reason
from tui.text.repairs import Change, Outcome, Plan, Repair
from tui.text.words import naive, scripts

if TYPE_CHECKING:
    from opencc import OpenCC

_STEPS: dict[str, dict[WrittenIn, tuple[str, ...]]] = {
    "hans": {"hans": (), "hant": ("t2s",), "mixed": ("t2s",), "none": ("t2s",)},
    "hant": {"hans": ("s2t",), "hant": (), "mixed": ("t2s", "s2t")},
    "tw": {"hans": ("s2tw",), "hant": ("t2tw",), "mixed": ("t2s", "s2tw")},
    "hk": {"hans": ("s2hk",), "hant": ("t2hk",), "mixed": ("t2s", "s2hk")},
}
"""What was asked for -> script of the line -> OpenCC's configurations, one after the other.

A line in which nothing is of one script alone may still hold rare traditional characters (步步高陞), which are never right
in simplified Chinese; the other way round 余 and 干 may be right as they are.
"""
_NAMES = {
    "hans": "simplified", "hant": "traditional", "tw": "traditional_taiwan", "hk": "traditional_hong_kong",
}  # fmt: skip
_HAN = lazy("[\u3400-\u9fff]")
# OpenCC 1.4.2 drops what stands behind a NUL in a word, where it takes two steps, and raises at a lone surrogate.
_UNFIT = lazy("([\0\ud800-\udfff]+)")
_ALIGNED = 2000
"""Code points of a line up to which unequal lengths are aligned finely; a longer one becomes one edit."""


def diagnose(text: str, options: Options) -> Plan | None:
    """Plan the conversion that was asked for, if there is Chinese to convert."""
    if options.script == "keep" or not _HAN.search(text):
        return None
    target = options.script
    setting = _Setting(scripts.is_other(text), scripts.most(text))
    return Plan(
        lambda string: Outcome(tuple(_changes(string, target, setting))),
        Reason("turned_into", {"script": Reason(_NAMES[target])}),
    )


class _Setting(NamedTuple):
    """What a page says about its lines that say nothing themselves."""

    is_other: bool
    """It is Japanese or Korean."""
    script: WrittenIn
    """The script of most of its Chinese."""


@cache
def _converter(configuration: str) -> "OpenCC":
    from opencc import OpenCC  # 15 ms, and another 40 for a dictionary: only on request

    return OpenCC(configuration)


def _changes(string: str, target: str, setting: _Setting) -> Iterator[Change]:
    at = 0
    for script, group in groupby(string.split("\n"), lambda line: _script(line, setting)):
        lines = list(group)
        steps = _STEPS[target].get(script, ()) if script else ()
        new_lines = _turned("\n".join(lines), steps, target, script).split("\n") if script else lines
        for old, new in zip(lines, new_lines, strict=True):
            if old != new:
                yield from _aligned(old, new, at)
            at += len(old) + 1


def _script(line: str, setting: _Setting) -> WrittenIn | None:
    """The script from which a line is to be turned; None: it is no Chinese."""
    if not scripts.is_chinese(line, setting.is_other):
        return None
    script = scripts.written(line)
    return setting.script if script == "none" else script


def _turned(text: str, steps: Sequence[str], target: str, script: WrittenIn) -> str:
    for configuration in steps:
        convert = _converter(configuration).convert
        text = "".join(part if at % 2 else convert(part) for at, part in enumerate(_UNFIT.split(text)))
    return text if target == "hans" or script == "none" else naive.mended(text)


def _aligned(old: str, new: str, at: int) -> Iterator[Change]:
    """The runs of a line that differ: character by character where both are as long, as they nearly always are."""
    if len(old) == len(new):
        runs = re.finditer("1+", "".join("01"[a != b] for a, b in zip(old, new, strict=True)))
        yield from (Change(at + run.start(), at + run.end(), new[run.start() : run.end()]) for run in runs)
    elif len(old) > _ALIGNED:
        yield Change(at, at + len(old), new)
    else:
        from difflib import SequenceMatcher  # hardly ever needed

        for kind, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind != "equal":
                yield Change(at + start, at + end, new[first:last])


REPAIR = Repair(
    name="script",
    order=90,
    about="converts Chinese to the script asked for",
    diagnose=diagnose,
    spares_code=True,
)
