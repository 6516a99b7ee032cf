"""EUC-TW is read, written and found out, and what it lacks is counted as lost."""

import codecs

import pytest

from tui.core.model import Charset
from tui.text.charset.decode import decode
from tui.text.charset.names import codec, find, to_text
from tui.text.charset.readings import candidates

NEWS = "市政府昨天宣布,老城區的電車路線將在明年春天重新開通。記者看到,工人正在清理軌道旁的雜草。"
# By iconv of glibc.
KNOWN = {"中": b"\xc4\xe3", "文": b"\xc5\xc6", "龘": b"\x8e\xa2\xf2\xc4", "。": b"\xa1\xa4"}


@pytest.mark.parametrize("char", KNOWN)
def test_characters_stand_where_other_programs_put_them(char: str) -> None:
    assert char.encode(codec("euc-tw")) == KNOWN[char]
    assert to_text(KNOWN[char], "euc-tw") == (char, None)


def test_every_character_of_both_planes_comes_back() -> None:
    pairs = [bytes((row, column)) for row in range(0xA1, 0xFF) for column in range(0xA1, 0xFF)]
    units = [*pairs, *(b"\x8e\xa2" + pair for pair in pairs)]
    known = {unit: text for unit in units if (text := to_text(unit, "euc-tw")[0]) != "\ufffd" * len(text)}
    assert len(known) == len(set(known.values())) == 13_480
    assert all(text.encode(codec("euc-tw")) == unit for unit, text in known.items())


def test_a_page_in_it_is_found_out_with_and_without_its_label() -> None:
    payload = NEWS.encode(codec("euc-tw"))
    assert (decode(payload).text, decode(payload).charset.name) == (NEWS, "euc-tw")
    page = decode(b"<meta charset=x-euc-tw>" + payload, is_html=True)
    assert (page.text[-len(NEWS) :], page.charset.by, page.problems) == (NEWS, "meta", ())
    assert candidates(payload, Charset("euc-tw", "guess"))[0].charset == "euc-tw"


def test_other_planes_and_broken_pairs_become_replacement_characters_that_are_counted() -> None:
    assert to_text(b"a\x8e\xa3\xa1\xa1b\xc4\xe3\xff", "euc-tw") == ("a\ufffdb中\ufffd", 1)
    (problem,) = decode(NEWS.encode(codec("euc-tw")) + b"\xff", override="EUC-TW").problems
    assert (problem.code, problem.lost) == ("bytes_lost", 1)
    with pytest.raises(UnicodeEncodeError):
        "한".encode(codec("euc-tw"))
    assert "한中".encode(codec("euc-tw"), "replace") == b"?" + KNOWN["中"]


def test_half_a_character_waits_for_the_rest() -> None:
    decoder = codecs.getincrementaldecoder(codec("euc-tw"))("replace")
    assert [decoder.decode(bytes((byte,))) for byte in b"\x8e\xa2\xf2\xc4"] == ["", "", "", "龘"]
    clipped = decode(NEWS.encode(codec("euc-tw"))[:-1], override="euc-tw", is_clipped=True)
    assert (clipped.text, clipped.problems) == (NEWS[:-1], ())


@pytest.mark.parametrize("label", ["EUC-TW", "x-euc-tw", "euctw", "csEUCTW"])
def test_its_labels_are_known(label: str) -> None:
    assert find(label) == "euc-tw"
