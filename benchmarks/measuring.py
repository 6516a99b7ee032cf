"""Reads the arguments of `archives_speed.py`, and prints its tables."""

import argparse
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

from benchmarks import corpora, onscreen, scanning


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--page-kb", type=int, action="append")
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--peers", default=sys.executable)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    if not Path(given.peers).is_file():
        parser.error(f"--peers {given.peers}: no such file; name the Python that has the others")
    if given.keep:
        given.keep.mkdir(parents=True, exist_ok=True)
    with nullcontext(given.keep) if given.keep else tempfile.TemporaryDirectory(prefix="copydesk-bench-") as name:
        folder = Path(name)
        made = corpora.make(folder, given.megabytes * 1_000_000, given.page_kb or [6, 70], given.files)
        (folder / "empty").mkdir(exist_ok=True)
        print(f"{given.megabytes} MB of content each, {given.files:,} files")
        scanning.tables(made, given.peers)
        onscreen.first_pages(made, folder / "empty")
        onscreen.peers(made["jsonl"])
        onscreen.keys_and_memory(made)
