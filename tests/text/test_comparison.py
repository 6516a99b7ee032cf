"""What changed is found by paragraph and by word, whatever is compared, within counted work."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.answers import Compared, Difference
from tui.text import comparison
from tui.text.comparison import compare

NEWS = """The ferry between the islands stops for three days.
All tickets stay valid until the end of the month.
The school bus drives as usual.
The next bulletin follows on Thursday."""


def told(before: str, after: str) -> list[tuple[str, str, str]]:
    found = compare(before, after)
    assert not found.coarse
    return [(each.kind, *parts(each, before, after)) for each in found.changes]


def parts(change: Difference, before: str, after: str) -> tuple[str, str]:
    return before[change.start_before : change.end_before], after[change.start_after : change.end_after]


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        (NEWS, NEWS, []),
        ("", "", []),
        ("", "\n \n", []),
        (NEWS, NEWS.replace("\n", "\n\n").replace("The school", "  The \t school"), []),
        ("", "One\nTwo", [("added", "", "One\nTwo")]),
        ("One\nTwo", "", [("removed", "One\nTwo", "")]),
        (NEWS, NEWS.replace("three", "four"), [("words", "three", "four")]),
        (NEWS, NEWS.replace("stay valid", "stay fully valid"), [("words", "", "fully ")]),
        (NEWS, NEWS.replace("until the end", "until the very end"), [("words", "", "very ")]),
        (NEWS, NEWS.replace("ferry between", "boat that links"), [("words", "ferry between", "boat that links")]),
        (NEWS, NEWS.replace("as usual", "late"), [("words", "as usual", "late")]),
        ("今晚開放到十點。", "明晚開放到九點。", [("words", "今", "明"), ("words", "十", "九")]),
        ("図書館は月曜日に休みます。", "図書館は火曜日に休みます。", [("words", "月", "火")]),
        ("Das Café\u0301 ist offen heute", "Das Cafe ist offen heute", [("words", "Café\u0301", "Cafe")]),
        ("か\u3099っこうは月曜日", "かっこうは月曜日", [("words", "か\u3099", "か")]),
        ("all of it", "nothing the same", [("removed", "all of it", ""), ("added", "", "nothing the same")]),
    ],
)
def test_what_changed_is_told(before: str, after: str, changes: list[tuple[str, str, str]]) -> None:
    assert told(before, after) == changes


def test_a_paragraph_that_moved_is_told_on_both_sides() -> None:
    lines = NEWS.split("\n")
    after = "\n".join([lines[3], *lines[:3]])
    found = compare(NEWS, after).changes
    assert [(each.kind, *parts(each, NEWS, after), each.other) for each in found] == [
        ("moved_here", "", lines[3], NEWS.index(lines[3])),
        ("moved_away", lines[3], "", 0),
    ]


def test_paragraphs_that_moved_together_are_one_change_and_others_are_not() -> None:
    lines = [f"Paragraph {number} of the page" for number in range(9)]
    for order, changes in (([2, 3, 4, 5, 6, 7, 8, 0, 1], 2), ([2, 3, 4, 5, 6, 7, 8, 1, 0], 4)):
        found = compare("\n".join(lines), "\n".join(lines[at] for at in order))
        assert sorted(found.changes.column("kind")) == ["moved_away"] * (changes // 2) + ["moved_here"] * (changes // 2)


@pytest.mark.parametrize(("kept", "kind"), [("aaaaa", "words"), ("aaaa", "removed")])
def test_paragraphs_are_versions_of_each_other_from_half_of_their_characters_on(kept: str, kind: str) -> None:
    found = compare(f"{kept} {'b' * (10 - len(kept))}", f"{kept} {'c' * (10 - len(kept))}")
    assert found.changes[0].kind == kind


def test_of_many_paragraphs_alike_the_likeliest_are_paired() -> None:
    before = [
        f"Road {number}: closed from {number + 5} until {number * 7} o'clock because of works" for number in range(9)
    ]
    after = ["An entirely new line at the top", *(line.replace("closed", "open") for line in before)]
    assert told("\n".join(before), "\n".join(after)) == [
        ("added", "", after[0]),
        *[("words", "closed", "open")] * 9,
    ]


@pytest.mark.parametrize("count", [comparison.MOST_NEIGHBOURS, comparison.MOST_NEIGHBOURS + 1, 60])
def test_rows_that_nothing_tells_apart_are_paired_in_their_order(count: int) -> None:
    before, after = (
        "\n".join(f"{price} euros for a ticket" for price in range(start, start + count)) for start in (100, 500)
    )
    assert {kind for kind, *_ in told(before, after)} == {"words"}
    assert len(told(before, after)) == count


def test_a_little_that_stayed_between_changes_belongs_to_them() -> None:
    text = "The mayor of the town opened {} yesterday in the presence of many"
    assert told(text.format("a new school"), text.format("an old school")) == [("words", "a new", "an old")]
    assert told(text.format("one long bridge two"), text.format("six long bridge ten")) == [
        ("words", "one", "six"),
        ("words", "two", "ten"),
    ]


LINE = st.lists(st.sampled_from(["one", "two", "three", "四", "五", " ", "。", "-"]), max_size=8).map(" ".join)
TEXT = st.lists(LINE, max_size=12).map("\n".join)


@given(TEXT, TEXT, st.sampled_from([0, 5, 50, 500, comparison.MOST_STEPS]))
def test_what_is_not_told_is_the_same_on_both_sides(before: str, after: str, steps: int) -> None:
    found = compare(before, after, steps)
    at = to = 0
    left, right = [], []
    for change in found.changes:
        assert change.start_before >= at
        assert change.start_after >= to
        left.append(before[at : change.start_before])
        right.append(after[to : change.start_after])
        at, to = change.end_before, change.end_after
    left, right = [*left, before[at:]], [*right, after[to:]]
    assert "".join(left).split() == "".join(right).split()


@given(TEXT, TEXT)
def test_what_is_gone_one_way_is_new_the_other_way(before: str, after: str) -> None:
    assert bool(compare(before, after).changes) == bool(compare(after, before).changes)
    assert not compare(before, before).changes


def prose(seed: int, chars: int, ends: str = "\n") -> str:
    draw = random.Random(seed)
    words = ["".join(draw.choices("abcdefghijklmno", k=draw.randint(2, 9))) for _ in range(3000)]
    said: list[str] = []
    while chars > 0:
        said.append(" ".join(words[int(3000 * draw.random() ** 3)] for _ in range(draw.randint(5, 90))))
        chars -= len(said[-1]) + 1
    return ends.join(said)


def changed(text: str, each: int) -> str:
    words = text.split(" ")
    words[each::each] = [f"{word}x" for word in words[each::each]]
    return " ".join(words)


def kinds(found: Compared) -> set[str]:
    return set(found.changes.column("kind")) if found.changes else set()


@pytest.mark.parametrize("ends", ["\n", " "])
def test_a_megabyte_is_compared_by_word(ends: str) -> None:
    before = prose(1, 1_000_000, ends)
    after = changed(before, 100)
    found = compare(before, after)
    assert (kinds(found), found.coarse) == ({"words"}, 0)
    assert len(found.changes) == len(before.split(" ")[100::100])


STEPS = comparison.MOST_STEPS // 5


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (prose(1, 200_000), prose(2, 200_000)),
        (prose(1, 200_000, " "), prose(2, 200_000, " ")),
        ("ab " * 60_000, "ba " * 60_000 + "c"),
        ("天地" * 50_000, "地天天" * 40_000),
        ("a\n" * 80_000, "b\na\n" * 50_000),
        ("\n".join(f"{at} a b" for at in range(18_000)), "\n".join(f"{at} b c" for at in range(7, 18_000))),
    ],
    ids=["prose", "one line", "words", "characters", "short lines", "many lines"],
)
def test_long_texts_that_have_nothing_in_common_take_no_more_than_the_work_that_is_allowed(
    before: str, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[comparison._Work] = []

    class Counted(comparison._Work):
        def __init__(self, most: int) -> None:
            super().__init__(most)
            self.taken = 0
            made.append(self)

        def take(self, steps: int) -> bool:
            self.taken += steps
            return super().take(steps)

    monkeypatch.setattr(comparison, "_Work", Counted)
    found = compare(before, after, STEPS)
    taken = sum(work.taken for work in made)  # type: ignore[attr-defined]
    assert taken <= 2 * STEPS
    assert found.coarse or taken <= STEPS
    covered = sum(found.changes.column("end_after")) - sum(found.changes.column("start_after"))
    assert 0 < covered <= len(after)


def test_what_is_likely_alike_stands_beside_each_other_once_the_work_is_used_up() -> None:
    before = [
        f"{name} road is closed because of works on its bridge" for name in ("First", "Second", "Third", "Fourth")
    ]
    after = ["New at the top of the page", *(line.replace("closed", "open") for line in before)]
    texts = "\n".join(before), "\n".join(after)
    enough = next(steps for steps in range(10_000) if not compare(*texts, steps).coarse)
    found = compare(*texts, enough - 1)
    assert [each.kind for each in found.changes] == ["added", *["words"] * 4]
    assert [parts(each, *texts) for each in found.changes][1] == ("closed", "open")
    assert [parts(each, *texts) for each in found.changes][-1] == (before[-1], after[-1])
    assert found.coarse == 1


def test_more_edits_than_are_looked_for_are_said() -> None:
    draw = random.Random(3)
    before, after = (" ".join(draw.choices("ab", k=3000)) for _ in range(2))
    same = " ".join("shared words stand here" for _ in range(400))
    assert compare(f"{before} {same}", f"{after} {same}").coarse == 1
    found = compare(before, after)  # which of them stayed isn't known
    assert (kinds(found), len(found.changes), found.coarse) == ({"words"}, 1, 1)
    assert compare(f"a b {same}", f"b a {same}").coarse == 0


@pytest.mark.parametrize(("most", "rest"), [(4, []), (3, [7]), (2, [5, 7])])
def test_what_is_behind_as_many_changes_as_are_told_is_one(
    most: int, rest: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparison, "MOST_CHANGES", most)
    before = [f"Line {at} of those that stay as they were" for at in range(9)]
    after = [line.replace("stay", "stood") if at in (1, 3, 5, 7) else line for at, line in enumerate(before)]
    texts = "\n".join(before), "\n".join(after)
    found = compare(*texts)
    told_one_by_one = [(before[at], after[at]) for at in (1, 3, 5, 7) if at not in rest]
    assert [each.kind for each in found.changes] == ["words"] * len(told_one_by_one) + ["removed", "added"] * bool(rest)
    start = {0: 9, 1: 7, 2: 5}[len(rest)]
    assert found.coarse == 9 - start
    if rest:
        assert [parts(each, *texts) for each in found.changes][-2:] == [
            ("\n".join(before[start:]), ""),
            ("", "\n".join(after[start:])),
        ]


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("a1b2c3", "abc", [("removed", "1", ""), ("removed", "2c3", ""), ("added", "", "c")]),
        ("abc", "axbyczd", [("added", "", "x"), ("removed", "c", ""), ("added", "", "yczd")]),
        ("a1b", "ab", [("removed", "1", "")]),
    ],
)
def test_whole_paragraphs_are_one_change_behind_as_many_as_are_told(
    before: str, after: str, changes: list[tuple[str, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparison, "MOST_CHANGES", 1)
    texts = "\n".join(before), "\n".join(after)
    told = [(each.kind, *(part.replace("\n", "") for part in parts(each, *texts))) for each in compare(*texts).changes]
    assert told == changes


@pytest.mark.parametrize(("most", "coarse"), [(5, 0), (4, 1)])
def test_a_paragraph_with_more_changes_than_are_told_changed_as_a_whole(
    most: int, coarse: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparison, "MOST_CHANGES", most)
    before = " ".join(f"word{at} stays here" for at in range(5))
    found = compare(before, before.replace("word", "w"))
    assert (len(found.changes), found.coarse) == (1 if coarse else 5, coarse)
