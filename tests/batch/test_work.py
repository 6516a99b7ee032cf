"""What pages do to those who read them in a batch: one row, one record in quarantine, and nothing to their neighbours."""

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import made_corpus
import pytest
from waiting import wait_until

from tui.batch import plan, run, work
from tui.batch.folder import BatchFolder, Marker
from tui.batch.parts import lines
from tui.batch.plan import Order
from tui.batch.run import Pace, Running
from tui.choosing.recipe import Recipe
from tui.core.errors import CopydeskError
from tui.core.model import Item, Limits, Ref
from tui.core.problems import Reason
from tui.export.corpus import USUAL
from tui.processes.child import Child

PAGES = 12
PLACES = {3: made_corpus.SLOW, 4: made_corpus.SLOW, 11: made_corpus.SLOW}


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second of the processor is enough for any page here, and for the others too little."""
    monkeypatch.setattr(work, "Limits", lambda: Limits(page_s=1))


def refs(path: Path) -> list[Item]:
    made: list[Item] = []
    offset = 0
    for ordinal, line in enumerate(path.read_bytes().splitlines(keepends=True)):
        made.append(Ref(str(path), ordinal, "jsonl", offset, len(line) - 1))
        offset += len(line)
    return made


class Batch:
    """A batch of records, some of them poison."""

    def __init__(self, folder: Path, places: dict[int, str], where: str = "", name: str = "out") -> None:
        self.source = folder / "in.jsonl"
        if not self.source.exists():
            made_corpus.poison(self.source, places, PAGES)
        self.folder = BatchFolder(str(folder / name))
        order = Order((str(self.source),), Recipe(where=where, columns=USUAL), "jsonl", 256)
        self.plan = plan.make(self.folder.hidden, order, refs(self.source))
        self.folder.prepare(self.plan)
        self.seen: list[Pace] = []
        self.told: list[str] = []

    def running(self) -> Running:
        return Running(self.folder, self.plan, 2, on_look=self.seen.append, on_lost=self.told.append)

    def do(self) -> Marker:
        with self.running() as running:
            (outcome,) = running.done([0])
        if isinstance(outcome, CopydeskError):
            raise outcome
        return outcome

    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in lines(self.folder.part(0, "jsonl"), "jsonl")]

    def quarantine(self) -> dict[str, bytes]:
        folder = self.folder.quarantine(0)
        return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def test_a_page_that_hangs_is_a_row_and_a_record_and_its_neighbours_are_whole(tmp_path: Path) -> None:
    batch = Batch(tmp_path, PLACES)
    marker = batch.do()
    made = batch.rows()
    assert [row["ordinal"] for row in made] == list(range(PAGES))
    assert {n: [problem["code"] for problem in row["problems"]] for n, row in enumerate(made) if row["problems"]} == {
        n: ["worker_failed"] for n in PLACES
    }
    assert all(f"Page {n}" in str(row["title"]) for n, row in enumerate(made) if n not in PLACES)
    stored = batch.source.read_bytes().splitlines()
    kept = batch.quarantine()
    assert {name: content for name, content in kept.items() if name.endswith(".record")} == {
        f"{n:06}.record": stored[n] for n in PLACES
    }
    told = json.loads(kept["000004.json"])
    assert (told["at"], told["row"], told["ordinal"], told["problem"]) == (4, 4, 4, "worker_failed")
    assert told["bytes"] == len(stored[4])
    assert "more than 1 s of CPU time or 1,024 MB" in told["message"]
    assert [line.partition(": ")[0] for line in batch.told] == [f"{batch.source} #{n}" for n in PLACES]
    assert (marker.pages, marker.rows, marker.quarantined, marker.gravities) == (12, 12, 3, {"unread": 3})
    assert batch.seen[-1] == Pace(12, 3)


def test_what_is_in_quarantine_is_the_same_each_time(tmp_path: Path) -> None:
    first = Batch(tmp_path, {3: made_corpus.SLOW})
    marker, kept = first.do(), first.quarantine()
    assert (first.do(), first.quarantine()) == (marker, kept)


def test_a_poison_page_is_a_row_whatever_the_expression(tmp_path: Path) -> None:
    batch = Batch(tmp_path, {3: made_corpus.SLOW}, "chars<99")
    marker = batch.do()
    assert [row["ordinal"] for row in batch.rows()] == [3]
    assert (marker.pages, marker.rows, marker.quarantined) == (12, 1, 1)
    assert json.loads(batch.quarantine()["000003.json"])["row"] == 0


def _patched(monkeypatch: pytest.MonkeyPatch, batch: Batch, mended: dict[int, str]) -> None:
    """Have the pages of a batch be others, as a new version would read them: the file is as long and as old as it was."""
    stamp = batch.source.stat()
    content = bytearray(batch.source.read_bytes())
    for ref in refs(batch.source):
        if ref.ordinal in mended:
            record = json.dumps({"html": mended[ref.ordinal]}).encode()
            content[ref.offset : ref.offset + ref.length] = record.ljust(ref.length)
    batch.source.write_bytes(bytes(content))
    os.utime(batch.source, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))


@pytest.mark.parametrize("where", ["", "chars>99"])
def test_only_what_is_in_quarantine_is_read_once_more(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = Batch(tmp_path, PLACES, where)
    marker = batch.do()
    _patched(monkeypatch, batch, {3: "<title>Mended</title><p>x", 4: "<title>Out</title><p>x"})
    batch.seen.clear()
    with batch.running() as running:
        (again,) = running.again({0: marker})
    assert isinstance(again, Marker)
    assert batch.seen[-1].pages == 3
    made, kept = batch.rows(), batch.quarantine()
    fresh = Batch(tmp_path, PLACES, where, "fresh")
    assert fresh.do() == again
    assert (fresh.rows(), fresh.quarantine()) == (made, kept)
    assert fresh.folder.part(0, "jsonl").read_bytes() == batch.folder.part(0, "jsonl").read_bytes()
    assert again.quarantined == 1
    assert [row["title"] for row in made if row["ordinal"] == 3] == ([] if where else ["Mended"])


@pytest.mark.parametrize(
    ("losses", "given_up_at"),
    [
        ([Reason("took_more_cpu", {"seconds": 5.0})], 0),
        ([Reason("our_fault", {"fault": "x"})], 0),
        ([Reason("crashed", {"signal": "SIGSEGV"})] * 3, 1),
        ([Reason("needed_more", {"most": 1024.0})] * 3, 1),
        ([Reason("ended", {"status": "1"})] * 3, 1),
        ([Reason("crashed", {"signal": "SIGKILL"})] * 21, 19),
        ([Reason("crashed", {"signal": "SIGKILL"}), Reason("crashed", {"signal": "SIGSEGV"})] * 2, 3),
    ],
)
def test_a_page_is_given_up_where_it_is_to_blame(losses: list[Reason], given_up_at: int) -> None:
    counts: Counter[str] = Counter()
    verdicts = [work.is_to_blame(loss, counts) for loss in losses]
    assert verdicts.index(True) == given_up_at


def test_where_there_can_be_no_child_the_batch_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    batch = Batch(tmp_path, {})
    monkeypatch.setattr(Child.__init__, "__defaults__", (None, none))
    with pytest.raises(CopydeskError, match="memory"):
        batch.do()
    assert not batch.folder.part(0, "jsonl").exists()


def test_a_source_that_changes_while_it_is_read_leaves_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = Batch(tmp_path, {})
    restore = work.Worker.restore

    def and_change(*arguments: Any) -> list[work.Made]:
        made = restore(*arguments)
        batch.source.write_bytes(batch.source.read_bytes() + b"\n")
        return made

    monkeypatch.setattr(work.Worker, "restore", and_change)
    with pytest.raises(CopydeskError, match="changed since the plan was made"):
        batch.do()
    assert not batch.folder.part(0, "jsonl").exists()


def test_who_is_interrupted_gives_up_what_is_under_way(tmp_path: Path) -> None:
    batch = Batch(tmp_path, PLACES)

    def interrupt(_pace: Pace) -> None:
        raise KeyboardInterrupt

    running = Running(batch.folder, batch.plan, 2, on_look=interrupt, on_lost=batch.told.append)
    with pytest.raises(KeyboardInterrupt), running:
        list(running.done([0]))
    assert not batch.folder.part(0, "jsonl").exists()


def test_all_workers_are_at_one_shard_and_its_rows_are_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "AT_ONCE", 2)
    by = Counter[int]()
    restore = work.Worker.restore

    def noted(worker: work.Worker, items: Any) -> list[work.Made]:
        by[id(worker)] += 1
        return restore(worker, items)

    monkeypatch.setattr(work.Worker, "restore", noted)
    batch = Batch(tmp_path, {0: made_corpus.SLOW})
    batch.do()
    assert [row["ordinal"] for row in batch.rows()] == list(range(PAGES))
    assert min(by.values()) >= 1
    assert (len(by), sum(by.values())) == (2, 6)


@pytest.mark.parametrize(("held_bytes", "others"), [(run.HELD_BYTES, PAGES - 1), (1, 2)])
def test_others_go_on_while_a_page_hangs_as_far_as_there_is_room_for_their_rows(
    held_bytes: int, others: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("AT_ONCE", 1), ("AHEAD", 1), ("LOOK_S", 0.01), ("HELD_BYTES", held_bytes)):
        monkeypatch.setattr(run, name, value)
    restore, done = work.Worker.restore, list[int]()
    batch = Batch(tmp_path, {})

    def held(worker: work.Worker, items: Any) -> list[work.Made]:
        if items[0].ordinal == 0:
            wait_until(lambda: len(done) >= others)
            looks = len(batch.seen)
            wait_until(lambda: len(batch.seen) > looks + 50)
            assert len(done) == others
        made = restore(worker, items)
        done.append(items[0].ordinal)
        return made

    monkeypatch.setattr(work.Worker, "restore", held)
    batch.do()
    assert [row["ordinal"] for row in batch.rows()] == list(range(PAGES))
