"""What collections cost on the screen: until the first page is there, for a key while pages are found, and in memory."""

import os
import re
import select
import shutil
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from ptyprocess import PtyProcess

COPYDESK = str(Path(sys.executable).with_name("copydesk"))
STARTS = 9
PEERS = {"less": ["less"], "visidata": ["vd"], "toolong": ["tl"]}
PATIENCE_S = 30
QUIET_S = 2.5
"""Seconds without a byte after which all pages are taken to be found."""
_PAGE = re.compile(rb"#0 (?:of|/) ")
_NOTHING = re.compile("No pages here|目前没有页面".encode())
_FIRST_TEXT = re.compile(rb"Headline 0")
_LIST_ROW = re.compile(rb"\x1b\[[23](?:;\d+)?H|\x1bD")


@contextmanager
def started(argv: list[str]) -> Iterator[PtyProcess]:
    """A program on a terminal of 120x40, ended with all that it started."""
    env = {
        name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLORTERM", "COLUMNS", "LINES")
    }
    process = PtyProcess.spawn(argv, dimensions=(40, 120), env=env | {"TERM": "xterm-256color", "LANG": "C.UTF-8"})
    try:
        yield process
    finally:
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        for member in reversed(family):
            member.kill()
        process.close(force=True)
        psutil.wait_procs(family, timeout=5)


def shown(process: PtyProcess, pattern: re.Pattern[bytes], limit_s: float) -> float | None:
    """Seconds until the pattern has come; None if it does not."""
    start, seen = time.perf_counter(), b""
    while (left := start + limit_s - time.perf_counter()) > 0:
        if not select.select([process.fd], [], [], left)[0]:
            break
        try:
            seen = seen[-200:] + os.read(process.fd, 65536)
        except OSError:
            break
        if pattern.search(seen):
            return time.perf_counter() - start
    return None


def until(argv: list[str], pattern: re.Pattern[bytes]) -> float | None:
    """Milliseconds from the start of a program until the pattern has come."""
    before = time.perf_counter()
    with started(argv) as process:
        found = shown(process, pattern, PATIENCE_S)
        return None if found is None else (time.perf_counter() - before) * 1000


def first_pages(made: dict[str, Path], empty: Path) -> None:
    """Print how much later than an empty screen the first page is there; both take turns."""
    print(f"\n{'first page':18}{'ms':>8}{'beyond an empty screen':>26}   {'at most':>8}")
    for name, path in made.items():
        pairs = [(until([COPYDESK, str(empty)], _NOTHING), until([COPYDESK, str(path)], _PAGE)) for _ in range(STARTS)]
        whole = [(nothing, page) for nothing, page in pairs if nothing and page]
        if not whole:
            print(f"{name:18} did not show a page")
            continue
        most = 100 if name == "parquet" else 300 if name == "folder" else 50
        beyond = statistics.median(page - nothing for nothing, page in whole)
        print(f"{name:18}{statistics.median(page for _, page in whole):8.0f}{beyond:26.0f}   {most:8}")


def peers(path: Path) -> None:
    """Print how long others take to the first text of the JSON lines, from their start."""
    for peer, argv in PEERS.items():
        if shutil.which(argv[0]) is None:
            print(f"{peer} is not installed")
            continue
        found = [until([*argv, str(path)], _FIRST_TEXT) for _ in range(3)]
        there = [ms for ms in found if ms is not None]
        print(f"{peer:18}{min(there):8.0f} ms from its start" if there else f"{peer}: nothing in {PATIENCE_S} s")


def pressed(process: PtyProcess, key: str) -> float | None:
    """Milliseconds until the rows of the list have answered a key; what is counted elsewhere goes on meanwhile."""
    while select.select([process.fd], [], [], 0)[0]:
        os.read(process.fd, 65536)
    os.write(process.fd, key.encode())
    answered = shown(process, _LIST_ROW, 1)
    return None if answered is None else answered * 1000


def family_mb(pid: int) -> tuple[float, float]:
    """Megabytes of a program and its workers: each shared page once, and of these what is backed by no file."""
    whole = own = 0
    for process in (psutil.Process(pid), *psutil.Process(pid).children(recursive=True)):
        for line in Path(f"/proc/{process.pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            kind, _, value = line.partition(":")
            whole += int(value.split()[0]) if kind == "Pss" else 0
            own += int(value.split()[0]) if kind == "Pss_Anon" else 0
    return whole / 1024, own / 1024


def keys_and_memory(made: dict[str, Path]) -> None:
    """Print what keys take while pages are found, and what the programs hold when all are."""
    print(
        f"\n{'keys':18}{'n':>5}{'median ms':>11}{'p99 (40)':>10}{'s to the end':>14}{'PSS MB (150)':>14}{'own MB':>8}"
    )
    for name, path in made.items():
        with started([COPYDESK, str(path)]) as process:
            shown(process, _PAGE, PATIENCE_S)
            start, times, last = time.perf_counter(), [], time.perf_counter()
            for key in "jk" * 60:
                if (took := pressed(process, key)) is not None:
                    times.append(took)
                time.sleep(0.02)
            while time.perf_counter() - last < QUIET_S and time.perf_counter() - start < PATIENCE_S:
                if select.select([process.fd], [], [], 0.1)[0]:
                    os.read(process.fd, 65536)
                    last = time.perf_counter()
            memory = "{:14.0f}{:8.0f}".format(*family_mb(process.pid)) if sys.platform == "linux" else ""
            times.sort()
            high = times[min(len(times) - 1, len(times) * 99 // 100)]
            print(f"{name:18}{len(times):5}{statistics.median(times):11.1f}{high:10.1f}{last - start:14.1f}{memory}")
