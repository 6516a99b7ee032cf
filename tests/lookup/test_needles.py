"""The sieve lets every page through that holds the query, however its bytes spell it, and few others."""

import json
from collections.abc import Callable
from html.entities import html5
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.lookup.needles import BLOCK_BYTES, NEAR_BYTES, Needle, Sieve
from tui.text.words.fold import pattern

SPELLINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "json": lambda text: json.dumps(text).encode(),
    "json in capitals": lambda text: json.dumps(text).encode().upper().replace(b"\\U", b"\\u"),
    "decimal": lambda text: text.encode("ascii", "xmlcharrefreplace"),
    "hexadecimal": lambda text: "".join(c if c.isascii() else f"&#x{ord(c):X};" for c in text).encode(),
    "tags": lambda text: "".join(f"<b>{char}</b>" for char in text).encode(),
}
WORDS = st.text(st.sampled_from("台臺湾灣总總统統着著 abAB(+пé日本カｶ😀"), min_size=1, max_size=5).filter(str.strip)


@given(WORDS, WORDS, WORDS, st.sampled_from(sorted(SPELLINGS)))
def test_what_holds_the_query_passes(before: str, query: str, after: str, spelling: str) -> None:
    text = before + query + after
    written = SPELLINGS[spelling](text.upper() if spelling == "json in capitals" else text)
    if spelling != "tags" or len(query) == 1:
        assert Sieve(query.lower(), is_utf8=True).passes(written)
        assert Sieve(query.lower(), is_utf8=False).passes(written)
    if spelling not in ("json in capitals", "tags"):
        assert Sieve(query, is_utf8=True).passes(written)


@pytest.mark.parametrize(
    ("query", "charsets"),
    [
        ("台湾", "gb18030 utf-16-le"),
        ("臺灣的總統", "gb18030 big5 utf-16-be"),
        ("NBA 总统", "gb18030"),
        ("путин", "windows-1251 koi8-r utf-16-le"),
        ("Путин", "windows-1251 koi8-r"),
        ("café", "windows-1252 windows-1254"),
        ("日本", "shift_jis euc-jp euc-kr big5"),
        ("カナ", "shift_jis euc-jp"),
        ("한국", "euc-kr"),
        ("news", "utf-16-le utf-16-be"),
    ],
)
def test_charsets_of_the_script_are_looked_through(query: str, charsets: str) -> None:
    for charset in charsets.split():
        assert Sieve(query, is_utf8=False).passes(f"xx {query} yy".encode(charset)), charset


@pytest.mark.parametrize("text", ["台灣", "臺灣", "臺湾", "颱灣"])
@pytest.mark.parametrize("query", ["台湾", "臺灣"])
def test_every_form_passes_for_every_form(query: str, text: str) -> None:
    assert pattern(query).search(text)
    assert Sieve(query, is_utf8=True).passes(text.encode())


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("台湾", "台南"),
        ("總統", "总理"),
        ("iPad", "ipad"),
        ("putin", "путин"),
        ("news", "new paper"),
        ("总统府", "总统"),
    ],
)
def test_what_lacks_it_does_not_pass(query: str, text: str) -> None:
    assert not Sieve(query, is_utf8=True).passes(text.encode())


def test_letter_case_counts_only_in_queries_with_capitals() -> None:
    assert Sieve("news", is_utf8=True).passes(b"NEWS")
    assert Sieve("news", is_utf8=True).passes("ＮＥＷＳ".encode())
    assert Sieve("😀", is_utf8=True).passes(rb'"\ud83d\ude00"')
    assert Sieve("новости", is_utf8=True).passes("НОВОСТИ Новости".encode())
    for text in ("x порт", "X Порт", "X ПОРТ", "ｘ порт", "Ｘ ПОРТ"):
        assert Sieve("x порт", is_utf8=True).passes(text.encode()), text
    assert not Sieve("News", is_utf8=True).passes(b"news NEWS")


def test_records_of_a_region_are_told_apart() -> None:
    lines = ["臺灣", "x", "台", "湾", "在台湾,台湾", ""]
    region, starts = b"", []
    for line in lines:
        starts.append(len(region))
        region += line.encode() + b"\n"
    assert list(Sieve("台湾", is_utf8=True).records(region, starts)) == [0, 4]
    assert list(Sieve("台湾", is_utf8=True).records(region, [])) == []
    assert list(Sieve("台湾的", is_utf8=True).records("湾的台x".encode(), [0, 6, 9])) == [], "台 is the next one's"
    assert list(Sieve("台湾的", is_utf8=True).records("湾的台x".encode(), [0, 6])) == []
    assert list(Sieve("台湾的", is_utf8=True).records("湾的台x".encode(), [0, 9])) == [0]
    assert list(Sieve("台湾", is_utf8=True).records("台湾".encode() + region, [6, 6 + len(lines[0].encode()) + 1])) == [
        0,
        1,
    ]


@pytest.mark.parametrize("gap", [0, NEAR_BYTES, NEAR_BYTES + BLOCK_BYTES, NEAR_BYTES + 2 * BLOCK_BYTES])
@pytest.mark.parametrize("start", [0, 1, 100])
def test_what_is_rare_is_found_on_every_border_of_what_is_looked_through_at_once(gap: int, start: int) -> None:
    needle = Needle(b"abcd")
    for at in range(max(start, start + gap - 5), start + gap + 5):
        looked = b"abc" + bytes(at) + b"abcdabcd" + bytes(BLOCK_BYTES)
        for first in (start, at + 3, at + 4, at + 7, at + 8):
            assert needle.find(looked, first) == looked.find(b"abcd", first)


def test_every_word_of_a_query_has_to_stand_in_a_record_that_has_its_letters() -> None:
    sieve = Sieve("harbour master", is_utf8=True)
    assert not sieve.passes(b"harbour stream")
    for record in (b"master harbour", b"harbour m<b>aster</b>", b"harbour m&shy;aster", rb"harbour m\u0061ster"):
        assert sieve.passes(record), record
    for text in ("harbour 臺灣", "HARBOUR ＭＡＳＴＥＲ 台湾", "harbour 台<b>湾</b>"):
        assert Sieve("harbour 台湾", is_utf8=True).passes(text.encode()), text
    assert Sieve("say it's", is_utf8=True).passes(rb"say it\u0027s")


@pytest.mark.parametrize(
    ("query", "text", "charset"),
    [
        ("taipei 台灣", "今天 taipei 台灣 的天氣", "big5"),
        ("hello 乵鱊", "hello 乵鱊", "gbk"),
        ("hello 中国", "hello 中国", "utf-16-le"),
        ("Hello соседи", "Hello соседи", "utf-16-le"),
        ("yeni yıl", "Yeni yıl kutlaması", "utf-8"),
        ("kırmızı", "kırmızı", "utf-8"),
        ("Kapı açık", "Kapı açık", "utf-8"),
    ],
)
def test_words_of_several_scripts_are_found_in_every_charset(query: str, text: str, charset: str) -> None:
    assert Sieve(query, is_utf8=charset == "utf-8").passes(text.encode(charset))


def test_a_query_of_spaces_finds_nothing() -> None:
    assert not Sieve(" ", is_utf8=True).passes(b"a b")


@pytest.mark.parametrize(
    ("query", "record", "is_there"),
    [
        ("é", b"&eacute;", True),
        ("É", b"&Eacute;", True),
        ("É", b"&eacute;", False),
        ("café au", b"caf&eacute; au lait", True),
        ("位置 »", "<p>位置&nbsp;&raquo; 首页</p>".encode(), True),
        ("» 首页", "<p>位置&nbsp;&raquo; 首页</p>".encode("gb18030"), True),
        ("·", b"&middot;", True),
        ("AT&T", b"AT&amp;T", True),
        ("»", b"&laquo;", False),
        ("é", b"eacute;", False),
    ],
)
def test_what_stands_behind_named_entities_is_looked_for(query: str, record: bytes, is_there: bool) -> None:
    assert Sieve(query, is_utf8=False).passes(record) is is_there


def test_what_stands_behind_every_entity_is_looked_for() -> None:
    sieves = {chars: Sieve(chars, is_utf8=True) for chars in html5.values() if chars.strip()}
    assert [
        name for name, chars in html5.items() if chars in sieves and not sieves[chars].passes(f"a&{name}b".encode())
    ] == []


@pytest.mark.parametrize(
    ("query", "is_there"), [("fj", True), ("af", True), ("jo", True), ("fa", False), ("aj", False)]
)
def test_an_entity_of_two_characters_is_looked_for_where_both_or_one_may_end_the_query(
    query: str, is_there: bool
) -> None:
    assert Sieve(query, is_utf8=True).passes(b"<p>a&fjlig;o") is is_there


@pytest.mark.parametrize(
    ("query", "record"),
    [
        ("it's", b"it&#39;s"),
        ("it's", b"it&#039;s"),
        ("it's", b"it&#x27;s"),
        ("a+b", b"a&#x2B;b"),
        ("a<b", rb'{"text": "a\u003cb"}'),
        ("a<b", rb'{"text": "a\u003Cb"}'),
        ('say "hi" now', rb'{"text": "say \"hi\" now"}'),
        ("a/b", rb'{"text": "a\/b"}'),
        (r"c:\d", rb'{"text": "C:\\d"}'),
    ],
)
def test_signs_of_ascii_are_looked_for_as_html_and_json_escape_them(query: str, record: bytes) -> None:
    assert Sieve(query, is_utf8=True).passes(record)
    assert not Sieve(query, is_utf8=True).passes(record[:-4])


class Region(bytes):
    """Bytes that say what was looked for in them."""

    looked_for: list[str]

    def find(self, needle: Any, *places: Any) -> int:
        self.looked_for.append(bytes(needle).decode())
        return super().find(needle, *places)


@pytest.mark.parametrize(
    ("query", "piece", "spellings"),
    [
        ("本湾", "本湾", 2),  # one more pass costs less than to find 本 in vain
        ("港日", "港", 2),  # and two more cost more
        ("港1并本", "港1", 4),  # 本 alone is everywhere
        ("港台éA", "港", 3),  # letters are everywhere
        ("Aé台", "Aé", 2),  # but 台 is written in five ways
        ("A历", "A历", 7),  # six, and A alone in full width
        ("A里", "里", 8),  # seven: too many of A里
        ("Abcdefghijkl", "Abcdefghijkl", 2),
        ("Abcdefghijklm", "Abcdefghijkl", 2),  # twelve characters at most
    ],
)
def test_the_piece_of_a_query_that_costs_least_is_looked_for(query: str, piece: str, spellings: int) -> None:
    region = Region("\u00ff$".encode())
    region.looked_for = []
    assert not Sieve(query, is_utf8=True).passes(region)
    assert piece in region.looked_for
    ever = {"&", "&#", "\\u", '"$base64"'}  # what begins an escape, and what says that bytes are packed
    assert len([one for one in region.looked_for if one not in ever]) == spellings


def test_one_piece_is_looked_for_in_all_its_spellings_even_if_they_are_many() -> None:
    assert all(Sieve("里", is_utf8=True).passes(form.encode()) for form in "里裏裡")


@pytest.mark.parametrize(
    ("query", "starts", "indexes"),
    [("rain", [0, 5], [0, 1]), ("rain", [], []), ("", [0, 5], []), (" \t", [0, 5], []), ("rain", [5], [0])],
)
def test_nothing_is_looked_for_where_there_is_no_query_or_no_record(
    query: str, starts: list[int], indexes: list[int]
) -> None:
    assert list(Sieve(query, is_utf8=True).records(b"rain rain \t", starts)) == indexes
