"""Asks a child process, and replaces it when a page hangs it, crashes it or fills its memory."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from tui.core.errors import StoreError
from tui.core.model import Item, Limits
from tui.core.problems import Problem, Reason
from tui.core.questions import Batched, Progress, Question
from tui.processes import leftovers, wire
from tui.processes.child import Cancelled, Child, ChildLine, LostError

if TYPE_CHECKING:
    import subprocess

T = TypeVar("T")


class ChildClient(ChildLine):
    """The questions to one child process. Threads may share it: they wait in line."""

    def __init__(
        self,
        limits: Limits | None = None,
        is_low_priority: bool = False,
        process: "subprocess.Popen[bytes] | None" = None,
        is_remote: bool = False,
        on_remark: Callable[[StoreError], object] = lambda _error: None,
    ) -> None:
        """`process` is a child that was launched already; it is taken over.

        `on_remark` is told of what is damaged and costs no answer; the thread that asks calls it.
        """
        super().__init__(self._made)
        self._on_remark = on_remark
        self._launched = process
        self._setup = wire.Setup(limits or Limits(), is_low_priority, is_remote, leftovers.of_turns())
        self._turn = threading.Lock()
        self._progress = Progress()

    def _made(self) -> Child:
        launched, self._launched = self._launched, None
        return Child(self._setup, launched)

    @property
    def is_running(self) -> bool:
        """There is a child."""
        return self._child is not None or self._launched is not None

    @property
    def has_taken_turns(self) -> bool:
        """The child has read what only one process of a program has memory for: several at once would wait for each other."""
        child = self._child
        return child is not None and child.has_taken_turns

    def close(self) -> None:
        super().close()
        launched, self._launched = self._launched, None
        if launched is not None:
            Child.discard(launched)

    def ask(self, question: Question[T]) -> T:
        """Return the answer, or one to a simpler question, or the question's own for want of one.

        Raises Cancelled, and StoreError if labels or notes are asked for that can't be read.
        """
        with self._turn:
            loss = Reason("given_up")
            attempt: Question[T] | None = question
            while attempt is not None:
                try:
                    return self._ask(attempt, None, self._setup.limits.backstop_s)
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
                answers.append(self._ask(single, None, self._setup.limits.backstop_s))
            except LostError as loss:
                answers.append(single.unanswered(failed(ref, loss.reason)))
                break
        return question.joined(answers)

    def stream(self, question: Question[T], on_part: Callable[[Any], None], *, is_patient: bool = True) -> T:
        """Return the answer; `on_part` gets what comes before it. Raises Cancelled, and LostError if the child is lost.

        `is_patient`: what comes next may take as long as it takes, as a scan that waits for a pipe or a slow disk.
        """
        with self._turn:
            return self._ask(question, on_part, None if is_patient else self._setup.limits.backstop_s)

    def progress(self) -> Progress:
        return self._progress

    def _ask(self, question: Question[T], on_part: Callable[[Any], None] | None, backstop_s: float | None) -> T:
        """Return the answer. Raises Cancelled, and LostError if the page cost the child its life or met a fault.

        `backstop_s` is how long each part of it may take by the clock; None: whoever waits can give it up.
        """
        try:
            with self.asking(question.about.source) as child:
                answer: Any = child.ask(question, backstop_s)
                while isinstance(answer, Progress | wire.Part | wire.StoreNotice):
                    if isinstance(answer, wire.StoreNotice):
                        self._on_remark(answer.error)
                    elif isinstance(answer, Progress):
                        self._progress = answer
                    elif on_part is not None:
                        on_part(answer.content)
                    answer = child.listen(backstop_s)
        except (LostError, Cancelled):
            if on_part is None:  # whoever opens pages is likely to go on
                self.start()
            raise
        finally:
            self._progress = Progress()
        if isinstance(answer, wire.Raised):
            raise answer.error if isinstance(answer.error, StoreError) else LostError(answer.error.reason)
        return cast(T, answer)


def failed(ref: Item, loss: Reason) -> Problem:
    """Return the problem of a page that cost a process its life."""
    return Problem("worker_failed", ref.source, {"reason": loss})
