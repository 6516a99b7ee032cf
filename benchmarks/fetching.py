"""What fetching costs: a page from loopback against the same page as a file, the cache, a bomb, slow servers, gathering.

Everything runs against servers of its own on 127.0.0.1, with a cache of its own. Starts alternate, so that all meet the
same machine. Resident memory is the largest sum over a program and its workers, looked at 100 times a second.
"""

import contextlib
import os
import select
import socketserver
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import zstandard

from benchmarks.screen import COPYDESK, Session

STARTS = 11
PARAGRAPH = "縣城圖書館自下週起延長開放時間，每晚開到十點。館長表示，這是為了讓下班的人也能借書。"
ARTICLE = (
    "<!DOCTYPE html><html><head><meta charset=utf-8><title>縣城圖書館延長開放</title></head><body><h1>縣城圖書館延長開放</h1>"
    + f"<p>{PARAGRAPH * 2}</p>" * 75
    + "</body></html>"
).encode()
ARTICLES = 50
FRAME_S = 0.01
"""Seconds of silence that end a burst of bytes."""


def bomb() -> bytes:
    """A gigabyte of zeros as 33 kB of zstd."""
    packer = zstandard.ZstdCompressor().compressobj()
    return b"".join([packer.compress(bytes(1 << 20)) for _ in range(1024)] + [packer.flush()])


BOMB = bomb()


class Handler(socketserver.StreamRequestHandler):
    """Answers by path."""

    timeout = 30

    def handle(self) -> None:
        """Answer one request."""
        path = self.rfile.readline().split()[1].decode()
        while self.rfile.readline().strip():
            pass
        with contextlib.suppress(OSError):
            self.answer(path)

    def answer(self, path: str) -> None:
        """Write what the path stands for."""
        write = self.wfile.write
        if path == "/bomb":
            self.page(BOMB, "Content-Encoding: zstd\r\n")
        elif path == "/robots.txt":
            write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        elif path == "/slow-headers":
            write(b"HTTP/1.1 200 OK\r\n")
            self.drip(b"X")
        elif path == "/slow-body":
            write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + ARTICLE)
            self.drip(b"x")
        elif path == "/interim":
            self.drip(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        elif path == "/endless":
            write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
            while True:
                write(ARTICLE)
                time.sleep(0.1)
        elif path == "/index":
            items = "".join(f"<li><a href='/article/{n}'>第{n}則：{PARAGRAPH[:20]}</a></li>" for n in range(ARTICLES))
            self.page(f"<!DOCTYPE html><title>首頁</title><h1>晚報</h1><h2>最新</h2><ul>{items}</ul>".encode())
        else:
            self.page(ARTICLE)

    def page(self, body: bytes, headers: str = "") -> None:
        """A page that may be kept."""
        start = f'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nETag: "1"\r\n{headers}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n'
        self.wfile.write(start.encode() + body)

    def drip(self, part: bytes) -> None:
        """A little now and then, for ever."""
        while True:
            self.wfile.write(part)
            time.sleep(0.05)


class Server(socketserver.ThreadingTCPServer):
    """A thread for each request."""

    daemon_threads = True
    allow_reuse_address = True


@contextlib.contextmanager
def serving() -> Iterator[str]:
    """A server in a process of its own, so that it doesn't compete within this one; yields its address."""
    process = subprocess.Popen([sys.executable, __file__, "serve"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.kill()
        process.wait()


def serve() -> None:
    """Serve until killed; says its port first."""
    with Server(("127.0.0.1", 0), Handler) as server:
        print(server.server_address[1], flush=True)
        server.serve_forever()


def start(source: str) -> float:
    """Seconds from the start to the first full screen."""
    session = Session([COPYDESK, source])
    spent = session.wait_for(r"▸ *0 \S", r"Charset", r"#0 of 1 · \d+%")
    session.end()
    return spent


def starts(url: str, folder: Path) -> bool:
    """Print how the same page starts as a file, from the network and from the cache; returns whether it is too slow."""
    path = folder / "article.html"
    path.write_bytes(ARTICLE)
    start(url + "/cached")
    times: dict[str, list[float]] = {"file": [], "network": [], "cache": []}
    for number in range(STARTS):
        times["file"].append(start(str(path)))
        times["network"].append(start(f"{url}/{number}"))
        times["cache"].append(start(url + "/cached"))
    file, network, cache = (statistics.median(times[name]) * 1000 for name in times)
    print(f"{len(ARTICLE):,} bytes on the screen, medians of {STARTS}: file {file:.0f} ms")
    print(f"  from loopback {network:.0f} ms, {network - file:+.0f} ms (at most +60)")
    print(f"  from the cache {cache:.0f} ms, {cache / file:.2f}x (at most 1.10)")
    return network - file > 60 or cache > file * 1.1


def family_bytes(process: psutil.Process) -> tuple[int, int]:
    """Resident bytes of a program and all below it: their sum, and the largest."""
    sizes = []
    for member in [process, *process.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):
            sizes.append(member.memory_info().rss)
    return sum(sizes), max(sizes, default=0)


def shown(source: str) -> tuple[float, int, int, str]:
    """`copydesk show`: seconds, largest sum of resident bytes, largest of one process, standard error."""
    started = time.perf_counter()
    process = subprocess.Popen([COPYDESK, "show", source], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    peak, single = 0, 0
    watched = psutil.Process(process.pid)
    while process.poll() is None:
        with contextlib.suppress(psutil.NoSuchProcess):
            total, largest = family_bytes(watched)
            peak, single = max(peak, total), max(single, largest)
        time.sleep(0.01)
    assert process.stderr is not None
    return time.perf_counter() - started, peak, single, process.stderr.read()


def attacks(url: str) -> bool:
    """Print what a bomb and slow servers cost; returns whether that is too much."""
    _spent, usual, usual_single, _said = shown(url + "/usual")
    spent, peak, single, said = shown(url + "/bomb")
    more, more_single = (peak - usual) / 2**20, (single - usual_single) / 2**20
    print(
        f"{len(BOMB):,} bytes of zstd for 1 GiB: {spent:.1f} s, all processes {more:+.0f} MB, largest {more_single:+.0f} MB"
    )
    print(f"  {said.strip()}")
    failed = more > 80 or said.count("\n") != 1
    for name in ("slow-headers", "slow-body", "interim", "endless"):
        spent, _peak, _single, said = shown(f"{url}/{name}")
        print(f"{name:14} given up after {spent:.1f} s (15 ± 1): {said.strip()}")
        failed |= not 14 < spent < 16.5 or said.count("\n") != 1
    return failed


class Patient(Session):
    """A session that is watched for longer, and whose keys are timed while other things go on."""

    def shows(self, text: str) -> bool:
        """Whether a text is on the screen."""
        return any(text in line for line in self._screen.display)

    def answer_ms(self, key: str) -> float | None:
        """Press a key; milliseconds to the end of the first burst of bytes. What comes later isn't the key's."""
        self.read(0)
        since = time.perf_counter()
        os.write(self.process.fd, key.encode())
        if not select.select([self.process.fd], [], [], 1)[0]:
            return None
        last = self.read(FRAME_S)
        return None if last is None else (last - since) * 1000


def gathering(url: str) -> bool:
    """Print how keys answer while articles are gathered at the polite rate; returns whether that is too slow."""
    session = Patient([COPYDESK, url + "/index", "--depth", "1", "--limit", str(ARTICLES + 1)])
    session.wait_for("Charset")
    delays, number = [], 0
    while not session.shows(f"of {ARTICLES + 1} ") and time.perf_counter() - session.started < 3 * ARTICLES:
        delays.append(session.answer_ms("j" if number % 20 < 10 else "k"))
        number += 1
        session.read(0.1)
    spent = time.perf_counter() - session.started
    session.end()
    answered = sorted(delay for delay in delays if delay is not None)
    p99 = answered[int(len(answered) * 0.99)]
    print(
        f"{ARTICLES} articles gathered in {spent:.0f} s; {len(answered)} of {len(delays)} keys answered: "
        f"median {statistics.median(answered):.0f} ms, p99 {p99:.0f} ms (at most 40)"
    )
    return p99 > 40


def main() -> int:
    """Print the tables; returns 1 if a limit is exceeded."""
    with tempfile.TemporaryDirectory() as folder, serving() as url:
        os.environ["XDG_CACHE_HOME"] = folder
        failed = [starts(url, Path(folder)), attacks(url), gathering(url)]
    return int(any(failed))


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        serve()
    else:
        sys.exit(main())
