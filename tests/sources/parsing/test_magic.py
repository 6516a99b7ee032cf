"""What a file is by its first bytes: each number that decides, from both sides."""

import io
import lzma
import pickle
import random
import struct
import zipfile

import pyarrow
import pyarrow.orc
import pytest

from tui.sources.base import Head
from tui.sources.formats.archive import is_zip
from tui.sources.parsing.http_message import media_of
from tui.sources.parsing.magic import _is_wide_text, binary_kind, is_feed, is_html, is_utf16


@pytest.mark.parametrize(
    ("letter", "controls", "kind"),
    [(b"\xe9", 10, ""), (b"\xe9", 11, "binary_data"), (b"a", 22, ""), (b"a", 23, "binary_data")],
)
def test_more_than_one_control_in_sixteen_bytes_is_binary_and_in_seven_of_utf_8(
    letter: bytes, controls: int, kind: str
) -> None:
    assert binary_kind(letter * (160 - controls) + b"\x01" * controls) == kind


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip archive whose members lie there as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


TEXT = "It rained all day, and nobody went out. "


@pytest.mark.parametrize(
    "text",
    [
        b"\x1b[1mbold\x1b[0m \x07" * 8,
        (TEXT.encode() * 3)[:102] + b"\x07" * 16,
        "雨 rain\n".encode() + bytes(4000),
        "今天下了一整天的雨，没有人出门。".encode("gbk") * 4 + bytes(3000),
        b"".join(word.encode().ljust(40, b"\0") for word in ("first record", "second one", "third")),
        b"/tmp/one\0/tmp/two\0/tmp/three\0",
        b"<!DOCTYPE html><title>Rain</title><p>" + b"".join(b"\0\x01" + bytes([byte]) for byte in TEXT.encode()),
        (TEXT * 200).encode("utf-8")[:4094] + "雨".encode()[:2],
    ],
)
def test_text_with_controls_between_words_or_padded_with_nuls_is_text(text: bytes) -> None:
    assert binary_kind(text) == ""


@pytest.mark.parametrize(
    "content",
    [
        random.Random(4).randbytes(4096),
        bytes(byte & 0x7F for byte in random.Random(4).randbytes(4096)),
        struct.pack("<64d", *(n / 3 for n in range(64))),
    ],
)
def test_numbers_and_chance_are_binary(content: bytes) -> None:
    assert binary_kind(content[:4096]) == "binary_data"


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"RIFF\x24\0\0\0WEBPVP8 ", "webp_image"),
        *((pickle.dumps([{"text": "rain"}], version), "python_pickle") for version in (2, 3, 4, 5)),
        ("\u0280\u0254\u026a".encode("utf-16-le"), ""),
        ("€2".encode("windows-1252"), ""),
        (b"\x1f\x9d\x90It rained", "compress_file"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "wav_file"),
        (b"RIFF\x24\0\0\0AVI LIST", "avi_film"),
        (b"RIFF WEBP: a format for images", ""),
        (b"\0\0\0\x18ftypmp42", "mp4_film"),
        (b"name".ljust(257, b"\0") + b"ustar\x0000", "tar_archive"),
        (b"ORC\n\x07\x12\x05\x08", "orc_file"),
        (b"ORCHESTRA of the town", ""),
        (b"ORC" + b" " * 12 + b"\x01", "orc_file"),
        (b"ORC" + b" " * 13 + b"\x01", ""),
        (b"PARE*\0\0\0\\\x0e\x0c\x8b", "encrypted_parquet"),
        (b"PARENTS were told", ""),
        (b"bplist00\xd1\x01\x02_", "property_list"),
        (b'{\n "cells": [\n  {\n   "cell_type": "code",', "notebook"),
        (b'{"nbformat":4,"nbformat_minor":5,"metadata":{}', "notebook"),
        (b'{"cells": [1, 2]}', ""),
        (b'{"text": "nbformat", "nbformat": 4}', ""),
        (b"\x04\x22\x4d\x18rain", "lz4_file"),
        (b"Obj\x01\x04\x16avro.schema", "avro_file"),
        (b"{\\rtf1\\ansi It rained.}", "rtf_document"),
        (b"{\\rtf is written so", ""),
        (b"AT&TFORM\0\0\x01\0DJVM", "djvu_document"),
        (b"AT&T forms", ""),
        (lzma.compress(b"rain", format=lzma.FORMAT_ALONE), "lzma_file"),
        (lzma.compress(b"rain", format=lzma.FORMAT_ALONE, preset=1), "lzma_file"),
        (lzma.compress(b"rain", format=lzma.FORMAT_ALONE, preset=9), "lzma_file"),
        ("]rain".encode("utf-32-le"), ""),
        (b"\xff\x06\x00\x00sNaPpY\x01", "snappy_file"),
        (bytes(8) + b"DUCK" + bytes(9), "duckdb_database"),
        (b"A quick DUCK", ""),
        (b"Rain" + bytes(56) + b"BOOKMOBI", "kindle_book"),
        (b"Rain" + b" " * 56 + b"BOOKMOBI", ""),
        (b"FEA1" + bytes(4) + b"rain", "old_feather"),
        (b"FEA1 is how old Feather files begin", ""),
        (b"ZIM\x04\x06\0", "zim_archive"),
        (bytes(9), "nul_bytes"),
        (b"", ""),
    ],
)
def test_what_begins_with_a_signature_is_named(start: bytes, kind: str) -> None:
    assert binary_kind(start) == kind


@pytest.mark.parametrize(
    ("members", "kind"),
    [
        ({"word/document.xml": b"<a/>"}, "word_document"),
        ({"[Content_Types].xml": b"<a/>", "_rels/.rels": b"<a/>", "word/document.xml": b"<a/>"}, "word_document"),
        ({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}, "office_file"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}, "opendocument_text"),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}, "office_file"),
        ({"mimetype": b"application/epub+zip", "META-INF/container.xml": b"<a/>"}, "epub_book"),
        ({"META-INF/container.xml": b"<a/>"}, "epub_book"),
        ({"META-INF/MANIFEST.MF": b"a"}, "program_archive"),
        ({"AndroidManifest.xml": b"a"}, "program_archive"),
        ({"word/rain.html": b"<p>"}, "zip_archive"),
        ({"a.docx": zipped({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"})}, "zip_archive"),
        ({"a.txt": b"[Content_Types].xml META-INF/ mimetypeapplication/vnd"}, "zip_archive"),
    ],
)
def test_a_document_in_a_zip_is_told_by_its_first_members(members: dict[str, bytes], kind: str) -> None:
    assert binary_kind(zipped(members)[:4096]) == kind
    assert is_zip(Head("a.zip", zipped(members)[:4096])) is (kind == "zip_archive")


@pytest.mark.parametrize("compression", ["uncompressed", "zlib", "zstd", "snappy"])
def test_orc_is_told_however_its_writer_packs_it(compression: str) -> None:
    out = io.BytesIO()
    pyarrow.orc.write_table(pyarrow.table({"text": ["Rain fell"] * 200}), out, compression=compression)
    assert binary_kind(out.getvalue()[:4096]) == "orc_file"


@pytest.mark.parametrize(("lost", "kind"), [(300, ""), (200, "binary_data")])
def test_a_byte_lost_behind_the_first_256_leaves_utf_16_text(lost: int, kind: str) -> None:
    wide = ("rain " * 60).encode("utf-16-le")
    assert binary_kind(wide[:lost] + wide[lost + 1 :]) == kind


@pytest.mark.parametrize(
    "text",
    ["Город", "Αθήνα", "مدينة", "สภาเ", "시의회는 어제 낡은 다리를", "The town", "Größe", "市议会昨天", "雨です。"],
)
@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_word_in_utf_16_or_utf_32_is_text(name: str, text: str) -> None:
    assert binary_kind(text.encode(name)) == ""
    assert binary_kind((text * 999).encode(name)[:4096]) == ""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Горо", ""),
        ("Гор", "binary_data"),
        ("Rain " * 15 + "Города" * 15, ""),
        ("\u0627" * 10 + "Города" * 15, ""),
        ("\u0627" * 11 + "Города" * 15, "binary_data"),
        ("\ue0b0" * 10 + "Города" * 15, ""),
        ("\ue0b0" * 11 + "Города" * 15, "binary_data"),
    ],
)
def test_wide_text_is_of_one_script_and_can_be_printed(text: str, kind: str) -> None:
    assert binary_kind(text.encode("utf-16-le")) == kind


def test_numbers_and_chance_are_hardly_ever_wide_text() -> None:
    chance = random.Random(4)
    content = [chance.randbytes(size) for size in (8, 12, 16, 64, 256, 4096) for _ in range(200)]
    content += [
        struct.pack(f"<16{kind}", *(chance.randrange(30_000) for _ in range(16))) for kind in "hiqfd" for _ in range(40)
    ]
    wide = [each for each in content if _is_wide_text(each)]
    assert len(wide) <= 3, wide


def columns(low: bytes, high: bytes) -> bytes:
    return bytes(byte for pair in zip(low, high, strict=True) for byte in pair)


@pytest.mark.parametrize(
    ("low", "high", "is_wide"),
    [
        (b"aa", b"\0\0", True),
        (b"a", b"\0", False),
        (b"5" * 100, b"\0" * 11 + b"\x04" * 89, True),
        (b"5" * 100, b"\0" * 10 + b"\x04" * 90, False),
        (b"\0" * 4 + b"5" * 196, b"\x04" * 100 + b"\0" * 100, True),
        (b"\0" * 5 + b"5" * 195, b"\x04" * 100 + b"\0" * 100, False),
        (b"5" * 61 + b"a" * 239, b"\x4e" * 291 + b"\x04" * 9, True),
        (b"5" * 61 + b"a" * 239, b"\x4e" * 290 + b"\x04" * 10, False),
        (b"5" * 60 + b"a" * 240, b"\x4e" * 291 + b"\x04" * 9, False),
    ],
)
def test_one_column_of_utf_16_holds_little_else_than_high_bytes(low: bytes, high: bytes, is_wide: bool) -> None:
    assert is_utf16(columns(low, high)) == is_utf16(columns(high, low)) == is_wide


@pytest.mark.parametrize(
    ("name", "start", "expected"),
    [
        ("page.html", b"x <p" + b"a" * 400 + b">", True),
        ("page.html", b"x <p" + b"a" * 401 + b">", False),
        ("page.html", b"x <p " + b"a" * 400, True),
        ("page.html", b"x <p " + b"a" * 399, False),
        ("page.txt", b"x\n<html><p><b>", True),
        ("page.txt", b"x\n<html><p>", False),
        ("page.txt", b"x <html><p><b>", False),
        ("page.txt", b"x" * 2041 + b"\n<html><p><b>", True),
        ("page.txt", b"x" * 2042 + b"\n<html><p><b>", False),
    ],
)
def test_tags_make_html_where_they_stand_near_enough_to_the_start(name: str, start: bytes, expected: bool) -> None:
    assert is_html(Head(name, start)) is expected


@pytest.mark.parametrize(("blanks", "media"), [(4082, "text/html"), (4083, "text/plain")])
def test_the_media_of_a_body_is_told_by_its_first_4096_bytes(blanks: int, media: str) -> None:
    assert media_of("", b" " * blanks + b"<!doctype html>") == media


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (b"<item><title>Rain</title>", True),
        (b'<rss:item rdf:about="x">\n<rss:title>Rain', True),
        (b"<entry xml:lang='de'><updated>2021", True),
        (b"<item>Rain</item>", False),
        (b"<entry><form>rain</form>", False),
        (b"<items><title>Rain", False),
    ],
)
def test_an_entry_of_a_feed_begins_a_part_of_one(start: bytes, expected: bool) -> None:
    assert is_feed(start) is expected
