"""The screen while it waits for standard input."""

import os
import sys
from pathlib import Path

from pty_screen import PtyScreen


def test_waiting_for_standard_input_can_be_stopped_and_left(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    # Opened both ways, so that it neither ends nor keeps the shell waiting.
    with PtyScreen(["sh", "-c", 'exec "$0" -m tui - <>"$1"', sys.executable, str(pipe)]) as screen:
        screen.wait_for("Looking for pages")
        screen.send("\x03")
        screen.wait_for("stopped; 0 pages found so far")
        assert "Looking for pages" not in screen.text()
        assert "the search was stopped before there was one" in screen.text()
        screen.send("\x03")
        assert screen.end() == 0
        assert b"Fatal" not in screen.sent
