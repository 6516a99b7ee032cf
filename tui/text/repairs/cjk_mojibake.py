"""Text of another charset than the one it was read in: ÐÂÎÅ was 新闻, 鏄ヨ妭 was 春节, Ïðèâåò was Привет.

Certain is what reads back into the damage that stands in the page. Where bytes were lost on the way, the character model
fills them, as probable edits; where too many were lost, that is a problem with its place. UTF-8 read as a charset of
single bytes is left to `mojibake`.
"""

import re

from tui.model import Options
from tui.text.repairs import Plan, Repair

_GLOSS = re.compile(r"\((?<=[\u3400-\uf8ff]\()[a-z]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]*\s?\)")
"""Readings that were written into the bytes: `pinyin_gloss` needs the page as it is."""


def diagnose(text: str, _options: Options) -> Plan | None:
    """Look for suspicious lines, and only if there are some, for what they were written in and read as."""
    if _GLOSS.search(text):
        return None
    from tui.text.repairs._misread_gate import suspects  # its patterns take a while to compile

    lines = list(suspects(text))
    if not lines:
        return None
    from tui.text.repairs._misread_page import find  # with the character model, 30 ms

    return find(text, lines)


REPAIR = Repair(
    name="cjk_mojibake",
    order=5,
    about="text of one charset that was read in another is read again: GBK as windows-1252, UTF-8 as GBK and others",
    diagnose=diagnose,
)
