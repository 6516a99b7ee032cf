"""What is looked for, and its hits: words in any script and width, or a regular expression that may not run for ever."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from time import monotonic
from typing import Protocol

from tui.errors import UsageError
from tui.i18n import tr

REGEX_S = 1.0
"""Seconds that a regular expression may take for one search; some take longer than anybody lives."""

Span = tuple[int, int]


class Found(Protocol):
    """What `re` and `regex` call a match."""

    def span(self) -> Span:
        """Start and end."""


class Query:
    """A search as it was typed. Letter case counts only if there is a capital in it."""

    def __init__(self, typed: str) -> None:
        """Raises UsageError if `typed` begins with / and the rest is no regular expression."""
        self.typed = typed
        self.is_cut = False
        """The time was up before all was searched."""
        self._find: Callable[[str, int], Iterator[Found]]
        if typed.startswith("/"):
            self._compile_regex(typed[1:])
        else:
            from tui.text.fold import pattern  # 5 ms that nobody pays who looks for nothing

            self._find = pattern(typed).finditer

    def _compile_regex(self, expression: str) -> None:
        import regex  # the one that can be stopped; 30 ms

        try:
            compiled = regex.compile(expression, 0 if expression != expression.lower() else regex.IGNORECASE)
        except regex.error as error:
            said = tr("/{expression}: no regular expression: {error}; mend it", expression=expression, error=error)
            raise UsageError(said) from error
        deadline = monotonic() + REGEX_S
        self._find = lambda text, at: compiled.finditer(text, at, timeout=max(deadline - monotonic(), 0.001))

    def spans(self, text: str, at: int = 0) -> Iterator[Span]:
        """Yield where it stands from `at` on, nothing that is empty; ends early, with `is_cut`, when time is up."""
        try:
            for match in self._find(text, at):
                start, end = match.span()
                if end > start:
                    yield start, end
        except TimeoutError:
            self.is_cut = True

    def matches(self, text: str) -> bool:
        """Whether it stands anywhere in a text."""
        return next(self.spans(text), None) is not None


MAX_HITS = 50_000
SLICE_S = 0.02
"""Seconds of counting after which keys get their turn."""


class Hits:
    """The places found so far, and which of them one is at."""

    def __init__(self, query: Query, text: str, at: int, step: int) -> None:
        """Look for the first place after `at`, or with `step` -1 before it, around the ends of the text."""
        self.query = query
        self.length = len(text)
        self.spans: list[Span] = []
        self.is_complete = False
        self.now: Span | None = None
        """The hit one is at; None: there is none."""
        self._rest = query.spans(text)
        if step > 0:
            self.now = next(query.spans(text, at), None)
        if self.now is None:
            self.count(float("inf") if step < 0 else SLICE_S)
            if self.spans:
                starts = [start for start, _end in self.spans]
                self.now = self.spans[bisect_right(starts, at) - 1 if step < 0 else 0]

    def count(self, budget_s: float = SLICE_S) -> None:
        """Go on counting for so many seconds."""
        end = monotonic() + budget_s
        for number, span in enumerate(self._rest, 1):
            self.spans.append(span)
            if len(self.spans) == MAX_HITS:
                break
            if number % 256 == 0 and monotonic() > end:
                return
        self.is_complete = True

    def go(self, step: int, at: int | None = None) -> Span | None:
        """Go `step` hits on from the present one, or from an offset, around the ends; returns the hit."""
        if self.now is None:
            return None
        if not self.is_complete:
            self.count(float("inf"))
        if self.spans:
            index = bisect_left(self.spans, self.now)
            if at is not None:
                index = (
                    bisect_right(self.spans, (at, self.length)) - 1 if step > 0 else bisect_left(self.spans, (at, 0))
                )
            self.now = self.spans[(index + step) % len(self.spans)]
        return self.now

    def between(self, start: int, end: int) -> Iterator[Span]:
        """The hits that touch a stretch of the text, as far as they were counted, and the one that one is at."""
        index = max(bisect_right(self.spans, (start, -1)) - 1, 0)
        while index < len(self.spans) and self.spans[index][0] < end:
            if self.spans[index][1] > start:
                yield self.spans[index]
            index += 1
        if self.now is not None and not self._is_counted() and self.now[0] < end and self.now[1] > start:
            yield self.now

    def _is_counted(self) -> bool:
        return bool(self.spans) and self.now is not None and self.now <= self.spans[-1]

    def __str__(self) -> str:
        """Such as `3/17`; with a + while more may come."""
        may_grow = not self.is_complete or len(self.spans) == MAX_HITS or self.query.is_cut
        place = str(bisect_left(self.spans, self.now) + 1) if self.now and self._is_counted() else "…"
        return f"{place if self.now else 0}/{len(self.spans):,}{'+' * may_grow}"
