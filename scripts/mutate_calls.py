"""Writes down which functions each test runs, for `scripts/mutate.py`: a pytest plug-in that watches all Pythons a test starts.

Each process adds to a file of its own, at once: a child that is killed loses nothing. PYTEST_DONT_REWRITE: the watch begins
before pytest.
"""

import os
import sys
import threading
import time
from types import CodeType, FrameType
from typing import Protocol

_TEST = "MUTATE_TEST"
"""The environment names the test that runs, so that the processes which it starts know it."""
_seen: dict[int, CodeType] = {}
_begun: list[float] = []


class _Report(Protocol):
    nodeid: str
    failed: bool


def watch() -> None:
    """Write down each function of the package that this process calls, once a test."""
    package = f"{os.environ['MUTATE_ROOT']}/tui/"

    def call(frame: FrameType, _event: str, _argument: object) -> None:
        code = frame.f_code
        if id(code) not in _seen:
            _seen[id(code)] = code
            if code.co_filename.startswith(package):
                _write("call", f"{code.co_filename.removeprefix(package)}:{code.co_firstlineno}")

    sys.settrace(call)
    threading.settrace(call)


def pytest_runtest_logstart(nodeid: str) -> None:
    """Begin a test, and watch again: deep recursion ends a trace, and so may the test before."""
    os.environ[_TEST] = nodeid
    _seen.clear()
    watch()
    _begun.append(time.perf_counter())


def pytest_runtest_logreport(report: _Report) -> None:
    """Write down a test that fails while it is watched."""
    if report.failed:
        _write("failed", report.nodeid)


def pytest_runtest_logfinish() -> None:
    """Write down how long a test took."""
    _write("seconds", f"{time.perf_counter() - _begun.pop():.3f}")


def _write(kind: str, what: str) -> None:
    # Opened each time: tests count what is open, and fork.
    with open(f"{os.environ['MUTATE_CALLS']}/{os.getpid()}", "a", encoding="utf-8") as out:  # noqa: PTH123
        out.write(f"{kind}\t{os.environ.get(_TEST, '')}\t{what}\n")
