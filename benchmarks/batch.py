"""What a batch costs beside a bare pool of processes that run the same function: wall and processor time a page, in turn.

    python benchmarks/batch.py [--pages 2000 4000] [--rounds 3] [--workers 2]

Made-up pages of 5 kB, of which one in fifty is misread. Of several sizes the last columns say how both grow: time a page,
and the memory of the largest process of the batch.
"""

import argparse
import json
import multiprocessing
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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


def make(path: Path, pages: int) -> None:
    """Write records of HTML, the same each time."""
    chance = random.Random(1)
    with path.open("w", encoding="utf-8") as stream:
        for number in range(pages):
            page = corpora.page(chance, PAGE_BYTES).decode()
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


def timed(command: list[str]) -> tuple[float, float, int]:
    """Wall and processor seconds of a command and all below it, and the kilobytes of the largest process so far."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=False, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - start, used, after.ru_maxrss


def measure(folder: Path, pages: int, rounds: int, workers: int) -> None:
    """Print a row of the table."""
    source, out = folder / f"{pages}.jsonl", folder / "out"
    make(source, pages)
    batch = [sys.executable, "-m", "tui", "batch", str(source), "-o", str(out), "--fresh"]
    batch += ["--workers", str(workers), "--shard-mb", str(SHARD_MB)]
    bare = [sys.executable, __file__, "--pool", str(out), "--workers", str(workers)]
    timed(batch)
    pairs = [(timed(batch), timed(bare)) for _ in range(rounds)]
    wall, used = (statistics.median(ours[at] for ours, _ in pairs) for at in (0, 1))
    bare_wall, bare_used = (statistics.median(theirs[at] for _, theirs in pairs) for at in (0, 1))
    ratios = [statistics.median(theirs[at] / ours[at] for ours, theirs in pairs) for at in (0, 1)]
    figures = f"{pages / wall:10.1f}{pages / bare_wall:10.1f}{ratios[0]:8.3f}"
    figures += f"{used / pages * 1000:10.2f}{bare_used / pages * 1000:10.2f}{ratios[1]:8.3f}"
    print(f"{pages:8,}{figures}{pairs[-1][0][2] / 1024:10.0f}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, nargs="+", default=[2000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--pool", type=Path)
    given = parser.parse_args()
    if given.pool:
        made = plan.read(given.pool / ".batch")
        refs = [ref for number in range(len(made.shards)) for ref in plan.places(made, number).singly()]
        pool(given.pool, refs, given.workers)
        return
    print(f"{given.workers} workers, {given.rounds} pairs of runs; ratios are the pool's to the batch's")
    print(f"{'pages':>8}{'pages/s':>10}{'pool':>10}{'ratio':>8}{'CPU ms':>10}{'pool':>10}{'ratio':>8}{'MB':>10}")
    with tempfile.TemporaryDirectory(prefix="copydesk-bench-") as name:
        for pages in given.pages:
            measure(Path(name), pages, given.rounds, given.workers)


if __name__ == "__main__":
    main()
