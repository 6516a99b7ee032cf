"""What the screen asks of many pages is asked of several processes where one takes long, and of none for ever."""

import json
from pathlib import Path

import pytest

from tui.app.services import PageCollection
from tui.choosing import selection
from tui.choosing.choices import Fetching
from tui.core.model import Limits, Options
from tui.core.questions import Scan
from tui.core.shelf import Shelf
from tui.lookup import hunt
from tui.lookup.catalogue import Catalogue
from tui.processes import pages as asking
from tui.processes.child import Cancelled
from tui.processes.pages import Processes

PAGES = 200


@pytest.mark.parametrize("serial_s", [60.0, 0.0])
def test_values_expressions_and_hits_are_the_same_and_others_last_no_longer_than_the_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, serial_s: float
) -> None:
    monkeypatch.setattr(selection, "SERIAL_S", serial_s)
    monkeypatch.setattr(hunt, "SERIAL_S", serial_s)
    monkeypatch.setattr(selection, "MOST_PAGES", 16)
    monkeypatch.setattr(asking, "width", lambda: 2)
    path = tmp_path / "a.jsonl"
    lines = [{"url": f"https://s{number % 7}.example/", "text": f"rain {number}"} for number in range(PAGES)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    with Processes(Limits(), Fetching()) as processes:
        client = processes.client(is_glancing=True)
        refs = list(Shelf(client.scan(Scan((str(path),), Options()))))
        crowd = client.crowd()
        assert crowd is not None
        catalogue = Catalogue(tmp_path, Options(), lambda _error: None)
        collection = PageCollection(client, catalogue, [str(path)], crowd=crowd)
        values = collection.values(refs, "site", Options())
        next(values)
        assert len(client._others) == (2 if serial_s == 0 else 0)
        assert list(values) == [(f"s{number % 7}.example",) for number in range(1, PAGES)]
        assert client._others == []
        assert list(collection.judge(refs, "site:s3.example", Options())) == [n % 7 == 3 for n in range(PAGES)]
        found = [hits.ref.ordinal for answer in collection.search(refs, "rain 17", Options()) for hits in answer.found]
        assert found == [17, *range(170, 180)]


def test_who_gives_up_gives_up_what_the_others_are_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selection, "SERIAL_S", 0.0)
    monkeypatch.setattr(asking, "width", lambda: 2)
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": "It rained. " * 30_000}) + "\n" for _ in range(9)))
    with Processes(Limits(), Fetching()) as processes:
        client = processes.client()
        refs = list(Shelf(client.scan(Scan((str(path),), Options()))))
        collection = PageCollection(client, Catalogue(tmp_path, Options(), print), [str(path)], crowd=client.crowd())
        values = collection.values(refs, "fails", Options())
        next(values)
        collection.cancel()
        with pytest.raises(Cancelled):
            list(values)
        assert client._others == []


def test_who_is_through_ends_no_process_that_another_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selection, "SERIAL_S", 0.0)
    monkeypatch.setattr(selection, "MOST_PAGES", 16)
    monkeypatch.setattr(asking, "width", lambda: 2)
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": f"rain {number}"}) + "\n" for number in range(PAGES)))
    with Processes(Limits(), Fetching()) as processes:
        client = processes.client(is_glancing=True)
        refs = list(Shelf(client.scan(Scan((str(path),), Options()))))
        collection = PageCollection(client, Catalogue(tmp_path, Options(), print), [str(path)], crowd=client.crowd())
        values = collection.values(refs, "title", Options())
        first = next(values)
        assert len(list(collection.judge(refs, "title:rain", Options()))) == PAGES
        assert [first, *values] == [f"rain {number}" for number in range(PAGES)]
