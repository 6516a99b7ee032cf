"""Repairs run in order over a page, one that fails costs only itself, and every place is one in the final text."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tui.text.mending.mend
from tui.core.model import Options
from tui.core.problems import Problem
from tui.text.mending.edits import undo
from tui.text.mending.mend import REPAIRS, count, go_on, mend, mend_string
from tui.text.repairs import Change, Outcome, Plan, Repair
from tui.text.repairs.gloss.forward import damage

DAMAGE = st.sampled_from(
    [
        "統(tǒng)計(jì)",
        "當?shù)貢r間",
        "?qū)I(yè)",
        "正?;?。",
        "Ã©",
        "Р”Р°",
        "ç”µä¿¡",
        "&eacute;",
        "&#22269;",
        "\\u56fd",
        "%E5%9B%BD",
        "&amp;",
        "=E4=BD=",
        "\n=A0",
        "=?utf-8?Q?=C3=A9?=",
    ]
)
CLEAN = st.sampled_from(
    [
        "中文",
        "café",
        "Да",
        "數據",
        "?",
        "\n",
        " ",
        "(x)",
        "e\u0301",
        "\ue000",
        "\x1b",
        "<p>",
        "https://x.example/%E5%9B%BD",
        "=",
        "\U0001f600",
    ]
)


@given(
    st.lists(DAMAGE | CLEAN, max_size=25).map("".join),
    st.sets(st.sampled_from([repair.name for repair in REPAIRS]), max_size=2),
    st.booleans(),
)
def test_what_was_made_before_is_undone_in_part_and_gone_on_with(text: str, without: set[str], certain: bool) -> None:
    mended = mend(text, Options())
    assert go_on(mended.text, mended.edits, Options()).edits == mended.edits
    part = go_on(mended.text, mended.edits, Options(without=frozenset(without), certain=certain))
    assert undo(part.text, part.edits) == text
    assert {step.repair for edit in part.edits for step in edit.steps or [edit]}.isdisjoint(without)
    assert not certain or all(edit.certainty == "certain" for edit in part.edits)
    more = go_on(mended.text, mended.edits, Options(script="hans"))
    assert undo(more.text, more.edits) == text


@given(st.lists(DAMAGE | CLEAN, max_size=25).map("".join), st.booleans())
def test_whatever_all_repairs_make_of_a_text_undoes_exactly(text: str, certain: bool) -> None:
    mended = mend(text, Options(certain=certain))
    edits = list(mended.edits)
    assert undo(mended.text, edits) == text
    assert all(mended.text[e.start : e.end] == e.after for e in edits)
    assert all(a.end < b.start for a, b in itertools.pairwise(edits))
    assert mended.text.count("\n") == text.count("\n")
    assert not certain or all(e.certainty == "certain" for e in edits)


@given(st.text(max_size=60))
def test_no_text_makes_a_repair_fail(text: str) -> None:
    mended = mend(text, Options(also=frozenset({"letter_swap"})))
    assert [p for p in mended.problems if p.code == "repair_failed"] == []
    assert undo(mended.text, mended.edits) == text


def test_repairs_run_from_escapes_to_mojibake() -> None:
    names = [repair.name for repair in REPAIRS]
    assert names == [
        "mail_encoding",
        "entities",
        "cjk_mojibake",
        "mojibake",
        "pinyin_gloss",
        "letter_swap",
        "naive_conversion",
        "script",
    ]


def test_a_repair_that_raises_is_a_problem_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_text: str, _options: Options) -> Plan:
        raise LookupError("no table")

    monkeypatch.setattr(tui.text.mending.mend, "REPAIRS", (Repair("broken", 0, "fails", fail), *REPAIRS))
    mended = mend("Caf&eacute; B&auml;r", Options())
    assert mended.text == "Café Bär"
    assert [(p.code, p.message) for p in mended.problems] == [
        ("repair_failed", "broken: LookupError: no table; this repair is skipped")
    ]


def test_problems_stand_where_they_belong_after_later_repairs(monkeypatch: pytest.MonkeyPatch) -> None:
    def grow(text: str) -> Outcome:
        return Outcome(tuple(Change(at, at + 1, "xx") for at, char in enumerate(text) if char == "a"))

    def complain(text: str) -> Outcome:
        at = text.index("!")
        return Outcome((), (Problem("gloss_lost", "", {"words": "odd"}, at, at + 1),))

    monkeypatch.setattr(
        tui.text.mending.mend,
        "REPAIRS",
        (
            Repair("first", 1, "", lambda _text, _options: Plan(grow)),
            Repair("second", 2, "", lambda _text, _options: Plan(complain)),
            Repair("third", 3, "", lambda _text, _options: Plan(lambda text: Outcome((Change(0, 1, "yyyy"),)))),
        ),
    )
    mended = mend("baa!a", Options())
    (problem,) = mended.problems
    assert problem.start is not None
    assert mended.text[problem.start : problem.end] == "!"


def test_counts_and_notes_follow_the_repairs_that_acted() -> None:
    mended = mend(damage("統計局網絡數據現場發布,專業人士關注", 60) + " Caf&eacute; B&auml;r", Options())
    counts = {seen.name: seen for seen in count(mended)}
    assert set(counts) == {"pinyin_gloss", "entities"}
    assert counts["entities"].count == 2
    assert "readings were inserted into the GBK bytes" in str(counts["pinyin_gloss"].note)


def test_other_strings_of_a_page_follow_its_plans_and_options() -> None:
    mended = mend(damage("統計局網絡數據現場發布,專業人士關注", 60), Options())
    assert mend_string("總統(tǒng)府", mended.plans, Options()) == "總統府"
    assert mend_string("總統(tǒng)府", (), Options()) == "總統(tǒng)府"
