"""When hosts are asked while pages are gathered, by a clock that goes on only while they are left alone."""

import socket
import time
from concurrent.futures import Future
from pathlib import Path

import pytest
from hostile import Server, answer, path
from waiting import PATIENCE_S

from tui.web import polite
from tui.web.exchange import Session
from tui.web.fetch import Client
from tui.web.job import FetchJob, FetchSettings, KeptAnswer


class Clock:
    """Stands still but for `sleep`."""

    def __init__(self) -> None:
        self.now = 0.0
        self.time = time.time

    def monotonic(self) -> float:
        """Seconds that were slept."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


class Site:
    """A server that remembers when it was asked for what."""

    def __init__(self, clock: Clock, robots: bytes, busy: str = "") -> None:
        self.asked: list[tuple[float, str]] = []
        self._clock, self._robots, self._busy = clock, robots, busy
        self.server = Server(self._handle)

    def _handle(self, connection: socket.socket, request: bytes) -> None:
        name = path(request)
        self.asked.append((self._clock.now, name))
        if name == "/robots.txt":
            connection.sendall(answer(self._robots))
        elif self._busy and len(self.asked) == 2:
            connection.sendall(answer(b"wait", self._busy, status="429 Too Many Requests"))
        else:
            connection.sendall(answer(b"<title>Rain</title>"))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(polite, "time", made)
    return made


def gathered(site: Site, clock: Clock, delay_s: float, folder: Path, *names: str) -> list[bool]:
    """Gather pages of the site; returns which of them came."""
    (folder / "session").mkdir()
    client = Client(FetchSettings(str(folder / "session"), str(folder / "cache"), 10**8, timeout_s=PATIENCE_S))
    with site.server as server, Session() as session:
        jobs = [FetchJob(server.url + name, is_typed=True) for name in names]
        done: dict[str, Future[polite.Done]] = {job.url: Future() for job in jobs}
        polite._Host(client, session, delay_s, clock.sleep).serve(jobs, done)
        return [isinstance(done[job.url].result(), KeptAnswer) for job in jobs]


@pytest.mark.parametrize(("robots", "delay_s"), [(b"User-agent: *\nCrawl-delay: 7", 7), (b"User-agent: *", 1)])
def test_a_host_is_left_alone_between_two_requests(clock: Clock, tmp_path: Path, robots: bytes, delay_s: float) -> None:
    site = Site(clock, robots)
    assert gathered(site, clock, 1, tmp_path, "/1", "/2", "/3") == [True] * 3
    assert site.asked == [(0, "/robots.txt"), (1, "/1"), (1 + delay_s, "/2"), (1 + 2 * delay_s, "/3")]


@pytest.mark.parametrize(("busy", "wait_s"), [("Retry-After: 30", 30), ("X-Busy: yes", polite.FIRST_WAIT_S)])
def test_a_busy_host_is_left_alone_for_as_long_as_it_says(
    clock: Clock, tmp_path: Path, busy: str, wait_s: float
) -> None:
    site = Site(clock, b"User-agent: *", busy)
    assert gathered(site, clock, 1, tmp_path, "/1", "/2") == [True] * 2
    assert site.asked == [(0, "/robots.txt"), (1, "/1"), (1 + wait_s, "/1"), (2 + wait_s, "/2")]
