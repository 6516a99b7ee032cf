"""Asks a worker process for pages, and replaces it when a page hangs it, crashes it or fills its memory."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Self

from tui.core.problems import Problem, Reason
from tui.errors import CopydeskError
from tui.model import Charset, Document, Effects, Limits, Options, Original, Peek, Readings, Ref, Rows
from tui.workers import wire
from tui.workers.child import Child, LostError

if TYPE_CHECKING:
    import subprocess

    from tui.lookup.hits import Digest, Searched

PLAIN_PAGE_BYTES = (1024 * 1024, 64 * 1024)
"""Bytes that are read of a page which failed the full way, and then of one which failed so as well."""


class Cancelled(CopydeskError):  # noqa: N818 - no error: somebody wished it
    """The request was given up by `cancel` or `close`; its page was not read."""


class WorkerClient:
    """One worker process and the one request at a time that it answers. Threads may share it: they wait in line.

    Each method returns something to be shown: a page that can't be read is a value with a problem.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        is_low_priority: bool = False,
        process: "subprocess.Popen[bytes] | None" = None,
    ) -> None:
        """`process` is a worker that was launched already; it is taken over."""
        self._launched = process
        self._setup = wire.Setup(limits or Limits(), is_low_priority)
        self._turn = threading.Lock()
        self._state = threading.Lock()
        """Guards what follows; never held while waiting for the worker."""
        self._child: Child | None = None
        self._is_asked = False
        self._is_cancelled = False
        self._is_closed = False
        self.way = (0, 0)
        """(byte that is reached, byte where the page lies) of what a compressed file holds; (0, 0): there is no way to go."""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the worker and return at once; does nothing if it runs. If it can't be started, pages say so."""
        with self._state:
            if self._child is None and not self._is_closed:
                try:
                    launched, self._launched = self._launched, None
                    self._child = Child(self._setup, launched)
                except LostError:
                    return  # the next request tries again, and has a page on which to say why

    def open(self, ref: Ref, options: Options) -> Document:
        """Return the page. If the full way fails, less of it is read and tags are stripped; if that fails too, it is empty
        with a problem.

        Raises Cancelled.
        """
        limits = self._setup.limits
        fewer = [replace(limits, page_bytes=min(limits.page_bytes, size)) for size in PLAIN_PAGE_BYTES]
        plain: Reason | None = None
        with self._turn:
            for attempt in (limits, *fewer):
                try:
                    answer = self._ask(wire.Request("open", ref, options, attempt, plain))
                except LostError as loss:
                    plain = loss.reason
                    continue
                assert isinstance(answer, Document)  # noqa: S101 - the worker answers what it is asked
                return answer
        assert plain is not None  # noqa: S101 - each attempt failed
        return Document.unread(ref, _failed(ref, plain))

    def peek(self, refs: Sequence[Ref], options: Options) -> list[Peek]:
        """Return a peek for each reference, in order. Raises Cancelled."""
        found = []
        with self._turn:
            for ref in refs:
                try:
                    answer = self._ask(wire.Request("peek", ref, options, self._setup.limits))
                except LostError as loss:
                    answer = Peek(ref, "", trouble=_failed(ref, loss.reason))
                assert isinstance(answer, Peek)  # noqa: S101 - as above
                found.append(answer)
        return found

    def source(self, ref: Ref, options: Options) -> Original:
        """Return the page's bytes and their decoded text, unrepaired. Raises Cancelled."""
        with self._turn:
            try:
                answer = self._ask(wire.Request("source", ref, options, self._setup.limits))
            except LostError as loss:
                charset = Charset("utf-8", "default")
                return Original(ref, b"", b"", "text/plain", charset, "", (_failed(ref, loss.reason),))
        assert isinstance(answer, Original)  # noqa: S101 - as above
        return answer

    def readings(self, ref: Ref, options: Options) -> Readings:
        """Return the charsets in which the page could be read, whatever `options` says. Raises Cancelled."""
        with self._turn:
            try:
                answer = self._ask(wire.Request("readings", ref, options, self._setup.limits))
            except LostError as loss:
                return Readings(ref, Charset("utf-8", "default"), (), (_failed(ref, loss.reason),))
        assert isinstance(answer, Readings)  # noqa: S101 - as above
        return answer

    def effects(self, ref: Ref, options: Options) -> Effects:
        """Return what each repair does to the page, or would do if it were on. Raises Cancelled."""
        with self._turn:
            try:
                answer = self._ask(wire.Request("effects", ref, options, self._setup.limits))
            except LostError as loss:
                return Effects(ref, (), (_failed(ref, loss.reason),))
        assert isinstance(answer, Effects)  # noqa: S101 - as above
        return answer

    def search(self, refs: Sequence[Ref], query: str, options: Options, is_thorough: bool = False) -> "Searched":
        """Search the first pages of `refs`, as many as a moment is enough for; as in `search.search`. Raises Cancelled."""
        with self._turn:
            try:
                return self._search(refs, query, options, is_thorough)
            except LostError:
                pass  # one of them is to blame: they are asked one by one until it is found
            return self._search_singly(refs, query, options, is_thorough)

    def _search(self, refs: Sequence[Ref], query: str, options: Options, is_thorough: bool) -> "Searched":
        from tui.lookup.hits import Searched

        request = wire.Request(
            "search", refs[0], options, self._setup.limits, None, query, Rows(Ref, refs), is_thorough
        )
        answer = self._ask(request)
        assert isinstance(answer, Searched)  # noqa: S101 - as above
        return answer

    def _search_singly(self, refs: Sequence[Ref], query: str, options: Options, is_thorough: bool) -> "Searched":
        from tui.lookup.hits import Hits, Searched

        found: list[Hits] = []
        for done, ref in enumerate(refs):
            try:
                found += self._search([ref], query, options, is_thorough).found
            except LostError as loss:
                return Searched(done + 1, tuple(found), ((ref, _failed(ref, loss.reason)),))
        return Searched(len(refs), tuple(found))

    def digest(self, refs: Sequence[Ref], options: Options) -> "tuple[Digest, ...]":
        """Return what an index keeps of the first pages of `refs`, as many as a moment is enough for. Raises Cancelled."""
        from tui.lookup.hits import Digest

        made: list[Digest] = []
        with self._turn:
            try:
                return self._digest(refs, options)
            except LostError:
                pass  # as in `search`
            for ref in refs:
                try:
                    made += self._digest([ref], options)
                except LostError as loss:
                    lost = _failed(ref, loss.reason)
                    made.append(Digest({"problem": (lost.code,), "problems": 1}, "", (lost,)))
                    break
        return tuple(made)

    def _digest(self, refs: Sequence[Ref], options: Options) -> "tuple[Digest, ...]":
        answer = self._ask(wire.Request("digest", refs[0], options, self._setup.limits, refs=Rows(Ref, refs)))
        assert isinstance(answer, tuple)  # noqa: S101 - as above
        return answer

    def cancel(self) -> None:
        """Give up the request under way, from another thread: its caller gets Cancelled. Without one, do nothing."""
        with self._state:
            if self._is_asked and self._child is not None:
                self._is_cancelled = True
                self._child.kill()

    def close(self) -> None:
        """End the worker; a request under way is cancelled, and so is every later one."""
        with self._state:
            self._is_closed = self._is_cancelled = True
            child = self._child
            if self._is_asked and child is not None:
                child.kill()  # its caller ends it
                return
            self._child = None
        if child is not None:
            child.end()

    def _ask(self, request: wire.Request) -> object:
        """Return the answer. Raises Cancelled, and LostError if the page cost the worker its life or met a fault."""
        child = self._take(request)
        answer: object
        try:
            answer = child.ask(request, request.limits.page_s)
            while isinstance(answer, wire.Way):
                self.way = (answer.reached, answer.target)
                answer = child.listen(request.limits.page_s)
        except LostError as loss:
            answer = loss
        self.way = (0, 0)
        with self._state:
            self._is_asked = False
            is_cancelled = self._is_cancelled
            if is_cancelled or isinstance(answer, LostError):
                self._child = None
        if is_cancelled or isinstance(answer, LostError):
            child.end()
            self.start()
        if is_cancelled:
            raise Cancelled(Reason("given_up"), request.ref.source)
        if isinstance(answer, LostError):
            raise answer
        if isinstance(answer, wire.Failure):
            raise LostError(Reason("our_fault", {"fault": answer.reason}))
        return answer

    def _take(self, request: wire.Request) -> Child:
        with self._state:
            if self._is_closed:
                raise Cancelled(Reason("worker_closed"), request.ref.source)
            if self._child is not None and not self._child.is_alive:  # killed between two pages: no page's fault
                self._child.end()
                self._child = None
            if self._child is None:
                self._child = Child(self._setup)
            self._is_cancelled = False
            self._is_asked = True
            return self._child


def _failed(ref: Ref, loss: Reason) -> Problem:
    return Problem("worker_failed", ref.source, {"reason": loss})
