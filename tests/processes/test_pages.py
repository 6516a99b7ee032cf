"""What is asked of the first pages comes with them: nobody waits for a second process to start."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from tui.choosing.choices import Fetching
from tui.core.model import Limits, Options, Ref, Rows
from tui.core.questions import SCREENFUL, Open, Peek, Scan
from tui.core.shelf import singly
from tui.processes.pages import PageClient, Processes

OPTIONS = Options()


@pytest.fixture
def source(tmp_path: Path) -> str:
    """A file whose scan has many batches."""
    path = tmp_path / "pages.jsonl"
    path.write_text("".join(f'{{"title": "Page {number}", "text": "Rain."}}\n' for number in range(30_000)))
    return str(path)


@pytest.fixture
def client() -> Iterator[PageClient]:
    with Processes(Limits(), Fetching()) as processes:
        yield processes.client()


def test_the_first_title_comes_from_the_process_that_scans(client: PageClient, source: str) -> None:
    refs = singly(client.scan(Scan((source,), OPTIONS, ahead="peek")))
    first = next(refs)
    (peek,) = client.ask(Peek(Rows(Ref, [first]), OPTIONS))
    assert (peek.ref, peek.title, client.is_running) == (first, "Page 0", False)


def test_titles_beyond_those_that_came_with_the_scan_are_asked_for(client: PageClient, source: str) -> None:
    refs = islice(singly(client.scan(Scan((source,), OPTIONS, ahead="peek"))), SCREENFUL + 2)
    titles = [client.ask(Peek(Rows(Ref, [ref]), OPTIONS))[0].title for ref in refs]
    assert titles == [f"Page {number}" for number in range(SCREENFUL + 2)]


def test_an_answer_that_came_with_the_scan_is_only_for_who_asks_the_same(client: PageClient, source: str) -> None:
    refs = singly(client.scan(Scan((source,), OPTIONS, ahead="peek")))
    first = next(refs)
    other = Options(without=frozenset({"mojibake"}))
    assert client.ask(Open(first, OPTIONS)).title == "Page 0"
    assert client.ask(Peek(Rows(Ref, [first]), other))[0].title == "Page 0"
    assert [client.ask(Peek(Rows(Ref, [first]), OPTIONS))[0].title for _ in range(2)] == ["Page 0"] * 2


def test_the_first_page_is_opened_by_the_process_that_scans(client: PageClient, source: str) -> None:
    first = next(singly(client.scan(Scan((source,), OPTIONS, ahead="open"))))
    assert (client.ask(Open(first, OPTIONS)).title, client.is_running) == ("Page 0", False)
    assert client.ask(Open(first, OPTIONS)).title == "Page 0"
