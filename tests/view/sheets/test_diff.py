"""Repairs side by side: every edit is shown once, with what is around it."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.model import Document, Edit, Ref, RepairCount, Rows
from tui.view.pagetext.flow import Place
from tui.view.sheets.diff import HUNK_CHARS, DiffFlow, DiffRow, hunks, summary

LINE = "潮汐圖書館今晚開放到十點,館長說歡迎大家來看書。"


def page(text: str, edits: list[Edit]) -> Document:
    return replace(
        Document.unread(Ref("a", 0)),
        text=text,
        edits=Rows(Edit, edits),
        repairs=(RepairCount("pinyin_gloss", len(edits), "certain"),),
    )


def glossed(text: str, places: list[int], certainty: str = "certain") -> Document:
    edits = [Edit(at, at + 1, f"{text[at]}(tǒng)", text[at], "pinyin_gloss", certainty) for at in places]  # type: ignore[arg-type]
    return page(text, edits)


def shown(row: DiffRow) -> tuple[str, str, str]:
    left, right = ("".join(run.text for run in side or ()) for side in (row.before, row.after))
    return row.heading, left, right


@given(st.lists(st.integers(0, 2000), unique=True, max_size=60), st.booleans())
def test_each_edit_stands_in_one_hunk_that_lies_within_a_line(places: list[int], is_one_line: bool) -> None:
    text = LINE * 90 if is_one_line else (LINE + "\n") * 85
    places = sorted(at for at in places if text[at] != "\n")
    document = glossed(text, places)
    found = hunks(document.text, document.edits)
    assert [index for hunk in found for index in range(hunk.first, hunk.last)] == list(range(len(places)))
    for hunk in found:
        inside = [places[index] for index in range(hunk.first, hunk.last)]
        assert hunk.start <= inside[0]
        assert inside[-1] < hunk.end
        assert "\n" not in text[hunk.start : hunk.end]
        assert hunk.end - hunk.start < HUNK_CHARS + 200
        assert hunk.line == text.count("\n", 0, hunk.start) + 1


def test_before_and_after_stand_side_by_side_or_one_above_the_other() -> None:
    document = glossed(LINE, [2, 5])
    found = hunks(document.text, document.edits)
    wide = DiffFlow(document, found, 120, wide=False)
    assert [shown(row) for row in wide.rows_of(0)] == [
        ("line 1  pinyin_gloss 2  certain", "", ""),
        ("", "潮汐圖(tǒng)書館今(tǒng)晚開放到十點,館長說歡迎大家來看", LINE),
        ("", "書。", ""),
    ]
    narrow = DiffFlow(document, found, 60, wide=False)
    assert [shown(row)[1:] for row in narrow.rows_of(0)[1:]] == [
        ("潮汐圖(tǒng)書館今(tǒng)晚開放到十點,館長說歡迎大家來看", ""),
        ("書。", ""),
        ("", LINE),
    ]


@pytest.mark.parametrize(("certainty", "look"), [("certain", "edit"), ("probable", "probable")])
def test_changes_are_marked_by_certainty_and_can_be_told_apart(certainty: str, look: str) -> None:
    document = glossed(LINE, [2, 5], certainty)
    flow = DiffFlow(document, hunks(document.text, document.edits), 120, wide=False)
    runs = [run for row in flow.rows_of(0) for run in row.after or ()]
    assert [run.text for run in runs if look in run.names] == ["圖", "今"]
    assert [run.text for run in runs if "#1" in run.names] == ["今"]


def test_what_was_deleted_and_what_was_put_in_is_shown() -> None:
    document = page("ab", [Edit(1, 1, "X", "", "entities"), Edit(1, 2, "", "b", "entities")])
    flow = DiffFlow(document, hunks(document.text, document.edits), 120, wide=False)
    assert shown(flow.rows_of(0)[1]) == ("", "aX", "ab")


def test_counts_are_by_repair_and_certainty() -> None:
    edits = [Edit(0, 1, "x", "潮", "entities"), Edit(2, 3, "x", "圖", "entities", "probable")]
    assert summary(page(LINE, edits)) == "pinyin_gloss 2 · certain 1 · guessed 1"


def test_a_page_of_fifty_thousand_edits_is_ready_at_once() -> None:
    text = (LINE + "\n") * 50_000
    document = glossed(text, [at * (len(LINE) + 1) + 2 for at in range(50_000)])
    since = time.process_time()
    flow = DiffFlow(document, hunks(document.text, document.edits), 120, wide=False)
    place = flow.place_of(49_999)
    assert time.process_time() - since < 1.5  # 0.1 s
    assert place == Place(49_999, 1)


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([500, 621], [(440, 682)]),
        ([500, 622], [(440, 561), (562, 683)]),
        ([*range(100, 801, 100), 839], [(40, 900)]),
        ([*range(100, 801, 100), 840], [(40, 861), (780, 901)]),
        ([59], [(0, 120)]),
        ([61], [(1, 122)]),
        ([1939], [(1879, 2000)]),
        ([1941], [(1881, 2000)]),
    ],
)
def test_changes_share_a_stretch_where_the_text_around_them_meets_and_it_is_not_too_long(
    places: list[int], expected: list[tuple[int, int]]
) -> None:
    document = glossed("x" * 2000, places)
    assert [(hunk.start, hunk.end) for hunk in hunks(document.text, document.edits)] == expected


@pytest.mark.parametrize(("cells", "is_beside", "half"), [(75, False, 73), (76, True, 36), (77, True, 37)])
def test_texts_stand_side_by_side_where_there_are_76_cells(cells: int, is_beside: bool, half: int) -> None:
    document = glossed(LINE, [2])
    flow = DiffFlow(document, hunks(document.text, document.edits), cells, wide=False)
    assert (flow.is_side_by_side, flow.half) == (is_beside, half)


@pytest.mark.parametrize(
    ("certainties", "told"),
    [
        (("certain", "certain"), "certain"),
        (("probable", "probable"), "guessed"),
        (("certain", "probable"), "1 of 2 guessed"),
    ],
)
def test_a_heading_says_how_sure_its_changes_are(certainties: tuple[str, str], told: str) -> None:
    edits = [Edit(at, at + 1, "x", "y", "entities", sure) for at, sure in enumerate(certainties)]  # type: ignore[arg-type]
    document = page(LINE, edits)
    flow = DiffFlow(document, hunks(document.text, document.edits), 76, wide=False)
    assert flow.rows_of(0)[0].heading == f"line 1  entities 2  {told}"


def test_the_edit_of_a_row_is_the_first_in_it_unless_the_present_one_is_near() -> None:
    document = glossed(LINE + "\n" + LINE, [2, 5, 27])
    flow = DiffFlow(document, hunks(document.text, document.edits), 120, wide=False)
    heading, first, second = Place(0, 0), Place(0, 1), Place(0, 2)
    assert [flow.edit_at(first, present) for present in (0, 1, 2)] == [0, 1, 0]
    assert [flow.edit_at(place, present) for place in (heading, second) for present in (1, 2)] == [1, 0, 1, 0]
    assert flow.edit_at(Place(1, 1), 0) == 2
