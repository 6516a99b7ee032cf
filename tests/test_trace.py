"""A character of a repaired page is followed back to its bytes."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model import Edit, Rows
from tui.text.charsets import codec
from tui.text.edits import undo
from tui.text.trace import locate, unmended

LINES = "潮汐圖書館今晚開放\n館長說歡迎大家來看書\n"


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.text("統(tǒng)é", max_size=4)), max_size=8), st.data()
)
def test_what_stood_there_before_is_what_undoing_all_edits_gives(
    made: list[tuple[int, int, str]], data: st.DataObject
) -> None:
    text, edits, at = LINES * 3, [], 0
    for gap, length, before in made:
        start = at + gap
        after = text[start : start + length]
        if before != after:
            edits.append(Edit(start, start + length, before, after, "entities"))
        at = start + length + 1
    offset = data.draw(st.integers(0, len(text) - 1))
    found = unmended(text, Rows(Edit, edits), offset)
    assert found.text == undo(text, edits)
    if found.edit is None:
        assert found.text[found.start : found.end] == text[offset]
    else:
        assert found.edit.start <= offset < found.edit.end
        assert found.text[found.start : found.end] == found.edit.before


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "big5", "utf-16le"])
def test_each_character_is_found_at_its_own_bytes(charset: str) -> None:
    text = LINES * 4
    raw = text.encode(codec(charset))
    at = 0
    for offset, char in enumerate(text):
        size = len(char.encode(codec(charset)))
        if char != "\n":
            found = locate(raw, charset, text, offset, offset + 1)
            assert found is not None
            assert (found.start_bytes, found.raw) == (at, raw[at : at + size])
        at += size


def test_markup_around_and_escapes_for_a_character_do_not_hide_it() -> None:
    raw = "<title>海</title><p>看<b>海</b>的&#20154;</p>".encode()
    found = locate(raw, "utf-8", "看海的人", 3, 4)
    assert found is not None
    assert found.raw == b"&#20154;"
    sea = locate(raw, "utf-8", "看海的人", 1, 2)
    assert sea is not None
    assert sea.raw == "海".encode()
    assert sea.start_bytes == raw.rindex("海".encode())


def test_bytes_that_are_of_no_character_are_shown_as_they_are() -> None:
    found = locate("潮汐".encode() + b"\xe5\x9c" + "書館".encode(), "utf-8", "潮汐\ufffd書館", 2, 3)
    assert found is not None
    assert (found.start_bytes, found.raw) == (6, b"\xe5\x9c")


def test_a_place_that_could_be_several_says_so() -> None:
    found = locate("<p>海</p><p>海</p><i>海</i>".encode(), "utf-8", "海", 0, 1)
    assert found is not None
    assert found.places == 3


def test_what_is_not_in_the_bytes_is_not_found() -> None:
    assert locate(b"abc", "utf-8", "海", 0, 1) is None
    assert locate(b"\x1b$B3$\x1b(B", "iso-2022-jp", "海", 0, 1) is None
    assert locate(b"", "utf-8", "", 0, 0) is None


def test_a_page_of_fifty_thousand_edits_is_undone_at_once() -> None:
    text = "字" * 2_000_000
    edits = Rows(Edit, [Edit(at * 40, at * 40 + 1, "統(tǒng)", "字", "pinyin_gloss") for at in range(50_000)])
    since = time.process_time()
    found = unmended(text, edits, 1_000_001)
    assert found.start == 1_000_001 + 25_001 * 6
    assert time.process_time() - since < 1  # 20 ms
