"""Asks fetching processes for pages of the network: one for the page that is wanted, one for those that are gathered."""

import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from tui.core.errors import SourceError
from tui.core.problems import Problem, Reason, system_reason, unreadable
from tui.core.values import dataclass, replace
from tui.processes.child import Child, ChildLine, LostError
from tui.processes.launch import launch
from tui.web import cache, urls
from tui.web.job import BytesReceived, Failed, FetchJob, FetchSettings, Gather, GatherDone, KeptAnswer

GATHER_S = 600.0
"""Seconds for one page of a gathering: its turn, what its host makes us wait, and three tries."""


@dataclass(frozen=True, slots=True)
class LocalCopy:
    """A page that lies on this machine now."""

    path: str
    """Of a file in the cache or the folder of the session."""
    length: int
    """Bytes of the page."""
    problem: Problem | None = None
    """What is to be said about the keeping of it."""


class FetchClient:
    """Fetches pages and remembers where they lie, or why they can't be had. `cancel` and `close` may be called from any thread."""

    def __init__(self, settings: FetchSettings, is_offline: bool = False) -> None:
        """`is_offline`: take pages from the cache only, however old they are."""
        self._settings = settings
        self._is_offline = is_offline
        self._cache = cache.Cache(settings.cache, settings.cache_bytes, settings.headers)
        self._known: dict[str, str] = {}
        self._dropped: dict[str, Problem] = {}
        """Address -> why the page that the cache had is not the one that is shown."""
        """Address as it was asked for -> path, for what came since the start."""
        self._failed: dict[tuple[str, bool], Problem] = {}
        """(address, whether the user named it) -> why it could not be had when it was asked for last."""
        self._inward: set[str] = set()
        self._named: set[str] = set()
        """Origins that the user named."""
        self._userinfo: dict[str, str] = {}
        """Origin -> `user:password` that the user typed for it."""
        self.gathered = (0, 0)
        """As in `Progress`."""
        self._turn = threading.Lock()
        self._wanted = _Line(settings)
        self._gathered = _Line(settings)

    def learn(self, url: str) -> None:
        """Take note of the user name and password in an address that the user named; from here on it is known without them."""
        with suppress(urls.RefusedError):
            parsed = urls.parse(url)
            if parsed.userinfo:
                self._named.add(parsed.origin)
                self._userinfo[parsed.origin] = parsed.userinfo

    def start(self, url: str) -> None:
        """Get the process ready if it will be asked for this address. That it can't be started is said when it is asked."""
        if not self._is_offline and self._cached(url, must_be_fresh=True) is None:
            self._wanted.start()

    @property
    def received(self) -> int:
        """Bytes that have come so far of the page that is being fetched; 0: none is."""
        return self._wanted.received

    def has(self, url: str) -> bool:
        """Whether the page lies here, so that nothing would be fetched for it."""
        path = self._known.get(url)
        return (path is not None and Path(path).exists()) or self._cached(url, must_be_fresh=True) is not None

    def page(self, url: str, is_typed: bool, must_ask: bool = False) -> LocalCopy:
        """Return where a page lies, and fetch it if need be; `must_ask`: ask the server whatever is known.

        What failed is not tried again by itself: it would take as long, and a name may lead elsewhere by then.
        Raises SourceError if there is nothing to be shown, Cancelled if it was given up.
        """
        with self._turn:
            if not must_ask and (path := self._known.get(url)) and Path(path).exists():
                return LocalCopy(path, cache.facts(path).length, self._dropped.get(url))
            if not must_ask and (problem := self._failed.get((url, is_typed))):
                raise SourceError(problem)
            if (not must_ask or self._is_offline) and (copy := self._cached(url, not self._is_offline)):
                return copy
            if self._is_offline:
                raise SourceError(Reason("not_in_cache"), url)
            job = replace(self._job(url, is_typed), asked=time.monotonic(), must_ask=must_ask)
            answer = self._wanted.ask(job, self._settings.timeout_s)
            self._failed.pop((url, is_typed), None)
            if isinstance(answer, Failed):
                self._failed[url, is_typed] = answer.problem
            copy = self._taken(answer, is_typed)
            return copy if copy.problem else replace(copy, problem=self._dropped.get(url))

    def pin(self, copy: LocalCopy) -> str:
        """Return a path at which these very bytes stay until the end, whatever becomes of the cache. Raises OSError."""
        folder = Path(self._settings.session)
        folder.mkdir(mode=0o700, exist_ok=True)
        path = folder / f"{os.urandom(8).hex()}.pinned"
        try:
            path.hardlink_to(copy.path)
        except OSError:  # on another file system
            import shutil

            shutil.copyfile(copy.path, path)
        return os.fspath(path)

    def _job(self, url: str, is_typed: bool) -> FetchJob:
        origin = ""
        with suppress(urls.RefusedError):  # the process says why
            origin = urls.parse(url).origin
        if is_typed:
            self._named.add(origin)
        named = origin if origin in self._named else ""
        return FetchJob(url, is_typed, frozenset(self._inward), named, self._userinfo.get(named, ""))

    def gather(self, pages: Sequence[str]) -> Iterator[LocalCopy | SourceError]:
        """Fetch pages that other pages link to, politely, and yield them in order as they come.

        Raises Cancelled if it was given up.
        """
        if self._is_offline:
            yield from (self._offline(url) for url in pages)
            return
        jobs = tuple(self._job(url, is_typed=False) for url in pages)
        self.gathered = (0, len(jobs))
        try:
            for count, answer in enumerate(self._gathered.ask_for_all(jobs, GATHER_S), 1):
                self.gathered = (count, len(jobs))
                try:
                    yield self._taken(answer, is_typed=False)
                except SourceError as error:
                    yield error
        finally:
            self.gathered = (0, 0)

    def _offline(self, url: str) -> LocalCopy | SourceError:
        try:
            return self.page(url, is_typed=False)
        except SourceError as error:
            return error

    def cancel(self) -> None:
        """Give up the page that is being fetched; its caller gets Cancelled. Without one, do nothing."""
        self._wanted.cancel()

    def close(self) -> None:
        """End the processes and remove what may not be kept; everything under way is given up."""
        self._wanted.close()
        self._gathered.close()
        import shutil  # nothing else needs it

        shutil.rmtree(self._settings.session, ignore_errors=True)

    def _cached(self, url: str, must_be_fresh: bool) -> LocalCopy | None:
        try:
            parsed = urls.parse(url)
            key = (parsed.text, self._userinfo.get(parsed.origin, ""))
            stored = self._cache.find(*key)
        except urls.RefusedError:
            return None  # the process says why
        except cache.DroppedError as error:
            self._dropped[url] = error.problem
            return None
        if stored is None or (must_be_fresh and stored.fresh_until <= time.time()):
            return None
        if stored.inward:
            self._inward.add(stored.inward)
        return self._remember(url, LocalCopy(self._cache.path(*key), stored.length))

    def _taken(self, answer: object, is_typed: bool) -> LocalCopy:
        if isinstance(answer, Failed):
            raise SourceError(answer.problem)
        assert isinstance(answer, KeptAnswer)  # noqa: S101 - the process answers what it is asked
        if is_typed and answer.inward:
            self._inward.add(answer.inward)
        return self._remember(answer.url, LocalCopy(answer.path, answer.length, answer.problem))

    def _remember(self, url: str, copy: LocalCopy) -> LocalCopy:
        self._known[url] = copy.path
        return copy


class _Line(ChildLine):
    """The questions to one fetching process."""

    def __init__(self, settings: FetchSettings) -> None:
        super().__init__(self._made)
        self._settings = settings
        self.received = 0

    def _made(self) -> Child:
        folder = Path(self._settings.session)
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            reason = Reason("no_temporary_folder", {"folder": str(folder.parent), "why": system_reason(error)})
            raise LostError(reason) from error
        return Child(self._settings, start=partial(launch, "tui.processes.fetcher"))

    def ask(self, job: FetchJob, limit_s: float) -> object:
        """Return the answer. Raises Cancelled; a process that is lost is a Failed."""
        try:
            with self.asking() as child:
                answer = child.ask(job, limit_s)
                while isinstance(answer, BytesReceived):
                    self.received = answer.received
                    answer = child.listen(limit_s)
                return answer
        except LostError as loss:
            return Failed(job.url, unreadable(Reason("fetch_failed", {"reason": loss.reason}), job.url, "fetch"))
        finally:
            self.received = 0

    def ask_for_all(self, jobs: tuple[FetchJob, ...], limit_s: float) -> Iterator[object]:
        """Yield an answer for each job, in order. Raises Cancelled, SourceError if the process is lost."""
        try:
            with self.asking() as child:
                answer = child.ask(Gather(jobs), limit_s)
                while not isinstance(answer, GatherDone):
                    yield answer
                    answer = child.listen(limit_s)
        except LostError as loss:
            raise SourceError(Reason("gathering_failed", {"reason": loss.reason})) from None
