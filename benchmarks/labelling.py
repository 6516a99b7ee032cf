"""How many of the labels that are typed faster than pages come are on the pages they were typed for.

    python benchmarks/labelling.py [--keys 30] [--page-kb 60]

Keys go to `copydesk --label good,bad,x=spam` on a pseudo-terminal, page after page: at a steady pace, all in one write, and
in bursts. What was labelled is read with `copydesk labels export`.
"""

import argparse
import json
import os
import re
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from ptyprocess import PtyProcess

COPYDESK = str(Path(sys.executable).with_name("copydesk"))
LABELS = "good,bad,x=spam"
NAMES = {"1": "good", "2": "bad", "x": "spam"}
"""Key -> label."""
PAGES = 20_000
QUIET_S = 2.0
"""Seconds without a byte after which nothing more is taken to come."""
PATIENCE_S = 120
PACES_MS = (0, 20, 50, 150)
"""Between two keys; 0: all in one write."""
BURST_MS = 120
"""Between two bursts of one to seven keys, as over a line that stutters."""
_PAGE = re.compile(rb"#0 of ")


def collection(folder: Path, page_kb: int) -> Path:
    """Make pages of so many kilobytes in one file, the first hundred: what comes behind is short."""
    path = folder / "big.jsonl"
    paragraph = "<p>The ferry to the islands stays in port because of snow, and so does the mail.</p>"
    with path.open("w", encoding="utf-8") as file:
        for number in range(PAGES):
            paragraphs = paragraph * (page_kb * 1000 // len(paragraph) if number < 100 else 3)
            page = {"title": f"Snow report {number}", "html": f"<h1>Snow report {number}</h1>{paragraphs}"}
            file.write(json.dumps(page) + "\n")
    return path


def paced(keys: str, pace_ms: int) -> Iterator[tuple[str, int]]:
    """What is written at once, and milliseconds to wait behind it."""
    return ((key, pace_ms) for key in keys) if pace_ms else iter([(keys, 0)])


def bursts(keys: str, chance: Random) -> Iterator[tuple[str, int]]:
    """As `paced`, as a line delivers that stutters."""
    while keys:
        size = chance.randint(1, 7)
        yield keys[:size], BURST_MS
        keys = keys[size:]


def read(process: PtyProcess, quiet_s: float, until: re.Pattern[bytes] | None = None) -> bool:
    """Read until a pattern has come, or nothing for so long; returns whether the pattern has."""
    seen, end = b"", time.monotonic() + PATIENCE_S
    while time.monotonic() < end and select.select([process.fd], [], [], quiet_s)[0]:
        seen = seen[-200:] + os.read(process.fd, 65536)
        if until is not None and until.search(seen):
            return True
    return False


def labelled(home: Path, path: Path, written: Iterator[tuple[str, int]]) -> dict[int, list[str]]:
    """Type on a terminal; returns the labels in the notebook, by ordinal."""
    places = {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")}
    env = os.environ | places | {"TERM": "xterm-256color", "LANG": "C.UTF-8"}
    process = PtyProcess.spawn([COPYDESK, "--label", LABELS, str(path)], dimensions=(36, 120), env=env)
    try:
        if not read(process, PATIENCE_S, _PAGE):
            raise SystemExit("the first page never came")
        for keys, wait_ms in written:
            os.write(process.fd, keys.encode())
            end = time.monotonic() + wait_ms / 1000
            while (left := end - time.monotonic()) > 0:
                if select.select([process.fd], [], [], left)[0]:
                    os.read(process.fd, 65536)
        read(process, QUIET_S)
        os.write(process.fd, b"Q")
        read(process, QUIET_S)
    except OSError:  # the terminal is closed when the program has ended
        pass
    finally:
        process.close(force=True)
    out = subprocess.run([COPYDESK, "labels", "export"], capture_output=True, check=True, env=env).stdout
    return {row["ordinal"]: row["labels"] for row in map(json.loads, out.splitlines())}


def main() -> int:
    """Print the table; returns 1 if a label is on a wrong page, or missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keys", type=int, default=30)
    parser.add_argument("--page-kb", type=int, default=60)
    given = parser.parse_args()
    chance = Random(7)
    keys = "".join(chance.choice([*NAMES]) for _ in range(given.keys))
    wanted = {number: [NAMES[key]] for number, key in enumerate(keys)}
    ways = {f"{pace_ms} ms": paced(keys, pace_ms) for pace_ms in PACES_MS} | {"in bursts": bursts(keys, chance)}
    failed = False
    with tempfile.TemporaryDirectory(prefix="copydesk-bench-") as name:
        path = collection(Path(name), given.page_kb)
        print(f"{given.keys} labels, pages of {given.page_kb} kB")
        for way, written in ways.items():
            home = Path(name, way)
            home.mkdir()
            found = labelled(home, path, written)
            right = sum(found.get(number) == names for number, names in wanted.items())
            more = len(found.keys() - wanted.keys())
            failed |= right < len(wanted) or more > 0
            print(f"{way:12}{right:4} of {len(wanted)} right{f', {more} on other pages' if more else ''}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
