"""What a scan hands over, and when: the pages that are wanted, few at first, each once."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tui.core.answers import Ahead, Batch, Changed, Completion, Position
from tui.core.errors import StoreError
from tui.core.model import Limits, Options
from tui.core.questions import Question, Scan
from tui.core.shelf import singly
from tui.processes import scanning
from tui.processes.scanning import Scanning
from tui.processes.scans import Scans

PAGE = b"<!DOCTYPE html><title>Rain</title><p>It rained all day, and the harbour stayed empty."


class Host:
    """Keeps what is handed over."""

    limits = Limits()

    def __init__(self) -> None:
        self.batches: list[Batch] = []
        self.ahead: list[str] = []

    def renew(self) -> None:
        """As in `ScanHost`."""

    def part(self, content: object) -> None:
        """As in `ScanHost`."""
        if isinstance(content, Batch):
            self.batches.append(content)
        elif isinstance(content, Ahead):
            self.ahead.append(content.answer.title)

    def remark(self, error: StoreError) -> None:
        """As in `ScanHost`."""
        raise error

    def a_moment(self, pages: Sequence[Any]) -> Iterator[Any]:
        """As in `ScanHost`."""
        yield from pages


@pytest.fixture(autouse=True)
def _nothing_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "BATCH_S", float("inf"))


def ordinals(batch: Batch) -> list[int]:
    return [ref.ordinal for ref in singly(some for some in batch.found if not isinstance(some, Changed | Completion))]


def scanned(target: Path, **options: Any) -> tuple[Host, list[Batch]]:
    host = Host()
    last = Scanning(Scan((str(target),), Options(), **options), host).go_on(False)
    return host, [*host.batches, last]


@pytest.fixture
def record_file(tmp_path: Path) -> Path:
    """Ten records, which are found as runs."""
    path = tmp_path / "ten.jsonl"
    path.write_text("".join(f'{{"title": "Page {number}", "text": "Rain."}}\n' for number in range(10)))
    return path


def folder(parent: Path, count: int) -> Path:
    """Pages that are found one by one."""
    place = parent / "pages"
    place.mkdir()
    for number in range(count):
        (place / f"{number:05}.html").write_bytes(PAGE)
    return place


@pytest.mark.parametrize("is_run", [True, False])
@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, range(10)),
        ({"at": (range(3, 4),)}, [3]),
        ({"at": (range(2, 4), range(3, 6), range(9, 20))}, [2, 3, 4, 5, 9]),
        ({"at": (range(8, 9), range(1))}, [0, 8]),
        ({"known": (4,)}, range(4, 10)),
        ({"known": (4,), "at": (range(2, 6),)}, [4, 5]),
        ({"known": (10,)}, []),
        ({"start": Position(first=7, ordinal=9)}, range(9, 17)),
    ],
)
def test_pages_are_those_with_the_ordinals_that_are_wanted_and_not_known(
    is_run: bool, options: dict[str, Any], expected: Sequence[int], record_file: Path, tmp_path: Path
) -> None:
    _host, batches = scanned(record_file if is_run else folder(tmp_path, 10), **options)
    assert [ordinal for batch in batches for ordinal in ordinals(batch)] == list(expected)
    assert batches[-1].state == "rest"
    if "at" not in options:  # else it looks no further than it has to
        assert batches[-1].known == (options.get("start", Position()).first + 10,)
    assert all((batch.state, batch.known) == ("more", ()) for batch in batches[:-1])


@pytest.mark.parametrize(("count", "sizes"), [(49, [49, 0]), (50, [50, 0]), (51, [50, 1]), (120, [50, 70])])
def test_fifty_pages_are_handed_over_first(count: int, sizes: list[int], tmp_path: Path) -> None:
    _host, batches = scanned(folder(tmp_path, count))
    assert [len(ordinals(batch)) for batch in batches] == sizes
    assert [batch.position.ordinal for batch in batches] == [sizes[0], count]


@pytest.mark.parametrize(("most", "sizes"), [(30, [50, 30, 30, 9]), (69, [50, 69, 0]), (70, [50, 69])])
def test_then_so_many_at_a_time(most: int, sizes: list[int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(scanning, "MORE_REFS", most)
    _host, batches = scanned(folder(tmp_path, 119))
    assert [len(ordinals(batch)) for batch in batches] == sizes


@pytest.mark.parametrize(("ahead", "titles"), [("", 0), ("open", 1), ("peek", 10)])
def test_the_first_pages_are_answered_before_anybody_asks(ahead: str, titles: int, record_file: Path) -> None:
    host, _batches = scanned(record_file, ahead=ahead)
    assert host.ahead == [f"Page {number}" for number in range(titles)]


class Looks:
    """Answers a scan and then looks that took so many seconds each; the `ScanWatch` that waits for them."""

    is_following = True

    def __init__(self, *looks_s: float) -> None:
        self._looks_s = list(looks_s)
        self.rests: list[float] = []

    def stream(self, _question: Question[Batch], _on_part: object) -> Batch:
        return Batch(look_s=self._looks_s.pop(0), state="rest")

    def rest(self, look_s: float) -> bool:
        """As in `ScanWatch`."""
        self.rests.append(look_s)
        return bool(self._looks_s)

    def take_note(self, event: object) -> None:
        """As in `ScanWatch`."""


@pytest.mark.parametrize(
    ("looks_s", "rests"),
    [((9.0, 0.0, 0.0), [0.0, 0.0, 0.0]), ((9.0, 4.0, 0.1), [0.0, 0.0, 0.1]), ((0.1, 4.0, 3.0), [0.0, 0.0, 3.0])],
)
def test_rests_are_as_long_as_looks_ask_for_and_neither_the_scan_nor_the_first_look_counts(
    looks_s: tuple[float, ...], rests: list[float]
) -> None:
    looks: Any = Looks(*looks_s)
    assert list(Scans(looks, lambda: looks).runs(Scan(("a.jsonl",), Options()), looks)) == []
    assert looks.rests == rests


def test_the_last_batch_says_how_long_a_look_took(record_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(float(second) for second in range(1000))
    monkeypatch.setattr(scanning, "monotonic", lambda: next(clock))
    _, batches = scanned(record_file)
    assert [batch.look_s > 0 for batch in batches] == [*[False] * (len(batches) - 1), True]
