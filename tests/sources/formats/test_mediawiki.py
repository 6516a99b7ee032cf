"""Exports of MediaWiki: a page an article, of streams in any packing, cut ones too."""

import bz2
import gzip
import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from made_wikis import END, PAGES, SITE, export, page, revision
from troubles import trouble

from tui import loader, sources
from tui.core.model import Document, Item, Limits, Options, Ref, Trouble
from tui.core.page import WIKI_MEDIA
from tui.sources import Tally
from tui.sources.parsing.blocks import Enclosed

WHOLE = export(PAGES).encode()


def scan(path: Path, content: bytes) -> list[Item]:
    path.write_bytes(content)
    return list(sources.scan([str(path)], Tally()))


def load(ref: Item, charset: str | None = None) -> Document:
    return loader.load(ref, Options(charset=charset), Limits())


def multistream(pages: list[str]) -> bytes:
    """As the dumps of Wikipedia are packed: the site, some pages together, and the end, each a stream of its own."""
    return b"".join(bz2.compress(part.encode()) for part in (SITE, *(f"  {each}\n" for each in pages), END))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xml", WHOLE),
        ("a.xml.bz2", bz2.compress(WHOLE)),
        ("a.xml.bz2", multistream(PAGES)),
        ("a.xml.gz", gzip.compress(WHOLE)),
        ("part", "\n  ".join(PAGES).encode()),
    ],
)
def test_a_page_is_its_own_bytes_in_the_order_of_the_file(tmp_path: Path, name: str, content: bytes) -> None:
    refs = scan(tmp_path / name, content)
    assert [ref.ordinal for ref in refs] == [0, 1, 2]
    for ref, element in zip(refs[::-1], PAGES[::-1], strict=True):
        assert sources.stored(ref, Limits()) == element.encode()
        assert load(ref).sha256 == hashlib.sha256(element.encode()).hexdigest()
    assert [loader.peek(ref, Options()).title for ref in refs] == ["Regen & Wind", "Niederschlag", "雨"]


def test_an_article_has_address_date_author_categories_and_structure(tmp_path: Path) -> None:
    document = load(scan(tmp_path / "a.xml", WHOLE)[0])
    assert (document.title, document.url, document.media, document.type) == (
        "Regen & Wind",
        "https://wiki.example/wiki/Regen_%26_Wind",
        WIKI_MEDIA,
        "article",
    )
    facts = {key: field.value for key, field in document.metadata.items()}
    assert facts == {
        "date": "2021-03-01T06:07:08Z",
        "author": ["Ann Bauer"],
        "site": "Wetterwiki",
        "keywords": ["Wetter"],
    }
    assert document.record["comment"] == "links & text"
    assert document.body == "Regen ist flüssiges Wasser.\nUrsachen\nWolken"
    assert [(block.kind, block.level) for block in document.blocks] == [
        ("title", None),
        ("body", None),
        ("heading", 2),
        ("list", None),
    ]
    links = [(span.value, document.text[span.start : span.end]) for span in document.spans if span.kind == "link"]
    assert links == [
        ("https://wiki.example/wiki/Wasser", "flüssiges Wasser"),
        ("https://wiki.example/wiki/Wolke", "Wolken"),
    ]
    assert not document.problems


def test_a_redirect_says_where_it_leads_and_the_last_revision_is_the_page(tmp_path: Path) -> None:
    _, redirect, changed = map(load, scan(tmp_path / "a.xml", WHOLE))
    assert (redirect.record["redirect"], redirect.record["author"]) == ("Regen & Wind", ["192.0.2.1"])
    assert redirect.body == "#WEITERLEITUNG Regen & Wind"
    assert (changed.body, changed.record["revisions"], changed.record["revision"]) == (
        "雨是水的一种，<page> 不是标签。",
        2,
        "2",
    )


@pytest.mark.parametrize(
    ("base", "url"),
    [
        ("https://e.org/wiki/Main", "https://e.org/wiki/A_b"),
        ("http://e.org/index.php?title=Main", "http://e.org/index.php?title=A_b"),
        ("", None),
    ],
)
def test_addresses_are_made_of_the_base(tmp_path: Path, base: str, url: str | None) -> None:
    site = SITE.replace("https://wiki.example/wiki/Hauptseite", base)
    (ref,) = scan(tmp_path / "a.xml", f"{site}{page('A b', revision('x'))}{END}".encode())
    assert load(ref).url == url


def test_what_is_no_wikitext_is_shown_as_it_is(tmp_path: Path) -> None:
    code = "/* [[no]] link */\n.a > b { color: red }"
    (ref,) = scan(tmp_path / "a.xml", export([page("A.css", revision(code, model="css"))]).encode())
    document = load(ref)
    assert (document.text, document.media, document.record["model"]) == (code, "text/plain", "css")


def test_the_user_may_name_another_charset(tmp_path: Path) -> None:
    (ref,) = scan(tmp_path / "a.xml", export([page("雨", revision("雨是水的一种。"))]).encode("gb18030"))
    assert load(ref).title == "雨"
    assert load(ref, "big5").charset.name == "big5"


@pytest.mark.parametrize("end", range(WHOLE.index(b"<page>", 900) + 1, WHOLE.rindex(b"</page>") + 7, 61))
def test_a_cut_file_gives_all_whole_pages_and_one_line(tmp_path: Path, end: int) -> None:
    for name, content in (("a.xml", WHOLE[:end]), ("a.xml.bz2", bz2.compress(WHOLE[:end]))):
        refs = scan(tmp_path / name, content)
        count = WHOLE[:end].count(b"</page>")
        assert [type(ref) for ref in refs] == [Ref] * count + [Trouble]
        assert [load(ref).title for ref in refs[:count]] == ["Regen & Wind", "Niederschlag", "雨"][:count]
        is_within = WHOLE[:end].count(b"<page>") > count
        assert ("the file ends within this page" if is_within else "no end mark") in str(trouble(refs[-1]))


def test_a_cut_stream_is_told_once(tmp_path: Path) -> None:
    content = multistream(PAGES)
    refs = scan(tmp_path / "a.xml.bz2", content[: -len(bz2.compress(END.encode())) - 20])
    assert [type(ref) for ref in refs] == [Ref, Ref, Trouble]


def test_a_page_whose_end_is_lost_ends_at_the_next_one(tmp_path: Path) -> None:
    refs = scan(tmp_path / "a.xml", WHOLE.replace(b"</page>", b"", 1))
    assert [load(ref).title for ref in refs] == ["Regen & Wind", "Niederschlag", "雨"]


def test_blocks_are_the_same_however_the_file_is_cut_into_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    content = WHOLE.replace(b"</page>", b"", 1) + b"<page>cut"
    expected = list(Enclosed(io.BytesIO(content), b"<page>", b"</page>"))
    assert len(expected) == 3
    for size in (1, 2, 5, 7, 8, 50):
        monkeypatch.setattr("tui.sources.parsing.lines.FIRST_CHUNK_BYTES", size)
        monkeypatch.setattr("tui.sources.parsing.lines.CHUNK_BYTES", size)
        blocks = Enclosed(io.BytesIO(content), b"<page>", b"</page>")
        assert list(blocks) == expected
        assert (blocks.cut, blocks.end) == ((len(content) - 9, 9), len(content))


@pytest.mark.parametrize("start", [b"<html><page><title>", b"text <mediawiki>", b"<pages><page><title>"])
def test_other_markup_is_no_export(tmp_path: Path, start: bytes) -> None:
    (ref,) = scan(tmp_path / "a.xml", start + b"Rain</title></page>")
    assert isinstance(ref, Ref)
    assert ref.format != "mediawiki"


@pytest.mark.parametrize("name", ["a.xml", "a", "a.xml.gz", "a.zip"])
def test_a_part_that_begins_within_a_page_has_the_pages_behind_it(tmp_path: Path, name: str) -> None:
    part = WHOLE[WHOLE.index(b"<revision>") + 5 :]
    content = gzip.compress(part) if name.endswith(".gz") else part
    if name.endswith(".zip"):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.xml", part)
        content = held.getvalue()
    first, *others = scan(tmp_path / name, content)
    assert isinstance(first, Trouble)
    assert "byte 0: the file begins within a page of a wiki" in first.problem.message
    assert [ref.ordinal for ref in (first, *others)] == list(range(len(others) + 1))
    wanted = [load(ref).title for ref in scan(tmp_path / "whole.xml", WHOLE)][1:]
    assert [load(ref).title for ref in others] == wanted


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", b'{"title":"one","text":"</revision></page><page><title>"}\n{"title":"two","text":"Rain."}\n'),
        ("a", b'{"title":"one","text":"</revision></page><page><title>"}\n{"title":"two","text":"Rain."}\n'),
        ("a.csv", b'title,text\none,"</revision>\n</page>\n<page>\n<title>"\ntwo,Rain.\n'),
        ("a.html", b"<!doctype html><title>One</title><!-- </revision></page><page><title> --><p>Rain."),
        ("a", b"<!doctype html><title>One</title><!-- </revision></page><page><title> --><p>Rain."),
    ],
)
def test_other_files_may_hold_what_stands_between_pages(tmp_path: Path, name: str, content: bytes) -> None:
    assert not any(isinstance(row, Trouble) for row in scan(tmp_path / name, content))


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_prose_that_shows_how_pages_follow_each_other_is_text(tmp_path: Path, name: str) -> None:
    part = WHOLE[WHOLE.index(b"<revision>") + 5 :]
    assert len(scan(tmp_path / name, part)) == 1
