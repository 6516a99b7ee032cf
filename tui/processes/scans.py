"""Looks for pages in a child process, and goes on behind what costs such a process its life."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby
from queue import Queue
from typing import Any, Protocol

from tui.core.answers import Batch, Changed, Completion, First, Identity, Position, Skipped
from tui.core.errors import CopydeskError
from tui.core.files import is_remote
from tui.core.model import Document, Item, Options, Ref, Trouble, is_fetched
from tui.core.problems import Problem, Reason, system_reason, unreadable
from tui.core.questions import LookAgain, Open, Question, Scan
from tui.core.shelf import Pages
from tui.processes.child import LostError
from tui.processes.client import Cancelled, ChildClient

MOST_BATCHES = 64
"""Batches that wait to be taken; then the scan waits."""


class ScanWatch(Protocol):
    """Whoever waits for a scan: is told what becomes of the files, and says whether it is looked again."""

    @property
    def is_following(self) -> bool:
        """More is to come: what isn't whole at the end of a file is left for later."""

    def rest(self) -> bool:
        """Wait until it is time to look for what has come since; False: the scan is over."""

    def changed(self, ref: Ref, problem: Problem) -> None:
        """Take note that a file is not the one any more whose pages were found."""

    def mended(self, ref: Item) -> None:
        """Take note that a page is whole that was found before, by its source and ordinal, when it was being written."""


class Scans:
    """The scan of a program, one after the other, and what is known from it."""

    def __init__(
        self,
        client: ChildClient,
        remote: Callable[[], ChildClient],
        read_fetched: Callable[[Open], Document | None] = lambda _question: None,
    ) -> None:
        """`client` looks through what lies on this machine, and what `remote` makes through all else.

        `read_fetched` reads the first page if it is an address; None: somebody gave it up.
        """
        self.client, self._remote, self._read_fetched = client, remote, read_fetched
        self.skipped = Skipped()
        self.done: float | None = None
        """How much is looked through, from 0 to 1; None: nobody knows."""
        self.stamps: dict[str, Identity] = {}
        """What the files of records were, by path."""
        self.indexed: set[str] = set()
        """Targets whose pages came from their indexes."""
        self._ahead: _Ahead | None = None

    def runs(self, scan: Scan, watch: ScanWatch | None = None) -> Iterator[Pages]:
        """Yield the pages of the targets, as they are found, and what comes later if somebody watches.

        Raises CopydeskError if it was cancelled.
        """
        self.skipped, self.done, self._ahead = Skipped(), None, None
        self.stamps.clear()
        self.indexed.clear()
        scan, copy_fault = self._with_standard_input(scan)
        if scan.fetched is not None:
            yield from _Search(self, self.client, scan, watch).pages()
        for is_other, targets in groupby(scan.targets, is_remote):
            client = self._remote() if is_other else self.client
            yield from _Search(self, client, replace(scan, targets=tuple(targets)), watch).pages()
        if fault := copy_fault():
            reason = Reason("no_room_for_input", {"why": system_reason(fault)})
            yield Trouble("-", 0, unreadable(reason, "-"))

    def _with_standard_input(self, scan: Scan) -> tuple[Scan, Callable[[], OSError | None]]:
        if "-" not in scan.targets:
            return scan, lambda: None
        from tui.processes.standard_input import copied

        try:
            copy = copied()
        except OSError as error:
            fault = error
            return scan, lambda: fault
        return (replace(scan, spool=copy.path), lambda: copy.fault) if copy is not None else (scan, lambda: None)

    def first(self, question: Question[Any]) -> Document | None:
        """Return the first page if that is what is asked and it is read without being asked; waits for it. Once only.

        Raises Cancelled.
        """
        ahead = self._ahead
        if ahead is None or question != ahead.question:
            return None
        ahead.is_here.wait()
        self._ahead = None
        if ahead.is_cancelled:
            raise Cancelled(Reason("given_up"), ahead.question.ref.source)
        return ahead.document

    def cancel_first(self) -> None:
        """Give up the first page, if somebody waits for it."""
        ahead = self._ahead
        if ahead is not None and not ahead.is_here.is_set():
            ahead.is_cancelled = True
            ahead.is_here.set()

    def take(self, batch: Batch) -> None:
        """Learn what a batch says beside the pages."""
        self.stamps.update(batch.stamps or {})
        self.indexed.update(batch.indexed)
        self.done = batch.done

    def expect(self, batch: Batch, options: Options) -> "_Ahead | None":
        """Expect the first page of a batch to be read by the process that scans; None: it won't be."""
        some = next((some for some in batch.found if not isinstance(some, Changed | Completion)), None)
        if some is None:
            return None
        self._ahead = ahead = _Ahead(Open(some[0], options))
        if is_fetched(some[0]):
            read = lambda: ahead.come(self._read_fetched(ahead.question))  # noqa: E731
            threading.Thread(target=read, name="first-page", daemon=True).start()
            return None
        return ahead


class _Ahead:
    """A page that is read before anybody asks for it."""

    def __init__(self, question: Open) -> None:
        self.question = question
        self.document: Document | None = None
        self.is_here = threading.Event()
        self.is_cancelled = False

    def come(self, document: Document | None) -> None:
        """It is here, or nobody will read it any more."""
        self.document = self.document or document
        self.is_here.set()


class _Search:
    """One scan, in one process after the other where pages kill them."""

    def __init__(self, scans: Scans, client: ChildClient, scan: Scan, watch: ScanWatch | None) -> None:
        self._scans, self._client, self._scan, self._watch = scans, client, scan, watch
        self._position = scan.start
        self._known: tuple[int, ...] = ()
        self._skipped = scans.skipped

    def pages(self) -> Iterator[Pages]:
        """Yield what is found."""
        question: Scan | LookAgain = self._following(self._scan)
        while True:
            state = "more"
            try:
                for batch in self._batches(question):
                    state = batch.state
                    yield from self._taken(batch)
            except LostError as loss:
                question, trouble = self._behind(question, loss.reason)
                if trouble is not None:
                    yield trouble
                continue
            if state == "lost":  # its process is another one: what was found is found once more, and not told of
                again = self._following(replace(self._scan, known=self._known, reads_first=False))
                question = replace(again, start=Position())
            elif state == "over" or self._watch is None or not self._watch.rest():
                return
            else:
                question = LookAgain(self._watch.is_following)

    def _following(self, scan: Scan) -> Scan:
        return replace(scan, is_following=self._watch is not None and self._watch.is_following)

    def _taken(self, batch: Batch) -> Iterator[Pages]:
        if batch.state == "lost":
            return
        self._scans.take(batch)
        self._scans.skipped = self._skipped + batch.skipped
        self._position, self._known = batch.position, batch.known or self._known
        for some in batch.found:
            if isinstance(some, Changed):
                if self._watch is not None:
                    self._watch.changed(some.ref, some.problem)
            elif isinstance(some, Completion):
                if self._watch is not None:
                    self._watch.mended(some.ref)
            else:
                yield some

    def _behind(self, question: Scan | LookAgain, loss: Reason) -> tuple[Scan, Item | None]:
        """How to go on after a process was lost: once more to see which file it is, and the next time behind that."""
        scan = self._following(replace(self._scan, reads_first=False))
        if isinstance(question, LookAgain):
            return replace(scan, start=Position(), known=self._known), None
        at = self._position
        if not question.is_careful:
            return replace(scan, start=at, known=question.known, is_careful=True), None
        path = at.path or scan.targets[at.target]
        behind = Position(at.target, at.places + 1, at.ordinal + 1, at.ordinal + 1)
        self._position = behind
        scan = replace(scan, start=behind, known=question.known, is_careful=True)
        return scan, Trouble(path, at.ordinal, unreadable(Reason("scan_lost", {"reason": loss}), path))

    def _batches(self, question: Question[Batch]) -> Iterator[Batch]:
        """Yield batches as they come. Raises LostError, and CopydeskError if it was cancelled."""
        batches = Queue[Batch | LostError | CopydeskError](MOST_BATCHES)
        thread = threading.Thread(target=self._pump, args=(question, batches), name="scan", daemon=True)
        thread.start()
        is_over = False
        try:
            while not is_over:
                batch = batches.get()
                is_over = not isinstance(batch, Batch) or batch.state != "more"
                if not isinstance(batch, Batch):
                    raise batch
                yield batch
        finally:
            if not is_over:  # nobody wants the rest
                self._client.cancel()
                while thread.is_alive():
                    while not batches.empty():
                        batches.get_nowait()
                    thread.join(0.01)

    def _pump(self, question: Question[Batch], batches: "Queue[Batch | LostError | CopydeskError]") -> None:
        """Ask, and hand on what comes; the first page, to whoever opens it."""
        ahead: _Ahead | None = None
        is_awaited = isinstance(question, Scan) and question.reads_first

        def take(part: Batch | First) -> None:
            nonlocal ahead, is_awaited
            if isinstance(part, First):
                if ahead is not None and part.document.ref == ahead.question.ref:
                    ahead.come(part.document)
                return
            if is_awaited and isinstance(question, Scan) and part.found:
                is_awaited = False
                ahead = self._scans.expect(part, question.options)
            batches.put(part)

        try:
            batches.put(self._client.stream(question, take))
        except (LostError, CopydeskError) as error:
            batches.put(error)
        finally:
            if ahead is not None:
                ahead.come(None)
