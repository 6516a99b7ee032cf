"""Looks for pages in a child process, and goes on behind what costs such a process its life."""

import atexit
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from itertools import groupby, islice
from queue import Queue
from typing import Any, Protocol, TypeVar, cast

from tui.core.answers import Ahead, Batch, Changed, Completion, Identity, Position, Recaptures, Skipped
from tui.core.errors import CopydeskError
from tui.core.files import CHUNK_BYTES, is_remote
from tui.core.model import Document, Item, Preview, Ref, Trouble, is_fetched
from tui.core.problems import Reason, system_reason, unreadable
from tui.core.questions import SCREENFUL, LookAgain, Open, Peek, Question, Scan
from tui.core.shelf import Pages, singly
from tui.core.values import replace
from tui.processes import leftovers
from tui.processes.child import Cancelled, LostError
from tui.processes.client import ChildClient

T = TypeVar("T")

MOST_BATCHES = 64
"""Batches that wait to be taken; then the scan waits."""


class ScanWatch(Protocol):
    """Whoever waits for a scan: is told what becomes of the files, and says whether it is looked again."""

    @property
    def is_following(self) -> bool:
        """More is to come: what isn't whole at the end of a file is left for later."""

    def rest(self, look_s: float) -> bool:
        """Wait until it is time to look for what has come since; False: the scan is over. `look_s`: what a look takes."""

    def take_note(self, event: Changed | Completion | Recaptures) -> None:
        """Learn what has become of a file or a page that was found before, or what was captured more than once."""


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
        self._ahead: _Awaited | None = None
        self.on_ahead: Callable[[Document], object] = lambda _document: None
        """Is called, in the thread that reads, with the first page if it comes before anybody has asked for it."""

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
        try:
            copy = _input_copied()
        except OSError as error:
            fault = error
            return scan, lambda: fault
        return (replace(scan, spool=copy.path), lambda: copy.fault) if copy is not None else (scan, lambda: None)

    def ahead(self, question: Question[T]) -> T | None:
        """Return the answer about one of the first pages, if the scan gives it without being asked; waits for it.

        Raises Cancelled.
        """
        return self._ahead.take(question) if self._ahead is not None else None

    def cancel_ahead(self) -> None:
        """Give up what is answered ahead, if somebody waits for it."""
        if self._ahead is not None:
            self._ahead.cancel()

    def take(self, batch: Batch) -> None:
        """Learn what a batch says beside the pages."""
        self.stamps.update(batch.stamps or {})
        self.indexed.update(batch.indexed)
        self.done = batch.done

    def expect(self, batch: Batch, scan: Scan) -> "_Awaited | None":
        """Expect answers about the first pages of a batch from the process that scans; None: there will be none."""
        refs = list(
            islice(singly(some for some in batch.found if not isinstance(some, Changed | Completion)), SCREENFUL)
        )
        if scan.ahead == "open" and refs and is_fetched(refs[0]):
            self._ahead = awaited = _Awaited(scan, refs[:1])
            threading.Thread(target=self._fetch, args=(awaited, refs[0]), name="first-page", daemon=True).start()
            return None
        self._ahead = _Awaited(scan, scan.foremost(refs))
        return self._ahead

    def _fetch(self, awaited: "_Awaited", ref: Ref) -> None:
        document = self._read_fetched(Open(ref, awaited.options))
        if document is not None:
            awaited.come(document)
        awaited.close()


class _Awaited:
    """Answers about the first pages, before anybody asks: each is taken once."""

    def __init__(self, scan: Scan, refs: Sequence[Item]) -> None:
        self.options = scan.options
        self._is_open = scan.ahead == "open"
        self._state = threading.Condition()
        """Guards what follows."""
        self._refs = {(ref.source, ref.ordinal): ref for ref in refs}
        """Pages whose answers nobody has taken."""
        self._answers: dict[tuple[str, int], Document | Preview] = {}
        self._is_over = self._is_cancelled = False

    def take(self, question: Question[T]) -> T | None:
        """Return the answer to a question, or to the first part of it; None: it isn't answered here. Raises Cancelled."""
        ref = question.about
        place = ref.source, ref.ordinal
        if self._is_open:
            is_answered = question == Open(ref, self.options)
        else:
            is_answered = isinstance(question, Peek) and question.options == self.options
        if not is_answered or self._refs.get(place) != ref:
            return None
        with self._state:
            self._state.wait_for(lambda: place in self._answers or self._is_over)
            self._refs.pop(place, None)
            answer: Any = self._answers.pop(place, None)
            if answer is None and self._is_cancelled:
                raise Cancelled(Reason("given_up"), ref.source)
            return answer if answer is None or self._is_open else cast(T, (answer,))

    def come(self, answer: Document | Preview) -> None:
        """One is here."""
        with self._state:
            self._answers[answer.ref.source, answer.ref.ordinal] = answer
            self._state.notify_all()

    def close(self) -> None:
        """No more will come."""
        with self._state:
            self._is_over = True
            self._state.notify_all()

    def cancel(self) -> None:
        """Let nobody wait any more."""
        with self._state:
            self._is_cancelled = self._is_cancelled or not self._is_over
            self._is_over = True
            self._state.notify_all()


class _Search:
    """One scan, in one process after the other where pages kill them."""

    def __init__(self, scans: Scans, client: ChildClient, scan: Scan, watch: ScanWatch | None) -> None:
        self._scans, self._client, self._scan, self._watch = scans, client, scan, watch
        self._position = scan.start
        self._known: tuple[int, ...] = ()
        self._skipped = scans.skipped
        self._has_begun = False
        """The process that searches now has said of a file that it comes to it."""
        self._looks_s = (0.0, 0.0)
        """What the last two looks took: the first decodes what later ones go on from."""

    def pages(self) -> Iterator[Pages]:
        """Yield what is found."""
        question: Scan | LookAgain | None = self._following(self._scan)
        while question is not None:
            state, self._has_begun = "more", False
            try:
                for batch in self._batches(question):
                    state = batch.state
                    if state == "rest" and isinstance(question, LookAgain):
                        self._looks_s = self._looks_s[1], batch.look_s
                    yield from self._taken(batch)
            except LostError as loss:
                question, trouble = self._behind(question, loss.reason)
                if trouble is not None:
                    yield trouble
                continue
            if state == "lost":  # its process is another one: what was found is found once more, and not told of
                again = self._following(replace(self._scan, known=self._known, ahead=""))
                question = replace(again, start=Position())
            elif state == "over" or self._watch is None or not self._rests(self._watch):
                return
            else:
                question = LookAgain(self._watch.is_following)

    def _rests(self, watch: ScanWatch) -> bool:
        return watch.rest(min(self._looks_s))

    def _following(self, scan: Scan) -> Scan:
        return replace(scan, is_following=self._watch is not None and self._watch.is_following)

    def _taken(self, batch: Batch) -> Iterator[Pages]:
        if batch.state == "lost":
            return
        self._scans.take(batch)
        self._scans.skipped = self._skipped + batch.skipped
        self._has_begun = True
        self._position, self._known = batch.position, batch.known or self._known
        for some in batch.found:
            if not isinstance(some, Changed | Completion):
                yield some
            elif self._watch is not None:
                self._watch.take_note(some)
        if batch.recaptures is not None and self._watch is not None:
            self._watch.take_note(batch.recaptures)

    def _behind(self, question: Scan | LookAgain, loss: Reason) -> tuple[Scan | None, Item | None]:
        """How to go on after a process was lost: once more to see which file it is, and the next time behind that.

        One that says of every file that it comes to it, and was lost before the first, had no file to blame: the next
        target is tried, and after the last one nothing.
        """
        scan = self._following(replace(self._scan, ahead=""))
        if isinstance(question, LookAgain):
            return replace(scan, start=Position(), known=self._known), None
        at = self._position
        if not question.is_careful:
            return replace(scan, start=at, known=question.known, is_careful=True), None
        path = at.path or scan.targets[at.target]
        trouble = Trouble(path, at.ordinal, unreadable(Reason("scan_lost", {"reason": loss}), path))
        self._position = (
            Position(at.target, at.places + 1, at.ordinal + 1, at.ordinal + 1)
            if self._has_begun
            else Position(at.target + 1)
        )
        if self._position.target >= len(scan.targets):
            return None, trouble
        return replace(scan, start=self._position, known=question.known, is_careful=True), trouble

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
        """Ask, and hand on what comes; what is answered ahead, to whoever asks for it."""
        awaited: _Awaited | None = None
        scan = question if isinstance(question, Scan) and question.ahead else None

        def take(part: Batch | Ahead) -> None:
            nonlocal awaited, scan
            if isinstance(part, Ahead):
                if awaited is not None:
                    awaited.come(part.answer)
                    if isinstance(part.answer, Document):
                        self._scans.on_ahead(part.answer)
                return
            if awaited is not None:
                awaited.close()
            if scan is not None and part.found:
                awaited, scan = self._scans.expect(part, scan), None
            batches.put(part)

        try:
            batches.put(self._client.stream(question, take))
        except (LostError, CopydeskError) as error:
            batches.put(error)
        finally:
            if awaited is not None:
                awaited.close()


class InputCopy:
    """A thread that copies standard input into a temporary file, which lasts as long as this process.

    The processes that read pages have to reach any byte of it, twice.
    """

    def __init__(self, descriptor: int) -> None:
        """Raises OSError if there is no room for the file."""
        self.path = leftovers.new_path()
        self._file = os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "wb", buffering=0)
        atexit.register(self._remove)
        self.fault: OSError | None = None
        """Why it can't be kept."""
        self._descriptor = descriptor
        # Nobody waits for it at the end: a pipe may stay open for ever.
        threading.Thread(target=self._copy, name="standard input", daemon=True).start()

    def _remove(self) -> None:
        with suppress(OSError):
            os.unlink(self.path)  # noqa: PTH108 - paths are plain strings all the way

    def _copy(self) -> None:
        try:
            while piece := os.read(self._descriptor, CHUNK_BYTES):
                self._file.write(piece)
        except OSError as error:
            self.fault = error
        os.fchmod(self._file.fileno(), 0o400)  # which says that it is whole; see `tui.sources`


@cache
def _input_copied() -> InputCopy | None:
    """Begin to copy standard input, once; None: it is closed. Raises OSError if that fails."""
    return InputCopy(sys.stdin.buffer.fileno()) if sys.stdin is not None else None
