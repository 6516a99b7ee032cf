"""Metadata as it is read: problems first, every value with where it came from."""

from dataclasses import replace

import pytest
from screen_fake import page

from tui.core.model import Http, Ref
from tui.core.problems import Problem, Reason
from tui.view.pagetext.facts import MAX_VALUE_CHARS, describe, shown
from tui.view.pagetext.text import list_name

DOCUMENT = page(Ref("/corpus/a.html", 7, "html"))


def test_problems_come_first_with_where_and_how_much() -> None:
    problem = Problem("bytes_lost", "", {"reason": Reason("ends_early")}, byte=48_113, lost=2)
    said, _known = describe(replace(DOCUMENT, problems=(problem,)))
    assert [entry.mood for entry in said[:2]] == ["heading", "trouble"]
    assert said[1].note == "bytes_lost · byte 48,113 · 2 bytes lost"


def test_a_value_says_where_it_came_from_how_sure_it_is_and_what_differs() -> None:
    said, _known = describe(DOCUMENT)
    date = next(entry for entry in said if entry.label == "date")
    assert (date.value, date.mood) == ("2021-12-07", "probable")
    assert date.note == "text: dateline · probable · or 2021-12-08 (meta)"


def test_all_claims_repairs_signals_and_unknown_fields_are_there() -> None:
    _said, known = describe(DOCUMENT)
    rows = {(entry.label, entry.value) for entry in known}
    assert {("Charset", "gb18030"), ("says meta", "gb2312"), ("says detection", "gb18030")} <= rows
    assert {("pinyin_gloss", "2"), ("han", "0.9"), ("crawl", "2021-50")} <= rows


def test_a_huge_value_is_cut_and_says_so() -> None:
    text = shown("x" * (MAX_VALUE_CHARS + 1234))
    assert text.endswith("… (1,234 characters more)")


def test_what_was_not_read_of_a_page_is_said() -> None:
    _said, known = describe(replace(DOCUMENT, size=100, clipped=5000))
    entry = next(entry for entry in known if entry.label == "bytes")
    assert (entry.mood, entry.note) == ("trouble", "5,000 bytes more were not read")


def test_the_headers_of_a_warc_record_are_there() -> None:
    _said, known = describe(replace(DOCUMENT, warc=(("WARC-Type", "response"), ("Content-Length", "12"))))
    assert [(entry.label, entry.value) for entry in known if entry.label in ("WARC", "Type", "Content-Length")] == [
        ("WARC", "2 headers"),
        ("Type", "response"),
        ("Content-Length", "12"),
    ]


@pytest.mark.parametrize(("size", "is_cut"), [(2000, False), (2001, True)])
def test_2000_characters_of_a_value_are_shown(size: int, is_cut: bool) -> None:
    assert shown("x" * size) == "x" * 2000 + "… (1 characters more)" * is_cut


@pytest.mark.parametrize(
    ("offset", "length", "told"),
    [(0, -1, None), (0, 0, ("0", "0 bytes")), (1, -1, ("1", "")), (1234, 5678, ("1,234", "5,678 bytes"))],
)
def test_where_a_record_lies_is_told(offset: int, length: int, told: tuple[str, str] | None) -> None:
    _said, known = describe(replace(DOCUMENT, ref=replace(DOCUMENT.ref, offset=offset, length=length)))
    entry = next((entry for entry in known if entry.label == "offset"), None)
    assert (entry and (entry.value, entry.note)) == told


@pytest.mark.parametrize(("wire", "told"), [(-1, []), (0, [("0 bytes", "9 unpacked")])])
def test_how_much_came_is_told_where_it_is_known(wire: int, told: list[tuple[str, str]]) -> None:
    _said, known = describe(replace(DOCUMENT, http=Http(200, wire_bytes=wire, decoded_bytes=9)))
    assert [(entry.value, entry.note) for entry in known if entry.label == "came"] == told


@pytest.mark.parametrize(("name", "called"), [("hot", "hot"), ("hot 2", "hot 2"), ("my list", "my list"), ("7", "7")])
def test_lists_are_called_by_kind_and_number(name: str, called: str) -> None:
    assert list_name(name) == called
