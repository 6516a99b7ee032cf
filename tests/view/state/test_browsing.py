"""Browsing is a state: pages are opened, filtered, labelled and searched without a screen."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from queue import Queue
from typing import Any

import pytest
from screen_fake import FakeClient, FakeCollection, FakeLedger, FakeNeighbours, refs, services
from waiting import PATIENCE_S

from tui.core.answers import Completion
from tui.core.errors import StoreError
from tui.core.model import Document, Headline, Item, Options, Original, Preview, Problem, Ref
from tui.core.problems import Reason
from tui.core.questions import Source
from tui.core.shelf import Shelf
from tui.view.commands.ordering import sort
from tui.view.pagetext.query import Query
from tui.view.state import filter as filters
from tui.view.state import survey
from tui.view.state.browsing import Browsing
from tui.view.state.captures import Captures, Folds
from tui.view.state.jobs import Count, SearchJob
from tui.view.state.looking import span
from tui.view.state.services import PaneName, Where
from tui.view.state.sourcenames import SourceNames


class Blind:
    """A view that draws nothing, and is where it was sent to."""

    def __init__(self) -> None:
        self.document: Document | None = None
        self.at = Where()
        self.cursor: int | None = None
        self.selection = range(0)
        self.empty = ""
        self.queries: list[Query] = []
        self.source: Original | None = None

    def show(self, index: int, document: Document, *, keep_place: bool) -> None:
        self.document, self.source = document, None
        if not keep_place:
            self.at = replace(self.at, start=0)

    def show_empty(self, reason: str) -> None:
        self.empty = reason

    def grow(self, *, follow_end: bool = False) -> None:
        pass

    def rearrange(self, moved: Callable[[int], int | None]) -> None:
        self.selection = range(0)

    def fold(self, captures: Captures, folds: Folds) -> None:
        pass

    def learn(self, peeks: dict[int, Preview]) -> None:
        pass

    def forget(self, index: int) -> None:
        pass

    def show_source(self, source: Original | None) -> None:
        self.source = source

    def with_url(self, url: str) -> int | None:
        return None

    def list_labels(self, labels_at: Callable[[Ref], tuple[str, ...]]) -> None:
        pass

    def where(self) -> Where:
        return self.at

    def activate(self, name: PaneName) -> None:
        self.at = replace(self.at, pane=name)

    def zoom(self) -> None:
        self.at = replace(self.at, is_zoomed=not self.at.is_zoomed)

    def go_to_page(self, index: int, below: int = 0) -> None:
        self.cursor = index

    def go_to_place(self, start: int, query: Query | None = None) -> None:
        self.queries += [query] if query else []
        if start >= 0:
            self.at = replace(self.at, start=start)

    def selected(self) -> range:
        return self.selection

    def select_none(self) -> None:
        self.selection = range(0)

    def page_under_cursor(self) -> int | None:
        return self.cursor


class Loop:
    """Runs what is posted, until it is as a test wants it."""

    is_current = True

    def __init__(self) -> None:
        self._due: Queue[Callable[[], None]] = Queue()

    def start_thread(self, work: Callable[[], None], group: str) -> None:
        threading.Thread(target=work, daemon=True).start()

    def post(self, act: Callable[[], None], *, is_urgent: bool = False) -> None:
        self._due.put(act)

    call_after_refresh = post

    def tell(self) -> None:
        pass

    tell_soon = tell

    def until(self, is_so: Callable[[], object]) -> None:
        """Run it; fails if nothing comes any more."""
        while not is_so() or not self._due.empty():
            self._due.get(timeout=PATIENCE_S)()


class Desk:
    """Somebody who browses, and the fakes that they were given."""

    def __init__(
        self,
        found: Callable[[], Iterable[Ref]],
        client: FakeClient | None = None,
        left: Mapping[str, Any] | None = None,
        *,
        is_labelling: bool = False,
    ) -> None:
        self.view, self.loop, self.client = Blind(), Loop(), client or FakeClient()
        self.ledger, self.collection, self.neighbours = FakeLedger(), FakeCollection(), FakeNeighbours()
        self.ledger.left = left or {}
        given = replace(
            services(found, self.client), ledger=self.ledger, collection=self.collection, neighbours=self.neighbours
        )
        given.survey.drawn()
        shown = Shelf(), SourceNames(), self.view
        self.browsing = Browsing(*shown, self.loop, given, Options(), is_labelling=is_labelling)

    @property
    def ordinals(self) -> list[int]:
        return [ref.ordinal for ref in self.browsing.shelf]

    @property
    def open_ordinal(self) -> int:
        return self.browsing.shelf[self.browsing.open_index].ordinal

    def type(self, *keys: str) -> None:
        """Answer what was asked."""
        for key in keys:
            assert self.browsing.typing.takes(key, key if len(key) == 1 else None)

    def settle(self) -> None:
        """Until nothing is looked for, read or looked through."""
        browsing = self.browsing
        self.loop.until(lambda: not (browsing.is_looking or browsing.opener.is_loading or browsing.filter.activity))

    def until_said(self, words: str) -> None:
        self.loop.until(lambda: words in self.browsing.message)

    def go_to(self, index: int) -> None:
        """Open a page, and wait for it."""
        self.browsing.go_to_page(index)
        self.loop.until(lambda: self.browsing.open_index == index)


@contextmanager
def browsing(
    found: Callable[[], Iterable[Ref]] = lambda: refs(40),
    *,
    client: FakeClient | None = None,
    left: Mapping[str, Any] | None = None,
    is_labelling: bool = False,
) -> Iterator[Desk]:
    """Somebody to whom all pages are known, the first of them open."""
    desk = Desk(found, client, left, is_labelling=is_labelling)
    desk.browsing.looking.start()
    desk.settle()
    yield desk
    desk.browsing.close()


def test_browsing_knows_no_textual() -> None:
    modules = "browsing", "jobs"
    lines = f"import sys; from tui.view.state import {', '.join(modules)}; print('textual' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, check=True)
    assert answer.stdout == "False\n"


def test_the_first_page_is_opened_and_the_last_wish_counts() -> None:
    with browsing() as desk:
        assert (desk.open_ordinal, len(desk.ordinals)) == (0, 40)
        for index in (3, 4, 7):
            desk.browsing.open(index)
        desk.settle()
        assert desk.open_ordinal == 7
        assert desk.view.document is desk.browsing.document


def test_of_a_page_that_is_no_text_the_bytes_are_shown() -> None:
    png = Problem("not_text", "a.png", {"kind": Reason("png_image"), "size": 8})
    with browsing(client=FakeClient(problems={1: png})) as desk:
        desk.go_to(1)
        desk.loop.until(lambda: desk.view.source is not None)
        assert desk.view.source is not None
        assert desk.view.source.ref.ordinal == 1
        desk.go_to(2)
        desk.settle()
        assert desk.view.source is None


def test_no_page_at_all_says_why() -> None:
    with browsing(lambda: ()) as desk:
        assert "found nothing" in desk.view.empty
        assert desk.browsing.looking.state() == {}


def test_a_filter_that_fails_says_why_and_is_not_tried_again() -> None:
    class Lost(FakeCollection):
        times = 0

        def judge(self, refs: Sequence[Item], expression: str, options: Options) -> Iterator[bool]:
            self.times += 1
            yield True
            raise StoreError("crawl.jsonl: its index is damaged")

    with browsing() as desk:
        desk.browsing.collection = lost = Lost()
        desk.browsing.filter.keep("twins>0")
        desk.until_said("its index is damaged")
        desk.browsing.filter.grew()
        desk.settle()
        assert (lost.times, desk.browsing.is_trouble, desk.ordinals) == (1, True, [0])
        assert not desk.browsing.filter.is_told


def test_a_filter_keeps_the_open_page_if_it_is_among_those_that_are_kept() -> None:
    with browsing() as desk:
        desk.go_to(12)
        desk.browsing.filter.keep("ordinal>=10 ordinal<15")
        desk.until_said("5 of 40 pages")
        assert (desk.ordinals, desk.open_ordinal) == ([10, 11, 12, 13, 14], 12)
        desk.browsing.filter.keep("")
        assert (len(desk.ordinals), desk.open_ordinal) == (40, 12)


def test_a_filter_waits_for_the_open_page_and_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filters, "STEP_S", 0.0)  # verdicts come one by one
    for patience_s, stays_at in ((60.0, 12), (0.0, 10)):
        monkeypatch.setattr(filters, "PATIENCE_S", patience_s)
        with browsing() as desk:
            desk.go_to(12)
            desk.browsing.filter.keep("ordinal>=10 ordinal<15")
            desk.until_said("5 of 40 pages")
            desk.settle()
            assert (desk.ordinals, desk.open_ordinal) == ([10, 11, 12, 13, 14], stays_at)


def test_a_page_that_left_the_list_is_not_open_and_the_first_one_is_next() -> None:
    with browsing() as desk:
        desk.go_to(12)
        desk.browsing.rearrange(lambda _index: None)
        assert (desk.browsing.open_index, desk.browsing.index_in_mind) == (-1, 0)
        desk.settle()
        assert desk.open_ordinal == 0


def test_a_filter_that_holds_for_no_page_leaves_the_list_as_it_is() -> None:
    with browsing() as desk:
        desk.browsing.filter.keep("ordinal>99")
        desk.until_said("no page matches")
        assert (len(desk.ordinals), desk.browsing.filter.expression) == (40, "")


def test_an_expression_that_makes_no_sense_is_told_and_looks_so_until_something_else_is() -> None:
    with browsing() as desk:
        desk.browsing.filter.keep("ordinal>")
        assert desk.browsing.is_trouble
        desk.browsing.filter.keep("ordinal>99")
        desk.until_said("no page matches")
        assert not desk.browsing.is_trouble


def test_a_filter_that_was_saved_is_offered_and_kept_by_its_name() -> None:
    with browsing() as desk:
        desk.browsing.filter.keep("ordinal<3 @few")
        desk.until_said("3 of 40 pages")
        desk.browsing.filter.ask()
        assert desk.browsing.typing.prompt is not None
        assert "@few" in desk.browsing.typing.prompt.sign
        assert desk.browsing.typing.prompt.text == "ordinal<3"


def test_pages_are_sorted_by_a_field_and_those_without_it_come_last() -> None:
    with browsing(lambda: refs(6)) as desk:
        sort(desk.browsing, "-site")
        desk.until_said("sorted by -site")
        assert desk.ordinals == [5, 4, 2, 1, 0, 3]
        sort(desk.browsing, "")
        assert desk.ordinals == [0, 1, 2, 3, 4, 5]


def test_pages_are_counted_by_a_field_and_a_group_is_chosen() -> None:
    with browsing() as desk:
        count = Count(desk.browsing, "site")
        desk.loop.until(lambda: count.is_over)
        group = next(group for group in count.groups.groups() if group.name == "7")
        count.choose(group)
        assert desk.ordinals == [7, 17, 27, 37]
        assert desk.browsing.filter.expression == "site=7"


def test_some_pages_of_each_group_are_drawn_at_random() -> None:
    with browsing() as desk:
        count = Count(desk.browsing, "site")
        desk.loop.until(lambda: count.is_over)
        count.draw("10")
        assert len(desk.ordinals) == 10


def test_a_label_is_given_and_taken_back() -> None:
    with browsing() as desk:
        desk.browsing.labels.ask()
        desk.type("1")
        assert desk.ledger.given[0] == ("good",)
        assert desk.browsing.labels.decided == (("good",), "")
        desk.browsing.labels.undo()
        assert not desk.ledger.given[0]
        assert "undone" in desk.browsing.message


def test_selected_pages_are_labelled_when_all_are_read() -> None:
    with browsing() as desk:
        desk.view.selection = range(8, 11)
        desk.browsing.labels.ask()
        desk.type("2")
        desk.until_said("2 of 3 pages")
        assert "1 could not be read" in desk.browsing.message
        assert [ordinal for ordinal, names in desk.ledger.given.items() if names] == [8, 10]
        assert not desk.view.selection


def test_one_key_labels_a_page_and_goes_on_to_the_next() -> None:
    with browsing(is_labelling=True) as desk:
        assert desk.browsing.labels.takes("1")
        desk.settle()
        assert (desk.ledger.given[0], desk.open_ordinal) == (("good",), 1)
        desk.browsing.labels.undo()
        desk.settle()
        assert desk.open_ordinal == 0


def test_a_store_that_cannot_be_read_is_told_and_all_else_goes_on() -> None:
    with browsing() as desk:
        desk.ledger.fault = "notebook: locked; close the other window"
        desk.browsing.labels.show()
        assert desk.browsing.message == desk.ledger.fault
        desk.go_to(5)
        assert desk.open_ordinal == 5


def test_a_note_and_a_mark_are_remembered() -> None:
    with browsing() as desk:
        desk.browsing.labels.ask_note()
        desk.type("o", "k", "enter")
        assert desk.ledger.notes == {0: "ok"}
        desk.browsing.labels.ask_mark()
        desk.type("a")
        desk.go_to(9)
        desk.browsing.labels.ask_go_to_mark()
        desk.type("a")
        desk.settle()
        assert desk.open_ordinal == 0


def test_all_pages_are_searched_and_those_with_hits_kept() -> None:
    with browsing() as desk:
        search = SearchJob(desk.browsing, "圖書館")
        desk.loop.until(lambda: search.is_over)
        assert [place.ordinal for place in search.places] == [0, 10, 20, 30]
        assert (search.looked, search.pages) == (40, 40)
        place = search.places[1]
        desk.browsing.go_to_place(place.number, place.hit.start, Query("圖書館"))
        desk.settle()
        assert (desk.open_ordinal, desk.view.at.start) == (10, place.hit.start)
        assert [query.typed for query in desk.view.queries] == ["圖書館"]


def test_a_search_that_is_stopped_hands_nothing_over_any_more() -> None:
    with browsing() as desk:
        desk.collection.gate = threading.Event()
        search = SearchJob(desk.browsing, "圖書館")
        search.stop()
        assert desk.collection.cancelled == 1
        desk.go_to(2)
        assert (search.places, search.is_over) == ([], False)


def test_to_stop_a_search_that_is_through_gives_up_nothing_of_others() -> None:
    with browsing() as desk:
        search = SearchJob(desk.browsing, "圖書館")
        desk.loop.until(lambda: search.is_over)
        search.stop()
        assert desk.collection.cancelled == 0


def test_one_goes_back_and_forward_to_where_one_was() -> None:
    with browsing() as desk:
        desk.view.go_to_place(7)
        desk.view.activate("body")
        desk.go_to(5)
        desk.view.go_to_place(3)
        desk.browsing.following.travel(-1)
        desk.settle()
        assert (desk.open_ordinal, desk.view.at.start, desk.view.at.pane) == (0, 7, "body")
        desk.browsing.following.travel(1)
        desk.settle()
        assert (desk.open_ordinal, desk.view.at.start) == (5, 3)
        desk.browsing.following.travel(1)
        assert "go forward" in desk.browsing.message


def test_a_link_to_a_page_of_the_list_is_followed_at_once_and_one_beside_it_too() -> None:
    with browsing() as desk:
        desk.browsing.following.follow("page-3.html")
        desk.settle()
        assert desk.open_ordinal == 3
        desk.neighbours.files = {path: Ref(path, 0, "html") for path in _beside("more.html")}
        desk.browsing.following.follow("more.html")
        desk.settle()
        assert (len(desk.ordinals), desk.browsing.open_index) == (41, 40)


def _beside(name: str) -> list[str]:
    from tui.core.files import absolute

    return [absolute(name)]


def test_what_has_to_be_fetched_is_asked_for_first() -> None:
    with browsing() as desk:
        desk.browsing.following.offer(Headline("hot", "Ferry", 0, 5, url="https://example.org/ferry"))
        assert desk.browsing.message == "fetch? y/n  https://example.org/ferry"
        assert len(desk.client.opened) == 1
        desk.type("y")
        desk.settle()
        assert desk.browsing.shelf[40].source == "https://example.org/ferry"
        assert desk.browsing.open_index == 40


def test_one_resumes_where_one_left() -> None:
    with browsing() as desk:
        desk.browsing.filter.keep("ordinal<20")
        desk.until_said("20 of 40 pages")
        desk.go_to(12)
        desk.view.go_to_place(4)
        desk.view.activate("body")
        desk.view.zoom()
    with browsing(left=desk.ledger.state) as again:
        again.until_said("20 of 40 pages")
        assert (again.open_ordinal, again.view.at) == (12, Where(4, 0, "body", is_zoomed=True))
        assert again.browsing.filter.expression == "ordinal<20"


def test_a_page_that_is_gone_when_one_resumes_is_told() -> None:
    with browsing(left={"source": "/gone.html", "ordinal": 0}) as desk:
        assert "left off at is gone" in desk.browsing.message
        assert desk.open_ordinal == 0


def test_what_is_looked_through_is_stopped_and_the_list_stays_as_it_is() -> None:
    with browsing() as desk:
        desk.collection.gate = threading.Event()
        desk.browsing.filter.keep("ordinal<3")
        assert desk.browsing.stop()
        assert (desk.browsing.message, len(desk.ordinals)) == ("stopped", 40)
        assert not desk.browsing.stop()


def test_a_page_that_is_being_read_is_cancelled() -> None:
    client = FakeClient()
    client.gates = {3: threading.Event()}
    with browsing(client=client) as desk:
        desk.browsing.open(3)
        assert desk.browsing.index_in_mind == 3
        assert desk.browsing.stop()
        desk.settle()
        assert (desk.open_ordinal, desk.browsing.index_in_mind) == (0, 0)


def test_looking_is_stopped_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey, "BATCH_S", 0)
    gate = threading.Event()

    def found() -> Iterator[Ref]:
        for ref in refs(60):
            if ref.ordinal == 55:
                gate.wait(PATIENCE_S)
            yield ref

    desk = Desk(found)
    desk.browsing.looking.start()
    desk.loop.until(lambda: len(desk.ordinals) == 55)
    assert desk.browsing.looking.stop()
    assert "F continues" in desk.browsing.message
    gate.set()
    desk.browsing.looking.follow()
    desk.settle()
    assert len(desk.ordinals) == 60
    desk.browsing.close()


def test_a_page_that_is_whole_by_now_is_read_anew() -> None:
    def found() -> Iterator[Ref]:
        yield from (replace(ref, length=10) for ref in refs(3))

    with browsing(found) as desk:
        whole = replace(desk.browsing.shelf[0], length=20)
        desk.browsing.looking.take(Completion(whole), desk.browsing.looking.survey.number)
        desk.settle()
        assert desk.client.opened == [(0, False), (0, False)]
        assert desk.browsing.document is not None
        assert desk.browsing.document.ref == whole


def test_a_page_is_read_in_the_charset_that_was_chosen_for_it_alone() -> None:
    with browsing() as desk:
        desk.browsing.override("big5", 0)
        desk.browsing.reread(desk.browsing.options, "this page: read as big5")
        desk.go_to(1)
        assert desk.client.charsets == [None, "big5", None]


@pytest.mark.parametrize(
    ("count", "done", "told"),
    [
        (1, None, "stopped; 1 page found so far"),
        (2, None, "stopped; 2 pages found so far"),
        (2, 0.5, "stopped at 50%; 2 pages found so far"),
    ],
)
def test_who_stops_looking_is_told_how_far_it_was(
    count: int, done: float | None, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey, "BATCH_S", 0)
    gate = threading.Event()

    def found() -> Iterator[Ref]:
        yield from refs(count)
        gate.wait(PATIENCE_S)

    desk = Desk(found)
    desk.browsing.looking.survey.progress = lambda: done
    desk.browsing.looking.start()
    desk.loop.until(lambda: len(desk.ordinals) == count)
    assert desk.browsing.looking.stop()
    assert desk.browsing.message.startswith(told)
    gate.set()
    desk.browsing.close()


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (59, "59 s"),
        (59.1, "1 min"),
        (60, "1 min"),
        (61, "2 min"),
        (3540, "59 min"),
        (3541, "1 h 0 min"),
        (3601, "1 h 1 min"),
        (7200, "2 h 0 min"),
    ],
)
def test_an_estimate_is_told_in_seconds_minutes_and_hours(seconds: float, told: str) -> None:
    assert span(seconds) == told


def test_nothing_is_open_or_awaited_before_the_first_page() -> None:
    desk = Desk(tuple)
    browsing = desk.browsing
    assert (browsing.open_index, browsing.index_in_mind, browsing.awaited) == (-1, -1, -1)
    browsing.reread(browsing.options, "read otherwise")
    browsing.reload()
    assert (desk.client.opened, browsing.opener.is_loading, browsing.looking.state()) == ([], False, {})
    browsing.close()


def test_the_next_page_is_stepped_to_and_the_list_has_ends() -> None:
    with browsing(lambda: refs(3)) as desk:
        for step, index in ((1, 1), (-1, 0), (-1, 0), (2, 2), (1, 2)):
            desk.browsing.step(step)
            desk.settle()
            assert desk.browsing.open_index == index
        desk.type("9")
        desk.browsing.step(-1)
        desk.settle()
        assert desk.browsing.open_index == 0


def test_one_goes_back_so_many_pages_at_once_and_no_further_than_there_are() -> None:
    with browsing(lambda: refs(4)) as desk:
        for index in (1, 2, 3):
            desk.go_to(index)
        desk.type("3")
        desk.browsing.following.travel(-1)
        desk.settle()
        assert desk.open_ordinal == 0
        desk.browsing.following.travel(-1)
        assert "no page to go back to" in desk.browsing.message
        desk.type("2")
        desk.browsing.following.travel(1)
        desk.settle()
        assert desk.open_ordinal == 2


def test_an_answer_is_used_only_where_its_page_is_still_open_and_nothing_lies_over_it() -> None:
    with browsing() as desk:
        answers: list[int] = []

        def use(original: Original) -> None:
            answers.append(original.ref.ordinal)

        desk.browsing.ask_about(0, Source, use)
        desk.browsing.open(1)
        desk.settle()
        assert answers == []
        desk.browsing.ask_about(1, Source, use)
        desk.settle()
        assert answers == [1]
        desk.loop.is_current = False
        desk.browsing.ask_about(1, Source, use)
        desk.settle()
        assert answers == [1]
        desk.browsing.ask_about(1, Source, use, even_beneath=True)
        desk.settle()
        assert answers == [1, 1]
