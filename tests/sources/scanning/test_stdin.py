"""The screen while it waits for standard input."""

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from pty_screen import PtyScreen
from waiting import PATIENCE_S

from tui.core.model import Ref
from tui.sources.scanning import standard_input


def test_waiting_for_standard_input_can_be_stopped_and_left(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    # Opened both ways, so that it neither ends nor keeps the shell waiting.
    with PtyScreen(["sh", "-c", 'exec "$0" -m tui - <>"$1"', sys.executable, str(pipe)]) as screen:
        screen.wait_for("Looking for pages")
        screen.send("\x03")
        screen.wait_for("stopped; 0 pages found so far")
        assert "Looking for pages" not in screen.text()
        assert "stopped before any page was found" in screen.text()
        screen.send("\x03")
        assert screen.end() == 0
        assert b"Fatal" not in screen.sent


def test_whoever_waits_for_standard_input_ends_with_the_program() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tui", "list", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(b'{"text": "rain"}\n')
        program.stdin.flush()
        assert program.stdout.readline().endswith(b"rain\t-\n")
        children = psutil.Process(program.pid).children()
        assert children
        program.kill()
    gone, alive = psutil.wait_procs(children, timeout=PATIENCE_S)
    assert (len(gone), alive) == (len(children), [])


def test_standard_input_is_looked_at_again_when_more_has_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "copy"
    lines = [b'{"text": "row %d"}\n' % number for number in range(3)]
    copy.write_bytes(lines[0])
    coming, waits = lines[1:], list[int]()

    def come(_delay_s: float) -> None:
        if coming:
            copy.write_bytes(copy.read_bytes() + coming.pop(0))
        else:
            copy.chmod(0o400)

    def pause() -> None:
        waits.append(copy.stat().st_size)
        assert len(waits) <= 3

    monkeypatch.setattr("time.sleep", come)
    file = Ref("-", 0, spool=str(copy))
    found = list(standard_input.as_they_come(file, pause, list))
    assert (len(found), waits) == (3, [len(lines[0]) * count for count in (1, 2, 3)])
