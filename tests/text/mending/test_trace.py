"""A character of a repaired page is followed back to its bytes."""

import time

import bounded
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.model import Edit, Rows
from tui.text.charset.names import codec
from tui.text.mending.edits import undo
from tui.text.mending.trace import locate, unmended

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


@pytest.mark.parametrize("count", [8_000, 200_000])
def test_an_empty_line_among_thousands_is_found(count: int) -> None:
    raw, text = b"<br>\n" * count, "\n" * count
    found = locate(raw, "utf-8", text, 7, 8)
    assert found is not None
    assert found.raw == b"\n"


def test_places_that_overlap_are_counted_one_by_one() -> None:
    for offset in range(9):
        found = locate(b"<p>aaaaaaaaa</p>", "utf-8", "aaaaaaaaa", offset, offset + 1)
        assert found is not None
        assert (found.start_bytes, found.places) == (3 + offset, 1)


@pytest.mark.parametrize("run", [b"<b> \n" * 50_000, b" " * 200_000, b"<b>" * 50_000])
def test_neighbours_are_known_across_a_long_run_of_tags_and_blanks(run: bytes) -> None:
    found = locate(b"ab" + run + b"cd" + run + b"ef", "utf-8", "abcdef", 2, 3)
    assert found is not None
    assert (found.start_bytes, found.raw) == (2 + len(run), b"c")


def test_the_inside_of_a_tag_is_not_next_to_what_comes_after_it() -> None:
    found = locate(b"a<b a> c", "utf-8", "a c", 0, 1)
    assert found is not None
    assert (found.start_bytes, found.places) == (0, 1)


RUNAWAYS = [
    (b"<br>\n" * 200_000, "\n" * 200_000, 100_000),
    (b"<br>\n" * 200_000, "x\n" * 200_000, 200_000),
    (b" " * 1_000_000, "x " * 500_000, 2),
    (b"a" + b" " * 1_000_000 + b"b", "axb", 1),
    (b"<" * 1_000_000, "<" * 1_000 + "x", 1_000),
    (b"<" * 1_000_000, "<" * 1_000_000, 500_000),
    (b"< > " * 300_000, " " * 1_000 + "x" + " " * 1_000, 1_000),
    (b"< >" * 300_000, "< >" * 1_000 + "x", 3_000),
    (b"&amp" * 300_000, "&" * 500 + "x" + "&" * 500, 500),
    (b"ab" * 500_000, "ab" * 500 + "x" + "ba" * 500, 1_000),
    ((b"a" * 160 + b"b" * 160) * 3_000, "a" * 500 + "x" + "b" * 500, 500),
    (b"ab" + b"<b> \n" * 200_000 + b"ef", "abxdef", 2),
]


def run_away() -> None:
    for raw, text, offset in RUNAWAYS:
        locate(raw, "utf-8", text, offset, offset + 1)


def test_bytes_made_to_lose_the_way_in_take_linear_time() -> None:
    # 6 s for all of them; one that is quadratic takes hours.
    assert bounded.call(run_away, cpu_s=40).returncode == 0
