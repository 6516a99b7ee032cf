"""A program on a real pseudo-terminal, and a pyte screen that shows what it draws."""

import codecs
import os
import re
import select
import signal
import termios
from collections.abc import Callable, Mapping

import pyte
from ptyprocess import PtyProcess
from screen_marks import ASK, MARK
from waiting import wait_until

PRIVATE = re.compile(r"\x1b\[[<=>][0-9;:]*[@-~]|\x1b\[\?[0-9;]*\$?[@-~]")
"""Private modes and queries, which pyte takes for text."""
CUT = re.compile(r"\x1b(\[[<=>?]?[0-9;:]*\$?)?\Z")
"""The start of a sequence whose rest is still to come."""


class Emulator(pyte.Screen):
    """A terminal of pyte 0.8.2's, with two faults mended."""

    def insert_characters(self, count: int | None = None) -> None:
        """What is pushed out at the right is gone: pyte keeps a cell of it, which deleting characters brought back."""
        super().insert_characters(count)
        self.buffer[self.cursor.y].pop(self.columns, None)

    def delete_lines(self, count: int | None = None) -> None:
        """A blank row takes the place of another one as well: pyte leaves that one where nothing was ever written."""
        for y in range(self.lines):
            self.buffer[y]  # makes it
        super().delete_lines(count)


class PtyScreen:
    """Starts `argv`; `wait_for` reads until the screen shows something, `press` until the program has done what it was told."""

    def __init__(
        self,
        argv: list[str],
        columns: int = 120,
        lines: int = 40,
        env: Mapping[str, str] | None = None,
        *,
        kind: type[pyte.Screen] = Emulator,
    ) -> None:
        base = {
            key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "COLORTERM", "COLUMNS", "LINES")
        }
        base |= {"TERM": "xterm-256color", "LANG": "C.UTF-8", **(env or {})}
        self.process = PtyProcess.spawn(argv, dimensions=(lines, columns), env=base)
        self.modes = termios.tcgetattr(self.process.fd)
        self.screen = kind(columns, lines)
        self._stream = pyte.Stream(self.screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._cut = ""
        self.sent = b""
        """Everything the program wrote."""

    def __enter__(self) -> "PtyScreen":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.close(force=True)

    def read(self, wait_s: float = 0.05) -> bytes:
        """Take what the program has written, and wait for a moment if that is nothing yet."""
        start = len(self.sent)
        while select.select([self.process.fd], [], [], wait_s)[0]:
            wait_s = 0
            try:
                part = os.read(self.process.fd, 65536)
            except OSError:
                break
            if not part:
                break
            self.sent += part
            self._show(self._decoder.decode(part))
        return self.sent[start:]

    def _show(self, written: str) -> None:
        written = self._cut + written
        cut = CUT.search(written)
        self._cut = cut[0] if cut else ""
        self._stream.feed(PRIVATE.sub("", written.removesuffix(self._cut)))

    def until(self, is_so: Callable[[], object], what: str) -> None:
        """Read until something is so."""

        def look() -> object:
            self.read()
            return is_so()

        wait_until(look, lambda: f"{what} never came; the screen shows\n{self.text()}")

    def wait_for(self, text: str) -> None:
        """Read until the screen shows a text."""
        self.until(lambda: text in self.text(), repr(text))

    def send(self, keys: str) -> None:
        """Send keys; what they lead to is to be waited for."""
        os.write(self.process.fd, keys.encode())

    def settle(self) -> bytes:
        """Read until all that was asked for is done and drawn, and return what came; for programs with `screen_marks`."""
        start = len(self.sent)
        self.send(ASK)
        self.until(lambda: MARK in self.sent[start:], "the mark")
        self.sent = self.sent[:start] + self.sent[start:].replace(MARK, b"")
        return self.sent[start:]

    def press(self, keys: str) -> bytes:
        """Send keys and return what is written for them; as in `settle`."""
        self.send(keys)
        return self.settle()

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
        self.until(lambda: not self.process.isalive(), "the end of the program")
        self.read()
        status: int = self.process.exitstatus if self.process.signalstatus is None else -self.process.signalstatus
        return status

    def is_restored(self) -> bool:
        """Whether the terminal is as it was: its modes, the main screen, the cursor."""
        left = self.sent.rfind(b"\x1b[?1049l") > self.sent.rfind(b"\x1b[?1049h")
        cursor = self.sent.rfind(b"\x1b[?25h") > self.sent.rfind(b"\x1b[?25l")
        return left and cursor and termios.tcgetattr(self.process.fd)[:4] == self.modes[:4]
