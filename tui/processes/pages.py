"""Asks about pages wherever they lie: what an address names is fetched first, and then read like a file."""

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile
from typing import TYPE_CHECKING, Self, TypeVar, cast

from tui.choosing.choices import Fetching
from tui.core.answers import Identity, Skipped
from tui.core.errors import CopydeskError, SourceError
from tui.core.files import is_remote
from tui.core.model import FETCHED, Document, Item, Limits, Preview, Ref, Trouble, is_fetched
from tui.core.problems import Problem, Template
from tui.core.questions import Batched, Crowd, Open, Peek, Progress, Question, Recheck, Scan
from tui.core.shelf import Pages, Run
from tui.core.values import replace
from tui.processes.abreast import parts_abreast, width
from tui.processes.client import ChildClient
from tui.processes.network import Network
from tui.processes.scans import Scans, ScanWatch

if TYPE_CHECKING:
    import subprocess

T = TypeVar("T")

PATIENCE_S, PATIENCE_OF_COMMANDS_S = 0.05, 1.0
"""Seconds for which the process of a scan is waited for before another one is started beside it: by those who draw, and by
those for whom starting it costs more than they wait."""


class Processes:
    """The processes of a program that read, scan and fetch, each started when there is work for it."""

    def __init__(
        self,
        limits: Limits,
        fetching: Fetching,
        process: "subprocess.Popen[bytes] | None" = None,
        on_remark: Callable[[Template], object] = lambda _error: None,
    ) -> None:
        """`process` is a child that was launched already: the first question goes to it."""
        self._limits = limits
        self.on_remark = on_remark
        """As in `ChildClient`."""
        self.network = Network(fetching)
        self._remote: ChildClient | None = None
        self._made: list[PageClient] = []
        self.scans = Scans(ChildClient(limits, process=process, on_remark=self.remark), self.remote, self._read_fetched)

    def __enter__(self) -> Self:
        self.scans.client.start()
        return self

    def __exit__(self, *_: object) -> None:
        for client in self._made:
            client.close()
        self.scans.client.close()
        if self._remote is not None:
            self._remote.close()
        self.network.close()

    def client(self, is_glancing: bool = False, patience_s: float = PATIENCE_S) -> "PageClient":
        """Return one who asks. `is_glancing`: with low priority, and its peeks fetch nothing: they look at what is here."""
        self._made.append(PageClient(self, self.child(is_glancing), is_glancing, patience_s))
        return self._made[-1]

    def remark(self, what: Template) -> None:
        """Tell of what is damaged and costs no answer."""
        self.on_remark(what)

    def child(self, is_glancing: bool) -> ChildClient:
        """Return a client of a process of its own, which whoever asks for it closes."""
        return ChildClient(self._limits, is_glancing, on_remark=self.remark)

    def _read_fetched(self, question: Open) -> Document | None:
        try:
            return self._made[0].ask(question, is_ahead=True)
        except CopydeskError:  # given up; whoever asks again gets another answer
            return None

    def remote(self) -> ChildClient:
        """Return the client of the process that reads files on other hosts, and nothing else."""
        if self._remote is None:
            self._remote = ChildClient(self._limits, is_remote=True)
        return self._remote


class PageClient:
    """An `Asker` about pages. What can't be had is an answer with a problem, as ever."""

    def __init__(
        self, processes: Processes, own: ChildClient, is_glancing: bool = False, patience_s: float = PATIENCE_S
    ) -> None:
        self._processes, self._own, self._patience_s = processes, own, patience_s
        self.network = processes.network
        self._is_glancing = is_glancing
        self._others: list[PageClient] = []
        self._asked: ChildClient | None = None
        """Who answers the question under way."""
        self._aside = Skipped()

    def ask(self, question: Question[T], *, is_ahead: bool = False) -> T:
        """Of many pages those are answered first that lie in the same place as the first of all.

        `is_ahead`: the scan asks, for whoever will ask the same.
        """
        if not (is_ahead or self._is_glancing) and (answer := self._processes.scans.ahead(question)) is not None:
            return answer
        question = _together(question)
        ref = question.about
        if isinstance(question, Peek) and self._is_glancing and is_fetched(ref) and not self._is_here(ref):
            return cast(T, (Preview(ref, ref.source),))
        try:
            local, problem = self._local(ref, is_anew=isinstance(question, Open) and question.is_anew)
        except SourceError as error:
            return question.unanswered(_unreadable(error))
        self._asked = asked = self._worker(local)
        try:
            answer = asked.ask(question if local is ref else question.moved(local))
        finally:
            self._asked = None
        if local is not ref:
            answer = question.retold(answer, ref, problem)
        problem = self.changed(ref)
        return question.unanswered(problem) if problem is not None else answer

    def beside(self, count: int) -> "list[PageClient]":
        """Return others who ask, so many or one, each with a process of its own, which last as long as this one's.

        One: what the scan has read is not for several at once.
        """
        others = []
        for _ in range(1 if self._processes.scans.client.has_taken_turns else count):
            others.append(PageClient(self._processes, self._processes.child(self._is_glancing), self._is_glancing))
            self._others.append(others[-1])
            others[-1].start()
        return others

    def crowd(self) -> Crowd | None:
        """Return how several processes are asked, which last as long as there are questions; None: there is one core."""
        return self._crowded if width() > 1 else None

    def _crowded(self, questions: Iterable[Batched[T]], pages: Callable[[T], int]) -> Iterator[list[T]]:
        others = self.beside(width())  # of its own: what else goes on keeps others
        try:
            yield from parts_abreast(others, questions, pages)
        finally:
            for each in others:
                self._others.remove(each)
                each.end()

    def start(self) -> None:
        """Start a process of its own, and ask no other about pages that lie here."""
        self._own.start()

    def scan(self, scan: Scan, watch: ScanWatch | None = None) -> Iterator[Pages]:
        return self._processes.scans.runs(scan, watch)

    @property
    def is_running(self) -> bool:
        """It has a process of its own."""
        return self._own.is_running

    @property
    def skipped(self) -> Skipped:
        """What scans did not show as pages."""
        return self._processes.scans.skipped + self._aside

    def look_aside(self, scan: Scan) -> Iterator[Pages]:
        """Yield what a scan finds that is none of the collection, such as a file beside a page."""
        scans = Scans(self._own, self._processes.remote)
        yield from scans.runs(scan)
        self._aside += scans.skipped

    def _worker(self, ref: Item) -> ChildClient:
        """The process for a page: the scan's, as long as it has nothing else to do; opening never waits for a scan."""
        if _place(ref) == "remote":
            return self._processes.remote()
        scanning = self._processes.scans.client
        if self._own.is_running or self._is_glancing or not scanning.is_free(self._patience_s):
            return self._own
        return scanning

    def _is_here(self, ref: Item) -> bool:
        return (isinstance(ref, Ref) and bool(ref.spool)) or self.network.client.has(ref.source)

    def _local(self, ref: Item, is_anew: bool) -> tuple[Item, Problem | None]:
        """The reference with the bytes on this machine, and what is to be said about their keeping.

        Raises SourceError if they can't be had, CopydeskError if fetching was given up.
        """
        if problem := self.changed(ref):
            raise SourceError(problem)
        if isinstance(ref, Trouble) or not is_fetched(ref) or (ref.spool and not is_anew):
            return ref, None
        copy = self.network.client.page(ref.source, not ref.via, is_anew)
        return replace(ref, spool=copy.path, length=copy.length), copy.problem

    def changed(self, ref: Item) -> Problem | None:
        """Say what has become of the file of a page that was found in another; None: it is the same.

        Asked before and after a page is read: what lies in a file that was replaced meanwhile is not the page.
        """
        stamps = self._processes.scans.stamps
        known = stamps.get(ref.source)
        if known is None or isinstance(ref, Trouble) or _is_untouched(ref, known):
            return None
        now = self._worker(ref).ask(Recheck(ref, known))
        if now.identity is not None:
            stamps[ref.source] = now.identity
        return now.problem

    def remark(self, what: Template) -> None:
        """Tell of something that is damaged, and is done without."""
        self._processes.remark(what)

    def progress(self) -> Progress:
        asked = self._asked
        return self.network.progress() or (asked.progress() if asked is not None else Progress())

    def cancel(self) -> None:
        """Give up what is asked, here and of others, what is fetched for it, and what is awaited of the scan."""
        self.network.cancel()
        self._processes.scans.cancel_ahead()
        for each in (self, *self._others):
            each.give_up()

    def give_up(self) -> None:
        """Give up what its process is asked."""
        if (asked := self._asked) is not None:
            asked.cancel()

    def close(self) -> None:
        """End what was started but the network, which others may use."""
        self.network.cancel()
        for each in (self, *self._others):
            each.end()

    def end(self) -> None:
        """End its process."""
        self._own.close()


def _is_untouched(ref: Ref, known: Identity) -> bool:
    """Whether nothing happened to a file, as its status tells; else it has to be looked into."""
    try:
        status = os.stat(ref.spool or ref.source)  # noqa: PTH116 - paths are plain strings all the way
    except (OSError, ValueError):
        return False
    return (status.st_ino, status.st_size, status.st_mtime_ns) == known[:3]


def _together(question: Question[T]) -> Question[T]:
    """Of a question about many pages, the part that is for one process: those before the first that lies elsewhere."""
    if not isinstance(question, Batched):
        return question
    if isinstance(question.refs, Run) and not is_fetched(question.about):
        return question
    place = _place(question.about)
    here = [] if place == FETCHED else list(takewhile(lambda each: _place(each) == place, question.refs))
    return question.of(here or [question.about])


def _place(ref: Item) -> str:
    """Which process it is for."""
    is_spooled = isinstance(ref, Ref) and bool(ref.spool)
    return FETCHED if is_fetched(ref) else "remote" if is_remote(ref.source) and not is_spooled else "here"


def _unreadable(error: SourceError) -> Problem:
    problem = error.problem
    return replace(problem, at_stage="fetch") if problem.code == "unreadable" else problem
