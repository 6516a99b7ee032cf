"""Figures of quality."""

import pytest
from made_pages import bare, marked_up

from tui.text import document
from tui.text.quality.signals import _STOPS, RULES, SIGNALS, failed


def signals(text: str) -> dict[str, float]:
    return dict(document.parse(bare(text)).signals)


def test_an_empty_page_has_figures_of_nothing() -> None:
    assert set(signals("").values()) == {0.0}


def test_replacement_characters_are_counted_among_the_visible() -> None:
    assert signals("雨\ufffd\ufffd天 \n")["replacement_ratio"] == 0.5


def test_lines_that_stand_there_again_are_duplicates() -> None:
    assert signals("a line that is long\n" * 4)["duplicate_line_ratio"] == 0.75


@pytest.mark.parametrize(
    "clean",
    [
        "Der Flößer grüßt über die Brücke, naïve Gäste öffnen ihr Café.",
        "Où êtes-vous allé ? À la fête, « très tôt » — l’été dernier.",
        "Ó, você não está só; às vezes há razões.",
        "山城圖書館宣布延長夜間開放時間,讀者可以停留到晚上十一點。",
        "Сегодня в Ростове и Самаре СССР вспоминали.",
    ],
)
@pytest.mark.parametrize("wrong", ["windows-1252", "latin-1"])
def test_clean_text_shows_no_mojibake_and_its_broken_form_does(clean: str, wrong: str) -> None:
    assert signals(clean)["mojibake"] == 0.0
    broken = clean.encode("utf-8").decode(wrong, errors="replace")
    assert signals(broken)["mojibake"] > 0.02


def test_han_and_links_are_shares() -> None:
    found = document.parse(marked_up("<p>雨天ab</p><p><a href=/x>abcd</a></p>")).signals
    assert (found["han_ratio"], found["link_density"]) == (0.25, 0.5)


def test_every_signal_has_a_meaning_and_every_meaning_a_signal() -> None:
    everyday = set(signals("")) | {"script_mix", "language_score", "doubt"}
    rules = {f"fails_{rule.name}" for rule in (*RULES, _STOPS)}
    assert everyday | rules == set(SIGNALS)


def test_a_page_of_running_text_fails_no_rule_of_a_corpus() -> None:
    """Words and characters have bounds of their own."""
    english = [
        "It rained on the first day of the voyage, and those who have a coat went to the harbour with it.",
        "Nobody had told the cook that the boats would be late, so he kept the soup warm until evening.",
        "By nine the wind turned, the lamps went out one after another, and everybody sat in the dark.",
    ]
    chinese = [
        "下了一整天的雨,有外套的人都到港口去看船,沒有外套的人在家裡和孩子說起從前的事。",
        "廚師不知道漁船會晚到,便把湯一直溫到傍晚,桌上的燈也沒有熄,等的人都睡著了。",
        "九點過後風向變了,路燈一盞接一盞地暗下來,大家坐在黑暗裡聽海,誰也不想先開口。",
    ]
    assert (failed(english, "en"), failed(chinese, "zh-Hant")) == ({}, {})


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        (["Rain."], "gopher_words"),
        (["- one", "- two", "- three"], "gopher_bullets"),
        (["It rained…"] * 2 + ["It rained."], "gopher_ellipses"),
        (["12 34 56 rain"], "gopher_letters"),
        (["supercalifragilistic extraordinarily"], "gopher_word_length"),
        (["# # # rain"], "gopher_symbols"),
        (["it rained again"] * 5, "gopher_duplicate_lines"),
        (["it rained again"] * 5, "fineweb_duplicate_characters"),
        (["rain rain rain rain rain rain"], "gopher_2_grams"),
        (["if (rain) { stay(); }"], "c4_braces"),
        (["Lorem ipsum dolor sit amet"], "c4_lorem_ipsum"),
        (["It rained."], "c4_sentences"),
        (["it rained"], "fineweb_punctuated_lines"),
        (["rain"] * 3, "fineweb_short_lines"),
        (["rain"] * 3, "fineweb_newlines"),
        (["Es regnete gestern"], "gopher_stop_words"),
        (["下雨下雨下雨下雨"], "gopher_2_grams"),
    ],
)
def test_a_body_fails_the_rule_that_it_breaks(lines: list[str], rule: str) -> None:
    assert rule in failed(lines, "en")


def test_the_figure_that_fails_a_rule_is_a_signal() -> None:
    found = document.parse(marked_up("<p>It rained all day, and nobody went out.</p>")).signals
    assert found["fails_gopher_words"] == 8


@pytest.mark.parametrize(
    ("lines", "rule", "is_kept"),
    [
        (["rain " * 49], "gopher_words", False),
        (["rain " * 50], "gopher_words", True),
        (["雨" * 99], "gopher_words", False),
        (["雨" * 100], "gopher_words", True),
        (["all the fog is"], "gopher_word_length", False),
        (["all the fog"], "gopher_word_length", True),
        (["x" * 10], "gopher_word_length", True),
        (["x" * 11], "gopher_word_length", False),
        (["rain # " + "rain " * 8], "gopher_symbols", True),
        (["rain # " + "rain " * 7], "gopher_symbols", False),
        (["雨" * 20 + "#"], "gopher_symbols", True),
        (["雨" * 19 + "#"], "gopher_symbols", False),
        (["- rain"] * 9 + ["rain"], "gopher_bullets", True),
        (["- rain"] * 19 + ["rain"], "gopher_bullets", False),
        (["rain…"] * 3 + ["rain"] * 7, "gopher_ellipses", True),
        (["rain…"] * 4 + ["rain"] * 6, "gopher_ellipses", False),
        (["rain rain rain rain 7"], "gopher_letters", True),
        (["rain rain rain 7"], "gopher_letters", False),
        ([*"abcdefg", *"abc"], "gopher_duplicate_lines", True),
        ([*"abcdef", *"abcd"], "gopher_duplicate_lines", False),
        (["a b c d e f g h i j k l m n o p q a b"], "gopher_2_grams", False),
        (["a b c d e f g h i j k l m n o p q r a b"], "gopher_2_grams", True),
        (["the be"], "gopher_stop_words", True),
        (["the rain"], "gopher_stop_words", False),
        (["Rain. Wind. Fog."], "c4_sentences", True),
        (["Rain. Wind."], "c4_sentences", False),
        (["x" * 29] * 2 + ["x" * 30], "fineweb_short_lines", True),
        (["x" * 29] * 3 + ["x" * 30], "fineweb_short_lines", False),
        (["雨" * 9] * 2 + ["雨" * 10], "fineweb_short_lines", True),
        (["雨" * 9] * 3 + ["雨" * 10], "fineweb_short_lines", False),
        (["Rain.", *["rain"] * 7], "fineweb_punctuated_lines", True),
        (["Rain.", *["rain"] * 8], "fineweb_punctuated_lines", False),
        (["a b c d e f g", "h i j"], "fineweb_newlines", True),
        (["a b c", "d e f"], "fineweb_newlines", False),
    ],
)
def test_a_rule_of_a_corpus_keeps_what_lies_within_its_bounds(lines: list[str], rule: str, is_kept: bool) -> None:
    assert (rule not in failed(lines, "en")) is is_kept


@pytest.mark.parametrize(("before", "is_kept"), [(59_988, False), (59_989, True)])
def test_60000_characters_of_a_body_are_held_against_the_rules(before: int, is_kept: bool) -> None:
    assert ("c4_braces" not in failed(["x" * (before + 11) + "{"], "en")) is is_kept


@pytest.mark.parametrize(("wide", "is_wide"), [(10, False), (11, True)])
def test_a_body_is_counted_in_characters_where_a_third_of_it_is_wide(wide: int, is_wide: bool) -> None:
    words = failed(["雨" * wide + "x" * (30 - wide)])["gopher_words"]
    assert (words == wide + (30 - wide) if is_wide else words == 1) is True
