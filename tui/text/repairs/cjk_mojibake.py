"""Text of another charset than the one it was read in: ÐÂÎÅ was 新闻, 鏄ヨ妭 was 春节, Ïðèâåò was Привет.

Certain is what reads back into the damage that stands in the page. Where bytes were lost on the way, the character model
fills them, as probable edits; where too many were lost, that is a problem with its place. UTF-8 read as a charset of
single bytes is left to `mojibake`.
"""

import re
from typing import TYPE_CHECKING

from tui.core.model import Options
from tui.text.repairs import Plan, Repair, within

if TYPE_CHECKING:
    from tui.text.repairs.misread.gate import Suspect

_GLOSS = re.compile(r"\((?<=[\u3400-\uf8ff]\()[a-z]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]*\s?\)")
"""Readings that were written into the bytes: `pinyin_gloss` needs the page as it is."""


_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
MOST_CHARS = 100_000
"""Characters of suspicious lines that are looked at, and characters beyond ASCII of a page that are mended: each may take
the model 10 µs."""


def diagnose(text: str, _options: Options) -> Plan | None:
    """Look for suspicious lines, and only if there are some, for what they were written in and read as."""
    if _GLOSS.search(text):
        return None
    from tui.text.repairs.misread.gate import suspects  # its patterns take a while to compile

    lines: list[Suspect] = []
    left = MOST_CHARS
    for line in suspects(text):
        if lines and line.end - line.start > left:
            break
        left -= line.end - line.start
        lines.append(line._replace(end=min(line.end, line.start + MOST_CHARS)))
    if not lines:
        return None
    from tui.text.repairs.misread.lines import find  # with the character model, 30 ms

    return find(text, lines, within(text, _BEYOND_ASCII, MOST_CHARS))


REPAIR = Repair(
    name="cjk_mojibake",
    order=5,
    about="rereads text decoded in the wrong charset: GBK as windows-1252, UTF-8 as GBK and others",
    diagnose=diagnose,
)
