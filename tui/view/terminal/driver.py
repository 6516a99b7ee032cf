"""The way to the terminal and back: one that takes nothing any more, or is gone, keeps the screen from nothing.

Textual 8.2 waits for room among 30 writes; where the terminal took none, or had vanished with them, it waited for ever,
and no signal was obeyed. It asks what the terminal can do, and the answer may come when the shell has it again.
"""

import asyncio
import os
import re
import select
import sys
import time
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import Any

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.messages import TerminalSupportsSynchronizedOutput

from tui.view.terminal.escapes import Escapes, patience_s

MOST_WRITES = 30
"""Writes that may wait for the terminal; then whoever draws waits as well."""
PATIENCE_S = 1.0
"""Seconds to wait for a terminal that takes nothing; from then on it misses what is drawn, until it takes again."""
LOOK_S = 0.005
"""Seconds between two looks at whether it has taken something."""
PIECE_BYTES = 1024
"""Of what is written at once: a slow terminal is seen to take something."""
READ_BYTES = 4096
WAIT_S = 0.1
"""Seconds after which whoever waits for keys looks whether none are wanted any more."""
_QUERY = re.compile(r"\x1b\[\?[0-9]+\$p")
_KITTY = re.compile(r"\x1b\[>[0-9]+u")
KITTY = "\x1b[>1u"
"""Keys that could be taken for others are told apart; letters stay one byte, and those that come too late the shell's."""


class Output:
    """Writes in a thread. `write` may be interrupted by a signal whose handler calls it: it holds no lock."""

    def __init__(self, number: int, caught_up: Callable[[], None]) -> None:
        """`number` is the terminal's descriptor; `caught_up` is called in the thread when the terminal, having missed some, takes again."""
        self._number, self._caught_up = number, caught_up
        self._waiting: SimpleQueue[bytes | None] = SimpleQueue()
        self._taken_bytes = 0
        self._is_missing = False
        """Something was not written."""
        self._thread = Thread(target=self._run, name="output", daemon=True)
        self._thread.start()

    def write(self, content: bytes) -> None:
        """Have something written, or not if the terminal takes nothing."""
        if not self._is_missing and self._is_so_in_time(lambda: self._waiting.qsize() < MOST_WRITES):
            self._waiting.put(content)
        elif not self._is_missing:
            self._is_missing = True
            self._waiting.put(b"")  # all else may have been taken in this moment

    def close(self) -> None:
        """Wait until all is written, or the terminal takes nothing."""
        self._waiting.put(None)
        self._is_so_in_time(lambda: not self._thread.is_alive())

    def _is_so_in_time(self, is_so: Callable[[], bool]) -> bool:
        """Whether something comes to be so while the terminal takes what waits."""
        before, until = self._taken_bytes, time.monotonic() + PATIENCE_S
        while not is_so():
            if self._taken_bytes > before:
                before, until = self._taken_bytes, time.monotonic() + PATIENCE_S
            elif time.monotonic() > until:
                return False
            time.sleep(LOOK_S)
        return True

    def _run(self) -> None:
        is_gone = False
        while (content := self._waiting.get()) is not None:
            while content and not is_gone:
                try:
                    taken_bytes = os.write(self._number, content[:PIECE_BYTES])
                except OSError:  # the terminal has vanished: nobody will see the rest
                    is_gone = True
                else:
                    self._taken_bytes += taken_bytes
                    content = content[taken_bytes:]
            if self._is_missing and self._waiting.empty() and not is_gone:
                self._is_missing = False
                self._caught_up()


class PatientDriver(LinuxDriver):
    """As Textual's; what it takes from that are public names."""

    def __init__(self, app: App[Any], **given: Any) -> None:
        super().__init__(app, **given)
        self._repaint = app.action_repaint  # type: ignore[attr-defined]  # of LeanApp, which alone has this driver
        self._parser, self._take_over = app.key_parser(), app.take_over  # type: ignore[attr-defined]  # the same
        self._is_open = False
        """The alternate screen is there already."""
        self._lines_typed_bytes = app.early.lines_typed_bytes if app.early else 0  # type: ignore[attr-defined]  # the same
        self._running = asyncio.get_running_loop()
        self._output: Output | None = None

    def start_application_mode(self) -> None:
        """Take the terminal; one that is held already is given back before.

        SIGCONT comes after a SIGSTOP of which nobody was told, too, and together with SIGHUP.
        """
        if self._output is not None:
            self.suspend_application_mode()
        if not os.isatty(self.fileno):  # it has vanished, and reading it would never wait
            return
        self._output = Output(self.fileno, self._caught_up)
        modes = self._take_over()
        self._is_open = modes is not None
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's
        self._is_open = False
        self.attrs_before = modes or self.attrs_before
        # Terminals that don't know the mode pass over it.
        self.process_message(TerminalSupportsSynchronizedOutput())

    def run_input_thread(self) -> None:
        """Hand on keys until none are wanted any more."""
        if self._parser is None:
            super().run_input_thread()
            return
        # What isn't UTF-8 would end Textual: a terminal may be set to another charset.
        escapes, decode = Escapes(), getincrementaldecoder("utf-8")("replace").decode
        held_s = patience_s(os.environ)
        while not self.exit_event.is_set():
            content = ""
            if select.select([self.fileno], [], [], held_s if escapes.held else WAIT_S)[0]:
                content = escapes.feed(decode(self._read()))
            elif escapes.held:
                content = escapes.rest()
            for message in (*(self._parser.feed(content) if content else ()), *self._parser.tick()):
                self.process_message(message)

    def _read(self) -> bytes:
        """What was typed; before the terminal was taken, it made a line end of ENTER."""
        content = os.read(self.fileno, READ_BYTES)
        old = content[: self._lines_typed_bytes]
        self._lines_typed_bytes -= len(old)
        return old.replace(b"\n", b"\r") + content[len(old) :]

    def write(self, data: str) -> None:
        """Write to the terminal, if it takes it; nothing is asked of it."""
        data = _KITTY.sub(KITTY, _QUERY.sub("", data))
        if self._is_open and data == "\x1b[?1049h":
            return
        if data and self._output is not None and sys.__stderr__ is not None:
            self._output.write(data.encode(sys.__stderr__.encoding, "backslashreplace"))

    def flush(self) -> None:
        """Nothing is kept back."""

    def close(self) -> None:
        """Let go of the terminal."""
        if self._output is not None:
            self._output.close()
            self._output = None
        super().close()

    def _caught_up(self) -> None:
        with suppress(RuntimeError):  # the loop has ended
            self._running.call_soon_threadsafe(self._repaint)
