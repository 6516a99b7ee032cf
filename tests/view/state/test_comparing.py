"""Pages are compared with pages and with fields of their records, without a screen."""

from dataclasses import replace
from typing import TypeVar, cast

import pytest
from screen_fake import FakeClient, plain
from test_browsing import Desk, browsing

from tui.core.model import Document, Options, Problem, Ref, Twin, Twins
from tui.core.problems import Reason
from tui.core.questions import Compare, Question
from tui.processes.client import failed
from tui.view.state.comparing import ComparedTexts, field_beside

T = TypeVar("T")
TEXTS = {0: "one\ntwo", 1: "one\nthree", 2: "one\ntwo"}


def shown(desk: Desk) -> list[ComparedTexts]:
    made: list[ComparedTexts] = []
    desk.browsing.comparing.show = made.append
    return made


def test_two_pages_are_compared_whichever_is_open() -> None:
    with browsing(client=FakeClient(TEXTS)) as desk:
        made, shelf = shown(desk), desk.browsing.shelf
        for left, right in ((0, 1), (1, 0), (1, 2)):
            desk.browsing.comparing.compare(shelf[left], shelf[right])
            desk.loop.until(lambda: made)
            comparison = made.pop()
            assert comparison.names == (f"#{left} Page {left}", f"#{right} Page {right}")
            assert (comparison.before, comparison.after) == (TEXTS[left], TEXTS[right])
            assert comparison.page == shelf[right]
            assert [change.kind for change in comparison.compared.changes] == ["removed", "added"]
        assert desk.open_ordinal == 0


def test_captures_of_an_address_are_compared_from_the_earlier_one() -> None:
    class Captured(FakeClient):
        def open(self, ref: Ref, options: Options) -> Document:
            url = "https://example.org/other" if ref.ordinal == 3 else "https://example.org/"
            day = f"2021-12-{9 - ref.ordinal:02}T10:30:00Z" if ref.ordinal != 4 else None
            return replace(plain(ref, str(ref.ordinal)), url=url, fetched=day)

    with browsing(client=Captured()) as desk:
        made, shelf = shown(desk), desk.browsing.shelf
        for left, right, names in (
            (1, 2, ("#2 2021-12-07 10:30:00", "#1 2021-12-08 10:30:00")),
            (2, 1, ("#2 2021-12-07 10:30:00", "#1 2021-12-08 10:30:00")),
            (1, 3, ("#1 page-1.html", "#3 page-3.html")),
            (1, 4, ("#1 page-1.html", "#4 page-4.html")),
        ):
            desk.browsing.comparing.compare(shelf[left], shelf[right])
            desk.loop.until(lambda: made)
            comparison = made.pop()
            assert comparison.names == names
            assert comparison.before == names[0][1]


def test_equal_texts_are_said_to_be_equal() -> None:
    with browsing(client=FakeClient(TEXTS)) as desk:
        made, shelf = shown(desk), desk.browsing.shelf
        desk.browsing.comparing.compare(shelf[0], shelf[2])
        desk.until_said("#0 Page 0 and #2 Page 2: the same text")
        assert not made


def test_a_page_that_cannot_be_read_says_why() -> None:
    gone = Problem("unreadable", "a.html", {"reason": Reason("verbatim", {"words": "no such file"})})
    with browsing(client=FakeClient(TEXTS, {1: gone})) as desk:
        made, shelf = shown(desk), desk.browsing.shelf
        desk.browsing.comparing.compare(shelf[0], shelf[1])
        desk.until_said("no such file")
        assert desk.browsing.is_trouble
        assert not made


def test_who_goes_to_another_page_meanwhile_is_shown_nothing() -> None:
    with browsing(client=FakeClient(TEXTS)) as desk:
        made, shelf = shown(desk), desk.browsing.shelf
        desk.browsing.comparing.compare(shelf[0], shelf[1])
        desk.go_to(5)
        desk.settle()
        assert not made


def test_each_page_is_read_in_the_charset_that_was_chosen_for_it() -> None:
    client = FakeClient(TEXTS)
    with browsing(client=client) as desk:
        made, shelf = shown(desk), desk.browsing.shelf
        desk.browsing.override("big5", 1)
        assert desk.browsing.options_of(shelf[1]).charset == "big5"
        assert desk.browsing.options_of(shelf[0]).charset is None
        desk.browsing.comparing.compare(shelf[0], shelf[1])
        desk.loop.until(lambda: made)
        assert client.charsets[-1] == "big5"


@pytest.mark.parametrize(("raw", "before"), [("one\nold", "one\nold"), ("\n<p>one\n<p>old", "\none\nold")])
def test_a_page_is_compared_with_a_field_of_its_record(raw: str, before: str) -> None:
    class WithRecord(FakeClient):
        def open(self, ref: Ref, options: Options) -> Document:
            return replace(plain(ref, TEXTS[0]), record={"id": "x", "raw": raw, "n": 3})

    with browsing(client=WithRecord()) as desk:
        made, document = shown(desk), desk.browsing.document
        assert document is not None
        others = list(desk.browsing.comparing.others(document))
        assert [(other.key, other.name) for other in others] == [("f", "field raw")]
        others[0].compare()
        desk.loop.until(lambda: made)
        assert (made[0].names, made[0].before, made[0].after) == (("raw", "text"), before, TEXTS[0])


@pytest.mark.parametrize(("length", "name"), [(24, ""), (25, "raw")])
def test_a_field_is_another_form_of_the_page_from_a_quarter_of_its_length_on(length: int, name: str) -> None:
    page = replace(
        plain(Ref("a", 0), "月" * 100), record={"raw": "日" * length, "list": ["z" * 100], "path": "/a" * 50}
    )
    assert field_beside(page) == name


def test_a_page_without_text_has_no_field_beside_it_that_is_empty() -> None:
    assert field_beside(replace(plain(Ref("a", 0), ""), record={"raw": ""})) == ""


def test_who_cannot_compare_says_so() -> None:
    problem = Problem("unreadable", "", {"reason": Reason("verbatim", {"words": "killed"})})
    answer = Compare("a", "b").unanswered(problem)
    assert not answer.changes
    assert answer.problem is problem


def test_where_a_comparison_costs_a_process_its_life_both_pages_are_named_and_neither_is_said_to_be_unreadable() -> (
    None
):
    class Killed(FakeClient):
        def ask(self, question: Question[T]) -> T:
            if isinstance(question, Compare):
                killed = failed(question.about, Reason("verbatim", {"words": "killed"}))
                return cast(T, question.unanswered(killed))
            return super().ask(question)

    with browsing(client=Killed(TEXTS)) as desk:
        desk.browsing.comparing.compare(*desk.browsing.shelf[:2])
        desk.until_said("failed")
        assert desk.browsing.message == "comparing #0 Page 0 and #1 Page 1 failed: killed"
        assert desk.browsing.is_trouble


class WithTwins(FakeClient):
    """Pages of which the first one has twins."""

    def __init__(self, twins: Twins) -> None:
        super().__init__(TEXTS)
        self._twins = twins

    def open(self, ref: Ref, options: Options) -> Document:
        return replace(super().open(ref, options), twins=self._twins if ref.ordinal == 0 else None)


@pytest.mark.parametrize(
    ("twins", "name", "names"),
    [
        (Twins(3, Ref("a.html", 1), 0.9), "#1, which it is a copy of", ("#1 Page 1", "#0 Page 0")),
        (Twins(1, copies=(Twin(Ref("a.html", 1), 0.9, ""),)), "its copy #1", ("#0 Page 0", "#1 Page 1")),
    ],
)
def test_what_is_kept_stands_before_its_copy(twins: Twins, name: str, names: tuple[str, str]) -> None:
    with browsing(client=WithTwins(twins)) as desk:
        made, document = shown(desk), desk.browsing.document
        assert document is not None
        (other,) = desk.browsing.comparing.others(document)
        assert (other.key, other.name) == ("t", name)
        other.compare()
        desk.loop.until(lambda: made)
        assert made[0].names == names
