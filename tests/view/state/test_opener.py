"""Pages are read one at a time, and the last wish counts."""

from collections.abc import Callable

import pytest
from screen_fake import FakeClient, page, refs
from textual.message import Message

from tui.core.model import Options, Ref
from tui.core.shelf import Shelf
from tui.view.state import opener as opener_module
from tui.view.state.background import DocumentReady, SourceReady, WorkFailed
from tui.view.state.opener import Kept, Opener, read_source


class Desk:
    """An opener whose threads run when the test says so."""

    def __init__(self) -> None:
        self.client = FakeClient()
        self.work: list[Callable[[], None]] = []
        self.posted: list[Message] = []
        start = lambda work, group: self.work.append(work)  # noqa: E731
        self.opener = Opener(Shelf(refs(5)), (self.client, self.client), start, self.posted.append)

    def run(self) -> DocumentReady:
        self.work.pop(0)()
        message = self.posted.pop()
        assert isinstance(message, DocumentReady)
        return message


def test_a_page_that_was_read_is_there_at_once_the_next_time() -> None:
    desk = Desk()
    assert desk.opener.open(1, Options()) is None
    message = desk.run()
    assert desk.opener.came(message)
    assert desk.opener.open(1, Options()) is message.document
    assert desk.opener.open(1, Options(certain=True)) is None


def test_a_late_page_does_not_take_the_place_of_the_one_that_is_wanted() -> None:
    desk = Desk()
    desk.opener.open(1, Options())
    desk.opener.open(2, Options())
    desk.opener.open(3, Options())
    assert not desk.opener.came(desk.run())
    assert desk.opener.came(desk.run())
    assert [ordinal for ordinal, _certain in desk.client.opened] == [1, 3]


def test_a_late_page_does_not_take_the_place_of_one_that_was_gone_back_to() -> None:
    desk = Desk()
    desk.opener.open(0, Options())
    first = desk.run()
    assert desk.opener.came(first)
    desk.opener.open(1, Options())
    assert desk.opener.open(0, Options()) is first.document
    assert not desk.opener.came(desk.run())


def test_a_page_that_nobody_wants_any_more_is_cancelled_once_it_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    desk.opener.open(1, Options())
    desk.opener.open(2, Options())
    assert desk.client.cancelled == 0
    monkeypatch.setattr(opener_module, "PATIENCE_S", -1)
    desk.opener.open(3, Options())
    assert desk.client.cancelled == 1
    assert not desk.opener.failed(WorkFailed("open", "given up"))
    assert desk.opener.came(DocumentReady(3, Options(), page(list(refs(5))[3])))


def test_a_failure_is_told_only_to_those_who_wait_for_the_page() -> None:
    desk = Desk()
    desk.opener.open(1, Options())
    assert desk.opener.failed(WorkFailed("open", "reason"))
    desk.opener.open(1, Options())
    desk.opener.cancel()
    assert not desk.opener.failed(WorkFailed("open", "given up"))
    assert not desk.opener.is_loading


def test_titles_are_asked_for_one_question_at_a_time() -> None:
    desk = Desk()
    desk.opener.peek([1, 2], Options())
    desk.opener.peek([3], Options())
    assert len(desk.work) == 1
    desk.opener.peeked()
    desk.opener.peek([3], Options())
    assert len(desk.work) == 2


def test_a_question_is_asked_when_the_page_is_there_and_does_not_hold_up_the_next_wish() -> None:
    desk = Desk()
    desk.opener.open(1, Options())
    desk.opener.ask(read_source, 1, Options())
    assert len(desk.work) == 1
    assert desk.opener.came(desk.run())
    assert desk.opener.open(2, Options()) is None
    desk.work.pop(0)()
    assert isinstance(desk.posted.pop(), SourceReady)
    desk.opener.answered()
    assert desk.opener.came(desk.run())


def test_the_last_pages_are_kept_and_the_oldest_go() -> None:
    kept = Kept()
    for index in range(20):
        kept.put(index, Options(), page(Ref("a", index)))
    assert kept.get(0, Options()) is None
    assert kept.get(19, Options()) is not None
    kept.drop(19)
    assert kept.get(19, Options()) is None
