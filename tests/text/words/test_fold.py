"""What a reader takes for the same is found, and stays where it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.words.fold import fold, forms, pattern


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("台湾", "去臺灣的船"),
        ("台灣", "台湾"),
        ("臺灣", "颱湾"),
        ("总统", "總統府"),
        ("總統", "总统府"),
        ("着", "走著瞧"),
        ("里", "這裡和那裏"),
        ("卫生", "衞生"),
        ("nba", "ＮＢＡ"),
        ("ＮＢＡ", "nba NBA"),
        ("カナ", "ｶﾅ"),
        ("a b", "a\u3000b"),
        ("a\u3000b", "a b"),
        ("a b", "A\N{NO-BREAK SPACE}B"),
        ("凉", "\uf979"),
        ("οδοσ", "ΟΔΟΣ"),
        ("100%(a+b)*", "１００％(a＋b)*"),
    ],
)
def test_a_query_finds_the_other_ways_to_write_it(query: str, text: str) -> None:
    assert pattern(query).search(text)
    assert fold(query) in fold(text)


@pytest.mark.parametrize(
    ("query", "text"), [("台北", "台南"), ("iPad", "ipad"), ("a.c", "abc"), ("么", "幺"), ("未", "末"), ("日", "曰")]
)
def test_a_query_finds_nothing_else(query: str, text: str) -> None:
    assert not pattern(query).search(text)


def test_a_hit_is_found_in_the_midst_of_other_scripts_at_its_own_place() -> None:
    text = "İstanbul → 臺灣 ＡＢＣ \U00020000"
    found = pattern("台湾").search(text)
    assert found is not None
    assert found.start() == fold(text).index("台湾") == text.index("臺灣")


@given(st.text())
def test_folding_keeps_every_place_and_folding_again_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@given(st.text(min_size=1))
def test_a_text_is_found_by_itself(text: str) -> None:
    assert pattern(text).search(text)


def test_all_forms_of_a_character_fold_to_the_same() -> None:
    assert {fold(char) for char in forms("发")} == {"发"}
    assert set(forms("发")) == {"发", "發", "髮"}
