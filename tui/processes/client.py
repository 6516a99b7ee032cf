"""Asks a child process, and replaces it when a page hangs it, crashes it or fills its memory."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from tui.core.errors import CopydeskError
from tui.core.model import Item, Limits
from tui.core.problems import Problem, Reason
from tui.core.questions import Batched, Progress, Question
from tui.processes import wire
from tui.processes.child import Child, LostError

if TYPE_CHECKING:
    import subprocess

T = TypeVar("T")


class Cancelled(CopydeskError):  # noqa: N818 - no error: somebody wished it
    """The question was given up by `cancel` or `close`; nobody answered it."""


class ChildClient:
    """One child process and the one question at a time that it answers. Threads may share it: they wait in line."""

    def __init__(
        self,
        limits: Limits | None = None,
        is_low_priority: bool = False,
        process: "subprocess.Popen[bytes] | None" = None,
        is_remote: bool = False,
    ) -> None:
        """`process` is a child that was launched already; it is taken over."""
        self._launched = process
        self._setup = wire.Setup(limits or Limits(), is_low_priority, is_remote)
        self._turn = threading.Lock()
        self._state = threading.Condition()
        """Guards what follows; never held while waiting for the child."""
        self._child: Child | None = None
        self._is_asked = False
        self._is_cancelled = False
        self._is_closed = False
        self._progress = Progress()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Start the child and return at once; does nothing if it runs. If it can't be started, answers say so."""
        with self._state:
            if self._child is None and not self._is_closed:
                try:
                    launched, self._launched = self._launched, None
                    self._child = Child(self._setup, launched)
                except LostError:
                    return  # the next question tries again, and has an answer in which to say why

    @property
    def is_running(self) -> bool:
        """There is a child."""
        return self._child is not None or self._launched is not None

    def is_free(self, patience_s: float = 0) -> bool:
        """Whether nothing is being asked, or nothing any more in so many seconds."""
        with self._state:
            return self._state.wait_for(lambda: not self._is_asked, patience_s)

    def ask(self, question: Question[T]) -> T:
        """Return the answer, or one to a simpler question, or the question's own for want of one.

        Raises Cancelled, and StoreError if labels or notes are asked for that can't be read.
        """
        with self._turn:
            loss = Reason("given_up")
            attempt: Question[T] | None = question
            while attempt is not None:
                try:
                    return self._ask(attempt)
                except LostError as lost:
                    loss = lost.reason
                    attempt = attempt.simpler(loss)
            if isinstance(question, Batched) and len(question.refs) > 1:
                return cast(T, self._singly(question))
        return question.unanswered(failed(question.about, loss))

    def _singly(self, question: Batched[T]) -> T:
        """Ask about one page after the other until the one is found that is to blame."""
        answers: list[T] = []
        for ref in question.refs:
            single = question.of([ref])
            try:
                answers.append(self._ask(single))
            except LostError as loss:
                answers.append(single.unanswered(failed(ref, loss.reason)))
                break
        return question.joined(answers)

    def stream(self, question: Question[T], on_part: Callable[[Any], None]) -> T:
        """Return the answer; `on_part` gets what comes before it. Raises Cancelled, and LostError if the child is lost."""
        with self._turn:
            return self._ask(question, on_part)

    def progress(self) -> Progress:
        return self._progress

    def cancel(self) -> None:
        """Give up the question under way, from another thread: its caller gets Cancelled. Without one, do nothing."""
        with self._state:
            if self._is_asked and self._child is not None:
                self._is_cancelled = True
                self._child.kill()

    def close(self) -> None:
        """End the child; a question under way is cancelled, and so is every later one."""
        with self._state:
            self._is_closed = self._is_cancelled = True
            child = self._child
            if self._is_asked and child is not None:
                child.kill()  # its caller ends it
                return
            self._child = None
            launched, self._launched = self._launched, None
        if child is not None:
            child.end()
        elif launched is not None:
            Child.discard(launched)

    def _ask(self, question: Question[T], on_part: Callable[[Any], None] | None = None) -> T:
        """Return the answer. Raises Cancelled, and LostError if the page cost the child its life or met a fault."""
        child = self._take(question)
        # A scan may wait for a pipe or a slow disk for as long as it takes; whoever waits can give it up.
        backstop_s = self._setup.limits.backstop_s if on_part is None else None
        answer: Any
        try:
            answer = child.ask(question, backstop_s)
            while isinstance(answer, wire.Way | wire.Part):
                if isinstance(answer, wire.Way):
                    self._progress = Progress(reached=answer.reached, target=answer.target)
                elif on_part is not None:
                    on_part(answer.content)
                answer = child.listen(backstop_s)
        except LostError as loss:
            answer = loss
        self._progress = Progress()
        with self._state:
            self._is_asked = False
            is_cancelled = self._is_cancelled
            if is_cancelled or isinstance(answer, LostError):
                self._child = None
            self._state.notify_all()
        if is_cancelled or isinstance(answer, LostError):
            child.end()
            if on_part is None:  # whoever opens pages is likely to go on
                self.start()
        if is_cancelled:
            raise Cancelled(Reason("given_up"), question.about.source)
        if isinstance(answer, LostError):
            raise answer
        if isinstance(answer, wire.Refusal):
            raise answer.error
        if isinstance(answer, wire.Failure):
            raise LostError(Reason("our_fault", {"fault": answer.reason}))
        return cast(T, answer)

    def _take(self, question: Question[Any]) -> Child:
        with self._state:
            if self._is_closed:
                raise Cancelled(Reason("worker_closed"), question.about.source)
            if self._child is not None and not self._child.is_alive:  # killed between two pages: no page's fault
                self._child.end()
                self._child = None
            if self._child is None:
                launched, self._launched = self._launched, None
                self._child = Child(self._setup, launched)
            self._is_cancelled = False
            self._is_asked = True
            return self._child


def failed(ref: Item, loss: Reason) -> Problem:
    """Return the problem of a page that cost a process its life."""
    return Problem("worker_failed", ref.source, {"reason": loss})
