"""Chinese turned into the script that was asked for: simplified, traditional, or as in Taiwan or Hong Kong.

OpenCC does it, with its phrases, so that 头发 becomes 頭髮 and 发展 becomes 發展. Only on request, and only for Chinese:
a line with kana or Hangul is Japanese or Korean and stays. A line that is in traditional characters already is turned into simplified ones
first: naive conversions such as 關系 and 皇後 are mended on the way. Words are kept as they are (软件 is 軟件 in Taiwan
too, not 軟體): this is about characters.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from tui.model import Options
from tui.text.repairs import Change, Outcome, Plan, Repair

if TYPE_CHECKING:
    from opencc import OpenCC

_STEPS: dict[str, tuple[str, ...]] = {
    "hans": ("t2s",),
    "hant": ("t2s", "s2t"),
    "tw": ("t2s", "s2tw"),
    "hk": ("t2s", "s2hk"),
}
"""What was asked for -> OpenCC's configurations, one after the other."""
_NAMES = {
    "hans": "simplified characters",
    "hant": "traditional characters",
    "tw": "traditional characters as in Taiwan",
    "hk": "traditional characters as in Hong Kong",
}
_HAN = re.compile("[\u3400-\u9fff]")
_OTHERS = re.compile("[\u3041-\u309f\u30a1-\u30fa\u1100-\u11ff\uac00-\ud7af]")
"""Kana and Hangul: a line that holds some is not Chinese."""
_ALIGNED = 2000
"""Code points of a line up to which unequal lengths are aligned finely; a longer one becomes one edit."""


def diagnose(text: str, options: Options) -> Plan | None:
    """Plan the conversion that was asked for, if there is Chinese to convert."""
    if options.script == "keep" or not _HAN.search(text):
        return None
    target = options.script
    return Plan(lambda string: Outcome(tuple(_changes(string, target))), f"turned into {_NAMES[target]}")


@cache
def _converter(configuration: str) -> "OpenCC":
    from opencc import OpenCC  # 15 ms, and another 40 for a dictionary: only on request

    return OpenCC(configuration)


def _changes(string: str, target: str) -> Iterator[Change]:
    converted = string
    for configuration in _STEPS[target]:
        converted = _converter(configuration).convert(converted)
    at = 0
    for old, new in zip(string.split("\n"), converted.split("\n"), strict=True):
        if old != new and not _OTHERS.search(old):
            yield from _aligned(old, new, at)
        at += len(old) + 1


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
    about="Chinese is turned into the script that was asked for",
    diagnose=diagnose,
    spares_code=True,
)
