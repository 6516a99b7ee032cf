"""What is left when copydesk is killed (SIGKILL) while it writes: exports of each kind, and WARC files that grow.

    python benchmarks/killed.py [N]        # N kills of each kind, 100 if not given; exit status 1 if anything was lost

The program is killed at a moment that chance chooses between its start and the time it needs. Then each document has to
be whole, or the one from before, and nothing half-written may lie beside it.
"""

import contextlib
import gzip
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
COPYDESK = (sys.executable, "-m", "tui")
PAGES = 2_000
WARC_WRITER = """
import itertools, os, random, sys
from tui.web.warcfile import WarcFile
kept = WarcFile(sys.argv[1])
for number in itertools.count(int(sys.argv[2])):
    body = random.Random(number).randbytes(2_000_000)
    head = f"WARC/1.0\\r\\nWARC-Type: response\\r\\nWARC-Record-ID: <urn:uuid:{number:036}>\\r\\n"
    head += f"WARC-Target-URI: http://a.example/{number}\\r\\nContent-Type: application/http\\r\\n"
    kept.add([head.encode() + b"Content-Length: 2000000\\r\\n\\r\\n" + body + b"\\r\\n\\r\\n"])
    os.write(1, b".")
"""


def run(folder: Path, *arguments: str, delay_s: float | None = None) -> int:
    """Run copydesk in a folder; with a delay, kill it and its children then. Returns the exit status."""
    environment = os.environ | {"XDG_STATE_HOME": str(folder / "state"), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [*COPYDESK, *arguments], cwd=folder, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
    ) as process:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.wait(delay_s)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        return process.wait()


def contents(out: Path) -> dict[str, bytes]:
    """What lies at a place: files by name, hidden ones too."""
    files = [out] if out.is_file() else sorted(out.iterdir()) if out.is_dir() else []
    return {path.name: path.read_bytes() for path in files}


def exports(folder: Path, kills: int, name: str, arguments: Sequence[str], old: dict[str, bytes]) -> Counter[str]:
    """Kill exports to a place where `old` lies."""
    out = folder / "out" / name
    verdicts: Counter[str] = Counter()

    def prepare() -> None:
        shutil.rmtree(folder / "out", ignore_errors=True)
        for path, content in old.items():
            target = folder / "out" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        out.parent.mkdir(exist_ok=True)

    prepare()
    start = time.monotonic()
    assert run(folder, "labels", "export", *arguments, "-o", f"out/{name}") == 0
    took_s, new = time.monotonic() - start, contents(out)
    for number in range(kills):
        prepare()
        before = contents(out)
        status = run(folder, "labels", "export", *arguments, "-o", f"out/{name}", delay_s=took_s * chance(number))
        there = contents(out)
        beside = {path.name for path in out.parent.iterdir()} - {name} | there.keys() - new.keys() - before.keys()
        whole = all(there[path] in (new.get(path), before.get(path)) for path in there.keys() - beside)
        lost = set(before) - set(there)
        verdicts["killed" if status == -signal.SIGKILL else "done before"] += 1
        verdicts["half" if not whole else "lost" if lost else "new" if there == new else "old or in part"] += 1
        verdicts["left beside"] += len(beside)
    return verdicts


def chance(number: int) -> float:
    """Most of a run is spent on getting ready: kill late."""
    return 1 - random.Random(number).random() ** 2 * 0.6


def archives(folder: Path, kills: int, name: str) -> Counter[str]:
    """Kill who adds to one WARC file; after each kill another one goes on."""
    path = folder / name
    verdicts: Counter[str] = Counter()
    added = 0
    for number in range(kills):
        command = [sys.executable, "-c", WARC_WRITER, str(path), str(number * 1000)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as writer:
            assert writer.stdout is not None
            seen = writer.stdout.read(1)
            time.sleep(random.Random(number).random() / 10)
            writer.send_signal(signal.SIGKILL)
            added += len(seen + writer.stdout.read())
        verdicts["killed"] += 1
        if number % 10 == 9:
            whole = _whole(path)
            verdicts["lost"] += max(0, added - whole)
            verdicts["half"] += max(0, whole - added - number - 1)
            path.unlink()
            added = 0
    return verdicts


def _whole(path: Path) -> int:
    """How many records a file holds, when one more is added; every byte of it belongs to one."""
    from tui.web.warcfile import WarcFile

    last = b"WARC/1.0\r\nContent-Length: 4\r\n\r\nlast\r\n\r\n"
    WarcFile(str(path)).add([last])
    content = path.read_bytes()
    plain = gzip.decompress(content) if path.suffix == ".gz" else content
    at = count = 0
    while at < len(plain):
        head = plain.index(b"\r\n\r\n", at)
        length = int(plain[at:head].rpartition(b"Content-Length: ")[2])
        assert plain[head + 4 + length :][:4] == b"\r\n\r\n", f"{path}: byte {at:,}: a half record"
        at, count = head + 8 + length, count + 1
    return count - 1


def main() -> int:
    """Print a line for each kind."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = [json.dumps({"text": f"page {number} " + "words " * 200}) for number in range(PAGES)]
        (folder / "pages.jsonl").write_text("\n".join(lines), encoding="utf-8")
        (folder / "html").mkdir()
        for number in range(PAGES // 10):
            (folder / "html" / f"{number}.html").write_text(f"<p>page {number}" * 200, encoding="utf-8")
        run(folder, "labels", "add", "good", "pages.jsonl")
        run(folder, "labels", "add", "html", "html")
        kinds: dict[str, Callable[[], Counter[str]]] = {
            "lines, new": lambda: exports(folder, kills, "x.jsonl", [], {}),
            "lines, --force": lambda: exports(folder, kills, "x.jsonl", ["--force"], {"x.jsonl": b"old"}),
            "records, .gz": lambda: exports(
                folder, kills, "x.jsonl.gz", ["--records", "good", "--force"], {"x.jsonl.gz": b"old"}
            ),
            "records, folder": lambda: exports(
                folder, kills, "many", ["--records", "html", "--force"], {"many/7.html": b"old"}
            ),
            "WARC": lambda: archives(folder, kills, "seen.warc"),
            "WARC, .gz": lambda: archives(folder, kills, "seen.warc.gz"),
        }
        for kind, measure in kinds.items():
            verdicts = measure()
            failed += verdicts["half"] + verdicts["lost"] + verdicts["left beside"]
            print(f"{kind:16}", ", ".join(f"{name}: {count}" for name, count in sorted(verdicts.items())), flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
