"""A program on a real pseudo-terminal, and a pyte screen that shows what it draws."""

import codecs
import os
import re
import select
import signal
import termios
import time
from collections.abc import Mapping

import pyte
from ptyprocess import PtyProcess

PRIVATE = re.compile(r"\x1b\[[<=>][0-9;:]*[@-~]|\x1b\[\?[0-9;]*\$?[@-~]")
"""Private modes and queries, which pyte takes for text."""


class PtyScreen:
    """Starts `argv`; `wait_for` and `press` read until the screen is as expected or the program is quiet."""

    def __init__(
        self, argv: list[str], columns: int = 120, lines: int = 40, env: Mapping[str, str] | None = None
    ) -> None:
        base = {
            key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "COLORTERM", "COLUMNS", "LINES")
        }
        base |= {"TERM": "xterm-256color", "LANG": "C.UTF-8", **(env or {})}
        self.process = PtyProcess.spawn(argv, dimensions=(lines, columns), env=base)
        self.modes = termios.tcgetattr(self.process.fd)
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.Stream(self.screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.sent = b""
        """Everything the program wrote."""

    def __enter__(self) -> "PtyScreen":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.close(force=True)

    def read(self, quiet_s: float, limit_s: float = 10) -> bytes:
        """Read until nothing comes for `quiet_s` seconds, or the end."""
        start, end = len(self.sent), time.monotonic() + limit_s
        while time.monotonic() < end and select.select([self.process.fd], [], [], quiet_s)[0]:
            try:
                part = os.read(self.process.fd, 65536)
            except OSError:
                break
            if not part:
                break
            self.sent += part
            self._stream.feed(PRIVATE.sub("", self._decoder.decode(part)))
        return self.sent[start:]

    def wait_for(self, text: str, limit_s: float = 20) -> None:
        """Read until the screen shows a text."""
        end = time.monotonic() + limit_s
        while text not in self.text():
            assert time.monotonic() < end, f"{text!r} never came; the screen shows\n{self.text()}"
            self.read(0.05, 0.5)

    def press(self, keys: str, quiet_s: float = 0.15) -> bytes:
        """Send keys and return what the program writes then."""
        self.read(0.05)
        os.write(self.process.fd, keys.encode())
        end = time.monotonic() + 5
        while not (written := self.read(quiet_s)) and time.monotonic() < end:
            pass
        return written

    def resize(self, columns: int, lines: int) -> None:
        """Make the terminal another size."""
        self.screen.resize(lines, columns)
        self.process.setwinsize(lines, columns)

    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def end(self, number: signal.Signals | None = None) -> int:
        """Wait for the end, after a signal if one is given; returns the exit status, or minus the signal."""
        if number is not None:
            os.kill(self.process.pid, number)
        end = time.monotonic() + 15
        while self.process.isalive() and time.monotonic() < end:
            self.read(0.05, 0.2)
        self.read(0.05, 0.2)
        assert not self.process.isalive(), "the program did not end"
        status: int = self.process.exitstatus if self.process.signalstatus is None else -self.process.signalstatus
        return status

    def is_restored(self) -> bool:
        """Whether the terminal is as it was: its modes, the main screen, the cursor."""
        left = self.sent.rfind(b"\x1b[?1049l") > self.sent.rfind(b"\x1b[?1049h")
        cursor = self.sent.rfind(b"\x1b[?25h") > self.sent.rfind(b"\x1b[?25l")
        return left and cursor and termios.tcgetattr(self.process.fd)[:4] == self.modes[:4]
