"""Rows, widths and stand-ins: what reaches a terminal takes up what we say, and does nothing."""

import itertools
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.words.cells import MARKS_IN_A_ROW, expand, fit, pad, visible, width, wrap

ACTS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff\ud800-\udfff]"
)
any_text = st.text(st.characters(), max_size=120)
line_text = st.text(st.sampled_from("國家，。「」（）abc de,.?'“”…—\t \u3000한국ｱ\u0301é😀A1"), max_size=200)


def rows(text: str, cells: int, *, wide: bool = False) -> list[str]:
    starts = wrap(text, cells, wide=wide)
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


@given(any_text)
def test_nothing_that_acts_or_hides_is_left_and_every_offset_stays(text: str) -> None:
    shown = visible(text)
    assert not ACTS.search(shown)
    assert len(shown) == len(text)
    assert visible(shown) == shown
    shown.encode("utf-8")


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b]8;;http://x\x07", "␛]8;;http://x␇"),
        ("\x9b31m\x85\x7f", "␦31m␦␡"),
        ("a\u202eb\u2066", "a⇆b⇆"),
        ("pass\u200bword\U000e0041", "pass¦word¦"),
        ("Sil\u00adbe", "Sil¬be"),
        ("\ud800\ufffe", "��"),
        ("a\u2028b", "a␤b"),
    ],
)
def test_each_kind_of_hostile_character_has_its_stand_in(hostile: str, shown: str) -> None:
    assert visible(hostile) == shown


def test_joiners_stay_where_a_script_needs_them_and_show_where_it_does_not() -> None:
    assert visible("می\u200cخواهم") == "می\u200cخواهم"
    assert visible("क्\u200dष") == "क्\u200dष"
    assert visible("pay\u200cpal") == "pay¦pal"


def test_piled_up_marks_get_cells_of_their_own() -> None:
    piled = visible("a" + "\u0301" * 40)
    assert width(piled) == 1 + 40 - MARKS_IN_A_ROW
    assert visible("e\u0301") == "e\u0301"


@given(line_text, st.integers(8, 40), st.booleans())
def test_rows_hold_the_whole_line_and_fit(text: str, cells: int, wide: bool) -> None:
    pieces = rows(text, cells, wide=wide)
    assert "".join(pieces) == text
    for piece in pieces:
        assert width(expand(piece.rstrip(" \u3000\u0301"), wide=wide), wide=wide) <= cells


@given(line_text, st.integers(12, 40))
def test_a_row_starts_with_a_closing_mark_only_after_a_run_that_fills_a_row(text: str, cells: int) -> None:
    pieces = rows(text, cells)
    for before, after in itertools.pairwise(pieces):
        if after[0] in "，。」）" and not before.endswith((" ", "\u3000", "\t")):
            assert width(before) >= cells - 1


def test_no_row_starts_with_a_comma_or_ends_with_an_opening_quote() -> None:
    assert rows("一二三四，五六", 8) == ["一二三", "四，五六"]
    assert rows("一二三“四五”", 7) == ["一二三", "“四五”"]
    assert rows("一二三「四五", 8) == ["一二三", "「四五"]


def test_latin_words_and_numbers_stay_whole_in_chinese() -> None:
    assert rows("發表於2021年ABC公司", 9) == ["發表於", "2021年ABC", "公司"]


def test_korean_breaks_at_its_spaces() -> None:
    assert rows("대한민국 정부는 오늘", 10) == ["대한민국 ", "정부는 ", "오늘"]


def test_a_word_longer_than_a_row_is_split_rather_than_lost() -> None:
    assert rows("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


def test_a_dash_pair_and_an_ellipsis_pair_are_not_torn_apart() -> None:
    assert rows("一二三——四", 7) == ["一二", "三——四"] or rows("一二三——四", 8) == ["一二三——", "四"]
    assert all(not row.startswith(("…", "—")) for row in rows("一二三……四五——六七八……", 8))


def test_tabs_reach_the_next_stop_of_their_row() -> None:
    assert expand("ab\tc\td") == "ab      c       d"
    assert rows("\t\tabc", 18) == ["\t\t", "abc"]


def test_a_cut_goes_by_cells_and_leaves_no_half_character() -> None:
    assert fit("總統府", 5) == "總統…"
    assert fit("總統府", 4) == "總…"
    assert pad("總統府", 4) == "總… "
    assert fit("abc", 0) == ""


@given(any_text, st.integers(0, 30), st.booleans())
def test_padding_always_gives_the_cells_asked_for(text: str, cells: int, wide: bool) -> None:
    assert width(pad(text, cells, wide=wide), wide=wide) == cells


def test_ambiguous_characters_take_two_cells_when_asked() -> None:
    assert (width("“中”"), width("“中”", wide=True)) == (4, 6)
    assert unicodedata.east_asian_width("“") == "A"
    assert rows("“中文”", 6, wide=True) == ["“中", "文”"]


def test_a_title_of_a_million_characters_is_cut_without_looking_at_all_of_it() -> None:
    assert fit("國" * 1_000_000, 10) == "國國國國…"
    assert fit("\u0301" * 1_000_000, 10).endswith("…")


@pytest.mark.parametrize(
    ("text", "cells"),
    [("🇩🇪🇫🇷", 4), ("👍🏽", 2), ("👩\u200d🚀", 4), ("e\u0301", 1), ("पुलिस", 4), ("बदमाशों", 6), ("สวัสดี", 4)],
)
def test_pictures_and_syllables_of_several_characters_take_the_cells_of_their_parts(text: str, cells: int) -> None:
    assert visible(text) == text
    assert width(text) == cells


def test_a_joiner_joins_pictures_and_letters_and_is_to_be_seen_elsewhere() -> None:
    assert visible("a\u200db") == "a¦b"
    assert visible("👩\u200da\u200d🚀") == "👩¦a¦🚀"
    assert visible("👍" + "🏽" * 20).count("🏽") < 12
