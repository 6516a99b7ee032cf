"""Kills a batch, or one of its children, at random moments, and looks whether it writes what it would have written.

    python benchmarks/batch_killed.py [--kills 200] [--seed 1]

A batch of 600 pages in shards of a dozen is run until it is done, however often it is killed, and then begun anew.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import batch as made

PAGES = 600
SHARD_MB = 0.08
LONGEST_S = 4.0
"""Seconds after which it is killed at the latest."""


def command(source: Path, out: Path) -> list[str]:
    """How it is run."""
    call = [sys.executable, "-m", "tui", "batch", str(source), "-o", str(out), "--workers", "2"]
    return [*call, "--shard-mb", str(SHARD_MB)]


def content(out: Path) -> dict[str, bytes]:
    """All that was written but the plan, whose places have a name by chance."""
    files = (path for path in out.rglob("*") if path.is_file() and not path.name.startswith("plan"))
    return {str(path.relative_to(out)): path.read_bytes() for path in files}


def shot(job: psutil.Process, chance: random.Random) -> str:
    """Kill the job or one of its children; say which."""
    children: Sequence[psutil.Process] = job.children()
    victim = job if not children or chance.random() < 0.4 else chance.choice(children)
    os.kill(victim.pid, signal.SIGKILL)
    return "job" if victim is job else "child"


def finished(source: Path, out: Path, chance: random.Random, kills: dict[str, int], most: int) -> None:
    """Run it until it is done, and kill it on the way."""
    while True:
        job = subprocess.Popen(command(source, out), stderr=subprocess.DEVNULL)
        watched = psutil.Process(job.pid)
        while job.poll() is None:
            end = time.monotonic() + chance.uniform(0, LONGEST_S)
            while job.poll() is None and time.monotonic() < end:
                time.sleep(0.01)
            if job.poll() is None and sum(kills.values()) < most:
                try:
                    kills[shot(watched, chance)] += 1
                except (ProcessLookupError, psutil.NoSuchProcess):
                    continue
        if job.returncode in (0, 1) and len(list((out / ".batch" / "done").glob("*.json"))) == len(
            list((out / "parts").iterdir())
        ):
            return


def main() -> None:
    """Print how often it was killed, and whether anything differed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance, kills, rounds, differing = random.Random(given.seed), {"job": 0, "child": 0}, 0, 0
    with tempfile.TemporaryDirectory(prefix="copydesk-bench-") as name:
        source, undisturbed = Path(name) / "in.jsonl", Path(name) / "undisturbed"
        made.make(source, PAGES)
        subprocess.run(command(source, undisturbed), check=False, stderr=subprocess.DEVNULL)
        wanted = content(undisturbed)
        while sum(kills.values()) < given.kills:
            out = Path(name) / f"out-{rounds}"
            finished(source, out, chance, kills, given.kills)
            differing += content(out) != wanted
            rounds += 1
    print(f"{kills['job']} jobs and {kills['child']} children killed in {rounds} batches of {len(wanted) // 2} shards;")
    print(f"batches that differ: {differing}")
    sys.exit(differing > 0)


if __name__ == "__main__":
    main()
