"""Bytes to text: what wins when marks, labels and bytes disagree, and what damage costs."""

import codecs
import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from languages import CHINESE, FRENCH, GREEK, JAPANESE, KOREAN, PAGES, RUSSIAN

from tui.core.errors import UsageError
from tui.core.model import Claim
from tui.text.charset.decode import decode
from tui.text.charset.legacy import telling
from tui.text.charset.names import canonical, codec, find

NAMES = [name for name, _ in PAGES]


@pytest.mark.parametrize(("name", "text"), PAGES, ids=NAMES)
def test_a_page_without_any_label_is_read(name: str, text: str) -> None:
    assert decode(text.encode(codec(name))).text == text


@pytest.mark.parametrize(("name", "text"), PAGES, ids=NAMES)
def test_one_bad_byte_costs_one_character_and_not_the_page(name: str, text: str) -> None:
    if name.startswith("utf-16"):
        return  # a byte more shifts all that follow
    half = len(text) // 2
    payload = (text[:half] + "\n").encode(codec(name)) + b"\xff" + ("\n" + text[half:]).encode(codec(name))
    lines = decode(payload).text.split("\n")
    assert (lines[0], lines[-1]) == (text[:half], text[half:])


@pytest.mark.parametrize("bad", [0x00, 0x1B, 0x80, 0xA0, 0xC1, 0xFE])
@pytest.mark.parametrize(("name", "text"), [page for page in PAGES if len(page[0]) < 10], ids=lambda value: value[:9])
def test_any_bad_byte_leaves_the_charset_as_it_was(name: str, text: str, bad: int) -> None:
    if name.startswith("utf-16"):
        return
    payload = ((text + "\n") * 4).encode(codec(name))
    assert decode(payload[:99] + bytes([bad]) + payload[99:]).charset.name == decode(payload).charset.name


@pytest.mark.parametrize(("name", "text"), PAGES, ids=NAMES)
@pytest.mark.parametrize("label", ["utf-8", "iso-8859-1", "gb2312", "windows-1251"])
def test_a_wrong_label_does_not_win_over_the_bytes(name: str, text: str, label: str) -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={label}"><p>{text}</p>'
    assert decode(page.encode(codec(name)), is_html=True).text == page


@pytest.mark.parametrize(
    ("label", "text", "name"),
    [
        ("gb2312", "书", "gb18030"),
        ("big5", "書", "big5"),
        ("iso-8859-2", "łąka", "iso-8859-2"),
        ("koi8-r", "дом", "koi8-r"),
        ("macintosh", "été", "macintosh"),
        ("hz-gb-2312", "下雨了", "hz"),
        ("iso-2022-kr", "비가 온다", "iso-2022-kr"),
    ],
)
def test_a_label_decides_where_there_are_few_bytes(label: str, text: str, name: str) -> None:
    page = f"<meta charset='{label}'>{text}"
    decoded = decode(page.encode(codec(name)), is_html=True)
    assert (decoded.text, decoded.charset.name, decoded.charset.by) == (page, name, "meta")


SIGNS = [
    *("It costs £25 a year", "2½ cups of flour", "under § 4 of it", "the Acme® browser", "by IBM®", "no\xa0break here"),
    *(
        "it didn’t work",
        "the ship’s log",
        "¶ the text",
        "¾ cup of it",
        "50¢ each",
        "a ±5 % change",
        "1.5-2ºC?",
        "5 µm thick",
    ),
    *(
        "30 m² of it",
        "a 10 km² park",
        "2ª vez",
        "n° 5",
        "nº 5",
        "·",
        "on™ track",
        "South Ñ Vietnam",
        "À la carte",
        "25 € each",
    ),
    *("“quoted” words", "a – b", "done — and", "3×4 boards", "• one", "wait… what", "© 2020", "«", "¿Qué?", "20°C"),
]


@pytest.mark.parametrize("text", SIGNS)
def test_signs_in_an_english_page_are_those_of_windows_1252_or_of_the_label(text: str) -> None:
    for label in ("", "iso-8859-1", "windows-1252", "utf-8"):
        page = f"<html><head><meta charset='{label}'></head><body><p>Note: {text} and nothing else.</p>"
        decoded = decode(page.encode("cp1252"), is_html=True)
        assert (decoded.text, decoded.problems) == (page, ())
        assert decoded.charset.by == ("meta" if label in ("iso-8859-1", "windows-1252") else "guess")
    assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("macintosh", "it’s “all” there — for £25 at 20°C, 5 µm …"),
        ("windows-1250", "Ł 5"),
        ("windows-1251", "№ 5"),
        ("shift_jis", "costs ｣25"),
        ("ibm850", "½ cup"),
        ("iso-8859-15", "for €25"),
        ("windows-1254", "5 µm"),
        ("windows-1250", "we ate trochę and left again at nine"),
        ("windows-1254", "the şehir and the river lie to the north"),
    ],
)
def test_a_label_by_which_all_bytes_can_be_read_decides_about_lone_ones(label: str, text: str) -> None:
    page = f"<html><head><meta charset={label}></head><body><p>The page says {text} and nothing else.</p>"
    decoded = decode(page.encode(codec(label)), is_html=True)
    assert (decoded.text, decoded.charset.name, decoded.charset.by) == (page, label, "meta")
    http = decode(page.encode(codec(label)), [Claim("http", label)])
    assert (http.text, http.charset.by) == (page, "http")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("windows-1250", "Pan Wałek jest tam"),
        ("windows-1250", "Łysy pan"),
        ("windows-1250", "To był on, 5 zł za sztukę"),
        ("iso-8859-2", "ten muž je tam"),
        ("iso-8859-2", "wieś jest tam"),
        ("windows-1250", "Anton Dvořak"),
        ("koi8-r", "The word слово is Russian"),
        ("windows-1251", "The word слово is Russian"),
        ("windows-1253", "The word λόγος is Greek"),
        ("windows-1254", "şehir kütüphanesi bugün açıldı"),
        ("macintosh", "un café au lait"),
        ("gb18030", "The word 中国 is Chinese"),
        ("shift_jis", "The word カナ is Japanese"),
    ],
)
@pytest.mark.parametrize("label", ["", "iso-8859-1"])
def test_one_word_is_enough_for_another_charset(name: str, text: str, label: str) -> None:
    page = f"<html><head><meta charset='{label}'></head><body><p>{text}</p>"
    assert decode(page.encode(codec(name)), is_html=True).text == page


@pytest.mark.parametrize(
    ("label", "name", "text", "is_believed"),
    [
        # bits of the model against the label and for it, with the language of the page
        ("windows-1250", "windows-1250", "The train to Trochę leaves at nine and we went there.", True),
        ("windows-1251", "windows-1252", "The train to café leaves at nine and we went there.", False),
        # iso-8859-1, which servers say that know nothing, is worth a third of that
        ("iso-8859-1", "windows-1252", "News from empêche, 4 May", True),
        ("iso-8859-1", "windows-1250", "The train to Dvořak leaves at nine and we went there.", False),
    ],
)
def test_a_label_is_worth_a_letter_and_no_word(label: str, name: str, text: str, is_believed: bool) -> None:
    page = f"<html><head><meta charset={label}></head><body><p>{text}</p>"
    decoded = decode(page.encode(codec(name)), is_html=True)
    assert (decoded.text, decoded.charset.by == "meta") == (page, is_believed)


@pytest.mark.parametrize(
    ("written", "left"),
    [
        # behind a digit, between other signs, at the ends
        ("2½in £25 (®) ©", "2 in  25 ( )  "),
        ("a½in Łatwo ×a", "a½in Łatwo ×a"),
        # what may be the first byte of two is looked at with its neighbours
        ("£25", " 25"),
        ("é£25", "é£25"),
        ("aé.£25", "aé.£25"),
        ("aéa.£25", "aéa. 25"),
        ("5£é", "5£é"),
        ("5£aé", "5£aé"),
        ("5£abé", "5 abé"),
        # what can't be is not
        ("à été", "  été"),
        # signs with a letter beside them
        ("a\xa0b", "a b"),
        ("A® B™", "A  B "),
        ("A®B", "A®B"),
        ("it’s didn’t I’ve I’ll we’re d’you I’m I’d", "it s didn t I ve I ll we re d’you I m I d"),
        ("pa’ss a’lle", "pa’ss a’lle"),
        ("1 m² km² cm³ dm³", "1 m  km  cm  dm "),
        ("y² am² xkm³", "y² am² xkm³"),
        ("n° Nº", "n  N "),
        ("an° n°a", "an° n°a"),
        ("5 µm", "5  m"),
        ("5 µu aµm µma", "5 µu aµm µma"),
        # words, and pairs of bytes
        ("café Zoë naïve", "café Zoë naïve"),
        ("ƒJƒiƒ^", "ƒJƒiƒ^"),
    ],
)
def test_only_bytes_that_make_no_word_tell_nothing(written: str, left: str) -> None:
    payload = written.replace("Ł", "£").encode("cp1252")
    assert telling(payload, "windows-1252") == left.replace("Ł", "£").encode("cp1252")


def test_a_label_by_which_a_lone_byte_can_not_be_read_does_not_count() -> None:
    for label in ("gb2312", "big5", "euc-jp", "euc-kr", "windows-1253"):
        page = f"<html><head><meta charset={label}></head><body><p>It was 2ª and nothing else.</p>"
        assert decode(page.encode("cp1252"), is_html=True).text == page


@pytest.mark.parametrize(
    ("payload", "text"),
    [
        (b"don\xd5t you", "don’t you"),
        (b"\xd2Hello,\xd3 she said, \xd2it\xd5s late.\xd3", "“Hello,” she said, “it’s late.”"),
        (b"\xd2This is all,\xd3 she said.", "“This is all,” she said."),
        (b"some 30\xa1C in June", "some 30°C in June"),
        (b"na\x95ve people", "naïve people"),
        (b"the whole\xcatime", "the whole\xa0time"),
        (b"Nothing\xa8 too much", "Nothing® too much"),
        (b"it costs \xa425 now", "it costs €25 now"),
        # what makes sense stays
        (b"it costs \xa4 now", "it costs ¤ now"),
        (b"them \xd1 once", "them Ñ once"),
        (b"d'\xc9t\xe9", "d'Été"),
        (b"\xa1Hola! \xbfQu\xe9?", "¡Hola! ¿Qué?"),
        (b"Ch\xb3opiec", "Chłopiec"),
        # soft hyphens, and two characters of GBK
        (b"foo\xad\xadbar", "foo\xad\xadbar"),
        (b"Un\xadter\xad\xadneh\xadmer", "Un\xadter\xad\xadneh\xadmer"),
        ("有限公司".encode("gbk"), "有限公司"),
    ],
)
def test_few_bytes_are_read_so_that_they_make_sense(payload: bytes, text: str) -> None:
    assert decode(payload).text == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("der Weg ist weitÿ und schön", "cp1252"),
        ("los clubes deÿ la liga están", "cp1252"),
        ("дело моя я", "cp1251"),
        ("а я тут", "cp1251"),
    ],
)
def test_a_stray_ff_at_a_word_of_ascii_tells_nothing(text: str, name: str) -> None:
    assert decode(text.encode(name)).text == text


def test_vietnamese_is_read_whose_accents_are_characters_by_themselves() -> None:
    text = "Mô\u0323t ha\u0323t giô\u0301ng tô\u0301t cho vu\u0323 mu\u0300a"
    assert decode(text.encode("cp1258")).text == text


def test_signs_do_not_speak_against_the_letters_of_a_page() -> None:
    for text in ("Die Bäume kosten im Frühling £25, nicht mehr.", "À été, l’hôtel coûte £25 et 2½ fois plus."):
        assert decode(text.encode("cp1252")).text == text


def test_a_line_with_one_sign_is_repaired_to_itself() -> None:
    for payload, text in ((b"\xa325 a year\n", "£25 a year\n"), (b"2\xbd cups\n", "2½ cups\n")):
        done = subprocess.run([sys.executable, "-m", "tui", "repair"], input=payload, capture_output=True)
        assert (done.stdout.decode(), done.stderr, done.returncode) == (text, b"", 0)


EMOJI = "Nice photo 😀 and 🎉 to all of you"


@pytest.mark.parametrize("text", [EMOJI, "今天天气真好😀我们去公园玩", "𝒜", "Café 😀, déjà vu"])
def test_surrogate_pairs_in_utf_8_are_the_characters_that_they_stand_for(text: str) -> None:
    for label in ((), (Claim("http", "utf-8"),), (Claim("http", "cesu-8"),)):
        decoded = decode(text.encode(codec("cesu-8")), label)
        assert (decoded.text, decoded.charset.name, decoded.problems) == (text, "cesu-8", ())


@pytest.mark.parametrize(
    ("payload", "name", "text", "lost"),
    [
        (b"before \xed\xa0\xbd after", "utf-8", "before \ufffd\ufffd\ufffd after", 3),
        (b"before \xed\xb8\x80 after", "utf-8", "before \ufffd\ufffd\ufffd after", 3),
        (b"\xed\xa0\xbd\xed\xb8\x80 \xed\xa0\xbd x", "cesu-8", "😀 \ufffd\ufffd\ufffd x", 3),
        (b"aqu\xed\xa0\xbb y nada m\xe1s", "windows-1252", "aquí\xa0» y nada más", None),
    ],
)
def test_half_a_surrogate_pair_is_lost_but_not_where_it_may_be_letters(
    payload: bytes, name: str, text: str, lost: int | None
) -> None:
    decoded = decode(payload)
    assert (decoded.text, decoded.charset.name) == (text, name)
    assert [problem.lost for problem in decoded.problems] == ([] if lost is None else [lost])


@pytest.mark.parametrize("text", [CHINESE, JAPANESE, RUSSIAN, FRENCH, KOREAN, "Größe und Gewicht, müssen", "Zö "])
def test_utf_7_is_read_without_a_label(text: str) -> None:
    decoded = decode(text.encode("utf-7"))
    assert (decoded.text, decoded.charset.name, decoded.problems) == (text, "utf-7", ())


@pytest.mark.parametrize(
    ("payload", "is_read"),
    [
        (b"caf+AOk-", True),
        (b"tel +49123456 and +8613812345", False),
        (b"+2D0- half a pair", False),
        (b"C++ and a+b, q=one+AND+two", False),
        (b"plain", False),
    ],
)
def test_a_label_of_utf_7_is_believed_where_the_bytes_are_utf_7(payload: bytes, is_read: bool) -> None:
    decoded = decode(b"<meta charset=utf-7>" + payload, is_html=True)
    assert (decoded.charset.name == "utf-7") == is_read
    assert is_read or decoded.text.endswith(payload.decode())


@pytest.mark.parametrize(
    "payload",
    [
        b"q=one+THE+two&r=+THEN+",
        b"integrity=sha384+oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC",
        b"integrity=sha384+" + b"T2q3V7fR" * 8,
        b"1+AKM- gained",  # 9 bits; the text below 36
    ],
)
def test_a_word_or_a_number_behind_a_plus_is_no_utf_7_by_itself(payload: bytes) -> None:
    assert decode(payload).text == payload.decode()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ibm037", "The council met on Monday;\nnobody came, and it rained."),
        ("ibm273", "Gestern hat der Gemeinderat beschlossen, die Brücke zu schließen."),
        ("ibm1026", "Belediye meclisi dün eski köprünün kapatılmasına karar verdi."),
        ("ibm875", GREEK),
    ],
)
def test_text_of_mainframes_is_read(name: str, text: str) -> None:
    decoded = decode(text.encode(codec(name)).replace(b"\x25", b"\x15"))
    assert (decoded.text, decoded.charset.name, decoded.problems) == (text, name, ())


ARMENIAN = bytes.fromhex(
    "f8b3d5b3f9b3d5c7dd20cbe1f1d1f5f1b9c120bbf1bbcf20e1f1e1dfbbf320f8b3cfbbc920d1c7dd20cfb3d9e5f1bbc1a3"
)
"""In a charset of Armenia that nobody writes any more."""


@pytest.mark.parametrize(
    ("payload", "has_sense"),
    [
        (b"\xff" * 32, False),
        (b"\xff" * 31, True),
        (ARMENIAN, False),
        ("העירייה החליטה אתמול לסגור את הגשר הישן ולהרוס".encode("cp862"), False),
        (b"\x1b$)A\x0e1>3GJP\x0f", False),
        ("Μητσοτάκης και Παπαδόπουλος στη Βουλή".encode("cp737"), True),
        *((text.encode(codec(name)), True) for name, text in PAGES),
    ],
)
def test_bytes_of_which_no_charset_makes_sense_are_a_problem(payload: bytes, has_sense: bool) -> None:
    decoded = decode(payload)
    assert [problem.code for problem in decoded.problems] == ([] if has_sense else ["no_charset"])
    assert (decoded.charset.by == "default") is not has_sense


@pytest.mark.parametrize("text", [FRENCH, "The council met on Monday, and nobody came.", CHINESE])
def test_a_mark_of_utf_16_before_utf_8_is_not_believed(text: str) -> None:
    assert decode(codecs.BOM_UTF16_LE + text.encode()).text == text
    assert decode(codecs.BOM_UTF16_LE + text.encode("utf-16-le")).charset.by == "bom"


def test_a_mark_of_utf_16_decides_where_few_bytes_may_be_both() -> None:
    assert decode(codecs.BOM_UTF16_LE + b"no").text == b"no".decode("utf-16-le")
    assert decode(codecs.BOM_UTF16_LE + b"hi").text == "hi"


def test_nuls_in_utf_8_make_no_utf_16_of_it() -> None:
    assert decode("a\0b\0c\0 xé".encode()).text == "a\0b\0c\0 xé"


@pytest.mark.parametrize("text", ["Городско", "สภาเมือง", "시의회는 어제 ", "市议会昨天决定"])
@pytest.mark.parametrize("name", ["utf-16le", "utf-16be", "utf-32le", "utf-32be"])
def test_a_word_is_enough_for_wide_charsets(name: str, text: str) -> None:
    assert decode(text.encode(codec(name))).text == text


@pytest.mark.parametrize("label", ["", "iso-8859-2"])
@pytest.mark.parametrize("text", ["5 ‰ růst", "o 3 ‰ více", "„Ano,“ řekl – a šel…"])
def test_controls_that_are_signs_in_windows_make_no_iso_page(text: str, label: str) -> None:
    page = f"<meta charset='{label}'>{text}"
    assert decode(page.encode("cp1250"), is_html=True).text == page


@pytest.mark.parametrize("text", ["À la fin", "d’À côté", "À\xa0Lyon, où l’été", "“À Lyon”", "Où ? À Metz, déjà"])
def test_a_french_word_of_one_letter_is_no_arabic(text: str) -> None:
    assert decode(text.encode("cp1252")).text == text


def test_all_claims_are_kept_and_the_winner_is_named() -> None:
    payload = b'<?xml version="1.0" encoding="big5"?><meta charset=gb2312>' + CHINESE.encode("gb18030")
    charset = decode(payload, [Claim("http", "iso-8859-1")], is_html=True).charset
    assert (charset.name, charset.by) == ("gb18030", "meta")
    assert [(claim.by, claim.charset) for claim in charset.claims[:4]] == [
        ("http", "iso-8859-1"),
        ("meta", "gb2312"),
        ("xml", "big5"),
        ("guess", "gb18030"),
    ]
    scores = [claim.score for claim in charset.claims if claim.score is not None]
    assert scores[0] > 0.9
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("bom", "name"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16le"),
        (codecs.BOM_UTF16_BE, "utf-16be"),
        (codecs.BOM_UTF32_LE, "utf-32le"),
        (codecs.BOM_UTF32_BE, "utf-32be"),
    ],
)
def test_a_mark_wins_over_labels_and_is_left_out(bom: bytes, name: str) -> None:
    decoded = decode(bom + "<meta charset=gb2312>été".encode(codec(name)), is_html=True)
    assert (decoded.text, decoded.charset.name, decoded.charset.by) == ("<meta charset=gb2312>été", name, "bom")


def test_a_utf8_mark_before_bytes_that_are_none_is_not_believed() -> None:
    assert decode(codecs.BOM_UTF8 + CHINESE.encode("gb18030") * 3).charset.name == "gb18030"


def test_utf16_in_a_label_of_a_narrow_page_means_utf8() -> None:
    page = f"<meta charset=utf-16>{CHINESE}"
    assert decode(page.encode(), is_html=True).text == page


def test_an_override_wins_over_all_and_lost_bytes_are_counted() -> None:
    decoded = decode(b"\xef\xbb\xbfab\xe9\xe8", override="us-ascii")
    assert (decoded.charset.name, decoded.charset.by) == ("windows-1252", "override")
    broken = decode("一二".encode()[:-1] + b"\r\nx", override="utf8")
    assert broken.text == "一\ufffd\nx"
    assert [(p.code, p.byte, p.lost) for p in broken.problems] == [("bytes_lost", 3, 2)]


def test_a_replacement_character_that_was_written_is_no_loss() -> None:
    assert decode("caf\ufffd".encode()).problems == ()


def test_the_euro_of_windows_gbk_is_read() -> None:
    text = CHINESE + "价格 80 €"
    payload = (CHINESE + "价格 80 ").encode("gb18030") + b"\x80"
    decoded = decode(payload)
    assert decoded.text == text
    assert decoded.problems == ()
    with_loss = decode(payload + b" \xff", override="gbk")
    assert with_loss.text == text + " \ufffd"
    assert with_loss.problems[0].byte == len(payload) + 1


def test_c1_bytes_in_latin_1_are_windows_quotes() -> None:
    assert decode(b"\x93caf\xe9\x94", [Claim("http", "iso-8859-1")]).text == "“café”"


def test_half_a_character_that_our_own_limit_cut_is_no_damage() -> None:
    for name in ("utf-8", "gb18030", "utf-16le"):
        payload = CHINESE.encode(codec(name))[:-1]
        assert decode(payload, is_clipped=True).text == CHINESE[:-1]
        assert decode(payload, is_clipped=True).problems == ()
        assert decode(payload).text.endswith("\ufffd")


def test_a_long_head_in_ascii_does_not_hide_what_follows() -> None:
    page = "<p>plain</p>\n" * 60_000 + CHINESE
    assert decode(page.encode("gb18030"), is_html=True).text == page


def test_a_label_nobody_can_read_is_named() -> None:
    payload = b"<meta charset=iso-ir-165>" + CHINESE.encode("gb18030")
    assert [problem.code for problem in decode(payload, is_html=True).problems] == ["charset_unknown"]
    assert decode(f"<meta charset=utf8mb4>{CHINESE}".encode(), is_html=True).problems == ()


def test_a_label_is_never_a_codec_of_python() -> None:
    for label in ("unicode_escape", "rot13", "punycode", "idna", "base64", "replacement", "x-user-defined"):
        assert find(label) is None
        with pytest.raises(UsageError, match="unknown"):
            canonical(label)
    assert decode(b"a\\x41", [Claim("http", "unicode_escape")]).text == "a\\x41"


def test_line_ends_are_normalised() -> None:
    assert decode(b"a\r\nb\rc\n\r\n").text == "a\nb\nc\n\n"


@given(
    st.binary(max_size=400),
    st.sampled_from(
        ["", "utf-8", "gbk", "hz", "utf-16", "iso-2022-kr", "nonsense", "big5", "utf-7", "cesu-8", "viscii", "cp037"]
    ),
)
@example(b"\xff\xfe", "")
@example(b"\x1b$)C\x0e", "iso-2022-kr")
@example(b"~{", "hz")
@example(b"\x00\x00\xfe\xff\x00", "")
def test_no_bytes_make_it_fail(payload: bytes, label: str) -> None:
    for is_clipped in (False, True):
        decoded = decode(payload, [Claim("http", label)] if label else [], is_html=True, is_clipped=is_clipped)
        assert "\r" not in decoded.text
        assert find(decoded.charset.name)
        decoded.text.encode()  # no lone surrogates


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r\ufeff\x1b~"), max_size=200))
def test_whole_utf8_comes_back_as_it_was(text: str) -> None:
    decoded = decode(text.encode())
    assert (decoded.text, decoded.charset.name, decoded.problems) == (text, "utf-8", ())


@given(st.binary(max_size=300), st.sampled_from(["utf-8", "big5", "shift_jis", "euc-kr", "windows-1251", "euc-jp"]))
def test_an_override_decodes_as_python_does(payload: bytes, name: str) -> None:
    expected = payload.decode(codec(name), "replace").replace("\r\n", "\n").replace("\r", "\n")
    assert decode(payload, override=name).text == expected


@pytest.mark.parametrize(
    ("text", "charset", "expected"),
    [
        ("また、曲線の次の点までの範囲で、曲線", "cp932", "shift_jis"),  # a third of its bytes are no UTF-8
        ("曲线的下一个点之前的范围", "utf-8", "utf-8"),
    ],
)
def test_a_few_sequences_of_utf_8_are_no_evidence_against_words(text: str, charset: str, expected: str) -> None:
    assert decode(text.encode(charset)).charset.name == expected


def test_utf_8_that_lost_a_byte_in_each_character_in_four_is_still_utf_8() -> None:
    payload = "曲线的下一个点之前的范围内所有的点".encode()
    damaged = b"".join(payload[at : at + 12][: 11 if at % 24 else 12] for at in range(0, len(payload), 12))
    assert decode(damaged).charset.name == "utf-8"
