"""Pages are read one at a time, and the last wish counts."""

from collections.abc import Callable

import pytest
from screen_fake import FakeClient, page, refs

from tui.core.model import Document, Options, Original, Ref
from tui.core.questions import Source
from tui.core.shelf import Shelf
from tui.view.state import opener as opener_module
from tui.view.state.opener import Kept, Opener


class Desk:
    """An opener whose threads run, and hand over, when the test says so."""

    is_current = True

    def __init__(self) -> None:
        self.client = FakeClient()
        self.work: list[Callable[[], None]] = []
        self.shown: list[Document] = []
        self.troubles: list[str] = []
        clients = self.client, self.client
        self.opener = Opener(
            Shelf(refs(5)),
            clients,
            self,
            lambda _index, page: self.shown.append(page),
            lambda _peeks: None,
            self.troubles.append,
        )

    def start_thread(self, work: Callable[[], None], group: str) -> None:
        self.work.append(work)

    def post(self, act: Callable[[], None], *, is_urgent: bool = False) -> None:
        act()

    call_after_refresh = post

    def tell(self) -> None:
        pass

    tell_soon = tell

    def run(self) -> bool:
        """Let the thread that was started first run; returns whether a page is shown."""
        before = len(self.shown)
        self.work.pop(0)()
        return len(self.shown) > before


def test_a_page_that_was_read_is_there_at_once_the_next_time() -> None:
    desk = Desk()
    assert desk.opener.open(1, Options()) is None
    assert desk.run()
    assert desk.opener.open(1, Options()) is desk.shown[0]
    assert desk.opener.open(1, Options(certain=True)) is None


def test_a_late_page_does_not_take_the_place_of_the_one_that_is_wanted() -> None:
    desk = Desk()
    desk.opener.open(1, Options())
    desk.opener.open(2, Options())
    desk.opener.open(3, Options())
    assert not desk.run()
    assert desk.run()
    assert [ordinal for ordinal, _certain in desk.client.opened] == [1, 3]


def test_a_late_page_does_not_take_the_place_of_one_that_was_gone_back_to() -> None:
    desk = Desk()
    desk.opener.open(0, Options())
    assert desk.run()
    desk.opener.open(1, Options())
    assert desk.opener.open(0, Options()) is desk.shown[0]
    assert not desk.run()


def test_a_page_that_nobody_wants_any_more_is_cancelled_once_it_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    desk.opener.open(1, Options())
    desk.opener.open(2, Options())
    assert desk.client.cancelled == 0
    monkeypatch.setattr(opener_module, "PATIENCE_S", -1)
    desk.opener.open(3, Options())
    assert desk.client.cancelled == 1
    desk.work.pop(0)
    desk.opener.failed("open", "given up")
    assert desk.troubles == []
    assert desk.run()
    assert desk.shown[0].ref.ordinal == 3


def test_a_failure_is_told_only_to_those_who_wait_for_the_page() -> None:
    desk = Desk()
    desk.opener.open(1, Options())
    desk.opener.failed("open", "reason")
    assert desk.troubles == ["reason"]
    desk.opener.open(1, Options())
    desk.opener.cancel()
    desk.opener.failed("open", "given up")
    assert desk.troubles == ["reason"]
    assert not desk.opener.is_loading


def test_titles_are_asked_for_one_question_at_a_time() -> None:
    desk = Desk()
    desk.opener.peek([1, 2], Options())
    desk.opener.peek([3], Options())
    assert len(desk.work) == 1
    desk.run()
    desk.opener.peek([3], Options())
    assert len(desk.work) == 1


def test_a_question_is_asked_when_the_page_is_there_and_does_not_hold_up_the_next_wish() -> None:
    desk = Desk()
    answers: list[Original] = []
    desk.opener.open(1, Options())
    desk.opener.ask(1, Options(), Source, answers.append)
    assert len(desk.work) == 1
    assert desk.run()
    assert desk.opener.open(2, Options()) is None
    assert not desk.run()
    assert [answer.ref.ordinal for answer in answers] == [1]
    assert desk.run()


def test_the_last_pages_are_kept_and_the_oldest_go() -> None:
    kept = Kept()
    for index in range(20):
        kept.put(index, Options(), page(Ref("a", index)))
    assert kept.get(0, Options()) is None
    assert kept.get(19, Options()) is not None
    kept.drop(19)
    assert kept.get(19, Options()) is None
