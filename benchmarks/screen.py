"""What the screen costs on a real pseudo-terminal of 120x40: time to the first full screen, bytes and time for a key.

Starts alternate with those of a Textual program that says hello, so that both meet the same machine. Bytes are the same
in each run; times are not.
"""

import codecs
import compileall
import os
import re
import select
import statistics
import sys
import time
from operator import truediv
from pathlib import Path

import psutil
import pyte
from ptyprocess import PtyProcess

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from pty_screen import CUT, Emulator

COLUMNS, LINES = 120, 40
STARTS = 9
PATIENCE_S = 30
QUIET_S = 0.12
REST_S = 0.015
"""Processor time in such a time that a program takes which does nothing; the clock's ticks are 0.01 s."""
PRIVATE = re.compile(r"\x1b\[[<=>][0-9;:]*[@-~]|\x1b\[\?[0-9;]*\$?[@-~]|\x1b\][^\x07]*\x07")
PAGES = Path(__file__).resolve().parent.parent / "sample_pages"
PAGE = min(PAGES.iterdir())
"""The first sample page, which has the most to show."""
TEXT = "六周"
"""Stands in its body, and in no list."""
HELLO = """
from textual.app import App
from textual.widgets import Static

class Hello(App):
    def compose(self):
        yield Static("hello world")

Hello().run()
"""
COPYDESK = str(Path(sys.executable).with_name("copydesk"))
# What is measured, keys that lead there, the key, how often, and the most bytes it may cost: at the median, and ever.
KEYS = (
    ("list move", "j", "j", 10, 200, 300),
    ("page of the list", "", " ", 2, 3_100, 3_400),
    ("pane switch", "", "\t", 6, 500, 1_000),
    ("body line beside a list", "\t", "j", 40, 50, 2_200),
    ("body page", "gg", " ", 2, 1_800, 2_000),
    ("next repair", "gg", "]", 5, 100, 150),
    ("zoom", "", "z", 3, 2_000, 4_000),
    ("body line, zoomed", "gg", "\x05", 10, 150, 200),
    ("all repairs", "", "D", 1, 5_000, 5_000),
    ("a line of them", "", "j", 5, 200, 250),
    ("back", "", "\x1b", 1, 2_600, 2_600),
    ("source and back", "z", "\\", 4, 2_200, 2_200),
    ("next page", "", "J", 5, 4_000, 5_100),
)
LATENCY_MS = 15
"""Most milliseconds from a key to the last byte, at the median."""
BURST_HZ = 30
BURST_KEYS = 60
LAG_MS = 50
"""Most milliseconds after the last of a burst of keys."""


class Session:
    """A program on a pseudo-terminal, and what it shows."""

    def __init__(self, argv: list[str]) -> None:
        env = {
            key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "COLORTERM", "COLUMNS", "LINES")
        }
        self._screen = Emulator(COLUMNS, LINES)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._cut = ""
        self.started = time.perf_counter()
        self.process = PtyProcess.spawn(argv, dimensions=(LINES, COLUMNS), env=env | {"TERM": "xterm-256color"})
        self.bytes = 0
        self.last: float | None = None
        """When the last byte came."""

    def read(self, quiet_s: float) -> float | None:
        """Read until it is quiet; returns when the last byte came, None if none did."""
        before = self.last
        while select.select([self.process.fd], [], [], quiet_s)[0]:
            self.show(os.read(self.process.fd, 65536))
        return self.last if self.last != before else None

    def show(self, part: bytes) -> None:
        """Take in what has come."""
        self.bytes, self.last = self.bytes + len(part), time.perf_counter()
        written = self._cut + self._decoder.decode(part)
        cut = CUT.search(written)
        self._cut = cut[0] if cut else ""
        self._stream.feed(PRIVATE.sub("", written.removesuffix(self._cut)))

    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(self._screen.display)

    def send(self, keys: bytes) -> None:
        """Type keys."""
        os.write(self.process.fd, keys)

    def wait_for(self, *patterns: str, quiet_s: float = 0.05) -> float:
        """Read until the screen shows all patterns; returns the seconds from the start to the byte that completed it."""
        seen = None
        while time.perf_counter() - self.started < PATIENCE_S:
            # Looking costs more than drawing, and there are few cores: only when it is quiet again. All may be there already.
            if self.last != seen and all(re.search(pattern, self.text()) for pattern in patterns):
                return (self.last or self.started) - self.started
            seen = self.last
            self.read(quiet_s)
        raise SystemExit(f"never shown: {patterns}; the screen shows\n{self.text()}")

    def settle(self) -> float | None:
        """Read until the program and its children are at rest; returns when the last byte came, None if none did."""
        before, worked_s = self.last, -1.0
        while self.read(QUIET_S) is not None or self._cpu_s() - worked_s > REST_S:
            worked_s = self._cpu_s()
        return self.last if self.last != before else None

    def _cpu_s(self) -> float:
        times = [process.cpu_times() for process in self._family()]
        return sum(each.user + each.system for each in times)

    def _family(self) -> list[psutil.Process]:
        process = psutil.Process(self.process.pid)
        return [process, *process.children(recursive=True)]

    def press(self, key: str) -> tuple[int, float | None]:
        """Press a key; returns bytes and milliseconds to the last of them, None if there were none."""
        before, since = self.bytes, time.perf_counter()
        os.write(self.process.fd, key.encode())
        last = self.settle()
        return self.bytes - before, None if last is None else (last - since) * 1000

    def burst(self, key: str) -> float | None:
        """Hold a key down; returns milliseconds from the last press to the last byte."""
        last: float | None = None
        for _ in range(BURST_KEYS):
            pressed = time.perf_counter()
            os.write(self.process.fd, key.encode())
            end = pressed + 1 / BURST_HZ
            while (left := end - time.perf_counter()) > 0:
                if select.select([self.process.fd], [], [], left)[0]:
                    last = time.perf_counter()
                    self.bytes += len(os.read(self.process.fd, 65536))
        last = self.settle() or last
        return None if last is None else max(last - pressed, 0) * 1000

    def end(self) -> None:
        """End the program and its workers, so that the next start has the machine to itself."""
        family = self._family()
        for process in reversed(family):
            process.kill()
        self.process.close(force=True)
        psutil.wait_procs(family, timeout=5)


def compile_all() -> None:
    """Do what installing does; each start would pay for it where PYTHONDONTWRITEBYTECODE is set."""
    compileall.compile_dir(PAGES.parent / "tui", quiet=1)


def starts() -> tuple[list[float], list[float], list[float]]:
    """Seconds to the first text and to the first full screen, and to hello's."""
    texts, ours, hello = [], [], []
    for _ in range(STARTS):
        session = Session([COPYDESK, str(PAGE)])
        texts.append(session.wait_for(TEXT, quiet_s=0.002))
        # The page in the list, metadata and how much of the text is shown: all panes are full then.
        ours.append(session.wait_for(r"▸ *\S", r"Metadata", r"repairs.* · \d+%"))
        session.end()
        session = Session([sys.executable, "-c", HELLO])
        hello.append(session.wait_for("hello world"))
        session.end()
    return texts, ours, hello


def main() -> int:
    """Print the tables; returns 1 if a limit is exceeded."""
    compile_all()
    texts, fulls, hellos = starts()
    text, ours, hello = map(statistics.median, (texts, fulls, hellos))
    # In pairs: others may use the machine as well.
    ratio, text_ratio = (statistics.median(map(truediv, times, hellos)) for times in (fulls, texts))
    print(f"first text  {text * 1000:.0f} ms; ratio {text_ratio:.2f} (at most 0.70)")
    print(
        f"first full screen  {ours * 1000:.0f} ms; hello world {hello * 1000:.0f} ms; ratio {ratio:.2f} (at most 1.25)"
    )
    failed = ratio > 1.25 or text_ratio > 0.7
    session = Session([COPYDESK, str(PAGE), str(PAGES)])
    session.wait_for("Metadata", r"1 of \d\d")
    session.settle()
    print(f"bytes until nothing more comes  {session.bytes}")
    print(f"{'key':24} {'bytes':>7} {'limit':>7} {'most':>7} {'limit':>7} {'ms':>6}")
    for name, way, key, times, limit, most in KEYS:
        for step in way:
            session.press(step)
        measured = [cost for cost in (session.press(key) for _ in range(times)) if cost[0]]
        sizes = [size for size, _delay in measured]
        if not measured:
            raise SystemExit(f"{name}: the key did nothing")
        delay = statistics.median([delay for _size, delay in measured if delay is not None])
        median, highest = statistics.median(sizes), max(sizes)
        over = median > limit or highest > most or (times > 5 and delay > LATENCY_MS)
        failed |= over
        print(f"{name:24} {median:7.0f} {limit:7} {highest:7} {most:7} {delay:6.1f}{'  too much' * over}")
    # The first page, and the list with what was found in it, are long enough for all keys of a burst.
    for name, key, steps in (("text", "j", ("#", "0", "\r", "g", "g")), ("list", "j", ("\x1b[Z", "g", "g"))):
        for step in steps:
            session.press(step)
        lag = session.burst(key)
        failed |= lag is not None and lag > LAG_MS
        print(f"lag after {BURST_KEYS} keys at {BURST_HZ} Hz in the {name}  {lag or 0:.0f} ms (at most {LAG_MS})")
    process = psutil.Process(session.process.pid)
    print(f"memory of the screen's process  {process.memory_info().rss / 2**20:.0f} MB")
    session.end()
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
