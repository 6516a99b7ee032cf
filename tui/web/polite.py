"""Many pages, politely: few hosts at once, one request at a time for each, robots.txt kept, back-off where it is asked for."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from tui.core.problems import Problem, Reason, unreadable
from tui.core.values import dataclass, replace
from tui.web import cache, urls
from tui.web.exchange import Session
from tui.web.fetch import Client
from tui.web.freshness import header, seconds
from tui.web.headers import USER_AGENT
from tui.web.job import Failed, FetchJob, KeptAnswer
from tui.web.urls import RefusedError, Url

MAX_BYTES = 500 * 1024
"""Bytes of a robots.txt that are read (RFC 9309, 2.5)."""
MAX_DELAY_S = 30.0
"""Seconds between two requests that a site may ask for."""
AGENT = USER_AGENT.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one site."""

    parsed: Any
    """A Protego; None: the same for all."""
    is_closed: bool = False
    """Nothing may be fetched: the rules can't be had."""
    reason: Reason | Problem | None = None
    """Why they can't be had; None: they can."""

    def allow(self, url: str) -> bool:
        """Say whether we may fetch an address."""
        return not self.is_closed and (self.parsed is None or bool(self.parsed.can_fetch(url, AGENT)))

    @property
    def delay_s(self) -> float:
        """Seconds that the site wants between two requests; 0: it doesn't say."""
        wished = self.parsed.crawl_delay(AGENT) if self.parsed is not None else None
        return min(max(float(wished or 0), 0.0), MAX_DELAY_S)


def rules(status: int, content: bytes, reason: Problem | None = None) -> Rules:
    """Return the rules that an answer gives; status 0: there was none, for this reason.

    Where there is no such file, all is allowed; where the server fails, nothing is (RFC 9309, 2.3.1).

    >>> rules(200, b"User-agent: *\\nDisallow: /private").allow("https://a.example/private/x")
    False
    >>> rules(404, b"").allow("https://a.example/"), rules(503, b"").allow("https://a.example/")
    (True, False)
    """
    if status == 0 or status >= 500 or status == 429:
        return Rules(None, is_closed=True, reason=reason or Reason("server_says", {"status": status}))
    if status != 200:
        return Rules(None)
    from protego import Protego  # only who gathers needs it

    return Rules(Protego.parse(content[:MAX_BYTES].decode("utf-8", "replace")))


HOSTS = 4
"""Hosts that are asked at the same time."""
TRIES = 3
"""Times that a page is asked for while its host says that it is busy."""
_BUSY = frozenset({429, 503})
BUSY_PAGES = 2
"""Pages in a row for which a host stays busy until the rest of them is left."""
MAX_WAIT_S = 60.0
"""Seconds that a host may make us wait before the next try."""
FIRST_WAIT_S = 2.0
"""Seconds before the second try where the host doesn't say; twice that before the third."""

Done = KeptAnswer | Failed


def gather(client: Client, jobs: Sequence[FetchJob], delay_s: float) -> Iterator[Done]:
    """Fetch pages and yield them in the order of `jobs`, each as soon as it and those before it are there."""
    done: dict[str, Future[Done]] = {job.url: Future() for job in jobs}
    hosts: dict[str, list[FetchJob]] = {}
    for job in dict.fromkeys(jobs):
        try:
            hosts.setdefault(urls.parse(job.url).origin, []).append(job)
        except RefusedError as error:
            done[job.url].set_result(Failed(job.url, replace(error.problem, at_stage="fetch")))
    pool = ThreadPoolExecutor(HOSTS, "gather")
    for theirs in hosts.values():
        served = pool.submit(_serve, client, theirs, done, delay_s)
        served.add_done_callback(partial(_give_up, theirs, done))
    for job in jobs:
        yield done[job.url].result()
    pool.shutdown()


def _serve(client: Client, jobs: Sequence[FetchJob], done: dict[str, Future[Done]], delay_s: float) -> None:
    with Session() as session:
        _Host(client, session, delay_s).serve(jobs, done)


def _give_up(jobs: Sequence[FetchJob], done: dict[str, Future[Done]], served: Future[None]) -> None:
    """Nobody must wait for pages that a fault has left behind."""
    for job in jobs:
        if not done[job.url].done():
            fault = Reason("not_gathered", {"fault": repr(served.exception())})
            done[job.url].set_result(_failed(job, fault))


def _failed(job: FetchJob, reason: Reason) -> Failed:
    return Failed(job.url, unreadable(reason, job.url, "fetch"))


class _Host:
    """One host, and when it may be asked again."""

    def __init__(
        self, client: Client, session: Session, delay_s: float, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._client = client
        self._session = session
        self._delay_s = delay_s
        self._sleep = sleep
        self._next = 0.0
        self._busy = 0
        """Pages in a row for which the host stayed busy."""

    def serve(self, jobs: Sequence[FetchJob], done: dict[str, Future[Done]]) -> None:
        """Fetch the pages of this host, one after the other."""
        rules = self._rules(jobs[0])
        self._delay_s = max(self._delay_s, rules.delay_s)
        for job in jobs:
            if self._busy >= BUSY_PAGES:
                done[job.url].set_result(_failed(job, Reason("host_busy")))
            elif rules.allow(job.url):
                done[job.url].set_result(self._fetch(job))
            elif rules.is_closed:
                done[job.url].set_result(_failed(job, Reason("no_robots", {"reason": rules.reason or ""})))
            else:
                done[job.url].set_result(_failed(job, Reason("robots_refuse")))

    def _rules(self, job: FetchJob) -> Rules:
        url = urls.parse(job.url)
        place = Url(url.scheme, url.host, url.port, "/robots.txt")
        found = self._ask(replace(job, url=place.text))
        if isinstance(found, Failed):
            return rules(0, b"", found.problem)
        with Path(found.path).open("rb") as stream:
            facts = cache.facts(found.path)
            if facts.length < MAX_BYTES and any(problem.code == "cut" for problem in facts.problems):
                return rules(0, b"", facts.problems[-1])  # what forbids us may be missing
            return rules(facts.http.status, stream.read(min(facts.length, MAX_BYTES)))

    def _fetch(self, job: FetchJob) -> Done:
        for number in range(1, TRIES + 1):
            found = self._ask(job)
            wait_s = _asked_to_wait(found, FIRST_WAIT_S * number)
            if wait_s is None:
                self._busy = 0
                return found
            self._next = max(self._next, time.monotonic() + wait_s)
        self._busy += 1
        return found

    def _ask(self, job: FetchJob) -> Done:
        self._sleep(max(0.0, self._next - time.monotonic()))
        started = time.time()
        found = self._client.fetch(job, lambda _received: None, self._session)
        # What came from the cache cost the host nothing.
        if isinstance(found, Failed) or cache.facts(found.path).checked >= started:
            self._next = time.monotonic() + self._delay_s
        return found


def _asked_to_wait(found: Done, unsaid_s: float) -> float | None:
    """Seconds until the host wants to be asked again; None: it has answered."""
    if isinstance(found, Failed):
        return None
    http = cache.facts(found.path).http
    if http.status not in _BUSY:
        return None
    wait = header(http.headers, "Retry-After") or ""
    if wait.strip().isdecimal():
        return min(float(wait), MAX_WAIT_S)
    moment = seconds(wait)
    return unsaid_s if moment is None else min(max(moment - time.time(), unsaid_s), MAX_WAIT_S)
