"""The first page is found and read while the screen is still being built."""

from collections.abc import Iterator

import pytest
from screen_fake import FakeClient, refs

from tui.errors import SourceError
from tui.model import Options, Ref
from tui.shelf import Run, singly
from tui.view.headstart import HeadStart


def test_the_first_page_is_read_once_and_all_are_found() -> None:
    client = FakeClient()
    ahead = HeadStart(lambda: refs(3), client, Options())
    found = list(singly(ahead.scan()))
    assert [ref.ordinal for ref in found] == [0, 1, 2]
    assert ahead.open(found[0], Options()).ref == found[0]
    assert client.opened == [(0, False)]
    ahead.open(found[0], Options())
    ahead.open(found[1], Options())
    assert client.opened == [(0, False), (0, False), (1, False)]


def test_the_first_page_of_a_run_is_read_too() -> None:
    client, run = FakeClient(), Run(Ref("a.jsonl", 0, "jsonl"), [0, 10], [9, 9])
    ahead = HeadStart(lambda: iter([run]), client, Options())
    assert list(ahead.scan()) == [run]
    assert ahead.open(run[0], Options()).ref == run[0]
    assert client.opened == [(0, False)]


def test_other_options_are_obeyed() -> None:
    client = FakeClient()
    ahead = HeadStart(lambda: refs(1), client, Options())
    ref = next(singly(ahead.scan()))
    ahead.open(ref, Options(certain=True))
    assert client.opened[-1] == (0, True)


def test_a_scan_that_fails_fails_where_it_is_waited_for() -> None:
    def scan() -> Iterator[Ref]:
        yield from refs(1)
        raise SourceError("nowhere: gone; check the name")

    found = singly(HeadStart(scan, FakeClient(), Options()).scan())
    assert next(found).ordinal == 0
    with pytest.raises(SourceError, match="nowhere"):
        next(found)

    def fails() -> Iterator[Ref]:
        raise SourceError("nowhere: gone; check the name")

    with pytest.raises(SourceError, match="nowhere"):
        list(HeadStart(fails, FakeClient(), Options()).scan())


def test_nothing_found_is_nothing() -> None:
    assert list(HeadStart(lambda: refs(0), FakeClient(), Options()).scan()) == []
