"""What a batch costs beside a bare pool of processes that run the same function: wall and processor time a page, in turn.

    python benchmarks/batch.py [--pages 2000 4000] [--rounds 3] [--workers 2] [--bytes 5000] [--shard-mb 4] [--daft]
    python benchmarks/batch.py --poison 20 [--pages 20000] [--workers 2]

Made-up pages of 5 kB, of which one in fifty is misread. Of several sizes the rows say how both grow: time a page, and the
memory of all their processes together, at its most. With `--daft` it is the batch by Daft beside the same one without.

With `--poison` so many of the pages hang: by how much the page behind each is late, and what the other workers get done meanwhile.
"""

import argparse
import contextlib
import json
import multiprocessing
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import ClassVar, NamedTuple

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import corpora
from tui import loader, sources
from tui.batch import plan, run
from tui.batch.folder import BatchFolder
from tui.batch.run import Running
from tui.batch.work import Made, OnPage, Worker
from tui.choosing.recipe import Recipe
from tui.core.answers import CorpusRow
from tui.core.model import Item, Limits, Options
from tui.export.corpus import USUAL, row
from tui.export.drafts import written

PAGE_BYTES = 5_000
DAMAGED = 50
SHARD_MB = 4


LOOK_S = 0.5
"""Seconds between two looks at memory and processor time."""


POISON = tuple("".join(f"<b id={n}><p>" for n in range(count)) for count in (14_000, 20_000))
"""Markup that takes an HTML parser more time of the processor than a page may, and more memory."""


def make(path: Path, pages: int, page_bytes: int = PAGE_BYTES, poison: frozenset[int] = frozenset()) -> None:
    """Write records of HTML, the same each time, some of them `poison` by their ordinals."""
    chance = random.Random(1)
    with path.open("w", encoding="utf-8") as stream:
        for number in range(pages):
            page = POISON[number % 2] if number in poison else corpora.page(chance, page_bytes).decode()
            if not number % DAMAGED:
                page = page.encode().decode("cp1252", "replace")
            stream.write(json.dumps({"html": page, "url": f"https://a.example/{number}"}) + "\n")


def restored(ref: Item) -> CorpusRow:
    """The function that both run."""
    return row(loader.load(ref, Options(), Limits()), USUAL, "0" * 16)


def pool(folder: Path, refs: list[Item], workers: int) -> None:
    """Run it in a bare pool, and write what comes of it as a batch does."""
    with (
        multiprocessing.Pool(workers) as processes,
        written(str(folder / "pool.jsonl.zst"), is_forced=True) as sink,
    ):
        for made in processes.imap(restored, refs, 64):
            sink.write(made.line)


def timed(command: list[str]) -> tuple[float, float, float]:
    """Wall and processor seconds of a command and all below it, and the megabytes that they took together at most.

    Looked at while it runs, as not everybody waits for the processes that he starts.
    """
    start, most = time.perf_counter(), 0.0
    used: dict[int, float] = {}
    job = psutil.Popen(command, stderr=subprocess.DEVNULL)
    while True:
        here = 0
        for process in [job, *_below(job)]:
            with contextlib.suppress(psutil.Error):
                here += process.memory_full_info().pss
                used[process.pid] = sum(process.cpu_times()[:2])
        most = max(most, here / 1e6)
        with contextlib.suppress(psutil.TimeoutExpired):
            job.wait(LOOK_S)
            return time.perf_counter() - start, sum(used.values()), most


def _below(job: psutil.Process) -> list[psutil.Process]:
    with contextlib.suppress(psutil.Error):
        return job.children(recursive=True)
    return []


def measure(folder: Path, pages: int, given: argparse.Namespace) -> None:
    """Print a row of the table."""
    source, out = folder / f"{pages}.jsonl", folder / "out"
    make(source, pages, given.bytes)
    batch = [sys.executable, "-m", "tui", "batch", str(source), "-o", str(out), "--fresh"]
    batch += ["--workers", str(given.workers), "--shard-mb", str(given.shard_mb)]
    other = [sys.executable, __file__, "--pool", str(out), "--workers", str(given.workers)]
    if given.daft:
        batch, other = [*batch, "--engine", "daft"], batch
    timed(batch)
    pairs = [(timed(batch), timed(other)) for _ in range(given.rounds)]
    figures = ""
    for at, each in enumerate((pages, 1000 / pages, 1)):
        ours, theirs = (statistics.median(pair[side][at] for pair in pairs) for side in (0, 1))
        ratio = statistics.median(pair[1][at] / pair[0][at] for pair in pairs)
        shown = (each / ours, each / theirs) if at == 0 else (each * ours, each * theirs)
        figures += f"{shown[0]:10.2f}{shown[1]:10.2f}{ratio:8.3f}"
    print(f"{pages:8,}{figures}")


class Done(NamedTuple):
    """A page that a worker has done."""

    worker: int
    ordinal: int
    start_s: float
    """Seconds when the worker began with it, which is when it was done with the one before."""
    end_s: float
    cpu_s: float
    """Seconds of the processor that all processes have used by then; of one worker alone they are its own."""


class ClockedWorker(Worker):
    """Notes when each page was begun and done."""

    pages: ClassVar[list[Done]] = []

    def __init__(self, recipe: Recipe, on_page: OnPage) -> None:
        self._left: Iterator[Item] = iter(())
        self._since = 0.0

        def noted(gravity: str) -> None:
            now = time.perf_counter()
            self.pages.append(Done(id(self), next(self._left).ordinal, self._since, now, spent()))
            self._since = now
            on_page(gravity)

        super().__init__(recipe, noted)

    def restore(self, items: Sequence[Item]) -> list[Made]:
        """As ever."""
        self._left, self._since = iter(items), time.perf_counter()
        return super().restore(items)


def spent() -> float:
    """Processor seconds of this process and all below it, living or not."""
    used = sum(os.times()[:4])
    for process in _below(psutil.Process()):
        with contextlib.suppress(psutil.Error):
            used += sum(process.cpu_times()[:4])
    return used


def clocked(source: Path, out: Path, workers: int) -> list[Done]:
    """Run a batch in this process; return its pages as they were done."""
    ClockedWorker.pages = []
    refs = list(sources.scan([str(source)], sources.Tally()))
    order = plan.Order((str(source),), Recipe(columns=USUAL), "jsonl", SHARD_MB)
    folder = BatchFolder(str(out))
    folder.forget()
    made = plan.make(folder.hidden, order, refs)
    folder.prepare(made)
    with Running(folder, made, workers, on_look=lambda _pace: None, on_lost=lambda _line: None) as running:
        for _ in running.done(range(len(made.shards))):
            pass
    return ClockedWorker.pages


def measure_poison(folder: Path, pages: int, page_bytes: int, poison: int, workers: int) -> None:
    """Print how late neighbours of poison pages are, with one worker, and what the others of several do meanwhile."""
    run.Worker = ClockedWorker  # type: ignore[attr-defined]
    bad = frozenset(pages * (2 * at + 1) // (4 * poison) * 2 + at % 2 for at in range(poison))
    source = folder / "poison.jsonl"
    make(source, pages, page_bytes, bad)
    done = clocked(source, folder / "out", 1)
    costs = [(page.end_s - before.end_s, page.cpu_s - before.cpu_s) for before, page in pairwise(done)]
    usual = [statistics.median(column) for column in zip(*costs, strict=True)]
    late = [
        [sum(cost[at] for cost in costs[number - 1 : number + 1]) - 2 * usual[at] for number in sorted(bad)]
        for at in (0, 1)
    ]
    print(f"{poison} of {pages:,} pages hang; the page behind one is late by, with one worker")
    for name, each in zip(("s", "CPU s"), late, strict=True):
        print(f"{name:>8}{statistics.median(each):8.2f} in the middle{max(each):8.2f} at most")
    done = clocked(source, folder / "out", workers)
    held = [page for page in done if page.ordinal in bad]
    rests = [
        (before, page.start_s)
        for worker in {page.worker for page in done}
        for before, page in pairwise(each for each in done if each.worker == worker)
    ]
    rest_s = sum(
        max(0.0, min(until_s, each.end_s) - max(before.end_s, each.start_s))
        for each in held
        for before, until_s in rests
        if before.worker != each.worker
    )
    held_s = sum(each.end_s - each.start_s for each in held)
    print(
        f"{workers} workers: while one is held, each of the others rests {rest_s / held_s / (workers - 1):.1%} of the time"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, nargs="+", default=[2000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--bytes", type=int, default=PAGE_BYTES)
    parser.add_argument("--shard-mb", type=float, default=SHARD_MB)
    parser.add_argument("--daft", action="store_true")
    parser.add_argument("--pool", type=Path)
    parser.add_argument("--poison", type=int, default=0)
    given = parser.parse_args()
    if given.poison:
        with tempfile.TemporaryDirectory(prefix="copydesk-bench-") as name:
            measure_poison(Path(name), given.pages[0], given.bytes, given.poison, given.workers)
        return
    if given.pool:
        made = plan.read(given.pool / ".batch")
        refs = [ref for number in range(len(made.shards)) for ref in plan.places(made, number).singly()]
        pool(given.pool, refs, given.workers)
        return
    other = "local" if given.daft else "pool"
    print(f"{given.workers} workers, {given.rounds} pairs of runs, pages of {given.bytes:,} bytes")
    columns = ("pages/s", "CPU ms", "MB")
    print(f"{'pages':>8}" + "".join(f"{name:>10}{other:>10}{'ratio':>8}" for name in columns))
    with tempfile.TemporaryDirectory(prefix="copydesk-bench-") as name:
        for pages in given.pages:
            measure(Path(name), pages, given)


if __name__ == "__main__":
    main()
