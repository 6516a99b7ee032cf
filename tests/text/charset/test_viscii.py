"""VISCII is read and written as other programs do."""

import pytest

from tui.text.charset.names import codec, find

# By iconv of glibc.
KNOWN = {"Ẳ": b"\x02", "Ỵ": b"\x1e", "Ạ": b"\x80", "Ỳ": b"\x9f", "Ỡ": b"\xb3", "ư": b"\xdf", "đ": b"\xf0", "Ữ": b"\xff"}


@pytest.mark.parametrize("char", KNOWN)
def test_letters_stand_where_other_programs_put_them(char: str) -> None:
    assert char.encode(codec("viscii")) == KNOWN[char]
    assert KNOWN[char].decode(codec("viscii")) == char


def test_every_byte_has_its_own_letter() -> None:
    every = bytes(range(256)).decode(codec("viscii"))
    assert len(set(every)) == 256
    assert every.encode("viscii") == bytes(range(256))
    assert find("csVISCII") == "viscii"
