"""Characters of a script are counted row by row, and come to what a pattern finds one by one."""

import random
import re

import pytest

from tui.text.words.letters import Census, Letters, holds_wide

RANGES = {
    "narrow and two rows, one of them whole": "A-Za-z\u00c0-\u024f",
    "a row beyond, too": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
    "part of a row": "\u3041-\u30ff",
    "whole rows": "\u3400-\u9fff\uf900-\ufaff",
    "rows of which the last is not whole": "\u1100-\u11ff\uac00-\ud7af",
}
EDGES = "\x00@AZ[\xbf\xc0\xff\u0100\u01ff\u0200\u024f\u0250\u1dff\u1e00\u1eff\u1f00\u3040\u3041\u30ff\u3100\u33ff\u3400"
FAR = "\u9fff\ua000\uabff\uac00\ud6ff\ud700\ud7af\ud7b0\ud800\udfff\uf8ff\uf900\ufaff\ufb00\U0001f600\U00020000"


@pytest.mark.parametrize("ranges", RANGES.values(), ids=RANGES)
@pytest.mark.parametrize("chars", [EDGES[:6], EDGES[:10], EDGES, FAR, EDGES + FAR], ids=ascii)
def test_as_many_are_counted_as_there_are(ranges: str, chars: str) -> None:
    text = "".join(random.Random(1).choices(chars, k=500))
    assert Census(text).count(Letters(ranges)) == len(re.findall(f"[{ranges}]", text))


@pytest.mark.parametrize("last", [*EDGES, *FAR], ids=ascii)
def test_what_comes_before_wide_characters_is_none(last: str) -> None:
    assert holds_wide("a\xff\u2e80" + last) == (last >= "\u3000")


@pytest.mark.parametrize(
    ("text", "may_hold"), [("caf\xe9 \u0420", True), ("\u04ff", True), ("caf\xe9", False), ("\u0520", False)]
)
def test_a_character_may_be_there_where_its_row_is(text: str, may_hold: bool) -> None:
    assert Census(text).may_hold("\u0420\u2026") == may_hold
