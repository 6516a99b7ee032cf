"""Edits fold the changes of several repairs into one list that undoes exactly."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.model import Edit, Rows
from tui.text.mending.edits import EditLedger, Moves, undo
from tui.text.repairs import Change

WORDS = st.text(alphabet="ab統&;\n", max_size=40)


@st.composite
def stages(draw: st.DrawFn) -> tuple[str, list[list[Change]]]:
    """A text and a few stages of lawful changes to it, each in places of the text that the stage before left."""
    text = first = draw(WORDS)
    out = []
    for _ in range(draw(st.integers(0, 4))):
        changes, at = [], 0
        for _ in range(draw(st.integers(0, 4))):
            start = draw(st.integers(at, len(text)))
            stop = text.find("\n", start)
            end = draw(st.integers(start, min(len(text) if stop < 0 else stop, start + 5)))
            after = draw(st.text(alphabet="xyz", max_size=4))
            changes.append(Change(start, end, after, draw(st.sampled_from(["certain", "probable"]))))
            at = end
        ledger = EditLedger(text)
        ledger.enter("one", changes)
        text = ledger.text
        out.append(changes)
    return first, out


def entered(first: str, changes: list[list[Change]]) -> EditLedger:
    ledger = EditLedger(first)
    for number, stage in enumerate(changes):
        ledger.enter(f"repair {number}", stage)
    return ledger


@given(stages())
def test_undoing_all_edits_gives_back_the_first_text(case: tuple[str, list[list[Change]]]) -> None:
    ledger = entered(*case)
    assert undo(ledger.text, ledger.edits()) == case[0]


@given(stages())
def test_edits_stand_where_they_say_sorted_and_apart(case: tuple[str, list[list[Change]]]) -> None:
    ledger = entered(*case)
    edits = list(ledger.edits())
    assert all(ledger.text[e.start : e.end] == e.after != e.before for e in edits)
    assert all(a.end < b.start for a, b in itertools.pairwise(edits))


@given(stages())
def test_steps_lead_from_before_to_after(case: tuple[str, list[list[Change]]]) -> None:
    for edit in entered(*case).edits():
        if edit.steps:
            assert edit.steps[0].before == edit.before
            assert edit.steps[-1].after == edit.after
            assert all(a.after == b.before for a, b in zip(edit.steps, edit.steps[1:], strict=False))
            assert edit.repair == edit.steps[0].repair


@given(stages())
def test_places_outside_of_edits_move_with_their_character(case: tuple[str, list[list[Change]]]) -> None:
    first, changes = case
    ledger = entered(first, changes)
    moves, drift, at = Moves(ledger.edits()), 0, 0
    for edit in [*ledger.edits(), Edit(len(ledger.text), len(ledger.text), "", "", "")]:
        for place in range(at, edit.start - drift):
            moved = ledger.text[moves.start(place) : moves.end(place + 1)]
            # What was put in between two characters belongs to both.
            assert moved.strip("xyz") == first[place]
            assert moved == first[place] or "" in [e.before for e in ledger.edits()]
        at = edit.start - drift + len(edit.before)
        drift = edit.end - at


@given(stages())
def test_lines_keep_their_number_and_their_ends_when_moved(case: tuple[str, list[list[Change]]]) -> None:
    first, changes = case
    ledger = entered(first, changes)
    moves, at, moved = Moves(ledger.edits()), 0, []
    for line in first.split("\n"):
        moved.append(ledger.text[moves.start(at) : moves.end(at + len(line))])
        at += len(line) + 1
    assert moved == ledger.text.split("\n")


def test_a_later_repair_of_a_repaired_run_is_one_edit_with_two_steps() -> None:
    ledger = EditLedger("&#32113;(tǒng)")
    ledger.enter("entities", [Change(0, 8, "統")])
    ledger.enter("pinyin_gloss", [Change(0, 7, "統", "probable")])
    (edit,) = ledger.edits()
    assert (edit.before, edit.after, edit.certainty) == ("&#32113;(tǒng)", "統", "probable")
    assert [(s.repair, s.before, s.after) for s in edit.steps] == [
        ("entities", "&#32113;(tǒng)", "統(tǒng)"),
        ("pinyin_gloss", "統(tǒng)", "統"),
    ]


def test_a_change_that_is_taken_back_leaves_no_edit() -> None:
    ledger = EditLedger("abc")
    ledger.enter("there", [Change(1, 2, "x")])
    ledger.enter("back", [Change(1, 2, "b")])
    assert ledger.text == "abc"
    assert not ledger.edits()


@pytest.mark.parametrize(
    "changes",
    [[Change(0, 3, "x")], [Change(0, 1, "x\n")], [Change(0, 1, "a"), Change(0, 2, "b")], [Change(5, 9, "")]],
    ids=["crosses a line end", "makes a line end", "overlap", "outside"],
)
def test_an_unlawful_change_is_refused(changes: list[Change]) -> None:
    ledger = EditLedger("a\nbc")
    with pytest.raises(ValueError, match="change"):
        ledger.enter("bad", changes)
    assert ledger.text == "a\nbc"


def test_rows_find_the_edits_that_touch_a_place() -> None:
    rows = Rows(Edit, [Edit(i * 10, i * 10 + 2, "b", "aa", "r") for i in range(5)])
    assert [rows[i].start for i in rows.between(11, 30)] == [10, 20, 30]
    assert list(rows.between(3, 9)) == []
