"""What a batch costs beside a bare pool of processes that run the same function: wall and processor time a page, in turn.

    python benchmarks/batch.py [--pages 2000 4000] [--rounds 3] [--workers 2] [--bytes 5000] [--shard-mb 4] [--daft]

Made-up pages of 5 kB, of which one in fifty is misread. Of several sizes the rows say how both grow: time a page, and the
memory of all their processes together, at its most. With `--daft` it is the batch by Daft beside the same one without.
"""

import argparse
import contextlib
import json
import multiprocessing
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import corpora
from tui import loader
from tui.batch import plan
from tui.core.answers import CorpusRow
from tui.core.model import Item, Limits, Options
from tui.export.corpus import USUAL, row
from tui.export.drafts import written

PAGE_BYTES = 5_000
DAMAGED = 50
SHARD_MB = 4


LOOK_S = 0.5
"""Seconds between two looks at memory and processor time."""


def make(path: Path, pages: int, page_bytes: int = PAGE_BYTES) -> None:
    """Write records of HTML, the same each time."""
    chance = random.Random(1)
    with path.open("w", encoding="utf-8") as stream:
        for number in range(pages):
            page = corpora.page(chance, page_bytes).decode()
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
    given = parser.parse_args()
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
