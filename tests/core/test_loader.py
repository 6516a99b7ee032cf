"""A page's whole way, from bytes to a document, without a screen."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui import loader
from tui.core.model import Document, Limits, Options, Ref
from tui.core.page import Page, RawPage
from tui.core.problems import Reason
from tui.core.questions import Source
from tui.text.charset.decode import decode
from tui.text.mending.edits import undo

GLOSSED = "嵐溪市總統(tǒng)府昨天發(fā)布了首份聲音地圖,總統(tǒng)說,系統(tǒng)會記錄每一條街的聲音,統(tǒng)計完成后發(fā)布。"
MENDED = "嵐溪市總統府昨天發布了首份聲音地圖,總統說,系統會記錄每一條街的聲音,統計完成后發布。"


def load(path: Path, options: Options | None = None, plain: Reason | None = None) -> Document:
    """Scan a file and load its only page."""
    (ref,) = loader.scan([str(path)], loader.Tally())
    return loader.load(ref, options or Options(), Limits(), plain)


def restore(payload: bytes, media: str = "text/html", options: Options | None = None) -> Page:
    return loader.restore(RawPage(Ref("x", 0), payload, media, len(payload)), options or Options())[0]


def write(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_damaged_page_is_decoded_repaired_and_parsed(tmp_path: Path) -> None:
    page = f"<meta charset=gb2312><title>{GLOSSED[:16]}</title><p>{GLOSSED}</p><p>第二段</p>"
    document = load(write(tmp_path / "a.html", page.encode("gb18030")))
    assert document.text == f"{MENDED}\n第二段"
    assert (document.charset.name, document.charset.by) == ("gb18030", "meta")
    assert undo(document.text, document.edits) == f"{GLOSSED}\n第二段"
    assert [(repair.name, repair.count) for repair in document.repairs] == [("pinyin_gloss", 6)]


@pytest.mark.parametrize("head", ["", f"<html><head><title>{GLOSSED}</title></head><body class=x>\r\n"])
@pytest.mark.parametrize(
    ("word", "scraped"), [("總統府", "總統(tǒng)府"), ("統計", "統(tǒng)計"), ("café", "caf&eacute;")]
)
def test_a_place_in_the_text_is_found_in_the_source(tmp_path: Path, head: str, word: str, scraped: str) -> None:
    path = write(tmp_path / "a.html", f"{head}<p>嵐溪市的caf&eacute;</p>\r\n<p>{GLOSSED}</p>".encode("gb18030"))
    document = load(path)
    question = Source(document.ref, Options(), offset=document.text.index(word))
    original = loader.source(question, Limits())
    assert original.text[original.place :].startswith(scraped)
    assert original.place >= len(head.replace("\r", ""))


@pytest.mark.parametrize(("offset", "padding"), [(-1, 0), (10_000, 0), (3, loader.PLACED_BYTES)])
def test_a_place_that_is_not_in_the_page_or_in_one_too_large_is_not_looked_for(
    tmp_path: Path, offset: int, padding: int
) -> None:
    path = write(tmp_path / "a.html", f"<p>{GLOSSED}</p>" + " " * padding)
    (ref,) = loader.scan([str(path)], loader.Tally())
    assert loader.source(Source(ref, Options(), offset=offset), Limits()).place == -1


def test_title_and_fields_are_repaired_by_the_plan_of_the_page() -> None:
    page = restore(f'<title>總統(tǒng)</title><p>{GLOSSED}<img src=x alt="總統(tǒng)府">'.encode())
    assert ("title", "總統") in page.meta
    assert page.meta_before["總統"] == "總統(tǒng)"
    assert [span.value for span in page.spans if span.kind == "image"] in (["總統府"], [])


def test_lines_and_spans_move_with_the_text() -> None:
    page = restore(f"<p>{GLOSSED}</p><p>前 <a href=/x>總統(tǒng)府</a> 后</p><p>尾</p>".encode())
    texts = [page.text[line.start : line.end] for line in page.lines]
    assert texts == page.text.split("\n") == [MENDED, "前 總統府 后", "尾"]
    (link,) = [span for span in page.spans if span.kind == "link"]
    assert page.text[link.start : link.end] == "總統府"
    assert page.lines[1].link_chars == len("總統(tǒng)府")


def test_a_repair_is_left_out_when_asked(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", GLOSSED)
    assert load(path, Options(without=frozenset({"pinyin_gloss"}))).text == GLOSSED
    assert load(path, Options(charset="windows-1251")).charset.by == "override"


def test_a_charset_for_files_does_not_damage_text_out_of_json(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", json.dumps({"text": "雨が降る。"}))
    assert load(path, Options(charset="big5")).text == "雨が降る。"


def test_plain_mode_strips_tags_repairs_nothing_and_says_why(tmp_path: Path) -> None:
    document = load(
        write(tmp_path / "a.html", f"<p>{GLOSSED}<script>x</script>"), plain=Reason("took_longer", {"seconds": 5.0})
    )
    assert document.text == GLOSSED
    assert [problem.message for problem in document.problems] == [
        f"{tmp_path}/a.html: it took longer than 5 s; tags are stripped and nothing is repaired"
    ]


def test_what_cannot_be_read_is_an_empty_page_with_the_reason(tmp_path: Path) -> None:
    gone = Ref(str(tmp_path / "gone.html"), 4, "html")
    document = loader.load(gone, Options(), Limits())
    assert (document.ref, document.text) == (gone, "")
    assert [problem.message for problem in document.problems] == [f"{gone.source}: no such file; check the name"]
    assert loader.peek(gone, Options()).trouble == document.problems[0]
    original = loader.source(Source(gone, Options()), Limits())
    assert (original.raw, original.problems[0].code) == (b"", "unreadable")


def test_problems_of_reading_and_decoding_stay_with_the_page(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"text":"caf\\ud800"}')
    assert [problem.code for problem in load(path).problems] == ["lone_surrogates"]
    path = write(tmp_path / "b.txt", "é".encode() * 9 + b"\xff")
    assert [problem.code for problem in load(path).problems] == ["bytes_lost"]


def test_the_original_is_decoded_and_not_repaired(tmp_path: Path) -> None:
    record = json.dumps({"text": GLOSSED, "id": 1}).encode()
    (ref,) = loader.scan([str(write(tmp_path / "a.jsonl", record))], loader.Tally())
    original = loader.source(Source(ref, Options()), Limits())
    assert (original.text, original.raw, original.record) == (GLOSSED, GLOSSED.encode(), record)


@pytest.mark.parametrize(
    ("name", "content", "title", "date"),
    [
        (
            "a.html",
            "<title>Rain &amp;\n wind</title><meta property=article:published_time content=2021-03-05>",
            "Rain & wind",
            "2021-03-05",
        ),
        ("a.html", '<meta property="og:title" content="Rain"><title>Rain - Site</title>', "Rain", None),
        ("a.html", "<h1><b>Rain</b></h1>", "Rain", None),
        ("a.html", "<script>var a</script><p>Rain</p>", "Rain", None),
        ("a.html", f"<title>總統(tǒng)</title><p>{GLOSSED}", "總統", None),
        ("a.json", '{"text":"It rained.","title":"Rain","date":"2021-03-05"}', "Rain", "2021-03-05"),
        ("a.html", b"\xff\xfe" + "<title>雨</title>".encode("utf-16-le"), "雨", None),
    ],
)
def test_a_peek_finds_title_and_date(
    tmp_path: Path, name: str, content: bytes | str, title: str, date: str | None
) -> None:
    (ref,) = loader.scan([str(write(tmp_path / name, content))], loader.Tally())
    peek = loader.peek(ref, Options())
    assert (peek.title, peek.date, peek.trouble) == (title, date, None)


def test_a_peek_at_a_big_page_reads_its_start_only(tmp_path: Path) -> None:
    path = write(tmp_path / "a.html", "<title>雨</title>" + "<p>雨" * 2_000_000)
    (ref,) = loader.scan([str(path)], loader.Tally())
    assert loader.peek(ref, Options()).title == "雨"
    (ref,) = loader.scan([str(write(tmp_path / "b.txt", "\n".join(["雨が降る。"] * 500_000)))], loader.Tally())
    assert loader.peek(ref, Options()).trouble is None


_LONG = "It rained all day, and nobody went out of the house before the evening came. " * 20_000
"""More than a peek looks at of a page."""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", json.dumps({"text": _LONG, "url": "https://a.example/", "title": "Rain", "date": "2021-03-05"})),
        ("a.jsonl", json.dumps({"title": "Rain", "date": "2021-03-05", "text": _LONG, "url": "https://a.example/"})),
        (
            "a.jsonl",
            json.dumps({"html": f"<title>Rain</title>{_LONG}", "date": "2021-03-05", "url": "https://a.example/"}),
        ),
        ("a.jsonl", json.dumps({"text": f"Rain\n{_LONG}", "date": "2021-03-05", "url": "https://a.example/"})),
        ("a.csv", f'text,title,date,url\r\n"{_LONG}",Rain,2021-03-05,https://a.example/\r\n'),
    ],
)
def test_a_peek_at_a_big_record_knows_its_fields_wherever_they_stand(tmp_path: Path, name: str, content: str) -> None:
    (ref,) = loader.scan([str(write(tmp_path / name, content))], loader.Tally())
    peek = loader.peek(ref, Options())
    assert (peek.title, peek.date, peek.url) == ("Rain", "2021-03-05", "https://a.example/")


@given(st.binary(max_size=200), st.sampled_from(["text/html", "text/plain"]))
def test_no_bytes_make_a_page_fail_and_undoing_its_edits_gives_back_what_was_decoded(
    payload: bytes, media: str
) -> None:
    page = restore(payload, media)
    unrepaired = undo(page.text, page.edits)
    if media == "text/plain":
        assert unrepaired == decode(payload).text
    assert [page.text[line.start : line.end] for line in page.lines] == (page.text.split("\n") if page.lines else [])


def test_scanning_loads_neither_decoders_nor_repairs() -> None:
    script = """
import sys
from tui import loader
list(loader.scan(["."], loader.Tally()))
print(*sorted(name for name in sys.modules if name.startswith("tui.text") or name == "webencodings"))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_a_utf8_page_loads_neither_the_judge_of_charsets_nor_ftfy_nor_a_parser(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "雨が降る。")
    script = """
import sys
from tui import loader
from tui.core.problems import Reason
from tui.core.model import Limits, Options
for ref in loader.scan(sys.argv[1:], loader.Tally()):
    assert loader.load(ref, Options(), Limits()).text
print(*sorted({"tui.text.charset.judge", "ftfy", "turbohtml", "wcwidth", "webencodings", "textual"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_a_page_without_title_and_text_is_called_by_its_address_in_lists_too(tmp_path: Path) -> None:
    record = {"html": "<div id=root></div>", "url": "https://a.example/2021/%E9%9B%A8.html?x=1"}
    path = write(tmp_path / "a.jsonl", json.dumps(record))
    document = load(path)
    assert document.title == loader.peek(document.ref, Options()).title == "a.example/2021/雨.html"
