"""What a slow line makes of the screen: 300 ms ± 100 each way and 56 kbit/s, between the program and a terminal.

Time to the first text and to the first full screen, beside a Textual program that says hello; what a key takes; and
whether keys that were typed ahead, or whose bytes came one by one, lead to the screen to which they lead without a line.
"""

import os
import random
import select
import statistics
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from benchmarks.screen import COPYDESK, HELLO, PAGE, PAGES, TEXT, Session, compile_all

DELAY_S, JITTER_S = 0.3, 0.1
BYTES_PER_S = 7_000
SEED = 16
STARTS = 3
PACKET_BYTES = 512
FULL = (r"▸ *\S", r"Metadata", r"repairs.* · \d+%")
"""All panes are full."""
LISTED = ("Metadata", r"\d of \d\d")
"""So they are with several pages."""
ANSWER_S = 1.0
"""Most seconds between a key and what it leads to."""
START_S = 5.0
"""Most seconds between the first byte and the next while the program starts."""
PRESSED = ("J", "\t", "j", "\x1b[B", " ", "h", "\x1b", "J", "/", "的", "\r", "n", "\x1b", "K", "z", "z")
"""Keys that are pressed when what the one before led to is shown."""
AHEAD = ("J", "h", "q", "J", "z", ":", *"zoom", "\r", "\t", "K")
"""Keys that mean the same before there is a page; ESC would drop those that wait."""


class Way:
    """One direction: in order, each packet late by a time of its own, and no more bytes a second than fit."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._under_way: deque[tuple[float, bytes]] = deque()
        self._free = self._last = 0.0

    def send(self, content: bytes) -> None:
        """Have something brought to the other end."""
        for at in range(0, len(content), PACKET_BYTES):
            packet = content[at : at + PACKET_BYTES]
            self._free = max(time.perf_counter(), self._free) + len(packet) / BYTES_PER_S
            delay = DELAY_S + self._chance.uniform(-JITTER_S, JITTER_S)
            self._last = max(self._last, self._free + delay)
            self._under_way.append((self._last, packet))

    def arrived(self) -> Iterator[bytes]:
        """Yield what has come by now."""
        while self._under_way and self._under_way[0][0] <= time.perf_counter():
            yield self._under_way.popleft()[1]

    def left_s(self) -> float | None:
        """Seconds until something comes; None: nothing is under way."""
        return max(self._under_way[0][0] - time.perf_counter(), 0) if self._under_way else None


class LineSession(Session):
    """A program at the other end of a line."""

    def __init__(self, argv: list[str], seed: int) -> None:
        chance = random.Random(seed)
        self._up, self._down = Way(chance), Way(chance)
        super().__init__(argv)

    def send(self, keys: bytes) -> None:
        """Type keys; each is a packet."""
        self._up.send(keys)

    def read(self, quiet_s: float) -> float | None:
        """Read until it is quiet at this end; returns when the last byte came."""
        before, until = self.last, time.perf_counter() + quiet_s
        while (now := time.perf_counter()) < until:
            times = [left for left in (self._up.left_s(), self._down.left_s()) if left is not None]
            if select.select([self.process.fd], [], [], min([*times, max(until - now, 0.001)]))[0]:
                self._down.send(os.read(self.process.fd, 65536))
            for keys in self._up.arrived():
                os.write(self.process.fd, keys)
            for content in self._down.arrived():
                self.show(content)
                until = time.perf_counter() + quiet_s
        return self.last if self.last != before else None


@contextmanager
def opened(argv: list[str], seed: int | None) -> Iterator[Session]:
    """A session on a line, or with None on none."""
    session = Session(argv) if seed is None else LineSession(argv, seed)
    try:
        yield session
    finally:
        session.end()


Run = tuple[float, int]
"""Seconds, and the bytes that have come by then."""


def started(argv: list[str], seed: int, text: str, *full: str) -> tuple[Run, Run]:
    """What it takes until a text is shown, and until the screen is full: it shows patterns, or without any all is there."""
    with opened(argv, seed) as session:
        first = session.wait_for(text), session.bytes
        if full:
            return first, (session.wait_for(*full), session.bytes)
        last = session.read(ANSWER_S) or session.started + first[0]
        return first, (last - session.started, session.bytes)


def pressed(
    keys: Sequence[str], seed: int | None, *, is_ahead: bool = False, is_apart: bool = False
) -> tuple[str, list[float]]:
    """The screen after keys, and the seconds that each took if none was typed ahead."""
    times: list[float] = []
    with opened([COPYDESK, str(PAGES)], seed) as session:
        if not is_ahead:
            session.wait_for(*LISTED)
        for key in keys:
            begun = time.perf_counter()
            for piece in [key[at : at + 1] for at in range(len(key))] if is_apart else [key]:
                session.send(piece.encode())
            if not is_ahead:
                last = session.read(0.2 if seed is None else ANSWER_S)
                times += [] if last is None else [last - begun]
        session.read(START_S if is_ahead else ANSWER_S)
        return session.text(), times


def main() -> int:
    """Print the tables; returns 1 if a key was lost, or the first screen took longer than hello and a round trip."""
    compile_all()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
            os.environ[name] = folder
        os.environ["SSH_TTY"] = os.devnull
        runs = [
            (
                *started([sys.executable, "-c", HELLO], seed, "hello world"),
                *started([COPYDESK, str(PAGE)], seed, TEXT, *FULL),
            )
            for seed in range(SEED, SEED + STARTS)
        ]
        print(f"{'':32} {'s':>6} {'bytes':>6}")
        times = []
        for name, column in zip(
            ("hello world: text", "hello world: screen", "copydesk: text", "copydesk: screen"),
            zip(*runs, strict=True),
            strict=True,
        ):
            times.append(statistics.median(seconds for seconds, _bytes in column))
            print(f"{name:32} {times[-1]:6.2f} {statistics.median(size for _seconds, size in column):6.0f}")
        failed = any(ours > hello + 2 * DELAY_S for ours, hello in zip(times[2:], times[:2], strict=True))
        print(f"at most a round trip more, {2 * DELAY_S:.1f} s{': failed' * failed}")
        for name, keys, is_ahead, is_apart in (
            ("one by one", PRESSED, False, False),
            ("in bytes", PRESSED, False, True),
            ("typed ahead", AHEAD, True, False),
        ):
            wanted, _times = pressed(keys, None)
            screen, took = pressed(keys, SEED, is_ahead=is_ahead, is_apart=is_apart)
            failed |= screen != wanted
            said = "the same screen" if screen == wanted else "ANOTHER SCREEN"
            print(f"{len(keys)} keys {name}: {said}{f', {statistics.median(took):.2f} s a key' if took else ''}")
            if screen != wanted:
                print(screen, wanted, sep="\n----\n")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
