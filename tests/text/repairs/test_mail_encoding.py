"""What mail encodes for its way becomes text where somebody left it so, and equal signs of other kinds stay."""

import quopri
from email.header import Header

import pytest

from tui.core.model import Options
from tui.text.mending.mend import Mending, mend

CHINESE = "老城的電車明年春天重新開通,沿線的商店都很期待。"
RUSSIAN = "Мэрия объявила, что трамвай снова поедет весной, и лавочники ждут гостей."
FRENCH = "La mairie a annoncé hier que le tramway du vieux quartier rouvrira : « Enfin ! », s'écria la boulangère."


def mended(text: str) -> Mending:
    return mend(text, Options())


def quoted(text: str, charset: str) -> str:
    return quopri.encodestring(text.encode(charset)).decode()


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "big5"])
@pytest.mark.parametrize("kind", ["b", "q"])
def test_encoded_words_are_read_in_the_charset_that_they_name(charset: str, kind: str) -> None:
    from base64 import b64encode

    payload = CHINESE[:12].encode(charset)
    written = b64encode(payload).decode() if kind == "b" else "".join(f"={byte:02X}" for byte in payload)
    found = mended(f"Subject: =?{charset}?{kind}?{written}?= (2)")
    assert found.text == f"Subject: {CHINESE[:12]} (2)"
    assert {edit.certainty for edit in found.edits} == {"certain"}


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("On Monday =?utf-8?Q?Andr=C3=A9?= <a@example.org> wrote:", "On Monday André <a@example.org> wrote:"),
        ('From: "=?utf-8?Q?Andr=C3=A9?="', 'From: "André"'),
        ('"=?utf-8?Q?Andr=C3=A9?=" <a@example.org>', '"André" <a@example.org>'),
        ("Re: =?gb2312?B?zsQ=?= (2)", "Re: 文 (2)"),
        (" =?utf-8?b?44CC?=", " 。"),
        ("=?US-ASCII?Q?Keith_Moore?= <moore@example.org>", "Keith Moore <moore@example.org>"),
    ],
)
def test_names_and_words_of_mail_are_read(written: str, clean: str) -> None:
    assert mended(written).text == clean


def test_white_space_between_encoded_words_of_a_line_belongs_to_neither() -> None:
    words = Header("Grüße aus der alten Stadt, in der die Straßenbahn wieder fährt", "utf-8").encode().replace("\n", "")
    assert words.count("=?") > 1
    assert mended(words).text == "Grüße aus der alten Stadt, in der die Straßenbahn wieder fährt"


@pytest.mark.parametrize("text", [CHINESE, FRENCH + " a=b"])
def test_quoted_printable_utf_8_comes_back_for_certain_with_its_lines_as_they_are(text: str) -> None:
    written = quoted(text + "\n", "utf-8")
    found = mended(written)
    assert found.text.count("\n") == written.count("\n") > 1
    assert found.text.replace("\n", "") == text
    assert {edit.certainty for edit in found.edits} == {"certain"}


@pytest.mark.parametrize(("text", "charset"), [(RUSSIAN, "koi8-r"), (FRENCH, "cp1252"), (CHINESE, "big5")])
def test_other_charsets_of_quoted_printable_are_only_probable(text: str, charset: str) -> None:
    found = mended(quoted(text + "\n", charset))
    assert found.text.replace("\n", "") == text
    assert {edit.certainty for edit in found.edits} == {"probable"}


def test_beside_other_equal_signs_only_bytes_beyond_ascii_are_read() -> None:
    rest = "n=20 and x = y, or z=3D\n" + "a line that ends in an equal sign, as a sum may do, = \nand goes on =\n"
    assert mended(quoted(CHINESE[:7], "utf-8") + "\n" + rest).text == CHINESE[:7] + "\n" + rest


@pytest.mark.parametrize(
    "text",
    [
        "In quoted-printable é is =C3=A9 and ü is =C3=BC.",
        "q=AB and r=CD, or https://example.org/?a=C3=A4",
        "x=20 y=3D z=41",
        "=?unknown-8bit?Q?caf=E9?= =?utf-8?B?not base64!?= =?utf-8?Q?caf=E9?= =?utf-8?Q?=00?=",
        "f = a == b ? c : d; g=?x?=?y?",
        "=C3=A9",
        "width=C0=A0\nheight=FF=FE=80",
        "The header =?ISO-8859-1?Q?....?= is encoded, and so is (=?ISO-8859-1?Q?a?=).",
        "For instance '=?utf-8?Q?caf=C3=A9?=' is one word.",
        'Such as "=?utf-8?B?5L2g5aW9?=", which has five parts, or `=?ISO-8859-1?Q?=E9t=E9?=`',
    ],
)
def test_equal_signs_of_other_kinds_stay(text: str) -> None:
    assert mended(text).text == text
