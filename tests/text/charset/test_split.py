"""Pages that change their charset half-way are read in parts; pages that don't are left whole."""

import pytest
from languages import TEXTS

from tui.text.charset.decode import decode
from tui.text.charset.names import codec

CHINESE, TRADITIONAL, JAPANESE = (TEXTS[name] for name in ("simplified Chinese", "traditional Chinese", "Japanese"))
KOREAN, RUSSIAN, FRENCH = (TEXTS[name] for name in ("Korean", "Russian", "French"))
FOOTER = "版权所有 海州日报社"
CAFE = "Le café fermé à Noël a été rouvert."


def lines(text: str, count: int) -> str:
    return f"<div>{text}</div>\n" * count


CASES = {
    "a UTF-8 head over a GBK tail": [("utf-8", lines(CHINESE, 5)), ("gb18030", lines(CHINESE, 5))],
    "a GBK head over a UTF-8 tail": [("gb18030", lines(CHINESE, 5)), ("utf-8", lines(CHINESE, 5))],
    "a GBK footer": [("utf-8", lines(CHINESE, 9)), ("gb18030", lines(FOOTER, 1))],
    "a GBK comment in an English page": [
        ("utf-8", lines("Plain text with “quotes” and a dash – here.", 5)),
        ("gb18030", lines(CHINESE, 1)),
        ("utf-8", lines("The end – of the page.", 2)),
    ],
    "a Latin-1 line in French": [
        ("utf-8", lines(FRENCH, 4)),
        ("windows-1252", lines(CAFE, 1)),
        ("utf-8", lines(FRENCH, 2)),
    ],
    "a Latin-1 line in Japanese": [
        ("utf-8", lines(JAPANESE, 4)),
        ("windows-1252", lines(CAFE, 1)),
        ("utf-8", lines(JAPANESE, 2)),
    ],
    "a UTF-8 tail under Latin-1": [("windows-1252", lines(FRENCH, 4)), ("utf-8", lines(FRENCH, 3))],
    "Big5 under GBK": [("gb18030", lines(CHINESE, 5)), ("big5", lines(TRADITIONAL, 5))],
    "EUC-JP under Shift_JIS": [("shift_jis", lines(JAPANESE, 5)), ("euc-jp", lines(JAPANESE, 3))],
    "KOI8 under windows-1251": [("windows-1251", lines(RUSSIAN, 4)), ("koi8-r", lines(RUSSIAN, 3))],
    "EUC-KR under UTF-8": [("utf-8", lines(KOREAN, 4)), ("euc-kr", lines(KOREAN, 3))],
    "several switches": [
        ("utf-8", lines(CHINESE, 3)),
        ("gb18030", lines(CHINESE, 1)),
        ("utf-8", lines(CHINESE, 3)),
        ("shift_jis", lines(JAPANESE, 2)),
        ("utf-8", lines(CHINESE, 1)),
        ("gb18030", lines(CHINESE, 1)),
    ],
}
THREE = [("euc-jp", lines(JAPANESE, 3)), ("utf-8", lines(JAPANESE, 3)), ("shift_jis", lines(JAPANESE, 3))]

every_case = pytest.mark.parametrize("parts", CASES.values(), ids=CASES)


def payload(parts: list[tuple[str, str]]) -> bytes:
    return b"".join(text.encode(codec(name)) for name, text in parts)


@every_case
def test_each_part_is_read_in_its_own_charset(parts: list[tuple[str, str]]) -> None:
    decoded = decode(payload(parts), is_html=True)
    assert decoded.text == "".join(text for _, text in parts)
    assert {problem.code for problem in decoded.problems} == {"charset_split"}


def test_three_charsets_in_equal_parts_are_told_apart() -> None:
    decoded = decode(payload(THREE), is_html=True)
    assert decoded.text == "".join(text for _, text in THREE)
    assert {claim.charset for claim in decoded.charset.claims if claim.by == "split"} == {"euc-jp", "shift_jis"}


def test_a_split_page_says_where_and_into_what() -> None:
    parts = CASES["a GBK footer"]
    decoded = decode(payload(parts), is_html=True)
    (problem,) = decoded.problems
    start = len(parts[0][1].encode()) + len("<div>")
    assert problem.byte == start
    assert problem.message.startswith(f"byte {start:,}: from here to byte ")
    assert "the charset is gb18030, elsewhere utf-8" in problem.message
    assert (decoded.charset.name, [claim.charset for claim in decoded.charset.claims if claim.by == "split"]) == (
        "utf-8",
        ["gb18030"],
    )


@every_case
def test_a_charset_that_the_user_names_is_the_page_s_only_one(parts: list[tuple[str, str]]) -> None:
    whole = payload(parts)
    decoded = decode(whole, override="utf-8", is_html=True)
    assert decoded.text == whole.decode("utf-8", "replace")
    assert "charset_split" not in [problem.code for problem in decoded.problems]


def test_bytes_that_are_lost_in_a_part_keep_their_place_in_the_page() -> None:
    head, tail = lines(CHINESE, 5).encode(), lines(CHINESE, 5).encode("gb18030")
    place = tail.index(b"\n") + len(b"\n<div>")
    whole = head + tail[:place] + b"\xff" + tail[place:]
    decoded = decode(whole, is_html=True)
    assert [(problem.code, problem.byte) for problem in decoded.problems if problem.code == "bytes_lost"] == [
        ("bytes_lost", len(head) + place)
    ]
    assert decoded.text.startswith(head.decode())


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("bad", [b"\xff", b"\xe9", b"\x80\xc3", b"\xa0\xfe\xff"])
def test_bad_bytes_do_not_make_a_part(name: str, bad: bytes) -> None:
    page = lines(TEXTS[name], 4).encode()
    at = page.index(b"\n") + 1
    for place in (at, at + len("<div>")):
        decoded = decode(page[:place] + bad + page[place:], is_html=True)
        assert [problem.code for problem in decoded.problems] == ["bytes_lost"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("gb18030", lines(CHINESE, 3) + lines("联通 瀚海 鏈條 €5 ①②③ ◆◇■□ ┌─┐│", 3)),
        ("big5", lines(TRADITIONAL, 3) + lines("臺灣 裏 囍 ◎○● ﹐﹔", 3)),
        ("shift_jis", lines(JAPANESE, 3) + lines("ｱｲｳｴｵ ①②③ №㏍℡ 纊褜鍈銈蓜俉炻昱", 3)),
        ("windows-1252", lines(FRENCH, 3) + lines("Prix : 12 € – 30 m², ½ kg, © 2021 « Nord » ® 40 × 50 °C", 3)),
        ("windows-1251", lines(RUSSIAN, 3) + lines("№ 5, § 12 — «Север» © 2021, 30 °С ± 2…", 3)),
        ("euc-kr", lines(KOREAN, 3) + lines("①②③ ㈜ ㎏ 大韓民國 똠 햏", 3)),
    ],
)
def test_rare_characters_do_not_make_a_part(name: str, text: str) -> None:
    decoded = decode(text.encode(codec(name)), is_html=True)
    assert (decoded.text, decoded.charset.name, decoded.problems) == (text, name, ())
