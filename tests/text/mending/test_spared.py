"""Titles that no repair changes are told by themselves; what a repair would change is always judged."""

import random
import runpy
import zlib
from pathlib import Path

import pytest

from tui.core.model import Options
from tui.text.charset.misreading import misread
from tui.text.mending.mend import mend
from tui.text.mending.spared import is_spared
from tui.text.repairs.misread.rare import FEWEST, misread_among
from tui.text.words import table

RARE = "嶶鶩廒噖犎驫叕"
HEADLINES = (
    "今日新聞報導內容豐富多彩",
    "總統府發言人昨天對外說明",
    "天氣預報說明天會下大雨了",
    "市政府宣布新的交通計畫啟動",
)


@pytest.mark.parametrize(
    "title",
    [
        "Rain, wind | The Gazette #3",
        "Rain,.wind",
        "普京總統發表講話，記者：張三",
        "雨が降る ー 新聞",
        "서울에 비가 온다",
        RARE,
        "2021 " + RARE,
    ],
)
def test_titles_without_a_sign_of_damage_are_spared_and_no_repair_changes_them(title: str) -> None:
    assert is_spared(title, Options())
    assert mend(title, Options()).text == title


@pytest.mark.parametrize(
    "title",
    [
        "Rain &amp; wind",
        "100% rain",
        r"\u96e8",
        "=E9=9B=A8",
        "Rain? Wind",
        "(Rain)",
        "a | b,.c",  # of a page whose commas were hit, and other than the next it is not judged by itself
        "Café | Rain",
        "新闻 | 雨",
        "鏄ヨ妭鏈変粈涔",
    ],
)
def test_titles_that_a_repair_may_change_are_judged(title: str) -> None:
    assert not is_spared(title, Options())


@pytest.mark.parametrize(
    ("title", "options", "is_so"),
    [
        ("總統", Options(script="hans"), False),
        ("Rain", Options(script="hans"), True),
        ("總統", Options(also=frozenset({"letter_swap"})), False),
        ("Rain", Options(also=frozenset({"letter_swap"})), True),
    ],
)
def test_what_is_asked_for_beside_the_usual_repairs_counts(title: str, options: Options, is_so: bool) -> None:
    assert is_spared(title, options) is is_so


def test_rare_text_is_told_from_misread_text_by_its_bytes_unless_it_is_too_short() -> None:
    assert not misread_among([RARE[:FEWEST]])
    assert misread_among([RARE[: FEWEST - 1]])


@pytest.mark.parametrize("headline", HEADLINES)
def test_what_was_misread_twice_or_has_lost_bytes_is_judged(headline: str) -> None:
    twice = misread(misread(headline, "u8", "gbk").replace("\ufffd", ""), "u8", "gbk").replace("\ufffd", "")
    assert not is_spared(twice, Options())
    assert not is_spared(RARE + "\u951f", Options())


@pytest.mark.parametrize("written", ["u8", "big5", "gbk", "eucjp"])
@pytest.mark.parametrize("read", ["gbk", "big5"])
@pytest.mark.parametrize("headline", HEADLINES)
def test_whatever_repairs_change_is_no_spared_title(written: str, read: str, headline: str) -> None:
    for start in range(len(headline) - 4):
        for title in (
            misread(headline[start:], written, read),
            headline[:start] + misread(headline[start:], written, read),
        ):
            title = " ".join(title.split())
            assert mend(title, Options()).text == title or not is_spared(title, Options())


@pytest.mark.parametrize(
    ("title", "is_so"),
    [
        ("人相蹴弪 忮耥铋", False),  # Пахнет весной
        ("矪蛻谲萱述鸎呓彳隝求眵桫掏颜晳凿谫帴", True),  # ЬлIЗунчиш
    ],
)
def test_russian_words_are_told_from_letters_that_stand_together_by_chance(title: str, is_so: bool) -> None:
    assert bool(misread_among([title])) is not is_so


def test_random_characters_are_spared_but_for_few_and_no_repair_changes_them() -> None:
    chance = random.Random(1)
    titles = ["".join(chr(chance.randint(0x4E00, 0x9FA5)) for _ in range(18)) for _ in range(500)]
    spared = [title for title in titles if is_spared(title, Options())]
    assert len(spared) > 480
    assert all(mend(title, Options()).text == title for title in spared[:100])


def test_the_table_of_rare_characters_is_what_its_script_makes() -> None:
    built = runpy.run_path(str(Path(__file__).parents[3] / "scripts" / "build_rare.py"))
    assert zlib.decompress(built["made"]()) == zlib.decompress(table("rare.zlib"))
