"""What pages do to those who read them in a batch: one row, one record in quarantine, and nothing to their neighbours."""

import json
import os
import signal
from collections import Counter
from pathlib import Path
from typing import Any

import made_corpus
import pytest

from tui.batch import plan, work
from tui.batch.folder import BatchFolder, Marker
from tui.batch.parts import lines
from tui.batch.plan import Order
from tui.batch.run import Running
from tui.choosing.recipe import Recipe
from tui.core.errors import CopydeskError
from tui.core.model import Item, Limits, Ref
from tui.core.problems import Problem, Reason
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
        self.folder.prepare()
        self.seen: list[str] = []
        self.told: list[Problem] = []

    def worker(self) -> work.Worker:
        return work.Worker(self.folder, self.plan, self.seen.append, self.told.append)

    def do(self) -> Marker:
        worker = self.worker()
        try:
            return worker.do(0)
        finally:
            worker.close()

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
    assert [problem.where for problem in batch.told] == [f"{batch.source} #{n}" for n in PLACES]
    assert (marker.pages, marker.rows, marker.quarantined, marker.gravities) == (12, 12, 3, {"unread": 3})
    assert batch.seen.count("unread") == 3


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
    worker = batch.worker()
    try:
        again = worker.again(0, marker)
    finally:
        worker.close()
    assert len(batch.seen) == 3
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
        ([Reason("crashed", {"signal": "SIGKILL"})] * 6, 4),
        ([Reason("crashed", {"signal": "SIGKILL"}), Reason("crashed", {"signal": "SIGSEGV"})] * 2, 3),
    ],
)
def test_a_page_is_given_up_where_it_is_to_blame(losses: list[Reason], given_up_at: int) -> None:
    counts: Counter[str] = Counter()
    verdicts = [work._is_to_blame(loss, counts) for loss in losses]
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
    restore = work.Worker._restore

    def and_change(*arguments: Any) -> None:
        restore(*arguments)
        batch.source.write_bytes(batch.source.read_bytes() + b"\n")

    monkeypatch.setattr(work.Worker, "_restore", and_change)
    with pytest.raises(CopydeskError, match="changed since the plan was made"):
        batch.do()
    assert not batch.folder.part(0, "jsonl").exists()


def test_workers_that_are_closed_give_up_what_they_do(tmp_path: Path) -> None:
    batch = Batch(tmp_path, PLACES)
    with Running(batch.folder, batch.plan, [0], work.Worker.do, 1) as running:
        assert running.pace.failures == 0
    assert not batch.folder.part(0, "jsonl").exists()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
