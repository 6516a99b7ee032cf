"""What collections cost: indexing them, and opening a record of them; peers, where installed, meet the same files.

    python benchmarks/corpora.py [MEGABYTES [PAGE_KILOBYTES ...]]

Makes the files anew in a temporary folder: JSON lines, plain and compressed, WARC by record in each page size, Parquet
and a folder. Ours and the peers take turns, so that both meet the same machine; the ratio is of CPU time, which a busy
machine distorts least. By default 100 MB, and pages of 6 and 70 kB.
"""

import gzip
import importlib.util
import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

WORDS = ["rain", "wind", "the", "of", "and", "said", "海岸", "新聞", "市民", *(f"word{n}" for n in range(3000))]
ROW_BYTES = 2300
OPENED = 30
RUNS = 3

USED = """
print(n, time.process_time() - start)
for line in open("/proc/self/status") if sys.platform == "linux" else ():
    if line.startswith("VmHWM"):
        print(line.split()[1])
"""
OURS = """
import sys, time
from tui.shelf import Shelf
from tui import sources
list(sources.scan(["/dev/null"], sources.Tally()))  # imports the formats
start = time.process_time()
shelf = Shelf(sources.scan(sys.argv[1:], sources.Tally()))
n = shelf.found
"""
OPENING = f"""
import random, sys, time
from tui import sources
from tui.model import Limits
refs = list(sources.scan(sys.argv[1:], sources.Tally()))
chance = random.Random(1)
sources.read(refs[-1], Limits())
time.sleep(float(len(refs) > 0) * 2)
times = []
for _ in range({OPENED}):
    ref = chance.choice(refs)
    start = time.perf_counter()
    sources.read(ref, Limits())
    times.append(time.perf_counter() - start)
times.sort()
print(times[len(times) // 2] * 1000, times[-2] * 1000)
"""
FIRST = """
import sys, time
from itertools import islice
from tui import sources
from tui.model import Limits
start = time.perf_counter()
for ref in list(islice(sources.scan(sys.argv[1:], sources.Tally()), 50))[:1]:
    sources.read(ref, Limits())
print((time.perf_counter() - start) * 1000)
"""
PEERS = {
    "isal, decoding alone": (
        ".jsonl.gz",
        "isal",
        "from isal import igzip",
        "n = 0\nwith igzip.open(sys.argv[1]) as f:\n    while f.read(1 << 20): pass",
    ),
    "fastwarc": (
        ".warc.gz",
        "fastwarc",
        "from fastwarc.warc import ArchiveIterator",
        "n = sum(1 for _ in ArchiveIterator(open(sys.argv[1], 'rb'), parse_http=False))",
    ),
    "warcio": (
        ".warc.gz",
        "warcio",
        "from warcio.archiveiterator import ArchiveIterator",
        "n = sum(1 for _ in ArchiveIterator(open(sys.argv[1], 'rb')))",
    ),
    "duckdb, counting": (
        ".jsonl",
        "duckdb",
        "import duckdb",
        "n = duckdb.execute('select count(*) from read_json_auto(?)', [sys.argv[1]]).fetchone()[0]",
    ),
}
"""Name -> (files it reads, module, what it imports, what it does and is measured)."""


def text(chance: random.Random, size_bytes: int) -> str:
    """Words of about so many bytes."""
    return " ".join(chance.choices(WORDS, k=size_bytes // 9))


def rows(size_bytes: int) -> Iterator[bytes]:
    """JSON lines of about so many bytes together."""
    chance = random.Random(1)  # noqa: S311 - the same corpus each time
    texts = [text(chance, ROW_BYTES) for _ in range(200)]
    for number in range(size_bytes // ROW_BYTES):
        row = {"url": f"https://example.org/{number}", "title": f"Headline {number}", "text": texts[number % 200]}
        yield json.dumps(row, ensure_ascii=False).encode() + b"\n"


def warc_record(number: int, body: bytes) -> bytes:
    """One response as a gzip member."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nServer: nginx\r\nVary: Accept\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{number}\r\n"
        f"WARC-Date: 2021-03-05T06:07:08Z\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n", 6, mtime=0)


def make(folder: Path, megabytes: int, page_kilobytes: list[int]) -> dict[str, Path]:
    """Write all collections; return them by name."""
    import zstandard

    size = megabytes * 1_000_000
    made = {"jsonl": folder / "a.jsonl"}
    with made["jsonl"].open("wb") as out:
        out.writelines(rows(size))
    for suffix, compressing in ((".gz", gzip.open), (".zst", zstandard.open)):
        made[f"jsonl{suffix}"] = folder / f"a.jsonl{suffix}"
        with made["jsonl"].open("rb") as plain, compressing(made[f"jsonl{suffix}"], "wb") as out:
            shutil.copyfileobj(plain, out)
    chance = random.Random(2)  # noqa: S311 - as above
    for kilobytes in page_kilobytes:
        bodies = [f"<!doctype html><title>T</title><p>{text(chance, kilobytes * 1000)}".encode() for _ in range(40)]
        records = [warc_record(number, body) for number, body in enumerate(bodies)]
        made[f"warc.gz of {kilobytes} kB"] = folder / f"{kilobytes}.warc.gz"
        with made[f"warc.gz of {kilobytes} kB"].open("wb") as out:
            out.writelines(records[number % 40] for number in range(size // (kilobytes * 1000)))
    made["folder"] = folder / "pages"
    made["folder"].mkdir()
    for number in range(megabytes * 20):
        (made["folder"] / f"{number}.html").write_bytes(b"<title>T</title><p>rain")
    if importlib.util.find_spec("pyarrow"):
        made["parquet"] = folder / "a.parquet"
        write_parquet(made["parquet"], size)
    return made


def write_parquet(path: Path, size: int) -> None:
    """The JSON lines as a table, a thousand rows a group."""
    import pyarrow
    import pyarrow.parquet

    table = pyarrow.Table.from_pylist([json.loads(row) for row in rows(size)])
    pyarrow.parquet.write_table(table, path, row_group_size=1000)


def run(script: str, *arguments: str) -> list[float]:
    """Run a script in a process of its own; return the numbers that it prints."""
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True)
    return [float(word) for word in done.stdout.split()]


def least(measure: Callable[[], list[float]], column: int) -> list[float]:
    """The run with the least in one column."""
    return min((measure() for _ in range(RUNS)), key=lambda found: found[column])


def main() -> None:
    """Print the tables."""
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    page_kilobytes = [int(word) for word in sys.argv[2:]] or [6, 70]
    with tempfile.TemporaryDirectory(prefix="copydesk-bench-") as folder:
        made = make(Path(folder), megabytes, page_kilobytes)
        empty_kb = run(OURS + USED, "/dev/null")[-1]
        print(f"{megabytes} MB of content each\n")
        print(
            f"{'collection':18}{'records':>9}{'  CPU s':>9}{'records/s':>11}{'MB above':>9}{'first ms':>10}{'open ms':>9}{'worst':>8}"
        )
        indexed = {}
        for name, path in made.items():
            count, seconds, memory_kb = least(lambda path=path: run(OURS + USED, str(path)), 1)  # type: ignore[misc]
            (first_ms,) = least(lambda path=path: run(FIRST, str(path)), 0)  # type: ignore[misc]
            middle_ms, worst_ms = run(OPENING, str(path))
            indexed[path] = seconds
            above = (memory_kb - empty_kb) / 1024
            print(
                f"{name:18}{count:9.0f}{seconds:9.2f}{count / seconds:11.0f}{above:9.0f}"
                f"{first_ms:10.1f}{middle_ms:9.2f}{worst_ms:8.2f}"
            )
        print(f"\n{'peer':24}{'collection':18}{'CPU s':>9}{'peer / ours':>13}")
        for peer, (suffix, module, imports, script) in PEERS.items():
            for name, path in made.items():
                if path.name.endswith(suffix) and importlib.util.find_spec(module):
                    whole = f"import sys, time\n{imports}\nstart = time.process_time()\n{script}{USED}"
                    seconds = least(lambda path=path, whole=whole: run(whole, str(path)), 1)[1]  # type: ignore[misc]
                    print(f"{peer:24}{name:18}{seconds:9.2f}{seconds / indexed[path]:13.2f}")


if __name__ == "__main__":
    main()
