"""What it costs to find all pages of a collection and to open one of them, ours and peers'; in CPU seconds, since others may be at work.

    python -m benchmarks.scanning [RECORDS]

prints what lists of so many records (20,000) take, start included, beside `json.loads` of the same lines. The
user's index and labels count, if there are any: set XDG_STATE_HOME and XDG_CACHE_HOME to other folders.
"""

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.search import CHARACTERS, WORDS, cpu_s

OPENED = 30
RUNS = 5
MEASURED = """
from time import process_time
start = process_time()
{work}
print(n, process_time() - start)
"""
OURS = """
import sys
from tui import sources
from tui.core.shelf import Shelf
Shelf(sources.Scanner(["/dev/null"]).runs())  # imports the formats
""" + MEASURED.format(work="n = Shelf(sources.Scanner(sys.argv[1:]).runs()).found")
OPENING = f"""
import random, sys, time
from tui import sources
from tui.core.model import Limits
from tui.core.shelf import Shelf
shelf = Shelf(sources.Scanner(sys.argv[1:]).runs())
sources.read(shelf[-1], Limits())
time.sleep(4)  # a page was opened far behind the first: now the places in between are known
chance, times = random.Random(1), []
for _ in range({OPENED}):
    ref = chance.choice(shelf)
    start = time.perf_counter()
    sources.read(ref, Limits())
    times.append(time.perf_counter() - start)
times.sort()
print(times[len(times) // 2] * 1000, times[-2] * 1000)
"""
PEERS = {
    "isal, decoding alone": (
        "jsonl.gz",
        "from isal import igzip",
        "n = 0\nwith igzip.open(sys.argv[1]) as f:\n    while f.read(1 << 20): pass",
    ),
    "fastwarc": (
        "warc.gz",
        "from fastwarc.warc import ArchiveIterator",
        "n = sum(1 for _ in ArchiveIterator(open(sys.argv[1], 'rb'), parse_http=False))",
    ),
    "duckdb, counting": (
        "jsonl",
        "import duckdb\nduckdb.execute('set threads to 1')",
        "n = duckdb.execute('select count(*) from read_json_auto(?)', [sys.argv[1]]).fetchone()[0]",
    ),
}
"""Name -> (start of the names of collections that it reads, what it imports, what it does and is measured)."""


def run(script: str, path: Path, python: str = sys.executable) -> list[float]:
    """Run a script in a process of its own; return the numbers that it prints. Nothing: it can't be run there."""
    done = subprocess.run([python, "-c", script, str(path)], capture_output=True, text=True, check=False)
    return [float(word) for word in done.stdout.split()] if not done.returncode else []


def least(measures: list[Callable[[], list[float]]]) -> list[list[float]]:
    """The run with the fewest seconds of each; they take turns, so that all meet the same machine."""
    rounds = [[measure() for measure in measures] for _ in range(RUNS)]
    return [
        min((found for found in column if found), key=lambda found: found[1], default=[])
        for column in zip(*rounds, strict=True)
    ]


def tables(made: dict[str, Path], peers_python: str) -> None:
    """Print what finding and opening pages cost, and what peers take for the same files."""
    print(
        f"{'collection':18}{'pages':>10}{'CPU s':>9}{'pages/s':>12}{'MB/s':>8}{'open ms':>10}{'worst':>8}   peer's CPU / ours"
    )
    for name, path in made.items():
        peers = {peer: work for peer, work in PEERS.items() if name == work[0] or name.startswith(work[0] + ",")}
        scripts = [f"import sys\n{imports}\n{MEASURED.format(work=work)}" for _, imports, work in peers.values()]
        measures: list[Callable[[], list[float]]] = [lambda path=path: run(OURS, path)]  # type: ignore[misc]
        measures += [lambda script=script, path=path: run(script, path, peers_python) for script in scripts]  # type: ignore[misc]
        (count, seconds), *others = least(measures)
        middle_ms, worst_ms = run(OPENING, path)
        beside = [
            f"{peer} {found[1] / seconds:.2f}" if found else f"{peer} is not installed"
            for peer, found in zip(peers, others, strict=True)
        ]
        size = path.stat().st_size if path.is_file() else 0
        print(
            f"{name:18}{count:10,.0f}{seconds:9.2f}{count / seconds:12,.0f}{size / seconds / 1e6:8.0f}{middle_ms:10.2f}{worst_ms:8.2f}   {', '.join(beside)}"
        )


LOADING = "import json, sys\nfor line in open(sys.argv[1], 'rb'): json.loads(line)"
CHART = """
import sys
from tui.choosing.choices import Fetching
from tui.choosing.selection import Selector
from tui.core.model import Limits, Options
from tui.core.questions import Scan
from tui.core.shelf import Shelf
from tui.processes.pages import Processes
with Processes(Limits(), Fetching()) as processes:
    client = processes.client(patience_s=1.0)
    shelf = Shelf(client.scan(Scan((sys.argv[1],), Options())))
    assert len({pick.value for pick in Selector(client, Options()).judged(shelf, None, "site")}) == 97
"""
LISTS = {
    "list": ["-m", "tui", "list"],
    "list --json": ["-m", "tui", "list", "--json"],
    "list --where site:": ["-m", "tui", "list", "--where", "site:s5.example"],
    "chart by site": ["-c", CHART],
}
"""What is done -> arguments of Python, before the file."""


def english(chance: random.Random, count: int) -> str:
    """So many characters of words, about."""
    return " ".join(chance.choices(WORDS, k=max(1, count // 7)))


def chinese(chance: random.Random, count: int) -> str:
    """So many everyday characters."""
    return "".join(chance.choices(CHARACTERS, k=count))


def random_han(chance: random.Random, count: int) -> str:
    """So many characters, most of which are in no text."""
    return "".join(chr(chance.randint(0x4E00, 0x9FA5)) for _ in range(count))


def write(path: Path, count: int, text: Callable[[random.Random, int], str], per_kb: int) -> None:
    """Make records of 1 to 4 kB; `per_kb` characters are a kilobyte."""
    chance = random.Random(5)
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            lines = (text(chance, per_kb // 4) for _ in range(4 * chance.randint(1, 4)))
            record = {
                "url": f"https://s{number % 97}.example/{number}",
                "title": text(chance, 18 if per_kb < 1000 else 50),
                "text": "\n".join(lines),
                "date": f"2021-{number % 12 + 1:02}-{number % 28 + 1:02}",
                "timestamp": "2021-12-07T12:00:00Z",
            }
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


def lists(count: int) -> None:
    """Print what lists of records take, and how many times what it takes to load them."""
    print(f"{count:,} records{'':16}{'json.loads':>10}" + "".join(f"{name:>26}" for name in LISTS))
    with tempfile.TemporaryDirectory(prefix="copydesk-bench-") as folder:
        for name, text, per_kb in (
            ("English", english, 1000),
            ("Chinese", chinese, 330),
            ("random Han", random_han, 330),
        ):
            path = Path(folder) / f"{name}.jsonl"
            write(path, count, text, per_kb)
            works = [[sys.executable, *each, str(path)] for each in (["-c", LOADING], *LISTS.values())]
            runs = [[cpu_s(work) for work in works] for _ in range(3)]
            loading, *ours = map(min, zip(*runs, strict=True))
            print(f"{name:31}{loading:8.2f} s" + "".join(f"{each:16.2f} s{each / loading:6.1f} x" for each in ours))


if __name__ == "__main__":
    lists(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
