"""How much is searched at once, told of a page and remembered: as much as is said, and no more."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import regex
from troubles import readable, unexpected

from tui.core.answers import Digest, Matched, PageHits, Searched
from tui.core.model import Item, Limits, Options, Ref, Trouble
from tui.core.problems import Reason, unreadable
from tui.core.questions import Progress, Question, Search
from tui.core.shelf import Pages, Run, singly
from tui.core.values import replace
from tui.lookup import search as searching
from tui.lookup import sidecar
from tui.lookup.catalogue import Catalogue
from tui.lookup.hunt import hunt
from tui.sources import Tally, scan

REF = Ref("r.jsonl", 0, "jsonl", 0, 10)
EMPTY = Digest({}, "", ())


def refs(path: Path, *texts: str) -> list[Ref]:
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    return readable(scan([str(path)], Tally()))


def hits(path: Path, text: str, query: str) -> PageHits:
    (found,) = searching.search(refs(path, text), query, Options(), Limits(), lambda: None).found
    return found


class Worker:
    """Searches as many pages at a time as it is told to, and counts how many it was asked for."""

    def __init__(self, most: int, tired_after: int = 99) -> None:
        self.most, self.tired_after = most, tired_after
        self.asked: list[int] = []

    def ask(self, question: Question[Any]) -> Any:
        assert isinstance(question, Search)
        self.asked.append(len(question.refs))
        most = self.most if len(self.asked) <= self.tired_after else 1
        return Searched(min(most, len(question.refs)))

    def progress(self) -> Progress:
        return Progress()

    def cancel(self) -> None:
        """Nobody does."""


@pytest.mark.parametrize(
    ("most", "asked"),
    [
        (10_000, [64, 128, 256, 512, 1024, 2048, 4096, 8192, 8192, 5488]),
        (64, [64, 128, 128]),
        (33, [64, 66, 66]),
        (32, [64, 64, 64]),
        (4096, [64, 128, 256, 512, 1024, 2048, 4096, 8192, 8192]),
        (4095, [64, 128, 256, 512, 1024, 2048, 4096, 8190, 8190]),
    ],
)
def test_a_worker_is_asked_for_twice_what_it_managed_from_64_to_8192_pages(most: int, asked: list[int]) -> None:
    worker = Worker(most)
    for _, _ in zip(asked, hunt(worker, [REF] * 30_000, "x", Options()), strict=False):
        pass
    assert worker.asked[: len(asked)] == asked


def test_a_worker_that_gets_slow_is_given_nothing_more() -> None:
    worker = Worker(10_000, tired_after=2)
    for _, _ in zip(range(5), hunt(worker, [REF] * 1000, "x", Options()), strict=False):
        pass
    assert worker.asked == [64, 128, 256, 255, 254]


def test_what_can_not_be_read_is_an_answer_of_its_own_in_its_place() -> None:
    trouble = Trouble("gone", 1, unreadable(Reason("no_file"), "gone"))
    cases: list[tuple[list[Item], list[int]]] = [
        ([REF, trouble, REF, REF], [1, 1, 2]),
        ([trouble, trouble, REF], [1, 1, 1]),
    ]
    for listed, pages in cases:
        answers = list(hunt(Worker(10), listed, "x", Options()))
        assert [answer.pages for answer in answers] == pages
        assert [len(answer.problems) for answer in answers] == [int(item is trouble) for item in listed[:3]]


@pytest.mark.parametrize(("step_s", "pages"), [(0.074, 2), (0.075, 1), (1.0, 1)])
@pytest.mark.parametrize("are_apart", [False, True])
def test_an_answer_is_given_after_150_ms_or_a_page(
    step_s: float, pages: int, are_apart: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now_s = 0.0

    def renew() -> None:  # once for what is read in one go, and once for each page in it
        nonlocal now_s
        now_s += step_s

    monkeypatch.setattr(searching, "monotonic", lambda: now_s)
    listed = refs(tmp_path / "r.jsonl", "needle", "needle", "needle")
    if are_apart:
        listed = [ref for name in "abc" for ref in refs(tmp_path / f"{name}.jsonl", "needle")]
    answer = searching.search(listed, "needle", Options(), Limits(), renew)
    assert (answer.pages, len(answer.found)) == (pages, pages)


def test_a_thorough_search_looks_at_each_page_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "monotonic", lambda: 0.0)
    listed = refs(tmp_path / "r.jsonl", "Caf\u00c3\u00a9 du port", "no such thing", "Café")
    answer = searching.search(listed, "café", Options(), Limits(), lambda: None, is_thorough=True)
    assert (answer.pages, [hits.ref.ordinal for hits in answer.found]) == (3, [0, 2])


@pytest.mark.parametrize("count", [99, 100, 101])
def test_a_hundred_hits_of_a_page_are_told_and_all_are_counted(count: int, tmp_path: Path) -> None:
    found = hits(tmp_path / "r.jsonl", "needle " * count, "needle")
    assert (len(found.hits), found.count) == (min(count, 100), count)


@pytest.mark.parametrize("length", [59, 60, 61])
def test_a_hit_has_sixty_characters_of_its_line_on_each_side(length: int, tmp_path: Path) -> None:
    before, after = f"<{'b' * (length - 1)}", f"{'a' * (length - 1)}>"
    text = f"above\n{before}needle{after}\nbelow"
    (hit,) = hits(tmp_path / "r.jsonl", text, "needle").hits
    assert (hit.before, hit.after) == (before[-60:], after[:60])
    (hit,) = hits(tmp_path / "r.jsonl", f"{before}needle{after}", "needle").hits
    assert (hit.before, hit.after) == (before[-60:], after[:60])


MIB_8 = 8 * 1024 * 1024


@pytest.mark.parametrize(
    ("changed", "read"),
    [
        (REF, [20]),
        (replace(REF, offset=10, length=0), [10]),
        (replace(REF, offset=MIB_8 - 10), [MIB_8]),
        (replace(REF, offset=MIB_8 - 9), [10, 10]),
        (replace(REF, source="other.jsonl", offset=10), [10, 10]),
        (replace(REF, length=MIB_8 + 1), [MIB_8 + 1, 10]),
    ],
)
def test_neighbours_within_8_mib_are_read_in_one_go(
    changed: Ref, read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def stored(ref: Ref, limits: Limits) -> bytes:
        assert limits.page_bytes >= ref.length
        asked.append(ref.length)
        return b""

    monkeypatch.setattr(searching, "stored", stored)
    listed = [REF, replace(changed, offset=changed.offset or 10, ordinal=1)]
    if changed.length > MIB_8:
        listed = [changed, replace(REF, offset=10, ordinal=1)]
    answer = searching.search(listed, "needle", Options(), Limits(page_bytes=1), lambda: None)
    assert (answer.pages, asked) == (2, read)


@pytest.mark.parametrize("count", [49_999, 50_000, 50_001])
def test_fifty_thousand_matches_of_a_text_are_told(count: int) -> None:
    (spans,) = searching.match(["a" * count], "a").spans
    assert len(spans) == min(count, 50_000)


def test_all_texts_share_one_second_and_each_gets_a_millisecond(monkeypatch: pytest.MonkeyPatch) -> None:
    allowed: list[float] = []

    class Pattern:
        def finditer(self, text: str, timeout: float) -> Iterator[Any]:
            allowed.append(timeout)
            return iter(())

    clock = iter([100.0, 100.0, 100.75, 100.9375, 101.0, 105.0])
    monkeypatch.setattr(searching, "monotonic", lambda: next(clock))
    monkeypatch.setattr(regex, "compile", lambda expression, flags: Pattern())
    assert searching.match(["a"] * 5, "a") == Matched(((),) * 5)
    assert allowed == [1.0, 0.25, 0.0625, 0.001, 0.001]


def test_a_match_of_nothing_is_none() -> None:
    assert searching.match(["ab", "b"], "a?").spans == (((0, 1),), ())


def index(folder: Path, source: str, pages: int = 1) -> None:
    digests = ((Ref(source, at, "jsonl", at, 1), Digest({"title": "t"}, "港口", ())) for at in range(pages))
    sidecar.build(folder, source, Options(), digests)


@pytest.fixture
def source(tmp_path: Path) -> str:
    (tmp_path / "r.jsonl").write_bytes(b"no page")
    return str(tmp_path / "r.jsonl")


@pytest.mark.parametrize(("queries", "asked"), [(16, 16), (17, 34)])
def test_the_pages_of_sixteen_queries_are_remembered(
    queries: int, asked: int, source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(tmp_path / "index", source)
    catalogue = Catalogue(tmp_path / "index", Options(), unexpected)
    assert catalogue.adopt(source)
    calls: list[str] = []

    def candidates(_: object, query: str) -> list[int]:
        calls.append(query)
        return [0]

    monkeypatch.setattr(sidecar.Sidecar, "candidates", candidates)
    for _ in range(2):
        for number in range(queries):
            assert not catalogue.lacks(replace(REF, source=source), f"query {number}")
    assert len(calls) == asked


def test_a_page_beyond_those_of_an_index_is_not_ruled_out(source: str, tmp_path: Path) -> None:
    index(tmp_path / "index", source, pages=2)
    catalogue = Catalogue(tmp_path / "index", Options(), unexpected)
    assert catalogue.adopt(source)
    assert [catalogue.lacks(Ref(source, ordinal), "台湾") for ordinal in (0, 1, 2)] == [True, True, False]
    assert [catalogue.known(Ref(source, ordinal), bool) is None for ordinal in (1, 2)] == [False, True]


@pytest.mark.parametrize(("blocks", "unpacked"), [(64, 64), (65, 130)])
def test_sixty_four_blocks_stay_unpacked(blocks: int, unpacked: int) -> None:
    loaded: list[int] = []
    packed = dict(enumerate(cells for _, _, cells in sidecar.packed({"title": "t"} for _ in range(1))))

    def load(_: str, number: int) -> bytes:
        loaded.append(number)
        return packed[0]

    columns = sidecar.Columns(load)
    for _ in range(2):
        for block in range(blocks):
            assert columns.value(block * sidecar.ROWS, "title") == "t"
    assert len(loaded) == unpacked


@pytest.mark.parametrize("other", [-1, 1])
def test_an_index_of_another_version_is_thrown_away(
    other: int, source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "index"
    index(folder, source)
    assert sidecar.find(folder, source) is not None
    with monkeypatch.context() as changed:
        changed.setattr(sidecar, "VERSION", sidecar.VERSION + other)
        index(folder, source)
    assert sidecar.find(folder, source) is None
    assert not list(folder.iterdir())


def test_pages_of_one_file_and_format_come_together_and_troubles_alone(tmp_path: Path) -> None:
    def ref(name: str, ordinal: int, kind: str = "html") -> Ref:
        return Ref(str(tmp_path / "source" / name), ordinal, kind, ordinal * 10, 9)

    (tmp_path / "source").mkdir()
    trouble = Trouble(str(tmp_path / "source" / "gone"), 0, unreadable(Reason("no_file"), "gone"))
    listed: list[Item] = [
        trouble,
        *(ref("a", ordinal) for ordinal in (1, 2)),
        *(ref("b", ordinal) for ordinal in (3, 4)),
        *(ref("b", ordinal, "txt") for ordinal in (5, 6, 7)),
    ]
    for pages, runs in ((listed, [2, 2, 3]), (listed[:1], []), ([], [])):
        sidecar.build(tmp_path / "index", str(tmp_path / "source"), Options(), ((page, EMPTY) for page in pages))
        index = sidecar.find(tmp_path / "index", str(tmp_path / "source"))
        assert index is not None
        assert list(singly(index.runs())) == pages
        assert [len(run) for run in index.runs() if isinstance(run, Run)] == runs
        index.close()


def test_runs_that_go_on_with_each_other_are_asked_about_together_and_others_apart() -> None:
    asked: list[list[int]] = []

    class Noting(Worker):
        def ask(self, question: Question[Any]) -> Any:
            assert isinstance(question, Search)
            asked.append([ref.ordinal for ref in question.refs])
            return Searched(min(3, len(question.refs)))

    first = Run(REF, [0, 10], [9, 9])
    trouble = Trouble("gone", 5, unreadable(Reason("no_file"), "gone"))
    pages: list[Pages] = [first, Run(replace(REF, ordinal=2), [20, 30], [9, 9]), replace(REF, ordinal=4), trouble]
    pages += [
        Run(replace(REF, ordinal=9, source="b.jsonl"), [0], [9]),
        replace(REF, ordinal=10),
        replace(REF, ordinal=12),
    ]
    answers = list(hunt(Noting(3), pages, "x", Options()))
    assert asked == [[0, 1, 2, 3], [3], [4], [9], [10, 12]]
    assert sum(answer.pages for answer in answers) == 9
