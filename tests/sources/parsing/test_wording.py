"""Records, columns and names that are not UTF-8: decoded as a page is, by what the bytes say or by the user's word."""

import csv
import io
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tui import loader, sources
from tui.core.model import Document, Limits, Options, Ref
from tui.core.questions import Readings, Source
from tui.lookup.search import search
from tui.sources import Tally
from tui.sources.parsing.json_spans import values

HANS = [
    ("昨夜的雨", "昨天夜里下了一整夜的雨，山上的路都被冲断了，没有人出门。"),
    ("上午的风", "上午的风很大，河边的树倒了三棵，孩子们都留在家里。"),
    ("晚间", "晚间天晴，村里的人点起了灯，第二天一早又去地里干活。"),
]
HANT = [
    ("功課", "他的成功\\許多人都沒有想到，功課做完以後就去蓋房子。"),
    ("下雨", "昨天下了一整夜的雨，山上的路都斷了，沒有人出門，成功"),
]
KANA = [
    ("表", "表の雨が一晩中降り続いたので、誰も外に出なかった。予定表"),
    ("風", "ソフトな風が吹いて、能力のある人は申し出た。"),
]


def scan(path: Path, content: bytes = b"") -> list[Ref]:
    if content:
        path.write_bytes(content)
    return [ref for ref in sources.scan([str(path)], Tally()) if isinstance(ref, Ref)]


def load(ref: Ref, charset: str | None = None) -> Document:
    return loader.load(ref, Options(charset=charset), Limits())


def lines(records: list[tuple[str, str]]) -> str:
    return "".join(json.dumps({"title": title, "text": text}, ensure_ascii=False) + "\n" for title, text in records)


def table(records: list[tuple[str, str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter="\t").writerows([("title", "text"), *records])
    return out.getvalue()


@pytest.mark.parametrize(
    ("records", "charset"), [(HANS, "gb18030"), (HANT, "big5"), (KANA, "shift_jis"), (KANA, "euc-jp")]
)
@pytest.mark.parametrize("kind", ["a.jsonl", "a.json", "a.tsv"])
def test_records_of_any_charset_are_read(
    tmp_path: Path, records: list[tuple[str, str]], charset: str, kind: str
) -> None:
    array = json.dumps([{"title": title, "text": text} for title, text in records], ensure_ascii=False)
    content = {"a.jsonl": lines(records), "a.json": array, "a.tsv": table(records)}[kind].encode(charset)
    refs = scan(tmp_path / kind, content)
    for override in (None, charset):
        documents = [load(ref, override) for ref in refs]
        assert [(each.title, each.text) for each in documents] == records
        assert {(each.charset.name, each.charset.by) for each in documents} == {
            (charset, "override" if override else "file")
        }
        assert not any(each.problems for each in documents)
    assert [loader.peek(ref, Options()).title for ref in refs] == [title for title, _ in records]


@pytest.mark.parametrize(
    ("charset", "mark"),
    [(charset, mark) for charset in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be") for mark in ("", "\ufeff")],
)
@pytest.mark.parametrize(("name", "write"), [("a.jsonl", lines), ("a.json", lines), ("a.tsv", table)])
def test_wide_charsets_are_parted_at_their_own_line_ends(
    tmp_path: Path, charset: str, mark: str, name: str, write: Callable[[list[tuple[str, str]]], str]
) -> None:
    records = [*HANS * 9, ("ਅਗਲਾ", "上੊上\u220a and more")]  # characters with a byte that ends lines
    refs = scan(tmp_path / name, (mark + write(records)).encode(charset))
    documents = [load(ref) for ref in refs]
    assert [(each.title, each.text) for each in documents] == records
    assert {each.charset.name for each in documents} == {charset.replace("-le", "le").replace("-be", "be")}
    assert documents[1].sha256 != documents[2].sha256
    assert sources.stored(refs[1], Limits()).decode(charset).rstrip("\r") == write(records).split("\n")[
        1 + (write is table)
    ].rstrip("\r")


def test_a_few_words_are_judged_by_what_the_file_holds_besides(tmp_path: Path) -> None:
    refs = scan(tmp_path / "a.jsonl", lines([*HANS * 3, ("嗯", "好的")]).encode("gb18030"))
    assert (load(refs[-1]).title, load(refs[-1]).text) == ("嗯", "好的")


def test_the_users_word_counts_in_records_as_on_pages(tmp_path: Path) -> None:
    (ref, *_) = scan(tmp_path / "a.jsonl", lines(HANS).encode())
    assert load(ref).charset.name == "utf-8"
    assert load(ref, "windows-1252").charset.name == "windows-1252"
    (ref, *_) = scan(tmp_path / "b.jsonl", lines(HANS).encode("gb18030"))
    assert load(ref, "big5").charset.name == "big5"
    assert load(ref, "big5").sha256 == load(ref).sha256
    names = [choice.charset for choice in loader.readings(Readings(ref, Options()), Limits()).candidates]
    assert names[0] == "gb18030"
    assert len(names) > 1
    original = loader.source(Source(ref, Options()), Limits())
    assert (original.raw, original.text) == (HANS[0][1].encode("gb18030"), HANS[0][1])


def test_escapes_of_characters_that_the_charset_lacks_are_read_all_the_same(tmp_path: Path) -> None:
    content = '{"title": "表の雨", "text": "表の雨が一晩中降り続いたので、誰も外に出なかった。\\ud83d\\ude00"}'
    (ref,) = scan(tmp_path / "a.jsonl", content.encode("shift_jis"))
    assert load(ref).text == "表の雨が一晩中降り続いたので、誰も外に出なかった。\U0001f600"


def test_records_in_escapes_of_seven_bits_are_read(tmp_path: Path) -> None:
    for name, content in (("a.jsonl", lines(KANA)), ("a.tsv", table(KANA))):
        documents = [load(ref) for ref in scan(tmp_path / name, content.encode("iso2022_jp"))]
        assert [(each.title, each.text) for each in documents] == KANA
    terminal = '{"title": "Red", "text": "a \x1b$ b \u5f69"}'.replace("\x1b", "\\u001b")
    (ref,) = scan(tmp_path / "b.jsonl", terminal.encode())
    assert load(ref).text == "a \x1b$ b \u5f69"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("It\0 was raining.", "It\0 was raining."),
        ("It\0 w\0as.", "It\0 w\0as."),
        ("It was raining.".encode("utf-16-le").decode(), "It was raining."),
    ],
)
def test_a_few_nuls_in_a_short_text_make_no_utf_16_of_it(tmp_path: Path, text: str, read: str) -> None:
    (ref,) = scan(tmp_path / "a.jsonl", json.dumps({"text": text}).encode())
    assert load(ref).text == read


def test_a_record_in_two_charsets_is_read_in_both(tmp_path: Path) -> None:
    text = "昨天夜里下了一整夜的雨，山上的路都被冲断了。" * 8
    record = b'{"title": "' + "雨".encode() + b'", "text": "' + text.encode() + b"\\n" + text.encode("gb18030") + b'"}'
    (ref,) = scan(tmp_path / "a.jsonl", record)
    assert load(ref).text == f"{text}\n{text}"
    assert "charset_split" in [problem.code for problem in load(ref).problems]


def test_a_backslash_that_is_half_a_character_ends_no_string() -> None:
    array = json.dumps([{"t": "成功"}, {"t": "許"}, {"t": 'a\\"功'}], ensure_ascii=False).encode("big5")
    for size in range(1, len(array)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("tui.sources.parsing.lines.FIRST_CHUNK_BYTES", size)
            patch.setattr("tui.sources.parsing.lines.CHUNK_BYTES", size)
            spans = list(values(io.BytesIO(array), in_pairs=True))
        assert next(array[start : start + length].decode("big5") for start, length in spans) == '{"t": "成功"}'
        assert len(spans) == 3


def test_columns_of_bytes_are_words_in_the_charset_of_their_page(tmp_path: Path) -> None:
    base = sqlite3.connect(tmp_path / "a.sqlite")
    base.execute("create table pages(url blob, title blob, html blob, note blob, hash blob)")
    page = f"<meta charset=gb2312><p>{HANS[0][1]}</p>".encode("gb18030")
    digest = bytes.fromhex("9a3f00c1d2e4f5061728394a5b6c7d8e")
    base.execute(
        "insert into pages values(?, ?, ?, ?, ?)",
        (b"http://example.org/", "雨".encode("gb18030"), page, "山上的路".encode("gb18030"), digest),
    )
    base.commit()
    base.close()
    (ref,) = scan(tmp_path / "a.sqlite")
    document = load(ref)
    assert (document.title, document.url, document.text.strip()) == ("雨", "http://example.org/", HANS[0][1])
    assert document.record["note"] == "山上的路"
    assert document.record["hash"].startswith("16 bytes: 9a3f")


def test_text_is_found_in_records_of_other_charsets(tmp_path: Path) -> None:
    refs = scan(tmp_path / "a.jsonl", lines(HANS).encode("gb18030"))
    hits: list[int] = []
    while refs:  # an answer comes after a moment, however far it got
        answer = search(refs, "孩子们", Options(), Limits(), lambda: None)
        hits += [hit.ref.ordinal for hit in answer.found]
        refs = refs[answer.pages :]
    assert hits == [1]


def mask(number: int, name: str, charset: str) -> str:
    """Another name as long in bytes, which zipfile doesn't write as UTF-8."""
    return f"{number}" * len(name.encode(charset.replace("ibm", "cp")))


@pytest.mark.parametrize(
    ("names", "charset"),
    [
        (["新闻/第一篇.txt", "新闻/第二篇.txt"], "gb18030"),
        (["ニュース/表紙の話.txt", "ニュース/二番目.txt"], "shift_jis"),
        (["новости/первая.txt", "новости/вторая.txt"], "ibm866"),
        (["GRÜN/Straße.txt", "GRÜN/zwölf.txt"], "ibm437"),
        (["新闻/第一篇.txt"], "utf-8"),
    ],
)
def test_names_of_members_are_decoded_together(tmp_path: Path, names: list[str], charset: str) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number, name in enumerate(names):
            archive.writestr(mask(number, name, charset), "Rain.")
    content = path.read_bytes()
    for number, name in enumerate(names):
        content = content.replace(mask(number, name, charset).encode(), name.encode(charset.replace("ibm", "cp")))
    assert [ref.member for ref in scan(path, content)] == names


@pytest.mark.parametrize("pack", [bytes, zlib.compress])
@pytest.mark.parametrize(
    ("charset", "title"), [("gb18030", "昨夜的雨"), ("utf-16", "昨夜的雨"), ("utf-8-sig", "昨夜的雨")]
)
def test_bytes_beside_a_page_are_in_its_charset_however_it_is_packed(
    tmp_path: Path, pack: Callable[[bytes], bytes], charset: str, title: str
) -> None:
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE pages (title BLOB, content BLOB)")
        html = f"<html><body><p>{HANS[0][1] * 3}</p></body></html>".encode(charset)
        database.execute("INSERT INTO pages VALUES (?, ?)", (title.encode(charset), pack(html)))
    database.close()
    (ref,) = scan(path)
    assert sources.read(ref, Limits()).title == title
