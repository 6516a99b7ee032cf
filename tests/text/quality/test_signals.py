"""Figures of quality."""

import pytest
from made_pages import bare, marked_up

from tui.text import document
from tui.text.quality.signals import SIGNALS


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


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Вчера в Ростове вспоминали дождь".encode().decode("windows-1251", errors="replace"), 0.5),
        ("锟斤拷锟斤拷 rain", 0.6),
        ("鐨勭鐨勭鐨勭 rain", 0.6),
        ("的生活的方式的 rain", 0.0),
    ],
)
def test_text_read_in_a_charset_that_has_all_bytes_is_mojibake(text: str, share: float) -> None:
    assert share <= signals(text)["mojibake"] <= share + 0.3


def test_han_and_links_are_shares() -> None:
    found = document.parse(marked_up("<p>雨天ab</p><p><a href=/x>abcd</a></p>")).signals
    assert (found["han_ratio"], found["link_density"]) == (0.25, 0.5)


def test_every_signal_has_a_meaning_and_every_meaning_a_signal() -> None:
    everyday = set(signals("")) | {"script_mix", "language_score", "doubt"}
    assert everyday == set(SIGNALS)
