"""A terminal that takes nothing any more, vanishes, or goes on without having stopped: the screen never waits for it."""

import os
import select
import signal
import subprocess
import sys
import threading

import psutil
import pytest
from pty_screen import PtyScreen
from waiting import PATIENCE_S, wait_until
from where import TESTS

from tui.view.terminal import driver
from tui.view.terminal.driver import MOST_WRITES, Output

MAIN = str(TESTS / "screen_main.py")
REPAINT = b"\x0c"


def test_a_terminal_that_takes_again_gets_what_is_drawn_from_then_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "PATIENCE_S", 0.05)
    ours, theirs = os.openpty()
    caught_up = threading.Event()
    output = Output(theirs, caught_up.set)
    for _ in range(MOST_WRITES * 3):
        output.write(b"x" * 4096)
    seen = b""
    while not caught_up.is_set():
        if select.select([ours], [], [], 0.05)[0]:  # all may have come by now
            seen += os.read(ours, 65536)
    output.write(b"seen\n")
    while b"seen" not in seen:
        seen += os.read(ours, 65536)
    assert len(seen) < MOST_WRITES * 2 * 4096
    output.close()
    os.close(ours)
    os.close(theirs)


def test_nothing_waits_for_a_terminal_that_has_vanished() -> None:
    ours, theirs = os.openpty()
    output = Output(theirs, lambda: None)
    os.close(ours)
    for _ in range(MOST_WRITES * 3):
        output.write(b"x" * 4096)
    output.close()
    os.close(theirs)


def test_a_terminal_that_vanished_is_never_drawn_on_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "PATIENCE_S", 0.05)
    ours, theirs = os.openpty()
    caught_up: list[bool] = []
    output = Output(theirs, lambda: caught_up.append(True))
    for _ in range(MOST_WRITES * 3):
        output.write(b"x" * 4096)
    os.close(ours)
    wait_until(output._waiting.empty)
    output.close()
    os.close(theirs)
    assert caught_up == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, None])
def test_a_screen_that_could_not_be_drawn_obeys_and_ends(number: signal.Signals | None) -> None:
    ours, theirs = os.openpty()
    with subprocess.Popen([sys.executable, MAIN, "pages"], stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        seen = b""
        while b"Peeked" not in seen:
            seen += os.read(ours, 65536)
        os.write(ours, REPAINT * MOST_WRITES * 3)  # and nothing of it is read
        if number is None:
            os.close(ours)
        else:
            process.send_signal(number)
        assert process.wait(PATIENCE_S) == 128 + (number or signal.SIGHUP)
    if number is not None:
        os.close(ours)


def test_going_on_without_having_stopped_leaves_one_that_reads_and_one_that_writes() -> None:
    with PtyScreen([sys.executable, MAIN, "pages"]) as screen:
        screen.wait_for("Peeked 3")
        screen.settle()
        process = psutil.Process(screen.process.pid)
        threads = process.num_threads()
        process.send_signal(signal.SIGCONT)
        screen.until(lambda: screen.sent.count(b"\x1b[?1049h") == 2, "the screen anew")
        screen.settle()
        wait_until(lambda: process.num_threads() <= threads)
        screen.press("J")
        assert "2 of 200" in screen.text()
