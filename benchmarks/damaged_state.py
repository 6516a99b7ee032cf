"""What becomes of answers when a file that copydesk keeps is damaged, or when it is killed while it writes one.

Every file is damaged in four ways at places that chance chooses (bits flipped, cut, a block of zeros, two blocks that
change places), and every question is asked of each damaged copy anew. Allowed is the right answer, with one line or
none; of labels, which are nowhere else, less than it and one line that says so. The exit status is 1 where a call came to
anything else. Needs nothing but the checkout; the full disk, the right to mount one.
"""

import argparse
import json
import os
import random
import signal
import socketserver
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

WORDS = ("港口", "碼頭", "統計", "效率", "rain", "harbour", "Café", "library")
BLOCK_BYTES = 512
PAGE = f"<!DOCTYPE html><meta charset=utf-8><title>縣城圖書館</title><p>{'每晚開到十點，這是為了讓下班的人也能借書。' * 40}"
Damage = Callable[[bytearray, random.Random], None]
Call = tuple[str, ...]
Answer = tuple[int, bytes, list[str]]
"""Exit status, standard output, lines of standard error."""


def flip(content: bytearray, chance: random.Random) -> None:
    """Turn round a bit of one to nine bytes."""
    for _ in range(chance.choice((1, 3, 9))):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def cut(content: bytearray, chance: random.Random) -> None:
    """Take the end away."""
    del content[chance.randrange(len(content)) :]


def blank(content: bytearray, chance: random.Random) -> None:
    """Overwrite a block with zeros."""
    start = chance.randrange(len(content))
    content[start : start + BLOCK_BYTES] = bytes(len(content[start : start + BLOCK_BYTES]))


def swap(content: bytearray, chance: random.Random) -> None:
    """Let two blocks change places."""
    first, second = (BLOCK_BYTES * chance.randrange(max(1, len(content) // BLOCK_BYTES)) for _ in range(2))
    one, other = content[first : first + BLOCK_BYTES], content[second : second + BLOCK_BYTES]
    content[first : first + len(other)], content[second : second + len(one)] = other, one


DAMAGES: tuple[Damage, ...] = (flip, cut, blank, swap)


class Bench:
    """A folder with pages and all that copydesk keeps of them."""

    def __init__(self, folder: Path, pages: int) -> None:
        self.folder = folder
        self.source = folder / "pages.jsonl"
        self.environment = os.environ | {
            "HOME": str(folder),
            **{f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CACHE", "STATE", "CONFIG")},
        }
        chance = random.Random(1)
        with self.source.open("w", encoding="utf-8") as stream:
            for number in range(pages):
                text = " ".join(chance.choices(WORDS, k=12))
                url = f"https://s{number % 7}.example/{2000 + number % 25}/{number}"
                stream.write(json.dumps({"text": f"{text} {number}.", "url": url}, ensure_ascii=False) + "\n")

    def start(self, *call: str) -> "subprocess.Popen[bytes]":
        """Run copydesk, in a group of processes of its own."""
        command = [sys.executable, "-m", "tui", *call]
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self.environment,
            start_new_session=True,
            umask=0,
        )

    def call(self, *call: str) -> Answer:
        """Run copydesk to its end."""
        with self.start(*call) as process:
            out, errors = process.communicate(timeout=300)
            return process.returncode, out, errors.decode().splitlines()

    def files(self, pattern: str) -> list[Path]:
        """Files that copydesk keeps, by a pattern of their names."""
        return sorted(path for path in self.folder.rglob(pattern) if path.is_file())

    def file(self, pattern: str) -> Path:
        """The only such file."""
        (path,) = self.files(pattern)
        return path


@contextmanager
def served() -> Iterator[str]:
    """The address of a page that may be kept for an hour."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            while self.rfile.readline().strip():
                pass
            body = PAGE.encode()
            head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nCache-Control: max-age=3600\r\nContent-Length: {len(body)}\r\n\r\n"
            with suppress(OSError):
                self.wfile.write(head.encode() + body)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def verdict(right: Answer, given: Answer) -> str:
    """What an answer is worth."""
    status, out, lines = given
    if any("Traceback" in line or "fault of this program" in line for line in lines):
        return "FAULT"
    news = [line for line in lines if line not in right[2]]
    if (status, out) == right[:2]:
        return "right" if not news else "right, one line" if len(news) == 1 else "SEVERAL LINES"
    is_less = set(out.splitlines()) <= set(right[1].splitlines())
    return "less, one line" if is_less and status and len(news) == 1 else "WRONG"


def damaged(
    bench: Bench, path: Path, calls: Sequence[Call], count: int, seed: int, is_lossy: bool = False
) -> Counter[str]:
    """Damage a file in `count` ways; count what the answers are worth. `is_lossy`: they may be less than they were."""
    content, right = path.read_bytes(), [bench.call(*call) for call in calls]
    beside = {other: other.read_bytes() for other in path.parent.iterdir() if other.is_file() and other != path}
    verdicts: Counter[str] = Counter()
    for number in range(count):
        changed = bytearray(content)
        while changed == content:
            DAMAGES[number % len(DAMAGES)](changed, random.Random(seed * 1000 + number + len(verdicts)))
            seed += changed == content
        for call, answer in zip(calls, right, strict=True):
            for other in path.parent.iterdir():
                if other.is_file() and other not in beside:
                    other.unlink()
            for other, kept in beside.items():
                other.write_bytes(kept)
            path.write_bytes(changed)
            given = bench.call(*call)
            found = verdict(answer, given)
            if found == "less, one line" and not is_lossy:
                found = "WRONG"
            verdicts[found] += 1
            if found.isupper():
                print(f"{found}: {path.name}, {DAMAGES[number % len(DAMAGES)].__name__} {number}: {' '.join(call)}")
                print("   ", given[0], len(given[1].splitlines()), *given[2][-3:])
    path.write_bytes(content)
    return verdicts


def kill(bench: Bench, call: Call, delay_s: float) -> bool:
    """Start copydesk, and kill all its processes after a while; whether it had come to its end before."""
    with bench.start(*call) as process:
        with suppress(subprocess.TimeoutExpired):
            process.wait(delay_s)
        is_done = process.poll() == 0
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    return is_done


def killed(bench: Bench, writing: Callable[[int], Call], reading: Call, right: Answer, kills: int) -> Counter[str]:
    """Kill whoever writes at moments that are spread over the time it takes; count what is read afterwards."""
    since = time.monotonic()
    bench.call(*writing(0))
    lasts_s = time.monotonic() - since
    verdicts: Counter[str] = Counter()
    for number in range(kills):
        is_done = kill(bench, writing(number), lasts_s * (0.3 + 0.7 * (number + 1) / kills))
        given = bench.call(*reading)
        found = verdict(right, given)
        if found.isupper():
            print(f"{found}: {' '.join(reading)} after kill {number}:", given[0], *given[2][-3:])
        verdicts[f"{'written' if is_done else 'killed'}: {found}"] += 1
    bench.call(*writing(kills))  # takes away what the last one left
    return verdicts


def labels_killed(bench: Bench, kills: int) -> Counter[str]:
    """Kill whoever gives labels; each that was acknowledged has to be there."""
    lasts_s, acknowledged, verdicts = 0.0, set(), Counter[str]()
    for number in range(kills + 1):
        since = time.monotonic()
        call = ("labels", "add", "kept", "--at", str(number), str(bench.source))
        delay_s = 60 if not number else lasts_s * (0.5 + 0.6 * number / kills)
        if kill(bench, call, delay_s):
            acknowledged.add(number)
        lasts_s = lasts_s or time.monotonic() - since
    status, out, lines = bench.call("labels", "export")
    there = {entry["ordinal"] for entry in map(json.loads, out.splitlines()) if "kept" in entry["labels"]}
    verdicts["acknowledged and there"] = len(acknowledged & there)
    verdicts["ACKNOWLEDGED AND LOST"] = len(acknowledged - there)
    verdicts["killed, and not there" if not (status or lines) else "DAMAGED"] = kills + 1 - len(there)
    return +verdicts


def locked(bench: Bench) -> Counter[str]:
    """Ask for a label while another program holds the file."""
    bench.call("labels", "add", "early", "--at", "0", str(bench.source))
    with closing(sqlite3.connect(bench.file("labels.sqlite"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        status, _, lines = bench.call("labels", "add", "late", "--at", "0", str(bench.source))
    return Counter({"refused, one line" if status == 1 and len(lines) == 1 else f"WRONG: {status} {lines}": 1})


def full(bench: Bench) -> Counter[str]:
    """Index and label where there is no room left; needs the right to mount a file system."""
    verdicts: Counter[str] = Counter()
    small = Bench(bench.folder, len(bench.source.read_bytes().splitlines()))
    for name, call in (
        ("CACHE", ("index", str(bench.source))),
        ("STATE", ("labels", "add", "full", str(bench.source))),
    ):
        place = bench.folder / f"full-{name.lower()}"
        place.mkdir()
        size = "size=16k" if name == "CACHE" else "size=100k"
        if subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(place)], capture_output=True).returncode:
            return Counter({"not tried: no right to mount": 1})
        try:
            small.environment = bench.environment | {f"XDG_{name}_HOME": str(place)}
            status, _, lines = small.call(*call)
            is_told = status == 1 and len(lines) == 1
            verdicts["refused, one line" if is_told else f"WRONG: {status} {lines[:2]}"] += 1
            subprocess.run(["mount", "-o", "remount,size=10m", str(place)], check=True)
            status, _, lines = small.call("labels", "export")
            verdicts["what was kept is sound" if not (status or lines) else f"WRONG: {status} {lines[:2]}"] += 1
        finally:
            subprocess.run(["umount", str(place)], check=True)
    return verdicts


def _is_bad(worth: str) -> bool:
    return any(word.isupper() and len(word) > 3 for word in worth.replace(":", "").split())


def main() -> None:
    """Print what the answers were worth."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--damages", type=int, default=28, help="Of each file.")
    parser.add_argument("--kills", type=int, default=30, help="Of each writer.")
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="Part of the names of what is tried.")
    given = parser.parse_args()
    os.umask(0o077)  # what is open to others then was made by the program, whose umask is 0
    with tempfile.TemporaryDirectory(prefix="copydesk-bench-") as name, served() as url:
        bench, results = Bench(Path(name), given.pages), dict[str, Counter[str]]()
        source = str(bench.source)
        cells, words = ("list", "--where", "site:s3.example", source), ("list", "--where", "碼頭 -rain", source)
        searches = (("list", source), cells, words, ("find", "harbour", source))
        kept_labels = (("labels", "export"), ("list", "--where", "label:good", source))
        page = ("show", "--text", url)

        def index() -> Path:
            bench.call("index", source)
            return bench.file("index/*.sqlite")

        def labels() -> Path:
            bench.call("labels", "add", "good", "--where", "site:s3.example", source)
            return bench.file("labels.sqlite")

        def cached() -> Path:
            bench.call(*page)
            return bench.file("*.page")

        right = bench.call(*cells)
        tried: dict[str, Callable[[], Counter[str]]] = {
            "index damaged": lambda: damaged(bench, index(), searches, given.damages, given.seed),
            "labels damaged": lambda: damaged(bench, labels(), kept_labels, given.damages, given.seed, is_lossy=True),
            "page damaged": lambda: damaged(bench, cached(), (page,), given.damages, given.seed),
            "index killed": lambda: killed(bench, lambda _: ("index", source), cells, right, given.kills),
            "page killed": lambda: killed(
                bench, lambda number: ("show", "--text", f"{url}{number}"), page, bench.call(*page), given.kills
            ),
            "labels killed": lambda: labels_killed(bench, min(given.kills, given.pages - 1)),
            "labels locked": lambda: locked(bench),
            "disk full": lambda: full(bench),
        }
        for what, attempt in tried.items():
            if given.only in what:
                results[what] = attempt()
                print(f"{what:16}", ", ".join(f"{count} {worth}" for worth, count in sorted(results[what].items())))
        left = [str(path.relative_to(bench.folder)) for path in bench.files("index/*") if path.suffix != ".sqlite"]
        print("left over:", ", ".join(left) or "nothing")
        wide = [path for path in bench.folder.glob("[cs]*e/**/*") if path.lstat().st_mode & 0o077]
        print("open to others:", ", ".join(str(path.relative_to(bench.folder)) for path in wide) or "nothing")
        is_good = not left and not wide and not any(_is_bad(worth) for each in results.values() for worth in each)
    sys.exit(0 if is_good else 1)


if __name__ == "__main__":
    main()
