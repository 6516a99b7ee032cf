"""The pieces of a query are pieces of every text that holds it."""

from hypothesis import given
from hypothesis import strategies as st

from tui.text.words.fold import pattern, pieces, wanted

WORDS = st.text(st.sampled_from("臺台湾灣abcABＣéпカｶ的。,-_ 😀한글"), max_size=12)


@given(WORDS, WORDS, WORDS)
def test_no_text_with_the_query_is_missed(before: str, query: str, after: str) -> None:
    assert set(wanted(query)) <= pieces(before + query + after)


@given(WORDS, WORDS)
def test_nor_one_in_another_script_or_width(query: str, text: str) -> None:
    if query and pattern(query).search(text):
        assert set(wanted(query)) <= pieces(text)


def test_two_characters_are_enough_in_chinese() -> None:
    assert wanted("臺灣") == ["台湾"]
    assert "台湾" in pieces("去台灣")
    assert "台湾" not in pieces("台南湾")
