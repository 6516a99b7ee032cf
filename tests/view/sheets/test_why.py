"""Why a character is what it is, from the screen down to its bytes."""

from dataclasses import replace

import pytest

from tui.core.answers import Origin, Traced
from tui.core.model import Charset, Document, Edit, Original, Ref, RepairCount, Rows, Step
from tui.core.problems import Problem, Reason
from tui.text.mending.trace import locate, unmended
from tui.view.sheets.why import Remark, explain, explain_source

RAW = "首頁 caf&amp;eacute; 統(tǒng)".encode("gb18030")
REF = Ref("a.html", 0, "html")
ORIGINAL = Original(REF, RAW, RAW, "text/plain", Charset("gb18030", "meta"), RAW.decode("gb18030"))
STEPS = (Step("first", "caf&amp;eacute;", "caf&eacute;"), Step("second", "caf&eacute;", "café"))
DOCUMENT = replace(
    Document.unread(REF, Problem("gloss_lost", "", {"words": "this is doubtful"}, 8, 9)),
    text="首頁 café 統",
    edits=Rows(
        Edit,
        [
            Edit(3, 7, "caf&amp;eacute;", "café", "first", "probable", STEPS),
            Edit(8, 9, "統(tǒng)", "統", "pinyin_gloss"),
        ],
    ),
    repairs=(RepairCount("pinyin_gloss", 1, "certain", Reason("first_ranked", {"count": 46})),),
)


def said(offset: int, document: Document = DOCUMENT, original: Original = ORIGINAL) -> list[tuple[str, str]]:
    return [(label, text) for label, text, _look in explained(offset, document, original)]


def explained(offset: int, document: Document = DOCUMENT, original: Original = ORIGINAL) -> list[Remark]:
    found = unmended(document.text, document.edits, offset)
    origin = locate(original.raw, original.charset.name, found.text, found.start, found.end)
    traced = Traced(REF, original.charset, len(original.raw), found.edit, origin=origin)
    return list(explain(document, offset, traced))


def test_an_untouched_character_is_its_own_bytes() -> None:
    entries = dict(said(0))
    assert entries["character"] == "首  U+9996  CJK UNIFIED IDEOGRAPH-9996"
    assert entries["repairs"] == "none: it is as decoded"
    assert entries["decoded as"] == "gb18030, by meta"
    assert entries["bytes"] == "首".encode("gb18030").hex(" ")


def test_a_repaired_character_names_repair_finding_and_bytes() -> None:
    entries = said(8)
    assert ("made by", "pinyin_gloss (certain: it follows from the bytes)") in entries
    assert ("finding", "the first 46 characters of a list that such sites share") in entries
    assert ("before", "統(tǒng)") in entries
    assert any(name == "problem" and "this is doubtful" in told for name, told in entries)
    assert ("bytes", "統(tǒng)".encode("gb18030").hex(" ")) in entries


def test_a_chain_of_repairs_is_told_from_the_last_to_the_first() -> None:
    texts = [text for label, text in said(6) if label in ("after", "before")]
    assert texts == ["café", "caf&eacute;", "caf&eacute;", "caf&amp;eacute;"]
    assert any("guessed" in text for _label, text in said(6))


@pytest.mark.parametrize(("offset", "looks"), [(6, ["probable"] * 2), (8, ["edit"])])
def test_what_a_repair_made_looks_as_sure_as_it_is(offset: int, looks: list[str]) -> None:
    assert [look for label, _text, look in explained(offset) if label == "after"] == looks


def test_what_cannot_be_followed_is_said() -> None:
    entries = dict(said(0, original=replace(ORIGINAL, raw=b"nothing")))
    assert entries["bytes"].startswith("unknown")


@pytest.mark.parametrize(
    ("start", "size", "places", "shown", "where"),
    [
        (7, 1, 1, "61", "at 7 of 9"),
        (7, 2, 1, "61 61", "at 7 to 8 of 9"),
        (7, 1, 2, "61", "at 7 of 9; one of 2 places that look the same"),
        (0, 96, 1, "61 " * 95 + "61", "at 0 to 95 of 9"),
        (0, 97, 1, "61 " * 95 + "61 … 1 more", "at 0 to 96 of 9"),
    ],
)
def test_bytes_are_told_with_where_they_lie(start: int, size: int, places: int, shown: str, where: str) -> None:
    traced = Traced(REF, ORIGINAL.charset, 9, origin=Origin(start, b"a" * size, places))
    entries = [text for _label, text, _look in explain_source(ORIGINAL, 0, traced)]
    assert entries[-2:] == [shown, where]


@pytest.mark.parametrize(
    ("text", "offset", "line"),
    [
        ("x" * 13 + "a" + "y" * 13, 13, "x" * 12 + "[a]" + "y" * 12),
        ("x" * 12 + "a" + "y" * 12, 12, "x" * 12 + "[a]" + "y" * 12),
        ("ab\ncd\nef", 3, "[c]d"),
        ("ab\ncd\nef", 4, "c[d]"),
        ("ab\ncd\nef", 7, "e[f]"),
        ("ab\ncd", 2, "ab[\n]"),
    ],
)
def test_a_character_is_shown_with_twelve_of_its_line_on_either_side(text: str, offset: int, line: str) -> None:
    traced = Traced(REF, ORIGINAL.charset, 9)
    entries = {label: text for label, text, _look in explain_source(replace(ORIGINAL, text=text), offset, traced)}
    assert entries["in its line"] == line


@pytest.mark.parametrize(
    ("size", "text", "codes"),
    [
        (12, "a" * 12, "U+0061 " * 11 + "U+0061"),
        (13, "a" * 13, "U+0061 " * 12 + "…"),
        (160, "a" * 160, "U+0061 " * 12 + "…"),
        (161, "a" * 160 + "… (1 more characters)", "U+0061 " * 12 + "…"),
    ],
)
def test_of_what_stood_there_160_characters_and_12_codes_are_shown(size: int, text: str, codes: str) -> None:
    traced = Traced(REF, ORIGINAL.charset, 9, Edit(0, 1, "a" * size, "x", "entities"))
    entries = [(label, text) for label, text, _look in explain(DOCUMENT, 0, traced)]
    at = next(at for at, (label, _text) in enumerate(entries) if label == "before")
    assert entries[at : at + 2] == [("before", text), ("", codes)]


@pytest.mark.parametrize(("offset", "is_told"), [(7, False), (8, True), (9, False)])
def test_a_problem_is_told_of_the_characters_it_is_about(offset: int, is_told: bool) -> None:
    document = replace(DOCUMENT, text=DOCUMENT.text + ".")
    told = [label for label, _text, _look in explain(document, offset, Traced(REF, ORIGINAL.charset, 9))]
    assert ("problem" in told) is is_told
