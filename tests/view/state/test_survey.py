"""Looking for pages in a thread: handing on, stopping, going on, following, ending."""

import threading
from collections.abc import Iterable, Iterator
from queue import Queue

import pytest
from screen_fake import refs
from waiting import PATIENCE_S

from tui.core import questions
from tui.core.answers import Changed, Completion
from tui.core.errors import SourceError
from tui.core.model import Ref
from tui.core.problems import Problem, Reason
from tui.core.shelf import Run, singly
from tui.view.state import survey
from tui.view.state.survey import FIRST_REFS, Ended, Found, Report, Survey

REPLACED = Problem("source_changed", "b", {"change": Reason("was_replaced"), "remedy": Reason("read_again")})


class Desk:
    """Takes what a survey tells."""

    def __init__(self, is_following: bool = False, is_drawn: bool = True) -> None:
        self._found: Iterable[Ref | Run] = ()
        self.survey = Survey(lambda: self._found, is_following)
        if is_drawn:
            self.survey.drawn()
        self._told: Queue[Report] = Queue()

    def start(self, found: Iterable[Ref | Run]) -> None:
        """Begin to look."""
        self._found = found
        self.survey.start(lambda report, _number: self._told.put(report))

    def next(self) -> Report:
        """What is told next."""
        return self._told.get(timeout=PATIENCE_S)

    def ordinals(self) -> list[int]:
        """The ordinals of the pages that are told next."""
        report = self.next()
        assert isinstance(report, Found)
        return [ref.ordinal for ref in singly(report.refs)]

    def is_quiet(self) -> bool:
        """Nothing was told that nobody has taken."""
        return self._told.empty()


@pytest.fixture
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "LOOK_S", 0.01)


def test_the_first_pages_of_many_come_at_once() -> None:
    desk = Desk()
    desk.start(refs(20_000))
    sizes = []
    while isinstance(report := desk.next(), Found):
        sizes.append(len(report.refs))
    assert sizes[0] == FIRST_REFS
    assert sum(sizes) == 20_000
    assert len(sizes) < 2000
    assert report == Ended()


def test_few_pages_are_handed_on_when_they_have_waited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey, "BATCH_S", -1)
    desk = Desk()
    desk.start(refs(3))
    assert [desk.ordinals() for _ in range(3)] == [[0], [1], [2]]


def test_more_is_looked_for_when_the_first_page_is_on_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey, "DRAWING_S", 6 * PATIENCE_S)
    desk = Desk(is_drawn=False)
    desk.start(refs(1000))
    assert desk.ordinals() == list(range(FIRST_REFS))
    assert desk.is_quiet()
    desk.survey.drawn()
    assert len(desk.ordinals()) == 1000 - FIRST_REFS


def test_runs_of_pages_are_handed_on_as_they_are() -> None:
    run, desk = Run(Ref("a.jsonl", 0, "jsonl"), range(1000), range(1000)), Desk()
    desk.start([run[:1], *[run] * 9])
    first = desk.next()
    assert isinstance(first, Found)
    assert len(first.refs) == 2
    rest = desk.next()
    assert isinstance(rest, Found)
    assert len(rest.refs) == 8


def test_a_scan_that_finds_nothing_or_fails_says_so() -> None:
    desk = Desk()
    desk.start(refs(0))
    assert desk.next() == Ended()

    def fails() -> Iterator[Ref]:
        yield from refs(3)
        raise SourceError("nowhere: no such folder; check the name")

    desk.start(fails())
    assert desk.ordinals() == [0, 1, 2]
    assert desk.next() == Ended("nowhere: no such folder; check the name")


def test_what_was_stopped_goes_on_where_it_was() -> None:
    desk, asked, gate = Desk(), threading.Event(), threading.Event()

    def found() -> Iterator[Ref]:
        yield from refs(FIRST_REFS)
        asked.set()
        gate.wait(PATIENCE_S)
        yield from (Ref("late", ordinal) for ordinal in range(3))

    desk.start(found())
    assert len(desk.ordinals()) == FIRST_REFS
    assert asked.wait(PATIENCE_S)
    desk.survey.stop()
    gate.set()
    assert desk.ordinals() == [0]  # it was on its way
    assert desk.is_quiet()
    assert desk.survey.is_stopped
    desk.survey.go_on()
    assert desk.ordinals() == [1, 2]
    assert desk.next() == Ended()
    assert not desk.survey.is_stopped


@pytest.mark.usefixtures("_soon")
def test_one_who_follows_gets_what_comes_between_two_looks_and_no_end() -> None:
    desk = Desk()

    def found() -> Iterator[Ref]:
        yield Ref("a", 0)
        while desk.survey.rest(0.0):
            desk.survey.take_note(Completion(Ref("a", 0, "html")))
            desk.survey.take_note(Changed(Ref("b", 0), REPLACED))
            yield Ref("a", 1)
            desk.survey.follow(False)

    desk.start(found())
    assert desk.ordinals() == [0]
    assert desk.next() == Ended()
    for _ in range(2):
        desk.survey.follow(True)
        assert desk.next() == Completion(Ref("a", 0, "html"))
        assert desk.next() == Changed(Ref("b", 0), REPLACED)
        assert desk.ordinals() == [1]
    assert desk.is_quiet()
    assert desk.survey.end(PATIENCE_S)
    assert not desk.survey.is_following


def test_an_end_stops_a_scan_that_rests_or_works_and_nothing_is_told_any_more() -> None:
    for is_resting in (True, False):
        desk, is_here, gate = Desk(), threading.Event(), threading.Event()

        def found(
            desk: Desk = desk,
            is_resting: bool = is_resting,
            is_here: threading.Event = is_here,
            gate: threading.Event = gate,
        ) -> Iterator[Ref]:
            is_here.set()
            if is_resting:
                desk.survey.rest(0.0)
            else:
                gate.wait(PATIENCE_S)
            yield Ref("a", 0)

        desk.start(found())
        assert is_here.wait(PATIENCE_S)
        assert is_resting or not desk.survey.end(0)
        gate.set()
        assert desk.survey.end(PATIENCE_S)
        assert desk.is_quiet() or desk.next() == Ended()


def test_a_scan_that_began_before_the_screen_was_there_waits_for_it_before_it_rests() -> None:
    desk = Desk()
    is_over = threading.Event()

    def rest() -> None:
        desk.survey.rest(0.0)
        is_over.set()

    threading.Thread(target=rest, daemon=True).start()
    desk.start(refs(0))
    assert desk.next() == Ended()
    assert desk.survey.end(PATIENCE_S)
    assert is_over.wait(PATIENCE_S)


def test_fifty_pages_come_first_and_then_five_thousand_at_a_time() -> None:
    desk = Desk()
    desk.start(refs(12_000))
    sizes = []
    while isinstance(report := desk.next(), Found):
        sizes.append(len(report.refs))
    assert sizes == [50, 5000, 5000, 1950]
