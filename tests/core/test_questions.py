"""What is asked when a question failed, what of many pages is asked first, and what stands for an answer."""

from collections.abc import Sequence
from typing import Any

import pytest

from tui.core import questions
from tui.core.answers import Judged, Matched, PageHits, Position, Searched, Skipped
from tui.core.model import Document, Item, Options, Preview, Ref, Trouble
from tui.core.problems import Problem, Reason, unreadable
from tui.core.rows import Rows
from tui.core.shelf import Run
from tui.core.values import fields, replace

REFS = [Ref("a.jsonl", ordinal, "jsonl") for ordinal in range(60)]
PAGE, OPTIONS = REFS[0], Options()
PROBLEM = unreadable(Reason("no_file"), "a.jsonl")
MISSING = Trouble("gone.html", 0, PROBLEM)


def test_a_page_that_costs_processes_their_lives_is_asked_for_in_smaller_and_smaller_parts() -> None:
    sizes: list[int | None] = []
    question: questions.Open | None = questions.Open(PAGE, OPTIONS)
    while question is not None:
        sizes.append(question.most_bytes)
        question = question.simpler(Reason("given_up"))
    assert sizes == [None, 1024 * 1024, 64 * 1024]
    source = questions.Source(PAGE, OPTIONS, offset=7)
    assert source.simpler(Reason("given_up")) == questions.Source(PAGE, OPTIONS)
    assert questions.Source(PAGE, OPTIONS).simpler(Reason("given_up")) is None


@pytest.mark.parametrize(
    ("ahead", "refs", "expected"),
    [
        ("", REFS, 0),
        ("open", REFS, 1),
        ("peek", REFS, 50),
        ("peek", REFS[:49], 49),
        ("open", [MISSING, PAGE], 0),
        ("peek", [MISSING, PAGE, Ref("https://example.org/", 0, "web"), Ref("a", 0)], 1),
    ],
)
def test_of_the_first_pages_a_screenful_is_answered_ahead(ahead: Any, refs: list[Item], expected: int) -> None:
    assert len(questions.Scan(("a.jsonl",), OPTIONS, ahead=ahead).foremost(refs)) == expected


@pytest.mark.parametrize(
    ("look_s", "rest_s"), [(0.0, 0.5), (0.05, 0.5), (0.2, 2.0), (0.5, 5.0), (1.0, 10.0), (2.0, 10.0)]
)
def test_rests_are_ten_times_as_long_as_looks_within_bounds(look_s: float, rest_s: float) -> None:
    assert questions.rest_s(look_s) == rest_s


def test_rows_are_columns_only_where_all_are_pages() -> None:
    assert isinstance(questions.as_columns(REFS), Run)
    apart = [PAGE, replace(PAGE, ordinal=PAGE.ordinal + 2), replace(PAGE, source="b.html")]
    for rows in (apart[:2], apart[::2], apart):
        assert isinstance(questions.as_columns(rows), Rows)
        assert list(questions.as_columns(rows)) == rows
    assert list(questions.as_columns(REFS)) == list(REFS)
    assert questions.as_columns([PAGE, MISSING]) == [PAGE, MISSING]


class Some:
    """Answers for so many pages at a time."""

    def __init__(self, at_once: int) -> None:
        self.at_once = at_once
        self.asked: list[int] = []

    def ask(self, question: Any) -> Any:
        """As in `Asker`."""
        self.asked.append(question.refs[0].ordinal)
        return tuple(Preview(ref, str(ref.ordinal)) for ref in question.refs[: self.at_once])

    def progress(self) -> questions.Progress:
        """As in `Asker`."""
        return questions.Progress()

    def cancel(self) -> None:
        """As in `Asker`."""


def test_pages_that_are_left_are_asked_about_again() -> None:
    some = Some(25)
    assert [peek.title for peek in questions.through(some, questions.Peek(REFS, OPTIONS))] == [
        str(at) for at in range(60)
    ]
    assert some.asked == [0, 25, 50]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (questions.Peek(REFS, OPTIONS), (Preview(PAGE, "", trouble=PROBLEM),)),
        (questions.Search(REFS, "rain", OPTIONS), Searched(1, (), ((PAGE, PROBLEM),))),
        (questions.Match(("a",), "b"), Matched(is_cut=True, problem=PROBLEM)),
    ],
)
def test_an_answer_for_want_of_one_is_about_the_first_page(question: questions.Question[Any], expected: Any) -> None:
    assert question.unanswered(PROBLEM) == expected


def test_answers_for_want_of_one_hold_what_there_is_of_the_page() -> None:
    traced = questions.Trace(PAGE, OPTIONS, 3).unanswered(PROBLEM)
    original = questions.Source(PAGE, OPTIONS).unanswered(PROBLEM)
    assert (traced.size, original.raw, traced.problems, original.problems) == (0, b"", (PROBLEM,), (PROBLEM,))
    judged = questions.Judge(REFS, OPTIONS).unanswered(PROBLEM)
    assert (judged.pages, judged.kept, judged.problems) == (1, (), ((0, (PROBLEM,)),))
    (digest,) = questions.Digests(REFS, OPTIONS).unanswered(PROBLEM)
    assert (digest.values["problems"], digest.problems) == (1, (PROBLEM,))
    assert questions.Scan(("a", "b"), OPTIONS).about == Ref("a", 0)
    assert (
        questions.Scan((), OPTIONS).about
        == questions.LookAgain(True).about
        == questions.Match((), "").about
        == Ref("", 0)
    )


def test_answers_one_by_one_are_joined_in_the_order_of_the_pages() -> None:
    document = Document.unread(PAGE)
    answers = (
        Judged(1, (0,), ("x",), ((0, document),)),
        Judged(1, (), ("y",)),
        Judged(1, (0,), ("z",), problems=((0, (PROBLEM,)),)),
    )
    joined = questions.Judge(REFS, OPTIONS).joined(answers)
    assert (joined.pages, joined.kept, joined.values) == (3, (0, 2), ("x", "y", "z"))
    assert (joined.documents, joined.problems) == (((0, document),), ((2, (PROBLEM,)),))
    hits = [PageHits(ref, (), 2) for ref in REFS[:2]]
    found: Sequence[Searched] = [Searched(1, (hits[0],)), Searched(1, (hits[1],), ((REFS[2], PROBLEM),))]
    assert questions.Search(REFS, "rain", OPTIONS).joined(found) == Searched(2, tuple(hits), ((REFS[2], PROBLEM),))


def test_an_answer_is_retold_of_the_page_that_was_asked_about_with_what_is_to_be_said_of_it() -> None:
    there, note = Ref("/cache/1", 0, "html"), Problem("stale", "", {"reason": Reason("no_file")})
    document = replace(Document.unread(there), problems=(PROBLEM,))
    for problem, problems in ((None, (PROBLEM,)), (note, (note, PROBLEM))):
        told = questions.Open(PAGE, OPTIONS).retold(document, PAGE, problem)
        judged = questions.Judge(REFS, OPTIONS).retold(Judged(1, (0,), documents=((0, document),)), PAGE, problem)
        for each in (told, judged.documents[0][1]):
            assert (each.ref, each.problems) == (PAGE, problems)


@pytest.mark.parametrize(
    ("skipped", "sentence", "asides"),
    [
        (Skipped(), "", ""),
        (
            Skipped(1, 1, 1, 1, 1),
            "1 special file, 1 looping link, 1 folder on another file system, 1 unrecognised file",
            "1 record that is no page of text",
        ),
        (
            Skipped(2, 0, 2, 0, 2000),
            "2 special files, 2 folders on another file system",
            "2,000 records that are no pages of text",
        ),
    ],
)
def test_what_was_passed_over_is_counted_in_words(skipped: Skipped, sentence: str, asides: str) -> None:
    assert (skipped.sentence(), skipped.of_asides()) == (sentence, asides)
    assert skipped + Skipped(asides=1) == replace(skipped, asides=skipped.asides + 1)


def test_what_was_not_asked_for_is_not_done_and_what_was_not_counted_is_nothing() -> None:
    asked: list[Any] = [
        questions.Open(PAGE, OPTIONS),
        questions.Trace(PAGE, OPTIONS, 0),
        questions.Search(REFS, "", OPTIONS),
        questions.Judge(REFS, OPTIONS),
        questions.Scan((), OPTIONS),
    ]
    assert not [question for question in asked if True in (getattr(question, each.name) for each in fields(question))]
    for kind in (questions.Progress, Position, Skipped):
        assert all(getattr(kind(), each.name) in (0, "", (), (0, 0)) for each in fields(kind))
