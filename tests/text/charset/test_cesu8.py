"""CESU-8 is read and written, and its halves wait for each other or are lost."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.charset.cesu8 import joined
from tui.text.charset.names import codec, to_text


@given(st.text())
def test_any_text_comes_back(text: str) -> None:
    written = text.encode(codec("cesu-8"))
    assert written.decode("copydesk_cesu_8") == text
    assert joined(written) == text.encode()


@given(st.binary(max_size=40))
def test_what_is_no_pair_is_decoded_as_utf_8_is(payload: bytes) -> None:
    assert to_text(payload, "cesu-8")[0] == joined(payload).decode("utf-8", "replace")


@pytest.mark.parametrize("size", range(1, 6))
def test_half_a_character_waits_for_the_other(size: int) -> None:
    decoder = codecs.getincrementaldecoder(codec("cesu-8"))()
    whole = "é😀".encode("copydesk_cesu_8")
    assert decoder.decode(whole[: 2 + size]) + decoder.decode(whole[2 + size :], final=True) == "é😀"


def test_the_place_of_what_is_lost_is_told() -> None:
    import ftfy.bad_codecs  # noqa: F401 - which has a codec of that name too

    assert to_text("a😀b".encode(codec("cesu-8")) + b"\xff", "cesu-8") == ("a😀b\ufffd", 8)
