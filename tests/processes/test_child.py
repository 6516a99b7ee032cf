"""What the parent sees of a worker process."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tui.core.model import Limits, Options, Trouble
from tui.core.problems import Reason, unreadable
from tui.core.questions import Source
from tui.processes import child
from tui.processes.child import Child, LostError, resident_bytes
from tui.processes.wire import Setup


def test_memory_is_what_the_system_says() -> None:
    assert resident_bytes(os.getpid()) == pytest.approx(psutil.Process().memory_info().rss, rel=0.1)


def test_memory_is_known_without_proc_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_PROC", Path("/nonexistent"))
    if not os.access("/bin/ps", os.X_OK):
        assert resident_bytes(os.getpid()) == 0
    else:
        assert resident_bytes(os.getpid()) == pytest.approx(psutil.Process().memory_info().rss, rel=0.1)


def test_a_process_that_is_gone_holds_nothing() -> None:
    gone = subprocess.Popen([sys.executable, "-c", "pass"])
    gone.wait()
    assert resident_bytes(gone.pid) == 0


def test_a_parent_that_sees_too_much_memory_gives_the_worker_up(monkeypatch: pytest.MonkeyPatch) -> None:
    started = Child(Setup(Limits(), is_low_priority=False))
    try:
        monkeypatch.setattr(child, "resident_bytes", lambda pid: 2**40)  # a system where the limit does not hold
        os.kill(started._process.pid, signal.SIGSTOP)  # so that the answer does not come first
        with pytest.raises(LostError, match="needed more than 1,024 MB"):
            started.ask(Source(Trouble("gone", 0, unreadable(Reason("no_file"), "gone")), Options()), 5)
    finally:
        started.end()
    assert not started.is_alive


def test_of_a_worker_that_died_before_it_was_told_anything_no_pipe_is_left_open() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    process.wait()
    with pytest.raises(LostError, match="status 0"):
        Child(Setup(Limits(), False), process)
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdin.closed
    assert process.stdout.closed
