"""Metadata as it is read: what a reader wants first, every value with where it came from, problems last."""

from dataclasses import replace

import pytest
from screen_fake import page

from tui.core.model import Failure, Field, Headline, Http, Ref, RepairCount, Twins
from tui.core.problems import Problem, Reason
from tui.view.pagetext.brief import MAX_VALUE_CHARS, shown
from tui.view.pagetext.facts import describe
from tui.view.pagetext.text import name_of_list

DOCUMENT = page(Ref("/corpus/a.html", 7, "html"))


def test_problems_come_last_a_row_for_each_kind_with_where_and_how_much() -> None:
    lost = [Problem("bytes_lost", "", {"reason": Reason("ends_early")}, byte=at, lost=2) for at in (48_113, 7)]
    wrong = Problem(
        "naive_conversion", "", {"found": Reason("word_times", {"word": "關系", "count": 6}), "meant": "關係"}
    )
    other = Problem("naive_conversion", "", {"found": "沖突", "meant": "衝突"})
    said, _known = describe(replace(DOCUMENT, problems=(wrong, *lost, other)))
    assert [(entry.label, entry.value, entry.note, entry.mood) for entry in said[-2:]] == [
        ("problems", "7 conversion errors: 關系 ×6, 沖突", "P mends them", "plain"),
        ("", "it is truncated  ×2", "byte 48,113, byte 7 · 4 bytes lost · bytes_lost", "trouble"),
    ]


@pytest.mark.parametrize(("key", "note"), [("Ctrl-P", "Ctrl-P mends them"), ("", "")])
def test_the_key_that_mends_is_the_one_in_force(key: str, note: str) -> None:
    wrong = Problem("naive_conversion", "", {"found": "沖突", "meant": "衝突"})
    said, _known = describe(replace(DOCUMENT, problems=(wrong,)), key)
    assert said[-1].note == note


def test_of_one_kind_of_problem_five_places_are_named() -> None:
    for count, more in ((5, ""), (6, ", …")):
        lost = [Problem("bytes_lost", "", {"reason": Reason("ends_early")}, byte=at) for at in range(count)]
        said, _known = describe(replace(DOCUMENT, problems=tuple(lost)))
        assert said[-1].note == f"byte 0, byte 1, byte 2, byte 3, byte 4{more} · bytes_lost"


def test_twins_are_counted_and_the_first_of_them_is_named() -> None:
    copy = replace(DOCUMENT, twins=Twins(2, Ref("/corpus/a.html", 4), 0.934))
    for document, entries in (
        (DOCUMENT, []),
        (replace(DOCUMENT, twins=Twins(1200)), [("1,200", "this one is the first")]),
        (copy, [("2", "a copy of #4, 93% the same")]),
    ):
        said, _known = describe(document)
        assert [(entry.value, entry.note) for entry in said if entry.label == "twins"] == entries


def test_a_reader_gets_first_when_the_page_was_written_and_by_whom() -> None:
    stated = {name: Field("x", "meta") for name in ("place", "original_title", "editor", "site", "author", "date")}
    said, _known = describe(replace(DOCUMENT, metadata=stated))
    assert [entry.label for entry in said[:6]] == ["date", "author", "site", "editor", "original title", "place"]
    assert [entry.label for entry in said[6:]] == ["charset", "repairs"]


def test_a_value_says_where_it_came_from_how_sure_it_is_and_what_differs() -> None:
    said, _known = describe(DOCUMENT)
    date = next(entry for entry in said if entry.label == "date")
    assert (date.value, date.mood) == ("2021-12-07", "probable")
    assert date.note == "guessed: dateline · or 2021-12-08 (meta)"


@pytest.mark.parametrize(("doubt", "count"), [(0.29, 0), (0.3, 1)])
def test_a_body_that_is_doubtful_says_how_much_was_left_out(doubt: float, count: int) -> None:
    said, _known = describe(replace(DOCUMENT, signals={"doubt": doubt, "boilerplate_ratio": 0.38}))
    rows = [(entry.value, entry.note, entry.mood) for entry in said if entry.label == "body"]
    assert rows == [("uncertain", "38% of the text left out", "probable")] * count


def test_all_claims_repairs_signals_and_unknown_fields_are_there() -> None:
    said, known = describe(DOCUMENT)
    rows = {(entry.label, entry.value) for entry in known}
    assert {("han", "0.9"), ("crawl", "2021-50")} <= rows
    charset, repairs = said[-2:]
    assert (charset.value, charset.note) == ("GB18030", "meta says gb2312 · or gb18030 (0.98)")
    assert (repairs.value, repairs.note) == ("2 pinyin_gloss", "all certain")


def test_the_rules_that_a_page_fails_are_told_with_figure_bound_and_meaning() -> None:
    fails = {
        "gopher_few_words": Failure(8, 50),
        "gopher_many_words": Failure(100_001, 100_000),
        "c4_braces": Failure(1, 0),
    }
    _said, known = describe(replace(DOCUMENT, fails=fails))
    at = next(at for at, entry in enumerate(known) if entry.label == "Fails")
    assert [entry[:3] for entry in known[at : at + 4]] == [
        ("Fails", "rules of public corpora", ""),
        ("gopher_few_words", "8 < 50", "words"),
        ("gopher_many_words", "100001 > 100000", "words"),
        ("c4_braces", "1 > 0", "lines with a curly bracket"),
    ]
    assert "Fails" not in {entry.label for entry in describe(DOCUMENT)[1]}


@pytest.mark.parametrize(
    ("guessed", "told"), [(0, "all certain"), (1, "1 certain, 1 guessed"), (2, "all guessed"), (3, "all guessed")]
)
def test_how_much_was_guessed_is_told(guessed: int, told: str) -> None:
    said, _known = describe(replace(DOCUMENT, repairs=(RepairCount("mojibake", 2, "probable", probable=guessed),)))
    assert said[-1].note == told


def test_a_huge_value_is_cut_and_says_so() -> None:
    text = shown("x" * (MAX_VALUE_CHARS + 1234))
    assert text.endswith("… (1,234 more characters)")


def test_what_was_not_read_of_a_page_is_said() -> None:
    _said, known = describe(replace(DOCUMENT, size=100, clipped=5000))
    entry = next(entry for entry in known if entry.label == "bytes")
    assert (entry.mood, entry.note) == ("trouble", "5,000 more bytes were not read")


def test_the_headers_of_a_warc_record_are_there() -> None:
    _said, known = describe(replace(DOCUMENT, warc=(("WARC-Type", "response"), ("Content-Length", "12"))))
    assert [(entry.label, entry.value) for entry in known if entry.label in ("WARC", "Type", "Content-Length")] == [
        ("WARC", "2 headers"),
        ("Type", "response"),
        ("Content-Length", "12"),
    ]


@pytest.mark.parametrize(("size", "is_cut"), [(2000, False), (2001, True)])
def test_2000_characters_of_a_value_are_shown(size: int, is_cut: bool) -> None:
    assert shown("x" * size) == "x" * 2000 + "… (1 more characters)" * is_cut


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
    assert [(entry.value, entry.note) for entry in known if entry.label == "received"] == told


@pytest.mark.parametrize(("name", "called"), [("hot", "hot"), ("hot 2", "hot 2"), ("my list", "my list"), ("7", "7")])
def test_lists_are_called_by_kind_and_number(name: str, called: str) -> None:
    assert name_of_list(Headline(name, "", 0, 0)) == called
