"""What changed, side by side: every change is shown once, with what is around it, and the rest is folded."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.answers import Compared, Difference
from tui.core.model import Document, Edit, Ref, RepairCount, Rows
from tui.text.comparison import compare
from tui.view.pagetext.changes import (
    HUNK_CHARS,
    LONGEST_CHARS,
    DiffFlow,
    DiffRow,
    Hunk,
    hunks,
    of_repairs,
    of_texts,
    summary,
)
from tui.view.pagetext.flow import Place
from tui.view.state.comparing import ComparedTexts

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


def stretches(document: Document) -> list[Hunk]:
    sides = of_repairs(document)
    return hunks(sides.before, sides.after, sides.changes)


def flow_of(document: Document, cells: int) -> DiffFlow:
    return DiffFlow(of_repairs(document), stretches(document), cells, wide=False)


def shown(row: DiffRow) -> tuple[str, str, str]:
    left, right = ("".join(run.text for run in side or ()) for side in (row.before, row.after))
    return row.label, left, right


def drawn(before: str, after: str, cells: int = 120) -> list[str]:
    """Rows as one sees them without colours."""
    comparison = ComparedTexts(("a", "b"), before, after, compare(before, after), Ref("a", 0))
    sides = of_texts(comparison)
    flow = DiffFlow(sides, hunks(before, after, sides.changes), cells, wide=False)
    rows: list[str] = []
    place = Place(0, 0)
    while not rows or place != (place := flow.move(place, 1)):
        row = flow.row(place)
        assert row is not None
        sides_of_row = ("".join(run.text for run in side or ()) for side in (row.before, row.after))
        texts = [f"{sign} {text}".rstrip() for sign, text in zip(row.signs.ljust(2), sides_of_row, strict=True)]
        rows.append("  ".join(filter(None, (row.folded, row.label))) or " | ".join(texts).strip())
    return rows


@given(st.lists(st.integers(0, 2000), unique=True, max_size=60), st.booleans())
def test_each_edit_stands_in_one_hunk_that_lies_within_a_line(places: list[int], is_one_line: bool) -> None:
    text = LINE * 90 if is_one_line else (LINE + "\n") * 85
    places = sorted(at for at in places if text[at] != "\n")
    document = glossed(text, places)
    found = stretches(document)
    assert [index for hunk in found for index in range(hunk.first, hunk.last)] == list(range(len(places)))
    for hunk in found[: len(found) - (bool(found) and found[-1].kind is None)]:
        inside = [places[index] for index in range(hunk.first, hunk.last)]
        assert hunk.after[0] <= inside[0]
        assert inside[-1] < hunk.after[1]
        assert "\n" not in text[slice(*hunk.after)]
        assert hunk.after[1] - hunk.after[0] < HUNK_CHARS + 200
        assert hunk.line == text.count("\n", 0, hunk.after[0]) + 1


def test_before_and_after_stand_side_by_side_or_one_above_the_other() -> None:
    document = glossed(LINE, [2, 5])
    wide = flow_of(document, 120)
    assert [shown(row) for row in wide.rows_of(0)] == [
        ("line 1  pinyin_gloss 2  certain", "", ""),
        ("", "潮汐圖(tǒng)書館今(tǒng)晚開放到十點,館長說歡迎大家來看", LINE),
        ("", "書。", ""),
    ]
    narrow = flow_of(document, 60)
    assert [shown(row)[1:] for row in narrow.rows_of(0)[1:]] == [
        ("潮汐圖(tǒng)書館今(tǒng)晚開放到十點,館長說歡迎大家來看", ""),
        ("書。", ""),
        ("", LINE),
    ]


@pytest.mark.parametrize(("certainty", "look"), [("certain", "edit"), ("probable", "probable")])
def test_changes_are_marked_by_certainty_and_can_be_told_apart(certainty: str, look: str) -> None:
    document = glossed(LINE, [2, 5], certainty)
    flow = flow_of(document, 120)
    runs = [run for row in flow.rows_of(0) for run in row.after or ()]
    assert [run.text for run in runs if look in run.names] == ["圖", "今"]
    assert [run.text for run in runs if "#1" in run.names] == ["今"]


def test_what_was_deleted_and_what_was_put_in_is_shown() -> None:
    document = page("ab", [Edit(1, 1, "X", "", "entities"), Edit(1, 2, "", "b", "entities")])
    flow = flow_of(document, 120)
    assert shown(flow.rows_of(0)[1]) == ("", "aX", "ab")


def test_counts_are_by_repair_and_certainty() -> None:
    edits = [Edit(0, 1, "x", "潮", "entities"), Edit(2, 3, "x", "圖", "entities", "probable")]
    assert summary(page(LINE, edits)) == "pinyin_gloss 2 · certain 1 · guessed 1"


def test_a_page_of_fifty_thousand_edits_is_ready_at_once() -> None:
    text = (LINE + "\n") * 50_000
    document = glossed(text, [at * (len(LINE) + 1) + 2 for at in range(50_000)])
    since = time.process_time()
    flow = flow_of(document, 120)
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
    document = page("x" * 2000, [Edit(at, at + 1, "y", "x", "entities") for at in places])
    assert [hunk.after for hunk in stretches(document) if hunk.kind] == expected


@pytest.mark.parametrize(("cells", "is_beside", "half"), [(97, False, 94), (98, True, 47), (100, True, 48)])
def test_texts_stand_side_by_side_where_there_are_98_cells(cells: int, is_beside: bool, half: int) -> None:
    document = glossed(LINE, [2])
    flow = flow_of(document, cells)
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
    flow = flow_of(document, 76)
    assert flow.rows_of(0)[0].label == f"line 1  entities 2  {told}"


def test_the_edit_of_a_row_is_the_first_in_it_unless_the_present_one_is_near() -> None:
    document = glossed(LINE + "\n" + LINE, [2, 5, 27])
    flow = flow_of(document, 120)
    heading, first, second = Place(0, 0), Place(0, 1), Place(0, 2)
    assert [flow.change_at(first, present) for present in (0, 1, 2)] == [0, 1, 0]
    assert [flow.change_at(place, present) for place in (heading, second) for present in (1, 2)] == [1, 0, 1, 0]
    assert flow.change_at(Place(1, 1), 0) == 2


NEWS = """The ferry stops for three days.
All tickets stay valid.

The office is open from eight to six.
The school bus drives as usual.
"""


@pytest.mark.parametrize(
    ("after", "rows"),
    [
        (
            NEWS.replace("three", "four"),
            ["- The ferry stops for three days. | + The ferry stops for four days.", "… 3 paragraphs the same …"],
        ),
        (
            NEWS.replace("All tickets stay valid.\n", ""),
            ["… 1 paragraph the same …", "- All tickets stay valid. |", "… 2 paragraphs the same …"],
        ),
        (
            NEWS + "\nNext bulletin: Thursday\nor Friday",
            ["… 4 paragraphs the same …", "| + Next bulletin: Thursday", "| + or Friday"],
        ),
        (
            "The school bus drives as usual.\n" + NEWS[: NEWS.index("The school")],
            [
                "moved from line 5",
                "| ~ The school bus drives as usual.",
                "… 3 paragraphs the same …  moved to line 1",
                "~ The school bus drives as usual. |",
            ],
        ),
        ("", [f"- {line} |" for line in NEWS.split("\n") if line]),
    ],
)
def test_two_texts_are_aligned_and_what_is_the_same_is_folded(after: str, rows: list[str]) -> None:
    assert drawn(NEWS, after) == rows


def test_one_text_stands_under_the_other_where_there_is_no_room_beside_it() -> None:
    after = NEWS.replace("three", "four")
    assert drawn(NEWS, after, 60)[:2] == ["- The ferry stops for three days. |", "+ |   The ferry stops for four days."]


def test_a_long_paragraph_is_cut_around_its_change() -> None:
    long = "word " * 60
    row = drawn(f"{long}one {long}", f"{long}two {long}", 500)[0]
    assert row.startswith("- …")
    assert row.endswith("…")
    assert row.count("word") == 48


def test_what_was_not_compared_by_word_is_said() -> None:
    document = page(LINE, [])
    found = compare(LINE, LINE + "\n" + NEWS)
    comparison = ComparedTexts(("left", "right"), LINE, LINE + "\n" + NEWS, found, document.ref)
    assert of_texts(comparison).heading(1) == "- left   + right   1 change"
    for coarse, words in ((1, "1 paragraph not"), (3, "3 paragraphs not")):
        rough = replace(comparison, compared=Compared(found.changes, coarse=coarse))
        assert of_texts(rough).heading(1).endswith(f"   {words} compared word by word")


def test_long_names_leave_room_for_how_much_changed() -> None:
    found = compare("a", "b")
    heading = of_texts(ComparedTexts(("x" * 28, "y" * 29), "a", "b", found, Ref("a", 0))).heading(2)
    assert heading == f"- {'x' * 28}   + {'y' * 27}…   2 changes"


def test_whole_paragraphs_are_told_by_their_look_and_words_by_theirs() -> None:
    before, after = "one two\nthree", "one 2\nfour"
    sides = of_texts(ComparedTexts(("a", "b"), before, after, compare(before, after), Ref("a", 0)))
    flow = DiffFlow(sides, hunks(before, after, sides.changes), 120, wide=False)
    looks = [
        {(run.text, run.names[:2]) for side in (row.before, row.after) for run in side or ()}
        for piece in range(3)
        for row in flow.rows_of(piece)
    ]
    assert looks == [
        {("one ", ("plain",)), ("two", ("plain", "gone")), ("2", ("plain", "edit"))},
        {("three", ("removed", "#1"))},
        {("four", ("added", "#2"))},
    ]


def of_two(before: str, after: str) -> list[Hunk]:
    return hunks(before, after, compare(before, after).changes)


def test_paragraphs_that_are_gone_share_a_stretch_as_long_as_it_takes_no_time_to_be_wrapped() -> None:
    gone = [f"Line {at} is gone" for at in range(50_000)]
    found = of_two("\n".join(gone), "New")
    assert len(found) < 1500
    assert all(hunk.before[1] - hunk.before[0] <= HUNK_CHARS for hunk in found)
    rows = drawn("\n".join(gone[:200]), "New")
    assert rows == [*(f"- {line} |" for line in gone[:200]), "| + New"]
    assert drawn("\n\n \n".join(gone[:200]), "New") == rows


def test_a_long_paragraph_that_is_gone_or_changed_as_a_whole_is_drawn_in_parts() -> None:
    long = "x" * (10 * LONGEST_CHARS + 5)
    found = of_two(f"a\n{long}", "a")
    assert [hunk.before[1] - hunk.before[0] for hunk in found] == [HUNK_CHARS] * 40 + [5]
    rows = drawn(f"a\n{long}", "a")
    assert (rows[0], rows[1][0], {row[0] for row in rows[2:]}) == ("… 1 paragraph the same …", "-", {"x"})
    assert sum(row.count("x") for row in rows) == len(long)
    changes = Rows(Difference, [Difference("words", 0, len(long), 0, 4000)])
    found = hunks(long, "y" * 4000, changes)
    assert [hunk.before for hunk in found][:2] == [(0, LONGEST_CHARS), (LONGEST_CHARS, 2 * LONGEST_CHARS)]
    assert [hunk.after for hunk in found][:3] == [(0, LONGEST_CHARS), (LONGEST_CHARS, 4000), (4000, 4000)]
    comparison = ComparedTexts(("a", "b"), long, "y" * 4000, Compared(changes), Ref("a", 0))
    flow = DiffFlow(of_texts(comparison), found, 60, wide=False)
    texts = [
        ["".join(run.text for run in row.before or row.after or ()) for row in flow.rows_of(at)] for at in range(11)
    ]
    assert "".join(text for part in texts for text in part) == "".join(
        f"{long[at : at + LONGEST_CHARS]}{'y' * max(0, min(LONGEST_CHARS, 4000 - at))}"
        for at in range(0, len(long), LONGEST_CHARS)
    )
    assert [row.signs.strip() for at in range(11) for row in flow.rows_of(at) if row.signs.strip()] == ["-", "+"]
    assert flow.place_of(0) == Place(0, 0)
