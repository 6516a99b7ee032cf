"""Why a character is what it is, from the screen down to its bytes."""

from dataclasses import replace

from tui.core.answers import Traced
from tui.core.model import Charset, Document, Edit, Original, Ref, RepairCount, Rows, Step
from tui.core.problems import Problem, Reason
from tui.text.mending.trace import locate, unmended
from tui.view.sheets.why import explain

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
    found = unmended(document.text, document.edits, offset)
    origin = locate(original.raw, original.charset.name, found.text, found.start, found.end)
    traced = Traced(REF, original.charset, len(original.raw), found.edit, origin=origin)
    return [(label, text) for label, text, _look in explain(document, offset, traced)]


def test_an_untouched_character_is_its_own_bytes() -> None:
    entries = dict(said(0))
    assert entries["character"] == "首  U+9996  CJK UNIFIED IDEOGRAPH-9996"
    assert entries["repairs"] == "none: it is as it was decoded"
    assert entries["decoded as"] == "gb18030, by meta"
    assert entries["bytes"] == "首".encode("gb18030").hex(" ")


def test_a_repaired_character_names_repair_finding_and_bytes() -> None:
    entries = said(8)
    assert ("made by", "pinyin_gloss (certain: it follows from the bytes)") in entries
    assert ("it found", "the first 46 of the ranking") in entries
    assert ("before", "統(tǒng)") in entries
    assert any(name == "problem" and "this is doubtful" in told for name, told in entries)
    assert ("bytes", "統(tǒng)".encode("gb18030").hex(" ")) in entries


def test_a_chain_of_repairs_is_told_from_the_last_to_the_first() -> None:
    texts = [text for label, text in said(6) if label in ("after", "before")]
    assert texts == ["café", "caf&eacute;", "caf&eacute;", "caf&amp;eacute;"]
    assert any("probable" in text for _label, text in said(6))


def test_what_cannot_be_followed_is_said() -> None:
    entries = dict(said(0, original=replace(ORIGINAL, raw=b"nothing")))
    assert entries["bytes"].startswith("not found")
