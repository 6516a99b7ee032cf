"""Runs things in a process that may take only so much CPU time and memory: how busy the machine is changes neither."""

import inspect
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from where import TESTS

Ended = subprocess.CompletedProcess[str]


def call(function: Callable[[], object], *, cpu_s: int, memory_mb: int = 4096) -> Ended:
    """Call a function of a test module; beyond a limit its process is ended by a signal."""
    code = f"import {function.__module__} as tests\ntests.{function.__name__}()"
    return _run(["-c", code], cpu_s, memory_mb, str(Path(inspect.getfile(function)).parent))


def copydesk(*arguments: str, cpu_s: int, memory_mb: int = 4096) -> Ended:
    """Run the program; each of its processes has these limits."""
    return _run(["-m", "tui", *arguments], cpu_s, memory_mb)


def _run(arguments: list[str], cpu_s: int, memory_mb: int, room: str = "") -> Ended:
    limits = f'ulimit -t {cpu_s} && ulimit -d {memory_mb * 1024} && exec "$@"'
    path = os.pathsep.join(filter(None, (str(TESTS), room, os.environ.get("PYTHONPATH"))))
    return subprocess.run(
        ["sh", "-c", limits, "sh", sys.executable, *arguments],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
