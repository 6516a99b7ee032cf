"""How often the charset is found out of very little: floors on texts of our own, which only rise."""

from collections.abc import Iterator

import pytest
from languages import TEXTS

from tui.text.charset.decode import decode
from tui.text.charset.names import codec

CHARSETS = {
    "simplified Chinese": ("gb18030", "hz", "utf-16le", "utf-16be"),
    "traditional Chinese": ("big5", "gb18030", "utf-16le"),
    "Japanese": ("shift_jis", "euc-jp", "iso-2022-jp", "utf-16be"),
    "Korean": ("euc-kr", "iso-2022-kr", "utf-16le", "utf-16be"),
    "Russian": ("windows-1251", "koi8-r", "ibm866", "iso-8859-5", "x-mac-cyrillic"),
    "Ukrainian": ("windows-1251", "koi8-u"),
    "Greek": ("windows-1253", "iso-8859-7", "ibm737", "ibm869"),
    "Arabic": ("windows-1256", "iso-8859-6"),
    "Hebrew": ("windows-1255", "iso-8859-8"),
    "Thai": ("windows-874", "utf-16le"),
    "Vietnamese": ("windows-1258", "viscii"),
    "Turkish": ("windows-1254", "ibm857"),
    "Polish": ("windows-1250", "iso-8859-2"),
    "German": ("windows-1252",),
    "French": ("windows-1252", "macintosh"),
}
CASES = [(language, name) for language, names in CHARSETS.items() for name in names]
SHORT_CHARS = 20


def written(language: str, name: str) -> str:
    """The text as far as the charset can write it."""
    text = TEXTS[language].replace("…", "...")
    return text.encode(codec(name), "replace").decode(codec(name)).replace("?", "")


def slices(text: str) -> Iterator[str]:
    """Short pieces that have two characters beyond ASCII or more."""
    for start in range(0, len(text) - SHORT_CHARS, 3):
        piece = text[start : start + SHORT_CHARS]
        if sum(char > "\x7f" for char in piece) >= 2:
            yield piece


@pytest.mark.parametrize(("language", "name"), CASES, ids=[f"{language}-{name}" for language, name in CASES])
def test_a_sentence_is_enough(language: str, name: str) -> None:
    text = written(language, name)
    assert decode(text.encode(codec(name))).text == text
    assert decode(f"{text}\n{text}".encode(codec(name))).text == f"{text}\n{text}"


def test_a_cut_or_a_bad_byte_hardly_ever_changes_the_charset() -> None:
    wrong, count = [], 0
    for language, name in CASES:
        if name.startswith(("utf-", "iso-2022", "hz")):
            continue  # a byte more shifts all that follow
        payload = written(language, name).encode(codec(name))
        known = {name, decode(payload).charset.name}
        for bad in (b"\xff", b"\xfe", b"\x80", b"\x00", b"\xa0\xff"):
            for damaged in (payload[:-1], bad + payload, payload + bad + b"\n" + payload):
                count += 1
                if decode(damaged).charset.name not in known:
                    wrong.append((language, name, bad))
    assert 1 - len(wrong) / count >= 0.98, wrong


def test_twenty_characters_are_enough_nearly_always() -> None:
    tried = [
        (decode(piece.encode(codec(name))).text == piece, name, piece)
        for language, name in CASES
        for piece in slices(written(language, name))
    ]
    wrong = [case[1:] for case in tried if not case[0]]
    assert len(tried) > 400
    assert 1 - len(wrong) / len(tried) >= 0.96, wrong


def test_markup_around_a_short_title_changes_nothing() -> None:
    wrong = []
    for language, name in CASES:
        piece = next(slices(written(language, name)))
        page = (
            f'<html><head><script src="/js/a.js"></script><title>{piece}</title></head>' + "<p class=x>plain</p>\n" * 40
        )
        if decode(page.encode(codec(name)), is_html=True).text != page:
            wrong.append((language, name))
    assert len(wrong) <= 2, wrong
