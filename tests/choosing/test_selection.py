"""Pages are chosen by what they are or by lot, and no further read than that takes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar, cast

import pytest
from troubles import unexpected

from tui.choosing.choices import Selection
from tui.choosing.expression import parse
from tui.choosing.selection import Selector, chance, lowest, shares
from tui.core.model import Document, Item, Options, Preview, Ref, Trouble
from tui.core.problems import Problem, Reason, unreadable
from tui.core.questions import Judge, Progress, Question
from tui.lookup.judging import Looks, judge

T = TypeVar("T")
REFS = [Ref("r.jsonl", number, "jsonl") for number in range(1000)]


class Pages:
    """Pages made of their ordinals. It counts which were read to answer what was asked, one at a time."""

    def __init__(self) -> None:
        self.opened: list[int] = []
        self.peeked: list[int] = []

    def open(self, ref: Item, options: Options) -> Document:
        self.opened.append(ref.ordinal)
        kind = "forum" if ref.ordinal % 100 == 0 else "article"
        return replace(Document.unread(ref), text=f"page {ref.ordinal}", type=kind, title=f"Title {ref.ordinal}")  # type: ignore[arg-type]

    def peek(self, ref: Item, options: Options) -> Preview:
        self.peeked.append(ref.ordinal)
        return Preview(ref, f"Title {ref.ordinal}")

    @property
    def reader(self) -> Looks:
        return Looks(lambda _refs, _options: lambda _at: None, lambda _other, _names: None, self.peek, self.open)

    def ask(self, question: Question[T]) -> T:
        assert isinstance(question, Judge)
        answer: Any = judge(question, self.reader, lambda refs: iter(refs[:1]), unexpected)
        return cast(T, answer)

    def progress(self) -> Progress:
        return Progress()

    def cancel(self) -> None:
        """Nobody does."""


def ordinals(pages: Pages, selection: Selection, refs: Sequence[Item] = REFS) -> list[int]:
    return [found.ref.ordinal for found in Selector(pages, Options()).choose(refs, selection)]


def test_pages_are_read_only_until_enough_are_found() -> None:
    pages = Pages()
    assert ordinals(pages, Selection(where=parse("type:forum"), limit=2)) == [0, 100]
    assert pages.opened == list(range(101))
    assert pages.peeked == []


class Eager(Pages):
    """Judges all pages that it is asked about, or so many, at once."""

    def __init__(self, most: int = 10_000) -> None:
        super().__init__()
        self.most = most
        self.asked: list[int] = []

    def ask(self, question: Question[T]) -> T:
        assert isinstance(question, Judge)
        self.asked.append(len(question.refs))
        answer: Any = judge(question, self.reader, lambda refs: iter(refs[: self.most]), unexpected)
        return cast(T, answer)


@pytest.mark.parametrize(
    ("most", "is_hasty", "asked"),
    [
        (10_000, False, [1, 2, 4, 8, 16, 32, 64, 128, 256, 489]),
        (256, False, [1, 2, 4, 8, 16, 32, 64, 128, 256, 489, 233]),
        (100, False, [1, 2, 4, 8, 16, 32, 64, 128, 100, 200, 100, 200, 100, 200, 100, 73]),
        (1, False, [*[1, 2] * 499, 1, 1]),
        (10_000, True, [1] * 1000),
    ],
)
def test_twice_as_many_pages_are_asked_about_after_each_answer(most: int, is_hasty: bool, asked: list[int]) -> None:
    pages = Eager(most)
    selector = Selector(pages, Options(), is_hasty=is_hasty)
    assert len(list(selector.choose(REFS, Selection(where=parse("ordinal>=0"))))) == 1000
    assert pages.asked == asked


def test_no_more_than_512_pages_are_asked_about_at_once() -> None:
    pages = Eager()
    refs = [Ref("r.jsonl", number, "jsonl") for number in range(2048)]
    assert len(ordinals(pages, Selection(where=parse("ordinal>=0")), refs)) == 2048
    assert pages.asked[-5:] == [256, 512, 512, 512, 1]


def test_a_place_or_a_title_opens_no_page() -> None:
    pages = Pages()
    assert ordinals(pages, Selection(where=parse("ordinal<3"))) == [0, 1, 2]
    assert ordinals(pages, Selection(where=parse("ordinal<30 title:29"))) == [29]
    assert (pages.opened, pages.peeked) == ([], list(range(30)))


def test_a_page_that_was_read_is_handed_on() -> None:
    (found,) = Selector(Pages(), Options()).choose(REFS[:1], Selection(where=parse("type:forum")))
    assert found.document is not None
    assert found.document.title == "Title 0"


def test_a_sample_is_the_same_for_the_same_seed_and_in_order() -> None:
    first = ordinals(Pages(), Selection(sample=20, seed=7))
    assert first == ordinals(Pages(), Selection(sample=20, seed=7)) == sorted(first)
    assert len(set(first)) == 20
    assert first != ordinals(Pages(), Selection(sample=20, seed=8))


def test_a_sample_is_the_same_in_every_release() -> None:
    assert [chance(Ref("r.jsonl", ordinal), seed) for ordinal, seed in ((0, 0), (0, 1), (1, 0), (999, 7))] == [
        798585647566765392,
        1021517867535287241,
        230301179829798878,
        11804235324496581047,
    ]
    assert ordinals(Pages(), Selection(sample=5, seed=7)) == [472, 556, 915, 920, 931]


def test_a_larger_sample_holds_the_smaller_one() -> None:
    assert set(ordinals(Pages(), Selection(sample=20))) < set(ordinals(Pages(), Selection(sample=60)))


def test_a_sample_of_more_than_there_is_is_all() -> None:
    assert ordinals(Pages(), Selection(sample=5000)) == list(range(1000))
    assert ordinals(Pages(), Selection(sample=0)) == []


def test_chance_favours_nobody() -> None:
    counts = [0] * 10
    for seed in range(200):
        for ordinal in ordinals(Pages(), Selection(sample=10, seed=seed), REFS[:100]):
            counts[ordinal // 10] += 1
    assert sum(counts) == 2000
    # Of 2000 draws, 200 in each tenth, give or take four times their spread.
    assert all(abs(count - 200) < 4 * (200 * 0.9) ** 0.5 for count in counts)


def test_files_of_one_name_are_drawn_alike_wherever_they_lie() -> None:
    assert chance(Ref("/a/b.html", 3), 1) == chance(Ref("b.html", 3), 1) != chance(Ref("c.html", 3), 1)


def test_where_comes_before_the_sample_and_the_limit_last() -> None:
    pages = Pages()
    drawn = ordinals(pages, Selection(where=parse("ordinal>=500 type:article"), sample=10, seed=3))
    assert len(drawn) == 10
    assert drawn == sorted(drawn)
    assert min(drawn) >= 500
    assert len(pages.opened) < 30, "only pages that were drawn are read"
    assert (
        ordinals(Pages(), Selection(where=parse("ordinal>=500 type:article"), sample=10, seed=3, limit=4)) == drawn[:4]
    )


def test_strata_give_equal_shares_as_far_as_they_reach() -> None:
    drawn = ordinals(Pages(), Selection(sample=30, by="type"))
    assert len([ordinal for ordinal in drawn if ordinal % 100 == 0]) == 10
    assert len(drawn) == 30
    assert drawn == ordinals(Pages(), Selection(sample=30, by="type")) == sorted(drawn)
    assert sum(ordinal % 100 == 0 for ordinal in ordinals(Pages(), Selection(sample=6, by="type"))) == 3


def test_what_can_not_be_read_is_told_and_not_chosen() -> None:
    told: list[tuple[int, Problem]] = []
    selector = Selector(
        Pages(), Options(), on_lost=lambda ref, lost: told.extend((ref.ordinal, problem) for problem in lost)
    )
    refs: list[Item] = [REFS[1], Trouble("gone", 5, unreadable(Reason("no_file"), "gone")), REFS[2]]
    assert [found.ref.ordinal for found in selector.choose(refs, Selection(where=parse("page")))] == [1, 2]
    assert [(ordinal, problem.message) for ordinal, problem in told] == [(5, "gone: no such file; check the name")]


def test_the_lowest_keep_their_order() -> None:
    assert lowest([(5, "a"), (1, "b"), (9, "c"), (2, "d")], 3) == ["a", "b", "d"]


@pytest.mark.parametrize(
    ("sizes", "count", "given"),
    [([10, 10], 4, [2, 2]), ([1, 10], 4, [1, 3]), ([5, 5, 5], 2, [1, 1, 0]), ([2, 2], 9, [2, 2]), ([], 3, [])],
)
def test_shares(sizes: list[int], count: int, given: list[int]) -> None:
    assert shares(sizes, count) == given


@pytest.mark.parametrize("limit", [None, 0, 1, 3, 4])
def test_a_limit_counts_the_pages_that_places_tell(limit: int | None) -> None:
    plain = Selection(at=(range(2, 5),), limit=limit)
    assert [ref.ordinal for ref in plain.by_place(REFS)] == [2, 3, 4][:limit]
